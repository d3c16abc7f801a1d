//! Places the gazetteer does not know: named as places by the tagger, kept without coordinates.

use super::evidence::{self, Taken};
use crate::article::{Place, PlaceMention};
use crate::extract::page::Page;
use std::ops::Range;

/// The places the tagger alone found, none of which overlaps a stretch in `known` (sorted).
pub fn find(page: &Page<'_>, taken: &Taken, known: &[Range<usize>]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for bytes in taken.places() {
        let at = known.partition_point(|k| k.end <= bytes.start);
        if known.get(at).is_some_and(|k| k.start < bytes.end) {
            continue;
        }
        let Some(name) = page.body.get(bytes.clone()).filter(|n| names_place(n)) else { continue };
        let span = page.span(bytes.clone());
        let mention = PlaceMention { start: span.start, end: span.end, demonym: false };
        match places.iter_mut().find(|p| p.name == name) {
            Some(place) => place.mentions.push(mention),
            None => places.push(Place { name: name.to_owned(), mentions: vec![mention], ..Place::default() }),
        }
    }
    places
}

/// Whether a stretch looks like a name of a town or region and not like one of a street, building or firm.
fn names_place(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters <= 5 && !name.chars().any(char::is_lowercase);
    let built =
        name.split_whitespace().skip(1).any(evidence::is_facility) || name.split_whitespace().next().is_some_and(evidence::is_facility);
    name.starts_with(char::is_uppercase)
        && letters >= 3
        && !shouted
        && !built
        && !name.contains(|c: char| c.is_ascii_digit() || c == '\n' || c == '@')
}

//! Places the gazetteer does not know, of which the article itself says where they are: `in Estey's Bridge, N.B.` They have a path and no
//! position.

use super::evidence::Taken;
use super::gazetteer::{Gazetteer, Kind, PlaceId};
use super::unplaced::names_place;
use crate::article::{Place, PlaceMention};
use crate::extract::names::is_ordinary;
use crate::extract::page::{Page, Shape};
use std::collections::HashMap;
use std::ops::Range;

/// Most words of such a name.
const LONGEST: usize = 4;

/// What stands before the name.
const BEFORE: &[&str] = &["in", "In", "near", "Near", "outside", "Outside", "at", "from", "From"];

/// The places told by one of `outer` (tokens and meaning of states and countries) behind a comma. None overlaps a stretch in `known`
/// (sorted) or an organization.
pub fn find(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    taken: &Taken,
    known: &[Range<usize>],
    outer: &[(Range<usize>, PlaceId)],
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (tokens, place) in outer {
        let wide = matches!(gazetteer.kind(*place), Kind::State | Kind::Country | Kind::Region | Kind::County);
        let Some(name) = (if wide && closes(page, tokens) { before_comma(page, tokens.start) } else { None }) else { continue };
        let text = page.slice(name.clone());
        let bytes = page.tokens[name.start].start as usize..page.tokens[name.end - 1].end as usize;
        if !(names_place(text) || text.ends_with(" Bridge"))
            || overlaps(known, &bytes)
            || taken.is_organization(&bytes)
            || numbers.contains_key(text)
        {
            continue;
        }
        numbers.insert(text, places.len());
        let path = Some(format!("{}/{text}", gazetteer.path(*place)));
        places.push(Place { name: text.to_owned(), path, ..Place::default() });
    }
    each_mention(page.body, &numbers, |n, bytes| {
        if !overlaps(known, &bytes) && !taken.is_organization(&bytes) {
            let span = page.span(bytes);
            places[n].mentions.push(PlaceMention { start: span.start, end: span.end, demonym: false });
        }
    });
    places
}

/// Calls `each` with the number of every one of `names` and the bytes where it stands alone in `body`, in order.
fn each_mention(body: &str, names: &HashMap<&str, usize>, mut each: impl FnMut(usize, Range<usize>)) {
    // How long the names are that begin with a word.
    let mut lengths: HashMap<&str, Vec<usize>> = HashMap::new();
    for name in names.keys() {
        let some = lengths.entry(first_word(name)).or_default();
        if !some.contains(&name.len()) {
            some.push(name.len());
        }
    }
    let mut at = 0;
    while !names.is_empty() && at < body.len() {
        let word = first_word(&body[at..]);
        for length in lengths.get(word).into_iter().flatten() {
            let bytes = at..at + length;
            let named = body.get(bytes.clone()).and_then(|text| names.get(text));
            if let Some(n) = named.filter(|_| !body[bytes.end..].starts_with(char::is_alphanumeric)) {
                each(*n, bytes);
            }
        }
        at += word.len();
        at += body[at..].find(char::is_alphanumeric).unwrap_or(body.len() - at);
    }
}

/// The letters and digits at the head of `text`.
fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

/// Whether behind the state stands what closes it off: `Texas, …`, `Texas.`, `N.B. …`
fn closes(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let next = if tokens.end < page.tokens.len() { page.text(tokens.end) } else { "." };
    page.text(tokens.end - 1).ends_with('.') || matches!(next, "," | "." | ";" | ":" | ")" | "-" | "–" | "—" | "--")
}

/// The capitalised words between a preposition and the comma right before token `at`.
fn before_comma(page: &Page<'_>, at: usize) -> Option<Range<usize>> {
    let end = at.checked_sub(1).filter(|comma| page.text(*comma) == ",")?;
    let mut start = end;
    let small = |i: usize| matches!(page.text(i), "de" | "del" | "la" | "of" | "al" | "el" | "upon" | "the" | "'s" | "’s");
    while start > 0 && end - start < LONGEST {
        let capital = page.tokens[start - 1].shape == Shape::Capital && !is_ordinary(page.text(start - 1));
        let joined = start < end && small(start - 1);
        if !(capital || joined) {
            break;
        }
        start -= 1;
    }
    let opens = start < end && page.tokens[start].shape == Shape::Capital;
    let before = start.checked_sub(1).map_or("", |i| page.text(i));
    (opens && BEFORE.contains(&before)).then_some(start..end)
}

fn overlaps(known: &[Range<usize>], bytes: &Range<usize>) -> bool {
    let at = known.partition_point(|k| k.end <= bytes.start);
    known.get(at).is_some_and(|k| k.start < bytes.end)
}

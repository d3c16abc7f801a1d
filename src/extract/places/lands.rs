//! A country or a town of its name? `ambassador to Jamaica`, `Latvia Lebanon Lesotho`, `the Mexico-Guatemala border`: what right beside a
//! name leaves no doubt that a country is meant.

use super::gazetteer::{DEMONYM, Gazetteer, Kind, PlaceId, Posting};
use super::parties::meaning;
use super::scan::Found;
use crate::extract::page::Page;

/// Who is sent to countries.
const SENT: &[&str] = &["ambassador", "Ambassador", "ambassadors", "envoy", "envoys", "ambassadorship", "embassy", "Embassy"];

/// Leaves such names the country alone.
pub fn settle(page: &Page<'_>, gazetteer: &Gazetteer, all: &mut [Found]) {
    let countries: Vec<Option<PlaceId>> = all.iter().map(|found| country(gazetteer, &found.senses)).collect();
    for i in 0..all.len() {
        let Some(place) = countries[i].filter(|_| all[i].senses.len() > 1 && !all[i].sure) else { continue };
        if is_sent_to(page, &all[i]) || is_listed(page, all, &countries, i) {
            all[i] = Found { sure: false, ..meaning(all[i].tokens.clone(), all[i].bytes.clone(), place) };
        }
    }
}

/// The country of a name.
fn country(gazetteer: &Gazetteer, senses: &[Posting]) -> Option<PlaceId> {
    let own = |s: &&Posting| s.flags & DEMONYM == 0 && gazetteer.kind(s.place) == Kind::Country;
    senses.iter().find(own).map(|s| s.place)
}

/// `ambassador to Jamaica`
fn is_sent_to(page: &Page<'_>, found: &Found) -> bool {
    let before = |n: usize| found.tokens.start.checked_sub(n).map_or("", |i| page.text(i));
    matches!(before(1), "to" | "in") && SENT.contains(&before(2))
}

/// `Latvia Lebanon Lesotho`, `Mexico-US`: between two other countries, or with one behind a hyphen.
fn is_listed(page: &Page<'_>, all: &[Found], countries: &[Option<PlaceId>], i: usize) -> bool {
    let gap = |left: usize, right: usize| page.body.get(all[left].bytes.end..all[right].bytes.start);
    let other = |j: usize| countries.get(j).is_some_and(|country| country.is_some() && *country != countries[i]);
    let beside = |left: usize, right: usize| {
        let parts = |gap: &str| gap.len() < 8 && matches!(gap.trim(), "" | "," | "and" | ", and" | ";" | "•");
        gap(left, right).is_some_and(parts)
    };
    let joined = i + 1 < all.len() && gap(i, i + 1) == Some("-") && other(i + 1);
    joined || i > 0 && other(i - 1) && other(i + 1) && beside(i - 1, i) && beside(i, i + 1)
}

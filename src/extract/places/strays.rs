//! Small places far from all else: a gazetteer that knows one `Yuli`, in Nigeria, is wrong about a township of Taiwan.

use super::Candidate;
use super::gazetteer::{ALIAS, Gazetteer, Kind, PlaceId, Posting};
use super::resolve::{self, Name};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// From so many places in other countries on, one that stands alone in its own is doubted.
const ELSEWHERE: usize = 3;
/// A place of so many inhabitants is named far from home too …
const KNOWN_ABROAD: f64 = 120_000.0;
/// … and one of so many if no other is called so.
const ONLY_ONE: f64 = 30_000.0;

/// Small places that are named far from home all the same.
const FAMOUS: &str = include_str!("words/known_abroad.txt");

/// Takes back the meaning of those that are small, the only place of their country, and in an article of many places of other
/// countries; what they are called is a place still, but none that is known. The bytes of those, in order.
pub fn take_back(
    gazetteer: &Gazetteer,
    homes: &BTreeSet<PlaceId>,
    candidates: &[Candidate],
    chosen: &mut [Option<Posting>],
) -> Vec<Range<usize>> {
    let places: BTreeSet<PlaceId> = chosen.iter().flatten().map(|sense| sense.place).collect();
    if places.len() <= ELSEWHERE {
        return Vec::new();
    }
    let mut countries: BTreeMap<PlaceId, Vec<PlaceId>> = BTreeMap::new();
    for place in places {
        countries.entry(country(gazetteer, place)).or_default().push(place);
    }
    let alone = countries.into_iter().filter(|(country, places)| places.len() == 1 && !homes.contains(country));
    let mut strays: BTreeSet<PlaceId> = alone.flat_map(|(_, places)| places).collect();
    for (candidate, sense) in candidates.iter().zip(chosen.iter()) {
        let told = candidate.contained || candidate.evidence.dateline || candidate.found.sure;
        if let Some(place) = sense.map(|s| s.place).filter(|place| strays.contains(place))
            && (told || !is_small(gazetteer, candidate, place))
        {
            strays.remove(&place);
        }
    }
    let mut bytes = Vec::new();
    for (candidate, sense) in candidates.iter().zip(chosen) {
        if sense.is_some_and(|s| strays.contains(&s.place)) {
            *sense = None;
            bytes.push(candidate.found.bytes.clone());
        }
    }
    bytes.sort_by_key(|stray| stray.start);
    bytes
}

/// The countries the article is of by what is not named in it.
pub fn countries(homes: &[Name]) -> BTreeSet<PlaceId> {
    homes.iter().flat_map(|home| &home.senses).map(|sense| sense.country).collect()
}

/// The country a place lies in; what lies in none stands for itself.
fn country(gazetteer: &Gazetteer, place: PlaceId) -> PlaceId {
    gazetteer.country(place).unwrap_or(place)
}

/// Whether nobody far away would know which place is meant: a small town, or a region of which there are several by that name.
fn is_small(gazetteer: &Gazetteer, candidate: &Candidate, place: PlaceId) -> bool {
    match gazetteer.kind(place) {
        Kind::Town | Kind::Seat | Kind::Quarter => {
            let only = matches!(candidate.found.senses[..], [sense] if sense.flags & ALIAS == 0);
            let famous = || FAMOUS.lines().filter(|l| !l.starts_with('#')).flat_map(|l| l.split('|')).any(|n| n == gazetteer.name(place));
            gazetteer.population(place) < if only { ONLY_ONE } else { KNOWN_ABROAD } && !famous()
        }
        Kind::State if !resolve::anglo(gazetteer, place) => {
            let own = country(gazetteer, place);
            candidate.found.senses.iter().any(|sense| country(gazetteer, sense.place) != own)
        }
        _ => false,
    }
}

//! Waters, mountains and districts that the model holds for organizations: `Yuli Township`, `the Central Mountain Range`.

use super::lexicon::Traits;
use super::sight::Sight;
use super::tagging::{Kind, Tagged};
use std::ops::Range;

/// Last words of names that no body has unless a word for one stands in it.
const LANDS: [&str; 18] = [
    "Peninsula",
    "Mountains",
    "Township",
    "Twp",
    "Twp.",
    "Townships",
    "Prefecture",
    "Governorate",
    "Oblast",
    "Strait",
    "Archipelago",
    "Island",
    "Islands",
    "Estuary",
    "Basin",
    "Lake",
    "Upazila",
    "Woreda",
];

/// Makes places of organizations whose last word is one for land or water, and of local government areas.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let nobody = |name: &Tagged| matches!(sight.text(name.tokens.end - 1), "Township" | "Twp" | "Twp.");
    let held = |name: &Tagged| name.kind == Kind::Organization || name.kind == Kind::Person && nobody(name);
    for name in names.iter_mut().filter(|name| held(name) && is_land(sight, name)) {
        name.kind = Kind::Place;
    }
    let areas = areas(sight);
    if areas.is_empty() {
        return;
    }
    let next = |name: &Tagged| areas.get(areas.partition_point(|area| area.end <= name.tokens.start));
    names.retain(|name| next(name).is_none_or(|area| area.start >= name.tokens.end));
    names.extend(areas.iter().cloned().map(|tokens| Tagged { tokens, kind: Kind::Place }));
    names.sort_by_key(|name| name.tokens.start);
}

/// Whether a word may stand in the name of a place.
fn is_plain(sight: &Sight<'_, '_>, i: usize) -> bool {
    sight.is_capital(i) && !sight.traits(i).any(Traits::ORG | Traits::ORG_HEAD | Traits::ORG_FORM | Traits::ACRONYM)
}

/// `Guma Local Government Area`, as districts of Nigeria are called, in order.
fn areas(sight: &Sight<'_, '_>) -> Vec<Range<usize>> {
    let called = |i: usize| sight.text(i) == "Local" && sight.text(i + 1) == "Government" && sight.text(i + 2) == "Area";
    let named = |i: usize| {
        let n_words = (0..i).rev().take(3).take_while(|i| is_plain(sight, *i) && !matches!(sight.text(*i), "The" | "In")).count();
        (n_words > 0).then_some(i - n_words..i + 3)
    };
    let mut areas: Vec<Range<usize>> = Vec::new();
    for area in sight.capitals.iter().filter(|i| called(**i)).filter_map(|i| named(*i)) {
        if areas.last().is_none_or(|last| last.end <= area.start) {
            areas.push(area);
        }
    }
    areas
}

fn is_land(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (start, end) = (name.tokens.start, name.tokens.end);
    let last = sight.text(end - 1);
    let range = last == "Range" && matches!(sight.text(end.saturating_sub(2)), "Mountain" | "Mountains");
    let before = start.checked_sub(1).map_or("", |i| sight.text(i));
    let somebody =
        last == "Lake" && !matches!(before, "the" | "The" | "in" | "on" | "at" | "near" | "from" | "to" | "of" | "across" | "around");
    (2..=4).contains(&name.tokens.len())
        && (range || LANDS.contains(&last))
        && name.tokens.clone().all(|i| is_plain(sight, i))
        && !somebody
        && !sight.tokens[start].headline
}

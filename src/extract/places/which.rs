//! A state or a place of the same name? `New York Mayor` and `New York Gov.`, `Washington Gov.`, `Georgia Rep.`: what right beside a
//! name speaks for the American state, or for the city or country that shares its name with it.

use super::dateline::in_dateline;
use super::gazetteer::{DEMONYM, Gazetteer, Kind, PlaceId, Posting};
use super::parties::{american, meaning};
use super::scan::Found;
use crate::extract::names::WordMap;
use crate::extract::page::Page;
use memchr::memmem;

/// Offices of a state, behind its name or with it behind `of`.
const OFFICES: &[&str] = &[
    "Gov.",
    "Gov",
    "Governor",
    "Govs.",
    "Sen.",
    "Sens.",
    "Sen",
    "Senator",
    "Senators",
    "Rep.",
    "Reps.",
    "Rep",
    "Representative",
    "Congressman",
    "Congresswoman",
    "Lt.",
    "Lieutenant",
];
/// What else stands behind a state.
const BEHIND_STATE: &[&str] =
    &["primary", "caucuses", "delegation", "delegates", "lawmakers", "legislature", "Legislature", "state", "State"];
/// What stands before `in` and a state.
const OF_STATES: &[&str] = &[
    "primary",
    "primaries",
    "voters",
    "law",
    "laws",
    "won",
    "win",
    "victory",
    "victories",
    "delegates",
    "lawmakers",
    "legislature",
    "Democrats",
    "Republicans",
    "race",
    "races",
    "election",
    "elections",
    "ballot",
    "lead",
    "seats",
    "districts",
    "farmers",
];
/// So many other states named make it a story about states.
const MANY: usize = 4;
/// Members of a party, behind a state; behind a capital city they are the whole country's.
const MEMBERS: &[&str] = &["Republican", "Democrat", "Republicans", "Democrats", "GOP"];
/// What stands before a state.
const BEFORE_STATE: &[&str] = &["upstate", "Upstate"];
/// What stands behind a city.
const BEHIND_CITY: &[&str] = &[
    "Mayor",
    "mayor",
    "Police",
    "police",
    "Fed",
    "Stock",
    "City",
    "Fire",
    "billionaire",
    "businessman",
    "developer",
    "mogul",
    "tycoon",
    "hotel",
    "office",
    "offices",
    "headquarters",
    "apartment",
    "penthouse",
    "skyscraper",
    "subway",
    "skyline",
];
/// What stands before `in` and a city.
const HOUSED: &[&str] = &["based", "headquarters", "headquartered", "office", "offices", "Tower", "born", "hotel", "studio"];

/// What is said right beside a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// The state, surely or by its neighbours in a list.
    State(bool),
    /// The other place.
    Other,
}

/// The two best known meanings of a name: the state, and a country, capital or metropolis.
#[derive(Clone, Copy)]
struct Pair {
    state: PlaceId,
    other: PlaceId,
}

impl Pair {
    fn of(gazetteer: &Gazetteer, senses: &[Posting]) -> Option<Pair> {
        if senses.len() < 2 {
            return None;
        }
        let state = american(gazetteer, senses.iter().copied())?;
        let large = |p: &PlaceId| {
            matches!(gazetteer.kind(*p), Kind::Country | Kind::Capital)
                || gazetteer.kind(*p) > Kind::County && gazetteer.population(*p) > 3e6
        };
        let other = senses.iter().filter(|s| s.flags & DEMONYM == 0).map(|s| s.place).find(large)?;
        Some(Pair { state, other })
    }
}

/// `the Pacific`, `across the Atlantic`, `trans-Atlantic`: the ocean, not a town of its name.
fn ocean(page: &Page<'_>, gazetteer: &Gazetteer, found: &Found) -> Option<PlaceId> {
    let article = found.tokens.start > 0 && page.text(found.tokens.start - 1) == "the";
    let named = page.is_capital(found.tokens.end);
    let ocean = || found.senses.iter().map(|s| s.place).find(|p| gazetteer.name(*p).ends_with(" Ocean"));
    // `mid-Atlantic states`
    let part = page.body[..found.bytes.start].ends_with('-');
    if (article || part) && !named && !found.sure && found.senses.len() > 1 { ocean() } else { None }
}

/// `Antigua`, which is the country unless a town of that name is told by the land it lies in.
fn island(page: &Page<'_>, gazetteer: &Gazetteer, found: &Found) -> Option<PlaceId> {
    if found.tokens.len() != 1 || page.body.get(found.bytes.clone()) != Some("Antigua") {
        return None;
    }
    // Volcanoes, too, tell of the other.
    let other = memmem::find(page.body.as_bytes(), b"Guatemala").is_some();
    let country = || gazetteer.lookup("Antigua and Barbuda").into_iter().map(|p| p.place).find(|p| gazetteer.kind(*p) == Kind::Country);
    if other || found.sure { None } else { country() }
}

/// Leaves such names only what is meant, where that is said beside them or beside all other mentions that say so.
pub fn settle(page: &Page<'_>, gazetteer: &Gazetteer, all: &mut [Found]) {
    for found in all.iter_mut() {
        if let Some(place) = ocean(page, gazetteer, found).or_else(|| island(page, gazetteer, found)) {
            *found = Found { sure: false, ..meaning(found.tokens.clone(), found.bytes.clone(), place) };
        }
    }
    let pairs: Vec<Option<Pair>> =
        all.iter().map(|f| if f.sure || f.senses.len() < 2 { None } else { Pair::of(gazetteer, &f.senses) }).collect();
    if pairs.iter().all(Option::is_none) {
        return;
    }
    let said: Vec<Option<Said>> = (0..all.len())
        .map(|i| pairs[i].and_then(|pair| said(page, gazetteer, &all[i], pair).or_else(|| listed(page, gazetteer, all, i))))
        .collect();
    let mut counts: WordMap<u64, [usize; 2]> = WordMap::default();
    for (found, said) in all.iter().zip(&said) {
        match said {
            Some(Said::State(_)) => counts.entry(found.offset).or_default()[0] += 1,
            Some(Said::Other) => counts.entry(found.offset).or_default()[1] += 1,
            None => {}
        }
    }
    let states = n_states(gazetteer, all);
    for (i, found) in all.iter_mut().enumerate() {
        let Some(pair) = pairs[i] else { continue };
        let meant = match (said[i], counts.get(&found.offset)) {
            (Some(Said::State(_)), _) => pair.state,
            (Some(Said::Other), _) => pair.other,
            (None, Some([0, n])) if *n > 1 => pair.other,
            (None, Some([_, 0])) if gazetteer.kind(pair.other) == Kind::Country => pair.state,
            (None, _) if gazetteer.kind(pair.other) > Kind::Capital && states < MANY && within(page, found.tokens.start) => pair.other,
            _ => continue,
        };
        let sure = said[i] == Some(Said::State(true));
        *found = Found { sure, ..meaning(found.tokens.clone(), found.bytes.clone(), meant) };
    }
}

/// How many American states are named whose names mean nothing else as well known.
fn n_states(gazetteer: &Gazetteer, all: &[Found]) -> usize {
    let state = |f: &Found| american(gazetteer, f.senses.iter().copied()).filter(|_| !f.sure && Pair::of(gazetteer, &f.senses).is_none());
    let mut states: Vec<PlaceId> = all.iter().filter_map(state).collect();
    states.sort_unstable();
    states.dedup();
    states.len()
}

/// `in New York`, and not `voters in New York`.
fn within(page: &Page<'_>, start: usize) -> bool {
    let before = |n: usize| start.checked_sub(n).map_or("", |i| page.text(i));
    matches!(before(1), "in" | "In" | "at") && !OF_STATES.contains(&before(2))
}

/// What the words right beside a name say.
fn said(page: &Page<'_>, gazetteer: &Gazetteer, found: &Found, pair: Pair) -> Option<Said> {
    let at = |i: usize| if i < page.tokens.len() { page.text(i) } else { "" };
    let before = |n: usize| found.tokens.start.checked_sub(n).map_or("", at);
    let (next, after) = (at(found.tokens.end), at(found.tokens.end + 1));
    let capital = gazetteer.kind(pair.other) == Kind::Capital;
    let attorney = next == "Attorney" && after == "General" || next == "Secretary" && after == "of";
    let member = MEMBERS.contains(&next) && !(capital && next != "Republican" && next != "Democrat");
    if OFFICES.contains(&next) || BEHIND_STATE.contains(&next) || attorney || member {
        return Some(Said::State(OFFICES.contains(&next) || attorney || member));
    }
    if BEFORE_STATE.contains(&before(1)) || before(1) == "of" && (before(2) == "state" || officeholder(page, found.tokens.start - 1)) {
        return Some(Said::State(true));
    }
    if gazetteer.kind(pair.other) == Kind::Country {
        return None;
    }
    let housed = before(1) == "in" && HOUSED.contains(&before(2)) || before(1) != "," && in_dateline(page, found);
    let city = BEHIND_CITY.contains(&next) || next == "real" && after == "estate" || next == "-" && after == "based" || housed;
    (city || before(1) == "of" && matches!(before(2), "mayor" | "Mayor" | "streets")).then_some(Said::Other)
}

/// `Sen. Ana Ito` right before token `of`.
fn officeholder(page: &Page<'_>, of: usize) -> bool {
    let capital = |i: &usize| page.tokens[*i].shape.is_capital();
    (of.saturating_sub(5)..of).rev().take_while(capital).any(|i| OFFICES.contains(&page.text(i)))
}

/// What the neighbours in a list say: states, or cities.
fn listed(page: &Page<'_>, gazetteer: &Gazetteer, all: &[Found], i: usize) -> Option<Said> {
    let joined = |left: &Found, right: &Found| {
        let gap = page.body.get(left.bytes.end..right.bytes.start).unwrap_or("").trim();
        matches!(gap, "," | "and" | ", and" | "or" | ", or")
    };
    let kind = |f: &Found| -> Option<Said> {
        if let Some(state) = american(gazetteer, f.senses.iter().copied()) {
            // `Washington, D.C.`
            if gazetteer.name(state) == "District of Columbia" {
                return None;
            }
            return Pair::of(gazetteer, &f.senses).is_none().then_some(Said::State(false));
        }
        f.senses.iter().any(|s| gazetteer.kind(s.place) >= Kind::Capital && gazetteer.population(s.place) > 4e5).then_some(Said::Other)
    };
    let left = i.checked_sub(1).map(|j| &all[j]).filter(|f| joined(f, &all[i]) && !inside(gazetteer, f, &all[i]));
    let right = all.get(i + 1).filter(|f| joined(&all[i], f));
    // `Texas and Washington, D.C.`
    let other = Pair::of(gazetteer, &all[i].senses)?.other;
    let holds = |s: &Posting| s.place != other && gazetteer.kind(s.place) == Kind::State && gazetteer.is_in(other, s.place);
    if right.is_some_and(|f| f.senses.iter().any(holds)) {
        return None;
    }
    let said = [left, right].into_iter().flatten().find_map(kind)?;
    // Two names joined by `and` say little of a city.
    let comma = |f: &&Found| page.body[f.bytes.end.min(all[i].bytes.end)..f.bytes.start.max(all[i].bytes.start)].contains(',');
    if said == Said::Other && ![left, right].into_iter().flatten().any(|f| comma(&f)) {
        return None;
    }
    let country = all[i].senses.iter().any(|s| gazetteer.kind(s.place) == Kind::Country && s.flags & DEMONYM == 0);
    (said != Said::Other || !country).then_some(said)
}

/// `Buffalo, New York`, but not `Philadelphia, New York`.
fn inside(gazetteer: &Gazetteer, inner: &Found, outer: &Found) -> bool {
    let held = |s: &Posting| {
        let state = |o: &&Posting| gazetteer.kind(o.place) == Kind::State && s.place != o.place;
        outer.senses.iter().filter(state).any(|o| gazetteer.is_in(s.place, o.place))
    };
    let largest = inner.senses.iter().max_by(|a, b| gazetteer.population(a.place).total_cmp(&gazetteer.population(b.place)));
    largest.is_some_and(|s| held(s) || gazetteer.population(s.place) < 400_000.0 && inner.senses.iter().any(held))
}

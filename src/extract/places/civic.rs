//! What its bodies tell of a town or county: `Athens Police Department`, `D-Kanawha`, `Kanawha Circuit Court`.

use super::gazetteer::{DEMONYM, Gazetteer, PlaceId, Posting};
use super::key::folded;
use super::scan::Found;
use crate::extract::names::WordMap;
use crate::extract::page::Page;

/// What having a department of its own says for a place.
const OF_ITS_OWN: f32 = 1.0;

/// Gives names that stand for a county without saying so that meaning too, and leaves those of towns with an American body none of a land
/// that the article does not tell of.
pub fn settle(page: &Page<'_>, gazetteer: &Gazetteer, all: &mut [Found]) {
    let mut towns: WordMap<u64, PlaceId> = WordMap::default();
    for i in 0..all.len() {
        if all[i].sure || all[i].tokens.is_empty() {
            continue;
        }
        let next = |n: usize| page.text_or_none(all[i].tokens.end + n);
        let circuit = next(0) == "Circuit" && matches!(next(1), "Court" | "Judge" | "Clerk");
        if circuit || is_seat(&page.body[..all[i].bytes.start]) {
            let name = page.body.get(all[i].bytes.clone()).unwrap_or("");
            let county = gazetteer.lookup(&format!("{} county", folded(name)));
            all[i].senses.extend(county);
            continue;
        }
        let american = match next(0) {
            "Police" | "Fire" => next(1) == "Department",
            "Volunteer" => next(1) == "Fire",
            "City" => matches!(next(1), "Manager" | "Administrator" | "Attorney"),
            _ => false,
        };
        if american
            && all[i].senses.len() > 1
            && let Some(land) = abroad(gazetteer, &all[i])
            && !all.iter().any(|other| other.offset != all[i].offset && tells_of(gazetteer, other, land))
        {
            towns.insert(all[i].offset, land);
        }
    }
    if !towns.is_empty() {
        for found in all.iter_mut().filter(|f| !f.sure && towns.contains_key(&f.offset)) {
            found.senses.retain(|s| gazetteer.is_american(s.place));
        }
    }
}

/// What `Police Department` and the like say for the place before them, which has it.
pub fn weight(next: &str, after: &str) -> f32 {
    if matches!((next, after), ("Police" | "Fire", "Department") | ("Volunteer", "Fire")) { OF_ITS_OWN } else { 0.0 }
}

/// `D-Kanawha`: where a member of a state's house sits.
fn is_seat(before: &str) -> bool {
    ["(D-", "(R-", " D-", " R-"].iter().any(|party| before.ends_with(party))
}

/// The land of the largest place of that name, where that is not in North America and a lesser one is American.
fn abroad(gazetteer: &Gazetteer, found: &Found) -> Option<PlaceId> {
    let towns = || found.senses.iter().filter(|s| s.flags & DEMONYM == 0);
    let largest = towns().max_by(|a, b| gazetteer.population(a.place).total_cmp(&gazetteer.population(b.place)))?;
    let land = gazetteer.country(largest.place)?;
    let there = matches!(gazetteer.name(land), "United States" | "Canada");
    (!there && towns().any(|s| gazetteer.is_american(s.place))).then_some(land)
}

/// Whether another name most likely means that land or something in it.
fn tells_of(gazetteer: &Gazetteer, other: &Found, land: PlaceId) -> bool {
    let size = |s: &&Posting| gazetteer.population(s.place);
    let largest = other.senses.iter().max_by(|a, b| size(a).total_cmp(&size(b)));
    largest.is_some_and(|s| s.place == land || gazetteer.country(s.place) == Some(land))
}

#[cfg(test)]
mod tests {
    use crate::extract::places::tests::places;

    fn paths(body: &str) -> Vec<String> {
        places(body).iter().map(|p| p.split(": ").next().unwrap_or("").to_owned()).collect()
    }

    #[test]
    fn an_american_body_is_of_an_american_town() {
        let found = paths("The Athens Police Department was called on Monday. Two schools in Athens were closed.");
        assert!(found.len() == 1 && found[0].starts_with("North America/United States/"), "{found:?}");
        // The article tells of the land of the other.
        let found = paths("The Athens Police Department was called on Monday. Greece has two schools.");
        assert!(found.contains(&"Europe/Greece/Attica/Athens".to_owned()), "{found:?}");
        assert_eq!(paths("The Athens police were called on Monday."), ["Europe/Greece/Attica/Athens"]);
    }

    #[test]
    fn a_member_of_a_house_sits_for_a_county_and_a_circuit_is_one() {
        let state = "North America/United States/West Virginia";
        let found = paths("The delegates, D-Kanawha and R-Raleigh, spoke in Charleston, West Virginia.");
        assert!(found.contains(&format!("{state}/Kanawha County")) && found.contains(&format!("{state}/Raleigh County")), "{found:?}");
        let found = paths("CHARLESTON, W.Va. -- He admitted it in Kanawha Circuit Court on Monday.");
        assert!(found.contains(&format!("{state}/Kanawha County")), "{found:?}");
    }

    #[test]
    fn counties_of_a_list_lie_in_the_state_behind_them() {
        let has = |body: &str, place: &str| assert!(places(body).contains(&place.to_owned()), "{body}: {:?}", places(body));
        let two = "They came from Camden and Charlton counties in Georgia and from Nassau and Baker counties in Florida.";
        has(two, "North America/United States/Florida/Baker County: Baker");
        has(two, "North America/United States/Georgia/Camden County: Camden");
        let kansas = "Cars overturned in Kansas, in a stretch from Ellsworth to Riley counties.";
        has(kansas, "North America/United States/Kansas/Riley County: Riley");
    }
}

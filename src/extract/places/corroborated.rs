//! Towns whose names are words or families': `in Ferguson` alone is not enough for one, but it is where the article says besides what only towns
//! have (`Ferguson police`, `the mayor of Ferguson`).

use super::Candidate;
use super::gazetteer::{DEMONYM, WEAK};
use super::lists::{In, lists, lists_of};
use crate::extract::page::Page;

/// What both together say for a place.
pub const BOTH: f32 = 3.0;

/// What standing in a list between two places says for one.
const BETWEEN: f32 = 3.0;

/// `Managua, Leon, Granada`: what stands between two places of a list, of which neither is a word, is one too.
pub fn between(page: &Page<'_>, candidates: &mut [Candidate]) {
    let joint = |a: &Candidate, b: &Candidate| {
        a.found.tokens.end + 1 == b.found.tokens.start && matches!(page.text(a.found.tokens.end), "," | "and")
    };
    let sure = |c: &Candidate| !c.evidence.person && !c.evidence.vetoed && c.found.senses.iter().any(|s| s.flags & (WEAK | DEMONYM) == 0);
    let listed = |i: &usize| {
        let [left, one, right] = &candidates[i - 1..i + 2] else { return false };
        !sure(one) && !one.evidence.vetoed && joint(left, one) && joint(one, right) && sure(left) && sure(right)
    };
    let all: Vec<usize> = (1..candidates.len().saturating_sub(1)).filter(listed).collect();
    for i in all {
        candidates[i].evidence.weight += BETWEEN;
    }
}

/// Whether of these mentions one stands where towns do and one beside what towns have, and none does as persons do.
pub fn both(page: &Page<'_>, candidates: &[Candidate], member: &[usize]) -> bool {
    let all = || member.iter().map(|i| &candidates[*i]);
    let before = |c: &Candidate, n: usize| c.found.tokens.start.checked_sub(n).map_or("", |i| page.text(i));
    let located = |c: &Candidate| matches!(before(c, 1), "in" | "In" | "near" | "Near");
    let has_town = |c: &Candidate| {
        let next = c.found.tokens.end;
        let behind = next < page.tokens.len() && lists_of(page.hash(next)).has(In::OF_TOWN);
        let of = before(c, 1) == "of"
            && (lists(before(c, 2)).has(In::KINDS) || matches!(before(c, 2), "mayor" | "Mayor" | "outskirts" | "residents"));
        behind || of
    };
    !all().any(|c| c.evidence.acts || c.evidence.surname || c.evidence.organization) && all().any(located) && all().any(has_town)
}

#[cfg(test)]
mod tests {
    use crate::extract::places::tests::places;

    #[test]
    fn a_town_of_a_familys_name_needs_two_signs() {
        let paths = |body: &str| -> Vec<String> { places(body).iter().map(|p| p.split(": ").next().unwrap_or("").to_owned()).collect() };
        let town = "North America/United States/Missouri/Ferguson";
        assert_eq!(paths("A shop burned in Ferguson on Monday. Ferguson police used gas."), [town]);
        assert_eq!(paths("A shop burned in Ferguson on Monday. The mayor of Ferguson wept."), [town]);
        assert!(paths("Many trusted in Ferguson on Monday. They sang.").is_empty());
        assert!(paths("Many trusted in Ferguson. Ferguson said so at the office. Ferguson residents left.").is_empty());
    }

    #[test]
    fn between_two_places_of_a_list_is_a_third() {
        let found = places("After the bustle of Managua, Leon, Granada and Masaya, landing in Nicaragua is easy.");
        assert!(found.iter().any(|p| p.ends_with("/León: Leon")), "{found:?}");
        let found = places("After the bustle of Managua, she met Leon, Granada and Masaya.");
        assert!(!found.iter().any(|p| p.ends_with("/León: Leon")), "{found:?}");
    }
}

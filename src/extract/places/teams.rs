//! Towns that play: `Halden striker Ana Ito`, `Halden beat Varr 2-1`. Where a team is told, the town's name is the team's all through, but behind
//! `in`, `at` and the like.

use super::Candidate;
use super::gazetteer::{Gazetteer, Kind, NONE, PlaceId};
use super::lists::{In, lists};
use crate::extract::page::{Page, Shape, WordSet};

/// What somebody is in a team, in small letters behind its name.
const POSITIONS: &[&str] = &[
    "striker",
    "midfielder",
    "goalkeeper",
    "defender",
    "winger",
    "playmaker",
    "fullback",
    "quarterback",
    "linebacker",
    "pitcher",
    "fans",
    "supporters",
    "skipper",
];
/// What teams do to each other.
const PLAYS: &[&str] =
    &["beat", "beats", "beating", "defeated", "thrashed", "edged", "trounced", "drew", "lost", "won", "advanced", "drawing"];
/// So many tokens behind that the score is told.
const SCORE_WITHIN: usize = 9;

/// Whether what stands at token `end`, behind a name, tells of a team.
fn plays(page: &Page<'_>, end: usize) -> bool {
    // `beat Halden 2-1`
    let told = |i: usize| i < page.tokens.len() && PLAYS.contains(&page.text(i));
    if end >= 2 && told(end - 2) && page.tokens.get(end).is_some_and(|t| t.shape == Shape::Number) && is_score(page.text(end)) {
        return true;
    }
    if page.tokens.get(end).is_none_or(|t| t.shape != Shape::Lower) {
        return false;
    }
    let word = page.text(end);
    if POSITIONS.contains(&word) {
        return true;
    }
    let closes = |i: &usize| matches!(page.text(*i), "." | ";" | "?" | "!");
    PLAYS.contains(&word) && (end + 1..page.tokens.len().min(end + SCORE_WITHIN)).take_while(|i| !closes(i)).any(|i| is_score(page.text(i)))
}

/// `2-1`
fn is_score(word: &str) -> bool {
    let number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    word.split_once(['-', '–']).is_some_and(|(a, b)| number(a) && number(b))
}

/// Whether a word says what somebody is in a team.
pub fn is_position(word: &str) -> bool {
    POSITIONS.contains(&word)
}

/// Whether the word at `i` is told to be a team's there, and no land's.
pub fn is_team(page: &Page<'_>, i: usize) -> bool {
    let land = |g: &Gazetteer| may_be_land(g, g.lookup(page.text(i)).into_iter().map(|posting| posting.place));
    plays(page, i + 1) && !Gazetteer::built_in().is_some_and(land)
}

/// Whether a name may be a land's: lands play too, and are meant.
fn may_be_land(gazetteer: &Gazetteer, mut places: impl Iterator<Item = PlaceId>) -> bool {
    places.any(|p| p == NONE || matches!(gazetteer.kind(p), Kind::Continent | Kind::Country | Kind::State | Kind::Region))
}

/// Holds none of the towns for places that are named as teams.
pub fn settle(page: &Page<'_>, gazetteer: &Gazetteer, candidates: &mut [Candidate]) {
    let mut teams = WordSet::default();
    for c in candidates.iter().filter(|c| plays(page, c.found.tokens.end)) {
        if !c.found.sure && !may_be_land(gazetteer, c.found.senses.iter().map(|s| s.place)) {
            teams.insert(c.found.offset);
        }
    }
    if teams.is_empty() {
        return;
    }
    for c in candidates.iter_mut().filter(|c| teams.contains(&c.found.offset) && !c.contained && !c.evidence.dateline) {
        let before = c.found.tokens.start.checked_sub(1).map_or("", |i| page.text(i));
        let located = lists(before).has(In::PREPOSITIONS) || matches!(before, "In" | "From" | "At" | "Near");
        let play = plays(page, c.found.tokens.end);
        if play || !located {
            c.evidence.vetoed = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::places::tests::places;

    #[test]
    fn who_plays_is_no_town() {
        let check = |body: &str, expected: &[&str]| {
            let found = places(body);
            let paths: Vec<&str> = found.iter().map(|p| p.split(": ").next().unwrap_or("")).collect();
            assert_eq!(paths, expected, "{body}");
        };
        check("Liverpool beat Everton 2-1 on Sunday. Liverpool had played badly. The Liverpool striker wept.", &[]);
        check("The Liverpool striker wept in Liverpool.", &["Europe/United Kingdom/England/Liverpool"]);
        check("Liverpool lost a bridge in the storm.", &["Europe/United Kingdom/England/Liverpool"]);
        check("Norway beat Sweden 3-0.", &["Europe/Norway", "Europe/Sweden"]);
    }
}

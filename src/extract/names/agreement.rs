//! What does the rest of the article say about a name? The same words are the same kind of name throughout; words of a known
//! person's name are that person; a lone word needs some evidence to be a person.

use super::lexicon::{Traits, WordMap};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::Shape;

/// Makes the names of the page agree with each other.
pub fn settle(sight: &Sight<'_, '_>, mut names: Vec<Tagged>) -> Vec<Tagged> {
    agree(sight, &mut names);
    spread(sight, &mut names);
    lone_words(sight, &mut names);
    names
}

/// The same words are the same kind of name all through the article, by the majority of their places.
fn agree(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let mut votes: WordMap<&str, [u32; 4]> = WordMap::default();
    for name in names.iter() {
        let weight = if sight.tokens[name.tokens.start].headline { 1 } else { 2 };
        votes.entry(sight.page.slice(name.tokens.clone())).or_default()[name.kind as usize] += weight;
    }
    // A word that is the last of a full name votes for a person.
    let mut parts: WordMap<&str, u32> = WordMap::default();
    for name in names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        *parts.entry(sight.text(name.tokens.end - 1)).or_default() += 4;
    }
    for name in names.iter_mut() {
        let text = sight.page.slice(name.tokens.clone());
        let Some(count) = votes.get(text) else { continue };
        let mut count = *count;
        if name.tokens.len() == 1 && !sight.traits(name.tokens.start).any(Traits::PLACE | Traits::ACRONYM) {
            count[0] += parts.get(text).copied().unwrap_or(0);
        }
        let best =
            [Kind::Person, Kind::Organization, Kind::Place, Kind::Other].into_iter().max_by_key(|k| (count[*k as usize], *k == name.kind));
        name.kind = best.unwrap_or(name.kind);
    }
}

/// Finds the words of known names where the model saw nothing.
fn spread(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let mut known: WordMap<&str, Kind> = WordMap::default();
    for name in names.iter() {
        match name.kind {
            Kind::Person => {
                for i in [name.tokens.end - 1, name.tokens.start] {
                    let traits = sight.traits(i);
                    let doubtful = Traits::PLACE | Traits::COMMON | Traits::CALENDAR | Traits::DEMONYM | Traits::OFFICE;
                    let sure = sight.tokens[i].shown & Shown::LOWER == 0 && !traits.any(doubtful);
                    if sure && sight.text(i).len() > 2 {
                        known.insert(sight.text(i), Kind::Person);
                    }
                }
            }
            Kind::Organization if name.tokens.len() == 1 && sight.page.tokens[name.tokens.start].shape == Shape::Upper => {
                known.entry(sight.text(name.tokens.start)).or_insert(Kind::Organization);
            }
            _ => {}
        }
    }
    let mut taken = vec![false; sight.tokens.len()];
    for name in names.iter() {
        taken[name.tokens.clone()].fill(true);
    }
    let found: Vec<Tagged> = (0..sight.tokens.len())
        .filter(|i| sight.is_capital(*i) && !taken[*i])
        .filter_map(|i| known.get(sight.text(i)).map(|kind| Tagged { tokens: i..i + 1, kind: *kind }))
        .collect();
    names.extend(found);
    names.sort_by_key(|n| n.tokens.start);
}

/// A person named by one word that stands in no full name of the article must show that it is a person.
fn lone_words(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let mut parts: WordMap<&str, ()> = WordMap::default();
    for name in names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        for i in name.tokens.clone() {
            parts.insert(sight.text(i), ());
        }
    }
    names.retain_mut(|name| {
        if name.kind != Kind::Person || name.tokens.len() > 1 {
            return true;
        }
        let i = name.tokens.start;
        if parts.contains_key(sight.text(i)) {
            return !sight.is_initial(i);
        }
        match lone_word(sight, i) {
            Some(kind) => name.kind = kind,
            None => return false,
        }
        true
    });
}

/// The kind of a lone word the model takes for a person; `None` if it is no name at all.
fn lone_word(sight: &Sight<'_, '_>, i: usize) -> Option<Kind> {
    let (seen, word) = (sight.tokens[i], sight.text(i));
    let t = seen.traits;
    let shown = |bit: u16| i32::from(seen.shown & bit != 0);
    if t.any(
        Traits::MISTER
            | Traits::MISSUS
            | Traits::TITLE
            | Traits::OFFICE
            | Traits::DEMONYM
            | Traits::CALENDAR
            | Traits::SPEECH
            | Traits::COMMON,
    ) || word.ends_with('.')
    {
        return (t.is_given() && shown(Shown::TITLED) == 1).then_some(Kind::Person);
    }
    let plural_acronym = word.len() > 2 && word.ends_with('s') && word[..word.len() - 1].bytes().all(|b| b.is_ascii_uppercase());
    if plural_acronym || word.contains(['\'', '’']) && word.len() < 5 {
        return None;
    }
    let name = i32::from(t.any(Traits::FAMILY) || (t.is_given() && !t.any(Traits::WEAK_GIVEN)));
    let upper = i32::from(sight.page.tokens[i].shape == Shape::Upper && !seen.headline);
    let evidence = 4 * shown(Shown::TITLED)
        + 4 * shown(Shown::AGED)
        + shown(Shown::SPEAKING)
        + 3 * name
        + shown(Shown::OWNS)
        + i32::from(t.any(Traits::WEAK_FAMILY | Traits::WEAK_GIVEN))
        - 2 * shown(Shown::THE)
        - 2 * shown(Shown::LOCATED)
        - 2 * shown(Shown::ORG)
        - 2 * shown(Shown::LOWER)
        - 2 * shown(Shown::BRACKETED)
        - 2 * upper
        - 3 * i32::from(t.any(Traits::PLACE | Traits::ORG | Traits::ACRONYM));
    if evidence > 0 {
        return Some(Kind::Person);
    }
    let placed = shown(Shown::LOCATED) == 1 && shown(Shown::THE) == 0;
    (evidence < 0 || seen.shown & Shown::INSIDE != 0).then_some(if placed { Kind::Place } else { Kind::Organization })
}

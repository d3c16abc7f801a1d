//! For which state a member of a party sits: `R-Ala.`, `D-N.Y.`, `I-VT`, `D-Nevada`. The tokens of such a tag are parted anywhere.

use super::gazetteer::{ALIAS, Gazetteer, Kind, PlaceId, Posting};
use super::key::folded;
use super::scan::Found;
use crate::extract::page::Page;

/// Longest name of a state, in bytes.
const LONGEST: usize = 20;

/// The state of the tag whose part behind the hyphen begins at byte `start` of token `at`, or at its end.
pub fn state_of(page: &Page<'_>, gazetteer: &Gazetteer, at: usize, start: usize) -> Option<Found> {
    if !behind_party(&page.body[..start]) {
        return None;
    }
    let (len, state) = state_at(&page.body[start..], gazetteer)?;
    let end = page.tokens.partition_point(|t| (t.start as usize) < start + len);
    Some(meaning(at..end, start..start + len, state))
}

/// A stretch that can mean nothing but `place`, in a group of its own.
pub fn meaning(tokens: std::ops::Range<usize>, bytes: std::ops::Range<usize>, place: PlaceId) -> Found {
    Found { tokens, bytes, offset: u64::MAX - u64::from(place), senses: vec![Posting { place, flags: ALIAS }], sure: true }
}

/// The American state among the meanings under a key.
pub fn american(gazetteer: &Gazetteer, mut senses: impl Iterator<Item = Posting>) -> Option<PlaceId> {
    let state = |p: &PlaceId| gazetteer.kind(*p) == Kind::State && gazetteer.is_american(*p);
    senses.find_map(|s| Some(s.place).filter(state))
}

/// `Nevada Republican`: a member of a party from a state. `Waterbury Republican` is a newspaper.
pub fn of_party(found: &Found, word: &str) -> bool {
    let state = || Gazetteer::built_in().is_some_and(|g| american(g, found.senses.iter().copied()).is_some());
    matches!(word, "Republican" | "Democrat") && state()
}

/// Whether text ends with a party's letter and a hyphen, and nothing grown on it.
fn behind_party(before: &str) -> bool {
    let Some(before) = before.strip_suffix(['-', '–', '\u{2011}']) else { return false };
    before.strip_suffix(['R', 'D', 'I']).is_some_and(|b| !b.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '\'' | '’')))
}

/// The state at the head of `text` and its length: its name, its abbreviation, with stops or without, or its two letters.
fn state_at(text: &str, gazetteer: &Gazetteer) -> Option<(usize, PlaceId)> {
    let under = |key: &str| american(gazetteer, gazetteer.postings_at(gazetteer.offset_of(key.as_bytes())?));
    let known = |name: &str| gazetteer.offset_of(folded(name).as_bytes()).is_some();
    let ends = |len: usize| !text[len..].starts_with(char::is_alphanumeric);
    for len in (2..=LONGEST.min(text.len())).rev().filter(|len| text.is_char_boundary(*len) && ends(*len)) {
        let head = &text[..len];
        // `D-La Jolla`, `D-Long Island` are no states.
        let town = text[len..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
        let printed = if len < 8 { under(&format!("={head}")).or_else(|| under(&format!("=,{head}"))) } else { None };
        let bare = || if len < 8 && !town { under(&format!("={head}.")) } else { None };
        // Nor `D-Iowa City`.
        let longer =
            || town && text[len + 1..].split(|c: char| !c.is_alphanumeric()).next().is_some_and(|w| known(&text[..len + 1 + w.len()]));
        let whole = || if head.ends_with(char::is_alphabetic) && !longer() { under(&folded(head)) } else { None };
        if let Some(state) = printed.or_else(bare).or_else(whole) {
            return Some((len, state));
        }
    }
    None
}

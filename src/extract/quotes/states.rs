//! Who is `the Vermont senator`, `the Ohio Republican`, `the senator from Maine`? Whoever the article says is from there: `(R-Ohio)`,
//! `Ito of Maine`, `Ohio Gov. Ito`.

use super::closed::is_preposition;
use super::coreference::{Guess, Traces};
use super::outline::Outline;
use super::phrase::Phrase;
use crate::extract::names::EntityKind;
use memchr::memchr_iter;
use std::sync::LazyLock;

#[cfg(test)]
mod tests;

/// So many characters behind a name tell where somebody is from.
const BEHIND: usize = 44;

/// A state, and what stands for it behind a party: `Vt`, `VT`.
struct State {
    name: &'static str,
    short: Vec<&'static str>,
}

static STATES: LazyLock<Vec<State>> = LazyLock::new(|| {
    let rows = include_str!("../places/tables/admin1.txt").lines().filter_map(|line| line.strip_prefix("US."));
    let state = |row: &'static str| {
        let mut fields = row.split('|');
        let code = fields.next()?;
        let name = fields.nth(2)?.trim_end_matches(" State");
        let abbreviations = fields.next().unwrap_or("").split([',', ';']).map(|a| a.trim_end_matches('.'));
        let short = abbreviations.chain([code, name]).filter(|a| !a.is_empty()).collect();
        Some(State { name, short })
    };
    rows.filter_map(state).collect()
});

/// The state in a phrase for a member of Congress or a governor.
fn state_in(o: &Outline<'_>, phrase: &Phrase) -> Option<&'static State> {
    let member = matches!(
        &*o.low(phrase.head),
        "senator" | "governor" | "congressman" | "congresswoman" | "representative" | "lawmaker" | "republican" | "democrat"
    );
    if !member {
        return None;
    }
    let capital = |k: &usize| o.shape(*k).is_capital();
    let from = phrase.head + 1;
    let words = if from < o.items.len() && &*o.low(from) == "from" {
        from + 1..from + 1 + (from + 1..o.items.len().min(from + 4)).take_while(capital).count()
    } else {
        phrase.head - (phrase.items.start..phrase.head).rev().take_while(capital).count()..phrase.head
    };
    let first = words.clone().find(|k| !is_preposition(&o.low(*k)) && &*o.low(*k) != "the")?;
    let named = &o.page.body[o.start(first)..o.end(words.end - 1)];
    STATES.iter().find(|s| named.strip_prefix(s.name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Whether the article says that person `e` is from `state`, and of no other party than `party`.
fn is_from(o: &Outline<'_>, e: usize, state: &State, party: Option<char>) -> bool {
    let one = &o.names.entities[e];
    let own = |role: &Option<String>| role.as_deref().is_some_and(|r| is_member_of(r, state) && !is_other_party(r, party));
    own(&one.role)
        || one.mentions.iter().any(|m| {
            let rest = &o.page.body[m.bytes.end..];
            let plain = rest.as_bytes().get(..BEHIND).is_some_and(<[u8]>::is_ascii);
            let end = if plain { Some(BEHIND) } else { rest.char_indices().nth(BEHIND).map(|(at, _)| at) };
            let behind = &rest[..end.unwrap_or(rest.len())];
            own(&m.role) || is_tag(behind, state, party) || is_said(behind, state) && !is_other_party(behind, party)
        })
}

/// `Ohio Gov.`, `Kentucky Republican`; not `New York Times reporter`.
fn is_member_of(role: &str, state: &State) -> bool {
    const MEMBER: [&str; 7] = ["Sen", "Rep", "Gov", "Cong", "sen", "rep", "gov"];
    let west = state.name == "Virginia" && role.contains("West Virginia");
    let member = |word: &str| word == "Democrat" || MEMBER.iter().any(|m| word.starts_with(m));
    role.contains(state.name) && !west && role.split([' ', '-']).any(member)
}

/// Whether `text` names the other party.
fn is_other_party(text: &str, party: Option<char>) -> bool {
    let other = match party {
        Some('R') => "Democrat",
        Some('D') => "Republican",
        _ => return false,
    };
    text.contains(other)
}

/// `(R-Vt.)`, `, D-VT`, `(R., Ky.)`
fn is_tag(behind: &str, state: &State, party: Option<char>) -> bool {
    let text = behind.trim_start().trim_start_matches(['(', ',', '[']).trim_start();
    let other = |c: char| matches!(c, 'R' | 'D' | 'I') && party.is_none_or(|p| p == c);
    let Some(text) = text.strip_prefix(other).filter(|_| text.len() < behind.len()) else { return false };
    let text = text.trim_start_matches(['-', '–', '\u{2011}', '.', ',', ' ']);
    state.short.iter().any(|s| text.strip_prefix(s).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
}

/// `of Vermont`, `(R) of Kentucky`, `, Kentucky Republican`
fn is_said(behind: &str, state: &State) -> bool {
    // All states are asked of a short text: no search is set up for each.
    let first = state.name.bytes().next().unwrap_or(b' ');
    let at = memchr_iter(first, behind.as_bytes()).find(|at| behind.as_bytes()[*at..].starts_with(state.name.as_bytes()));
    let Some(at) = at else { return false };
    let between = behind[..at].trim_matches([' ', ',']);
    matches!(between, "of" | "from" | "(R) of" | "(D) of" | "(I) of" | "the") || between.is_empty() && behind.starts_with(',')
}

/// The answer for a phrase whose noun alone means `guess`: where the phrase names a state, the one from there, of several the last named;
/// nobody who is from another state.
pub(super) fn settle(o: &Outline<'_>, traces: &Traces, phrase: &Phrase, guess: Option<Guess>) -> Option<Guess> {
    let Some(state) = state_in(o, phrase) else { return guess };
    let party = match &*o.low(phrase.head) {
        "republican" => Some('R'),
        "democrat" => Some('D'),
        _ => None,
    };
    if let Some(known) = guess.filter(|g| g.entity < o.names.entities.len() && is_from(o, g.entity, state, party)) {
        return Some(Guess { sure: known.sure.max(0.8), ..known });
    }
    let before = o.start(phrase.items.start);
    let person = |e: &usize| {
        let one = &o.names.entities[*e];
        one.kind == EntityKind::Person && one.mentions.first().is_some_and(|m| m.bytes.start < before)
    };
    let found: Vec<usize> = (0..o.names.entities.len()).filter(person).filter(|e| is_from(o, *e, state, party)).collect();
    if let Some(entity) = found.iter().copied().max_by_key(|e| traces.last_unit(*e)) {
        return Some(Guess { entity, sure: if found.len() == 1 { 0.85 } else { 0.7 } });
    }
    let elsewhere = |g: &Guess| g.entity < o.names.entities.len() && STATES.iter().any(|other| is_from(o, g.entity, other, None));
    guess.filter(|g| !elsewhere(g))
}

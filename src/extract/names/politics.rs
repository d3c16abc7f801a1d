//! What news of politics does to names: the party and state behind a member (`D-MA`, `Nevada Democrat`), the party before a chamber
//! (`Republican Senate leader`), bodies with an `and` inside (`Customs and Border Protection`), and phrases that hold a name's words.

use super::lexicon::{Known, Lexicon, Traits};
use super::sight::Sight;
use super::tagging::{Kind, Tagged};
use crate::extract::page::Shape;

/// Most words of a phrase before and behind a word of it that looks like a name.
const REACH: usize = 3;

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    names.retain(|name| (name.kind == Kind::Place || !is_tag(sight, name)) && !in_phrase(sight, name));
    for n in 0..names.len() {
        whole_body(sight, names, n);
        fields_behind(sight, names, n);
        fields_before(sight, names, n);
    }
    names.retain(|name| !name.tokens.is_empty());
    for name in names.iter_mut() {
        let end = name.tokens.end - 1;
        let place = |i: usize| sight.traits(i).any(Traits::PLACE) && sight.is_capital(i);
        if name.tokens.len() > 1 && is_member(sight.text(end)) && (name.tokens.start..end).all(place) {
            name.tokens.end = end;
            name.kind = Kind::Place;
        } else if name.kind == Kind::Organization && matches!(sight.text(end), "Senate" | "House") {
            let party = name.tokens.clone().rev().find(|i| is_party(sight.text(*i)));
            name.tokens.start = party.map_or(name.tokens.start, |i| i + 1);
        } else if name.kind == Kind::Organization && sight.known(name.tokens.clone()) == Some(Known::Place) {
            name.kind = Kind::Place;
        }
    }
    names.retain(|name| !(name.kind == Kind::Organization && is_contest(sight, name)));
}

/// `(D-MA)`, `, R-Wis.,`
fn is_tag(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let start = name.tokens.start;
    if start == 0 || !matches!(sight.text(start - 1), "(" | "," | "[") {
        return false;
    }
    let text = &sight.page.body[sight.page.tokens[start].start as usize..];
    let rest = text.strip_prefix(['R', 'D', 'I']).and_then(|t| t.strip_prefix(['-', '–', '\u{2011}']));
    rest.is_some_and(|t| t.starts_with(char::is_uppercase))
}

fn is_member(word: &str) -> bool {
    matches!(word, "Republican" | "Republicans" | "Democrat" | "Democrats")
}

/// Whether a word says of which American party somebody is.
pub fn is_party(word: &str) -> bool {
    is_member(word) || matches!(word, "Democratic" | "GOP")
}

/// `a Republican Senate candidate`: a chamber somebody runs for does nothing.
fn is_contest(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let behind_party = name.tokens.start > 0 && is_party(sight.text(name.tokens.start - 1));
    let contest = matches!(
        sight.text(name.tokens.end),
        "candidate"
            | "candidates"
            | "race"
            | "races"
            | "seat"
            | "seats"
            | "nominee"
            | "nominees"
            | "primary"
            | "primaries"
            | "hopeful"
            | "contender"
    );
    behind_party && contest && name.tokens.len() == 1
}

/// `Union` of `State of the Union`, `Joe` of `Morning Joe`: words of a phrase known for nobody.
fn in_phrase(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (start, end) = (name.tokens.start, name.tokens.end);
    let last = (end + REACH).min(sight.tokens.len());
    let lexicon = Lexicon::get();
    let opens = |i: usize| sight.is_capital(i) && lexicon.opens_phrase(sight.tokens[i].exact);
    let phrase = |i: usize, j: usize| sight.known(i..j) == Some(Known::Nobody);
    (start.saturating_sub(REACH)..start + 1).any(|i| opens(i) && (end.max(i + 1)..last + 1).any(|j| phrase(i, j)))
}

/// Takes in what stands before the `and` of a body cut there: `Immigration Services` of `Citizenship and Immigration Services`.
fn whole_body(sight: &Sight<'_, '_>, names: &mut [Tagged], n: usize) {
    let (start, end) = (names[n].tokens.start, names[n].tokens.end);
    let body = sight.traits(end - 1).any(Traits::ORG_HEAD | Traits::HEAD) || matches!(sight.text(end - 1), "Protection" | "Explosives");
    let joined = start > 1 && matches!(sight.text(start - 1), "and" | "&") && sight.is_capital(start - 2);
    let firm = joined && sight.traits(start - 2).any(Traits::ORG_FORM);
    if names[n].kind != Kind::Organization || end - start < 2 || !body || !joined || firm {
        return;
    }
    let sentence = sight.page.sentences[sight.page.sentence_of(start)].start;
    let mut first = start - 1;
    while first > sentence && sight.is_capital(first - 1) && fits(sight, first - 1) {
        first -= 1;
    }
    // `Centers for Medicare and Medicaid Services`
    let opener = first.checked_sub(2).filter(|i| *i >= sentence && matches!(sight.text(i + 1), "for" | "of") && sight.is_capital(*i));
    if let Some(opener) = opener.filter(|i| sight.text(*i) == "Centers" || sight.traits(*i).any(Traits::OPENER)) {
        first = opener;
    }
    let overlaps = |m: &Tagged| m.tokens.end > first && m.tokens.start < start;
    // `Harbor Mills and Bay Bakeries` are two.
    let own = |m: &Tagged| {
        let part = m.tokens.len() < 2 || is_chamber(sight.text(m.tokens.start)) || sight.traits(m.tokens.start).any(Traits::OPENER);
        m.kind == Kind::Person || !part && sight.text(m.tokens.start) != "Centers"
    };
    let near = n.saturating_sub(first.abs_diff(start))..n;
    let other = names[near.clone()].iter().any(|m| overlaps(m) && (m.tokens.start < first || own(m)));
    // `the White House and Justice Department`
    let house = (sight.text(first), sight.text(first + 1)) == ("White", "House");
    if first + 1 == start || other || house {
        return;
    }
    for before in names[near].iter_mut().filter(|m| overlaps(m)) {
        before.tokens = before.tokens.start..before.tokens.start;
    }
    names[n].tokens.start = first;
}

/// `Bureau of Quays, Buoys and Beacons`: takes in the fields behind a comma, up to the one behind `and`.
fn fields_behind(sight: &Sight<'_, '_>, names: &mut [Tagged], n: usize) {
    let (start, end) = (names[n].tokens.start, names[n].tokens.end);
    let opens = sight.traits(start).any(Traits::OPENER) && matches!(sight.text(start + 1), "of" | "for" | "on");
    let led = names[n].tokens.clone().any(|i| sight.traits(i).is_given() || sight.traits(i).any(Traits::OFFICE));
    if names[n].kind != Kind::Organization
        || !opens
        || led
        || sight.text(end) != ","
        || names[n].tokens.clone().any(|i| sight.text(i) == "and")
    {
        return;
    }
    let sentence = sight.page.sentences[sight.page.sentence_of(start)].end;
    let (mut i, mut last) = (end, None);
    while i < sentence && last.is_none() {
        let comma = sight.text(i) == ",";
        let and = matches!(sight.text(i + usize::from(comma)), "and" | "&");
        let first = i + usize::from(comma) + usize::from(and);
        let words = (first..sentence).take_while(|j| sight.is_capital(*j) && fits(sight, *j)).count();
        if !(comma || and) || words == 0 || words > 3 {
            return;
        }
        i = first + words;
        last = and.then_some(i);
    }
    if let Some(last) = last {
        swallow(names, n, start..last);
    }
}

/// `Senate Quays, Buoys and Beacons Committee`: takes in the fields before a comma, back to the chamber.
fn fields_before(sight: &Sight<'_, '_>, names: &mut [Tagged], n: usize) {
    let (start, end) = (names[n].tokens.start, names[n].tokens.end);
    let body = end > start + 2 && sight.traits(end - 1).any(Traits::HEAD) && names[n].tokens.clone().any(|i| sight.text(i) == "and");
    if names[n].kind != Kind::Organization || !body {
        return;
    }
    let sentence = sight.page.sentences[sight.page.sentence_of(start)].start;
    let mut first = start;
    while first > sentence + 1 && sight.text(first - 1) == "," {
        let words = (sentence..first - 1).rev().take_while(|j| sight.is_capital(*j) && fits(sight, *j)).count();
        if words == 0 || words > 4 {
            return;
        }
        first -= words + 1;
        if is_chamber(sight.text(first)) {
            swallow(names, n, first..end);
            return;
        }
    }
}

/// Gives name `n` its whole extent and takes it from its neighbours.
fn swallow(names: &mut [Tagged], n: usize, tokens: std::ops::Range<usize>) {
    for (k, other) in names.iter_mut().enumerate() {
        if k != n && other.tokens.start < tokens.end && tokens.start < other.tokens.end {
            other.tokens = other.tokens.start..other.tokens.start;
        }
    }
    names[n].tokens = tokens;
}

/// Whether a word before the `and` may belong to the body: no name or office of its own.
fn fits(sight: &Sight<'_, '_>, i: usize) -> bool {
    let t = sight.traits(i);
    let own = Traits::DEMONYM | Traits::OFFICE | Traits::TITLE | Traits::ORG_FORM | Traits::MISTER | Traits::MISSUS | Traits::SPEECH;
    let chamber = is_chamber(sight.text(i));
    let named = t.any(Traits::PLACE | Traits::ACRONYM | Traits::HEAD | Traits::ALONE) || t.is_given() || t.any(Traits::FAMILY);
    let plain = sight.page.tokens[i].shape == Shape::Capital && !t.any(own) && !named;
    chamber || plain && !(sight.tokens[i].initial && t.any(Traits::COMMON)) && !matches!(sight.text(i), "The" | "A")
}

/// What stands before the field of a committee or agency.
fn is_chamber(word: &str) -> bool {
    matches!(word, "House" | "Senate" | "U.S." | "US")
}

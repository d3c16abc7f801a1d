//! What looked like a body and is none, for what stands beside it: a relative (`his son, Odo,`), a headline that begins with somebody
//! (`Ito Denies Report`), a town before its state, a list of lands. And a site (`harborwatch.org`) or a fraternity (`Alpha Phi Omega`) that looked
//! like somebody.

use super::lexicon::{Lexicon, Traits};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged, families};
use crate::extract::page::{Shape, WordSet};
use std::collections::HashSet;
use std::ops::Range;

/// The letters of Greek.
const LETTERS: &[&str] = &[
    "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa", "Lambda", "Mu", "Nu", "Xi", "Omicron", "Pi",
    "Rho", "Sigma", "Tau", "Upsilon", "Phi", "Chi", "Psi", "Omega",
];

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    missed(sight, names);
    let families = families(sight.page, names);
    let persons = if names.iter().any(|n| is_shouted(sight, n)) { last_words(sight, names) } else { WordSet::default() };
    for name in names.iter_mut() {
        match name.kind {
            Kind::Person if is_address(sight, name) || is_fraternity(sight, name) => name.kind = Kind::Organization,
            Kind::Organization
                if is_relative(sight, name) || is_shouted(sight, name) && persons.contains(&sight.tokens[name.tokens.start].lower) =>
            {
                name.kind = Kind::Person
            }
            Kind::Organization if is_headline(sight, name, &families) => {
                *name = Tagged { tokens: name.tokens.start..name.tokens.start + 1, kind: Kind::Person };
            }
            Kind::Organization => {
                // `Halden County Court against Varr`
                let against = name.tokens.clone().skip(1).find(|i| sight.text(*i) == "against");
                name.tokens.end = against.unwrap_or(name.tokens.end);
                grounds(sight, name);
            }
            _ => {}
        }
    }
}

/// `factcheck.org`: who goes by an address is a site.
fn is_address(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let word = sight.text(name.tokens.start);
    name.tokens.len() == 1 && [".org", ".com", ".net"].iter().any(|end| word.len() > 4 && word.ends_with(end))
}

/// `Alpha Phi Omega`: a fraternity or sorority goes by letters.
fn is_fraternity(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    name.tokens.len() > 1 && name.tokens.clone().all(|i| LETTERS.contains(&sight.text(i)))
}

/// `OKAFOR: We go.`: who may speak in a transcript, and be called so in small letters too.
fn is_shouted(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let first = name.tokens.start;
    let label = name.tokens.len() == 1 && sight.page.tokens[first].shape == Shape::Upper && sight.text(name.tokens.end) == ":";
    name.kind == Kind::Organization && label && !sight.traits(first).any(Traits::ORG | Traits::ACRONYM)
}

/// The last words of persons' names, in small letters.
fn last_words(sight: &Sight<'_, '_>, names: &[Tagged]) -> WordSet {
    names.iter().filter(|n| n.kind == Kind::Person).map(|n| sight.tokens[n.tokens.end - 1].lower).collect()
}

/// `his son, Odo,`: a name in no list that looked like a body's.
fn is_relative(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let first = name.tokens.start;
    let plain = sight.page.tokens[first].shape == Shape::Capital && !sight.is_capital(name.tokens.end);
    name.tokens.len() == 1 && plain && sight.traits(first) == Traits::default() && super::roles::kin(sight, first).is_some()
}

/// `Ito Denies Report`, of a headline and held for a body: a family name of the article, and a word that it or a list has small.
fn is_headline(sight: &Sight<'_, '_>, name: &Tagged, families: &WordSet) -> bool {
    let first = name.tokens.start;
    let body = Traits::HEAD | Traits::ORG_HEAD | Traits::ORG_FORM | Traits::OPENER | Traits::ALONE | Traits::ORG_HINT;
    if name.tokens.len() < 2 || !families.contains(&sight.page.hash(first)) || sight.traits(first).any(Traits::ORG) {
        return false;
    }
    let second = sight.tokens[first + 1];
    let small = Lexicon::get().traits_of(second.lower);
    let word = second.shown & Shown::LOWER != 0 || small.any(Traits::SPEECH | Traits::COMMON);
    let opens = sight.tokens[first].initial || sight.tokens[first].headline;
    opens && word && sight.is_capital(first + 1) && !name.tokens.clone().skip(1).any(|i| sight.traits(i).any(body | Traits::THING))
}

/// What is no body but ground: `Halden, N.Y.`, a list of lands (`China Russia France India Japan`), a land behind a party (`Republican
/// Ohio`), a town with the first word of the next sentence (`in Oslo Passengers wait`).
fn grounds(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let (first, end) = (name.tokens.start, name.tokens.end);
    let place = |i: usize| sight.traits(i).any(Traits::PLACE);
    let body = Traits::HEAD | Traits::ORG_HEAD | Traits::ORG_FORM | Traits::ORG | Traits::ACRONYM | Traits::OPENER | Traits::ORG_HINT;
    let told = name.tokens.clone().any(|i| sight.traits(i).any(body));
    let state = sight.text(end + 1);
    let before_state = sight.text(end) == "," && place(end + 1) && state.ends_with('.') && !matches!(state, "U.S." | "U.K.");
    if before_state && !told && name.tokens.clone().all(|i| sight.page.tokens[i].shape == Shape::Capital) {
        name.kind = Kind::Place;
    }
    if name.tokens.len() > 4 && name.tokens.clone().all(place) {
        name.kind = Kind::Other;
    }
    let party = matches!(sight.text(first), "Republican" | "Democrat" | "Democratic" | "Independent");
    if party && name.tokens.len() > 1 && name.tokens.clone().skip(1).all(place) {
        *name = Tagged { tokens: first + 1..end, kind: Kind::Place };
    }
    let word = name.tokens.len() == 2 && sight.tokens[first + 1].shown & Shown::LOWER != 0;
    let behind_in = first > 0 && matches!(sight.text(first - 1), "in" | "In" | "near");
    if word && behind_in && place(first) && !sight.traits(first + 1).any(body | Traits::PLACE_TAIL) {
        *name = Tagged { tokens: first..first + 1, kind: Kind::Place };
    }
}

/// `Kristen Day said`, `Angela Laws, 58,`, `pollster Celinda Lake`: somebody whose family name ends the names of things and places. He or she
/// speaks, has an age or a function.
fn missed(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let found: Vec<usize> = sight.capitals.iter().copied().filter(|i| is_missed(sight, names, *i)).collect();
    if found.is_empty() {
        return;
    }
    let families: HashSet<&str> = found.iter().map(|i| sight.text(i + 1)).collect();
    let speaks = |i: usize| sight.traits(i + 1).any(Traits::SPEECH) || i > 0 && sight.traits(i - 1).any(Traits::MISTER | Traits::MISSUS);
    let whole = |i: usize| i > 0 && found.binary_search(&(i - 1)).is_ok();
    let lone = sight.capitals.iter().copied().filter(|i| families.contains(sight.text(*i)) && speaks(*i) && !whole(*i));
    let mut all: Vec<Tagged> =
        found.iter().map(|i| *i..*i + 2).chain(lone.map(|i| i..i + 1)).map(|tokens| Tagged { tokens, kind: Kind::Person }).collect();
    all.retain(|m| !over(names, &m.tokens).any(|n| n.tokens.len() > m.tokens.len()));
    all.sort_by_key(|n| n.tokens.start);
    names.retain(|n| over(&all, &n.tokens).next().is_none());
    names.append(&mut all);
    names.sort_by_key(|n| n.tokens.start);
}

/// Those of `names`, in the order of the page, that lie over `tokens`.
fn over<'n>(names: &'n [Tagged], tokens: &Range<usize>) -> impl Iterator<Item = &'n Tagged> {
    let (from, end) = (names.partition_point(|n| n.tokens.end <= tokens.start), tokens.end);
    names[from..].iter().take_while(move |n| n.tokens.start < end)
}

/// Whether a person's name of two words begins at `i` that is held for none.
fn is_missed(sight: &Sight<'_, '_>, names: &[Tagged], i: usize) -> bool {
    let (given, family) = (sight.traits(i), sight.traits(i + 1));
    if !given.is_given() {
        return false; // most words
    }
    let other = Traits::PLACE | Traits::ORG | Traits::ACRONYM | Traits::OFFICE | Traits::DEMONYM | Traits::CALENDAR | Traits::TITLE;
    let strong = !given.any(other | Traits::WEAK_GIVEN | Traits::COMMON);
    let odd = Traits::THING | Traits::COMMON | Traits::PLACE_TAIL | Traits::ORG_HEAD | Traits::PLACE;
    let word = sight.text(i + 1);
    if !(strong && (family.any(odd) || word == "Day"))
        || family.any(Traits::FAMILY | Traits::SPEECH | Traits::ORG_FORM | Traits::HEAD)
        || sight.tokens[i].headline
    {
        return false;
    }
    let whole = (i..i + 2).all(|k| sight.page.tokens[k].shape == Shape::Capital) && !sight.is_capital(i + 2);
    let before = i.checked_sub(1);
    let small = |k: usize| sight.page.tokens[k].shape == Shape::Lower;
    let alone = before.is_none_or(|k| !sight.is_capital(k) || sight.tokens[i].initial);
    let same = sight.page.sentence_of(i) == sight.page.sentence_of(i + 1);
    if !whole || !alone || !same || over(names, &(i + 1..i + 2)).any(|n| n.kind == Kind::Person) {
        return false;
    }
    // `Laurent Energy said`: firms speak too.
    let head = family.any(Traits::ORG_HEAD);
    let says = !head && sight.traits(i + 2).any(Traits::SPEECH) && small(i + 2);
    let said = !head
        && before.is_some_and(|k| small(k) && sight.traits(k).any(Traits::SPEECH | Traits::ROLE))
        && matches!(sight.text(i + 2), "," | ".");
    let aged = sight.tokens[i + 1].shown & Shown::AGED != 0;
    says || said || aged || super::roles::behind(sight, i + 2).is_some()
}

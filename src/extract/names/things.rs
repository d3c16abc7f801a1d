//! What looks like somebody called by one word or two and is none, for how the word is built (`Accountability`), what stands before it (`an
//! app called Lunaria`) or behind it (`said Lunaria President Ana Ito`, `Black voters`), or what it begins with (`CNN Weekend`).

use super::lexicon::Traits;
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged, families};
use crate::extract::page::{Shape, WordSet};
use std::ops::Range;

/// Things that are called by a name.
const CALLED: &[&str] = &[
    "algorithm",
    "app",
    "application",
    "boat",
    "book",
    "browser",
    "code",
    "drug",
    "film",
    "game",
    "medicine",
    "method",
    "model",
    "movie",
    "novel",
    "operation",
    "plan",
    "program",
    "programme",
    "project",
    "rocket",
    "satellite",
    "service",
    "ship",
    "show",
    "software",
    "spacecraft",
    "strategy",
    "substance",
    "system",
    "technology",
    "tool",
    "vaccine",
    "vessel",
    "virus",
];

/// Bodies that are.
const BODIES: &[&str] = &[
    "agency",
    "airline",
    "band",
    "charity",
    "company",
    "firm",
    "group",
    "magazine",
    "network",
    "newspaper",
    "nonprofit",
    "organisation",
    "organization",
    "outlet",
    "party",
    "site",
    "startup",
    "website",
];

/// Ends of words that are no names.
const ENDINGS: &[&str] = &["tion", "sion", "ability", "ibility", "ivity", "ality", "ment", "ness", "ional", "ership"];

/// Words that pages and headlines write with a capital, and that nobody is called by alone.
const WORDS: &[&str] = &[
    "Advertisement",
    "Answers",
    "Dept",
    "Fed",
    "Friends",
    "Has",
    "Jehovah",
    "JR",
    "JR.",
    "Man",
    "Men",
    "Month",
    "Note",
    "Samaritan",
    "Volume",
    "Woman",
];

/// What has numbers.
const NUMBERED: &[&str] =
    &["Act", "Article", "Category", "Chapter", "Class", "Level", "Part", "Phase", "Schedule", "Stage", "Tier", "Title", "Type", "Volume"];

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let families = families(sight.page, names);
    // What is told in one place is so all through.
    let (mut bodies, mut things) = (WordSet::default(), WordSet::default());
    for &i in sight.capitals.iter().filter(|i| !sight.traits(**i).is_of_person()) {
        let called = is_called(sight, i);
        if called && is_behind(sight, i, CALLED) {
            things.insert(sight.page.hash(i));
        } else if is_led(sight, i) || called && is_behind(sight, i, BODIES) || is_among_bodies(sight, i) || is_agency(sight, i) {
            bodies.insert(sight.page.hash(i));
        }
    }
    join_or_part(sight, names);
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person) {
        match name.tokens.len() {
            1 if !families.contains(&sight.page.hash(name.tokens.start)) => lone(sight, name, (&bodies, &things)),
            2 if is_numbered(sight, name) || is_people(sight, name) => name.tokens.end = name.tokens.start,
            2 => behind_acronym(sight, name),
            _ => {}
        }
    }
    // What an app is called by is no body either, nor is a word for how somebody is: `Islamophobic`.
    let manner = |word: &str| ["phobic", "phobia", "esque"].iter().any(|end| word.ends_with(end));
    let thing = |n: &Tagged| {
        let i = n.tokens.start;
        let known = sight.traits(i).any(Traits::ORG | Traits::ACRONYM);
        n.kind == Kind::Organization && n.tokens.len() == 1 && !known && (things.contains(&sight.page.hash(i)) || manner(sight.text(i)))
    };
    names.retain(|n| !n.tokens.is_empty() && !thing(n));
}

/// `Covington Quill & Varr` is a firm, `Ana Ito & Bo Dahl` are two.
fn join_or_part(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let whole = |tokens: Range<usize>| tokens.len() > 1 && sight.traits(tokens.start).is_given();
    let mut others = Vec::new();
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person) {
        let Some(sign) = name.tokens.clone().find(|i| sight.text(*i) == "&") else { continue };
        if whole(name.tokens.start..sign) && whole(sign + 1..name.tokens.end) {
            others.push(Tagged { tokens: sign + 1..name.tokens.end, kind: Kind::Person });
            name.tokens.end = sign;
        } else {
            name.kind = Kind::Organization;
        }
    }
    if !others.is_empty() {
        names.append(&mut others);
        names.sort_by_key(|n| n.tokens.start);
    }
}

/// A name of one word that stands in no full name of the article.
fn lone(sight: &Sight<'_, '_>, name: &mut Tagged, (bodies, things): (&WordSet, &WordSet)) {
    let i = name.tokens.start;
    let word = sight.text(i);
    let shown = |bits: u16| sight.tokens[i].shown & bits != 0;
    let ending = word.len() > 7 && ENDINGS.iter().any(|end| word.ends_with(end));
    let faith = word == "Islam" && !shown(Shown::TITLED | Shown::SPEAKING | Shown::SURNAMED | Shown::AGED);
    // `Its Chief Says`
    let says = sight.traits(i).any(Traits::SPEECH) && !sight.traits(i).is_of_person();
    if WORDS.contains(&word) && !shown(Shown::TITLED)
        || says
        || NUMBERED.contains(&word)
        || ending && !sight.traits(i).is_of_person()
        || faith
        || is_colour(sight, i)
    {
        name.tokens.end = i;
    } else if things.contains(&sight.page.hash(i)) {
        name.kind = Kind::Other;
    } else if bodies.contains(&sight.page.hash(i)) {
        name.kind = Kind::Organization;
    }
}

/// `Black voters`, `a White man`
fn is_colour(sight: &Sight<'_, '_>, i: usize) -> bool {
    const ONE: &[&str] = &["man", "woman", "boy", "girl", "people", "men", "women", "youth", "community", "church", "vote", "driver"];
    let next = sight.text(i + 1);
    let small = sight.page.tokens.get(i + 1).is_some_and(|t| t.shape == Shape::Lower);
    let many = next.len() > 5 && next.ends_with('s') && !sight.traits(i + 1).any(Traits::SPEECH);
    matches!(sight.text(i), "Black" | "White" | "Brown") && small && (ONE.contains(&next) || many)
}

/// `called Lunaria`
fn is_called(sight: &Sight<'_, '_>, i: usize) -> bool {
    let called = i > 1 && matches!(sight.text(i - 1), "called" | "named" | "dubbed" | "nicknamed");
    // `an app called Harbor Tools` tells nothing of what is called Harbor.
    called && !sight.is_capital(i + 1)
}

/// `an app called Lunaria`: behind one of `nouns`.
fn is_behind(sight: &Sight<'_, '_>, i: usize, nouns: &[&str]) -> bool {
    (i.saturating_sub(4)..i - 1).any(|k| nouns.contains(&sight.text(k)))
}

/// `the BBC, Lunaria, ITV`: between two bodies of a list.
fn is_among_bodies(sight: &Sight<'_, '_>, i: usize) -> bool {
    let joint = |k: usize| matches!(sight.text(k), "," | "and" | "or");
    let body = |k: usize| sight.is_capital(k) && sight.traits(k).any(Traits::ORG | Traits::ACRONYM) && !sight.traits(k).is_of_person();
    i > 1 && joint(i - 1) && body(i - 2) && joint(i + 1) && body(i + 2)
}

/// `its Lunaria news agency`
fn is_agency(sight: &Sight<'_, '_>, i: usize) -> bool {
    match sight.text(i + 1) {
        "newspaper" | "airline" | "airlines" | "newswire" => true,
        next => next == "news" && sight.text(i + 2) == "agency",
    }
}

/// `Phase I`, `Volume II`
fn is_numbered(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let number = matches!(sight.text(name.tokens.end - 1), "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "IX" | "X");
    number && NUMBERED.contains(&sight.text(name.tokens.start))
}

/// `Puerto Rican`: a word for people.
fn is_people(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let whole = (sight.text(name.tokens.start), sight.text(name.tokens.end - 1).trim_end_matches('s'));
    matches!(whole, ("Puerto" | "Costa", "Rican") | ("Sri", "Lankan") | ("Hong", "Konger") | ("Sierra", "Leonean"))
}

/// `said Lunaria President Ana Ito`: what has a president.
fn is_led(sight: &Sight<'_, '_>, i: usize) -> bool {
    let office =
        matches!(sight.text(i + 1), "President" | "CEO" | "Chairman" | "Chairwoman" | "Director" | "spokesman" | "spokeswoman" | "CFO");
    let plain = sight.page.tokens[i].shape != Shape::Upper && !sight.traits(i).any(Traits::PLACE | Traits::DEMONYM | Traits::COMMON);
    office && plain && sight.is_capital(i + 2)
}

/// `WSJ Foreign`, `CNN Weekend`, `AP President`: a body, and a word that is nobody's name.
fn behind_acronym(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let (first, last) = (name.tokens.start, name.tokens.end - 1);
    // `UC Davis`, `SUNY Albany`
    if matches!(sight.text(first), "UC" | "SUNY" | "CUNY" | "CSU") && !sight.tokens[first].headline {
        name.kind = Kind::Organization;
        return;
    }
    let body = sight.traits(first).any(Traits::ACRONYM | Traits::ORG) && sight.page.tokens[first].shape == Shape::Upper;
    if body
        && !sight.traits(first).is_given()
        && !sight.traits(last).is_of_person()
        && sight.page.tokens[last].shape == Shape::Capital
        && !sight.tokens[first].headline
    {
        *name = Tagged { tokens: first..last, kind: Kind::Organization };
    }
}

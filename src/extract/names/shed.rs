//! Words at either end of a person's name that are none of it, as the rest of the article shows.

use super::lexicon::{Lexicon, Traits};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::{WordMap, WordSet, hash_small};

/// `Said Ito: “…”`, `Outspoken Ito wins` in a headline: the first word is no part of the name, if the article has an `Ana Ito`.
pub fn first_words(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let pair = |name: &Tagged| name.kind == Kind::Person && name.tokens.len() == 2;
    let no_name = |i: usize| {
        let word = sight.traits(i);
        let says = sight.tokens[i].initial
            && matches!(sight.text(i), "Said" | "Says" | "Added" | "Asked" | "Replied" | "Retorted" | "Quipped" | "Wrote");
        // `on labelling Ito`, `Nominate Ito`: a word that the article writes small elsewhere.
        let small = sight.tokens[i].shown & Shown::LOWER != 0 || sight.text(i).ends_with("ing");
        says || (sight.tokens[i].headline || small) && word == Traits::default()
    };
    // The first and the last word of two-word names: of each last word the given name met first, and one that is another.
    let words = |name: &Tagged| (sight.text(name.tokens.start), sight.text(name.tokens.end - 1));
    let mut given: WordMap<&str, (&str, Option<&str>)> = WordMap::default();
    for (first, last) in names.iter().filter(|n| pair(n) && sight.traits(n.tokens.start).is_given()).map(words) {
        let (one, other) = given.entry(last).or_insert((first, None));
        if *one != first {
            other.get_or_insert(first);
        }
    }
    for name in names.iter_mut().filter(|n| pair(n) && no_name(n.tokens.start)) {
        let (first, last) = words(name);
        if given.get(last).is_some_and(|(one, other)| *one != first || other.is_some()) {
            name.tokens.start += 1;
        }
    }
}

/// `Varr Outlines Plan`, `the Varr Journey`: a family name that the article has with a given one, and words that are no names.
pub fn last_words(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let family = Traits::FAMILY | Traits::WEAK_FAMILY;
    let lexicon = Lexicon::get();
    let listed = |i: usize| sight.traits(i).is_given() || sight.traits(i).any(family);
    // A word: one the article writes small, that a list knows, or in the form of a verb or of many.
    let word = |i: usize| {
        let text = sight.text(i);
        let plural = text.len() > 4 && text.ends_with('s') && text.bytes().all(|b| b.is_ascii_alphabetic());
        let known = sight.traits(i) != Traits::default() || lexicon.traits_of(hash_small(text)) != Traits::default();
        sight.tokens[i].shown & Shown::LOWER != 0 || plural || known || matches!(text, "Has" | "Had" | "Replay")
    };
    let full = |n: &Tagged| n.kind == Kind::Person && n.tokens.len() > 1 && sight.traits(n.tokens.start).is_given();
    let known: WordSet = names.iter().filter(|n| full(n)).map(|n| sight.page.hash(n.tokens.end - 1)).collect();
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        let first = name.tokens.start;
        let generation = |i: usize| matches!(sight.text(i), "Jr." | "Sr." | "Jr" | "Sr" | "II" | "III" | "IV");
        if sight.traits(first).is_given() || !known.contains(&sight.page.hash(first)) {
            continue;
        }
        if (first + 1..name.tokens.end).all(|i| !listed(i) && !generation(i) && word(i)) {
            name.tokens.end = first + 1;
        }
    }
}

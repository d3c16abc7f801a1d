//! Who or what has one word in an article that no list knows: bodies are no `he` and no `who` (`Kotwal was charged after his arrest`, `said
//! Kotwal, who runs the mill`), and nobody is `it` and `which` (`Norvaxa said it cut its prices`).

use super::lexicon::Traits;
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::{Shape, WordMap, WordSet};

/// So much must speak for somebody, or against.
const ENOUGH: i32 = 2;
/// So far behind a name its pronoun may stand, in words.
const FAR: usize = 12;

/// Sets them right, wherever they stand.
pub fn settle(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let mut votes: WordMap<u64, i32> = WordMap::default();
    for name in names.iter().filter(|n| n.tokens.len() == 1 && n.kind != Kind::Other && is_unknown(sight, n)) {
        *votes.entry(sight.page.hash(name.tokens.start)).or_default() += vote(sight, name.tokens.start);
    }
    votes.retain(|_, votes| votes.abs() >= ENOUGH);
    if votes.is_empty() {
        return;
    }
    // Parts of longer names are what those are.
    let longer = names.iter().filter(|n| n.tokens.len() > 1 && n.kind != Kind::Other);
    let longer: WordSet = longer.flat_map(|n| n.tokens.clone()).map(|i| sight.page.hash(i)).collect();
    for name in names.iter_mut().filter(|n| n.tokens.len() == 1) {
        let word = sight.page.hash(name.tokens.start);
        let votes = if longer.contains(&word) { 0 } else { votes.get(&word).copied().unwrap_or(0) };
        match name.kind {
            Kind::Organization if votes >= ENOUGH => name.kind = Kind::Person,
            Kind::Place if votes > ENOUGH => name.kind = Kind::Person,
            Kind::Person if votes <= -ENOUGH => name.kind = Kind::Organization,
            _ => {}
        }
    }
}

/// Whether its word is in no list, but for those of names where it looks like something else, and the article writes it as a name alone.
fn is_unknown(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let i = name.tokens.start;
    let names = Traits::FAMILY | Traits::WEAK_FAMILY | Traits::FEMALE | Traits::MALE | Traits::WEAK_GIVEN;
    let shown = Shown::LOWER | Shown::THE | Shown::ORG | Shown::BRACKETED;
    let alone = sight.page.tokens[i].shape == Shape::Capital && sight.tokens[i].shown & shown == 0;
    let known = Shown::TITLED | Shown::AGED | Shown::SURNAMED;
    let somebody = name.kind == Kind::Person;
    match sight.traits(i) {
        traits if traits == Traits::default() => alone && !(somebody && sight.tokens[i].shown & known != 0),
        traits => alone && !somebody && traits | names == names,
    }
}

/// What speaks at token `i` for somebody, or against.
fn vote(sight: &Sight<'_, '_>, i: usize) -> i32 {
    let said = i > 0 && sight.traits(i - 1).any(Traits::SPEECH);
    match (sight.text(i + 1), sight.text(i + 2)) {
        (",", "who") => return ENOUGH - 1 + i32::from(said || sight.traits(i + 1).any(Traits::SPEECH)),
        (",", "which") => return -ENOUGH,
        _ => {}
    }
    // Whose pronoun it may be stands at the head of its clause: `in Kotwal he was`, `spoke Kotwal when he came`.
    let page = sight.page;
    let heads = page.sentences[page.sentence_of(i)].start == i
        || i > 0
            && (matches!(
                sight.text(i - 1),
                "," | "-" | "“" | "\"" | "after" | "when" | "as" | "that" | "because" | "while" | "before" | "but"
            ));
    // `Norvaxa are lucky`: a club is many; not `efforts by Kotwal have`.
    if (heads || said) && matches!(sight.text(i + 1), "are" | "were" | "have") {
        return -ENOUGH;
    }
    if !heads {
        return 0;
    }
    let end = page.sentences[page.sentence_of(i)].end.min(i + FAR);
    let small = (i + 1..end).take_while(|k| matches!(page.tokens[*k].shape, Shape::Lower));
    // Of whom or what is spoken there may be another: `Kotwal said he left` tells nothing, `said it cut its prices` that it is none.
    let says = |k: &usize| sight.traits(*k).any(Traits::SPEECH);
    if let Some(verb) = small.clone().find(says) {
        let its = sight.text(verb + 1) == "it" && small.skip_while(|k| *k <= verb).any(|k| matches!(sight.text(k), "its" | "itself"));
        return if its { -ENOUGH } else { 0 };
    }
    let pronoun = |k: usize| match sight.text(k) {
        "he" | "she" | "his" | "himself" | "herself" => Some(ENOUGH),
        "it" | "its" | "itself" => Some(-ENOUGH),
        "their" | "they" | "them" => Some(-1),
        _ => None,
    };
    small.into_iter().find_map(pronoun).unwrap_or(0)
}

//! Bodies told by who serves them: `Odo Quill, founder of Lunaria`, `a spokeswoman for the Halden Trust`; and by a number (`Channel 12`). What only a body has, and no
//! list and no model knows, is one.

use super::lexicon::Traits;
use super::nobody::GENERIC;
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::Shape;

/// Words of a name that is told by this alone.
const LONGEST: usize = 4;

/// Adds the bodies that nothing else was found at.
pub fn add(sight: &Sight<'_, '_>, mut names: Vec<Tagged>) -> Vec<Tagged> {
    let mut found: Vec<Tagged> = Vec::new();
    for &start in &sight.capitals {
        let numbered = numbered(sight, start);
        if numbered.is_none() && !is_led(sight, start) {
            continue;
        }
        let end = numbered.unwrap_or_else(|| end_of(sight, start));
        let free = names.get(names.partition_point(|n| n.tokens.end <= start)).is_none_or(|n| n.tokens.start >= end);
        if free && end - start <= LONGEST && (numbered.is_some() || is_unknown(sight, start, end)) {
            found.push(Tagged { tokens: start..end, kind: Kind::Organization });
        }
    }
    if !found.is_empty() {
        names.extend(found);
        names.sort_by_key(|n| n.tokens.start);
    }
    names
}

/// Where `Channel 12` ends, or `Group of 7`.
fn numbered(sight: &Sight<'_, '_>, start: usize) -> Option<usize> {
    let group = sight.text(start) == "Group" && sight.text(start + 1) == "of";
    if !group && sight.text(start) != "Channel"
        || sight.tokens[start].headline
        || start > 0 && sight.is_capital(start - 1) && sight.text(start - 1) != "The"
    {
        return None;
    }
    let number = start + 1 + usize::from(group);
    let many = matches!(sight.text(number), "Seven" | "Eight" | "Ten" | "Twenty");
    let digits = sight.text(number).len() < 3 && sight.page.tokens.get(number).is_some_and(|t| t.shape == Shape::Number);
    (digits || group && many).then_some(number + 1)
}

/// Whether `founder of`, `chief executive of the`, `spokesman for` stands before token `start`.
pub fn is_led(sight: &Sight<'_, '_>, start: usize) -> bool {
    // What stands before most names is none of four short words.
    if start.checked_sub(1).is_none_or(|i| sight.page.tokens[i].shape != Shape::Lower || sight.text(i).len() > "the".len()) {
        return false;
    }
    let before = |n: usize| start.checked_sub(n).map_or("", |i| sight.text(i));
    let article = usize::from(before(1) == "the");
    let joint = before(1 + article);
    if !matches!(joint, "of" | "at" | "for") {
        return false;
    }
    let (second, first) = (before(2 + article), before(3 + article));
    if joint == "for" {
        return matches!(second, "spokesman" | "spokeswoman" | "spokesperson");
    }
    matches!(
        (first, second),
        (
            _,
            "founder" | "co-founder" | "cofounder" | "CEO" | "president" | "chairman" | "chairwoman" | "chairperson" | "owner" | "co-owner"
        ) | ("chief", "executive")
            | ("managing" | "executive", "director")
            | ("general", "manager" | "secretary")
    )
}

/// Where the run of capitals ends that begins at `start`; a firm's `&` joins two, and so does `of` (`Voices of Tomorrow`).
fn end_of(sight: &Sight<'_, '_>, start: usize) -> usize {
    let mut end = start + 1;
    while sight.is_capital(end) || matches!(sight.text(end), "&" | "of") && sight.is_capital(end + 1) {
        end += 1;
    }
    end
}

/// Whether a run is no field (`Communications`), office, people, place or word that the article writes small, and none of persons.
fn is_unknown(sight: &Sight<'_, '_>, start: usize, end: usize) -> bool {
    let other = Traits::COMMON
        | Traits::CALENDAR
        | Traits::OFFICE
        | Traits::ROLE
        | Traits::TITLE
        | Traits::MISTER
        | Traits::MISSUS
        | Traits::DEMONYM
        | Traits::PLACE
        | Traits::THING;
    let known = |i: usize| {
        let t = sight.traits(i);
        sight.is_capital(i) && t.any(other) || t.is_given() || GENERIC.contains(&sight.text(i)) || sight.tokens[i].headline
    };
    let own = |i: usize| {
        let shape = sight.page.tokens[i].shape;
        let name = shape == Shape::Upper || shape == Shape::Capital && !is_thought(sight.text(i));
        name && sight.traits(i) == Traits::default() && sight.tokens[i].shown & Shown::LOWER == 0 && sight.text(i).len() > 2
    };
    !(start..end).any(known) && (start..end).any(own) && !matches!(sight.text(end), "'s" | "’s")
}

/// `Buddhism`, `Christianity`: what has a founder and is no body.
fn is_thought(word: &str) -> bool {
    word.ends_with("ism") || word.ends_with("ity") || word.ends_with("ology")
}

//! Where does a name begin and end? Titles, articles and possessives are taken off; nicknames, generations and the heads of
//! organizations are taken in.

use super::lexicon::{Lexicon, Traits, WordMap};
use super::looks::{is_between, is_initials, is_where, tells_what};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::{Shape, grown};
use std::ops::Range;

/// Words that follow the name of a person without making it an organization's.
const OF_A_PERSON: &str = "Campaign Administration Government Office Cabinet Doctrine Plan Project News Program Standard Times Power Force";

/// Tokens of a name; what is longer is a list that nothing parts.
const LONGEST: usize = 40;

/// Gives every name its extent; drops those of which nothing is left.
pub fn adjust(sight: &Sight<'_, '_>, names: Vec<Tagged>) -> Vec<Tagged> {
    let mut out: Vec<Tagged> = Vec::with_capacity(names.len());
    for mut name in names {
        let overlaps = out.last().is_some_and(|last| last.tokens.end > name.tokens.start);
        if overlaps || name.tokens.len() > LONGEST {
            continue;
        }
        // A firm `X & Y`, a nickname in quotation marks: one name with the one before.
        if let Some(last) = out.last_mut()
            && joins(sight, last, &name)
        {
            let amp = last.tokens.end < name.tokens.start && sight.text(last.tokens.end) == "&";
            last.tokens.end = name.tokens.end;
            last.kind = if amp { Kind::Organization } else { last.kind };
            continue;
        }
        let mut rest = 0..0;
        if name.kind == Kind::Person {
            let end = name.tokens.end;
            cut_echo(sight, &mut name.tokens);
            rest = name.tokens.end.min(end)..end;
            let card = |last: &Tagged| {
                last.tokens.end == name.tokens.start && is_grown(sight.text(name.tokens.end - 1), sight.text(name.tokens.start - 1))
            };
            if out.last().is_some_and(card) {
                out.push(Tagged { kind: Kind::Other, ..name });
                continue;
            }
            trim_titles(sight, &mut name.tokens);
        }
        if !trim(sight, &mut name) {
            continue;
        }
        grow(sight, &mut name);
        if name.kind == Kind::Person {
            grow_left(sight, &mut name.tokens, out.last().map_or(0, |last| last.tokens.end));
        }
        rest.start = rest.start.max(name.tokens.end);
        out.push(name);
        if !rest.is_empty() {
            out.push(Tagged { tokens: rest, kind: Kind::Other });
        }
    }
    article_of_names(sight, &mut out);
    out.retain(|name| !is_account(sight, name) && !is_case(sight, name));
    shrink_to_known(sight, &mut out);
    split_pairs(sight, &mut out);
    out.retain(|n| !n.tokens.is_empty());
    out
}

/// `al Qaeda`, `al Shabaab`: the article is part of the name, though it is small.
fn article_of_names(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let mut free = 0;
    for name in names {
        let before = name.tokens.start.checked_sub(1).filter(|i| *i >= free && sight.text(*i) == "al");
        name.tokens.start = before.filter(|_| name.kind != Kind::Place).unwrap_or(name.tokens.start);
        free = name.tokens.end;
    }
}

/// `@realIto`: an account.
fn is_account(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let start = sight.page.tokens[name.tokens.start].start as usize;
    start > 0 && sight.page.body.as_bytes()[start - 1] == b'@'
}

/// `Ito v. Kent`: the name of a case, after somebody who does nothing in the article.
fn is_case(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let versus = |i: usize| matches!(sight.text(i), "v." | "v") && sight.is_capital(i + 1);
    let beside = versus(name.tokens.end) || name.tokens.start.checked_sub(1).is_some_and(versus);
    let known = sight.traits(name.tokens.start).any(Traits::ORG | Traits::ACRONYM);
    // `Roe V. Wade`, where `John V. Ito` is somebody.
    let inside = name.tokens.len() == 3 && matches!(sight.text(name.tokens.start + 1), "v." | "v" | "V." | "V");
    let case = name.tokens.len() == 1 && beside && !known || inside && !sight.traits(name.tokens.start).is_given();
    let place = name.kind == Kind::Place && sight.traits(name.tokens.start).any(Traits::PLACE);
    name.kind != Kind::Other && !place && case
}

fn joins(sight: &Sight<'_, '_>, last: &Tagged, name: &Tagged) -> bool {
    let gap = last.tokens.end..name.tokens.start;
    let text = |i: usize| sight.text(i);
    match gap.len() {
        0 => {
            last.kind == Kind::Person
                && name.kind == Kind::Person
                && last.tokens.len() + name.tokens.len() < 5
                && !(last.tokens.len() == 1 && sight.traits(last.tokens.start).any(Traits::TITLE))
                && !sight.tokens[gap.start].headline
                && !sight.tokens[gap.start].initial
        }
        // `William Kipkorir arap Koech`
        1 if matches!(text(gap.start), "arap" | "ole" | "wa" | "binti") => last.kind == Kind::Person && name.kind == Kind::Person,
        1 => text(gap.start) == "&" && last.kind != Kind::Place && last.tokens.len() == 1,
        _ => false,
    }
}

/// Strips articles, possessives and marks at the edges; false when nothing is left.
fn trim(sight: &Sight<'_, '_>, name: &mut Tagged) -> bool {
    while !name.tokens.is_empty() {
        let (first, last) = (name.tokens.start, name.tokens.end - 1);
        let word = sight.text(first);
        let small = sight.page.tokens[first].shape == Shape::Lower
            && !matches!(word, "of" | "the" | "and" | "for" | "'s" | "’s" | "in" | "on" | "at" | "to");
        let day = sight.traits(last).any(Traits::CALENDAR) && name.tokens.len() > 1 && !sight.traits(last).is_given();
        let number = sight.page.tokens[last].shape == Shape::Number && name.kind != Kind::Person;
        if !(sight.is_capital(first) || small) || matches!(word, "The" | "THE" | "A" | "An") {
            name.tokens.start += 1;
        } else if day || !(sight.is_capital(last) || number) {
            name.tokens.end -= 1;
        } else {
            break;
        }
    }
    name.tokens.clone().any(|i| sight.is_capital(i))
}

/// Pages that unfold a card behind a name leave both in their text, and the next word grown on: `Ann Cole Ann Mary ColeMayor`. The
/// name ends before the card begins.
fn cut_echo(sight: &Sight<'_, '_>, tokens: &mut Range<usize>) {
    // `Ann Cole Ann Mary Cole Retirees`
    let again = (tokens.start + 2..tokens.end.saturating_sub(1)).find(|i| sight.text(*i) == sight.text(tokens.start));
    tokens.end = again.unwrap_or(tokens.end);
    let sentence_end = sight.page.sentences[sight.page.sentence_of(tokens.start)].end;
    for last in tokens.start + 2..(tokens.end + 1).min(sentence_end) {
        let first = (tokens.start..last - 1).find(|i| is_grown(sight.text(last), sight.text(*i)));
        if let Some(family) = first.filter(|i| *i < tokens.end) {
            tokens.end = family + 1;
            return;
        }
    }
}

/// Whether `word` is `name` with another word grown on: `ColeMayor`.
fn is_grown(word: &str, name: &str) -> bool {
    name.len() > 3 && grown(word, name).is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// A person's name begins behind the last title, office or demonym in it (`Charlotte Mayor Jennifer Roberts`), and ends
/// before what is plainly no name (`Elizabeth Warren Hammers`).
fn trim_titles(sight: &Sight<'_, '_>, tokens: &mut Range<usize>) {
    let family = Traits::FAMILY | Traits::WEAK_FAMILY;
    let title = |i: usize| {
        let t = sight.traits(i);
        // `Martin Luther King Jr.`
        let junior = i > tokens.start && sight.text(i + 1) == "Jr.";
        t.any(Traits::MISTER | Traits::MISSUS | Traits::TITLE) && !junior
            || (t.any(Traits::OFFICE | Traits::DEMONYM | Traits::COMMON) && !t.is_given() && !t.any(family))
    };
    if let Some(last) = (tokens.start..tokens.end - 1).rev().find(|i| title(*i)) {
        tokens.start = last + 1;
    }
    // `Deputy Secretary of State Thomas Nides`
    if tokens.len() > 3 && sight.text(tokens.start) == "of" {
        tokens.start += 1;
    }
    // `Chancellor of the Exchequer Nigel Lawson`
    let article = usize::from(tokens.start > 0 && sight.text(tokens.start - 1) == "the");
    let of = tokens.start.checked_sub(2 + article).filter(|of| sight.text(of + 1) == "of");
    if tokens.len() > 2 && of.is_some_and(|i| sight.traits(i).any(Traits::OFFICE)) && !sight.traits(tokens.start).is_given() {
        tokens.start += 1;
    }
    // `James Tauber of Nelson`
    if let Some(of) = (tokens.start + 1..tokens.end).find(|i| is_between(sight.text(*i))) {
        tokens.end = of;
    }
    let first = sight.traits(tokens.start);
    let strong = |i: usize| sight.traits(i).is_given() && !sight.traits(i).any(Traits::WEAK_GIVEN);
    // `WATCHED Obama`: a word of the page beside the text.
    let word = sight.text(tokens.start);
    let ordinary = first.any(Traits::COMMON) || word.len() > 4 && (word.ends_with("ED") || word.ends_with("ING"));
    let shouted = sight.page.tokens[tokens.start].shape == Shape::Upper && ordinary && !first.is_given();
    if tokens.len() > 1 && shouted && sight.page.tokens[tokens.start + 1].shape == Shape::Capital {
        tokens.start += 1;
    }
    // `Follow Pam Key`, `State John Kerry`
    let outside = sight.tokens[tokens.start].initial || first.any(Traits::ORG_HINT | Traits::ORG_HEAD | Traits::ORG | Traits::ACRONYM);
    let outside = tokens.len() == 3 && (outside || is_where(sight, tokens.start))
        || (3..5).contains(&tokens.len()) && tells_what(sight, tokens.start);
    if outside && !first.is_given() && !first.any(family) && strong(tokens.start + 1) {
        tokens.start += 1;
    }
    // In a headline a verb follows with a capital: `Ada Brown Goes`
    let known = |i: usize| sight.traits(i).is_given() || sight.traits(i).any(family);
    while tokens.len() > 2
        && sight.tokens[tokens.start].headline
        && first.is_given()
        && sight.traits(tokens.start + 1).any(Traits::FAMILY)
        && !known(tokens.end - 1)
    {
        tokens.end -= 1;
    }
    let titled = tokens.start > 0 && sight.traits(tokens.start - 1).is_title();
    while tokens.len() > 2 || (tokens.len() == 2 && titled && first.any(Traits::FAMILY)) {
        let t = sight.traits(tokens.end - 1);
        let alien = t.any(Traits::THING | Traits::COMMON | Traits::SPEECH | Traits::OFFICE | Traits::CALENDAR) && !t.any(family);
        if !alien && sight.is_capital(tokens.end - 1) {
            break;
        }
        tokens.end -= 1;
    }
}

/// `Michael Steel said`, `spokesman Michael Steel`: a known given name and one word more that does what persons do, or that many are
/// called too.
fn speaks(sight: &Sight<'_, '_>, tokens: &Range<usize>) -> bool {
    let first = sight.traits(tokens.start);
    let before = tokens.start.checked_sub(1).map_or(Traits::default(), |i| sight.traits(i));
    let told = Traits::SPEECH | Traits::ROLE | Traits::TITLE | Traits::MISTER | Traits::MISSUS;
    let acts = sight.traits(tokens.end).any(Traits::SPEECH) || before.any(told);
    let family = matches!(sight.text(tokens.end - 1), "Power" | "Steel" | "Church" | "Post") && !first.any(Traits::PLACE);
    tokens.len() == 2 && first.is_given() && !first.any(Traits::WEAK_GIVEN) && (acts || family)
}

/// Takes in what belongs to the name behind it.
fn grow(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let end = name.tokens.end;
    let sentence_end = sight.page.sentences[sight.page.sentence_of(end - 1)].end;
    match name.kind {
        Kind::Person => {
            let comma = usize::from(sight.text(end) == ",");
            let generation = |i: usize| i < sentence_end && matches!(sight.text(i), "Jr." | "Sr." | "Jr" | "Sr" | "II" | "III" | "IV");
            if generation(end + comma) && name.tokens.len() > 1 {
                name.tokens.end = end + comma + 1;
                return;
            }
            nickname(sight, name, sentence_end);
            let mut head = name.tokens.end;
            while head < sentence_end && head < end + 3 && sight.is_capital(head) {
                head += 1;
            }
            let last = sight.traits(head - 1);
            if head > end && is_head(last) && !last.any(Traits::FAMILY) && !OF_A_PERSON.split(' ').any(|w| w == sight.text(head - 1)) {
                name.tokens.end = head;
                name.kind = Kind::Organization;
            } else if name.tokens.len() > 1 {
                let t = sight.traits(name.tokens.end - 1);
                // `Governor Ana Deal`
                let titled = name.tokens.start > 0 && sight.traits(name.tokens.start - 1).is_title();
                let called = titled && name.tokens.len() == 2 && sight.traits(name.tokens.start).is_given();
                if t.any(Traits::THING) && !t.any(Traits::FAMILY) && !t.is_given() && !called {
                    name.kind = Kind::Other;
                } else if is_head(t) && !t.any(Traits::FAMILY | Traits::WEAK_FAMILY) && !t.is_given() && !speaks(sight, &name.tokens) {
                    name.kind = Kind::Organization;
                } else if t.any(Traits::PLACE_TAIL) && !t.any(Traits::FAMILY | Traits::WEAK_FAMILY) {
                    name.kind = Kind::Place;
                }
            }
        }
        Kind::Organization | Kind::Place => {
            let mut head = end;
            while head < sentence_end && head < end + 3 && sight.is_capital(head) {
                head += 1;
            }
            if head > end && is_head(sight.traits(head - 1)) && !sight.traits(head - 1).any(Traits::OFFICE) {
                name.tokens.end = head;
                name.kind = Kind::Organization;
            }
        }
        Kind::Other => {}
    }
}

/// Takes in a given name the model left out: `Chandler` before `Van Voorhis`. `free` is the first token no name holds.
fn grow_left(sight: &Sight<'_, '_>, tokens: &mut Range<usize>, free: usize) {
    let sentence = sight.page.sentences[sight.page.sentence_of(tokens.start)].start;
    // `K.T. Ramachandran Rao`
    while let Some(i) = tokens.start.checked_sub(1).filter(|i| *i >= free.max(sentence) && is_initials(sight, *i)) {
        tokens.start = i;
    }
    let Some(before) = tokens.start.checked_sub(1).filter(|i| *i >= free.max(sentence) && sight.is_capital(*i)) else { return };
    let t = sight.traits(before);
    let names = t.is_given() || t.any(Traits::FAMILY | Traits::WEAK_FAMILY) || t == Traits::default();
    let other = Traits::OFFICE
        | Traits::TITLE
        | Traits::MISTER
        | Traits::MISSUS
        | Traits::COMMON
        | Traits::ORG_HEAD
        | Traits::DEMONYM
        | Traits::ORG
        | Traits::ACRONYM
        | Traits::CALENDAR
        | Traits::SPEECH;
    let particle = matches!(sight.text(tokens.start), "Van" | "Von" | "De" | "Da" | "Di" | "La" | "El" | "Al" | "Bin" | "St.");
    let wants = (tokens.len() > 1 && (particle || !sight.traits(tokens.start).is_given())) || (t.is_given() && !t.any(Traits::WEAK_GIVEN));
    if names
        && wants
        && !t.any(other)
        && sight.page.tokens[before].shape == Shape::Capital
        && !sight.tokens[before].headline
        && sight.tokens[before].shown & Shown::LOWER == 0
    {
        tokens.start = before;
    }
}

fn is_head(traits: Traits) -> bool {
    traits.any(Traits::ORG_HEAD | Traits::ORG_FORM)
}

/// `Robert C. "Bobby" Scott`: the name goes on behind the nickname.
fn nickname(sight: &Sight<'_, '_>, name: &mut Tagged, sentence_end: usize) {
    let end = name.tokens.end;
    let closing = match sight.text(end) {
        "\"" => "\"",
        "“" => "”",
        "(" => ")",
        "‘" => "’",
        "'" => "'",
        _ => return,
    };
    let Some(close) = (end + 2..(end + 4).min(sentence_end)).find(|i| sight.text(*i) == closing) else { return };
    let inside = (end + 1..close).all(|i| sight.is_capital(i));
    let behind = close + 1 < sentence_end && sight.is_capital(close + 1);
    if inside && behind && !sight.tokens[end].headline && sight.traits(name.tokens.start).is_given() {
        name.tokens.end = close + 2;
    }
}

/// `Hull and Grimsby`, held for one name, are two places, unless both may be family names or it is known as a firm.
fn split_pairs(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let pair = |n: &Tagged| {
        let family = |i: usize| sight.traits(i).any(Traits::FAMILY | Traits::WEAK_FAMILY);
        let other = Traits::ORG | Traits::ORG_HEAD | Traits::ORG_HINT | Traits::THING | Traits::COMMON;
        let Range { start, end } = n.tokens;
        n.kind == Kind::Organization
            && end - start == 3
            && sight.text(start + 1) == "and"
            && !(family(start) && family(end - 1))
            && sight.known(start..end).is_none()
            && [start, end - 1].iter().all(|i| sight.page.tokens[*i].shape == Shape::Capital && !sight.traits(*i).any(other))
            && [start, end - 1].iter().all(|i| sight.tokens[*i].shown & Shown::LOWER == 0)
    };
    for n in (0..names.len()).rev().filter(|n| pair(&names[*n])).collect::<Vec<_>>() {
        let Range { start, end } = names[n].tokens;
        names[n] = Tagged { tokens: start..start + 1, kind: Kind::Place };
        names.insert(n + 1, Tagged { tokens: end - 1..end, kind: Kind::Place });
    }
}

/// A long name that holds one known from elsewhere is cut to it: headlines capitalise everything.
fn shrink_to_known(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let mut known: WordMap<u64, u32> = WordMap::with_capacity_and_hasher(names.len() / 2, Default::default());
    for name in names.iter().filter(|n| n.kind == Kind::Person) {
        if !sight.tokens[name.tokens.start].headline {
            *known.entry(sight.page.hash_of(name.tokens.clone())).or_default() += 1;
        }
    }
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        let own = known.get(&sight.page.hash_of(name.tokens.clone())).copied().unwrap_or(0);
        if own > 1
            || (own == 1 && !sight.tokens[name.tokens.start].headline && !sight.tokens[name.tokens.start].initial && name.tokens.len() < 3)
        {
            continue;
        }
        let Range { start, end } = name.tokens;
        let strong = |i: usize| sight.traits(i).is_given() && !sight.traits(i).any(Traits::WEAK_GIVEN);
        let headline = sight.tokens[start].headline;
        let says = |i: usize| Lexicon::get().traits(&sight.text(i).to_lowercase()).any(Traits::SPEECH);
        let no_name = |i: usize| {
            let t = sight.traits(i);
            says(i)
                || (t.any(Traits::COMMON | Traits::THING | Traits::ROLE | Traits::OFFICE) && !t.is_given())
                || ["ing", "tly", "edly", "inly", "n't", "n’t"].iter().any(|end| sight.text(i).ends_with(end))
                || sight.tokens[i].shown & Shown::LOWER != 0
        };
        let fits = |part: &Range<usize>| {
            let listed = sight.traits(start).is_given() || sight.traits(start).any(Traits::FAMILY);
            let first = (!listed || part.len() == 1 && !strong(start)) && part.start > start;
            let enough = match part.len() {
                1 => first && (headline || end - start == 2 && sight.tokens[start].initial && no_name(start)),
                _ => headline || first && strong(part.start),
            };
            enough && part.len() < end - start && known.contains_key(&sight.page.hash_of(part.clone()))
        };
        let parts = (1..end - start).rev().flat_map(|len| (start..=end - len).map(move |s| s..s + len));
        if let Some(part) = parts.into_iter().find(fits) {
            name.tokens = part;
        }
    }
}

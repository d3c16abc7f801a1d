//! Bodies told by a noun beside them: `the brewery Halden Oaks`, `Norvex Data, a research firm`, `Yaminta leader Ana Ito`. What is told in one
//! place is so all through the article.

use super::lexicon::Traits;
use super::nobody::GENERIC;
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::{Shape, WordSet};
use std::ops::Range;

/// What a body is, right before its name; nobody is called so.
const BEFORE: &[&str] = &[
    "airline",
    "automaker",
    "brewery",
    "broadcaster",
    "brokerage",
    "carmaker",
    "charity",
    "chipmaker",
    "conglomerate",
    "consultancy",
    "drugmaker",
    "firm",
    "insurer",
    "lender",
    "newspaper",
    "nonprofit",
    "portal",
    "retailer",
    "startup",
    "start-up",
    "subsidiary",
    "tabloid",
    "website",
];

/// What it is, behind a comma and an article.
const BEHIND: &[&str] = &[
    "agency",
    "airline",
    "bank",
    "broadcaster",
    "brewery",
    "brokerage",
    "charity",
    "coalition",
    "company",
    "conglomerate",
    "consultancy",
    "firm",
    "group",
    "insurer",
    "lender",
    "magazine",
    "newspaper",
    "nonprofit",
    "non-profit",
    "ngo",
    "organisation",
    "organization",
    "outlet",
    "publisher",
    "retailer",
    "startup",
    "start-up",
    "subsidiary",
    "tank",
    "union",
    "utility",
    "website",
];

/// Words that part what somebody is from what he is of: `a lawyer at the firm`.
const PARTS: &[&str] = &["of", "for", "at", "with", "in", "by", "from", "to", "on", "who", "whose", "and", "or", "than", "as"];

/// What goes on behind the noun of an apposition; another noun does not (`a company spokesman`).
const GOES_ON: &[&str] = &[
    "that",
    "which",
    "based",
    "in",
    "of",
    "for",
    "with",
    "dedicated",
    "founded",
    "owned",
    "run",
    "led",
    "to",
    "and",
    "specialising",
    "specializing",
    "offering",
    "providing",
    "working",
    "whose",
    "where",
    "from",
    "backed",
    "headquartered",
    "listed",
    "focused",
    "set",
];

/// Who speaks for a body or leads it, in small letters before the name of the holder.
const LEADERS: &[&str] = &[
    "leader",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "chairman",
    "chairwoman",
    "chairperson",
    "president",
    "founder",
    "co-founder",
    "boss",
];

/// A name of a body told by this alone has no more words.
const LONGEST: usize = 4;

/// Adds them, over what else they were held for.
pub fn add(sight: &Sight<'_, '_>, names: Vec<Tagged>) -> Vec<Tagged> {
    let mut told = WordSet::default();
    each_run(sight, |run| {
        if is_told(sight, &run) && may_be_body(sight, &run, &names) || is_agency(sight, &run) {
            told.insert(sight.page.hash_of(run));
        }
    });
    if told.is_empty() {
        return names;
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    each_run(sight, |run| {
        if told.contains(&sight.page.hash_of(run.clone())) {
            found.push(run);
        }
    });
    let over = |run: &Range<usize>| {
        let from = names.partition_point(|n| n.tokens.end <= run.start);
        names[from..].iter().take_while(|n| n.tokens.start < run.end).collect::<Vec<_>>()
    };
    // A longer name around it stands, and so does the body that it is already.
    found.retain(|run| over(run).iter().all(|n| n.tokens.len() <= run.len() && (n.kind != Kind::Organization || n.tokens != *run)));
    let held = |n: &Tagged| {
        let at = found.partition_point(|run| run.end <= n.tokens.start);
        found.get(at).is_some_and(|run| run.start < n.tokens.end)
    };
    let mut all: Vec<Tagged> = names.iter().filter(|n| !held(n)).cloned().collect();
    all.extend(found.into_iter().map(|tokens| Tagged { tokens, kind: Kind::Organization }));
    all.sort_by_key(|n| n.tokens.start);
    all
}

/// `the Harbour Crime Branch (HCB)`: letters in brackets behind the body whose words begin with them.
pub fn letters(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    whole(sight, names);
    let behind = |n: &Tagged| {
        let long = n.kind == Kind::Organization && n.tokens.len() > 2;
        sight.in_brackets(n.tokens.end).filter(|i| long && begins(sight, n, sight.text(*i)))
    };
    let held = |i: usize| names.get(names.partition_point(|n| n.tokens.end <= i)).filter(|n| n.tokens.start <= i);
    let more: Vec<usize> = names.iter().filter_map(behind).filter(|i| held(*i).is_none_or(|n| n.kind != Kind::Organization)).collect();
    if more.is_empty() {
        return;
    }
    names.retain(|n| !more.iter().any(|i| n.tokens.contains(i)));
    names.extend(more.into_iter().map(|i| Tagged { tokens: i..i + 1, kind: Kind::Organization }));
    names.sort_by_key(|n| n.tokens.start);
}

/// `Council of Trade and Labour (CTL)`, of which only the end was seen: back to the word that begins with the first letter, if all the
/// letters begin words from there on.
fn whole(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let joint = |i: usize| matches!(sight.text(i), "and" | "of" | "for" | "the" | "in" | "on" | "&");
    let begin = |n: &Tagged| {
        let letters = sight.text(sight.in_brackets(n.tokens.end)?);
        let first = letters.chars().next().filter(|c| c.is_uppercase())?;
        if n.kind != Kind::Organization || sight.text(n.tokens.start).starts_with(first) {
            return None;
        }
        let sentence = sight.page.sentences.get(sight.page.sentence_of(n.tokens.start))?.start;
        let mut back =
            (sentence.max(n.tokens.start.saturating_sub(9))..n.tokens.start).rev().take_while(|i| sight.is_capital(*i) || joint(*i));
        let all = |start: &usize| {
            let whole = Tagged { tokens: *start..n.tokens.end, kind: n.kind };
            sight.is_capital(*start) && sight.text(*start).starts_with(first) && begins(sight, &whole, letters)
        };
        back.find(all)
    };
    let starts: Vec<Option<usize>> = names.iter().map(begin).collect();
    let mut parts = Vec::new();
    for (name, start) in names.iter_mut().zip(starts) {
        if let Some(start) = start {
            parts.push(start..name.tokens.start);
            name.tokens.start = start;
        }
    }
    // What was seen of it before is part of it.
    names.retain(|n| !parts.iter().any(|part| part.start <= n.tokens.start && n.tokens.end <= part.end));
}

/// Whether each of three letters or more begins a word of a name, in order.
fn begins(sight: &Sight<'_, '_>, name: &Tagged, letters: &str) -> bool {
    let mut words = name.tokens.clone().filter(|i| sight.is_capital(*i)).filter_map(|i| sight.text(i).chars().next());
    (3..=8).contains(&letters.len()) && letters.chars().all(|c| words.any(|first| c.eq_ignore_ascii_case(&first)))
}

/// Calls `each` with every run of words with a capital of one sentence that is short enough.
fn each_run(sight: &Sight<'_, '_>, mut each: impl FnMut(Range<usize>)) {
    let mut capitals = sight.capitals.iter().copied().peekable();
    while let Some(start) = capitals.next() {
        let mut end = start + 1;
        // Most names are of one word.
        let whole = capitals.peek() == Some(&end);
        let sentence = if whole { sight.page.sentences.get(sight.page.sentence_of(start)).map_or(end, |s| s.end) } else { end };
        while end < sentence && capitals.next_if_eq(&end).is_some() {
            end += 1;
        }
        let article = usize::from(matches!(sight.text(start), "The" | "A" | "An") && end - start > 1);
        if end - start - article <= LONGEST && !sight.tokens[start].headline {
            each(start + article..end);
        }
    }
}

fn is_told(sight: &Sight<'_, '_>, run: &Range<usize>) -> bool {
    let before = run.start.checked_sub(1).map_or("", |i| sight.text(i));
    let next = sight.text(run.end);
    let small = |i: usize| sight.page.tokens.get(i).is_some_and(|t| t.shape == Shape::Lower);
    if next != "," && !small(run.end) && !run.start.checked_sub(1).is_some_and(small) {
        return false;
    }
    let (noun, leads) = (BEFORE.contains(&before), LEADERS.contains(&next));
    if !noun && !leads && next != "," {
        return false; // most
    }
    // `the Foundation for Harbour's Future`, `the firm Cable and Wireless`: part of a longer name; not `CEO of Norvex Data`.
    let joint = |i: usize| matches!(sight.text(i), "and" | "&" | "of" | "for" | "'s" | "’s");
    let office = |i: usize| sight.traits(i).any(Traits::OFFICE) || sight.page.tokens[i].shape == Shape::Upper;
    let before_it = |i: usize| joint(i + 1) && sight.is_capital(i) && !office(i);
    if run.start.checked_sub(2).is_some_and(before_it) || joint(run.end) && sight.is_capital(run.end + 1) {
        return false;
    }
    if noun {
        // `the firm Varr founded`
        let acts = run.len() == 1
            && (next.ends_with("ed") || matches!(next, "built" | "led" | "leads" | "owns" | "runs" | "ran" | "began" | "has" | "had"));
        return !acts;
    }
    if next == "," { is_apposed(sight, run.end + 1) } else { leads && sight.is_capital(run.end + 1) }
}

/// `the Halden News Agency, Varra, reported`: what it is called for short.
fn is_agency(sight: &Sight<'_, '_>, run: &Range<usize>) -> bool {
    let closes = sight.text(run.end) == "." || sight.text(run.end) == "," && sight.traits(run.end + 1).any(Traits::SPEECH);
    closes && run.len() == 1 && run.start > 1 && sight.text(run.start - 1) == "," && sight.text(run.start - 2) == "Agency"
}

/// `a third-party research firm, …`
fn is_apposed(sight: &Sight<'_, '_>, from: usize) -> bool {
    if !matches!(sight.text(from), "a" | "an" | "the") {
        return false;
    }
    let word = |i: &usize| sight.page.tokens.get(*i).is_some_and(|t| matches!(t.shape, Shape::Lower | Shape::Capital | Shape::Upper));
    let words = (from + 1..from + 7).take_while(|i| word(i) && !PARTS.contains(&sight.text(*i)));
    let noun = words.filter(|i| BEHIND.contains(&sight.text(*i))).last();
    noun.is_some_and(|noun| {
        let behind = sight.page.tokens.get(noun + 1).map(|t| t.shape);
        let think = sight.text(noun) != "tank" || sight.text(noun - 1) == "think" || sight.text(noun - 1).ends_with("think");
        // `a group of sailors`
        let many = matches!(sight.text(noun), "group" | "coalition") && sight.text(noun + 1) == "of";
        think && !many && (behind.is_none_or(|shape| shape == Shape::Mark) || GOES_ON.contains(&sight.text(noun + 1)))
    })
}

/// Whether a run may be the name of a body: nobody's, no office, people, place or ordinary word.
fn may_be_body(sight: &Sight<'_, '_>, run: &Range<usize>, names: &[Tagged]) -> bool {
    let other = Traits::CALENDAR
        | Traits::OFFICE
        | Traits::TITLE
        | Traits::MISTER
        | Traits::MISSUS
        | Traits::DEMONYM
        | Traits::PLACE
        | Traits::PLACE_TAIL
        | Traits::THING;
    let (first, last) = (run.start, run.end - 1);
    let lone = first == last;
    let person = sight.traits(first).is_given() || sight.traits(last).any(Traits::FAMILY);
    let shown = Shown::TITLED | Shown::AGED | if lone { Shown::SURNAMED | Shown::BEHIND_NAME } else { 0 };
    // `Norvex Data`
    let word = sight.traits(first).any(Traits::COMMON);
    let own = |i: usize| !sight.traits(i).any(other) && sight.tokens[i].shown & shown == 0;
    let small = lone && sight.tokens[first].shown & Shown::LOWER != 0;
    // `Opposition leader Ana Ito`
    let general = matches!(sight.text(first), "Acting" | "Former" | "Then")
        || lone && (sight.text(first) == "Opposition" || GENERIC.contains(&sight.text(first)));
    let place = |n: &Tagged| n.kind == Kind::Place && n.tokens == *run && sight.page.tokens[first].shape != Shape::Upper;
    if person || small || word || general || lone && names.iter().any(place) || sight.text(first).len() < 3 || !run.clone().all(own) {
        return false;
    }
    // Somebody who is named in full in another place.
    let full = |n: &Tagged| n.kind == Kind::Person && n.tokens.len() > 1 && sight.page.hash(n.tokens.end - 1) == sight.page.hash(last);
    !lone || !names.iter().any(full)
}

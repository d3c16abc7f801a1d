//! What clings to a name without being part of it: half a pair of quotation marks, a rank before it (`DSP Ito`), letters behind it
//! (`Ito KC`), another name with a word between (`Harbor Watch for Ito`, `Harbor Council President Ito`).

use super::lexicon::Traits;
use super::sight::Sight;
use super::tagging::{Kind, Tagged};
use crate::extract::page::Shape;
use std::ops::Range;

/// Ranks of the police and short forms of offices that no body goes by.
const RANKS: &[&str] =
    &["ACP", "ADGP", "AIG", "ASP", "CSP", "DCP", "DGP", "DIG", "DPO", "DSP", "DySP", "IGP", "MEC", "OCPD", "PPRO", "SSP", "VPM"];

/// Ranks that are names of bodies as well.
const DOUBTFUL_RANKS: &[&str] = &["AG", "CP", "CS", "OC", "PS", "SP"];

/// Honours and degrees that stand behind a name.
const LETTERS: &[&str] = &[
    "CBE", "CMG", "DBE", "Esq", "Esq.", "FRS", "J.D.", "JD", "KBE", "KC", "KCB", "M.D.", "MBE", "MD", "MP", "MSP", "OBE", "Ph.D.", "PhD",
    "QC", "R.N.", "RN", "SC",
];

/// Whether a word is letters behind a name.
pub fn is_letters(word: &str) -> bool {
    LETTERS.contains(&word)
}

/// Words with a capital that stand before the name of somebody and are none of it.
const BEFORE: &[&str] = &[
    "Apostle", "Coverage", "Crooked", "Dump", "Elect", "Email", "Impeach", "Longtime", "Recall", "Senior", "Sleepy", "Team", "Timeline",
    "Tricky", "Visit",
];

/// Who plays for a school is called so before given and family name.
const PUPILS: &[&str] = &["Freshman", "Junior", "Sophomore"];

/// More bytes than this between two words of a name are a box of the page, which was left out of the text.
const GAP: u32 = 40;

/// Words that pages set in capitals beside their text.
const FURNITURE: &[&str] = &[
    "ADVERTISEMENT",
    "BREAKING",
    "CLOSE",
    "EXCLUSIVE",
    "LIVE",
    "MORE",
    "PHOTO",
    "PHOTOS",
    "PLAY",
    "READ",
    "RELATED",
    "REPLAY",
    "SHARE",
    "TWEET",
    "UPDATE",
    "UPDATED",
    "VIDEO",
    "WATCH",
];

/// Whether a word is one of those.
pub fn is_furniture(word: &str) -> bool {
    FURNITURE.contains(&word)
}

/// Sets all of these right.
pub fn mend(sight: &Sight<'_, '_>, names: Vec<Tagged>) -> Vec<Tagged> {
    let mut all: Vec<Tagged> = Vec::with_capacity(names.len());
    for mut name in names {
        // What was added to the name before has taken this one in.
        if all.last().is_some_and(|last| name.tokens.start < last.tokens.end) {
            continue;
        }
        if let Some(first) = pair(sight, &name) {
            name.tokens.start = first.end + 1;
            all.push(Tagged { tokens: first, kind: Kind::Person });
        }
        let (kind, end) = (name.kind, name.tokens.end);
        halves(sight, &mut name);
        unbox(sight, &mut name);
        // `Harbor Council “Havnen”`: both go by what they are called.
        let called = name.tokens.end + 1..end;
        let both = kind == Kind::Organization && called.len() == 1 && sight.is_capital(called.start) && sight.text(called.start - 1) != "”";
        match name.kind {
            Kind::Person => person(sight, &mut name),
            Kind::Organization => {
                double(sight, &mut name);
                whole(sight, &mut name, all.last().map_or(0, |last| last.tokens.end));
                form(sight, &mut name);
                seat(sight, &mut name);
                if let Some((first, second)) = two(sight, &name) {
                    all.extend(Some(first).filter(|n| !n.tokens.is_empty()));
                    name = second;
                }
            }
            _ => {}
        }
        if !name.tokens.is_empty() {
            all.push(name);
        }
        if both {
            all.push(Tagged { tokens: called, kind });
        }
    }
    all
}

/// `Ana “A.J.` goes on behind the closing mark; any other half of a pair ends the name.
fn halves(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let mut open = None;
    for i in name.tokens.clone() {
        match sight.text(i) {
            "“" => open = Some(i),
            "\"" if open.is_none() => open = Some(i),
            "”" | "\"" if open.is_some() => open = None,
            "”" => return cut(sight, name, i),
            _ => {}
        }
    }
    let Some(open) = open else { return };
    let end = name.tokens.end;
    let closes = matches!(sight.text(end), "”" | "\"") && sight.is_capital(end + 1);
    if name.kind == Kind::Person && closes && open > name.tokens.start {
        name.tokens.end = end + 2;
    } else {
        cut(sight, name, open);
    }
}

/// Ends a name before the mark at token `mark`; begins it behind, where it is a family name behind a nickname: `“A.J.” Ito`.
fn cut(sight: &Sight<'_, '_>, name: &mut Tagged, mark: usize) {
    let opened = name.tokens.start > 0 && matches!(sight.text(name.tokens.start - 1), "“" | "\"");
    if opened && name.kind == Kind::Person && mark + 1 < name.tokens.end {
        name.tokens.start = mark + 1;
        return;
    }
    name.tokens.end = mark;
    while !name.tokens.is_empty() && !sight.is_capital(name.tokens.end - 1) {
        name.tokens.end -= 1;
    }
}

/// Takes in letters behind a name, which the entity does not go by: `Ana Ito KC said`.
pub fn take_in_letters(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person) {
        let end = name.tokens.end;
        let same = |i: usize| sight.page.sentence_of(i) == sight.page.sentence_of(end - 1);
        let titled = name.tokens.start > 0 && sight.traits(name.tokens.start - 1).is_title();
        let letters = end < sight.tokens.len() && is_letters(sight.text(end)) && same(end) && !matches!(sight.text(end), "SC" | "MD");
        name.tokens.end += usize::from(letters && (name.tokens.len() > 1 || titled));
    }
}

/// The first of `Ana Ito and Paul Diaz`, `Ana Ito/Paul Diaz`, held for one person.
fn pair(sight: &Sight<'_, '_>, name: &Tagged) -> Option<Range<usize>> {
    let (start, end) = (name.tokens.start, name.tokens.end);
    // `Ana Ito/Oslo`, `Ana Ito/Harbor Post` tell where or for whom somebody wrote.
    let whole = |i: usize| sight.traits(i + 1).is_given() && !sight.traits(i + 1).any(Traits::PLACE) && i + 2 < end && i > start + 1;
    let joins = |i: &usize| sight.text(*i) == "and" || sight.text(*i) == "/" && whole(*i);
    let and = (start + 1..end).find(joins).filter(|_| name.kind == Kind::Person)?;
    (and + 1 < end && sight.is_capital(and + 1)).then_some(start..and)
}

/// `Bob Ito [a box of the page] Jr.`: the name ends before the box.
fn unbox(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let tokens = &sight.page.tokens[name.tokens.clone()];
    let parted = tokens.windows(2).position(|pair| pair[1].start - pair[0].end > GAP);
    name.tokens.end = parted.map_or(name.tokens.end, |n| name.tokens.start + n + 1);
}

/// Takes off a rank and letters, whose house it is, and what pages and newsrooms put before a name.
fn person(sight: &Sight<'_, '_>, name: &mut Tagged) {
    // `Anti-Ito protesters`, `Pro-Ito`
    let opposed = matches!(sight.text(name.tokens.start), "Anti" | "Pro" | "Non" | "Post" | "Pre" | "Ex" | "Never");
    if opposed && name.tokens.len() > 2 && sight.text(name.tokens.start + 1) == "-" {
        name.tokens.start += 2;
    }
    // `Oslo, Ill. Ito said`: the state before it is that of the town.
    let town = name.tokens.start > 1 && sight.text(name.tokens.start - 1) == "," && sight.is_capital(name.tokens.start - 2);
    let state = sight.text(name.tokens.start);
    if name.tokens.len() > 1 && town && state.len() > 3 && state.ends_with('.') && sight.traits(name.tokens.start).any(Traits::PLACE) {
        name.tokens.start += 1;
    }
    // `Ana Ito/Oslo`: where or for whom somebody wrote
    let slash = (name.tokens.start + 1..name.tokens.end).find(|i| sight.text(*i) == "/");
    name.tokens.end = slash.unwrap_or(name.tokens.end);
    let first = sight.text(name.tokens.start);
    if name.tokens.len() > 1 && (RANKS.contains(&first) || DOUBTFUL_RANKS.contains(&first)) {
        name.tokens.start += 1;
    }
    // `Harbor Weekly Editor-in-Chief Ana Ito`
    let chief = (name.tokens.start + 1..name.tokens.end - 1).rev().find(|i| sight.text(*i).ends_with("-in-Chief"));
    name.tokens.start = chief.map_or(name.tokens.start, |i| i + 1);
    let words = |from: usize| (sight.text(from), sight.text(from + 1));
    // `Getty Images Ana Ito`
    if name.tokens.len() > 2 && words(name.tokens.start) == ("Getty", "Images") {
        name.tokens.start += 2;
    }
    // `the Ito White House`
    if name.tokens.len() > 2 && words(name.tokens.end - 2) == ("White", "House") {
        name.tokens.end -= 2;
    }
    if name.tokens.len() > 1 && words(name.tokens.end - 1) == ("White", "House") {
        name.tokens.end -= 1;
    }
    let pupil =
        || name.tokens.len() > 2 && sight.traits(name.tokens.start + 1).is_given() && PUPILS.contains(&sight.text(name.tokens.start));
    if name.tokens.len() > 1 && BEFORE.contains(&sight.text(name.tokens.start)) || pupil() {
        name.tokens.start += 1;
    }
    while name.tokens.len() > 2 && is_letters(sight.text(name.tokens.end - 1)) {
        name.tokens.end -= 1;
    }
}

/// `the New Yorker reporter`, cut behind its `New`, and `Quill County State`, cut before `'s Attorney`. `free` is the first token no name
/// holds.
fn whole(sight: &Sight<'_, '_>, name: &mut Tagged, free: usize) {
    let (start, end) = (name.tokens.start, name.tokens.end);
    if sight.text(start) == "Yorker" && start > free && sight.text(start - 1) == "New" {
        name.tokens.start -= 1;
    }
    if name.tokens.len() > 1 && sight.text(end - 1) == "State" && matches!(sight.text(end + 1), "Attorney" | "Attorneys") {
        name.tokens.end -= 1;
        name.kind = if sight.text(end - 2) == "County" { Kind::Place } else { Kind::Organization };
    }
}

/// `Quill Pumps Inc. of Halden, Ohio`: where a firm sits is no part of its name, unless it goes by it (`Pilots Corp. of America`).
fn form(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let (start, end) = (name.tokens.start, name.tokens.end);
    let parted = |i: &usize| sight.traits(*i).any(Traits::ORG_FORM) && sight.text(i + 1) == "of" && i + 2 < end;
    let Some(at) = (start + 1..end).find(parted) else { return };
    let sure = matches!(sight.text(at).trim_end_matches('.'), "Inc" | "Ltd" | "LLC" | "LLP" | "PLC" | "Plc" | "GmbH");
    let in_state = sight.text(end) == "," && sight.traits(end + 1).any(Traits::PLACE);
    if sure || in_state {
        name.tokens.end = at + 1;
    }
}

/// `Harbor University in Oslo`, `Department of Ports in the Ito administration`: where a body sits, and under whom, is no part of its name.
fn seat(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let (start, end) = (name.tokens.start, name.tokens.end);
    let Some(at) = (start + 2..end.saturating_sub(1)).rev().find(|i| matches!(sight.text(*i), "in" | "on" | "at")) else { return };
    // `House Committee on Ports on Capitol Hill`
    let hill = sight.text(at) == "on" && sight.text(at + 1) == "Capitol" && sight.text(at + 2) == "Hill";
    // `Center for Harbors and Quays in Washington`, but `University of Texas in Dallas`
    let town = matches!(
        sight.text(at + 1),
        "Washington" | "London" | "Paris" | "Brussels" | "Berlin" | "Geneva" | "Moscow" | "Beijing" | "Boston" | "Chicago" | "Vancouver"
    );
    let opened = sight.text(at) == "in" && at + 2 == end && town && (start..at).any(|i| sight.traits(i).any(Traits::OPENER));
    let under = sight.text(at + 1) == "the" && matches!(sight.text(end), "administration" | "administrations" | "era");
    let head = sight.traits(at - 1).any(Traits::HEAD | Traits::ORG_HEAD) || sight.text(at - 1) == "Appeals";
    // `American University in Cairo` goes by its seat.
    let seated = head && sight.traits(at + 1).any(Traits::PLACE) && sight.text(at) == "in" && sight.text(start) != "American";
    if under || seated || opened || hill {
        name.tokens.end = at;
        seat(sight, name);
    }
}

/// Two names held for one body.
fn two(sight: &Sight<'_, '_>, name: &Tagged) -> Option<(Tagged, Tagged)> {
    let (start, end) = (name.tokens.start, name.tokens.end);
    if end - start == 2 && RANKS.contains(&sight.text(start)) {
        return Some((Tagged { tokens: start..start, kind: Kind::Other }, Tagged { tokens: start + 1..end, kind: Kind::Person }));
    }
    let body = Traits::HEAD | Traits::ORG_HEAD | Traits::ORG_FORM | Traits::THING | Traits::OPENER;
    let any_body = |from: usize, to: usize| (from..to).any(|i| sight.traits(i).any(body));
    let strong = |i: usize| sight.traits(i).is_given() && !sight.traits(i).any(Traits::WEAK_GIVEN | Traits::PLACE);
    let family = |i: usize| sight.traits(i).any(Traits::FAMILY) && !sight.traits(i).any(Traits::PLACE | Traits::COMMON);
    if let Some(found) = joined(sight, name) {
        return Some(found);
    }
    // `Harbor Watch for Ito`: no body is made for somebody, but by many (`Sailors for Ito`).
    if let Some(at) = (start + 1..end - 1).find(|i| sight.text(*i) == "for") {
        let many = sight.text(at - 1).ends_with('s') || matches!(sight.text(at - 1), "Women" | "Men" | "People" | "Youth" | "Ready");
        let from =
            (at + 1..end - 1).rev().find(|i| sight.traits(*i).is_title() || sight.traits(*i).any(Traits::OFFICE)).map_or(at + 1, |i| i + 1);
        let somebody = from > at + 1 || end == at + 2 && family(at + 1);
        let bare = from > at + 1 && !sight.traits(at - 1).any(Traits::OPENER) || !any_body(start, at);
        if bare && !many && somebody && !any_body(at + 1, end) {
            let known = sight.traits(start).any(Traits::ORG | Traits::ACRONYM) || at - start > 1;
            let kind = if known { Kind::Organization } else { Kind::Other };
            return Some((Tagged { tokens: start..at, kind }, Tagged { tokens: from..end, kind: Kind::Person }));
        }
        return None;
    }
    // `Harbor Council President Ana Ito`
    let office = |i: &usize| {
        let t = sight.traits(*i);
        // Not so in `House of Representatives`.
        (t.any(Traits::OFFICE) || t.is_title()) && !t.any(body) && sight.is_capital(*i) && sight.text(i - 1) != "of"
    };
    let at = (start + 1..end - 1).rev().find(office);
    let led =
        |w: &str| matches!(w, "Acting" | "Assistant" | "Associate" | "Deputy" | "Executive" | "Managing" | "Press" | "Senior" | "Vice");
    let part = |office_at: usize, from: usize| {
        let rest = from..end;
        let t = sight.traits(from);
        // An office before it tells of a name that no list knows.
        let led_in = from > office_at && (t.is_given() || t == Traits::default());
        let named = rest.clone().all(|i| sight.is_capital(i)) && (strong(from) || t.is_title() || family(end - 1) || led_in);
        // `Harbor Council Acting Inspector General Ana Ito`
        let mut at = office_at;
        while at > start + 1 && (office(&(at - 1)) || led(sight.text(at - 1)) || !sight.is_capital(at - 1)) {
            at -= 1;
        }
        let fits = (2..=5).contains(&rest.len()) && named && !any_body(from, end) && any_body(start, at);
        fits.then_some((Tagged { tokens: start..at, kind: Kind::Organization }, Tagged { tokens: from..end, kind: Kind::Person }))
    };
    if let Some(found) = at.and_then(|at| part(at, at + 1)) {
        return Some(found);
    }
    // `University of Oslo Ana Ito`
    let last = end - start > 3 && sight.is_capital(end - 3) && strong(end - 2) && family(end - 1) && !sight.traits(end - 3).is_given();
    last.then(|| part(end - 2, end - 2)).flatten()
}

/// `Department of Ports and the Ministry of Fish`, `House and Senate`: two bodies.
fn joined(sight: &Sight<'_, '_>, name: &Tagged) -> Option<(Tagged, Tagged)> {
    let (start, end) = (name.tokens.start, name.tokens.end);
    let body = |i: usize| sight.traits(i).any(Traits::HEAD | Traits::ORG_HEAD | Traits::OPENER | Traits::ALONE);
    let and = (start + 1..end - 1).find(|i| sight.text(*i) == "and")?;
    let second = and + 1 + usize::from(sight.text(and + 1) == "the");
    let opens = second + 2 < end && sight.traits(second).any(Traits::OPENER) && matches!(sight.text(second + 1), "of" | "for");
    // `White House and Justice Department`, `Department of State and VR Systems`
    let house = (sight.text(start), sight.text(start + 1), and) == ("White", "House", start + 2);
    let firm = second + 1 < end && sight.page.tokens[second].shape == Shape::Upper && body(end - 1) && (start..and).any(body);
    let chambers = end - start == 3 && matches!((sight.text(start), sight.text(second)), ("House", "Senate") | ("Senate", "House"));
    // `Department of Ports and the FBI`, `Ito and Congress`
    let alone = second + 1 == end && sight.traits(second).any(Traits::ACRONYM | Traits::ALONE | Traits::ORG);
    let known = |i: usize| body(i) || sight.traits(i).any(Traits::ACRONYM | Traits::ORG);
    let beside = alone && second > and + 1 && (start..and).any(known);
    let one = sight.traits(start);
    let somebody = alone && and == start + 1 && second == and + 1 && one.any(Traits::FAMILY) && !one.any(Traits::ORG | Traits::PLACE);
    let both =
        chambers || house || firm || beside || somebody && !sight.traits(second).any(Traits::COMMON) || opens && (start..and).any(body);
    let part = |tokens, kind| Tagged { tokens, kind };
    let first = if somebody { Kind::Person } else { Kind::Organization };
    both.then(|| (part(start..and, first), part(second..end, Kind::Organization)))
}

/// `St. Louis Post-Dispatch`, cut at its hyphen: the name of a newspaper goes on behind it.
fn double(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let end = name.tokens.end;
    let tokens = &sight.page.tokens;
    let touches = |i: usize| tokens.get(i).is_some_and(|t| t.start == tokens[i - 1].end);
    let whole = |i: usize| tokens[i].shape == Shape::Capital && !sight.is_capital(i + 1);
    let goes_on = sight.text(end) == "-" && touches(end) && touches(end + 1) && whole(end + 1);
    if goes_on && name.tokens.len() > 1 && super::looks::is_press(sight.text(end - 1)) {
        name.tokens.end = end + 2;
    }
}

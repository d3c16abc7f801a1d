//! What is held for somebody or for nothing and is a body: for whom an analyst works (`an economist at Harwick`), what has a chief
//! officer (`KQZ President Ana Ito`), for whom players play (`Bo Dahl (Torvik), Ana Ito (Halden)`), who plays (`Torvik beat Halden
//! 2-1`), where people write (`on Twitter`). And what is none: an operation, a paper of another language held for somebody (`El
//! Correo`), a town whose police speaks, two persons joined by `&`.

use super::lexicon::Traits;
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged, families};
use crate::extract::page::{Shape, WordSet};
use crate::extract::places;
use std::ops::Range;

/// Who is named with the house that pays for the opinion.
const PAID: &[&str] =
    &["analyst", "analysts", "economist", "economists", "strategist", "strategists", "trader", "traders", "broker", "brokers"];

/// Where people write, and what their names stand beside on a page that asks to follow or to share.
const FORUMS: &[&str] = &["Twitter", "Facebook", "Instagram", "YouTube", "WhatsApp", "TikTok", "LinkedIn", "Snapchat", "Reddit"];

/// Officers of a body, behind its letters.
const OFFICERS: &[&str] = &["President", "CEO", "Chairman", "Chairwoman", "Chair", "Director", "CFO", "Chief", "Commissioner"];

/// The second of two trades of one firm.
const TRADES: &[&str] = &[
    "Rubber",
    "Steel",
    "Iron",
    "Oil",
    "Gas",
    "Light",
    "Power",
    "Electric",
    "Coal",
    "Chemical",
    "Paper",
    "Machine",
    "Telegraph",
    "Trust",
    "Sons",
];

/// Articles of other languages that begin names of papers, inns and teams.
const ARTICLES: &[&str] = &["El", "La", "Los", "Las", "Il"];

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let families = families(sight.page, names);
    let mut firms = WordSet::default();
    add(sight, names, &mut firms);
    partners(sight, names, &families);
    owners(sight, names, &mut firms);
    parks(sight, names);
    listed(sight, names);
    homes(sight, names, &families);
    for name in names.iter_mut() {
        let first = name.tokens.start;
        let lone = name.tokens.len() == 1 && name.kind == Kind::Person && !families.contains(&sight.page.hash(first));
        if lone && firms.contains(&sight.page.hash(first)) {
            name.kind = Kind::Organization;
        } else if lone && has_police(sight, first)
            || name.kind != Kind::Place && is_home(sight, name) && !families.contains(&sight.page.hash(first))
        {
            name.kind = Kind::Place;
        } else if name.kind == Kind::Person && sight.text(first) == "Operation" && name.tokens.len() > 1 {
            name.tokens.end = first;
        } else if is_titled(sight, name) || is_foreign(sight, name) && !called_in_quotes(sight, name) {
            name.kind = Kind::Other;
        }
    }
    names.retain(|n| !n.tokens.is_empty());
}

/// Finds bodies by what stands right before or behind them, and notes the word of those of one word for whom somebody works.
fn add(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>, firms: &mut WordSet) {
    let mut all: Vec<Range<usize>> = Vec::new();
    let players = players(sight, names);
    // Those that play in one place are teams all through, but behind `in`.
    let (mut teams, mut given) = (WordSet::default(), Vec::new());
    for &i in &sight.capitals {
        if sight.tokens[i].headline || all.last().is_some_and(|last| last.end > i) {
            continue;
        }
        if let Some(house) = house(sight, i) {
            if house.len() == 1 {
                firms.insert(sight.page.hash(i));
            }
            all.push(house);
        } else if is_forum(sight, i) || is_led(sight, i) {
            all.push(i..i + 1);
        } else if is_alone(sight, i) && !is_manner(sight, i) && places::is_team(sight.page, i) {
            if is_person(sight, i) {
                given.push(i);
            } else {
                teams.insert(sight.page.hash(i));
            }
        }
    }
    // Chelsea may be somebody, but not who plays a town.
    let same = |a: usize, b: usize| b < sight.tokens.len() && sight.page.sentence_of(a) == sight.page.sentence_of(b);
    let against = |i: usize| (i.saturating_sub(3)..i + 4).any(|k| same(i, k) && teams.contains(&sight.page.hash(k)));
    let more: Vec<u64> = given.into_iter().filter(|i| against(*i)).map(|i| sight.page.hash(i)).collect();
    teams.extend(more);
    if !teams.is_empty() || !firms.is_empty() {
        let told = |i: &usize| teams.contains(&sight.page.hash(*i)) && !is_located(sight, *i) || firms.contains(&sight.page.hash(*i));
        all.extend(sight.capitals.iter().copied().filter(told).filter(|i| is_alone(sight, *i)).map(|i| i..i + 1));
    }
    all.extend(players);
    all.sort_by_key(|tokens| tokens.start);
    let end = |tokens: &Range<usize>| names.partition_point(|n| n.tokens.end <= tokens.start);
    // A body that is there already, or a longer name around it, stands; but nobody is called `KQZ President`.
    let office = |n: &Tagged| n.kind == Kind::Person && OFFICERS.contains(&sight.text(n.tokens.end - 1));
    all.retain(|tokens| {
        let mut over = names[end(tokens)..].iter().take_while(|n| n.tokens.start < tokens.end);
        over.all(|n| n.kind != Kind::Organization && (n.tokens.len() <= tokens.len() || office(n)))
    });
    all.dedup_by(|later, first| first.end > later.start);
    if all.is_empty() {
        return;
    }
    let held = |n: &Tagged| {
        let at = all.partition_point(|tokens| tokens.end <= n.tokens.start);
        all.get(at).is_some_and(|tokens| tokens.start < n.tokens.end)
    };
    names.retain(|n| !held(n));
    names.extend(all.into_iter().map(|tokens| Tagged { tokens, kind: Kind::Organization }));
    names.sort_by_key(|n| n.tokens.start);
}

/// `in Halden`, where a town is meant.
fn is_located(sight: &Sight<'_, '_>, i: usize) -> bool {
    i > 0 && matches!(sight.text(i - 1), "in" | "In" | "at" | "At" | "near" | "from" | "From" | "of" | "to")
}

/// Whether a word with a capital has no other beside it.
fn is_alone(sight: &Sight<'_, '_>, i: usize) -> bool {
    let named = Shown::SURNAMED | Shown::BEFORE_NAME;
    let before = i > 0 && sight.is_capital(i - 1) && !sight.tokens[i].initial && !matches!(sight.text(i - 1), "The" | "A");
    let other = Traits::COMMON | Traits::DEMONYM | Traits::CALENDAR;
    !before && !sight.traits(i).any(other) && sight.tokens[i].shown & named == 0
}

/// `Talented striker Ana Ito`: a word that opens a sentence and that nothing else shows to be a name.
fn is_manner(sight: &Sight<'_, '_>, i: usize) -> bool {
    let opens = sight.tokens[i].initial && places::is_position(sight.text(i + 1));
    opens && sight.tokens[i].shown & Shown::INSIDE == 0 && !sight.traits(i).any(Traits::PLACE | Traits::ORG)
}

/// Whether persons are called so too.
fn is_person(sight: &Sight<'_, '_>, i: usize) -> bool {
    let t = sight.traits(i);
    (t.is_given() || t.any(Traits::FAMILY)) && !t.any(Traits::PLACE)
}

/// Whether a word is for who is named with the house that pays: `analyst`.
pub fn is_paid(word: &str) -> bool {
    PAID.contains(&word)
}

/// `an analyst at Harwick`: the house whose first word stands at `i`.
fn house(sight: &Sight<'_, '_>, i: usize) -> Option<Range<usize>> {
    i.checked_sub(2).filter(|role| sight.text(i - 1) == "at" && is_paid(sight.text(*role)))?;
    let goes_on = |k: &usize| {
        sight.is_capital(*k) || matches!(sight.text(*k), "&" | "and") && sight.is_capital(k + 1) && !sight.traits(k + 1).is_given()
    };
    let end = (i..i + 6).find(|k| !goes_on(k)).unwrap_or(i + 6);
    // A town may have an exchange.
    let town = (i..end).any(|k| sight.traits(k).any(Traits::PLACE)) && end == i + 1;
    // `an analyst at Open the Docks`
    let more = matches!(sight.text(end), "the" | "of" | "for") && sight.is_capital(end + 1);
    (!town && !more && end < i + 6).then_some(i..end)
}

/// Whether people write there: `Twitter`.
pub fn is_forum_name(name: &str) -> bool {
    FORUMS.contains(&name)
}

/// `She wrote on Twitter`, and not `Facebook Twitter`, `Follow us on Twitter`, which pages say.
fn is_forum(sight: &Sight<'_, '_>, i: usize) -> bool {
    let account = || sight.text(i + 1).starts_with('@') || sight.text(i + 1) == "(" && sight.text(i + 2).starts_with('@');
    if !FORUMS.contains(&sight.text(i)) || sight.tokens[i].initial || sight.is_capital(i + 1) || account() {
        return false;
    }
    let before = |n: usize| i.checked_sub(n).map_or("", |k| sight.text(k));
    let asks = |word: &str| matches!(word, "us" | "me" | "Follow" | "follow" | "Share" | "share" | "Join" | "join" | "him" | "her");
    let page = FORUMS.contains(&before(1)) || asks(before(2)) || asks(before(3)) || sight.is_capital(i - 1);
    !page
}

/// `KQZ President and CEO Ana Ito`: letters before an officer's name.
fn is_led(sight: &Sight<'_, '_>, i: usize) -> bool {
    let letters = sight.page.tokens[i].shape == Shape::Upper && (2..6).contains(&sight.text(i).len());
    if !letters || !OFFICERS.contains(&sight.text(i + 1)) || !sight.text(i).bytes().all(|b| b.is_ascii_uppercase()) {
        return false;
    }
    let other = Traits::PLACE | Traits::DEMONYM | Traits::COMMON | Traits::OFFICE | Traits::CALENDAR;
    let opens = sight.tokens[i].initial || !sight.is_capital(i.saturating_sub(1));
    let own = opens && !sight.traits(i).any(other) && !sight.traits(i).is_title();
    // The officer is named behind one office or two.
    let behind =
        (i + 2..i + 7).find(|k| !OFFICERS.contains(&sight.text(*k)) && !matches!(sight.text(*k), "and" | "Executive" | "Officer" | "&"));
    let same = |k: usize| sight.page.sentence_of(i) == sight.page.sentence_of(k);
    own && behind.is_some_and(|k| sight.is_capital(k) && same(k) && sight.page.tokens[k].shape == Shape::Capital)
}

/// `Bo Dahl (Torvik), Ana Ito (Halden) and`: two persons or more of one sentence with a team in brackets behind each.
fn players(sight: &Sight<'_, '_>, names: &[Tagged]) -> Vec<Range<usize>> {
    // One word of length, or two or three.
    let team = |n: &Tagged| {
        let first = n.tokens.end + 1;
        let close = (first + 1..first + 4).find(|i| sight.text(*i) == ")").filter(|_| sight.text(first - 1) == "(")?;
        let word = |i: usize| sight.is_capital(i) && !sight.text(i).contains(['-', '.']);
        let lone = close == first + 1 && (sight.page.tokens[first].shape != Shape::Capital || sight.text(first).len() < 4);
        (n.kind == Kind::Person && n.tokens.len() > 1 && !lone && (first..close).all(word)).then_some(first..close)
    };
    let known = Traits::PLACE | Traits::DEMONYM | Traits::CALENDAR | Traits::OFFICE;
    let all: Vec<Range<usize>> = names.iter().filter_map(team).collect();
    let beside = |a: usize, b: usize| sight.page.sentence_of(a) == sight.page.sentence_of(b);
    let many = |k: usize| all.iter().filter(|other| beside(k, other.start)).count();
    // A list of actors tells whom they play; rosters have capitals throughout.
    let own = |tokens: &&Range<usize>| {
        let k = tokens.start;
        let least = if sight.tokens[k].headline { 3 } else { 2 };
        let common = sight.traits(k).any(Traits::COMMON) && tokens.len() == 1;
        !sight.traits(k).any(known) && !common && !sight.traits(k).is_given() && many(k) >= least
    };
    all.iter().filter(own).cloned().collect()
}

/// `Varr police said`, `Varr residents`: a town, not somebody.
fn has_police(sight: &Sight<'_, '_>, i: usize) -> bool {
    let town = matches!(sight.text(i + 1), "police" | "residents" | "firefighters" | "councillors");
    town && sight.tokens[i].shown & (Shown::TITLED | Shown::AGED) == 0 && !matches!(sight.text(i.saturating_sub(1)), "the" | "The")
}

/// `Ana Ito, 39, of Varr`, `the towns of Halden, Torvik and Varr`: a place, unless it is built like a body.
fn is_home(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let first = name.tokens.start;
    let body = Traits::HEAD | Traits::ORG_HEAD | Traits::ORG_FORM | Traits::ORG | Traits::ACRONYM;
    let before = first.checked_sub(1).map_or("", |i| sight.text(i));
    matches!(before, "of" | "," | "and")
        && places::is_home(sight.page, first)
        && !name.tokens.clone().any(|i| sight.traits(i).any(body))
        && sight.page.tokens[first].shape == Shape::Capital
}

/// Adds the places of such lists that nothing else was found at.
fn homes(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>, families: &WordSet) {
    let mut found: Vec<Tagged> = Vec::new();
    for &first in &sight.capitals {
        let before = first.checked_sub(1).map_or("", |i| sight.text(i));
        if !matches!(before, "of" | "," | "and") || found.last().is_some_and(|last| last.tokens.end > first) {
            continue;
        }
        let held = names.get(names.partition_point(|n| n.tokens.end <= first)).is_some_and(|n| n.tokens.start <= first);
        if held || sight.traits(first) != Traits::default() || families.contains(&sight.page.hash(first)) {
            continue;
        }
        let small = |i: usize| matches!(sight.text(i), "de" | "la" | "el" | "al" | "del") && sight.is_capital(i + 1);
        let end = (first + 1..first + 4).find(|i| !sight.is_capital(*i) && !small(*i)).unwrap_or(first + 4);
        let name = Tagged { tokens: first..end, kind: Kind::Place };
        if is_home(sight, &name) {
            found.push(name);
        }
    }
    if !found.is_empty() {
        names.append(&mut found);
        names.sort_by_key(|n| n.tokens.start);
    }
}

/// `El Correo`, `La Banda`, held for somebody: an article and words that nobody is called by.
fn is_foreign(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, last) = (name.tokens.start, name.tokens.end - 1);
    if name.kind != Kind::Person || !(2..=3).contains(&name.tokens.len()) || !ARTICLES.contains(&sight.text(first)) {
        return false;
    }
    let own = Shown::TITLED | Shown::AGED | Shown::SURNAMED;
    let titled = first > 0 && (sight.traits(first - 1).is_title() || sight.traits(first - 1).any(Traits::ROLE));
    !titled && !(first + 1..=last).any(|i| sight.traits(i).is_of_person() || sight.tokens[i].shown & own != 0)
}

/// `an episode of “Cod Pond.”`: two words or three alone in quotation marks, of which no list has the first as a given name.
fn is_titled(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, end) = (name.tokens.start, name.tokens.end);
    if name.kind != Kind::Person || !(2..=3).contains(&name.tokens.len()) || first == 0 || !matches!(sight.text(first - 1), "“" | "\"") {
        return false;
    }
    let stop = usize::from(matches!(sight.text(end), "." | "," | "?" | "!"));
    let closed = matches!(sight.text(end + stop), "”" | "\"");
    let shown = Shown::TITLED | Shown::AGED | Shown::SPEAKING | Shown::SURNAMED;
    closed && !name.tokens.clone().any(|i| sight.traits(i).is_of_person() || sight.tokens[i].shown & shown != 0)
}

/// `known as “El Lobo”`
fn called_in_quotes(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let last = sight.page.hash(name.tokens.end - 1);
    let quote = |i: usize| matches!(sight.text(i), "”" | "\"" | "’" | "'");
    sight.capitals.iter().any(|i| quote(i + 1) && sight.page.hash(*i) == last)
}

/// `Dahl & Ito` of an article that has an `Ana Ito`, and no legal form: two persons.
fn partners(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>, families: &WordSet) {
    let two = |n: &Tagged| {
        let (first, last) = (n.tokens.start, n.tokens.end - 1);
        let family = |i: usize| families.contains(&sight.page.hash(i)) || sight.traits(i).any(Traits::FAMILY);
        n.kind == Kind::Organization
            && last == first + 2
            && sight.text(first + 1) == "&"
            && families.contains(&sight.page.hash(last))
            && family(first)
            && !sight.traits(first).any(Traits::ORG)
    };
    for n in (0..names.len()).rev().filter(|n| two(&names[*n])).collect::<Vec<_>>() {
        let Range { start, end } = names[n].tokens;
        names[n] = Tagged { tokens: start..start + 1, kind: Kind::Person };
        names.insert(n + 1, Tagged { tokens: end - 1..end, kind: Kind::Person });
    }
}

/// `Halden Tire and Rubber Co`: held for two, is one firm, and `Halden` from then on. Nobody is called so who has no given name.
fn owners(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>, firms: &mut WordSet) {
    let one = |n: usize| {
        let [first, second] = &names[n..n + 2] else { return false };
        let form = sight.traits(second.tokens.end - 1).any(Traits::ORG_FORM) && second.tokens.len() == 2;
        matches!(first.kind, Kind::Person | Kind::Organization)
            && second.kind == Kind::Organization
            && TRADES.contains(&sight.text(second.tokens.start))
            && form
            && first.tokens.len() > 1
            && first.tokens.end + 1 == second.tokens.start
            && matches!(sight.text(first.tokens.end), "and" | "&")
            && !sight.traits(first.tokens.start).is_given()
            && !sight.traits(first.tokens.end - 1).any(Traits::FAMILY)
    };
    for n in (0..names.len().saturating_sub(1)).rev().filter(|n| one(*n)).collect::<Vec<_>>() {
        let end = names.remove(n + 1).tokens.end;
        firms.insert(sight.page.hash(names[n].tokens.start));
        names[n] = Tagged { tokens: names[n].tokens.start..end, kind: Kind::Organization };
    }
}

/// `Ana Quill National Park`, held for somebody or a body with or without its last words: ground that goes by a name.
fn parks(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let park = |i: usize| sight.text(i) == "National" && matches!(sight.text(i + 1), "Park" | "Forest" | "Monument" | "Reserve");
    let mut found = false;
    for name in names.iter_mut().filter(|n| n.kind != Kind::Place) {
        let (first, end) = (name.tokens.start, name.tokens.end);
        let inside = (first + 1..end.saturating_sub(1)).find(|i| park(*i) && i + 2 == end);
        let behind = Some(end).filter(|i| park(*i) && !sight.is_capital(i + 2));
        if let Some(at) = inside.or(behind) {
            *name = Tagged { tokens: first..at + 2, kind: Kind::Place };
            found = true;
        }
    }
    if found {
        names.dedup_by(|later, first| later.tokens.start < first.tokens.end && first.kind == Kind::Place);
    }
}

/// `Ana Ito, Odo Quill, Kesrim Tolhye and Bo Dahl`: two words in no list, between two persons of a list who are named in full.
fn listed(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let full = |n: &Tagged| n.kind == Kind::Person && (2..=4).contains(&n.tokens.len());
    let joint = |i: usize| matches!(sight.text(i), "," | "and");
    let mut more: Vec<Tagged> = Vec::new();
    for pair in names.windows(2).filter(|pair| full(&pair[0]) && full(&pair[1])) {
        let gap = pair[0].tokens.end..pair[1].tokens.start;
        // A comma, two words, a comma or `and`, perhaps both.
        if !(4..=5).contains(&gap.len()) || sight.text(gap.start) != "," {
            continue;
        }
        let words = gap.start + 1..gap.start + 3;
        let plain = |i: usize| sight.page.tokens[i].shape == Shape::Capital && sight.tokens[i].shown & Shown::LOWER == 0;
        let other = Traits::COMMON
            | Traits::PLACE
            | Traits::ORG
            | Traits::ORG_HEAD
            | Traits::OFFICE
            | Traits::DEMONYM
            | Traits::THING
            | Traits::CALENDAR;
        let own = words.clone().all(|i| plain(i) && !sight.traits(i).any(other) && !sight.traits(i).is_title());
        let same = sight.page.sentence_of(gap.start) == sight.page.sentence_of(gap.end);
        if own && same && !sight.tokens[words.start].headline && (words.end..gap.end).all(joint) {
            more.push(Tagged { tokens: words, kind: Kind::Person });
        }
    }
    if !more.is_empty() {
        names.append(&mut more);
        names.sort_by_key(|n| n.tokens.start);
    }
}

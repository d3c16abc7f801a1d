//! Organizations told by their build: a run of capitals that ends in `Ministry`, `Police`, `Inc.`, or begins `Bank of`.

use super::lexicon::Traits;
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

/// Adds the organizations of the page that are told by their build; they win over what they overlap.
pub fn add(sight: &Sight<'_, '_>, names: Vec<Tagged>) -> Vec<Tagged> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for stretch in &sight.stretches {
        let mut i = stretch.start;
        while i < stretch.end {
            match built_at(sight, stretch, i) {
                Some(range) => {
                    i = range.end;
                    found.push(range);
                }
                None => i += 1,
            }
        }
    }
    let somebody = OnceCell::new();
    let owned: Vec<Range<usize>> = sight.capitals.iter().filter_map(|i| owned_at(sight, &names, &somebody, *i)).collect();
    if !owned.is_empty() {
        let taken = taken(sight, &found);
        found.extend(owned.into_iter().filter(|r| !taken[r.clone()].contains(&true)));
    }
    found.sort_by_key(|r| r.start);
    if found.is_empty() {
        return names;
    }
    let longer = |n: &Tagged, r: &Range<usize>| n.kind == Kind::Organization && n.tokens.start <= r.start && n.tokens.end >= r.end;
    let around = |r: &Range<usize>| names.get(names.partition_point(|n| n.tokens.end <= r.start));
    found.retain(|r| !around(r).is_some_and(|n| longer(n, r)));
    let taken = taken(sight, &found);
    let mut all: Vec<Tagged> = names.into_iter().filter(|n| !taken[n.tokens.clone()].contains(&true)).collect();
    all.extend(found.into_iter().map(|tokens| Tagged { tokens, kind: Kind::Organization }));
    all.sort_by_key(|n| n.tokens.start);
    all
}

/// For every token whether it lies in one of `found`.
fn taken(sight: &Sight<'_, '_>, found: &[Range<usize>]) -> Vec<bool> {
    let mut taken = vec![false; sight.tokens.len()];
    for range in found {
        taken[range.clone()].fill(true);
    }
    taken
}

/// The organization whose head or opener stands at `i`.
fn built_at(sight: &Sight<'_, '_>, stretch: &Range<usize>, i: usize) -> Option<Range<usize>> {
    if !sight.is_capital(i) || sight.tokens[i].headline {
        return None;
    }
    if let Some(start) = state_university(sight, stretch, i).or_else(|| office(sight, stretch, i)) {
        return Some(start..i + 1);
    }
    let traits = sight.traits(i);
    if !traits.any(Traits::HEAD | Traits::OPENER | Traits::ALONE | Traits::ORG_FORM) {
        return None;
    }
    // `the Norwegian Government`, and no party's.
    if sight.text(i) == "Government" && i > stretch.start && !sight.is_capital(i + 1) {
        let land = sight.traits(i - 1).any(Traits::DEMONYM) && !super::politics::is_party(sight.text(i - 1));
        if land && !matches!(sight.text(i + 1), "of" | "Accountability") {
            return Some(i - 1..i + 1);
        }
    }
    // The whole run of capitals up to the last head in it.
    let start = run_start(sight, stretch, i);
    let mut end = i + 1;
    let is_head = traits.any(Traits::HEAD) && (!sight.is_capital(i + 1) || is_led(sight, i))
        || traits.any(Traits::ORG_FORM) && i > start && !sight.traits(i + 1).any(Traits::ORG_FORM);
    // `the Government of President Ito`
    let ruled = matches!(sight.text(i), "Government" | "Administration");
    let chief = i + 2 + usize::from(sight.text(i + 2) == "the");
    let joint = sight.text(i) == "Administration" && !matches!(sight.text(i + 1), "of" | "for");
    let held = ruled && (joint || sight.traits(chief).is_title() || sight.traits(chief).any(Traits::OFFICE));
    if traits.any(Traits::OPENER) && matches!(sight.text(i + 1), "of" | "for" | "on" | "against") && !held {
        end = tail(sight, stretch, i + 2);
    }
    if end > i + 2 {
        return Some(start..end);
    }
    let names_it =
        (start..i).any(|j| !sight.tokens[j].initial || sight.traits(j) == Traits::default() || !sight.traits(j).any(Traits::COMMON));
    if is_head && i > start && names_it {
        return Some(start..i + 1);
    }
    let alone = traits.any(Traits::ALONE) && !sight.tokens[i].initial && !sight.is_capital(i + 1) && start == i;
    alone.then_some(i..i + 1)
}

/// States of which one says `Ohio State` and means the university; of Washington and New York one means the state.
const WITH_UNIVERSITY: &str = "Alabama Arizona Arkansas Colorado Florida Georgia Idaho Illinois Indiana Iowa Kansas Louisiana Michigan \
    Mississippi Missouri Montana Ohio Oklahoma Oregon Tennessee Texas Utah Carolina Dakota";

/// Where the `Ohio State` begins whose `State` stands at `i`, unless a body or people of the state stand behind it.
fn state_university(sight: &Sight<'_, '_>, stretch: &Range<usize>, i: usize) -> Option<usize> {
    const OF_STATE: &str = "police trooper troopers law laws lawmaker lawmakers government governor senator senators representative \
        representatives legislature legislator legislators capitol officials prison prisons agency agencies parks";
    let state = i.checked_sub(1).filter(|s| *s >= stretch.start && sight.text(i) == "State" && !sight.is_capital(i + 1))?;
    if !WITH_UNIVERSITY.split_whitespace().any(|name| name == sight.text(state)) {
        return None;
    }
    let half = matches!(sight.text(state), "Carolina" | "Dakota");
    let start = if half { state.checked_sub(1).filter(|s| matches!(sight.text(*s), "North" | "South"))? } else { state };
    (!OF_STATE.split_whitespace().any(|word| word == sight.text(i + 1))).then_some(start)
}

/// `Harbour Caucus Chairman Odo Quill`: an office of the body behind its name.
fn is_led(sight: &Sight<'_, '_>, i: usize) -> bool {
    let body = matches!(
        sight.text(i),
        "Agency"
            | "Alliance"
            | "Association"
            | "Authority"
            | "Board"
            | "Bureau"
            | "Caucus"
            | "Commission"
            | "Committee"
            | "Council"
            | "Department"
            | "Federation"
            | "Foundation"
            | "Institute"
            | "League"
            | "Party"
            | "Service"
            | "Society"
            | "Subcommittee"
            | "Union"
    );
    // `Public Service Commissioner`
    let commission = sight.text(i) == "Service" && sight.text(i + 1).starts_with("Commission");
    body && !commission && sight.traits(i + 1).any(Traits::OFFICE) && !sight.traits(i + 1).any(Traits::HEAD | Traits::ORG_HEAD)
}

/// No name of a body has more words than this before its head.
const LONGEST: usize = 40;

/// Where the run of capitals that ends at `i` begins, without an opening article, title or ordinary word.
fn run_start(sight: &Sight<'_, '_>, stretch: &Range<usize>, i: usize) -> usize {
    let mut start = i;
    while start > stretch.start && i - start < LONGEST {
        let before = start - 1;
        let word = sight.text(before);
        let joint = start >= stretch.start + 2 && matches!(word, "and" | "&" | "-" | "for" | "'s" | "’s") && sight.is_capital(before - 1);
        // `Ministry of X and Y` is found from its opener; `X and Y Ministry` from here, but `Iran and the Ministry` not.
        if sight.is_capital(before) {
            let t = sight.traits(before);
            let stops = t.any(Traits::MISTER | Traits::MISSUS | Traits::TITLE)
                || matches!(word, "The" | "THE" | "A" | "An")
                || (sight.tokens[before].initial && t.any(Traits::COMMON | Traits::CALENDAR) && word != "First");
            if stops {
                break;
            }
            start = before;
        } else if joint
            && (word == "&" || word == "and" && is_company(sight.text(start)) || word != "and" && is_many(sight.text(before - 1)))
        {
            start = before - 1;
        } else {
            break;
        }
    }
    // `Spokesman Ito Foundation` is rare; `President Ito University` too: an office opens no organization.
    while start < i && sight.traits(start).any(Traits::OFFICE) && !sight.traits(start).any(Traits::ORG_HEAD | Traits::ORG_HINT) {
        start += 1;
    }
    start
}

/// What follows the names of a firm's owners: `Bear, Ito and Co Inc`.
fn is_company(word: &str) -> bool {
    matches!(word, "Co" | "Co." | "Sons" | "Bros" | "Bros.")
}

/// Firms that go by a possessive.
const OWNED: &[&str] = &[
    "Applebee",
    "Arby",
    "Bloomingdale",
    "Christie",
    "Denny",
    "Domino",
    "Hardee",
    "Harrod",
    "Hershey",
    "Kellogg",
    "Kohl",
    "Ladbroke",
    "Levi",
    "Lloyd",
    "Lowe",
    "Macy",
    "McDonald",
    "Moody",
    "Nando",
    "Sainsbury",
    "Sotheby",
    "Wendy",
];

/// `McDonald's`, `Standard & Poor's`, unless somebody is called so: a person with the name, or the name without its `'s`. Those are gathered
/// in `somebody` when they are asked for.
fn owned_at<'a>(sight: &Sight<'_, 'a>, names: &[Tagged], somebody: &OnceCell<HashSet<&'a str>>, i: usize) -> Option<Range<usize>> {
    let owns = |i: usize| matches!(sight.text(i + 1), "'s" | "’s");
    // Few words own anything in the whole article.
    if sight.tokens[i].shown & Shown::OWNS == 0 || !owns(i) {
        return None;
    }
    let word = sight.text(i);
    if word == "Poor" && i > 1 && matches!(sight.text(i - 1), "and" | "&") && sight.text(i - 2) == "Standard" {
        return Some(i - 2..i + 2);
    }
    let titled = i > 0 && sight.traits(i - 1).is_title();
    let gather = || {
        let persons = names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1).flat_map(|n| n.tokens.clone());
        let bare = sight.capitals.iter().copied().filter(|j| !owns(*j));
        bare.chain(persons).map(|j| sight.text(j)).collect()
    };
    (OWNED.contains(&word) && !titled && !somebody.get_or_init(gather).contains(word)).then(|| i..i + 2)
}

/// Plurals that own an organization as a whole: `Fishermen's Guild`, `Women's Institute`.
fn is_many(word: &str) -> bool {
    word.ends_with("men") || matches!(word, "People" | "Children")
}

/// Where `Halden Magistrate's Court` begins, `the Attorney General's Office`, `Halden Tax Office`, whose last word stands at `i`.
fn office(sight: &Sight<'_, '_>, stretch: &Range<usize>, i: usize) -> Option<usize> {
    const OFFICERS: &str = "Attorney Auditor Clerk Commissioner Coroner Defender General Governor Magistrate Magistrates Mayor Minister \
        Ombudsman President Prosecutor Prosecutors Registrar Sheriff Treasurer";
    const ROOMS: &str = "Oval Box Head Front Home Main Back Registered The This His Her Our My";
    let room = matches!(sight.text(i), "Office" | "Court" | "Courts");
    if !room
        || i < stretch.start + 2
        || sight.is_capital(i + 1)
        || matches!(sight.text(i + 1), "of" | "on" | "for") && sight.is_capital(i + 2)
    {
        return None;
    }
    let owner = matches!(sight.text(i - 1), "'s" | "’s" | "'" | "’").then(|| i - 2);
    let owned = owner.is_some_and(|owner| OFFICERS.split_whitespace().any(|one| one == sight.text(owner)));
    let own = |k: usize| sight.is_capital(k) && !sight.tokens[k].initial && !matches!(sight.text(k), "The" | "A");
    let mut start = match owner {
        Some(owner) if owned => owner,
        None if sight.text(i) == "Office" && own(i - 1) && !ROOMS.split_whitespace().any(|room| room == sight.text(i - 1)) => i - 1,
        _ => return None,
    };
    let owns = |k: usize| matches!(sight.text(k), "'s" | "’s");
    while start > stretch.start && i - start < 6 {
        match start - 1 {
            before if own(before) => start = before,
            before if owns(before) && before > stretch.start && own(before - 1) && owned => start = before - 1,
            _ => break,
        }
    }
    // `at a Magistrate's Court`
    let any = start > 0 && matches!(sight.text(start - 1), "a" | "A" | "any" | "every" | "each");
    (!any && (owned || i - start > 1)).then_some(start)
}

/// The end of what follows `Ministry of`: capitals, joined by small words.
fn tail(sight: &Sight<'_, '_>, stretch: &Range<usize>, from: usize) -> usize {
    let mut end = from;
    let mut i = from;
    while i < stretch.end {
        let word = sight.text(i);
        let small = matches!(word, "the" | "and" | "of" | "for" | "&" | "de" | "la" | "in" | "-" | "to");
        // `Society for the Protection of the Norwegian Constitution`
        let ends = sight.traits(i).any(Traits::CALENDAR) && word != "Constitution"
            || (word == "and" && i > from && sight.traits(i - 1).any(Traits::PLACE));
        if ends || !(small || sight.is_capital(i)) {
            break;
        }
        if sight.is_capital(i) {
            end = i + 1;
        }
        i += 1;
    }
    end
}

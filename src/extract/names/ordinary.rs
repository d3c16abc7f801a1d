//! Capitals that make no body: laws (`Harbor Safety Act`), what people believe (`Marxism`) and are (`High-profile Democrats`, `the
//! Lindqvists`), makes of things (`F-16`), words joined to a name (`Oslo-educated`). And what looks like a body and is somebody (`Ana
//! Hill`), or like somebody and is none (`Harbor Herald-Leader`, `Queen Anne's County`).

use super::lexicon::{Known, Lexicon, Traits, hash};
use super::looks::is_joint_press;
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged, families};
use crate::extract::page::{Shape, WordSet};

/// What ends the name of a thing that is passed, counted, given or held, and does nothing by itself.
const THINGS: &[&str] = &[
    "Act",
    "Acts",
    "Amendment",
    "Amendments",
    "Bill",
    "Law",
    "Laws",
    "Clause",
    "Doctrine",
    "Proclamation",
    "Referendum",
    "Resolution",
    "Medal",
    "Marathon",
    "Treaty",
    "Ban",
    "Ballot",
    "Deal",
    "Code",
    "Caucuses",
    "Investigation",
    "Verdict",
    "Phenomenon",
    "Recession",
    "Shutdown",
    "Lockdown",
    "Warrant",
];

/// What ends the name of a thing that looks like somebody's, behind a word that is no given name.
const NOBODY: &[&str] = &[
    "Airbase",
    "Area",
    "Belt",
    "Ceiling",
    "Conundrum",
    "Courthouse",
    "Crisis",
    "Curve",
    "Derangement",
    "Dossier",
    "Edition",
    "Headquarters",
    "Hits",
    "Initiative",
    "Justice",
    "Lighthouse",
    "Loyalty",
    "Mandate",
    "Mansion",
    "Month",
    "Myths",
    "Outbreak",
    "Plumbing",
    "Preparedness",
    "Protests",
    "Reform",
    "Relief",
    "Schoolhouse",
    "Sun",
    "Syndrome",
    "Tossup",
    "Truths",
    "Tunnels",
    "Views",
];

/// What stands with a capital before somebody's name and is none of it.
const BESIDE: &[&str] = &[
    "Attack",
    "Chiefs",
    "Counselor",
    "Defense",
    "Follow",
    "Images",
    "Incumbent",
    "Incumbents",
    "Majority",
    "Minority",
    "Pinterest",
    "Punish",
    "Savior",
    "Security",
    "Sens",
    "Reps",
    "Visiting",
    "Voted",
];

/// Polls go by the bodies that take them.
const POLLS: &[&str] = &["Poll", "Survey"];

/// Words by which the people of a party are called.
const MEMBERS: &[&str] = &["Democrat", "Democrats", "Republican", "Republicans", "Dem", "Dems"];

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    for name in names.iter_mut() {
        match name.kind {
            Kind::Person if is_paper(sight, name) => {
                let town = |i: &usize| matches!(sight.text(*i), "San" | "Santa" | "Los" | "Las" | "New" | "St." | "Fort");
                let start = name.tokens.start.checked_sub(1).filter(town).unwrap_or(name.tokens.start);
                *name = Tagged { tokens: start..name.tokens.end, kind: Kind::Organization };
            }
            Kind::Person => {
                beside(sight, name);
                if let Some(start) = county(sight, name) {
                    *name = Tagged { tokens: start..name.tokens.end + 2, kind: Kind::Place };
                }
            }
            Kind::Organization if is_somebody(sight, name) => name.kind = Kind::Person,
            Kind::Organization => edges(sight, name),
            _ => {}
        }
    }
    let families = families(sight.page, names);
    names.retain(|n| match n.kind {
        Kind::Organization => is_body(sight, n, &families),
        Kind::Person => !is_nobody(sight, n, &families),
        _ => true,
    });
}

/// Takes off what stands before a person's name: `Follow Ana Ito`, `Journalist Yusra Ito`, `Ohio-02 Ana Ito`, `Eight-year-old Ana Ito`,
/// and what says it twice.
fn beside(sight: &Sight<'_, '_>, name: &mut Tagged) {
    while name.tokens.len() > 1 && stands_beside(sight, name) {
        name.tokens.start += 1;
    }
    let first = name.tokens.start;
    if name.tokens.len() == 2 && sight.text(first) == sight.text(first + 1) {
        name.tokens.end = first + usize::from(sight.traits(first).is_of_person());
    }
    // `Ana Ito Hide Caption 3 of 12`
    let caption = |i: usize| sight.text(i) == "Caption" || matches!(sight.text(i), "Hide" | "Show") && sight.text(i + 1) == "Caption";
    while name.tokens.len() > 1 && caption(name.tokens.end - 1) {
        name.tokens.end -= 1;
    }
    // `the Obama Derangement`: somebody's, and nobody by itself
    let family = sight.traits(first).any(Traits::FAMILY) && !sight.traits(first).is_given();
    if name.tokens.len() == 2 && family && NOBODY.contains(&sight.text(first + 1)) && !sight.traits(first + 1).is_of_person() {
        name.tokens.end = first + 1;
    }
}

/// Whether the first word of a person's name stands before it and is none of it.
fn stands_beside(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let first = name.tokens.start;
    let word = sight.text(first);
    let joined = word.contains('-')
        && (word.contains(|c: char| c.is_ascii_digit())
            || ["-old", "-designate", "-elect"].iter().any(|end| word.ends_with(end))
            || ["Then-", "Ex-"].iter().any(|start| word.starts_with(start)));
    let passed = word.rsplit_once('-').is_some_and(|(_, end)| end.starts_with(char::is_lowercase) && end.ends_with("ed") || end == "era");
    let manner = sight.tokens[first].initial && word.len() > 6 && word.ends_with("ly");
    let role = name.tokens.len() > 2 && super::looks::tells_what(sight, first);
    // `Oppositionist Ana Ito`
    let ist = name.tokens.len() > 2 && word.len() > 7 && word.ends_with("ist") && sight.traits(first + 1).is_given();
    !sight.traits(first).is_of_person() && (joined || passed || manner || role || ist || BESIDE.contains(&word))
}

/// `the Laffer Curve`, `Individual Mandate`, `Islamism`, `Defendant`: what looks like somebody and is nobody.
fn is_nobody(sight: &Sight<'_, '_>, name: &Tagged, families: &WordSet) -> bool {
    if name.tokens.is_empty() {
        return true;
    }
    let listed = |i: usize| sight.traits(i).is_of_person();
    let (first, last) = (name.tokens.start, name.tokens.end - 1);
    if first == last {
        let word = sight.text(first);
        let small = Lexicon::get().traits_of(sight.tokens[first].lower);
        let role = small.any(Traits::ROLE) && sight.tokens[first].shown & Shown::TITLED == 0;
        let beside = || THINGS.contains(&word) || NOBODY.contains(&word) || BESIDE.contains(&word) || matches!(word, "I" | "Sept");
        let known = listed(first) || families.contains(&hash(word));
        return !known && (is_belief(sight, first) || is_joined(sight, first) || role || beside());
    }
    let thing = !listed(first) && (NOBODY.contains(&sight.text(last)) || THINGS.contains(&sight.text(last)));
    // People go without an article, but for `the Dalai Lama`.
    let behind_the = first > 0 && matches!(sight.text(first - 1), "the" | "The");
    let spoken = Shown::SPEAKING | Shown::TITLED | Shown::AGED | Shown::OWNS;
    let capital = |i: usize| sight.page.tokens[i].shape == Shape::Capital;
    let the = behind_the
        && last == first + 1
        && !name.tokens.clone().any(|i| listed(i) || !capital(i) || sight.tokens[i].shown & spoken != 0)
        && sight.text(last) != "Lama";
    thing || the
}

/// Whether a name may be that of a body.
fn is_body(sight: &Sight<'_, '_>, name: &Tagged, families: &WordSet) -> bool {
    if name.tokens.is_empty() {
        return false;
    }
    let known = Traits::ORG | Traits::ACRONYM | Traits::ORG_FORM;
    if sight.traits(name.tokens.end - 1).any(known) {
        return true;
    }
    if name.tokens.len() > 1 {
        return !is_thing(sight, name) && !is_folk(sight, name);
    }
    let i = name.tokens.start;
    // `the North’s army`
    let side = matches!(sight.text(i), "North" | "South" | "East" | "West");
    !(side || is_belief(sight, i) || is_make(sight, i) || is_joined(sight, i) || is_family(sight, i, families) || is_word(sight, i))
}

/// `Harbor Herald-Leader`, `the Herald-Leader`.
fn is_paper(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let first = name.tokens.start;
    let alone = name.tokens.len() == 1 && (first == 0 || !matches!(sight.text(first - 1), "the" | "The"));
    !alone && !sight.page.is_plain(name.tokens.end - 1) && is_joint_press(sight.text(name.tokens.end - 1))
}

/// Where `Queen Anne's County` begins, of which the name is what owns the county.
fn county(sight: &Sight<'_, '_>, name: &Tagged) -> Option<usize> {
    let end = name.tokens.end;
    let owns = matches!(sight.text(end), "'s" | "’s") && sight.text(end + 1) == "County";
    let royal = |i: &usize| matches!(sight.text(*i), "Queen" | "Prince" | "King" | "St." | "Saint");
    owns.then(|| name.tokens.start.checked_sub(1).filter(royal).unwrap_or(name.tokens.start))
}

/// `Ana Hill`, held for a body: a given name and a word that ends no body's name.
fn is_somebody(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, last) = (name.tokens.start, name.tokens.end - 1);
    let (given, family) = (sight.traits(first), sight.traits(last));
    let strong = given.is_given() && !given.any(Traits::WEAK_GIVEN | Traits::PLACE | Traits::ORG | Traits::FAMILY | Traits::ORG_HINT);
    let ends = Traits::ORG_FORM | Traits::ACRONYM | Traits::HEAD | Traits::THING | Traits::PLACE_TAIL | Traits::COMMON | Traits::OFFICE;
    let own = family.any(Traits::FAMILY | Traits::WEAK_FAMILY) || !family.any(ends | Traits::ORG_HEAD | Traits::PLACE);
    let plural = sight.text(last).ends_with('s') && !family.any(Traits::FAMILY | Traits::WEAK_FAMILY);
    last == first + 1
        && strong
        && own
        && !plural
        && !sight.tokens[first].headline
        && sight.page.tokens[first].shape == Shape::Capital
        && sight.page.tokens[last].shape == Shape::Capital
        && sight.known(name.tokens.clone()) != Some(Known::Organization)
}

/// Takes off what is none of a body's name: `WATCH` before it, a word that opens the sentence (`As Politico`), the poll it takes,
/// its members.
fn edges(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let known = |i: usize| sight.traits(i).any(Traits::ORG | Traits::ACRONYM);
    let first = name.tokens.start;
    let opens = sight.tokens[first].initial && sight.traits(first).any(Traits::COMMON) || sight.traits(first).any(Traits::CALENDAR);
    let beside = super::edges::is_furniture(sight.text(first));
    if name.tokens.len() > 1 && (beside || opens && sight.text(first) != "May" && !known(first) && known(first + 1)) {
        name.tokens.start += 1;
    }
    let told = Traits::ORG | Traits::ACRONYM | Traits::HEAD | Traits::ORG_HEAD | Traits::ALONE;
    // `Read More Harbor Council`, `Top Kremlin official`
    let start = name.tokens.start;
    let more = matches!(sight.text(start), "More" | "Top" | "MORE" | "TOP") && name.tokens.len() > 1;
    if more && (start + 1..name.tokens.end).any(|i| sight.traits(i).any(told)) {
        name.tokens.start += 1;
    }
    if beside && !name.tokens.clone().any(|i| sight.traits(i).any(told)) {
        name.tokens.end = name.tokens.start;
        return;
    }
    let last = name.tokens.end - 1;
    let body = |i: usize| known(i) || sight.traits(i).any(Traits::HEAD | Traits::ORG_HEAD);
    let polled = POLLS.contains(&sight.text(last)) && name.tokens.len() > 1 && body(last - 1);
    // `Pentagon Press Secretary`, `Harbor Times Public Editor`
    let office = matches!((sight.text(last), sight.text(last + 1)), ("Press", "Secretary") | ("Public", "Editor")) && name.tokens.len() > 1;
    let chamber = MEMBERS.contains(&sight.text(last))
        && !sight.text(last).ends_with('s')
        && name.tokens.len() == 2
        && matches!(sight.text(last - 1), "House" | "Senate");
    if polled || chamber || office {
        name.tokens.end = last;
    }
}

/// `Harbor Safety Act`, `the Ito Amendment`, `the Halden Straw Poll`.
fn is_thing(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (last, before) = (sight.text(name.tokens.end - 1), name.tokens.start..name.tokens.end - 1);
    // `Harbor School of Law`, `Halden Bureau of Investigation`, `Harbor Law`
    let body = Traits::HEAD | Traits::ORG_HEAD | Traits::OPENER | Traits::ORG | Traits::ACRONYM;
    let field = matches!(last, "Law" | "Laws" | "Investigation" | "Code") && before.clone().any(|i| sight.traits(i).any(body));
    !field && (THINGS.contains(&last) || POLLS.contains(&last))
}

/// `High-profile Democrats`, `Reagan Democrats`: people of a party, unless a chamber or a movement of that name has them.
fn is_folk(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let member = MEMBERS.contains(&sight.text(name.tokens.end - 1));
    let body = |i: usize| {
        matches!(
            sight.text(i),
            "House"
                | "Senate"
                | "Assembly"
                | "Young"
                | "College"
                | "Social"
                | "Christian"
                | "Free"
                | "Liberal"
                | "Sweden"
                | "Cabin"
                | "Press"
        )
    };
    member && !name.tokens.clone().any(body)
}

/// `Marxism`, `Islamists`: what people believe and what they are called for it. Not `Lindqvist`, nor those of that name.
fn is_belief(sight: &Sight<'_, '_>, i: usize) -> bool {
    let word = sight.text(i);
    let ends = |endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
    let family = ends(&["quist", "qvist", "kvist", "quists", "qvists", "kvists"]);
    let belief = ends(&["ism", "isms", "ists"]) || matches!(word, "Christianity" | "Islam" | "Leninist" | "Stalinist" | "Salafist");
    word.len() > 4 && sight.page.tokens[i].shape == Shape::Capital && belief && !family
}

/// `F-16`, `AR-15`, `N95`, `HB2`: a make of something, a bill, a road. Not `G-7`.
fn is_make(sight: &Sight<'_, '_>, i: usize) -> bool {
    let word = sight.text(i);
    let at = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, rest) = word.split_at(at);
    let number = rest.strip_prefix('-').unwrap_or(rest);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let short = at <= if rest.starts_with('-') { 3 } else { 2 };
    let groups = matches!(letters, "G" | "P" | "F" | "U" | "O") && rest.len() < 4 || word == "M-19";
    at > 0 && short && digits > 0 && number.len() - digits < 2 && !groups
}

/// `Kremlin-connected`, `Medicare-for-all`, `inside-the-Beltway`: a name with small words joined to it.
fn is_joined(sight: &Sight<'_, '_>, i: usize) -> bool {
    const OF_NAMES: [&str; 16] =
        ["al", "el", "ul", "ad", "de", "la", "le", "du", "des", "mart", "cola", "royce", "benz", "upon", "sur", "von"];
    let small = |part: &str| part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase()) && !OF_NAMES.contains(&part);
    let word = sight.text(i);
    word.contains('-') && word.split('-').any(small)
}

/// `the Lindqvists`: a family, where the article has one of them or a list knows the name.
fn is_family(sight: &Sight<'_, '_>, i: usize, families: &WordSet) -> bool {
    let Some(one) = sight.text(i).strip_suffix('s').filter(|one| one.len() > 3 && !one.ends_with('s')) else { return false };
    let t = Lexicon::get().traits(one);
    let listed = t.any(Traits::FAMILY) && i > 0 && matches!(sight.text(i - 1), "the" | "The");
    sight.page.tokens[i].shape == Shape::Capital && sight.traits(i) == Traits::default() && (listed || families.contains(&hash(one)))
}

/// A word that has its capital from where it stands, and that the article writes small elsewhere.
fn is_word(sight: &Sight<'_, '_>, i: usize) -> bool {
    let seen = sight.tokens[i];
    let body = Traits::HEAD | Traits::ALONE | Traits::ORG_HEAD | Traits::OPENER;
    (seen.initial || seen.headline)
        && seen.shown & Shown::LOWER != 0
        && !seen.traits.any(body)
        && sight.page.tokens[i].shape == Shape::Capital
}

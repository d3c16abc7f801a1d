//! What looks like a name and is nobody's: a hurricane, an office without its holder, `the Committee` that no body of the article
//! is, a letter, two names joined by a hyphen.

use super::lexicon::{Traits, hash};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::{Shape, WordSet};
use std::cell::LazyCell;
use std::collections::HashSet;

/// Words for bodies that mean a certain one only where the article names it.
pub const GENERIC: &[&str] = &[
    "Agency",
    "Association",
    "Authority",
    "Bank",
    "Board",
    "Bureau",
    "City",
    "Commission",
    "Committee",
    "Corporation",
    "Council",
    "Court",
    "Department",
    "Embassy",
    "Federation",
    "Foundation",
    "Fund",
    "Government",
    "Institute",
    "Kingdom",
    "Ministry",
    "Municipal",
    "Office",
    "Organization",
    "Organisation",
    "Party",
    "Police",
    "Secretariat",
    "Tribunal",
    "University",
];

/// Fields of government, behind an office and `of`.
const FIELDS: &[&str] = &[
    "Affairs",
    "Agriculture",
    "Commerce",
    "Commons",
    "Communications",
    "Culture",
    "Defence",
    "Defense",
    "Development",
    "Economic",
    "Economy",
    "Education",
    "Energy",
    "Environment",
    "Exchequer",
    "Finance",
    "Foreign",
    "Health",
    "Home",
    "House",
    "Housing",
    "Industry",
    "Information",
    "Intelligence",
    "Interior",
    "Justice",
    "Labor",
    "Labour",
    "Planning",
    "Representatives",
    "Republic",
    "Science",
    "Security",
    "Services",
    "Sports",
    "State",
    "Technology",
    "Tourism",
    "Trade",
    "Transport",
    "Transportation",
    "Treasury",
    "Welfare",
    "Works",
    "Youth",
];

/// Drops all of these, and parts an office from its holder.
pub fn drop(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    holders(sight, names);
    people(sight, names);
    things(sight, names);
    let mut kept = kept(sight, names).into_iter();
    names.retain(|_| kept.next() == Some(true));
}

/// For each of `names` whether it is somebody's or something's.
fn kept(sight: &Sight<'_, '_>, names: &[Tagged]) -> Vec<bool> {
    let storms = storms(sight);
    // Both are asked for in few articles.
    let persons = LazyCell::new(|| words(sight, names, |n| n.kind == Kind::Person && !is_storm(sight.text(n.tokens.start))));
    let bodies: LazyCell<WordSet, _> = LazyCell::new(|| {
        let several = names.iter().filter(|n| n.kind == Kind::Organization && n.tokens.len() > 1);
        several.flat_map(|n| [sight.page.hash(n.tokens.start), sight.page.hash(n.tokens.end - 1)]).collect()
    });
    // `Ito-Varr`, a ticket; `Ito-Russia`.
    let joined = |word: &str| word.split_once('-').is_some_and(|(a, b)| persons.contains(&hash(a)) || persons.contains(&hash(b)));
    let keep = |name: &Tagged| {
        let (first, last) = (name.tokens.start, name.tokens.end - 1);
        let (word, hash) = (sight.text(first), sight.page.hash(first));
        let lone = first == last;
        let joined = |word: &str| !sight.page.is_plain(first) && joined(word);
        match name.kind {
            _ if is_storm(word) || lone && first > 0 && is_storm(sight.text(first - 1)) => false,
            _ if is_sum(sight, name) || lone && is_opening(sight, first) => false,
            Kind::Person if is_title_alone(sight, name) => false,
            Kind::Organization if is_portfolio(sight, name) => false,
            Kind::Person if lone && first > 0 && sight.text(first - 1) == "for" && FIELDS.contains(&word) => false,
            Kind::Person if lone => !joined(word) && (!storms.contains(word) || persons.contains(&hash)),
            Kind::Organization if lone => {
                word.chars().count() > 1
                    && !joined(word)
                    && !storms.contains(word)
                    && (!GENERIC.contains(&word) || bodies.contains(&hash) && !is_short_for(sight, first))
            }
            // `Area of Benue State`, of a local government area.
            Kind::Organization if word == "Area" => false,
            Kind::Organization => !is_office(sight, name) && !is_people(sight, first, last),
            _ => true,
        }
    };
    names.iter().map(keep).collect()
}

/// `A LANDMARK hotel`, `POLICEMEN have`: papers set the first word or two of an article in capitals.
fn is_opening(sight: &Sight<'_, '_>, i: usize) -> bool {
    let word = sight.text(i);
    let opens = i == 0 || i == 1 && matches!(sight.text(0), "A" | "AN" | "An" | "THE" | "The");
    let known = Traits::ORG | Traits::ACRONYM | Traits::PLACE | Traits::FAMILY | Traits::FEMALE | Traits::MALE;
    let goes_on = sight.page.tokens.get(i + 1).is_some_and(|next| next.shape == Shape::Lower);
    opens && goes_on && word.len() > 5 && sight.page.tokens[i].shape == Shape::Upper && !sight.traits(i).any(known)
}

/// `USD105`, `KD 3,000`: a sum of money.
fn is_sum(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    const MONEY: &[&str] = &[
        "AED", "AUD", "BD", "CAD", "CHF", "CNY", "Dh", "Dhs", "EGP", "EUR", "GBP", "GHS", "HK", "IDR", "INR", "KD", "KES", "KSh", "Ksh",
        "LE", "MUR", "N", "NAD", "NGN", "NIS", "NT", "NZD", "OMR", "PHP", "PKR", "QAR", "QR", "R", "RM", "RMB", "RO", "Rp", "Rs", "SAR",
        "SGD", "SR", "Sh", "THB", "TZS", "Tk", "UGX", "USD", "ZAR", "ZMW",
    ];
    /// Letters of a unit.
    const LONGEST: usize = 3;
    let i = name.tokens.start;
    if name.tokens.len() != 1 {
        return false;
    }
    let word = sight.text(i);
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    // `N10` is a road.
    if letters.len() > LONGEST {
        return false; // most names
    }
    let number = letters.len() < word.len() && (letters.len() > 1 || word.len() > 3)
        || sight.page.tokens.get(i + 1).is_some_and(|t| t.shape == Shape::Number);
    number && MONEY.contains(&letters)
}

/// `the Crown Prince`, `the Pope`, `Interior Minister`: a title without a name.
fn is_title_alone(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, last) = (name.tokens.start, name.tokens.end - 1);
    let title = |i: usize| sight.traits(i).is_title() || sight.traits(i).any(Traits::OFFICE);
    let own = |i: usize| sight.traits(i).is_of_person();
    let behind_the = || first > 0 && matches!(sight.text(first - 1), "the" | "The");
    let field = |i: usize| {
        FIELDS.contains(&sight.text(i)) || matches!(sight.text(i), "Crown" | "Prime" | "Assistant" | "Junior" | "Deputy" | "Gender")
    };
    if first == last {
        return matches!(sight.text(first), "Pope" | "King" | "Queen" | "Prince" | "Princess" | "Sultan" | "Amir" | "Emir" | "Emperor")
            && behind_the()
            && !sight.is_capital(first + 1);
    }
    (title(last) && !own(last) || sight.text(last) == "Prince" && sight.text(first) == "Crown")
        && name.tokens.clone().all(|i| i == last || title(i) && !own(i) || field(i))
}

/// `Minister of Gender Equality`, `Environment Minister Ana Ito`, `a Member of Parliament`: part of what somebody is.
fn is_portfolio(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, last) = (name.tokens.start, name.tokens.end - 1);
    let body = Traits::HEAD | Traits::ORG_HEAD | Traits::ORG_FORM;
    let minister = |w: &str| matches!(w, "Minister" | "minister" | "Ministers" | "ministers" | "Undersecretary");
    let member = |w: &str| matches!(w, "Member" | "member" | "Members" | "members");
    let before = |n: usize| first.checked_sub(n).map_or("", |i| sight.text(i));
    let article = usize::from(before(1) == "the");
    let of = matches!(before(1 + article), "of" | "for");
    if of && minister(before(2 + article)) {
        return !name.tokens.clone().any(|i| sight.traits(i).any(body | Traits::ACRONYM));
    }
    if of && member(before(2)) && sight.text(first) == "Parliament" {
        return first == last && !matches!(sight.text(last + 1), "'s" | "’s");
    }
    // `Minister for Roads and Highways`
    let whole = minister(sight.text(first)) && matches!(sight.text(first + 1), "of" | "for");
    let word = sight.text(first);
    let next = sight.text(last + 1);
    let crown = word == "Crown" && matches!(next, "Prince" | "prince" | "Princess" | "princess");
    let led = minister(next) || crown || word == "Union" && minister(sight.text(last + 2));
    whole || first == last && led && (FIELDS.contains(&word) || word == "Union" || word == "Crown")
}

/// `the Agency`, `the Council`: short for a body that the article names in full.
fn is_short_for(sight: &Sight<'_, '_>, i: usize) -> bool {
    let word = sight.text(i);
    let small =
        matches!(word, "Agency" | "Bureau" | "Chamber" | "Committee" | "Corporation" | "Council" | "Embassy" | "Federation" | "Fund");
    small && i > 0 && matches!(sight.text(i - 1), "the" | "The")
}

/// `the Ito tax cuts`, where Ito is somebody in another place.
fn people(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let family = |i: usize| sight.traits(i).any(Traits::FAMILY | Traits::WEAK_FAMILY);
    let doubtful = |name: &Tagged| {
        let t = sight.traits(name.tokens.start);
        let body = Traits::ORG | Traits::ACRONYM | Traits::HEAD | Traits::ORG_HEAD | Traits::ALONE;
        let one = name.kind == Kind::Organization && name.tokens.len() == 1;
        one && (t == Traits::default() || t.any(Traits::FAMILY | Traits::WEAK_FAMILY)) && !t.any(body)
    };
    if !names.iter().any(doubtful) {
        return;
    }
    let sure = |n: &&Tagged| {
        let (first, last) = (n.tokens.start, n.tokens.end - 1);
        n.kind == Kind::Person && (family(last) || first < last && sight.traits(first).is_given())
    };
    let known: WordSet = names.iter().filter(sure).map(|n| sight.page.hash(n.tokens.end - 1)).collect();
    for name in names.iter_mut().filter(|n| doubtful(n)) {
        if known.contains(&sight.page.hash(name.tokens.start)) {
            name.kind = Kind::Person;
        }
    }
}

/// The words of the names that `wanted` takes, of those of several words.
fn words(sight: &Sight<'_, '_>, names: &[Tagged], wanted: impl Fn(&Tagged) -> bool) -> WordSet {
    let mut words = WordSet::with_capacity_and_hasher(names.len(), Default::default());
    let several = names.iter().filter(|n| n.tokens.len() > 1 && wanted(n));
    several.for_each(|n| words.extend(n.tokens.clone().map(|i| sight.page.hash(i))));
    words
}

fn is_storm(word: &str) -> bool {
    matches!(word, "Hurricane" | "Hurricanes" | "Typhoon" | "Cyclone" | "hurricane" | "hurricanes" | "typhoon" | "cyclone")
}

/// What storms are called: `Hurricane Ada`, `Hurricanes Ada, Bea and Carl`.
fn storms<'a>(sight: &Sight<'_, 'a>) -> HashSet<&'a str> {
    let mut all = HashSet::new();
    for i in &sight.capitals {
        let before = i.checked_sub(1).map_or("", |b| sight.text(b));
        let listed = || i.checked_sub(2).is_some_and(|b| all.contains(sight.text(b))) && matches!(before, "," | "and" | "then");
        if is_storm(before) || listed() {
            all.insert(sight.text(*i));
        }
    }
    all
}

/// `North Koreans`, `New Yorkers`, `the Norwegian People`
fn is_people(sight: &Sight<'_, '_>, first: usize, last: usize) -> bool {
    let from = sight.traits(last).any(Traits::DEMONYM) && matches!(sight.text(first), "North" | "South" | "New" | "East" | "West");
    last == first + 1 && (from || sight.traits(first).any(Traits::DEMONYM) && sight.text(last) == "People")
}

/// `Secretary of Defense`, `National Security Adviser`: an office, and no body.
fn is_office(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let body = Traits::HEAD | Traits::ORG_HEAD | Traits::OPENER | Traits::ORG_FORM;
    let advises = |i: usize| matches!(sight.text(i), "Advisor" | "Adviser" | "Advisors" | "Advisers");
    let office = |i: usize| sight.traits(i).any(Traits::OFFICE) && !sight.traits(i).any(body);
    let (first, last) = (name.tokens.start, name.tokens.end - 1);
    let of = office(first) && sight.text(first + 1) == "of" && !sight.traits(last).any(body);
    let council = name.tokens.clone().any(|i| sight.text(i) == "of");
    of || advises(last) && !council || office(last) && !name.tokens.clone().any(|i| sight.traits(i).any(body))
}

/// `the Ito Presidency`, `the runaway Ito Train`: a thing that goes by somebody's name; only the name is somebody's.
fn things(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let lower = |i: usize| sight.page.tokens[i].shape == Shape::Lower;
    let may_be = |name: &Tagged| {
        let (first, last) = (name.tokens.start, name.tokens.end - 1);
        let tail = sight.traits(last);
        let name_like = || tail.is_given() || tail.any(Traits::FAMILY | Traits::WEAK_FAMILY) || sight.traits(first).is_given();
        let article = || (first.saturating_sub(2)..first).rev().take_while(|i| lower(*i)).any(|i| sight.text(i) == "the");
        name.kind == Kind::Person && name.tokens.len() == 2 && !name_like() && article()
    };
    if !names.iter().any(may_be) {
        return;
    }
    let persons: WordSet =
        words(sight, names, |n| n.kind == Kind::Person && (n.tokens.len() != 2 || sight.traits(n.tokens.start).is_given()));
    for name in names.iter_mut().filter(|n| may_be(n)) {
        let (first, last) = (name.tokens.start, name.tokens.end - 1);
        let somebody = persons.contains(&sight.page.hash(first));
        let ordinary = somebody && sight.text(last).len() > 3
            || sight.tokens[last].shown & Shown::LOWER != 0
            || sight.traits(last).any(Traits::COMMON | Traits::THING);
        if !ordinary {
            continue;
        }
        name.tokens.end = last;
        if !somebody && !sight.traits(first).any(Traits::FAMILY) {
            name.kind = Kind::Other;
        }
    }
}

/// `Minister of Economic Affairs Ana Ito`, `Speaker of the House Odo Quill`: the name begins behind the field.
fn holders(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let office = |i: usize| sight.traits(i).any(Traits::OFFICE) || sight.traits(i).any(Traits::ROLE);
    for name in names.iter_mut().filter(|n| n.tokens.len() > 1) {
        let start = match name.kind {
            Kind::Person => {
                // `Minister of State for Ports Ana Ito`, taken from `for` on.
                if sight.text(name.tokens.start) == "for" {
                    name.tokens.start += 1;
                }
                // Up to the `of` behind an office.
                let of = (name.tokens.start.saturating_sub(4)..name.tokens.start).rev().find(|i| matches!(sight.text(*i), "of" | "for"));
                // `MEC for Finance Ana Ito`
                let letters = |i: usize| sight.page.tokens[i].shape == Shape::Upper && FIELDS.contains(&sight.text(name.tokens.start));
                match of.filter(|of| *of > 0 && (office(of - 1) || of + 1 == name.tokens.start && letters(of - 1))) {
                    Some(_) => name.tokens.start,
                    None => continue,
                }
            }
            Kind::Organization if office(name.tokens.start) && sight.text(name.tokens.start + 1) == "of" => name.tokens.start + 2,
            // `Speaker of the House of Representatives Ana Ito`
            Kind::Organization if sight.text(name.tokens.start) == "House" && sight.text(name.tokens.start + 1) == "of" => {
                let strong = sight.traits(name.tokens.start + 3).is_given() && name.tokens.len() > 4;
                let article = usize::from(name.tokens.start > 0 && sight.text(name.tokens.start - 1) == "the");
                let led = name.tokens.start.checked_sub(2 + article).is_some_and(|i| sight.text(i + 1) == "of" && office(i));
                if !(strong && led) {
                    continue;
                }
                name.tokens.start + 2
            }
            _ => continue,
        };
        let field = |i: usize| FIELDS.contains(&sight.text(i)) || matches!(sight.text(i), "the" | "and" | "," | "&");
        let behind = (start..name.tokens.end).find(|i| !field(*i)).unwrap_or(name.tokens.end);
        // `Minister for Ports Ana Ito`
        let given = |i: usize| sight.traits(i).is_given();
        let unlisted = name.kind == Kind::Person && behind == start && name.tokens.len() == 3 && !given(start) && given(start + 1);
        let behind = if unlisted && sight.text(start - 1) == "for" { start + 1 } else { behind };
        let rest = name.tokens.end - behind;
        if behind > start && (2..=4).contains(&rest) {
            *name = Tagged { tokens: behind..name.tokens.end, kind: Kind::Person };
        }
    }
}

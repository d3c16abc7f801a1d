//! What looked like somebody and is a town, a way or a house: `the town of Rio Lindo`, `Rio Lindo is a village in the west`, `Otto du Varr
//! Drive`, `at Varr and Herman streets`, `Varr's Steakhouse`. And what is called after somebody: `Varr's syndrome`.

use super::lexicon::Traits;
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::{Page, Shape, WordSet, hash};
use std::ops::Range;

/// What has a name and is ground: before `of` and the name, or in what is said of it.
const GROUNDS: &[&str] = &[
    "town",
    "city",
    "village",
    "hamlet",
    "township",
    "municipality",
    "commune",
    "settlement",
    "suburb",
    "island",
    "peninsula",
    "province",
    "district",
    "county",
    "governorate",
    "prefecture",
    "mountain",
    "peak",
    "river",
    "lake",
];

/// Ways, as last words of their names.
const WAYS: &[&str] = &["Street", "Avenue", "Road", "Drive", "Lane", "Boulevard", "Highway", "Parkway", "Ulitsa", "Prospekt", "Terrace"];

/// Ways, squares and houses of other languages, which begin with the word.
const LED_WAYS: &[&str] =
    &["Rue", "Calle", "Avenida", "Rua", "Carrera", "Paseo", "Strada", "Plaza", "Estadio", "Stade", "Teatro", "Palacio"];

/// Several ways at once.
const MANY_WAYS: &[&str] = &["streets", "avenues", "roads", "drives", "lanes", "boulevards", "highways"];

/// What somebody's house or firm is.
const HOUSES: &[&str] = &[
    "Automotive",
    "Bakery",
    "Bar",
    "Barbecue",
    "Books",
    "Bookstore",
    "Café",
    "Cafe",
    "Creations",
    "Deli",
    "Diner",
    "Farm",
    "Farms",
    "Furniture",
    "Garage",
    "Grill",
    "Grille",
    "Grocery",
    "Hardware",
    "Inn",
    "Jewelers",
    "Kitchen",
    "Market",
    "Nursery",
    "Pharmacy",
    "Place",
    "Pizza",
    "Pizzeria",
    "Pub",
    "Restaurant",
    "Salon",
    "Seafood",
    "Shop",
    "Steakhouse",
    "Store",
    "Supermarket",
    "Tavern",
    "Welding",
];

/// What part of a town is meant, before its name.
const QUARTERS: &[&str] = &["Downtown", "Uptown", "Midtown", "Inner-city", "Suburban", "Greater", "N.E.", "N.W.", "S.E.", "S.W."];

/// Whom a town has.
const FORCES: &[&str] = &["Policeman", "Policemen", "Firefighter", "Firefighters", "Firemen", "Police"];

/// What is called after whoever found it.
const FOUND: &[&str] =
    &["Law", "Syndrome", "Disease", "Anomaly", "Palsy", "Comet", "syndrome", "disease", "anomaly", "palsy", "lymphoma", "sarcoma"];

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    // The words of grounds that are told in one place are so all through.
    let mut told = WordSet::default();
    for name in names.iter_mut() {
        if is_way(sight, name) || is_found(sight, name) || is_built(sight, name) {
            name.tokens.end = name.tokens.start;
        } else if let Some(end) = house(sight, name) {
            *name = Tagged { tokens: name.tokens.start..end, kind: Kind::Organization };
        } else if let Some(tokens) = town_inside(sight, name) {
            *name = Tagged { tokens, kind: Kind::Place };
        } else if matches!(name.kind, Kind::Person | Kind::Place) && is_ground(sight, name) {
            told.insert(hash(sight.page.slice(name.tokens.clone())));
        }
    }
    let mut free = 0;
    names.retain(|name| {
        let kept = !name.tokens.is_empty() && name.tokens.start >= free;
        free = free.max(name.tokens.end);
        kept
    });
    if !told.is_empty() {
        let same = |n: &&mut Tagged| n.kind == Kind::Person && told.contains(&hash(sight.page.slice(n.tokens.clone())));
        names.iter_mut().filter(same).for_each(|name| name.kind = Kind::Place);
    }
    super::amid::settle(sight, names);
}

/// The town in `Downtown Rio Lindo`, `Rio Lindo Policemen`, held for somebody.
fn town_inside(sight: &Sight<'_, '_>, name: &Tagged) -> Option<Range<usize>> {
    let (first, end) = (name.tokens.start, name.tokens.end);
    let somebody = name.kind == Kind::Person && name.tokens.len() > 1;
    match somebody {
        true if QUARTERS.contains(&sight.text(first)) => Some(first + 1..end),
        true if FORCES.contains(&sight.text(end - 1)) => Some(first..end - 1),
        _ => None,
    }
}

/// `the town of Rio Lindo`, `Rio Lindo, a village near Oslo`, `Rio Lindo is an island`: and nobody who speaks or has a title.
fn is_ground(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, end) = (name.tokens.start, name.tokens.end);
    let shown = |bits: u16| name.tokens.clone().any(|i| sight.tokens[i].shown & bits != 0);
    let before = |n: usize| first.checked_sub(n).map_or("", |i| sight.text(i));
    let town_of = before(1) == "of" && GROUNDS.contains(&before(2));
    // `the city of Halden`, of which `said Halden Mayor Ana Ito` says nothing.
    if town_of && matches!(before(3), "the" | "The") && !shown(Shown::TITLED | Shown::AGED | Shown::SURNAMED) {
        return true;
    }
    if shown(Shown::TITLED | Shown::AGED | Shown::SPEAKING) {
        return false;
    }
    if town_of {
        return true;
    }
    // `Rio Lindo, capital of the province`
    if sight.text(end) == "," && sight.text(end + 1) == "capital" && matches!(sight.text(end + 2), "of" | "city") {
        return true;
    }
    let article = |i: usize| matches!(sight.text(i), "a" | "an" | "the");
    let is = matches!(sight.text(end), "is" | "was") && article(end + 1);
    if !(is || sight.text(end) == "," && article(end + 1)) {
        return false;
    }
    // Behind the article and some words that tell of it; where it lies comes next.
    let small = |i: &usize| sight.page.tokens.get(*i).is_some_and(|t| matches!(t.shape, Shape::Lower | Shape::Number));
    let noun = (end + 2..end + 5).take_while(small).find(|i| GROUNDS.contains(&sight.text(*i)));
    let lies = |i: usize| {
        matches!(
            sight.text(i),
            "in" | "near" | "on" | "north" | "south" | "east" | "west" | "about" | "outside" | "where" | "that" | "with" | "." | ","
        )
    };
    noun.is_some_and(|noun| lies(noun + 1))
}

/// `Otto du Varr Drive`, `Varr Ulitsa`, `Rue Varr`, `Varr and Herman streets`
fn is_way(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, end) = (name.tokens.start, name.tokens.end);
    if name.kind == Kind::Person {
        // `Thomas Lane` is somebody, `the 200 block of Thomas Lane` nobody.
        let before = first.checked_sub(1).map_or("", |i| sight.text(i));
        let along =
            matches!(before, "of" | "on" | "along" | "off" | "near") || first > 0 && sight.page.tokens[first - 1].shape == Shape::Number;
        let own = sight.traits(first).is_given() && !along || sight.traits(end - 1).any(Traits::FAMILY);
        let led = LED_WAYS.contains(&sight.text(first));
        // `Varr Street Practice`, cut behind its first word.
        let headless = WAYS.contains(&sight.text(first)) && first > 0 && sight.is_capital(first - 1);
        if name.tokens.len() > 1 && (led || headless || WAYS.contains(&sight.text(end - 1)) && !own) {
            return true;
        }
        // What goes on with small words to the way.
        let small = |i: usize| matches!(sight.text(i), "du" | "de" | "des" | "der" | "van" | "von" | "la" | "del");
        if small(end) {
            let rest = (end..end + 5).take_while(|i| small(*i) || sight.is_capital(*i)).find(|i| WAYS.contains(&sight.text(*i)));
            return rest.is_some();
        }
    }
    // `19 Varr's Drive`
    let numbered = first > 0 && sight.page.tokens[first - 1].shape == Shape::Number;
    if numbered && matches!(sight.text(end), "'s" | "’s") && WAYS.contains(&sight.text(end + 1)) {
        return true;
    }
    name.tokens.len() < 4 && is_of_ways(sight.page, &name.tokens)
}

/// `Varr and Herman streets`: one of a list that ends in its ways; the last of it stands behind `and`.
pub fn is_of_ways(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let text = |i: usize| if i < page.tokens.len() { page.text(i) } else { "" };
    let end = tokens.end;
    if !matches!(text(end), "and" | ",") && !MANY_WAYS.contains(&text(end)) {
        return false;
    }
    let capital = |i: usize| page.is_capital(i);
    let listed = |i: &usize| capital(*i) || matches!(text(*i), "and" | ",");
    let last = (end..end + 8).find(|i| !listed(i)).unwrap_or(end);
    let joined = (tokens.start.saturating_sub(1)..last).any(|i| text(i) == "and");
    joined && MANY_WAYS.contains(&text(last)) && capital(last - 1)
}

/// Whether a word says what somebody's house or firm is: `Steakhouse`.
pub fn is_house(word: &str) -> bool {
    HOUSES.contains(&word)
}

/// `the Al Alam palace`, `Bir Tolvar prison`: of two words or more that no list has for anybody's.
fn is_built(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let built = matches!(
        sight.text(name.tokens.end),
        "palace" | "prison" | "stadium" | "mosque" | "temple" | "monastery" | "airport" | "dam" | "reservoir" | "refinery" | "mine"
    );
    built
        && name.kind == Kind::Person
        && name.tokens.len() > 1
        && !name.tokens.clone().any(|i| {
            let t = sight.traits(i);
            t.is_given() && !t.any(Traits::WEAK_GIVEN) && sight.text(i) != "Al"
                || t.any(Traits::FAMILY)
                || sight.tokens[i].shown & (Shown::TITLED | Shown::AGED) != 0
        })
}

/// Where `Varr's Steakhouse`, `Varr's Nursery and Crafts` ends.
fn house(sight: &Sight<'_, '_>, name: &Tagged) -> Option<usize> {
    let end = name.tokens.end;
    let lone = name.tokens.len() == 1 && name.kind != Kind::Place && matches!(sight.text(end), "'s" | "’s");
    if !lone || sight.tokens[name.tokens.start].headline {
        return None;
    }
    let capitals = (end + 1..end + 4).take_while(|i| sight.is_capital(*i)).count();
    let last = end + capitals;
    if capitals == 0 || !(end + 1..=last).any(|i| is_house(sight.text(i))) {
        return None;
    }
    let more = sight.text(last + 1) == "and" && sight.page.tokens.get(last + 2).is_some_and(|t| t.shape == Shape::Capital);
    let closes = more && is_house(sight.text(last)) && !sight.is_capital(last + 3) && sight.text(last + 2).ends_with('s');
    Some(if closes { last + 3 } else { last + 1 })
}

/// `Varr's Law`, `Varr's syndrome`: nobody of the article and no body.
fn is_found(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let end = name.tokens.end;
    name.tokens.len() == 1
        && name.kind != Kind::Place
        && matches!(sight.text(end), "'s" | "’s")
        && FOUND.contains(&sight.text(end + 1))
        && !sight.is_capital(end + 2)
        && sight.tokens[name.tokens.start].shown & (Shown::TITLED | Shown::SPEAKING | Shown::AGED) == 0
}

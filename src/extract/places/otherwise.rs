//! What is called like a place and is none for what stands right beside it: a month (`March 2`), a time of day (`9 p.m. Pacific`), a book
//! (`Romans 15:13`), a way (`Orange and White streets`), a house (`Norman's Bakery`), a street of theatres.

use super::evidence::Beside;
use super::gazetteer::{DEMONYM, Gazetteer, Kind, NONE, Posting};
use super::key::are_initials;
use super::scan::Found;
use crate::extract::names::{is_house, is_of_ways, is_paid};
use crate::extract::page::{Page, Shape};

const MONTHS: &[&str] = &["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"];

/// Whether it is none. `somebody`: the words are held for a person's name.
pub fn is_none(beside: &Beside<'_>, gazetteer: &Gazetteer, somebody: bool) -> bool {
    let (page, found) = (beside.page, beside.found);
    let word = page.body.get(found.bytes.clone()).unwrap_or("");
    let number = |i: usize| page.tokens.get(i).is_some_and(|t| t.shape == Shape::Number);
    let folk = found.senses.iter().all(|s| s.flags & DEMONYM != 0);
    let next = beside.after(0);
    let people = || found.senses.iter().any(|s| s.flags & DEMONYM != 0);
    let letter = || next.contains(':') && people();
    if number(found.tokens.end) && (MONTHS.contains(&word) || letter()) {
        return true;
    }
    let ocean = || found.senses.iter().any(|s| s.place != NONE && gazetteer.name(s.place).ends_with(" Ocean"));
    if (matches!(beside.before(1), "p.m." | "a.m." | "p.m" | "a.m" | "pm" | "am" | "PM" | "AM") || matches!(next, "time" | "Time"))
        && ocean()
    {
        return true;
    }
    let told = next == "," && beside.after(1).starts_with(char::is_uppercase);
    // `North West England` is no province of South Africa.
    let quarter =
        word == "North West" && matches!(next, "England" | "London" | "Wales" | "Scotland" | "Highlands" | "Africa" | "Syria" | "Frontier");
    if word == "Broadway" && !told || folk && somebody || quarter || people() && is_spoken(beside) {
        return true;
    }
    if is_behind_particle(beside, gazetteer) {
        return true;
    }
    // No word for a land or city that everybody knows.
    let known = |s: &Posting| s.place != NONE && gazetteer.kind(s.place) < Kind::Region && s.flags & DEMONYM == 0 || is_large(gazetteer, s);
    if found.senses.iter().any(known) {
        return false;
    }
    if is_house_of_money(beside) || is_other_region(beside, gazetteer) || is_behind_initials(beside.before(1)) {
        return true;
    }
    // `Norman's Bakery`, `wrote in Harper's that`: of somebody, with nothing behind it that a town has.
    let nothing = || matches!(beside.after(1), "that" | "," | "." | "and" | "at" | "in" | "on" | "for" | "has" | "is" | "was");
    let owns = matches!(next, "'s" | "’s") && (is_house(beside.after(1)) || nothing());
    owns || is_of_ways(page, &found.tokens) || is_other_half(beside, gazetteer)
}

/// `called so in English`, `speaks French`: a language, and no word for a land.
fn is_spoken(beside: &Beside<'_>) -> bool {
    let closes = matches!(
        beside.after(0),
        "." | "," | ";" | ":" | ")" | "”" | "\"" | "and" | "or" | "as" | "with" | "on" | "by" | "for" | "to" | "that"
    );
    match beside.before(1) {
        "speak" | "speaks" | "speaking" | "spoke" | "spoken" | "learn" | "learned" | "learning" | "teach" | "teaches" | "taught"
        | "fluent" => closes,
        "in" | "into" => closes,
        _ => false,
    }
}

/// `an analyst at Jefferies`: the house that pays for the opinion.
fn is_house_of_money(beside: &Beside<'_>) -> bool {
    beside.before(1) == "at" && is_paid(beside.before(2))
}

/// `the River Moy`, which is no town, and `Diario de Cuba`.
fn is_behind_particle(beside: &Beside<'_>, gazetteer: &Gazetteer) -> bool {
    let region = |s: &Posting| s.place != NONE && gazetteer.kind(s.place) <= Kind::Region;
    match beside.before(1) {
        "River" => !beside.found.senses.iter().any(region),
        // `the district of La Florida`: what were a place with the article would have been found with it.
        "La" | "Las" | "El" | "Los" => true,
        "de" | "del" | "du" => beside.before(2).starts_with(char::is_uppercase) && beside.before(2).ends_with(char::is_lowercase),
        _ => false,
    }
}

/// `L.F. Rothschild`, `E. Halden`: somebody's name, or a firm's.
fn is_behind_initials(before: &str) -> bool {
    before.ends_with('.')
        && (2..=6).contains(&before.len())
        && are_initials(before)
        && !matches!(before, "U.S." | "U.K." | "U.N." | "E.U." | "D.C." | "N." | "S." | "E." | "W.")
}

/// `the Savannah Region of Ghana`: a region that the gazetteer does not know is not the town of its name, unless the land behind `of` holds that.
fn is_other_region(beside: &Beside<'_>, gazetteer: &Gazetteer) -> bool {
    if !matches!(beside.after(0), "Region" | "Governorate") {
        return false;
    }
    let wide = |s: &Posting| s.place != NONE && matches!(gazetteer.kind(s.place), Kind::State | Kind::Region | Kind::County);
    !beside.found.senses.iter().any(wide)
}

fn is_large(gazetteer: &Gazetteer, s: &Posting) -> bool {
    s.flags & DEMONYM == 0 && s.place != NONE && gazetteer.population(s.place) >= 400_000.0
}

/// `Miami-Dade`: behind a hyphen and a place, and of another country than that.
fn is_other_half(beside: &Beside<'_>, gazetteer: &Gazetteer) -> bool {
    let first = beside.page.tokens[beside.found.tokens.start].start as usize;
    let before = beside.page.body.get(first..beside.found.bytes.start).and_then(|head| head.strip_suffix('-'));
    let Some(before) = before else { return false };
    let countries = |s: &Posting| if s.flags & DEMONYM == 0 && s.place != NONE { gazetteer.country(s.place) } else { None };
    let other: Vec<_> = gazetteer.lookup(before).iter().filter_map(countries).collect();
    let towns = beside.found.senses.iter().all(|s| s.place != NONE && gazetteer.kind(s.place) > Kind::Region);
    towns && !other.is_empty() && !beside.found.senses.iter().filter_map(countries).any(|c| other.contains(&c))
}

/// Whether a name in capital letters only can be trusted to be a place: `IRAN` can, `ACT` cannot.
pub fn shouted_acronym(page: &Page<'_>, gazetteer: &Gazetteer, found: &Found) -> bool {
    let text = page.text(found.tokens.start);
    let short = found.tokens.len() == 1 && text.len() <= 4 && page.tokens[found.tokens.start].shape == Shape::Upper;
    if !short || found.senses.iter().any(|s| gazetteer.kind(s.place) == Kind::Country) {
        return false;
    }
    // As an abbreviation, or as the letters of a state behind a comma.
    ![format!("={text}"), format!("=,{text}")].iter().any(|key| gazetteer.offset_of(key.as_bytes()) == Some(found.offset))
}

#[cfg(test)]
mod tests {
    use crate::extract::places::tests::places;

    #[test]
    fn what_stands_beside_tells_that_no_place_is_meant() {
        let check = |body: &str, expected: &[&str]| {
            let found = places(body);
            let paths: Vec<&str> = found.iter().map(|p| p.split(": ").next().unwrap_or("")).collect();
            assert_eq!(paths, expected, "{body}");
        };
        check("LONDON, March 2 - Prices fell.", &["Europe/United Kingdom/England/London"]);
        check("The firm is in Oslo since March 2 for good.", &["Europe/Norway/Oslo"]);
        check("He was born in March, England.", &["Europe/United Kingdom/England/March", "Europe/United Kingdom/England"]);
        check("The talk begins at 9:00 p.m. Pacific on Monday, which is noon Pacific time for some.", &[]);
        check("Ships crossed the Pacific.", &["Pacific Ocean"]);
        check("The palm is called so in English. He speaks French and writes in German, too.", &[]);
        check("They ate at Porkers restaurant and crowned Miss Butler County there.", &[]);
        check("The club Etoile du Sahel lies third.", &[]);
        check("They met in English towns.", &["Europe/United Kingdom/England"]);
        check("It lies in North West England.", &["Europe/United Kingdom/England"]);
        check("The district of La Florida lies in Santiago.", &["South America/Chile/Santiago Metropolitan Region/Santiago"]);
        check("The preacher read Romans 15:13 to them.", &[]);
        check("The Romans left.", &["Europe/Italy/Lazio/Rome"]);
        check("The play is on Broadway since May.", &[]);
        check("A man was shot near Orange and Herman streets.", &[]);
        check("They ate at Norman's Bakery in Oslo.", &["Europe/Norway/Oslo"]);
        check("She wrote in Harper's that it was late. They stayed at Harrah's on Monday.", &[]);
        check(
            "The plane landed in Andrews, Maryland, on Monday.",
            &["North America/United States/Maryland/Andrews", "North America/United States/Maryland"],
        );
        check("An analyst at Montgomery said so. The Savannah Region of Ghana is dry.", &["Africa/Ghana"]);
        check(
            "L.F. Rothschild analysts met. They went to Rothschild, Wisconsin.",
            &["North America/United States/Wisconsin/Rothschild", "North America/United States/Wisconsin"],
        );
        check("Trout swim in the River Moy. Diario de Cuba wrote of it.", &[]);
        check("Miami-Dade schools closed.", &["North America/United States/Florida/Miami"]);
        check("Talks between Paris-Madrid planners went on.", &["Europe/France/Île-de-France/Paris", "Europe/Spain/Madrid/Madrid"]);
    }
}

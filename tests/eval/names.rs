//! When two names mean the same: middle names, titles, accents and suffixes aside.

use unicode_normalization::UnicodeNormalization;

/// Words before or after a name that are not part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "lord",
    "lady",
    "dame",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "president",
    "gen",
    "general",
    "lt",
    "col",
    "sgt",
    "capt",
    "rev",
    "judge",
    "justice",
    "secretary",
    "mayor",
    "prof",
    "professor",
    "pope",
    "king",
    "queen",
    "prince",
    "princess",
    "jr",
    "sr",
    "ii",
    "iii",
    "iv",
    "the",
    "of",
];

/// The words of a name, without accents, capitals, nicknames in brackets or quotes, and titles.
fn words(name: &str) -> Vec<String> {
    let mut flat = String::new();
    let mut aside = false;
    for c in name.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase) {
        match c {
            '(' | '“' => aside = true,
            ')' | '”' => aside = false,
            '"' => aside = !aside,
            _ if aside => {}
            '’' => flat.push('\''),
            c if c.is_alphanumeric() || "'-".contains(c) => flat.push(c),
            _ => flat.push(' '),
        }
    }
    flat.split(' ').filter(|word| !word.is_empty() && !TITLES.contains(word)).map(str::to_owned).collect()
}

/// Whether `found` is the person `wanted`: last name and first name (or the beginning of it); the one word of a one-word name anywhere.
pub fn same_person(wanted: &str, found: &str) -> bool {
    let (want, have) = (words(wanted), words(found));
    let (Some((first, last)), Some((other, end))) = (want.first().zip(want.last()), have.first().zip(have.last())) else { return false };
    if want.len() == 1 {
        return have.contains(first);
    }
    let short = first.len().min(other.len()) >= 3 && (first.starts_with(other.as_str()) || other.starts_with(first.as_str()));
    have.len() > 1 && last == end && (first == other || short)
}

/// Whether one name has all the words of the other.
pub fn same_organization(wanted: &str, found: &str) -> bool {
    let (want, have) = (words(wanted), words(found));
    !want.is_empty() && !have.is_empty() && (want.iter().all(|w| have.contains(w)) || have.iter().all(|w| want.contains(w)))
}

/// Whether the two names have a word in common.
pub fn shares_a_word(wanted: &str, found: &str) -> bool {
    let have = words(found);
    words(wanted).iter().any(|w| have.contains(w))
}

#[test]
fn names_are_the_same_when_people_would_say_so() {
    let same = |a, b| assert!(same_person(a, b), "{a} is {b}");
    let other = |a, b| assert!(!same_person(a, b), "{a} is not {b}");
    same("Volodymyr Hrynchenko", "Mr. Volodymyr I. Hrynchenko");
    same("Žofie Malíková", "Zofie Malikova");
    same("Ben Lutz", "Benjamin \"Bo\" Lutz Jr.");
    same("Okafor", "Adaeze Okafor");
    same("Una O’Hara", "Una O'Hara");
    other("Adaeze Okafor", "Okafor");
    other("Adaeze Okafor", "Adaeze Okafour");
    other("Gareth Sugden", "Margaret Sugden");
    assert!(
        same_organization("Grimsby Inshore Fishermen's Guild", "Inshore Fishermen's Guild")
            && !same_organization("Delta Noord", "Delta Air")
    );
}

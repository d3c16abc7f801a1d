//! Persons and organizations: finding their names, and telling who is who within one article.

mod agreement;
mod amid;
mod bearers;
mod bodies;
mod by_word;
mod called;
mod edges;
mod extent;
mod features;
mod firms;
mod foreign;
mod gender;
mod glued;
mod ground;
mod groups;
mod human;
mod kin;
mod lands;
mod lexicon;
mod lone;
mod looks;
mod misread;
mod model;
mod nobody;
mod ordinary;
mod people;
mod politics;
mod posing;
mod roles;
mod served;
mod shared;
mod shed;
mod sight;
mod tagging;
mod terrain;
#[cfg(test)]
mod tests;
mod things;
mod told;
mod traded;
#[cfg(feature = "train")]
pub mod training;
mod wholes;

use super::page::{Page, Shape, WordSet};
use crate::article::{Article, Organization, Person};
pub(super) use edges::is_furniture;
pub(super) use foreign::is_office as is_foreign_office;
use lexicon::Traits;
pub(super) use lexicon::{WordMap, hash};
pub(super) use looks::is_press;
use people::Named;
pub use people::alike;
pub(super) use posing::{is_forum_name, is_paid};
use sight::Sight;
use std::ops::Range;
use tagging::{Kind, Tagged};
pub(super) use terrain::{is_house, is_of_ways};

/// Everyone and every organization named in an article, and what else looked like a name.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Each person or organization once.
    pub entities: Vec<Entity>,
    /// Stretches (bytes) the tagger holds for places: a hint for `places`, not a finding.
    pub place_like: Vec<Range<usize>>,
}

/// A person or an organization, with every mention of it.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Which of the two.
    pub kind: EntityKind,
    /// The fullest name the article gives.
    pub name: String,
    /// Title or function as the article words it.
    pub role: Option<String>,
    /// Which pronoun stands for it, as far as the article or the given name tells.
    pub gender: Gender,
    /// Every mention, in order.
    pub mentions: Vec<Mention>,
}

/// One mention of an entity.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The name's bytes in the body, without titles and possessive.
    pub bytes: Range<usize>,
    /// Title or function right at this mention: `Russia's envoy to international organizations in Vienna`.
    pub role: Option<String>,
}

/// Person or organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organization.
    Organization,
}

/// Which pronoun stands for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
    /// Not known.
    #[default]
    Unknown,
}

/// Whether one of two given names is a short form of the other: `Bob` and `Robert`, in any case.
///
/// # Example
///
/// ```
/// use morgue::extract::names::is_nickname;
/// assert!(is_nickname("Bob", "robert"));
/// assert!(!is_nickname("Bob", "William"));
/// ```
pub fn is_nickname(a: &str, b: &str) -> bool {
    let (a, b) = (capitalised(a), capitalised(b));
    let short = |short: &str, full: &str| lexicon::Lexicon::get().full_names(short).contains(&full);
    short(&a, &b) || short(&b, &a)
}

/// How many words of a name given in any case are titles and offices before it, under which nobody is filed. None when they are
/// all of it or begin the name of a body.
///
/// # Example
///
/// ```
/// use morgue::extract::names::n_titles;
/// assert_eq!(n_titles(&["prime", "minister", "orban"]), 2);
/// assert_eq!(n_titles(&["Sen.", "Warren"]), 1);
/// assert_eq!(n_titles(&["foreign", "minister"]), 0);
/// assert_eq!(n_titles(&["general", "motors"]), 0);
/// ```
pub fn n_titles(words: &[&str]) -> usize {
    let of = |word: &str| lexicon::Lexicon::get().traits(&capitalised(word.trim_end_matches('.')));
    // Sen is somebody's name, `Sen.` is none.
    let is_title = |word: &&str| of(word).is_title() && (!of(word).is_given() || word.len() > 2 && word.ends_with('.'));
    let Some((last, before)) = words.split_last() else { return 0 };
    let body = Traits::ORG_HEAD | Traits::ORG_FORM | Traits::HEAD | Traits::ALONE | Traits::THING | Traits::OFFICE;
    if of(last).any(body) || is_title(last) || words.contains(&"of") {
        return 0;
    }
    before.iter().rposition(is_title).map_or(0, |at| at + 1)
}

/// A word with a capital at its head alone.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()).unwrap_or_default()
}

/// Finds all persons and organizations of an article.
pub fn find(page: &Page<'_>, article: &Article) -> Names {
    let sight = Sight::of(page);
    let mut names = if article.is_english() {
        let mut names = edges::mend(&sight, bodies::add(&sight, extent::adjust(&sight, tagging::tag(&sight))));
        lands::settle(&sight, &mut names);
        agreement::settle(&sight, told::add(&sight, served::add(&sight, names)), article)
    } else {
        foreign::tag(&sight, article.language.as_deref().unwrap_or(""))
    };
    if article.is_english() {
        politics::settle(&sight, &mut names);
        firms::settle(&sight, &mut names);
        misread::settle(&sight, &mut names);
        human::settle(&sight, &mut names);
        ordinary::settle(&sight, &mut names);
        // Once more, for who is held for somebody only now: `Walt Disney` beside `Walt Disney Co`.
        firms::first_words(&sight, &mut names);
        wholes::settle(&sight, &mut names);
        things::settle(&sight, &mut names);
        posing::settle(&sight, &mut names);
        terrain::settle(&sight, &mut names);
        glued::settle(&sight, &mut names);
        nobody::drop(&sight, &mut names);
        shed::first_words(&sight, &mut names);
        shed::last_words(&sight, &mut names);
        edges::take_in_letters(&sight, &mut names);
        told::letters(&sight, &mut names);
    }
    let bytes = |name: &Tagged| page.tokens[name.tokens.start].start as usize..page.tokens[name.tokens.end - 1].end as usize;
    let of = |kind: Kind| names.iter().filter(move |n| n.kind == kind);
    let persons: Vec<&Tagged> = of(Kind::Person).collect();
    let families = tagging::families(page, &names);
    let one = |(n, (name, title)): (usize, (&&Tagged, Option<String>))| {
        let one = named(&sight, name, persons.get(n + 1).copied(), &families);
        Named { role: title.or(one.role), ..one }
    };
    let mut named: Vec<Named> = Vec::with_capacity(persons.len());
    let titles = shared::titles(&sight, &persons);
    named.extend(persons.iter().zip(titles).enumerate().map(one).filter(|n| !n.words.is_empty()));
    // `al Qaeda` is filed as `Al Qaeda`.
    let filed = |text: String| if text.starts_with("al ") { format!("A{}", &text[1..]) } else { text };
    let organizations = of(Kind::Organization).map(|name| (bytes(name), filed(plain(page.slice(name.tokens.clone()))))).collect();
    if article.is_english() {
        kin::complete(page, &mut named);
    }
    bearers::by_office(article, &mut named);
    let mut entities = people::group(named);
    gender::settle(page, &mut entities);
    bearers::complete(article, &mut entities);
    entities.extend(groups::group(organizations));
    Names { entities, place_like: of(Kind::Place).map(bytes).collect() }
}

/// A person's mention, taken apart; `next` is the mention behind it, `families` holds the last words of names of several words.
fn named(sight: &Sight<'_, '_>, name: &Tagged, next: Option<&Tagged>, families: &WordSet) -> Named {
    let page = sight.page;
    let bytes = page.tokens[name.tokens.start].start as usize..page.tokens[name.tokens.end - 1].end as usize;
    let mut words = words_of(sight, name);
    // `Ana Ito KC` goes by her name.
    let letters = name.tokens.clone().rev().take_while(|i| edges::is_letters(sight.text(*i))).count();
    let letters = if letters + 1 < name.tokens.len() { letters } else { 0 };
    words.truncate(words.len().saturating_sub(letters).max(1));
    let mut text = ordinary_capitals(plain(page.slice(name.tokens.start..name.tokens.end - letters)));
    let titled = (0..name.tokens.start).rev().take_while(|i| sight.traits(*i).is_title()).count();
    let office = name.tokens.start.checked_sub(1).is_some_and(|i| sight.is_capital(i) && sight.traits(i).any(Traits::OFFICE));
    // `Sarah and Timothy Rogers`; not `Clinton and Ana Ito`
    if let Some(next) = next
        && titled == 0
        && !office
        && !families.contains(&page.hash(name.tokens.start))
        && (words.len() == 1 || words.len() == 2 && words[1].chars().count() == 1)
        && next.tokens.start == name.tokens.end + 1
        && sight.text(name.tokens.end) == "and"
        && sight.traits(name.tokens.start).is_given()
        && next.tokens.len() > 1
        && let Some(family) = words_of(sight, next).pop()
    {
        text = format!("{text} {family}");
        words.push(family);
    }
    let before = name.tokens.start.checked_sub(1).map_or(Traits::default(), |i| sight.traits(i));
    let kin = roles::kin(sight, name.tokens.start);
    let gender = match (before.any(Traits::MISTER), before.any(Traits::MISSUS)) {
        (true, false) => Gender::Male,
        (false, true) => Gender::Female,
        _ => kin.unwrap_or_default(),
    };
    let role = roles::before(sight, name.tokens.start).or_else(|| roles::behind(sight, name.tokens.end));
    let role = role.or_else(|| roles::ahead(sight, name.tokens.start, name.tokens.end));
    let hint = gender::hint(page, name.tokens.end, next.map(|n| n.tokens.start));
    let subject = !sight.tokens[name.tokens.start].headline && sight.tokens[name.tokens.start - titled].initial
        || sight.traits(name.tokens.end).any(Traits::SPEECH);
    Named { bytes, words, gender, role: role.map(|r| plain(page.slice(r))), text, hint, kin: kin.is_some(), subject }
}

/// The words of a name without nicknames in quotation marks and without a generation.
fn words_of(sight: &Sight<'_, '_>, name: &Tagged) -> Vec<String> {
    let mut words = Vec::new();
    let mut quoted = false;
    for i in name.tokens.clone() {
        let word = sight.text(i);
        match sight.page.tokens[i].shape {
            Shape::Mark => quoted = matches!(word, "“" | "\"" | "(" | "‘") && !quoted,
            _ if quoted || matches!(word, "Jr." | "Sr." | "Jr" | "Sr" | "II" | "III" | "IV") => {}
            // `Kim Jong-un` is `Kim Jong Un`.
            _ => {
                let bare = sight::bare_word(sight, i);
                match bare.split_once('-') {
                    Some((first, second)) if words.len() < 2 && second.starts_with(char::is_lowercase) && second.len() < 6 => {
                        words.extend([first.to_owned(), capitalised(second)]);
                    }
                    _ => words.push(bare),
                }
            }
        }
    }
    words
}

/// `ANA ITO` as `Ana Ito` where the first word is known as a given name, `ITO` as `Ito` where a list has it as a family name: only then it is a
/// name, and no `POLICE OFFICER`.
pub(super) fn as_signed(label: &str) -> String {
    let given = |(first, _): (&str, &str)| lexicon::Lexicon::get().traits(&capitalised(first)).is_given();
    let family = !label.contains(' ') && is_family_name(&capitalised(label));
    if family || label.split_once(' ').is_some_and(given) { ordinary_capitals(label.to_owned()) } else { label.to_owned() }
}

/// `MARTA DIAZ` as `Marta Diaz`, `MCDONALD` as `McDonald`; names with a small letter, and short ones, stay as they are.
fn ordinary_capitals(name: String) -> String {
    if name.chars().any(char::is_lowercase) || name.chars().filter(|c| c.is_alphabetic()).count() < 4 {
        return name;
    }
    let mut usual = String::with_capacity(name.len());
    let mut word = String::new();
    for c in name.chars() {
        let scots = word == "Mc" && c.is_alphabetic();
        if word.is_empty() || scots {
            usual.push(c);
        } else {
            usual.extend(c.to_lowercase());
        }
        if !c.is_alphabetic() {
            word.clear();
        } else if word.len() < 3 {
            word.extend(usual.chars().next_back());
        }
    }
    usual
}

/// Whether a capital is all that makes a word look like a name: `Monday`, `However`, `President`, `Ukrainian`.
pub(super) fn is_ordinary(word: &str) -> bool {
    let ordinary = Traits::COMMON | Traits::CALENDAR | Traits::OFFICE | Traits::DEMONYM | Traits::MISTER | Traits::MISSUS | Traits::TITLE;
    lexicon::Lexicon::get().traits(word).any(ordinary)
}

/// Whether a word says of a name that it is a firm's: `Inc`, `GmbH`.
pub(super) fn is_legal_form(word: &str) -> bool {
    lexicon::Lexicon::get().traits(word).any(Traits::ORG_FORM)
}

/// Whether a word names a body or what bodies have: `Department`, `Guard`.
pub(super) fn is_of_body(word: &str) -> bool {
    let body = Traits::HEAD | Traits::ORG_HEAD | Traits::OPENER | Traits::ALONE | Traits::ORG_HINT | Traits::PLACE_TAIL | Traits::OFFICE;
    lexicon::Lexicon::get().traits(word).any(body)
}

/// Whether a word ends the names of things: `Night`, `Award`.
pub(super) fn is_thing(word: &str) -> bool {
    lexicon::Lexicon::get().traits(word).any(Traits::THING)
}

/// Whether a word tells of a people, party or faith: `Israeli`.
pub(super) fn is_for_people(word: &str) -> bool {
    lexicon::Lexicon::get().traits(word).any(Traits::DEMONYM)
}

/// Whether a word is a given name and nothing else that is known.
pub(super) fn is_given_name(word: &str) -> bool {
    let t = lexicon::Lexicon::get().traits(word);
    t.is_given() && !t.any(Traits::WEAK_GIVEN | Traits::PLACE)
}

/// Whether a word says what somebody is or does: `president`, `pollster`.
pub(super) fn is_role(word: &str) -> bool {
    lexicon::Lexicon::get().traits(word).any(Traits::ROLE)
}

/// Whether a word is a family name, and no place that many know.
pub(super) fn is_family_name(word: &str) -> bool {
    is_family(hash(word))
}

/// The same for the word with this [`hash`].
pub(super) fn is_family(word: u64) -> bool {
    let t = lexicon::Lexicon::get().traits_of(word);
    t.any(Traits::FAMILY) && !t.any(Traits::PLACE)
}

/// Whether a word is the name of a land or body that many know: who says something by that name alone is no person.
pub(super) fn is_known_body(word: &str) -> bool {
    let t = lexicon::Lexicon::get().traits(word);
    let place = t.any(Traits::PLACE) && (!t.is_given() || t.any(Traits::WEAK_GIVEN));
    (place || t.any(Traits::ORG | Traits::ACRONYM)) && !t.any(Traits::FAMILY | Traits::WEAK_FAMILY)
}

/// One space for each run of white space.
fn plain(text: &str) -> String {
    let bytes = text.as_bytes();
    let single = |pair: &[u8]| pair[0] > b' ' || pair[0] == b' ' && pair[1] > b' ';
    // Most names.
    if text.is_ascii() && text.trim_ascii().len() == text.len() && bytes.windows(2).all(single) {
        return text.to_owned();
    }
    crate::words::one_line(text)
}

impl Names {
    /// The findings as they stand in a record.
    pub fn into_annotations(self, page: &Page<'_>) -> (Vec<Person>, Vec<Organization>) {
        let mut persons = Vec::new();
        let mut organizations = Vec::new();
        for entity in self.entities {
            let mentions: Vec<_> = entity.mentions.into_iter().map(|m| page.span(m.bytes)).collect();
            debug_assert!(mentions.is_sorted(), "{} is told out of the order of the body", entity.name);
            match entity.kind {
                EntityKind::Person => persons.push(Person { name: entity.name, role: entity.role, mentions }),
                EntityKind::Organization => organizations.push(Organization { name: entity.name, mentions }),
            }
        }
        (persons, organizations)
    }
}

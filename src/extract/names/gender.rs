//! Which pronoun stands for somebody? After forms of address and given names: what the roles and the pronouns near the
//! mentions say.

use super::lexicon::{Lexicon, Traits};
use super::{Entity, EntityKind, Gender};
use crate::extract::page::Page;

const FEMALE_ROLES: &[&str] = &[
    "woman",
    "wife",
    "widow",
    "mother",
    "daughter",
    "sister",
    "actress",
    "queen",
    "princess",
    "girlfriend",
    "niece",
    "aunt",
    "grandmother",
    "granddaughter",
    "lady",
    "businesswoman",
    "fiancee",
    "heiress",
    "waitress",
];
const MALE_ROLES: &[&str] = &[
    "man",
    "husband",
    "widower",
    "father",
    "son",
    "brother",
    "king",
    "prince",
    "boyfriend",
    "nephew",
    "uncle",
    "grandfather",
    "grandson",
    "priest",
];

/// Fills in the gender of persons where something tells it.
pub fn settle(page: &Page<'_>, entities: &mut [Entity]) {
    let mut taken: Vec<usize> =
        entities.iter().filter(|e| e.kind == EntityKind::Person).flat_map(|e| e.mentions.iter().map(|m| m.bytes.start)).collect();
    taken.sort_unstable();
    for entity in entities.iter_mut().filter(|e| e.kind == EntityKind::Person && e.gender == Gender::Unknown) {
        entity.gender = by_name(&entity.name);
        if entity.gender == Gender::Unknown {
            entity.gender =
                entity.mentions.iter().filter_map(|m| m.role.as_deref()).map(by_role).find(|g| *g != Gender::Unknown).unwrap_or_default();
        }
        if entity.gender == Gender::Unknown {
            entity.gender = by_pronouns(page, entity, &taken);
        }
    }
}

/// What the given name tells, if the name is a full one or cannot be a family name.
fn by_name(name: &str) -> Gender {
    by_words(name.split(' '))
}

/// The same of the words of a name.
pub fn by_words<'n>(words: impl Iterator<Item = &'n str>) -> Gender {
    let mut words = words.flat_map(|w| w.split('-')).filter(|w| w.chars().count() > 1 && !w.ends_with('.'));
    let (Some(first), more) = (words.next(), words.next().is_some()) else { return Gender::Unknown };
    let traits = Lexicon::get().traits(first);
    if !more && traits.any(Traits::FAMILY | Traits::WEAK_FAMILY | Traits::WEAK_GIVEN) {
        return Gender::Unknown;
    }
    match (traits.any(Traits::FEMALE), traits.any(Traits::MALE)) {
        (true, false) => Gender::Female,
        (false, true) => Gender::Male,
        _ => Gender::Unknown,
    }
}

fn by_role(role: &str) -> Gender {
    let lower = role.to_lowercase();
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        if FEMALE_ROLES.contains(&word) || word.ends_with("woman") {
            return Gender::Female;
        }
        if MALE_ROLES.contains(&word) || word.ends_with("man") && !matches!(word, "german" | "human" | "roman" | "woman" | "ottoman") {
            return Gender::Male;
        }
    }
    Gender::Unknown
}

/// The first pronoun in the sentence behind a name that ends before token `end`, within a few words and before the next name
/// at `next`: `Clinton said she would`.
pub fn hint(page: &Page<'_>, end: usize, next: Option<usize>) -> Gender {
    let Some(sentence) = end.checked_sub(1).and_then(|i| page.sentences.get(page.sentence_of(i))) else { return Gender::Unknown };
    let stop = sentence.end.min(end + 6).min(next.unwrap_or(usize::MAX));
    let gender = (end..stop.max(end)).find_map(|i| match page.text(i) {
        "he" | "his" | "himself" => Some(Gender::Male),
        "she" | "her" | "herself" => Some(Gender::Female),
        "him" | "who" | "“" | "\"" | "and" => Some(Gender::Unknown),
        _ => None,
    });
    gender.unwrap_or_default()
}

/// Votes of the first pronoun behind each mention, before anybody else is named.
fn by_pronouns(page: &Page<'_>, entity: &Entity, taken: &[usize]) -> Gender {
    let (mut he, mut she) = (0, 0);
    for mention in &entity.mentions {
        let next = taken.partition_point(|t| *t <= mention.bytes.start);
        let limit = taken.get(next).copied().unwrap_or(usize::MAX);
        let first = page.tokens.partition_point(|t| (t.start as usize) < mention.bytes.end);
        for i in first..page.tokens.len().min(first + 30) {
            if page.tokens[i].start as usize >= limit {
                break;
            }
            match page.text(i) {
                "he" | "He" | "him" | "his" | "His" | "himself" => he += 1,
                "she" | "She" | "her" | "Her" | "herself" | "hers" => she += 1,
                _ => continue,
            }
            break;
        }
    }
    match (he, she) {
        (h, s) if h > 2 * s => Gender::Male,
        (h, s) if s > 2 * h => Gender::Female,
        _ => Gender::Unknown,
    }
}

//! Which mentions of organizations in one article mean the same organization: the same words, an acronym of them, a firm without its
//! legal form (`Hartwell` for `Hartwell Mills Inc`), or the last word alone (`the Committee`).

use super::lexicon::{Lexicon, Traits, WordMap, hash};
use super::nobody::GENERIC;
use super::{Entity, EntityKind, Gender, Mention};
use crate::extract::page::hash_small;

/// Organizations, by number, under what another mention of them may look like.
#[derive(Debug, Default)]
struct ByName {
    /// Under the hash of their name in small letters.
    whole: WordMap<u64, Vec<usize>>,
    /// Acronyms, under their letters.
    acronyms: WordMap<String, Vec<usize>>,
    /// Full names, under the letters of their acronyms.
    initials: WordMap<String, Vec<usize>>,
    /// Under the hash of the first word.
    first: WordMap<u64, Vec<usize>>,
}

impl ByName {
    fn add(&mut self, name: &str, n: usize) {
        self.whole.entry(hash_small(name)).or_default().push(n);
        self.first.entry(hash(first_word(name))).or_default().push(n);
        if let Some(letters) = letters(name) {
            self.acronyms.entry(letters).or_default().push(n);
        }
        for initials in initials(name).into_iter().flatten() {
            self.initials.entry(initials).or_default().push(n);
        }
    }

    /// Everybody who may be the same as `text`.
    fn like(&self, text: &str) -> impl Iterator<Item = usize> {
        let whole = self.whole.get(&hash_small(text));
        let full = letters(text).and_then(|l| self.initials.get(&l));
        let initials = if self.acronyms.is_empty() { [None, None] } else { initials(text) };
        let short = initials.into_iter().flatten().filter_map(|l| self.acronyms.get(&l));
        whole.into_iter().chain(full).chain(short).flatten().copied()
    }
}

/// Groups mentions given as bytes and text.
pub fn group(mentions: Vec<(std::ops::Range<usize>, String)>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_name = ByName::default();
    by_name.whole.reserve(mentions.len());
    by_name.first.reserve(mentions.len());
    for (bytes, text) in mentions {
        let fit = by_name.like(&text).filter(|n| same(&entities[*n].name, &text)).min();
        let fit = fit.or_else(|| firm(&by_name, &entities, &text)).or_else(|| generic(&entities, &text));
        let mention = Mention { bytes, role: None };
        match fit {
            Some(n) => {
                if text.len() > entities[n].name.len() {
                    by_name.add(&text, n);
                    entities[n].name = text;
                }
                entities[n].mentions.push(mention);
            }
            None => {
                by_name.add(&text, entities.len());
                entities.push(Entity {
                    kind: EntityKind::Organization,
                    name: text,
                    role: None,
                    gender: Gender::Unknown,
                    mentions: vec![mention],
                });
            }
        }
    }
    entities
}

fn first_word(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

/// The one firm that has `text` for its name but for what says that it is one.
fn firm(by_name: &ByName, entities: &[Entity], text: &str) -> Option<usize> {
    let alike = |n: &&usize| is_short(&entities[**n].name, text) || is_short(text, &entities[**n].name);
    let mut found = by_name.first.get(&hash(first_word(text)))?.iter().filter(alike);
    let first = found.next()?;
    found.all(|n| n == first).then_some(*first)
}

/// `Hartwell` and `Hartwell Mills` of `Hartwell Mills and Co Inc`, but not `National` of `National Mills Inc`.
fn is_short(full: &str, short: &str) -> bool {
    let Some(rest) = full.strip_prefix(short).and_then(|rest| rest.strip_prefix(' ')) else { return false };
    let of = |word: &str| Lexicon::get().traits(word);
    let form = full.rsplit(' ').next().is_some_and(|word| of(word).any(Traits::ORG_FORM));
    let says = |word: &str| matches!(word, "and" | "&") || of(word).any(Traits::ORG_FORM | Traits::ORG_HEAD);
    let ordinary = Traits::ORG_HINT | Traits::ORG_HEAD | Traits::PLACE | Traits::DEMONYM | Traits::COMMON | Traits::OFFICE;
    form && rest.split(' ').all(says) && (short.contains(' ') || !of(short).any(ordinary))
}

/// The body named last that ends or begins with a word for bodies.
fn generic(entities: &[Entity], text: &str) -> Option<usize> {
    if !GENERIC.contains(&text) {
        return None;
    }
    let ends = |name: &str| {
        let before = name.strip_suffix(text).is_some_and(|n| n.ends_with(' '));
        before || name.strip_prefix(text).is_some_and(|n| n.starts_with(" of ") || n.starts_with(" for "))
    };
    let found = entities.iter().enumerate().filter(|(_, e)| ends(&e.name));
    found.max_by_key(|(_, e)| e.mentions.last().map_or(0, |m| m.bytes.start)).map(|(n, _)| n)
}

fn same(a: &str, b: &str) -> bool {
    let acronym = |short: &str, full: &str| letters(short).is_some_and(|l| initials(full).into_iter().flatten().any(|i| i == l));
    a.eq_ignore_ascii_case(b) || acronym(a, b) || acronym(b, a)
}

/// The letters of what may be an acronym.
fn letters(short: &str) -> Option<String> {
    if !short.chars().all(|c| c == '.' || c.is_uppercase()) {
        return None; // most names
    }
    let letters: String = short.chars().filter(|c| *c != '.').collect();
    (letters.chars().count() > 1).then_some(letters)
}

/// The first letters of the words of a full name: of those with a capital, and of all.
fn initials(full: &str) -> [Option<String>; 2] {
    if !full.contains(' ') {
        return [None, None];
    }
    let first = || full.split([' ', '-']).filter_map(|w| w.chars().next());
    let capitals: String = first().filter(|c| c.is_uppercase()).collect();
    let all: String = first().flat_map(char::to_uppercase).collect();
    [Some(capitals), Some(all)]
}

//! Which mentions of organizations in one article mean the same organization: the same words, an acronym of them, a firm without its
//! legal form (`Hartwell` for `Hartwell Mills Inc`), or the last word alone (`the Committee`).

use super::lexicon::{Lexicon, Traits, WordMap, hash};
use super::looks::is_joint_press;
use super::nobody::GENERIC;
use super::{Entity, EntityKind, Gender, Mention};
use crate::extract::page::{hash_small, look};

/// Organizations, by number, under what another mention of them may look like.
#[derive(Debug, Default)]
struct ByName {
    /// Under the hash of their name in small letters.
    whole: WordMap<u64, Vec<usize>>,
    /// Acronyms, under the hash of their letters.
    acronyms: WordMap<u64, Vec<usize>>,
    /// Full names, under the hashes of the letters of their acronyms.
    initials: WordMap<u64, Vec<usize>>,
    /// Firms, under the hash of each name they may have without what says that they are firms.
    short: WordMap<u64, Vec<usize>>,
    /// Firms, under the hash of the word by which one may be called that no other has.
    first: WordMap<u64, Vec<usize>>,
    /// For each word for bodies that stood alone so far, who was named last of those whose names end or begin with it.
    generic: WordMap<String, Option<usize>>,
}

impl ByName {
    fn add(&mut self, name: &str, n: usize) {
        file(self.whole.entry(hash_small(name)).or_default(), n);
        if is_firm(name) {
            for short in shorts(name) {
                file(self.short.entry(hash(short)).or_default(), n);
            }
            if let Some(word) = called(name) {
                file(self.first.entry(hash(word)).or_default(), n);
            }
        }
        if let Some(letters) = letters(name) {
            file(self.acronyms.entry(hash_of(letters)).or_default(), n);
        }
        for initials in hashes_of_initials(name) {
            file(self.initials.entry(initials).or_default(), n);
        }
    }

    /// Whoever comes first of those that are the `same` as `text`.
    fn like(&self, text: &str, same: impl Fn(usize) -> bool) -> Option<usize> {
        let whole = self.whole.get(&hash_small(text));
        let full = letters(text).and_then(|letters| self.initials.get(&hash_of(letters)));
        let initials = Some(text).filter(|_| !self.acronyms.is_empty()).into_iter().flat_map(hashes_of_initials);
        let short = initials.filter_map(|initials| self.acronyms.get(&initials));
        let all = whole.into_iter().chain(full).chain(short);
        all.filter_map(|some| some.iter().copied().find(|n| same(*n))).min()
    }

    /// Notes that number `n`, which is called `name`, was named.
    fn met(&mut self, name: &str, n: usize) {
        for (_, last) in self.generic.iter_mut().filter(|(word, _)| is_a(name, word)) {
            *last = Some(n);
        }
    }
}

/// Puts `n` where it belongs among those that are there, once.
fn file(list: &mut Vec<usize>, n: usize) {
    let at = list.partition_point(|other| *other < n);
    if list.get(at) != Some(&n) {
        list.insert(at, n);
    }
}

/// Groups mentions given as bytes and text.
pub fn group(mentions: Vec<(std::ops::Range<usize>, String)>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_name = ByName::default();
    by_name.whole.reserve(mentions.len());
    for (bytes, text) in mentions {
        let fit = by_name.like(&text, |n| same(&entities[n].name, &text));
        let fit = fit.or_else(|| firm(&by_name, &entities, &text)).or_else(|| generic(&mut by_name, &entities, &text));
        let mention = Mention { bytes, role: None };
        let n = fit.unwrap_or(entities.len());
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
        by_name.met(&entities[n].name, n);
    }
    entities
}

/// The one firm that has `text` for its name but for what says that it is one.
fn firm(by_name: &ByName, entities: &[Entity], text: &str) -> Option<usize> {
    if by_name.short.is_empty() && by_name.first.is_empty() && !is_firm(text) {
        return None; // of most articles
    }
    let cut = |n: &usize| shorts(&entities[*n].name).any(|short| short == text);
    let longer = by_name.short.get(&hash(text)).into_iter().flatten().copied().filter(cut);
    let shorter = shorts(text).filter_map(|short| Some((short, by_name.whole.get(&hash_small(short))?)));
    let shorter = shorter.flat_map(|(short, some)| some.iter().copied().filter(move |n| entities[*n].name == short));
    let mut found = longer.chain(shorter);
    let Some(first) = found.next() else {
        // `Hartwell` and `Hartwell's` of `Hartwell Paper Mills Inc`, the only firm whose name begins so.
        let own = |n: &usize| called(&entities[*n].name) == Some(text) && entities[*n].name.len() > text.len();
        return by_name.first.get(&hash(text)).filter(|some| some.len() == 1)?.iter().copied().find(own);
    };
    found.all(|n| n == first).then_some(first)
}

/// Whether the last word of a name says that it is a firm's.
fn is_firm(full: &str) -> bool {
    let last = full.rfind(' ').map_or(full, |space| &full[space + 1..]);
    Lexicon::get().traits(last).any(Traits::ORG_FORM)
}

/// The word by which a firm may be called: `Hartwell` of `Hartwell Paper Mills Inc`, `Hartwell's` of `Hartwell's Mills Inc`, `Varr` of `Samuel Varr
/// and Co`; not `American`.
fn called(full: &str) -> Option<&str> {
    let of = |word: &str| Lexicon::get().traits(word);
    let mut words = full.split(' ');
    let first = words.next()?;
    if !is_firm(full) || full.contains(" of ") {
        return None;
    }
    let ordinary =
        Traits::ORG_HINT | Traits::ORG_HEAD | Traits::PLACE | Traits::DEMONYM | Traits::COMMON | Traits::OFFICE | Traits::CALENDAR;
    let word = if of(first).is_given() { words.next().filter(|_| words.next().is_some())? } else { first };
    (word.len() > 2 && !of(word).any(ordinary) && !of(word).is_given() && word.starts_with(char::is_uppercase)).then_some(word)
}

/// `Hartwell` and `Hartwell Mills` of `Hartwell Mills and Co Inc`, but not `National` of `National Mills Inc`.
fn shorts<'f>(full: &'f str) -> impl Iterator<Item = &'f str> {
    let of = |word: &str| Lexicon::get().traits(word);
    let form = is_firm(full);
    let says = move |word: &str| matches!(word, "and" | "&") || of(word).any(Traits::ORG_FORM | Traits::ORG_HEAD);
    let ordinary = Traits::ORG_HINT | Traits::ORG_HEAD | Traits::PLACE | Traits::DEMONYM | Traits::COMMON | Traits::OFFICE;
    let cut = move |name: &&'f str| name.rsplit_once(' ').filter(|(_, word)| says(word)).map(|(before, _)| before);
    let all = std::iter::successors(Some(full).filter(|_| form), move |name| cut(name)).skip(1);
    all.filter(move |short| !short.is_empty() && (short.contains(' ') || !of(short).any(ordinary)))
}

/// The body named last that ends or begins with a word for bodies, or the paper that ends so.
fn generic(by_name: &mut ByName, entities: &[Entity], text: &str) -> Option<usize> {
    if !GENERIC.contains(&text) && !is_joint_press(text) {
        return None;
    }
    match by_name.generic.get(text) {
        Some(None) => return None,
        // Whoever was named last may have been named more fully since.
        Some(Some(n)) if is_a(&entities[*n].name, text) => return Some(*n),
        _ => {}
    }
    let found = entities.iter().enumerate().filter(|(_, e)| is_a(&e.name, text));
    let last = found.max_by_key(|(_, e)| e.mentions.last().map_or(0, |m| m.bytes.start)).map(|(n, _)| n);
    by_name.generic.insert(text.to_owned(), last);
    last
}

/// Whether a name ends or begins with a word for bodies: `Harbour Committee`, `Committee of Pilots`.
fn is_a(name: &str, word: &str) -> bool {
    look(1);
    let before = name.strip_suffix(word).is_some_and(|n| n.ends_with(' '));
    before || name.strip_prefix(word).is_some_and(|n| n.starts_with(" of ") || n.starts_with(" for "))
}

fn same(a: &str, b: &str) -> bool {
    look(1);
    let acronym = |short: &str, full: &str| {
        full.contains(' ') && letters(short).is_some_and(|letters| capitals(full).eq(letters.clone()) || all_initials(full).eq(letters))
    };
    a.eq_ignore_ascii_case(b) || acronym(a, b) || acronym(b, a)
}

/// The letters of what may be an acronym.
fn letters(short: &str) -> Option<impl Iterator<Item = char> + Clone> {
    if !short.chars().all(|c| c == '.' || c.is_uppercase()) {
        return None; // most names
    }
    let letters = short.chars().filter(|c| *c != '.');
    (letters.clone().count() > 1).then_some(letters)
}

/// The first letters of the words of a name, in capitals.
fn all_initials(full: &str) -> impl Iterator<Item = char> {
    first_letters(full).flat_map(char::to_uppercase)
}

/// The first letters of those of its words that have a capital.
fn capitals(full: &str) -> impl Iterator<Item = char> {
    first_letters(full).filter(|c| c.is_uppercase())
}

fn first_letters(full: &str) -> impl Iterator<Item = char> {
    let bytes = full.as_bytes();
    let begins = move |at: &usize| *at == 0 || matches!(bytes[at - 1], b' ' | b'-');
    let letter = |at: usize| full.get(at..)?.chars().next().filter(|c| !matches!(c, ' ' | '-'));
    (0..full.len()).filter(begins).filter_map(letter)
}

/// The hashes of both, of a name of several words.
fn hashes_of_initials(full: &str) -> impl Iterator<Item = u64> {
    Some(full).filter(|full| full.contains(' ')).into_iter().flat_map(|full| [hash_of(capitals(full)), hash_of(all_initials(full))])
}

fn hash_of(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |all, letter| (all ^ u64::from(letter)).wrapping_mul(0x517c_c1b7_2722_0a95).rotate_left(23))
}

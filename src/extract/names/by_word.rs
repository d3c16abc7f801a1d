//! Whom may a mention mean? The persons met so far, looked up by the words of their names, so that no mention is compared with
//! everybody. What is found here is a choice of persons, which [`super::people`] then weighs.

use super::lexicon::{Lexicon, WordMap, hash};
use crate::extract::page::hash_small;

/// From this many persons on, those who share a family name are told apart by what stands before it as well.
pub const MANY: usize = 64;

/// Numbers under keys, those of a key in the order in which they were filed. All lists are one, linked, since most are of one number.
#[derive(Debug, Default)]
struct Lists {
    /// The first and the last link of each key.
    ends: WordMap<u64, (u32, u32)>,
    /// Numbers, each with the link behind it; its own where none is.
    links: Vec<(u32, u32)>,
}

impl Lists {
    fn with_room(n: usize) -> Lists {
        Lists { ends: WordMap::with_capacity_and_hasher(n, Default::default()), links: Vec::with_capacity(n) }
    }

    /// Files `n` under `key`, unless it is what was filed there last.
    fn file(&mut self, key: u64, n: usize) {
        let (n, link) = (n as u32, self.links.len() as u32);
        let (_, last) = self.ends.entry(key).or_insert((link, link));
        let before = *last;
        if before != link {
            if self.links[before as usize].0 == n {
                return;
            }
            self.links[before as usize].1 = link;
            *last = link;
        }
        self.links.push((n, link));
    }

    fn get(&self, key: u64) -> impl Iterator<Item = usize> {
        let next = |link: &u32| Some(self.links[*link as usize].1).filter(|next| next != link);
        std::iter::successors(self.ends.get(&key).map(|(first, _)| *first), next).map(|link| self.links[link as usize].0 as usize)
    }
}

/// Persons, by number, under the hashes of the words of their names.
#[derive(Debug)]
pub struct ByWord {
    any: Lists,
    last: Lists,
    spelled: Lists,
    /// Under what two words of a name make together, see [`together`]; kept where there are [`MANY`].
    pairs: Option<Lists>,
}

impl ByWord {
    /// Nobody yet, with room for the persons of `n` mentions.
    pub fn of(n: usize) -> ByWord {
        ByWord { any: Lists::with_room(n), last: Lists::with_room(n / 2), spelled: Lists::with_room(n), pairs: None }
    }

    /// Files person `n` under `words`. May be done again when a fuller name is met; the old words stay.
    pub fn add(&mut self, words: &[String], n: usize) {
        let Some((last, others)) = words.split_last() else { return };
        for word in others {
            self.any.file(folded(word), n);
        }
        let family = folded(last);
        self.any.file(family, n);
        self.last.file(family, n);
        for key in spellings(last).into_iter().flatten() {
            self.spelled.file(key, n);
        }
        if let Some(pairs) = &mut self.pairs {
            together(words, true, |key| pairs.file(key, n));
        }
    }

    /// Whether [`ByWord::fitting`] can be asked.
    pub fn has_pairs(&self) -> bool {
        self.pairs.is_some()
    }

    /// Makes ready for [`ByWord::fitting`], with the words of the names of all persons so far, in order.
    pub fn pair<'a>(&mut self, persons: impl Iterator<Item = &'a [String]>) {
        let mut pairs = Lists::default();
        for (n, words) in persons.enumerate() {
            together(words, true, |key| pairs.file(key, n));
        }
        self.pairs = Some(pairs);
    }

    /// Everybody with a name of several words that may fit `words`, of which there are several too: few, however many are of one family.
    pub fn fitting(&self, words: &[String]) -> Vec<usize> {
        let mut found = Vec::new();
        if let Some(pairs) = &self.pairs {
            together(words, false, |key| found.extend(pairs.get(key)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Everybody who shares a word with `words` in a way that may fit: a person is found by any word if it is the last one of `words`,
    /// and by the last word of its own name if that is any of `words`.
    pub fn sharing(&self, words: &[String]) -> impl Iterator<Item = usize> {
        let any = words.last().into_iter().flat_map(|w| self.any.get(folded(w)));
        let last = words.iter().rev().skip(1).flat_map(|w| self.last.get(folded(w)));
        any.chain(last)
    }

    /// Everybody whose last word may be a variant in spelling of the last one of `words`, see [`super::people::alike`].
    pub fn spelled_alike(&self, words: &[String]) -> impl Iterator<Item = usize> {
        let keys = words.last().map_or([None; 2], |w| spellings(w));
        keys.into_iter().flatten().flat_map(|key| self.spelled.get(key))
    }
}

/// Tells the keys of a name of several words: two that may stand for one person have one in common, told of one as it is `filed` and of
/// the other as it is looked up. A family name with each word before it, with the letter of an initial, with the given names that the
/// first word may stand for, and with spellings of it; the first word with each behind it, where one name begins the other, and with spellings
/// of the last.
fn together(words: &[String], filed: bool, mut tell: impl FnMut(u64)) {
    let [first, .., last] = words else { return };
    let mix = |a: u64, b: u64, sort: u64| (a.rotate_left(23) ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(sort);
    let (given, family) = (folded(first), folded(last));
    words[..words.len() - 1].iter().for_each(|word| tell(mix(family, folded(word), 0)));
    words[1..].iter().for_each(|word| tell(mix(given, folded(word), 1)));
    let mut letters = first.chars();
    if let (Some(letter), initial) = (letters.next(), letters.next().is_none()) {
        // An initial is found by every name with its letter, and finds them.
        let letter = u64::from(u32::from(letter));
        if initial || !filed {
            tell(mix(family, letter, 2));
        }
        if initial || filed {
            tell(mix(family, letter, 3));
        }
    }
    tell(mix(family, hash(first), 4));
    Lexicon::get().full_names(first).iter().for_each(|full| tell(mix(family, hash(full), 4)));
    spellings(first).into_iter().flatten().for_each(|key| tell(mix(family, key, 5)));
    spellings(last).into_iter().flatten().for_each(|key| tell(mix(given, key, 6)));
}

/// The hash of a word without an article (`al-`), in lower case.
fn folded(word: &str) -> u64 {
    hash_small(super::people::without_article(word))
}

/// The first two letters, and the first with the last two, as numbers: of a word of five letters and more, one change of spelling behind
/// the first letter leaves one of the two as it is. None for shorter words, which have no variants.
fn spellings(word: &str) -> [Option<u64>; 2] {
    let mix = |key: u64, letter| (key.rotate_left(5) ^ u64::from(u32::from(letter))).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let key = |letters: [char; 3]| letters.into_iter().fold(0, mix);
    if let ([first, second, .., before, last], true) = (word.as_bytes(), word.is_ascii()) {
        let [first, second, before, last] = [first, second, before, last].map(|b| char::from(b.to_ascii_lowercase()));
        return if word.len() > 4 { [Some(key([first, second, ' '])), Some(key([first, before, last]))] } else { [None; 2] };
    }
    let lower: Vec<char> = word.to_lowercase().chars().collect();
    match lower[..] {
        [first, second, .., before, last] if lower.len() > 4 => [Some(key([first, second, ' '])), Some(key([first, before, last]))],
        _ => [None; 2],
    }
}

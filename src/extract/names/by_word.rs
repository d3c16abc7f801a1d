//! Whom may a mention mean? The persons met so far, looked up by the words of their names, so that no mention is compared with
//! everybody. What is found here is a choice of persons, which [`super::people`] then weighs.

use super::lexicon::WordMap;
use crate::extract::page::hash_small;

/// Persons, by number, under the hashes of the words of their names.
#[derive(Debug)]
pub struct ByWord {
    any: WordMap<u64, Vec<usize>>,
    last: WordMap<u64, Vec<usize>>,
    spelled: WordMap<(char, char, char), Vec<usize>>,
}

impl ByWord {
    /// Nobody yet, with room for the persons of `n` mentions.
    pub fn of(n: usize) -> ByWord {
        fn room<K>(n: usize) -> WordMap<K, Vec<usize>> {
            WordMap::with_capacity_and_hasher(n, Default::default())
        }
        ByWord { any: room(n), last: room(n / 2), spelled: room(n) }
    }

    /// Files person `n` under `words`. May be done again when a fuller name is met; the old words stay.
    pub fn add(&mut self, words: &[String], n: usize) {
        for word in words {
            file(self.any.entry(folded(word)).or_default(), n);
        }
        let Some(last) = words.last() else { return };
        file(self.last.entry(folded(last)).or_default(), n);
        for key in spellings(last).into_iter().flatten() {
            file(self.spelled.entry(key).or_default(), n);
        }
    }

    /// Everybody who shares a word with `words` in a way that may fit: a person is found by any word if it is the last one of `words`,
    /// and by the last word of its own name if that is any of `words`.
    pub fn sharing(&self, words: &[String]) -> impl Iterator<Item = usize> {
        let any = words.last().and_then(|w| self.any.get(&folded(w)));
        let last = words.iter().rev().skip(1).filter_map(|w| self.last.get(&folded(w)));
        any.into_iter().chain(last).flatten().copied()
    }

    /// Everybody whose last word may be a variant in spelling of the last one of `words`, see [`super::people::alike`].
    pub fn spelled_alike(&self, words: &[String]) -> impl Iterator<Item = usize> {
        let keys = words.last().map_or([None; 2], |w| spellings(w));
        keys.into_iter().flatten().filter_map(|key| self.spelled.get(&key)).flatten().copied()
    }
}

fn file(list: &mut Vec<usize>, n: usize) {
    if list.last() != Some(&n) {
        list.push(n);
    }
}

/// The hash of a word without an article (`al-`), in lower case.
fn folded(word: &str) -> u64 {
    hash_small(super::people::without_article(word))
}

/// The first two letters, and the first with the last two: of a word of five letters and more, one change of spelling behind the
/// first letter leaves one of the two as it is. None for shorter words, which have no variants.
fn spellings(word: &str) -> [Option<(char, char, char)>; 2] {
    if let ([first, second, .., before, last], true) = (word.as_bytes(), word.is_ascii()) {
        let [first, second, before, last] = [first, second, before, last].map(|b| char::from(b.to_ascii_lowercase()));
        return if word.len() > 4 { [Some((first, second, ' ')), Some((first, before, last))] } else { [None; 2] };
    }
    let lower: Vec<char> = word.to_lowercase().chars().collect();
    match lower[..] {
        [first, second, .., before, last] if lower.len() > 4 => [Some((first, second, ' ')), Some((first, before, last))],
        _ => [None; 2],
    }
}

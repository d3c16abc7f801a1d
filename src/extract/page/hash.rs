//! The hash of a word, by which all lists of words are looked up.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Word hashing: FNV-like, eight bytes at a time (after Fx, as in the Rust compiler).
#[derive(Default)]
pub struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks();
        for chunk in chunks {
            self.mix(u64::from_le_bytes(*chunk));
        }
        self.mix(tail(rest));
    }

    /// Numbers used as keys are hashes already.
    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// Fewer than eight bytes as a number, the first of them the highest, with their count and one above them.
fn tail(rest: &[u8]) -> u64 {
    // Two pieces that overlap: words are of any length, and a branch for each would be guessed wrong.
    let n = rest.len();
    let bytes = match (rest.first_chunk(), rest.last_chunk()) {
        (Some(first), Some(last)) => u64::from(u32::from_be_bytes(*first)) << (8 * (n - 4)) | u64::from(u32::from_be_bytes(*last)),
        _ => match (rest.first_chunk(), rest.last_chunk()) {
            (Some(first), Some(last)) => u64::from(u16::from_be_bytes(*first)) << (8 * (n - 2)) | u64::from(u16::from_be_bytes(*last)),
            _ => rest.first().map_or(0, |byte| u64::from(*byte)),
        },
    };
    (n as u64 + 1) << (8 * n) | bytes
}

/// Hash of a word.
pub fn hash(word: &str) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// Hash of a word in small letters.
pub fn hash_small(word: &str) -> u64 {
    hash_small_within(word, 0, word.len()).unwrap_or_else(|| hash(&word.to_lowercase()))
}

/// [`hash`] of the word `start..end` of a text.
pub(super) fn hash_within(text: &str, start: usize, end: usize) -> u64 {
    hash_with(text.as_bytes(), start, end, |eight| eight)
}

/// [`hash`] of the first `n` of eight bytes, the first of them the highest; 1 to 7.
#[inline]
pub(super) fn hash_few(eight: u64, n: usize) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.mix((eight >> 8) >> (56 - 8 * n) | (n as u64 + 1) << (8 * n));
    hasher.finish()
}

/// [`hash_small`] of the word `start..end` of a text, which is of small letters of ASCII but for the first.
pub(super) fn hash_plain(text: &str, start: usize, end: usize) -> u64 {
    match text.as_bytes()[start..].first_chunk() {
        Some(eight) if end - start < 8 => hash_few(u64::from_be_bytes(*eight) | 0x20 << 56, end - start),
        _ => hash_with(text.as_bytes(), start, end, small),
    }
}

/// [`hash_small`] of the word `start..end` of a text, if it is of ASCII.
pub(super) fn hash_small_within(text: &str, start: usize, end: usize) -> Option<u64> {
    let mut all = 0;
    let hash = hash_with(text.as_bytes(), start, end, |eight| {
        all |= eight;
        small(eight)
    });
    (all & (EACH * 0x80) == 0).then_some(hash)
}

const EACH: u64 = 0x0101_0101_0101_0101;

/// Eight bytes, with small letters for capitals of ASCII.
fn small(eight: u64) -> u64 {
    // The highest bit of each byte tells: of `b + 0x3f` that it is `A` or more, of `b + 0x25` that it is more than `Z`.
    let low = eight & (EACH * 0x7f);
    let capitals = (low + EACH * 0x3f) & !(low + EACH * 0x25) & !eight & (EACH * 0x80);
    eight | capitals >> 2
}

/// The hash of the word `start..end`, of which each eight bytes and those fewer behind them are changed by `letters`.
#[inline(always)]
fn hash_with(bytes: &[u8], start: usize, end: usize, mut letters: impl FnMut(u64) -> u64) -> u64 {
    let mut hasher = WordHasher::default();
    let mut at = start;
    while at + 8 <= end {
        let eight = bytes[at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
        hasher.mix(letters(eight));
        at += 8;
    }
    let n = end - at;
    let rest = match bytes[at..].first_chunk() {
        // Where the text goes on behind the word it is read with it, and what is none of the word shifted out.
        Some(eight) => letters((u64::from_be_bytes(*eight) >> 8) >> (56 - 8 * n)) | (n as u64 + 1) << (8 * n),
        None => letters(tail(&bytes[at..end])),
    };
    hasher.mix(rest);
    hasher.finish()
}

/// A map with [`WordHasher`].
pub type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// A bit for each of some hashes: of most words that are none of them it tells so at once, from a place small enough to stay at hand.
#[derive(Debug)]
pub struct Sieve(Vec<u64>);

impl Sieve {
    /// One for up to `n` words, of which few others pass: some eight bits a word.
    pub fn new(n: usize) -> Sieve {
        Sieve(vec![0; (n / 8).next_power_of_two()])
    }

    /// Lets a hash pass.
    pub fn add(&mut self, hash: u64) {
        let (at, bit) = self.place(hash);
        self.0[at] |= bit;
    }

    /// Whether a hash passes: all that were added do.
    pub fn passes(&self, hash: u64) -> bool {
        let (at, bit) = self.place(hash);
        self.0[at] & bit != 0
    }

    /// Where the bit of a hash stands, and the bit. Maps take the low bits and the highest seven.
    fn place(&self, hash: u64) -> (usize, u64) {
        let at = (hash >> 40) as usize;
        ((at >> 6) & (self.0.len() - 1), 1 << (at & 63))
    }
}

/// Hashes of words that are only gathered and asked for, in open addressing: it takes a fifth of the steps a [`WordSet`] does.
#[derive(Debug)]
pub struct Hashes(Vec<u64>);

impl Hashes {
    /// Those of `hashes`, of which there are no more than `n`.
    pub fn of(n: usize, hashes: impl Iterator<Item = u64>) -> Hashes {
        // One place at least stays free, which ends each search.
        let mut all = Hashes(vec![0; (n + 1).next_power_of_two()]);
        for hash in hashes {
            let at = all.place(hash);
            all.0[at] = hash | 1;
        }
        all
    }

    /// Whether it holds a hash, but for its lowest bit.
    pub fn contains(&self, hash: u64) -> bool {
        self.0[self.place(hash)] != 0
    }

    /// Where a hash stands, or would.
    fn place(&self, hash: u64) -> usize {
        let last = self.0.len() - 1;
        let mut at = (hash >> 1) as usize & last;
        while self.0[at] != 0 && self.0[at] != hash | 1 {
            at = (at + 1) & last;
        }
        at
    }
}

/// A set of words, by their hashes.
pub type WordSet = HashSet<u64, BuildHasherDefault<WordHasher>>;

#[cfg(test)]
mod tests {
    /// The weights stand where the hashes of their features say.
    #[test]
    fn the_hash_of_a_word_stays_what_it_was() {
        let text = "Ødegård’s harbour council, 2026";
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let bytes = &text.as_bytes()[..end];
            let mut chunks = bytes.chunks_exact(8);
            let mut words: Vec<u64> = chunks.by_ref().map(|c| c.iter().rev().fold(0, |word, b| word << 8 | u64::from(*b))).collect();
            let rest = chunks.remainder();
            words.push(rest.iter().fold(rest.len() as u64 + 1, |word, b| word << 8 | u64::from(*b)));
            let mix = |all: u64, word: &u64| (all.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
            let all = words.iter().fold(0, mix);
            assert_eq!(super::hash(&text[..end]), all ^ (all >> 29), "{end} bytes");
            assert_eq!(super::hash_within(text, 0, end), all ^ (all >> 29), "{end} bytes of a longer text");
            if (1..8).contains(&end) {
                let eight = u64::from_be_bytes(*text.as_bytes().first_chunk().unwrap());
                assert_eq!(super::hash_few(eight, end), all ^ (all >> 29), "{end} of eight bytes");
            }
        }
    }

    #[test]
    fn gathered_hashes_are_found_and_no_others() {
        let word = |n: usize| super::hash(&format!("word{n}"));
        for n in [0, 1, 3, 7, 300] {
            let all = super::Hashes::of(n, (0..n).map(word));
            assert!((0..n).all(|n| all.contains(word(n))) && !(n..2 * n + 9).any(|n| all.contains(word(n))), "{n}");
        }
        // All of them want the same place.
        let all = super::Hashes::of(3, [0, 8 << 32, 16 << 32].into_iter());
        assert!(all.contains(0) && all.contains(8 << 32) && all.contains(16 << 32) && !all.contains(24 << 32));
    }

    #[test]
    fn small_letters_are_those_of_the_word() {
        let words =
            ["", "A", "@[`{", "HARBOUR", "Harbour-", "HaRbOuR-CoUnCiL", "HARBOUR-COUNCIL-", "Ødegård", "ØDEGÅRDS", "HARBOUR’S", "É"];
        for word in words {
            let expected = super::hash(&word.to_lowercase());
            assert_eq!(super::hash_small(word), expected, "{word}");
            for text in [format!("{word}ZÉ and more of it"), format!("Z{word}É")] {
                let start = text.find(word).unwrap();
                let found = super::hash_small_within(&text, start, start + word.len());
                assert_eq!(found, word.is_ascii().then_some(expected), "{word} of {text}");
            }
        }
        for word in ["A", "Quay", "Harbour", "Harbours", "Harbourmasters", "quay"] {
            for text in [word.to_owned(), format!("{word}, and more of it")] {
                assert_eq!(super::hash_plain(&text, 0, word.len()), super::hash(&word.to_lowercase()), "{word} of {text}");
            }
        }
    }
}

//! The hash of a word, by which all lists of words are looked up.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Word hashing: FNV-like, eight bytes at a time (after Fx, as in the Rust compiler).
#[derive(Default)]
pub struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut mix = |word: u64| self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        let (chunks, rest) = bytes.as_chunks();
        for chunk in chunks {
            mix(u64::from_le_bytes(*chunk));
        }
        mix(tail(rest));
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
    hash_bytes(word.as_bytes())
}

/// Hash of a word given as bytes.
pub fn hash_bytes(word: &[u8]) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(word);
    hasher.finish()
}

/// Hash of a word in small letters.
pub fn hash_small(word: &str) -> u64 {
    let mut small = [0; 32];
    match small.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        Some(small) => {
            small.copy_from_slice(word.as_bytes());
            small.make_ascii_lowercase();
            hash_bytes(small)
        }
        None => hash(&word.to_lowercase()),
    }
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
        }
    }
}

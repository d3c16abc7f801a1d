//! The map from keys to postings: a finite state map as the crate `fst` writes them (version 3 of its form), read step by step.
//!
//! That crate makes a whole node of each step, of whatever is in it. A walk wants one letter of it, and most walks are over with that.
//!
//! # Form
//!
//! A node is told by the place of its last byte, and read backwards from there. The two highest bits of that byte tell its sort: `11` has one
//! way on, to the node before it; `10` one to any other; else there are many, with a number of them in the lower bits, or in the byte before
//! if that is 0. Of a single way these bits tell the letter: the number of a common one, or 0 if it stands in the byte before. Then come,
//! backwards: the sizes of places and values (four bits each), for more than [`INDEXED`] ways a table of 256 bytes from letter to
//! number, the letters, the places (how far back from where the node begins; 0 for the end that has no ways), the values, and, where
//! `01` in the highest bits tells that a key may end here, the value of that.

use fst::raw::Fst;

/// From so many ways on a node has a table of them.
const INDEXED: usize = 32;
/// The place of the node that ends keys and has no ways on.
const END: usize = 0;
/// The letters that are told by a number, from 1 on.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

/// The map, as it lies in the program.
#[derive(Clone, Copy)]
pub struct Map {
    data: &'static [u8],
    root: usize,
}

/// A node with many ways: how many, and where its parts are.
struct Many {
    n: usize,
    /// Where the letters end, which begin with the last.
    letters: usize,
    /// Bytes of a place and of a value.
    sizes: (usize, usize),
    indexed: bool,
    ends: bool,
}

impl Many {
    /// Where the values of the ways end.
    fn values(&self) -> usize {
        self.letters - self.n - self.n * self.sizes.0
    }

    /// Where the node begins.
    fn start(&self) -> usize {
        self.values() - (self.n + usize::from(self.ends)) * self.sizes.1
    }
}

impl Map {
    /// The map in `data`; `None` if there is none.
    pub fn of(data: &'static [u8]) -> Option<Map> {
        let root = Fst::new(data).ok()?.root().addr();
        Some(Map { data, root })
    }

    /// Where all keys begin.
    pub fn root(&self) -> usize {
        self.root
    }

    /// The value of a key.
    pub fn get(&self, key: &[u8]) -> Option<u64> {
        let (mut node, mut out) = (self.root, 0);
        for letter in key {
            let (next, value) = self.step(node, *letter)?;
            (node, out) = (next, out + value);
        }
        self.end(node).map(|value| out + value)
    }

    /// Where the way with this letter leads from a node, and what it adds to the value.
    #[inline]
    pub fn step(&self, node: usize, letter: u8) -> Option<(usize, u64)> {
        if node == END {
            return None;
        }
        let state = self.data[node];
        if state >> 6 < 0b10 {
            let many = self.many(node, state);
            let n = self.number(&many, letter)?;
            let (place, value) = many.sizes;
            let target = self.number_at(many.letters - many.n - (n + 1) * place, place) as usize;
            let out = self.number_at(many.values() - (n + 1) * value, value);
            return Some((if target == END { END } else { many.start() - target }, out));
        }
        let (own, behind) = self.single(node, state);
        if own != letter {
            return None;
        }
        if state >> 6 == 0b11 {
            return Some((behind - 1, 0));
        }
        let sizes = self.data[behind - 1];
        let (place, value) = (usize::from(sizes >> 4), usize::from(sizes & 15));
        let at = behind - 1 - place;
        let target = self.number_at(at, place) as usize;
        Some((if target == END { END } else { at - value - target }, self.number_at(at - value, value)))
    }

    /// What a key that ends at a node adds to its value; `None` if none does.
    #[inline]
    pub fn end(&self, node: usize) -> Option<u64> {
        if node == END {
            return Some(0);
        }
        let state = self.data[node];
        if state >> 6 != 0b01 {
            return None;
        }
        let many = self.many(node, state);
        Some(self.number_at(many.start(), many.sizes.1))
    }

    /// The letters with which a node goes on, in no order.
    pub fn letters(&self, node: usize) -> impl Iterator<Item = u8> + use<> {
        let state = self.data[node];
        let (one, many): (_, &'static [u8]) = match state >> 6 {
            _ if node == END => (None, &[]),
            0b10 | 0b11 => (Some(self.single(node, state).0), &[]),
            _ => {
                let many = self.many(node, state);
                (None, &self.data[many.letters - many.n..many.letters])
            }
        };
        one.into_iter().chain(many.iter().copied())
    }

    /// The letter of a node's single way, and where it stands, or would.
    #[inline]
    fn single(&self, node: usize, state: u8) -> (u8, usize) {
        match usize::from(state & 63) {
            0 => (self.data[node - 1], node - 1),
            common => (COMMON[common - 1], node),
        }
    }

    /// The parts of a node with many ways.
    #[inline]
    fn many(&self, node: usize, state: u8) -> Many {
        let (mut n, mut at) = (usize::from(state & 63), node - 1);
        if n == 0 {
            // One way is told otherwise, and stands for 256.
            n = match self.data[at] {
                1 => 256,
                n => usize::from(n),
            };
            at -= 1;
        }
        let sizes = self.data[at];
        let indexed = n > INDEXED;
        Many {
            n,
            letters: at - if indexed { 256 } else { 0 },
            sizes: (usize::from(sizes >> 4), usize::from(sizes & 15)),
            indexed,
            ends: state >> 6 == 0b01,
        }
    }

    /// The number of the way with this letter.
    #[inline]
    fn number(&self, many: &Many, letter: u8) -> Option<usize> {
        if many.indexed {
            return Some(usize::from(self.data[many.letters + usize::from(letter)])).filter(|n| *n < many.n);
        }
        let letters = &self.data[many.letters - many.n..many.letters];
        letters.iter().rev().position(|own| *own == letter)
    }

    /// The number of so many bytes at a place; there are others behind the last node.
    #[inline]
    fn number_at(&self, at: usize, bytes: usize) -> u64 {
        let eight = self.data.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |eight| u64::from_le_bytes(*eight));
        if bytes >= 8 { eight } else { eight & ((1 << (8 * bytes)) - 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::Map;
    use fst::raw::{Builder, Fst};
    use fst::{IntoStreamer, Streamer};

    /// All keys and their values, and that of each key no other letter leads on than those the crate knows.
    fn check(data: &'static [u8]) -> usize {
        let (fst, map) = (Fst::new(data).unwrap(), Map::of(data).unwrap());
        let mut keys = fst.stream().into_stream();
        let (mut n, mut seen) = (0, std::collections::HashSet::new());
        while let Some((key, value)) = keys.next() {
            assert_eq!(map.get(key), Some(value.value()), "{key:?}");
            let mut node = map.root();
            for letter in key {
                if seen.insert(node) {
                    let theirs = fst.node(node);
                    for other in 0..=255 {
                        let way = theirs.find_input(other).map(|i| theirs.transition(i));
                        assert_eq!(map.step(node, other), way.map(|way| (way.addr, way.out.value())), "{key:?} {other}");
                    }
                    assert_eq!(map.end(node), theirs.is_final().then(|| theirs.final_output().value()));
                    let mut letters: Vec<u8> = map.letters(node).collect();
                    letters.sort_unstable();
                    assert!(letters.iter().copied().eq(theirs.transitions().map(|way| way.inp)), "{key:?}");
                }
                node = map.step(node, *letter).unwrap().0;
            }
            n += 1;
        }
        n
    }

    #[test]
    fn every_step_is_that_of_the_crate() {
        assert!(check(crate::extract::places::gazetteer::map_data().unwrap()) > 100_000);
    }

    #[test]
    fn wide_nodes_and_large_values_are_read() {
        let mut builder = Builder::memory();
        // All letters behind one, many behind another, one alone; a value for each, some of eight bytes.
        let wide = (0..=255u8).map(|letter| (vec![b'a', letter], u64::from(letter) << 56));
        let some = (0..40u8).map(|letter| (vec![b'b', letter * 2], u64::from(letter) * 300));
        let ends = [(b"b\xff".to_vec(), 7), (b"c".to_vec(), u64::MAX), (b"c\xee\xee".to_vec(), 0), (b"cH".to_vec(), 9)];
        let mut all: Vec<(Vec<u8>, u64)> = wide.chain(some).chain(ends).collect();
        all.sort();
        all.iter().for_each(|(key, value)| builder.insert(key, *value).unwrap());
        assert_eq!(check(builder.into_inner().unwrap().leak()), all.len());
    }
}

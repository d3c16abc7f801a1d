//! What is alike, put under its first telling.
//!
//! Candidates are found by bands of slots (locality-sensitive hashing, Indyk and Motwani 1998), one band in memory at a time,
//! and each is verified on the whole sketch. Then tellings are taken from the oldest on: one that is alike to a first telling,
//! or to a copy of it and still somewhat alike to the first itself, is another copy of it; one that is not is a first telling
//! itself. So a story does not creep from text to text into another one.
//!
//! Where more than [`WINDOW`] tellings share a band, each is compared with the next so many by date; a copy that only resembles
//! one further away may be missed. Everything else is exact for the sketches given.

use crate::spread::{processors, spread};
use rustc_hash::FxHashMap;
use std::convert::Infallible;

/// How many tellings of one band each is compared with.
pub(super) const WINDOW: usize = 64;
/// So many tellings are no work for another thread.
const FEW: usize = 10_000;
/// How many likenesses with older tellings are kept of each.
const KEPT: usize = 4;

/// What can be alike.
pub trait Tellings: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// What orders telling `n`: older first, equal ones by something that does not depend on the order of arrival.
    fn order(&self, n: usize) -> (i64, u64);

    /// The sketch.
    fn sketch(&self, n: usize) -> &[u8];

    /// How many bands a full sketch has.
    fn bands(&self) -> usize;

    /// The slots of one band of a sketch; `None` for a sketch that has none and is alike only to its equals.
    fn band(&self, sketch: &[u8], band: usize) -> Option<u64>;

    /// How alike two tellings are, in parts of a thousand.
    fn alike(&self, a: usize, b: usize) -> u32;

    /// From where on a telling is a copy.
    fn copy(&self) -> u32;

    /// From where on a copy of a copy is one of the first, too.
    fn kin(&self) -> u32;
}

/// For each telling its first telling: itself, when there is none before.
pub fn firsts(tellings: &impl Tellings) -> Vec<u32> {
    let mut by_age: Vec<u32> = (0..tellings.count() as u32).collect();
    by_age.sort_unstable_by_key(|n| tellings.order(*n as usize));
    let sketch = |rank: u32| tellings.sketch(by_age[rank as usize] as usize);
    let alike = |a: u32, b: u32| tellings.alike(by_age[a as usize] as usize, by_age[b as usize] as usize);
    // In ranks from here on: the lower, the older.
    let mut first: Vec<u32> = (0..by_age.len() as u32).collect();
    let mut of_sketch: FxHashMap<&[u8], u32> = FxHashMap::default();
    for rank in 0..by_age.len() as u32 {
        if !sketch(rank).is_empty() {
            first[rank as usize] = *of_sketch.entry(sketch(rank)).or_insert(rank);
        }
    }
    drop(of_sketch);
    let distinct = (0..by_age.len() as u32).filter(|rank| first[*rank as usize] == *rank && !sketch(*rank).is_empty());
    let mut distinct: Vec<Ranked> = distinct.map(|rank| Ranked { n: by_age[rank as usize], rank }).collect();
    distinct.sort_unstable_by_key(|telling| telling.n);
    for (later, likenesses) in likenesses(tellings, &distinct, &alike) {
        let mut best: Option<(u32, u32)> = None;
        for (with_it, earlier) in likenesses {
            let head = first[earlier as usize];
            let with_head = if head == earlier { with_it } else { alike(head, later) };
            let least = if head == earlier { tellings.copy() } else { tellings.kin() };
            if with_head >= least && best.is_none_or(|(most, at)| with_head > most || with_head == most && head < at) {
                best = Some((with_head, head));
            }
        }
        if let Some((_, head)) = best {
            first[later as usize] = head;
        }
    }
    // Equals of a copy follow it.
    for rank in 0..first.len() {
        first[rank] = first[first[rank] as usize];
    }
    let mut found = vec![0; first.len()];
    for (rank, head) in first.iter().enumerate() {
        found[by_age[rank] as usize] = by_age[*head as usize];
    }
    found
}

/// A telling by its number and by its rank.
struct Ranked {
    n: u32,
    rank: u32,
}

/// A telling with how alike it is to older ones.
type Likenesses = (u32, Vec<(u32, u32)>);

/// How alike later tellings are to some older ones.
type Found = FxHashMap<u32, Vec<(u32, u32)>>;

/// For each of the `distinct` tellings, the oldest first, how alike it is to some older ones; bands are gone through side by side.
/// Tellings come in the order of their numbers, in which their sketches lie: read by age, each would be fetched from elsewhere.
fn likenesses(tellings: &impl Tellings, distinct: &[Ranked], compare: &(impl Fn(u32, u32) -> u32 + Sync)) -> Vec<Likenesses> {
    let n_threads = processors().min(tellings.bands()).min(1 + distinct.len() / FEW);
    let new = || (Found::default(), Vec::<(u64, u32)>::with_capacity(distinct.len()), Shared::default());
    let Ok(gathered) = spread(n_threads, tellings.bands(), new, |(found, keys, shared), band| {
        keys.clear();
        shared.clear();
        let key = |telling: &Ranked| Some((tellings.band(tellings.sketch(telling.n as usize), band)?, telling.rank));
        keys.extend(distinct.iter().filter_map(key).inspect(|(key, _)| shared.note(*key)));
        keys.retain(|(key, _)| shared.may_have(*key));
        keys.sort_unstable();
        for same in keys.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            for (i, (_, earlier)) in same.iter().enumerate() {
                for (_, later) in same.iter().skip(i + 1).take(WINDOW) {
                    let alike = compare(*earlier, *later);
                    if alike >= tellings.copy() {
                        keep(found.entry(*later).or_default(), (alike, *earlier));
                    }
                }
            }
        }
        Ok::<(), Infallible>(())
    });
    let mut gathered = gathered.into_iter().map(|(found, ..)| found);
    let mut found = gathered.next().unwrap_or_default();
    for (later, likenesses) in gathered.flatten() {
        let kept = found.entry(later).or_default();
        likenesses.into_iter().for_each(|likeness| keep(kept, likeness));
    }
    let mut all: Vec<Likenesses> = found.drain().collect();
    all.sort_unstable_by_key(|(later, _)| *later);
    all
}

/// Which keys may have come more than once, by some of their bits: most come once, and need not be sorted.
struct Shared {
    once: Vec<u64>,
    again: Vec<u64>,
}

/// Bits of a key that are looked at.
const KEY: u32 = 24;

impl Default for Shared {
    fn default() -> Shared {
        let none = || vec![0; 1 << (KEY - 6)];
        Shared { once: none(), again: none() }
    }
}

impl Shared {
    fn clear(&mut self) {
        self.once.fill(0);
        self.again.fill(0);
    }

    fn note(&mut self, key: u64) {
        let (word, bit) = place(key, KEY);
        self.again[word] |= self.once[word] & bit;
        self.once[word] |= bit;
    }

    fn may_have(&self, key: u64) -> bool {
        let (word, bit) = place(key, KEY);
        self.again[word] & bit != 0
    }
}

/// The word and the bit in it to which `n_bits` of a key lead: Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
pub(super) fn place(key: u64, n_bits: u32) -> (usize, u64) {
    let bits = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - n_bits);
    (bits as usize / 64, 1 << (bits % 64))
}

/// Keeps the greatest likenesses, of equal ones those to the oldest.
fn keep(kept: &mut Vec<(u32, u32)>, likeness: (u32, u32)) {
    if kept.contains(&likeness) {
        return;
    }
    kept.push(likeness);
    kept.sort_unstable_by_key(|(alike, earlier)| (std::cmp::Reverse(*alike), *earlier));
    kept.truncate(KEPT);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that are alike when they differ by little; a band is a tens digit, read at two offsets.
    struct Numbers(Vec<(i64, Vec<u8>)>);

    impl Tellings for Numbers {
        fn count(&self) -> usize {
            self.0.len()
        }
        fn order(&self, n: usize) -> (i64, u64) {
            (self.0[n].0, u64::from(self.0[n].1[0]))
        }
        fn sketch(&self, n: usize) -> &[u8] {
            &self.0[n].1
        }
        fn bands(&self) -> usize {
            2
        }
        fn band(&self, sketch: &[u8], band: usize) -> Option<u64> {
            Some((u64::from(sketch[0]) + 10 * band as u64) / 20)
        }
        fn alike(&self, a: usize, b: usize) -> u32 {
            1000u32.saturating_sub(u32::from(self.0[a].1[0].abs_diff(self.0[b].1[0])) * 100)
        }
        fn copy(&self) -> u32 {
            500
        }
        fn kin(&self) -> u32 {
            300
        }
    }

    fn groups(of: &[(i64, u8)]) -> Vec<u8> {
        let numbers = Numbers(of.iter().map(|(when, n)| (*when, vec![*n])).collect());
        firsts(&numbers).into_iter().map(|first| of[first as usize].1).collect()
    }

    #[test]
    fn copies_stand_under_the_oldest() {
        assert_eq!(groups(&[(2, 13), (1, 11), (3, 90)]), [11, 11, 90]);
        // 17 is a copy of 13 and near enough to 11; 22 is too far from 11, whatever it is to 17.
        assert_eq!(groups(&[(1, 11), (2, 14), (3, 18), (4, 22)]), [11, 11, 11, 22]);
        assert_eq!(groups(&[]), [0u8; 0]);
    }

    proptest::proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(mut of in proptest::collection::vec((0i64..4, 0u8..200), 0..40), turn in 0usize..40) {
            of.sort_unstable();
            of.dedup();
            let mut one: Vec<_> = of.iter().copied().zip(groups(&of)).collect();
            let turn = turn % of.len().max(1);
            of.rotate_left(turn);
            of.reverse();
            let mut other: Vec<_> = of.iter().copied().zip(groups(&of)).collect();
            one.sort_unstable();
            other.sort_unstable();
            proptest::prop_assert_eq!(one, other);
        }
    }
}

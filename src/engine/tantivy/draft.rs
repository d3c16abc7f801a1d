//! A table of stories before it is written.

use super::stories::{TOLD_AGAIN, WORD};
use crate::story::Sketches;
use rustc_hash::FxHashSet;

/// A group of more than one: the number of its first, how many articles are in it, and the first's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub first: u32,
    pub articles: u32,
    pub name: String,
}

/// One side of a table.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// For each number the number of its first.
    pub firsts: Vec<u32>,
    /// Groups of more than one, by number.
    pub groups: Vec<Group>,
}

impl Draft {
    /// So many numbers, each of which stands alone.
    pub fn alone(n_numbers: u64) -> Draft {
        Draft { firsts: (0..n_numbers as u32).collect(), groups: Vec::new() }
    }

    /// Puts tellings under their firsts, which are given by their places among them; new groups have no names. Groups that are in
    /// the draft consist of these tellings only, or have none of them.
    pub fn tell<K>(&mut self, tellings: &Sketches<K>, firsts: &[u32]) {
        if !self.groups.is_empty() {
            let numbers: FxHashSet<u32> = tellings.numbers.iter().copied().collect();
            self.groups.retain(|group| !numbers.contains(&group.first));
        }
        let mut members: Vec<(u32, u32)> = Vec::new();
        for (n, first) in firsts.iter().enumerate() {
            let head = *first as usize;
            self.firsts[tellings.numbers[n] as usize] = tellings.numbers[head];
            if head != n {
                members.push((tellings.numbers[head], tellings.articles[head]));
                members.push((tellings.numbers[head], tellings.articles[n]));
            }
        }
        members.sort_unstable();
        members.dedup();
        for same in members.chunk_by(|a, b| a.0 == b.0) {
            self.groups.push(Group { first: same[0].0, articles: same.len() as u32, name: String::new() });
        }
        self.groups.sort_unstable_by_key(|group| group.first);
    }

    /// Takes those out that are no more, which stand alone from now on; what was in a group with them is told next.
    pub fn forget(&mut self, numbers: &FxHashSet<u32>) {
        self.groups.retain(|group| !numbers.contains(&group.first));
        numbers.iter().for_each(|number| self.firsts[*number as usize] = *number);
    }

    /// The words of a side, and the firsts of those that do not stand alone.
    pub fn packed(&self) -> (Vec<u8>, Vec<u32>) {
        let mut again = vec![false; self.firsts.len()];
        self.groups.iter().for_each(|group| again[group.first as usize] = true);
        let (mut words, mut firsts) = (Vec::with_capacity(self.firsts.len().div_ceil(64) * WORD), Vec::new());
        for (some, from) in self.firsts.chunks(64).zip((0u32..).step_by(64)) {
            let (mut bits, before) = (0u64, firsts.len() as u32);
            for (first, bit) in some.iter().zip(0u32..) {
                let mark = if again[*first as usize] { TOLD_AGAIN } else { 0 };
                if mark != 0 || *first != from + bit {
                    bits |= 1 << bit;
                    firsts.push(first | mark);
                }
            }
            words.extend_from_slice(&bits.to_le_bytes());
            words.extend_from_slice(&before.to_le_bytes());
        }
        (words, firsts)
    }
}

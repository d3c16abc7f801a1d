//! What has to be told anew once some tellings came and others went.
//!
//! Whose copy a telling is depends on what is alike to it, on what is alike to that, and on nothing else: all others stay under the
//! firsts they had. So all tellings are gone through in passes. The first looks for those that share a band with one that came or
//! went; what is alike to that one is to be told anew, too, and the next pass looks for what shares a band with these, until none is
//! added. Told by themselves they stand as they would among all.
//!
//! Where more than [`WINDOW`] share a band, and not each is compared with each, all of them are told anew.

use super::groups::{Tellings, WINDOW, firsts, place};
use super::tellings::{Kind, Sketches, Telling};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;

/// What is known of a telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is no more.
    Gone,
    /// It [`is_near`](Touched::is_near) to one that is to be told anew, and as far as is known not alike to it.
    Met,
    /// It is new, or alike to one that is, and to be told anew.
    Anew,
}

/// Tellings that came and went, and those that have to be told anew with them.
///
/// ```
/// use morgue::story::{Quotes, State, Telling, Touched, sketch::quote};
/// let said = quote("I will not sign a budget that closes our libraries", None);
/// let other = quote("Nobody asked us whether we wanted a new bridge here", None);
/// let telling = |sketch, number| Telling { sketch, order: (i64::from(number), 0), number, article: number };
/// let living = [telling(&said, 0), telling(&other, 1)];
/// let mut touched = Touched::<Quotes>::default();
/// touched.add(telling(&said, 2), State::Anew);
/// while touched.look() {
///     for telling in living.iter().filter(|telling| touched.is_near(telling.sketch)).collect::<Vec<_>>() {
///         touched.add(*telling, State::Met);
///     }
///     touched.grow();
/// }
/// let (told, firsts) = touched.tell();
/// assert_eq!((told.numbers.as_slice(), firsts.as_slice()), ([2, 0].as_slice(), [1, 1].as_slice()));
/// ```
#[derive(Default)]
pub struct Touched<K> {
    tellings: Sketches<K>,
    states: Vec<State>,
    /// By number.
    places: FxHashMap<u32, usize>,
    /// Those of whom it is not looked yet what is near to them.
    fresh: Vec<usize>,
    /// The bands of those, and what may be one of them.
    wanted: FxHashSet<u64>,
    bits: Vec<u64>,
}

impl<K: Kind + Default> Touched<K> {
    /// Adds one; nothing is done where it is known.
    pub fn add(&mut self, telling: Telling<'_>, state: State) {
        if let Entry::Vacant(place) = self.places.entry(telling.number) {
            place.insert(self.states.len());
            if state != State::Met {
                self.fresh.push(self.states.len());
            }
            self.tellings.push(telling);
            self.states.push(state);
        }
    }

    /// Begins a pass over all living tellings; `false` when none is needed any more.
    pub fn look(&mut self) -> bool {
        self.wanted.clear();
        self.bits.clear();
        for at in &self.fresh {
            self.wanted.extend(keys(&self.tellings, self.tellings.sketch(*at)));
        }
        if self.wanted.is_empty() {
            return false;
        }
        self.bits.resize(WORDS, 0);
        for (word, bit) in self.wanted.iter().map(|key| place(*key, BITS)) {
            self.bits[word] |= bit;
        }
        true
    }

    /// Whether a telling with this sketch is to be met in this pass: it shares a band with one of whom that is asked.
    pub fn is_near(&self, sketch: &[u8]) -> bool {
        !self.wanted.is_empty() && keys(&self.tellings, sketch).any(|key| self.is_wanted(key))
    }

    fn is_wanted(&self, key: u64) -> bool {
        let (word, bit) = place(key, BITS);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0) && self.wanted.contains(&key)
    }

    /// Ends a pass: of those that were met, who is alike is to be told anew.
    pub fn grow(&mut self) {
        let mut sharing: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for at in 0..self.states.len() {
            for key in keys(&self.tellings, self.tellings.sketch(at)).filter(|key| self.is_wanted(*key)) {
                sharing.entry(key).or_default().push(at);
            }
        }
        let asked: FxHashSet<usize> = self.fresh.drain(..).collect();
        for same in sharing.values() {
            for at in same {
                let is_alike = |other: &usize| asked.contains(other) && self.tellings.alike(*at, *other) >= self.tellings.copy();
                if self.states[*at] == State::Met && (same.len() > WINDOW || same.iter().any(is_alike)) {
                    self.states[*at] = State::Anew;
                    self.fresh.push(*at);
                }
            }
        }
    }

    /// How many are known of, whatever of.
    pub fn known(&self) -> usize {
        self.states.len()
    }

    /// The numbers of those that are no more.
    pub fn gone(&self) -> FxHashSet<u32> {
        let states = self.states.iter().zip(&self.tellings.numbers);
        states.filter(|(state, _)| **state == State::Gone).map(|(_, number)| *number).collect()
    }

    /// Those that are told anew, and for each the place among them of its first telling.
    pub fn tell(&self) -> (Sketches<K>, Vec<u32>) {
        let mut told = Sketches::default();
        for (at, _) in self.states.iter().enumerate().filter(|(_, state)| **state == State::Anew) {
            told.push(self.tellings.telling(at));
        }
        let firsts = firsts(&told);
        (told, firsts)
    }
}

/// Bits of a band that are looked at first, and the words these take.
const BITS: u32 = 22;
const WORDS: usize = 1 << (BITS - 6);

/// The bands of a sketch as numbers, alike for the same bands only (but by chance); of one without bands a number of its own.
fn keys(tellings: &impl Tellings, sketch: &[u8]) -> impl Iterator<Item = u64> {
    let bands = (0..tellings.bands()).filter_map(|band| Some(FxBuildHasher.hash_one((band, tellings.band(sketch, band)?))));
    let is_whole = !sketch.is_empty() && tellings.band(sketch, 0).is_none();
    bands.chain(is_whole.then(|| FxBuildHasher.hash_one(sketch)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Quotes;
    use crate::story::sketch::QUOTE_SLOTS;
    use proptest::strategy::Strategy;
    use std::collections::BTreeMap;

    /// A quote by its date and its slots; of those with slots alone an equal one is a copy, too.
    type Said = (i64, Vec<u16>);

    fn sketch(slots: &[u16]) -> Vec<u8> {
        if slots.len() < QUOTE_SLOTS {
            return slots.first().map(|slot| [0, 0, 0, 0, 0, 0, 0, *slot as u8]).map_or(Vec::new(), |all| all.to_vec());
        }
        slots.chunks_exact(2).flat_map(|two| [two[0] as u8, (two[0] >> 8) as u8 | (two[1] << 4) as u8, (two[1] >> 4) as u8]).collect()
    }

    fn told(all: &BTreeMap<u32, Said>) -> BTreeMap<u32, u32> {
        let mut quotes = Sketches::<Quotes>::default();
        for (number, (when, slots)) in all {
            quotes.push(Telling { sketch: &sketch(slots), order: (*when, u64::from(*number)), number: *number, article: *number });
        }
        quotes.numbers.iter().zip(firsts(&quotes)).map(|(number, first)| (*number, quotes.numbers[first as usize])).collect()
    }

    /// The firsts after `came` and `went`, from those before; and how many were told anew.
    fn told_on(before: &BTreeMap<u32, Said>, came: &BTreeMap<u32, Said>, went: &[u32]) -> (BTreeMap<u32, u32>, usize) {
        let mut touched = Touched::<Quotes>::default();
        fn telling<'a>(number: u32, when: i64, sketch: &'a [u8]) -> Telling<'a> {
            Telling { sketch, order: (when, u64::from(number)), number, article: number }
        }
        went.iter().for_each(|number| touched.add(telling(*number, before[number].0, &sketch(&before[number].1)), State::Gone));
        came.iter().for_each(|(number, (when, slots))| touched.add(telling(*number, *when, &sketch(slots)), State::Anew));
        while touched.look() {
            for (number, (when, slots)) in before.iter().filter(|(number, _)| !went.contains(number)) {
                if touched.is_near(&sketch(slots)) {
                    touched.add(telling(*number, *when, &sketch(slots)), State::Met);
                }
            }
            touched.grow();
        }
        let (anew, firsts) = touched.tell();
        let mut all = told(before);
        all.retain(|number, _| !went.contains(number));
        all.extend(anew.numbers.iter().zip(&firsts).map(|(number, first)| (*number, anew.numbers[*first as usize])));
        (all, firsts.len())
    }

    /// The first band is one of few, so that many share it who are not alike.
    fn said((few, many): (u16, u16)) -> impl Strategy<Value = Said> {
        let banded =
            (0..few, proptest::collection::vec(0..many, QUOTE_SLOTS - 2)).prop_map(|(band, rest)| [vec![band, band], rest].concat());
        (0i64..50, proptest::prop_oneof![9 => banded, 1 => proptest::collection::vec(0..many, 0..2)])
    }

    fn numbered(from: usize, all: Vec<Said>) -> BTreeMap<u32, Said> {
        (from as u32..).zip(all).collect()
    }

    proptest::proptest! {
        #[test]
        fn told_on_and_told_from_the_start_are_the_same(
            (old, new) in (1u16..40, 2u16..60).prop_flat_map(|n| (proptest::collection::vec(said(n), 0..160), proptest::collection::vec(said(n), 0..8))),
            gone in proptest::collection::vec(0usize..160, 0..5),
        ) {
            let came = numbered(old.len(), new);
            let before = numbered(0, old);
            let went: Vec<u32> = gone.into_iter().map(|n| n as u32).filter(|n| before.contains_key(n)).collect();
            let mut after = before.clone();
            after.extend(came.clone());
            after.retain(|number, _| !went.contains(number));
            proptest::prop_assert_eq!(told_on(&before, &came, &went).0, told(&after));
        }
    }

    #[test]
    fn what_is_like_nothing_new_is_not_told_anew() {
        let alone = |n: u16| (1, vec![n; QUOTE_SLOTS]);
        let before = numbered(0, (0..100).map(alone).collect());
        let (all, n) = told_on(&before, &numbered(100, vec![alone(7), alone(500)]), &[40]);
        assert_eq!((all[&100], all[&101], all.len(), n), (7, 101, 101, 3));
    }
}

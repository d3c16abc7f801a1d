//! What a clipping has, in small numbers that also say what a query cannot do without: see [`Needs`](super::needs::Needs).
//!
//! An *atom* is the hash of a word, of a stem, of the beginning of a word, of a whole value or of the mere presence of a
//! field, together with where it must stand: in the text, in a quote, in a field. A clipping that has none of the atoms a
//! query requires cannot answer it. Two things that share an atom by chance cost a look, never a wrong answer.

use crate::article::{Clipping, Quote};
use crate::field::{self, FIELDS, Field, FieldKind, Read, Value};
use crate::query::Desk;
use crate::words::{fold, stem, words};
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Most words of which the numbers are kept.
const MOST_WORDS: usize = 200_000;
/// Beginnings of words of these lengths, in characters, are atoms.
pub(super) const BEGINNINGS: [usize; 2] = [3, 5];

/// A hasher for what is a hash already.
#[derive(Default)]
pub(super) struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// A set of atoms.
pub(super) type AtomSet = HashSet<u64, BuildHasherDefault<Plain>>;
/// Something for each atom.
pub(super) type AtomMap<V> = HashMap<u64, V, BuildHasherDefault<Plain>>;

/// Tells quickly of most atoms that no query stands under them: a few bits for each that one does (Bloom 1970, with one hash). A look
/// here costs less than one into a table that is larger than what the processor keeps at hand.
pub(super) struct Filter {
    bits: Vec<u64>,
}

/// Bits of a filter for each atom in it: one in so many others passes by chance.
const BITS: usize = 16;

impl Filter {
    /// One that lets `atoms` pass.
    pub fn of(atoms: impl ExactSizeIterator<Item = u64>) -> Filter {
        let words = (atoms.len() * BITS).div_ceil(64).next_power_of_two();
        let mut filter = Filter { bits: vec![0; words] };
        for atom in atoms {
            let (word, bit) = filter.place(atom);
            filter.bits[word] |= bit;
        }
        filter
    }

    fn place(&self, atom: u64) -> (usize, u64) {
        // The table of atoms takes the low bits and the highest seven.
        let at = (atom >> 20) as usize;
        ((at >> 6) & (self.bits.len() - 1), 1 << (at & 63))
    }

    fn passes(&self, atom: u64) -> bool {
        let (word, bit) = self.place(atom);
        self.bits[word] & bit != 0
    }
}

/// What besides the words of texts any query needs.
#[derive(Default)]
pub(super) struct Wanted {
    /// The fields with values of which anything is needed.
    pub fields: Vec<usize>,
    /// Whether words in capitals are.
    pub in_capitals: bool,
}

/// What of a word is meant.
#[derive(Clone, Copy, Hash)]
pub(super) enum Aspect {
    Word,
    Stem,
    Beginning(usize),
    Whole,
    Present,
}

/// Where it must stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the title or the body.
    Text,
    /// In the words of a quote.
    Said,
    /// In the title or the body, written in capitals throughout.
    TextInCapitals,
    /// In the words of a quote, likewise.
    SaidInCapitals,
    /// In a field with values.
    Field(usize),
}

impl Place {
    /// The same place, for what is written in capitals there.
    pub fn in_capitals(self) -> Place {
        match self {
            Place::Text => Place::TextInCapitals,
            Place::Said => Place::SaidInCapitals,
            other => other,
        }
    }
}

pub(super) fn number(aspect: Aspect, text: &str) -> u64 {
    // Its keys are fixed: the same text always has the same number.
    let mut hasher = std::hash::DefaultHasher::new();
    (aspect, text).hash(&mut hasher);
    hasher.finish()
}

pub(super) fn placed(place: Place, number: u64) -> u64 {
    let place = match place {
        Place::Text => 1,
        Place::Said => 2,
        Place::TextInCapitals => 3,
        Place::SaidInCapitals => 4,
        Place::Field(row) => 5 + row as u64,
    };
    (number ^ place.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xFF51_AFD7_ED55_8CCD)
}

pub(super) fn row(field: &Field) -> usize {
    FIELDS.iter().position(|f| f == field).unwrap_or(FIELDS.len())
}

/// The first `n` characters, when there are so many.
pub(super) fn beginning(word: &str, n: usize) -> Option<&str> {
    let end = word.char_indices().map(|(i, _)| i).chain([word.len()]).nth(n)?;
    word.get(..end)
}

/// The numbers of a word, whatever the place: itself, its stem, its beginnings; where it is too short for one, itself again.
type Numbers = [u64; 2 + BEGINNINGS.len()];

fn of_word(word: &str, language: &str) -> Numbers {
    let itself = number(Aspect::Word, word);
    let begins = |n: usize| beginning(word, n).map_or(itself, |begin| number(Aspect::Beginning(n), begin));
    [itself, number(Aspect::Stem, &stem(language, word)), begins(BEGINNINGS[0]), begins(BEGINNINGS[1])]
}

/// The atoms of clippings, with the numbers of words kept from one to the next.
#[derive(Default)]
pub(super) struct Atoms<'f> {
    /// With the language whose inflections they are.
    kept: Vec<(&'static str, FxHashMap<Box<str>, Numbers>)>,
    /// Which of them is that of the clipping that is read.
    current: usize,
    /// Which atoms anybody wants, and of which fields with values; all, where there is none.
    filter: Option<(&'f Filter, &'f Wanted)>,
    pub set: AtomSet,
}

impl<'f> Atoms<'f> {
    /// Only those that `filter` lets pass, and that are of the text or `wanted`: some take long to read.
    pub fn through(filter: &'f Filter, wanted: &'f Wanted) -> Atoms<'f> {
        Atoms { filter: Some((filter, wanted)), ..Atoms::default() }
    }
}

impl Atoms<'_> {
    /// Fills `set` with the atoms of the clipping on the desk.
    pub fn read(&mut self, desk: &Desk<'_>) {
        self.set.clear();
        let language = desk.language();
        self.current = self.kept.iter().position(|(other, _)| *other == language).unwrap_or_else(|| {
            self.kept.push((language, FxHashMap::default()));
            self.kept.len() - 1
        });
        let kept = &mut self.kept[self.current].1;
        if kept.len() > MOST_WORDS {
            kept.clear();
        }
        let clipping = desk.clipping;
        let wanted = self.filter.map(|(_, wanted)| wanted);
        let in_capitals = wanted.is_none_or(|wanted| wanted.in_capitals);
        for field in ["title", "body"].iter().filter_map(|name| field::by_name(name)) {
            desk.for_each_form(field, None, &mut |form| self.word(Place::Text, form));
            if in_capitals {
                desk.for_each_in_capitals(field, None, &mut |form| self.word(Place::TextInCapitals, form));
            }
        }
        if let Some(said) = field::by_name("said") {
            for quote in &clipping.annotations.quotes {
                desk.for_each_form(said, Some(quote), &mut |form| self.word(Place::Said, form));
                if in_capitals {
                    desk.for_each_in_capitals(said, Some(quote), &mut |form| self.word(Place::SaidInCapitals, form));
                }
            }
        }
        let asked = |row: &usize| wanted.is_none_or(|wanted| wanted.fields.contains(row));
        for (row, field) in FIELDS.iter().enumerate().filter(|(row, f)| !matches!(f.kind, FieldKind::Text(_)) && asked(row)) {
            each_value(clipping, field, &mut |value| self.value(row, field, value));
        }
    }

    fn put(&mut self, atom: u64) {
        if self.filter.is_none_or(|(filter, _)| filter.passes(atom)) {
            self.set.insert(atom);
        }
    }

    fn word(&mut self, place: Place, word: &str) {
        let Some((language, kept)) = self.kept.get_mut(self.current) else { return };
        let numbers = match kept.get(word) {
            Some(numbers) => *numbers,
            None => *kept.entry(word.into()).or_insert_with(|| of_word(word, language)),
        };
        numbers.iter().for_each(|n| self.put(placed(place, *n)));
    }

    fn value(&mut self, row: usize, field: &Field, value: Value<'_>) {
        let place = Place::Field(row);
        let Value::Text(text) = value else {
            self.put(placed(place, number(Aspect::Present, "")));
            return;
        };
        if !text.is_empty() {
            self.put(placed(place, number(Aspect::Present, "")));
        }
        words(text).iter().for_each(|w| self.word(place, &w.3));
        let mut whole = |text: &str| self.put(placed(place, number(Aspect::Whole, text)));
        match field.kind {
            FieldKind::Keyword => {
                let folded = fold(text);
                whole(&folded);
                self.word(place, &folded);
            }
            FieldKind::Path => {
                text.split('/').for_each(&mut whole);
                text.match_indices('/').for_each(|(end, _)| whole(&text[..end]));
                whole(text);
            }
            _ => whole(&field.key(text)),
        }
    }
}

fn each_value(clipping: &Clipping, field: &Field, take: &mut dyn FnMut(Value<'_>)) {
    match field.read {
        Read::Article(read) => read(clipping, take),
        Read::Quote(read) => clipping.annotations.quotes.iter().for_each(|q: &Quote| read(clipping, q, take)),
        Read::Kin(_) => {}
    }
}

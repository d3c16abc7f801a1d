//! What a query cannot do without, and what a clipping has, in the same small numbers.
//!
//! An *atom* is the hash of a word, of a stem, of the beginning of a word, of a whole value or of the mere presence of a
//! field, together with where it must stand: in the text, in a quote, in a field. A clipping that has none of the atoms a
//! query requires cannot answer it. Two things that share an atom by chance cost a look, never a wrong answer.

use crate::article::{Clipping, Quote};
use crate::field::{self, FIELDS, Field, FieldKind, Read, Value};
use crate::query::{Desk, Expr, Part, Query, Target, ValueMatch, WordForm};
use crate::words::{LANGUAGES, fold, stem, words};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Most words of which the numbers are kept.
const MOST_WORDS: usize = 200_000;
/// Beginnings of words of these lengths, in characters, are atoms.
const BEGINNINGS: [usize; 2] = [3, 5];

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

/// What of a word is meant.
#[derive(Clone, Copy, Hash)]
enum Aspect {
    Word,
    Stem,
    Beginning(usize),
    Whole,
    Present,
}

/// Where it must stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the title or the body.
    Text,
    /// In the words of a quote.
    Said,
    /// In a field with values.
    Field(usize),
}

fn number(aspect: Aspect, text: &str) -> u64 {
    // Its keys are fixed: the same text always has the same number.
    let mut hasher = std::hash::DefaultHasher::new();
    (aspect, text).hash(&mut hasher);
    hasher.finish()
}

fn placed(place: Place, number: u64) -> u64 {
    let place = match place {
        Place::Text => 1,
        Place::Said => 2,
        Place::Field(row) => 3 + row as u64,
    };
    (number ^ place.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xFF51_AFD7_ED55_8CCD)
}

fn row(field: &Field) -> usize {
    FIELDS.iter().position(|f| f == field).unwrap_or(FIELDS.len())
}

/// The first `n` characters, when there are so many.
fn beginning(word: &str, n: usize) -> Option<&str> {
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
    filter: Option<(&'f Filter, &'f [usize])>,
    pub set: AtomSet,
}

impl<'f> Atoms<'f> {
    /// Only those that `filter` lets pass, and that are of the text or of `fields`: some take long to read.
    pub fn through(filter: &'f Filter, fields: &'f [usize]) -> Atoms<'f> {
        Atoms { filter: Some((filter, fields)), ..Atoms::default() }
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
        for field in ["title", "body"].iter().filter_map(|name| field::by_name(name)) {
            desk.for_each_form(field, None, &mut |form| self.word(Place::Text, form));
        }
        if let Some(said) = field::by_name("said") {
            for quote in &clipping.annotations.quotes {
                desk.for_each_form(said, Some(quote), &mut |form| self.word(Place::Said, form));
            }
        }
        let wanted = self.filter.map(|(_, fields)| fields);
        let asked = |row: &usize| wanted.is_none_or(|fields| fields.contains(row));
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

/// What a clipping that answers must have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Required {
    /// One of these atoms, chosen so that few clippings have one.
    pub any: Vec<u64>,
    /// And one of each of these lists.
    pub also: Vec<Vec<u64>>,
}

/// So many more lists are kept: each is a look that may spare the verdict.
const ALSO: usize = 3;
/// A longer list tells too little to be looked through.
const LONGEST_LIST: usize = 24;

impl Required {
    fn one(atom: u64) -> Required {
        Required { any: vec![atom], also: Vec::new() }
    }

    /// What either of several needs.
    fn either(all: impl Iterator<Item = Option<Required>>) -> Option<Required> {
        let all = all.collect::<Option<Vec<_>>>()?;
        match <[Required; 1]>::try_from(all) {
            Ok([only]) => Some(only),
            Err(all) => Some(Required { any: all.into_iter().flat_map(|one| one.any).collect(), also: Vec::new() }),
        }
    }
}

/// Finds out what queries need.
pub(super) struct Needs<'f> {
    /// How many clippings of a sample have an atom.
    pub frequency: &'f dyn Fn(u64) -> u64,
    /// The fields with values of which anything was needed so far.
    pub fields: RefCell<Vec<usize>>,
}

impl Needs<'_> {
    /// What `query` needs; `None` when it needs nothing that can be named. None of no atoms: nothing can answer it.
    pub fn of(&self, query: &Query, target: Target) -> Option<Required> {
        self.query(query, if target == Target::Quotes { Place::Said } else { Place::Text })
    }

    /// What all of several need: the rarest first.
    fn all(&self, parts: impl Iterator<Item = Option<Required>>) -> Option<Required> {
        let mut lists: Vec<Vec<u64>> = parts.flatten().flat_map(|one| std::iter::once(one.any).chain(one.also)).collect();
        lists.sort_by_cached_key(|list| (list.iter().map(|atom| (self.frequency)(*atom)).sum::<u64>(), list.len()));
        lists.dedup();
        let mut lists = lists.into_iter();
        let any = lists.next()?;
        Some(Required { any, also: lists.filter(|list| list.len() <= LONGEST_LIST).take(ALSO).collect() })
    }

    fn query(&self, query: &Query, words_in: Place) -> Option<Required> {
        match query {
            Query::Nothing => Some(Required::default()),
            Query::All | Query::Not(_) => None,
            Query::And(all) => self.all(all.iter().map(|q| self.query(q, words_in))),
            Query::Or(any) => Required::either(any.iter().map(|q| self.query(q, words_in))),
            Query::Boost(inner, _) => self.query(inner, words_in),
            Query::Quote(inner) => self.query(inner, Place::Said),
            Query::Article(inner) => self.query(inner, Place::Text),
            // What the archive tells of a clipping among others, the clipping itself does not show.
            Query::Is { field, .. } | Query::Has(field) | Query::Range { field, .. } if matches!(field.read, Read::Kin(_)) => None,
            Query::Has(field) | Query::Range { field, .. } => self.present(field),
            Query::Within { .. } => field::by_name("place").and_then(|place| self.present(place)),
            Query::Is { field, value } => self.value(field, value),
            Query::Text { fields, expr } if fields.is_empty() => self.expr(expr, words_in),
            Query::Text { fields, expr } => {
                let place = |f: &&Field| if matches!(f.read, Read::Quote(_)) { Place::Said } else { Place::Text };
                let mut places: Vec<Place> = fields.iter().map(place).collect();
                places.dedup();
                Required::either(places.into_iter().map(|place| self.expr(expr, place)))
            }
        }
    }

    fn value(&self, field: &Field, value: &ValueMatch) -> Option<Required> {
        let place = self.place_of(field);
        match value {
            ValueMatch::Words(forms) => self.all(forms.iter().map(|form| of_form(form, place))).or_else(|| self.present(field)),
            ValueMatch::Whole(whole) => {
                let whole = if field.kind == FieldKind::Keyword { fold(whole) } else { field.key(whole) };
                Some(Required::one(placed(place, number(Aspect::Whole, &whole))))
            }
            ValueMatch::Regex(_) => self.present(field),
        }
    }

    fn place_of(&self, field: &Field) -> Place {
        let (row, mut fields) = (row(field), self.fields.borrow_mut());
        if !fields.contains(&row) {
            fields.push(row);
        }
        Place::Field(row)
    }

    fn present(&self, field: &Field) -> Option<Required> {
        match field.kind {
            FieldKind::Text(_) => None,
            _ => Some(Required::one(placed(self.place_of(field), number(Aspect::Present, "")))),
        }
    }

    fn expr(&self, expr: &Expr, place: Place) -> Option<Required> {
        match expr {
            Expr::Word(form) => of_form(form, place),
            Expr::Phrase(parts) | Expr::Exact { parts, .. } => self.all(parts.iter().map(|part| match part {
                Part::Word(form) => of_form(form, place),
                Part::AnyOf(forms) => Required::either(forms.iter().map(|f| of_form(f, place))),
                Part::Gap => None,
            })),
            Expr::Window { words, .. } => self.all(words.iter().map(|form| of_form(form, place))),
            Expr::And(all) => self.all(all.iter().map(|e| self.expr(e, place))),
            Expr::Or(any) => Required::either(any.iter().map(|e| self.expr(e, place))),
            Expr::Near { left, right, .. } | Expr::Same { left, right, .. } => {
                self.all([left, right].into_iter().map(|e| self.expr(e, place)))
            }
            Expr::NotNear { left, .. } => self.expr(left, place),
            Expr::AtLeast { expr, .. } | Expr::First { expr, .. } | Expr::Case { expr, .. } => self.expr(expr, place),
        }
    }
}

fn of_form(form: &WordForm, place: Place) -> Option<Required> {
    let number = match form {
        WordForm::Exact(form) => number(Aspect::Word, form),
        // Of whatever language the article is; most languages have the same stem of a word.
        WordForm::Inflected(form) => {
            let mut stems: Vec<_> = LANGUAGES.iter().map(|language| stem(language, form)).chain([form.into()]).collect();
            stems.sort_unstable();
            stems.dedup();
            let any = stems.iter().map(|stem| placed(place, number(Aspect::Stem, stem))).collect();
            return Some(Required { any, also: Vec::new() });
        }
        WordForm::Pattern { glob, .. } => {
            let fixed: String = glob.chars().take_while(|c| !matches!(c, '*' | '?')).collect();
            let n = BEGINNINGS.iter().rev().find(|n| fixed.chars().count() >= **n)?;
            number(Aspect::Beginning(*n), beginning(&fixed, *n)?)
        }
        WordForm::Fuzzy { .. } | WordForm::Regex(_) => return None,
    };
    Some(Required::one(placed(place, number)))
}

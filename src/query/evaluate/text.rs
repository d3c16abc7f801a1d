//! A text cut into words, ready to be asked where a word stands.

use super::intervals::{Leaf, Places};
use super::sentence::starts;
use super::vocabulary::Words;
use crate::query::{Case, Unit, WordForm};
use crate::words::{for_each_word, is_in_capitals, stem};
use rustc_hash::FxBuildHasher;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::hash::BuildHasher;

struct Token {
    start: u32,
    end: u32,
    position: u32,
    /// Number of its folded form.
    form: u32,
}

/// The words of one text.
pub(super) struct Tokens<'t> {
    text: Cow<'t, str>,
    language: String,
    tokens: Vec<Token>,
    forms: Forms,
    /// The numbers of the tokens, those of one form together.
    by_form: Vec<u32>,
    /// Where those of each form begin in `by_form`, and at last where they all end.
    from: Vec<u32>,
    /// How many positions there are.
    pub len: u32,
    one_unit: bool,
    /// How often inflected words were asked for.
    inflected: Cell<u32>,
    /// The hash of the stem of each form and the form, in order.
    by_stem: OnceCell<Vec<(u64, u32)>>,
    sentences: OnceCell<Vec<u32>>,
    paragraphs: OnceCell<Vec<u32>>,
}

/// The different folded forms of a text, numbered as they come.
#[derive(Default)]
struct Forms {
    /// One after the other.
    buffer: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// Numbers by hash; a form whose place is taken has the next.
    numbers: HashMap<u64, u32, FxBuildHasher>,
}

impl Forms {
    fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.buffer.get(start..self.ends[at] as usize).unwrap_or("")
    }

    /// The number of `form`, or the free place for it.
    fn find(&self, form: &str) -> Result<u32, u64> {
        let mut hash = FxBuildHasher.hash_one(form);
        loop {
            match self.numbers.get(&hash) {
                Some(number) if self.get(*number) == form => return Ok(*number),
                Some(_) => hash = hash.wrapping_add(1),
                None => return Err(hash),
            }
        }
    }

    fn number(&mut self, form: &str) -> u32 {
        self.find(form).unwrap_or_else(|free| {
            let number = self.ends.len() as u32;
            self.buffer.push_str(form);
            self.ends.push(self.buffer.len() as u32);
            self.numbers.insert(free, number);
            number
        })
    }

    fn all(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..self.ends.len() as u32).map(|number| (number, self.get(number)))
    }
}

impl<'t> Tokens<'t> {
    /// Cuts `text`; `one_unit` says that all of it is one sentence.
    pub fn of(text: Cow<'t, str>, language: &str, one_unit: bool) -> Tokens<'t> {
        let (mut tokens, mut forms, mut len) = (Vec::with_capacity(text.len() / 5), Forms::default(), 0);
        for_each_word(&text, |word| {
            len = word.position + 1;
            let form = forms.number(word.form);
            tokens.push(Token { start: word.start as u32, end: word.end as u32, position: word.position, form });
        });
        // Sorted by form, by counting.
        let mut from = vec![0; forms.ends.len() + 1];
        tokens.iter().for_each(|token| from[token.form as usize + 1] += 1);
        (1..from.len()).for_each(|form| from[form] += from[form - 1]);
        let mut next = from.clone();
        let mut by_form = vec![0; tokens.len()];
        for (number, token) in tokens.iter().enumerate() {
            let place = &mut next[token.form as usize];
            by_form[*place as usize] = number as u32;
            *place += 1;
        }
        let language = language.to_owned();
        let (by_stem, sentences, paragraphs) = Default::default();
        Tokens { text, language, tokens, forms, by_form, from, len, one_unit, inflected: Cell::new(0), by_stem, sentences, paragraphs }
    }

    /// The hash of the stem of each form and the form, in order.
    fn by_stem(&self) -> &[(u64, u32)] {
        self.by_stem.get_or_init(|| {
            let hash = |form: &str| with_stem(&self.language, form, |stem| FxBuildHasher.hash_one(stem));
            let mut forms: Vec<(u64, u32)> = self.forms.all().map(|(number, form)| (hash(form), number)).collect();
            forms.sort_unstable();
            forms
        })
    }

    /// The numbers of the tokens of one form.
    fn of_form(&self, form: u32) -> &[u32] {
        let form = form as usize;
        self.by_form.get(self.from[form] as usize..self.from[form + 1] as usize).unwrap_or_default()
    }

    /// The tokens that are the word, in order of place, their letters as `cases` ask.
    fn found(&self, form: &WordForm, words: &Words, cases: &[Case]) -> impl Iterator<Item = &Token> {
        let mut found: Vec<u32> = Vec::new();
        let mut add = |number: u32| found.extend(self.of_form(number));
        match form {
            WordForm::Exact(form) => self.forms.find(form).into_iter().for_each(add),
            WordForm::Inflected(form) => {
                let stem = words.stems.get(form).map_or("", String::as_str);
                let akin =
                    |other: &str| other == form || (may_be_akin(&self.language, form, other) && has_stem(&self.language, other, stem));
                let asked = self.inflected.get();
                self.inflected.set(asked.saturating_add(1));
                if asked < SEVERAL {
                    self.forms.all().filter(|(_, other)| akin(other)).for_each(|(number, _)| add(number));
                } else {
                    let (hash, by_stem) = (FxBuildHasher.hash_one(stem), self.by_stem());
                    let like =
                        by_stem[by_stem.partition_point(|(other, _)| *other < hash)..].iter().take_while(|(other, _)| *other == hash);
                    let like: Vec<u32> = like.map(|(_, number)| *number).filter(|number| akin(self.forms.get(*number))).collect();
                    let itself = self.forms.find(form).ok().filter(|number| !like.contains(number));
                    like.into_iter().chain(itself).for_each(add);
                }
            }
            form => self.forms.all().filter(|(_, other)| words.fits(form, other)).for_each(|(number, _)| add(number)),
        }
        found.sort_unstable();
        found.into_iter().filter_map(|index| self.tokens.get(index as usize)).filter(move |t| self.written(t, cases))
    }

    /// Hands out every different word.
    pub fn for_each_form(&self, take: &mut dyn FnMut(&str)) {
        self.forms.all().for_each(|(_, form)| take(form));
    }

    /// Hands out every word that is written in capitals throughout, as often as it is.
    pub fn for_each_in_capitals(&self, take: &mut dyn FnMut(&str)) {
        self.tokens.iter().filter(|token| self.written(token, &[Case::AllCapitals])).for_each(|token| take(self.form(token)));
    }

    fn form(&self, token: &Token) -> &str {
        self.forms.get(token.form)
    }

    fn written(&self, token: &Token, cases: &[Case]) -> bool {
        let word = self.text.get(token.start as usize..token.end as usize).unwrap_or("");
        cases.iter().all(|case| match case {
            Case::Capital => word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase),
            Case::AllCapitals => is_in_capitals(word),
            Case::None => word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_uppercase),
        })
    }

    /// The bytes of a word or phrase, the whole of a compound where that was asked for.
    pub fn bytes(&self, leaf: &Leaf<'_>, words: &Words) -> std::ops::Range<usize> {
        let at = |position: u32, forms: &[WordForm]| -> Option<(usize, usize)> {
            let from = self.tokens.partition_point(|t| t.position < position);
            let to = self.tokens.partition_point(|t| t.position <= position);
            let standing = self.tokens.get(from..to)?;
            let asked = standing.iter().filter(|t| self.written(t, &leaf.cases) && forms.iter().any(|form| words.fits(form, self.form(t))));
            let token = asked.max_by_key(|t| t.end).or(standing.first())?;
            Some((token.start as usize, token.end as usize))
        };
        let start = at(leaf.run.start, leaf.first).map_or(0, |b| b.0);
        let end = at(leaf.run.end, leaf.last).map_or(start, |b| b.1);
        start..end.max(start)
    }

    /// Whether the words from position `first` to `last` stand there as `text` has them, with the marks before, between and
    /// behind them that `text` has.
    pub fn reads(&self, first: u32, last: u32, text: &str) -> bool {
        let from = self.tokens.partition_point(|t| t.position < first);
        let to = self.tokens.partition_point(|t| t.position <= last);
        let Some(standing) = self.tokens.get(from..to) else { return false };
        let start = standing.iter().map(|t| t.start as usize).min();
        let word = text.find(char::is_alphanumeric).unwrap_or(0);
        let (Some(start), Some((before, behind))) = (start, text.split_at_checked(word)) else { return false };
        let (Some(left), Some(right)) = (self.text.get(..start), self.text.get(start..)) else { return false };
        let same = |theirs: Option<char>, ours: char| theirs.is_some_and(|c| plain_mark(c) == plain_mark(ours));
        let mut left = left.chars().rev();
        let mut right = right.chars();
        before.chars().rev().all(|c| same(left.next(), c)) && behind.chars().all(|c| same(right.next(), c))
    }

    /// The number of the unit in which each position stands.
    pub fn units(&self, unit: Unit) -> &[u32] {
        let cell = match unit {
            Unit::Sentence => &self.sentences,
            Unit::Paragraph => &self.paragraphs,
        };
        cell.get_or_init(|| {
            let starts = if self.one_unit { vec![0] } else { starts(&self.text, unit) };
            let mut units: Vec<u32> = Vec::with_capacity(self.len as usize);
            for token in &self.tokens {
                if token.position as usize == units.len() {
                    units.push(starts.partition_point(|s| *s <= token.start as usize) as u32);
                }
            }
            units
        })
    }
}

/// Quotation marks, apostrophes and spaces are typography: curly and straight ones are the same.
fn plain_mark(c: char) -> char {
    match c {
        '‘' | '’' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Most stems kept at a time.
const MOST_STEMS: usize = 100_000;

type Stems = HashMap<Box<str>, Box<str>, FxBuildHasher>;

thread_local! {
    /// Stems worked out before, by language and form: news says the same words again and again.
    static STEMS: RefCell<Vec<(String, Stems)>> = RefCell::default();
}

/// So many inflected words are looked for among all forms of a text; for more it pays to sort the forms by their stems.
const SEVERAL: u32 = 2;

/// Whether the stem of `form` is `asked`.
fn has_stem(language: &str, form: &str, asked: &str) -> bool {
    with_stem(language, form, |stem| stem == asked)
}

/// What `tell` says of the stem of `form`.
fn with_stem<R>(language: &str, form: &str, tell: impl FnOnce(&str) -> R) -> R {
    STEMS.with_borrow_mut(|languages| {
        let at = languages.iter().position(|(other, _)| other == language).unwrap_or_else(|| {
            languages.push((language.to_owned(), Stems::default()));
            languages.len() - 1
        });
        let stems = &mut languages[at].1;
        if let Some(stem) = stems.get(form) {
            return tell(stem);
        }
        if stems.len() >= MOST_STEMS {
            stems.clear();
        }
        let stem = stem(language, form);
        let told = tell(&stem);
        stems.insert(form.into(), stem.into());
        told
    })
}

/// Whether two words can have one stem: those of English begin as their words do.
fn may_be_akin(language: &str, a: &str, b: &str) -> bool {
    language != "en" || a.as_bytes().first() == b.as_bytes().first()
}

/// The words of a text as a query asks for them.
pub(super) struct Asked<'a, 't> {
    pub tokens: &'a Tokens<'t>,
    pub words: &'a Words,
}

impl Places for Asked<'_, '_> {
    fn positions(&self, form: &WordForm, cases: &[Case]) -> Vec<u32> {
        let mut positions: Vec<u32> = self.tokens.found(form, self.words, cases).map(|token| token.position).collect();
        positions.dedup();
        positions
    }

    fn count(&self) -> u32 {
        self.tokens.len
    }

    fn together(&self, unit: Unit, first: u32, last: u32) -> bool {
        let units = self.tokens.units(unit);
        units.get(first as usize) == units.get(last as usize)
    }

    fn reads(&self, first: u32, last: u32, text: &str) -> bool {
        self.tokens.reads(first, last, text)
    }
}

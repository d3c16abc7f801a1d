//! A text cut into words, ready to be asked where a word stands.

use super::Words;
use super::intervals::{Leaf, Places};
use super::sentence::starts;
use crate::query::{Case, Unit, WordForm};
use crate::words::{for_each_word, stem};
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

struct Token {
    start: u32,
    end: u32,
    position: u32,
    /// Where its folded form stands in the buffer of forms.
    form: (u32, u32),
}

/// The words of one text.
pub(super) struct Tokens<'t> {
    text: Cow<'t, str>,
    language: String,
    tokens: Vec<Token>,
    /// The folded forms one after the other.
    buffer: String,
    /// How many positions there are.
    pub len: u32,
    one_unit: bool,
    /// Which tokens have a form.
    forms: HashMap<String, Vec<u32>>,
    /// Which tokens have a form with a stem.
    stems: OnceCell<HashMap<String, Vec<u32>>>,
    sentences: OnceCell<Vec<u32>>,
    paragraphs: OnceCell<Vec<u32>>,
}

impl<'t> Tokens<'t> {
    /// Cuts `text`; `one_unit` says that all of it is one sentence.
    pub fn of(text: Cow<'t, str>, language: &str, one_unit: bool) -> Tokens<'t> {
        let (mut tokens, mut buffer, mut forms, mut len) = (Vec::new(), String::new(), HashMap::<String, Vec<u32>>::new(), 0);
        for_each_word(&text, |word| {
            let index = tokens.len() as u32;
            match forms.get_mut(word.form) {
                Some(indexes) => indexes.push(index),
                None => {
                    forms.insert(word.form.to_owned(), vec![index]);
                }
            }
            len = word.position + 1;
            let from = buffer.len() as u32;
            buffer.push_str(word.form);
            let form = (from, buffer.len() as u32);
            tokens.push(Token { start: word.start as u32, end: word.end as u32, position: word.position, form });
        });
        let language = language.to_owned();
        Tokens {
            text,
            language,
            tokens,
            buffer,
            len,
            one_unit,
            forms,
            stems: OnceCell::new(),
            sentences: OnceCell::new(),
            paragraphs: OnceCell::new(),
        }
    }

    /// The tokens that are the word, in order of place, their letters as `cases` ask.
    fn found(&self, form: &WordForm, words: &Words, cases: &[Case]) -> impl Iterator<Item = &Token> {
        let mut found: Vec<u32> = match form {
            WordForm::Exact(form) => self.forms.get(form).cloned().unwrap_or_default(),
            WordForm::Inflected(form) => {
                let family = words.stems.get(form).and_then(|stem| self.stems().get(stem));
                let mut found = self.forms.get(form).cloned().unwrap_or_default();
                found.extend(family.into_iter().flatten());
                found
            }
            form => self.forms.iter().filter(|(other, _)| words.fits(form, other)).flat_map(|(_, indexes)| indexes).copied().collect(),
        };
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|index| self.tokens.get(index as usize)).filter(move |t| self.written(t, cases))
    }

    /// Hands out every different word.
    pub fn for_each_form(&self, take: &mut dyn FnMut(&str)) {
        self.forms.keys().for_each(|form| take(form));
    }

    fn form(&self, token: &Token) -> &str {
        self.buffer.get(token.form.0 as usize..token.form.1 as usize).unwrap_or("")
    }

    fn stems(&self) -> &HashMap<String, Vec<u32>> {
        self.stems.get_or_init(|| {
            let mut stems = HashMap::<String, Vec<u32>>::new();
            for (form, indexes) in &self.forms {
                kept_stem(&self.language, form, |stem| match stems.get_mut(stem) {
                    Some(all) => all.extend(indexes),
                    None => drop(stems.insert(stem.to_owned(), indexes.clone())),
                });
            }
            stems
        })
    }

    fn written(&self, token: &Token, cases: &[Case]) -> bool {
        let word = self.text.get(token.start as usize..token.end as usize).unwrap_or("");
        cases.iter().all(|case| match case {
            Case::Capital => word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase),
            Case::AllCapitals => word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase),
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

thread_local! {
    /// Stems worked out before, by language and form: news says the same words again and again.
    static STEMS: RefCell<HashMap<String, HashMap<String, Box<str>>>> = RefCell::default();
}

/// Hands over the stem of `form`.
fn kept_stem(language: &str, form: &str, take: impl FnOnce(&str)) {
    STEMS.with_borrow_mut(|languages| {
        if !languages.contains_key(language) {
            languages.insert(language.to_owned(), HashMap::new());
        }
        let Some(stems) = languages.get_mut(language) else { return };
        if let Some(stem) = stems.get(form) {
            return take(stem);
        }
        if stems.len() >= MOST_STEMS {
            stems.clear();
        }
        let stem = stem(language, form);
        take(&stem);
        stems.insert(form.to_owned(), stem.into());
    });
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

//! A text cut into words, ready to be asked where a word stands.

use super::Words;
use super::runs::{Leaf, Run};
use super::sentence::starts;
use crate::query::{Case, Unit, WordForm};
use crate::words::{for_each_word, stem};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

struct Token {
    start: u32,
    end: u32,
    position: u32,
}

/// The words of one text.
pub(super) struct Tokens<'t> {
    text: Cow<'t, str>,
    language: String,
    tokens: Vec<Token>,
    /// How many positions there are.
    pub len: u32,
    /// Which tokens have a form.
    forms: HashMap<String, Vec<u32>>,
    /// Which tokens have a form with a stem.
    stems: OnceCell<HashMap<String, Vec<u32>>>,
    sentences: OnceCell<Vec<u32>>,
    paragraphs: OnceCell<Vec<u32>>,
}

impl<'t> Tokens<'t> {
    /// Cuts `text`.
    pub fn of(text: Cow<'t, str>, language: &str) -> Tokens<'t> {
        let (mut tokens, mut forms, mut len) = (Vec::new(), HashMap::<String, Vec<u32>>::new(), 0);
        for_each_word(&text, |word| {
            let index = tokens.len() as u32;
            match forms.get_mut(word.form) {
                Some(indexes) => indexes.push(index),
                None => {
                    forms.insert(word.form.to_owned(), vec![index]);
                }
            }
            len = word.position + 1;
            tokens.push(Token { start: word.start as u32, end: word.end as u32, position: word.position });
        });
        let language = language.to_owned();
        Tokens { text, language, tokens, len, forms, stems: OnceCell::new(), sentences: OnceCell::new(), paragraphs: OnceCell::new() }
    }

    /// Where a word stands, in order of place, its letters as `cases` ask.
    pub fn leaves(&self, form: &WordForm, words: &Words, cases: &[Case]) -> Vec<Leaf> {
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
        found.into_iter().filter_map(|index| self.tokens.get(index as usize)).filter(|t| self.written(t, cases)).map(leaf).collect()
    }

    fn stems(&self) -> &HashMap<String, Vec<u32>> {
        self.stems.get_or_init(|| {
            let mut stems = HashMap::<String, Vec<u32>>::new();
            for (form, indexes) in &self.forms {
                stems.entry(stem(&self.language, form).into_owned()).or_default().extend(indexes);
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

    /// The bytes from the first to the last position of a run.
    pub fn bytes(&self, run: Run) -> std::ops::Range<usize> {
        let first = self.tokens.partition_point(|t| t.position < run.start);
        let behind = self.tokens.partition_point(|t| t.position <= run.end);
        let start = self.tokens.get(first).map_or(0, |t| t.start as usize);
        let last = self.tokens.get(first..behind).unwrap_or_default().iter().filter(|t| t.position == run.end);
        // Where a compound begins at the last position, its first part is what stands there.
        let end = last.map(|t| t.end as usize).min().unwrap_or(start);
        start..end
    }

    /// The number of the unit in which each position stands.
    pub fn units(&self, unit: Unit) -> &[u32] {
        let cell = match unit {
            Unit::Sentence => &self.sentences,
            Unit::Paragraph => &self.paragraphs,
        };
        cell.get_or_init(|| {
            let starts = starts(&self.text, unit);
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

fn leaf(token: &Token) -> Leaf {
    Leaf { run: Run { start: token.position, end: token.position }, bytes: token.start as usize..token.end as usize }
}

//! What is worked out once for the words of queries: their stems and patterns, for each language in which they are asked.

use crate::query::{Expr, FormMatcher, Query, ValueMatch, WordForm};
use crate::words::{LANGUAGES, place_of, stem};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What is worked out for the words of queries, for each language when an article of it comes; English at once.
pub(super) struct Tongues {
    english: Words,
    others: [OnceLock<Words>; LANGUAGES.len() + 1],
}

impl Tongues {
    pub(super) fn new<'q>(queries: impl Iterator<Item = &'q Query>) -> Tongues {
        Tongues { english: Words::of("en", queries), others: Default::default() }
    }

    /// Those for articles of a language of [`inflections`].
    pub(super) fn of<'q, I: Iterator<Item = &'q Query>>(&self, language: &'static str, queries: impl FnOnce() -> I) -> &Words {
        if language == "en" {
            return &self.english;
        }
        self.others[place_of(language)].get_or_init(|| Words::of(language, queries()))
    }
}

/// What is worked out once for the words of a query.
#[derive(Default)]
pub(super) struct Words {
    pub(super) language: String,
    pub(super) stems: FxHashMap<String, String>,
    forms: FxHashMap<WordForm, FormMatcher>,
}

impl Words {
    pub(super) fn of<'q>(language: &str, queries: impl Iterator<Item = &'q Query>) -> Words {
        let mut words = Words { language: language.to_owned(), ..Words::default() };
        queries.for_each(|query| words.prepare(query));
        words
    }

    pub(super) fn of_expr(language: &str, expr: &Expr) -> Words {
        let mut words = Words { language: language.to_owned(), ..Words::default() };
        words.prepare_expr(expr);
        words
    }

    fn prepare(&mut self, query: &Query) {
        match query {
            Query::Text { expr, .. } => self.prepare_expr(expr),
            Query::Is { value: ValueMatch::Words(forms), .. } => forms.iter().for_each(|f| self.form(f)),
            Query::Is { value: ValueMatch::Regex(expression), .. } => self.regex(expression),
            Query::Quote(inner) | Query::Article(inner) | Query::Not(inner) | Query::Boost(inner, _) => self.prepare(inner),
            Query::And(all) | Query::Or(all) => all.iter().for_each(|q| self.prepare(q)),
            _ => {}
        }
    }

    fn prepare_expr(&mut self, expr: &Expr) {
        expr.visit(&mut |e| e.words().for_each(|form| self.form(form)));
    }

    fn form(&mut self, form: &WordForm) {
        if let WordForm::Inflected(form) = form {
            let stem = stem(&self.language, form).into_owned();
            self.stems.insert(form.clone(), stem);
        }
        if !self.forms.contains_key(form) {
            self.forms.insert(form.clone(), FormMatcher::new(form, &[&self.language]));
        }
    }

    fn regex(&mut self, expression: &str) {
        self.form(&WordForm::Regex(expression.to_owned()));
    }

    /// Whether the folded `other` is what `form` asks for.
    pub(super) fn fits(&self, form: &WordForm, other: &str) -> bool {
        self.forms.get(form).is_some_and(|matcher| matcher.matches(other))
    }
}

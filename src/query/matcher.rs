//! Where a query matches on one clipping.

use super::{Expr, FormMatcher, Part, Query, Target, WordForm};
use crate::article::{Clipping, Quote};
use crate::field::{Field, by_name};
use crate::words::for_each_word;
use std::ops::Range;

/// Matched stretches.
pub struct Matches {
    /// Field and bytes of its text, sorted.
    pub spans: Vec<(&'static Field, Range<usize>)>,
}

/// A query ready to be looked for in clippings.
pub struct Matcher {
    forms: Vec<FormMatcher>,
}

impl Matcher {
    /// Prepares `query`.
    pub fn new(query: &Query, _: Target) -> Matcher {
        let mut forms = Vec::new();
        collect(query, &mut forms);
        Matcher { forms: forms.iter().map(|f| FormMatcher::new(f, &["en"])).collect() }
    }

    /// Where it matches on an article.
    pub fn article(&self, clipping: &Clipping) -> Option<Matches> {
        let mut spans = Vec::new();
        self.find("title", clipping.article.title.as_deref().unwrap_or(""), &mut spans);
        self.find("body", &clipping.article.body, &mut spans);
        Some(Matches { spans })
    }

    /// Where it matches on a quote.
    pub fn quote(&self, _: &Clipping, quote: &Quote) -> Option<Matches> {
        let mut spans = Vec::new();
        self.find("said", &quote.text, &mut spans);
        Some(Matches { spans })
    }

    fn find(&self, field: &str, text: &str, out: &mut Vec<(&'static Field, Range<usize>)>) {
        let Some(field) = by_name(field) else { return };
        for_each_word(text, |w| {
            if self.forms.iter().any(|f| f.matches(w.form)) {
                out.push((field, w.start..w.end));
            }
        });
    }
}

fn collect(query: &Query, out: &mut Vec<WordForm>) {
    match query {
        Query::Text { expr, .. } => expr_forms(expr, out),
        Query::And(qs) | Query::Or(qs) => qs.iter().for_each(|q| collect(q, out)),
        Query::Quote(q) | Query::Article(q) | Query::Boost(q, _) => collect(q, out),
        _ => {}
    }
}

fn expr_forms(expr: &Expr, out: &mut Vec<WordForm>) {
    match expr {
        Expr::Word(f) => out.push(f.clone()),
        Expr::Phrase(parts) => parts.iter().for_each(|p| match p {
            Part::Word(f) => out.push(f.clone()),
            Part::AnyOf(fs) => out.extend(fs.iter().cloned()),
            Part::Gap => {}
        }),
        Expr::Or(es) | Expr::And(es) => es.iter().for_each(|e| expr_forms(e, out)),
        _ => {}
    }
}

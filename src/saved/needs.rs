//! What a query cannot do without, in the numbers of [`atoms`](super::atoms).

use super::atoms::{Aspect, BEGINNINGS, Place, Wanted, beginning, number, placed, row};
use crate::field::{self, Field, FieldKind, Read};
use crate::query::{Case, Expr, Part, Query, Target, ValueMatch, WordForm};
use crate::words::{LANGUAGES, fold, stem};
use std::cell::RefCell;

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
    /// What was needed so far.
    pub wanted: RefCell<Wanted>,
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
        let (row, mut wanted) = (row(field), self.wanted.borrow_mut());
        if !wanted.fields.contains(&row) {
            wanted.fields.push(row);
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
            Expr::Case { expr, case: Case::AllCapitals } => {
                self.wanted.borrow_mut().in_capitals = true;
                self.expr(expr, place.in_capitals())
            }
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

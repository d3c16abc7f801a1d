//! A question in the words of the index: every node of the algebra becomes a tantivy query.

use super::dictionary::Reading;
use super::drawers::Drawers;
use super::excluded::ExcludedQuery;
use super::join::{JoinQuery, WithinQuery};
use super::leaves::{beginning, n_together};
use super::many_values::ManyValuesQuery;
use super::memory::Memory;
use super::pass::in_time;
use super::schema::{Columned, Columns, On, whole};
use super::stories::Stories;
use super::text::Tuning;
use super::wording::Searched;
use crate::error::{Context, Kind, Result};
use crate::field::{self, Field, FieldKind, Read};
use crate::query::{self, COMMON, Expr, FormMatcher, Part, Query, ValueMatch, WordForm};
use crate::words;
use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;
use std::time::Instant;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

/// Clauses before one that are looked at for the same clause.
const LOOKED_BACK: usize = 200;

pub(super) type Lowered = Box<dyn tantivy::query::Query>;

/// Turns queries into the index's own.
pub(super) struct Lowering<'a> {
    pub searcher: &'a Searcher,
    pub columns: &'a Columns,
    pub stories: &'a Arc<Stories>,
    pub drawers: &'a Arc<Drawers>,
    pub memory: &'a Memory,
    /// How stored clippings are read.
    pub reading: &'a Arc<Reading>,
    /// Languages whose inflections count.
    pub languages: &'a [&'a str],
    /// Whether any word of a conjunction of words is enough.
    pub any: bool,
    /// When looking through what the index has must end.
    pub deadline: Option<Instant>,
}

impl Lowering<'_> {
    /// The query for documents of kind `on`, and no others.
    pub fn whole(&self, query: &Query, on: On) -> Result<Lowered> {
        let lowered = self.query(query, on)?;
        Ok(if anchored(query) { lowered } else { Box::new(BooleanQuery::new(vec![(Occur::Must, lowered), (Occur::Must, self.kind(on))])) })
    }

    pub fn tuning(&self) -> Tuning {
        if self.any { Tuning::ANY } else { Tuning::ALL }
    }

    pub fn query(&self, query: &Query, on: On) -> Result<Lowered> {
        Ok(match query {
            Query::All => self.kind(on),
            Query::Nothing => Box::new(EmptyQuery),
            Query::Text { fields, expr } => self.text(fields, expr, on)?,
            Query::Is { field, value } if matches!(field.read, Read::Kin(_)) => self.kin(field, value, on)?,
            Query::Has(field) if matches!(field.read, Read::Kin(_)) => self.kind(on),
            Query::Is { field, value } => {
                let there = |c: &Columned| c.words.or(c.whole).is_some();
                self.on_kind(field, on, there, |columned, on| self.is(field, on, columned, value))?
            }
            Query::Range { field, from, to } => {
                self.on_kind(field, on, |c| c.number.is_some(), |columned, _| Ok(range(self.columns, columned, *from, *to)))?
            }
            Query::Has(field) => self.on_kind(field, on, |_| true, |columned, _| self.has(columned))?,
            Query::Within { lat, lon, km } => {
                let within = Box::new(ConstScoreQuery::new(Box::new(WithinQuery { lat: *lat, lon: *lon, km: *km }), 0.0));
                if on == On::Article { within } else { join(within, On::Quote) }
            }
            Query::Quote(inner) if on == On::Article => join(self.whole(inner, On::Quote)?, On::Article),
            Query::Article(inner) if on == On::Quote => join(self.whole(inner, On::Article)?, On::Quote),
            Query::Quote(inner) | Query::Article(inner) => self.query(inner, on)?,
            Query::And(all) => self.and(all, on)?,
            Query::Or(some) => {
                let different = some.iter().enumerate().filter(|(at, _)| !is_said_before(some, *at));
                let clauses: Result<Vec<_>> = different.map(|(_, q)| Ok((Occur::Should, self.query(q, on)?))).collect();
                Box::new(BooleanQuery::new(clauses?))
            }
            Query::Not(inner) => Box::new(BooleanQuery::new(vec![(Occur::Must, self.kind(on)), self.not(inner, on)?])),
            Query::Boost(inner, by) => Box::new(BoostQuery::new(self.query(inner, on)?, *by)),
        })
    }

    fn not(&self, left_out: &Query, on: On) -> Result<(Occur, Lowered)> {
        Ok((Occur::MustNot, Box::new(ExcludedQuery { inner: self.query(left_out, on)? })))
    }

    fn and(&self, all: &[Query], on: On) -> Result<Lowered> {
        let mut clauses = Vec::with_capacity(all.len() + 1);
        let n_words = all.iter().filter(|q| matches!(q, Query::Text { .. })).count();
        let common = if self.any && n_words > 1 { self.common(all, on)? } else { Vec::new() };
        for (at, query) in all.iter().enumerate() {
            if common.contains(&at) || is_said_before(all, at) {
                continue;
            }
            clauses.push(match query {
                Query::Not(inner) => self.not(inner, on)?,
                Query::Text { .. } if self.any && n_words > 1 => (Occur::Should, self.query(query, on)?),
                _ => (Occur::Must, self.query(query, on)?),
            });
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, self.kind(on)));
        }
        let least = usize::from(self.any && n_words > 1);
        Ok(Box::new(BooleanQuery::with_minimum_required_clauses(clauses, least)))
    }

    /// How many articles, or quotes, there are.
    pub fn n_all(&self, on: On) -> u64 {
        self.searcher.doc_freq(&Term::from_field_u64(self.columns.kind, on.code())).unwrap_or(0)
    }

    /// How many articles, or quotes, have a word, or a form of it, in their text; never more than there are.
    pub fn n_with(&self, form: &WordForm, on: On) -> Result<u64> {
        let name = if on == On::Article { "body" } else { "said" };
        let column = field::by_name(name).and_then(|f| self.columns.of(f, on)).and_then(|c| c.words);
        let Some(column) = column else { return Ok(0) };
        let found = self.terms(column, form, self.languages)?;
        let n = n_together(self.searcher, &found).context(Kind::Engine, || "cannot count a word in the index".to_owned())?;
        Ok(n.min(self.n_all(on)))
    }

    /// How many of the words of a question say something, when any of them is enough.
    pub fn n_said(&self, query: &Query, on: On) -> Result<usize> {
        let Query::And(all) = query else { return Ok(0) };
        let n_words = all.iter().filter(|q| matches!(q, Query::Text { .. })).count();
        Ok(n_words - self.common(all, on)?.len())
    }

    /// What `query` finds, ranked also by other words, each with its weight.
    pub fn ranked_by(&self, query: Lowered, words: impl Iterator<Item = (String, f32)>) -> Result<Lowered> {
        let mut clauses = vec![(Occur::Must, query)];
        for (form, weight) in words {
            let word = self.text(&[], &Expr::Word(WordForm::Inflected(form)), On::Article)?;
            clauses.push((Occur::Should, Box::new(BoostQuery::new(word, weight))));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// Which of the words of a question say nothing, because one document in [`COMMON`] has them; never all of them.
    fn common(&self, all: &[Query], on: On) -> Result<Vec<usize>> {
        let n_docs = self.n_all(on);
        let (mut common, mut n_words) = (Vec::new(), 0);
        for (at, query) in all.iter().enumerate() {
            let Query::Text { fields, expr } = query else { continue };
            n_words += 1;
            if let (Expr::Word(form), true) = (expr, fields.is_empty())
                && self.n_with(form, on)? * COMMON > n_docs
            {
                common.push(at);
            }
        }
        Ok(if common.len() < n_words { common } else { Vec::new() })
    }

    /// All documents of one kind, without a say in the score.
    pub fn kind(&self, on: On) -> Lowered {
        let term = Term::from_field_u64(self.columns.kind, on.code());
        Box::new(ConstScoreQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 0.0))
    }

    /// Asks about a field on the kind of document that has what it takes (`there`), and brings the answer to the kind that
    /// is wanted.
    fn on_kind(
        &self,
        field: &Field,
        on: On,
        there: impl Fn(&Columned) -> bool,
        ask: impl Fn(&Columned, On) -> Result<Lowered>,
    ) -> Result<Lowered> {
        let constant = |lowered| Box::new(ConstScoreQuery::new(lowered, 0.0)) as Lowered;
        if let Some(columned) = self.columns.of(field, on).filter(&there) {
            return Ok(constant(ask(&columned, on)?));
        }
        let other = if on == On::Article { On::Quote } else { On::Article };
        match self.columns.of(field, other).filter(&there) {
            Some(columned) => Ok(join(constant(ask(&columned, other)?), on)),
            None => Ok(Box::new(EmptyQuery)),
        }
    }

    fn is(&self, field: &'static Field, on: On, columned: &Columned, value: &ValueMatch) -> Result<Lowered> {
        match (value, columned.words, columned.whole) {
            // Any word at all would be too many to list, and a gap would reach from one name into the next.
            (ValueMatch::Words(forms), _, Some(column)) if field.kind == FieldKind::Name && forms.contains(&query::any_word()) => {
                self.names_with(column, forms)
            }
            (ValueMatch::Words(forms), Some(column), _) => {
                let parts: Vec<Part> = forms.iter().cloned().map(Part::Word).collect();
                self.row(&[Searched::new(field, on, column)], &parts, false)
            }
            // A step may be named without what is above it; each path down to a step is a term of its own.
            (ValueMatch::Whole(value), _, Some(column)) if field.kind == FieldKind::Path && !self.is_term(column, value)? => {
                let step = WordForm::Regex(format!("(.*/)?{}", regex::escape(value)));
                self.any_value(column, &step)
            }
            (ValueMatch::Whole(value), _, Some(column)) if field.ignores_case() => {
                self.any_value(column, &WordForm::Regex(format!("(?i:{})", regex::escape(&whole(value)))))
            }
            (ValueMatch::Whole(value), _, Some(column)) => {
                let folded = if field.kind == FieldKind::Keyword { words::fold(value) } else { value.as_str().into() };
                Ok(Box::new(TermQuery::new(Term::from_field_text(column, &whole(&folded)), IndexRecordOption::Basic)))
            }
            (ValueMatch::Words(forms), None, Some(column)) => match forms.as_slice() {
                [WordForm::Exact(value)] => self.any_value(column, &WordForm::Exact(whole(value).into_owned())),
                [form] => self.any_value(column, form),
                _ => Ok(Box::new(EmptyQuery)),
            },
            (ValueMatch::Regex(pattern), _, Some(column)) => {
                let above = if field.kind == FieldKind::Path { "(.*/)?" } else { "" };
                let folded = WordForm::Regex(format!("{above}(?i:{pattern})"));
                self.any_value(column, &folded)
            }
            _ => Ok(Box::new(EmptyQuery)),
        }
    }

    /// Whatever the form stands for among whole values. Of files and addresses there is one for each article: where they are more than
    /// one would list, they are gone through.
    fn any_value(&self, column: tantivy::schema::Field, form: &WordForm) -> Result<Lowered> {
        match self.terms(column, form, &[]) {
            Err(e) if e.kind() == Kind::Limit => {
                Ok(Box::new(ManyValuesQuery { field: column, form: form.clone(), deadline: self.deadline }))
            }
            found => Ok(Box::new(TermSetQuery::new(found?.into_iter().map(|meant| meant.term)))),
        }
    }

    /// Whole names in which the words stand in a row.
    fn names_with(&self, column: tantivy::schema::Field, forms: &[WordForm]) -> Result<Lowered> {
        let matchers: Vec<FormMatcher> = forms.iter().map(|form| FormMatcher::new(form, self.languages)).collect();
        let mut names: BTreeSet<String> = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let failed = || "cannot read the vocabulary of the index".to_owned();
            let inverted = segment.inverted_index(column).context(Kind::Engine, failed)?;
            let looked = beginning(&inverted, "", self.deadline, |name, _| {
                if let Some(name) = std::str::from_utf8(name).ok().filter(|name| stand_in(name, &matchers)) {
                    names.insert(name.to_owned());
                }
                Ok(())
            });
            in_time(self.deadline)?;
            looked.context(Kind::Engine, failed)?;
        }
        Ok(Box::new(TermSetQuery::new(names.iter().map(|name| Term::from_field_text(column, name)))))
    }

    /// Whether a path of several steps is a term.
    fn is_term(&self, column: tantivy::schema::Field, path: &str) -> Result<bool> {
        let n = self.searcher.doc_freq(&Term::from_field_text(column, path));
        Ok(path.contains('/') && n.context(Kind::Engine, || "cannot count a value in the index".to_owned())? > 0)
    }

    fn has(&self, columned: &Columned) -> Result<Lowered> {
        if let Some(fast) = columned.values.or(columned.number) {
            return Ok(Box::new(ExistsQuery::new(self.columns.schema.get_field_name(fast).to_owned(), false)));
        }
        let Some(column) = columned.whole.or(columned.words) else { return Ok(Box::new(EmptyQuery)) };
        let all = tantivy::query::RegexQuery::from_pattern(".*", column).context(Kind::Engine, || "cannot ask for any value".to_owned())?;
        Ok(Box::new(all))
    }
}

/// Whether words stand in a row in a name.
fn stand_in(name: &str, row: &[FormMatcher]) -> bool {
    let all = words::words(name);
    let stands = |at: u32, word: &FormMatcher| all.iter().any(|(_, _, position, form)| *position == at && word.matches(form));
    let end = all.last().map_or(0, |(_, _, position, _)| position + 1);
    (0..end).any(|start| row.iter().zip(start..).all(|(word, at)| stands(at, word)))
}

/// Whether the clause at `at` stands among those before it: what is said twice counts once, as in tantivy and Lucene. Of a long
/// list only the nearest are looked at; what is found is the same.
fn is_said_before(all: &[Query], at: usize) -> bool {
    all[at.saturating_sub(LOOKED_BACK)..at].contains(&all[at])
}

fn range(columns: &Columns, columned: &Columned, from: Option<i64>, to: Option<i64>) -> Lowered {
    let Some(column) = columned.number else { return Box::new(EmptyQuery) };
    let bound = |value: Option<i64>| value.map_or(Bound::Unbounded, |v| Bound::Included(Term::from_field_i64(column, v)));
    match (from, to) {
        (None, None) => Box::new(ExistsQuery::new(columns.schema.get_field_name(column).to_owned(), false)),
        _ => Box::new(RangeQuery::new(bound(from), bound(to))),
    }
}

pub(super) fn join(inner: Lowered, to: On) -> Lowered {
    Box::new(JoinQuery { inner, to })
}

/// Whether every document the query finds is of the kind asked for, because each of its positive parts is found on one kind only.
fn anchored(query: &Query) -> bool {
    match query {
        Query::And(all) => all.iter().any(|q| !matches!(q, Query::Not(_))) || all.iter().all(|q| matches!(q, Query::Not(_))),
        Query::Or(some) => some.iter().all(anchored),
        Query::Boost(inner, _) | Query::Quote(inner) | Query::Article(inner) => anchored(inner),
        _ => true,
    }
}

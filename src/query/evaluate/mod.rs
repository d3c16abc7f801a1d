//! Does one clipping (or one quote of it) answer a query, and where? No index is asked: this is the meaning of the algebra,
//! by which engines are tested, matches are marked and alerts are verified.
//!
//! With no field named, words are looked for in the headline and the text; the lead is part of the text and counts for
//! ranking alone.

mod intervals;
mod many;
mod runs;
mod sentence;
mod text;
mod values;
mod vocabulary;

pub use intervals::{Places, runs};
pub use many::{Desk, Matchers};
pub use runs::{Run, count_apart};
pub use sentence::{starts as unit_starts, unit_positions};

use self::text::{Asked, Tokens};
use self::vocabulary::{Tongues, Words};
use super::{Expr, Query, Target, WordForm};
use crate::article::{Clipping, Offsets, Quote};
use crate::field::{self, Field, FieldKind};
use std::ops::Range;

/// A query made ready to be held against many clippings.
pub struct Matcher {
    query: Query,
    target: Target,
    words: Tongues,
}

/// Where a clipping answers a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    /// The words that count, by field: bytes of the text the field reads. In order of the table of fields and of place,
    /// none of them overlapping. Words found inside quotes are given as places in the body, except in the quote asked for.
    pub spans: Vec<(&'static Field, Range<usize>)>,
}

impl Matcher {
    /// Makes `query` ready; inflections are those of the language of each article. The target matters for what can be marked,
    /// not for what holds.
    ///
    /// # Example
    ///
    /// ```
    /// use morgue::article::Clipping;
    /// use morgue::query::{Context, Matcher, Target, parse};
    /// let mut clipping = Clipping::default();
    /// clipping.article.body = "The mayor denied corruption.".to_owned();
    /// let matcher = Matcher::new(&parse("mayor w/5 corrupt!", &Context::new(Target::Articles)).query, Target::Articles);
    /// let spans: Vec<_> = matcher.article(&clipping).unwrap().spans.into_iter().map(|(f, at)| (f.name, at)).collect();
    /// assert_eq!(spans, [("body", 4..9), ("body", 17..27)]);
    /// ```
    pub fn new(query: &Query, target: Target) -> Matcher {
        Matcher { query: query.clone(), target, words: Tongues::new(std::iter::once(query)) }
    }

    /// A matcher of what has *some* of the words of a conjunction, for hits shown because nothing has them all.
    pub fn partial(query: &Query, target: Target) -> Matcher {
        let some = match query {
            Query::And(all) => {
                let texts: Vec<Query> = all.iter().filter(|q| matches!(q, Query::Text { .. })).cloned().collect();
                if texts.is_empty() { query.clone() } else { Query::Or(texts) }
            }
            other => other.clone(),
        };
        Matcher::new(&some, target)
    }

    /// What is looked for.
    pub fn target(&self) -> Target {
        self.target
    }

    /// Where the article answers the query; `None` when it does not.
    pub fn article(&self, clipping: &Clipping) -> Option<Matches> {
        self.hold(clipping, None)
    }

    /// Where the quote, which is one of the clipping's, answers the query; `None` when it does not.
    pub fn quote(&self, clipping: &Clipping, quote: &Quote) -> Option<Matches> {
        self.hold(clipping, Some(quote))
    }

    /// Each match as one stretch, from its first to its last word, for concordances: what [`Matcher::article`] and
    /// [`Matcher::quote`] give as separate words of one phrase or of two words close together is one here.
    pub fn whole(&self, clipping: &Clipping, quote: Option<&Quote>) -> Option<Matches> {
        self.hold_as(clipping, quote, true)
    }

    fn hold(&self, clipping: &Clipping, quote: Option<&Quote>) -> Option<Matches> {
        self.hold_as(clipping, quote, false)
    }

    fn hold_as(&self, clipping: &Clipping, quote: Option<&Quote>, whole: bool) -> Option<Matches> {
        let desk = Desk::new(clipping);
        let words = self.words.of(desk.language, || std::iter::once(&self.query));
        let mut marks = Marks { all: Vec::new(), wanted: if whole { Wanted::Whole } else { Wanted::Words } };
        if !(Scene { words, desk: &desk }).holds(&self.query, quote, &mut marks) {
            return None;
        }
        Some(Matches { spans: placed(marks.all, clipping, quote) })
    }
}

/// A stretch of one text that counts.
struct Mark<'c> {
    field: &'static Field,
    /// The quote in whose words it stands.
    quote: Option<&'c Quote>,
    bytes: Range<usize>,
}

/// Which stretches are to be marked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// None: only whether the query holds.
    Nothing,
    /// Each word or phrase that counts.
    Words,
    /// Each match from its first to its last word.
    Whole,
}

/// The stretches that count, where somebody wants to know.
struct Marks<'c> {
    all: Vec<Mark<'c>>,
    wanted: Wanted,
}

impl Marks<'_> {
    fn are_wanted(&self) -> bool {
        self.wanted != Wanted::Nothing
    }

    /// Marks of which none is made.
    fn unwanted() -> Self {
        Marks { all: Vec::new(), wanted: Wanted::Nothing }
    }
}

/// One clipping while it is looked at.
struct Scene<'s, 'c> {
    words: &'s Words,
    desk: &'s Desk<'c>,
}

impl<'c> Scene<'_, 'c> {
    /// Whether the query holds of the article, or of `quote`; adds to `marks` what counts if it does.
    fn holds(&self, query: &Query, quote: Option<&'c Quote>, marks: &mut Marks<'c>) -> bool {
        let before = marks.all.len();
        let holds = match query {
            Query::All => true,
            Query::Nothing => false,
            Query::Text { fields, expr } => self.text(fields, expr, quote, marks),
            Query::Is { field, value } => self.any_value(field, quote, |v| values::is(self.words, field, value, v)),
            Query::Range { field, from, to } => self.any_value(field, quote, |v| values::inside(*from, *to, v)),
            Query::Has(field) => self.any_value(field, quote, |v| !matches!(v, field::Value::Text(""))),
            Query::Within { lat, lon, km } => values::within(self.desk.clipping, (*lat, *lon), *km),
            Query::Quote(inner) => match quote {
                Some(_) => self.holds(inner, quote, marks),
                None => {
                    let mut quotes = self.desk.clipping.annotations.quotes.iter();
                    // All quotes that answer count, so none is left out when one is found.
                    match marks.are_wanted() {
                        true => quotes.filter(|q| self.holds(inner, Some(q), marks)).count() > 0,
                        false => quotes.any(|q| self.holds(inner, Some(q), marks)),
                    }
                }
            },
            Query::Article(inner) => self.holds(inner, None, marks),
            Query::And(all) => all.iter().all(|q| self.holds(q, quote, marks)),
            Query::Or(any) if marks.are_wanted() => any.iter().filter(|q| self.holds(q, quote, marks)).count() > 0,
            Query::Or(any) => any.iter().any(|q| self.holds(q, quote, marks)),
            Query::Not(inner) => !self.holds(inner, quote, &mut Marks::unwanted()),
            Query::Boost(inner, _) => self.holds(inner, quote, marks),
        };
        if !holds {
            marks.all.truncate(before);
        }
        holds
    }

    fn text(&self, fields: &[&'static Field], expr: &Expr, quote: Option<&'c Quote>, marks: &mut Marks<'c>) -> bool {
        let default = match quote {
            Some(_) => &["said"][..],
            None if expr.counts_from_start() => &["body"],
            None => &["title", "body"],
        };
        let named = default.iter().filter(|_| fields.is_empty()).filter_map(|name| field::by_name(name));
        if let (Expr::AtLeast { n, expr }, true) = (expr, fields.len() != 1) {
            let fields = fields.iter().copied().chain(named).filter(|f| matches!(f.read, field::Read::Article(_)) || quote.is_some());
            return fields.map(|field| runs::count_apart(&self.one_text(field, expr, quote, marks))).sum::<u32>() >= *n;
        }
        let mut found = false;
        for field in fields.iter().copied().chain(named) {
            match (field.read, quote) {
                (field::Read::Quote(_), None) => {
                    for quote in &self.desk.clipping.annotations.quotes {
                        found |= !self.one_text(field, expr, Some(quote), marks).is_empty();
                    }
                }
                (field::Read::Quote(_), quote) => found |= !self.one_text(field, expr, quote, marks).is_empty(),
                (field::Read::Article(_) | field::Read::Kin(_), _) => found |= !self.one_text(field, expr, None, marks).is_empty(),
            }
            if found && !marks.are_wanted() {
                return true;
            }
        }
        found
    }

    /// The matches in one text, which are marked if that is wanted.
    fn one_text(&self, field: &'static Field, expr: &Expr, quote: Option<&'c Quote>, marks: &mut Marks<'c>) -> Vec<Run> {
        let tokens = self.desk.tokens(field, quote);
        let asked = Asked { tokens: &tokens, words: self.words };
        if !marks.are_wanted() {
            return runs(expr, &asked);
        }
        let mut leaves = Vec::new();
        let runs = intervals::runs_and_leaves(expr, &asked, &mut leaves);
        let mark = |bytes| Mark { field, quote, bytes };
        if marks.wanted == Wanted::Whole {
            leaves.sort_by_key(|leaf| leaf.run.start);
            for run in &runs {
                let parts = leaves[leaves.partition_point(|leaf| leaf.run.start < run.start)..].iter();
                let parts = parts.take_while(|leaf| leaf.run.start <= run.end).filter(|leaf| leaf.run.end <= run.end);
                let bytes = parts.map(|leaf| tokens.bytes(leaf, self.words)).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
                marks.all.extend(bytes.map(mark));
            }
        } else {
            let parts = runs::covered(&runs, &leaves, |leaf| leaf.run);
            marks.all.extend(parts.map(|leaf| mark(tokens.bytes(leaf, self.words))));
        }
        runs
    }

    fn any_value(&self, field: &'static Field, quote: Option<&'c Quote>, test: impl Fn(field::Value<'_>) -> bool) -> bool {
        let mut found = false;
        let mut each = |value: field::Value<'_>| found = found || test(value);
        match (field.read, quote) {
            (field::Read::Article(read), _) => read(self.desk.clipping, &mut each),
            (field::Read::Quote(read), Some(quote)) => read(self.desk.clipping, quote, &mut each),
            (field::Read::Quote(read), None) => {
                self.desk.clipping.annotations.quotes.iter().for_each(|q| read(self.desk.clipping, q, &mut each));
            }
            (field::Read::Kin(read), quote) => {
                let quotes = &self.desk.clipping.annotations.quotes;
                let number = quote.and_then(|quote| quotes.iter().position(|q| std::ptr::eq(q, quote)));
                read(self.desk.clipping, number, &mut each);
            }
        }
        found
    }
}

/// Puts the marks in order. Those in the words of quotes other than `asked` become marks in the body.
fn placed(marks: Vec<Mark<'_>>, clipping: &Clipping, asked: Option<&Quote>) -> Vec<(&'static Field, Range<usize>)> {
    let body = field::by_name("body");
    let mut offsets = None;
    let mut spans: Vec<(&'static Field, Range<usize>)> = Vec::with_capacity(marks.len());
    for mark in marks {
        match mark.quote {
            Some(quote) if !asked.is_some_and(|q| std::ptr::eq(q, quote)) => {
                let offsets = offsets.get_or_insert_with(|| Offsets::of(&clipping.article.body));
                spans.extend(
                    values::in_body(&clipping.article.body, offsets, quote, mark.bytes).into_iter().filter_map(|at| Some((body?, at))),
                );
            }
            _ => spans.push((mark.field, mark.bytes)),
        }
    }
    let row = |field: &Field| field::FIELDS.iter().position(|f| f == field);
    spans.sort_by_key(|(field, at)| (row(field), at.start, at.end));
    spans.dedup_by(|next, kept| {
        let together = next.0 == kept.0 && next.1.start < kept.1.end;
        if together {
            kept.1.end = kept.1.end.max(next.1.end);
        }
        together
    });
    spans
}

/// Calls `each` with every word form that running text must hold; those that are excluded are left out.
pub fn visit_words(query: &Query, each: &mut dyn FnMut(&WordForm)) {
    match query {
        Query::Text { expr, .. } => expr_words(expr, each),
        Query::Quote(inner) | Query::Article(inner) | Query::Boost(inner, _) => visit_words(inner, each),
        Query::And(all) | Query::Or(all) => all.iter().for_each(|q| visit_words(q, each)),
        _ => {}
    }
}

fn expr_words(expr: &Expr, each: &mut dyn FnMut(&WordForm)) {
    expr.words().for_each(&mut *each);
    match expr {
        Expr::NotNear { left, .. } => expr_words(left, each),
        _ => expr.inner().for_each(|inner| expr_words(inner, each)),
    }
}

/// The text fields searched when none is named.
pub fn default_fields(target: Target) -> Vec<&'static Field> {
    let names: &[&str] = match target {
        Target::Articles => &["title", "body"],
        Target::Quotes => &["said"],
    };
    names.iter().filter_map(|name| field::by_name(name)).filter(|f| matches!(f.kind, FieldKind::Text(_))).collect()
}

/// The first and last word position of every match of `expr` in one text, in order; for engines' tests.
///
/// `one_unit` says that all of it is one sentence, as a headline is; inflections are those of `language`.
pub fn positions(expr: &Expr, text: &str, one_unit: bool, language: &str) -> Vec<Run> {
    let words = Words::of_expr(language, expr);
    let tokens = Tokens::of(text.into(), &words.language, one_unit);
    runs(expr, &Asked { tokens: &tokens, words: &words })
}

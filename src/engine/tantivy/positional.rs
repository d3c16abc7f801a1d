//! Closeness, order and the rest of the positional family.
//!
//! Which documents can match is told by the words they need. Whether one does, and how often, is told by the evaluator of the
//! `query` room, so that engine and evaluator cannot disagree, whatever the nesting: on the positions of the postings where
//! these are enough, else on the stored text.

use super::dictionary::Reading;
use super::leaves::Need;
use super::lower::Lowering;
use super::schema::On;
use super::units::Sentences;
use crate::article::Clipping;
use crate::field::{Field, Read, Value};
use crate::query::{Case, Expr, Part, Places, Run, Unit, WordForm, count_apart, positions};
use crate::words::inflections;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader};

/// Blocks of stored clippings kept open while candidates are looked at.
const BLOCKS: usize = 4;

/// An expression to be verified on the text of one field.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub expr: Arc<Expr>,
    pub forms: Arc<[Listed]>,
    pub telling: Telling,
    /// Whether matches that overlap count once.
    pub apart: bool,
    pub field: &'static Field,
    pub on: On,
    pub clipping: tantivy::schema::Field,
    pub reading: Arc<Reading>,
}

/// A word, and in which list it is looked up.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listed {
    pub form: WordForm,
    /// Whether in that of the words that are written in capitals throughout.
    pub in_capitals: bool,
}

/// How an expression is told of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// By positions alone.
    Positions,
    /// By positions and the column of sentences.
    Units,
    /// By positions first, then by the text: it asks for letters, or for sentences of a field that has no column.
    Both,
    /// By the text: it asks for such a thing, and that something be *not* close, which positions cannot rule out.
    Text,
}

/// How `expr` is told of the text of `field`.
pub(super) fn telling(expr: &Expr, field: &Field) -> Telling {
    let (mut letters, mut units, mut not) = (false, false, false);
    expr.visit(&mut |e| match e {
        // Words in capitals have a list of their own.
        Expr::Case { case: Case::AllCapitals, .. } => {}
        Expr::Case { .. } | Expr::Exact { .. } => letters = true,
        Expr::Same { .. } => units = true,
        Expr::NotNear { unit, .. } => {
            not = true;
            units |= unit.is_some();
        }
        _ => {}
    });
    // The lead is the beginning of the body, so its sentences are the body's.
    let has_column = matches!(field.name, "body" | "lead");
    let text = letters || (units && !has_column && !field.is_one_unit());
    match (text, not) {
        (false, _) if units && has_column => Telling::Units,
        (false, _) => Telling::Positions,
        (true, false) => Telling::Both,
        (true, true) => Telling::Text,
    }
}

/// Every word of an expression, each once.
pub(super) fn words(expr: &Expr) -> Vec<Listed> {
    fn add(expr: &Expr, in_capitals: bool, all: &mut Vec<Listed>) {
        let in_capitals = in_capitals || is_in_capitals(expr);
        for form in expr.words() {
            let listed = Listed { form: form.clone(), in_capitals };
            if !all.contains(&listed) {
                all.push(listed);
            }
        }
        expr.inner().for_each(|inner| add(inner, in_capitals, all));
    }
    let mut all = Vec::new();
    add(expr, false, &mut all);
    all
}

/// Whether the words of an expression are asked for in capitals throughout.
fn is_in_capitals(expr: &Expr) -> bool {
    matches!(expr, Expr::Case { case: Case::AllCapitals, .. })
}

/// Where among `forms` a word is.
fn place(forms: &[Listed], form: &WordForm, in_capitals: bool) -> Option<usize> {
    forms.iter().position(|listed| listed.form == *form && listed.in_capitals == in_capitals)
}

/// What a document needs of the words `forms` to match at all; `in_capitals` says that the expression is asked for so.
pub(super) fn needs(expr: &Expr, forms: &[Listed], in_capitals: bool) -> Need {
    let in_capitals = in_capitals || is_in_capitals(expr);
    let leaf = |form: &WordForm| place(forms, form, in_capitals).map_or(Need::Any(Vec::new()), Need::Leaf);
    let needs = |expr: &Expr| needs(expr, forms, in_capitals);
    match expr {
        Expr::Word(form) => leaf(form),
        Expr::Window { words, .. } => Need::All(words.iter().map(leaf).collect()),
        Expr::Phrase(parts) | Expr::Exact { parts, .. } => Need::All(
            parts
                .iter()
                .filter_map(|part| match part {
                    Part::Word(form) => Some(leaf(form)),
                    Part::AnyOf(some) => Some(Need::Any(some.iter().map(leaf).collect())),
                    Part::Gap => None,
                })
                .collect(),
        ),
        Expr::Or(some) => Need::Any(some.iter().map(needs).collect()),
        Expr::And(all) => Need::All(all.iter().map(needs).collect()),
        Expr::Near { left, right, .. } | Expr::Same { left, right, .. } => Need::All(vec![needs(left), needs(right)]),
        Expr::NotNear { left, .. } => needs(left),
        Expr::AtLeast { expr, .. } | Expr::First { expr, .. } | Expr::Case { expr, .. } => needs(expr),
    }
}

/// Where the words stand in one document, read off the postings.
pub(super) struct Standing<'a> {
    pub forms: &'a [Listed],
    pub positions: &'a [Vec<u32>],
    /// Where sentences begin, if that is known.
    pub units: Option<&'a Sentences<'a>>,
}

impl Places for Standing<'_> {
    fn positions(&self, form: &WordForm, cases: &[Case]) -> Vec<u32> {
        let at = place(self.forms, form, cases.contains(&Case::AllCapitals));
        at.and_then(|at| self.positions.get(at)).cloned().unwrap_or_default()
    }

    fn count(&self) -> u32 {
        u32::MAX
    }

    fn together(&self, unit: Unit, first: u32, last: u32) -> bool {
        self.units.is_none_or(|units| units.together(unit, first, last))
    }

    fn reads(&self, _: u32, _: u32, _: &str) -> bool {
        true
    }
}

/// The verdict in one segment.
pub(super) struct Court {
    verdict: Verdict,
    store: StoreReader,
    up: Option<Column<u64>>,
    number: Option<Column<u64>>,
    /// The clipping looked at last: the quotes of one article follow each other.
    last: Option<(DocId, Clipping)>,
}

impl Court {
    pub fn open(reader: &SegmentReader, verdict: &Verdict) -> tantivy::Result<Court> {
        let quote = verdict.on == On::Quote;
        Ok(Court {
            verdict: verdict.clone(),
            store: reader.get_store_reader(BLOCKS)?,
            up: quote.then(|| reader.fast_fields().u64("_up")).transpose()?,
            number: quote.then(|| reader.fast_fields().u64("_quote")).transpose()?,
            last: None,
        })
    }

    /// How many matches `doc` has; none where its clipping cannot be read, which `verify` reports.
    pub fn count(&mut self, doc: DocId) -> u32 {
        let article = self.up.as_ref().map_or(doc, |up| doc + up.first(doc).unwrap_or(0) as DocId);
        if self.last.as_ref().is_none_or(|(at, _)| *at != article) {
            let fetched = super::shelf::fetch(&self.store, &self.verdict.reading, article, self.verdict.clipping).ok().flatten();
            self.last = fetched.map(|clipping| (article, clipping));
        }
        let Some((_, clipping)) = &self.last else { return 0 };
        let language = inflections(clipping.article.language.as_deref());
        let mut n = 0;
        let mut take = |value: Value<'_>| {
            if let Value::Text(text) = value {
                n += self.verdict.number(&positions(&self.verdict.expr, text, self.verdict.field.is_one_unit(), language));
            }
        };
        match (self.verdict.field.read, &self.number) {
            (Read::Article(read), _) => read(clipping, &mut take),
            (Read::Quote(read), Some(number)) => {
                let quote = number.first(doc).and_then(|n| clipping.annotations.quotes.get(n as usize));
                quote.into_iter().for_each(|quote| read(clipping, quote, &mut take));
            }
            (Read::Quote(_), None) | (Read::Kin(_), _) => {}
        }
        n
    }
}

impl Verdict {
    /// A verdict on the text of `field` on documents of kind `on`.
    pub fn new(expr: &Expr, forms: &[Listed], field: &'static Field, on: On, lowering: &Lowering<'_>) -> Verdict {
        let (expr, telling) = (Arc::new(expr.clone()), telling(expr, field));
        let (clipping, reading) = (lowering.columns.clipping, Arc::clone(lowering.reading));
        Verdict { expr, forms: forms.into(), telling, apart: false, field, on, clipping, reading }
    }

    /// The same, where matches that overlap count as one.
    pub fn apart(self) -> Verdict {
        Verdict { apart: true, ..self }
    }

    /// How much these matches count.
    pub fn number(&self, runs: &[Run]) -> u32 {
        if self.apart { count_apart(runs) } else { runs.len() as u32 }
    }
}

//! Closeness, order and the rest of the positional family: candidates from the postings, the verdict from the stored text.
//!
//! Which documents can match is told by the words they need. Whether one does, and how often, is told by the evaluator of the
//! `query` room on its stored text, so that engine and evaluator cannot disagree, whatever the nesting.

use super::leaves::Need;
use super::schema::{Columns, On};
use crate::article::Clipping;
use crate::field::{Field, Read, Value};
use crate::query::{Expr, Part, WordForm, positions};
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::schema::Value as _;
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader, TantivyDocument};

/// Blocks of stored clippings kept open while candidates are looked at.
const BLOCKS: usize = 4;

/// An expression to be verified on the text of one field.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub expr: Arc<Expr>,
    pub field: &'static Field,
    pub on: On,
    pub clipping: tantivy::schema::Field,
}

/// The words of an expression, each once, and what a document needs of them.
pub(super) fn needs(expr: &Expr, forms: &mut Vec<Vec<WordForm>>) -> Need {
    let mut leaf = |some: &[WordForm]| {
        forms.push(some.to_vec());
        Need::Leaf(forms.len() - 1)
    };
    match expr {
        Expr::Word(form) => leaf(std::slice::from_ref(form)),
        Expr::Window { words, .. } => Need::All(words.iter().map(|w| leaf(std::slice::from_ref(w))).collect()),
        Expr::Phrase(parts) => Need::All(
            parts
                .iter()
                .filter_map(|part| match part {
                    Part::Word(form) => Some(leaf(std::slice::from_ref(form))),
                    Part::AnyOf(some) => Some(leaf(some)),
                    Part::Gap => None,
                })
                .collect(),
        ),
        Expr::Or(some) => Need::Any(some.iter().map(|e| needs(e, forms)).collect()),
        Expr::And(all) => Need::All(all.iter().map(|e| needs(e, forms)).collect()),
        Expr::Near { left, right, .. } | Expr::Same { left, right, .. } => Need::All(vec![needs(left, forms), needs(right, forms)]),
        Expr::NotNear { left, .. } => needs(left, forms),
        Expr::AtLeast { expr, .. } | Expr::First { expr, .. } | Expr::Case { expr, .. } => needs(expr, forms),
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
            let stored = self.store.get::<TantivyDocument>(article).ok();
            let bytes = stored.as_ref().and_then(|d| d.get_first(self.verdict.clipping)).and_then(|v| v.as_bytes());
            self.last = bytes.and_then(|b| serde_json::from_slice(b).ok()).map(|clipping| (article, clipping));
        }
        let Some((_, clipping)) = &self.last else { return 0 };
        let mut n = 0;
        let mut take = |value: Value<'_>| {
            if let Value::Text(text) = value {
                n += positions(&self.verdict.expr, text).len() as u32;
            }
        };
        match (self.verdict.field.read, &self.number) {
            (Read::Article(read), _) => read(clipping, &mut take),
            (Read::Quote(read), Some(number)) => {
                let quote = number.first(doc).and_then(|n| clipping.annotations.quotes.get(n as usize));
                quote.into_iter().for_each(|quote| read(clipping, quote, &mut take));
            }
            (Read::Quote(_), None) => {}
        }
        n
    }
}

impl Verdict {
    /// A verdict on the text of `field` on documents of kind `on`.
    pub fn new(expr: &Expr, field: &'static Field, on: On, columns: &Columns) -> Verdict {
        Verdict { expr: Arc::new(expr.clone()), field, on, clipping: columns.clipping }
    }
}

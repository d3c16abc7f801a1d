//! Columns of the segments, and which documents are articles, opened once and kept for the next question: opening a column reads
//! through a list that is as long as the segment.

use super::schema::On;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use tantivy::columnar::column_index::MultiValueIndex;
use tantivy::columnar::{Column, ColumnIndex};
use tantivy::index::SegmentId;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

/// Segments that are no more are let go when so many are known.
const SEGMENTS: usize = 64;

/// What was opened, by segment.
#[derive(Default)]
pub(super) struct Drawers {
    segments: RwLock<HashMap<SegmentId, Arc<Segment>>>,
}

#[derive(Default)]
struct Segment {
    naturals: RwLock<HashMap<String, Column<u64>>>,
    integers: RwLock<HashMap<String, Column<i64>>>,
    articles: RwLock<Option<Arc<Bits>>>,
    starts: RwLock<HashMap<String, Arc<[u32]>>>,
    days: RwLock<HashMap<String, Arc<[i32]>>>,
}

/// The day of what has no date.
pub(super) const UNDATED: i32 = i32::MIN;

/// Documents of a segment, a bit each.
pub(super) struct Bits(pub Vec<u64>);

impl Bits {
    /// None of so many documents.
    pub fn none(n: DocId) -> Bits {
        Bits(vec![0; (n as usize).div_ceil(64)])
    }

    #[inline]
    pub fn add(&mut self, doc: DocId) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    /// All of them, in order.
    pub fn each(&self) -> impl Iterator<Item = DocId> {
        self.0.iter().zip(0..).flat_map(|(word, at)| ones(*word).map(move |bit| at * 64 + bit))
    }

    /// The first one from `doc` on.
    #[inline]
    pub fn next(&self, doc: DocId) -> Option<DocId> {
        let mut at = doc as usize / 64;
        let mut bits = self.0.get(at)? & u64::MAX << (doc % 64);
        while bits == 0 {
            at += 1;
            bits = *self.0.get(at)?;
        }
        Some(at as DocId * 64 + bits.trailing_zeros())
    }
}

/// The places of the bits that are set.
pub(super) fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros());
        word &= word.wrapping_sub(1);
        bit
    })
}

/// For each of `docs`, in order, and for the end of them: the row where its values begin. One lookup less for each of many hits.
fn starts(index: &ColumnIndex, n_rows: u32, docs: impl Iterator<Item = DocId>) -> Arc<[u32]> {
    let (optional, begin) = match index {
        ColumnIndex::Optional(optional) => (optional, None),
        ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(some)) => {
            let column = &some.start_index_column;
            let mut begin = vec![0; column.num_vals() as usize];
            column.get_range(0, &mut begin);
            (&some.optional_index, Some(begin))
        }
        // No other is written today.
        _ => {
            let mut end = 0;
            let row = |doc: DocId| {
                let rows = index.value_row_ids(doc);
                let row = if rows.is_empty() { end } else { rows.start };
                end = end.max(rows.end);
                row
            };
            return docs.map(row).collect::<Vec<u32>>().into_iter().chain([n_rows]).collect();
        }
    };
    let mut with = optional.iter_non_null_docs().zip(0u32..).peekable();
    let row = |doc: DocId| {
        while with.next_if(|(other, _)| *other < doc).is_some() {}
        let row = with.peek().map_or(n_rows, |(_, nth)| begin.as_ref().map_or(*nth, |begin| begin[*nth as usize]));
        with.next_if(|(other, _)| *other == doc);
        row
    };
    docs.map(row).collect::<Vec<u32>>().into_iter().chain([n_rows]).collect()
}

/// Keeps what `open` opens.
fn kept<T: Clone>(known: &RwLock<HashMap<String, T>>, name: &str, open: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<T> {
    if let Some(column) = known.read().unwrap_or_else(PoisonError::into_inner).get(name) {
        return Ok(column.clone());
    }
    let column = open()?;
    known.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), column.clone());
    Ok(column)
}

impl Drawers {
    fn segment(&self, reader: &SegmentReader) -> Arc<Segment> {
        if let Some(segment) = self.segments.read().unwrap_or_else(PoisonError::into_inner).get(&reader.segment_id()) {
            return Arc::clone(segment);
        }
        let mut segments = self.segments.write().unwrap_or_else(PoisonError::into_inner);
        if segments.len() >= SEGMENTS {
            segments.clear();
        }
        Arc::clone(segments.entry(reader.segment_id()).or_default())
    }

    /// A column of natural numbers.
    pub fn naturals(&self, reader: &SegmentReader, name: &str) -> tantivy::Result<Column<u64>> {
        kept(&self.segment(reader).naturals, name, || reader.fast_fields().u64(name))
    }

    /// A column of integers or dates.
    pub fn integers(&self, reader: &SegmentReader, name: &str) -> tantivy::Result<Column<i64>> {
        kept(&self.segment(reader).integers, name, || reader.fast_fields().i64(name))
    }

    /// The same as [`Drawers::starts`], if that was asked before.
    pub fn known_starts(&self, reader: &SegmentReader, name: &str) -> Option<Arc<[u32]>> {
        self.segment(reader).starts.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// The day of each of the `articles`, in order: days since 1970 by the column of dates called `name`, or [`UNDATED`].
    pub fn days(&self, reader: &SegmentReader, name: &str, articles: &Bits) -> tantivy::Result<Arc<[i32]>> {
        let column = self.integers(reader, name)?;
        kept(&self.segment(reader).days, name, || {
            let day = |doc| column.first(doc).map_or(UNDATED, |seconds| seconds.div_euclid(86_400) as i32);
            Ok(articles.each().map(day).collect())
        })
    }

    /// The same, if that was asked before.
    pub fn known_days(&self, reader: &SegmentReader, name: &str) -> Option<Arc<[i32]>> {
        self.segment(reader).days.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Where the values of the column called `name` begin for each article, or each quote, in order; and where the last end.
    pub fn starts<T: PartialOrd + 'static>(
        &self,
        reader: &SegmentReader,
        name: &str,
        column: &Column<T>,
        (articles, on): (&Bits, On),
    ) -> tantivy::Result<Arc<[u32]>> {
        kept(&self.segment(reader).starts, name, || {
            let n_rows = column.values.num_vals();
            Ok(match on {
                On::Article => starts(&column.index, n_rows, articles.each()),
                On::Quote => {
                    let is_quote = |doc: &DocId| articles.0[*doc as usize / 64] >> (doc % 64) & 1 == 0;
                    starts(&column.index, n_rows, (0..reader.max_doc()).filter(is_quote))
                }
            })
        })
    }

    /// Which documents are articles, deleted ones among them; the others are quotes, each before its article. `kind` is the column
    /// that says it.
    pub fn articles(&self, reader: &SegmentReader, kind: Field) -> tantivy::Result<Arc<Bits>> {
        let segment = self.segment(reader);
        if let Some(bits) = &*segment.articles.read().unwrap_or_else(PoisonError::into_inner) {
            return Ok(Arc::clone(bits));
        }
        let mut bits = Bits::none(reader.max_doc());
        let term = Term::from_field_u64(kind, On::Article.code());
        if let Some(mut list) = reader.inverted_index(kind)?.read_block_postings(&term, IndexRecordOption::Basic)? {
            while !list.docs().is_empty() {
                list.docs().iter().for_each(|doc| bits.add(*doc));
                list.advance();
            }
        }
        let bits = Arc::new(bits);
        *segment.articles.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&bits));
        Ok(bits)
    }
}

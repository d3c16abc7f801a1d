//! Columns of the segments, and which documents are articles, opened once and kept for the next question: opening a column reads
//! through a list that is as long as the segment.

use super::ids::Ids;
use super::schema::On;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use tantivy::columnar::column_index::MultiValueIndex;
use tantivy::columnar::{Column, ColumnIndex};
use tantivy::index::SegmentId;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher, SegmentReader, Term};

/// What was opened, by segment.
#[derive(Default)]
pub(super) struct Drawers {
    segments: RwLock<HashMap<SegmentId, Arc<Segment>>>,
    /// Questions with many hits.
    asked: AtomicU32,
    /// Ids that were asked for alone.
    wanted: AtomicU64,
}

/// A program that answers no more questions with many hits than these reads columns as they lie.
const COLD: u32 = 3;
/// One that asks for fewer ids than one in so many articles has takes them from the clippings.
const FEW: u64 = 64;

#[derive(Default)]
struct Segment {
    naturals: RwLock<HashMap<String, Column<u64>>>,
    integers: RwLock<HashMap<String, Column<i64>>>,
    articles: RwLock<Option<Arc<Bits>>>,
    lines: RwLock<HashMap<String, Arc<Lines>>>,
    days: RwLock<HashMap<String, Arc<[i32]>>>,
    ids: RwLock<HashMap<String, Arc<Ids>>>,
}

/// A column of values written out: 4 bytes a value and a document.
pub(super) struct Lines {
    /// Where the values of each document begin, by its place among those of its kind; and where the last end.
    pub starts: Vec<u32>,
    /// The values of all, one document after the other.
    pub values: Vec<u32>,
}

impl Lines {
    /// The values of a document.
    #[inline]
    pub fn of(&self, place: u32) -> &[u32] {
        &self.values[self.starts[place as usize] as usize..self.starts[place as usize + 1] as usize]
    }
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

    /// Whether a document is one of them.
    #[inline]
    pub fn has(&self, doc: DocId) -> bool {
        self.0[doc as usize / 64] >> (doc % 64) & 1 == 1
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

    /// The last one before `doc`.
    pub fn before(&self, doc: DocId) -> Option<DocId> {
        let mut at = doc as usize / 64;
        let mut bits = self.0.get(at).copied().unwrap_or(0) & below(doc % 64);
        while bits == 0 {
            at = at.checked_sub(1)?;
            bits = self.0[at];
        }
        Some(at as DocId * 64 + bits.ilog2())
    }

    /// How many there are.
    pub fn n(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// How many of them are among `docs`.
    pub fn n_in(&self, docs: Range<DocId>) -> u32 {
        let (first, last) = (docs.start as usize / 64, docs.end as usize / 64);
        if first == last {
            return self.0.get(first).map_or(0, |word| (word & below(docs.end % 64) & !below(docs.start % 64)).count_ones());
        }
        let whole: u32 = self.0[first..last.max(first)].iter().map(|word| word.count_ones()).sum();
        let part = |at: usize, bit: u32| self.0.get(at).map_or(0, |word| (word & below(bit)).count_ones());
        whole + part(last, docs.end % 64) - part(first, docs.start % 64)
    }
}

/// The bits below one.
pub(super) fn below(bit: u32) -> u64 {
    if bit < 64 { (1 << bit) - 1 } else { u64::MAX }
}

/// The places of the bits that are set.
pub(super) fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros());
        word &= word.wrapping_sub(1);
        bit
    })
}

/// For each of `docs`, in order, and for the end of them: the row where its values begin.
fn starts(index: &ColumnIndex, n_rows: u32, docs: impl Iterator<Item = DocId>) -> Vec<u32> {
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
            let mut starts: Vec<u32> = docs.map(row).collect();
            starts.push(n_rows);
            return starts;
        }
    };
    let mut with = optional.iter_non_null_docs().zip(0u32..).peekable();
    let row = |doc: DocId| {
        while with.next_if(|(other, _)| *other < doc).is_some() {}
        let row = with.peek().map_or(n_rows, |(_, nth)| begin.as_ref().map_or(*nth, |begin| begin[*nth as usize]));
        with.next_if(|(other, _)| *other == doc);
        row
    };
    let mut starts: Vec<u32> = docs.map(row).collect();
    starts.push(n_rows);
    starts
}

/// What was kept under `name`.
fn known<T: Clone>(kept: &RwLock<HashMap<String, T>>, name: &str) -> Option<T> {
    kept.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
}

/// Keeps what `open` opens.
fn kept<T: Clone>(all: &RwLock<HashMap<String, T>>, name: &str, open: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<T> {
    if let Some(column) = known(all, name) {
        return Ok(column);
    }
    let column = open()?;
    all.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), column.clone());
    Ok(column)
}

impl Drawers {
    fn segment(&self, reader: &SegmentReader) -> Arc<Segment> {
        if let Some(segment) = self.segments.read().unwrap_or_else(PoisonError::into_inner).get(&reader.segment_id()) {
            return Arc::clone(segment);
        }
        let mut segments = self.segments.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(segments.entry(reader.segment_id()).or_default())
    }

    /// Lets go of segments that are no more: their files take room on the disk as long as they are open.
    pub fn forget(&self, searcher: &Searcher) {
        let live: Vec<SegmentId> = searcher.segment_readers().iter().map(|reader| reader.segment_id()).collect();
        self.segments.write().unwrap_or_else(PoisonError::into_inner).retain(|id, _| live.contains(id));
    }

    /// A column of natural numbers.
    pub fn naturals(&self, reader: &SegmentReader, name: &str) -> tantivy::Result<Column<u64>> {
        kept(&self.segment(reader).naturals, name, || reader.fast_fields().u64(name))
    }

    /// A column of integers or dates.
    pub fn integers(&self, reader: &SegmentReader, name: &str) -> tantivy::Result<Column<i64>> {
        kept(&self.segment(reader).integers, name, || reader.fast_fields().i64(name))
    }

    /// The column called `name` written out, if that was asked for before.
    pub fn known_lines(&self, reader: &SegmentReader, name: &str) -> Option<Arc<Lines>> {
        known(&self.segment(reader).lines, name)
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
        known(&self.segment(reader).days, name)
    }

    /// The column called `name`, of articles or of quotes, written out: a question of many hits is then answered by arrays.
    pub fn lines(&self, reader: &SegmentReader, name: &str, articles: &Bits, on: On) -> tantivy::Result<Arc<Lines>> {
        let column = self.naturals(reader, name)?;
        kept(&self.segment(reader).lines, name, || {
            let n_rows = column.values.num_vals();
            let starts = match on {
                On::Article => starts(&column.index, n_rows, articles.each()),
                On::Quote => starts(&column.index, n_rows, (0..reader.max_doc()).filter(|doc| !articles.has(*doc))),
            };
            let mut values = Vec::with_capacity(n_rows as usize);
            let mut read = [0; 1024];
            while values.len() < n_rows as usize {
                let some = &mut read[..1024.min(n_rows as usize - values.len())];
                column.values.get_range(values.len() as u64, some);
                // Values are numbered from 0: the register has no room for so many.
                values.extend(some.iter().map(|value| *value as u32));
            }
            Ok(Arc::new(Lines { starts, values }))
        })
    }

    /// Whether it pays to read all ids, now that `more` are asked for.
    pub fn wants_ids(&self, searcher: &Searcher, more: usize) -> bool {
        let wanted = self.wanted.fetch_add(more as u64, Ordering::Relaxed) + more as u64;
        wanted * FEW > searcher.num_docs()
    }

    /// The ids of all articles of a segment; `column` holds them.
    pub fn ids(&self, reader: &SegmentReader, column: Field) -> tantivy::Result<Arc<Ids>> {
        kept(&self.segment(reader).ids, "", || Ids::read(reader, column).map(Arc::new))
    }

    /// Whether so many questions with many hits were asked that it pays to write columns out; counts this one.
    pub fn is_warm(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) >= COLD
    }

    /// Takes over which documents are articles, where it is written down.
    pub fn settle(&self, reader: &SegmentReader, articles: impl FnOnce() -> Option<Bits>) {
        let segment = self.segment(reader);
        let is_known = segment.articles.read().unwrap_or_else(PoisonError::into_inner).is_some();
        if let Some(bits) = (!is_known).then(articles).flatten() {
            *segment.articles.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(bits));
        }
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

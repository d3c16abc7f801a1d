//! The rows a column holds for hits.
//!
//! Values of a column lie in the order of documents. Where hit follows hit, the values of many are read in one go: a common
//! word costs little more than reading the column from end to end.

use super::schema::On;
use std::ops::Range;
use tantivy::DocId;
use tantivy::columnar::column_index::{MultiValueIndex, OptionalIndex, Set};
use tantivy::columnar::{Column, ColumnIndex, ColumnValues};

/// Rows read at a time.
const AT_ONCE: usize = 2048;
/// From so many rows on, a stretch is read by itself.
const STRETCH: usize = 64;

/// What columns hold.
pub(super) trait Number: Copy + PartialOrd + Default + std::fmt::Debug + Send + Sync + 'static {}

impl Number for u64 {}
impl Number for i64 {}

/// The rows of a run of documents, and how many of these have any.
pub(super) fn rows_of(index: &ColumnIndex, run: &Range<DocId>) -> (Range<u32>, u32) {
    if run.len() == 1 {
        let rows = index.value_row_ids(run.start);
        let with = u32::from(!rows.is_empty());
        return (rows, with);
    }
    let rows = index.docid_range_to_rowids(run.clone());
    let with = match index {
        ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(some)) => {
            some.optional_index.rank(run.end) - some.optional_index.rank(run.start)
        }
        ColumnIndex::Multivalued(some) => run.clone().filter(|doc| some.has_value(*doc)).count() as u32,
        _ => rows.len() as u32,
    };
    (rows, with)
}

/// Who has values in a column that not all documents have; `None` where there is no such list.
pub(super) fn who_has(index: &ColumnIndex) -> Option<&OptionalIndex> {
    match index {
        ColumnIndex::Optional(some) => Some(some),
        ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(some)) => Some(&some.optional_index),
        _ => None,
    }
}

/// Whether every document of the kind that a column stands on has a value in it; `n_articles` are in the segment. The list of who has
/// one need not be asked then: the place of a document among its kind is its place in the list.
pub(super) fn have_all(index: &ColumnIndex, on: On, n_articles: u32) -> bool {
    who_has(index).is_some_and(|with| with.num_non_nulls() == if on == On::Article { n_articles } else { with.num_docs() - n_articles })
}

/// The rows of the documents at some places in the list of who has any.
pub(super) fn rows_at(index: &ColumnIndex, places: Range<u32>) -> Range<u32> {
    match index {
        ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(some)) => {
            some.start_index_column.get_val(places.start)..some.start_index_column.get_val(places.end)
        }
        _ => places,
    }
}

/// Where the rows of each of the documents at some places begin, in the list of who has any; and where those of the last end.
pub(super) fn starts_at(index: &ColumnIndex, places: Range<u32>) -> Vec<u32> {
    match index {
        ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(some)) => {
            let mut starts = vec![0; places.len() + 1];
            some.start_index_column.get_range(u64::from(places.start), &mut starts);
            starts
        }
        _ => (places.start..=places.end).collect(),
    }
}

/// Calls `each` with the rows of every document that has any, and with which of `docs` it is. These are in order: they are looked up
/// many at a time, which is quicker than one by one.
pub(super) fn rows_of_each(index: &ColumnIndex, mut docs: impl Iterator<Item = DocId>, mut each: impl FnMut(usize, Range<u32>)) {
    let Some(list) = who_has(index) else {
        let some = docs.enumerate().map(|(nth, doc)| (nth, index.value_row_ids(doc)));
        return some.filter(|(_, rows)| !rows.is_empty()).for_each(|(nth, rows)| each(nth, rows));
    };
    let (mut asked, mut with, mut places) = (Vec::with_capacity(AT_ONCE), Vec::new(), Vec::new());
    let mut before = 0;
    loop {
        for buffer in [&mut asked, &mut with, &mut places] {
            buffer.clear();
        }
        asked.extend(docs.by_ref().take(AT_ONCE));
        if asked.is_empty() {
            return;
        }
        list.rank_if_exists_batch(&asked, &mut with, &mut places);
        let mut numbered = asked.iter().zip(before..);
        for (doc, place) in with.iter().zip(&places) {
            if let Some((_, nth)) = numbered.find(|(asked, _)| *asked == doc) {
                each(nth, rows_at(index, *place..place + 1));
            }
        }
        before += asked.len();
    }
}

/// Rows gathered to be read together.
pub(super) struct Rows<'c, T> {
    values: &'c dyn ColumnValues<T>,
    waiting: Vec<u32>,
    /// How often each of the waiting counts; empty when all count once.
    times: Vec<u32>,
    read: Vec<T>,
}

impl<'c, T: Number> Rows<'c, T> {
    /// None yet.
    pub fn of(column: &'c Column<T>) -> Rows<'c, T> {
        let waiting = Vec::with_capacity(AT_ONCE);
        Rows { values: column.values.as_ref(), waiting, times: Vec::new(), read: vec![T::default(); AT_ONCE] }
    }

    /// Takes rows that count once.
    pub fn take(&mut self, rows: Range<u32>, each: &mut impl FnMut(T, u32)) {
        if rows.len() < STRETCH {
            self.waiting.extend(rows);
            if self.waiting.len() + STRETCH > AT_ONCE {
                self.flush(each);
            }
            return;
        }
        let mut from = rows.start;
        while from < rows.end {
            let n = (rows.end - from).min(AT_ONCE as u32);
            let read = &mut self.read[..n as usize];
            self.values.get_range(u64::from(from), read);
            read.iter().for_each(|value| each(*value, 1));
            from += n;
        }
    }

    /// Takes rows that count `times`.
    pub fn weighed(&mut self, rows: Range<u32>, times: u32, each: &mut impl FnMut(T, u32)) {
        for row in rows {
            if self.waiting.len() == AT_ONCE {
                self.flush(each);
            }
            self.waiting.push(row);
            self.times.push(times);
        }
    }

    /// Reads what waits.
    pub fn flush(&mut self, each: &mut impl FnMut(T, u32)) {
        let read = &mut self.read[..self.waiting.len()];
        self.values.get_vals(&self.waiting, read);
        if self.times.is_empty() {
            read.iter().for_each(|value| each(*value, 1));
        } else {
            read.iter().zip(&self.times).for_each(|(value, times)| each(*value, *times));
        }
        self.waiting.clear();
        self.times.clear();
    }
}

//! Which documents of a segment were hit, as counting wants them; and the rows a column holds for them.
//!
//! Values of a column lie in the order of documents. Where hit follows hit, the values of many are read in one go: a common
//! word costs little more than reading the column from end to end.

use std::ops::Range;
use tantivy::DocId;
use tantivy::columnar::column_index::{MultiValueIndex, Set};
use tantivy::columnar::{Column, ColumnIndex, ColumnValues};

/// Rows read at a time.
const AT_ONCE: usize = 2048;
/// From so many rows on, a stretch is read by itself.
const STRETCH: usize = 64;

/// The hits of one segment, in order.
pub(super) struct Hits<'a> {
    /// The hits themselves.
    pub docs: &'a [DocId],
    /// Stretches of documents in which all of the kind that was asked for are hits.
    runs: Vec<Range<DocId>>,
    /// In a search for quotes: the articles of the hits, each with how many of its quotes were hit.
    pub articles: Vec<(DocId, u32)>,
    /// Whether quotes were hit.
    pub quotes: bool,
}

impl<'a> Hits<'a> {
    /// Hits that are articles; `down` tells how many quotes lie before each.
    pub fn articles(docs: &'a [DocId], down: &Column<u64>) -> Hits<'a> {
        let mut runs: Vec<Range<DocId>> = Vec::new();
        for doc in docs {
            match runs.last_mut() {
                Some(run) if run.end + down.first(*doc).unwrap_or(0) as DocId == *doc => run.end = doc + 1,
                _ => runs.push(*doc..doc + 1),
            }
        }
        Hits { docs, runs, articles: Vec::new(), quotes: false }
    }

    /// Hits that are quotes; `up` tells how far each is from its article.
    pub fn quotes(docs: &'a [DocId], up: &Column<u64>) -> Hits<'a> {
        let mut runs: Vec<Range<DocId>> = Vec::new();
        let mut articles: Vec<(DocId, u32)> = Vec::new();
        for doc in docs {
            match runs.last_mut() {
                Some(run) if run.end == *doc => run.end = doc + 1,
                _ => runs.push(*doc..doc + 1),
            }
            let article = doc + up.first(*doc).unwrap_or(0) as DocId;
            match articles.last_mut() {
                Some((last, n)) if *last == article => *n += 1,
                _ => articles.push((article, 1)),
            }
        }
        Hits { docs, runs, articles, quotes: true }
    }

    /// Calls `each` with every value `column` holds for a hit, and returns how many hits have one. With `of_article`, the value is that
    /// of the article a quote stands in, and counts once for each of its quotes.
    pub fn values<T: Copy + PartialOrd + Default + std::fmt::Debug + Send + Sync + 'static>(
        &self,
        column: &Column<T>,
        of_article: bool,
        mut each: impl FnMut(T, u32),
    ) -> u64 {
        let mut rows = Rows {
            values: column.values.as_ref(),
            waiting: Vec::with_capacity(AT_ONCE),
            times: Vec::new(),
            read: vec![T::default(); AT_ONCE],
        };
        let mut n = 0;
        if of_article && self.quotes {
            for (article, times) in &self.articles {
                let some = column.index.value_row_ids(*article);
                n += if some.is_empty() { 0 } else { u64::from(*times) };
                rows.weighed(some, *times, &mut each);
            }
        } else {
            for run in &self.runs {
                let (some, with) = rows_of(&column.index, run);
                n += u64::from(with);
                rows.take(some, &mut each);
            }
        }
        rows.flush(&mut each);
        n
    }
}

/// The rows of a run of documents, and how many of these have any.
fn rows_of(index: &ColumnIndex, run: &Range<DocId>) -> (Range<u32>, u32) {
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

/// Rows gathered to be read together.
struct Rows<'c, T> {
    values: &'c dyn ColumnValues<T>,
    waiting: Vec<u32>,
    /// How often each of the waiting counts; empty when all count once.
    times: Vec<u32>,
    read: Vec<T>,
}

impl<T: Copy + PartialOrd + 'static> Rows<'_, T> {
    fn take(&mut self, rows: Range<u32>, each: &mut impl FnMut(T, u32)) {
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

    fn weighed(&mut self, rows: Range<u32>, times: u32, each: &mut impl FnMut(T, u32)) {
        for row in rows {
            if self.waiting.len() == AT_ONCE {
                self.flush(each);
            }
            self.waiting.push(row);
            self.times.push(times);
        }
    }

    fn flush(&mut self, each: &mut impl FnMut(T, u32)) {
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

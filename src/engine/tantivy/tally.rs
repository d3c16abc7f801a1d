//! Which documents of a stretch were hit, as counting wants them; and the rows a column holds for them.
//!
//! Values of a column lie in the order of documents. Where hit follows hit, the values of many are read in one go: a common
//! word costs little more than reading the column from end to end.

use super::drawers::{Bits, Lines, ones};
use super::schema::On;
use std::ops::Range;
use std::sync::Arc;
use tantivy::columnar::column_index::{MultiValueIndex, Set};
use tantivy::columnar::{Column, ColumnIndex, ColumnValues};
use tantivy::{DocId, SegmentReader};

/// Rows read at a time.
const AT_ONCE: usize = 2048;
/// From so many rows on, a stretch is read by itself.
const STRETCH: usize = 64;

/// Some of the documents of one kind in a stretch, a bit each.
pub(super) struct Marked {
    on: On,
    articles: Arc<Bits>,
    docs: Range<DocId>,
    /// The bits from the word on in which the stretch begins.
    words: Vec<u64>,
}

/// Hits in a stretch, in order.
pub(super) struct Hits<'m> {
    /// How many there are.
    pub n: u64,
    runs: Vec<Run>,
    /// In a search for quotes: the articles of the hits.
    articles: Vec<Joined>,
    marked: &'m Marked,
}

/// Hits of which each follows the one before, but for documents of the other kind.
struct Run {
    docs: Range<DocId>,
    /// Their places among all of the kind in the segment.
    places: Range<u32>,
}

/// An article of which quotes were hit.
struct Joined {
    doc: DocId,
    /// Its place among the articles of the segment.
    place: u32,
    /// How many of its quotes were hit.
    times: u32,
}

impl Marked {
    /// None in `docs`; `articles` are those of the whole segment.
    pub fn none(on: On, articles: Arc<Bits>, docs: Range<DocId>) -> Marked {
        let n_words = (docs.end as usize).div_ceil(64) - docs.start as usize / 64;
        Marked { on, articles, docs, words: vec![0; n_words] }
    }

    /// Marks a document of the stretch.
    #[inline]
    pub fn add(&mut self, doc: DocId) {
        self.words[doc as usize / 64 - self.docs.start as usize / 64] |= 1 << (doc % 64);
    }

    /// Documents of the kind in a word: all bits of the stretch that are, or are not, articles.
    fn kind(&self, at: usize) -> u64 {
        let first = (self.docs.start as usize / 64 + at) * 64;
        let articles = self.articles.0.get(first / 64).copied().unwrap_or(0);
        let mut kind = if self.on == On::Article { articles } else { !articles };
        if first < self.docs.start as usize {
            kind &= u64::MAX << (self.docs.start as usize - first);
        }
        if first + 64 > self.docs.end as usize {
            kind &= u64::MAX >> (first + 64 - self.docs.end as usize);
        }
        kind
    }

    /// How many documents of the kind lie before the stretch in its segment.
    fn n_before(&self) -> u32 {
        let n = self.n_articles_before();
        if self.on == On::Article { n } else { self.docs.start - n }
    }

    fn n_articles_before(&self) -> u32 {
        let (word, bit) = (self.docs.start as usize / 64, self.docs.start % 64);
        let whole: u32 = self.articles.0[..word].iter().map(|word| word.count_ones()).sum();
        whole + self.articles.0.get(word).map_or(0, |word| (word & below(bit)).count_ones())
    }

    /// Those of the kind that are not marked and not deleted.
    pub fn rest(&self, reader: &SegmentReader) -> Marked {
        let words = self.words.iter().enumerate().map(|(at, marked)| {
            let mut rest = self.kind(at) & !marked;
            if let Some(alive) = reader.alive_bitset() {
                let first = (self.docs.start as usize / 64 + at) * 64;
                for bit in ones(rest) {
                    if alive.is_deleted(first as DocId + bit) {
                        rest &= !(1 << bit);
                    }
                }
            }
            rest
        });
        Marked { on: self.on, articles: Arc::clone(&self.articles), docs: self.docs.clone(), words: words.collect() }
    }

    /// The documents that are marked, each with its article.
    pub fn each(&self) -> impl Iterator<Item = (DocId, DocId)> {
        let first = self.docs.start / 64;
        let docs = self.words.iter().zip(first..).flat_map(|(word, at)| ones(*word).map(move |bit| at * 64 + bit));
        docs.map(|doc| (doc, if self.on == On::Article { doc } else { self.articles.next(doc).unwrap_or(doc) }))
    }
}

impl<'m> Hits<'m> {
    /// What is marked.
    pub fn of(marked: &'m Marked) -> Hits<'m> {
        let mut runs: Vec<Run> = Vec::new();
        let mut run: Option<Run> = None;
        let mut n = 0;
        let first = marked.docs.start / 64;
        let mut before = marked.n_before();
        for (at, hit) in marked.words.iter().enumerate() {
            let kind = marked.kind(at);
            let (mut hit, mut missed) = (*hit, kind & !hit);
            n += u64::from(hit.count_ones());
            let base = (first + at as DocId) * 64;
            while hit != 0 {
                let from = hit.trailing_zeros();
                if missed & below(from) != 0 {
                    runs.extend(run.take());
                }
                // All hits up to the next that is missed.
                let until = below((missed & !below(from)).trailing_zeros());
                let piece = hit & until;
                let place = before + (kind & below(from)).count_ones();
                let run = run.get_or_insert(Run { docs: base + from..0, places: place..0 });
                run.docs.end = base + 64 - piece.leading_zeros();
                run.places.end = place + piece.count_ones();
                hit &= !until;
                missed &= !until;
            }
            if missed != 0 {
                runs.extend(run.take());
            }
            before += kind.count_ones();
        }
        runs.extend(run);
        let articles = if marked.on == On::Quote { articles(marked) } else { Vec::new() };
        Hits { n, runs, articles, marked }
    }
}

/// The bits below one.
fn below(bit: u32) -> u64 {
    if bit < 64 { (1 << bit) - 1 } else { u64::MAX }
}

/// The articles of the quotes that are marked.
fn articles(marked: &Marked) -> Vec<Joined> {
    let (mut articles, mut times) = (Vec::new(), 0);
    let first = marked.docs.start / 64;
    let mut place = marked.n_articles_before();
    for (at, hit) in marked.words.iter().enumerate() {
        let mut hit = *hit;
        let base = (first + at as DocId) * 64;
        let mut here = marked.articles.0.get(first as usize + at).copied().unwrap_or(0);
        if base < marked.docs.start {
            here &= !below(marked.docs.start - base);
        }
        for bit in ones(here) {
            times += (hit & below(bit)).count_ones();
            hit &= !below(bit);
            if times > 0 {
                articles.push(Joined { doc: base + bit, place, times });
            }
            times = 0;
            place += 1;
        }
        times += hit.count_ones();
    }
    articles
}

impl Hits<'_> {
    /// The hits, each with its article.
    pub fn each(&self) -> impl Iterator<Item = (DocId, DocId)> {
        self.marked.each()
    }

    /// How many articles were hit, or have quotes that were.
    pub fn n_articles(&self) -> u64 {
        if self.marked.on == On::Quote { self.articles.len() as u64 } else { self.n }
    }

    /// Whether a column of articles is read by the articles of quotes.
    fn is_joined(&self, of_article: bool) -> bool {
        of_article && self.marked.on == On::Quote
    }

    /// How many hits have a value in `column`; with `of_article`, the value is that of the article a quote stands in.
    pub fn with<T: PartialOrd>(&self, column: &Column<T>, of_article: bool) -> u64 {
        if self.is_joined(of_article) {
            let some = self.articles.iter().filter(|article| column.index.has_value(article.doc));
            return some.map(|article| u64::from(article.times)).sum();
        }
        self.runs.iter().map(|run| u64::from(rows_of(&column.index, &run.docs).1)).sum()
    }

    /// The places of the hits, or `of_article` of the articles of the hits, among all of their kind; each with how often it counts.
    pub fn places(&self, of_article: bool) -> impl Iterator<Item = (u32, u32)> {
        // One of the two is left empty.
        let (own, joined) = if self.is_joined(of_article) { (&[][..], &self.articles[..]) } else { (&self.runs[..], &[][..]) };
        let own = own.iter().flat_map(|run| run.places.clone()).map(|place| (place, 1));
        own.chain(joined.iter().map(|article| (article.place, article.times)))
    }

    /// As [`Hits::values`], by a column that is written out.
    pub fn lines(&self, lines: &Lines, of_article: bool, mut each: impl FnMut(u32, u32)) -> u64 {
        let mut with = 0;
        for (place, times) in self.places(of_article) {
            let values = lines.of(place);
            with += if values.is_empty() { 0 } else { u64::from(times) };
            values.iter().for_each(|value| each(*value, times));
        }
        with
    }

    /// Calls `each` with every value `column` holds for a hit, and returns how many hits have one. With `of_article`, the value is that
    /// of the article a quote stands in, and counts once for each of its quotes.
    pub fn values<T: Number>(&self, column: &Column<T>, of_article: bool, mut each: impl FnMut(T, u32)) -> u64 {
        let mut rows = Rows::of(column);
        let mut n = 0;
        if self.is_joined(of_article) {
            for article in &self.articles {
                let some = column.index.value_row_ids(article.doc);
                n += if some.is_empty() { 0 } else { u64::from(article.times) };
                rows.weighed(some, article.times, &mut each);
            }
        } else {
            for run in &self.runs {
                let (some, with) = rows_of(&column.index, &run.docs);
                n += u64::from(with);
                rows.take(some, &mut each);
            }
        }
        rows.flush(&mut each);
        n
    }
}

/// What columns hold.
pub(super) trait Number: Copy + PartialOrd + Default + std::fmt::Debug + Send + Sync + 'static {}

impl Number for u64 {}
impl Number for i64 {}

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

impl<'c, T: Number> Rows<'c, T> {
    fn of(column: &'c Column<T>) -> Rows<'c, T> {
        let waiting = Vec::with_capacity(AT_ONCE);
        Rows { values: column.values.as_ref(), waiting, times: Vec::new(), read: vec![T::default(); AT_ONCE] }
    }

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

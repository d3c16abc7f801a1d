//! The numbers of articles or quotes in one segment, for documents that come in order.
//!
//! A column that only articles have is read through a list of who has it, which costs more than all else where hit follows hit.
//! But every article has its number and that of its first quote, so the place of an article among the articles is the row of
//! both; and its quotes stand before it, the first of them first.

use super::drawers::{Bits, Drawers};
use super::schema::{NUMBER, On, QUOTES};
use std::ops::Range;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// Rows read in one go.
const AT_ONCE: usize = 128;
/// Where two rows in a row lie nearer to the one before than this, those behind are read, too.
const NEAR: u32 = 16;

/// Reads numbers.
pub(super) struct Numbers {
    on: On,
    articles: Arc<Bits>,
    /// The number of each article, or that of its first quote.
    column: Column<u64>,
    /// Whether rows are the places of articles among the articles.
    is_aligned: bool,
    /// The article at hand with its quotes; none at first.
    docs: Range<DocId>,
    /// Its place among the articles.
    place: u32,
    /// What the column says of it.
    number: Option<u64>,
    /// Rows that were read, and their values.
    rows: Range<u32>,
    read: [u64; AT_ONCE],
    /// Whether the row read last was near the one before.
    was_near: bool,
}

impl Numbers {
    /// Opens the column; `articles` are those of the segment.
    pub fn open(drawers: &Drawers, reader: &SegmentReader, articles: Arc<Bits>, on: On) -> tantivy::Result<Numbers> {
        let column = drawers.naturals(reader, if on == On::Article { NUMBER } else { QUOTES })?;
        let is_aligned = column.values.num_vals() == articles.n_in(0..reader.max_doc());
        let (docs, rows) = (0..0, 0..0);
        Ok(Numbers { on, articles, column, is_aligned, docs, place: 0, number: None, rows, read: [0; AT_ONCE], was_near: false })
    }

    /// The number of the article, or of the quote, that `doc` is.
    #[inline]
    pub fn of(&mut self, doc: DocId) -> Option<u32> {
        if !self.docs.contains(&doc) {
            self.go_to(doc)?;
        }
        let which = if self.on == On::Article { 0 } else { doc - self.docs.start };
        self.number.map(|number| number as u32 + which)
    }

    /// How many articles there are.
    pub fn n_articles(&self) -> u32 {
        self.column.values.num_vals()
    }

    /// Calls `each` with the article, or with the quotes, of every article in `docs`, and with the number of the first of them. `docs` part no
    /// article from its quotes.
    pub fn each(&mut self, docs: Range<DocId>, mut each: impl FnMut(Range<DocId>, u32)) {
        let mut row = self.articles.n_in(0..docs.start);
        let mut from = docs.start;
        while let Some(article) = self.articles.next(from).filter(|article| *article < docs.end) {
            let number = if self.is_aligned { Some(self.value(row)) } else { self.column.first(article) };
            let docs = if self.on == On::Article { article..article + 1 } else { from..article };
            if let Some(number) = number {
                each(docs, number as u32);
            }
            (row, from) = (row + 1, article + 1);
        }
    }

    /// Goes to the article that `doc` is, or is a quote of; `None` where there is none.
    fn go_to(&mut self, doc: DocId) -> Option<()> {
        // An article is its own, and where it begins is asked of quotes alone.
        let (first, article) = match self.on {
            On::Article => (doc, doc),
            On::Quote => (self.articles.before(doc).map_or(0, |before| before + 1), self.articles.next(doc)?),
        };
        let from = if self.docs.end <= doc { self.docs.end } else { 0 };
        let place = if from == 0 { 0 } else { self.place + 1 } + self.articles.n_in(from..article);
        (self.docs, self.place) = (first..article + 1, place);
        self.number = if self.is_aligned { Some(self.value(place)) } else { self.column.first(article) };
        Some(())
    }

    /// The value in a row of the column.
    fn value(&mut self, row: u32) -> u64 {
        if !self.rows.contains(&row) {
            let is_near = row >= self.rows.end && row - self.rows.end < NEAR;
            let n = if is_near && self.was_near { (self.column.values.num_vals() - row).min(AT_ONCE as u32) } else { 1 };
            self.column.values.get_range(u64::from(row), &mut self.read[..n as usize]);
            self.rows = row..row + n;
            self.was_near = is_near;
        }
        self.read[(row - self.rows.start) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::schema::{FAST, NumericOptions, Schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    #[test]
    fn every_article_and_quote_has_its_number_however_one_comes_to_it() {
        let mut schema = Schema::builder();
        let fields = [NUMBER, QUOTES].map(|name| schema.add_u64_field(name, NumericOptions::default() | FAST));
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).unwrap();
        let (mut expected, mut articles) = (Vec::new(), Bits::none(100_000));
        for n in 0..3000u32 {
            let (number, first) = (n * 7 % 3001, n * 11);
            for which in 0..[0, 3, 1, 0, 0, 9, 130][n as usize % 7] * u32::from(n % 500 > 99) {
                expected.push((On::Quote, first + which));
                writer.add_document(TantivyDocument::default()).unwrap();
            }
            articles.add(expected.len() as DocId);
            expected.push((On::Article, number));
            writer.add_document(tantivy::doc!(fields[0] => u64::from(number), fields[1] => u64::from(first))).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let (drawers, reader, articles) = (Drawers::default(), searcher.segment_reader(0), Arc::new(articles));
        for on in [On::Article, On::Quote] {
            let (mut numbers, mut each) = (Numbers::open(&drawers, reader, Arc::clone(&articles), on).unwrap(), Vec::new());
            let from = articles.next(3_000).unwrap() + 1;
            numbers.each(from..reader.max_doc(), |docs, number| each.extend(docs.zip(number..)));
            let all = (0..).zip(&expected).skip(from as usize).filter(|(_, (kind, _))| *kind == on);
            assert_eq!(each, all.map(|(doc, (_, number))| (doc, *number)).collect::<Vec<_>>());
            for step in [1, 2, 7, 300, 5000] {
                let mut numbers = Numbers::open(&drawers, reader, Arc::clone(&articles), on).unwrap();
                assert!(numbers.is_aligned);
                // Once more from the beginning, which is no order.
                for (doc, (kind, number)) in expected.iter().enumerate().step_by(step).chain(expected.iter().enumerate().take(50)) {
                    if *kind == on {
                        assert_eq!(numbers.of(doc as DocId), Some(*number), "{doc} by steps of {step}");
                    }
                }
            }
        }
    }

    #[test]
    fn bits_are_found_and_counted() {
        let mut bits = Bits::none(200);
        [0, 63, 64, 130, 199].into_iter().for_each(|doc| bits.add(doc));
        assert_eq!(
            [0, 1, 63, 64, 65, 130, 131, 200].map(|doc| bits.before(doc)),
            [None, Some(0), Some(0), Some(63), Some(64), Some(64), Some(130), Some(199)]
        );
        let count = |docs: Range<DocId>| docs.filter(|doc| bits.has(*doc)).count() as u32;
        for docs in [0..0, 0..200, 1..63, 63..64, 63..65, 64..128, 65..130, 128..200, 199..200, 200..200] {
            assert_eq!(bits.n_in(docs.clone()), count(docs.clone()), "{docs:?}");
        }
    }
}

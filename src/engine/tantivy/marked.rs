//! Which documents of a stretch were hit, a bit each.

use super::drawers::{Bits, below, ones};
use super::schema::On;
use std::ops::Range;
use std::sync::Arc;
use tantivy::{DocId, SegmentReader};

/// Some of the documents of one kind in a stretch, a bit each.
pub(super) struct Marked {
    /// The kind.
    pub on: On,
    /// Which documents of the segment are articles.
    pub articles: Arc<Bits>,
    /// The stretch.
    pub docs: Range<DocId>,
    /// The bits from the word on in which the stretch begins.
    pub words: Vec<u64>,
}

/// The bits of 64 documents.
pub(super) struct Word {
    /// The document of the first bit.
    pub doc: DocId,
    /// Those that are marked.
    pub hits: u64,
    /// All of the kind.
    pub kind: u64,
    /// All articles.
    pub articles: u64,
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

    /// Whether a document of the stretch is marked.
    #[inline]
    pub fn has(&self, doc: DocId) -> bool {
        self.words[doc as usize / 64 - self.docs.start as usize / 64] >> (doc % 64) & 1 == 1
    }

    /// Some documents of the stretch by words.
    pub fn words_of(&self, docs: Range<DocId>) -> impl Iterator<Item = Word> + use<'_> {
        let (first, end) = (docs.start / 64, docs.end.div_ceil(64));
        let (head, tail) = (!below(docs.start % 64), below(docs.end.saturating_sub(end.saturating_sub(1) * 64)));
        let before = (first - self.docs.start / 64) as usize;
        (first..end).zip(&self.words[before..]).map(move |(at, hits)| {
            let within = if at == first { head } else { u64::MAX } & if at + 1 == end { tail } else { u64::MAX };
            let articles = self.articles.0.get(at as usize).copied().unwrap_or(0) & within;
            let kind = if self.on == On::Article { articles } else { !articles & within };
            Word { doc: at * 64, hits: hits & within, kind, articles }
        })
    }

    /// Those of the kind that are not marked and not deleted.
    pub fn rest(&self, reader: &SegmentReader) -> Marked {
        let words = self.words_of(self.docs.clone()).map(|word| {
            let mut rest = word.kind & !word.hits;
            if let Some(alive) = reader.alive_bitset() {
                for bit in ones(rest) {
                    if alive.is_deleted(word.doc + bit) {
                        rest &= !(1 << bit);
                    }
                }
            }
            rest
        });
        Marked { on: self.on, articles: Arc::clone(&self.articles), docs: self.docs.clone(), words: words.collect() }
    }
}

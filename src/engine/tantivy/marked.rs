//! Which documents of a stretch were hit, a bit each.

use super::drawers::{Bits, ones};
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
        let kind = if self.on == On::Article { articles } else { !articles };
        let bit = |doc: DocId| (doc as usize).saturating_sub(first).min(64) as u32;
        kind & below(bit(self.docs.end)) & !below(bit(self.docs.start))
    }

    /// How many documents of the kind lie before the stretch in its segment.
    pub fn n_before(&self) -> u32 {
        let n = self.n_articles_before();
        if self.on == On::Article { n } else { self.docs.start - n }
    }

    /// How many articles lie before it.
    pub fn n_articles_before(&self) -> u32 {
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
}

/// The bits below one.
pub(super) fn below(bit: u32) -> u64 {
    if bit < 64 { (1 << bit) - 1 } else { u64::MAX }
}

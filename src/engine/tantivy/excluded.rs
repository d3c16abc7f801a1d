//! What a query leaves out, asked as tantivy's sets of documents want to be asked.
//!
//! tantivy asks the set that is left out about document after document, also about those before the first it has. Its rows of words
//! (phrases) want to be asked of none before the one they stand at, and stop a build with assertions. What lies before the next
//! document of the set is answered here, which spares the question as well.

use super::lower::Lowered;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader};

/// The documents that `inner` finds, to be left out.
#[derive(Debug)]
pub(super) struct ExcludedQuery {
    pub inner: Lowered,
}

impl Clone for ExcludedQuery {
    fn clone(&self) -> ExcludedQuery {
        ExcludedQuery { inner: self.inner.box_clone() }
    }
}

impl Query for ExcludedQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExcludedWeight { inner: self.inner.weight(scoring)? }))
    }
}

struct ExcludedWeight {
    inner: Box<dyn Weight>,
}

impl Weight for ExcludedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inner = self.inner.scorer(reader, boost)?;
        let next = inner.doc();
        Ok(Box::new(Excluded { inner, next }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.inner.explain(reader, doc)
    }
}

struct Excluded {
    inner: Box<dyn Scorer>,
    /// Of the documents behind the one asked for last, none before this one is in the set.
    next: DocId,
}

impl DocSet for Excluded {
    fn advance(&mut self) -> DocId {
        self.next = self.inner.advance();
        self.next
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.next = self.inner.seek(target);
        self.next
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target < self.next {
            return SeekDangerResult::SeekLowerBound(self.next);
        }
        let found = self.inner.seek_danger(target);
        self.next = match found {
            SeekDangerResult::Found => target,
            SeekDangerResult::SeekLowerBound(next) => next,
        };
        found
    }

    fn doc(&self) -> DocId {
        self.inner.doc()
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }

    fn cost(&self) -> u64 {
        self.inner.cost()
    }
}

impl Scorer for Excluded {
    fn score(&mut self) -> Score {
        self.inner.score()
    }
}

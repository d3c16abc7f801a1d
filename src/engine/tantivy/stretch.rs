//! The index in stretches of documents, gone over side by side by as many threads as there are processors.

use super::Tantivy;
use crate::error::Result;
use crate::spread::{processors, spread};
use std::ops::Range;
use tantivy::{DocId, Searcher};

/// Up to so many documents, starting threads costs more than it saves.
pub(super) const ALONE: usize = 400_000;
/// Stretches for each thread, so that none waits long for another.
const EACH: usize = 4;

/// Some documents of one segment that lie together; articles are never parted from their quotes.
pub(super) struct Stretch {
    /// Number of the segment.
    pub segment: u32,
    /// Its documents.
    pub docs: Range<DocId>,
}

/// The index as stretches, and how many threads are to go over them.
pub(super) struct Stretches {
    all: Vec<Stretch>,
    n_threads: usize,
}

/// Cuts the index up, when it has more than `alone` documents.
pub(super) fn stretches(engine: &Tantivy, searcher: &Searcher, alone: usize) -> tantivy::Result<Stretches> {
    let all: usize = searcher.segment_readers().iter().map(|r| r.max_doc() as usize).sum();
    let n_threads = if all <= alone { 1 } else { processors() };
    let longest = if n_threads == 1 { usize::MAX } else { all.div_ceil(n_threads * EACH) };
    let mut stretches = Vec::new();
    let census = engine.census(searcher);
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        engine.drawers.settle(reader, || census.as_ref()?.articles(reader.segment_id()));
        let articles = engine.drawers.articles(reader, engine.columns.kind)?;
        let n_docs = reader.max_doc();
        let mut from = 0;
        while from < n_docs {
            let mut to = n_docs.min(u32::try_from(from as usize + longest.min(u32::MAX as usize / 2)).unwrap_or(n_docs));
            if to < n_docs {
                // To the end of the article whose quotes these are.
                to = articles.next(to).map_or(n_docs, |article| article + 1);
            }
            stretches.push(Stretch { segment: segment as u32, docs: from..to });
            from = to;
        }
    }
    // What takes longest is begun first.
    stretches.sort_by_key(|s| std::cmp::Reverse(s.docs.len()));
    Ok(Stretches { all: stretches, n_threads })
}

impl Stretches {
    /// Goes over all of them, each with its number, and each thread with a gatherer of its own; `join` puts two of these together.
    pub fn sum<T: Send>(
        &self,
        new: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, usize, &Stretch) -> Result<()> + Sync,
        join: impl Fn(&mut T, T),
    ) -> Result<T> {
        let mut gathered = self.share(self.all.len(), &new, |gathered, at| each(gathered, at, &self.all[at]))?.into_iter();
        let mut all = gathered.next().unwrap_or_else(new);
        gathered.for_each(|other| join(&mut all, other));
        Ok(all)
    }

    /// Does `n` pieces of work by as many threads, each with a gatherer of its own.
    pub fn share<T: Send>(
        &self,
        n: usize,
        new: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, usize) -> Result<()> + Sync,
    ) -> Result<Vec<T>> {
        spread(self.n_threads, n, new, each)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stretch_is_gone_over_once() {
        let all = (0..9).map(|segment| Stretch { segment, docs: 0..1 }).collect();
        let each = |seen: &mut Vec<u32>, at: usize, stretch: &Stretch| {
            assert_eq!(at, stretch.segment as usize);
            seen.push(stretch.segment);
            Ok(())
        };
        let mut all = Stretches { all, n_threads: 3 }.sum(Vec::new, each, |all, other| all.extend(other)).unwrap();
        all.sort_unstable();
        assert_eq!(all, (0..9).collect::<Vec<_>>());
    }
}

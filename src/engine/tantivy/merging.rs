//! Which segments are merged, and when.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::SegmentMeta;
use tantivy::index::SegmentId;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Segments of like size merged at a time. A document is written anew once for each level, and levels are fewer with eight than with
/// four; counting by numbers of values makes more segments cheap to search.
const MERGED: usize = 8;
/// Segments of more documents (quotes among them) stay as they are. A merge reads all of what it merges: without a limit the last
/// one at a million articles has the whole index mapped, writes all of it once more, and takes as much of the disk again.
const MOST: usize = 600_000;
/// A segment is written anew when more of it than this is deleted.
const DELETED: f32 = 0.2;

/// At the end of a run, so many small segments are worth being made one: a search opens each of them.
const SETTLED: usize = 6;
/// The largest of them has at most so many times the documents of the others; else it would be written anew for next to nothing.
const JOINS: u64 = 4;

/// At most so many documents are written anew for each that the run wrote: whoever tags one article does not wait for it.
const ANEW: u64 = 10;

/// Merges by levels of size, up to [`MOST`] documents; beyond that only deleted documents are cleared away.
#[derive(Debug)]
pub(super) struct Bounded {
    levels: LogMergePolicy,
    /// How many documents the run wrote, where nothing more is coming.
    written: Option<u64>,
    taken: Taken,
}

/// The segments that are merged or about to be, in one run. The index library merges a segment twice where it is asked to twice: the
/// second merge then comes to nothing, and leaves its files and those of the first behind.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken(Arc<Mutex<HashSet<SegmentId>>>);

impl Taken {
    /// What `choose` would merge of those of `segments` that are not taken; it is taken from now on.
    fn take(&self, segments: &[SegmentMeta], choose: impl FnOnce(&[SegmentMeta]) -> Vec<Vec<SegmentId>>) -> Vec<Vec<SegmentId>> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let free: Vec<SegmentMeta> = segments.iter().filter(|segment| !taken.contains(&segment.id())).cloned().collect();
        let chosen = choose(&free);
        taken.extend(chosen.iter().flatten());
        chosen
    }

    /// The small ones of `segments` that are worth being made one at the end of a run that wrote so many documents.
    pub fn settled(&self, segments: &[SegmentMeta], written: u64) -> Option<Vec<SegmentId>> {
        self.take(segments, |free| settled(free, written).into_iter().collect()).pop()
    }
}

impl Bounded {
    /// That of a run, which notes in `taken` what it has merged.
    pub fn new(taken: &Taken) -> Bounded {
        let mut levels = LogMergePolicy::default();
        levels.set_min_num_segments(MERGED);
        levels.set_max_docs_before_merge(MOST);
        levels.set_del_docs_ratio_before_merge(DELETED);
        Bounded { levels, written: None, taken: taken.clone() }
    }

    /// That of the end of a run that wrote so many documents, which leaves few small segments behind.
    pub fn last(taken: &Taken, written: u64) -> Bounded {
        Bounded { written: Some(written), ..Bounded::new(taken) }
    }

    fn choose(&self, segments: &[SegmentMeta]) -> Vec<Vec<SegmentId>> {
        let is_worn = |s: &&SegmentMeta| s.num_docs() as usize > MOST && s.num_deleted_docs() as f32 > DELETED * s.max_doc() as f32;
        let worn = segments.iter().filter(is_worn).map(|s| vec![s.id()]);
        let small: Vec<Vec<SegmentId>> = match self.written {
            Some(written) => settled(segments, written).into_iter().collect(),
            None => self.levels.compute_merge_candidates(segments).into_iter().map(|candidate| candidate.0).collect(),
        };
        small.into_iter().chain(worn).collect()
    }
}

/// The small ones of `segments` that are worth being made one at the end of a run that wrote so many documents, if there are any.
fn settled(segments: &[SegmentMeta], written: u64) -> Option<Vec<SegmentId>> {
    let mut small: Vec<&SegmentMeta> = segments.iter().filter(|s| s.num_docs() as usize <= MOST).collect();
    small.sort_by_key(|s| s.num_docs());
    // Up to the last that has not many times the documents of all before it.
    let (mut before, mut n) = (0, 0);
    for (nth, segment) in small.iter().enumerate() {
        let docs = u64::from(segment.num_docs());
        if docs <= JOINS * before {
            n = nth + 1;
        }
        before += docs;
    }
    let all: u64 = small[..n].iter().map(|s| u64::from(s.num_docs())).sum();
    (n >= SETTLED && all <= ANEW * written).then(|| small[..n].iter().map(|s| s.id()).collect())
}

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        self.taken.take(segments, |free| self.choose(free)).into_iter().map(MergeCandidate).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::Index;

    fn merged(policy: &Bounded, sizes: &[(u32, u32)]) -> Vec<Vec<usize>> {
        let index = Index::create_in_ram(tantivy::schema::Schema::builder().build());
        let meta = |(docs, deleted): &(u32, u32)| {
            let meta = index.new_segment_meta(SegmentId::generate_random(), *docs);
            if *deleted > 0 { meta.with_delete_meta(*deleted, 1) } else { meta }
        };
        let segments: Vec<SegmentMeta> = sizes.iter().map(meta).collect();
        let place = |id: &SegmentId| segments.iter().position(|s| s.id() == *id).unwrap();
        let candidates = policy.compute_merge_candidates(&segments);
        candidates.into_iter().map(|c| c.0.iter().map(place).collect()).collect()
    }

    #[test]
    fn what_is_large_is_merged_no_more_but_cleared() {
        let merged = |sizes: &[(u32, u32)]| merged(&Bounded::new(&Taken::default()), sizes);
        assert_eq!(merged(&[(100_000, 0); 7]), Vec::<Vec<usize>>::new());
        assert_eq!(merged(&[(100_000, 0); 8]), [[0, 1, 2, 3, 4, 5, 6, 7]]);
        assert_eq!(merged(&[(900_000, 0); 9]), Vec::<Vec<usize>>::new());
        assert_eq!(merged(&[(900_000, 0), (900_000, 190_000), (900_000, 170_000), (900_000, 700_000)]), [vec![3], vec![1]]);
    }

    #[test]
    fn few_small_ones_are_left_and_no_large_one_is_written_for_a_few_documents() {
        let after =
            |written, sizes: &[u32]| merged(&Bounded::last(&Taken::default(), written), &sizes.iter().map(|n| (*n, 0)).collect::<Vec<_>>());
        let merged = |sizes: &[u32]| after(1_000_000, sizes);
        assert_eq!(merged(&[1_400_000, 200_000, 30_000, 10_000, 25_000, 150_000, 20_000]), [vec![3, 6, 4, 2, 5, 1]]);
        assert_eq!(merged(&[1_400_000, 200_000, 30_000, 10_000, 25_000, 150_000]), Vec::<Vec<usize>>::new());
        assert_eq!(merged(&[200_000, 30_000, 2, 10_000, 25_000, 150_000]), [vec![2, 3, 4, 1, 5, 0]]);
        assert_eq!(merged(&[400_000, 10, 10, 10, 10, 10]), Vec::<Vec<usize>>::new());
        assert_eq!(merged(&[400_000, 10, 10, 10, 10, 10, 10]), [vec![1, 2, 3, 4, 5, 6]]);
        assert_eq!(after(8, &[10; 6]), [vec![0, 1, 2, 3, 4, 5]]);
        assert_eq!(after(8, &[10_000; 6]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn what_is_being_merged_is_not_taken_twice() {
        let index = Index::create_in_ram(tantivy::schema::Schema::builder().build());
        let segments: Vec<SegmentMeta> = (0..14).map(|_| index.new_segment_meta(SegmentId::generate_random(), 100_000)).collect();
        let taken = Taken::default();
        let first = Bounded::new(&taken).compute_merge_candidates(&segments[..8]);
        assert_eq!(first.iter().map(|candidate| candidate.0.len()).collect::<Vec<_>>(), [8]);
        let rest: HashSet<SegmentId> = taken.settled(&segments, 1_400_000).unwrap().into_iter().collect();
        assert_eq!(rest, segments[8..].iter().map(SegmentMeta::id).collect());
        assert_eq!(taken.settled(&segments, 1_400_000), None);
        assert!(Bounded::last(&taken, 1_400_000).compute_merge_candidates(&segments).is_empty());
    }
}

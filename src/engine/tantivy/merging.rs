//! Which segments are merged, and when.

use tantivy::SegmentMeta;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Segments of like size merged at a time. A document is written anew once for each level, and levels are fewer with eight than with
/// four; counting by numbers of values makes more segments cheap to search.
const MERGED: usize = 8;
/// Segments of more documents (quotes among them) stay as they are. A merge reads all of what it merges: without a limit the last
/// one at a million articles has the whole index mapped, writes all of it once more, and takes as much of the disk again.
const MOST: usize = 600_000;
/// A segment is written anew when more of it than this is deleted.
const DELETED: f32 = 0.2;

/// Merges by levels of size, up to [`MOST`] documents; beyond that only deleted documents are cleared away.
#[derive(Debug)]
pub(super) struct Bounded(LogMergePolicy);

impl Default for Bounded {
    fn default() -> Bounded {
        let mut levels = LogMergePolicy::default();
        levels.set_min_num_segments(MERGED);
        levels.set_max_docs_before_merge(MOST);
        levels.set_del_docs_ratio_before_merge(DELETED);
        Bounded(levels)
    }
}

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let is_worn = |s: &&SegmentMeta| s.num_docs() as usize > MOST && s.num_deleted_docs() as f32 > DELETED * s.max_doc() as f32;
        let worn = segments.iter().filter(is_worn).map(|s| MergeCandidate(vec![s.id()]));
        self.0.compute_merge_candidates(segments).into_iter().chain(worn).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::Index;
    use tantivy::index::SegmentId;

    fn merged(sizes: &[(u32, u32)]) -> Vec<Vec<usize>> {
        let index = Index::create_in_ram(tantivy::schema::Schema::builder().build());
        let meta = |(docs, deleted): &(u32, u32)| {
            let meta = index.new_segment_meta(SegmentId::generate_random(), *docs);
            if *deleted > 0 { meta.with_delete_meta(*deleted, 1) } else { meta }
        };
        let segments: Vec<SegmentMeta> = sizes.iter().map(meta).collect();
        let place = |id: &SegmentId| segments.iter().position(|s| s.id() == *id).unwrap();
        let candidates = Bounded::default().compute_merge_candidates(&segments);
        candidates.into_iter().map(|c| c.0.iter().map(place).collect()).collect()
    }

    #[test]
    fn what_is_large_is_merged_no_more_but_cleared() {
        assert_eq!(merged(&[(100_000, 0); 7]), Vec::<Vec<usize>>::new());
        assert_eq!(merged(&[(100_000, 0); 8]), [[0, 1, 2, 3, 4, 5, 6, 7]]);
        assert_eq!(merged(&[(900_000, 0); 9]), Vec::<Vec<usize>>::new());
        assert_eq!(merged(&[(900_000, 0), (900_000, 190_000), (900_000, 170_000), (900_000, 700_000)]), [vec![3], vec![1]]);
    }
}

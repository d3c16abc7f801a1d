//! Which documents of a stretch are told again elsewhere, a bit each.
//!
//! Where many are hit, a bit is asked of each instead of its number: numbers are read once, one behind the other, and few of
//! them are of stories told more than once.

use super::marked::Marked;
use super::numbers::Numbers;
use super::schema::On;
use super::stories::{Of, Stories};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use tantivy::DocId;
use tantivy::index::SegmentId;

/// Where one article in so many is hit, all numbers are read at once, which then costs as much as to read those of the hits: the
/// first time, and once this was asked before, so that it is of use again.
const DENSE: u32 = 2;
const DENSE_AGAIN: u32 = 8;

/// The segment, the kind, and where the stretch begins.
type Key = (SegmentId, On, DocId);

/// What was found out, by segment, kind, and where the stretch begins, as long as the table of stories is the same; `None` where it
/// was wanted once.
#[derive(Default)]
pub(super) struct Retold(RwLock<HashMap<Key, Option<Arc<Marked>>>>);

impl Retold {
    /// The documents of the stretch of `segment` in which `hits` are to be marked that are told again by `stories`; `None` where that is
    /// not known, and not worth finding out for about `n_hits` in the segment. `numbers` are those of the segment.
    pub fn within(&self, stories: &Stories, segment: SegmentId, numbers: &mut Numbers, hits: &Marked, n_hits: u32) -> Option<Arc<Marked>> {
        let key = (segment, hits.on, hits.docs.start);
        let asked = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(Some(known)) = &asked
            && known.docs == hits.docs
        {
            return Some(Arc::clone(known));
        }
        let is_dense = |one_in: u32| n_hits.saturating_mul(one_in) >= numbers.n_articles();
        if !is_dense(if asked.is_some() { DENSE_AGAIN } else { DENSE }) {
            if is_dense(DENSE_AGAIN) {
                self.keep(key, None);
            }
            return None;
        }
        let mut found = Marked::none(hits.on, Arc::clone(&hits.articles), hits.docs.clone());
        numbers.each(hits.docs.clone(), |docs, first| {
            let all = first..first.saturating_add(docs.len() as u32);
            stories.each_told_again(Of::those(hits.on), all, |number| found.add(docs.start + (number - first)));
        });
        let found = Arc::new(found);
        self.keep(key, Some(Arc::clone(&found)));
        Some(found)
    }

    fn keep(&self, key: Key, found: Option<Arc<Marked>>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, found);
    }
}

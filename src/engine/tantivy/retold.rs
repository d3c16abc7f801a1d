//! Which documents of a stretch are told again elsewhere, a bit each.
//!
//! Where many are hit, a bit is asked of each instead of its number: numbers are read once, one behind the other, and few of
//! them are of stories told more than once.

use super::census::Census;
use super::marked::Marked;
use super::numbers::Numbers;
use super::schema::On;
use super::stories::{Of, Stories};
use std::collections::HashMap;
use std::ops::Range;
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
    /// The documents of the stretch of `segment` in which `hits` are to be marked that are told again by `stories`; `None` where
    /// no census says it, and it is not worth finding out for about `n_hits` in the segment. `numbers` are those of the segment.
    pub fn within(
        &self,
        (stories, census): (&Stories, Option<&Census>),
        segment: SegmentId,
        numbers: &mut Numbers,
        hits: &Marked,
        n_hits: u32,
    ) -> Option<Arc<Marked>> {
        let key = (segment, hits.on, hits.docs.start);
        let asked = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(Some(known)) = &asked
            && known.docs == hits.docs
        {
            return Some(Arc::clone(known));
        }
        let (mut found, docs) = (Marked::none(hits.on, Arc::clone(&hits.articles), hits.docs.clone()), hits.docs.clone());
        if let Some(words) = census.and_then(|census| census.retold(segment, stories.stamp)) {
            found.words = words.skip(docs.start as usize / 64).take(found.words.len()).collect();
            return Some(self.keep(key, found));
        }
        let is_dense = |one_in: u32| n_hits.saturating_mul(one_in) >= numbers.n_articles();
        if !is_dense(if asked.is_some() { DENSE_AGAIN } else { DENSE }) {
            if is_dense(DENSE_AGAIN) {
                self.0.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_default();
            }
            return None;
        }
        told_again(stories, hits.on, numbers, docs, |doc| found.add(doc));
        Some(self.keep(key, found))
    }

    fn keep(&self, key: Key, found: Marked) -> Arc<Marked> {
        let found = Arc::new(found);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Some(Arc::clone(&found)));
        found
    }
}

/// Calls `each` with those of `docs`, in order, that are told again by `stories`; `docs` part no article from its quotes.
pub(super) fn told_again(stories: &Stories, on: On, numbers: &mut Numbers, docs: Range<DocId>, mut each: impl FnMut(DocId)) {
    numbers.each(docs, |docs, first| {
        let all = first..first.saturating_add(docs.len() as u32);
        stories.each_told_again(Of::those(on), all, |number| each(docs.start + (number - first)));
    });
}

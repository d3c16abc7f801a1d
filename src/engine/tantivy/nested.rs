//! Places that lie in one another: `Europe/Ukraine` and `Europe/Ukraine/Kyiv`.

use super::Tantivy;
use super::values::{Known, Values};
use rustc_hash::FxHashSet;
use std::path::PathBuf;
use std::sync::Arc;

/// What tells of the numbers of two paths whether one lies in the other.
pub(super) struct Nested {
    dir: PathBuf,
    known: Arc<Known>,
}

impl Nested {
    pub fn of(engine: &Tantivy) -> Nested {
        Nested { dir: engine.dir.clone(), known: Arc::clone(&engine.known) }
    }

    /// Whether one of the two lies in the other; `found` has those that do and were asked for before.
    pub fn is(&self, pair: (u64, u64), found: &mut FxHashSet<(u64, u64)>) -> bool {
        if found.contains(&pair) {
            return true;
        }
        let values = Values::of(&self.dir, &self.known);
        // What cannot be read is told when the pair is named.
        let (Ok(one), Ok(other)) = (values.get(pair.0), values.get(pair.1)) else { return false };
        let lies_in = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
        let is_nested = lies_in(&one, &other) || lies_in(&other, &one);
        if is_nested {
            found.insert(pair);
        }
        is_nested
    }
}

//! What a run of indexing did, and how far it is.

use crate::ingest::Problem;
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far a run is; read by whoever draws a progress bar while it goes on.
#[derive(Debug, Default)]
pub struct Progress {
    /// Files to be read in this run; 0 until they are counted.
    pub files_total: AtomicU64,
    /// Files read.
    pub files: AtomicU64,
    /// Bytes of the files to be read.
    pub bytes_total: AtomicU64,
    /// Bytes of the files read.
    pub bytes: Arc<AtomicU64>,
    /// Bytes of article text taken in.
    pub text: AtomicU64,
    /// Articles taken in.
    pub articles: AtomicU64,
    /// Quotes found in them.
    pub quotes: AtomicU64,
    /// Files that could not be read, or not wholly.
    pub failed: AtomicU64,
    /// Set to ask the run to commit what it has and stop.
    pub stop: AtomicBool,
}

impl Progress {
    pub(crate) fn add(counter: &AtomicU64, n: u64) {
        counter.fetch_add(n, Ordering::Relaxed);
    }

    /// A counter's present value.
    pub fn get(counter: &AtomicU64) -> u64 {
        counter.load(Ordering::Relaxed)
    }

    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// What a run of indexing did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IngestReport {
    /// Files found under the given paths.
    pub files_found: u64,
    /// Files whose stamp had not changed, and which were not opened.
    pub files_unchanged: u64,
    /// Files read.
    pub files_read: u64,
    /// Files that are nothing morgue reads.
    pub files_skipped: u64,
    /// Files in no form morgue reads, or with nothing in them.
    pub files_unread: u64,
    /// Files that could not be read, or not wholly.
    pub files_failed: u64,
    /// Files that are no longer there, nor anywhere else under another name.
    pub files_gone: u64,
    /// Files of folders that are empty now, whose articles are kept: a disk may be away.
    pub files_kept: u64,
    /// Articles that are new.
    pub added: u64,
    /// Articles whose text or particulars changed.
    pub changed: u64,
    /// Articles that were read and are as they were.
    pub unchanged: u64,
    /// Articles that turned up in another place.
    pub moved: u64,
    /// Articles that are gone.
    pub removed: u64,
    /// Articles that a change of `names.toml` filed under other names.
    pub renamed: u64,
    /// Articles without a body among the added and changed.
    pub empty: u64,
    /// Quotes in the added and changed.
    pub quotes: u64,
    /// Bytes of text in the added and changed.
    pub text_bytes: u64,
    /// Whether the run was stopped before its end; what it read until then is kept.
    pub stopped: bool,
    /// Revision of the archive afterwards.
    pub revision: u64,
    /// Everything that went wrong in this run.
    pub problems: Vec<Problem>,
}

//! Whose turn it is to write: one process at a time, and who comes second waits a little.

use super::unlocked;
use crate::error::{Context, Error, Kind, Result};
use std::path::Path;
use std::time::{Duration, Instant};
use tantivy::directory::error::LockError;
use tantivy::indexer::IndexWriterOptions;
use tantivy::{Index, IndexWriter, TantivyError};

/// How long a writer waits for another.
const PATIENCE: Duration = Duration::from_secs(2);
/// Bytes of memory each indexing thread may fill before it writes a segment.
const MEMORY: usize = 150_000_000;

/// Tries again for a moment while another writes: a note from the page and a watch that looks at its files take turns.
fn patiently<T>(open: impl Fn() -> tantivy::Result<T>) -> tantivy::Result<T> {
    let began = Instant::now();
    loop {
        match open() {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) if began.elapsed() < PATIENCE => {
                std::thread::sleep(PATIENCE / 20);
            }
            other => return other,
        }
    }
}

/// What writes to `index`, once nobody else does.
pub(super) fn writer(dir: &Path, index: &Index) -> Result<IndexWriter> {
    let failed = || "cannot write to the index".to_owned();
    let threads = crate::spread::processors().min(4);
    let options = IndexWriterOptions::builder().num_worker_threads(threads).memory_budget_per_thread(MEMORY).num_merge_threads(1).build();
    let writer: IndexWriter = patiently(|| index.writer_with_options(options.clone())).map_err(|e| match e {
        TantivyError::LockFailure(LockError::IoError(e), _) if unlocked::is_read_only(e.kind()) => {
            Error::new(Kind::Io, format!("nothing may be written in `{}`", dir.display()))
                .with_cause(std::io::Error::from(e.kind()))
                .with_hint("searching works; copy the archive to where you may write with `morgue backup DIR`")
        }
        TantivyError::LockFailure(..) => Error::new(Kind::Busy, "another morgue is writing to this archive")
            .with_hint("wait until it is done; searching works meanwhile"),
        other => Error::new(Kind::Engine, failed()).with_cause(other),
    })?;
    // Files that a killed commit left behind would make every later commit fail.
    writer.garbage_collect_files().wait().context(Kind::Engine, failed)?;
    Ok(writer)
}

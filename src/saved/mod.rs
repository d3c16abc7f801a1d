//! Questions kept by name: `queries.toml`, what each found whenever it ran, and how two runs differ.
//!
//! ```toml
//! format = 1
//!
//! [macros]
//! 'near(x, y)' = { doc = "close together", query = '$x NEAR/5 $y' }
//!
//! [query.barrier]
//! query = 'speaker:Okafor barrier'
//! what = "quotes"
//!
//! [query.barrier.alert]
//! schedule = "daily 07:30"
//! to = ["desk"]
//!
//! [sinks]
//! desk = { kind = "atom", path = "alerts/{name}.xml" }
//! ```
//!
//! The file is written by hand or by morgue, with order and comments preserved, and meant for version control. What belongs
//! to one archive lies in its state: a [`RunLog`] for each query. Nothing here asks an archive: the room `alerts` does.

mod atoms;
mod diff;
mod entry;
mod file;
mod needs;
mod reading;
mod runs;
mod schedule;
mod sink;
mod standing;

pub use diff::{Change, Facts, Reason, Shown, changes};
pub use entry::{Alert, Expect, Group, On, SavedQuery};
pub use file::{Imported, Macro, SavedQueries};
pub use reading::Note;
pub use runs::{FoundItem, RunLog, RunRecord};
pub use schedule::Schedule;
pub use sink::{Secret, Sink, SinkKind};
pub use standing::{Frequencies, Hit, Reader, Standing};

use crate::disk;
use crate::error::{Context, Kind, Result};
use std::path::Path;

/// Writes a file whole or not at all, and makes its directory when there is none.
///
/// # Errors
///
/// When the disk refuses.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).context(Kind::Io, || format!("cannot make `{}`", directory.display()))?;
    }
    disk::replace(path, bytes)
}

/// The first eight bytes of a BLAKE3 hash: ids of queries and of what they find.
pub fn short_hash(bytes: &[u8]) -> u64 {
    crate::disk::first_bits(&blake3::hash(bytes))
}

#[cfg(test)]
mod tests;

//! A file that grows by a message at a time. A message that is there already is not written again; one that a crash cut off
//! is taken away first.

use crate::alerts::digest::Digest;
use crate::error::{Context, Kind, Result};
use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// Appends `digest`: as a line of JSON where the file is called `.jsonl` or `.json`, else as text between two lines that
/// name it.
pub(super) fn append(path: &Path, digest: &Digest) -> Result<()> {
    let failed = || format!("cannot write `{}`", path.display());
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).context(Kind::Io, failed)?;
    }
    let json = path.extension().is_some_and(|e| e == "jsonl" || e == "json");
    let before = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(e).context(Kind::Io, failed),
    };
    let (begin, end) = (format!("==== {} ====\n", digest.id), format!("==== end of {} ====\n", digest.id));
    let (message, there, whole) = if json {
        let line = serde_json::to_string(digest).context(Kind::Io, failed)? + "\n";
        let mark = format!("{{\"id\":\"{}\"", digest.id);
        let whole = before.rfind('\n').map_or(0, |at| at + 1);
        (line, before[..whole].lines().any(|l| l.starts_with(&mark)), whole)
    } else {
        let whole = before.find(&begin).unwrap_or(before.len());
        (format!("{begin}{}{end}", digest.text()), before.contains(&end), whole)
    };
    if there {
        return Ok(());
    }
    let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(path).context(Kind::Io, failed)?;
    let written = file
        .set_len(whole as u64)
        .and_then(|()| file.seek(SeekFrom::End(0)))
        .and_then(|_| file.write_all(message.as_bytes()))
        .and_then(|()| file.sync_all());
    written.context(Kind::Io, failed)
}

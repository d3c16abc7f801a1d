//! A file that grows by a message at a time. A message that is there already is not written again; one that a crash cut off
//! is taken away first.

use crate::alerts::digest::Digest;
use crate::disk;
use crate::error::{Context, Kind, Result};
use memchr::memmem;
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
    // A file that was cut off may end within a letter: it is read as bytes.
    let before = disk::bytes(path)?.unwrap_or_default();
    // Where the last line begins that has no end.
    let last = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let (message, there, whole) = if json {
        let mut line = serde_json::to_string(digest).context(Kind::Io, failed)? + "\n";
        let mark = format!("{{\"id\":\"{}\"", digest.id);
        let there = before[..last].split(|b| *b == b'\n').any(|line| line.starts_with(mark.as_bytes()));
        let is_cut = mark.as_bytes().starts_with(&before[last..]) || before[last..].starts_with(mark.as_bytes());
        if !is_cut {
            line.insert(0, '\n');
        }
        (line, there, if is_cut { last } else { before.len() })
    } else {
        let (begin, end) = (format!("==== {} ====\n", digest.id), format!("==== end of {} ====\n", digest.id));
        let begun = memmem::find(&before, begin.as_bytes());
        let (mut message, there) = (format!("{begin}{}{end}", digest.text()), memmem::find(&before, end.as_bytes()).is_some());
        let whole = match begun {
            Some(at) => at,
            // Cut off in its opening line; any other line without an end is somebody's own, as in a file of JSON.
            None if begin.as_bytes().starts_with(&before[last..]) => last,
            None => {
                message.insert(0, '\n');
                before.len()
            }
        };
        (message, there, whole)
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

//! Files of ours that are written whole or not at all, and what tells that they are as they were written.

use crate::error::{Context, Error, Kind, Result};
use std::path::Path;

/// Puts `bytes` in place of what `path` holds, so that a crash or a power cut leaves the old file or the new one, never half
/// of either: a draft beside it is written and synced, renamed over it, and the directory synced.
///
/// # Errors
///
/// When the draft cannot be written or renamed; the old file is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".new-{}", std::process::id()));
    let draft = path.with_file_name(name);
    let written = std::fs::write(&draft, bytes)
        .and_then(|()| std::fs::File::open(&draft)?.sync_all())
        .and_then(|()| std::fs::rename(&draft, path))
        .and_then(|()| match path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            Some(dir) => std::fs::File::open(dir)?.sync_all(),
            None => Ok(()),
        });
    if written.is_err() {
        // What is left of the draft is of no use to anybody.
        let _ = std::fs::remove_file(&draft);
    }
    written.context(Kind::Io, || format!("cannot write `{}`", path.display()))
}

/// The first 64 bits of a hash, for where all of it is more than is needed.
pub fn first_bits(hash: &blake3::Hash) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first)
}

/// What stands in a file people may write by hand; nothing where it is not there.
///
/// # Errors
///
/// When it cannot be read, or is no text.
pub fn text(path: &Path) -> Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(Error::new(Kind::Io, format!("cannot read `{}`", path.display())).with_cause(e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stays_where_the_new_one_cannot_be_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.toml");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no draft is left");
        assert!(replace(&dir.path().join("none/a.toml"), b"x").is_err());
    }
}

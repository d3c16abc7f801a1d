//! Files of ours that are written whole or not at all, and what tells that they are as they were written.

use crate::error::{Context, Error, Kind, Result};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Puts `bytes` in place of what `path` holds, so that a crash or a power cut leaves the old file or the new one, never half
/// of either: a draft beside it is written and synced, renamed over it, and the directory synced. Of a link, what it leads to is
/// replaced; who may read the old file may read the new one, and nobody else.
///
/// # Errors
///
/// When the draft cannot be written or renamed; the old file is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let file = led_to(path);
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".new-{}", std::process::id()));
    let draft = file.with_file_name(name);
    let write = || {
        let mut new = File::create(&draft)?;
        if let Ok(old) = std::fs::metadata(&file) {
            // Not all file systems know whose a file is.
            let _ = new.set_permissions(old.permissions());
        }
        new.write_all(bytes)?;
        new.sync_all()?;
        std::fs::rename(&draft, &file)?;
        match file.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            Some(dir) => File::open(dir)?.sync_all(),
            None => Ok(()),
        }
    };
    let written = write();
    if written.is_err() {
        // What is left of the draft is of no use to anybody.
        let _ = std::fs::remove_file(&draft);
    }
    written.context(Kind::Io, || format!("cannot write `{}`", path.display()))
}

/// What a path leads to over links, also where nothing is there yet.
fn led_to(path: &Path) -> PathBuf {
    let mut place = path.to_owned();
    // So many links the operating system follows, too.
    for _ in 0..40 {
        let Ok(next) = std::fs::read_link(&place) else { break };
        place = place.parent().unwrap_or(Path::new("")).join(next);
    }
    std::fs::canonicalize(&place).unwrap_or(place)
}

/// The first 64 bits of a hash, for where all of it is more than is needed.
pub fn first_bits(hash: &blake3::Hash) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first)
}

/// Tells whether two readings of a file are the same: the first 64 bits of a hash, as 16 hexadecimal digits.
pub fn version(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

/// The checksum that ends a file of ours.
pub fn sum(bytes: &[u8]) -> [u8; 8] {
    first_bits(&blake3::hash(bytes)).to_le_bytes()
}

/// Whether a file ends with its checksum, as it was written.
///
/// ```
/// use morgue::disk::{is_sound, sum};
/// let mut file = b"two words".to_vec();
/// file.extend_from_slice(&sum(&file));
/// assert!(is_sound(&file) && !is_sound(&file[1..]));
/// ```
pub fn is_sound(bytes: &[u8]) -> bool {
    bytes.split_last_chunk().is_some_and(|(bytes, end)| *end == sum(bytes))
}

/// What stands in a file people may write by hand; nothing where it is not there.
///
/// # Errors
///
/// When it cannot be read, or is no text.
pub fn text(path: &Path) -> Result<String> {
    let bytes = bytes(path)?.unwrap_or_default();
    String::from_utf8(bytes).context(Kind::Io, || format!("cannot read `{}`", path.display()))
}

/// What a file of ours holds; `None` where it is not there.
///
/// # Errors
///
/// When it cannot be read.
pub fn bytes(path: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
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

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_a_file_for_few_eyes_stays_so() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("kept.toml"), dir.path().join("queries.toml"));
        std::fs::write(&file, b"one").unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
        symlink("kept.toml", &link).unwrap();
        replace(&link, b"two").unwrap();
        assert!(link.is_symlink(), "who keeps the file elsewhere finds it there");
        assert_eq!(std::fs::read(&file).unwrap(), b"two");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        // A link may lead to where a file is to be, over another link; and to where none can be.
        for (link, to) in [("first", "second"), ("second", "new.toml"), ("lost", "none/new.toml")] {
            symlink(to, dir.path().join(link)).unwrap();
        }
        replace(&dir.path().join("first"), b"three").unwrap();
        assert!(dir.path().join("first").is_symlink() && dir.path().join("second").is_symlink());
        assert_eq!(std::fs::read(dir.path().join("new.toml")).unwrap(), b"three");
        assert!(replace(&dir.path().join("lost"), b"four").is_err() && dir.path().join("lost").is_symlink());
    }
}

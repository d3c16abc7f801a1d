//! Where an archive is: the directory `.morgue`, found by walking up as git does.

use crate::error::{Context, Error, Kind, Result};
use std::path::{Path, PathBuf};

/// The directory that holds index, settings and state.
pub const DIRECTORY: &str = ".morgue";

/// The places of one archive on disk.
#[derive(Clone, Debug)]
pub struct Home {
    /// The directory that has `.morgue` in it.
    pub root: PathBuf,
}

impl Home {
    /// The archive in `at` itself.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn at(at: &Path) -> Result<Home> {
        let root = absolute(at)?;
        if root.join(DIRECTORY).is_dir() {
            return Ok(Home { root });
        }
        Err(Error::new(Kind::NotFound, format!("there is no archive in `{}`", at.display())).with_hint("make one with `morgue index PATH`"))
    }

    /// The archive in `from` or the nearest directory above.
    ///
    /// # Errors
    ///
    /// When there is none up to the root.
    pub fn above(from: &Path) -> Result<Home> {
        let from = absolute(from)?;
        let root = from.ancestors().find(|dir| dir.join(DIRECTORY).is_dir());
        root.map(|root| Home { root: root.to_owned() }).ok_or_else(|| {
            Error::new(Kind::NotFound, format!("there is no archive in `{}` or above it", from.display()))
                .with_hint("make one with `morgue index PATH`, or name one with `-C DIR`")
        })
    }

    /// The archive in `at`, made if there is none.
    ///
    /// # Errors
    ///
    /// When the directory cannot be made.
    pub fn make(at: &Path) -> Result<Home> {
        let failed = || format!("cannot make an archive in `{}`", at.display());
        std::fs::create_dir_all(at.join(DIRECTORY)).context(Kind::Io, failed)?;
        Home::at(at)
    }

    /// `.morgue` itself.
    pub fn state(&self) -> PathBuf {
        self.root.join(DIRECTORY)
    }

    /// The engine's directory.
    pub fn index(&self) -> PathBuf {
        self.state().join("index")
    }

    /// Saved queries, beside `.morgue`.
    pub fn queries(&self) -> PathBuf {
        self.root.join("queries.toml")
    }

    /// The authority file, beside `.morgue`.
    pub fn names(&self) -> PathBuf {
        self.root.join("names.toml")
    }

    /// What saved queries found and who was told of it.
    pub fn saved(&self) -> PathBuf {
        self.state().join("state").join("saved")
    }

    /// How `file` is written in records: relative to the archive where it lies below it, else absolute.
    pub fn shown(&self, file: &Path) -> String {
        let file = absolute(file).unwrap_or_else(|_| file.to_owned());
        file.strip_prefix(&self.root).unwrap_or(&file).to_string_lossy().into_owned()
    }

    /// The file that a record's path names.
    pub fn file(&self, shown: &str) -> PathBuf {
        self.root.join(shown)
    }
}

/// `path` from the root of the file system, without `.` and `..`, links resolved where it exists.
fn absolute(path: &Path) -> Result<PathBuf> {
    let failed = || format!("cannot find `{}`", path.display());
    match path.canonicalize() {
        Ok(path) => Ok(path),
        Err(_) => std::path::absolute(path).context(Kind::Io, failed),
    }
}

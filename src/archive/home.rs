//! Where an archive is: the directory `.morgue`, found by walking up as git does.

use crate::error::{Context, Error, Kind, Result};
use crate::ingest;
use crate::saved::short_hash;
use std::path::{Component, Path, PathBuf};

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

    /// The engine's directory. Between the two steps in which a new index takes the place of the old one, it is the new one.
    pub fn index(&self) -> PathBuf {
        let (index, new) = (self.state().join("index"), self.index_new());
        if !index.exists() && new.exists() { new } else { index }
    }

    /// Where a new index is built.
    pub(super) fn index_new(&self) -> PathBuf {
        self.state().join("index.new")
    }

    /// Ends an exchange of indexes that was cut short.
    ///
    /// # Errors
    ///
    /// When the directory cannot be written.
    pub(super) fn settle(&self) -> Result<()> {
        let (index, old) = (self.state().join("index"), self.state().join("index.old"));
        let failed = || format!("cannot write to `{}`", self.state().display());
        if !index.exists() && self.index_new().exists() {
            std::fs::rename(self.index_new(), &index).context(Kind::Io, failed)?;
        }
        if index.exists() && old.exists() {
            std::fs::remove_dir_all(old).context(Kind::Io, failed)?;
        }
        Ok(())
    }

    /// Puts the new index in the place of the old one.
    ///
    /// # Errors
    ///
    /// When the directory cannot be written.
    pub(super) fn exchange(&self) -> Result<()> {
        let (index, old) = (self.state().join("index"), self.state().join("index.old"));
        let failed = || format!("cannot write to `{}`", self.state().display());
        let sync = || std::fs::File::open(self.state()).and_then(|d| d.sync_all());
        if index.exists() {
            std::fs::rename(&index, old).context(Kind::Io, failed)?;
        }
        std::fs::rename(self.index_new(), &index).and_then(|()| sync()).context(Kind::Io, failed)?;
        self.settle()
    }

    /// Why the engine's directory cannot be opened, where that is because somebody may not read it.
    pub(super) fn barred(&self) -> Option<Error> {
        let is_barred = |file: &Path| {
            let outcome = if file.is_dir() { std::fs::read_dir(file).map(drop) } else { std::fs::File::open(file).map(drop) };
            outcome.is_err_and(|e| e.kind() == std::io::ErrorKind::PermissionDenied)
        };
        let index = self.index();
        let files = std::fs::read_dir(&index).into_iter().flatten().flatten().map(|entry| entry.path());
        let barred = [self.state(), index.clone()].into_iter().chain(files).find(|file| is_barred(file))?;
        let error = Error::new(Kind::Io, format!("you may not read `{}`", barred.display()));
        Some(error.with_hint("the archive is somebody else's; they can let others read it: `chmod -R a+rX .morgue`"))
    }

    /// A stamp that changes with every commit to the engine's directory; `None` when there is none.
    pub fn stamp(&self) -> Option<std::time::SystemTime> {
        std::fs::metadata(self.index()).and_then(|m| m.modified()).ok()
    }

    /// Saved queries, beside `.morgue`.
    pub fn queries(&self) -> PathBuf {
        self.root.join("queries.toml")
    }

    /// What people corrected in quotes, beside `.morgue`.
    pub fn corrections(&self) -> PathBuf {
        self.root.join("corrections.toml")
    }

    /// What people wrote on articles, beside `.morgue`.
    pub fn notes(&self) -> PathBuf {
        self.root.join("notes.toml")
    }

    /// The authority file, beside `.morgue`.
    pub fn names(&self) -> PathBuf {
        self.root.join("names.toml")
    }

    /// What saved queries found and who was told of it.
    pub fn saved(&self) -> PathBuf {
        self.state().join("state").join("saved")
    }

    /// Where what the saved query `name` found is kept. A name that leads elsewhere, as a file from others may have one, or that is taken
    /// by something of ours, is written as a hash.
    pub fn runs(&self, name: &str) -> PathBuf {
        let mut steps = Path::new(name).components();
        let is_one_step = matches!((steps.next(), steps.next()), (Some(Component::Normal(only)), None) if only == name);
        let is_ours = matches!(name, "outbox" | "lock" | "alerts.json");
        match is_one_step && !is_ours {
            true => self.saved().join(name),
            false => self.saved().join(format!("={:016x}", short_hash(name.as_bytes()))),
        }
    }

    /// How `file` is written in records: relative to the archive where it lies below it, else absolute.
    pub fn shown(&self, file: &Path) -> String {
        let file = absolute(file).unwrap_or_else(|_| file.to_owned());
        ingest::shown(file.strip_prefix(&self.root).unwrap_or(&file))
    }

    /// As [`Home::shown`], but for the name of a link, not of what it leads to.
    pub fn shown_link(&self, link: &Path) -> String {
        let folder = link.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let named = link.file_name().and_then(|name| Some(absolute(folder).ok()?.join(name)));
        named.map_or_else(|| self.shown(link), |file| ingest::shown(file.strip_prefix(&self.root).unwrap_or(&file)))
    }

    /// The file that a record's path names.
    pub fn file(&self, shown: &str) -> PathBuf {
        let file = self.root.join(shown);
        if file.exists() { file } else { self.root.join(ingest::unwritten(shown)) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_saved_query_found_lies_where_it_should() {
        let home = Home { root: PathBuf::from("/archive") };
        assert_eq!(home.runs("tax-2024"), home.saved().join("tax-2024"));
        assert_eq!(home.runs("my query"), home.saved().join("my query"));
        for name in ["", ".", "..", "../../x", "/etc", "a/b", "a/", "outbox", "lock"] {
            let runs = home.runs(name);
            assert!(runs.parent() == Some(home.saved().as_path()) && runs != home.saved().join(name), "{name}: {}", runs.display());
        }
    }
}

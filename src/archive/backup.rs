//! A copy of an archive as it stands at one commit, while others search it and write to it. The copy is an archive: it can be searched where it lies,
//! and to restore it, it is copied back the same way.

use super::home::DIRECTORY;
use super::{Home, Note, Settings, kept, verify};
use crate::error::{Context, Error, Kind, Result};
use serde::Serialize;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What was copied.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BackedUp {
    /// Files.
    pub files: u64,
    /// Bytes.
    pub bytes: u64,
    /// Articles in the copy.
    pub articles: u64,
    /// Revision of the archive the copy holds.
    pub revision: u64,
}

/// Copies the archive at `home` into the directory `to`, which must be empty or not exist, and looks at the copy's checksums.
///
/// Copied are the index, the manifest and everything else of ours beside them: settings, saved queries and their state. The files the articles
/// came from are not.
///
/// # Errors
///
/// When `to` holds something or lies in the archive, when the archive is damaged, or when the disk refuses: then `to` has no archive
/// in it. When the copy is not sound, with the file that is not.
pub fn backup(home: &Home, to: &Path) -> Result<BackedUp> {
    let settings = Settings::read(home)?;
    let failed = || format!("cannot write to `{}`", to.display());
    std::fs::create_dir_all(to).context(Kind::Io, failed)?;
    let whole = |path: &Path| path.canonicalize().context(Kind::Io, failed);
    if whole(to)?.starts_with(whole(&home.state())?) {
        // The copy would be copied into itself.
        let _ = std::fs::remove_dir(to);
        return Err(Error::new(Kind::Usage, format!("`{}` lies in the archive itself", to.display()))
            .with_hint("name a directory outside of `.morgue`"));
    }
    if std::fs::read_dir(to).context(Kind::Io, failed)?.next().is_some() {
        return Err(Error::new(Kind::Usage, format!("`{}` is not empty", to.display())).with_hint("name a new directory for each backup"));
    }
    let open = (kept(&settings)?.copies)(&home.index())?;
    let note = Note::read(open.note.as_deref())?;
    // Complete only under its own name: what was cut short is no archive.
    let draft = to.join(format!("{DIRECTORY}.part"));
    std::fs::create_dir_all(draft.join("index")).context(Kind::Io, failed)?;
    let mut copy = Copy { done: BackedUp { revision: note.revision, ..BackedUp::default() } };
    for (name, file) in open.files {
        copy.file(file, u64::MAX, &draft.join("index").join(name))?;
    }
    for (name, content) in open.contents {
        copy.bytes(&content, &draft.join("index").join(name))?;
    }
    let manifest = note.manifest.file();
    if note.manifest.length > 0 {
        let log = File::open(home.state().join(&manifest)).context(Kind::Engine, || format!("cannot read `{manifest}`"))?;
        copy.file(log, note.manifest.length, &draft.join(&manifest))?;
    }
    copy.others(&home.state(), &draft, &|name| !name.starts_with("index") && !name.starts_with("manifest-"))?;
    copy.others(&home.root, to, &|name| matches!(name, "queries.toml" | "names.toml" | "corrections.toml" | "notes.toml"))?;
    let sync = |dir: &Path| File::open(dir).and_then(|d| d.sync_all());
    sync(&draft.join("index")).and_then(|()| sync(&draft)).context(Kind::Io, failed)?;
    std::fs::rename(&draft, to.join(DIRECTORY)).and_then(|()| sync(to)).context(Kind::Io, failed)?;
    let seen = verify(&Home::at(to)?, false)?;
    if let Some(fault) = seen.faults.first() {
        return Err(Error::new(Kind::Engine, format!("the copy is not sound: `{}`: {}", fault.file, fault.message))
            .with_hint("`morgue verify` says whether the archive itself is damaged"));
    }
    copy.done.articles = seen.articles;
    Ok(copy.done)
}

struct Copy {
    done: BackedUp,
}

impl Copy {
    /// Copies at most `most` bytes of `file`.
    fn file(&mut self, file: File, most: u64, to: &Path) -> Result<()> {
        let write = || {
            let mut out = File::create(to)?;
            let n = std::io::copy(&mut file.take(most), &mut out)?;
            out.sync_all().map(|()| n)
        };
        self.done.bytes += write().context(Kind::Io, || format!("cannot write `{}`", to.display()))?;
        self.done.files += 1;
        Ok(())
    }

    fn bytes(&mut self, content: &[u8], to: &Path) -> Result<()> {
        std::fs::write(to, content)
            .and_then(|()| File::open(to)?.sync_all())
            .context(Kind::Io, || format!("cannot write `{}`", to.display()))?;
        self.done.bytes += content.len() as u64;
        self.done.files += 1;
        Ok(())
    }

    /// Copies the files in `from`, and in folders in it, whose names are `wanted`.
    fn others(&mut self, from: &Path, to: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<()> {
        let failed = || format!("cannot read `{}`", from.display());
        for entry in std::fs::read_dir(from).context(Kind::Io, failed)? {
            let entry = entry.context(Kind::Io, failed)?;
            let name = entry.file_name();
            let kind = entry.file_type().context(Kind::Io, failed)?;
            if !name.to_str().is_some_and(wanted) {
                continue;
            }
            if kind.is_dir() {
                std::fs::create_dir_all(to.join(&name)).context(Kind::Io, failed)?;
                self.others(&entry.path(), &to.join(&name), &|_| true)?;
            } else if kind.is_file() {
                self.file(File::open(entry.path()).context(Kind::Io, failed)?, u64::MAX, &to.join(&name))?;
            }
        }
        Ok(())
    }
}

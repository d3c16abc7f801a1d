//! What people settled, in files beside the archive: names (`names.toml`), quotes (`corrections.toml`) and what they wrote on
//! articles (`notes.toml`). It is applied to stored clippings, without the source files.
//!
//! The note of each commit says by which version of each file the clippings are settled, and a copy of that version lies in
//! `.morgue/STEM-VERSION.toml`: after an edit by hand only the articles it touches are looked at by the next run.

use super::{Archive, Home, Note, Progress, Renamed, Settings, open_engine};
use crate::article::{Clipping, Notes};
use crate::authority::Authority;
use crate::corrections::{Corrections, CorrectionsFile};
use crate::disk;
use crate::engine::{Access, Engine};
use crate::error::{Context, Error, Kind, Result};
use crate::notes::{AllNotes, NotesFile};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Clippings put at a time.
const BATCH: usize = 64;

/// The three files as they lie there now.
pub(super) struct Settled {
    pub authority: Authority,
    pub corrections: Corrections,
    pub notes: AllNotes,
}

impl Settled {
    pub fn read(home: &Home) -> Result<Settled> {
        Ok(Settled {
            authority: Authority::read(&home.names())?,
            corrections: Corrections::read(&home.corrections())?,
            notes: AllNotes::read(&home.notes())?,
        })
    }

    /// Settles a clipping. Names come first: corrections speak of the names people see.
    pub fn apply(&self, clipping: &mut Clipping) {
        self.authority.apply(clipping);
        self.corrections.apply(clipping);
        self.notes.apply(clipping);
    }
}

/// The archive at `home`, to be written to. Whoever cannot write to the index must not change the files either.
pub(super) fn open(home: &Home) -> Result<(Box<dyn Engine>, Note)> {
    let opened = open_engine(home, &Settings::read(home)?, Access::Write)?;
    let note = Note::read(opened.note.as_deref())?;
    Ok((opened.engine, note))
}

/// The copy of the version of `file` by which the archive is settled.
pub(super) fn applied(home: &Home, file: &Path, version: &str) -> PathBuf {
    let stem = file.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    home.state().join(format!("{stem}-{version}.toml"))
}

/// Keeps a copy of `file`, of this version, for the next time; before the commit that names it.
pub(super) fn keep(home: &Home, file: &Path, version: &str) -> Result<()> {
    if version.is_empty() {
        return Ok(());
    }
    let bytes = std::fs::read(file).context(Kind::Io, || format!("cannot read `{}`", file.display()))?;
    disk::replace(&applied(home, file, version), &bytes)
}

/// Takes the copy of a version away that is no longer named, after the commit that names another. What is left lying about
/// does no harm.
pub(super) fn discard(home: &Home, file: &Path, (old, new): (&str, &str)) {
    if !old.is_empty() && old != new {
        let _ = std::fs::remove_file(applied(home, file, old));
    }
}

/// Changes `corrections.toml` by `edit` and annotates the articles it names anew.
///
/// # Errors
///
/// When the archive has no such article, another process is writing, or the file or the index fails; then the archive stays
/// as it was, and the next run of `morgue index` takes up what the file says.
pub fn correct(home: &Home, article: &str, progress: &Progress, edit: impl FnOnce(&mut CorrectionsFile) -> Result<()>) -> Result<Renamed> {
    let (engine, mut note) = open(home)?;
    let mut file = CorrectionsFile::open(&home.corrections())?;
    let is_corrected = file.list().iter().any(|c| c.article == article);
    if !is_corrected && engine.get(article)?.is_none() {
        return Err(no_article(article));
    }
    edit(&mut file)?;
    renew(home, engine.as_ref(), &mut note, &Settled::read(home)?, progress)
}

/// Changes by `edit` what `notes.toml` says of each of `articles`, and puts it on their clippings.
///
/// # Errors
///
/// As [`correct`].
pub fn annotate(home: &Home, articles: &[String], progress: &Progress, edit: impl Fn(&mut Notes)) -> Result<Renamed> {
    let (engine, mut note) = open(home)?;
    let mut file = NotesFile::open(&home.notes())?;
    // Files of many notes take long to read: this one is read once, and what it said before is known.
    let noted_before = file.notes().clone();
    let mut is_changed = false;
    for article in articles {
        let before = file.of(article);
        if before.is_empty() && engine.get(article)?.is_none() {
            return Err(no_article(article));
        }
        let mut after = before.clone();
        edit(&mut after);
        if after != before {
            file.set(article, after);
            is_changed = true;
        }
    }
    if is_changed {
        file.save()?;
    }
    let settled = Settled {
        authority: Authority::read(&home.names())?,
        corrections: Corrections::read(&home.corrections())?,
        notes: file.into_notes(),
    };
    renew_from(home, engine.as_ref(), &mut note, &settled, Some(noted_before), progress)
}

/// The time now, as records write it: seconds, UTC.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn no_article(id: &str) -> Error {
    Error::new(Kind::NotFound, format!("there is no article `{id}`")).with_hint("ids stand in the output of `morgue search`")
}

impl Archive {
    /// The files of what people settled that have changed since the archive was settled by them.
    ///
    /// # Errors
    ///
    /// When one is wrong; the message says where.
    pub fn stale(&self) -> Result<Vec<&'static str>> {
        let mut stale = Vec::new();
        if self.names_are_stale()? {
            stale.push("names.toml");
        }
        // Their version is the hash of their text: nothing need be read in them, as a rule.
        let is_as_noted = |file: &Path, noted: &str| match std::fs::read(file) {
            Ok(bytes) => disk::version(&bytes) == noted,
            Err(_) => noted.is_empty(),
        };
        let (corrections, notes) = (self.home.corrections(), self.home.notes());
        if !is_as_noted(&corrections, &self.note.corrections) && Corrections::read(&corrections)?.version() != self.note.corrections {
            stale.push("corrections.toml");
        }
        if !is_as_noted(&notes, &self.note.notes) && AllNotes::read(&notes)?.version() != self.note.notes {
            stale.push("notes.toml");
        }
        Ok(stale)
    }

    /// What `notes.toml` says of an article now.
    ///
    /// # Errors
    ///
    /// When the file is wrong; the message says where.
    pub fn notes(&self, article: &str) -> Result<Notes> {
        Ok(NotesFile::open(&self.home.notes())?.of(article))
    }
}

/// Settles the clippings of `ids` anew and puts those that change; the commit is the caller's.
pub(super) fn settle(engine: &dyn Engine, settled: &Settled, ids: &[&str], progress: &Progress) -> Result<Renamed> {
    let mut renamed = Renamed::default();
    progress.files_total.store(ids.len() as u64, Ordering::Relaxed);
    let mut batch = Vec::new();
    for id in ids {
        if progress.stopped() {
            return Err(Error::new(Kind::Io, "stopped before the names were applied").with_hint("`morgue names apply` makes it whole"));
        }
        let Some(mut clipping) = engine.get(id)? else { continue };
        let before = (clipping.annotations.clone(), clipping.notes.clone());
        settled.apply(&mut clipping);
        renamed.looked_at += 1;
        Progress::add(&progress.files, 1);
        if (&clipping.annotations, &clipping.notes) != (&before.0, &before.1) {
            renamed.changed += 1;
            batch.push(clipping);
        }
        if batch.len() >= BATCH {
            engine.put(&batch)?;
            batch.clear();
        }
    }
    engine.put(&batch)?;
    Ok(renamed)
}

/// Brings stored clippings up to `corrections.toml` and `notes.toml`, where they have changed since, and commits that.
pub(super) fn renew(home: &Home, engine: &dyn Engine, note: &mut Note, settled: &Settled, progress: &Progress) -> Result<Renamed> {
    renew_from(home, engine, note, settled, None, progress)
}

/// The same, where `noted_before` says what stood in `notes.toml` a moment ago.
fn renew_from(
    home: &Home,
    engine: &dyn Engine,
    note: &mut Note,
    settled: &Settled,
    noted_before: Option<AllNotes>,
    progress: &Progress,
) -> Result<Renamed> {
    let Settled { corrections, notes, .. } = settled;
    if corrections.version() == note.corrections && notes.version() == note.notes {
        return Ok(Renamed { revision: note.revision, ..Renamed::default() });
    }
    let (corrected, noted) = (home.corrections(), home.notes());
    let old_corrections = Corrections::read(&applied(home, &corrected, &note.corrections)).unwrap_or_default();
    let old_notes = noted_before.filter(|notes| notes.version() == note.notes);
    let old_notes = old_notes.unwrap_or_else(|| AllNotes::read(&applied(home, &noted, &note.notes)).unwrap_or_default());
    let mut articles: BTreeSet<&str> = BTreeSet::new();
    articles.extend(old_corrections.articles().chain(corrections.articles()).filter(|id| old_corrections.of(id) != corrections.of(id)));
    articles.extend(old_notes.articles().chain(notes.articles()).filter(|id| old_notes.of(id) != notes.of(id)));
    let ids: Vec<&str> = articles.into_iter().collect();
    let mut renamed = settle(engine, settled, &ids, progress)?;
    keep(home, &corrected, corrections.version())?;
    keep(home, &noted, notes.version())?;
    let old = (note.corrections.clone(), note.notes.clone());
    corrections.version().clone_into(&mut note.corrections);
    notes.version().clone_into(&mut note.notes);
    note.revision += u64::from(renamed.changed > 0);
    engine.commit(&note.text()?)?;
    discard(home, &corrected, (&old.0, &note.corrections));
    discard(home, &noted, (&old.1, &note.notes));
    renamed.revision = note.revision;
    Ok(renamed)
}

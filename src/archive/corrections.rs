//! The file `corrections.toml` and the archive: what it says is applied to stored clippings, without the source files.
//!
//! The note of each commit says by which version of the file the archive is annotated, and a copy of that version lies in
//! `.morgue/corrections.toml`: after an edit by hand the articles named in either are annotated anew by the next run.

use super::names::open;
use super::{Home, Note, Progress, Renamed};
use crate::authority::Authority;
use crate::corrections::{Corrections, CorrectionsFile};
use crate::disk;
use crate::engine::Engine;
use crate::error::{Context, Error, Kind, Result};
use std::collections::BTreeSet;

/// Changes `corrections.toml` by `edit` and annotates the articles it names anew.
///
/// # Errors
///
/// When the archive has no such article, another process is writing, or the file or the index fails; then the archive stays
/// as it was, and the next run of `morgue index` takes up what the file says.
pub fn correct(home: &Home, article: &str, progress: &Progress, edit: impl FnOnce(&mut CorrectionsFile) -> Result<()>) -> Result<Renamed> {
    // Whoever cannot write to the index must not change the file either.
    let (engine, mut note) = open(home)?;
    let mut file = CorrectionsFile::open(&home.corrections())?;
    let is_corrected = file.list().iter().any(|c| c.article == article);
    if !is_corrected && engine.get(article)?.is_none() {
        return Err(Error::new(Kind::NotFound, format!("there is no article `{article}`")));
    }
    edit(&mut file)?;
    let authority = Authority::read(&home.names())?;
    renew(home, engine.as_ref(), &mut note, &authority, progress)
}

/// Brings stored clippings up to `corrections.toml`, where it has changed since they were annotated, and commits that.
pub(super) fn renew(home: &Home, engine: &dyn Engine, note: &mut Note, authority: &Authority, progress: &Progress) -> Result<Renamed> {
    let mut renamed = Renamed { revision: note.revision, ..Renamed::default() };
    let corrections = Corrections::read(&home.corrections())?;
    if corrections.version() == note.corrections {
        return Ok(renamed);
    }
    let copy = home.state().join("corrections.toml");
    let old = Corrections::read(&copy).unwrap_or_default();
    let articles: BTreeSet<&str> = old.articles().chain(corrections.articles()).filter(|id| old.of(id) != corrections.of(id)).collect();
    let mut batch = Vec::new();
    for id in articles {
        let Some(mut clipping) = engine.get(id)? else { continue };
        let before = clipping.annotations.clone();
        authority.apply(&mut clipping);
        corrections.apply(&mut clipping);
        renamed.looked_at += 1;
        Progress::add(&progress.files, 1);
        if clipping.annotations != before {
            renamed.changed += 1;
            batch.push(clipping);
        }
    }
    engine.put(&batch)?;
    corrections.version().clone_into(&mut note.corrections);
    note.revision += u64::from(renamed.changed > 0);
    engine.commit(&note.text()?)?;
    match std::fs::read(home.corrections()) {
        Ok(bytes) => disk::replace(&copy, &bytes)?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => drop(std::fs::remove_file(&copy)),
        Err(e) => return Err(e).context(Kind::Io, || "cannot read `corrections.toml`".to_owned()),
    }
    renamed.revision = note.revision;
    Ok(renamed)
}

//! Whether an archive is what was written: index, register, manifest and stored clippings, and how the files it was made from stand to it.

use super::manifest::Manifest;
use super::{Home, Note, Settings, kept};
use crate::engine::{Fault, Kept};
use crate::error::Result;
use serde::Serialize;
use std::collections::HashSet;

/// What came of looking at an archive.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verification {
    /// Files of the archive looked at.
    pub files: u64,
    /// Bytes that are as they were written.
    pub bytes: u64,
    /// Articles the manifest names.
    pub articles: u64,
    /// Stored clippings that were decoded; 0 unless looked at deeply.
    pub clippings: u64,
    /// Files the articles came from that have changed since; 0 unless looked at deeply.
    pub sources_changed: u64,
    /// Files the articles came from that are no longer there; 0 unless looked at deeply.
    pub sources_gone: u64,
    /// What is wrong with the archive; nothing, when it is sound.
    pub faults: Vec<Fault>,
}

impl Verification {
    fn fault(&mut self, file: &str, message: impl ToString) {
        self.faults.push(Fault { file: file.to_owned(), message: message.to_string() });
    }
}

/// Looks at the archive at `home`: every file against its checksum; with `deep`, every stored clipping is decoded as well, and the files
/// they came from are looked at.
///
/// # Errors
///
/// When there is no archive. What is wrong with it is in the answer.
pub fn verify(home: &Home, deep: bool) -> Result<Verification> {
    let mut verification = Verification { files: 1, ..Verification::default() };
    let (settings, engine) = match Settings::read(home).and_then(|s| kept(&s).map(|engine| (s, engine))) {
        Ok(both) => both,
        Err(e) => {
            verification.fault("config.toml", e);
            return Ok(verification);
        }
    };
    let checked = (engine.check)(&home.index());
    verification.files += checked.files;
    verification.bytes = checked.bytes;
    verification.faults = checked.faults;
    let note = match Note::read(checked.note.as_deref()) {
        Ok(note) => note,
        Err(e) => {
            verification.fault("meta.json", e);
            return Ok(verification);
        }
    };
    if checked.note.is_none() {
        // Nothing was ever committed, or what was cannot be read and was said above.
        return Ok(verification);
    }
    if note.archive.as_deref().is_some_and(|id| id != settings.id) {
        verification.fault("config.toml", "its `id` is not that of the index");
    }
    verification.files += 1;
    let manifest = match Manifest::read(&home.state(), note.manifest) {
        Ok(manifest) => manifest,
        Err(e) => {
            verification.fault(&note.manifest.file(), e);
            return Ok(verification);
        }
    };
    verification.bytes += note.manifest.length;
    verification.articles = names(&manifest).collect::<HashSet<&str>>().len() as u64;
    if !deep {
        return Ok(verification);
    }
    verification.look_deeply(home, engine, &manifest);
    Ok(verification)
}

impl Verification {
    /// Decodes every clipping, and looks at the files they came from.
    fn look_deeply(&mut self, home: &Home, engine: &Kept, manifest: &Manifest) {
        let mut named: HashSet<&str> = names(manifest).collect();
        let (mut n_clippings, mut strangers) = (0u64, Vec::new());
        let salvaged = (engine.salvage)(&home.index(), &mut |clipping, _| {
            n_clippings += 1;
            if !named.remove(clipping.article.id.as_str()) {
                strangers.push(clipping.article.id);
            }
            Ok(())
        });
        self.clippings = n_clippings;
        match salvaged {
            Ok(salvaged) => self.faults.extend(salvaged.faults.into_iter().filter(|f| f.file.ends_with(".store"))),
            Err(e) => self.fault("meta.json", e),
        }
        let mut missing: Vec<&str> = named.into_iter().collect();
        missing.sort_unstable();
        strangers.sort_unstable();
        if !missing.is_empty() {
            self.fault("index", format!("{} articles the manifest names are not stored: {}", missing.len(), some(&missing)));
        }
        if !strangers.is_empty() {
            let ids: Vec<&str> = strangers.iter().map(String::as_str).collect();
            self.fault("index", format!("{} articles are stored that the manifest does not name: {}", ids.len(), some(&ids)));
        }
        for row in manifest.files.values().filter(|row| row.done) {
            match std::fs::metadata(home.file(&row.path)) {
                Err(_) => self.sources_gone += 1,
                Ok(now) => self.sources_changed += u64::from(now.len() != row.size),
            }
        }
    }
}

fn names(manifest: &Manifest) -> impl Iterator<Item = &str> {
    manifest.files.values().flat_map(|row| &row.articles).map(|(id, _)| id.as_str())
}

/// The first few of many.
fn some(ids: &[&str]) -> String {
    let shown = ids.iter().take(5).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    if ids.len() > 5 { format!("{shown} …") } else { shown }
}

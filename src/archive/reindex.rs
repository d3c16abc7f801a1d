//! The index made anew from the clippings stored in it: the way up from an older version, and out of damage. No file the articles came from is read.
//!
//! The new index is built in `index.new` beside the old one, committed, and only then put in its place: two renames, between
//! which [`Home::index`] knows where to look. Whenever the machine stops, the archive is either the old one or the new one.

use super::ledger::content_hash;
use super::manifest::{Manifest, ManifestLog, Mark};
use super::report::Progress;
use super::settled::{Settled, keep};
use super::{Home, Note, Settings, kept};
use crate::article::{Article, Clipping};
use crate::engine::{Access, Engine, Fault};
use crate::error::{Context, Error, Kind, Result, caught};
use crate::extract::Extractor;
use crossbeam_channel::{Receiver, bounded};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::atomic::Ordering;

/// What came of making an index anew.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reindexed {
    /// Articles in the new index.
    pub articles: u64,
    /// Quotes found in them.
    pub quotes: u64,
    /// Articles the manifest names of which no clipping could be read. Their files are read again by the next `index`.
    pub lost: Vec<String>,
    /// Files of which the next `index` will read articles again.
    pub to_read: Vec<String>,
    /// What was wrong with the old index.
    pub faults: Vec<Fault>,
}

/// What helps where nothing can be read.
const LEFT: &str = "the archive was left as it is; restore a backup, or index the files anew into another directory";

/// Articles put at a time.
const BATCH: usize = 64;

/// Makes the index of the archive at `home` anew with `jobs` threads that extract.
///
/// # Errors
///
/// When another process is writing, when nothing of the old index can be read, or when the disk refuses. The archive is as it was then.
pub fn reindex(home: &Home, jobs: usize, progress: &Progress) -> Result<Reindexed> {
    home.settle()?;
    let mut settings =
        Settings::read_any(home).and_then(|s| kept(&s).map(|_| s)).or_else(|e| match home.state().join("config.toml").is_file() {
            // Settings that are damaged are made again from what the index says; those of a newer version are not touched.
            true if !e.to_string().contains("has format") => Ok(Settings::recovered(None)),
            _ => Err(e),
        })?;
    let engine = kept(&settings)?;
    // Nobody may write meanwhile. That a damaged index cannot be opened is no hindrance.
    let _held = match (engine.open)(&home.index(), Access::Write) {
        Err(e) if e.kind() == Kind::Busy => return Err(e),
        other => other.ok(),
    };
    let fresh = home.index_new();
    let failed = || format!("cannot make `{}`", fresh.display());
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh).context(Kind::Io, failed)?;
    }
    let mut done = Reindexed::default();
    let settled = Settled::read(home)?;
    let checked = (engine.check)(&home.index());
    let manifest = Note::read(checked.note.as_deref()).and_then(|note| Ok((Manifest::read(&home.state(), note.manifest)?, note)));
    let (manifest, mut note) = match (manifest, checked.note.is_some()) {
        (Ok((manifest, note)), true) => (Some(manifest), note),
        (Ok(_), false) => (None, Note::default()),
        (Err(e), _) => {
            done.faults.push(Fault { file: "manifest".to_owned(), message: e.to_string() });
            (None, Note::read(checked.note.as_deref()).unwrap_or_default())
        }
    };
    let new = (engine.open)(&fresh, Access::Write)?.engine;
    let rebuilt = rebuild(home, engine.salvage, new.as_ref(), (manifest.as_ref(), &settled), jobs, progress, &mut done);
    let (names, salvaged) = rebuilt.map_err(|e| if e.kind() == Kind::Engine && e.hint().is_none() { e.with_hint(LEFT) } else { e })?;
    done.faults.extend(salvaged.faults);
    // With a manifest, everything can be read again from the files it names.
    if names.is_empty() && manifest.is_none() && !done.faults.is_empty() {
        let _ = std::fs::remove_dir_all(&fresh);
        let why = done.faults.first().map(|f| format!("`{}`: {}", f.file, f.message)).unwrap_or_default();
        return Err(Error::new(Kind::Engine, format!("no clipping of the old index can be read: {why}")).with_hint(LEFT));
    }
    settings.id = note.archive.take().unwrap_or(settings.id);
    note.archive = Some(settings.id.clone());
    note.remade += 1;
    note.revision = note.revision.max(names.values().map(|put| put.revision).max().unwrap_or(0));
    for (file, version, noted) in [
        (home.names(), settled.authority.version(), &mut note.names),
        (home.corrections(), settled.corrections.version(), &mut note.corrections),
        (home.notes(), settled.notes.version(), &mut note.notes),
    ] {
        keep(home, &file, version)?;
        version.clone_into(noted);
    }
    note.manifest = manifest_without(home, manifest, &names, note.manifest, &mut done)?;
    new.commit(&note.text()?)?;
    drop(new);
    settings.write(home)?;
    home.exchange()?;
    Ok(done)
}

/// What is known of a clipping that was put.
struct Put {
    path: String,
    revision: u64,
    hash: u64,
}

/// The clippings put, by id.
type Names = HashMap<String, Put>;

/// Takes the clippings out of the old index, finds anew what is in them, and puts them into `new`.
fn rebuild(
    home: &Home,
    salvage: crate::engine::Salvage,
    new: &dyn Engine,
    (manifest, settled): (Option<&Manifest>, &Settled),
    jobs: usize,
    progress: &Progress,
    done: &mut Reindexed,
) -> Result<(Names, crate::engine::Salvaged)> {
    let known: Option<Known<'_>> = manifest.map(|m| {
        let rows = m.files.values();
        rows.flat_map(|row| row.articles.iter().map(|(id, hash)| (id.as_str(), (*hash, row.path.as_str())))).collect()
    });
    progress.files_total.store(known.as_ref().map_or(0, |known| known.len() as u64), Ordering::Relaxed);
    let (old_side, to_extract) = bounded::<Clipping>(jobs.max(1) * 16);
    let (extracted, to_put) = bounded::<Clipping>(jobs.max(1) * 16);
    let old = home.index();
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || {
            let mut names = Names::new();
            let salvaged = salvage(&old, &mut |clipping, is_sound| {
                if progress.stopped() {
                    return Err(Error::new(Kind::Io, "stopped; the archive is as it was"));
                }
                let id = &clipping.article.id;
                // What the manifest does not name was removed; of two with one name the later counts.
                let stale = names.get(id).is_some_and(|put: &Put| put.revision > clipping.filed.revision);
                if stale || known.as_ref().is_some_and(|k| !is_known(k, &clipping, is_sound)) {
                    return Ok(());
                }
                let (path, revision) = (clipping.article.path.clone(), clipping.filed.revision);
                names.insert(id.clone(), Put { path, revision, hash: content_hash(&with_given(&clipping)) });
                old_side.send(clipping).map_err(|_| Error::new(Kind::Io, "the writer has stopped"))
            });
            salvaged.map(|salvaged| (names, salvaged))
        });
        for _ in 0..jobs.max(1) {
            let (to_extract, extracted) = (to_extract.clone(), extracted.clone());
            scope.spawn(move || {
                let extractor = Extractor::built_in();
                to_extract.into_iter().map(|c| anew(&extractor, settled, c)).try_for_each(|c| extracted.send(c).map_err(drop))
            });
        }
        drop((to_extract, extracted));
        let written = put(new, &to_put, progress, done);
        drop(to_put);
        let read = reading.join().map_err(|_| Error::new(Kind::Engine, "reading the old index failed inside"))?;
        written?;
        read
    })
}

/// Puts all that comes.
fn put(new: &dyn Engine, clippings: &Receiver<Clipping>, progress: &Progress, done: &mut Reindexed) -> Result<()> {
    let mut batch: Vec<Clipping> = Vec::with_capacity(BATCH);
    // Two versions of an article may overtake each other on the way here.
    let mut latest: HashMap<String, u64> = HashMap::new();
    for clipping in clippings {
        let (id, revision) = (clipping.article.id.clone(), clipping.filed.revision);
        match latest.get(&id) {
            Some(before) if *before > revision => continue,
            Some(_) => {}
            None => done.articles += 1,
        }
        latest.insert(id, revision);
        done.quotes += clipping.annotations.quotes.len() as u64;
        Progress::add(&progress.articles, 1);
        Progress::add(&progress.files, 1);
        Progress::add(&progress.quotes, clipping.annotations.quotes.len() as u64);
        batch.push(clipping);
        if batch.len() == BATCH {
            new.put(&batch)?;
            batch.clear();
        }
    }
    new.put(&batch)
}

/// Ids with the hash of their content and the file they came from.
type Known<'m> = HashMap<&'m str, (u64, &'m str)>;

/// Whether the manifest names a clipping; one out of a damaged file must also say what it said when it was filed.
fn is_known(known: &Known<'_>, clipping: &Clipping, is_sound: bool) -> bool {
    let Some((hash, file)) = known.get(clipping.article.id.as_str()) else { return false };
    is_sound || (content_hash(&with_given(clipping)) == *hash && file_of(&clipping.article.path) == *file)
}

/// The article as its record gave it: with the annotations it brought along.
fn with_given(clipping: &Clipping) -> Article {
    let mut article = clipping.article.clone();
    let (given, found) = (&mut article.given, clipping.as_found.as_deref().unwrap_or(&clipping.annotations));
    given.persons = given.persons.take().map(|_| found.persons.clone());
    given.organizations = given.organizations.take().map(|_| found.organizations.clone());
    given.places = given.places.take().map(|_| found.places.clone());
    given.quotes = given.quotes.take().map(|_| found.quotes.clone());
    article
}

/// A clipping with what is found in its article today, as people settled it.
fn anew(extractor: &Extractor, settled: &Settled, old: Clipping) -> Clipping {
    let article = with_given(&old);
    let filed = old.filed;
    // What cannot be found anew stays as it was found before.
    let mut clipping = caught(|| extractor.clip(article)).map_or(old, |clipping| Clipping { filed, ..clipping });
    settled.apply(&mut clipping);
    clipping
}

/// The file an article of that path came from: without members and numbers.
fn file_of(path: &str) -> &str {
    let file = path.split("!/").next().unwrap_or(path);
    match file.rsplit_once('#') {
        Some((before, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => before,
        _ => file,
    }
}

/// Writes a manifest that does not claim what was lost, and says where it stands.
fn manifest_without(home: &Home, manifest: Option<Manifest>, names: &Names, mark: Mark, done: &mut Reindexed) -> Result<Mark> {
    let readable = manifest.is_some();
    let mut manifest = manifest.unwrap_or_default();
    let mut changed = !readable;
    for row in manifest.files.values_mut() {
        let before = row.articles.len();
        row.articles.retain(|(id, _)| {
            let there = names.contains_key(id);
            if !there {
                done.lost.push(id.clone());
            }
            there
        });
        if row.articles.len() < before {
            row.done = false;
            changed = true;
            done.to_read.push(row.path.clone());
        }
    }
    if !readable {
        names.iter().for_each(|(id, put)| manifest.adopt(id, file_of(&put.path), put.hash));
        done.to_read.extend(manifest.files.keys().cloned());
    }
    done.lost.sort();
    done.to_read.sort();
    if !changed {
        return Ok(mark);
    }
    ManifestLog::anew(&home.state(), mark, &manifest)
}

//! A morgue on disk: the façade that front doors call, plain data in and out.
//!
//! An archive is the directory `.morgue`: `config.toml` (what it is), `index/` (the engine's), `manifest-N.jsonl` (what is
//! known of each file). The engine's last commit carries a [`Note`] that ties the three together.

mod alike;
mod amount;
mod answer;
mod around;
mod backup;
mod compare;
mod concordance;
mod evidence;
mod export;
mod filing;
mod gone;
mod home;
mod kin;
mod ledger;
mod manifest;
mod markup;
mod meaning;
mod names;
mod otherwise;
mod over_time;
mod question;
mod reindex;
mod report;
mod settings;
mod settled;
mod shut;
mod significance;
mod similar;
mod snippet;
mod spelling;
mod status;
mod suggest;
mod table;
mod undated;
mod verify;
mod versions;
mod vocabulary;
mod who;
mod whole;
mod why;
mod writer;

pub use amount::{count, number};
pub use answer::{Answer, ArticleHit, Folding, QuoteHit};
pub use around::{Around, AskedOf, Blamed};
pub use backup::{BackedUp, backup};
pub use compare::{CONTRASTS, Compared, Comparing, Comparison, ContrastRow, Side, telling};
pub use concordance::{LINES, Line};
pub use evidence::Evidence;
pub use export::{About, EXPORTS, Export, Exporter, Source};
pub use filing::IngestOptions;
pub use home::{DIRECTORY, Home};
pub use kin::asks_for_copies;
pub use ledger::content_hash;
pub use manifest::FileRow;
pub use markup::{escaped, in_xml};
pub use meaning::{Meaning, meaning};
pub use names::{Renamed, apply_names, edit_names, undo_names};
pub use over_time::{OverTime, Series};
pub use question::{Answered, Question};
pub use reindex::{Reindexed, reindex};
pub use report::{IngestReport, Progress};
pub use settings::Settings;
pub use settled::{annotate, correct, now};
pub use significance::{Contrast, Contrasts, log_likelihood};
pub use similar::{SIMILAR, Shared, Similar};
pub use snippet::Snippet;
pub use spelling::Misspelt;
pub use status::{Coverage, Status};
pub use suggest::{Suggested, Suggestion};
pub use table::{
    ARTICLES, FacetRow, QUOTES, TimeRow, cells, counted_name, counted_one, csv_row, facet_cells, facet_head, facet_rows, time_rows,
};
pub use undated::{left_out, undated};
pub use verify::{Verification, verify};
pub use versions::{OtherVersion, own_version};
pub use who::{Card, Counted, Role};
pub use why::Clause;

use crate::article::Clipping;
use crate::engine::{Access, ENGINES, Engine, Kept, Opened};
use crate::error::{Context, Error, Kind, Result, caught};
use crate::ingest::{self, Found};
use crate::query::{Hit, Results, Search};
use crate::saved::{SavedQueries, SinkKind};
use filing::Run;
use gone::Gone;
use manifest::{Manifest, ManifestLog, Mark};
use serde::{Deserialize, Serialize};
use settled::Settled;
use shut::Shut;
use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// What each commit of the engine notes about the archive.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Number that grows with every commit that touched an article.
    pub revision: u64,
    /// Revisions that filed what is no news: the first and last of each run of `index --backfill`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub backfills: Vec<(u64, u64)>,
    /// Where the manifest stood.
    manifest: Mark,
    /// By which version of the authority file it is annotated ([`Authority::version`](crate::authority::Authority::version)).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub names: String,
    /// The name of the archive; absent in commits of the first version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    archive: Option<String>,
    /// By which version of the corrections ([`Corrections::version`](crate::corrections::Corrections::version)).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub corrections: String,
    /// By which version of the notes ([`AllNotes::version`](crate::notes::AllNotes::version)).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// How many times all articles were annotated anew ([`reindex`]).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub remade: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl Note {
    /// On what the annotations rest besides the texts: names, corrections, notes, and the extraction they were last made by. Where it
    /// differs, a query may find other things although no article has changed.
    pub fn basis(&self) -> String {
        format!("{}/{}/{}/{}", self.names, self.corrections, self.notes, self.remade)
    }

    /// Whether what this revision filed is no news.
    pub fn is_backfill(&self, revision: u64) -> bool {
        self.backfills.iter().any(|(first, last)| (*first..=*last).contains(&revision))
    }

    fn text(&self) -> Result<String> {
        serde_json::to_string(self).context(Kind::Engine, || "cannot write the note of a commit".to_owned())
    }

    fn read(text: Option<&str>) -> Result<Note> {
        text.map_or(Ok(Note::default()), |t| {
            serde_json::from_str(t).context(Kind::Engine, || "cannot read the note of the last commit".to_owned())
        })
    }
}

/// An archive open for searching.
pub struct Archive {
    /// Where it is.
    pub home: Home,
    /// What it is.
    pub settings: Settings,
    /// What the last commit says.
    pub note: Note,
    engine: Arc<dyn Engine>,
    deadline: Option<Instant>,
    memory: Arc<whole::Memory>,
}

/// The kind of store the archive is kept in.
fn kept(settings: &Settings) -> Result<&'static Kept> {
    let kept = ENGINES.iter().find(|kept| kept.scheme == settings.engine);
    kept.ok_or_else(|| Error::new(Kind::Config, format!("this morgue has no engine called `{}`", settings.engine)))
}

fn open_engine(home: &Home, settings: &Settings, access: Access) -> Result<Opened> {
    (kept(settings)?.open)(&home.index(), access).map_err(|e| home.barred().unwrap_or_else(|| to_mend(e)))
}

/// An error of the index, with what helps.
fn to_mend(e: Error) -> Error {
    let is_told = e.hint().is_some() || e.kind() != Kind::Engine;
    if is_told { e } else { e.with_hint("`morgue verify` says whether the archive is damaged, `morgue reindex` mends it") }
}

/// Runs what reads the index; a crash in there means that the index is damaged.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    caught(work).unwrap_or_else(|why| Err(Error::new(Kind::Engine, format!("reading the index failed inside: {why}")))).map_err(to_mend)
}

impl Archive {
    /// Opens the archive at `home` for searching.
    ///
    /// # Errors
    ///
    /// When it was made by another version, or its files cannot be read.
    pub fn open(home: Home) -> Result<Archive> {
        let settings = Settings::read(&home)?;
        let opened = open_engine(&home, &settings, Access::Read).map_err(|e| {
            let empty = e.kind() == Kind::NotFound;
            if empty { Error::new(Kind::NotFound, "the archive is empty").with_hint("fill it with `morgue index PATH`") } else { e }
        })?;
        let note = Note::read(opened.note.as_deref())?;
        Ok(Archive { home, settings, note, engine: opened.engine.into(), deadline: None, memory: Arc::default() })
    }

    /// The same archive for one who waits until `deadline` and no longer: whatever is asked of it, however many searches that
    /// takes, fails with [`Kind::Time`] then.
    ///
    /// ```
    /// # fn main() -> morgue::error::Result<()> {
    /// use morgue::archive::{Archive, Home};
    /// # let dir = std::env::temp_dir().join(format!("morgue-until-{}", std::process::id()));
    /// # let file = dir.join("a.txt");
    /// # std::fs::create_dir_all(&dir).and_then(|()| std::fs::write(&file, "A day\n\nIt rained.")).unwrap();
    /// # let home = Home::make(&dir)?;
    /// # morgue::archive::index(&home, &[file], &Default::default(), &Default::default())?;
    /// let archive = Archive::open(home)?;
    /// let hurried = archive.until(Some(std::time::Instant::now()));
    /// assert_eq!(hurried.status().unwrap_err().kind(), morgue::error::Kind::Time);
    /// assert_eq!(archive.status()?.articles, 1);
    /// # std::fs::remove_dir_all(&dir).unwrap();
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn until(&self, deadline: Option<Instant>) -> Archive {
        let (home, settings, note) = (self.home.clone(), self.settings.clone(), self.note.clone());
        Archive { home, settings, note, engine: Arc::clone(&self.engine), deadline, memory: Arc::clone(&self.memory) }
    }

    /// Whether `other` shows the same state of the same archive, for however long.
    pub fn is(&self, other: &Archive) -> bool {
        Arc::ptr_eq(&self.engine, &other.engine)
    }

    /// `search`, to be given up when this archive's time is up.
    fn bounded<'s>(&self, search: &'s Search) -> Cow<'s, Search> {
        match self.deadline {
            Some(_) if search.deadline.is_none() => Cow::Owned(Search { deadline: self.deadline, ..search.clone() }),
            _ => Cow::Borrowed(search),
        }
    }

    /// Answers a search.
    ///
    /// # Errors
    ///
    /// When a word stands for too many words, the time is up, or the index fails.
    pub fn search(&self, search: &Search) -> Result<Results> {
        guarded(|| self.engine.search(&self.bounded(search)))
    }

    /// Answers a search, handing its hits out one after the other: memory does not grow with their text.
    ///
    /// # Errors
    ///
    /// As [`Archive::search`], or when `take` fails.
    pub fn stream(&self, search: &Search, take: &mut dyn FnMut(Hit) -> Result<()>) -> Result<Results> {
        guarded(|| self.engine.stream(&self.bounded(search), take))
    }

    /// The clipping with this id.
    ///
    /// # Errors
    ///
    /// When there is none, the time is up, or the index fails.
    pub fn clipping(&self, id: &str) -> Result<Clipping> {
        if self.deadline.is_some_and(|deadline| Instant::now() > deadline) {
            return Err(Error::new(Kind::Time, "this took longer than it may"));
        }
        guarded(|| self.engine.get(id))?.ok_or_else(|| {
            Error::new(Kind::NotFound, format!("there is no article `{id}`")).with_hint("ids stand in the output of `morgue search`")
        })
    }

    /// Every file the archive knows, by path.
    ///
    /// # Errors
    ///
    /// When the manifest cannot be read.
    pub fn files(&self) -> Result<Vec<FileRow>> {
        let mut files: Vec<FileRow> = Manifest::read(&self.home.state(), self.note.manifest)?.files.into_values().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }
}

/// Brings the archive at `home` up to date with the files under `paths`: adds, updates, drops what is no longer there.
///
/// # Errors
///
/// When a path does not exist, another process is writing, or the disk refuses. Trouble with single files is in the report.
pub fn index(home: &Home, paths: &[PathBuf], options: &IngestOptions, progress: &Progress) -> Result<IngestReport> {
    ingest::must_be(paths)?;
    let settings = Settings::read_or_make(home)?;
    let options = &IngestOptions { reading: ingest::Options { limits: settings.limits, ..options.reading.clone() }, ..options.clone() };
    home.settle()?;
    let opened = open_engine(home, &settings, Access::Write)?;
    let mut note = Note::read(opened.note.as_deref())?;
    note.archive = Some(settings.id.clone());
    let manifest = Manifest::read(&home.state(), note.manifest)?;
    let settled = Settled::read(home)?;
    let mut report = IngestReport { revision: note.revision, ..IngestReport::default() };
    let mut found = find(home, paths, &mut report);
    let n_walked = report.problems.len();
    let mut gone = Gone::of(home, paths, &manifest, &found, options.prune, &mut report);
    let shut = Shut::of(home, &report.problems[..n_walked], &manifest, &mut gone);
    report.files_found = found.len() as u64;
    found.retain(|f| !is_unchanged(&manifest, f, options.retry));
    report.files_unchanged = report.files_found - found.len() as u64;
    if options.dry_run {
        report.files_read = found.len() as u64;
        report.files_gone = gone.vanished.len() as u64;
        return Ok(report);
    }
    report.renamed = names::renew(home, opened.engine.as_ref(), &mut note, &settled, &Progress::default())?.changed;
    report.renamed += settled::renew(home, opened.engine.as_ref(), &mut note, &settled, &Progress::default())?.changed;
    let log = ManifestLog::open(&home.state(), note.manifest, &manifest)?;
    let run = Run { engine: opened.engine.as_ref(), settled: &settled, manifest, log, note, shut, changes: 0, options, progress };
    run.go(home, found, gone, report)
}

/// All files under `paths`, those of the archive's own left out.
fn find(home: &Home, paths: &[PathBuf], report: &mut IngestReport) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    // Files of one folder follow each other; the way to it is resolved once, which takes longer than a look at a file.
    let mut folder: Option<(PathBuf, String)> = None;
    let named: HashSet<&PathBuf> = paths.iter().collect();
    for found in ingest::walk(paths) {
        match found {
            Ok(mut found) => {
                let parent = found.path.parent().filter(|_| !named.contains(&found.path));
                found.shown = match (parent, found.shown.rsplit('/').next()) {
                    (Some(parent), Some(name)) => {
                        let known = folder.take().filter(|(known, _)| known == parent);
                        let (_, way) = folder.insert(known.unwrap_or_else(|| (parent.to_owned(), home.shown(parent))));
                        if way.is_empty() { name.to_owned() } else { format!("{}/{name}", way.trim_end_matches('/')) }
                    }
                    _ => home.shown(&found.path),
                };
                all.push(found);
            }
            Err(problem) => {
                report.files_skipped += u64::from(problem.kind == ingest::ProblemKind::Skipped);
                report.files_unread += u64::from(problem.kind == ingest::ProblemKind::Unread);
                report.files_failed += u64::from(problem.kind == ingest::ProblemKind::Failed);
                report.problems.push(problem);
            }
        }
    }
    all.sort_by(|a, b| a.shown.cmp(&b.shown));
    all.dedup_by(|a, b| a.shown == b.shown);
    let ours = [home.queries(), home.names(), home.corrections(), home.notes()];
    let told = told_files(home);
    all.retain(|f| !ours.contains(&f.path) && !told.iter().any(|told| is_told(&f.path, told)));
    all
}

/// The files alerts write, which are no articles: feeds would be read as such. In front of and behind the name of a query.
fn told_files(home: &Home) -> Vec<(String, Option<String>)> {
    // What is wrong with the file is said by whoever asks it something.
    let sinks = SavedQueries::read(&home.queries()).map(|q| q.sinks()).unwrap_or_default();
    let paths = sinks.into_iter().filter_map(|s| match s.kind {
        SinkKind::File { path } | SinkKind::Atom { path, .. } => Some(home.root.join(path).to_string_lossy().into_owned()),
        _ => None,
    });
    paths.map(|path| path.split_once("{name}").map_or((path.clone(), None), |(b, a)| (b.to_owned(), Some(a.to_owned())))).collect()
}

fn is_told(file: &std::path::Path, (before, after): &(String, Option<String>)) -> bool {
    let file = file.to_string_lossy();
    match after {
        None => file == before.as_str(),
        Some(after) => {
            let name = file.strip_prefix(before.as_str()).and_then(|f| f.strip_suffix(after.as_str()));
            name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
        }
    }
}

fn is_unchanged(manifest: &Manifest, found: &Found, retry: bool) -> bool {
    // Another version may read what this archive's did not.
    let failed = |row: &FileRow| row.problems.iter().any(|p| matches!(p.kind, ingest::ProblemKind::Failed | ingest::ProblemKind::Unread));
    manifest
        .files
        .get(&found.shown)
        .is_some_and(|row| row.done && row.size == found.size && row.mtime == found.modified_ns && !(retry && failed(row)))
}

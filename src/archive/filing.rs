//! Files into the archive: read ∥ extract ∥ put, with bounded queues between, committed as it goes.
//!
//! Readers settle each article's id and whether it must be extracted at all; extractors annotate; one thread puts and
//! commits. A commit holds the index, the manifest and the register of values together, so a run that is cut short is
//! taken up where its last commit left it.

use super::gone::Gone;
use super::ledger::{Claim, Ledger, Verdict};
use super::manifest::{FileRow, Manifest, ManifestLog};
use super::report::{IngestReport, Progress};
use super::settled::Settled;
use super::shut::Shut;
use super::writer::Writer;
use super::{Home, Note};
use crate::article::{Annotations, Article, Clipping, Filed};
use crate::engine::Engine;
use crate::error::{Error, Kind, Result};
use crate::extract::Extractor;
use crate::ingest::{self, Found, Problem, ProblemKind};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How a run is to be done.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// Threads that read and threads that extract.
    pub jobs: usize,
    /// Only say what would be done.
    pub dry_run: bool,
    /// Read files again that failed before or were in no form morgue reads, though they have not changed.
    pub retry: bool,
    /// What is filed is old: it is recorded, and nobody is alerted.
    pub backfill: bool,
    /// Drop what came from folders that are empty now, which else are taken for disks that are away.
    pub prune: bool,
    /// Time between commits of a long run: as much is read again after a power cut.
    pub commit_every: Duration,
    /// How files are read.
    pub reading: ingest::Options,
}

impl Default for IngestOptions {
    fn default() -> IngestOptions {
        let jobs = crate::spread::processors();
        IngestOptions {
            jobs,
            dry_run: false,
            retry: false,
            backfill: false,
            prune: false,
            commit_every: Duration::from_secs(20),
            reading: ingest::Options::default(),
        }
    }
}

/// A file to be read.
pub(super) struct Job {
    pub found: Found,
    pub before: Vec<(String, u64)>,
}

/// An article on its way to be extracted.
struct Task {
    job: usize,
    article: Article,
    claim: Claim,
}

pub(super) enum Event {
    Put {
        job: usize,
        clipping: Box<Clipping>,
        claim: Claim,
    },
    Known {
        job: usize,
        claim: Claim,
    },
    Problem(Problem),
    /// The file was read; `n_articles` events belong to it. What is not in `row` may be in it all the same unless it was read `whole`.
    Done {
        job: usize,
        n_articles: usize,
        row: FileRow,
        whole: bool,
    },
}

/// Everything one run needs.
pub(super) struct Run<'a> {
    pub engine: &'a dyn Engine,
    pub settled: &'a Settled,
    pub manifest: Manifest,
    pub log: ManifestLog,
    pub note: Note,
    pub shut: Shut,
    /// Articles touched up to the last commit of this run.
    pub changes: u64,
    pub options: &'a IngestOptions,
    pub progress: &'a Progress,
}

impl Run<'_> {
    /// Reads what is new or changed among `found`, and drops what is `gone`.
    pub fn go(mut self, home: &Home, found: Vec<Found>, gone: Gone, mut report: IngestReport) -> Result<IngestReport> {
        let jobs: Vec<Job> = found.into_iter().map(|found| Job { before: before(&self.manifest, home, &found.shown), found }).collect();
        self.progress.files_total.store(jobs.len() as u64, Ordering::Relaxed);
        self.progress.bytes_total.store(jobs.iter().map(|j| j.found.size).sum(), Ordering::Relaxed);
        let ledger = Mutex::new(Ledger::new(std::mem::take(&mut self.manifest).files, &gone, home));
        let n = self.options.jobs.max(1);
        let next = AtomicUsize::new(0);
        let (tasks, to_extract) = bounded::<Task>(n * 32);
        let (events, to_put) = bounded::<Event>(n * 64);
        let reading = ingest::Options { bytes_read: Some(Arc::clone(&self.progress.bytes)), ..self.options.reading.clone() };
        let shared = Shared { jobs: &jobs, next: &next, ledger: &ledger, reading: &reading, progress: self.progress };
        let (engine, settled) = (self.engine, self.settled);
        let written = std::thread::scope(|scope| {
            for _ in 0..n {
                let (tasks, events, shared) = (tasks.clone(), events.clone(), &shared);
                scope.spawn(move || shared.read(&tasks, &events));
            }
            for _ in 0..n {
                let (to_extract, events) = (to_extract.clone(), events.clone());
                scope.spawn(move || extract(engine, settled, &to_extract, &events));
            }
            drop((tasks, events, to_extract));
            Writer::new(&mut self, &jobs, &ledger, &mut report).run(to_put)
        });
        written?;
        let ledger = ledger.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.finish(&ledger, &gone.vanished, &mut report)?;
        Ok(report)
    }

    /// Drops what is gone, and makes the last commit.
    fn finish(&mut self, ledger: &Ledger, vanished: &[String], report: &mut IngestReport) -> Result<()> {
        report.stopped = self.progress.stopped();
        if !report.stopped {
            let orphans = ledger.orphans();
            self.engine.remove(&orphans)?;
            report.removed += orphans.len() as u64;
            report.files_gone = ledger.gone();
            for path in vanished {
                self.log.gone(path)?;
            }
            self.shut.note(&mut self.log)?;
            for row in ledger.taken_over() {
                if row.articles.is_empty() { self.log.gone(&row.path)? } else { self.log.file_row(&row)? }
            }
        }
        self.commit(report)?;
        report.revision = self.note.revision;
        Ok(())
    }

    /// Makes all put so far safe. The revision grows when an article was touched, not when a file was merely looked at.
    pub fn commit(&mut self, report: &IngestReport) -> Result<()> {
        let changes = report.added + report.changed + report.moved + report.removed;
        let mark = self.log.sync()?;
        if changes == self.changes && mark == self.note.manifest {
            return Ok(());
        }
        if changes > self.changes {
            self.note.revision += 1;
            let revision = self.note.revision;
            match self.note.backfills.last_mut() {
                _ if !self.options.backfill => {}
                Some(last) if last.1 + 1 == revision => last.1 = revision,
                _ => self.note.backfills.push((revision, revision)),
            }
        }
        self.changes = changes;
        self.note.manifest = mark;
        self.engine.commit(&self.note.text()?)?;
        self.log.tidy();
        Ok(())
    }
}

/// The articles a file gave when it was last read, also where the archive knows it by the end of its path, from another place.
fn before(manifest: &Manifest, home: &Home, shown: &str) -> Vec<(String, u64)> {
    let ends = shown.match_indices('/').filter_map(|(at, _)| manifest.files.get(&shown[at + 1..]));
    let row = manifest.files.get(shown).or_else(|| ends.into_iter().find(|row| !home.file(&row.path).exists()));
    row.map(|row| row.articles.clone()).unwrap_or_default()
}

/// What the readers share.
struct Shared<'a> {
    jobs: &'a [Job],
    next: &'a AtomicUsize,
    ledger: &'a Mutex<Ledger>,
    reading: &'a ingest::Options,
    progress: &'a Progress,
}

impl Shared<'_> {
    /// Reads files until there are none left, or nobody wants more.
    fn read(&self, tasks: &Sender<Task>, events: &Sender<Event>) {
        while !self.progress.stopped() {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = self.jobs.get(number) else { return };
            let (rows, problems) = (Vec::new(), Vec::new());
            let mut inbox = Inbox { shared: self, job, number, tasks, events, rows, problems, opened: true, gone: false };
            let read = ingest::read(&job.found.path, &job.found.shown, self.reading, &mut inbox);
            let Inbox { rows, mut problems, opened, gone, .. } = inbox;
            if gone || self.progress.stopped() {
                return;
            }
            if let Err(e) = read {
                problems.push(Problem::failed(&job.found.shown, e.to_string()));
            }
            // A copy may be on its way, of which the beginning is there.
            let is_cut = problems.iter().any(|p| p.kind == ProblemKind::Failed && p.path == job.found.shown);
            let has_changed = changed_since(&job.found);
            if has_changed {
                // Its stamp is that from before, so the next run reads it again.
                problems.push(Problem::doubt(&job.found.shown, "it changed while it was read; the next run reads it again"));
            }
            let n_articles = rows.len();
            let row = FileRow {
                path: job.found.shown.clone(),
                size: job.found.size,
                mtime: job.found.modified_ns,
                articles: rows,
                problems,
                // What could not be opened is tried again by every run: its stamp does not tell when it can.
                done: opened,
            };
            let whole = !is_cut && !has_changed;
            if events.send(Event::Done { job: number, n_articles, row, whole }).is_err() {
                return;
            }
        }
    }
}

/// Whether a file is no longer as it was found.
fn changed_since(found: &Found) -> bool {
    let now = ingest::walk(std::slice::from_ref(&found.path)).next();
    !matches!(now, Some(Ok(now)) if now.size == found.size && now.modified_ns == found.modified_ns)
}

/// Takes the articles of one file.
struct Inbox<'a> {
    shared: &'a Shared<'a>,
    job: &'a Job,
    number: usize,
    tasks: &'a Sender<Task>,
    events: &'a Sender<Event>,
    rows: Vec<(String, u64)>,
    problems: Vec<Problem>,
    opened: bool,
    gone: bool,
}

impl ingest::Receiver for Inbox<'_> {
    fn article(&mut self, article: Article) -> Result<()> {
        if self.shared.progress.stopped() {
            self.gone = true;
            return Err(Error::new(Kind::Io, "stopped"));
        }
        let file = &self.job.found.shown;
        let claim = self.shared.ledger.lock().unwrap_or_else(PoisonError::into_inner).claim(&article, file, &self.job.before);
        if claim.verdict == Verdict::Twice {
            let message = format!("it says all that `{}` says, which stands in the same file, and is not filed twice", claim.id);
            self.problems.push(Problem::doubt(&article.path, message));
            return Ok(());
        }
        if let Some(is_same) = claim.collided {
            let other = if is_same { "an article that says the same to the letter" } else { "another article" };
            let message = format!("{other} is called `{}`; this one is filed as `{}`", article.id, claim.id);
            self.problems.push(Problem::doubt(&article.path, message));
        }
        self.rows.push((claim.id.clone(), claim.hash));
        let sent = match claim.verdict {
            Verdict::Known => self.events.send(Event::Known { job: self.number, claim }).is_ok(),
            _ => self.tasks.send(Task { job: self.number, article, claim }).is_ok(),
        };
        self.gone = !sent;
        if sent { Ok(()) } else { Err(Error::new(Kind::Io, "the writer has stopped")) }
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn unopened(&mut self, problem: Problem) {
        self.opened = false;
        self.problems.push(problem);
    }
}

/// Annotates articles until there are none left.
fn extract(engine: &dyn Engine, settled: &Settled, tasks: &Receiver<Task>, events: &Sender<Event>) {
    let extractor = Extractor::built_in();
    for Task { job, mut article, claim } in tasks {
        article.id = claim.id.clone();
        let before = match claim.verdict {
            Verdict::New => None,
            _ => engine.get(&claim.id).ok().flatten(),
        };
        let filed = before.as_ref().map_or_else(|| Filed { first: 0, revision: 0, added: now() }, |b| b.filed);
        let mut clipping = match before {
            // Only its place is new: what was found in it stands.
            Some(mut known) if claim.verdict == Verdict::Moved => {
                known.article.path = article.path;
                known
            }
            _ => {
                let annotations = match catch_unwind(AssertUnwindSafe(|| extractor.annotate(&article))) {
                    Ok(annotations) => annotations,
                    Err(_) => {
                        let message = "nothing could be extracted: the extractor failed on this text".to_owned();
                        if events.send(Event::Problem(Problem::doubt(&article.path, message))).is_err() {
                            return;
                        }
                        Annotations::default()
                    }
                };
                article.given = article.given.marks();
                Clipping { article, annotations, ..Clipping::default() }
            }
        };
        clipping.filed = filed;
        settled.apply(&mut clipping);
        if events.send(Event::Put { job, clipping: Box::new(clipping), claim }).is_err() {
            return;
        }
    }
}

/// Seconds since 1970, UTC.
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

//! The end of the pipeline: one thread that puts articles, notes files and commits.

use super::filing::{Event, Job, Run};
use super::ledger::{Claim, Ledger, Verdict};
use super::manifest::FileRow;
use super::report::{IngestReport, Progress};
use crate::article::{Clipping, Filed};
use crate::error::Result;
use crate::ingest::{Problem, ProblemKind};
use crossbeam_channel::Receiver;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Articles put at a time.
const BATCH: usize = 64;

/// Puts and commits what the others hand over.
pub(super) struct Writer<'a, 'r> {
    run: &'a mut Run<'r>,
    jobs: &'a [Job],
    ledger: &'a Mutex<Ledger>,
    report: &'a mut IngestReport,
    batch: Vec<Clipping>,
    open: HashMap<usize, OpenFile>,
    committed: Instant,
}

/// A file whose articles are on their way.
#[derive(Default)]
struct OpenFile {
    /// Articles put or known since the last commit.
    fresh: Vec<(String, u64)>,
    n_seen: usize,
    /// How many articles it gave, what is to be noted of it, and whether it was read whole.
    done: Option<(usize, FileRow, bool)>,
}

impl<'a, 'r> Writer<'a, 'r> {
    pub fn new(run: &'a mut Run<'r>, jobs: &'a [Job], ledger: &'a Mutex<Ledger>, report: &'a mut IngestReport) -> Writer<'a, 'r> {
        Writer { run, jobs, ledger, report, batch: Vec::new(), open: HashMap::new(), committed: Instant::now() }
    }

    /// Takes events until there are no more.
    pub fn run(mut self, events: Receiver<Event>) -> Result<()> {
        let taken = self.take_all(&events);
        // Whoever still sends finds nobody there and stops.
        drop(events);
        taken?;
        self.flush()?;
        self.note_open_files()
    }

    fn take_all(&mut self, events: &Receiver<Event>) -> Result<()> {
        for event in events {
            match event {
                Event::Put { job, clipping, claim } => self.put(job, *clipping, claim)?,
                Event::Known { job, claim } => {
                    self.report.unchanged += 1;
                    self.seen(job, claim)?;
                }
                Event::Problem(problem) => self.report.problems.push(problem),
                Event::Done { job, n_articles, row, whole } => {
                    self.open.entry(job).or_default().done = Some((n_articles, row, whole));
                    self.close(job)?;
                }
            }
            if self.committed.elapsed() > self.run.options.commit_every {
                self.flush()?;
                self.note_open_files()?;
                self.run.commit(self.report)?;
                self.committed = Instant::now();
            }
        }
        Ok(())
    }

    fn put(&mut self, job: usize, mut clipping: Clipping, claim: Claim) -> Result<()> {
        let revision = self.run.note.revision + 1;
        let filed = &mut clipping.filed;
        match claim.verdict {
            Verdict::New => {
                *filed = Filed { first: revision, revision, added: filed.added };
                self.report.added += 1;
            }
            Verdict::Changed => {
                filed.revision = revision;
                self.report.changed += 1;
            }
            Verdict::Moved => self.report.moved += 1,
            Verdict::Known | Verdict::Twice => {}
        }
        if claim.verdict != Verdict::Moved {
            let (n_quotes, n_bytes) = (clipping.annotations.quotes.len() as u64, clipping.article.body.len() as u64);
            self.report.quotes += n_quotes;
            self.report.text_bytes += n_bytes;
            self.report.empty += u64::from(clipping.article.body.is_empty());
            Progress::add(&self.run.progress.quotes, n_quotes);
            Progress::add(&self.run.progress.text, n_bytes);
        }
        Progress::add(&self.run.progress.articles, 1);
        self.batch.push(clipping);
        if self.batch.len() >= BATCH {
            self.flush()?;
        }
        self.seen(job, claim)
    }

    fn flush(&mut self) -> Result<()> {
        self.run.engine.put(&self.batch)?;
        self.batch.clear();
        Ok(())
    }

    fn seen(&mut self, job: usize, claim: Claim) -> Result<()> {
        let open = self.open.entry(job).or_default();
        open.n_seen += 1;
        open.fresh.push((claim.id, claim.hash));
        self.close(job)
    }

    /// Notes the file once it is read and all its articles are put.
    fn close(&mut self, job: usize) -> Result<()> {
        let complete = self.open.get(&job).is_some_and(|o| o.done.as_ref().is_some_and(|(n, ..)| *n == o.n_seen));
        if !complete {
            return Ok(());
        }
        let Some((_, mut row, whole)) = self.open.remove(&job).and_then(|o| o.done) else { return Ok(()) };
        let Job { found, before } = &self.jobs[job];
        let failed = row.problems.iter().any(|p| p.kind == ProblemKind::Failed);
        let gave_none = |kind| row.articles.is_empty() && !failed && row.problems.iter().any(|p| p.kind == kind);
        let unread = gave_none(ProblemKind::Unread);
        let skipped = !unread && gave_none(ProblemKind::Skipped);
        let dropped = self.ledger.lock().unwrap_or_else(PoisonError::into_inner).dropped(&found.shown, before);
        if failed && row.articles.is_empty() || !whole {
            // What a file that broke gave before stays, until it can be read again or is deleted.
            let kept: HashSet<&str> = dropped.iter().map(String::as_str).collect();
            row.articles.extend(before.iter().filter(|(id, _)| kept.contains(id.as_str())).cloned());
            if !kept.is_empty() {
                let articles = if kept.len() == 1 { "article" } else { "articles" };
                let message = format!("{} {articles} of it that it does not give now: kept until it can be read whole", kept.len());
                row.problems.push(Problem::doubt(&found.shown, message));
            }
        } else if !dropped.is_empty() {
            self.flush()?;
            self.run.engine.remove(&dropped)?;
            self.report.removed += dropped.len() as u64;
        }
        self.report.files_read += u64::from(!skipped && !unread);
        self.report.files_skipped += u64::from(skipped);
        self.report.files_unread += u64::from(unread);
        self.report.files_failed += u64::from(failed);
        Progress::add(&self.run.progress.files, 1);
        Progress::add(&self.run.progress.failed, u64::from(failed));
        self.run.log.file_row(&row)?;
        self.report.problems.extend(row.problems);
        Ok(())
    }

    /// Notes what files that are still being read have given, so that it need not be extracted again after a stop.
    fn note_open_files(&mut self) -> Result<()> {
        for (job, open) in &mut self.open {
            if !open.fresh.is_empty() {
                self.run.log.part(&self.jobs[*job].found.shown, &open.fresh)?;
                open.fresh.clear();
            }
        }
        Ok(())
    }
}

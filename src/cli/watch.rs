//! `morgue watch`: indexes files as they change, and tells who wants to know, until it is stopped.

use super::render::{Screen, count};
use super::saved_alert::{self, Alerts};
use super::{Cli, Outcome};
use crate::alerts::Changes;
use crate::archive::{self, Archive, Home, IngestOptions, Progress};
use crate::error::Result;
use crate::ingest::{Problem, ProblemKind};
use crate::saved::{Note, SavedQueries};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Alerts that are due are looked for so often.
const TICK: Duration = Duration::from_secs(15);
/// Files are looked through so often though nothing was told to have changed: not every file system tells.
const LOOK_ANYWAY: Duration = Duration::from_secs(600);
/// The same where the operating system tells nothing at all.
const LOOK_OFTEN: Duration = Duration::from_secs(30);

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and directories; that of the archive unless given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only the alerts of this saved query; may be given several times
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Sinks may start programs
    #[arg(long)]
    allow_exec: bool,
    /// Threads that read and threads that extract; one for each core unless given
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let home = cli.home()?;
    let usual = IngestOptions::default();
    let options = IngestOptions { jobs: args.jobs.map_or(usual.jobs, usize::from), ..usual };
    let paths = if args.paths.is_empty() { vec![home.root.clone()] } else { args.paths.clone() };
    let only = (!args.only.is_empty()).then(|| args.only.clone());
    let alerts = Alerts { names: only, due: true, allow_exec: args.allow_exec, said: RefCell::default() };
    follow(&cli.screen(), &home, &paths, &options, Some(&alerts))
}

/// Indexes `paths` whenever something under them changes, and runs `alerts` when they are due, until an interrupt.
pub fn follow(screen: &Screen, home: &Home, paths: &[PathBuf], options: &IngestOptions, alerts: Option<&Alerts>) -> Result<Outcome> {
    let progress = Arc::new(Progress::default());
    super::index::stop_when_asked(&progress);
    let changes = Changes::of(paths, &home.state())?;
    if let Some(trouble) = &changes.trouble {
        screen.note(&format!("{} changes are not told here ({trouble}); files are looked through now and then", screen.strong("note:")));
    }
    screen.note(&format!("watching {}", count(paths.len() as u64, "path", "paths")));
    let anyway = if changes.trouble.is_some() { LOOK_OFTEN } else { LOOK_ANYWAY };
    let (mut changed, mut looked) = (true, Instant::now());
    let (mut said, mut said_of_alerts): (Vec<Problem>, Option<String>) = (Vec::new(), None);
    let mut noted = Vec::new();
    while !progress.stop.load(Ordering::Relaxed) {
        if changed || looked.elapsed() >= anyway {
            look(screen, home, paths, options, &progress, &mut said);
            looked = Instant::now();
        }
        if let Some(alerts) = alerts.filter(|_| !progress.stop.load(Ordering::Relaxed)) {
            // What goes wrong now may go right in the next round; until then it is said once.
            let wrong = tell(screen, home, alerts, &mut noted).err().map(|e| e.to_string());
            if let Some(e) = wrong.as_ref().filter(|_| wrong != said_of_alerts) {
                screen.note(&format!("{} alerts: {e}", screen.bad("error:")));
            }
            said_of_alerts = wrong;
        }
        changed = changes.wait(TICK, &progress.stop);
    }
    screen.note("stopped");
    Ok(Outcome::Done)
}

/// Brings the archive up to date, and says what happened. What went wrong in the round before as well (`said`) is not said again.
fn look(screen: &Screen, home: &Home, paths: &[PathBuf], options: &IngestOptions, progress: &Progress, said: &mut Vec<Problem>) {
    // A path that is away for a while, a disk that is not mounted, must not empty the archive: what is not there is left alone.
    let there: Vec<PathBuf> = paths.iter().filter(|p| Path::new(p).exists()).cloned().collect();
    if there.is_empty() {
        return;
    }
    match archive::index(home, &there, options, progress) {
        Ok(report) => {
            let told = report.problems.into_iter().filter(|p| p.kind != ProblemKind::Skipped).collect();
            let before = std::mem::replace(said, told);
            said.iter().filter(|p| !before.contains(p)).for_each(|problem| super::index::say(screen, problem));
            if report.added + report.changed + report.removed + report.moved > 0 {
                let articles = count(report.added, "article", "articles");
                screen.note(&format!(
                    "{articles} added · {} changed · {} moved · {} removed · revision {}",
                    report.changed, report.moved, report.removed, report.revision
                ));
            }
        }
        Err(e) => screen.note(&format!("{} {e}", screen.bad("error:"))),
    }
}

/// Runs alerts. What is wrong in `queries.toml` is said when it was not before (`noted`).
fn tell(screen: &Screen, home: &Home, alerts: &Alerts, noted: &mut Vec<Note>) -> Result<()> {
    let archive = Archive::open(home.clone())?;
    let queries = SavedQueries::read(&home.queries())?;
    let notes = queries.notes();
    if notes != *noted {
        super::saved::tell_notes(screen, &queries);
        *noted = notes;
    }
    saved_alert::run(screen, &archive, &queries, alerts).map(drop)
}

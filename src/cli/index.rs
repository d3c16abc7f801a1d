//! `morgue index`: files into the archive.

use super::render::progress::{Counted, during};
use super::render::{Screen, count, number, safe, size};
use super::{Cli, Outcome};
use crate::archive::{self, IngestOptions, IngestReport, Progress};
use crate::error::{Context, Error, Kind, Result};
use crate::ingest::{self, FORMATS, FieldMap, Problem, ProblemKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Problems printed one by one after a run; the rest are counted, and all stand in `morgue status --failed`.
const SHOWN_PROBLEMS: usize = 20;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and directories
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only say what would be done
    #[arg(long)]
    dry_run: bool,
    /// Threads that read and threads that extract; one for each core unless given
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// Where records of unusual shape keep their fields (TOML or JSON), and `day_first = true` for dates such as 05/03/2024
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Read everything as this format instead of telling by the contents
    #[arg(long, value_name = "NAME")]
    format: Option<String>,
    /// Read files again that could not be read before, though they have not changed
    #[arg(long)]
    retry: bool,
    /// Go on indexing whenever something changes, until it is stopped
    #[arg(long, conflicts_with_all = ["dry_run", "json"])]
    watch: bool,
    /// What is filed is old: saved queries note it, and nobody is told of it as news
    #[arg(long)]
    backfill: bool,
    /// Drop the articles of folders that are empty now; else they are kept, since the disk may be away
    #[arg(long)]
    prune: bool,
    /// Commit at least this often, in seconds: as much is read again after a power cut
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "20")]
    commit_every: Duration,
    /// The report as one JSON object
    #[arg(long)]
    json: bool,
}

/// A time in seconds.
fn seconds(text: &str) -> std::result::Result<Duration, String> {
    let time = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    time.ok_or_else(|| "write a number of seconds, such as 20 or 0.5".to_owned())
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let started = Instant::now();
    let screen = cli.screen();
    let mut options =
        IngestOptions { dry_run: args.dry_run, retry: args.retry, backfill: args.backfill, prune: args.prune, ..IngestOptions::default() };
    options.jobs = args.jobs.map_or(options.jobs, usize::from);
    options.commit_every = args.commit_every;
    options.reading.format = args.format.as_deref().map(format).transpose()?;
    options.reading.map = args.map.as_deref().map(map).transpose()?;
    ingest::must_be(&args.paths)?;
    let home = cli.home_or_new()?;
    if args.watch {
        return super::watch::follow(&screen, &home, &args.paths, &options, None);
    }
    let progress = Arc::new(Progress::default());
    stop_when_asked(&progress);
    let report = during(&progress, cli.plain, Counted::Files, || archive::index(&home, &args.paths, &options, &progress))?;
    if args.json {
        screen.json(&report)?;
    }
    tell(&screen, &report, args.dry_run, started);
    Ok(match report.files_failed {
        _ if report.stopped => Outcome::Stopped,
        0 => Outcome::Done,
        _ => Outcome::SomeFailed,
    })
}

/// Lets an interrupt end the run at a commit; a second one ends it at once, which loses nothing that was committed.
pub fn stop_when_asked(progress: &Arc<Progress>) {
    let progress = Arc::clone(progress);
    // Where no handler can be set, an interrupt just ends the program.
    let _ = ctrlc::set_handler(move || {
        if progress.stop.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("stopping: keeping what was read so far; interrupt again to stop at once");
    });
}

/// The name of a format, checked.
pub fn format(name: &str) -> Result<String> {
    let names: Vec<&str> = FORMATS.iter().map(|f| f.name()).collect();
    if names.contains(&name) {
        return Ok(name.to_owned());
    }
    Err(Error::new(Kind::Usage, format!("there is no format `{name}`")).with_hint(format!("there are {}", names.join(", "))))
}

/// Reads a field map.
pub fn map(path: &Path) -> Result<FieldMap> {
    let text = std::fs::read_to_string(path).context(Kind::Io, || format!("cannot read `{}`", path.display()))?;
    FieldMap::parse(&text)
}

/// One problem as a line.
pub fn say(screen: &Screen, problem: &Problem) {
    let label = match problem.kind {
        ProblemKind::Failed => screen.bad("failed:"),
        ProblemKind::Unread => screen.strong("not read:"),
        ProblemKind::Doubt | ProblemKind::Skipped => screen.strong("doubt:"),
    };
    screen.note(&format!("{label} {}: {}", safe(&problem.path), safe(&problem.message)));
}

fn tell(screen: &Screen, report: &IngestReport, dry_run: bool, started: Instant) {
    let mut shown = 0;
    let mut worth_saying: Vec<&Problem> = report.problems.iter().filter(|p| p.kind != ProblemKind::Skipped).collect();
    let n_problems = worth_saying.len();
    // What failed must not be hidden behind doubts.
    worth_saying.sort_by_key(|p| std::cmp::Reverse(p.kind));
    for problem in worth_saying.into_iter().take(SHOWN_PROBLEMS) {
        say(screen, problem);
        shown += 1;
    }
    if n_problems > shown {
        screen.note(&format!("{} more; all that could not be read: morgue status --failed", number((n_problems - shown) as u64)));
    }
    if dry_run {
        let files = count(report.files_read, "file", "files");
        screen.note(&format!(
            "would read {files}, leave {} unchanged, and drop {}",
            number(report.files_unchanged),
            number(report.files_gone)
        ));
        return;
    }
    let seconds = started.elapsed().as_secs_f64();
    let mut parts = vec![format!("{} found", count(report.files_found, "file", "files"))];
    for (n, what) in [
        (report.files_unchanged, "unchanged"),
        (report.files_skipped, "skipped"),
        (report.files_unread, "not read"),
        (report.files_gone, "gone"),
        (report.files_kept, "kept of empty folders"),
        (report.files_failed, "failed"),
    ] {
        if n > 0 {
            parts.push(format!("{} {what}", number(n)));
        }
    }
    screen.note(&parts.join(" · "));
    let mut parts = vec![format!("{} added", count(report.added, "article", "articles"))];
    for (n, what) in [
        (report.changed, "changed"),
        (report.unchanged, "as they were"),
        (report.moved, "moved"),
        (report.removed, "removed"),
        (report.renamed, "filed under other names"),
        (report.empty, "without a body"),
    ] {
        if n > 0 {
            parts.push(format!("{} {what}", number(n)));
        }
    }
    parts.push(count(report.quotes, "quote", "quotes"));
    parts.push(format!("{} of text", size(report.text_bytes)));
    parts.push(format!("{seconds:.1} s"));
    parts.push(format!("revision {}", report.revision));
    screen.note(&parts.join(" · "));
    if report.stopped {
        screen.note(&screen.bad("stopped before the end; run it again to go on from here"));
    }
}

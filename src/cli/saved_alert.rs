//! Runs alerts once, for `morgue saved run --alert` and `--due`, and for `morgue watch`.

use super::render::progress::{Counted, during};
use super::render::{Screen, count, safe};
use crate::alerts::{Delivery, Telling, Told, tell};
use crate::archive::{Archive, Progress};
use crate::error::{Error, Kind, Result};
use crate::saved::SavedQueries;
use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

/// So many queries that are watched from now on are named.
const STARTED: usize = 20;

/// Which alerts, and what they may do.
pub struct Alerts {
    /// Only these queries.
    pub names: Option<Vec<String>>,
    /// Only those whose schedule says so.
    pub due: bool,
    /// Whether programs may be started.
    pub allow_exec: bool,
    /// What was said of queries that cannot be read by the run before: whoever watches is not told every few seconds.
    pub said: RefCell<Vec<String>>,
}

/// Runs alerts, and says on standard error what became of them. Answers how much was told.
///
/// # Errors
///
/// When they cannot be run at all.
pub fn run(screen: &Screen, archive: &Archive, queries: &SavedQueries, alerts: &Alerts) -> Result<Told> {
    let print = |text: &str| screen.part(&safe(text)).and_then(|()| screen.flush());
    let backoff = Duration::from_secs(1);
    let delivery = Delivery { root: &archive.home.root, allow_exec: alerts.allow_exec, backoff, print: &print };
    let progress = Arc::new(Progress::default());
    let (names, due) = (alerts.names.clone(), alerts.due);
    let told = during(&progress, screen.plain, Counted::Queries, || {
        tell(archive, queries, &Telling { names, due, step: &step, progress: Some(&progress), ..Telling::new(delivery) })
    })?;
    for name in told.started.iter().take(STARTED) {
        screen.note(&format!("watching `{name}` from revision {}: what is there now is known", archive.note.revision));
    }
    if let Some(more) = told.started.len().checked_sub(STARTED + 1) {
        screen.note(&format!("and {} more", count(more as u64 + 1, "query", "queries")));
    }
    for digest in &told.sent {
        screen.note(&format!("told {}: {}", safe(&digest.sink), safe(&digest.subject())));
    }
    let broken: Vec<String> = told.broken.iter().map(|broken| format!("`{}`: {}", broken.query, safe(&broken.error))).collect();
    let said = alerts.said.replace(broken.clone());
    for line in broken.iter().filter(|line| !said.contains(line)) {
        screen.note(&format!("{} {line}", screen.bad("broken:")));
    }
    let again = match alerts.due {
        true => "it is tried again after a while, and at once by `morgue saved run --alert`",
        false => "it is told again at the next run",
    };
    for (sink, error) in &told.waiting {
        screen.note(&format!("{} {}: {error}; {again}", screen.bad("not taken:"), safe(sink)));
        if let Some(hint) = error.hint() {
            screen.note(&format!("{} {hint}", screen.strong("hint:")));
        }
    }
    Ok(told)
}

/// In a build for tests, the process is killed after so many steps as `MORGUE_KILL_AFTER` says, so that tests see what is left
/// then and what the next one makes of it.
fn step(_: &str) -> Result<()> {
    #[cfg(debug_assertions)]
    if let Some(steps) = std::env::var("MORGUE_KILL_AFTER").ok().and_then(|n| n.parse::<u64>().ok()) {
        use std::sync::atomic::{AtomicU64, Ordering};
        static STEPS: AtomicU64 = AtomicU64::new(0);
        if STEPS.fetch_add(1, Ordering::Relaxed) + 1 >= steps {
            let _ = std::process::Command::new("kill").args(["-9", &std::process::id().to_string()]).status();
            std::process::abort();
        }
    }
    Ok(())
}

/// The error for what `told` could not do.
pub fn failure(told: &Told) -> Option<Error> {
    let mut parts = Vec::new();
    if !told.broken.is_empty() {
        parts.push(format!("{} cannot be read", count(told.broken.len() as u64, "saved query", "saved queries")));
    }
    let n_waiting = told.waiting.len() + told.resting.len();
    if n_waiting > 0 {
        parts.push(format!("{} did not take the message", count(n_waiting as u64, "sink", "sinks")));
    }
    let kind = if n_waiting == 0 { Kind::Query } else { Kind::Io };
    (!parts.is_empty()).then(|| Error::new(kind, parts.join(" and ")))
}

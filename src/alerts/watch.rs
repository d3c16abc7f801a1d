//! Files that change: told by the operating system, or looked for now and then where it does not tell.

use crate::error::Result;
use crate::ingest;
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use notify::{EventKind, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Files are read when nothing has changed for so long …
const QUIET: Duration = Duration::from_millis(400);
/// … or at the latest so long after the first change.
const PATIENCE: Duration = Duration::from_secs(5);
/// Somebody who wants to stop waits no longer than this.
const PULSE: Duration = Duration::from_millis(200);

/// Tells when files under some directories change.
pub struct Changes {
    /// Kept for as long as changes are to be told.
    _watcher: Option<notify::RecommendedWatcher>,
    told: Receiver<()>,
    /// Why the operating system does not tell, if it does not.
    pub trouble: Option<String>,
}

impl Changes {
    /// Watches `paths` and everything under them, but for what lies in `except`.
    ///
    /// # Errors
    ///
    /// When a path does not exist.
    pub fn of(paths: &[PathBuf], except: &Path) -> Result<Changes> {
        ingest::must_be(paths)?;
        let (tell, told) = bounded(1);
        let except = except.canonicalize().unwrap_or_else(|_| except.to_owned());
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let is_change = event.is_ok_and(|e| {
                !matches!(e.kind, EventKind::Access(_)) && (e.paths.is_empty() || e.paths.iter().any(|p| !p.starts_with(&except)))
            });
            if is_change {
                // One word of a change is as good as many.
                let _ = tell.try_send(());
            }
        });
        let watching = watcher.and_then(|mut watcher| {
            for path in paths {
                watcher.watch(&path.canonicalize().unwrap_or_else(|_| path.clone()), RecursiveMode::Recursive)?;
            }
            Ok(watcher)
        });
        Ok(match watching {
            Ok(watcher) => Changes { _watcher: Some(watcher), told, trouble: None },
            Err(e) => Changes { _watcher: None, told, trouble: Some(e.to_string()) },
        })
    }

    /// Waits until something changed and is quiet again (`true`), `most` is over, or `stop` is set (`false`).
    pub fn wait(&self, most: Duration, stop: &AtomicBool) -> bool {
        let until = Instant::now() + most;
        let mut changed: Option<(Instant, Instant)> = None;
        loop {
            let now = Instant::now();
            if stop.load(Ordering::Relaxed) {
                return false;
            }
            match changed {
                Some((first, last)) if now - last >= QUIET || now - first >= PATIENCE => return true,
                None if now >= until => return false,
                _ => {}
            }
            let pulse = if changed.is_some() { QUIET / 4 } else { PULSE.min(until.saturating_duration_since(now)) };
            match self.told.recv_timeout(pulse) {
                Ok(()) => {
                    let now = Instant::now();
                    changed = Some((changed.map_or(now, |c| c.0), now));
                }
                Err(RecvTimeoutError::Timeout) => {}
                // Nobody tells: the time goes by all the same.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(pulse),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_and_waiting_can_be_stopped() {
        let dir = tempfile::tempdir().unwrap();
        let ours = dir.path().join(".morgue");
        std::fs::create_dir(&ours).unwrap();
        let changes = Changes::of(&[dir.path().to_owned()], &ours).unwrap();
        let stop = AtomicBool::new(false);
        if let Some(trouble) = &changes.trouble {
            eprintln!("skipped: the operating system tells of no changes here: {trouble}");
            return;
        }
        std::fs::write(ours.join("x"), "x").unwrap();
        assert!(!changes.wait(Duration::from_millis(600), &stop), "its own files are no change");
        std::fs::write(dir.path().join("a.txt"), "x").unwrap();
        assert!(changes.wait(Duration::from_secs(20), &stop));
        stop.store(true, Ordering::Relaxed);
        assert!(!changes.wait(Duration::from_secs(20), &stop));
        assert!(Changes::of(&[dir.path().join("none")], &ours).is_err());
    }
}

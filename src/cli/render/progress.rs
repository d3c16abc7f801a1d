//! How far long work is: on a terminal a bar, else a line now and then.

use super::number;
use crate::archive::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Files that are read, by their bytes.
    Files,
    /// Articles of the archive that are gone over.
    Articles,
    /// Saved queries that are read.
    Queries,
}

/// Shorter work is not worth a bar.
const SHORT: Duration = Duration::from_millis(600);

/// Does `work`, and shows meanwhile how far `progress` is.
pub fn during<T>(progress: &Arc<Progress>, plain: bool, counted: Counted, work: impl FnOnce() -> T) -> T {
    let stop = Arc::new(AtomicBool::new(false));
    let (watched, stopped) = (Arc::clone(progress), Arc::clone(&stop));
    let bar = std::io::stderr().is_terminal() && !plain;
    let thread =
        std::thread::spawn(move || if bar { draw_bar(&watched, counted, &stopped) } else { draw_lines(&watched, counted, &stopped) });
    let done = work();
    stop.store(true, Ordering::Relaxed);
    thread.thread().unpark();
    // A drawing that failed is no failure of the work.
    let _ = thread.join();
    done
}

fn draw_bar(progress: &Progress, counted: Counted, stop: &AtomicBool) {
    let started = Instant::now();
    while started.elapsed() < SHORT && !stop.load(Ordering::Relaxed) {
        std::thread::park_timeout(SHORT / 10);
    }
    if stop.load(Ordering::Relaxed) {
        return;
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {percent:>3} %  {msg}  {eta} left") {
        bar.set_style(style.progress_chars("█▉ "));
    }
    while !stop.load(Ordering::Relaxed) {
        let (done, all) = match counted {
            Counted::Files => (&*progress.bytes, &progress.bytes_total),
            Counted::Articles | Counted::Queries => (&progress.files, &progress.files_total),
        };
        // What they find may be printed from here on.
        if counted == Counted::Queries && Progress::get(done) == Progress::get(all) {
            break;
        }
        bar.set_length(Progress::get(all));
        bar.set_position(Progress::get(done));
        bar.set_message(state(progress, counted, started));
        std::thread::park_timeout(Duration::from_millis(120));
    }
    bar.finish_and_clear();
}

fn draw_lines(progress: &Progress, counted: Counted, stop: &AtomicBool) {
    let started = Instant::now();
    let mut last = Instant::now();
    while !stop.load(Ordering::Relaxed) {
        if last.elapsed() > Duration::from_secs(10) {
            eprintln!("{}", state(progress, counted, started));
            last = Instant::now();
        }
        std::thread::park_timeout(Duration::from_millis(200));
    }
}

fn state(progress: &Progress, counted: Counted, started: Instant) -> String {
    let get = |counter| Progress::get(counter);
    let (done, total) = (number(get(&progress.files)), get(&progress.files_total));
    let name = match counted {
        Counted::Files => None,
        Counted::Articles => Some("articles"),
        Counted::Queries => Some("saved queries"),
    };
    if let Some(name) = name {
        return if total == 0 { format!("looking for {name}") } else { format!("{done}/{} {name}", number(total)) };
    }
    if total == 0 {
        return "looking for files".to_owned();
    }
    let speed = get(&progress.text) as f64 / 1e6 / started.elapsed().as_secs_f64().max(0.1);
    let failed = match get(&progress.failed) {
        0 => String::new(),
        n => format!(" · {} failed", number(n)),
    };
    let (articles, quotes) = (number(get(&progress.articles)), number(get(&progress.quotes)));
    format!("{done}/{} files · {speed:.1} MB/s · {articles} articles · {quotes} quotes{failed}", number(total))
}

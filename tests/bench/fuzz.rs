//! `cargo bench --bench fuzz -- SECONDS [SEED]`: as many cases of [`fuzz`] as fit into the time, on every core but one.
#![allow(clippy::unwrap_used)]

#[path = "../fuzz.rs"]
#[allow(dead_code)]
mod fuzz;
#[path = "../news.rs"]
#[allow(dead_code)]
mod news;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long cases of one reader are run in a row, so that each has the same time and the quick ones, which find most in it, the most cases.
const TURN: Duration = Duration::from_millis(4);

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let seconds = numbers.first().copied().unwrap_or(10);
    let seed = numbers.get(1).copied().unwrap_or(1);
    let seeds = fuzz::seeds(Path::new(env!("CARGO_MANIFEST_DIR")));
    let until = Instant::now() + Duration::from_secs(seconds);
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().saturating_sub(1).max(1)) as u64;
    let (mut all, mut crashes): (BTreeMap<String, u64>, Vec<fuzz::Crash>) = (BTreeMap::new(), Vec::new());
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..threads)
            .map(|t| {
                scope.spawn({
                    let seeds = &seeds;
                    move || fuzz::run(seeds, seed.wrapping_mul(1000).wrapping_add(t), 400, TURN, |_| Instant::now() >= until)
                })
            })
            .collect();
        for run in runs {
            let (counts, found) = run.join().unwrap();
            counts.into_iter().for_each(|(kind, n)| *all.entry(kind).or_default() += n);
            crashes.extend(found);
        }
    });
    for (kind, n) in &all {
        println!("{kind:>14}: {n} cases");
    }
    println!("{} cases in all, seed {seed}, {} crashes", all.values().sum::<u64>(), crashes.len());
    for crash in &crashes {
        println!("{}: {}\n    {:?}", crash.kind, crash.what, String::from_utf8_lossy(&crash.bytes));
    }
    std::process::exit(i32::from(!crashes.is_empty()));
}

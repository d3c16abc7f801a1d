//! Files cut off anywhere, or with bytes changed, are read without a crash, and never grow into more text than they hold. `MORGUE_FUZZ=1000000` tries
//! more cases than the default.

use crate::fuzz;
use std::path::Path;

#[test]
fn torn_files_crash_nothing() {
    let asked = std::env::var("MORGUE_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let seeds = fuzz::seeds(Path::new(env!("CARGO_MANIFEST_DIR")));
    let (counts, crashes) = fuzz::run(&seeds, 0x9E37_79B9, 2000, std::time::Duration::ZERO, |n| n >= asked);
    for crash in &crashes {
        println!("{}: {}\n{:?}", crash.kind, crash.what, String::from_utf8_lossy(&crash.bytes));
    }
    assert!(crashes.is_empty(), "{} of {asked} cases", crashes.len());
    println!("{} cases for {} readers", counts.values().sum::<u64>(), counts.len());
}

/// Whole fixtures, too: nothing is wrong with them.
#[test]
fn whole_files_crash_nothing() {
    for seed in fuzz::seeds(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        assert_eq!(seed.trouble(), None, "{}", seed.kind);
    }
}

/// What was found on the way, and mended.
#[test]
fn what_once_crashed_does_so_no_more() {
    assert_eq!(fuzz::trouble("query", "x", b"until:last-"), None);
}

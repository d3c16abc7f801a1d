//! Bytes changed at random are read without a crash, and never grow into more text than they hold: one test a family of readers, of
//! some hundred cases for each of its readers, or of as many as fit into `MORGUE_FUZZ_SECONDS=60`, which is what `tests/run --all` gives them.

use crate::fuzz::{self, Seed};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

/// Cases for each reader, unless a time is given.
const CASES: u64 = 500;

const MARKUP: &[&str] = &["alto", "epub", "feed", "html", "markup", "mets", "newsml", "newsml-g2", "nitf", "odt", "reuters", "warc"];
const SETTINGS: &[&str] = &["names.toml", "corrections.toml", "notes.toml"];

fn family(kind: &str) -> &str {
    match kind {
        _ if MARKUP.contains(&kind) => "markup",
        _ if SETTINGS.contains(&kind) => "names",
        "http" | "query" | "queries.toml" => kind,
        _ => "other formats",
    }
}

fn holds(name: &str, seed: u64) {
    let mut seeds: Vec<Seed> = fuzz::seeds(Path::new(env!("CARGO_MANIFEST_DIR")));
    seeds.retain(|seed| family(&seed.kind) == name);
    let kinds: BTreeSet<&str> = seeds.iter().map(|seed| seed.kind.as_str()).collect();
    let seconds = std::env::var("MORGUE_FUZZ_SECONDS").ok().map(|n| n.parse().unwrap());
    let until = seconds.map(|n| Instant::now() + Duration::from_secs(n));
    let asked = CASES * kinds.len() as u64;
    let enough = |n: u64| until.map_or(n >= asked, |until| Instant::now() >= until);
    let turn = if until.is_some() { Duration::from_millis(4) } else { Duration::ZERO };
    let (counts, crashes) = fuzz::run(&seeds, seed, 2000, turn, enough);
    for crash in &crashes {
        println!("{}: {}\n{:?}", crash.kind, crash.what, String::from_utf8_lossy(&crash.bytes));
    }
    let cases = counts.values().sum::<u64>();
    assert!(crashes.is_empty() && cases > 0, "{} of {cases} cases", crashes.len());
    println!("{name}: {cases} cases for {} readers", counts.len());
}

#[test]
fn torn_markup_crashes_nothing() {
    holds("markup", 1);
}

#[test]
fn torn_files_of_other_formats_crash_nothing() {
    holds("other formats", 2);
}

#[test]
fn torn_queries_crash_nothing() {
    holds("query", 3);
}

#[test]
fn torn_saved_queries_crash_nothing() {
    holds("queries.toml", 4);
}

#[test]
fn torn_names_crash_nothing() {
    holds("names", 5);
}

#[test]
fn torn_requests_crash_nothing() {
    holds("http", 6);
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

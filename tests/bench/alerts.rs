//! How long it takes to hold an article against tens of thousands of standing queries, one at a time and in a batch, beside
//! running each query on an index of the batch: `cargo bench --bench alerts`.
//!
//! Articles and queries are made up, with a fixed seed. Times are of one core, the least of several rounds; `candidates` are
//! the queries that were asked, `hits` those that answered. `MORGUE_QUERIES=1000,10000` measures other numbers of queries.
#![allow(clippy::unwrap_used)]

#[path = "../news.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod news;

use morgue::archive::{Archive, Home, IngestOptions, Progress, index};
use morgue::article::Clipping;
use morgue::query::{Context, Query, Search, Target, parse};
use morgue::saved::{Frequencies, Hit, Standing};
use std::time::Instant;

const BATCH: usize = 1_000;
/// So many queries are also run one by one on the index.
const SAMPLE: usize = 2_000;

/// That of the program: what is measured is what users get, and bare tantivy has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // `cargo test --benches` and the like only want to know that it starts.
    if std::env::args().any(|a| a == "--test") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    std::fs::create_dir_all(&files).unwrap();
    // A past, from which frequencies are learnt, and the batch that comes.
    news::write(&files.join("past.jsonl"), 2 * BATCH, 1);
    let past = clippings(&archive(dir.path(), "past", &files));
    std::fs::remove_file(files.join("past.jsonl")).unwrap();
    news::write(&files.join("batch.jsonl"), BATCH, 2);
    let batch_archive = archive(dir.path(), "batch", &files);
    let batch = clippings(&batch_archive);
    let words: usize = batch.iter().map(|c| c.article.words as usize).sum();
    println!("{} articles in the batch, {} words each on average", batch.len(), words / batch.len());
    let frequencies = Frequencies::of(past.iter());
    let sizes = std::env::var("MORGUE_QUERIES").unwrap_or_else(|_| "1000,10000,100000".to_owned());
    for n in sizes.split(',').map(|n| n.parse::<usize>().unwrap()) {
        measure(n, &batch, &batch_archive, &frequencies);
    }
}

fn archive(dir: &std::path::Path, name: &str, files: &std::path::Path) -> Archive {
    let home = Home::make(&dir.join(name)).unwrap();
    index(&home, &[files.to_owned()], &IngestOptions::default(), &Progress::default()).unwrap();
    Archive::open(home).unwrap()
}

fn clippings(archive: &Archive) -> Vec<Clipping> {
    let search = Search { limit: None, mark: false, ..Search::articles(Query::All) };
    archive.search(&search).unwrap().hits.into_iter().filter_map(|h| h.clipping).collect()
}

/// Bytes of memory the process holds, where the system says so.
fn memory() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}

fn measure(n: usize, batch: &[Clipping], archive: &Archive, frequencies: &Frequencies) {
    let mut dice = news::Dice::new(7);
    let context = Context::new(Target::Articles);
    let before = memory();
    let started = Instant::now();
    let queries: Vec<(Query, Target)> = (0..n)
        .map(|_| {
            let parsed = parse(&news::query(&mut dice), &context);
            assert!(parsed.is_sound(), "{:?}", parsed.problems);
            (parsed.query, Target::Articles)
        })
        .collect();
    let sample: Vec<(usize, Query)> = (0..n).step_by(n.div_ceil(SAMPLE)).map(|i| (i, queries[i].0.clone())).collect();
    let read = started.elapsed();
    let started = Instant::now();
    let standing = Standing::new(queries, frequencies);
    let built = started.elapsed();
    let bytes = memory().saturating_sub(before) / n as u64;
    let mut reader = standing.reader();
    // Once to warm up; the times of each article are the least of the rounds.
    let rounds = 3;
    let mut least = vec![f64::INFINITY; batch.len()];
    let mut whole = f64::INFINITY;
    let mut hits = Vec::new();
    for _ in 0..=rounds {
        let start = Instant::now();
        hits.clear();
        for (clipping, least) in batch.iter().zip(&mut least) {
            let one = Instant::now();
            hits.push(reader.hits(clipping));
            *least = least.min(one.elapsed().as_secs_f64());
        }
        whole = whole.min(start.elapsed().as_secs_f64());
    }
    let candidates = reader.candidates as f64 / (batch.len() * (rounds + 1)) as f64;
    let n_hits: usize = hits.iter().map(Vec::len).sum();
    let mean = least.iter().sum::<f64>() / least.len() as f64;
    least.sort_by(f64::total_cmp);
    println!(
        "{n:>7} queries: one article {:.3} ms (median {:.3}, worst {:.3}); in a batch {:.3} ms an article; {candidates:.0} candidates, \
         {:.1} hits an article; {} always asked; {bytes} bytes a query; read in {:.1} s, built in {:.1} s",
        mean * 1e3,
        least[least.len() / 2] * 1e3,
        least[least.len() - 1] * 1e3,
        whole / batch.len() as f64 * 1e3,
        n_hits as f64 / batch.len() as f64,
        standing.always(),
        read.as_secs_f64(),
        built.as_secs_f64(),
    );
    compare(n, &sample, &hits, batch, archive);
}

/// The same queries, each run on the index of the batch; the answers must be the same.
fn compare(n: usize, sample: &[(usize, Query)], hits: &[Vec<Hit>], batch: &[Clipping], archive: &Archive) {
    let ids: Vec<&str> = batch.iter().map(|c| c.article.id.as_str()).collect();
    let started = Instant::now();
    let run: Vec<Vec<String>> = sample
        .iter()
        .map(|(_, query)| {
            let search = Search { limit: None, fetch: false, mark: false, ..Search::articles(query.clone()) };
            archive.search(&search).unwrap().hits.into_iter().map(|h| h.id).collect()
        })
        .collect();
    let each = started.elapsed().as_secs_f64() / sample.len() as f64;
    for ((number, query), mut run) in sample.iter().zip(run) {
        let mut came: Vec<String> =
            hits.iter().zip(&ids).filter(|(hits, _)| hits.iter().any(|h| h.query == *number)).map(|(_, id)| (*id).to_owned()).collect();
        came.sort();
        run.sort();
        assert_eq!(came, run, "{query:?}");
    }
    println!(
        "         running each on the batch's index: {:.3} ms an article for all; {} queries compared, all answers the same",
        each * n as f64 / batch.len() as f64 * 1e3,
        sample.len()
    );
}

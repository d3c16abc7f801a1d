//! `morgue reindex`: the index made anew from what is stored in it.

use super::render::progress::{Counted, during};
use super::render::{count, number, safe};
use super::{Cli, Outcome, index};
use crate::archive::{self, Progress};
use crate::error::Result;
use std::sync::Arc;
use std::time::Instant;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Threads that extract; one for each core unless given
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
    /// The report as one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let started = Instant::now();
    let home = cli.home()?;
    let progress = Arc::new(Progress::default());
    index::stop_when_asked(&progress);
    let jobs = args.jobs.map_or_else(crate::spread::processors, usize::from);
    let done = during(&progress, cli.plain, Counted::Articles, || archive::reindex(&home, jobs, &progress))?;
    let screen = cli.screen();
    if args.json {
        screen.json(&done)?;
    }
    for fault in &done.faults {
        screen.note(&format!("{} {}: {}", screen.strong("damaged:"), safe(&fault.file), safe(&fault.message)));
    }
    let (articles, quotes) = (count(done.articles, "article", "articles"), count(done.quotes, "quote", "quotes"));
    screen.note(&format!("{articles} and {quotes} in the new index · {:.1} s", started.elapsed().as_secs_f64()));
    if !done.lost.is_empty() {
        let files = count(done.to_read.len() as u64, "file", "files");
        screen.note(&screen.bad(format!("{} of the old index could not be read", count(done.lost.len() as u64, "article", "articles"))));
        screen.note(&format!("`morgue index` with the paths of old reads {files} again:"));
        done.to_read.iter().take(20).for_each(|file| screen.note(&format!("  {}", safe(file))));
        if done.to_read.len() > 20 {
            screen.note(&format!("  and {} more", number(done.to_read.len() as u64 - 20)));
        }
        return Ok(Outcome::SomeFailed);
    }
    Ok(Outcome::Done)
}

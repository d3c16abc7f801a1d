//! `morgue timeline`: counts over time, as numbers or as a share of the archive.

use super::question::QueryArgs;
use super::render::{csv, facets, number};
use super::{Cli, Outcome};
use crate::error::Result;
use crate::query::{Bucket, Query, Search, Target};
use clap::ValueEnum;
use std::collections::BTreeMap;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    question: QueryArgs,
    /// Stretch of the calendar
    #[arg(long, value_enum, default_value_t = Per::Month)]
    per: Per,
    /// Count quotes instead of articles
    #[arg(long)]
    quotes: bool,
    /// One JSON object a stretch
    #[arg(long, group = "form")]
    json: bool,
    /// A table as CSV
    #[arg(long, group = "form")]
    csv: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Per {
    Day,
    Week,
    Month,
    Year,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let target = if args.quotes { Target::Quotes } else { Target::Articles };
    let question = args.question.ask(&archive, target)?;
    let bucket = match args.per {
        Per::Day => Bucket::Day,
        Per::Week => Bucket::Week,
        Per::Month => Bucket::Month,
        Per::Year => Bucket::Year,
    };
    let search = |query| Search { target, timeline: Some(bucket), limit: Some(0), ..Search::articles(query) };
    let found = archive.search(&search(question.query))?;
    let all: BTreeMap<i64, u64> = archive.search(&search(Query::All))?.timeline.into_iter().collect();
    let share = |start: i64, n: u64| 100.0 * n as f64 / all.get(&start).copied().unwrap_or(0).max(1) as f64;
    let what = if args.quotes { "quotes" } else { "articles" };
    if args.csv {
        csv::row(&screen, ["from", what, "percent_of_archive"])?;
    }
    let mut rows = Vec::new();
    for (start, n) in &bucket.filled(&found.timeline) {
        let (label, percent) = (bucket.label(*start), share(*start, *n));
        if args.csv {
            csv::row(&screen, [label, n.to_string(), format!("{percent:.3}")])?;
        } else if args.json {
            screen.json(&serde_json::json!({ "from": label, what: n, "percent_of_archive": (percent * 1000.0).round() / 1000.0 }))?;
        } else {
            rows.push((format!("{label}  {percent:>6.2} %"), *n));
        }
    }
    facets::bars(&screen, &rows)?;
    screen.flush()?;
    screen.note(&format!("{} {what} with a date", number(found.total - found.undated)));
    if found.undated > 0 {
        screen.note(&format!("{} {what} without a date are not in the table", number(found.undated)));
    }
    Ok(Outcome::found(found.total > 0))
}

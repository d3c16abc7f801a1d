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
    for (start, n) in &filled(&found.timeline, bucket) {
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

/// The table with its empty stretches, so that a silence shows.
fn filled(timeline: &[(i64, u64)], bucket: Bucket) -> Vec<(i64, u64)> {
    let mut all: Vec<(i64, u64)> = Vec::with_capacity(timeline.len());
    for (start, n) in timeline {
        while let Some(next) = all.last().and_then(|(last, _)| bucket.next(*last)).filter(|next| next < start) {
            all.push((next, 0));
        }
        all.push((*start, *n));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_stretches_are_shown() {
        let at = |day: &str| crate::field::printed_seconds(day).unwrap_or_default();
        let table = filled(&[(at("2023-12-01"), 2), (at("2024-03-01"), 1)], Bucket::Month);
        assert_eq!(
            table.iter().map(|(s, n)| (Bucket::Month.label(*s), *n)).collect::<Vec<_>>(),
            [("2023-12".to_owned(), 2), ("2024-01".to_owned(), 0), ("2024-02".to_owned(), 0), ("2024-03".to_owned(), 1)]
        );
    }
}

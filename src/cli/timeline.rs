//! `morgue timeline`: counts over time, as numbers or as a share of the archive.

use super::question::QueryArgs;
use super::render::{csv, facets, number};
use super::{Cli, Outcome};
use crate::archive;
use crate::error::Result;
use crate::query::{Bucket, Target};
use clap::ValueEnum;

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
    let found = archive.timeline(question.query, target, bucket)?;
    let what = archive::counted_name(target);
    if args.csv {
        csv::row(&screen, ["from", what, "percent_of_archive"])?;
    }
    let mut rows = Vec::new();
    for row in &found.rows {
        if args.csv {
            csv::row(&screen, archive::time_cells(row))?;
        } else if args.json {
            screen.json(row)?;
        } else {
            rows.push((format!("{}  {:>6.2} %", row.from, row.percent_of_archive), row.count()));
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

//! `morgue search` and `morgue quotes`.

use super::question::{self, QueryArgs};
use super::render::{Screen, count, csv, facets, hits};
use super::{Cli, Outcome};
use crate::archive::{self, Answered, Archive, Question};
use crate::error::Result;
use crate::field;
use crate::query::{FacetRequest, Search, Target};
use std::time::Instant;

/// Facets counted beside the hits of a search for articles.
const BESIDE_ARTICLES: [&str; 5] = ["speaker", "person", "place", "org", "source"];
/// Facets counted beside quotes.
const BESIDE_QUOTES: [&str; 5] = ["speaker", "about", "place", "source", "qtype"];

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    question: QueryArgs,
    /// How many hits to print: a number, or `all`
    #[arg(short = 'n', long = "limit", visible_alias = "number", value_name = "N", value_parser = question::limit, default_value = "10")]
    limit: std::option::Option<usize>,
    /// Leave out the first N hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Order: relevance, date (newest first), -date, added, length
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    sort: String,
    /// Rank by any of the words instead of requiring all of them
    #[arg(long)]
    any: bool,
    /// One JSON object a hit
    #[arg(long, group = "form")]
    json: bool,
    /// A table as CSV
    #[arg(long, group = "form")]
    csv: bool,
    /// Only the files, one a line
    #[arg(short = 'l', long = "files", group = "form")]
    files: bool,
    /// Only how many there are
    #[arg(short = 'c', long = "count", group = "form")]
    count: bool,
    /// Print nothing: the exit code says whether there is a hit
    #[arg(short = 'q', long = "quiet", group = "form")]
    quiet: bool,
    /// Leave out the facets under the hits
    #[arg(long)]
    no_facets: bool,
    /// Say how the query was read
    #[arg(long)]
    explain: bool,
}

pub fn run(cli: &Cli, args: &Args, target: Target) -> Result<Outcome> {
    let started = Instant::now();
    let archive = cli.open()?;
    let screen = cli.screen();
    let question = if args.any { args.question.ask_any(&archive, target)? } else { args.question.ask(&archive, target)? };
    explain(&screen, &question, args.explain);
    let people = !(args.json || args.csv || args.files || args.count || args.quiet);
    let mut search = Search { target, ..Search::articles(question.query.clone()) };
    search.sort = question::sort(&args.sort)?;
    search.offset = args.offset;
    search.any = args.any;
    search.mark = !(args.files || args.csv);
    search.limit = if args.count || args.quiet { Some(0) } else { args.limit };
    if people && !args.no_facets {
        search.timeline = Some(crate::query::Bucket::Month);
        let names = if target == Target::Articles { BESIDE_ARTICLES } else { BESIDE_QUOTES };
        search.facets =
            names.iter().filter_map(|n| field::by_name(n)).map(|field| FacetRequest { field, limit: Some(5), by: None }).collect();
    }
    let answered = archive.answer(&search)?;
    let total = answered.results.total;
    if args.count {
        screen.line(total)?;
    } else if !args.quiet {
        print(&screen, &archive, args, target, &answered)?;
        screen.flush()?;
        screen.note(&summary(&archive, &answered, target, search.offset, started));
    }
    Ok(Outcome::found(total > 0))
}

fn explain(screen: &Screen, question: &Question, all: bool) {
    for note in &question.notes {
        screen.note(&format!("{} {note}", screen.strong("note:")));
    }
    if all {
        screen.note(&format!("{} {}", screen.strong("read as:"), question.reading));
        screen.note(&format!("{} {}", screen.strong("canonical:"), question.canonical));
    }
}

fn print(screen: &Screen, archive: &Archive, args: &Args, target: Target, answered: &Answered) -> Result<()> {
    if answered.partial && !(args.json || args.csv || args.files) {
        screen.note(&screen.bad("Nothing has all of these words. The best partial matches:"));
    }
    if args.csv {
        if target == Target::Articles { csv::row(screen, archive::ARTICLES)? } else { csv::row(screen, archive::QUOTES)? }
    }
    let mut last_file = None;
    for answer in &answered.hits {
        if args.json {
            screen.json(answer)?;
        } else if args.csv {
            csv::row(screen, archive::cells(answer))?;
        } else if args.files {
            if last_file != Some(answer.path()) {
                screen.line(from_here(archive, answer.path()))?;
                last_file = Some(answer.path());
            }
        } else {
            hits::print(screen, answer)?;
        }
    }
    if !(args.json || args.csv || args.files) {
        facets::lines(screen, &answered.results.facets)?;
        facets::months(screen, &answered.results.timeline)?;
    }
    Ok(())
}

/// A file as it can be opened from the working directory.
fn from_here(archive: &Archive, shown: &str) -> String {
    let file = archive.home.file(shown);
    let here = std::env::current_dir().unwrap_or_default();
    file.strip_prefix(&here).unwrap_or(&file).to_string_lossy().into_owned()
}

fn summary(archive: &Archive, answered: &Answered, target: Target, offset: usize, started: Instant) -> String {
    let results = &answered.results;
    let mut parts = vec![match target {
        Target::Articles => count(results.total, "article", "articles"),
        Target::Quotes => {
            let articles = count(results.articles, "article", "articles");
            format!("{} in {articles}", count(results.total, "quote", "quotes"))
        }
    }];
    let shown = answered.hits.len();
    if (shown as u64) < results.total || answered.partial {
        let from = if offset > 0 { format!(" from {}", offset + 1) } else { String::new() };
        parts.push(format!("{shown} shown{from}"));
    }
    if results.undated > 0 {
        parts.push(format!("{} without a date", super::render::number(results.undated)));
    }
    parts.push(format!("revision {}", archive.note.revision));
    parts.push(format!("{} ms", started.elapsed().as_millis()));
    parts.join(" · ")
}

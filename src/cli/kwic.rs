//! `morgue kwic`: a concordance, every match in its context, aligned on the match.

use super::question::{self, QueryArgs};
use super::render::{Screen, count, csv, fitted, safe, seen};
use super::{Cli, Outcome};
use crate::archive::{LINES, Line};
use crate::error::Result;
use crate::query::{Search, Sort, Target};
use clap::ValueEnum;

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    #[command(flatten)]
    question: QueryArgs,
    /// Characters on each side of the match; as many as fit by default
    #[arg(short = 'w', long, value_name = "N")]
    width: Option<usize>,
    /// Order of lines
    #[arg(long, value_enum, default_value_t = By::Date, value_name = "ORDER")]
    sort: By,
    /// Only matches inside quotes
    #[arg(long)]
    quotes: bool,
    /// Take articles that tell one story (and quotes that repeat each other) once, or each
    #[arg(long, value_enum, value_name = "HOW", default_value_t = question::Collapse::None)]
    collapse: question::Collapse,
    /// How many lines to print: a number, or `all`
    #[arg(short = 'n', long = "limit", value_name = "N", value_parser = question::limit, default_value = "100")]
    limit: std::option::Option<usize>,
    /// One JSON object a line
    #[arg(long, group = "form")]
    json: bool,
    /// A table as CSV
    #[arg(long, group = "form")]
    csv: bool,
}

const HELP: &str = "\
Examples:
  morgue kwic 'climate NEAR/3 (hoax OR emergency)'     what surrounds the two
  morgue kwic crisis --sort left -n all                which word stands before it
  morgue kwic crisis --quotes --sort speaker --csv     who says it, as a table

A match that stands in a quote has the name of who says it in --json and --csv.";

/// Order of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Oldest first
    Date,
    /// By the words before the match, nearest first
    Left,
    /// By the match and the words behind it
    Right,
    /// By who says it
    Speaker,
    /// By publication
    Source,
    /// Best articles first
    Relevance,
}

/// Columns of date and publication in front of a line.
const DATE: usize = 10;
const ORIGIN: usize = 16;

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let target = if args.quotes { Target::Quotes } else { Target::Articles };
    let question = args.question.ask(&archive, target)?;
    super::search::explain(&screen, &question, false);
    let width = args.width.unwrap_or_else(|| (screen.width().saturating_sub(DATE + ORIGIN + 18) / 2).max(10));
    // In the order of the search lines are printed as they come; any other order needs all of them first.
    let streams = matches!(args.sort, By::Date | By::Relevance);
    let sort = if args.sort == By::Relevance { Sort::Relevance } else { Sort::DateUp };
    // Each hit has a line or more.
    let limit = args.limit.filter(|_| streams);
    let collapse = args.collapse == question::Collapse::Story;
    let search = Search { target, sort, limit, collapse, ..Search::articles(question.query) };
    if args.csv {
        csv::row(&screen, LINES)?;
    }
    let (mut n_lines, mut n_printed) = (0usize, 0usize);
    let most = args.limit.unwrap_or(usize::MAX);
    let mut kept: Vec<Line> = Vec::new();
    let results = archive.concordance(&search, width, &mut |_, line| {
        n_lines += 1;
        if !streams {
            kept.push(line);
        } else if n_printed < most {
            n_printed += 1;
            print(&screen, args, &line, width)?;
        }
        Ok(())
    })?;
    kept.sort_by_cached_key(|line| (key(args.sort, line), line.published.clone(), line.id.clone(), line.start));
    for line in kept.iter().take(most) {
        n_printed += 1;
        print(&screen, args, line, width)?;
    }
    screen.flush()?;
    let what = match target {
        Target::Articles => count(results.stories, "article", "articles"),
        Target::Quotes => count(results.stories, "quote", "quotes"),
    };
    let whole = !streams || n_printed == n_lines && args.limit.is_none_or(|n| results.stories <= n as u64);
    let note = match (whole, n_printed == n_lines) {
        (true, true) => format!("{} in {what}", count(n_lines as u64, "line", "lines")),
        (true, false) => format!("{} in {what} · {n_printed} shown (-n all)", count(n_lines as u64, "line", "lines")),
        (false, _) => {
            format!("the first {} of {what}; how many there are is counted with -n all", count(n_printed as u64, "line", "lines"))
        }
    };
    screen.note(&note);
    if n_lines == 0 && results.total > 0 {
        screen.note("what was asked matches no words of the text, so there is nothing to line up");
    }
    super::beside::say_undated(&screen, &archive, &search.query, target)?;
    super::search::misspelt(&screen, &archive, &search.query, results.total)?;
    Ok(Outcome::found(n_lines > 0))
}

/// What lines are sorted by.
fn key(by: By, line: &Line) -> Vec<String> {
    let words = |text: &str| crate::words::words(text).into_iter().map(|(_, _, _, form)| form).collect::<Vec<_>>();
    let last = |value: &Option<String>| vec![value.as_ref().map_or_else(|| "\u{10ffff}".to_owned(), |v| v.to_lowercase())];
    match by {
        By::Left => {
            let mut before = words(&line.left);
            before.reverse();
            before
        }
        By::Right => [words(&line.hit), words(&line.right)].concat(),
        By::Speaker => last(&line.speaker),
        By::Source => last(&line.source),
        By::Date | By::Relevance => Vec::new(),
    }
}

fn print(screen: &Screen, args: &Args, line: &Line, width: usize) -> Result<()> {
    if args.json {
        return screen.json(line);
    }
    if args.csv {
        return csv::row(screen, line.cells());
    }
    let origin = if args.sort == By::Speaker { &line.speaker } else { &line.source };
    let origin = fitted(&safe(origin.as_deref().unwrap_or_default()), ORIGIN);
    let date = line.published.as_deref().unwrap_or("no date");
    let left = safe(&line.left);
    let pad = width.saturating_sub(seen(&left));
    screen.line(format!(
        "{}  {}  {:pad$}{left}{}{}",
        screen.faint(format!("{date:<DATE$}")),
        screen.faint(origin),
        "",
        screen.mark(safe(&line.hit)),
        safe(&line.right)
    ))
}

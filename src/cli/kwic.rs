//! `morgue kwic`: a concordance, every match in its context, aligned on the match.

use super::question::{self, Patience, QueryArgs};
use super::render::{Screen, count, csv, fitted, hits_of, number, safe, seen};
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
    width: Option<u16>,
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
    #[command(flatten)]
    patience: Patience,
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
/// Hits behind those that fill the lines asked for, whose lines are counted.
const COUNTED: usize = 1000;

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = args.patience.open(cli)?;
    let screen = cli.screen();
    let target = if args.quotes { Target::Quotes } else { Target::Articles };
    let question = args.question.ask(&archive, target)?;
    super::search::explain(&screen, &question, false);
    let width = args.width.map_or_else(|| (screen.width().saturating_sub(DATE + ORIGIN + 18) / 2).max(10), usize::from);
    // In the order of the search lines are printed as they come; any other order needs all of them first.
    let streams = matches!(args.sort, By::Date | By::Relevance);
    let sort = if args.sort == By::Relevance { Sort::Relevance } else { Sort::DateUp };
    // Each hit has a line or more; the lines of some hits more are counted, so that it can be said how many there are.
    let limit = args.limit.filter(|_| streams).map(|n| n.saturating_add(COUNTED));
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
            if n_printed == most {
                screen.flush()?;
            }
        }
        Ok(())
    })?;
    kept.sort_by_cached_key(|line| (key(args.sort, line), line.published.clone(), line.id.clone(), line.start));
    for line in kept.iter().take(most) {
        n_printed += 1;
        print(&screen, args, line, width)?;
    }
    screen.flush()?;
    let what = hits_of(results.stories, target);
    let is_whole = limit.is_none_or(|n| results.stories <= n as u64);
    screen.note(&told(n_lines as u64, n_printed as u64, is_whole, &what));
    if n_lines == 0 && results.total > 0 {
        screen.note("what was asked matches no words of the text, so there is nothing to line up");
    }
    super::beside::say_undated(&screen, &archive, &search.query, target)?;
    super::search::misspelt(&screen, &archive, &search.query, results.total)?;
    Ok(Outcome::found(n_lines > 0))
}

/// How many lines there are, as far as they were counted, and how many of them were printed.
fn told(n_lines: u64, n_printed: u64, is_whole: bool, what: &str) -> String {
    let least = if is_whole { "" } else { "at least " };
    let shown = if n_printed < n_lines { format!(" · {} shown (-n all)", number(n_printed)) } else { String::new() };
    format!("{least}{} in {what}{shown}", count(n_lines, "line", "lines"))
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

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn lines_are_counted_or_said_to_be_more() {
        assert_eq!(told(1, 1, true, "1 article"), "1 line in 1 article");
        assert_eq!(told(1203, 100, true, "960 articles"), "1,203 lines in 960 articles · 100 shown (-n all)");
        assert_eq!(told(1203, 100, false, "9,960 articles"), "at least 1,203 lines in 9,960 articles · 100 shown (-n all)");
    }
}

//! `morgue timeline`: counts over time, as numbers or as a share of the archive, of one question or of several side by side.

use super::question::{Patience, QueryArgs};
use super::render::{Screen, csv, facets, fitted, number, safe};
use super::{Cli, Outcome};
use crate::archive::{Archive, OverTime, Question, counted_name};
use crate::error::Result;
use crate::query::{Bucket, Target};
use clap::ValueEnum;
use clap::builder::PossibleValue;

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    #[command(flatten)]
    question: QueryArgs,
    /// Another query on the same table; may be given several times
    #[arg(long, value_name = "QUERY")]
    and: Vec<String>,
    /// Stretch of the calendar
    #[arg(long, value_enum, default_value_t = Bucket::Month)]
    per: Bucket,
    /// Draw the share of the archive instead of the count
    #[arg(long)]
    percent: bool,
    /// Count quotes instead of articles
    #[arg(long)]
    quotes: bool,
    /// One JSON object a stretch and query
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
  morgue timeline flood --per year --percent           what part of the archive each year
  morgue timeline flood --and drought --and storm      three on one table
  morgue timeline flood @drought @storm                saved queries behind the first are each on their own

The share is of all articles (quotes) of that stretch, so that a month with few articles does not look like a lull.";

impl ValueEnum for Bucket {
    fn value_variants<'a>() -> &'a [Bucket] {
        &Bucket::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = args.patience.open(cli)?;
    let screen = cli.screen();
    let target = if args.quotes { Target::Quotes } else { Target::Articles };
    let questions = questions(args, &archive, target)?;
    questions.iter().for_each(|(_, question)| super::search::explain(&screen, question, false));
    let questions: Vec<_> = questions.into_iter().map(|(name, question)| (name, question.query)).collect();
    let over = archive.over_time(questions.iter().cloned(), target, args.per)?;
    let table = Table { screen: &screen, args, over: &over };
    table.print()?;
    screen.flush()?;
    for (s, (_, query)) in over.series.iter().zip(&questions) {
        let name = if over.series.len() > 1 { format!("{}: ", safe(&s.name)) } else { String::new() };
        let undated = match s.undated {
            0 => String::new(),
            n => format!(" · {} without a date are not in the table", number(n)),
        };
        screen.note(&format!("{name}{} {} with a date{undated}", number(s.total - s.undated), counted_name(target)));
        super::beside::say_undated(&screen, &archive, query, target)?;
        super::search::misspelt(&screen, &archive, query, s.total)?;
    }
    Ok(Outcome::found(over.series.iter().any(|s| s.total > 0)))
}

/// The questions with their names: the query; saved queries that stand alone behind it; those after `--and`.
fn questions(args: &Args, archive: &Archive, target: Target) -> Result<Vec<(String, Question)>> {
    let (first, more) = series_of(args.question.words());
    let mut texts = vec![first.join(" ")];
    texts.extend(more.iter().map(|s| (*s).to_owned()));
    texts.extend(args.and.iter().cloned());
    let mut questions = Vec::new();
    for text in texts {
        let typed = args.question.filters.narrowed(&text);
        let question = args.question.with(&text).ask(archive, target)?;
        questions.push((if text.trim().is_empty() { typed } else { text }, question));
    }
    Ok(questions)
}

/// Splits what was typed: names of saved queries at its end, behind something else, are questions of their own.
fn series_of(words: &[String]) -> (&[String], Vec<&str>) {
    let alone = |word: &str| word.len() > 1 && word.starts_with('@') && !word.contains(char::is_whitespace);
    let n_behind = words.iter().rev().take_while(|w| alone(w)).count().min(words.len().saturating_sub(1));
    let (first, behind) = words.split_at(words.len() - n_behind);
    (first, behind.iter().map(String::as_str).collect())
}

struct Table<'a> {
    screen: &'a Screen,
    args: &'a Args,
    over: &'a OverTime,
}

impl Table<'_> {
    fn print(&self) -> Result<()> {
        let over = self.over;
        if self.args.csv {
            csv::row(self.screen, over.head())?;
            return over.stretches.iter().try_for_each(|start| csv::row(self.screen, over.cells(*start)));
        }
        if self.args.json {
            return over.rows().iter().try_for_each(|row| self.screen.json(row));
        }
        let cells = |start: i64| (0..over.series.len()).map(|i| (over.count(i, start), over.percent(i, start))).collect();
        let rows: Vec<(String, Vec<(u64, f64)>)> = over.stretches.iter().map(|start| (over.bucket.label(*start), cells(*start))).collect();
        match over.series.as_slice() {
            _ if rows.is_empty() => Ok(()),
            [_] if !self.args.percent => {
                let rows: Vec<(String, u64)> =
                    rows.into_iter().map(|(label, cells)| (format!("{label}  {:>6.2} %", cells[0].1), cells[0].0)).collect();
                facets::bars(self.screen, &rows)
            }
            _ => self.columns(&rows),
        }
    }

    /// A column with numbers and bars for each question, all on one scale.
    fn columns(&self, rows: &[(String, Vec<(u64, f64)>)]) -> Result<()> {
        let percent = self.args.percent;
        let size = |cell: &(u64, f64)| if percent { cell.1 } else { cell.0 as f64 };
        let most = rows.iter().flat_map(|(_, cells)| cells.iter().map(size)).fold(f64::MIN_POSITIVE, f64::max);
        let labels = rows.iter().map(|(label, _)| label.len()).max().unwrap_or(0);
        let room = (self.screen.width().saturating_sub(labels) / self.over.series.len().max(1)).saturating_sub(2).clamp(9, 50);
        if self.over.series.len() > 1 {
            let names: Vec<String> = self.over.series.iter().map(|s| fitted(&safe(&s.name), room)).collect();
            self.screen.line(format!("{:labels$}  {}", "", self.screen.strong(names.join("  ").trim_end())))?;
        }
        for (label, cells) in rows {
            let cells: Vec<String> = cells
                .iter()
                .map(|cell| {
                    let n = if percent { format!("{:>6.2} %", cell.1) } else { format!("{:>8}", number(cell.0)) };
                    let bar = ((room - 9) as f64 * size(cell) / most).round() as usize;
                    fitted(&format!("{n} {}", if self.screen.plain { String::new() } else { "█".repeat(bar) }), room)
                })
                .collect();
            self.screen.line(format!("{label:labels$}  {}", cells.join("  ")).trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::series_of;

    #[test]
    fn saved_queries_behind_the_first_are_on_their_own() {
        let check = |typed: &str, first: &str, more: &[&str]| {
            let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
            let (one, rest) = series_of(&words);
            assert_eq!((one.join(" ").as_str(), rest.as_slice()), (first, more), "{typed}");
        };
        check("flood @a @b", "flood", &["@a", "@b"]);
        check("@a @b", "@a", &["@b"]);
        check("@a tax", "@a tax", &[]);
        check("@a", "@a", &[]);
    }
}

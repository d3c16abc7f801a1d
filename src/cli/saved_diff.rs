//! `morgue saved diff` and `morgue saved log`: how what a question finds changed, and why.

use super::render::{Screen, count, fitted, number, safe};
use super::saved::{change, chosen, read};
use super::{Cli, Outcome};
use crate::alerts::{Comparison, compare, compare_runs};
use crate::error::{Kind, Result};
use crate::saved::{Reason, RunLog, RunRecord, SavedQuery};

#[derive(Debug, clap::Args)]
pub struct Diff {
    /// Its name, or `@tag` for all with a tag (then without runs)
    #[arg(required_unless_present = "all")]
    name: Option<String>,
    /// The earlier run; the last one unless given
    run: Option<u64>,
    /// The later run; what is found now unless given
    against: Option<u64>,
    /// All of them, each against its last run
    #[arg(long, conflicts_with = "name")]
    all: bool,
    /// One JSON object a change
    #[arg(long)]
    json: bool,
    /// Only changes that have a cause in the files: new articles, late ones, edited texts, articles that are gone
    #[arg(long)]
    news: bool,
}

#[derive(Debug, clap::Args)]
pub struct Log {
    /// Its name
    name: String,
    /// One JSON object a run
    #[arg(long)]
    json: bool,
}

pub fn diff(cli: &Cli, args: &Diff) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let queries = read(cli, &screen)?;
    let mut any = false;
    let named: Vec<String> = args.name.iter().cloned().collect();
    let chosen = chosen(&queries, &named, args.all)?;
    for saved in &chosen {
        let compared = match (args.run, args.against) {
            (Some(from), Some(to)) => compare_runs(&archive, &queries, saved, from, to),
            (from, _) => compare(&archive, &queries, saved, from),
        };
        let mut comparison = match compared {
            // One of many that never ran says nothing of the others.
            Err(e) if e.kind() == Kind::NotFound && chosen.len() > 1 => {
                screen.note(&format!("note: {e}"));
                continue;
            }
            compared => compared?,
        };
        if args.news {
            comparison.changes.retain(|c| c.reason.is_news() || c.reason == Reason::Withdrawn);
        }
        any |= !comparison.changes.is_empty();
        match args.json {
            true => comparison.changes.iter().try_for_each(|change| {
                let mut object = serde_json::to_value(change).unwrap_or_default();
                object["saved"] = saved.name.as_str().into();
                screen.json(&object)
            })?,
            false => print(&screen, saved, &comparison)?,
        }
    }
    // As `diff` does: 1 means that there is a difference.
    Ok(if any { Outcome::Nothing } else { Outcome::Done })
}

fn title(run: &RunRecord) -> String {
    match run.run {
        0 => format!("now (rev {})", run.revision),
        n => format!("run {n} (rev {}, {})", run.revision, run.day()),
    }
}

fn print(screen: &Screen, saved: &SavedQuery, comparison: &Comparison) -> Result<()> {
    let Comparison { before, after, changes } = comparison;
    screen.line(format!("{}  {} → {}", screen.strong(safe(&saved.name)), title(before), title(after)))?;
    let width = changes.iter().map(|c| c.reason.words().len()).max().unwrap_or(0);
    let widest = screen.width().saturating_sub(width + 6).max(30);
    for change in changes {
        let label = fitted(&safe(&change.item.label), widest);
        let version = match change.reason {
            Reason::ReExtracted if before.extractor != after.extractor => format!(" {} → {}", before.extractor, after.extractor),
            _ => String::new(),
        };
        screen.line(format!("{} {:<width$}{version}  {}", change.sign, change.reason.words(), label.trim_end()))?;
        screen.line(format!("  {:<width$}  {}", "", screen.faint(safe(change.item.show.as_ref().unwrap_or(&change.item.article)))))?;
    }
    let n = |test: &dyn Fn(&crate::saved::Change) -> bool| changes.iter().filter(|c| test(c)).count() as u64;
    let gone = n(&|c| c.sign == '-');
    let ours = n(&|c| c.sign != '-' && !c.reason.is_news());
    let news = changes.len() as u64 - gone - ours;
    screen.note(&match changes.len() {
        0 => format!("no change: {}", count(after.total, saved.what.trim_end_matches('s'), &saved.what)),
        _ => format!(
            "{} new or changed, {} gone, {} by extraction, names, corrections or query only",
            number(news),
            number(gone),
            number(ours)
        ),
    });
    Ok(())
}

pub fn log(cli: &Cli, args: &Log) -> Result<Outcome> {
    let home = cli.home()?;
    let screen = cli.screen();
    let queries = read(cli, &screen)?;
    let saved = queries.get(&args.name).ok_or_else(|| queries.unknown(&args.name))?;
    let log = RunLog::read(&home.runs(&saved.name))?;
    let mut before: Option<&RunRecord> = None;
    for run in log.runs() {
        if args.json {
            screen.json(run)?;
        } else {
            let edited = before.filter(|b| b.hash != run.hash).map_or(String::new(), |_| format!("  query: {}", safe(&run.query)));
            let named = before.filter(|b| b.names != run.names).map_or("", |_| "  names changed");
            let changed = if run.changed > 0 { format!(" ~{}", run.changed) } else { String::new() };
            screen.line(format!(
                "{:>4}  {}  rev {:<6} {:>8}  {}{changed}  {}{named}{edited}",
                run.run,
                run.at,
                run.revision,
                number(run.total),
                change(run.came, run.went),
                screen.faint(format!("extractor {}", run.extractor))
            ))?;
        }
        before = Some(run);
    }
    Ok(Outcome::found(!log.runs().is_empty()))
}

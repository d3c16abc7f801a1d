//! `morgue status`: what is here, and what is not.

use super::render::{Screen, count, fitted, number, safe, seen};
use super::{Cli, Outcome};
use crate::archive::{Coverage, Status};
use crate::error::Result;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only the files that could not be read, with reasons
    #[arg(long)]
    failed: bool,
    /// Articles by source and month, a line each: source, month and count, apart by tabs
    #[arg(long, conflicts_with = "failed")]
    coverage: bool,
    /// As one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let status = cli.open()?.status()?;
    let screen = cli.screen();
    match (args.json, args.failed) {
        (json, _) if args.coverage => {
            let line = |c: &Coverage| match json {
                true => screen.json(c),
                false => screen.line(format!("{}\t{}\t{}", safe(&c.source), safe(&c.month), c.articles)),
            };
            status.coverage.iter().try_for_each(line)?;
        }
        (true, false) => screen.json(&status)?,
        (true, true) => status.failures.iter().try_for_each(|p| screen.json(p))?,
        (false, true) => status.failures.iter().try_for_each(|p| screen.line(format!("{}\t{}", safe(&p.path), safe(&p.message))))?,
        (false, false) => print(&screen, &status)?,
    }
    Ok(if args.failed { Outcome::found(!status.failures.is_empty()) } else { Outcome::Done })
}

fn print(screen: &Screen, status: &Status) -> Result<()> {
    let row = |label: &str, text: String| screen.line(format!("{label:<10}{text}"));
    row("archive", format!("{} · revision {}", safe(&status.archive), status.revision))?;
    row("articles", format!("{} with {}", number(status.articles), count(status.quotes, "quote", "quotes")))?;
    if let (Some(first), Some(last)) = (&status.first_day, &status.last_day) {
        row("dates", format!("{first} to {last} · {} without", number(status.undated)))?;
    }
    let mut files = vec![count(status.files, "file", "files")];
    if status.skipped > 0 {
        files.push(format!("{} skipped, being no articles", number(status.skipped)));
    }
    if status.unread > 0 {
        files.push(format!("{} in no form morgue reads", number(status.unread)));
    }
    if status.failed > 0 {
        files.push(screen.bad(format!("{} failed", number(status.failed))));
    }
    row("files", files.join(" · "))?;
    let name = |source: &Option<String>| source.as_deref().map_or_else(|| "(no source)".to_owned(), safe);
    for (label, pairs) in
        [("sources", status.sources.iter().map(|(s, n)| (name(s), *n)).collect::<Vec<_>>()), ("years", status.years.clone())]
    {
        if pairs.is_empty() {
            continue;
        }
        screen.line("")?;
        screen.line(screen.strong(label))?;
        super::render::facets::bars(screen, &pairs[..pairs.len().min(20)])?;
        if pairs.len() > 20 {
            screen.line(screen.faint(format!("+{} more", pairs.len() - 20)))?;
        }
    }
    coverage(screen, status)?;
    if !status.failures.is_empty() {
        screen.line("")?;
        screen.line(screen.strong("could not be read"))?;
        for problem in status.failures.iter().take(10) {
            screen.line(format!("{}: {}", safe(&problem.path), safe(&problem.message)))?;
        }
        if status.failures.len() > 10 {
            screen.line(screen.faint(format!("+{} more: morgue status --failed", status.failures.len() - 10)))?;
        }
    }
    Ok(())
}

/// For each of the largest sources, the months it covers, and how many between the first and the last it lacks.
fn coverage(screen: &Screen, status: &Status) -> Result<()> {
    const SHOWN: usize = 20;
    if status.coverage.is_empty() {
        return Ok(());
    }
    screen.line("")?;
    screen.line(screen.strong("coverage"))?;
    let groups: Vec<&[Coverage]> = status.coverage.chunk_by(|a, b| a.source == b.source).collect();
    let width = groups.iter().take(SHOWN).map(|g| seen(&safe(&g[0].source))).max().unwrap_or(0).min(32);
    for group in groups.iter().take(SHOWN) {
        let (first, last) = (&group[0].month, &group[group.len() - 1].month);
        let span = months_between(first, last).max(group.len());
        let lacking = match span - group.len() {
            0 => String::new(),
            n => format!(", {} without an article", count(n as u64, "month", "months")),
        };
        let name = fitted(&safe(&group[0].source), width);
        screen.line(format!("{name}  {first} to {last}: {}{lacking}", count(group.len() as u64, "month", "months")))?;
    }
    if groups.len() > SHOWN {
        screen.line(screen.faint(format!("+{} more sources: morgue status --coverage", groups.len() - SHOWN)))?;
    }
    Ok(())
}

/// How many months there are from `2024-03` to `2025-01`, both counted.
fn months_between(first: &str, last: &str) -> usize {
    let number = |month: &str| {
        let (year, month) = month.split_once('-')?;
        Some(year.parse::<usize>().ok()? * 12 + month.parse::<usize>().ok()?)
    };
    number(last).zip(number(first)).map_or(0, |(last, first)| (last + 1).saturating_sub(first))
}

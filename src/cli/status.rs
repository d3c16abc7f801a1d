//! `morgue status`: what is here, and what is not.

use super::render::{Screen, count, number, safe};
use super::{Cli, Outcome};
use crate::archive::Status;
use crate::error::Result;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only the files that failed, with reasons
    #[arg(long)]
    failed: bool,
    /// As one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let status = cli.open()?.status()?;
    let screen = cli.screen();
    match (args.json, args.failed) {
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
        files.push(format!("{} skipped, being nothing morgue reads", number(status.skipped)));
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
    if !status.failures.is_empty() {
        screen.line("")?;
        screen.line(screen.strong("failed"))?;
        for problem in status.failures.iter().take(10) {
            screen.line(format!("{}: {}", safe(&problem.path), safe(&problem.message)))?;
        }
        if status.failures.len() > 10 {
            screen.line(screen.faint(format!("+{} more: morgue status --failed", status.failures.len() - 10)))?;
        }
    }
    Ok(())
}

//! `morgue similar`: copies of an article, and what else was written on the matter.

use super::question;
use super::render::{Screen, count, csv, hits, safe, wrapped};
use super::{Cli, Outcome};
use crate::archive::{Answer, SIMILAR, Similar};
use crate::error::Result;
use crate::query::Target;

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    /// Id of an article (or of a quote in it)
    #[arg(value_name = "ID")]
    id: String,
    /// Look only among what this query finds
    #[arg(long, value_name = "QUERY")]
    within: Option<String>,
    /// How many to print: a number, or `all` that share enough to be looked at (200)
    #[arg(short = 'n', long = "limit", value_name = "N", value_parser = question::limit, default_value = "10")]
    limit: std::option::Option<usize>,
    /// Leave out articles that repeat its text
    #[arg(long)]
    no_copies: bool,
    /// One JSON object an article
    #[arg(long, group = "form")]
    json: bool,
    /// A table as CSV
    #[arg(long, group = "form")]
    csv: bool,
    /// Only the files, one a line
    #[arg(short = 'l', long = "files", group = "form")]
    files: bool,
}

const HELP: &str = "\
Articles that repeat half of the text or more (runs of five words) come first, as copies; the rest by shared telling \
words (tf-idf) and by shared persons, organizations and places. What both have is said with each.

Examples:
  morgue similar ID --within 'source:reuters since:2016'
  morgue search -n 1 'flood barrier' --json | jq -r .id | xargs morgue similar";

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let (clipping, _) = archive.named(&args.id)?;
    let id = clipping.article.id.as_str();
    let within = args.within.as_deref().map(|text| archive.question(text, Target::Articles)).transpose()?;
    let mut found = archive.similar(id, within.as_ref().map(|q| &q.query), None)?;
    found.retain(|s| !(args.no_copies && s.copy));
    let (n_found, n_copies) = (found.len(), found.iter().filter(|s| s.copy).count());
    found.truncate(args.limit.unwrap_or(usize::MAX));
    if args.csv {
        csv::row(&screen, SIMILAR)?;
    }
    let mut copies = None;
    for similar in &found {
        if args.json {
            screen.json(similar)?;
        } else if args.csv {
            csv::row(&screen, similar.cells())?;
        } else if args.files {
            screen.line(similar.hit.path())?;
        } else {
            if copies.replace(similar.copy) != Some(similar.copy) {
                screen.line(screen.strong(if similar.copy { "the same text" } else { "on the same matter" }))?;
            }
            print(&screen, similar)?;
        }
    }
    screen.flush()?;
    let looked_at =
        count(n_found as u64, "article that shares telling words was looked at", "articles that share telling words were looked at");
    screen.note(&format!("{looked_at} · {} · {} shown", count(n_copies as u64, "copy", "copies"), found.len()));
    Ok(Outcome::found(!found.is_empty()))
}

fn print(screen: &Screen, similar: &Similar) -> Result<()> {
    let Answer::Article(hit) = &similar.hit else { return Ok(()) };
    let title = hit.title.as_deref().unwrap_or("(no title)");
    screen.line(format!("{}  {}", screen.faint(hits::day(hit.published.as_deref())), screen.strong(safe(title))))?;
    let mut about: Vec<String> = hit.source.iter().map(|s| safe(s)).collect();
    if similar.overlap >= 0.1 {
        about.push(format!("{:.0} % of the shorter text in both", similar.overlap * 100.0));
    }
    about.push(format!("likeness {:.2}", similar.likeness));
    screen.line(format!("            {}", about.join(" · ")))?;
    let shared = &similar.shared;
    let some = |names: &[String]| names.iter().take(5).map(|n| safe(n)).collect::<Vec<_>>().join(", ");
    let parts = [&shared.persons, &shared.organizations, &shared.places, &shared.words];
    let parts: Vec<String> = parts.into_iter().map(|names| some(names)).filter(|s| !s.is_empty()).collect();
    if !parts.is_empty() {
        screen.line(wrapped(&format!("both: {}", parts.join(" · ")), screen.width(), "            "))?;
    }
    screen.line(format!("            {}", screen.faint(safe(&hit.id))))?;
    screen.line("")
}

//! `morgue who`: one person across the archive.

use super::render::{Screen, count, number, safe, wrapped};
use super::{Cli, Outcome};
use crate::archive::{Answer, Card, Counted};
use crate::error::Result;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The name, or part of it
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// How many quotes by and about
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 3)]
    limit: usize,
    /// The card as one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let card = archive.who(&args.name.join(" "), args.limit)?;
    if args.json {
        screen.json(&card)?;
        return Ok(Outcome::Done);
    }
    head(&screen, &card)?;
    quotes(&screen, "says", card.quotes_by, &card.latest_by, &query(&card, "speaker"))?;
    quotes(&screen, "about", card.quotes_about, &card.latest_about, &query(&card, "about"))?;
    if !card.others.is_empty() {
        let others: Vec<String> = card.others.iter().take(8).map(|c| safe(&c.value)).collect();
        let more = if card.others.len() > 8 { format!(" and {} more", card.others.len() - 8) } else { String::new() };
        screen.flush()?;
        screen.note(&format!("others called so: {}{more}", others.join(", ")));
    }
    Ok(Outcome::Done)
}

/// The query that finds all of them.
fn query(card: &Card, field: &str) -> String {
    format!("morgue quotes '{field}:=\"{}\"'", card.name.replace('\'', "’"))
}

fn head(screen: &Screen, card: &Card) -> Result<()> {
    screen.line(screen.strong(safe(&card.name)))?;
    let days = match (&card.first, &card.last) {
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    row(screen, "named in", &format!("{}{days}", count(card.articles, "article", "articles")))?;
    row(screen, "as", &list(&card.forms, 8))?;
    row(screen, "merged", &list(&card.merged, 12))?;
    for (i, role) in card.roles.iter().take(8).enumerate() {
        let days = match (&role.first, &role.last) {
            (Some(first), Some(last)) if first == last => format!(" · {first}"),
            (Some(first), Some(last)) => format!(" · {first} to {last}"),
            _ => String::new(),
        };
        row(screen, if i == 0 { "roles" } else { "" }, &format!("{} ({}){days}", safe(&role.role), role.articles))?;
    }
    if card.roles.len() > 8 {
        row(screen, "", &format!("+{} more (--json has all)", card.roles.len() - 8))?;
    }
    row(screen, "beside", &list(&card.beside, 10))?;
    row(screen, "places", &list(&card.places, 10))?;
    row(screen, "sources", &list(&card.sources, 10))?;
    row(screen, "years", &list(&card.years, 40))
}

/// A label and what belongs to it; nothing where nothing does.
fn row(screen: &Screen, label: &str, text: &str) -> Result<()> {
    const INDENT: &str = "          ";
    if text.is_empty() {
        return Ok(());
    }
    screen.line(format!("{label:<10}{}", wrapped(text, screen.width(), INDENT).trim_start()))
}

fn list(counts: &[Counted], most: usize) -> String {
    let shown = counts.iter().take(most);
    let mut texts: Vec<String> =
        shown.map(|c| format!("{} ({})", safe(c.value.rsplit('/').next().unwrap_or(&c.value)), number(c.articles))).collect();
    if counts.len() > most {
        texts.push(format!("+{} more", counts.len() - most));
    }
    texts.join(" · ")
}

fn quotes(screen: &Screen, label: &str, total: u64, latest: &[Answer], all: &str) -> Result<()> {
    if total == 0 {
        return Ok(());
    }
    screen.line("")?;
    let shown = if (latest.len() as u64) < total { format!(", the latest {} here; all: {all}", latest.len()) } else { String::new() };
    screen.line(format!("{}{}", screen.strong(format!("{label:<10}{}", count(total, "quote", "quotes"))), screen.faint(shown)))?;
    latest.iter().try_for_each(|answer| super::render::hits::print(screen, answer))
}

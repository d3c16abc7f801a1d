//! `morgue who`: one person across the archive.

use super::render::{Screen, count, number, safe, wrapped};
use super::{Cli, Outcome};
use crate::archive::{Answer, Card, Counted, Role};
use crate::error::{Result, shell};
use crate::field;
use crate::query::exactly;
use std::cmp::Reverse;

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

/// Roles that a card has room for.
const ROLES: usize = 8;

/// The roles most often given, as they followed each other.
fn most_read(roles: &[Role], most: usize) -> Vec<&Role> {
    let mut shown: Vec<(usize, &Role)> = roles.iter().enumerate().collect();
    shown.sort_by_key(|(_, role)| Reverse(role.articles));
    shown.truncate(most);
    shown.sort_by_key(|(nth, _)| *nth);
    shown.into_iter().map(|(_, role)| role).collect()
}

/// The query that finds all of them.
fn query(card: &Card, field: &str) -> String {
    format!("morgue quotes {}", shell(&exactly(field, &card.name)))
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
    for (i, role) in most_read(&card.roles, ROLES).iter().enumerate() {
        let days = match (&role.first, &role.last) {
            (Some(first), Some(last)) if first == last => format!(" · {first}"),
            (Some(first), Some(last)) => format!(" · {first} to {last}"),
            _ => String::new(),
        };
        row(screen, if i == 0 { "roles" } else { "" }, &format!("{} ({}){days}", safe(&role.role), number(role.articles)))?;
    }
    if card.roles.len() > ROLES {
        row(screen, "", &format!("+{} more (--json has all)", card.roles.len() - ROLES))?;
    }
    row(screen, "beside", &list(&card.beside, 10))?;
    row(screen, "places", &list(&named(&card.places), 10))?;
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

/// Places by their own names instead of their paths.
fn named(places: &[Counted]) -> Vec<Counted> {
    let values: Vec<&str> = places.iter().map(|c| c.value.as_str()).collect();
    let names = field::by_name("place").map_or(values.clone(), |place| place.names(&values));
    names.iter().zip(places).map(|(name, c)| Counted { value: (*name).to_owned(), articles: c.articles }).collect()
}

fn list(counts: &[Counted], most: usize) -> String {
    let mut texts: Vec<String> = counts.iter().take(most).map(|c| format!("{} ({})", safe(&c.value), number(c.articles))).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_often_given_are_shown_in_the_order_of_time() {
        let role = |role: &str, articles| Role { role: role.to_owned(), articles, first: None, last: None };
        let roles = [role("star", 1), role("candidate", 9), role("nominee", 2), role("president", 400)];
        let shown: Vec<&str> = most_read(&roles, 3).iter().map(|r| r.role.as_str()).collect();
        assert_eq!(shown, ["candidate", "nominee", "president"]);
    }
}

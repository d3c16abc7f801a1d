//! What is said beside an answer: what a question could not have found.

use super::render::{Screen, hits_of};
use crate::archive::Archive;
use crate::error::Result;
use crate::field;
use crate::query::{Query, Target};

/// Fields that only articles with a date have.
const DATED: [&str; 3] = ["date", "year", "month"];

/// How many hits of the rest of `query` have no date, where it asks for one.
///
/// # Errors
///
/// When the index fails.
pub fn undated(archive: &Archive, query: &Query, target: Target) -> Result<u64> {
    let (dates, mut rest): (Vec<Query>, Vec<Query>) = query.clone().clauses().into_iter().partition(asks_for_date);
    let Some(date) = field::by_name("date").filter(|_| !dates.is_empty()) else { return Ok(0) };
    rest.push(Query::Not(Box::new(Query::Has(date))));
    archive.total(Query::all(rest), target)
}

/// Says so.
///
/// # Errors
///
/// When the index fails.
pub fn say_undated(screen: &Screen, archive: &Archive, query: &Query, target: Target) -> Result<()> {
    let n = undated(archive, query, target)?;
    if n > 0 {
        let hits = hits_of(n, target);
        let (match_, are, them) = if n == 1 { ("matches", "is", "it") } else { ("match", "are", "them") };
        screen.note(&format!(
            "{} {hits} without a date {match_} the rest of the query and {are} left out: `date:none` finds {them}",
            screen.strong("note:")
        ));
    }
    Ok(())
}

fn asks_for_date(query: &Query) -> bool {
    match query {
        Query::Range { field, .. } | Query::Is { field, .. } => DATED.contains(&field.name),
        Query::Or(any) | Query::And(any) => any.iter().all(asks_for_date),
        Query::Boost(inner, _) | Query::Article(inner) => asks_for_date(inner),
        _ => false,
    }
}

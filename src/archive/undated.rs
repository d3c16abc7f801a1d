//! What a question about dates leaves out: articles without one match no date, and are counted beside the answer.

use super::{Archive, counted_name, counted_one};
use crate::error::Result;
use crate::field;
use crate::query::{Query, Target};

/// Fields that only articles with a date have.
const DATED: [&str; 3] = ["date", "year", "month"];

impl Archive {
    /// How many hits of the rest of `query` have no date, where it asks for one; 0 where it does not.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn left_out_undated(&self, query: &Query, target: Target) -> Result<u64> {
        undated(query).map_or(Ok(0), |undated| self.total(undated, target))
    }
}

/// The rest of `query`, asked of what has no date; `None` where it asks for none.
pub fn undated(query: &Query) -> Option<Query> {
    let (dates, mut rest): (Vec<Query>, Vec<Query>) = query.clone().clauses().into_iter().partition(asks_for_date);
    let date = field::by_name("date").filter(|_| !dates.is_empty())?;
    rest.push(Query::Not(Box::new(Query::Has(date))));
    Some(Query::all(rest))
}

/// Says that `n` hits are left out.
pub fn left_out(n: u64, target: Target) -> String {
    let hits = if n == 1 { counted_one(target) } else { counted_name(target) };
    let (matching, are) = if n == 1 { ("matches", "is") } else { ("match", "are") };
    format!("{hits} without a date {matching} the rest of the query and {are} left out")
}

fn asks_for_date(query: &Query) -> bool {
    match query {
        Query::Range { field, .. } | Query::Is { field, .. } => DATED.contains(&field.name),
        Query::Or(any) | Query::And(any) => any.iter().all(asks_for_date),
        Query::Boost(inner, _) | Query::Article(inner) => asks_for_date(inner),
        _ => false,
    }
}

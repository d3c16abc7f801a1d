//! Where nothing was found: which clause is to blame, what there is without it, and what the same people say in articles that
//! have the words.

use super::Archive;
use crate::error::Result;
use crate::query::{self, Query, Search, Target};
use std::fmt;

/// Of more clauses nobody reads what each finds, and each is asked together with all others.
const MOST: usize = 30;

/// A clause of a query, beside what there is with it alone and without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blamed {
    /// In canonical spelling.
    pub clause: String,
    /// Hits that it has alone.
    pub alone: u64,
    /// Hits of the other clauses.
    pub without: u64,
    /// The other clauses, in canonical spelling.
    pub others: String,
}

/// A search for quotes whose words are asked of the articles around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// In canonical spelling.
    pub query: String,
    /// Quotes it finds.
    pub total: u64,
}

impl fmt::Display for Around {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (quotes, stand) = if self.total == 1 { ("quote", "stands") } else { ("quotes", "stand") };
        write!(f, "{} {quotes} {stand} in articles that have the words: `{}`", self.total, self.query)
    }
}

impl Archive {
    /// Of a search that found nothing: each of the clauses that must all hold. None where there is one alone, or more than thirty.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn blamed(&self, query: &Query, target: Target) -> Result<Vec<Blamed>> {
        let clauses = query.clone().clauses();
        let blamed = |(at, clause): (usize, &Query)| {
            let others = clauses.iter().enumerate().filter(|(other, _)| *other != at);
            let others = Query::all(others.map(|(_, clause)| clause.clone()).collect());
            Ok(Blamed {
                clause: query::print(clause),
                alone: self.total(clause.clone(), target)?,
                others: query::print(&others),
                without: self.total(others, target)?,
            })
        };
        if !(2..=MOST).contains(&clauses.len()) { Ok(Vec::new()) } else { clauses.iter().enumerate().map(blamed).collect() }
    }

    /// Of a search for quotes that found nothing: the same, but for its words, in articles that have these. `None` where that finds
    /// nothing either, or where `query` asks for words alone, or for none.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn around(&self, query: &Query) -> Result<Option<Around>> {
        let is_words = |clause: &Query| matches!(clause, Query::Text { fields, .. } if fields.is_empty());
        let (words, mut rest): (Vec<Query>, Vec<Query>) = query.clone().clauses().into_iter().partition(is_words);
        if words.is_empty() || rest.is_empty() {
            return Ok(None);
        }
        rest.push(Query::Article(Box::new(Query::all(words))));
        let query = Query::all(rest);
        let total = self.total(query.clone(), Target::Quotes)?;
        Ok((total > 0).then(|| Around { query: query::print(&query), total }))
    }

    /// How many hits there are.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn total(&self, query: Query, target: Target) -> Result<u64> {
        Ok(self.search(&Search { target, limit: Some(0), ..Search::articles(query) })?.total)
    }
}

//! Where no quote has the words that were asked for: what the same people say in articles that have them.

use super::Archive;
use crate::error::Result;
use crate::query::{self, Query, Search, Target};
use std::fmt;

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
    /// Of a search for quotes that found nothing: the same, but for its words, in articles that have these. `None` where that finds
    /// nothing either, or where `query` asks for words alone, or for none.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn around(&self, query: &Query) -> Result<Option<Around>> {
        let Query::And(clauses) = query else { return Ok(None) };
        let is_words = |clause: &&Query| matches!(clause, Query::Text { fields, .. } if fields.is_empty());
        let (words, mut rest): (Vec<&Query>, Vec<&Query>) = clauses.iter().partition(is_words);
        if words.is_empty() || rest.is_empty() {
            return Ok(None);
        }
        let words = Query::And(words.into_iter().cloned().collect());
        let article = Query::Article(Box::new(words));
        rest.push(&article);
        let query = Query::And(rest.into_iter().cloned().collect());
        let total = self.search(&Search { target: Target::Quotes, limit: Some(0), ..Search::articles(query.clone()) })?.total;
        Ok((total > 0).then(|| Around { query: query::print(&query), total }))
    }
}

//! Where nothing was found: which clause is to blame, what there is without it, what the same people say in articles that
//! have the words, and what is said in the words that `about:` was asked for.

use super::Archive;
use crate::error::Result;
use crate::query::{self, Expr, Part, Query, Search, Target, ValueMatch, WordForm};
use std::fmt;
use std::ops::BitOr;

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

/// A search whose words are asked of something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// In canonical spelling.
    pub query: String,
    /// Hits it has.
    pub total: u64,
    /// What its words are asked of.
    pub of: AskedOf,
}

/// Of what words are asked instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedOf {
    /// Of the articles around the quotes.
    Articles,
    /// Of what quotes say, not of who is named there.
    Quotes,
}

impl fmt::Display for Around {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Around { query, total, of } = self;
        let one = *total == 1;
        match of {
            AskedOf::Articles if one => write!(f, "1 quote stands in articles that have the words: `{query}`"),
            AskedOf::Articles => write!(f, "{total} quotes stand in articles that have the words: `{query}`"),
            AskedOf::Quotes => {
                let are = if one { "is 1" } else { &format!("are {total}") };
                write!(f, "`about:` asks who is named in a quote; with its words there {are}: `{query}`")
            }
        }
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
        Ok((total > 0).then(|| Around { query: query::print(&query), total, of: AskedOf::Articles }))
    }

    /// Of a search that found nothing and asks `about:` something: the same, with the words in the quotes instead, since `about:` knows
    /// persons, organizations and places alone. `None` where that finds nothing either.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn in_words(&self, query: &Query, target: Target) -> Result<Option<Around>> {
        let mut query = query.clone();
        if !word_abouts(&mut query, target == Target::Quotes) {
            return Ok(None);
        }
        let total = self.total(query.clone(), target)?;
        Ok((total > 0).then(|| Around { query: query::print(&query), total, of: AskedOf::Quotes }))
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

/// Puts words of quotes for what `about:` asks; whether there was any. `is_of_quote` where `query` is asked of a quote.
fn word_abouts(query: &mut Query, is_of_quote: bool) -> bool {
    match query {
        Query::Is { field, value: ValueMatch::Words(forms) } if field.name == "about" => {
            // Names are asked for letter by letter, words with their inflections.
            let inflected = |form: &WordForm| match form {
                WordForm::Exact(form) => WordForm::Inflected(form.clone()),
                other => other.clone(),
            };
            let mut parts: Vec<Part> = forms.iter().map(|form| Part::Word(inflected(form))).collect();
            let expr = match parts.pop() {
                Some(Part::Word(only)) if parts.is_empty() => Expr::Word(only),
                last => Expr::Phrase(parts.into_iter().chain(last).collect()),
            };
            let words = Query::Text { fields: Vec::new(), expr };
            *query = if is_of_quote { words } else { Query::Quote(Box::new(words)) };
            true
        }
        Query::And(all) => all.iter_mut().map(|one| word_abouts(one, is_of_quote)).fold(false, BitOr::bitor),
        Query::Quote(inner) => word_abouts(inner, true),
        _ => false,
    }
}

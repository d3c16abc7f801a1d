//! Why a hit was found: what each clause of the question matches in it, and what that counts for its place in the order.

use super::Archive;
use crate::error::Result;
use crate::field;
use crate::query::{COMMON, Expr, Hit, Matcher, Query, Search, Target, ValueMatch};
use serde::Serialize;
use std::collections::BTreeMap;

/// One clause of the question, held against one hit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clause {
    /// In canonical spelling.
    pub clause: String,
    /// Whether the hit answers it; some need not where any is enough.
    pub holds: bool,
    /// It is passed over because so many articles, or quotes, have it ([`COMMON`]), where any word is enough.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub common: bool,
    /// What it adds to the score. Fields, negations and common words add nothing.
    pub score: f32,
    /// By field, how often it matches.
    pub places: BTreeMap<&'static str, usize>,
    /// The different words that match, in small letters.
    pub words: Vec<String>,
}

impl Archive {
    /// Holds each clause of the question against a hit of it. The rest of the hit's score, if there is one, comes from
    /// related words (`Search::feedback`) or from its date (`Search::recent`); all of it may be counted by the confidence of the
    /// attribution ([`Search::by_surety`]).
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn why(&self, search: &Search, hit: &Hit) -> Result<Vec<Clause>> {
        let Some(clipping) = &hit.clipping else { return Ok(Vec::new()) };
        let quote = hit.quote.and_then(|n| clipping.annotations.quotes.get(n));
        let clauses = match &search.query {
            Query::And(all) | Query::Or(all) => all.as_slice(),
            other => std::slice::from_ref(other),
        };
        // Where words are written with OR, each of them is looked for.
        let may_pass_over = search.any && matches!(search.query, Query::And(_));
        let n_words = clauses.iter().filter(|c| matches!(c, Query::Text { .. })).count();
        let mut why = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let matcher = Matcher::new(clause, search.target);
            let found = match quote {
                Some(quote) => matcher.quote(clipping, quote),
                None => matcher.article(clipping),
            };
            let mut places = BTreeMap::new();
            let mut words: Vec<String> = Vec::new();
            for (field, at) in found.iter().flat_map(|m| &m.spans) {
                *places.entry(field.name).or_insert(0) += 1;
                let text = match (field.name, quote) {
                    ("title", _) => clipping.article.title.as_deref(),
                    ("body" | "lead", _) => Some(clipping.article.body.as_str()),
                    ("said", Some(quote)) => Some(quote.text.as_str()),
                    _ => None,
                };
                let word = text.and_then(|t| t.get(at.clone())).map(str::to_lowercase);
                words.extend(word.filter(|w| !words.contains(w)));
            }
            let common = may_pass_over && n_words > 1 && self.is_common(clause, search.target)?;
            let score = if found.is_some() && !common { self.alone(search, clause, hit)? } else { 0.0 };
            why.push(Clause { clause: crate::query::print(clause), holds: found.is_some(), common, score, places, words });
        }
        // Where all words are common, none is passed over.
        if n_words > 1 && why.iter().all(|c| c.common) {
            for (clause, asked) in why.iter_mut().zip(clauses) {
                (clause.common, clause.score) = (false, if clause.holds { self.alone(search, asked, hit)? } else { 0.0 });
            }
        }
        Ok(why)
    }

    fn is_common(&self, clause: &Query, target: Target) -> Result<bool> {
        let Query::Text { fields, expr: Expr::Word(form) } = clause else { return Ok(false) };
        let (n, n_all) = self.engine.rarity(std::slice::from_ref(form), target)?;
        Ok(fields.is_empty() && n.iter().any(|n| n * COMMON > n_all))
    }

    /// The score of a hit for one clause.
    fn alone(&self, search: &Search, clause: &Query, hit: &Hit) -> Result<f32> {
        let Some(id) = field::by_name("id") else { return Ok(0.0) };
        let article = Query::Is { field: id, value: ValueMatch::Whole(hit.id.clone()) };
        let query = Query::And(vec![clause.clone(), article]);
        let search = Search {
            query,
            limit: None,
            offset: 0,
            facets: Vec::new(),
            timeline: None,
            feedback: false,
            recent: None,
            surety: false,
            ..search.clone()
        };
        Ok(self.search(&search)?.hits.iter().find(|other| other.quote == hit.quote).map_or(0.0, |other| other.score))
    }
}

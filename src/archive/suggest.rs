//! Which names may be one? Spelling variants of the same person or organization, with the evidence for and against.
//!
//! Candidates are pairs that are spelled [alike](super::alike). Evidence is the company the two keep: cosine of the counts of
//! persons, organizations and places named beside each, the rare counting more (tf–idf; Salton and Buckley 1988), and how often one
//! article has both, which two forms of one name seldom do.

use super::Archive;
use super::alike::{self, Named, Pair};
use super::whole::Whole;
use crate::authority::{NameKind, Verdict};
use crate::error::Result;
use crate::field;
use crate::query::{FacetCount, FacetRequest, Query, Search, Target, ValueMatch};
use crate::words::fold;
use serde::Serialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

/// How many values of each field describe a name's company.
const COMPANY: usize = 60;

/// What a name keeps company with, by weight.
type Company = HashMap<String, f64>;
/// The company of names looked at before.
type Companies<'n> = HashMap<(NameKind, &'n str), Company>;

/// Two names that may be one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// What they are names of.
    pub kind: NameKind,
    /// The form to prefer: the fuller, else the one that more articles have.
    pub name: String,
    /// The other.
    pub form: String,
    /// Articles with the first.
    pub articles: u64,
    /// Articles with the other.
    pub form_articles: u64,
    /// Articles with both.
    pub both: u64,
    /// How alike the two are written, 0 to 1.
    pub spelling: f64,
    /// How alike the company is that they keep, 0 to 1.
    pub company: f64,
    /// Names that most often stand beside both.
    pub beside: Vec<String>,
    /// What makes them candidates.
    pub because: &'static str,
    /// Somebody looked at them and could not tell.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unsure: bool,
}

impl Suggestion {
    /// How likely the two are one: spelling and company together, less where articles tell the two apart.
    pub fn strength(&self) -> f64 {
        let apart = self.both as f64 / self.form_articles.max(1) as f64;
        self.spelling * (0.25 + self.company) * (1.0 - apart).max(0.05)
    }
}

/// What was compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Suggested {
    /// The pairs, likeliest first.
    pub pairs: Vec<Suggestion>,
    /// How many pairs were candidates by spelling.
    pub candidates: usize,
    /// How many of them were looked at.
    pub looked_at: usize,
}

impl Archive {
    /// Pairs of persons and of organizations that may be one, at most `limit` looked at: those with most articles first. `about` keeps
    /// only names that hold all its words. Pairs that were decided to be two are left out; those left open come last.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn suggest_names(&self, about: Option<&str>, limit: usize) -> Result<Suggested> {
        let fields: Vec<_> = requests(COMPANY).into_iter().map(|request| request.field).collect();
        let wholes = self.whole(Target::Articles, &fields)?;
        let rarity = |whole: &Arc<Whole>| {
            whole.counts.iter().map(|(value, n)| (value.clone(), (whole.total as f64 / *n as f64).ln())).collect::<Vec<_>>()
        };
        let rarity: HashMap<String, f64> = wholes.iter().flat_map(rarity).collect();
        let all = |kind: NameKind| {
            let of_kind = fields.iter().zip(&wholes).filter(|(field, _)| field.name == kind.field());
            let mut all: Vec<Named> = of_kind.flat_map(|(_, whole)| &whole.counts).map(|(value, n)| (value.clone(), *n)).collect();
            all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            all
        };
        let (persons, organizations) = (all(NameKind::Person), all(NameKind::Organization));
        let mut pairs = alike::persons(&persons);
        pairs.extend(alike::organizations(&organizations));
        let wanted: Vec<String> = about.map(|a| fold(a).split_whitespace().map(str::to_owned).collect()).unwrap_or_default();
        let is_wanted = |(name, _): &&Named| wanted.iter().all(|w| fold(name).contains(w.as_str()));
        let authority = self.authority()?;
        let verdict = |pair: &Pair<'_>| authority.verdict(pair.kind, &pair.names[0].0, &pair.names[1].0);
        pairs.retain(|pair| pair.names.iter().any(is_wanted) && verdict(pair) != Some(Verdict::Apart));
        // The rarer of the two is what would be gained.
        let gain = |pair: &Pair<'_>| (pair.names[0].1.min(pair.names[1].1), pair.names[0].1.max(pair.names[1].1));
        pairs.sort_by_key(|pair| std::cmp::Reverse(gain(pair)));
        let mut suggested = Suggested { candidates: pairs.len(), looked_at: pairs.len().min(limit), ..Suggested::default() };
        let mut companies = HashMap::new();
        for pair in pairs.iter().take(limit) {
            suggested.pairs.push(self.suggestion(pair, verdict(pair) == Some(Verdict::Unsure), &mut companies, &rarity)?);
        }
        suggested.pairs.sort_by(|x, y| {
            let by_strength = y.strength().total_cmp(&x.strength());
            x.unsure.cmp(&y.unsure).then(by_strength).then_with(|| x.form.cmp(&y.form))
        });
        Ok(suggested)
    }

    /// A pair with the evidence.
    fn suggestion<'n>(
        &self,
        pair: &Pair<'n>,
        unsure: bool,
        companies: &mut Companies<'n>,
        rarity: &HashMap<String, f64>,
    ) -> Result<Suggestion> {
        let [(name, articles), (form, form_articles)] = pair.names;
        for one in [name, form] {
            if let Entry::Vacant(slot) = companies.entry((pair.kind, one)) {
                slot.insert(self.company(pair.kind, one, rarity)?);
            }
        }
        let both = Query::And(vec![is(pair.kind, name), is(pair.kind, form)]);
        let both = self.search(&Search { limit: Some(0), ..Search::articles(both) })?.total;
        let (company, beside) = alike(&companies[&(pair.kind, name.as_str())], &companies[&(pair.kind, form.as_str())]);
        Ok(Suggestion {
            kind: pair.kind,
            name: name.clone(),
            form: form.clone(),
            articles: *articles,
            form_articles: *form_articles,
            both,
            spelling: pair.spelling,
            company,
            beside,
            because: pair.because,
            unsure,
        })
    }

    /// Who and what is named beside a name, with how often, the rare counting more.
    fn company(&self, kind: NameKind, name: &str, rarity: &HashMap<String, f64>) -> Result<Company> {
        let found = self.search(&Search { limit: Some(0), facets: requests(COMPANY), ..Search::articles(is(kind, name)) })?;
        let counts = found.facets.into_iter().flat_map(|f| f.counts).filter(|c| c.value != name);
        let weighed = |c: FacetCount| (rarity.get(&c.value).copied().unwrap_or_default() * c.count as f64, c.value);
        Ok(counts.map(weighed).map(|(weight, value)| (value, weight)).collect())
    }
}

/// Facets of what may be named beside somebody.
fn requests(limit: usize) -> Vec<FacetRequest> {
    let fields = ["person", "org", "place"].into_iter().filter_map(field::by_name);
    fields.map(|field| FacetRequest { field, limit: Some(limit), by: None }).collect()
}

fn is(kind: NameKind, name: &str) -> Query {
    match field::by_name(kind.field()) {
        Some(field) => Query::Is { field, value: ValueMatch::Whole(name.to_owned()) },
        None => Query::Nothing,
    }
}

/// Cosine of two companies, and what they share most.
fn alike(a: &Company, b: &Company) -> (f64, Vec<String>) {
    let norm = |of: &Company| of.values().map(|n| n * n).sum::<f64>().sqrt();
    let mut shared: Vec<(&String, f64)> = a.iter().filter_map(|(name, n)| b.get(name).map(|m| (name, n * m))).collect();
    let dot: f64 = shared.iter().map(|(_, n)| n).sum();
    shared.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.cmp(y.0)));
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let mut beside: Vec<String> = Vec::new();
    for name in shared.into_iter().map(|(name, _)| last(name)) {
        if beside.len() < 4 && !beside.contains(&name) {
            beside.push(name);
        }
    }
    (dot / (norm(a) * norm(b)).max(f64::MIN_POSITIVE), beside)
}

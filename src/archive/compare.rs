//! Two questions side by side: what each finds, and which names, places and words one has more of than the other.

use super::significance::{Contrast, Contrasts, by_value, contrasts};
use super::vocabulary::{Vocabulary, asked};
use super::{Answer, Archive};
use crate::error::Result;
use crate::field::{Field, by_name};
use crate::query::{Bucket, FacetRequest, Matcher, Query, Search, Sort, Target};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

/// Hits by value.
pub(super) type Counts = HashMap<String, u64>;

/// What one of the two questions finds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Side {
    /// In canonical spelling.
    pub query: String,
    /// Hits.
    pub total: u64,
    /// Articles among them: `total` itself where articles are compared.
    pub articles: u64,
    /// Day of the first and of the last hit that has a date.
    pub from: Option<String>,
    /// See `from`.
    pub to: Option<String>,
    /// Hits without a date.
    pub undated: u64,
    /// Some of the hits, newest first.
    #[serde(skip)]
    pub newest: Vec<Answer>,
}

/// Two questions side by side.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The two.
    pub sides: [Side; 2],
    /// Hits that both find; they count on both sides.
    pub both: u64,
    /// Field by field, then words of the text.
    pub contrasts: Vec<Contrasts>,
}

/// How two questions are compared.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// Articles or quotes.
    pub target: Target,
    /// Facets that are compared.
    pub fields: Vec<&'static Field>,
    /// Least number of hits a value must have on both sides together.
    pub least: u64,
    /// Whether the words of the texts are compared: every hit is read for that.
    pub words: bool,
    /// How many of the newest hits to give of each side.
    pub newest: usize,
}

/// The head of a table of what is compared.
pub const CONTRASTS: [&str; 7] = ["field", "value", "first", "second", "first_percent", "second_percent", "g2"];

/// The two sides as a whole: the first line of `morgue compare --json`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Compared {
    /// What the first question finds.
    pub first: Side,
    /// What the second finds.
    pub second: Side,
    /// Hits that both find.
    pub both: u64,
    /// By what values are ordered.
    pub statistic: &'static str,
}

/// One value on both sides: every further line of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ContrastRow {
    /// The field; `words` for words of the text.
    pub field: &'static str,
    /// The value: for places the whole path.
    pub value: String,
    /// Hits of the first side that have it.
    pub first: u64,
    /// Hits of the second side.
    pub second: u64,
    /// Their share of all hits of the first side, in percent to three places.
    pub first_percent: f64,
    /// Their share of the second.
    pub second_percent: f64,
    /// The log-likelihood ratio G² to two places; negative where the second side has relatively more.
    pub g2: f64,
}

impl Comparison {
    /// The two sides as a whole.
    pub fn head(&self) -> Compared {
        let [first, second] = self.sides.clone();
        Compared { first, second, both: self.both, statistic: "log-likelihood ratio (Dunning 1993)" }
    }

    /// For each field the values that say most, so many for each side.
    pub fn rows(&self, limit: Option<usize>) -> Vec<ContrastRow> {
        let percent = |n: u64, all: u64| if all == 0 { 0.0 } else { (100_000.0 * n as f64 / all as f64).round() / 1000.0 };
        let [a, b] = &self.sides;
        let row = |field: &'static str, r: &Contrast| ContrastRow {
            field,
            value: r.value.clone(),
            first: r.here,
            second: r.there,
            first_percent: percent(r.here, a.total),
            second_percent: percent(r.there, b.total),
            g2: (r.g2 * 100.0).round() / 100.0,
        };
        let each = self.contrasts.iter().map(|c| (c.field.map_or("words", |f| f.name), telling(&c.rows, limit)));
        each.flat_map(|(field, rows)| rows.into_iter().map(move |r| row(field, r))).collect()
    }
}

impl ContrastRow {
    /// As a row of the table.
    pub fn cells(&self) -> Vec<String> {
        let shares = [self.first_percent.to_string(), self.second_percent.to_string(), format!("{:.2}", self.g2)];
        let counts = [self.field.to_owned(), self.value.clone(), self.first.to_string(), self.second.to_string()];
        counts.into_iter().chain(shares).collect()
    }
}

impl Compared {
    /// As the first row of the table.
    pub fn cells(&self) -> Vec<String> {
        ["", "(all)", &self.first.total.to_string(), &self.second.total.to_string(), "100", "100", ""].map(str::to_owned).into()
    }
}

/// The values that say most: for each side so many.
pub fn telling(rows: &[Contrast], limit: Option<usize>) -> Vec<&Contrast> {
    let most = limit.unwrap_or(usize::MAX);
    let mut kept: Vec<&Contrast> = rows.iter().filter(|r| r.g2 > 0.0).take(most).collect();
    let mut there: Vec<&Contrast> = rows.iter().rev().filter(|r| r.g2 < 0.0).take(most).collect();
    there.reverse();
    kept.extend(there);
    kept
}

/// Fields compared when none is named.
const OF_ARTICLES: [&str; 7] = ["person", "org", "place", "speaker", "source", "section", "year"];
const OF_QUOTES: [&str; 7] = ["about", "place", "source", "cue", "qtype", "role", "year"];

impl Comparing {
    /// The fields that are compared when none is named.
    pub fn usual(target: Target) -> Vec<&'static Field> {
        let names = if target == Target::Quotes { OF_QUOTES } else { OF_ARTICLES };
        names.into_iter().filter_map(by_name).filter(|f| f.facet).collect()
    }
}

impl Archive {
    /// Compares what two questions find. A word counts once for each hit that has it or a form of it; words of the two
    /// questions themselves are left out.
    ///
    /// # Errors
    ///
    /// When a word of a query stands for too many words, or the index fails.
    pub fn compare(&self, queries: [&Query; 2], comparing: &Comparing) -> Result<Comparison> {
        let (here, here_counts) = self.side(queries[0], comparing)?;
        let (there, there_counts) = self.side(queries[1], comparing)?;
        let both = Query::And(queries.into_iter().cloned().collect());
        let both = self.search(&Search { target: comparing.target, limit: Some(0), ..Search::articles(both) })?.total;
        let pair = |a: &Counts, b: &Counts| contrasts(a, here.total, b, there.total, comparing.least);
        let each = comparing.fields.iter().zip(here_counts.iter().zip(&there_counts));
        let mut all: Vec<Contrasts> = each.map(|(field, (a, b))| Contrasts { field: Some(field), rows: pair(a, b) }).collect();
        if comparing.words {
            let mut words = Vocabulary::default();
            for (side, query) in queries.into_iter().enumerate() {
                self.read_words(query, comparing.target, side, &mut words)?;
            }
            let [a, b] = words.finish(&asked(queries));
            all.push(Contrasts { field: None, rows: pair(&a, &b) });
        }
        Ok(Comparison { sides: [here, there], both, contrasts: all })
    }

    fn side(&self, query: &Query, comparing: &Comparing) -> Result<(Side, Vec<Counts>)> {
        let facets = comparing.fields.iter().map(|field| FacetRequest { field, limit: None, by: None }).collect();
        let (target, timeline) = (comparing.target, Some(Bucket::Day));
        let found = self.search(&Search { target, limit: Some(0), facets, timeline, ..Search::articles(query.clone()) })?;
        let day = |at: Option<&(i64, u64)>| at.map(|(start, _)| Bucket::Day.label(*start));
        let side = Side {
            query: crate::query::print(query),
            total: found.total,
            articles: found.articles,
            from: day(found.timeline.first()),
            to: day(found.timeline.last()),
            undated: found.undated,
            newest: self.newest(query, comparing)?,
        };
        Ok((side, found.facets.into_iter().map(by_value).collect()))
    }

    fn newest(&self, query: &Query, comparing: &Comparing) -> Result<Vec<Answer>> {
        if comparing.newest == 0 {
            return Ok(Vec::new());
        }
        let (target, limit) = (comparing.target, Some(comparing.newest));
        let found = self.search(&Search { target, limit, sort: Sort::DateDown, ..Search::articles(query.clone()) })?;
        let matcher = Matcher::new(query, target);
        Ok(found.hits.iter().filter_map(|hit| Answer::of(hit, target, &matcher, false)).collect())
    }

    fn read_words(&self, query: &Query, target: Target, side: usize, words: &mut Vocabulary) -> Result<()> {
        let search = Search { target, limit: None, sort: Sort::Stored, mark: false, ..Search::articles(query.clone()) };
        self.stream(&search, &mut |hit| {
            if let Some(clipping) = &hit.clipping {
                words.add(clipping, hit.quote.and_then(|n| clipping.annotations.quotes.get(n)), side);
            }
            Ok(())
        })?;
        Ok(())
    }
}

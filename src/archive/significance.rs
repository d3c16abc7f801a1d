//! Which values are more frequent in one set of hits than in another, and how surely.
//!
//! The statistic is the log-likelihood ratio G² of Dunning (1993, "Accurate methods for the statistics of surprise and
//! coincidence") on the two-by-two table of hits with and without the value on each side. Above 10.83 a difference so great
//! comes by chance less than once in a thousand times, if hits were drawn independently of each other; news is not, so it
//! orders values rather than proving anything.

use super::Archive;
use crate::error::Result;
use crate::field::Field;
use crate::query::{FacetCounts, FacetRequest, Search};
use serde::Serialize;
use std::collections::HashMap;

/// A value and how often it stands on two sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contrast {
    /// The value: for places the whole path.
    pub value: String,
    /// Hits that have it on the first side.
    pub here: u64,
    /// Hits that have it on the second.
    pub there: u64,
    /// The log-likelihood ratio G²; negative where the second side has relatively more.
    pub g2: f64,
}

/// The values of one field on two sides.
#[derive(Clone, Debug)]
pub struct Contrasts {
    /// The field; `None` for words of the text.
    pub field: Option<&'static Field>,
    /// Greatest G² first, so what is more frequent on the first side stands above.
    pub rows: Vec<Contrast>,
}

/// The log-likelihood ratio of `here` of `n_here` against `there` of `n_there`; negative where the second has relatively more.
///
/// # Example
///
/// ```
/// use morgue::archive::log_likelihood;
/// assert_eq!(log_likelihood(5, 10, 50, 100), 0.0);
/// assert!((log_likelihood(10, 100, 10, 1000) - 22.91).abs() < 0.01);
/// assert!(log_likelihood(1, 100, 90, 100) < -10.83);
/// ```
pub fn log_likelihood(here: u64, n_here: u64, there: u64, n_there: u64) -> f64 {
    let (a, b) = (here as f64, there as f64);
    let (c, d) = (n_here.saturating_sub(here) as f64, n_there.saturating_sub(there) as f64);
    let n = a + b + c + d;
    let part = |observed: f64, row: f64, column: f64| if observed > 0.0 { observed * (observed * n / (row * column)).ln() } else { 0.0 };
    let g2 = 2.0 * (part(a, a + b, a + c) + part(b, a + b, b + d) + part(c, c + d, a + c) + part(d, c + d, b + d));
    // Equal shares give a few units in the last place, on either side of nothing.
    let g2 = if g2 < 1e-9 { 0.0 } else { g2 };
    if a * (b + d) < b * (a + c) { -g2 } else { g2 }
}

/// Every value that has at least `least` hits on both sides together, with its G².
pub(super) fn contrasts(here: &HashMap<String, u64>, n_here: u64, there: &HashMap<String, u64>, n_there: u64, least: u64) -> Vec<Contrast> {
    let only_there = there.keys().filter(|value| !here.contains_key(*value));
    let mut rows: Vec<Contrast> = here
        .keys()
        .chain(only_there)
        .map(|value| {
            let n = |side: &HashMap<String, u64>| side.get(value).copied().unwrap_or(0);
            let (a, b) = (n(here), n(there));
            Contrast { value: value.clone(), here: a, there: b, g2: log_likelihood(a, n_here, b, n_there) }
        })
        .filter(|row| row.here + row.there >= least)
        .collect();
    rows.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.value.cmp(&b.value)));
    rows
}

/// The counts of one facet by value.
pub(super) fn by_value(counts: FacetCounts) -> HashMap<String, u64> {
    counts.counts.into_iter().map(|c| (c.value, c.count)).collect()
}

impl Archive {
    /// The values of `fields` that are more frequent in what `search` finds than in the rest of the archive, with at least
    /// `least` hits. `there` counts the rest, hits left out. Also how many hits there are, and how many the archive has.
    ///
    /// # Errors
    ///
    /// When a word of the query stands for too many words, or the index fails.
    pub fn significant(&self, search: &Search, fields: &[&'static Field], least: u64) -> Result<(Vec<Contrasts>, u64, u64)> {
        let facets = fields.iter().map(|field| FacetRequest { field, limit: None, by: None }).collect();
        let hits = self.search(&Search { facets, limit: Some(0), timeline: None, ..search.clone() })?;
        let wholes = self.whole(search.target, fields)?;
        let (n_hits, n_all) = (hits.total, wholes.first().map_or(0, |whole| whole.total));
        let mut found = Vec::new();
        for (here, whole) in hits.facets.into_iter().zip(wholes) {
            let field = Some(here.field);
            let here = by_value(here);
            // What stands in the hits alone is asked of the rest: what they do not have is not more frequent in them.
            let there = |(value, n): (&String, &u64)| (value.clone(), whole.counts.get(value).copied().unwrap_or(0).saturating_sub(*n));
            let rest: HashMap<String, u64> = here.iter().map(there).collect();
            let mut rows = contrasts(&here, n_hits, &rest, n_all.saturating_sub(n_hits), least);
            rows.retain(|row| row.g2 > 0.0 && row.here >= least);
            found.push(Contrasts { field, rows });
        }
        Ok((found, n_hits, n_all))
    }
}

//! Values that differ in capitals alone, of fields whose values people write as they like: counted as one, under the spelling that most
//! articles of the archive have, whatever was asked for.

use super::Tantivy;
use super::census;
use super::count::Counter;
use super::schema::On;
use crate::error::Result;
use crate::field::Field;
use crate::query::{FacetRequest, Query, Search};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::Searcher;

/// The numbers of values that are counted under another number.
pub(super) type Spellings = FxHashMap<u64, u64>;

/// What was counted, with values that differ in capitals alone as one.
pub(super) fn as_one(engine: &Tantivy, searcher: &Searcher, counter: Counter) -> Result<Counter> {
    let request = &counter.request;
    let of = |field: Option<&'static Field>| field.filter(|field| field.ignores_case()).map(|field| spellings(engine, searcher, field));
    match (of(Some(request.field)).transpose()?, of(request.by).transpose()?) {
        (None, None) => Ok(counter),
        (values, seconds) => Ok(spelt(counter, &values.unwrap_or_default(), &seconds.unwrap_or_default())),
    }
}

/// The same with some values, and some of those they are paired with, counted under other numbers.
fn spelt(mut counter: Counter, values: &Spellings, seconds: &Spellings) -> Counter {
    for (from, to) in values {
        let n = counter.counts.get_mut(*from as usize).map_or(0, std::mem::take);
        let n = u64::from(n) + counter.table.remove(from).unwrap_or(0);
        if n > 0 {
            *counter.table.entry(*to).or_default() += n;
        }
    }
    let of = |spellings: &Spellings, number: u64| spellings.get(&number).copied().unwrap_or(number);
    let of_one_field = counter.request.is_of_one_field();
    for ((value, second), n) in std::mem::take(&mut counter.pairs) {
        let (value, second) = (of(values, value), of(seconds, second));
        // Of one field each pair counts once, and nothing beside itself.
        let pair = if of_one_field { (value.min(second), value.max(second)) } else { (value, second) };
        if !of_one_field || value != second {
            *counter.pairs.entry(pair).or_default() += n;
        }
    }
    counter
}

fn spellings(engine: &Tantivy, searcher: &Searcher, field: &'static Field) -> Result<Arc<Spellings>> {
    let request = FacetRequest { field, limit: None, by: None };
    let (known, whole) =
        engine.memory.of(searcher, |known| (known.spellings.get(field.name).cloned(), known.counter(On::Article, &request)));
    if let Some(known) = known {
        return Ok(known);
    }
    let totals = match whole {
        Some(whole) => whole.totals(),
        None => {
            let search = Search { facets: vec![request], ..Search::articles(Query::All) };
            let counted = census::count(engine, searcher, On::Article, &search)?.counters;
            counted.first().map(Counter::totals).unwrap_or_default()
        }
    };
    let values = engine.values();
    let mut alike: HashMap<String, Vec<(u64, String, u64)>> = HashMap::new();
    let counts = totals.counts.iter().zip(0u64..).map(|(n, number)| (u64::from(*n), number));
    for (n, number) in counts.chain(totals.table.iter().map(|(number, n)| (*n, *number))).filter(|(n, _)| *n > 0) {
        let value = values.get(number)?;
        alike.entry(field.key(&value).into_owned()).or_default().push((n, value, number));
    }
    let mut spellings = Spellings::default();
    for mut several in alike.into_values().filter(|several| several.len() > 1) {
        several.sort_by(|a, b| (Reverse(a.0), &a.1).cmp(&(Reverse(b.0), &b.1)));
        let first = several[0].2;
        spellings.extend(several[1..].iter().map(|(_, _, number)| (*number, first)));
    }
    let spellings = Arc::new(spellings);
    engine.memory.of(searcher, |known| known.spellings.insert(field.name, Arc::clone(&spellings)));
    Ok(spellings)
}

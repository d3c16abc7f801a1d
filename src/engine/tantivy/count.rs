//! Counting while searching: facets, pivots and timelines over the numbered columns, exact in one pass.

use super::schema::{Columns, On};
use super::tally::Hits;
use super::values::Values;
use crate::error::{Context, Error, Kind, Result};
use crate::field::Field;
use crate::query::{Bucket, FacetCount, FacetCounts, FacetRequest};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap};
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// Counts of one facet.
pub(super) struct Counter {
    request: FacetRequest,
    counts: Vec<u32>,
    /// By the number that stands for a stretch, where numbers or dates are counted.
    stretches: FxHashMap<u64, u64>,
    pairs: HashMap<(u64, u64), u64>,
    missing: u64,
}

/// The columns of one facet in one segment.
pub(super) struct CounterColumns {
    values: Numbers,
    by: Option<Numbers>,
}

/// A column, and whether it stands on the article of a quote rather than on the quote.
struct Numbers {
    column: Counted,
    of_article: bool,
}

/// What is counted.
enum Counted {
    /// Numbers that stand for values.
    Values(Column<u64>),
    /// Numbers and dates themselves, by stretches.
    Figures(Column<i64>, &'static Field),
}

/// What tells the number of a stretch from that of a value.
const STRETCH: u64 = 1 << 63;

/// The number that stands for the stretch of a figure.
fn stretch(field: &Field, figure: i64) -> u64 {
    STRETCH | (field.stretch(figure) as u64 & !STRETCH)
}

/// Counts hits by stretches, and returns how many have a figure at all. What came in together lies together, so that hit after
/// hit is of the same day: those are added in one go.
fn count_stretches(counts: &mut FxHashMap<u64, u64>, of: (&Column<i64>, &Field), hits: &Hits<'_>, of_article: bool) -> u64 {
    let (mut run, mut n) = (None, 0);
    let with = hits.values(of.0, of_article, |figure, times| {
        let here = Some(stretch(of.1, figure));
        if here != run {
            if let Some(before) = run {
                *counts.entry(before).or_default() += n;
            }
            (run, n) = (here, 0);
        }
        n += u64::from(times);
    });
    if let Some(last) = run {
        *counts.entry(last).or_default() += n;
    }
    with
}

/// The value a number stands for.
fn name(values: &Values<'_>, field: &Field, number: u64) -> Result<String> {
    // No stretch begins below zero, or its sign would be lost.
    if number & STRETCH == 0 { values.get(number) } else { Ok(field.stretch_name((number & !STRETCH) as i64)) }
}

impl Numbers {
    fn open(columns: &Columns, reader: &SegmentReader, field: &'static Field, on: On) -> Result<Numbers> {
        let (columned, of_article) = match (columns.of(field, on), on) {
            (Some(columned), _) => (columned, false),
            (None, On::Quote) => (columns.of(field, On::Article).unwrap_or_default(), true),
            (None, On::Article) => Default::default(),
        };
        let counted = columned.values.or(columned.number.filter(|_| field.facet));
        let counted = counted.ok_or_else(|| Error::new(Kind::Usage, format!("`{}` cannot be counted", field.name)))?;
        let name = columns.schema.get_field_name(counted);
        let failed = || format!("cannot read column `{name}`");
        let column = match columned.values {
            Some(_) => Counted::Values(reader.fast_fields().u64(name).context(Kind::Engine, failed)?),
            None => Counted::Figures(reader.fast_fields().i64(name).context(Kind::Engine, failed)?, field),
        };
        Ok(Numbers { column, of_article })
    }

    fn of(&self, doc: DocId, article: DocId) -> Vec<u64> {
        let doc = if self.of_article { article } else { doc };
        match &self.column {
            Counted::Values(column) => column.values_for_doc(doc).collect(),
            Counted::Figures(column, field) => column.values_for_doc(doc).map(|figure| stretch(field, figure)).collect(),
        }
    }
}

impl Counter {
    pub fn new(request: &FacetRequest) -> Counter {
        Counter { request: request.clone(), counts: Vec::new(), stretches: FxHashMap::default(), pairs: HashMap::new(), missing: 0 }
    }

    pub fn open(&self, columns: &Columns, reader: &SegmentReader, on: On) -> Result<CounterColumns> {
        let values = Numbers::open(columns, reader, self.request.field, on)?;
        let by = self.request.by.map(|by| Numbers::open(columns, reader, by, on)).transpose()?;
        Ok(CounterColumns { values, by })
    }

    /// Counts the hits of a segment.
    pub fn count(&mut self, columns: &CounterColumns, hits: &Hits<'_>) {
        let Some(by) = &columns.by else {
            let of_article = columns.values.of_article;
            let column = match &columns.values.column {
                Counted::Values(column) => column,
                Counted::Figures(column, field) => {
                    self.missing += hits.docs.len() as u64 - count_stretches(&mut self.stretches, (column, field), hits, of_article);
                    return;
                }
            };
            let highest = if column.values.num_vals() == 0 { 0 } else { column.max_value() as usize + 1 };
            if self.counts.len() < highest {
                self.counts.resize(highest, 0);
            }
            let counts = &mut self.counts;
            let with = hits.values(column, of_article, |value, times| counts[value as usize] += times);
            self.missing += hits.docs.len() as u64 - with;
            return;
        };
        let mut articles = hits.articles.iter().flat_map(|(article, times)| std::iter::repeat_n(*article, *times as usize));
        for doc in hits.docs {
            let article = articles.next().unwrap_or(*doc);
            let mut any = false;
            for value in columns.values.of(*doc, article) {
                any = true;
                for second in by.of(*doc, article) {
                    *self.pairs.entry((value, second)).or_default() += 1;
                }
            }
            self.missing += u64::from(!any);
        }
    }

    /// Adds the counts of other stretches.
    pub fn absorb(&mut self, other: Counter) {
        let (mut counts, less) = if self.counts.len() < other.counts.len() {
            (other.counts, &self.counts)
        } else {
            (std::mem::take(&mut self.counts), &other.counts)
        };
        counts.iter_mut().zip(less).for_each(|(n, more)| *n += more);
        self.counts = counts;
        for (stretch, n) in other.stretches {
            *self.stretches.entry(stretch).or_default() += n;
        }
        for (pair, n) in other.pairs {
            *self.pairs.entry(pair).or_default() += n;
        }
        self.missing += other.missing;
    }

    /// The counts: greatest first, equal ones by name.
    pub fn finish(self, values: &Values<'_>) -> Result<FacetCounts> {
        let (field, by, limit) = (self.request.field, self.request.by, self.request.limit);
        let mut counts = Vec::new();
        let distinct;
        if by.is_some() {
            let mut names: [HashMap<u64, String>; 2] = [HashMap::new(), HashMap::new()];
            distinct = self.pairs.len() as u64;
            for ((value, second), count) in self.pairs {
                for (names, (number, field)) in names.iter_mut().zip([(value, field), (second, by.unwrap_or(field))]) {
                    if let std::collections::hash_map::Entry::Vacant(entry) = names.entry(number) {
                        entry.insert(name(values, field, number)?);
                    }
                }
                counts.push(FacetCount { value: names[0][&value].clone(), by: Some(names[1][&second].clone()), count });
            }
        } else if field.is_figure() {
            distinct = self.stretches.len() as u64;
            for (number, count) in self.stretches {
                counts.push(FacetCount { value: name(values, field, number)?, by: None, count });
            }
        } else {
            let mut ranked: Vec<(u32, u64)> =
                self.counts.iter().enumerate().filter(|(_, n)| **n > 0).map(|(i, n)| (*n, i as u64)).collect();
            distinct = ranked.len() as u64;
            if let Some(limit) = limit.filter(|l| *l < ranked.len()) {
                // Equal counts at the cut are told apart by name, so all of them stay until then.
                let least = limit.checked_sub(1).map_or(u32::MAX, |at| ranked.select_nth_unstable_by(at, |a, b| b.cmp(a)).1.0);
                ranked.retain(|(n, _)| *n >= least);
            }
            for (count, number) in ranked {
                counts.push(FacetCount { value: values.get(number)?, by: None, count: u64::from(count) });
            }
        }
        counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)).then_with(|| a.by.cmp(&b.by)));
        counts.truncate(limit.unwrap_or(usize::MAX));
        Ok(FacetCounts { field, by, counts, distinct, missing: self.missing })
    }
}

/// Hits over time.
pub(super) struct Timeline {
    bucket: Option<Bucket>,
    days: BTreeMap<i64, u64>,
    /// Hits without a date.
    pub undated: u64,
}

/// Days a table of counts is kept for: a thousand years and more. An archive that spans more is counted in a tree.
const DAYS: i64 = 400_000;

impl Timeline {
    pub fn new(bucket: Option<Bucket>) -> Timeline {
        Timeline { bucket, days: BTreeMap::new(), undated: 0 }
    }

    /// Counts the hits of a segment by the dates in `column`.
    pub fn count(&mut self, column: &Column<i64>, hits: &Hits<'_>) {
        let day = |seconds: i64| seconds.div_euclid(86_400);
        let (first, last) = if column.values.num_vals() == 0 { (0, 0) } else { (day(column.min_value()), day(column.max_value())) };
        let with = if self.bucket.is_none() {
            hits.values(column, true, |_, _| {})
        } else if last - first < DAYS {
            let mut counts = vec![0u64; (last - first) as usize + 1];
            let with = hits.values(column, true, |seconds, times| counts[(day(seconds) - first) as usize] += u64::from(times));
            for (at, n) in counts.into_iter().enumerate().filter(|(_, n)| *n > 0) {
                *self.days.entry(first + at as i64).or_default() += n;
            }
            with
        } else {
            let days = &mut self.days;
            hits.values(column, true, |seconds, times| *days.entry(day(seconds)).or_default() += u64::from(times))
        };
        self.undated += hits.docs.len() as u64 - with;
    }

    /// Adds the counts of other stretches.
    pub fn absorb(&mut self, other: Timeline) {
        for (day, n) in other.days {
            *self.days.entry(day).or_default() += n;
        }
        self.undated += other.undated;
    }

    /// `(first second, count)` of each stretch that has hits.
    pub fn finish(self) -> Vec<(i64, u64)> {
        let Some(bucket) = self.bucket else { return Vec::new() };
        let mut starts: BTreeMap<i64, u64> = BTreeMap::new();
        for (day, count) in self.days {
            if let Some(start) = bucket.start(day * 86_400) {
                *starts.entry(start).or_default() += count;
            }
        }
        starts.into_iter().collect()
    }
}

//! Counting while searching: facets, pivots and timelines over the numbered columns, exact in one pass.

use super::Tantivy;
use super::census::Totals;
use super::drawers::Lines;
use super::marked::Marked;
use super::nested::Nested;
use super::schema::{Columned, On};
use super::tally::Hits;
use super::timeline::Timeline;
use super::values::Values;
use crate::error::{Context, Error, Kind, Result};
use crate::field::{self, Field, FieldKind, Read};
use crate::query::{FacetCount, FacetCounts, FacetRequest, Search};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// Facets and timeline of some hits.
pub(super) struct Counts {
    pub counters: Vec<Counter>,
    pub timeline: Timeline,
    /// Articles that were hit, or that hit quotes stand in.
    pub articles: u64,
    /// Whether columns are written out.
    are_dense: bool,
}

/// The columns of facets and timeline in one segment.
pub(super) struct CountsColumns {
    counters: Vec<CounterColumns>,
    dates: Dates,
}

/// The dates of the articles of a segment; and their days, where they are read from end to end or known.
type Dates = (Column<i64>, Option<Arc<[i32]>>);

impl Counts {
    /// Counts of nothing yet, of about `n` hits; `are_dense` when columns are to be written out for them.
    pub fn new(search: &Search, n: u64, are_dense: bool) -> Counts {
        let counters = search.facets.iter().map(|request| Counter::new(request, n < FEW)).collect();
        Counts { counters, timeline: Timeline::new(search.timeline), articles: 0, are_dense }
    }

    /// The columns that are read.
    pub fn open(&self, engine: &Tantivy, reader: &SegmentReader, on: On) -> Result<CountsColumns> {
        let counters: Result<Vec<_>> = self.counters.iter().map(|c| c.open(engine, reader, on, self.are_dense)).collect();
        Ok(CountsColumns { counters: counters?, dates: self.dates(engine, reader)? })
    }

    fn dates(&self, engine: &Tantivy, reader: &SegmentReader) -> Result<Dates> {
        let date = field::by_name("date").and_then(|f| engine.columns.of(f, On::Article)).and_then(|c| c.number);
        let name = date.map_or("", |c| engine.columns.schema.get_field_name(c));
        let failed = || "cannot read the dates of the index".to_owned();
        let date = engine.drawers.integers(reader, name).context(Kind::Engine, failed)?;
        let days = if self.are_dense && self.timeline.has_days() {
            let articles = engine.drawers.articles(reader, engine.columns.kind).context(Kind::Engine, failed)?;
            Some(engine.drawers.days(reader, name, &articles).context(Kind::Engine, failed)?)
        } else {
            engine.drawers.known_days(reader, name)
        };
        Ok((date, days))
    }

    /// In how many pieces the columns of a segment can be opened.
    pub fn pieces(&self) -> usize {
        if self.are_dense { self.counters.len() + 1 } else { 0 }
    }

    /// Opens one piece, for [`Counts::open`] to find.
    pub fn prepare(&self, engine: &Tantivy, reader: &SegmentReader, on: On, piece: usize) -> Result<()> {
        match self.counters.get(piece) {
            Some(counter) => counter.open(engine, reader, on, self.are_dense).map(drop),
            None => self.dates(engine, reader).map(drop),
        }
    }

    /// Counts the hits of a stretch, but for what `known` says is known already: the facets, and then the timeline.
    pub fn count(&mut self, columns: &CountsColumns, marked: &Marked, known: &[bool]) {
        let mut hits = Hits::of(marked);
        while hits.turn() {
            self.count_piece(columns, &hits, known);
        }
    }

    fn count_piece(&mut self, columns: &CountsColumns, hits: &Hits<'_>, known: &[bool]) {
        self.articles += hits.n_articles();
        let mut known = known.iter().copied();
        for (counter, columns) in self.counters.iter_mut().zip(&columns.counters) {
            if known.next() != Some(true) {
                counter.count(columns, hits);
            }
        }
        if known.next() != Some(true) {
            let (date, days) = &columns.dates;
            self.timeline.count(date, days.as_deref(), hits);
        }
    }

    /// Adds what was counted elsewhere.
    pub fn absorb(&mut self, other: Counts) {
        self.articles += other.articles;
        self.counters.iter_mut().zip(other.counters).for_each(|(counter, other)| counter.absorb(other));
        self.timeline.absorb(&other.timeline);
    }
}

/// Up to so many hits, values are counted in a table of those that occur, not in one of all there are.
const FEW: u64 = 8_000;

/// Counts of one facet.
#[derive(Clone)]
pub(super) struct Counter {
    pub request: FacetRequest,
    few: bool,
    /// By the number of the value.
    pub counts: Vec<u32>,
    /// By the number of the value too, when they are few; by the number that stands for a stretch, where numbers or dates are counted.
    pub table: FxHashMap<u64, u64>,
    pub pairs: HashMap<(u64, u64), u64>,
    /// Pairs of which one lies in the other: a country stands beside each of its towns, and says nothing.
    nested: FxHashSet<(u64, u64)>,
    missing: u64,
}

/// The columns of one facet in one segment.
pub(super) struct CounterColumns {
    values: Numbers,
    by: Option<Numbers>,
    /// Both are of quotes, and articles are counted: those with one quote that has both.
    in_one_quote: bool,
    /// Where places are counted beside places: what tells of two whether one lies in the other.
    nested: Option<Nested>,
}

/// A column, and whether it stands on the article of a quote rather than on the quote.
struct Numbers {
    column: Counted,
    lines: Option<Arc<Lines>>,
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
fn count_stretches(counts: &mut FxHashMap<u64, u64>, (column, field): (&Column<i64>, &Field), hits: &Hits<'_>, of_article: bool) -> u64 {
    let (mut run, mut n) = (None, 0);
    let with = hits.values(column, of_article, |figure, times| {
        let here = Some(stretch(field, figure));
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

/// The columns of a field that can be counted, and whether they stand on the articles of quotes.
fn counted(engine: &Tantivy, field: &Field, on: On) -> Option<(Columned, bool)> {
    let (columned, of_article) = match (engine.columns.of(field, on), on) {
        (Some(columned), _) => (columned, false),
        (None, On::Quote) => (engine.columns.of(field, On::Article)?, true),
        (None, On::Article) => return None,
    };
    (columned.values.is_some() || columned.number.is_some() && field.facet).then_some((columned, of_article))
}

impl Numbers {
    fn open(engine: &Tantivy, reader: &SegmentReader, field: &'static Field, on: On, are_dense: bool) -> Result<Numbers> {
        let counted = counted(engine, field, on);
        let (columned, of_article) = counted.ok_or_else(|| Error::new(Kind::Usage, format!("`{}` cannot be counted", field.name)))?;
        let name = columned.values.or(columned.number).map_or("", |column| engine.columns.schema.get_field_name(column));
        let failed = || format!("cannot read column `{name}`");
        let column = match columned.values {
            Some(_) => Counted::Values(engine.drawers.naturals(reader, name).context(Kind::Engine, failed)?),
            None => Counted::Figures(engine.drawers.integers(reader, name).context(Kind::Engine, failed)?, field),
        };
        let stands_on = if of_article { On::Article } else { on };
        let lines = match &column {
            Counted::Values(_) if are_dense => {
                let articles = engine.drawers.articles(reader, engine.columns.kind).context(Kind::Engine, failed)?;
                Some(engine.drawers.lines(reader, name, &articles, stands_on).context(Kind::Engine, failed)?)
            }
            Counted::Values(_) => engine.drawers.known_lines(reader, name),
            Counted::Figures(..) => None,
        };
        Ok(Numbers { column, lines, of_article })
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
    fn new(request: &FacetRequest, few: bool) -> Counter {
        let table = FxHashMap::default();
        let (pairs, nested) = (HashMap::new(), FxHashSet::default());
        Counter { request: request.clone(), few, counts: Vec::new(), table, pairs, nested, missing: 0 }
    }

    /// What was counted of a facet without pairs before.
    pub fn known(request: FacetRequest, Totals { counts, table, missing }: Totals) -> Counter {
        Counter { counts, table: table.into_iter().collect(), missing, ..Counter::new(&request, false) }
    }

    /// What was counted, without pairs.
    pub fn totals(&self) -> Totals {
        let mut table: Vec<_> = self.table.iter().map(|(number, n)| (*number, *n)).collect();
        table.sort_unstable();
        Totals { counts: self.counts.clone(), table, missing: self.missing }
    }

    /// Whether a field can be counted.
    pub fn is_of(engine: &Tantivy, field: &'static Field, on: On) -> bool {
        counted(engine, field, on).is_some()
    }

    fn open(&self, engine: &Tantivy, reader: &SegmentReader, on: On, are_dense: bool) -> Result<CounterColumns> {
        // Pairs are counted document by document.
        let are_dense = are_dense && self.request.by.is_none();
        let is_of_quotes = |field: &Field| matches!(field.read, Read::Quote(_));
        let are_of_quotes = is_of_quotes(self.request.field) && self.request.by.is_some_and(is_of_quotes);
        let in_one_quote = on == On::Article && are_of_quotes && !self.request.is_of_one_field();
        let on = if in_one_quote { On::Quote } else { on };
        let values = Numbers::open(engine, reader, self.request.field, on, are_dense)?;
        let by = self.request.by.map(|by| Numbers::open(engine, reader, by, on, false)).transpose()?;
        let nested = (self.request.is_of_one_field() && self.request.field.kind == FieldKind::Path).then(|| Nested::of(engine));
        Ok(CounterColumns { values, by, in_one_quote, nested })
    }

    fn count(&mut self, columns: &CounterColumns, hits: &Hits<'_>) {
        let Some(by) = &columns.by else {
            let of_article = columns.values.of_article;
            let lines = columns.values.lines.as_deref();
            let column = match &columns.values.column {
                Counted::Values(column) => column,
                Counted::Figures(column, field) => {
                    self.missing += hits.n - count_stretches(&mut self.table, (column, field), hits, of_article);
                    return;
                }
            };
            let (table, counts) = (&mut self.table, &mut self.counts);
            if !self.few {
                let highest = if column.values.num_vals() == 0 { 0 } else { column.max_value() as usize + 1 };
                counts.resize(counts.len().max(highest), 0);
            }
            let with = match (lines, self.few) {
                (Some(lines), true) => {
                    hits.lines(lines, of_article, |value, times| *table.entry(u64::from(value)).or_default() += u64::from(times))
                }
                (Some(lines), false) => hits.all_lines(lines, of_article, |value, times| counts[value as usize] += times),
                (None, true) => hits.values(column, of_article, |value, times| *table.entry(value).or_default() += u64::from(times)),
                (None, false) => hits.all_values(column, of_article, |value, times| counts[value as usize] += times),
            };
            self.missing += hits.n - with;
            return;
        };
        let of_one_field = self.request.is_of_one_field();
        let mut pairs = Vec::new();
        for (doc, article) in hits.each() {
            pairs.clear();
            let docs = if columns.in_one_quote { hits.quotes_of(article) } else { doc..doc + 1 };
            for doc in docs {
                let seconds = by.of(doc, article);
                pairs.extend(
                    columns.values.of(doc, article).into_iter().flat_map(|value| seconds.iter().map(move |second| (value, *second))),
                );
            }
            if of_one_field {
                pairs.retain(|(value, second)| value < second);
            }
            if let Some(nested) = &columns.nested {
                pairs.retain(|pair| self.pairs.contains_key(pair) || !nested.is(*pair, &mut self.nested));
            }
            if columns.in_one_quote || of_one_field {
                pairs.sort_unstable();
                pairs.dedup();
            }
            self.missing += u64::from(pairs.is_empty());
            pairs.iter().for_each(|pair| *self.pairs.entry(*pair).or_default() += 1);
        }
    }

    /// Adds the counts of other hits.
    pub fn absorb(&mut self, other: Counter) {
        let (mut counts, less) = if self.counts.len() < other.counts.len() {
            (other.counts, &self.counts)
        } else {
            (std::mem::take(&mut self.counts), &other.counts)
        };
        counts.iter_mut().zip(less).for_each(|(n, more)| *n += more);
        self.counts = counts;
        for (stretch, n) in other.table {
            *self.table.entry(stretch).or_default() += n;
        }
        for (pair, n) in other.pairs {
            *self.pairs.entry(pair).or_default() += n;
        }
        self.missing += other.missing;
    }

    /// What is left without some of these hits, as an answer to `request`.
    pub fn less(&self, some: &Counter, request: FacetRequest) -> Counter {
        let mut left = Counter { request, missing: self.missing - some.missing, ..self.clone() };
        left.counts.iter_mut().zip(&some.counts).for_each(|(n, less)| *n -= less);
        for (number, less) in &some.table {
            if let Some(n) = left.counts.get_mut(*number as usize) {
                *n -= *less as u32;
            } else if let Some(n) = left.table.get_mut(number) {
                *n -= less;
            }
        }
        left.table.retain(|_, n| *n > 0);
        left
    }

    /// The counts: greatest first, equal ones by name.
    pub fn finish(mut self, values: &Values<'_>) -> Result<FacetCounts> {
        let (field, by, limit) = (self.request.field, self.request.by, self.request.limit);
        let of_one_field = self.request.is_of_one_field();
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
                let (value, second) = (names[0][&value].clone(), names[1][&second].clone());
                let (value, second) = if of_one_field && second < value { (second, value) } else { (value, second) };
                counts.push(FacetCount { value, by: Some(second), count });
            }
        } else if field.is_figure() {
            distinct = self.table.len() as u64;
            for (number, count) in self.table {
                counts.push(FacetCount { value: name(values, field, number)?, by: None, count });
            }
        } else {
            for (number, n) in &mut self.table {
                if let Some(counted) = self.counts.get_mut(*number as usize) {
                    *counted += std::mem::take(n) as u32;
                }
            }
            let many = self.counts.iter().zip(0u64..).map(|(n, number)| (*n, number));
            let few = self.table.iter().map(|(number, n)| (*n as u32, *number));
            let mut ranked: Vec<(u32, u64)> = many.chain(few).filter(|(n, _)| *n > 0).collect();
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

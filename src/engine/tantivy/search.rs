//! One pass over the matches: the best hits, their number, facets and timeline together; then the hits one by one.

use super::Tantivy;
use super::count::{Counter, CounterColumns, Timeline};
use super::feedback;
use super::lower::Lowering;
use super::schema::On;
use crate::article::Clipping;
use crate::error::{Context, Error, Kind, Result};
use crate::field;
use crate::query::{Hit, Results, Search, Sort, Target};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::columnar::Column;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

/// Order of a hit: the key it is sorted by, then a number of its own so that equal keys always come in the same order.
type Rank = (u64, u64);

/// A hit while searching: better ones are greater.
type Found = (Rank, Reverse<(u32, DocId)>);

pub(super) fn stream(engine: &Tantivy, searcher: &Searcher, search: &Search, take: &mut dyn FnMut(Hit) -> Result<()>) -> Result<Results> {
    let on = if search.target == Target::Articles { On::Article } else { On::Quote };
    let languages = ["en"];
    let lowering = Lowering { searcher, columns: &engine.columns, languages: &languages, any: search.any };
    let query = feedback::widened(engine, searcher, &lowering, search, lowering.whole(&search.query, on)?)?;
    let pass = Pass::over(engine, searcher, query.as_ref(), search, on)?;
    let mut found = pass.best.into_sorted_vec();
    found.drain(..search.offset.min(found.len()));
    let facets: Result<Vec<_>> = pass.counters.into_iter().map(|c| c.finish(&engine.values()?)).collect();
    let undated = pass.timeline.undated;
    let facets = facets?;
    for (n, Reverse(found)) in found.iter().enumerate() {
        if n % 16 == 15 {
            in_time(search)?;
        }
        take(hit(engine, searcher, search, on, found)?)?;
    }
    Ok(Results { hits: Vec::new(), total: pass.total, articles: pass.articles, undated, facets, timeline: pass.timeline.finish() })
}

/// An error when the time a search may take is up.
fn in_time(search: &Search) -> Result<()> {
    match search.deadline {
        Some(deadline) if std::time::Instant::now() > deadline => {
            Err(Error::new(Kind::Limit, "the search took longer than it may")
                .with_hint("ask for less, or give it more time with `--timeout`"))
        }
        _ => Ok(()),
    }
}

/// The `n` best articles that `query` finds, with their scores.
pub(super) fn best(engine: &Tantivy, searcher: &Searcher, query: &dyn Query, n: usize) -> Result<Vec<(f32, DocAddress)>> {
    let search = Search { limit: Some(n), ..Search::articles(crate::query::Query::All) };
    let found = Pass::over(engine, searcher, query, &search, On::Article)?.best.into_sorted_vec();
    Ok(found
        .into_iter()
        .map(|Reverse(((key, _), Reverse((segment, doc))))| (f32::from_bits(key as u32), DocAddress::new(segment, doc)))
        .collect())
}

/// Everything gathered while going over the matches.
struct Pass {
    on: On,
    /// The best so far, the worst of them on top.
    best: BinaryHeap<Reverse<Found>>,
    keep: usize,
    total: u64,
    articles: u64,
    counters: Vec<Counter>,
    timeline: Timeline,
    recency: Option<Recency>,
}

/// How much newer articles count more: half as much again for the newest of the archive, and the extra halves with every
/// `half_life` of age. Measured from the newest article, so that an archive that ends years ago is ordered as well, and
/// the same question has the same answer tomorrow.
#[derive(Clone, Copy)]
struct Recency {
    newest: i64,
    half_life: f32,
}

impl Recency {
    fn of(engine: &Tantivy, searcher: &Searcher, days: u32) -> Result<Recency> {
        let failed = || "cannot read a column of the index".to_owned();
        let column = field::by_name("date").and_then(|f| engine.columns.of(f, On::Article)).and_then(|c| c.number);
        let name = column.map_or("", |c| engine.columns.schema.get_field_name(c));
        let mut newest = i64::MIN;
        for reader in searcher.segment_readers() {
            newest = newest.max(reader.fast_fields().i64(name).context(Kind::Engine, failed)?.max_value());
        }
        Ok(Recency { newest, half_life: days.max(1) as f32 * 86_400.0 })
    }

    fn factor(self, date: Option<i64>) -> f32 {
        let Some(date) = date else { return 1.0 };
        let age = self.newest.saturating_sub(date).max(0) as f32;
        1.0 + 0.5 * (-age / self.half_life).exp2()
    }
}

/// The columns the pass reads in one segment.
struct PassColumns {
    up: Option<Column<u64>>,
    tie: Column<u64>,
    date: Column<i64>,
    key: Key,
    counted: Vec<CounterColumns>,
    last_article: std::cell::Cell<Option<DocId>>,
}

/// What hits are sorted by.
enum Key {
    Score,
    Date { newest_first: bool },
    Number(Column<i64>),
}

impl Pass {
    /// Goes over everything that `query` finds.
    fn over(engine: &Tantivy, searcher: &Searcher, query: &dyn Query, search: &Search, on: On) -> Result<Pass> {
        let statistics = Statistics { searcher, kind: Term::from_field_u64(engine.columns.kind, on.code()) };
        let scored = search.sort == Sort::Relevance;
        let scoring = if scored {
            EnableScoring::enabled_from_statistics_provider(&statistics, searcher)
        } else {
            EnableScoring::disabled_from_searcher(searcher)
        };
        let failed = || "the search failed in the index".to_owned();
        let weight = query.weight(scoring).context(Kind::Engine, failed)?;
        let mut pass = Pass {
            on,
            best: BinaryHeap::new(),
            keep: search.limit.map_or(usize::MAX, |limit| limit.saturating_add(search.offset)),
            total: 0,
            articles: 0,
            counters: search.facets.iter().map(Counter::new).collect(),
            timeline: Timeline::new(search.timeline),
            recency: search.recent.map(|days| Recency::of(engine, searcher, days)).transpose()?,
        };
        for (number, reader) in searcher.segment_readers().iter().enumerate() {
            let mut scorer = weight.scorer(reader, 1.0).context(Kind::Engine, failed)?;
            let columns = pass.open(engine, reader, search.sort)?;
            let mut doc = scorer.doc();
            let mut n_seen = 0u32;
            while doc != TERMINATED {
                n_seen += 1;
                if n_seen.is_multiple_of(1024) {
                    in_time(search)?;
                }
                if !reader.is_deleted(doc) {
                    let score = if scored { scorer.score() } else { 0.0 };
                    pass.take(&columns, number as u32, doc, score);
                }
                doc = scorer.advance();
            }
        }
        Ok(pass)
    }

    fn open(&self, engine: &Tantivy, reader: &SegmentReader, sort: Sort) -> Result<PassColumns> {
        let failed = || "cannot read a column of the index".to_owned();
        let fast = reader.fast_fields();
        let number = |name: &str| {
            let column = field::by_name(name).and_then(|f| engine.columns.of(f, On::Article)).and_then(|c| c.number);
            fast.i64(column.map_or("", |c| engine.columns.schema.get_field_name(c))).context(Kind::Engine, failed)
        };
        let key = match sort {
            Sort::Relevance => Key::Score,
            Sort::DateUp => Key::Date { newest_first: false },
            Sort::DateDown => Key::Date { newest_first: true },
            Sort::Added => Key::Number(number("added")?),
            Sort::Length => Key::Number(number("words")?),
        };
        let counted: Result<Vec<_>> = self.counters.iter().map(|c| c.open(&engine.columns, reader, self.on)).collect();
        Ok(PassColumns {
            up: (self.on == On::Quote).then(|| fast.u64("_up")).transpose().context(Kind::Engine, failed)?,
            tie: fast.u64("_tie").context(Kind::Engine, failed)?,
            date: number("date")?,
            key,
            counted: counted?,
            last_article: std::cell::Cell::new(None),
        })
    }

    fn take(&mut self, columns: &PassColumns, segment: u32, doc: DocId, score: f32) {
        let article = columns.up.as_ref().map_or(doc, |up| doc + up.first(doc).unwrap_or(0) as DocId);
        self.total += 1;
        if columns.last_article.replace(Some(article)) != Some(article) {
            self.articles += 1;
        }
        let date = columns.date.first(article);
        self.timeline.count(date);
        for (counter, counted) in self.counters.iter_mut().zip(&columns.counted) {
            counter.count(counted, doc, article);
        }
        if self.keep == 0 {
            return;
        }
        let key = match &columns.key {
            Key::Score => u64::from((score.max(0.0) * self.recency.map_or(1.0, |r| r.factor(date))).to_bits()),
            Key::Date { newest_first: true } => date.map_or(0, shifted),
            Key::Date { newest_first: false } => date.map_or(0, |d| u64::MAX - shifted(d)),
            Key::Number(column) => column.first(article).map_or(0, shifted),
        };
        if self.best.len() >= self.keep && self.best.peek().is_some_and(|Reverse(worst)| key < worst.0.0) {
            return;
        }
        let tie = columns.tie.first(doc).unwrap_or(0);
        self.best.push(Reverse(((key, tie), Reverse((segment, doc)))));
        if self.best.len() > self.keep {
            self.best.pop();
        }
    }
}

/// A number as one that sorts the same without a sign, above 0.
fn shifted(number: i64) -> u64 {
    (number as u64 ^ (1 << 63)).max(1)
}

fn hit(engine: &Tantivy, searcher: &Searcher, search: &Search, on: On, found: &Found) -> Result<Hit> {
    let ((key, _), Reverse((segment, doc))) = *found;
    let reader = searcher.segment_reader(segment);
    let failed = || "cannot read a hit from the index".to_owned();
    let number = |name: &str, doc: DocId| reader.fast_fields().u64(name).map(|c| c.first(doc)).context(Kind::Engine, failed);
    let (article, quote) = match on {
        On::Article => (doc, None),
        On::Quote => (doc + number("_up", doc)?.unwrap_or(0) as DocId, number("_quote", doc)?.map(|n| n as usize)),
    };
    let clipping = load(engine, searcher, DocAddress::new(segment, article))?;
    let score = if search.sort == Sort::Relevance { f32::from_bits(key as u32) } else { 0.0 };
    Ok(Hit { id: clipping.article.id.clone(), quote, score, clipping: search.fetch.then_some(clipping) })
}

/// The clipping stored at `address`.
pub(super) fn load(engine: &Tantivy, searcher: &Searcher, address: DocAddress) -> Result<Clipping> {
    let failed = || "cannot read a stored clipping".to_owned();
    let doc: TantivyDocument = searcher.doc(address).context(Kind::Engine, failed)?;
    let bytes = doc.get_first(engine.columns.clipping).and_then(|v| v.as_bytes()).unwrap_or_default();
    super::stored::unpack(bytes).context(Kind::Engine, failed)
}

/// The document of the article with this id.
pub(super) fn find(engine: &Tantivy, searcher: &Searcher, id: &str) -> Result<Option<DocAddress>> {
    let failed = || "cannot look up an article".to_owned();
    let term = Term::from_field_text(engine.columns.id, id);
    for (number, reader) in searcher.segment_readers().iter().enumerate() {
        let inverted = reader.inverted_index(engine.columns.id).context(Kind::Engine, failed)?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic).context(Kind::Engine, failed)? else { continue };
        let kinds = reader.fast_fields().u64("_kind").context(Kind::Engine, failed)?;
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if !reader.is_deleted(doc) && kinds.first(doc) == Some(On::Article.code()) {
                return Ok(Some(DocAddress::new(number as u32, doc)));
            }
            doc = postings.advance();
        }
    }
    Ok(None)
}

/// BM25's view of the index: documents of one kind only, so that quotes do not thin out the articles.
struct Statistics<'a> {
    searcher: &'a Searcher,
    kind: Term,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: tantivy::schema::Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        // All of them, so that no word is counted in more documents than there are.
        let n_kind = self.searcher.doc_freq(&self.kind)?;
        Ok(n_kind.max(1))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.searcher.doc_freq(term)?.min(self.total_num_docs()?))
    }
}

//! One pass over the matches: the best hits, their number, facets and timeline together; side by side in a large index.

use super::Tantivy;
use super::count::Counts;
use super::drawers::Bits;
use super::fold::{Folding, Tally};
use super::marked::Marked;
use super::numbers::Numbers;
use super::schema::On;
use super::stretch::{Stretch, stretches};
use super::whole;
use crate::error::{Context, Error, Kind, Result};
use crate::field;
use crate::query::{Search, Sort};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::time::Instant;
use tantivy::columnar::Column;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query, Weight};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, Term};

/// Order of a hit: the key it is sorted by, then a number of its own so that equal keys always come in the same order.
type Rank = (u64, u64);

/// A hit while searching: better ones are greater.
pub(super) type Found = (Rank, Reverse<(u32, DocId)>);

/// Everything gathered while going over the matches.
pub(super) struct Pass {
    on: On,
    /// The best so far, the worst of them on top.
    pub best: BinaryHeap<Reverse<Found>>,
    keep: usize,
    pub total: u64,
    recency: Option<Recency>,
    /// Whether hits count by how sure the speaker is.
    by_surety: bool,
    /// Copies folded into one hit, if that is asked for.
    pub folding: Option<Folding>,
    /// What was found in each stretch.
    matched: Vec<(usize, Marked)>,
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
        let mut newest = i64::MIN;
        for reader in searcher.segment_readers() {
            newest = newest.max(figures(engine, reader, "date", On::Article)?.max_value());
        }
        Ok(Recency { newest, half_life: days.max(1) as f32 * 86_400.0 })
    }

    /// The factor of the newest.
    const NEWEST: f32 = 1.5;

    fn factor(self, date: Option<i64>) -> f32 {
        let Some(date) = date else { return 1.0 };
        let age = self.newest.saturating_sub(date).max(0) as f32;
        1.0 + (Recency::NEWEST - 1.0) * (-age / self.half_life).exp2()
    }
}

/// What the pass reads in one segment.
struct PassColumns {
    articles: Arc<Bits>,
    tie: Column<u64>,
    date: Column<i64>,
    /// Confidence of each quote in percent, where it counts.
    surety: Option<Column<i64>>,
    key: Key,
    numbers: Option<Numbers>,
    /// Hits that may belong to a group, where it pays to know.
    retold: Option<Arc<Marked>>,
}

/// What hits are sorted by.
enum Key {
    Score,
    Date {
        newest_first: bool,
    },
    Number(Column<i64>),
    /// The place in the index.
    Place,
}

impl Pass {
    fn new(search: &Search, on: On, recency: Option<Recency>, folding: Option<Folding>) -> Pass {
        Pass {
            on,
            best: BinaryHeap::new(),
            keep: search.limit.map_or(usize::MAX, |limit| limit.saturating_add(search.offset)),
            total: 0,
            recency,
            by_surety: search.by_surety(),
            folding,
            matched: Vec::new(),
        }
    }

    /// Goes over everything that `query` finds, and counts it; side by side when there are more documents than `alone`.
    pub fn over(engine: &Tantivy, searcher: &Searcher, query: &dyn Query, search: &Search, on: On, alone: usize) -> Result<(Pass, Counts)> {
        let statistics = Statistics { searcher, kind: Term::from_field_u64(engine.columns.kind, on.code()) };
        let scoring = if is_scored(search) {
            EnableScoring::enabled_from_statistics_provider(&statistics, searcher)
        } else {
            EnableScoring::disabled_from_searcher(searcher)
        };
        let failed = || "the search failed in the index".to_owned();
        let weight = query.weight(scoring).context(Kind::Engine, failed)?;
        let recency = search.recent.map(|days| Recency::of(engine, searcher, days)).transpose()?;
        let folding = || search.collapse.then(|| Folding::new(on, engine.stories()));
        let new = || Pass::new(search, on, recency, folding());
        let stretches = stretches(engine, searcher, alone).context(Kind::Engine, failed)?;
        let each = |pass: &mut Pass, at, stretch: &Stretch| {
            let marked = pass.stretch(engine, searcher, weight.as_ref(), search, stretch)?;
            pass.matched.push((at, marked));
            Ok(())
        };
        let mut pass = stretches.sum(new, each, Pass::absorb)?;
        pass.matched.sort_unstable_by_key(|(at, _)| *at);
        let matched: Vec<Marked> = pass.matched.drain(..).map(|(_, marked)| marked).collect();
        let counts = whole::count(engine, searcher, search, on, &stretches, &matched, pass.total)?;
        Ok((pass, counts))
    }

    /// Goes over the matches in one stretch, and says which they are.
    fn stretch(
        &mut self,
        engine: &Tantivy,
        searcher: &Searcher,
        weight: &dyn Weight,
        search: &Search,
        stretch: &Stretch,
    ) -> Result<Marked> {
        let reader = searcher.segment_reader(stretch.segment);
        let scorer = weight.scorer(reader, 1.0);
        // What takes long to begin ends with its time, and says no more than that it failed.
        in_time(search.deadline)?;
        let mut scorer = scorer.context(Kind::Engine, || "the search failed in the index".to_owned())?;
        let mut columns = self.open(engine, reader, search.sort)?;
        let scored = is_scored(search);
        let mut marked = Marked::none(self.on, Arc::clone(&columns.articles), stretch.docs.clone());
        if let (Some(Folding { stories, .. }), Some(numbers)) = (&self.folding, &mut columns.numbers) {
            columns.retold = stories.retold.within(
                (stories, engine.census(searcher).as_deref()),
                reader.segment_id(),
                numbers,
                &marked,
                scorer.size_hint(),
            );
        }
        let mut doc = scorer.doc();
        if doc < stretch.docs.start {
            doc = scorer.seek(stretch.docs.start);
        }
        let mut n_seen = 0u32;
        while doc < stretch.docs.end {
            n_seen += 1;
            if n_seen.is_multiple_of(1024) {
                in_time(search.deadline)?;
            }
            if !reader.is_deleted(doc) {
                marked.add(doc);
                let score = if scored { scorer.score() } else { 0.0 };
                self.take(&mut columns, stretch.segment, doc, score);
            }
            doc = scorer.advance();
        }
        Ok(marked)
    }

    /// Adds what was gathered in other stretches.
    fn absorb(&mut self, other: Pass) {
        self.total += other.total;
        self.matched.extend(other.matched);
        for found in other.best {
            self.hold(found);
        }
        if let (Some(folding), Some(other)) = (&mut self.folding, other.folding) {
            folding.absorb(other);
        }
    }

    fn hold(&mut self, found: Reverse<Found>) {
        // Where all hits are alike most are not among the best: they are told by one look at the worst.
        if self.best.len() >= self.keep && self.best.peek().is_none_or(|worst| found >= *worst) {
            return;
        }
        self.best.push(found);
        if self.best.len() > self.keep {
            self.best.pop();
        }
    }

    fn open(&self, engine: &Tantivy, reader: &SegmentReader, sort: Sort) -> Result<PassColumns> {
        let failed = || "cannot read a column of the index".to_owned();
        let number = |name: &str| figures(engine, reader, name, On::Article);
        let key = match sort {
            Sort::Relevance => Key::Score,
            Sort::DateUp => Key::Date { newest_first: false },
            Sort::DateDown => Key::Date { newest_first: true },
            Sort::Added => Key::Number(number("added")?),
            Sort::Length => Key::Number(number("words")?),
            Sort::Stored => Key::Place,
        };
        let articles = engine.drawers.articles(reader, engine.columns.kind).context(Kind::Engine, failed)?;
        let numbers = || Numbers::open(&engine.drawers, reader, Arc::clone(&articles), self.on);
        Ok(PassColumns {
            numbers: self.folding.as_ref().map(|_| numbers()).transpose().context(Kind::Engine, failed)?,
            retold: None,
            articles,
            tie: engine.drawers.naturals(reader, "_tie").context(Kind::Engine, failed)?,
            date: number("date")?,
            surety: if self.by_surety { Some(figures(engine, reader, "conf", On::Quote)?) } else { None },
            key,
        })
    }

    /// Takes a hit; scores of one segment come in the order of documents.
    fn take(&mut self, columns: &mut PassColumns, segment: u32, doc: DocId, score: f32) {
        self.total += 1;
        let is_alone = columns.retold.as_ref().is_some_and(|retold| !retold.has(doc));
        let numbers = columns.numbers.as_mut().filter(|_| !is_alone);
        let group = self.folding.as_ref().zip(numbers).and_then(|(folding, numbers)| folding.group(numbers, doc));
        if let (Some(folding), None) = (&mut self.folding, group) {
            folding.alone += 1;
        }
        if group.is_none() && (self.keep == 0 || self.is_worse(&columns.key, score)) {
            return;
        }
        let article = |doc: DocId| if self.on == On::Article { doc } else { columns.articles.next(doc).unwrap_or(doc) };
        let date = || columns.date.first(article(doc));
        let key = match &columns.key {
            Key::Score => {
                let percent = columns.surety.as_ref().map_or(100, |column| column.first(doc).unwrap_or(0).clamp(0, 100));
                scored_key(score.max(0.0) * self.recency.map_or(1.0, |r| r.factor(date())), percent as u8)
            }
            Key::Date { newest_first: true } => date().map_or(0, shifted),
            Key::Date { newest_first: false } => date().map_or(0, |d| u64::MAX - shifted(d)),
            Key::Number(column) => column.first(article(doc)).map_or(0, shifted),
            Key::Place => 0,
        };
        if self.best.len() >= self.keep && group.is_none() && self.best.peek().is_some_and(|Reverse(worst)| key < worst.0.0) {
            return;
        }
        let of_article = article(doc);
        let tie = || columns.tie.first(of_article).unwrap_or(0);
        // The quotes of an article follow each other as they do in its text: they lie before it, the first farthest off.
        let (rank, place) = (|| tie().wrapping_add(u64::from(of_article - doc)), || tie().wrapping_sub(u64::from(of_article - doc)));
        if let (Some(folding), Some(group)) = (&mut self.folding, group) {
            let age = (date().unwrap_or(i64::MAX), place());
            folding.take(group, ((key, rank()), Reverse((segment, doc))), (segment, of_article), age);
            return;
        }
        let tie = if let Key::Place = columns.key { 0 } else { rank() };
        self.hold(Reverse(((key, tie), Reverse((segment, doc)))));
    }

    /// Whether a hit of this score is worse than all the best, as new and as sure as it may be: neither has to be read then.
    fn is_worse(&self, key: &Key, score: f32) -> bool {
        let Some(Reverse(worst)) = self.best.peek().filter(|_| self.best.len() >= self.keep) else { return false };
        let most = scored_key(score.max(0.0) * self.recency.map_or(1.0, |_| Recency::NEWEST), 100);
        matches!(key, Key::Score) && most < worst.0.0
    }

    /// Ranks the best of each group among the rest; what was folded into those that are among the best, by place.
    pub fn unfold(&mut self) -> FxHashMap<(u32, DocId), Tally> {
        let Some(folding) = self.folding.take() else { return FxHashMap::default() };
        folding.best().for_each(|found| self.hold(Reverse(found)));
        let places = self.best.iter().map(|Reverse((_, Reverse(place)))| *place).collect();
        folding.at(&places)
    }
}

/// The numbers of a field in a segment.
fn figures(engine: &Tantivy, reader: &SegmentReader, field: &str, on: On) -> Result<Column<i64>> {
    let column = field::by_name(field).and_then(|f| engine.columns.of(f, on)).and_then(|c| c.number);
    let name = column.map_or("", |c| engine.columns.schema.get_field_name(c));
    engine.drawers.integers(reader, name).context(Kind::Engine, || "cannot read a column of the index".to_owned())
}

/// Whether it matters how well a hit fits: not where hits are only counted.
fn is_scored(search: &Search) -> bool {
    search.sort == Sort::Relevance && search.limit != Some(0)
}

/// The key of a hit by its score, counted by how sure the speaker is, in percent; of equal ones the surer first, also where
/// nothing is scored.
fn scored_key(score: f32, percent: u8) -> u64 {
    u64::from((score * f32::from(percent) / 100.0).to_bits()) << 8 | u64::from(percent)
}

/// The score in a key.
pub(super) fn score_of(key: u64) -> f32 {
    f32::from_bits((key >> 8) as u32)
}

/// A number as one that sorts the same without a sign, above 0.
fn shifted(number: i64) -> u64 {
    (number as u64 ^ (1 << 63)).max(1)
}

/// An error when the time a search may take is up.
pub(super) fn in_time(deadline: Option<Instant>) -> Result<()> {
    match deadline {
        Some(deadline) if Instant::now() > deadline => {
            Err(Error::new(Kind::Time, "the search took longer than it may")
                .with_hint("ask for less, or give it more time with `--timeout`"))
        }
        _ => Ok(()),
    }
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

//! A census of the index as a run left it: which documents are articles, which are told again elsewhere, and how many have each
//! value of each facet. A process that starts would have to find that out anew before it answers its first question.
//!
//! It holds as long as the index has the same segments with the same documents deleted, and lies in a file of its own, written
//! whole or not at all. It is made of the index alone: where it is missing or holds no longer, answers are the same, and later.

use super::Tantivy;
use super::count::{Counter, Counts};
use super::drawers::Bits;
use super::marked::Marked;
use super::memory::{State, state};
use super::numbers::Numbers;
use super::retold::told_again;
use super::schema::On;
use super::stretch::{ALONE, Stretch, stretches};
use crate::disk;
use crate::error::{Context, Kind, Result};
use crate::field::FIELDS;
use crate::query::{Bucket, FacetRequest, Query, Search};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

pub(super) const FILE: &str = "census.dat";
const MAGIC: &[u8; 8] = b"census1\n";
/// Magic, and how long the head is.
const BEFORE_HEAD: usize = 8 + 4;

/// A census, open for reading.
pub(super) struct Census {
    head: Head,
    bytes: OwnedBytes,
}

/// What there is, and where; ranges are of bytes behind the head.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Head {
    state: State,
    /// The stamp of the table of stories it was made by.
    stories: u64,
    /// Of each segment which documents are articles, and which are told again elsewhere.
    articles: Vec<Range<usize>>,
    retold: Vec<Range<usize>>,
    totals: Vec<Row>,
}

/// How many documents have each value of a field, or, without a field, each day.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Row {
    on: On,
    field: Option<String>,
    missing: u64,
    counts: Range<usize>,
    table: Range<usize>,
}

/// How many articles, or quotes, have each value.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Totals {
    /// By the number of the value.
    pub counts: Vec<u32>,
    /// Of what is not numbered so.
    pub table: Vec<(u64, u64)>,
    /// How many have none.
    pub missing: u64,
}

impl Census {
    /// Whether the census in `dir`, if there is one, is as it was written.
    pub fn check(dir: &Path) -> std::result::Result<(), String> {
        let bytes = match std::fs::read(dir.join(FILE)) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            bytes => bytes.map_err(|e| e.to_string())?,
        };
        if disk::is_sound(&bytes) { Ok(()) } else { Err("its bytes are not those that were written".to_owned()) }
    }

    /// Opens the census in `dir`, if there is one of the index in this state.
    pub fn open(dir: &Path, state: &State) -> Option<Census> {
        let census = Census::read(MmapDirectory::open(dir).ok()?.open_read(Path::new(FILE)).ok()?.read_bytes().ok()?)?;
        (census.head.state == *state).then_some(census)
    }

    fn read(mut bytes: OwnedBytes) -> Option<Census> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let end = BEFORE_HEAD + u32::from_le_bytes(bytes.get(8..BEFORE_HEAD)?.try_into().ok()?) as usize;
        let head = serde_json::from_slice(bytes.get(BEFORE_HEAD..end)?).ok()?;
        bytes.advance(end);
        Some(Census { head, bytes })
    }

    /// Which documents of a segment are articles.
    pub fn articles(&self, segment: SegmentId) -> Option<Bits> {
        Some(Bits(self.words(&self.head.articles, segment)?.collect()))
    }

    /// Which documents of a segment are told again, by the table of stories with this stamp: a bit each, by 64.
    pub fn retold(&self, segment: SegmentId, stories: u64) -> Option<impl Iterator<Item = u64> + use<'_>> {
        self.words(&self.head.retold, segment).filter(|_| self.head.stories == stories)
    }

    fn words(&self, all: &[Range<usize>], segment: SegmentId) -> Option<impl Iterator<Item = u64> + use<'_>> {
        let at = self.head.state.iter().position(|(id, _)| *id == segment)?;
        Some(numbers(&self.bytes, all.get(at)?)?.map(u64::from_le_bytes))
    }

    /// How many have each value of a field, or, without one, each day.
    pub fn totals(&self, on: On, field: Option<&str>) -> Option<Totals> {
        let row = self.head.totals.iter().find(|row| row.on == on && row.field.as_deref() == field)?;
        let counts = numbers(&self.bytes, &row.counts)?.map(u32::from_le_bytes).collect();
        let table: Vec<u64> = numbers(&self.bytes, &row.table)?.map(u64::from_le_bytes).collect();
        let table = table.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        Some(Totals { counts, table, missing: row.missing })
    }
}

/// Numbers of `N` bytes that lie one behind the other.
fn numbers<'b, const N: usize>(bytes: &'b OwnedBytes, at: &Range<usize>) -> Option<impl Iterator<Item = [u8; N]> + use<'b, N>> {
    Some(bytes.get(at.clone())?.as_chunks().0.iter().copied())
}

/// A census while it is taken.
#[derive(Default)]
struct Draft {
    head: Head,
    bytes: Vec<u8>,
}

impl Draft {
    fn push<const N: usize>(&mut self, numbers: impl IntoIterator<Item = [u8; N]>) -> Range<usize> {
        let from = self.bytes.len();
        numbers.into_iter().for_each(|number| self.bytes.extend_from_slice(&number));
        from..self.bytes.len()
    }

    fn add(&mut self, on: On, field: Option<&str>, totals: Totals) {
        let Totals { counts, table, missing } = totals;
        let counts = self.push(counts.into_iter().map(u32::to_le_bytes));
        let table = self.push(table.into_iter().flat_map(|(number, n)| [number, n]).map(u64::to_le_bytes));
        self.head.totals.push(Row { on, field: field.map(str::to_owned), missing, counts, table });
    }

    fn written(self) -> serde_json::Result<Vec<u8>> {
        let head = serde_json::to_vec(&self.head)?;
        let mut all = [MAGIC.as_slice(), &(head.len() as u32).to_le_bytes(), &head, &self.bytes].concat();
        all.extend_from_slice(&disk::sum(&all));
        Ok(all)
    }
}

/// Takes the census of the index as `searcher` sees it, if that was not done before.
pub(super) fn take(engine: &Tantivy, searcher: &Searcher) -> Result<()> {
    let failed = || "cannot read a column of the index".to_owned();
    let (state, stories) = (state(searcher), engine.stories());
    let is_taken = Census::open(&engine.dir, &state).is_some_and(|census| census.head.stories == stories.stamp);
    if is_taken && Census::check(&engine.dir).is_ok() {
        return Ok(());
    }
    let mut draft = Draft { head: Head { state, stories: stories.stamp, ..Head::default() }, bytes: Vec::new() };
    for reader in searcher.segment_readers() {
        let articles = engine.drawers.articles(reader, engine.columns.kind).context(Kind::Engine, failed)?;
        let at = draft.push(articles.0.iter().map(|word| word.to_le_bytes()));
        draft.head.articles.push(at);
        let retold = retold(engine, reader, &articles).context(Kind::Engine, failed)?;
        let at = draft.push(retold.0.iter().map(|word| word.to_le_bytes()));
        draft.head.retold.push(at);
    }
    for on in [On::Article, On::Quote] {
        let requests = FIELDS.iter().filter(|f| f.facet).map(|field| FacetRequest { field, limit: None, by: None });
        let facets = requests.filter(|request| Counter::is_of(engine, request.field, on)).collect();
        let search = Search { facets, timeline: Some(Bucket::Day), ..Search::articles(Query::All) };
        let counts = count(engine, searcher, on, &search)?;
        for counter in &counts.counters {
            draft.add(on, Some(counter.request.field.name), counter.totals());
        }
        draft.add(on, None, counts.timeline.totals());
    }
    let written = draft.written().context(Kind::Engine, || "cannot write the census of the index".to_owned())?;
    disk::replace(&engine.dir.join(FILE), &written)
}

fn retold(engine: &Tantivy, reader: &SegmentReader, articles: &Arc<Bits>) -> tantivy::Result<Bits> {
    let (stories, mut bits) = (engine.stories(), Bits::none(reader.max_doc()));
    for on in [On::Article, On::Quote] {
        let mut numbers = Numbers::open(&engine.drawers, reader, Arc::clone(articles), on)?;
        told_again(&stories, on, &mut numbers, 0..reader.max_doc(), |doc| bits.add(doc));
    }
    Ok(bits)
}

/// The facets and the timeline of `search` over all articles, or all quotes, whatever it asks for.
pub(super) fn count(engine: &Tantivy, searcher: &Searcher, on: On, search: &Search) -> Result<Counts> {
    let new = || Counts::new(search, u64::MAX, false);
    let stretches = stretches(engine, searcher, ALONE).context(Kind::Engine, || "cannot read the index".to_owned())?;
    let each = |counts: &mut Counts, _, stretch: &Stretch| {
        let reader = searcher.segment_reader(stretch.segment);
        let articles = engine.drawers.articles(reader, engine.columns.kind);
        let articles = articles.context(Kind::Engine, || "cannot read a column of the index".to_owned())?;
        counts.count(&counts.open(engine, reader, on)?, &Marked::none(on, articles, stretch.docs.clone()).rest(reader), &[]);
        Ok(())
    };
    stretches.sum(new, each, Counts::absorb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_while_the_index_is_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let segments: Vec<SegmentId> = (1..4).map(|n| SegmentId::from_uuid_string(&format!("{n:032x}")).unwrap()).collect();
        let state: State = segments[..2].iter().map(|id| (*id, 3)).collect();
        let mut draft = Draft { head: Head { state: state.clone(), stories: 7, ..Head::default() }, bytes: Vec::new() };
        for n in [1u64, 2] {
            let (articles, retold) = (draft.push([n, u64::MAX].map(u64::to_le_bytes)), draft.push([n << 40].map(u64::to_le_bytes)));
            draft.head.articles.push(articles);
            draft.head.retold.push(retold);
        }
        let all = [
            (On::Article, Some("person"), Totals { counts: vec![1, 0, u32::MAX], table: vec![], missing: 4 }),
            (On::Quote, Some("person"), Totals { counts: vec![5], table: vec![(1 << 63, 2)], missing: 0 }),
            (On::Quote, None, Totals { counts: vec![], table: vec![(-3i64 as u64, 1), (9, 2)], missing: 1 << 40 }),
        ];
        for (on, field, Totals { counts, table, missing }) in &all {
            draft.add(*on, *field, Totals { counts: counts.clone(), table: table.clone(), missing: *missing });
        }
        let bytes = draft.written().unwrap();
        std::fs::write(dir.path().join(FILE), &bytes).unwrap();
        assert_eq!(Census::check(dir.path()), Ok(()));
        let census = Census::open(dir.path(), &state).unwrap();
        let retold = |segment, stories| census.retold(segment, stories).map(Iterator::collect::<Vec<u64>>);
        assert_eq!(census.articles(segments[1]).unwrap().0, [2, u64::MAX]);
        assert_eq!((retold(segments[0], 7), retold(segments[0], 8)), (Some(vec![1 << 40]), None));
        assert!(census.articles(segments[2]).is_none() && retold(segments[2], 7).is_none());
        for (on, field, totals) in &all {
            assert_eq!(census.totals(*on, *field).as_ref(), Some(totals), "{on:?} {field:?}");
        }
        assert_eq!((census.totals(On::Article, None), census.totals(On::Article, Some("org"))), (None, None));
        // Another segment, or one document more deleted, is another index.
        assert!(Census::open(dir.path(), &state[..1].to_vec()).is_none());
        assert!(Census::open(dir.path(), &vec![state[0], (state[1].0, 4)]).is_none());
        // Half of a file is none, or has less; nothing is read beyond it.
        for end in 0..bytes.len() {
            std::fs::write(dir.path().join(FILE), &bytes[..end]).unwrap();
            assert!(Census::check(dir.path()).is_err());
            if let Some(census) = Census::open(dir.path(), &state) {
                let there = all.iter().filter(|(on, field, _)| census.totals(*on, *field).is_some()).count();
                assert!(there < all.len() || end + 8 >= bytes.len(), "{end} of {} bytes", bytes.len());
            }
        }
    }
}

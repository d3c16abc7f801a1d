//! Versions of articles: what each says of its own, as a column, and who is the last of whom.
//!
//! Only articles that say something of versions have a value in the column: JSON of [`Stated`]. From these, and from the articles they
//! name or tell the story of, [`lineage::latest`] makes the third side of the table of stories.

use super::draft::{Draft, Group};
use super::schema::{Columns, NUMBER, VERSION};
use crate::article::{Article, VersionKind};
use crate::field;
use crate::story::lineage::{self, Edition};
use crate::words;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use tantivy::columnar::{BytesColumn, Column};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// What an article says of its version.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct Stated {
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<VersionKind>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<String>,
}

/// The value of the column; `None` for an article that says nothing.
pub(super) fn stated(article: &Article) -> Option<Vec<u8>> {
    let version = article.version.as_ref().filter(|version| !version.is_empty())?;
    let stated = Stated { kind: version.kind, number: version.number, of: version.of.clone(), replaces: version.replaces.clone() };
    serde_json::to_vec(&stated).ok()
}

/// The column in one segment.
pub(super) struct Statements(Option<BytesColumn>);

impl Statements {
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Statements> {
        Ok(Statements(reader.fast_fields().bytes(VERSION)?))
    }

    /// What the article `doc` says.
    pub fn of(&self, doc: DocId) -> Option<Stated> {
        let column = self.0.as_ref()?;
        let mut bytes = Vec::new();
        let found = column.ord_to_bytes(column.term_ords(doc).next()?, &mut bytes).ok()?;
        serde_json::from_slice(&bytes).ok().filter(|_| found)
    }
}

/// The columns that say when, by whom and in which order.
struct Dates {
    number: Column<u64>,
    tie: Column<u64>,
    published: Column<i64>,
    updated: Column<i64>,
    source: Option<Column<u64>>,
}

impl Dates {
    fn open(reader: &SegmentReader, columns: &Columns) -> tantivy::Result<Dates> {
        let fast = reader.fast_fields();
        let source = field::by_name("source").and_then(|f| columns.of(f, super::schema::On::Article)).and_then(|c| c.values);
        let source = source.map(|f| fast.u64(columns.schema.get_field_name(f))).transpose()?;
        Ok(Dates { number: fast.u64(NUMBER)?, tie: fast.u64("_tie")?, published: fast.i64("date")?, updated: fast.i64("updated")?, source })
    }

    /// The number of an article, and what is known of it besides what it says.
    fn of(&self, doc: DocId, first: impl Fn(u32) -> u32) -> Option<(u32, Edition)> {
        let number = self.number.first(doc)? as u32;
        let when = self.updated.first(doc).max(self.published.first(doc));
        let source = self.source.as_ref().and_then(|s| s.first(doc));
        let edition = Edition { when, tie: self.tie.first(doc).unwrap_or(0), story: (first(number), source), ..Edition::default() };
        Some((number, edition))
    }
}

/// Articles that have versions, or may have.
#[derive(Default)]
struct Editions {
    all: Vec<Edition>,
    numbers: Vec<u32>,
    places: HashMap<u32, usize>,
}

impl Editions {
    /// The place of an article, which is added when it is new.
    fn place(&mut self, number: u32, edition: Edition) -> usize {
        *self.places.entry(number).or_insert_with(|| {
            self.all.push(edition);
            self.numbers.push(number);
            self.all.len() - 1
        })
    }
}

/// For each article the number of its last version, with `firsts` the number of the first telling of its story.
pub(super) fn draft(searcher: &Searcher, columns: &Columns, firsts: &[u32]) -> tantivy::Result<Draft> {
    let first = |number: u32| firsts.get(number as usize).copied().unwrap_or(number);
    let mut editions = Editions::default();
    let mut replaced: Vec<(usize, String)> = Vec::new();
    for reader in searcher.segment_readers() {
        let (says, dates) = (Statements::open(reader)?, Dates::open(reader, columns)?);
        if says.0.is_none() {
            continue;
        }
        for doc in reader.doc_ids_alive() {
            let Some(stated) = says.of(doc) else { continue };
            let Some((number, edition)) = dates.of(doc, first) else { continue };
            let edition = Edition { number: stated.number, is_revision: stated.kind.is_some(), of: stated.of, ..edition };
            let place = editions.place(number, edition);
            replaced.extend(stated.replaces.into_iter().map(|name| (place, name)));
        }
    }
    if editions.all.is_empty() {
        return Ok(Draft::alone(firsts.len() as u64));
    }
    let named: HashMap<String, usize> = editions.all.iter().enumerate().filter_map(|(n, e)| Some((e.of.clone()?, n))).collect();
    for (place, name) in replaced {
        let other = match named.get(&name) {
            Some(other) => Some(*other),
            None => find(searcher, columns, &name, &mut editions, first)?,
        };
        if let Some(other) = other.filter(|other| *other != place) {
            editions.all[place].replaces.push(other);
        }
    }
    // Revisions that say not of what: whatever tells the same story may be it.
    let open: HashSet<u32> = editions.all.iter().filter(|e| e.is_revision && e.replaces.is_empty()).map(|e| e.story.0).collect();
    for reader in searcher.segment_readers().iter().filter(|_| !open.is_empty()) {
        let dates = Dates::open(reader, columns)?;
        for doc in reader.doc_ids_alive() {
            if let Some((number, edition)) = dates.of(doc, first).filter(|(_, e)| open.contains(&e.story.0)) {
                editions.place(number, edition);
            }
        }
    }
    Ok(grouped(&editions, firsts.len() as u64))
}

/// The article called `name`: its id, or its address.
fn find(
    searcher: &Searcher,
    columns: &Columns,
    name: &str,
    editions: &mut Editions,
    first: impl Fn(u32) -> u32,
) -> tantivy::Result<Option<usize>> {
    let address = field::by_name("url").and_then(|f| columns.of(f, super::schema::On::Article)).and_then(|c| c.whole);
    let by_address = address.map(|field| Term::from_field_text(field, &words::fold(name)));
    for term in [Some(Term::from_field_text(columns.id, name)), by_address].into_iter().flatten() {
        for reader in searcher.segment_readers() {
            let inverted = reader.inverted_index(term.field())?;
            let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            let dates = Dates::open(reader, columns)?;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if let Some((number, edition)) = dates.of(doc, &first).filter(|_| !reader.is_deleted(doc)) {
                    return Ok(Some(editions.place(number, edition)));
                }
                doc = postings.advance();
            }
        }
    }
    Ok(None)
}

fn grouped(editions: &Editions, n_numbers: u64) -> Draft {
    let mut draft = Draft::alone(n_numbers);
    let mut sizes: HashMap<u32, u32> = HashMap::new();
    for (n, last) in lineage::latest(&editions.all).into_iter().enumerate() {
        let last = editions.numbers[last];
        if let Some(slot) = draft.firsts.get_mut(editions.numbers[n] as usize) {
            *slot = last;
        }
        *sizes.entry(last).or_default() += 1;
    }
    let several = sizes.into_iter().filter(|(_, articles)| *articles > 1);
    draft.groups = several.map(|(first, articles)| Group { first, articles, name: String::new() }).collect();
    draft.groups.sort_unstable_by_key(|group| group.first);
    draft
}

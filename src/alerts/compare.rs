//! Keeps runs, and says how what a query finds differs from what it found.

use super::Found;
use super::ask::{Answered, ask, in_order};
use crate::archive::Archive;
use crate::article::Clipping;
use crate::error::{Error, Kind, Result};
use crate::extract::Extractor;
use crate::query::{Matcher, Query, Search, Sort, Target};
use crate::saved::{Change, Facts, FoundItem, RunLog, RunRecord, SavedQueries, SavedQuery, changes};
use std::cell::RefCell;
use std::rc::Rc;

/// How two runs differ.
pub struct Comparison {
    /// The earlier run.
    pub before: RunRecord,
    /// The later run; its number is 0 when it is what the query finds now.
    pub after: RunRecord,
    /// The differences.
    pub changes: Vec<Change>,
}

/// The record of what was answered now, without number.
fn record_of(archive: &Archive, saved: &SavedQuery, answered: &Answered) -> Result<RunRecord> {
    Ok(RunRecord {
        at: crate::archive::now(),
        archive: archive.settings.id.clone(),
        revision: archive.note.revision,
        what: saved.what.clone(),
        query: answered.question.canonical.clone(),
        hash: answered.hash.clone(),
        extractor: format!("{}.{}", env!("CARGO_PKG_VERSION"), Extractor::VERSION),
        names: Some(archive.note.names.clone()).filter(|n| !n.is_empty()),
        settled: Some(format!("{}/{}", archive.note.corrections, archive.note.notes)).filter(|s| s != "/"),
        newest: newest(archive)?,
        total: answered.found.len() as u64,
        ..RunRecord::default()
    })
}

/// The newest day of publication in the archive.
///
/// # Errors
///
/// When the index fails.
pub fn newest(archive: &Archive) -> Result<Option<String>> {
    let search = Search { limit: Some(1), sort: Sort::DateDown, mark: false, ..Search::articles(Query::All) };
    let hits = archive.search(&search)?.hits;
    Ok(hits.into_iter().next().and_then(|h| h.clipping).and_then(|c| c.article.published))
}

fn items(answered: &Answered) -> Vec<FoundItem> {
    let mut items: Vec<FoundItem> = answered.found.iter().map(|f| f.item.clone()).collect();
    items.sort_unstable();
    items
}

/// Keeps `answered` as a run of `saved`.
///
/// # Errors
///
/// When the disk refuses.
pub fn record(archive: &Archive, saved: &SavedQuery, answered: &Answered) -> Result<RunRecord> {
    let mut log = RunLog::read(&archive.home.runs(&saved.name))?;
    Ok(log.append(record_of(archive, saved, answered)?, items(answered))?.clone())
}

/// Compares the run `from` of `saved` (the last one unless given) with what it finds now. Nothing is kept.
///
/// # Errors
///
/// When it never ran, cannot be read, or the index fails.
pub fn compare(archive: &Archive, queries: &SavedQueries, saved: &SavedQuery, from: Option<u64>) -> Result<Comparison> {
    let log = RunLog::read(&archive.home.runs(&saved.name))?;
    let before = match from {
        Some(run) => log.get(run)?,
        None => log.last().ok_or_else(|| {
            let error = Error::new(Kind::NotFound, format!("`{}` never ran, so there is nothing to compare with", saved.name));
            error.with_hint(format!("run it: `morgue saved run {}`", saved.name))
        })?,
    };
    let answered = ask(archive, queries, saved, &[])?;
    let after = record_of(archive, saved, &answered)?;
    let changes = differences(archive, queries, (before, &log.items(before)?), (&after, &items(&answered)))?;
    Ok(Comparison { before: before.clone(), after, changes })
}

/// Compares two kept runs of `saved`.
///
/// # Errors
///
/// When there is no such run, or the index fails.
pub fn compare_runs(archive: &Archive, queries: &SavedQueries, saved: &SavedQuery, from: u64, to: u64) -> Result<Comparison> {
    let log = RunLog::read(&archive.home.runs(&saved.name))?;
    let (before, after) = (log.get(from)?, log.get(to)?);
    let changes = differences(archive, queries, (before, &log.items(before)?), (after, &log.items(after)?))?;
    Ok(Comparison { before: before.clone(), after: after.clone(), changes })
}

type Side<'r> = (&'r RunRecord, &'r [FoundItem]);

fn differences(archive: &Archive, queries: &SavedQueries, before: Side<'_>, after: Side<'_>) -> Result<Vec<Change>> {
    for run in [before.0, after.0] {
        if run.archive != archive.settings.id {
            let error = Error::new(Kind::Usage, format!("run {} is of another archive, whose revisions mean nothing here", run.run));
            return Err(error.with_hint("run the query again here, and compare with that"));
        }
    }
    let target = if before.0.what == "quotes" { Target::Quotes } else { Target::Articles };
    let matcher_of = |run: &RunRecord| {
        let question = Archive::reading(&run.query, target, queries, jiff::ZonedDateTime::now()).ok()?;
        let question = archive.of_stories(question).ok()?;
        Some(Matcher::new(&question.query, target))
    };
    let matcher = matcher_of(before.0);
    // What one difference asks of an article, it asks in a row.
    let last: RefCell<Option<Rc<Clipping>>> = RefCell::default();
    let clipping = |id: &str| {
        if let Some(known) = last.borrow().as_ref().filter(|known| known.article.id == id) {
            return Some(Rc::clone(known));
        }
        let read = Rc::new(archive.clipping(id).ok()?);
        last.replace(Some(Rc::clone(&read)));
        Some(read)
    };
    let facts = |id: &str| {
        let clipping = clipping(id)?;
        let published = clipping.article.published.clone();
        Some(Facts { first: clipping.filed.first, revision: clipping.filed.revision, published })
    };
    let held = |item: &FoundItem| {
        let clipping = clipping(item.article())?;
        let matcher = matcher.as_ref()?;
        Some(match target {
            Target::Articles => matcher.article(&clipping).is_some(),
            Target::Quotes => {
                let all = (0..clipping.annotations.quotes.len()).filter_map(|n| Some((n, Found::of(&clipping, Some(n))?)));
                let same = all.filter(|(_, f)| item.id.starts_with(&f.item.id)).map(|(n, _)| n);
                same.filter_map(|n| clipping.annotations.quotes.get(n)).any(|q| matcher.quote(&clipping, q).is_some())
            }
        })
    };
    let mut changes = changes(before, after, &facts, &held);
    let later = matcher_of(after.0);
    for Change { item, .. } in changes.iter_mut().filter(|change| change.sign != '-') {
        item.show = match target {
            Target::Articles => Some(item.article.clone()),
            Target::Quotes => later.as_ref().and_then(|later| shown_by(&*clipping(&item.article)?, &item.id, later)),
        };
    }
    Ok(changes)
}

/// The id (`a1#q3`) of the quote with the stable id `quote` among those of the article that `matcher` finds.
fn shown_by(clipping: &Clipping, quote: &str, matcher: &Matcher) -> Option<String> {
    let quotes = clipping.annotations.quotes.iter().enumerate().filter(|(_, quote)| matcher.quote(clipping, quote).is_some());
    let mut found: Vec<Found> = quotes.filter_map(|(n, _)| Found::of(clipping, Some(n))).collect();
    in_order(&mut found);
    found.into_iter().find(|found| found.item.id == quote).map(|found| found.id)
}

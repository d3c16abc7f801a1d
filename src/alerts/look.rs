//! What each query finds among the articles that came or changed since its sinks were told.

use super::ask::{Answered, Found, ask, found, in_order};
use super::compare::{compare_runs, record};
use super::news::{key_of_item, know_all};
use super::state::{Mark, Seen};
use crate::archive::Archive;
use crate::article::Clipping;
use crate::error::Result;
use crate::query::{Query, Search, Sort, Target};
use crate::saved::{Alert, Frequencies, On, Reason, RunLog, SavedQueries, SavedQuery, Standing};
use std::collections::{HashMap, HashSet};

/// Articles are held against all queries at once up to so many; beyond, memory would grow with their text.
const AT_ONCE: u64 = 20_000;

/// A query with an alert, read.
pub(super) struct Watched {
    pub saved: SavedQuery,
    pub alert: Alert,
    pub query: Query,
    pub target: Target,
    pub hash: String,
    /// All its sinks were told up to this revision.
    pub from: u64,
}

/// For each query what it finds among the articles of later revisions than its sinks were told of. From `many` queries on,
/// all are held against those articles at once.
pub(super) fn look(archive: &Archive, watched: &[Watched], many: usize) -> Result<Vec<Vec<Found>>> {
    let is_behind = |w: &&Watched| !w.alert.compares_runs() && w.from < archive.note.revision;
    let behind = watched.iter().filter(is_behind).count();
    if behind > 0 && behind >= many {
        let behind: Vec<Option<&Watched>> = watched.iter().map(|w| Some(w).filter(is_behind)).collect();
        if let Some(found) = at_once(archive, &behind)? {
            return Ok(found);
        }
    }
    let one = |w: &Watched| if is_behind(&w) { found(archive, &after(&w.query, w.from), w.target) } else { Ok(Vec::new()) };
    watched.iter().map(one).collect()
}

/// Reads the articles that came, once, and asks the queries that could match; `None` when they are too many for that.
fn at_once(archive: &Archive, watched: &[Option<&Watched>]) -> Result<Option<Vec<Vec<Found>>>> {
    let Some(from) = watched.iter().flatten().map(|w| w.from).min() else { return Ok(None) };
    let search = Search { sort: Sort::DateUp, mark: false, limit: None, ..Search::articles(after(&Query::All, from)) };
    if archive.search(&Search { limit: Some(0), ..search.clone() })?.total > AT_ONCE {
        return Ok(None);
    }
    let clippings: Vec<Clipping> = archive.search(&search)?.hits.into_iter().filter_map(|h| h.clipping).collect();
    let asked = watched.iter().map(|w| w.map_or((Query::Nothing, Target::Articles), |w| (w.query.clone(), w.target))).collect();
    // What is rare among these very articles tells best which queries they could answer.
    let standing = Standing::new(asked, &Frequencies::of(clippings.iter()));
    let mut reader = standing.reader();
    let mut found: Vec<Vec<Found>> = watched.iter().map(|_| Vec::new()).collect();
    for clipping in &clippings {
        for hit in reader.hits(clipping) {
            if watched[hit.query].is_none_or(|w| clipping.filed.revision <= w.from) {
                continue;
            }
            match hit.quotes.as_slice() {
                [] => found[hit.query].extend(Found::of(clipping, None)),
                quotes => found[hit.query].extend(quotes.iter().filter_map(|n| Found::of(clipping, Some(*n)))),
            }
        }
    }
    found.iter_mut().for_each(|all| in_order(all));
    Ok(Some(found))
}

/// The number of the run that holds what the query finds now, and all of that: a new run unless the last one says the same.
pub(super) fn kept_run(archive: &Archive, queries: &SavedQueries, one: &Watched) -> Result<(u64, Answered)> {
    let answered = ask(archive, queries, &one.saved, &[])?;
    let log = RunLog::read(&archive.home.runs(&one.saved.name))?;
    if let Some(last) = log.last().filter(|l| l.archive == archive.settings.id && l.hash == answered.hash) {
        let mut items: Vec<_> = answered.found.iter().map(|f| f.item.clone()).collect();
        items.sort_unstable();
        if last.revision == archive.note.revision || log.items(last)? == items {
            return Ok((last.run, answered));
        }
    }
    Ok((record(archive, &one.saved, &answered)?.run, answered))
}

/// What differs from the run a sink was told of last, as news; other words of the query itself are none.
pub(super) fn all_differences(
    archive: &Archive,
    queries: &SavedQueries,
    one: &Watched,
    mark: &Mark,
    run: u64,
    now: &Answered,
) -> Result<Vec<(Reason, Found)>> {
    let Some(from) = mark.run.filter(|from| *from != run) else { return Ok(Vec::new()) };
    let comparison = compare_runs(archive, queries, &one.saved, from, run)?;
    let present: HashMap<&str, &Found> = now.found.iter().map(|f| (f.item.id.as_str(), f)).collect();
    let note = &archive.note;
    let is_backfilled = |f: &Found| !one.alert.backfill && note.is_backfill(f.facts.revision);
    let mut news = Vec::new();
    for change in comparison.changes.into_iter().filter(|c| c.reason != Reason::QueryChanged) {
        match present.get(change.item.id.as_str()) {
            Some(found) if one.alert.on == On::Any && !(change.reason.is_news() && is_backfilled(found)) => {
                news.push((change.reason, (*found).clone()));
            }
            Some(_) => {}
            None => news.push((change.reason, Found::gone(&change.item))),
        }
    }
    Ok(news)
}

/// What a sink that is told of whole runs was told of: all that the last of them found.
pub(super) fn told_before(archive: &Archive, one: &Watched, mark: &Mark, now: &Answered) -> Result<Seen> {
    let mut seen = Seen::default();
    let log = RunLog::read(&archive.home.runs(&one.saved.name))?;
    let Some(run) = log.runs().iter().find(|run| Some(run.run) == mark.run) else { return Ok(seen) };
    let items = log.items(run)?;
    let ids: HashSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
    ids.iter().for_each(|id| seen.know(key_of_item(id)));
    know_all(&mut seen, now.found.iter().filter(|f| ids.contains(f.item.id.as_str())), &one.alert);
    Ok(seen)
}

/// The query narrowed to what came or changed after `revision`.
fn after(query: &Query, revision: u64) -> Query {
    between(query, Some(revision + 1), None)
}

/// The query narrowed to what came or changed at these revisions.
pub(super) fn between(query: &Query, from: Option<u64>, to: Option<u64>) -> Query {
    let Some(field) = crate::field::by_name("revision") else { return query.clone() };
    let number = |revision: u64| revision as i64;
    Query::And(vec![query.clone(), Query::Range { field, from: from.map(number), to: to.map(number) }])
}

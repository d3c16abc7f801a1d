//! What each query finds among the articles that came or changed since its sinks were told.

use super::ask::{Answered, Found, ask, found};
use super::compare::{compare_runs, record};
use super::state::Mark;
use super::tell::after;
use crate::archive::Archive;
use crate::error::Result;
use crate::query::{Query, Target};
use crate::saved::{Alert, On, Reason, RunLog, SavedQueries, SavedQuery};
use std::collections::HashMap;

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

/// For each query what it finds among the articles of later revisions than its sinks were told of.
pub(super) fn look(archive: &Archive, watched: &[Watched], _many: usize) -> Result<Vec<Vec<Found>>> {
    let revision = archive.note.revision;
    let one = |w: &Watched| match w.alert.compares_runs() || w.from >= revision {
        true => Ok(Vec::new()),
        false => found(archive, &after(&w.query, w.from), w.target),
    };
    watched.iter().map(one).collect()
}

/// The number of the run that holds what the query finds now, and all of that: a new run unless the last one says the same.
pub(super) fn kept_run(archive: &Archive, queries: &SavedQueries, one: &Watched) -> Result<(u64, Answered)> {
    let answered = ask(archive, queries, &one.saved, &[])?;
    let log = RunLog::read(&archive.home.saved().join(&one.saved.name))?;
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

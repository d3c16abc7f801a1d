//! What queries find when they are watched first, or anew after an edit: it is noted, and is no news.

use super::ask;
use super::look::{Watched, between};
use super::news;
use super::state::{QueryState, Seen};
use crate::archive::{Archive, Progress};
use crate::error::Result;
use crate::query::{Search, Sort, Target};
use crate::saved::Alert;
use crate::spread::{processors, spread};

/// A query that was read, and what is to be noted of it once what it finds is.
pub(super) struct Prepared {
    pub one: Watched,
    pub entry: QueryState,
    /// Whether it was never watched before.
    pub is_new: bool,
    /// Whether it is another than was watched, or finds otherwise: then what it finds is to be noted.
    pub is_other: bool,
}

/// A query that cannot be read or asked, with its alert and why.
pub(super) type Unready = (String, Alert, String);

/// Notes what the queries that are others than before find, side by side; `progress` is told of each. The answers
/// are those of the queries, in their order.
pub(super) fn remember_all(archive: &Archive, ready: &[Result<Prepared, Unready>], progress: Option<&Progress>) -> Result<Vec<Result<()>>> {
    let gathered = spread(processors(), ready.len(), Vec::new, |outcomes, at| {
        let outcome = match &ready[at] {
            Ok(prepared) if prepared.is_other => remember(archive, &prepared.one),
            _ => Ok(()),
        };
        outcomes.push((at, outcome));
        count_one(progress);
        Ok(())
    })?;
    let mut outcomes: Vec<(usize, Result<()>)> = gathered.into_iter().flatten().collect();
    outcomes.sort_unstable_by_key(|(at, _)| *at);
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

/// Tells who wants to know that one query more is ready.
pub(super) fn count_one(progress: Option<&Progress>) {
    progress.iter().for_each(|progress| Progress::add(&progress.files, 1));
}

/// Notes what the query finds among the articles its sinks were told of: that is no news.
fn remember(archive: &Archive, one: &Watched) -> Result<()> {
    let mut seen = Seen::read(&archive.home, &one.saved.name)?;
    let is_whole = one.from >= archive.note.revision;
    let until = if is_whole { one.query.clone() } else { between(&one.query, None, Some(one.from)) };
    match one.target {
        // Of an article no more is remembered than its id, in no order.
        Target::Articles => {
            let search = Search { limit: None, fetch: false, mark: false, sort: Sort::Stored, ..Search::articles(until) };
            archive.stream(&search, &mut |hit| {
                seen.know(news::key_of_item(&hit.id));
                Ok(())
            })?;
        }
        Target::Quotes => news::know_all(&mut seen, &ask::found(archive, &until, one.target)?, &one.alert),
    }
    seen.write(&archive.home, &one.saved.name)
}

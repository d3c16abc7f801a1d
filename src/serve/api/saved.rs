//! `saved`, `saved/{name}/run` and `saved/{name}/diff`.

use super::{Payload, search};
use crate::alerts;
use crate::saved::{Change, Reason, RunLog, RunRecord, SavedQueries, SavedQuery};
use crate::serve::ask::{Ask, Form};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use schemars::JsonSchema;
use serde::Serialize;

/// The saved queries.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Kept {
    /// In the order of the file, as `morgue saved list --json` prints them.
    pub saved: Vec<Listed>,
}

/// A saved query and its last run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Listed {
    /// The query.
    #[serde(flatten)]
    pub query: SavedQuery,
    /// Its last run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Last>,
}

/// A run that was kept.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Last {
    /// Its number.
    pub run: u64,
    /// When, in UTC.
    pub at: String,
    /// Revision of the archive.
    pub revision: u64,
    /// How many were found.
    pub total: u64,
    /// How many more than the run before has.
    pub came: u64,
    /// How many of the run before it lacks.
    pub went: u64,
}

impl Last {
    fn of(r: &RunRecord) -> Last {
        Last { run: r.run, at: r.at.clone(), revision: r.revision, total: r.total, came: r.came, went: r.went }
    }
}

/// The saved queries with their last runs.
fn listed(shared: &Shared) -> Answered<Vec<Listed>> {
    let list = SavedQueries::read(&shared.home.queries())?.list();
    let with_run = |query: SavedQuery| -> Answered<Listed> {
        let log = RunLog::read(&shared.home.runs(&query.name))?;
        let last = log.last().map(Last::of);
        Ok(Listed { query, last })
    };
    list.into_iter().map(with_run).collect()
}

/// The head of the table.
const HEAD: [&str; 5] = ["name", "what", "query", "title", "tags"];

pub fn list(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let saved = listed(shared)?;
    if ask.form != Form::Json {
        let cells = |Listed { query: q, .. }: &Listed| {
            vec![q.name.clone(), q.what.clone(), q.query.clone(), q.title.clone().unwrap_or_default(), q.tags.join("; ")]
        };
        return Payload::rows(ask.form, &saved, &HEAD, cells);
    }
    let kept = Kept { saved };
    Payload::object(&kept, &kept)
}

pub fn run(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let name = ask.rest("/api/v1/saved/")?;
    let name = name.strip_suffix("/run").unwrap_or(&name);
    let queries = SavedQueries::read(&shared.home.queries())?;
    let saved = queries.get(name).ok_or_else(|| queries.unknown(name))?;
    search::found(shared, ask, &saved.asked(), saved.target())
}

/// How a saved query differs from one run to another.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Difference {
    /// The saved query.
    pub name: String,
    /// The earlier run.
    pub before: Last,
    /// The later run; its number is 0 when it is what is found now.
    pub after: Last,
    /// The differences, as `morgue saved diff --json` prints them.
    pub changes: Vec<Changed>,
}

/// One difference.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Changed {
    /// What changed, and why.
    #[serde(flatten)]
    pub change: Change,
    /// The saved query.
    pub saved: String,
}

impl Changed {
    fn cells(&self) -> Vec<String> {
        let (change, item) = (&self.change, &self.change.item);
        let show = item.show.clone().unwrap_or_default();
        vec![change.sign.to_string(), change.reason.words().to_owned(), item.article.clone(), item.id.clone(), item.label.clone(), show]
    }
}

pub fn diff(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let name = ask.rest("/api/v1/saved/")?;
    let name = name.strip_suffix("/diff").unwrap_or(&name);
    let queries = SavedQueries::read(&shared.home.queries())?;
    let saved = queries.get(name).ok_or_else(|| queries.unknown(name))?;
    let archive = shared.archive()?;
    let run =
        |which: &str| -> Answered<Option<u64>> { Ok(if ask.get(which).is_some() { Some(ask.number(which, 0)? as u64) } else { None }) };
    let mut compared = match (run("run")?, run("against")?) {
        (Some(from), Some(to)) => alerts::compare_runs(&archive, &queries, &saved, from, to)?,
        (from, _) => alerts::compare(&archive, &queries, &saved, from)?,
    };
    if ask.flag("news")? {
        compared.changes.retain(|c| c.reason.is_news() || c.reason == Reason::Withdrawn);
    }
    let changes: Vec<Changed> = compared.changes.into_iter().map(|change| Changed { change, saved: saved.name.clone() }).collect();
    if ask.form != Form::Json {
        return Payload::rows(ask.form, &changes, &["sign", "reason", "article", "id", "label", "show"], Changed::cells);
    }
    let whole = Difference { name: saved.name, before: Last::of(&compared.before), after: Last::of(&compared.after), changes };
    // What is found now bears the time of asking.
    let steady = Difference { after: Last { at: String::new(), ..whole.after.clone() }, ..whole.clone() };
    Payload::object(&whole, &steady)
}

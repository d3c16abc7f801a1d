//! `saved` and `saved/{name}/run`.

use super::{Payload, search};
use crate::saved::{RunLog, SavedQueries, SavedQuery};
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

/// The saved queries with their last runs.
fn listed(shared: &Shared) -> Answered<Vec<Listed>> {
    let list = SavedQueries::read(&shared.home.queries())?.list();
    let with_run = |query: SavedQuery| -> Answered<Listed> {
        let log = RunLog::read(&shared.home.saved().join(&query.name))?;
        let last =
            log.last().map(|r| Last { run: r.run, at: r.at.clone(), revision: r.revision, total: r.total, came: r.came, went: r.went });
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
    search::found(shared, ask, &saved.query, saved.target())
}

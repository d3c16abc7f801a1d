//! `clusters/{id}`: the articles that tell one story, as `morgue search cluster:ID --sort -date --json` prints them; of a quote
//! (`ID#q3`) the quotes that say the same, as `morgue quotes echo:ID` does.

use super::Payload;
use crate::archive::{self, Answer};
use crate::article::split_id;
use crate::query::{Search, Sort, Target};
use crate::serve::ask::{Ask, Form, MOST};
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

/// A story, or a quote wherever it is repeated.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Cluster {
    /// Revision of the archive.
    pub revision: u64,
    /// The id of the first telling.
    pub id: String,
    /// How many there are in all.
    pub total: u64,
    /// The oldest first; undated ones last.
    pub hits: Vec<Answer>,
}

pub fn cluster(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let archive = shared.archive()?;
    let id = ask.rest("/api/v1/clusters/")?;
    let (field, target) = if split_id(&id).1.is_some() { ("echo", Target::Quotes) } else { ("cluster", Target::Articles) };
    let question = archive.question(&format!("{field}:\"{}\"", id.replace('"', " ")), target)?;
    let limit = Some(ask.limit("n", MOST)?);
    let search = Search { target, sort: Sort::DateUp, limit, ..Search::articles(question.query) };
    let answered = archive.answer(&search)?;
    let first = match answered.hits.first() {
        Some(Answer::Article(hit)) => hit.cluster.clone(),
        Some(Answer::Quote(hit)) => hit.echo.clone(),
        None => return Err(Refusal::new(StatusCode::NOT_FOUND, format!("there is no story `{id}`"))),
    };
    if ask.form != Form::Json {
        let head: &[&str] = if target == Target::Articles { &archive::ARTICLES } else { &archive::QUOTES };
        return Payload::rows(ask.form, &answered.hits, head, archive::cells);
    }
    let whole = Cluster { revision: archive.note.revision, id: first, total: answered.results.total, hits: answered.hits };
    Payload::object(&whole, &whole)
}

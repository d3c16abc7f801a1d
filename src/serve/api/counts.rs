//! `count`, `facets`, `timeline`, `coverage` and `status`.

use super::Payload;
use super::search::{Facet, Read};
use crate::archive::{self, FacetRow, TimeRow};
use crate::error::Result;
use crate::query::{Bucket, FacetRequest, Search, Target};
use crate::serve::ask::{Ask, Form};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use schemars::JsonSchema;
use serde::Serialize;

/// A count.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Count {
    /// Revision of the archive.
    pub revision: u64,
    /// How the query was read.
    pub query: Read,
    /// Hits: articles or quotes, as asked.
    pub total: u64,
    /// Distinct articles among them.
    pub articles: u64,
    /// Hits of the rest of the query that have no date, where it asks for one.
    pub left_out_undated: u64,
}

/// Counts by fields.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Facets {
    /// Revision of the archive.
    pub revision: u64,
    /// How the query was read.
    pub query: Read,
    /// Hits in all.
    pub total: u64,
    /// Hits of the rest of the query that have no date, where it asks for one.
    pub left_out_undated: u64,
    /// One for each that was asked for.
    pub facets: Vec<Facet>,
}

/// Counts over time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OverTime {
    /// Revision of the archive.
    pub revision: u64,
    /// How the query was read.
    pub query: Read,
    /// Hits of `q` in all, dated or not.
    pub total: u64,
    /// Hits of `q` without a date, which are in no row.
    pub undated: u64,
    /// Hits of the rest of `q` that have no date, where it asks for one.
    pub left_out_undated: u64,
    /// Stretches in order, each once for each query, as `morgue timeline --json` prints them.
    pub rows: Vec<TimeRow>,
}

pub fn count(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let (archive, target) = (shared.archive()?, ask.what()?);
    let question = archive.question(ask.get("q").unwrap_or("*"), target)?;
    let found = archive.search(&Search { target, limit: Some(0), ..Search::articles(question.query.clone()) })?;
    let left_out_undated = archive.left_out_undated(&question.query, target)?;
    let (revision, query) = (archive.note.revision, Read::of(&question));
    let count = Count { revision, query, total: found.total, articles: found.articles, left_out_undated };
    Payload::object(&count, &count)
}

pub fn facets(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let limit = Some(ask.limit("n", 20)?);
    let named: Vec<&str> = ask.all("by").filter(|by| !by.is_empty()).collect();
    let requests: Result<Vec<FacetRequest>> = named.iter().map(|by| FacetRequest::named(by, limit)).collect();
    let mut requests = requests?;
    if requests.is_empty() {
        requests.push(FacetRequest::named("speaker", limit)?);
    }
    counted(shared, ask, ask.what()?, requests)
}

pub fn coverage(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    counted(shared, ask, Target::Articles, vec![FacetRequest::named("source,month", None)?])
}

fn counted(shared: &Shared, ask: &Ask, target: Target, facets: Vec<FacetRequest>) -> Answered<Payload> {
    let archive = shared.archive()?;
    let question = archive.question(ask.get("q").unwrap_or("*"), target)?;
    let pivot = facets.first().is_some_and(|f| f.by.is_some());
    let answered = archive.answer(&Search { target, facets, limit: Some(0), ..Search::articles(question.query.clone()) })?;
    let facets: Vec<Facet> = answered.results.facets.iter().map(|f| Facet::of(f, target)).collect();
    if ask.form != Form::Json {
        let rows: Vec<FacetRow> = facets.into_iter().flat_map(|f| f.values).collect();
        return Payload::rows(ask.form, &rows, &archive::facet_head(pivot, target), archive::facet_cells);
    }
    let left_out_undated = archive.left_out_undated(&question.query, target)?;
    let (revision, total) = (archive.note.revision, answered.results.total);
    let counted = Facets { revision, query: Read::of(&question), total, left_out_undated, facets };
    Payload::object(&counted, &counted)
}

pub fn timeline(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let (archive, target) = (shared.archive()?, ask.what()?);
    let question = archive.question(ask.get("q").unwrap_or("*"), target)?;
    let per = ask.get("per").map_or(Ok(Bucket::Month), Bucket::named)?;
    let mut questions = vec![(ask.get("q").unwrap_or("*").to_owned(), question.query.clone())];
    for text in ask.all("and").filter(|text| !text.is_empty()) {
        questions.push((text.to_owned(), archive.question(text, target)?.query));
    }
    let found = archive.over_time(questions, target, per)?;
    match ask.form {
        Form::Lines => return Payload::rows(ask.form, &found.rows(), &[], |_| Vec::new()),
        Form::Csv => {
            let head = found.head();
            let head: Vec<&str> = head.iter().map(String::as_str).collect();
            return Payload::rows(ask.form, &found.stretches, &head, |start| found.cells(*start));
        }
        Form::Json => {}
    }
    let (total, undated) = (found.series[0].total, found.series[0].undated);
    let left_out_undated = archive.left_out_undated(&question.query, target)?;
    let (revision, query) = (archive.note.revision, Read::of(&question));
    let whole = OverTime { revision, query, total, undated, left_out_undated, rows: found.rows() };
    Payload::object(&whole, &whole)
}

pub fn status(shared: &Shared, _: &Ask) -> Answered<Payload> {
    let status = shared.archive()?.status()?;
    Payload::object(&status, &status)
}

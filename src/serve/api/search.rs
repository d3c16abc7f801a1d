//! `search`, `quotes` and `query/explain`.

use super::Payload;
use crate::archive::{self, Answer, Archive, FacetRow, Question, TimeRow};
use crate::query::{Bucket, Dialect, FacetCounts, FacetRequest, Query, Search, Target};
use crate::saved::SavedQueries;
use crate::serve::ask::{Ask, Form, USUAL};
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Instant;

/// How a query was read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Read {
    /// In canonical spelling.
    pub canonical: String,
    /// As one sentence.
    pub reading: String,
    /// What there is to note on the reading.
    pub notes: Vec<String>,
}

impl Read {
    /// What is told of a question.
    pub fn of(question: &Question) -> Read {
        Read { canonical: question.canonical.clone(), reading: question.reading.clone(), notes: question.notes.clone() }
    }
}

/// An answered search.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Found {
    /// Revision of the archive that was asked.
    pub revision: u64,
    /// How the query was read.
    pub query: Read,
    /// How many hits there are in all.
    pub total: u64,
    /// Distinct articles among them.
    pub articles: u64,
    /// Distinct stories, or distinct quotes, among them; `total` itself unless `collapse=story`.
    pub stories: u64,
    /// How many have no date; counted with `timeline` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undated: Option<u64>,
    /// Hits of the rest of the query that have no date, where it asks for one.
    pub left_out_undated: u64,
    /// How many come with this answer.
    pub shown: usize,
    /// Nothing has all the words: the hits have some of them.
    pub partial: bool,
    /// The hits, as `--json` prints them.
    pub hits: Vec<Answer>,
    /// The facets asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// The counts over time asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeline: Option<Vec<TimeRow>>,
    /// Hand this back as `cursor` for the following page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Milliseconds it took.
    pub took_ms: u64,
}

/// A facet beside hits.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Facet {
    /// The field.
    pub field: &'static str,
    /// The second field of a pivot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'static str>,
    /// How many different values there are in all.
    pub distinct: u64,
    /// How many hits have none.
    pub missing: u64,
    /// Values, greatest first; as `morgue facets --json` prints them.
    pub values: Vec<FacetRow>,
}

impl Facet {
    /// A facet that was counted.
    pub fn of(counts: &FacetCounts, target: Target) -> Facet {
        let values = archive::facet_rows(counts, target);
        Facet { field: counts.field.name, by: counts.by.map(|f| f.name), distinct: counts.distinct, missing: counts.missing, values }
    }
}

pub fn articles(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    found(shared, ask, ask.get("q").unwrap_or("*"), Target::Articles)
}

pub fn quotes(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    found(shared, ask, ask.get("q").unwrap_or("*"), Target::Quotes)
}

/// Answers `text`, with what `ask` says of pages, order and counts.
pub fn found(shared: &Shared, ask: &Ask, text: &str, target: Target) -> Answered<Payload> {
    let started = Instant::now();
    let (revision, offset) = place(ask)?;
    let archive = shared.archive_at(revision)?;
    let question = archive.question(text, target)?;
    let facets = ask.facets("facets")?.into_iter().map(|field| FacetRequest { field, limit: Some(20), by: None }).collect();
    let per = ask.get("timeline").map(Bucket::named).transpose()?;
    let search = Search {
        target,
        sort: ask.sort()?,
        offset,
        limit: Some(ask.page(USUAL)?),
        any: ask.flag("any")?,
        facets,
        timeline: per,
        collapse: ask.collapse()?.unwrap_or(false),
        mark: ask.form != Form::Csv,
        ..Search::articles(question.query.clone())
    };
    let answered = archive.answer(&search)?;
    let results = &answered.results;
    let head: &[&str] = if target == Target::Articles { &archive::ARTICLES } else { &archive::QUOTES };
    let end = offset + answered.hits.len();
    let more = !answered.partial && (end as u64) < results.stories && !answered.hits.is_empty();
    let next = more.then(|| format!("{}.{end}", archive.note.revision));
    let total = if answered.partial { 0 } else { results.stories };
    let following = next.as_ref().map(|next| ask.without("offset").with("cursor", next));
    if ask.form != Form::Json {
        // A table cannot say that its rows have some of the words only.
        let hits = if answered.partial && ask.form == Form::Csv { &[][..] } else { answered.hits.as_slice() };
        return Ok(Payload::rows(ask.form, hits, head, archive::cells)?.of(total, following));
    }
    let mut found = Found {
        revision: archive.note.revision,
        query: Read::of(&question),
        total: results.total,
        articles: results.articles,
        stories: results.stories,
        undated: per.map(|_| results.undated),
        left_out_undated: archive.left_out_undated(&question.query, target)?,
        shown: answered.hits.len(),
        partial: answered.partial,
        facets: results.facets.iter().map(|f| Facet::of(f, target)).collect(),
        timeline: per.map(|per| over_time(&archive, &results.timeline, per, target)).transpose()?,
        next,
        hits: answered.hits,
        took_ms: 0,
    };
    let steady = found.clone();
    found.took_ms = started.elapsed().as_millis() as u64;
    Ok(Payload::object(&found, &steady)?.of(total, following))
}

/// Hits over time beside what the archive has.
pub fn over_time(archive: &Archive, found: &[(i64, u64)], per: Bucket, target: Target) -> Answered<Vec<TimeRow>> {
    let all = archive.search(&Search { target, timeline: Some(per), limit: Some(0), ..Search::articles(Query::All) })?;
    Ok(archive::time_rows(found, &all.timeline, per, target))
}

/// Revision and offset: of `cursor`, or now and `offset`.
fn place(ask: &Ask) -> Answered<(Option<u64>, usize)> {
    let Some(cursor) = ask.get("cursor") else { return Ok((None, ask.number("offset", 0)?)) };
    if ask.get("offset").is_some() {
        return Err(Refusal::bad("`cursor` says where to go on, and so does `offset`").with_hint("leave out `offset`"));
    }
    let read = cursor.split_once('.').and_then(|(revision, offset)| Some((Some(revision.parse().ok()?), offset.parse().ok()?)));
    read.ok_or_else(|| Refusal::bad(format!("`{cursor}` is no cursor")).with_hint("hand back `next` of the answer before"))
}

pub fn explain(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let saved = SavedQueries::read(&shared.home.queries())?;
    let named = ask.get("dialect").unwrap_or("morgue");
    let dialect = Dialect::by_name(named).ok_or_else(|| {
        let names: Vec<&str> = Dialect::all().map(Dialect::name).collect();
        Refusal::bad(format!("`{named}` is no language of queries")).with_hint(format!("there are {}", names.join(", ")))
    })?;
    let (meaning, _) = archive::meaning(ask.need("q")?, ask.what()?, dialect, Some(&saved))?;
    Payload::object(&meaning, &meaning)
}

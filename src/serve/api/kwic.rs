//! `kwic`: a concordance, as `morgue kwic --json` prints it; `similar/{id}`: articles like one, as `morgue similar --json` does.

use super::Payload;
use super::search::Read;
use crate::archive::{LINES, Line, SIMILAR, Similar};
use crate::query::{Search, Sort, Target};
use crate::serve::ask::{Ask, Form};
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use schemars::JsonSchema;
use serde::Serialize;

/// Most characters on each side of a match.
const WIDEST: usize = 1000;

/// A concordance.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Concordance {
    /// Revision of the archive.
    pub revision: u64,
    /// How the query was read.
    pub query: Read,
    /// Articles or quotes that match, whatever is shown.
    pub total: u64,
    /// One for each match.
    pub lines: Vec<Line>,
}

/// Articles like one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Alike {
    /// Copies first, then the likest first.
    pub similar: Vec<Similar>,
}

/// The first `n` lines of what `ask` asks for, with how the query was read and how much there is.
pub fn lines(shared: &Shared, ask: &Ask, n: usize) -> Answered<Concordance> {
    let (archive, target) = (shared.archive()?, ask.what()?);
    let question = archive.question(ask.get("q").unwrap_or("*"), target)?;
    let sort = match ask.get("sort").unwrap_or("date") {
        "date" => Sort::DateUp,
        "relevance" => Sort::Relevance,
        other => return Err(Refusal::bad(format!("`{other}` is no order of lines")).with_hint("use date or relevance")),
    };
    let width = ask.number("width", 60)?;
    if width > WIDEST {
        return Err(Refusal::bad(format!("`width={width}` is more than {WIDEST}")));
    }
    let search = Search { target, sort, limit: Some(n), ..Search::articles(question.query.clone()) };
    let mut lines = Vec::new();
    // Each hit has a line or more.
    let results = archive.concordance(&search, width, &mut |line| {
        if lines.len() < n {
            lines.push(line);
        }
        Ok(())
    })?;
    Ok(Concordance { revision: archive.note.revision, query: Read::of(&question), total: results.total, lines })
}

pub fn kwic(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let found = lines(shared, ask, ask.limit("n", 100)?)?;
    if ask.form != Form::Json {
        return Payload::rows(ask.form, &found.lines, &LINES, Line::cells);
    }
    Payload::object(&found, &found)
}

pub fn similar(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let archive = shared.archive()?;
    let within = ask.get("within").map(|text| archive.question(text, Target::Articles)).transpose()?;
    let id = ask.rest("/api/v1/similar/")?;
    let mut similar = archive.similar(&id, within.as_ref().map(|q| &q.query), None)?;
    similar.truncate(ask.limit("n", 10)?);
    if ask.form != Form::Json {
        return Payload::rows(ask.form, &similar, &SIMILAR, Similar::cells);
    }
    let alike = Alike { similar };
    Payload::object(&alike, &alike)
}

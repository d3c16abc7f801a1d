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
    /// Hits of the rest of the query that have no date, where it asks for one.
    pub left_out_undated: u64,
    /// One for each match.
    pub lines: Vec<Line>,
    /// Hand this back as `cursor` for the lines that follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Articles like one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Alike {
    /// Copies first, then the likest first.
    pub similar: Vec<Similar>,
}

/// Where a page of lines begins.
#[derive(Default)]
struct Place {
    revision: Option<u64>,
    /// So many hits, and so many lines of the next, stand on the pages before.
    hits: usize,
    lines: usize,
}

impl Place {
    fn of(ask: &Ask) -> Answered<Place> {
        let Some(cursor) = ask.get("cursor") else { return Ok(Place::default()) };
        let numbers: Option<Vec<u64>> = cursor.split('.').map(|number| number.parse().ok()).collect();
        match numbers.as_deref() {
            Some([revision, hits, lines]) if u32::try_from(*hits).is_ok() => {
                Ok(Place { revision: Some(*revision), hits: *hits as usize, lines: *lines as usize })
            }
            _ => Err(Refusal::bad(format!("`{cursor}` is no cursor")).with_hint("hand back `next` of the answer before")),
        }
    }
}

/// `n` lines of what `ask` asks for, from its `cursor` on, with how the query was read and how much there is.
pub fn lines(shared: &Shared, ask: &Ask, n: usize) -> Answered<Concordance> {
    let (from, target) = (Place::of(ask)?, ask.what()?);
    let archive = shared.archive_at(from.revision)?;
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
    // Where words are asked for each hit has a line or more; the one behind tells whether there is more.
    let search = Search { target, sort, offset: from.hits, limit: Some(n + 1), ..Search::articles(question.query.clone()) };
    let (mut lines, mut behind) = (Vec::new(), None);
    let (mut hit, mut of_hit) = (0, 0);
    let results = archive.concordance(&search, width, &mut |nth, line| {
        if nth != hit {
            (hit, of_hit) = (nth, 0);
        }
        of_hit += 1;
        let is_before = nth == 0 && of_hit <= from.lines;
        if !is_before && lines.len() < n {
            lines.push(line);
        } else if !is_before {
            behind = behind.or(Some((from.hits + nth, of_hit - 1)));
        }
        Ok(())
    })?;
    let seen = from.hits + n + 1;
    let behind = behind.or_else(|| ((seen as u64) < results.total).then_some((seen, 0)));
    let next = behind.map(|(hits, lines)| format!("{}.{hits}.{lines}", archive.note.revision));
    let left_out_undated = archive.left_out_undated(&question.query, target)?;
    Ok(Concordance { revision: archive.note.revision, query: Read::of(&question), total: results.total, left_out_undated, lines, next })
}

pub fn kwic(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let found = lines(shared, ask, ask.page(100)?)?;
    let following = found.next.as_ref().map(|next| ask.with("cursor", next));
    if ask.form != Form::Json {
        return Ok(Payload::rows(ask.form, &found.lines, &LINES, Line::cells)?.followed(following));
    }
    Ok(Payload::object(&found, &found)?.followed(following))
}

pub fn similar(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let archive = shared.archive()?;
    let within = ask.get("within").map(|text| archive.question(text, Target::Articles)).transpose()?;
    let id = ask.rest("/api/v1/similar/")?;
    let similar = archive.similar(&id, within.as_ref().map(|q| &q.query), Some(ask.limit("n", 10)?))?;
    if ask.form != Form::Json {
        return Payload::rows(ask.form, &similar, &SIMILAR, Similar::cells);
    }
    let alike = Alike { similar };
    Payload::object(&alike, &alike)
}

//! Answers as rows: what `--json` prints a line of, what CSV has a row of, and what the HTTP API returns. One type for all.

use super::Answer;
use crate::error::{Context, Kind, Result};
use crate::query::{Bucket, FacetCounts, Target};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The head of a table of articles.
pub const ARTICLES: [&str; 11] = ["id", "published", "title", "source", "byline", "section", "language", "words", "quotes", "path", "url"];
/// The head of a table of quotes.
pub const QUOTES: [&str; 14] =
    ["id", "published", "speaker", "class", "role", "cue", "kind", "confidence", "text", "about", "title", "source", "path", "url"];

/// One value of a facet with its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FacetRow {
    /// The field.
    pub field: &'static str,
    /// Its value: for places the whole path.
    pub value: String,
    /// The second field of a pivot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<&'static str>,
    /// Its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_value: Option<String>,
    /// Distinct articles, where articles are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub articles: Option<u64>,
    /// Quotes, where quotes are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<u64>,
}

/// One stretch of the calendar with its count.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TimeRow {
    /// Its name: `2008-09-14`, `2008-W37`, `2008-09` or `2008`.
    pub from: String,
    /// The question it counts, where that is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Articles, where articles are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub articles: Option<u64>,
    /// Quotes, where quotes are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<u64>,
    /// Share of all that the archive has of this stretch, in percent to three places.
    pub percent_of_archive: f64,
}

impl TimeRow {
    /// The count, of whichever.
    pub fn count(&self) -> u64 {
        self.articles.or(self.quotes).unwrap_or(0)
    }
}

/// `n` under the name of what is counted.
pub(super) fn counted(target: Target, n: u64) -> (Option<u64>, Option<u64>) {
    match target {
        Target::Articles => (Some(n), None),
        Target::Quotes => (None, Some(n)),
    }
}

/// A facet as rows, in its order.
pub fn facet_rows(facet: &FacetCounts, target: Target) -> Vec<FacetRow> {
    let row = |c: &crate::query::FacetCount| {
        let (articles, quotes) = counted(target, c.count);
        let by = facet.by.filter(|_| c.by.is_some()).map(|f| f.name);
        FacetRow { field: facet.field.name, value: c.value.clone(), by, by_value: c.by.clone(), articles, quotes }
    };
    facet.counts.iter().map(row).collect()
}

/// `found` as rows, beside what the whole archive has (`all`).
pub fn time_rows(found: &[(i64, u64)], all: &[(i64, u64)], bucket: Bucket, target: Target) -> Vec<TimeRow> {
    let all: BTreeMap<i64, u64> = all.iter().copied().collect();
    let row = |(start, n): &(i64, u64)| {
        let (articles, quotes) = counted(target, *n);
        let percent = share(*n, all.get(start).copied().unwrap_or(0));
        TimeRow { from: bucket.label(*start), query: None, articles, quotes, percent_of_archive: (percent * 1000.0).round() / 1000.0 }
    };
    bucket.filled(found).iter().map(row).collect()
}

/// What part of `all` `n` is, in percent; none of nothing.
pub(super) fn share(n: u64, all: u64) -> f64 {
    100.0 * n as f64 / all.max(1) as f64
}

/// One row of CSV (RFC 4180), without the line break at its end.
///
/// # Errors
///
/// When the cells cannot be written.
pub fn csv_row<I: IntoIterator<Item = S>, S: AsRef<str>>(cells: I) -> Result<String> {
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    let failed = || "cannot write CSV".to_owned();
    writer.write_record(cells.into_iter().map(|c| defused(c.as_ref()))).context(Kind::Io, failed)?;
    let bytes = writer.into_inner().map_err(|e| e.into_error()).context(Kind::Io, failed)?;
    Ok(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned())
}

/// A cell that no spreadsheet takes for a formula.
fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '@', '\t', '\r']) || (cell.starts_with('-') && cell.parse::<f64>().is_err()) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The cells of a hit, under [`ARTICLES`] or [`QUOTES`].
pub fn cells(answer: &Answer) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    match answer {
        Answer::Article(hit) => vec![
            hit.id.clone(),
            text(&hit.published),
            text(&hit.title),
            text(&hit.source),
            hit.byline.join("; "),
            text(&hit.section),
            text(&hit.language),
            hit.words.to_string(),
            hit.quotes.to_string(),
            hit.path.clone(),
            text(&hit.url),
        ],
        Answer::Quote(hit) => {
            let speaker = hit.speaker.clone().unwrap_or_default();
            vec![
                hit.id.clone(),
                text(&hit.published),
                if speaker.name.is_some() { speaker.names().collect::<Vec<_>>().join("; ") } else { text(&speaker.text) },
                hit.speaker.as_ref().map(|s| s.class.name().to_owned()).unwrap_or_default(),
                text(&speaker.role),
                hit.cue.as_ref().map(|c| c.text.clone()).unwrap_or_default(),
                hit.kind.name().to_owned(),
                format!("{:.2}", hit.confidence),
                hit.text.clone(),
                hit.about.join("; "),
                text(&hit.title),
                text(&hit.source),
                hit.path.clone(),
                text(&hit.url),
            ]
        }
    }
}

/// The head of a table of facet values: with a second field in a pivot.
pub fn facet_head(pivot: bool, target: Target) -> Vec<&'static str> {
    let mut head = vec!["field", "value"];
    if pivot {
        head.extend(["by", "by_value"]);
    }
    head.push(counted_name(target));
    head
}

/// The cells of a facet value under [`facet_head`].
pub fn facet_cells(row: &FacetRow) -> Vec<String> {
    let mut cells = vec![row.field.to_owned(), row.value.clone()];
    if let (Some(by), Some(value)) = (row.by, &row.by_value) {
        cells.extend([by.to_owned(), value.clone()]);
    }
    cells.push(row.articles.or(row.quotes).unwrap_or(0).to_string());
    cells
}

/// One of what is counted.
pub fn counted_one(target: Target) -> &'static str {
    counted_name(target).trim_end_matches('s')
}

/// What is counted, in one word.
pub fn counted_name(target: Target) -> &'static str {
    match target {
        Target::Articles => "articles",
        Target::Quotes => "quotes",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_cell_is_a_formula() {
        let row = |cell: &str| super::csv_row([cell]).unwrap();
        assert_eq!(["=1+1", "@sum", "+1", "-a1"].map(row), ["'=1+1", "'@sum", "'+1", "'-a1"]);
        assert_eq!(row("\t=1+1"), "'\t=1+1", "a spreadsheet passes over what stands before the sign");
        assert_eq!(["-1.5", "a=b", "a, b"].map(row), ["-1.5", "a=b", "\"a, b\""]);
    }
}

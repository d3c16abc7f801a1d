//! Tables as CSV (RFC 4180).

use super::Screen;
use crate::archive::Answer;
use crate::error::{Context, Kind, Result};

/// Prints one row.
///
/// # Errors
///
/// When nobody reads it any more.
pub fn row<I: IntoIterator<Item = S>, S: AsRef<str>>(screen: &Screen, cells: I) -> Result<()> {
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    let failed = || "cannot write CSV".to_owned();
    writer.write_record(cells.into_iter().map(|c| defused(c.as_ref()))).context(Kind::Io, failed)?;
    let bytes = writer.into_inner().map_err(|e| e.into_error()).context(Kind::Io, failed)?;
    screen.line(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']))
}

/// A cell that no spreadsheet takes for a formula.
fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '@']) || (cell.starts_with('-') && cell.parse::<f64>().is_err()) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The head of a table of articles.
pub const ARTICLES: [&str; 11] = ["id", "published", "title", "source", "byline", "section", "language", "words", "quotes", "path", "url"];
/// The head of a table of quotes.
pub const QUOTES: [&str; 14] =
    ["id", "published", "speaker", "class", "role", "cue", "kind", "confidence", "text", "about", "title", "source", "path", "url"];

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
                speaker.name.or(speaker.text).unwrap_or_default(),
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

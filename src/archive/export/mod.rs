//! Hits in the forms that other programs and people take: one row each in [`EXPORTS`], written hit by hit, so that a hundred
//! and a million take the same memory (only the graph grows, with its edges and the articles of each).
//!
//! To add a form, add a file with an [`Exporter`] and its row here.

mod bibtex;
mod citation;
mod clip;
mod graphml;
mod html;
mod jsonl;
mod markdown;
mod ris;
mod table;

use super::{Answer, Archive};
use crate::article::{Clipping, Offsets, Quote};
use crate::error::Result;
use crate::query::{Matcher, Results, Search};

/// A hit as it is exported.
pub struct Source<'a> {
    /// The article with all that was found in it.
    pub clipping: &'a Clipping,
    /// The quote, where quotes are exported.
    pub quote: Option<&'a Quote>,
    /// The hit as `--json` prints it.
    pub hit: &'a Answer,
    /// Matches in the body, in code points.
    pub marks: Vec<(u32, u32)>,
}

/// What stands at the head of an export that people read.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The question as one sentence.
    pub reading: String,
    /// The question in canonical spelling.
    pub canonical: String,
    /// The day it is made.
    pub day: String,
    /// Revision of the archive.
    pub revision: u64,
    /// Whether quotes are exported rather than articles.
    pub quotes: bool,
}

/// Writes hits in one form.
pub trait Exporter {
    /// What stands before the first hit.
    fn head(&mut self, _about: &About, _out: &mut String) {}

    /// One hit.
    fn item(&mut self, source: &Source<'_>, out: &mut String);

    /// What stands behind the last hit.
    fn foot(&mut self, _out: &mut String) {}
}

/// A form of export.
pub struct Export {
    /// The word for it.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Makes its writer.
    pub make: fn() -> Box<dyn Exporter>,
}

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Every form of export.
pub static EXPORTS: &[Export] = &[
    Export { name: "jsonl", help: "the records, one JSON object a line; with --quotes the quotes", make: || Box::new(jsonl::JsonLines) },
    Export {
        name: "csv",
        help: "a table (RFC 4180); a `'` stands before text that a spreadsheet would take for a formula",
        make: || Box::new(table::Table),
    },
    Export { name: "markdown", help: "articles or quotes to read on, with their sources", make: || Box::new(markdown::Markdown) },
    Export { name: "ris", help: "references for Zotero, EndNote, Citavi", make: || Box::new(ris::Ris) },
    Export { name: "bibtex", help: "references for LaTeX", make: || Box::new(bibtex::Bibtex::default()) },
    Export {
        name: "graphml",
        help: "who speaks about whom, as a graph for Gephi, yEd, networkx",
        make: || Box::new(graphml::Graph::default()),
    },
    Export { name: "html", help: "a file to print or to mail, matches marked", make: || Box::new(html::Html::default()) },
    Export { name: "clip", help: "plain text with a citation under each clipping", make: || Box::new(clip::Clip) },
];

impl Archive {
    /// Exports everything `search` finds, in its order; `write` takes the text piece by piece.
    ///
    /// # Errors
    ///
    /// As [`Archive::stream`], or when `write` fails.
    pub fn export(&self, search: &Search, export: &Export, about: &About, write: &mut dyn FnMut(&str) -> Result<()>) -> Result<Results> {
        let matcher = if search.any { Matcher::partial(&search.query, search.target) } else { Matcher::new(&search.query, search.target) };
        let mut exporter = (export.make)();
        let mut out = String::new();
        exporter.head(about, &mut out);
        let results = self.stream(search, &mut |hit| {
            let (Some(clipping), Some(answer)) = (&hit.clipping, Answer::of(&hit, search.target, &matcher, false)) else { return Ok(()) };
            let quote = hit.quote.and_then(|n| clipping.annotations.quotes.get(n));
            exporter.item(&Source { clipping, quote, hit: &answer, marks: marks(clipping, quote, &matcher) }, &mut out);
            write(&out)?;
            out.clear();
            Ok(())
        })?;
        exporter.foot(&mut out);
        write(&out)?;
        Ok(results)
    }
}

fn marks(clipping: &Clipping, quote: Option<&Quote>, matcher: &Matcher) -> Vec<(u32, u32)> {
    if let Some(quote) = quote {
        return quote.spans.iter().map(|s| (s.start, s.end)).collect();
    }
    let offsets = Offsets::of(&clipping.article.body);
    let spans = matcher.article(clipping).map(|m| m.spans).unwrap_or_default();
    spans.into_iter().filter(|(f, _)| f.name == "body").map(|(_, at)| offsets.span(at.start, at.end)).map(|s| (s.start, s.end)).collect()
}

#[cfg(test)]
mod tests;

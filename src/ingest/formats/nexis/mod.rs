//! Exports of LexisNexis and Nexis Uni: many articles in one file, each between its particulars.
//!
//! The older kind, plain text or HTML, counts its articles (`1 of 74 DOCUMENTS`) and writes particulars in capitals
//! (`BYLINE:`, `LENGTH:`). The newer, a Word file, ends each with `End of Document` and puts the text under `Body`; it comes
//! through [`super::documents`], as do both kinds as rich text.
//!
//! # What it does not read
//!
//! The cover list, captions (`GRAPHIC`), lengths, load dates and index terms other than subjects.

mod counted;
mod fields;
mod headed;
#[cfg(test)]
mod tests;

pub(super) use counted::{articles as counted_articles, counter};
pub(super) use headed::{END, articles as headed_articles};

use super::documents;
use crate::error::Result;
use crate::ingest::text::{decode, html_to_text, paragraphs};
use crate::ingest::{Format, Input, Sink, Sureness};

/// Exports of LexisNexis as text or HTML.
pub struct Nexis;

impl Format for Nexis {
    fn name(&self) -> &'static str {
        "nexis"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        if head.starts_with(b"PK") || head.trim_ascii_start().starts_with(b"{") {
            return Sureness::No;
        }
        let has = |text: &[u8]| memchr::memmem::find(head, text).is_some();
        // Telling them needs only the counter; but a story may speak of one, so a particular must be there, too.
        let counted = || {
            [&b"DOCUMENTS"[..], b"DOKUMENTE", b"Dokument ", b"Document "].iter().any(|w| {
                memchr::memmem::find_iter(head, w).take(50).any(|at| {
                    let from = at.saturating_sub(20);
                    let to = (at + 30).min(head.len());
                    String::from_utf8_lossy(&head[from..to]).split(['<', '>', '\n', '\r']).any(counted::is_counter)
                })
            })
        };
        // `NGE:` is the end of `LÄNGE:`, in whatever charset.
        let particular = || [&b"LENGTH:"[..], b"LOAD-DATE:", b"BYLINE:", b"NGE:", b"RUBRIK:", b"LONGUEUR:"].iter().any(|w| has(w));
        // The newer kind saved as text.
        let headed = || has(END.as_bytes()) && has(b"Load-Date:") && has(b"Body");
        if counted() && particular() || headed() { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let text = decode(&input.whole()?, None).told(&path, sink);
        let is_html = text.trim_start().starts_with('<');
        let text = if is_html { html_to_text(&text) } else { paragraphs(&text) };
        if text.split("\n\n").any(|p| p.trim() == END) {
            let paragraphs: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
            return documents::number(&path, headed::articles(&paragraphs), sink);
        }
        documents::number(&path, counted::articles(&text), sink)?;
        documents::tell_of_rest(&path, text.split("\n\n"), sink);
        Ok(())
    }
}

/// Whether lines are an export that counts its articles.
pub(super) fn is_counted<'a>(mut lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut counted, mut particular) = (false, false);
    lines.any(|line| {
        counted |= counted::is_counter(line);
        particular |=
            fields::particular(line).is_some_and(|(name, _)| matches!(name.as_str(), "length" | "load-date" | "byline" | "länge"));
        counted && particular
    })
}

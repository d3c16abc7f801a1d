//! OpenDocument text files (`.odt`, ISO/IEC 26300), as LibreOffice writes them: one article a file, or an export of a press database.
//!
//! # What it does not read
//!
//! Deleted text of tracked changes, notes, comments, text in frames' descriptions, headers and footers; spreadsheets and slides; encrypted files.

use super::xml::{self, Element, Node};
use super::{documents, word};
use crate::error::{Context, Kind, Result};
use crate::ingest::text::decode;
use crate::ingest::{Format, Input, Sink, Sureness};

/// OpenDocument text files.
pub struct OpenDocument;

/// What a document begins with; its kind follows: `text`, `spreadsheet`.
const MARK: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.";

/// Whether a zip archive is a document of this kind, whatever its name.
pub(super) fn is_document(head: &[u8]) -> bool {
    head.get(30..).is_some_and(|first| first.starts_with(MARK))
}

impl Format for OpenDocument {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let marked = is_document(head) && head.get(MARK.len() + 30..).is_some_and(|kind| kind.starts_with(b"text"));
        let named = path.to_ascii_lowercase().ends_with(".odt") && head.starts_with(b"PK\x03\x04");
        if marked || named { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, limits) = (input.path.clone(), input.limits);
        let fail = || "the OpenDocument file is damaged or cut off".to_owned();
        let mut archive = zip::ZipArchive::new(input.seekable()?).context(Kind::Input, fail)?;
        let text = decode(&word::member(&mut archive, "content.xml", &limits, fail)?, None).told(&path, sink);
        let tree = xml::parse(&text).told(&path, sink);
        let mut paragraphs = Vec::new();
        for body in tree.root.within(&["text"]).into_iter().filter(|e| e.prefix() == "office") {
            collect(body, &mut paragraphs);
        }
        documents::hand_over(path, &paragraphs, sink)
    }
}

/// Parts that are no text of the document.
const OMITTED: &[&str] =
    &["tracked-changes", "note", "annotation", "sequence-decls", "forms", "title", "desc", "table-of-content", "bibliography"];

fn collect(element: &Element<'_>, paragraphs: &mut Vec<String>) {
    for child in element.children().filter(|c| !OMITTED.iter().any(|o| c.is(o))) {
        if child.is("p") || child.is("h") {
            let mut text = String::new();
            runs(child, &mut text);
            paragraphs.push(text);
        } else {
            collect(child, paragraphs);
        }
    }
}

fn runs(element: &Element<'_>, text: &mut String) {
    for node in &element.nodes {
        match node {
            // Line ends in the markup are spaces.
            Node::Text(t) => text.extend(t.chars().map(|c| if c == '\n' { ' ' } else { c })),
            Node::Element(e) if OMITTED.iter().any(|o| e.is(o)) => {}
            Node::Element(e) => match e.name() {
                "s" => text.push(' '),
                "tab" => text.push(' '),
                "line-break" => text.push('\n'),
                _ => runs(e, text),
            },
        }
    }
}

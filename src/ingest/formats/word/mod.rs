//! Word files (`.docx`, Office Open XML): one article a file, or an export of a press database with many.
//!
//! # What it does not read
//!
//! Deleted text of tracked changes, text boxes' second copies, headers, footers and notes; the older `.doc`.

#[cfg(test)]
mod tests;

use super::{documents, xml};
use crate::error::{Context, Error, Kind, Result};
use crate::ingest::limits::Ratio;
use crate::ingest::text::decode;
use crate::ingest::{Format, Input, Limits, Sink, Sureness};
use std::io::{Read, Seek};

/// Word files.
pub struct Word;

impl Format for Word {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let named = path.to_ascii_lowercase().ends_with(".docx") && head.starts_with(b"PK\x03\x04");
        let within = || is_office(head) && memchr::memmem::find(head, b"word/").is_some();
        if named || within() { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, limits) = (input.path.clone(), input.limits);
        let fail = || "the Word file is damaged or cut off".to_owned();
        let mut archive = zip::ZipArchive::new(input.seekable()?).context(Kind::Input, fail)?;
        let text = decode(&member(&mut archive, "word/document.xml", &limits, fail)?, None).told(&path, sink);
        let mut paragraphs = Vec::new();
        collect(&xml::parse(&text).told(&path, sink).root, &mut paragraphs);
        documents::hand_over(path, &paragraphs, sink)
    }
}

/// Whether a zip archive is a document of Office, whatever its name: by its first member.
pub(super) fn is_office(head: &[u8]) -> bool {
    let first = head.get(30..).filter(|_| head.starts_with(b"PK\x03\x04")).unwrap_or(&[]);
    let parts: [&[u8]; 4] = [b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"word/document.xml"];
    parts.iter().any(|part| first.starts_with(part))
}

/// The bytes of the part `name` of a packed document.
///
/// # Errors
///
/// When it is missing, damaged, or larger than one document may be.
pub(super) fn member(
    archive: &mut zip::ZipArchive<impl Read + Seek>,
    name: &str,
    limits: &Limits,
    fail: impl Fn() -> String,
) -> Result<Vec<u8>> {
    let member = archive.by_name(name).context(Kind::Input, &fail)?;
    let packed = std::rc::Rc::new(std::cell::Cell::new(member.compressed_size()));
    let mut source = Vec::new();
    Ratio::new(member, packed, limits).take(limits.document().saturating_add(1)).read_to_end(&mut source).context(Kind::Input, &fail)?;
    if source.len() as u64 > limits.document() {
        return Err(Error::new(Kind::Limit, limits.too_large("its text")));
    }
    Ok(source)
}

/// The paragraphs in `element`, in reading order; the depth of the tree is limited where it is made.
fn collect(element: &xml::Element<'_>, paragraphs: &mut Vec<String>) {
    for child in element.children() {
        if child.is("p") {
            let mut text = String::new();
            runs(child, &mut text);
            paragraphs.push(text);
        } else if !child.is("Fallback") {
            collect(child, paragraphs);
        }
    }
}

fn runs(element: &xml::Element<'_>, text: &mut String) {
    for node in &element.nodes {
        let xml::Node::Element(child) = node else { continue };
        match child.name() {
            "t" => text.push_str(&child.raw()),
            "tab" => text.push(' '),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "del" | "instrText" | "Fallback" | "delText" | "pPr" | "rPr" => {}
            _ => runs(child, text),
        }
    }
}

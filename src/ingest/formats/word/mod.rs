//! Word files (`.docx`, Office Open XML): one article a file, or an export of Nexis Uni with many.
//!
//! # What it does not read
//!
//! Deleted text of tracked changes, text boxes' second copies, headers, footers and notes; the older `.doc`.

#[cfg(test)]
mod tests;

use super::{nexis, plain, xml};
use crate::error::{Context, Error, Kind, Result};
use crate::ingest::limits::Ratio;
use crate::ingest::text::decode;
use crate::ingest::{Format, Input, Sink, Sureness};
use std::io::Read;

/// Word files.
pub struct Word;

impl Format for Word {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        if path.to_ascii_lowercase().ends_with(".docx") && head.starts_with(b"PK\x03\x04") { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let fail = || "the Word file is damaged or cut off".to_owned();
        let mut archive = zip::ZipArchive::new(input.seekable()?).context(Kind::Input, fail)?;
        let member = archive.by_name("word/document.xml").context(Kind::Input, fail)?;
        let packed = std::rc::Rc::new(std::cell::Cell::new(member.compressed_size()));
        let mut source = Vec::new();
        Ratio::new(member, packed).take(Input::WHOLE + 1).read_to_end(&mut source).context(Kind::Input, fail)?;
        if source.len() as u64 > Input::WHOLE {
            return Err(Error::new(
                Kind::Limit,
                format!("its text is larger than {} MB, the most one document may be", Input::WHOLE >> 20),
            ));
        }
        let decoded = decode(&source, None);
        let mut paragraphs = Vec::new();
        collect(&xml::parse(&decoded.text).root, &mut paragraphs);
        if paragraphs.iter().any(|p| p.trim() == nexis::END) {
            for (number, mut article) in nexis::headed_articles(&paragraphs).into_iter().enumerate() {
                article.path = format!("{path}#{}", number + 1);
                sink.article(article)?;
            }
            return Ok(());
        }
        sink.article(plain::article(path, &paragraphs.join("\n\n")))
    }
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

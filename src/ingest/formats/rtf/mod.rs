//! Rich text (RTF), as word processors, Nexis and Factiva write it: one article a file, or an export with many.
//!
//! # What it does not read
//!
//! Pictures, objects, headers, footers, notes, deleted and hidden text, fields other than their result; the two-byte code pages of
//! symbol fonts. Text boxes are read where they stand in the file.

mod page;
#[cfg(test)]
mod tests;
mod text;

use super::documents;
use crate::error::Result;
use crate::ingest::{Format, Input, Problem, Sink, Sureness};

/// Rich text.
pub struct Rtf;

impl Format for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        let head = head.trim_ascii_start();
        if head.starts_with(b"{\\rtf") { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let read = text::read(&input.whole()?);
        if let Some(doubt) = read.doubt {
            sink.problem(Problem::doubt(&path, doubt));
        }
        let paragraphs: Vec<String> = read.text.split('\n').map(str::to_owned).collect();
        documents::hand_over(path, &paragraphs, sink)
    }
}

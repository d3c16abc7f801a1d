//! Scanned pages of newspapers with the text a machine read on them: ALTO, versions 1 to 4. Each page is one article.
//!
//! Blocks become paragraphs; words broken at the end of a line are joined where the file says so, or where the next line goes
//! on in small letters. Pages of which a METS file beside them speaks are left to it: it knows their articles ([`super::mets`]).
//!
//! # What it does not read
//!
//! Where words stand on the page and how sure the machine was.

mod page;

pub(super) use page::{Page, joined};

use super::xml;
use crate::article::Article;
use crate::error::Result;
use crate::ingest::text::decode;
use crate::ingest::{Format, Input, Problem, Sink, Sureness};

/// Scanned pages in ALTO.
pub struct Alto;

impl Format for Alto {
    fn name(&self) -> &'static str {
        "alto"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        if xml::begins_with(head, &["alto"]) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        if let Some(mets) = super::mets::naming(&input) {
            sink.problem(Problem::skipped(&path, format!("its articles are read from `{mets}`")));
            return Ok(());
        }
        let text = decode(&input.whole()?, None).told(&path, sink);
        let tree = xml::parse(&text).told(&path, sink);
        let page = Page::of(&tree.root);
        let body = joined(page.rest());
        if body.is_empty() {
            sink.problem(Problem::skipped(&path, "no text was read on the page"));
            return Ok(());
        }
        sink.article(Article { path, body, page: page.number, ..Article::default() })
    }
}

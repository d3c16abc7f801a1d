//! Feeds: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, and the exports of WordPress (WXR), an entry an article.
//!
//! Feeds are read as they come: cut off, with bare ampersands, with tags that do not match, with any charset. Of the texts of an entry the full one
//! (`content:encoded`, `content`) counts; a description shorter than 200 characters is noted as a teaser.
//!
//! # What it does not read
//!
//! Enclosures, `media:` and podcast elements; comments, pages of menus, attachments and drafts in exports of WordPress. Relative
//! links are not resolved. Entries without headline and text are a problem each.

mod entry;
#[cfg(test)]
mod tests;

use super::xml::{self, Element};
use crate::error::Result;
use crate::ingest::{Format, Input, Problem, Sink, Sureness, text};
use entry::Feed;

/// The format; see the [module](self).
pub struct Feeds;

impl Format for Feeds {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let lower = path.to_ascii_lowercase();
        let named = [".rss", ".atom", ".rdf", ".xml", ".wxr"].iter().any(|e| lower.ends_with(e));
        if xml::begins_with(head, &["rss", "feed"]) {
            return Sureness::Sure;
        }
        let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
        let rdf = xml::begins_with(head, &["RDF"]) && (has(b"<item") || has(b":item") || has(b"purl.org/rss"));
        let bare = xml::begins_with(head, &["channel"]) && (named || has(b"<item") || has(b"<ITEM"));
        let entry = xml::begins_with(head, &["entry"]) && has(b"w3.org/2005/Atom");
        if rdf || bare || entry { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let text = text::decode(&input.whole()?, None).told(&path, sink);
        let tree = xml::parse(&text).told(&path, sink);
        let entries = entries(&tree.root);
        if entries.is_empty() {
            sink.problem(Problem::skipped(&path, "a feed without entries"));
            return Ok(());
        }
        let feed = Feed::of(&tree.root);
        for (i, entry) in entries.iter().enumerate() {
            feed.read(entry).hand_over(format!("{path}#{}", i + 1), sink)?;
        }
        Ok(())
    }
}

/// The entries in reading order. One whose end is missing holds those that follow it.
fn entries<'e, 'a>(element: &'e Element<'a>) -> Vec<&'e Element<'a>> {
    let mut all = Vec::new();
    for entry in element.within(&["item", "entry"]) {
        if !entry::is_foreign(entry) {
            all.push(entry);
        }
        all.extend(entries(entry));
    }
    all
}

//! Digitised newspapers: METS, which says which blocks of the scanned pages beside it (ALTO) make which article, who wrote it, and what the
//! paper and the day were.
//!
//! Articles are found in the logical structure, as the British Library, the Library of Congress, Luxembourg, Finland and others write it: blocks
//! are named in the article itself, or tied to it by links. What no article has of a page becomes an article of its own, so
//! that nothing is lost.
//!
//! # What it does not read
//!
//! Pictures, and where text stands on the page. Pages that cannot be reached from the METS file (in a tar archive, or missing) are reported. A page
//! that changes after its METS file was read is not read again until that file changes.

mod structure;
#[cfg(test)]
mod tests;

use super::alto::{Page, joined};
use super::xml;
use crate::article::{Article, DateOrigin};
use crate::error::Result;
use crate::ingest::input::Beside;
use crate::ingest::text::{decode, one_line, percent_decoded};
use crate::ingest::{Format, Input, Problem, Sink, Sureness};
use std::collections::HashMap;
use structure::{Area, Item, Structure};

/// Digitised newspapers described by METS.
pub struct Mets;

impl Format for Mets {
    fn name(&self) -> &'static str {
        "mets"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        if xml::begins_with(head, &["mets"]) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, beside) = (input.path.clone(), input.beside.clone());
        let text = decode(&input.whole()?, None).told(&path, sink);
        let tree = xml::parse(&text).told(&path, sink);
        let structure = Structure::of(&tree.root);
        let Some(beside) = beside else {
            sink.problem(Problem::doubt(&path, "its pages cannot be reached from here and are read one by one"));
            return Ok(());
        };
        let mut pages = Pages { structure: &structure, beside: beside.as_ref(), read: HashMap::new() };
        let mut number = 0;
        let mut hand_over = |mut article: Article, sink: &mut dyn Sink| {
            number += 1;
            article.path = format!("{path}#{number}");
            sink.article(article)
        };
        let mut empty = 0u64;
        for item in &structure.items {
            let article = pages.article(item, &path, sink);
            match article.body.is_empty() && item.title.is_none() {
                true => empty += 1,
                false => hand_over(article, sink)?,
            }
        }
        if empty > 0 {
            sink.problem(Problem::skipped(&path, format!("{empty} of its articles have neither text nor title")));
        }
        for file in structure.pages() {
            let Some(page) = pages.page(file, &path, sink) else { continue };
            let body = joined(page.rest());
            if !body.is_empty() {
                let page = pages.number(file, &path, sink);
                hand_over(Article { body, page, ..pages.blank() }, sink)?;
            }
        }
        Ok(())
    }
}

/// The pages that were read so far, by their id in the METS file; `None` for those that cannot be.
struct Pages<'a> {
    structure: &'a Structure,
    beside: &'a dyn Beside,
    read: HashMap<String, Option<Page>>,
}

impl Pages<'_> {
    fn page(&mut self, file: &str, path: &str, sink: &mut dyn Sink) -> Option<&mut Page> {
        if !self.read.contains_key(file) {
            let page = self.load(file, path, sink).map_err(|why| sink.problem(Problem::failed(path, why))).ok().flatten();
            self.read.insert(file.to_owned(), page);
        }
        self.read.get_mut(file).and_then(Option::as_mut)
    }

    /// The number of a page, as the issue counts it or as it says itself.
    fn number(&mut self, file: &str, path: &str, sink: &mut dyn Sink) -> Option<String> {
        let counted = self.structure.numbers.get(file).cloned();
        counted.or_else(|| self.page(file, path, sink)?.number.clone())
    }

    /// A page; `None` when the file is none.
    fn load(&self, file: &str, path: &str, sink: &mut dyn Sink) -> Result<Option<Page>, String> {
        let Some(name) = self.structure.files.get(file) else { return Ok(None) };
        let bytes =
            candidates(name).into_iter().find_map(|n| self.beside.open(&n)).ok_or_else(|| format!("its page `{name}` is not there"))?;
        let decoded = decode(&bytes, None);
        let tree = xml::parse(&decoded.text);
        if let Some(trouble) = &tree.trouble {
            sink.problem(Problem::doubt(path, format!("its page `{name}` is not well-formed XML: {trouble}")));
        }
        Ok((!tree.root.within(&["alto"]).is_empty()).then(|| Page::of(&tree.root)))
    }

    fn texts(&mut self, areas: &[Area], path: &str, sink: &mut dyn Sink) -> Vec<String> {
        let mut blocks = Vec::new();
        for area in areas {
            if let Some(page) = self.page(&area.file, path, sink) {
                blocks.extend(page.take(&area.begin, area.end.as_deref()));
            }
        }
        blocks
    }

    /// An article that has only what the whole issue has.
    fn blank(&self) -> Article {
        Article {
            source: self.structure.paper.clone(),
            published: self.structure.day.clone(),
            published_from: self.structure.day.as_ref().map(|_| DateOrigin::Field),
            language: self.structure.language.clone(),
            ..Article::default()
        }
    }

    fn article(&mut self, item: &Item, path: &str, sink: &mut dyn Sink) -> Article {
        let heading = one_line(&self.texts(&item.headings, path, sink).join(" "));
        let body = joined(self.texts(&item.areas, path, sink));
        let blank = self.blank();
        // It stands where it begins.
        let first = item.headings.iter().chain(&item.areas).next();
        Article {
            page: first.and_then(|area| self.number(&area.file, path, sink)),
            title: item.title.clone().or(Some(heading)).filter(|t| !t.is_empty()),
            byline: item.authors.clone(),
            section: item.section.clone(),
            language: item.language.clone().or(blank.language),
            body,
            ..blank
        }
    }
}

/// Where a page may lie: as it is named, or in the folders libraries use.
fn candidates(name: &str) -> Vec<String> {
    // Names are addresses: `page%201.xml` is `page 1.xml`, unless it is called so.
    let spelled = String::from_utf8(percent_decoded(name)).ok().filter(|spelled| spelled != name);
    let mut all = places(name);
    all.extend(spelled.map(|name| places(&name)).unwrap_or_default());
    all
}

fn places(name: &str) -> Vec<String> {
    let name = name.strip_prefix("file://").unwrap_or(name).trim_start_matches("./").trim_start_matches('/').replace('\\', "/");
    let last = name.rsplit('/').next().unwrap_or(&name).to_owned();
    let mut all = vec![name.clone(), last.clone()];
    all.extend(["alto", "ALTO", "ocr", "text"].iter().map(|folder| format!("{folder}/{last}")));
    all.dedup();
    all
}

/// Whether a file is called as METS files are, which are few among the pages they describe.
pub(in crate::ingest) fn is_called(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    low.contains("mets") && low.ends_with(".xml")
}

/// The METS file that speaks of the page `input`, if one lies beside it or above.
pub(super) fn naming(input: &Input<'_>) -> Option<String> {
    let beside = input.beside.as_ref()?;
    let file = input.path.rsplit('/').next().unwrap_or(&input.path);
    beside.names().into_iter().filter(|name| is_called(name)).find(|name| {
        beside
            .open(name)
            .is_some_and(|bytes| xml::begins_with(&bytes, &["mets"]) && memchr::memmem::find(&bytes, file.as_bytes()).is_some())
    })
}

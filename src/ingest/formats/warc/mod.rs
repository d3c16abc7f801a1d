//! Web archives as crawlers write them, WARC (ISO 28500) and the older ARC: each page that was fetched is told apart and read like any file.
//!
//! Read are `response` records with status 200, `resource` and `conversion` records, when they hold a page, a feed or plain text.
//! After a damaged record reading goes on with the next. A page that was fetched again and had not changed is taken once.
//!
//! # What it does not read
//!
//! Revisit records (the page is elsewhere in the crawl), and pages of other types.

mod arc;
mod http;
mod record;
#[cfg(test)]
mod tests;

use crate::error::Result;
use crate::ingest::{Format, Input, Limits, Problem, Sink, Sureness, date};
use record::{Record, Records};
use std::collections::HashSet;

/// Web archives.
pub struct Warc;

impl Format for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn is_container(&self) -> bool {
        true
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        if head.starts_with(b"WARC/") || is_arc(head) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let mut crawl = Crawl { path: input.path.clone(), depth: input.depth, limits: input.limits, seen: HashSet::new() };
        let mut number = 0usize;
        if is_arc(input.head()) {
            let mut pages = arc::Pages::new(input.stream(), crawl.limits);
            while let Some(page) = pages.next() {
                number += 1;
                match page {
                    Ok(page) => {
                        let is_cut = page.is_cut;
                        crawl.fetched(page, sink)?;
                        say_if_cut(is_cut, &crawl.path, number, sink);
                    }
                    Err(message) => sink.problem(Problem::failed(format!("{}#{number}", crawl.path), message)),
                }
            }
            return Ok(());
        }
        let mut records = Records::new(input.stream(), crawl.limits);
        while let Some(record) = records.next() {
            number += 1;
            match record {
                Ok(record) => {
                    let is_cut = record.is_cut;
                    crawl.record(record, sink)?;
                    say_if_cut(is_cut, &crawl.path, number, sink);
                }
                Err(message) => sink.problem(Problem::failed(format!("{}#{number}", crawl.path), message)),
            }
        }
        Ok(())
    }
}

/// Of a page cut off by the end of the file, what there is was read.
fn say_if_cut(is_cut: bool, path: &str, number: usize, sink: &mut dyn Sink) {
    if is_cut {
        sink.problem(Problem::failed(format!("{path}#{number}"), "the file is cut off in this record"));
    }
}

fn is_arc(head: &[u8]) -> bool {
    head.starts_with(b"filedesc:")
}

/// Media types that are read.
const PAGES: &[&str] =
    &["text/html", "application/xhtml+xml", "text/plain", "application/rss+xml", "application/atom+xml", "text/xml", "application/xml"];

/// A file of pages.
struct Crawl {
    path: String,
    depth: u8,
    limits: Limits,
    /// Hashes of pages handed on.
    seen: HashSet<[u8; 32]>,
}

/// A page out of a record.
struct Page {
    url: String,
    kind: String,
    charset: Option<String>,
    body: Vec<u8>,
    fetched: Option<String>,
}

impl Crawl {
    /// Hands on the page a record holds, if it holds one.
    fn record(&mut self, record: Record, sink: &mut dyn Sink) -> Result<()> {
        let url = record.header("warc-target-uri").unwrap_or("").trim_matches(['<', '>', ' ']).to_owned();
        let fetched = record.header("warc-date").map(str::to_owned);
        match record.header("warc-type").unwrap_or("") {
            "response" => self.answer(url, fetched, &record.block, sink),
            "resource" | "conversion" => {
                let (kind, charset) = http::media_type(record.header("content-type").unwrap_or(""));
                self.page(Page { url, kind, charset, body: record.block, fetched }, sink)
            }
            _ => Ok(()),
        }
    }

    /// Hands on a page of an ARC file.
    fn fetched(&mut self, page: arc::Fetched, sink: &mut dyn Sink) -> Result<()> {
        if page.block.starts_with(b"HTTP/") {
            return self.answer(page.url, Some(page.date), &page.block, sink);
        }
        // Some writers leave the header of the answer out.
        self.page(Page { url: page.url, kind: page.kind, charset: None, body: page.block, fetched: Some(page.date) }, sink)
    }

    /// Hands on the page a server answered with.
    fn answer(&mut self, url: String, fetched: Option<String>, block: &[u8], sink: &mut dyn Sink) -> Result<()> {
        match http::body(block, &self.limits) {
            Ok(Some(r)) => {
                if let Some(cut) = r.cut {
                    sink.problem(Problem::doubt(format!("{}!/{url}", self.path), cut));
                }
                self.page(Page { url, kind: r.kind, charset: r.charset, body: r.body, fetched }, sink)
            }
            Ok(None) => Ok(()),
            Err(message) => {
                sink.problem(Problem::failed(format!("{}!/{url}", self.path), message));
                Ok(())
            }
        }
    }

    fn page(&mut self, page: Page, sink: &mut dyn Sink) -> Result<()> {
        let Page { url, kind, charset, body, fetched } = page;
        let ours = ["dns:", "metadata:", "urn:", "filedesc:", "warcinfo:"].iter().any(|s| url.starts_with(s));
        if !PAGES.contains(&kind.as_str()) || body.is_empty() || ours || url.ends_with("/robots.txt") {
            return Ok(());
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(url.as_bytes()).update(&[0]).update(&body);
        if !self.seen.insert(*hasher.finalize().as_bytes()) {
            return Ok(());
        }
        let fetched = fetched.and_then(|d| date::parse(&d)).and_then(|d| d.parse::<jiff::Timestamp>().ok()).map(jiff::Timestamp::as_second);
        let mut inner = Input::member(&self.path, &url, fetched, self.depth, body.as_slice())?;
        inner.charset = charset;
        inner.url = Some(url).filter(|u| u.contains("://"));
        sink.file(inner)
    }
}

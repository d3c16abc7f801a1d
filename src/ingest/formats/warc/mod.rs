//! Web archives (WARC, ISO 28500) as crawlers write them: each page that was fetched is told apart and read like any file.
//!
//! Read are `response` records with status 200, `resource` and `conversion` records, when they hold a page or plain text.
//! After a damaged record reading goes on with the next.
//!
//! # What it does not read
//!
//! Revisit records (the page is elsewhere in the crawl), bodies packed with Brotli, pages of other types, and ARC files.

mod http;
mod record;
#[cfg(test)]
mod tests;

use crate::error::Result;
use crate::ingest::{Format, Input, Problem, Sink, Sureness, date};
use record::{Record, Records};

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
        if head.starts_with(b"WARC/") { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, depth) = (input.path.clone(), input.depth);
        let mut records = Records::new(input.stream());
        let mut number = 0usize;
        while let Some(record) = records.next() {
            number += 1;
            let place = format!("{path}#{number}");
            match record {
                Ok(record) => page(&path, depth, &record, sink)?,
                Err(message) => sink.problem(Problem::failed(place, message)),
            }
        }
        Ok(())
    }
}

/// Hands on the page a record holds, if it holds one.
fn page(path: &str, depth: u8, record: &Record, sink: &mut dyn Sink) -> Result<()> {
    let url = record.header("warc-target-uri").unwrap_or("").trim_matches(['<', '>', ' ']).to_owned();
    let place = format!("{path}!/{url}");
    let (kind, charset, body) = match record.header("warc-type").unwrap_or("") {
        "response" => match http::body(&record.block) {
            Ok(Some(response)) => (response.kind, response.charset, response.body),
            Ok(None) => return Ok(()),
            Err(message) => {
                sink.problem(Problem::failed(place, message));
                return Ok(());
            }
        },
        "resource" | "conversion" => {
            let (kind, charset) = http::media_type(record.header("content-type").unwrap_or(""));
            (kind, charset, record.block.clone())
        }
        _ => return Ok(()),
    };
    let page = matches!(kind.as_str(), "text/html" | "application/xhtml+xml" | "text/plain");
    if !page
        || body.is_empty()
        || url.ends_with("/robots.txt")
        || url.starts_with("dns:")
        || url.starts_with("metadata:")
        || url.starts_with("urn:")
    {
        return Ok(());
    }
    let fetched =
        record.header("warc-date").and_then(date::parse).and_then(|d| d.parse::<jiff::Timestamp>().ok()).map(jiff::Timestamp::as_second);
    let mut inner = Input::member(path, &url, fetched, depth, body.as_slice())?;
    inner.charset = charset;
    inner.url = Some(url).filter(|u| u.contains("://"));
    sink.file(inner)
}

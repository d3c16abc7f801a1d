//! ARC files, the crawls of the Internet Archive before WARC: a line with address, host, date, type and length before each page
//! (versions 1 and 2).

use super::record::Trouble;
use crate::ingest::Limits;
use std::io::{BufRead, Read};

/// A page as it was fetched.
pub(super) struct Fetched {
    pub(super) url: String,
    /// Fourteen digits: year to second, UTC.
    pub(super) date: String,
    /// The media type the line names.
    pub(super) kind: String,
    /// What the server answered, header and all.
    pub(super) block: Vec<u8>,
    /// Whether the file ends in the middle of it.
    pub(super) is_cut: bool,
}

/// Longest line before a page, in bytes.
const LINE: u64 = 64 * 1024;

/// Reads pages from a stream.
pub(super) struct Pages<'a> {
    bytes: Box<dyn BufRead + 'a>,
    limits: Limits,
    ended: bool,
}

impl<'a> Pages<'a> {
    pub(super) fn new(bytes: Box<dyn BufRead + 'a>, limits: Limits) -> Pages<'a> {
        Pages { bytes, limits, ended: false }
    }

    /// The next page; a message when it is damaged; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Result<Fetched, String>> {
        if self.ended {
            return None;
        }
        let outcome = self.read();
        self.ended = !matches!(outcome, Ok(Some(_)) | Err(Trouble::Record(_)));
        match outcome {
            Ok(page) => page.map(Ok),
            Err(Trouble::Record(message)) => Some(Err(message)),
            Err(Trouble::Stream(e)) => Some(Err(format!("the rest of the file cannot be read: {e}"))),
        }
    }

    fn read(&mut self) -> Result<Option<Fetched>, Trouble> {
        let (url, date, kind, length) = loop {
            let mut line = Vec::new();
            if (&mut self.bytes).take(LINE).read_until(b'\n', &mut line).map_err(Trouble::Stream)? == 0 {
                return Ok(None);
            }
            // Blank lines stand between pages; what is no heading is damage and passed over.
            if let Some(heading) = heading(&String::from_utf8_lossy(&line)) {
                break heading;
            }
        };
        if length > self.limits.document() {
            std::io::copy(&mut (&mut self.bytes).take(length), &mut std::io::sink()).map_err(Trouble::Stream)?;
            return Err(Trouble::Record(self.limits.too_large("the page")));
        }
        let mut block = Vec::new();
        let got = (&mut self.bytes).take(length).read_to_end(&mut block).map_err(Trouble::Stream)?;
        Ok(Some(Fetched { url, date, kind, block, is_cut: (got as u64) < length }))
    }
}

/// The address, date, type and length a line before a page gives. Addresses may have spaces in them.
fn heading(line: &str) -> Option<(String, String, String, u64)> {
    let line = line.trim_end();
    let is_date = |w: &str| (8..=14).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<&str> = line.split(' ').collect();
    let at = words.iter().rposition(|w| is_date(w)).filter(|at| *at >= 2)?;
    let length = words.last()?.parse().ok().filter(|_| words.len() >= at + 3)?;
    let url = words.get(..at - 1)?.join(" ");
    url.contains(':').then(|| (url, words[at].to_owned(), words.get(at + 1).map_or(String::new(), |k| k.to_ascii_lowercase()), length))
}

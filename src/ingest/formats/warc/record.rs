//! The records of a WARC file, one after another.

use crate::ingest::Limits;
use std::io::{BufRead, Read};

/// A record: its named fields, and its block.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Names in lower case.
    headers: Vec<(String, String)>,
    /// What the record holds, as it was sent.
    pub(super) block: Vec<u8>,
    /// Whether the file ends in the middle of it.
    pub(super) is_cut: bool,
}

impl Record {
    /// The value of a field, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Longest line of a header, in bytes.
const LINE: u64 = 64 * 1024;
/// Most lines of a header.
const LINES: usize = 1000;

/// Reads records from a stream.
pub(super) struct Records<'a> {
    bytes: Box<dyn BufRead + 'a>,
    limits: Limits,
    ended: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: Box<dyn BufRead + 'a>, limits: Limits) -> Records<'a> {
        Records { bytes, limits, ended: false }
    }

    /// The next record; a message when it is damaged; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Result<Record, String>> {
        if self.ended {
            return None;
        }
        let outcome = self.read();
        if !matches!(outcome, Ok(Some(_)) | Err(Trouble::Record(_))) {
            self.ended = true;
        }
        match outcome {
            Ok(record) => record.map(Ok),
            Err(Trouble::Record(message)) => Some(Err(message)),
            Err(Trouble::Stream(e)) => Some(Err(format!("the rest of the file cannot be read: {e}"))),
        }
    }

    fn read(&mut self) -> Result<Option<Record>, Trouble> {
        // Blank lines end the record before; anything else that is no beginning is damage and passed over.
        loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.starts_with("WARC/") => break,
                Some(_) => {}
            }
        }
        let mut record = Record::default();
        for _ in 0..LINES {
            let Some(line) = self.line()? else { return Err(Trouble::Record("the file is cut off in a record".to_owned())) };
            if line.is_empty() {
                break;
            }
            match (line.split_once(':'), record.headers.last_mut()) {
                // A line that begins with a space goes on with the one before.
                (_, Some((_, value))) if line.starts_with([' ', '\t']) => value.push_str(&line),
                (Some((name, value)), _) => record.headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
                _ => {}
            }
        }
        let length: u64 = match record.header("content-length").map(str::parse) {
            Some(Ok(length)) => length,
            _ => return Err(Trouble::Record("the record does not say how long it is".to_owned())),
        };
        if length > self.limits.document() {
            std::io::copy(&mut (&mut self.bytes).take(length), &mut std::io::sink()).map_err(Trouble::Stream)?;
            return Err(Trouble::Record(self.limits.too_large("the record")));
        }
        let got = (&mut self.bytes).take(length).read_to_end(&mut record.block).map_err(Trouble::Stream)?;
        record.is_cut = (got as u64) < length;
        Ok(Some(record))
    }

    /// A line without its end; `None` at the end of the stream.
    fn line(&mut self) -> Result<Option<String>, Trouble> {
        let mut line = Vec::new();
        let got = (&mut self.bytes).take(LINE).read_until(b'\n', &mut line).map_err(Trouble::Stream)?;
        let text = String::from_utf8_lossy(&line);
        Ok((got > 0).then(|| text.trim_end_matches(['\r', '\n']).to_owned()))
    }
}

/// What can go wrong: with one record, or with all that follows.
pub(super) enum Trouble {
    Record(String),
    Stream(std::io::Error),
}

//! Cuts a stream of JSON into its records, however long the stream is: only the record at hand is in memory.
//!
//! Told apart are JSON Lines (a record a line, so that a broken one costs no other), a top-level array, and objects one after the
//! other. An object with an array of articles inside is taken apart by its reader, or here when it is too large to be read whole.

use crate::error::{Context, Kind, Result};
use crate::ingest::Limits;
use std::io::{BufRead, Cursor, Read};

/// How often reading is taken up again behind a record that never ends.
const MOST_RESTARTS: usize = 100;

/// Columns up to which a record that begins there may have equals below it.
const MOST_INDENTED: usize = 1000;

/// How the records of a stream are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One a line.
    Lines,
    /// By their brackets.
    Brackets,
}

impl Layout {
    /// What the beginning of a file shows: lines, when the first holds a whole object and the next begins one. A first line that is
    /// broken is forgiven when two whole ones follow, or when the `name` of the file says that it holds lines.
    pub fn of(name: &str, head: &[u8]) -> Layout {
        let mut lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty());
        let first = lines.next().unwrap_or(&[]);
        let whole = |line: &[u8]| line.starts_with(b"{") && ends(line) == Some(line.len());
        let (second, third) = (lines.next().unwrap_or(&[]), lines.next().unwrap_or(&[]));
        let named = named_lines(name) && first.starts_with(b"{") && first.len() > 1;
        if named || whole(first) && second.starts_with(b"{") || first.starts_with(b"{\"") && whole(second) && whole(third) {
            Layout::Lines
        } else {
            Layout::Brackets
        }
    }
}

/// Whether a file of this name holds a record a line.
pub fn named_lines(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".jsonl", ".ndjson", ".jl", ".jsonl.gz", ".jsonl.zst", ".ndjson.gz", ".ndjson.zst"].iter().any(|e| lower.ends_with(e))
}

/// Where the value ends that `bytes` begins with.
fn ends(bytes: &[u8]) -> Option<usize> {
    Scan::default().end(bytes)
}

/// A stretch of the stream that should be one JSON value.
pub struct Raw {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Line of its first byte, from 1.
    pub line: usize,
    /// Column of its first byte, from 1.
    pub column: usize,
    /// Whether it is a word or number standing where a record should be.
    pub is_scalar: bool,
    /// Why it is no whole value, if it is known not to be.
    pub broken: Option<String>,
}

/// The records of a stream.
pub struct Records<'a> {
    path: String,
    inner: Box<dyn BufRead + 'a>,
    layout: Layout,
    limits: Limits,
    line: usize,
    column: usize,
    /// Whether we are inside the top-level array.
    in_array: bool,
    /// Whether that array lies in an object, of which nothing more is read behind it.
    in_object: bool,
    /// Whether the stream ended inside that array.
    is_cut: bool,
    restarts: usize,
}

/// Brackets and strings, byte by byte.
#[derive(Default)]
struct Scan {
    depth: usize,
    string: bool,
    escaped: bool,
}

impl Scan {
    /// Takes the next bytes; where behind them the value ends, if it ends in them.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) {
            if self.escaped {
                self.escaped = false;
                at += 1;
            } else if self.string {
                let next = memchr::memchr2(b'"', b'\\', rest)?;
                self.escaped = rest.get(next) == Some(&b'\\');
                self.string = self.escaped;
                at += next + 1;
            } else {
                let next = rest.iter().position(|b| matches!(b, b'"' | b'{' | b'}' | b'[' | b']'))?;
                at += next + 1;
                match rest.get(next) {
                    Some(b'"') => self.string = true,
                    Some(b'{' | b'[') => self.depth += 1,
                    _ => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return Some(at);
                        }
                    }
                }
            }
            // A string by itself is a value too, if one of no interest.
            if self.depth == 0 && !self.string && !self.escaped {
                return Some(at);
            }
        }
        None
    }
}

impl<'a> Records<'a> {
    /// Cuts `inner`; `path` is named in errors.
    pub fn new(path: &str, inner: Box<dyn BufRead + 'a>, layout: Layout, limits: Limits) -> Records<'a> {
        Records {
            path: path.to_owned(),
            inner,
            layout,
            limits,
            line: 1,
            column: 1,
            in_array: false,
            in_object: false,
            is_cut: false,
            restarts: 0,
        }
    }

    /// The next record, `None` at the end.
    ///
    /// # Errors
    ///
    /// When the stream cannot be read.
    pub fn next(&mut self) -> Result<Option<Raw>> {
        match self.layout {
            Layout::Lines => self.next_line(),
            Layout::Brackets => self.next_value(),
        }
    }

    /// Whether the array of the records ended with the stream, and not with a bracket.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether the records stand in a top-level array.
    pub fn is_in_array(&self) -> bool {
        self.in_array
    }

    /// Goes into the array that begins behind byte `at` of `start`, which was read from this stream before.
    pub fn enter(&mut self, start: Raw, at: usize) {
        (self.line, self.column) = (start.line, start.column);
        self.count(start.bytes.get(..=at).unwrap_or(&[]));
        self.put_back(start.bytes.get(at + 1..).unwrap_or(&[]).to_vec());
        self.in_array = true;
        self.in_object = true;
    }

    fn put_back(&mut self, bytes: Vec<u8>) {
        let rest = std::mem::replace(&mut self.inner, Box::new(std::io::empty()));
        self.inner = Box::new(Cursor::new(bytes).chain(rest));
    }

    fn count(&mut self, bytes: &[u8]) {
        self.line += memchr::memchr_iter(b'\n', bytes).count();
        match memchr::memrchr(b'\n', bytes) {
            Some(last) => self.column = bytes.len() - last,
            None => self.column += bytes.len(),
        }
    }

    /// The bytes at hand; empty at the end.
    fn peek(&mut self) -> Result<&[u8]> {
        let path = &self.path;
        self.inner.fill_buf().context(Kind::Input, || format!("cannot read `{path}`"))
    }

    fn take(&mut self, count: usize) {
        self.inner.consume(count);
    }

    fn next_line(&mut self) -> Result<Option<Raw>> {
        loop {
            let mut bytes = Vec::new();
            let (line, path) = (self.line, &self.path);
            let mut limited = (&mut self.inner).take(self.limits.record() as u64 + 1);
            let read = limited.read_until(b'\n', &mut bytes).context(Kind::Input, || format!("cannot read `{path}`"))?;
            if read == 0 {
                return Ok(None);
            }
            self.line += 1;
            if bytes.len() > self.limits.record() && !bytes.ends_with(b"\n") {
                self.skip_line()?;
                return Ok(Some(Raw {
                    bytes: Vec::new(),
                    line,
                    column: 1,
                    is_scalar: false,
                    broken: Some(self.limits.too_long("the record")),
                }));
            }
            let record = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes).trim_ascii();
            let record = record.strip_prefix(b"\x1E").unwrap_or(record);
            let record = record.strip_suffix(b",").unwrap_or(record);
            if !record.is_empty() {
                return Ok(Some(Raw { bytes: record.to_vec(), line, column: 1, is_scalar: false, broken: None }));
            }
        }
    }

    fn skip_line(&mut self) -> Result<()> {
        loop {
            let buffer = self.peek()?;
            let (len, end) = (buffer.len(), memchr::memchr(b'\n', buffer));
            self.take(end.map_or(len, |e| e + 1));
            if len == 0 || end.is_some() {
                return Ok(());
            }
        }
    }

    fn next_value(&mut self) -> Result<Option<Raw>> {
        let Some(first) = self.skip_to_value()? else { return Ok(None) };
        let (line, column) = (self.line, self.column);
        let is_scalar = !matches!(first, b'{' | b'[' | b'"');
        let (bytes, whole) = if is_scalar { (self.scalar()?, true) } else { self.bracketed()? };
        let mut raw = Raw { bytes, line, column, is_scalar, broken: None };
        if !whole {
            let too_long = raw.bytes.len() > self.limits.record();
            raw.broken = Some(if too_long { self.limits.too_long("the record") } else { "the record does not end".into() });
            if !too_long {
                self.restart(&mut raw);
            }
        }
        Ok(Some(raw))
    }

    /// Up to the first byte of the next value, which is returned but not taken.
    fn skip_to_value(&mut self) -> Result<Option<u8>> {
        loop {
            let in_array = self.in_array;
            let buffer = self.peek()?;
            let Some(byte) = buffer.first().copied() else {
                self.is_cut = in_array;
                return Ok(None);
            };
            match byte {
                b'[' if !in_array => self.in_array = true,
                b']' if in_array && self.in_object => return Ok(None),
                b']' if in_array => self.in_array = false,
                b',' | b'\x1E' | b']' | b'}' => {}
                b if b.is_ascii_whitespace() => {}
                b => return Ok(Some(b)),
            }
            self.count(&[byte]);
            self.take(1);
        }
    }

    /// An object, array or string, and whether its end was found.
    fn bracketed(&mut self) -> Result<(Vec<u8>, bool)> {
        let (mut bytes, mut scan) = (Vec::new(), Scan::default());
        loop {
            let buffer = self.peek()?;
            let end = scan.end(buffer);
            let len = end.unwrap_or(buffer.len());
            bytes.extend_from_slice(buffer.get(..len).unwrap_or(&[]));
            self.take(len);
            if end.is_some() || len == 0 || bytes.len() > self.limits.record() {
                self.count(&bytes);
                return Ok((bytes, end.is_some()));
            }
        }
    }

    /// A number or word where a record should be.
    fn scalar(&mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        while let Some(byte) = self.peek()?.first().copied().filter(|b| !b.is_ascii_whitespace() && !b",[]{}".contains(b)) {
            if bytes.len() < 4096 {
                bytes.push(byte);
            }
            self.count(&[byte]);
            self.take(1);
        }
        Ok(bytes)
    }

    /// A record without an end has swallowed what follows: go on at the next line that begins an object as this one began.
    fn restart(&mut self, raw: &mut Raw) {
        // So far to the right nobody indents: the file is one line.
        if self.restarts >= MOST_RESTARTS || raw.column > MOST_INDENTED {
            return;
        }
        let begins = [b"\n".as_slice(), &b" ".repeat(raw.column - 1), b"{"].concat();
        if let Some(at) = memchr::memmem::find(&raw.bytes, &begins) {
            self.restarts += 1;
            let rest = raw.bytes.split_off(at);
            (self.line, self.column) = (raw.line, raw.column);
            self.count(&raw.bytes.clone());
            self.put_back(rest);
        }
    }
}

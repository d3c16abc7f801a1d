//! JSON and JSON Lines: morgue's own records, and those of scrapers, search engines, content systems and news interfaces.
//!
//! A file may hold one object, a record a line, an array, objects one after the other, or an object around a list of articles
//! (`{"articles": […]}`, Elasticsearch hits, answers of the New York Times and Guardian interfaces). Which key holds what is a row in
//! [`aliases`]; a [`FieldMap`] adds to it. The `body` of a record of morgue's own shape (with `id` or `title` beside it) is taken to
//! the letter, so that offsets fit the caller's text; all other texts are cleaned, and HTML in them becomes text.
//!
//! Files of any size are read in the memory of one record. A record that is no JSON is mended if only its strings are at fault ([`mend`]), else
//! it is a problem with line and column, and the rest is read.
//!
//! # What it does not read
//!
//! Records of more than 32 MB or nested deeper than 128; records marked as drafts; comments of forums as such (they are articles). Of a list of
//! articles inside an object only the first list found is read. Crawl dates are not taken for dates of publication.

mod aliases;
mod given;
pub mod lookup;
mod mend;
mod record;
pub mod stream;
#[cfg(test)]
mod tests;

pub use record::{Record, clipped, date_of, is_html, one_line, plain};

use super::ninjs;
use crate::error::Result;
use crate::ingest::{FieldMap, Format, Input, Problem, Sink, Sureness, text};
use serde_json::Value;
use stream::{Layout, Raw, Records};

/// The format; see the [module](self).
pub struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let named = [".json", ".jsonl", ".ndjson", ".jl", ".geojson"].iter().any(|e| ends_with(path, e));
        let mut bytes = head.iter().copied().filter(|b| !b.is_ascii_whitespace());
        match (bytes.next(), bytes.next()) {
            (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{' | b']')) => {
                if named {
                    Sureness::Sure
                } else {
                    Sureness::Likely
                }
            }
            _ if named => Sureness::Perhaps,
            _ => Sureness::No,
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        read_records(input, sink)
    }
}

fn ends_with(path: &str, ending: &str) -> bool {
    path.len() >= ending.len() && path.get(path.len() - ending.len()..).is_some_and(|e| e.eq_ignore_ascii_case(ending))
}

/// Whether an object has `key`, case and `_` aside.
pub fn has_key(value: &Value, key: &str) -> bool {
    lookup::get(value, key).is_some()
}

/// Reads every record of `input`, whatever its shape.
///
/// # Errors
///
/// When the file cannot be read, or when the sink wants no more.
pub fn read_records(input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
    let path = input.path.clone();
    let (map, limits) = (input.map, input.limits);
    let layout = Layout::of(&path, input.head());
    let mut records = Records::new(&path, input.stream(), layout, limits);
    let mut reader = Reader { path, map, sink, number: 0, alone: false, strangers: 0 };
    let Some(mut raw) = records.next()? else {
        reader.sink.problem(Problem::failed(reader.path, "the file is empty"));
        return Ok(());
    };
    if let Some(at) = raw.broken.is_some().then(|| list_begins(&raw.bytes)).flatten() {
        // An object too large to be read whole: its list of articles is read one by one.
        records.enter(raw, at);
        let Some(first) = records.next()? else { return Ok(()) };
        raw = first;
    }
    let in_array = records.is_in_array();
    let mut next = records.next()?;
    reader.alone = next.is_none() && !in_array && !stream::named_lines(&reader.path);
    loop {
        reader.raw(&raw)?;
        raw = match next {
            Some(following) => following,
            None => break,
        };
        next = records.next()?;
    }
    if records.is_cut() && raw.broken.is_none() {
        reader.sink.problem(Problem::doubt(&reader.path, "its list of records does not end: the file may be cut off, and records missing"));
    }
    reader.finish();
    Ok(())
}

/// Where, in the beginning of an object, a list begins that may hold its articles.
fn list_begins(bytes: &[u8]) -> Option<usize> {
    let head = bytes.get(..bytes.len().min(Input::HEAD))?;
    let begins = |path: &&str| {
        let key = format!("\"{}\"", path.rsplit('.').next().unwrap_or(path));
        let after = memchr::memmem::find(head, key.as_bytes())? + key.len();
        let colon = after + head.get(after..)?.iter().position(|b| !b.is_ascii_whitespace())?;
        let bracket = colon + 1 + head.get(colon + 1..)?.iter().position(|b| !b.is_ascii_whitespace())?;
        (head.get(colon) == Some(&b':') && head.get(bracket) == Some(&b'[')).then_some(bracket)
    };
    aliases::COLLECTIONS.iter().filter_map(begins).min()
}

struct Reader<'r, 'm> {
    path: String,
    map: Option<&'m FieldMap>,
    sink: &'r mut dyn Sink,
    number: usize,
    /// Whether the file holds nothing but one object.
    alone: bool,
    /// Values that are no objects.
    strangers: usize,
}

impl Reader<'_, '_> {
    fn place(&self) -> String {
        if self.alone { self.path.clone() } else { format!("{}#{}", self.path, self.number) }
    }

    fn raw(&mut self, raw: &Raw) -> Result<()> {
        if let Some(why) = &raw.broken {
            self.number += 1;
            self.fail(format!("line {}, column {}: {why}", raw.line, raw.column));
            return Ok(());
        }
        if raw.is_scalar {
            self.strangers += 1;
            return Ok(());
        }
        let decoded;
        let json = match std::str::from_utf8(&raw.bytes) {
            Ok(json) => json,
            Err(_) => {
                decoded = text::decode(&raw.bytes, None).text;
                &decoded
            }
        };
        match serde_json::from_str::<Value>(json) {
            Ok(value) => self.value(&value, 0),
            Err(error) => {
                let mended = mend::mend(json);
                match serde_json::from_str::<Value>(&mended.text) {
                    Ok(value) => {
                        if mended.lost {
                            let place = if self.alone { self.path.clone() } else { format!("{}#{}", self.path, self.number + 1) };
                            self.sink.problem(Problem::doubt(place, "half a character (a lone surrogate) was replaced"));
                        }
                        self.value(&value, 0)
                    }
                    Err(_) => {
                        self.number += 1;
                        self.fail(not_json(raw, &error));
                        Ok(())
                    }
                }
            }
        }
    }

    fn value(&mut self, value: &Value, depth: u8) -> Result<()> {
        if let Some(items) = value.as_array().filter(|_| depth < 4) {
            self.alone = false;
            return items.iter().try_for_each(|item| self.value(item, depth + 1));
        }
        let Some(object) = value.as_object() else {
            self.strangers += 1;
            return Ok(());
        };
        // The lines between the documents of an Elasticsearch bulk file.
        if object.len() == 1 && object.iter().all(|(k, v)| ["index", "create", "update", "delete"].contains(&k.as_str()) && v.is_object()) {
            return Ok(());
        }
        let record = Record::new(value, self.map);
        let is_ninjs = ninjs::is(record.value());
        if depth < 4
            && !is_ninjs
            && !record.has_body()
            && let Some(items) = collection(value)
        {
            self.alone = false;
            return items.iter().try_for_each(|item| self.value(item, depth + 1));
        }
        self.number += 1;
        let reading = if is_ninjs && self.map.is_none() { ninjs::read(record.value()) } else { record.read() };
        let place = self.place();
        reading.hand_over(place, self.sink)
    }

    fn fail(&mut self, message: String) {
        let place = self.place();
        self.sink.problem(Problem::failed(place, message));
    }

    fn finish(self) {
        if self.strangers > 0 {
            let message = match self.strangers {
                1 => "a value that is no object was not read".to_owned(),
                n => format!("{n} values that are no objects were not read"),
            };
            self.sink.problem(Problem::failed(self.path, message));
        }
    }
}

/// The articles an object is wrapped around.
fn collection(value: &Value) -> Option<&Vec<Value>> {
    let lists = aliases::COLLECTIONS.iter().flat_map(|path| lookup::at(value, path));
    lists.filter_map(Value::as_array).find(|items| items.iter().any(Value::is_object))
}

/// Line and column in the file, not in the record.
fn not_json(raw: &Raw, error: &serde_json::Error) -> String {
    let line = raw.line + error.line().saturating_sub(1);
    let column = if error.line() <= 1 { raw.column + error.column().saturating_sub(1) } else { error.column() };
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    format!("line {line}, column {column}: {what}")
}

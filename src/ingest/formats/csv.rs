//! Tables of articles: CSV, TSV and their relatives with `;` or `|`, a row an article.
//!
//! The first row names the columns, by the words of [the JSON formats](super::json) (`title`, `text`, `publication`, `pub_date` …) or by a
//! [`FieldMap`]. The delimiter is the one with which the first rows agree best on their number of cells. Files of any size are
//! read row by row.
//!
//! # What it does not read
//!
//! Tables without a row of names; spreadsheets (`.xlsx`). Rows with a cell of more than 32 MB (setting `limits.record_mb`) are a problem,
//! and reading stops at a row of more than twice as much, which is a quote nobody closed. HTML in cells becomes text; formulas do not.

use super::json::{Record, clipped, lookup};
use crate::error::{Context, Kind, Result};
use crate::ingest::{FieldMap, Format, Input, Problem, Sink, Sureness, text};
use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};
use std::io::Read;

/// So many lines of a cell, each with as many delimiters as a row, are rows.
const EXACT_ROWS: usize = 5;
/// A row may be as long as so many cells of the longest.
const CELLS: u64 = 2;
/// A row behind the last: where a quote is left open, it lies within the quote.
const END: &[u8] = b"\n\x03\x03\n";
/// Column names that show a table to be one of articles.
const TEXTS: &[&str] =
    &["body", "text", "content", "article", "maintext", "full_text", "article_text", "articleBody", "content_original", "story"];
const TITLES: &[&str] = &["title", "headline", "hed", "article_title"];
const OTHERS: &[&str] = &[
    "date",
    "published",
    "publish_date",
    "pub_date",
    "author",
    "authors",
    "byline",
    "url",
    "link",
    "source",
    "publication",
    "outlet",
    "newspaper",
    "paper",
    "journal",
    "section",
    "id",
];

/// The format; see the [module](self).
pub struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let lower = path.to_ascii_lowercase();
        let named = [".csv", ".tsv", ".tab", ".psv"].iter().any(|e| lower.ends_with(e));
        if !named && !lower.ends_with(".txt") {
            return Sureness::No;
        }
        let header = Shape::of(head).map(|s| s.header).unwrap_or_default();
        let has = |names: &[&str]| header.iter().filter(|h| names.iter().any(|n| lookup::same_key(h, n))).count();
        let (told, others) = (has(TEXTS) + has(TITLES), has(OTHERS));
        match (named, told + others) {
            (true, _) if told > 0 => Sureness::Sure,
            (true, _) if header.len() > 1 => Sureness::Likely,
            (true, _) => Sureness::Perhaps,
            (false, known) if told > 0 && known >= 3 => Sureness::Likely,
            _ => Sureness::No,
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, map, limits) = (input.path.clone(), input.map, input.limits);
        let most = (limits.record() as u64).saturating_mul(CELLS);
        let Some(shape) = Shape::of(input.head()) else {
            sink.problem(Problem::failed(path, "the file is empty"));
            return Ok(());
        };
        if !shape.names_articles(map) {
            let message = format!("no column is called `title`, `text` or the like, nor does a map name one: {}", shape.header.join(", "));
            sink.problem(Problem::failed(path, clipped(&message, 200)));
            return Ok(());
        }
        let guarded = Guard { inner: Box::new(input.stream().chain(END)), left: most };
        let mut reader = ReaderBuilder::new().delimiter(shape.delimiter).flexible(true).has_headers(false).from_reader(guarded);
        let mut row = ByteRecord::new();
        reader.read_byte_record(&mut row).context(Kind::Input, || format!("cannot read `{path}`"))?;
        let mut number = 0usize;
        loop {
            reader.get_mut().left = most;
            let more = reader.read_byte_record(&mut row).context(Kind::Input, || format!("cannot read `{path}`"))?;
            if reader.get_ref().left == 0 {
                let line = row.position().map_or(0, csv::Position::line);
                sink.problem(Problem::failed(
                    &path,
                    format!(
                        "line {line}: a row of more than {} MB, perhaps a quote that is not closed (setting `limits.record_mb`)",
                        most >> 20
                    ),
                ));
                return Ok(());
            }
            if !more || row.len() == 1 && row.iter().eq([END.trim_ascii()]) {
                return Ok(());
            }
            number += 1;
            let is_open = row.iter().next_back().is_some_and(|cell| cell.ends_with(END));
            if is_open {
                row = row.iter().map(|cell| cell.strip_suffix(END).unwrap_or(cell)).collect();
            }
            if row.iter().any(|cell| cell.len() > limits.record()) {
                sink.problem(Problem::failed(format!("{path}#{number}"), limits.too_long("a cell")));
                continue;
            }
            let place = format!("{path}#{number}");
            if has_open_quote(&row, &shape) {
                sink.problem(Problem::doubt(&place, "a cell holds lines that look like rows: perhaps a quote is not closed"));
            } else if is_open {
                sink.problem(Problem::doubt(&place, "the quote of its last cell is not closed: the file may be cut off"));
            }
            read_row(&place, &row, &shape, map, sink)?;
        }
    }
}

fn read_row(place: &str, row: &ByteRecord, shape: &Shape, map: Option<&FieldMap>, sink: &mut dyn Sink) -> Result<()> {
    if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
        return Ok(());
    }
    if row.len() > shape.header.len() || row.len() + 1 < shape.header.len() {
        sink.problem(Problem::doubt(place, format!("the row has {} cells, the first row {}", row.len(), shape.header.len())));
    }
    let mut object = Map::new();
    for (name, cell) in shape.header.iter().zip(row.iter()) {
        // Of two columns of one name the first that is filled counts.
        if !name.is_empty() && object.get(name).and_then(Value::as_str).is_none_or(str::is_empty) {
            object.insert(name.clone(), Value::String(decode_cell(cell, shape.encoding)));
        }
    }
    let value = Value::Object(object);
    Record::of_row(&value, map).read().hand_over(place.to_owned(), sink)
}

/// Whether a cell seems to have taken in rows behind its own: many, or at the end of the file, where the last cells are missing then.
fn has_open_quote(row: &ByteRecord, shape: &Shape) -> bool {
    let is_cut = row.len() < shape.header.len() && row.iter().next_back().is_some_and(|cell| cell.contains(&b'\n'));
    is_cut || row.iter().any(|cell| has_swallowed(cell, shape))
}

/// Whether a cell holds what looks like rows: five and more of just as many cells as there are columns, or twenty of nearly as many.
/// Running text has not that many delimiters in nearly every line.
fn has_swallowed(cell: &[u8], shape: &Shape) -> bool {
    let needed = shape.header.len().saturating_sub(1);
    let is_row = |line: &[u8]| memchr::memchr_iter(shape.delimiter, line).count() >= needed;
    let lines = cell.split(|b| *b == b'\n').filter(|l| !l.is_empty());
    let mut behind = lines.clone().skip(1);
    let is_exact = |line: &[u8]| memchr::memchr_iter(shape.delimiter, line).count() == needed;
    if needed >= 3 && behind.clone().count() >= EXACT_ROWS && behind.all(is_exact) {
        return true;
    }
    let (rows, all) = lines.fold((0usize, 0usize), |(rows, all), line| (rows + usize::from(is_row(line)), all + 1));
    needed >= 3 && rows >= 20 && rows * 5 >= all * 4
}

fn decode_cell(cell: &[u8], encoding: &'static str) -> String {
    let text = match std::str::from_utf8(cell) {
        Ok(text) => text.to_owned(),
        Err(_) => text::decode(cell, Some(encoding)).text,
    };
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

/// How a table is written.
struct Shape {
    delimiter: u8,
    encoding: &'static str,
    header: Vec<String>,
}

impl Shape {
    /// What the beginning of a file shows, `None` when there is nothing.
    fn of(head: &[u8]) -> Option<Shape> {
        let decoded = text::decode(head, None);
        let tables = b",;\t|".iter().map(|delimiter| (*delimiter, Shape::rows(&decoded.text, *delimiter)));
        // Of equals the last would win: a comma goes before all others.
        let (delimiter, rows) = tables.rev().max_by_key(|(_, rows)| agreement(rows))?;
        let header = rows.into_iter().next()?.into_iter().map(|h| h.trim().to_owned()).collect();
        Some(Shape { delimiter, encoding: decoded.encoding, header })
    }

    fn rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
        let rows = reader.into_byte_records().take(50).flatten();
        rows.map(|r| r.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect()).collect()
    }

    fn names_articles(&self, map: Option<&FieldMap>) -> bool {
        let usual = TEXTS.iter().chain(TITLES).copied();
        let mapped = map.into_iter().flat_map(|m| m.paths("body").iter().chain(m.paths("title")).map(String::as_str));
        usual.chain(mapped).any(|name| self.header.iter().any(|h| lookup::same_key(h, name)))
    }
}

/// How many rows have as many cells as the first, and how many cells; one cell a row is no table.
fn agreement(rows: &[Vec<String>]) -> (usize, usize) {
    let cells = rows.first().map_or(0, Vec::len);
    if cells < 2 {
        return (0, 0);
    }
    (rows.iter().filter(|r| r.len() == cells).count(), cells)
}

/// Ends the stream when one row takes too much of it.
struct Guard<'a> {
    inner: Box<dyn Read + 'a>,
    left: u64,
}

impl Read for Guard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, has_open_quote, has_swallowed};

    #[track_caller]
    fn check(table: &str, delimiter: u8, header: &[&str]) {
        let shape = Shape::of(table.as_bytes()).unwrap();
        assert_eq!((shape.delimiter, shape.header), (delimiter, header.iter().map(|h| (*h).to_owned()).collect()));
    }

    #[test]
    fn a_quote_left_open_is_noticed() {
        let shape = Shape::of(b"id,title,text,url\n").unwrap();
        assert!(has_swallowed("1,a,b,c\n".repeat(30).as_bytes(), &shape));
        assert!(!has_swallowed("He came, saw, and left.\n".repeat(30).as_bytes(), &shape));
        assert!(has_swallowed(format!("It holds.\n{}", "2,Dam,It broke,http://b\n".repeat(5)).as_bytes(), &shape), "a few rows");
        let said = "They came, they saw, they left, he said.\n";
        let prose = format!("It holds, he said.\n{}Nobody, as they say, knew.\n{said}", said.repeat(5));
        assert!(!has_swallowed(prose.as_bytes(), &shape));
        let row = |cells: &[&str]| has_open_quote(&cells.to_vec().into(), &shape);
        assert!(row(&["1", "Pier", "It holds,http://a\n2,Dam,It broke,http://b\n"]), "to the end of the file");
        assert!(!row(&["1", "Pier", "It holds.\nIt will.", "http://a"]) && !row(&["1", "Pier", "It holds."]));
    }

    #[test]
    fn delimiters() {
        check("id,title,text\n1,a,\"x; y; z\"\n", b',', &["id", "title", "text"]);
        check("\u{feff}title;text\nA;one, two, three\nB;four, five, six\n", b';', &["title", "text"]);
        check("title\ttext\nA, B\tone, two\nC\tthree\n", b'\t', &["title", "text"]);
        check("title\nA\nB\n", b',', &["title"]);
    }
}

//! PDF files with text in them: one article a file, or an export of a press database with many. Text is taken in the order the file shows it.
//!
//! # What it does not read
//!
//! Scans without a text layer (reported), encrypted files, columns of files that were written across them, tables as such, and fonts that do not say what
//! their signs mean; the older LZW packing.

mod content;
mod fonts;
mod objects;
mod signs;
#[cfg(test)]
mod tests;
mod values;

use super::documents;
use crate::error::{Error, Kind, Result};
use crate::ingest::text::{one_line, paragraphs};
use crate::ingest::{Format, Input, Problem, Sink, Sureness};
use content::Page;
use objects::Objects;
use std::collections::HashSet;
use values::Value;

/// PDF files.
pub struct Pdf;

/// Most pages of a file.
const PAGES: usize = 20_000;
/// Pages with fewer letters than this, on the whole, are scans.
const LETTERS: usize = 50;
/// How far before its last byte the mark of its end may stand: what sent a file may have added to it.
const END: usize = 64 * 1024;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn is_text(&self) -> bool {
        false
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        let begins = head.get(..head.len().min(1024)).unwrap_or(head);
        if memchr::memmem::find(begins, b"%PDF-").is_some_and(|at| at < 64 || !begins.starts_with(b"<")) {
            Sureness::Sure
        } else {
            Sureness::No
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, limits) = (input.path.clone(), input.limits);
        let bytes = input.whole()?;
        let objects = Objects::of(&bytes, limits);
        if objects.trailers.iter().any(|t| t.contains_key("Encrypt")) {
            return Err(Error::new(Kind::Input, "the PDF file is encrypted"));
        }
        let (pages, are_more) = pages(&objects);
        if pages.is_empty() {
            return Err(Error::new(Kind::Input, "the PDF file has no pages, or they cannot be found"));
        }
        let mut read = Page::new(&objects);
        for (page, resources) in &pages {
            read.add(&contents(&objects, page), resources.as_ref());
            if read.text.len() as u64 > limits.document() {
                sink.problem(Problem::doubt(&path, limits.too_large("the text") + "; the rest is not read"));
                break;
            }
        }
        if are_more {
            sink.problem(Problem::doubt(&path, format!("no more than {PAGES} pages of a PDF file are read")));
        }
        if objects.is_cut.get() || read.is_cut {
            sink.problem(Problem::doubt(
                &path,
                "the PDF file has more parts, or goes over them more often, than is followed: text may be missing",
            ));
        }
        let letters = read.text.chars().filter(|c| c.is_alphanumeric()).count();
        let is_cut = memchr::memmem::find(&bytes[bytes.len().saturating_sub(END)..], b"%%EOF").is_none();
        if letters < LETTERS * pages.len().min(3) && letters < LETTERS * pages.len() {
            if is_cut {
                return Err(Error::new(Kind::Input, "the PDF file is damaged or cut off: it has no end, and no text was found"));
            }
            sink.problem(Problem::unread(&path, format!("a scan of {} without a text in it", count(pages.len()))));
            return Ok(());
        }
        if is_cut {
            sink.problem(Problem::doubt(&path, "the PDF file has no end: it is damaged or cut off, and pages may be missing"));
        }
        if read.unknown * 20 > letters {
            sink.problem(Problem::doubt(
                &path,
                format!("{} signs are of fonts that do not say what they mean and were left out", read.unknown),
            ));
        }
        let paragraphs = continued(paragraphs(&without_breaks(&read.text)).split("\n\n").map(one_line));
        documents::hand_over(path, &paragraphs, sink)
    }
}

/// The paragraphs with those joined that go on in the next column or on the next page: one ends in the middle of a sentence, the other
/// begins with a small letter.
fn continued(paragraphs: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        match out.last_mut() {
            // A line of a list or a heading is short.
            Some(last)
                if paragraph.starts_with(char::is_lowercase)
                    && last.len() > 60
                    && last.ends_with(|c: char| c.is_lowercase() || c == ',') =>
            {
                last.push(' ');
                last.push_str(&paragraph);
            }
            _ => out.push(paragraph),
        }
    }
    out
}

/// First parts of words that keep their hyphen.
const BOUND: &[&str] = &[
    "self", "well", "ex", "non", "co", "half", "long", "short", "high", "low", "mid", "two", "three", "four", "five", "six", "ten", "so",
    "post", "anti", "pro", "vice", "cross", "all", "then", "first", "second", "third", "old", "new", "north", "south", "east", "west",
    "left", "right", "multi", "semi", "much", "full", "part", "hard", "far", "one", "single", "double", "open", "large", "small", "state",
    "year", "day", "by", "to", "up", "in", "on",
];

/// The text without hyphens at the ends of lines: where the word stands elsewhere without one, and where it stands nowhere with one and is
/// not made of two words of the text.
fn without_breaks(text: &str) -> String {
    let words = whole_words(text);
    let bound: HashSet<String> =
        text.split(|c: char| !c.is_alphabetic() && c != '-').filter(|w| w.contains('-')).map(str::to_lowercase).collect();
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let first: String = line.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
        let begun: String = out.strip_suffix("-\n").map_or(String::new(), |o| o.chars().rev().take_while(|c| c.is_alphabetic()).collect());
        let word: String = begun.chars().rev().chain(first.chars()).collect::<String>().to_lowercase();
        let (half, other) = (begun.chars().rev().collect::<String>().to_lowercase(), first.to_lowercase());
        let kept = || {
            bound.contains(&format!("{half}-{other}"))
                || BOUND.contains(&half.as_str())
                || words.contains(&half) && words.contains(&other) && other.len() > 3
        };
        if !begun.is_empty() && first.starts_with(char::is_lowercase) && (words.contains(&word) || !kept()) {
            out.truncate(out.len() - 2);
            out.push_str(line.trim_start());
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// The words of a text, lower case, without the halves of those that a line's end parts.
fn whole_words(text: &str) -> HashSet<String> {
    let mut words = HashSet::new();
    let mut parted = false;
    for line in text.split('\n') {
        let mut tokens = line.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).skip(usize::from(parted)).collect::<Vec<_>>();
        parted = line.ends_with('-');
        if parted {
            tokens.pop();
        }
        words.extend(tokens.into_iter().filter(|w| w.len() > 2).map(str::to_lowercase));
    }
    words
}

fn count(pages: usize) -> String {
    if pages == 1 { "a page".to_owned() } else { format!("{pages} pages") }
}

/// The first [`PAGES`] in order, each with its resources, which it may have from above; and whether there are more.
fn pages(objects: &Objects<'_>) -> (Vec<(Value, Option<Value>)>, bool) {
    let root = objects.trailers.iter().rev().find_map(|t| t.get("Root")).and_then(|r| objects.get(r, "Pages"));
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    if let Some(root) = root {
        walk(objects, root, None, 0, &mut seen, &mut found);
    }
    if found.is_empty() {
        let alone = objects.of_type("Page").into_iter().filter_map(|n| objects.object(n)).take(PAGES + 1);
        found = alone.map(|p| (p.clone(), objects.get(p, "Resources").cloned())).collect();
    }
    let are_more = found.len() > PAGES;
    found.truncate(PAGES);
    (found, are_more)
}

fn walk(
    objects: &Objects<'_>,
    node: &Value,
    above: Option<&Value>,
    depth: usize,
    seen: &mut HashSet<u32>,
    found: &mut Vec<(Value, Option<Value>)>,
) {
    let resources = objects.get(node, "Resources").or(above);
    let Some(kids) = objects.get(node, "Kids") else {
        found.push((objects.resolve(node).clone(), resources.cloned()));
        return;
    };
    for kid in kids.list() {
        let new = match kid {
            Value::Other(number) => seen.insert(*number),
            _ => true,
        };
        if new && depth < 60 && found.len() <= PAGES {
            walk(objects, kid, resources, depth + 1, seen, found);
        }
    }
}

/// The operators of a page, which may stand in several streams.
fn contents(objects: &Objects<'_>, page: &Value) -> Vec<u8> {
    let Value::Map(map) = page else { return Vec::new() };
    let streams: Vec<u32> = match map.get("Contents") {
        Some(Value::Other(number)) => match objects.object(*number) {
            Some(Value::List(all)) => numbers(all),
            _ => vec![*number],
        },
        Some(Value::List(all)) => numbers(all),
        _ => Vec::new(),
    };
    let mut contents = Vec::new();
    for (_, data) in streams.into_iter().filter_map(|n| objects.stream(n)) {
        contents.extend_from_slice(&data);
        contents.push(b'\n');
    }
    contents
}

fn numbers(all: &[Value]) -> Vec<u32> {
    all.iter().filter_map(|v| if let Value::Other(n) = v { Some(*n) } else { None }).collect()
}

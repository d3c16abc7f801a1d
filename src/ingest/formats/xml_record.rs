//! Articles in XML of no standard, as content systems and databases export them: an element that holds a headline and a text under names anyone
//! would give them (`<headline>`, `<content>`; Ritzau's `RBNews`, Factiva's `ppsarticle`). Of a file, every such element is an article.
//!
//! # What it does not read
//!
//! Records whose title or text have names that are not in the table below, or stand in attributes.

use super::reading::{Reading, dateline};
use super::xml::{self, Element};
use crate::article::{Article, DateOrigin};
use crate::error::Result;
use crate::ingest::formats::json::{is_html, plain};
use crate::ingest::{Format, Input, Problem, Sink, Sureness, date, text};

/// Articles in XML of no standard.
pub struct XmlRecord;

/// What elements are called, in small letters and without `-` and `_`; the first that is there counts.
const NAMES: &[(&str, &[&str])] = &[
    ("title", &["headline", "title", "hl1", "hed", "heading", "storytitle", "articletitle"]),
    ("body", &["body", "content", "text", "bodytext", "story", "articlebody", "fulltext", "maintext", "storytext", "bodycontent"]),
    ("published", &["publishdate", "publicationdate", "pubdate", "published", "datepublished", "date", "datetime", "issuedate", "created"]),
    ("updated", &["updated", "modified", "lastmodified", "datemodified"]),
    ("byline", &["byline", "author", "authors", "by", "writer", "reporter"]),
    ("source", &["sourcename", "source", "origin", "publisher", "publication", "newspaper", "provider", "agency"]),
    ("section", &["section", "category", "desk", "rubric", "department"]),
    ("place", &["dateline", "town", "city", "location"]),
    ("language", &["language", "baselanguage", "lang"]),
    ("id", &["newsid", "accessionno", "articleid", "storyid", "guid", "uuid", "id"]),
    ("url", &["url", "link", "permalink", "canonicalurl"]),
];

impl Format for XmlRecord {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let start = head.trim_ascii_start();
        let declared = start.starts_with(b"<?xml") || path.to_ascii_lowercase().ends_with(".xml") && start.starts_with(b"<");
        let pages = xml::begins_with(head, &["html", "svg", "plist", "rss", "feed"]);
        if declared && !pages { Sureness::Perhaps } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let text = text::decode(&input.whole()?, None).told(&path, sink);
        let tree = xml::parse(&text).told(&path, sink);
        let mut records = Vec::new();
        collect(&tree.root, &mut records);
        if records.is_empty() {
            sink.problem(Problem::unread(&path, "not a format morgue reads: XML without a headline and a text beside it"));
        }
        for (number, record) in records.iter().enumerate() {
            let place = if records.len() == 1 { path.clone() } else { format!("{path}#{}", number + 1) };
            read(record).hand_over(place, sink)?;
        }
        Ok(())
    }
}

fn named<'e, 'a>(element: &'e Element<'a>, field: &str) -> Option<&'e Element<'a>> {
    let names = NAMES.iter().find(|(f, _)| *f == field)?.1;
    let called = |e: &Element<'_>| e.name().to_ascii_lowercase().replace(['-', '_'], "");
    names.iter().find_map(|name| element.children().find(|c| called(c) == *name && c.text().is_some()))
}

/// Factiva divides the text in two.
const PARTS: &[&str] = &["leadParagraph", "tailParagraphs"];

fn body(element: &Element<'_>) -> String {
    let parts: Vec<&Element<'_>> = element.children().filter(|c| PARTS.iter().any(|p| c.is(p))).collect();
    let all = if parts.is_empty() { named(element, "body").into_iter().collect() } else { parts };
    let texts = all.into_iter().map(|e| {
        if e.children().next().is_some() {
            return marked(e);
        }
        let raw = e.raw();
        // Some escape once more than they should: what is left of references is read as one.
        if is_html(&raw) { text::decode_entities(&text::html_to_text(&raw)).into_owned() } else { plain(&raw) }
    });
    texts.filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Markup with paragraphs of whatever name.
fn marked(element: &Element<'_>) -> String {
    let paragraphs: Vec<String> = element.children().filter(|c| c.is("paragraph")).filter_map(Element::text).collect();
    if paragraphs.is_empty() { xml::blocks(element, &[]) } else { paragraphs.join("\n\n") }
}

/// The outermost elements with a headline and a text, or a text and a date.
fn collect<'e, 'a>(element: &'e Element<'a>, records: &mut Vec<&'e Element<'a>>) {
    let beside = named(element, "title").is_some() || named(element, "published").is_some();
    if beside && body(element).split_whitespace().count() >= 5 {
        records.push(element);
    } else {
        element.children().for_each(|child| collect(child, records));
    }
}

fn read(element: &Element<'_>) -> Reading {
    let line = |field: &str| named(element, field).and_then(Element::text).map(|t| text::one_line_of_html(&t));
    let day = |field: &str| line(field).filter(|d| date::parse(d).is_some());
    let published = day("published");
    let id = line("id").filter(|id| id.len() <= 200);
    let article = Article {
        has_own_id: id.is_some(),
        id: id.unwrap_or_default(),
        title: line("title"),
        byline: line("byline").into_iter().collect(),
        source: line("source").map(|s| s.trim_matches('/').to_owned()),
        section: line("section"),
        language: line("language"),
        url: line("url").filter(|u| u.contains("://")),
        updated: day("updated"),
        published_from: published.is_some().then_some(DateOrigin::Field),
        published,
        dateline: line("place").and_then(|p| dateline(&p)),
        body: body(element),
        ..Article::default()
    };
    Reading::settled(article, None, Vec::new())
}

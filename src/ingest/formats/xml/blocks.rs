//! XHTML, NITF and the like as paragraphs.

use super::{Element, Node};
use crate::ingest::text;

/// Elements that stand by themselves; everything else runs on in its paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hl1",
    "hl2",
    "hedline",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "table",
    "caption",
    "blockquote",
    "bq",
    "pre",
    "block",
    "section",
    "article",
    "header",
    "footer",
    "body",
    "body.content",
    "body.end",
    "datasource",
    "credit",
    "hr",
    "fn",
    "summary",
    "details",
    "address",
    "main",
    "para",
    "abstract",
    "lead",
    "subheadline",
    "subtitle",
];
/// Elements that are no text of the article.
const OMITTED: &[&str] = &[
    "script",
    "style",
    "media",
    "figure",
    "figcaption",
    "iframe",
    "object",
    "embed",
    "noscript",
    "svg",
    "img",
    "audio",
    "video",
    "note",
    "head",
    "form",
    "button",
    "nav",
    "template",
];

/// The text of `element` in paragraphs, separated by a blank line. Elements called one of `skip` are left out, as are pictures with
/// their captions, scripts and notes to editors. `br` is a line end, two are a paragraph.
pub fn blocks(element: &Element<'_>, skip: &[&str]) -> String {
    let mut writer = Writer { out: String::new(), gap: Gap::None, skip };
    writer.element(element, false);
    // Some agencies escape twice: what is left of references now is read as one. Text broken at a width, as in `pre`, is joined.
    text::paragraphs(&text::decode_entities(&writer.out))
}

/// Whether a paragraph is a table set with spaces, as wires do: at least three of its lines have columns.
fn is_table(element: &Element<'_>) -> bool {
    let columns = |text: &str| text.lines().filter(|l| l.trim().contains("   ") || l.trim().matches("  ").count() > 1).count();
    element.is("p") && element.nodes.iter().any(|n| matches!(n, Node::Text(t) if columns(t) >= 3))
}

/// Whether a paragraph is a whole text as it was typed, as some wires put it: lines that begin at the margin, and paragraphs that begin
/// further in.
fn is_typed(element: &Element<'_>) -> bool {
    let raw = if element.is("p") && !is_table(element) { element.raw() } else { return false };
    let lines: Vec<&str> = raw.lines().skip(1).filter(|line| !line.trim().is_empty()).collect();
    let starts = |line: &&&str| line.starts_with("   ");
    let flush = lines.iter().filter(|line| !line.starts_with([' ', '\t'])).count();
    flush > 1 && lines.iter().filter(starts).count() > 1
}

/// What must stand between what was written and what comes next.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

struct Writer<'s> {
    out: String,
    gap: Gap,
    skip: &'s [&'s str],
}

impl Writer<'_> {
    fn element(&mut self, element: &Element<'_>, verbatim: bool) {
        for node in &element.nodes {
            match node {
                Node::Text(text) if verbatim => self.lines(text),
                Node::Text(text) => self.words(text),
                Node::Element(e) => self.child(e, verbatim),
            }
        }
    }

    fn child(&mut self, e: &Element<'_>, verbatim: bool) {
        let any = |names: &[&str]| names.iter().any(|n| e.is(n));
        if any(self.skip) || any(OMITTED) {
            return;
        }
        if e.is("br") {
            self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
        } else if e.is("td") || e.is("th") {
            self.widen(Gap::Space);
            self.element(e, verbatim);
            self.widen(Gap::Space);
        } else if any(BLOCKS) {
            self.widen(Gap::Paragraph);
            match is_typed(e) && !verbatim {
                true => self.typed(&e.raw()),
                false => self.element(e, verbatim || e.is("pre") || is_table(e)),
            }
            self.widen(Gap::Paragraph);
        } else {
            self.element(e, verbatim);
        }
    }

    /// A text as it was typed: lines at the margin go on with the paragraph, others begin one.
    fn typed(&mut self, text: &str) {
        for line in text.lines() {
            self.widen(if line.trim().is_empty() || line.starts_with([' ', '\t']) { Gap::Paragraph } else { Gap::Space });
            self.words(line);
        }
    }

    fn widen(&mut self, gap: Gap) {
        if self.gap < gap {
            self.gap = gap;
        }
    }

    fn words(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.widen(Gap::Space);
        }
        for word in text.split(|c: char| c.is_whitespace() && c != '\u{a0}').filter(|w| !w.is_empty()) {
            self.put(word);
            self.gap = Gap::Space;
        }
        if !text.ends_with(char::is_whitespace) && self.gap == Gap::Space {
            self.gap = Gap::None;
        }
    }

    fn lines(&mut self, text: &str) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
            }
            if !line.trim().is_empty() {
                self.put(line.trim_end());
            }
        }
    }

    fn put(&mut self, words: &str) {
        if !self.out.is_empty() {
            self.out.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
        self.out.push_str(words);
    }
}

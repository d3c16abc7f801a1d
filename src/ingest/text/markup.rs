//! The text of a piece of HTML, read in one pass without building a tree, so that no nesting can hurt.

use super::entities::decode_entities;
use super::paragraphs::{clean, joined_lines};

/// Elements whose text is not part of the text.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "head", "select", "textarea", "button", "canvas",
    "audio", "video",
];

/// Elements that stand in a line; all others end a paragraph.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "classification",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "img",
    "ins",
    "kbd",
    "mark",
    "nobr",
    "num",
    "person",
    "location",
    "org",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
    "chron",
    "copyrite",
    "event",
    "function",
    "money",
    "object.title",
    "virtloc",
    "postaddr",
    "pronounce",
    "alt-code",
    "frac",
    "input",
    "label",
];

/// The text of `html`, a whole page or a fragment: paragraphs separated by a blank line, entities decoded, without scripts,
/// styles and comments. Time is linear in the length, whatever the nesting.
///
/// # Example
///
/// ```
/// use morgue::ingest::text::html_to_text;
/// assert_eq!(html_to_text("<p>Caf&eacute; <b>closed</b><p>Now<script>x</script>"), "Café closed\n\nNow");
/// ```
pub fn html_to_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        push_words(&mut text, &rest[..at]);
        rest = &rest[at..];
        rest = match Tag::at(rest) {
            Some(tag) => after_tag(&mut text, &tag, rest),
            None => {
                text.push('<');
                &rest[1..]
            }
        };
    }
    push_words(&mut text, rest);
    joined_lines(&clean(&text))
}

/// What comes after `tag`, with which `rest` begins.
fn after_tag<'a>(text: &mut String, tag: &Tag<'a>, rest: &'a str) -> &'a str {
    let name = tag.name.to_ascii_lowercase();
    let behind = &rest[tag.len..];
    if !tag.closing && !tag.empty && SKIPPED.contains(&name.as_str()) {
        return behind_element(behind, &name);
    }
    if !tag.closing && !tag.empty && is_hidden(&rest[..tag.len]) {
        // Letters begin with words only the list of a mail reader shows. What is longer is a text some script brings to light.
        let after = behind_element(behind, &name);
        if behind.len() - after.len() <= MOST_HIDDEN {
            return after;
        }
    }
    match name.as_str() {
        "br" => text.push('\n'),
        "td" | "th" if !tag.closing => text.push(' '),
        "td" | "th" => {}
        name if INLINE.contains(&name) || name.is_empty() => {}
        _ => text.push_str("\n\n"),
    }
    behind
}

/// Most bytes of an element that is passed over because it is not shown.
const MOST_HIDDEN: usize = 2000;

/// Whether a tag says that its element is not shown.
fn is_hidden(tag: &str) -> bool {
    let none = memchr::memmem::find(tag.as_bytes(), b"none").is_some();
    none && tag.replace(' ', "").to_ascii_lowercase().contains("display:none")
}

/// What comes behind the end tag of `name`; nothing when it never ends.
fn behind_element<'a>(text: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&text.as_bytes()[from..], b"</") {
        let start = from + at + 2;
        let end = start + name.len();
        if text.get(start..end).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            let close = memchr::memchr(b'>', &text.as_bytes()[end..]).map_or(text.len(), |c| end + c + 1);
            return &text[close..];
        }
        from = start;
    }
    ""
}

/// Line ends in HTML source are mere spaces.
fn push_words(text: &mut String, source: &str) {
    let decoded = decode_entities(source);
    let mut spaced = text.ends_with(['\n', ' ']) || text.is_empty();
    for c in decoded.chars() {
        if c.is_ascii_whitespace() {
            if !spaced {
                text.push(' ');
            }
            spaced = true;
        } else {
            text.push(c);
            spaced = false;
        }
    }
}

/// A tag, comment or declaration.
struct Tag<'a> {
    /// Without namespace prefix; empty for comments and declarations.
    name: &'a str,
    closing: bool,
    empty: bool,
    /// Bytes from `<` to behind `>`.
    len: usize,
}

impl<'a> Tag<'a> {
    /// The tag `text` begins with; `None` when its `<` is plain text.
    fn at(text: &'a str) -> Option<Tag<'a>> {
        let bytes = text.as_bytes();
        let none = |len| Some(Tag { name: "", closing: false, empty: true, len });
        if text.starts_with("<!--") {
            return none(memchr::memmem::find(bytes, b"-->").map_or(bytes.len(), |at| at + 3));
        }
        if text.starts_with("<![CDATA[") {
            return none(9);
        }
        match bytes.get(1)? {
            b'!' | b'?' => return none(memchr::memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1)),
            b'/' | b'a'..=b'z' | b'A'..=b'Z' => {}
            _ => return None,
        }
        let closing = bytes.get(1) == Some(&b'/');
        let start = 1 + usize::from(closing);
        let end = start + bytes[start..].iter().take_while(|b| !b.is_ascii_whitespace() && !b"/><".contains(b)).count();
        let full = text.get(start..end)?;
        let name = full.rsplit_once(':').map_or(full, |(_, local)| local);
        let len = end + tag_end(&bytes[end..]);
        let empty = len >= 2 && bytes.get(len - 2) == Some(&b'/');
        Some(Tag { name, closing, empty, len })
    }
}

/// The length of the rest of a tag, quoted attribute values respected.
fn tag_end(bytes: &[u8]) -> usize {
    let mut quote = None;
    for (at, b) in bytes.iter().enumerate() {
        match (quote, b) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if bytes[..at].last() == Some(&b'=') => quote = Some(*b),
            (Some(q), b) if q == *b => quote = None,
            _ => {}
        }
    }
    // A quotation mark that never closes: the tag ends at the first `>`.
    memchr::memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1)
}

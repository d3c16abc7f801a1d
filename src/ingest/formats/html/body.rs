//! The text of the article on a page. Everything else of the room only sees [`extract`].

use super::tree::{self, Tree};
use crate::ingest::Limits;
use crate::ingest::date;
use crate::ingest::text::{html_to_text, is_leftover, letters, paragraphs};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, ParsePolicy, Readability};

/// A body shorter than this is doubted, in characters.
const SHORT: usize = 400;

/// Where Readability finds less than this at first, in characters, it tries less strict ways.
const READABLE: usize = 500;

/// Parts of an article element that are not its text.
fn is_not_text(node: &NodeRef<'_>) -> bool {
    const CLASSES: [&str; 8] = ["caption", "byline", "related", "share", "social", "newsletter", "promo", "timestamp"];
    let Some(element) = node.element_ref() else { return false };
    matches!(
        &*element.name.local,
        "figure"
            | "figcaption"
            | "aside"
            | "form"
            | "button"
            | "nav"
            | "footer"
            | "time"
            | "h1"
            | "style"
            | "script"
            | "noscript"
            | "iframe"
            | "svg"
            | "select"
            | "textarea"
            | "video"
            | "audio"
    ) || element.attr("class").is_some_and(|class| {
        let low = class.to_ascii_lowercase();
        CLASSES.iter().any(|part| low.contains(part))
    })
}

/// Elements that stand alone, and are left out when they are mostly links.
fn is_block(node: &NodeRef<'_>) -> bool {
    node.qual_name_ref().is_some_and(|name| {
        matches!(&*name.local, "p" | "li" | "ul" | "ol" | "div" | "section" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "dl")
    })
}

/// The text of the article on the page `document`, which was read from `html`, as paragraphs; `ld_body` is the body that
/// JSON-LD gives.
///
/// When Readability finds little, other ways are tried: JSON-LD, the `article` element, all `p` elements, all text.
pub(super) fn extract(document: Document, html: &str, limits: &Limits, ld_body: Option<&str>) -> String {
    let again = || tree::of(html, limits).ok();
    let found = readable(document, &again);
    if found.chars().count() >= SHORT {
        return found;
    }
    let mut best = found;
    let mut offer = |text: String| {
        if text.len() > best.len() {
            best = text;
        }
    };
    if let Some(body) = ld_body {
        offer(if body.contains("</") { html_to_text(body) } else { paragraphs(&crate::ingest::text::decode_entities(body)) });
    }
    if best.chars().count() >= SHORT {
        return best;
    }
    let again = again();
    for selector in ["article", "main", "p"] {
        let Some(again) = again.as_ref().map(|tree| &tree.document) else { break };
        let mut text = String::new();
        for node in again.select(selector).nodes() {
            clean(node);
            text.push_str(&node.html());
        }
        let text = kept_paragraphs(&html_to_text(&text));
        if text.chars().count() >= SHORT.min(best.chars().count() * 2 + 1) && text.len() > best.len() {
            return text;
        }
    }
    if best.is_empty() { kept_paragraphs(&html_to_text(html)) } else { best }
}

fn readable(document: Document, again: &impl Fn() -> Option<Tree>) -> String {
    // Most pages are through at once; to have the tree for other attempts, Readability would copy it first.
    let strict = readability(document).and_then(|mut strict| strict.parse_with_policy(ParsePolicy::Strict).ok().map(|_| strict));
    if let Some(found) = strict.as_ref().and_then(content)
        && found.normalized_char_count() >= READABLE
    {
        return kept(&found);
    }
    let all = again().and_then(|tree| readability(tree.document)).and_then(|mut all| all.parse().ok().map(|_| all));
    all.as_ref().and_then(content).map(|found| kept(&found)).unwrap_or_default()
}

fn readability(document: Document) -> Option<Readability> {
    let config = Config { keep_classes: true, disable_json_ld: true, char_threshold: READABLE, ..Config::default() };
    Readability::with_document(document, None, Some(config)).ok()
}

/// What it found stands in its tree, which saves parsing it again.
fn content(readability: &Readability) -> Option<NodeRef<'_>> {
    readability.doc.select_single("#readability-page-1").nodes().first().copied()
}

fn kept(content: &NodeRef<'_>) -> String {
    clean(content);
    kept_paragraphs(&html_to_text(&content.html()))
}

/// Takes out what is not text, and blocks that are mostly links.
fn clean(root: &NodeRef<'_>) {
    let not_text: Vec<NodeRef<'_>> = root.descendants_it().filter(is_not_text).collect();
    not_text.iter().for_each(NodeRef::remove_from_parent);
    let blocks: Vec<NodeRef<'_>> = root.descendants_it().filter(is_block).collect();
    for block in blocks {
        let mut links = block.descendants_it().filter(|n| n.has_name("a")).peekable();
        if links.peek().is_none() {
            continue;
        }
        let length = block.normalized_char_count();
        if (1..=600).contains(&length) && links.map(|link| link.normalized_char_count()).sum::<usize>() * 10 >= length * 8 {
            block.remove_from_parent();
        }
    }
}

fn kept_paragraphs(text: &str) -> String {
    let kept: Vec<&str> = text.split("\n\n").filter(|p| !is_leftover(p) && !is_caption(p)).collect();
    kept.join("\n\n")
}

/// `body` without what stands above the text: the title again, who wrote it and when, which are read elsewhere.
pub(super) fn without_head<'a>(title: Option<&str>, body: &'a str) -> &'a str {
    let title = title.map(letters).unwrap_or_default();
    let mut rest = body;
    for _ in 0..8 {
        let Some((first, behind)) = rest.split_once("\n\n") else { break };
        if !is_byline_or_date(first) && letters(first) != title {
            break;
        }
        rest = behind;
    }
    rest
}

/// `By Ann Poe, Staff Writer`, `Posted: Fri 6:45 PM, Feb 16, 2018`, `March 5, 2024`.
fn is_byline_or_date(paragraph: &str) -> bool {
    if paragraph.len() > 120 || paragraph.split(' ').count() > 16 || (paragraph.ends_with('.') && !paragraph.ends_with("m.")) {
        return false;
    }
    let low = paragraph.to_lowercase();
    let by = low.starts_with("by ") && paragraph.chars().nth(3).is_some_and(char::is_uppercase);
    let stamp = ["posted", "updated", "published", "last updated", "first published", "last modified", "· updated", "created"]
        .iter()
        .any(|s| low.starts_with(s));
    let dated = date::parse(paragraph).is_some();
    by || (dated && (stamp || paragraph.split(' ').count() <= 8))
}

/// A line that ends with whose picture it describes: `… (AP Photo/Jane Roe)`, `… (Photo by Jane Roe/Getty Images)`.
fn is_caption(paragraph: &str) -> bool {
    if paragraph.len() > 600 {
        return false;
    }
    let end = paragraph.trim_end_matches(['.', ' ']);
    let credit = end.strip_suffix(')').and_then(|e| e.rsplit_once('(')).map(|(_, credit)| credit.to_lowercase());
    let marks = [
        "photo by",
        "photo/",
        "photo:",
        "ap photo",
        "getty images",
        "image credit",
        "photo credit",
        "file photo",
        "picture:",
        "image:",
        "courtesy of",
    ];
    let credited = credit.is_some_and(|c| c.len() <= 100 && marks.iter().any(|m| c.contains(m)));
    let low = end.to_lowercase();
    credited
        || (paragraph.len() <= 250
            && (low.ends_with("/getty images") || low.ends_with("via getty images") || low.ends_with("via ap images")))
}

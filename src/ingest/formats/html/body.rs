//! The text of the article on a page. Everything else of the room only sees [`extract`].

use crate::ingest::date;
use crate::ingest::text::{html_to_text, is_leftover, letters, paragraphs};
use dom_query::{Document, Matcher, NodeRef, Selection};
use dom_smoothie::{Config, Readability};
use std::sync::LazyLock;

/// A body shorter than this is doubted, in characters.
const SHORT: usize = 400;

/// Parts of an article element that are not its text.
const NOT_TEXT: &str = "figure, figcaption, aside, form, button, nav, footer, time, h1, style, script, noscript, iframe, svg, select, textarea, video, audio, \
    [class*='caption' i], [class*='byline' i], [class*='related' i], [class*='share' i], [class*='social' i], [class*='newsletter' i], [class*='promo' i], \
    [class*='timestamp' i]";

static NOT_TEXT_ELEMENTS: LazyLock<Option<Matcher>> = LazyLock::new(|| Matcher::new(NOT_TEXT).ok());
static BLOCKS: LazyLock<Option<Matcher>> =
    LazyLock::new(|| Matcher::new("p, li, ul, ol, div, section, h2, h3, h4, h5, h6, table, dl").ok());

/// The text of the article on the page `document`, which was made from `html`, as paragraphs; `ld_body` is the body that
/// JSON-LD gives.
///
/// When Readability finds little, other ways are tried: JSON-LD, the `article` element, all `p` elements, all text.
pub(super) fn extract(document: Document, html: &str, ld_body: Option<&str>) -> String {
    let found = readable(document);
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
    let again = Document::from(html);
    for selector in ["article", "main", "p"] {
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

fn readable(document: Document) -> String {
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(document, None, Some(config)) else { return String::new() };
    if readability.parse().is_err() {
        return String::new();
    }
    // What it found stands in its tree, which saves parsing it again.
    let found = readability.doc.select_single("#readability-page-1");
    let Some(content) = found.nodes().first() else { return String::new() };
    clean(content);
    kept_paragraphs(&html_to_text(&content.html()))
}

/// Takes out what is not text, and blocks that are mostly links.
fn clean(root: &NodeRef<'_>) {
    let (Some(not_text), Some(blocks)) = (NOT_TEXT_ELEMENTS.as_ref(), BLOCKS.as_ref()) else { return };
    let selection = Selection::from(*root);
    selection.select_matcher(not_text).remove();
    for node in selection.select_matcher(blocks).nodes() {
        let length = node.normalized_char_count();
        if length == 0 || length > 600 {
            continue;
        }
        let links = node.descendants_it().filter(|n| n.has_name("a"));
        if links.map(|link| link.normalized_char_count()).sum::<usize>() * 10 >= length * 8 {
            node.remove_from_parent();
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

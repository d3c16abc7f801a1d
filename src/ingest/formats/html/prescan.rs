//! A look at the bytes of a page before any tree is built: parsers of HTML take minutes for a megabyte of nested tags.

use crate::ingest::Limits;
use std::borrow::Cow;

/// Most character references; decoding them is quadratic in the parser when they follow each other.
const REFERENCES: usize = 200_000;

/// Elements without an end, and such whose end tags are left out: the next of their kind, or the end of what they stand in,
/// ends them.
const VOID: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param", b"source", b"track", b"wbr", b"p",
    b"li", b"option", b"dd", b"dt",
];

/// Elements that parsers open again in each block until they are closed.
const REOPENED: &[&[u8]] = &[b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt", b"u"];

/// Elements whose content is no markup.
const RAW: &[&[u8]] = &[b"script", b"style", b"textarea", b"title", b"xmp"];

/// Why a page cannot be parsed in reasonable time, if so: `is nested more than 256 deep`.
///
/// Real pages: 99 of 100 are nested at most 29 deep and have at most 5 557 tags and 1 MB.
pub(super) fn too_much(html: &str, limits: &Limits) -> Option<String> {
    if html.len() as u64 > limits.page_mb.saturating_mul(1 << 20) {
        return Some(format!("is larger than {} MB (setting `limits.page_mb`)", limits.page_mb));
    }
    let bytes = html.as_bytes();
    let mut nesting = Nesting::default();
    let (mut tags, mut at) = (0u64, 0usize);
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let rest = &bytes[at + found + 1..];
        at += found + 1;
        if rest.starts_with(b"!--") {
            at += memchr::memmem::find(rest, b"-->").unwrap_or(3);
        } else if let Some(closed) = rest.strip_prefix(b"/") {
            nesting.close(name(closed));
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            tags += 1;
            let name = name(rest);
            nesting.open(name);
            if RAW.iter().any(|r| name.eq_ignore_ascii_case(r)) {
                at += end_of_raw(rest, name);
            }
        }
        if tags > limits.page_tags {
            return Some(format!("has more than {} tags (setting `limits.page_tags`)", limits.page_tags));
        }
        if nesting.depth() as u64 > limits.page_depth {
            return Some(format!("is nested more than {} deep (setting `limits.page_depth`)", limits.page_depth));
        }
    }
    (memchr::memchr_iter(b'&', bytes).count() > REFERENCES).then(|| format!("has more than {REFERENCES} character references"))
}

/// The elements open at some point of a page.
#[derive(Default)]
struct Nesting<'a> {
    open: Vec<&'a [u8]>,
    /// How many [`REOPENED`] elements were opened and not closed.
    reopened: usize,
}

impl<'a> Nesting<'a> {
    fn open(&mut self, name: &'a [u8]) {
        if is_in(VOID, name) {
            return;
        }
        self.reopened += usize::from(is_in(REOPENED, name));
        self.open.push(name);
    }

    /// An end tag ends the nearest element of its name, with all that is open in it.
    fn close(&mut self, name: &[u8]) {
        if let Some(at) = self.open.iter().rposition(|o| o.eq_ignore_ascii_case(name)) {
            self.open.truncate(at);
            self.reopened = self.reopened.saturating_sub(usize::from(is_in(REOPENED, name)));
        }
    }

    fn depth(&self) -> usize {
        self.open.len().max(self.reopened)
    }
}

fn is_in(names: &[&[u8]], name: &[u8]) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

fn name(tag: &[u8]) -> &[u8] {
    &tag[..tag.iter().take(24).take_while(|b| b.is_ascii_alphanumeric()).count()]
}

/// How far the end tag of a raw element is; 0 when there is none.
fn end_of_raw(rest: &[u8], name: &[u8]) -> usize {
    let ends = memchr::memmem::find_iter(rest, b"</");
    ends.take(10_000).find(|e| rest[e + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))).unwrap_or(0)
}

/// The page without what only weighs: `data:` addresses, and the toolbar the Wayback Machine puts in.
pub(super) fn without_ballast(html: &str) -> Cow<'_, str> {
    let html = match (html.find("<!-- BEGIN WAYBACK TOOLBAR INSERT -->"), html.find("<!-- END WAYBACK TOOLBAR INSERT -->")) {
        (Some(start), Some(end)) if start < end => Cow::Owned(format!("{}{}", &html[..start], &html[end..])),
        _ => Cow::Borrowed(html),
    };
    if !html.contains(";base64,") {
        return html;
    }
    let mut light = String::with_capacity(html.len());
    let mut rest: &str = &html;
    while let Some(at) = rest.find(";base64,") {
        let data = at + ";base64,".len();
        light.push_str(&rest[..data]);
        let len = rest.as_bytes()[data..].iter().take_while(|b| b.is_ascii_alphanumeric() || b"+/=%_-".contains(b)).count();
        rest = &rest[data + len..];
    }
    light.push_str(rest);
    Cow::Owned(light)
}

/// What stands between the end of the tag `open` (`<title`) and `close`, case aside.
pub(super) fn between<'a>(html: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let low = html.to_ascii_lowercase();
    let start = low.find(open)?;
    let start = start + low[start..].find('>')? + 1;
    let end = start + low[start..].find(close)?;
    html.get(start..end)
}

//! A look at the bytes of a page before any tree is built: parsers of HTML take minutes for a megabyte of nested tags.

use std::borrow::Cow;

/// Most bytes of a page that is parsed.
const BYTES: usize = 4 << 20;
/// Most tags of a page that is parsed.
const TAGS: usize = 100_000;
/// Deepest nesting of a page that is parsed.
const DEPTH: usize = 256;
/// Most character references; decoding them is quadratic in the parser when they follow each other.
const REFERENCES: usize = 200_000;

/// Elements without an end.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "option",
    "td", "tr", "th", "dd", "dt",
];

/// Why a page cannot be parsed in reasonable time, if so: `is nested more than 256 deep`.
///
/// Real pages: 99 of 100 are nested at most 29 deep and have at most 5 557 tags and 1 MB.
pub(super) fn too_much(html: &str) -> Option<String> {
    if html.len() > BYTES {
        return Some(format!("is larger than {} MB", BYTES >> 20));
    }
    let bytes = html.as_bytes();
    let (mut tags, mut depth) = (0usize, 0usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = &bytes[at + 1..];
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(usize::from(!is_void(&rest[1..]))),
            Some(b) if b.is_ascii_alphabetic() => {
                tags += 1;
                depth += usize::from(!is_void(rest));
            }
            _ => {}
        }
        if tags > TAGS {
            return Some(format!("has more than {TAGS} tags"));
        }
        if depth > DEPTH {
            return Some(format!("is nested more than {DEPTH} deep"));
        }
    }
    (memchr::memchr_iter(b'&', bytes).count() > REFERENCES).then(|| format!("has more than {REFERENCES} character references"))
}

fn is_void(tag: &[u8]) -> bool {
    let len = tag.iter().take(8).take_while(|b| b.is_ascii_alphanumeric()).count();
    VOID.iter().any(|v| tag[..len].eq_ignore_ascii_case(v.as_bytes()))
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

//! A walk over the tags of a page before any tree is built. Parsers of HTML take minutes for a megabyte of nested tags, and most
//! of the time of a usual page for what nobody asks of it: scripts, styles, addresses of pictures, data for scripts.

use super::walk::{RAW, Walk, is_in, is_other, name};
use crate::ingest::Limits;
use memchr::{memchr_iter, memmem};
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

/// A page without what only weighs: comments, scripts that hold no particulars, styles, links to other files, attributes nobody
/// asks for, and of each run of blanks between tags all but one. The tree that is made of it has the same elements and the same
/// text but for these.
///
/// # Errors
///
/// Why the page cannot be parsed in reasonable time, if so: `is nested more than 256 deep`. Real pages: 99 of 100 are nested
/// at most 29 deep and have at most 5 557 tags and 1 MB.
pub(super) fn light(html: &str, limits: &Limits) -> Result<String, String> {
    if html.len() as u64 > limits.page_mb.saturating_mul(1 << 20) {
        return Err(format!("is larger than {} MB (setting `limits.page_mb`)", limits.page_mb));
    }
    if memchr_iter(b'&', html.as_bytes()).count() > REFERENCES {
        return Err(format!("has more than {REFERENCES} character references"));
    }
    let mut walk = Walk::of(html);
    let (mut tags, mut nesting) = (0u64, Nesting::default());
    while let Some(rest) = walk.next() {
        if rest.starts_with(b"!--") {
            let mark = walk.mark();
            walk.comment();
            if nesting.depth() > 0 {
                walk.leave_out_since(&mark);
            }
        } else if is_other(rest) {
            walk.other();
        } else if let Some(closed) = rest.strip_prefix(b"/") {
            nesting.close(name(closed));
            walk.end_tag(name(closed));
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            tags += 1;
            element(&mut walk, &mut nesting, name(rest));
        }
        if tags > limits.page_tags {
            return Err(format!("has more than {} tags (setting `limits.page_tags`)", limits.page_tags));
        }
        if nesting.depth() as u64 > limits.page_depth {
            return Err(format!("is nested more than {} deep (setting `limits.page_depth`)", limits.page_depth));
        }
    }
    Ok(walk.finish())
}

/// Goes behind the tag of an element; leaves out all of it if nobody asks for any of it.
fn element<'a>(walk: &mut Walk<'a>, nesting: &mut Nesting<'a>, name: &'a [u8]) {
    let mark = walk.mark();
    let (is_raw, is_link) = (is_in(RAW, name), is_in(&[b"link"], name));
    let is_plain = (is_raw || is_link) && nesting.is_plain();
    let is_foreign = is_raw && nesting.is_foreign();
    nesting.open(name);
    let kind = walk.start_tag(name);
    if is_link {
        if is_plain && !walk.has_since(&mark, &[b"canonical", b"itemprop"]) {
            walk.leave_out_since(&mark);
        }
    } else if is_raw && is_foreign {
        walk.doubt(name);
    } else if is_raw && walk.raw(name, kind) && walk.next().is_some() {
        nesting.close(name);
        walk.end_tag(name);
        if is_plain {
            walk.leave_out_since(&mark);
        }
    }
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

    /// Whether they are in a drawing or a formula.
    fn is_foreign(&self) -> bool {
        self.open.iter().rev().any(|name| is_in(&[b"svg", b"math"], name))
    }

    /// Whether an element that is not shown can be left out here: nothing hangs on it in the beginning of a page, and
    /// in what is there for readers without scripts.
    fn is_plain(&self) -> bool {
        !self.open.is_empty() && !self.open.iter().any(|name| is_in(&[b"noscript", b"svg", b"math", b"select"], name))
    }

    fn depth(&self) -> usize {
        self.open.len().max(self.reopened)
    }
}

/// The page without the toolbar that the Wayback Machine puts in.
pub(super) fn without_toolbar(html: &str) -> Cow<'_, str> {
    let find = |mark: &str| memmem::find(html.as_bytes(), mark.as_bytes());
    match (find("<!-- BEGIN WAYBACK TOOLBAR INSERT -->"), find("<!-- END WAYBACK TOOLBAR INSERT -->")) {
        (Some(start), Some(end)) if start < end => Cow::Owned(format!("{}{}", &html[..start], &html[end..])),
        _ => Cow::Borrowed(html),
    }
}

/// What stands between the end of the tag `open` (`<title`) and `close`, case aside.
pub(super) fn between<'a>(html: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let low = html.to_ascii_lowercase();
    let start = low.find(open)?;
    let start = start + low[start..].find('>')? + 1;
    let end = start + low[start..].find(close)?;
    html.get(start..end)
}

#[cfg(test)]
mod tests {
    use super::super::walk::ASKED;
    use super::*;
    use dom_query::Document;
    use proptest::prelude::*;

    /// The tree of a page, without what [`light`] may leave out.
    fn tree(html: &str) -> String {
        let document = Document::from(html);
        document.select("script:not([type*='ld+json']), style, link:not([rel~='canonical' i]):not([itemprop])").remove();
        for element in document.select("*").nodes() {
            for attribute in element.attrs() {
                let (name, value) = (&*attribute.name.local, attribute.value.to_ascii_lowercase());
                let is_asked = is_in(ASKED, name.as_bytes());
                if !is_asked || name == "style" && !value.contains("none") && !value.contains("hidden") {
                    element.remove_attr(name);
                } else if name == "href" && !element.has_name("link") && !element.has_name("base") {
                    element.set_attr(name, &value.chars().take(2).collect::<String>());
                }
            }
        }
        let comments = document.root().descendants_it().filter(|node| node.is_comment()).collect::<Vec<_>>();
        comments.iter().for_each(|comment| comment.remove_from_parent());
        let html = document.html();
        // Of blanks it matters that there are any, and in the head not even that.
        let html = regex::Regex::new(r"\s+").unwrap().replace_all(&html, " ");
        regex::Regex::new(r" ?(</?head>|<body[^>]*>) ?").unwrap().replace_all(&html, "$1").into_owned()
    }

    fn lightened(html: &str) -> String {
        light(html, &Limits::default()).unwrap()
    }

    #[test]
    fn what_only_weighs_is_left_out() {
        let page = "<!-- Saved --><meta name=date content='2024-03-05'><style>p > a{}</style><script>if (a<b) {}</script>\
            <script type=application/ld+json>{\"a\": \"<b data-x>\"}</script><p class=lead data-track='a>b' onclick=\"x('</p>')\">Text \
            <img src=\"data:image/png;base64,AAAA\" srcset=a,b alt=A><a href=https://paper.test/2024/03/05/flood.html>it</a> is";
        assert_eq!(
            lightened(page),
            "<!----><meta name=date content='2024-03-05'><style></style><script></script>\
            <script type=application/ld+json>{\"a\": \"<b data-x>\"}</script><p class=lead>Text \
            <img><a href=ht>it</a> is"
        );
    }

    #[test]
    fn pages_that_would_take_minutes_are_refused() {
        let limits = Limits::default();
        let deep = "<div>".repeat(1 + limits.page_depth as usize);
        for (page, reason) in [
            (deep.clone(), "nested"),
            (format!("<svg><title>{deep}</title></svg>"), "nested"),
            ("<b><p>".repeat(1 + limits.page_depth as usize), "nested"),
            ("<br>".repeat(1 + limits.page_tags as usize), "tags"),
            ("&amp;".repeat(REFERENCES + 1), "references"),
        ] {
            assert!(light(&page, &limits).unwrap_err().contains(reason), "{reason}");
        }
        // What is only written is no tag.
        assert!(light(&format!("<p title=\"{deep}\"><script>'{deep}'</script><!--{deep}--><textarea>{deep}"), &limits).is_ok());
    }

    #[test]
    fn fixtures_keep_their_tree() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/html");
        let mut read = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let Ok(page) = std::fs::read_to_string(file.unwrap().path()) else { continue };
            assert_eq!(tree(&page), tree(&lightened(&page)));
            read += 1;
        }
        assert!(read >= 5, "{read}");
    }

    const PIECES: &[&str] = &[
        "<div class=a data-x='>'>",
        "</div>",
        "<!-- <b> -->",
        "<!-->",
        "<!--->",
        "--!>",
        "-->",
        "<!--",
        "<script>",
        "</script>",
        "</script x>",
        "<script type='application/ld+json'>",
        "<title>",
        "</title>",
        "<style>",
        "</style >",
        " x = \"",
        "'",
        "\"",
        "=",
        " ",
        "/",
        ">",
        "<",
        "</",
        "text",
        "<textarea>",
        "</textarea>",
        "<a href=#top onclick=\"a>b\">",
        "</a>",
        "<br/>",
        "<p/",
        "é",
        "<noscript>",
        "</noscript>",
        "<![CDATA[",
        "]]>",
        "<?x",
        "&amp;",
        "<p style='display:none'>",
        "<p STYLE=color:red Hidden>",
        "<table><td colspan=2 width=1>",
        "<x-y id=é z>",
        "<svg>",
        "</svg>",
        "<path d=M0>",
        "<h1",
        "href=javascript:a",
        "<html>",
        "<!doctype html>",
        "<head>",
        "<body>",
        "<select>",
        "\n \n",
        "<script>a</script>",
        "<style>a{}</style>",
        "<link rel=stylesheet href=a>",
        "<link rel=canonical href=/paper>",
    ];

    proptest! {
        #[test]
        fn the_tree_stays(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..14)) {
            let page = pieces.concat();
            prop_assert_eq!(tree(&page), tree(&lightened(&page)), "{:?}", page);
        }
    }
}

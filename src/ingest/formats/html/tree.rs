//! The tree of a page, made without what only weighs. `html5gum` cuts the page into tokens as the HTML standard says (13.2.5), the
//! tree builder of `html5ever` puts them together (13.2.6). Most of the time of a usual page would go into what nobody asks of
//! it: scripts, styles, addresses of pictures, data for scripts; and a megabyte of nested tags would take minutes.

use super::nesting::{Nesting, is_stroke};
use super::tokens::Tokens;
use crate::ingest::Limits;
use dom_query::{Document, NodeId};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, local_name};
use html5gum::{State, Tokenizer};
use memchr::memchr2_iter;

/// The tree of a page, and the words by which its elements are asked for.
pub(super) struct Tree {
    /// The same elements and the same text as the page has, but for comments, scripts that hold no particulars, styles, links to
    /// other files, parts of drawings, attributes nobody asks for, and of runs of blanks between tags all but one.
    pub(super) document: Document,
    /// Classes, ids and other names that attributes give, in lower case, and `<time` where there is such an element.
    pub(super) words: String,
}

/// The tree of `html`.
///
/// # Errors
///
/// Why the page cannot be parsed in reasonable time, if so: `is nested more than 256 deep`. Real pages: 99 of 100 are nested
/// at most 29 deep and have at most 5 557 tags and 1 MB.
pub(super) fn of(html: &str, limits: &Limits) -> Result<Tree, String> {
    if html.len() as u64 > limits.page_mb.saturating_mul(1 << 20) {
        return Err(format!("is larger than {} MB (setting `limits.page_mb`)", limits.page_mb));
    }
    let tree = TreeBuilder::new(Document::default(), TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() });
    let mut words = String::new();
    let builder = Builder { tree: &tree, limits, tags: 0, nesting: Nesting::default(), silence: None, words: &mut words, refusal: None };
    let refusal = Tokenizer::new_with_emitter(html, Tokens::of(builder)).next();
    match refusal {
        Some(Ok(reason)) => Err(reason),
        None if takes_long(html, &tree.sink) => Err("has too many special characters in one piece of text".to_owned()),
        None => Ok(Tree { document: tree.sink, words }),
    }
}

/// Most bytes that are gone over to write a text: a second or so.
const WRITTEN: usize = 1 << 35;

/// Whether the tree would take long to be written, as Readability does: for each character that may become a reference
/// `html5ever` looks through all that follows in the same piece of text.
fn takes_long(html: &str, document: &Document) -> bool {
    let weight = |text: &str| text.len().saturating_mul(memchr2_iter(b'&', NO_BREAK[0], text.as_bytes()).count());
    let texts =
        || document.root().descendants_it().filter(|node| node.is_text()).map(|node| weight(&node.text())).fold(0, usize::saturating_add);
    weight(html) > WRITTEN && texts() > WRITTEN
}

/// A space that does not break, in UTF-8.
const NO_BREAK: &[u8] = "\u{a0}".as_bytes();

/// What builds the tree from tokens, and leaves out what only weighs.
pub(super) struct Builder<'a> {
    tree: &'a TreeBuilder<NodeId, Document>,
    limits: &'a Limits,
    tags: u64,
    nesting: Nesting,
    silence: Option<Silence>,
    words: &'a mut String,
    /// Why the page is read no further.
    pub(super) refusal: Option<String>,
}

/// An element whose content nobody asks for, up to its end tag.
enum Silence {
    /// With its tags.
    Element,
    /// The tags are in the tree.
    Content,
}

impl Builder<'_> {
    /// Whether text is for no reader here.
    pub(super) fn is_muted(&self) -> bool {
        self.silence.is_some()
    }

    /// Whether the element that is open is part of a drawing or a formula.
    pub(super) fn is_foreign(&self) -> bool {
        self.tree.adjusted_current_node_present_but_not_in_html_namespace()
    }

    /// A run of text. Of mere blanks one stays.
    pub(super) fn text(&mut self, text: &str) {
        let blanks = text.bytes().all(|b| b.is_ascii_whitespace());
        let text = if blanks { &text[text.len() - 1..] } else { text };
        for (at, part) in text.split('\0').enumerate() {
            if at > 0 {
                self.send(Token::NullCharacterToken);
            }
            if !part.is_empty() {
                self.send(Token::CharacterTokens(StrTendril::from_slice(part)));
            }
        }
    }

    pub(super) fn doctype(&mut self, doctype: Doctype) {
        self.send(Token::DoctypeToken(doctype));
    }

    /// A tag; how the tokenizer goes on behind it.
    pub(super) fn tag(&mut self, tag: Tag) -> Option<State> {
        match tag.kind {
            TagKind::StartTag => self.start_tag(tag),
            TagKind::EndTag => self.end_tag(tag),
        }
    }

    pub(super) fn end(&mut self) {
        self.send(Token::EOFToken);
        self.tree.end();
    }

    fn start_tag(&mut self, tag: Tag) -> Option<State> {
        self.tags += 1;
        if self.tags > self.limits.page_tags {
            self.refusal = Some(format!("has more than {} tags (setting `limits.page_tags`)", self.limits.page_tags));
        }
        let (is_plain, is_foreign) = (self.nesting.is_plain(), self.is_foreign());
        if is_foreign && self.is_stroke(&tag.name) {
            return None;
        }
        let is_drawing = is_foreign || matches!(tag.name, local_name!("svg") | local_name!("math"));
        match is_drawing {
            true if tag.self_closing => {}
            true => self.nesting.open_foreign(&tag.name),
            false => self.nesting.open(&tag.name),
        }
        if self.nesting.depth() as u64 > self.limits.page_depth {
            self.refusal = Some(format!("is nested more than {} deep (setting `limits.page_depth`)", self.limits.page_depth));
        }
        let state = match tag.name {
            local_name!("script") if !value(&tag, "type").is_some_and(|kind| kind.contains("ld+json")) => Some(State::ScriptData),
            local_name!("style") => Some(State::RawText),
            local_name!("link") if is_plain && !is_particular(&tag) => return None,
            _ => None,
        };
        if is_plain && state.is_some() {
            self.silence = Some(Silence::Element);
            return state;
        }
        self.note(&tag);
        let next = self.send(Token::TagToken(tag));
        if state.is_some() && next.is_some() {
            self.silence = Some(Silence::Content);
        }
        next
    }

    fn end_tag(&mut self, tag: Tag) -> Option<State> {
        if self.is_stroke(&tag.name) && self.is_foreign() {
            return None;
        }
        self.nesting.close(&tag.name);
        match self.silence.take() {
            Some(Silence::Element) => None,
            _ => self.send(Token::TagToken(tag)),
        }
    }

    /// Whether a tag is of a part of the drawing that is open. In a caption of it, and around it, such a name means nothing, and
    /// ends otherwise.
    fn is_stroke(&self, name: &LocalName) -> bool {
        is_stroke(name) && self.nesting.innermost() == Some(&local_name!("svg")) && !self.nesting.has(name)
    }

    /// Keeps the words by which an element is asked for.
    fn note(&mut self, tag: &Tag) {
        if tag.name == local_name!("time") {
            self.words.push_str("<time ");
        }
        for attribute in &tag.attrs {
            if matches!(&*attribute.name.local, "class" | "id" | "itemprop" | "property" | "rel") {
                let start = self.words.len();
                self.words.push_str(&attribute.value);
                self.words[start..].make_ascii_lowercase();
                self.words.push(' ');
            }
        }
    }

    fn send(&mut self, token: Token) -> Option<State> {
        match self.tree.process_token(token, 1) {
            TokenSinkResult::Continue | TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => None,
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => Some(State::ScriptData),
        }
    }
}

fn value<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// Whether a link says something about the page it stands in.
fn is_particular(link: &Tag) -> bool {
    value(link, "itemprop").is_some() || value(link, "rel").is_some_and(|rel| rel.to_ascii_lowercase().contains("canonical"))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::is_asked;
    use super::*;
    use proptest::prelude::*;

    /// The tree a browser makes of a page, without what [`of`] may leave out.
    fn whole(html: &str) -> String {
        let document = Document::from(html);
        for element in document.select("*").nodes() {
            if ["iframe", "embed", "object"].iter().any(|name| element.has_name(name)) {
                continue;
            }
            let is_picture = element.has_name("img")
                && element.attrs().iter().any(|a| {
                    let (name, value) = (&*a.name.local, &*a.value);
                    let is_address = ["src", "srcset", "data-src", "data-srcset"].contains(&name);
                    is_address
                        || !is_asked(name.as_bytes())
                            && [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"].iter().any(|end| value.contains(end))
                });
            for attribute in element.attrs() {
                let (name, value) = (&*attribute.name.local, attribute.value.to_ascii_lowercase());
                if !is_asked(name.as_bytes()) || name == "style" && !value.contains("none") && !value.contains("hidden") {
                    element.remove_attr(name);
                } else if name == "href" && !element.has_name("link") && !element.has_name("base") {
                    let length = if attribute.value.starts_with("javascript:") { 11 } else { 2 };
                    element.set_attr(name, &attribute.value.chars().take(length).collect::<String>());
                }
            }
            if is_picture {
                element.set_attr("src", "");
            }
        }
        let comments = document.root().descendants_it().filter(|node| node.is_comment()).collect::<Vec<_>>();
        comments.iter().for_each(|comment| comment.remove_from_parent());
        written(&document)
    }

    /// A tree without what may be left out and is not before the first element. Of blanks it matters that there are any, and in
    /// the head and at the beginning of a field not even that.
    fn written(document: &Document) -> String {
        for element in document.select("*").nodes() {
            let is_left_out = element.qual_name_ref().is_some_and(|name| is_stroke(&name.local));
            if is_left_out {
                element.children().iter().for_each(|child| element.insert_before(child));
                element.remove_from_parent();
            }
        }
        document.select("script:not([type*='ld+json']), style, link:not([rel*='canonical' i]):not([itemprop])").remove();
        let html = document.html();
        let html = regex::Regex::new(r"\s+").unwrap().replace_all(&html, " ");
        regex::Regex::new(r" ?(</?head>|<body[^>]*>|<textarea[^>]*>) ?").unwrap().replace_all(&html, "$1").into_owned()
    }

    fn made(html: &str) -> String {
        written(&of(html, &Limits::default()).unwrap().document)
    }

    #[test]
    fn what_only_weighs_is_left_out() {
        let page = "<!-- Saved --><html><meta name=date content='2024-03-05'><style>p > a{}</style><script>if (a<b) {}</script>\
            <script type=application/ld+json>{\"a\": \"<b data-x>\"}</script><p class=lead data-track='a>b' onclick=\"x('</p>')\">Text \
            <img src=\"data:image/png;base64,AAAA\" srcset=a,b alt=A><a href=https://paper.test/2024/03/05/flood.html>it</a> is \
            <svg id=Icon><title>A wave</title><g><path d='M0 0'/></g></svg><!-- ads -->\n\n <b>";
        assert_eq!(
            of(page, &Limits::default()).unwrap().document.html().to_string(),
            "<html><head><meta name=\"date\" content=\"2024-03-05\"><script type=\"application/ld+json\">{\"a\": \"<b data-x>\"}</script></head>\
            <body><p class=\"lead\">Text <img src=\"\"><a href=\"ht\">it</a> is <svg id=\"Icon\"><title>A wave</title></svg> <b></b></p></body></html>"
        );
    }

    #[test]
    fn words_are_the_names_of_elements() {
        let page = "<div class='Lead By' id=Story title=x data-id=y><time itemprop=datePublished>5 March</time><a rel=author>time</a>";
        assert_eq!(of(page, &Limits::default()).unwrap().words, "lead by story <time datepublished author ");
    }

    #[test]
    fn pages_that_would_take_minutes_are_refused() {
        let limits = Limits::default();
        let deep = "<div>".repeat(1 + limits.page_depth as usize);
        let drawing = "<path d=M0 /><svg/><text/>".repeat(1 + limits.page_depth as usize);
        for (page, reason) in [
            (deep.clone(), "nested"),
            (format!("<svg><title>{deep}</title></svg>"), "nested"),
            ("<svg><desc>".repeat(1 + limits.page_depth as usize), "nested"),
            ("<b><p>".repeat(1 + limits.page_depth as usize), "nested"),
            ("<br>".repeat(1 + limits.page_tags as usize), "tags"),
            (format!("<svg>{}", "<path>".repeat(1 + limits.page_tags as usize)), "tags"),
        ] {
            assert!(of(&page, &limits).is_err_and(|e| e.contains(reason)), "{reason}");
        }
        // What is only written is no tag, and the strokes of a drawing do not lie in each other.
        let written = format!("<p title=\"{deep}\"><script>'{deep}'</script><!--{deep}--><svg>{drawing}</svg><textarea>{deep}");
        assert!(of(&written, &limits).is_ok());
    }

    #[test]
    fn fixtures_keep_their_tree() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/html");
        let mut read = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let Ok(page) = std::fs::read_to_string(file.unwrap().path()) else { continue };
            assert_eq!(whole(&page), made(&page));
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
        "<g>",
        "</g>",
        "<foreignObject>",
        "<desc>",
        "<circle r=1 />",
        "<svg/>",
        "<img src=a.gif alt=b>",
        "<img class=.png data-x=b.jpg>",
        "<img class=.png>",
        "<iframe src=a.mp4 width=1></iframe>",
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
            prop_assert_eq!(whole(&page), made(&page), "{:?}", page);
        }
    }
}

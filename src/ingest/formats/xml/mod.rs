//! XML as papers and agencies send it, good or bad, as a tree of elements with local names.
//!
//! Reading never fails: what is not well formed is read as far as it makes sense, and said in [`Tree::trouble`]. No entity a
//! document declares is ever expanded and nothing outside the text is looked at.
//!
//! # What it does not read
//!
//! Elements deeper than [`MOST_DEPTH`] lose their tags but keep their text; after [`MOST_ELEMENTS`] elements reading stops. Both are
//! said in [`Tree::trouble`]. Internal DTD subsets, processing instructions and comments are skipped. Namespaces are not resolved:
//! prefixes are dropped, or asked for by [`Element::prefix`].

mod blocks;
#[cfg(test)]
mod tests;
mod walk;

pub use blocks::blocks;

use crate::ingest::text::entity;
use crate::ingest::{Problem, Sink};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// The deepest element that is kept as an element.
pub const MOST_DEPTH: usize = 256;
/// The most elements of one document.
pub const MOST_ELEMENTS: usize = 4_000_000;
/// How often reading is taken up again behind markup without an end; each time may cost a look at everything that follows.
const MOST_RESTARTS: usize = 16;

/// A document.
pub struct Tree<'a> {
    /// A nameless element around everything.
    pub root: Element<'a>,
    /// What was wrong with the markup, in the words of a [`Problem`](crate::ingest::Problem).
    pub trouble: Option<String>,
}

impl Tree<'_> {
    /// The same; what is wrong with the markup of the file at `path` is told.
    pub fn told(self, path: &str, sink: &mut dyn Sink) -> Self {
        if let Some(trouble) = &self.trouble {
            sink.problem(Problem::doubt(path, format!("not well-formed XML: {trouble}")));
        }
        self
    }
}

/// An element with its attributes and what is in it.
#[derive(Default)]
pub struct Element<'a> {
    tag: Option<BytesStart<'a>>,
    /// Elements and text, in order.
    pub nodes: Vec<Node<'a>>,
}

/// What stands in an element.
pub enum Node<'a> {
    /// Another element.
    Element(Element<'a>),
    /// Text, with references replaced.
    Text(Cow<'a, str>),
}

/// Reads `text`, which must be decoded already.
pub fn parse(text: &str) -> Tree<'_> {
    let mut builder = Builder { open: vec![Element::default()], too_deep: 0, elements: 0, restarts: 0, trouble: None };
    let mut next = Some(0);
    while let Some(base) = next.filter(|b| *b < text.len()) {
        next = builder.read(text, base);
    }
    builder.finish()
}

struct Builder<'a> {
    /// The way from the root to where we are.
    open: Vec<Element<'a>>,
    /// Open elements below [`MOST_DEPTH`].
    too_deep: usize,
    elements: usize,
    restarts: usize,
    trouble: Option<String>,
}

impl<'a> Builder<'a> {
    /// Reads from byte `base` on. `Some` says where to take up again after something that is no markup.
    fn read(&mut self, text: &'a str, base: usize) -> Option<usize> {
        let mut reader = Reader::from_str(text.get(base..)?);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.check_comments = false;
        loop {
            let at = base + reader.buffer_position() as usize;
            // `a < b`: what follows the bracket cannot be a name, so the bracket is text. The reader would look for its end.
            if text.get(at..).is_some_and(is_bare) {
                self.text(Cow::Borrowed("<"));
                self.note("a bare `<`", at, text);
                return Some(at + 1);
            }
            match reader.read_event() {
                Ok(Event::Start(tag)) => self.start(tag, at, text)?,
                Ok(Event::Empty(tag)) => {
                    self.elements += 1;
                    self.push(Node::Element(Element { tag: Some(tag), nodes: Vec::new() }));
                }
                Ok(Event::End(tag)) => self.end(tag.name().0),
                Ok(Event::Text(t)) => self.text(t.into_inner()),
                Ok(Event::CData(t)) => self.text(t.into_inner()),
                Ok(Event::GeneralRef(r)) => match entity(&r) {
                    Some(c) if c.is_control() && !c.is_whitespace() => {}
                    Some(c) => self.text(Cow::Owned(c.to_string())),
                    None => self.text(Cow::Owned(format!("&{};", &*r))),
                },
                Ok(Event::Eof) => return None,
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
                Err(error) => return self.recover(&error, at, text),
            }
        }
    }

    /// A section or tag without an end: the text of a cut-off CDATA section is kept, everything else is read on behind it.
    fn recover(&mut self, error: &quick_xml::Error, at: usize, text: &'a str) -> Option<usize> {
        self.note(&error.to_string(), at, text);
        let rest = text.get(at..)?;
        if let Some(cut) = rest.strip_prefix("<![CDATA[") {
            self.text(Cow::Borrowed(cut));
            return None;
        }
        self.restarts += 1;
        // A tag cut off by the end of the text is no text.
        let next = at + 1 + rest.get(1..)?.find('<')?;
        (self.restarts <= MOST_RESTARTS).then_some(next)
    }

    fn start(&mut self, tag: BytesStart<'a>, at: usize, text: &str) -> Option<()> {
        self.elements += 1;
        if self.elements > MOST_ELEMENTS {
            self.note("more elements than are read from one document", at, text);
            return None;
        }
        if self.open.len() > MOST_DEPTH {
            self.too_deep += 1;
            self.note("elements nested too deeply", at, text);
        } else {
            self.open.push(Element { tag: Some(tag), nodes: Vec::new() });
        }
        Some(())
    }

    fn end(&mut self, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(at) = self.open.iter().rposition(|e| e.tag.as_ref().is_some_and(|t| t.name().0 == name)) else { return };
        self.close(at);
    }

    fn close(&mut self, down_to: usize) {
        while self.open.len() > down_to {
            if let Some(done) = self.open.pop() {
                self.push(Node::Element(done));
            }
        }
    }

    fn push(&mut self, node: Node<'a>) {
        if let Some(parent) = self.open.last_mut() {
            parent.nodes.push(node);
        }
    }

    fn text(&mut self, text: Cow<'a, str>) {
        let Some(parent) = self.open.last_mut() else { return };
        match parent.nodes.last_mut() {
            Some(Node::Text(before)) => before.to_mut().push_str(&text),
            _ => parent.nodes.push(Node::Text(text)),
        }
    }

    /// Keeps the first trouble.
    fn note(&mut self, what: &str, at: usize, text: &str) {
        if self.trouble.is_none() {
            let line = 1 + text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count();
            self.trouble = Some(format!("line {line}: {what}"));
        }
    }

    fn finish(mut self) -> Tree<'a> {
        let cut = self.open.len() > 1;
        self.close(1);
        let trouble = self.trouble.or_else(|| cut.then(|| "the end of the file is missing".to_owned()));
        Tree { root: self.open.pop().unwrap_or_default(), trouble }
    }
}

/// Whether `text` begins with a bracket that begins no markup.
fn is_bare(text: &str) -> bool {
    let next = text.strip_prefix('<').and_then(|behind| behind.chars().next());
    next.is_some_and(|c| !c.is_alphabetic() && !matches!(c, '_' | ':' | '/' | '!' | '?'))
}

/// Whether the first element that begins in `head` has one of the local names `names`. The head may be in any charset whose Latin
/// letters are those of ASCII, or in UTF-16.
pub fn begins_with(head: &[u8], names: &[&str]) -> bool {
    // Without the zero bytes of UTF-16.
    let plain: Cow<'_, [u8]> = match memchr::memchr(0, head) {
        Some(_) => head.iter().copied().filter(|b| *b != 0).collect(),
        None => Cow::Borrowed(head),
    };
    let mut rest = &*plain;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at + 1..).unwrap_or(&[]);
        let skipped = match rest.first() {
            Some(b'!') if rest.starts_with(b"!--") => memchr::memmem::find(rest, b"-->"),
            Some(b'?' | b'!') => memchr::memchr(b'>', rest),
            _ => {
                let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(b)).count();
                let name = String::from_utf8_lossy(rest.get(..len).unwrap_or(&[]));
                let local = name.rsplit_once(':').map_or(&*name, |(_, local)| local);
                return names.iter().any(|n| n.eq_ignore_ascii_case(local));
            }
        };
        rest = rest.get(skipped.unwrap_or(rest.len())..).unwrap_or(&[]);
    }
    false
}

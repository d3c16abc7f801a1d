//! Puts the tokens of a page together, and hands on to the tree what somebody asks for.

use super::tree::Builder;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use html5gum::{Emitter, State};
use std::borrow::Cow;

/// Whether an attribute is asked for here or by Readability, or parsers go by it.
pub(super) fn is_asked(name: &[u8]) -> bool {
    matches!(
        name,
        b"class"
            | b"id"
            | b"name"
            | b"property"
            | b"content"
            | b"itemprop"
            | b"rel"
            | b"role"
            | b"href"
            | b"style"
            | b"lang"
            | b"xml:lang"
            | b"dir"
            | b"hidden"
            | b"aria-hidden"
            | b"aria-modal"
            | b"type"
            | b"title"
            | b"datetime"
            | b"pubdate"
            | b"charset"
            | b"http-equiv"
            | b"summary"
            | b"colspan"
            | b"rowspan"
            | b"datatable"
            | b"data-readability-table"
            | b"color"
            | b"face"
            | b"size"
            | b"encoding"
    )
}

/// Where the address of a picture stands. Readability takes out pictures without one, and counts the others.
const PICTURE: &[&str] = &["src", "srcset", "data-src", "data-srcset"];

/// What an address of a picture has in it, wherever it stands.
const PICTURES: &[&str] = &[".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"];

/// Of the address of a link it only matters how it begins: with `#` and more, or with `javascript:`.
const SCRIPT: &str = "javascript:";

/// The token that is being read, and the tree it goes into.
pub(super) struct Tokens<'a> {
    builder: Builder<'a>,
    /// Text since the last token.
    text: Vec<u8>,
    name: Vec<u8>,
    /// Name of the last start tag.
    last: Vec<u8>,
    kind: Kind,
    is_empty: bool,
    attributes: Vec<Attribute>,
    attribute: Option<Open>,
    attribute_name: Vec<u8>,
    attribute_value: Vec<u8>,
    doctype: Doctype,
}

/// Which tag is being read.
#[derive(PartialEq)]
enum Kind {
    Start,
    End,
}

/// The attribute that is being read.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Name,
    Value { is_asked: bool },
}

/// What is read is valid text, and stays so when its pieces are put together.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    // Far faster on valid text than the lossy conversion.
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

fn tendril(bytes: &[u8]) -> StrTendril {
    StrTendril::from_slice(&text_of(bytes))
}

impl<'a> Tokens<'a> {
    pub(super) fn of(builder: Builder<'a>) -> Tokens<'a> {
        Tokens {
            builder,
            text: Vec::new(),
            name: Vec::new(),
            last: Vec::new(),
            kind: Kind::Start,
            is_empty: false,
            attributes: Vec::new(),
            attribute: None,
            attribute_name: Vec::new(),
            attribute_value: Vec::new(),
            doctype: Doctype::default(),
        }
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.builder.text(&text_of(&self.text));
            self.text.clear();
        }
    }

    fn begin_tag(&mut self, kind: Kind) {
        self.kind = kind;
        self.is_empty = false;
        self.name.clear();
        self.attributes.clear();
        self.attribute = None;
    }

    fn is_asked(&self) -> bool {
        let is_shown = || match &*self.name {
            b"img" => !self.attributes.iter().any(|known| known.name.local == local_name!("src")),
            b"iframe" | b"embed" | b"object" => true,
            _ => false,
        };
        self.kind == Kind::Start && (is_asked(&self.attribute_name) || is_shown())
    }

    /// Puts the attribute that was read to those of the tag, if anybody asks for it; of two of a name the first.
    fn end_attribute(&mut self) {
        let is_wanted = match self.attribute.take() {
            None => false,
            Some(Open::Name) => self.is_asked(),
            Some(Open::Value { is_asked }) => is_asked,
        };
        if !is_wanted {
            return;
        }
        let mut name = LocalName::from(&*text_of(&self.attribute_name));
        if self.name == b"img" && !is_asked(&self.attribute_name) {
            let value = text_of(&self.attribute_value);
            if !PICTURE.contains(&&*name) && !PICTURES.iter().any(|end| value.contains(end)) {
                return;
            }
            name = local_name!("src");
        }
        if self.attributes.iter().any(|known| known.name.local == name) {
            return;
        }
        let value = text_of(&self.attribute_value);
        let has = |word: &[u8]| value.as_bytes().windows(word.len()).any(|w| w.eq_ignore_ascii_case(word));
        let value = match &*name {
            "src" if self.name == b"img" => "",
            "style" if !has(b"none") && !has(b"hidden") => return,
            "href" if self.name != b"link" && self.name != b"base" => {
                let length = if value.starts_with(SCRIPT) { SCRIPT.len() } else { 2 };
                &value[..value.char_indices().map(|(at, _)| at).find(|at| *at >= length).unwrap_or(value.len())]
            }
            _ => &value,
        };
        self.attributes.push(Attribute { name: QualName::new(None, ns!(), name), value: StrTendril::from_slice(value) });
    }
}

impl Emitter for Tokens<'_> {
    /// Why the page is read no further.
    type Token = String;

    fn pop_token(&mut self) -> Option<String> {
        self.builder.refusal.take()
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last.clear();
        self.last.extend_from_slice(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.flush();
        self.builder.end();
    }

    fn emit_error(&mut self, _: html5gum::Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_string(&mut self, text: &[u8]) {
        if !self.builder.is_muted() {
            self.text.extend_from_slice(text);
        }
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(Kind::Start);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(Kind::End);
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    fn set_self_closing(&mut self) {
        self.is_empty = true;
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
        self.attribute = Some(Open::Name);
        self.attribute_name.clear();
        self.attribute_value.clear();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attribute_name.extend_from_slice(name);
    }

    fn init_attribute_value(&mut self) {
        self.attribute = Some(Open::Value { is_asked: self.is_asked() });
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.attribute == Some(Open::Value { is_asked: true }) {
            self.attribute_value.extend_from_slice(value);
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        self.flush();
        let name = LocalName::from(&*text_of(&self.name));
        let (kind, attrs) = match self.kind {
            Kind::Start => (TagKind::StartTag, std::mem::take(&mut self.attributes)),
            Kind::End => (TagKind::EndTag, Vec::new()),
        };
        if self.kind == Kind::Start {
            std::mem::swap(&mut self.last, &mut self.name);
        }
        self.builder.tag(Tag { kind, name, self_closing: self.is_empty, attrs, had_duplicate_attributes: false })
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.kind == Kind::End && self.name == self.last
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.builder.is_foreign()
    }

    // Nobody asks for comments.

    fn init_comment(&mut self) {}

    fn push_comment(&mut self, _: &[u8]) {}

    fn emit_current_comment(&mut self) {}

    fn init_doctype(&mut self) {
        self.doctype = Doctype::default();
    }

    fn push_doctype_name(&mut self, name: &[u8]) {
        self.doctype.name.get_or_insert_default().push_slice(&text_of(name));
    }

    fn set_doctype_public_identifier(&mut self, value: &[u8]) {
        self.doctype.public_id = Some(tendril(value));
    }

    fn set_doctype_system_identifier(&mut self, value: &[u8]) {
        self.doctype.system_id = Some(tendril(value));
    }

    fn push_doctype_public_identifier(&mut self, value: &[u8]) {
        self.doctype.public_id.get_or_insert_default().push_slice(&text_of(value));
    }

    fn push_doctype_system_identifier(&mut self, value: &[u8]) {
        self.doctype.system_id.get_or_insert_default().push_slice(&text_of(value));
    }

    fn set_force_quirks(&mut self) {
        self.doctype.force_quirks = true;
    }

    fn emit_current_doctype(&mut self) {
        self.flush();
        self.builder.doctype(std::mem::take(&mut self.doctype));
    }
}

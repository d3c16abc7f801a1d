//! What a page says about itself in machine-readable form: `meta` elements and JSON-LD.

use super::json_ld;
use crate::ingest::text::one_line;
use dom_query::{Document, NodeRef};
use serde_json::Value;

/// The machine-readable part of a page, and its headlines.
#[derive(Default)]
pub(super) struct Page<'a> {
    /// The source of the page.
    pub(super) html: &'a str,
    /// Classes, ids and other names of its elements, in lower case.
    words: &'a str,
    /// Names (or properties) of `meta` elements, lower case, and their contents, in order.
    metas: Vec<(String, String)>,
    /// The JSON-LD node that describes the article.
    ld: Option<Value>,
    /// The address a page calls its own.
    pub(super) canonical: Option<String>,
    /// The texts of its `h1` elements, in order.
    pub(super) headings: Vec<String>,
}

impl<'a> Page<'a> {
    /// What `document` says, whose elements have `words`; in one walk over them.
    pub(super) fn of(document: &Document, html: &'a str, words: &'a str) -> Page<'a> {
        let mut page = Page { html, words, ..Page::default() };
        let mut scripts: Vec<String> = Vec::new();
        for node in document.root().descendants_it() {
            let Some(name) = node.qual_name_ref() else { continue };
            match &*name.local {
                "meta" => page.meta_element(&node),
                "link" if page.canonical.is_none() && has_word(&node, "rel", "canonical") => {
                    page.canonical = node.attr("href").map(|href| href.to_string());
                }
                "script" if node.attr("type").is_some_and(|kind| kind.contains("ld+json")) => scripts.push(node.text().to_string()),
                "h1" => page.headings.push(one_line(&node.text())),
                _ => {}
            }
        }
        page.ld = json_ld::article(&scripts);
        page
    }

    fn meta_element(&mut self, element: &NodeRef<'_>) {
        let Some(content) = element.attr("content").map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()) else { return };
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(key) = element.attr(attribute) {
                self.metas.push((key.trim().to_ascii_lowercase(), content.clone()));
            }
        }
    }

    /// Whether the name of an element has `word` in it, in lower case: to look through all elements for one that is nowhere takes
    /// longer.
    pub(super) fn has(&self, word: &str) -> bool {
        memchr::memmem::find(self.words.as_bytes(), word.as_bytes()).is_some()
    }

    /// The first content of a `meta` element with one of these names; earlier names first.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(key, _)| key == name).map(|(_, content)| content.as_str()))
    }

    /// All contents of `meta` elements of this name.
    pub(super) fn metas(&self, name: &str) -> Vec<&str> {
        self.metas.iter().filter(|(key, _)| key == name).map(|(_, content)| content.as_str()).collect()
    }

    /// A property of the article in JSON-LD.
    pub(super) fn ld(&self, property: &str) -> Option<&Value> {
        self.ld.as_ref()?.get(property)
    }

    /// A property as text; of lists the first, of things the name.
    pub(super) fn ld_text(&self, property: &str) -> Option<String> {
        json_ld::texts(self.ld(property)?).into_iter().next()
    }

    /// The body JSON-LD gives.
    pub(super) fn article_body(&self) -> Option<&str> {
        self.ld("articleBody")?.as_str()
    }
}

/// Whether an attribute of words has this one among them.
pub(super) fn has_word(element: &NodeRef<'_>, attribute: &str, word: &str) -> bool {
    element.attr(attribute).is_some_and(|words| words.split_ascii_whitespace().any(|w| w == word))
}

//! What a page says about itself in machine-readable form: `meta` elements and JSON-LD.

use super::json_ld;
use dom_query::{Document, Matcher};
use serde_json::Value;
use std::sync::LazyLock;

static META: LazyLock<Option<Matcher>> = LazyLock::new(|| Matcher::new("meta").ok());
static SCRIPTS: LazyLock<Option<Matcher>> = LazyLock::new(|| Matcher::new("script[type*='ld+json']").ok());

/// The machine-readable part of a page.
pub(super) struct Page<'a> {
    /// The source of the page.
    pub(super) html: &'a str,
    /// What the tree was made from, in lower case.
    low: String,
    /// Names (or properties) of `meta` elements, lower case, and their contents, in order.
    metas: Vec<(String, String)>,
    /// The JSON-LD node that describes the article.
    ld: Option<Value>,
}

impl<'a> Page<'a> {
    pub(super) fn of(document: &Document, html: &'a str, light: &str) -> Page<'a> {
        let mut metas = Vec::new();
        if let Some(matcher) = META.as_ref() {
            for element in document.select_matcher(matcher).iter() {
                let Some(content) = element.attr("content").map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()) else { continue };
                for attribute in ["property", "name", "itemprop", "http-equiv"] {
                    if let Some(key) = element.attr(attribute) {
                        metas.push((key.trim().to_ascii_lowercase(), content.clone()));
                    }
                }
            }
        }
        let scripts: Vec<String> = match SCRIPTS.as_ref() {
            Some(matcher) => document.select_matcher(matcher).iter().map(|s| s.text().to_string()).collect(),
            None => Vec::new(),
        };
        Page { html, low: light.to_ascii_lowercase(), metas, ld: json_ld::article(&scripts) }
    }

    /// Whether the page has `word`, in lower case, anywhere: to look through all elements for what nowhere stands takes longer.
    pub(super) fn has(&self, word: &str) -> bool {
        memchr::memmem::find(self.low.as_bytes(), word.as_bytes()).is_some()
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

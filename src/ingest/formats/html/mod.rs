//! Web pages as browsers, mirrors and crawlers saved them: the article, without what the site puts around it.
//!
//! The body is found by `dom_smoothie` (a port of Mozilla's Readability) and cleaned by rules of ours; particulars come from
//! JSON-LD, `meta` elements, microdata and the visible page, in that order. Pages too deep, too large or with too many tags
//! or special characters for a tree are read by a linear stripper instead.
//!
//! # What it does not read
//!
//! Text that only a script puts into the page, text in frames, and more than one article a page.

mod body;
mod json_ld;
mod metadata;
mod nesting;
mod page;
mod source;
mod title;
mod tokens;
mod tree;

use super::plain::looks_like_text;
use crate::article::Article;
use crate::error::Result;
use crate::ingest::text::{decode, html_to_text, strip_leftovers};
use crate::ingest::{Format, Input, Limits, Problem, Sink, Sureness};
use tree::Tree;

/// Web pages.
pub struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let low = path.to_ascii_lowercase();
        let named = [".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp"].iter().any(|e| low.ends_with(e));
        let start = String::from_utf8_lossy(&head[..head.len().min(2048)]).to_ascii_lowercase();
        let start = start.trim_start_matches([' ', '\n', '\r', '\t']);
        let opens = start.starts_with("<!doctype html") || start.starts_with("<html");
        let marked = opens || (start.starts_with('<') && start.contains("<html"));
        match (opens, named, marked) {
            (true, _, _) | (_, true, true) => Sureness::Sure,
            (_, true, false) if start.contains('<') && looks_like_text(head) => Sureness::Likely,
            (_, false, true) => Sureness::Likely,
            _ => Sureness::No,
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, charset, limits) = (input.path.clone(), input.charset.clone(), input.limits);
        let text = decode(&input.whole()?, charset.as_deref()).told(&path, sink);
        let html = source::without_toolbar(&text);
        let article = match tree::of(&html, &limits) {
            Ok(tree) => article(path, &html, tree, &limits),
            Err(reason) => {
                sink.problem(Problem::doubt(
                    &path,
                    format!("the page {reason}, so its text was taken without looking for the article in it"),
                ));
                plain_article(path, &html)
            }
        };
        sink.article(article)
    }
}

/// The article of a page.
fn article(path: String, html: &str, tree: Tree, limits: &Limits) -> Article {
    let Tree { document, words } = tree;
    let page = page::Page::of(&document, html, &words);
    let mut article = Article { path, ..Article::default() };
    metadata::fill(&mut article, &page, &document);
    let body = body::extract(document, html, limits, page.article_body());
    article.title = article.title.map(|t| title::confirmed_by(&body, t));
    let body = body::without_head(article.title.as_deref(), &body);
    article.body = strip_leftovers(article.title.as_deref(), body);
    article
}

/// What can be had of a page without a tree: its text, and the title its `title` element gives.
fn plain_article(path: String, html: &str) -> Article {
    let mut article = Article { path, ..Article::default() };
    let head: String = html.chars().take(100_000).collect();
    article.title = source::between(&head, "<title", "</title").map(crate::ingest::text::one_line_of_html).filter(|t| !t.is_empty());
    article.body = strip_leftovers(article.title.as_deref(), &html_to_text(html));
    article
}

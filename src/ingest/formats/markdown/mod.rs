//! Markdown with or without front matter: one article a file.
//!
//! Front matter is a subset of YAML (`---`), TOML (`+++`) or JSON (`;;;` or a leading object): names with text, dates, numbers
//! and lists. The text is the source without its marks; links are their words.
//!
//! # What it does not read
//!
//! YAML anchors and nested tables (their lines are passed over), blocks of code, places of footnotes, and HTML beyond its text.

mod front_matter;
mod marks;
#[cfg(test)]
mod tests;

use super::plain::{is_text_with_zeros, looks_like_text, without_zeros};
use crate::article::Article;
use crate::error::Result;
use crate::ingest::text::{decode, paragraphs, strip_leftovers};
use crate::ingest::{Format, Input, Sink, Sureness, date, particulars};

/// Markdown.
pub struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let low = path.to_ascii_lowercase();
        let named = [".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd"].iter().any(|e| low.ends_with(e));
        let start = head.trim_ascii_start();
        let fronted = (start.starts_with(b"---\n") || start.starts_with(b"---\r\n") || start.starts_with(b"+++\n"))
            && memchr::memmem::find(start, b"title").is_some();
        match (named, fronted) {
            _ if !(looks_like_text(head) || named && is_text_with_zeros(head)) => Sureness::No,
            (true, _) => Sureness::Sure,
            (false, true) => Sureness::Likely,
            (false, false) => Sureness::No,
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let text = decode(&input.whole()?, None).told(&path, sink);
        let text = without_zeros(text, &path, sink);
        sink.article(article(path, &text))
    }
}

fn article(path: String, source: &str) -> Article {
    let mut article = Article { path, ..Article::default() };
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    let (fields, text) = front_matter::split(&source);
    for (name, value) in &fields {
        particulars::set(&mut article, &name.to_lowercase().replace('_', " "), value);
    }
    let (heading, text) = marks::heading(text);
    if article.title.is_none() {
        article.title.clone_from(&heading);
    }
    let text = marks::plain(text);
    let body = paragraphs(&text);
    // A first heading that is not the title belongs to the text.
    let kept = heading.filter(|h| article.title.as_ref() != Some(h));
    let body = kept.map_or(body.clone(), |h| format!("{h}\n\n{body}"));
    let body = take_byline(&body, &mut article);
    article.body = strip_leftovers(article.title.as_deref(), body);
    article
}

/// Under the title may stand `By …` or a date alone.
fn take_byline<'a>(body: &'a str, article: &mut Article) -> &'a str {
    let mut rest = body;
    while let Some((first, behind)) = rest.split_once("\n\n") {
        let by = first.get(..3).is_some_and(|b| b.eq_ignore_ascii_case("by "));
        if by && first.len() <= 100 && !first.ends_with('.') && article.byline.is_empty() {
            article.byline.push(first.to_owned());
        } else if first.len() <= 40 && article.published.is_none() && date::parse(first).is_some() {
            article.published = date::parse(first);
        } else {
            break;
        }
        rest = behind;
    }
    rest
}

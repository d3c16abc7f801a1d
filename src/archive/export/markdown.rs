//! Markdown: a heading and the text of each article, or a block quote for each quote, with the source under it.

use super::citation;
use super::{About, Exporter, Source};
use crate::words::one_line;

pub(super) struct Markdown;

impl Exporter for Markdown {
    fn head(&mut self, about: &About, out: &mut String) {
        out.push_str(&format!(
            "# {}\n\n{} · {} · revision {}\n\n",
            escaped(&about.reading),
            code(&about.canonical),
            about.day,
            about.revision
        ));
    }

    fn item(&mut self, source: &Source<'_>, out: &mut String) {
        let article = &source.clipping.article;
        if let Some(quote) = source.quote {
            out.push_str(&format!("> {}\n>\n> — {}\n\n", escaped(&citation::said(quote)), escaped(&citation::speaker(quote))));
        } else {
            out.push_str(&format!("## {}\n\n", heading(article.title.as_deref().unwrap_or("(no title)"))));
        }
        out.push_str(&format!("*{}* {}\n\n", cited(article), code(source.hit.id())));
        if let Some(note) = source.clipping.note() {
            out.push_str(&format!("*Note:* {}\n\n", escaped(&one_line(note))));
        }
        if source.quote.is_none() {
            for paragraph in article.body.split("\n\n").filter(|p| !p.trim().is_empty()) {
                out.push_str(&escaped(&one_line(paragraph)));
                out.push_str("\n\n");
            }
        }
    }
}

/// A heading; a `#` at its end would be taken for the end of it.
fn heading(text: &str) -> String {
    let text = escaped(&one_line(text));
    match text.strip_suffix('#') {
        Some(before) => format!("{before}\\#"),
        None => text,
    }
}

/// The citation, its address as a link where it is one of the web: within one nothing is escaped.
fn cited(article: &crate::article::Article) -> String {
    let line = escaped(&citation::line(article));
    match article.web().map(one_line).filter(|url| !url.contains(['<', '>', ' '])) {
        Some(url) => line.replace(&escaped(&url), &format!("<{url}>")),
        None => line,
    }
}

/// Text to be read letter by letter, between more backticks in a row than it has itself.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let (mark, space) = ("`".repeat(longest + 1), if text.starts_with('`') || text.ends_with('`') { " " } else { "" });
    format!("{mark}{space}{text}{space}{mark}")
}

/// Text without anything Markdown would take for its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        let at_start = i == 0 && matches!(c, '#' | '+' | '-' | '>' | '=');
        if at_start || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    // `1. ` would begin a list.
    match text.find(['.', ')']) {
        Some(at) if at > 0 && text[..at].bytes().all(|b| b.is_ascii_digit()) => out.insert(at, '\\'),
        _ => {}
    }
    out
}

//! Markdown: a heading and the text of each article, or a block quote for each quote, with the source under it.

use super::citation;
use super::{About, Exporter, Source};
use crate::words::one_line;

pub(super) struct Markdown;

impl Exporter for Markdown {
    fn head(&mut self, about: &About, out: &mut String) {
        out.push_str(&format!("# {}\n\n`{}` · {} · revision {}\n\n", escaped(&about.reading), about.canonical, about.day, about.revision));
    }

    fn item(&mut self, source: &Source<'_>, out: &mut String) {
        let article = &source.clipping.article;
        if let Some(quote) = source.quote {
            out.push_str(&format!("> {}\n>\n> — {}\n\n", escaped(&citation::said(quote)), escaped(&citation::speaker(quote))));
        } else {
            out.push_str(&format!("## {}\n\n", escaped(&one_line(article.title.as_deref().unwrap_or("(no title)")))));
        }
        out.push_str(&format!("*{}* `{}`\n\n", escaped(&citation::line(article)), source.hit.id()));
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

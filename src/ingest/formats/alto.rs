//! Scanned pages of newspapers with the text a machine read on them: ALTO, versions 1 to 4. Each page is one article.
//!
//! Blocks become paragraphs; words broken at the end of a line are joined where the file says so, or where the next line goes
//! on in small letters.
//!
//! # What it does not read
//!
//! Where words stand on the page and how sure the machine was; which blocks belong to which article (that stands in METS
//! files beside the pages, which are not read).

use super::xml::{self, Element};
use crate::article::Article;
use crate::error::Result;
use crate::ingest::text::{decode, one_line};
use crate::ingest::{Format, Input, Problem, Sink, Sureness};

/// Scanned pages in ALTO.
pub struct Alto;

impl Format for Alto {
    fn name(&self) -> &'static str {
        "alto"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        if xml::begins_with(head, &["alto"]) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let decoded = decode(&input.whole()?, None);
        let tree = xml::parse(&decoded.text);
        if let Some(trouble) = &tree.trouble {
            sink.problem(Problem::doubt(&path, trouble.clone()));
        }
        let blocks: Vec<String> = tree.root.within(&["TextBlock"]).into_iter().map(block).filter(|b| !b.is_empty()).collect();
        if blocks.is_empty() {
            sink.problem(Problem::skipped(&path, "no text was read on the page"));
            return Ok(());
        }
        sink.article(Article { path, body: blocks.join("\n\n"), ..Article::default() })
    }
}

/// The text of a block on one line.
fn block(block: &Element<'_>) -> String {
    let mut text = String::new();
    for line in block.within(&["TextLine"]) {
        for (number, word) in line.children().filter(|e| e.is("String")).enumerate() {
            let part = word.filled("SUBS_TYPE").unwrap_or_default();
            if part.eq_ignore_ascii_case("HypPart2") {
                continue;
            }
            let whole = if part.eq_ignore_ascii_case("HypPart1") { word.filled("SUBS_CONTENT") } else { None };
            let content = whole.or_else(|| word.filled("CONTENT")).unwrap_or_default();
            push(&mut text, &content, number == 0);
        }
        let told = line.children().any(|e| e.filled("SUBS_TYPE").is_some_and(|t| t.eq_ignore_ascii_case("HypPart1")));
        if !told && line.children().any(|e| e.is("HYP")) && !text.ends_with('-') {
            text.push('-');
        }
    }
    one_line(&text)
}

/// Adds a word; `first` in a line, it may be the rest of the word before.
fn push(text: &mut String, word: &str, first: bool) {
    let small = word.starts_with(char::is_lowercase);
    if first && small && text.ends_with('-') && text.chars().rev().nth(1).is_some_and(char::is_alphabetic) {
        text.pop();
    } else if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

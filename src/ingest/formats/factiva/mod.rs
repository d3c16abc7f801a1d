//! Exports of Factiva: many articles in one file. Pages saved from it have headline, author, date and paper above each text; exports as
//! text or rich text have the same, perhaps with labels of two letters.
//!
//! # What it does not read
//!
//! The lists of industries, regions and subjects of the long display, and the summary of the search at the end.

mod text;

pub(super) use text::{articles, is_export};

use super::documents;
use crate::article::{Article, DateOrigin};
use crate::error::Result;
use crate::ingest::text::{decode, html_to_text, one_line_of_html};
use crate::ingest::{Format, Input, Problem, Sink, Sureness, date};

/// Pages saved from Factiva.
pub struct Factiva;

/// What begins an article; its number follows.
const ARTICLE: &str = "id=\"article-";

impl Format for Factiva {
    fn name(&self) -> &'static str {
        "factiva"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        let has = |text: &str| memchr::memmem::find(head, text.as_bytes()).is_some();
        if has("<title>Factiva</title>") || (has(ARTICLE) && has("articleParagraph")) {
            return Sureness::Sure;
        }
        // The end of an article may lie behind what is looked at here; the label of its number of words does not.
        let plain = !head.starts_with(b"PK") && !head.trim_ascii_start().starts_with(b"{") && !head.trim_ascii_start().starts_with(b"<");
        let ended = plain && has("Document ") && is_export(&mut String::from_utf8_lossy(head).lines());
        if ended { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let decoded = decode(&input.whole()?, None);
        if !decoded.text.trim_start().starts_with('<') {
            let lines: Vec<String> = decoded.text.lines().map(str::to_owned).collect();
            return documents::number(&path, text::articles(&lines), sink);
        }
        let mut articles = decoded.text.split(ARTICLE).skip(1).peekable();
        if articles.peek().is_none() {
            // Pages made to be printed have no marks but the words themselves.
            let lines: Vec<String> = html_to_text(&decoded.text).lines().map(str::to_owned).collect();
            if is_export(lines.iter().map(String::as_str)) {
                return documents::number(&path, text::articles(&lines), sink);
            }
            sink.problem(Problem::failed(&path, "the Factiva page holds no articles"));
        }
        for (number, html) in articles.enumerate() {
            sink.article(article(format!("{path}#{}", number + 1), html))?;
        }
        Ok(())
    }
}

/// The article in `html`, which begins with its number.
fn article(path: String, html: &str) -> Article {
    let mut article = Article { path, ..Article::default() };
    let number = html.split('"').next().unwrap_or("");
    if !number.is_empty() && number.len() <= 64 && number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        article.id = number.to_owned();
        article.has_own_id = true;
    }
    let (head, text) = html.find("articleParagraph").and_then(|at| html.get(..at)?.rfind('<')).map_or((html, ""), |at| html.split_at(at));
    // `<div class="article deArticle">` names the language.
    article.language = head.split("class=\"article ").nth(1).and_then(|t| t.get(..2)).map(str::to_owned);
    read_head(&mut article, head);
    let paragraphs = text.split("<p").filter(|p| p.split('>').next().is_some_and(|tag| tag.contains("articleParagraph")));
    let source: String = paragraphs.filter_map(|p| Some(format!("<p>{}</p>", p.split_once('>')?.1.split("</p>").next()?))).collect();
    article.body = html_to_text(&source);
    article
}

fn read_head(article: &mut Article, head: &str) {
    let (before, after) = head.split_once("id=\"hd\"").unwrap_or(("", head));
    article.section =
        divisions(before).into_iter().map(|(_, text)| text.split(';').next().unwrap_or("").trim().to_owned()).find(|s| !s.is_empty());
    let headline =
        after.split_once("Headline").and_then(|(_, rest)| rest.split_once('>')).and_then(|(_, rest)| rest.split("</span>").next());
    // The long display counts its headlines: `17) Snow closes the pass`.
    let counted = |t: &str| t.split_once(") ").filter(|(n, _)| n.bytes().all(|b| b.is_ascii_digit())).map(|(_, t)| t.to_owned());
    article.title = headline.map(one_line_of_html).map(|t| counted(&t).unwrap_or(t));
    let mut dated = false;
    for (class, text) in divisions(after.split_once("</div>").map_or("", |(_, rest)| rest)) {
        if class.contains("author") {
            article.byline.push(text);
        } else if !dated && date::parse(&text).is_some() {
            article.published = Some(text);
            article.published_from = Some(DateOrigin::Field);
            dated = true;
        } else if dated && article.source.is_none() && text.parse::<f64>().is_err() && !text.contains(':') {
            article.source = Some(text);
        }
    }
}

/// The innermost `div` elements: their classes and texts.
fn divisions(html: &str) -> Vec<(&str, String)> {
    let pieces = html.split("<div").skip(1).filter_map(|piece| piece.split_once('>'));
    pieces
        .map(|(tag, rest)| (tag, one_line_of_html(rest.split("</div>").next().unwrap_or(""))))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

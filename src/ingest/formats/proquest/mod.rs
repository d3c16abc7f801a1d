//! Exports of ProQuest as text, HTML, Word or rich text: many articles in one file, a line of underscores between two, the text under
//! `Full text:`, particulars such as `Publication title: …` around it.
//!
//! # What it does not read
//!
//! Abstracts where there is a text, links, credits, and identifiers other than ProQuest's; its spreadsheets (`.xls`).

#[cfg(test)]
mod tests;

use super::documents;
use crate::article::{Article, DateOrigin};
use crate::error::Result;
use crate::ingest::text::{decode, html_to_text, paragraphs};
use crate::ingest::{Format, Input, Sink, Sureness, date};

/// Exports of ProQuest.
pub struct ProQuest;

/// Names of particulars, lower case.
const NAMES: &[&str] = &[
    "abstract",
    "abstract (summary)",
    "alternate title",
    "author",
    "authors",
    "classification",
    "column",
    "company / organization",
    "company / organization name",
    "contributors",
    "copyright",
    "country of publication",
    "credit",
    "database",
    "dateline",
    "document type",
    "document url",
    "edition",
    "electronic publication date",
    "first page",
    "full text",
    "identifier / keyword",
    "identifiers / keywords",
    "illustrations",
    "issn",
    "issue",
    "keyword",
    "language",
    "language of publication",
    "last updated",
    "links",
    "location",
    "number of pages",
    "pages",
    "people",
    "person",
    "place of publication",
    "proquest document id",
    "publication date",
    "publication info",
    "publication subject",
    "publication title",
    "publication year",
    "publisher",
    "section",
    "source type",
    "spatial coverage",
    "sponsor",
    "subject",
    "title",
    "volume",
    "year",
];

impl Format for ProQuest {
    fn name(&self) -> &'static str {
        "proquest"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let low = path.to_ascii_lowercase();
        let packed = head.starts_with(b"PK") || head.starts_with(b"{\\rtf") || low.ends_with(".json");
        let has = |text: &str| memchr::memmem::find(head, text.as_bytes()).is_some();
        if !packed && (has("ProQuest document ID") || has("ProQuest Document ID")) && (has("Full text") || has("Full Text")) {
            Sureness::Sure
        } else {
            Sureness::No
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let text = decode(&input.whole()?, None).told(&path, sink);
        let is_html = text.trim_start().starts_with('<');
        // Particulars stand one below another, without blank lines between them.
        let text = if is_html { html_to_text(&text) } else { text };
        documents::number(&path, articles(text.lines().map(str::trim)), sink)?;
        documents::tell_of_rest(&path, text.lines(), sink);
        Ok(())
    }
}

/// Whether lines are such an export.
pub fn is_export<'a>(mut lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut text, mut number) = (false, false);
    lines.any(|line| {
        text |= particular(line).is_some_and(|(name, _)| name == "full text");
        number |= particular(line).is_some_and(|(name, _)| name == "proquest document id");
        text && number
    })
}

/// The articles in the lines of an export.
pub fn articles<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Article> {
    let mut sections: Vec<Vec<&str>> = vec![Vec::new()];
    for line in lines {
        let rule = line.len() >= 20 && line.bytes().all(|b| b == b'_');
        match sections.last_mut() {
            Some(section) if !rule => section.push(line),
            _ => sections.push(Vec::new()),
        }
    }
    sections.iter().filter_map(|s| article(s)).collect()
}

fn article(section: &[&str]) -> Option<Article> {
    let mut article = Article::default();
    let (mut text, mut summary): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut title, mut within) = (None, "");
    let mut known = false;
    for line in section {
        if let Some((name, value)) = particular(line) {
            within = match name.as_str() {
                "full text" => "text",
                "abstract" | "abstract (summary)" => "summary",
                _ => "other",
            };
            known |= within == "text" || name == "proquest document id";
            match within {
                "text" => text.push(value),
                "summary" => summary.push(value),
                _ => set(&mut article, &name, value),
            }
        } else if within == "text" {
            text.push(line);
        } else if within == "summary" {
            summary.push(line);
        } else if within.is_empty() && title.is_none() && !line.is_empty() && !is_counter(line) {
            title = Some((*line).to_owned());
        }
    }
    if !known {
        return None;
    }
    article.title = article.title.or(title);
    let joined = if text.iter().any(|l| !l.is_empty()) { text } else { summary };
    article.body = paragraphs(&joined.join("\n"));
    article.published_from = article.published.as_ref().map(|_| DateOrigin::Field);
    Some(article)
}

/// `Document 3 of 25`.
fn is_counter(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words.as_slice(), ["Document", a, "of", b] if a.parse::<u32>().is_ok() && b.parse::<u32>().is_ok())
}

fn particular(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once(':')?;
    let low = name.trim().to_lowercase();
    (name.starts_with(char::is_uppercase) && NAMES.contains(&low.as_str())).then_some((low, value.trim()))
}

fn set(article: &mut Article, name: &str, value: &str) {
    if value.is_empty() || value.eq_ignore_ascii_case("none") || value.eq_ignore_ascii_case("n/a") {
        return;
    }
    match name {
        "title" if article.title.is_none() => article.title = Some(value.to_owned()),
        "author" | "authors" => article.byline.extend(value.split(';').map(natural).filter(|n| !n.is_empty())),
        "publication title" => article.source = Some(value.split(';').next().unwrap_or(value).trim().to_owned()),
        // `The Paper ; Eastmere [Eastmere]. 05 Mar 2014: A.1.`
        "publication info" if article.source.is_none() => {
            article.source = value.split([';', ',', '[']).next().map(|s| s.trim().to_owned());
            let dated = value.rsplit_once(". ").and_then(|(_, d)| d.split(':').next()).and_then(date::parse);
            article.published = article.published.take().or(dated);
        }
        "publication date" => article.published = date::parse(value).or_else(|| article.published.take()),
        "section" => article.section = Some(value.to_owned()),
        "edition" => article.edition = Some(value.to_owned()),
        "pages" | "first page" if article.page.is_none() => article.page = Some(value.to_owned()),
        "language" | "language of publication" => article.language = Some(value.to_owned()),
        "document url" => article.url = Some(value.to_owned()),
        "dateline" => article.dateline = super::reading::dateline(value),
        "proquest document id" => {
            article.id = format!("proquest-{value}");
            article.has_own_id = true;
        }
        "subject" => article.tags.extend(value.split(';').map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())),
        _ => {}
    }
}

/// `Roe, Jane` as one says it.
fn natural(name: &str) -> String {
    let name = name.trim().trim_end_matches('.');
    match name.split_once(',') {
        Some((family, given)) if !given.contains(',') && !given.trim().is_empty() => format!("{} {}", given.trim(), family.trim()),
        _ => name.to_owned(),
    }
}

//! Exports of Factiva as text or rich text: fields of two letters (`HD`, `PD`, `TD`), or without them, and `Document …` at the end of each
//! article.

use crate::article::{Article, DateOrigin, VersionKind};
use crate::ingest::date;
use crate::ingest::formats::reading;
use crate::ingest::text::paragraphs;
use crate::words;

/// The fields of the display with labels.
const FIELDS: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "ART", "CT", "RF", "CO", "IN", "NS",
    "RE", "IPD", "IPC", "PUB", "AN", "CLM", "DLN", "RST", "CX",
];

/// Whether lines are such an export: some article ends.
pub fn is_export<'a>(mut lines: impl Iterator<Item = &'a str>) -> bool {
    lines.any(|l| ending(l).is_some())
}

/// The number of an article in the line that ends it: `Document HARCOU0020120109e81900001`.
fn ending(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_prefix("AN").map_or(line, str::trim_start);
    let number = line.strip_prefix("Document ")?.trim();
    let dated = number.as_bytes().windows(9).any(|w| w[..8].iter().all(u8::is_ascii_digit) && w[8].is_ascii_alphabetic());
    ((18..=40).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric()) && dated).then_some(number)
}

/// The articles of an export.
pub fn articles(lines: &[String]) -> Vec<Article> {
    let mut articles = Vec::new();
    let mut section: Vec<&str> = Vec::new();
    for line in lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()) {
        match ending(line) {
            None => section.push(line),
            Some(number) => {
                let mut article = is_close(&section).map_or_else(|| bare(&section), |close| labelled(&section, close));
                article.id = number.to_owned();
                article.has_own_id = true;
                article.published_from = article.published.as_ref().map(|_| DateOrigin::Field);
                articles.push(article);
                section.clear();
            }
        }
    }
    articles
}

/// `HD  Snow closes the pass`, also with its label alone on a line. By one space a label stands apart only where that of the headline does
/// (`close`): a paragraph may begin with capitals, `IN LONDON`, `AN INQUIRY`, `BY MIDNIGHT`.
fn label(line: &str, close: bool) -> Option<(&str, &str)> {
    let name = line.split([' ', '\t']).next()?;
    let value = line.get(name.len()..)?;
    let apart = value.is_empty() || value.starts_with("  ") || value.starts_with('\t') || close && value.starts_with(' ');
    (FIELDS.contains(&name) && apart).then(|| (name, value.trim()))
}

/// Whether the labels of an article stand apart by one space, as that of its headline does; `None` when it has no labels.
fn is_close(section: &[&str]) -> Option<bool> {
    let headline = section.iter().find_map(|line| label(line, true).filter(|(name, _)| *name == "HD").map(|_| line))?;
    Some(headline.len() > 2 && label(headline, false).is_none())
}

fn labelled(section: &[&str], close: bool) -> Article {
    let mut article = Article::default();
    let mut body: Vec<&str> = Vec::new();
    let mut field = "";
    for line in section {
        let value = match label(line, close) {
            Some((name, value)) => {
                field = name;
                value
            }
            None => line,
        };
        if value.is_empty() {
            continue;
        }
        let value_of = |old: Option<String>| Some(old.map_or_else(|| value.to_owned(), |o| format!("{o} {value}")));
        match field {
            "HD" => article.title = value_of(article.title.take()),
            "BY" => article.byline.push(value.to_owned()),
            "PG" => article.page = Some(value.to_owned()),
            "ED" => article.edition = value_of(article.edition.take()),
            "SE" => article.section = value_of(article.section.take()),
            "PD" => article.published = date::parse(value).or_else(|| article.published.take()),
            "ET" => add_time(&mut article, value),
            "SN" => article.source = value_of(article.source.take()),
            "LA" => article.language = Some(value.to_owned()),
            "DLN" => article.dateline = reading::dateline(value),
            "NS" => {
                article.tags.extend(value.split('|').map(|t| t.rsplit(':').next().unwrap_or(t).trim().to_owned()).filter(|t| !t.is_empty()))
            }
            "CX" => {
                let version = article.version.get_or_insert_default();
                version.kind = Some(VersionKind::Correction);
                version.note = value_of(version.note.take());
            }
            "LP" | "TD" | "ART" => body.push(value),
            _ => {}
        }
    }
    article.body = paragraphs(&body.join("\n\n"));
    article
}

fn add_time(article: &mut Article, time: &str) {
    let with = article.published.as_deref().filter(|p| p.len() == 10).and_then(|p| date::parse(&format!("{p} {time}")));
    article.published = with.or_else(|| article.published.take());
}

/// An article without labels: headline, author, `512 words`, date, time, paper, code, language, copyright, text.
fn bare(section: &[&str]) -> Article {
    let mut article = Article::default();
    let is_count = |l: &str| {
        let mut words = l.split_whitespace();
        words.next().is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit() || b == b','))
            && words.next() == Some("words")
            && words.next().is_none()
    };
    let Some(at) = section.iter().position(|l| is_count(l)) else {
        article.body = paragraphs(&section.join("\n\n"));
        return article;
    };
    let (head, rest) = section.split_at(at);
    let by = |l: &&&str| l.to_lowercase().starts_with("by ");
    article.byline = head.iter().rfind(by).map(|l| (*l).to_owned()).into_iter().collect();
    let titles: Vec<&str> = head.iter().copied().filter(|l| !by(&l)).collect();
    // A rubric may stand above the headline; what stands below it is the name of the author.
    article.title = match titles.as_slice() {
        [.., title, name] if article.byline.is_empty() && name.split(' ').count() <= 4 && titles.len() > 1 && title.len() > name.len() => {
            article.byline.push((*name).to_owned());
            Some((*title).to_owned())
        }
        [.., title] => Some((*title).to_owned()),
        [] => None,
    };
    let mut body_at = rest.len();
    for (i, line) in rest.iter().enumerate().skip(1) {
        if article.published.is_none() {
            article.published = date::parse(line);
        } else if article.source.is_none() && date::parse(line).is_none() && !line.contains(':') {
            article.source = Some((*line).to_owned());
        } else if article.language.is_none() && words::language(line).is_some() {
            article.language = Some((*line).to_owned());
        }
        let low = line.to_lowercase();
        if low.starts_with("copyright") || low.starts_with("(c)") || low.starts_with('©') {
            body_at = i + 1;
            break;
        }
        if line.len() > 200 || i > 12 {
            body_at = i;
            break;
        }
    }
    article.body = paragraphs(&rest.get(body_at..).unwrap_or(&[]).join("\n\n"));
    article
}

#[cfg(test)]
mod tests {
    use super::articles;

    #[test]
    fn a_paragraph_that_begins_with_capitals_is_no_label() {
        let lines = |gap: &str| -> Vec<String> {
            let text = format!(
                "HD{gap}Snow\nPD{gap}9 January 2012\nLP{gap}The pass was closed.\n\nTD{gap}It snowed.\n\nIN LONDON it rained.\n\nBY MIDNIGHT all slept.\n\nAN INQUIRY began.\n\nDocument HARCOU0020120109e8190001x"
            );
            text.lines().map(str::to_owned).collect()
        };
        for gap in ["  ", "\t", "\n"] {
            let read = articles(&lines(gap));
            assert_eq!(read[0].title.as_deref(), Some("Snow"));
            let body = "The pass was closed.\n\nIt snowed.\n\nIN LONDON it rained.\n\nBY MIDNIGHT all slept.\n\nAN INQUIRY began.";
            assert_eq!(read[0].body, body, "{gap:?}");
            assert!(read[0].byline.is_empty());
        }
        // Where labels stand apart by one space, nothing tells them from such a paragraph.
        assert_eq!(articles(&lines(" "))[0].title.as_deref(), Some("Snow"));
    }
}

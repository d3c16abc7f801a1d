//! Plain text: one article a file.
//!
//! Read are lines of particulars at the top (`Title: …`, `By: …`, `Date: …`), a title that stands alone on the first line,
//! a byline and a date under it, and paragraphs however their lines were broken. What scrapers leave at the end is taken off.
//!
//! # What it does not read
//!
//! Several articles in one file.

use crate::article::{Article, DateOrigin};
use crate::error::Result;
use crate::ingest::text::{decode, paragraphs, strip_leftovers, word_count};
use crate::ingest::{Format, Input, Problem, Sink, Sureness, date, particulars};

/// Plain text.
pub struct Plain;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "text"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let low = path.to_ascii_lowercase();
        let named = low.ends_with(".txt") || low.ends_with(".text");
        match named {
            _ if !(looks_like_text(head) || named && is_text_with_zeros(head)) => Sureness::No,
            true if !looks_like_another(head) => Sureness::Likely,
            false if looks_like_another(head) => Sureness::No,
            _ => Sureness::Perhaps,
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, charset) = (input.path.clone(), input.charset.clone());
        let text = decode(&input.whole()?, charset.as_deref()).told(&path, sink);
        let text = without_zeros(text, &path, sink);
        sink.article(article(path, &text))
    }
}

/// A text without the zero bytes a broken copy left in it.
pub(super) fn without_zeros(text: String, path: &str, sink: &mut dyn Sink) -> String {
    let zeros = memchr::memchr_iter(0, text.as_bytes()).count();
    if zeros == 0 {
        return text;
    }
    let were = if zeros == 1 { "one byte of zero was".to_owned() } else { format!("{zeros} bytes of zero were") };
    sink.problem(Problem::doubt(path, format!("{were} left out of its text: the file may be damaged")));
    text.replace('\0', "")
}

/// Whether bytes are text but for some zeros in it, or at its end, where a disk wrote too little or a program too much. What is called a
/// text is read so, not whatever it may be.
pub(super) fn is_text_with_zeros(head: &[u8]) -> bool {
    let end = head.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
    let text: Vec<u8> = head[..end].iter().copied().filter(|b| *b != 0).collect();
    // The beginning of a file may end within a character.
    let is_utf8 = std::str::from_utf8(&text).map_or_else(|e| e.error_len().is_none(), |_| true);
    is_utf8 && !text.is_empty() && (end - text.len()) * 20 <= end && looks_like_text(&text)
}

/// Whether bytes can be text: no control characters but those text has.
pub(super) fn looks_like_text(head: &[u8]) -> bool {
    // Old wire copy has bells and frame marks; what is no text at all has zeros, or is full of them.
    // Counted in bytes, as many as a byte can count at a time: processors do sixteen at once.
    let is_odd = |b: &u8| u8::from(matches!(b, 1..=8 | 14..=26 | 28..=31));
    let odd: usize = head.chunks(255).map(|some| usize::from(some.iter().map(is_odd).sum::<u8>())).sum();
    !head.contains(&0) && odd * 20 <= head.len()
}

/// Whether text begins as markup, data, mail, or what crawlers keep. Other formats know these; if none does, it is better to
/// say so than to file marks as an article.
fn looks_like_another(head: &[u8]) -> bool {
    const BEGINNINGS: &[&[u8]] = &[
        b"<?xml",
        b"<!",
        b"{",
        b"[{",
        b"%PDF",
        b"{\\rtf",
        b"WARC/",
        b"filedesc:",
        b"#!",
        b"From ",
        b"Return-Path:",
        b"Return-path:",
        b"Received:",
        b"Delivered-To:",
        b"MIME-Version:",
        b"X-Received:",
        b"BEGIN:VCARD",
        b"BEGIN:VCALENDAR",
        b"diff --git",
        b"SQLite format",
        b"-----BEGIN ",
    ];
    let head = head.trim_ascii_start();
    let tag = head.first() == Some(&b'<') && head.get(1).is_some_and(u8::is_ascii_alphabetic);
    tag || BEGINNINGS.iter().any(|b| head.starts_with(b))
}

/// The article a text is; for other formats that end in plain paragraphs.
pub(super) fn article(path: String, text: &str) -> Article {
    let mut article = Article { path, ..Article::default() };
    let text = particulars::take(text, &mut article);
    let body = paragraphs(text);
    let body = take_title(&body, &mut article);
    let body = take_masthead(body, &mut article);
    let body = take_byline(body, &mut article);
    article.body = strip_leftovers(article.title.as_deref(), body);
    article
}

/// The first paragraph is the title when it is short, ends no sentence, and more follows.
fn take_title<'a>(body: &'a str, article: &mut Article) -> &'a str {
    let Some((first, rest)) = body.split_once("\n\n") else { return body };
    if article.title.is_some() || !is_title(first) || rest.split("\n\n").all(|p| p.len() < first.len()) {
        return body;
    }
    article.title = Some(first.to_owned());
    rest
}

/// Last words of what papers are called.
const PAPERS: &[&str] = &[
    "times",
    "post",
    "news",
    "gazette",
    "herald",
    "tribune",
    "journal",
    "courier",
    "mail",
    "star",
    "sun",
    "express",
    "chronicle",
    "observer",
    "guardian",
    "independent",
    "telegraph",
    "mercury",
    "record",
    "examiner",
    "sentinel",
    "advertiser",
    "dispatch",
    "echo",
    "mirror",
    "bulletin",
    "inquirer",
    "globe",
    "standard",
    "ledger",
    "argus",
    "register",
    "zeitung",
    "anzeiger",
    "bote",
    "tagblatt",
    "tageblatt",
    "nachrichten",
    "rundschau",
    "kurier",
    "allgemeine",
    "presse",
    "blatt",
    "diario",
    "periódico",
    "gazzetta",
    "corriere",
    "dagblad",
    "tidende",
    "dagbladet",
];

/// The head of a page printed or saved whole: the paper's name, a line with the date and the number or price of the issue, and only then
/// the headline.
fn take_masthead<'a>(body: &'a str, article: &mut Article) -> &'a str {
    let Some(paper) = article.title.as_deref().filter(|_| article.source.is_none() && article.byline.is_empty()) else { return body };
    let mut parts = body.splitn(3, "\n\n");
    let (Some(line), Some(headline), Some(rest)) = (parts.next(), parts.next(), parts.next()) else { return body };
    let pieces = || line.split(['·', '|', '•', '—', '–', '*']).map(str::trim);
    let dated = pieces().filter(|p| word_count(p) <= 6).find_map(|p| date::parse(p).filter(|d| date::plausible(d)));
    let last = paper.rsplit([' ', '-']).next().unwrap_or(paper).to_lowercase();
    let issue = pieces().skip(1).any(|p| {
        ["no.", "nr.", "vol", "price", "issue", "n°", "number", "preis", "prix", "precio"].iter().any(|w| p.to_lowercase().starts_with(w))
    });
    let is_paper = word_count(paper) <= 6 && (PAPERS.contains(&last.as_str()) || issue);
    let Some(day) = dated.filter(|_| is_paper && line.len() <= 120 && is_title(headline) && word_count(headline) >= 3) else { return body };
    article.source = article.title.replace(headline.to_owned());
    if article.published.is_none() {
        article.published = Some(day);
        article.published_from = Some(DateOrigin::Text);
    }
    rest
}

fn is_title(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')']);
    let sentence = bare.ends_with(['.', ':', ',', ';']) && !bare.ends_with("...");
    !sentence && line.len() <= 250 && word_count(line) <= 30 && word_count(line) >= 1 && date::opening(line).is_none()
}

/// The date a line is: the whole of it, else what stands before the first mark that parts it.
fn dated(line: &str) -> Option<String> {
    let pieces = line.split(['·', '|', '•']).map(str::trim);
    let one = if line.contains(['·', '|', '•']) { pieces.into_iter().find_map(date::parse) } else { date::parse(line) };
    one.filter(|d| date::plausible(d))
}

/// Under a title may stand who wrote it, and when.
fn take_byline<'a>(body: &'a str, article: &mut Article) -> &'a str {
    let mut rest = body;
    if article.title.is_none() {
        return rest;
    }
    for _ in 0..3 {
        let Some((first, behind)) = rest.split_once("\n\n") else { break };
        let short = first.len() <= 100;
        let by = first.get(..3).is_some_and(|b| b.eq_ignore_ascii_case("by ")) && !first.ends_with('.');
        if short && by && article.byline.is_empty() {
            article.byline.push(first.to_owned());
        } else if short && article.published.is_none() && word_count(first) <= 9 && dated(first).is_some() {
            article.published = dated(first);
            article.published_from = Some(DateOrigin::Text);
        } else {
            break;
        }
        rest = behind;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::super::{html::Html, markdown::Markdown};
    use super::*;

    #[test]
    fn what_is_no_text_is_no_article_by_any_name() {
        let noise: Vec<u8> = (0..3000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(noise.contains(&b'<'));
        let formats: [&dyn Format; 3] = [&Plain, &Markdown, &Html];
        for name in ["a.txt", "a.md", "a.html"] {
            assert!(formats.iter().all(|format| format.recognises(name, &noise) == Sureness::No), "{name}");
        }
        assert_eq!(Html.recognises("a.html", b"<p>The pier is open.</p>"), Sureness::Likely);
        assert_eq!(Markdown.recognises("a.md", b"# The pier\n\nIt is open."), Sureness::Sure);
    }
}

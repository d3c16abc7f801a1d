//! IPTC 7901, the frame of European agencies (dpa, AFP, APA, ANSA, Ritzau, NTB …): a heading with the agency's code, number, priority and
//! category, keywords, and a headline that ends with ` =`.
//!
//! # What it does not read
//!
//! Priority and category, which mean something else at each agency; notes that are not for publication (what follows
//! `# Notebook` or a line of asterisks).

use super::{first_heading, full_year, hand_over, is_flag};
use crate::article::{Article, DateOrigin, Version};
use crate::error::Result;
use crate::ingest::formats::reading::Reading;
use crate::ingest::text::{one_line, paragraphs};
use crate::ingest::{Format, Input, Sink, Sureness, date, revision};

/// The format; see the [module](self).
pub struct Iptc7901;

impl Format for Iptc7901 {
    fn name(&self) -> &'static str {
        "iptc7901"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        let Some(heading) = first_heading(head) else { return Sureness::No };
        // `eca062 4 i 211`: a code of letters, a number, a priority.
        let first: String = heading.iter().take(40).map(|b| char::from(*b)).collect();
        let mut words = first.split_whitespace();
        let code = words.next().unwrap_or("");
        let letters = code.chars().take_while(char::is_ascii_alphabetic).count();
        let number = code.get(letters..).unwrap_or("");
        let coded = (2..=4).contains(&letters) && (2..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let priority = words.next().is_some_and(|w| w.len() == 1 && w.bytes().all(|b| b.is_ascii_digit()));
        if coded && priority { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        hand_over(input, sink, read)
    }
}

fn read(message: &super::Message<'_>) -> Reading {
    let mut article = Article::default();
    let mut lines = message.heading.lines();
    let first = lines.next().unwrap_or("");
    article.source = first.split_whitespace().skip(3).filter(|w| w.chars().all(char::is_alphabetic)).last().map(agency);
    article.tags = lines.flat_map(|l| l.split('/')).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
    let text = headline(&mut article, message.text.trim_start_matches(['\r', '\n']));
    article.body = paragraphs(public(text));
    article.published = stamp(message.trailer);
    article.published_from = article.published.as_ref().map(|_| DateOrigin::Field);
    if article.body.is_empty() && article.title.is_none() {
        return Reading::Failed("the message has neither text nor headline".into());
    }
    Reading::settled(article, None, Vec::new())
}

/// Agencies as they sign.
fn agency(word: &str) -> String {
    if word.len() <= 4 && word != "dpa" { word.to_uppercase() } else { word.to_owned() }
}

/// Takes the headline, which ends with ` =`, and the byline below it off the text.
fn headline<'a>(article: &mut Article, text: &'a str) -> &'a str {
    let mut lines = text.split_inclusive('\n').take(10).scan(0, |at, line| {
        *at += line.len();
        Some((*at, line))
    });
    let Some((end, _)) = lines.find(|(_, l)| l.trim_end().ends_with('=')) else {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        article.title = Some(one_line(first)).filter(|t| !t.is_empty());
        return rest;
    };
    let (head, rest) = text.split_at(end);
    let mut lines: Vec<String> = head.lines().map(|l| one_line(l.trim_end().trim_end_matches('='))).filter(|l| !l.is_empty()).collect();
    let last = lines.len();
    if let Some(by) =
        lines.pop_if(|l| last > 1 && ["by ", "von ", "par ", "di ", "por ", "af ", "av "].iter().any(|b| l.to_lowercase().starts_with(b)))
    {
        article.byline.push(by);
    }
    if lines.len() > 1 {
        let flags: Vec<&String> = lines.iter().filter(|l| is_flag(l)).collect();
        if let Some((kind, number)) = flags.iter().find_map(|l| revision::flag(l)) {
            article.version = Some(Version { kind: Some(kind), number, ..Version::default() });
        }
        lines.retain(|l| !is_flag(l));
    }
    article.title = Some(lines.join(" ")).filter(|t| !t.is_empty());
    rest
}

/// The text without what is not for publication.
fn public(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let low = bare.to_lowercase();
        let notes = bare.starts_with('#') && (low.contains("notebook") || low.contains("notizblock"));
        let stars = bare.len() >= 3 && bare.contains('*') && bare.chars().all(|c| c == '*' || c == ' ');
        if notes || stars {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

/// `131137 GMT Nov 13`: day, hour and minute, zone, month, year.
fn stamp(trailer: &str) -> Option<String> {
    let words: Vec<&str> = trailer.split_whitespace().collect();
    let at = words.iter().position(|w| w.len() == 6 && w.bytes().all(|b| b.is_ascii_digit()))?;
    let (moment, zone, month, year) = (words.get(at)?, words.get(at + 1)?, words.get(at + 2)?, words.get(at + 3)?);
    let year = if year.len() == 4 { (*year).to_owned() } else { full_year(year)? };
    date::parse(&format!("{} {month} {year} {}:{} {zone}", moment.get(..2)?, moment.get(2..4)?, moment.get(4..)?))
}

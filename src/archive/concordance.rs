//! A concordance: every match with what stands before and behind it, for reading down the column (keyword in context).

use super::Archive;
use crate::article::{Clipping, Offsets, Quote, Span, Speaker, quote_id};
use crate::error::Result;
use crate::query::{Hit, Matcher, Results, Search, Target};
use crate::words::one_line;
use serde::Serialize;
use std::ops::Range;

/// One match in its context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Line {
    /// The article, or the quote (`ID#q3`) in a search for quotes.
    pub id: String,
    /// Day of publication.
    pub published: Option<String>,
    /// Publication.
    pub source: Option<String>,
    /// Who says it, when it stands in a quote.
    pub speaker: Option<String>,
    /// The field it stands in: `title`, `body` …
    pub field: &'static str,
    /// Where the match begins in the text of the field, in code points.
    pub start: u32,
    /// What stands before it, line breaks as spaces.
    pub left: String,
    /// The match.
    pub hit: String,
    /// What stands behind it.
    pub right: String,
    /// File.
    pub path: String,
}

/// The head of a table of lines.
pub const LINES: [&str; 10] = ["id", "published", "source", "speaker", "field", "start", "left", "hit", "right", "path"];

impl Line {
    /// As a row of the table.
    pub fn cells(&self) -> Vec<String> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let (left, hit, right) = (self.left.trim().to_owned(), self.hit.clone(), self.right.trim().to_owned());
        let (id, field, start) = (self.id.clone(), self.field.to_owned(), self.start.to_string());
        let (published, source, speaker) = (text(&self.published), text(&self.source), text(&self.speaker));
        vec![id, published, source, speaker, field, start, left, hit, right, self.path.clone()]
    }
}

impl Archive {
    /// Hands out every match of what `search` finds, hit by hit in the order of the search, each with the number of its hit (from 0) and
    /// with `width` characters on each side. Words of an article that lie in its headline or text (or quotes) count; fields such as `source:` match no words.
    ///
    /// # Errors
    ///
    /// As [`Archive::stream`].
    pub fn concordance(&self, search: &Search, width: usize, take: &mut dyn FnMut(usize, Line) -> Result<()>) -> Result<Results> {
        let matcher = if search.any { Matcher::partial(&search.query, search.target) } else { Matcher::new(&search.query, search.target) };
        let mut hits = 0..;
        self.stream(search, &mut |hit| {
            let (Some(clipping), Some(nth)) = (&hit.clipping, hits.next()) else { return Ok(()) };
            let quote = hit.quote.and_then(|n| clipping.annotations.quotes.get(n));
            lines(&hit, clipping, quote, &matcher, width).into_iter().try_for_each(|line| take(nth, line))
        })
    }
}

fn lines(hit: &Hit, clipping: &Clipping, quote: Option<&Quote>, matcher: &Matcher, width: usize) -> Vec<Line> {
    let article = &clipping.article;
    let title = article.title.as_deref().unwrap_or_default();
    let matches = matcher.whole(clipping, quote).map(|m| m.spans).unwrap_or_default();
    let body = Offsets::of(&article.body);
    let mut lines: Vec<Line> = Vec::new();
    // The lead is part of the body: what matches in both is one match.
    let in_body = |at: &Range<usize>| matches.iter().any(|(f, other)| f.name == "body" && other.start <= at.start && at.end <= other.end);
    for (field, at) in &matches {
        let text = match (field.name, matcher.target()) {
            ("title", _) => title,
            ("lead", _) if in_body(at) => continue,
            ("body" | "lead", _) => &article.body,
            ("said", Target::Quotes) => quote.map_or("", |q| &q.text),
            _ => continue,
        };
        let speaker = match (field.name, quote) {
            ("said", Some(quote)) => Some(quote),
            ("body" | "lead", _) => speaking(clipping, body.span(at.start, at.end)),
            _ => None,
        };
        lines.push(Line {
            id: hit.quote.map_or_else(|| hit.id.clone(), |n| quote_id(&hit.id, n)),
            published: article.published.as_deref().map(|d| d.get(..10).unwrap_or(d).to_owned()),
            source: article.source.clone(),
            speaker: speaker.and_then(|q| q.speaker.as_ref()).and_then(Speaker::called),
            field: field.name,
            start: if std::ptr::eq(text, article.body.as_str()) {
                body.code_point(at.start)
            } else {
                Offsets::of(text).code_point(at.start)
            },
            left: before(&text[..at.start], width),
            hit: one_line(&text[at.clone()]),
            right: behind(&text[at.end..], width),
            path: article.path.clone(),
        });
    }
    lines
}

/// The quote in whose words `at` stands.
fn speaking(clipping: &Clipping, at: Span) -> Option<&Quote> {
    clipping.annotations.quotes.iter().find(|quote| quote.spans.iter().any(|span| span.contains(at)))
}

/// The last `width` characters, without the part of a word at the beginning.
fn before(text: &str, width: usize) -> String {
    // Spaces that fall together may be many: twice as much is looked at.
    let from = text.char_indices().rev().nth(width.saturating_mul(2)).map_or(0, |(i, _)| i);
    let joined = one_line(&text[from..]);
    let n = joined.chars().count();
    let kept: String = joined.chars().skip(n.saturating_sub(width)).collect();
    let cut = from > 0 || n > width;
    let kept = if cut { kept.split_once(' ').map_or(kept.as_str(), |(_, rest)| rest) } else { &kept };
    let space = if text.ends_with(char::is_whitespace) && !kept.is_empty() { " " } else { "" };
    format!("{kept}{space}")
}

/// The first `width` characters, without the part of a word at the end.
fn behind(text: &str, width: usize) -> String {
    let to = text.char_indices().nth(width.saturating_mul(2)).map_or(text.len(), |(i, _)| i);
    let joined = one_line(&text[..to]);
    let kept: String = joined.chars().take(width).collect();
    let cut = to < text.len() || joined.chars().count() > width;
    let kept = if cut { kept.rsplit_once(' ').map_or(kept.as_str(), |(rest, _)| rest) } else { &kept };
    let space = if text.starts_with(char::is_whitespace) && !kept.is_empty() { " " } else { "" };
    format!("{space}{kept}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Context, parse};

    #[track_caller]
    fn check(body: &str, query: &str, width: usize, expected: &[(&str, &str, &str)]) {
        let mut clipping = Clipping::default();
        clipping.article.body = body.to_owned();
        let matcher = Matcher::new(&parse(query, &Context::new(Target::Articles)).query, Target::Articles);
        let hit = Hit { id: "a".into(), quote: None, score: 0.0, folded: None, clipping: None };
        let got = lines(&hit, &clipping, None, &matcher, width);
        let got: Vec<_> = got.iter().map(|l| (l.left.as_str(), l.hit.as_str(), l.right.as_str())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn a_match_is_one_stretch_with_whole_words_around() {
        check(
            "The Žižkov mayor\n\ndenied all, the mayor said.",
            "mayor",
            12,
            &[("The Žižkov ", "mayor", " denied all,"), ("all, the ", "mayor", " said.")],
        );
        check("A mayor who then denied corruption.", "mayor w/5 corrupt!", 20, &[("A ", "mayor who then denied corruption", ".")]);
        check(
            "Health care (health-care) costs.",
            "\"health care\"",
            9,
            &[("", "Health care", " (health-c"), ("care (", "health-care", ") costs.")],
        );
    }
}

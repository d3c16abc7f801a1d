//! The words of a quote as they are shown and as they are copied: nothing that the article says in between is passed over in
//! silence.

use super::frame::{day, marked};
use super::hits::speaker_text;
use crate::article::{QuoteKind, Speaker};
use maud::{Markup, html};

/// What stands between two pieces of speech that only goes on: closing mark, blank line, opening mark, and a space to spare.
const BREATH: u32 = 5;

/// A piece of a quote, in code points of its text.
struct Piece {
    start: u32,
    end: u32,
    /// The article says something else before it: who speaks, mostly.
    broken: bool,
}

/// The pieces of which `text` is put together: as long as the places in the body where they stand, with a space between. One
/// piece where the two do not fit.
fn pieces(text: &str, spans: &[(u32, u32)]) -> Vec<Piece> {
    let n = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let whole = vec![Piece { start: 0, end: n, broken: false }];
    let mut all: Vec<Piece> = Vec::new();
    let mut at = 0;
    for (i, (start, end)) in spans.iter().enumerate() {
        let piece =
            Piece { start: at, end: at + end.saturating_sub(*start), broken: i > 0 && start.saturating_sub(spans[i - 1].1) > BREATH };
        at = piece.end + 1;
        match all.last_mut().filter(|_| !piece.broken) {
            Some(last) => last.end = piece.end,
            None => all.push(piece),
        }
    }
    if at == n + 1 { all } else { whole }
}

/// `text` from one code point to another.
fn cut(text: &str, piece: &Piece) -> String {
    text.chars().skip(piece.start as usize).take((piece.end - piece.start) as usize).collect()
}

/// The words of a quote: in marks when direct, with a rule at the left when reported.
pub fn words(kind: QuoteKind, text: &str, spans: &[(u32, u32)], marks: &[(u32, u32)]) -> Markup {
    let (open, close) = if kind == QuoteKind::Direct { ("“", "”") } else { ("", "") };
    let inside = |piece: &Piece| -> Vec<(u32, u32)> {
        let own = marks.iter().filter(|(start, end)| piece.start <= *start && *end <= piece.end);
        own.map(|(start, end)| (start - piece.start, end - piece.start)).collect()
    };
    html! {
        blockquote.words .reported[kind != QuoteKind::Direct] dir="auto" {
            @for piece in pieces(text, spans) {
                @if piece.broken { " " span.cut title="the article says something else in between" { "[…]" } " " }
                (open) (marked(&cut(text, &piece), &inside(&piece))) (close)
            }
        }
    }
}

/// Words that are cited.
pub struct Said<'a> {
    /// Direct, or a paraphrase, which is said.
    pub kind: QuoteKind,
    /// The words.
    pub text: &'a str,
    /// Where they stand in the body, in code points.
    pub spans: &'a [(u32, u32)],
    /// Whose they are.
    pub speaker: Option<&'a Speaker>,
}

/// The article that something is cited from.
pub struct Of<'a> {
    /// Headline.
    pub title: Option<&'a str>,
    /// Publication.
    pub source: Option<&'a str>,
    /// Date.
    pub published: Option<&'a str>,
    /// Authors.
    pub byline: &'a [String],
    /// Address or file.
    pub place: &'a str,
}

/// What is copied: the words, if any, then who said them, where, when, and where that is found.
pub fn citation(said: Option<&Said<'_>>, of: &Of<'_>) -> String {
    let words = said.map(|s| {
        let all = pieces(s.text, s.spans).into_iter().map(|piece| cut(s.text, &piece));
        match s.kind {
            QuoteKind::Direct => format!("{}\n", all.map(|piece| format!("“{piece}”")).collect::<Vec<_>>().join(" […] ")),
            QuoteKind::Indirect | QuoteKind::Mixed => format!("[paraphrase] {}\n", all.collect::<Vec<_>>().join(" […] ")),
        }
    });
    let byline = if of.byline.is_empty() { None } else { Some(of.byline.join(", ")) };
    let parts = [
        said.map(|s| speaker_text(s.speaker)),
        byline,
        of.title.map(str::to_owned),
        of.source.map(str::to_owned),
        of.published.map(|d| day(Some(d))),
    ];
    let mut line = String::new();
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        // A headline that asks has its stop already.
        let stop = if part.ends_with(['.', '!', '?', '…']) { " " } else { ". " };
        line.push_str(&part);
        line.push_str(stop);
    }
    format!("{}{line}{}", words.unwrap_or_default(), of.place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_says_who_where_and_when() {
        let speaker = Speaker { name: Some("Ann Cole".into()), role: Some("mayor".into()), ..Speaker::default() };
        let said = Said { kind: QuoteKind::Direct, text: "It holds.", spans: &[(9, 18)], speaker: Some(&speaker) };
        let of =
            Of { title: Some("Gate"), source: Some("The Mail"), published: Some("2024-03-01"), byline: &[], place: "https://x.example/1" };
        assert_eq!(citation(Some(&said), &of), "“It holds.”\nAnn Cole, mayor. Gate. The Mail. 1 Mar 2024. https://x.example/1");
        let of = Of { title: Some("Who pays?"), byline: &["B. Writer Jr.".to_owned()], source: None, published: None, place: "a.txt" };
        assert_eq!(citation(None, &of), "B. Writer Jr. Who pays? a.txt");
    }

    /// What is shown and what is cited of “{text}”, whose pieces stand at `spans`, with its first letter marked.
    fn shown(kind: QuoteKind, text: &str, spans: &[(u32, u32)]) -> (String, String) {
        let shown = words(kind, text, spans, &[(0, 1)]).into_string();
        let bare = shown.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
        let of = Of { title: None, source: None, published: None, byline: &[], place: "p" };
        let cited = citation(Some(&Said { kind, text, spans, speaker: None }), &of);
        assert!(shown.contains("<mark>"), "{shown}");
        (bare, cited.split('\n').next().unwrap_or_default().to_owned())
    }

    #[test]
    fn words_with_something_between_them_are_not_shown_as_said_in_one_breath() {
        let check = |kind, text, spans: &[(u32, u32)], expected: &str| {
            let (bare, cited) = shown(kind, text, spans);
            assert_eq!((bare.as_str(), cited.trim_start_matches("[paraphrase] ")), (expected, expected));
        };
        // ‘It holds,’ she said. ‘It håll.’
        check(QuoteKind::Direct, "It holds, It håll.", &[(1, 10), (23, 31)], "“It holds,” […] “It håll.”");
        // The speech goes on in a paragraph of its own.
        check(QuoteKind::Direct, "It holds. It will.", &[(1, 10), (13, 21)], "“It holds. It will.”");
        check(QuoteKind::Indirect, "it holds and will", &[(1, 9), (40, 48)], "it holds […] and will");
        // A text that is not made of them is left as it is.
        check(QuoteKind::Direct, "It holds, It will", &[(1, 10), (23, 29)], "“It holds, It will”");
    }
}

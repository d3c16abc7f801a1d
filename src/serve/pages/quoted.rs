//! The words of a quote as they are shown and as they are copied: nothing that the article says in between is passed over in
//! silence.

use super::frame::{day, marked};
use super::hits::speaker_text;
use crate::article::{Piece, QuoteKind, Speaker, cited, paged, pieces};
use maud::{Markup, html};

/// The words of a quote: in marks when direct, with a rule at the left when reported.
pub fn words(kind: QuoteKind, text: &str, spans: &[(u32, u32)], marks: &[(u32, u32)]) -> Markup {
    let (open, close) = if kind == QuoteKind::Direct { ("“", "”") } else { ("", "") };
    html! {
        blockquote.words .reported[kind != QuoteKind::Direct] dir="auto" {
            @for piece in pieces(text, spans) {
                @if piece.broken { " " span.cut title="the article says something else in between" { "[…]" } " " }
                (open) (marked(&piece.of(text), &piece.marks(marks))) (close)
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
    /// Edition and page of the paper.
    pub printed: [Option<&'a str>; 2],
    /// Authors.
    pub byline: &'a [String],
    /// Address or file.
    pub place: &'a str,
}

/// What is copied: the words, if any, then who said them, where, when, and where that is found.
pub fn citation(said: Option<&Said<'_>>, of: &Of<'_>) -> String {
    let words = said.map(|s| {
        let paraphrase = if s.kind == QuoteKind::Direct { "" } else { "[paraphrase] " };
        format!("{paraphrase}{}\n", cited(s.kind, s.text, s.spans, |piece: &Piece| piece.of(s.text)))
    });
    let byline = if of.byline.is_empty() { None } else { Some(of.byline.join(", ")) };
    let parts = [
        said.map(|s| speaker_text(s.speaker)),
        byline,
        of.title.map(str::to_owned),
        of.source.map(str::to_owned),
        of.published.map(|d| day(Some(d))),
        of.printed[0].map(str::to_owned),
        of.printed[1].map(paged),
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
        let of = Of {
            title: Some("Gate"),
            source: Some("The Mail"),
            published: Some("2024-03-01"),
            printed: [None; 2],
            byline: &[],
            place: "https://x.example/1",
        };
        assert_eq!(citation(Some(&said), &of), "“It holds.”\nAnn Cole, mayor. Gate. The Mail. 1 Mar 2024. https://x.example/1");
        let of = Of { printed: [Some("Late City Final"), Some("A1")], ..of };
        assert_eq!(citation(None, &of), "Gate. The Mail. 1 Mar 2024. Late City Final. p. A1. https://x.example/1");
        let of = Of {
            title: Some("Who pays?"),
            byline: &["B. Writer Jr.".to_owned()],
            source: None,
            published: None,
            printed: [None; 2],
            place: "a.txt",
        };
        assert_eq!(citation(None, &of), "B. Writer Jr. Who pays? a.txt");
    }

    /// What is shown and what is cited of “{text}”, whose pieces stand at `spans`, with its first letter marked.
    fn shown(kind: QuoteKind, text: &str, spans: &[(u32, u32)]) -> (String, String) {
        let shown = words(kind, text, spans, &[(0, 1)]).into_string();
        let bare = shown.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
        let of = Of { title: None, source: None, published: None, printed: [None; 2], byline: &[], place: "p" };
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

//! What is known of a quote while it is being put together, and how it becomes part of the record.

use super::outline::Outline;
use super::speaker::Resolved;
use crate::article::{Cue, Quote, QuoteKind, Span, Speaker, SpeakerClass};
use crate::extract::page::Page;
use std::ops::Range;

/// How a speaker was found; each way has been right with its own frequency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// `“…,” Ito said`
    Tail,
    /// `“…,” said Ito`
    Inverted,
    /// `Ito said, “…”`
    Head,
    /// `Ito said the plan was “…” and bad`
    Fragment,
    /// `Ito called it “…”`
    Named,
    /// `The plan was “…”, Ito said`
    Fronted,
    /// `Ito: “…”`
    Colon,
    /// `“…” — Ito`
    Dash,
    /// `in Ito's words, “…”`
    Noun,
    /// A second quote in the sentence, no cue of its own.
    Same,
    /// The quote after a quote, or after a sentence in which its speaker is said to speak.
    Follows,
    /// A paragraph that goes on with the quote before it.
    Resumes,
    /// A quote that is a paragraph of its own.
    Alone,
    /// The subject of a sentence without a reporting verb, or of the sentence before.
    Subject,
    /// Reported words without quotation marks.
    Reported,
    /// A line of a transcript.
    Transcript,
    /// Text set off after `said in a statement:`.
    Block,
}

impl Rule {
    /// How often the rule names the right words.
    pub fn sure(self) -> f32 {
        match self {
            Rule::Tail | Rule::Inverted => 0.97,
            Rule::Head | Rule::Dash => 0.95,
            Rule::Fragment | Rule::Fronted | Rule::Transcript => 0.9,
            Rule::Follows | Rule::Resumes => 0.92,
            Rule::Named | Rule::Same | Rule::Reported => 0.85,
            Rule::Colon | Rule::Noun => 0.8,
            Rule::Alone | Rule::Block => 0.7,
            Rule::Subject => 0.5,
        }
    }
}

/// A quote being put together. Offsets are bytes.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// The pieces, in order.
    pub pieces: Vec<Range<usize>>,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// Who said it.
    pub speaker: Option<Resolved>,
    /// The cue.
    pub cue: Option<Range<usize>>,
    /// How the speaker was found.
    pub rule: Rule,
}

impl Statement {
    /// The statement as it stands in a record.
    pub fn into_quote(mut self, o: &Outline<'_>) -> Quote {
        let page = o.page;
        self.pieces.sort_by_key(|p| p.start);
        let (spans, text) = self.in_page(page);
        let sure = self.speaker.as_ref().map_or(0.3, |s| s.sure);
        let confidence = (calibrated(self.rule.sure() * sure) * 100.0).round() / 100.0;
        let speaker = self.speaker.map(|s| in_record(s, o));
        let cue = self.cue.map(|c| {
            let span = page.span(c.clone());
            Cue { start: span.start, end: span.end, text: page.body[c].to_owned() }
        });
        Quote { spans, text, kind: self.kind, confidence, speaker, cue }
    }

    /// Where its words stand, and they themselves.
    fn in_page(&self, page: &Page<'_>) -> (Vec<Span>, String) {
        // Most quotes are of one piece.
        if let [one] = &self.pieces[..]
            && let [whole] = &page.pieces(one.clone())[..]
        {
            let text = page.body[whole.clone()].trim();
            let spans = if text.is_empty() { Vec::new() } else { vec![page.span(whole.clone())] };
            return (spans, text.to_owned());
        }
        let pieces: Vec<Vec<Range<usize>>> = self.pieces.iter().map(|p| page.pieces(p.clone())).collect();
        let words = |some: &Vec<Range<usize>>| match &some[..] {
            [one] => page.body[one.clone()].trim().to_owned(),
            more => more.iter().map(|p| &page.body[p.clone()]).collect::<String>().trim().to_owned(),
        };
        let text = match &pieces[..] {
            [one] => words(one),
            more => more.iter().map(words).collect::<Vec<_>>().join(" "),
        };
        let spans = pieces.concat().into_iter().filter(|p| !page.body[p.clone()].trim().is_empty()).map(|p| page.span(p)).collect();
        (spans, text)
    }
}

/// What the rules say of themselves, and how often such quotes are right. From the annotated articles of the sample corpus and
/// 60 quotes read by hand in other news, 216 in all; `tests/eval` prints the table that checks it.
const RELIABILITY: [(f32, f32); 9] =
    [(0.0, 0.05), (0.25, 0.2), (0.45, 0.4), (0.55, 0.55), (0.65, 0.74), (0.75, 0.82), (0.85, 0.87), (0.9, 0.93), (0.94, 0.98)];

/// The share of right ones among quotes for which the rules say `sure`: between two rows of the table in a straight line.
fn calibrated(sure: f32) -> f32 {
    let between = RELIABILITY.windows(2).find(|rows| sure <= rows[1].0);
    between.map_or(RELIABILITY[RELIABILITY.len() - 1].1, |rows| {
        let ((low, from), (high, to)) = (rows[0], rows[1]);
        from + (to - from) * ((sure - low) / (high - low)).clamp(0.0, 1.0)
    })
}

#[test]
fn a_higher_sureness_is_never_a_lower_confidence() {
    let all: Vec<f32> = (0..=100u8).map(|n| calibrated(f32::from(n) / 100.0)).collect();
    assert!(all.windows(2).all(|pair| pair[0] <= pair[1]) && all.iter().all(|c| (0.05..=0.98).contains(c)), "{all:?}");
    assert!((calibrated(0.7) - 0.78).abs() < 0.001);
}

fn in_record(s: Resolved, o: &Outline<'_>) -> Speaker {
    let (page, names) = (o.page, o.names);
    let span = page.span(s.bytes.clone());
    let with = s.entity.map(|e| o.companions(e, &s.bytes)).unwrap_or_default();
    let role = s.entity.and_then(|e| {
        let one = names.entities.get(e)?;
        let first = one.mentions.partition_point(|m| m.bytes.start < s.bytes.start);
        let here = one.mentions.get(first).filter(|m| m.bytes.start < s.bytes.end).and_then(|m| m.role.clone());
        here.or_else(|| one.role.clone())
    });
    let named = matches!(s.class, SpeakerClass::Person | SpeakerClass::Organization);
    Speaker {
        name: s.name.filter(|_| named),
        class: s.class,
        role,
        start: Some(span.start),
        end: Some(span.end),
        text: Some(page.body[s.bytes].to_owned()),
        with: with.into_iter().map(|e| names.entities[e].name.clone()).collect(),
    }
}

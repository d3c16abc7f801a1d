//! Where does a sentence end, where a paragraph? Rules, after looking at what terminates a sentence and at what follows.
//!
//! A blank line parts paragraphs. So does a single line break, unless the text is wrapped by hand: then lines end in the
//! middle of sentences. A sentence ends at a terminator with the quotation marks and brackets that close behind it, unless
//! the next word is in lower case, or the period belongs to a title, an initial or an abbreviation. Abbreviations that can
//! end a sentence (`U.S.`, `Inc.`, `Calif.`) do so before a word that usually opens one.

use super::gathered::Gathered;
use super::tokens::TITLE_ABBREVIATIONS;
use super::{Shape, Token};
use memchr::memchr_iter;
use std::cell::LazyCell;
use std::ops::Range;

/// Words that open a sentence even behind an abbreviation.
pub(super) const STARTERS: &[&str] = &[
    "The",
    "He",
    "She",
    "It",
    "In",
    "But",
    "And",
    "We",
    "They",
    "I",
    "A",
    "An",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "On",
    "At",
    "For",
    "If",
    "As",
    "When",
    "While",
    "After",
    "Before",
    "Since",
    "His",
    "Her",
    "Its",
    "Their",
    "Our",
    "My",
    "You",
    "Your",
    "So",
    "Now",
    "Then",
    "However",
    "Although",
    "Though",
    "Some",
    "Many",
    "Most",
    "Both",
    "With",
    "By",
    "To",
    "From",
    "Not",
    "No",
    "What",
    "Why",
    "How",
    "Who",
    "Where",
    "Because",
    "Also",
    "Meanwhile",
    "Or",
    "Yet",
    "Under",
    "During",
    "Last",
    "One",
    "All",
    "Another",
    "Here",
    "Once",
    "Still",
    "Such",
    "Other",
    "Others",
    "Earlier",
    "Later",
    "According",
];

/// Verbs that tie a question or an exclamation to its speaker: `"Why?" Smith asked`.
const SPEECH: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "wrote",
    "writes",
    "tweeted",
    "added",
    "replied",
    "shouted",
    "yelled",
    "told",
    "exclaimed",
    "cried",
    "responded",
];

/// Sentences and paragraphs as ranges of tokens.
pub(super) fn cut(body: &str, cut: &Gathered<'_>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let paragraphs = paragraphs(body, cut);
    let mut sentences = Vec::with_capacity(cut.tokens.len() / 20 + 1);
    let mut stops = cut.stops.iter().copied().peekable();
    for paragraph in &paragraphs {
        let cutter = Cutter { body, tokens: &cut.tokens[..paragraph.end] };
        let mut start = paragraph.start;
        while let Some(i) = stops.next_if(|i| *i < paragraph.end) {
            // What closes behind a stop may look like one.
            if let Some(end) = Some(i).filter(|i| *i >= start).and_then(|i| cutter.end_behind(start, i)) {
                sentences.push(start..end);
                start = end;
            }
        }
        if start < paragraph.end {
            sentences.push(start..paragraph.end);
        }
    }
    (sentences, paragraphs)
}

fn paragraphs(body: &str, cut: &Gathered<'_>) -> Vec<Range<usize>> {
    let tokens = &cut.tokens;
    let wrapped = LazyCell::new(|| is_wrapped(body));
    let mut all = Vec::with_capacity(cut.gaps.len() + 1);
    let mut start = 0;
    for i in cut.gaps.iter().copied().filter(|i| *i > 0) {
        let (from, to) = (tokens[i - 1].end as usize, tokens[i].start as usize);
        let gap = &body.as_bytes()[from..to];
        let breaks = gap.iter().filter(|b| **b == b'\n').count();
        let ends = match breaks {
            0 => gap.windows(3).any(|w| w == "\u{2029}".as_bytes()),
            1 => !*wrapped && !runs_on(tokens[i - 1], tokens[i], body),
            _ => true,
        };
        if ends {
            all.push(start..i);
            start = i;
        }
    }
    if start < tokens.len() {
        all.push(start..tokens.len());
    }
    all
}

/// Whether a line plainly goes on in the next: a comma or a word before, lower case behind.
fn runs_on(before: Token, behind: Token, body: &str) -> bool {
    let comma = body.as_bytes().get(before.start as usize) == Some(&b',');
    behind.shape == Shape::Lower && (before.shape != Shape::Mark || comma)
}

/// Whether lines were broken at a fixed width: most single line breaks come after a long line that ends in no mark.
fn is_wrapped(body: &str) -> bool {
    let (mut breaks, mut inside) = (0u32, 0u32);
    let ends = memchr_iter(b'\n', body.as_bytes()).chain(Some(body.len()));
    let mut lines = ends.scan(0, |start, end| Some(&body[std::mem::replace(start, end + 1)..end]));
    let mut line = lines.next().unwrap_or_default();
    for next in lines {
        let line = std::mem::replace(&mut line, next).trim_end();
        if line.is_empty() || next.trim_start().is_empty() {
            continue;
        }
        breaks += 1;
        let open = line.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ',');
        inside += u32::from(open && (40..=100).contains(&line.len()));
    }
    breaks >= 4 && inside * 2 > breaks
}

struct Cutter<'a> {
    body: &'a str,
    tokens: &'a [Token],
}

impl<'a> Cutter<'a> {
    fn text(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| &self.body[t.start as usize..t.end as usize])
    }

    fn touches(&self, i: usize) -> bool {
        i > 0 && self.tokens[i - 1].end == self.tokens[i].start
    }

    /// If token `i` terminates the sentence that began at `start`: the first token behind it.
    fn end_behind(&self, start: usize, i: usize) -> Option<usize> {
        let token = self.tokens[i];
        if token.shape != Shape::Mark {
            let stops = self.body.as_bytes()[token.end as usize - 1] == b'.';
            return (stops && self.abbreviation_ends(i)).then(|| self.behind_closers(i + 1));
        }
        let first = self.text(i).chars().next()?;
        if matches!(first, '。' | '！' | '？') {
            return Some(self.behind_closers(i + 1));
        }
        if !matches!(first, '.' | '!' | '?' | '…' | '‽') {
            return None;
        }
        // `1. First item`
        if first == '.' && i == start + 1 && self.tokens[start].shape == Shape::Number && self.text(start).len() <= 3 {
            return None;
        }
        let end = self.behind_closers(i + 1);
        if end >= self.tokens.len() {
            return Some(end);
        }
        let quoted = end > i + 1;
        let opens = self.opens(end) && !(quoted && first != '.' && self.speech_follows(end)) && !(first == '.' && self.is_inside(i, end));
        opens.then_some(end)
    }

    /// A period in the middle of something written together, as in `Yahoo.Finance` or `v.Smith`; `end.The` is a forgotten space.
    fn is_inside(&self, i: usize, end: usize) -> bool {
        end == i + 1
            && self.touches(end)
            && self.touches(i)
            && !(self.tokens[i - 1].shape == Shape::Lower && self.tokens[end].shape == Shape::Capital)
            && self.tokens[end].shape != Shape::Mark
    }

    /// Whether the token could open a sentence.
    fn opens(&self, i: usize) -> bool {
        match self.tokens[i].shape {
            Shape::Capital | Shape::Upper | Shape::Number => true,
            Shape::Lower => false,
            Shape::Mark => {
                let c = self.text(i).chars().next().unwrap_or(' ');
                match c {
                    '“' | '‘' | '«' | '„' | '(' | '[' | '"' | '\'' | '¿' | '¡' | '`' => {
                        self.tokens.get(i + 1).is_none_or(|t| t.shape != Shape::Lower) || matches!(c, '“' | '"')
                    }
                    ',' | ';' | ':' | ')' | ']' | '-' | '–' | '—' | '”' | '’' | '»' | '.' | '!' | '?' | '…' | '/' | '%' => false,
                    _ => true,
                }
            }
        }
    }

    fn speech_follows(&self, from: usize) -> bool {
        (from + 1..from + 4).any(|i| SPEECH.contains(&self.text(i)))
    }

    /// The first token from `i` on that does not close a quotation or bracket.
    fn behind_closers(&self, mut i: usize) -> usize {
        while i < self.tokens.len() && self.tokens[i].shape == Shape::Mark {
            let closes = match self.text(i) {
                "”" | "’" | "»" | ")" | "]" | "″" => true,
                "\"" | "'" | "“" => {
                    self.touches(i)
                        && self.tokens.get(i + 1).is_none_or(|next| next.start > self.tokens[i].end || next.shape == Shape::Mark)
                }
                "." | "!" | "?" | "…" => self.touches(i),
                _ => false,
            };
            if !closes {
                break;
            }
            i += 1;
        }
        i
    }

    /// Whether an abbreviation or acronym with its own period ends the sentence.
    fn abbreviation_ends(&self, i: usize) -> bool {
        let text = self.text(i);
        let bare = &text[..text.len() - 1];
        let end = self.behind_closers(i + 1);
        let Some(next) = self.tokens.get(end) else { return true };
        if TITLE_ABBREVIATIONS.contains(&bare) || bare.chars().count() == 1 {
            return false;
        }
        if end > i + 1 {
            return self.opens(end) && self.body.as_bytes().get(self.tokens[i + 1].start as usize) != Some(&b')');
        }
        match next.shape {
            Shape::Capital => STARTERS.contains(&self.text(end)),
            // Not in `the U.S. “clearly” needs it`.
            Shape::Mark => {
                let small = self.tokens.get(end + 1).is_some_and(|t| t.shape == Shape::Lower);
                matches!(self.text(end), "“" | "\"") && self.opens(end) && !small
            }
            _ => false,
        }
    }
}

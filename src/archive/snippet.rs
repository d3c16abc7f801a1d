//! A few words around each match, cut at sentence ends, with the matches marked.

use crate::article::Offsets;
use schemars::JsonSchema;
use serde::Serialize;
use std::ops::Range;

/// Most characters of a snippet.
const LONGEST: usize = 260;
/// Most snippets of a hit.
const MOST: usize = 2;

/// A stretch of the body with its matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Snippet {
    /// Where it begins in the body, in code points.
    pub start: u32,
    /// The words as they stand, line breaks as spaces.
    pub text: String,
    /// Matches in `text`, in code points.
    pub marks: Vec<(u32, u32)>,
}

/// Byte ranges of `text` as code points.
pub(super) fn marks_within(text: &str, ranges: &[Range<usize>]) -> Vec<(u32, u32)> {
    let offsets = Offsets::of(text);
    ranges.iter().map(|r| offsets.span(r.start, r.end)).map(|s| (s.start, s.end)).collect()
}

/// The stretches of `body` that show most of `matches` (byte ranges, sorted); its beginning when there are none.
pub(super) fn snippets(body: &str, matches: &[Range<usize>]) -> Vec<Snippet> {
    if body.is_empty() {
        return Vec::new();
    }
    let mut windows: Vec<(Range<usize>, usize)> = Vec::new();
    for m in matches {
        match windows.last_mut() {
            Some((window, n)) if m.end <= window.end => *n += 1,
            _ => windows.push((around(body, m.clone()), 1)),
        }
    }
    if windows.is_empty() {
        windows.push((around(body, 0..0), 0));
    }
    // The fullest windows, shown in the order of the text.
    let mut best: Vec<usize> = (0..windows.len()).collect();
    best.sort_by_key(|i| (std::cmp::Reverse(windows[*i].1), *i));
    best.truncate(MOST);
    best.sort_unstable();
    let offsets = Offsets::of(body);
    best.into_iter().map(|i| cut(body, &offsets, windows[i].0.clone(), matches)).collect()
}

/// The sentence that holds `m`, and what follows it as far as there is room.
fn around(body: &str, m: Range<usize>) -> Range<usize> {
    // A paragraph may be the whole of a long text: no more of it is looked at than a snippet could show.
    let nearest = boundary(body, m.start.saturating_sub(2 * LONGEST));
    let farthest = boundary(body, (m.end + 2 * LONGEST).min(body.len()));
    let paragraph_start = body[nearest..m.start].rfind("\n\n").map_or(nearest, |i| nearest + i + 2);
    let paragraph_end = body[m.end..farthest.max(m.end)].find("\n\n").map_or(farthest.max(m.end), |i| m.end + i);
    let paragraph = &body[paragraph_start..paragraph_end];
    let sentence = paragraph[..m.start - paragraph_start]
        .rmatch_indices(['.', '!', '?', '”'])
        .map(|(i, c)| i + c.len())
        .find(|i| ends_sentence(paragraph, *i));
    let mut start = paragraph_start + sentence.unwrap_or(0);
    start += body[start..m.start].len() - body[start..m.start].trim_start().len();
    if m.end - start > LONGEST * 2 / 3 {
        start = word_boundary(body, m.start.saturating_sub(LONGEST / 3));
    }
    let mut end = (start + LONGEST).max(m.end).min(paragraph_end);
    if end < paragraph_end {
        end = word_boundary(body, end).max(m.end);
    }
    start..end
}

fn ends_sentence(paragraph: &str, at: usize) -> bool {
    let rest = &paragraph[at..];
    rest.starts_with(' ') && rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '«'))
}

/// The last character boundary at or before `at`.
fn boundary(body: &str, at: usize) -> usize {
    let mut at = at.min(body.len());
    while !body.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The last beginning of a word at or before `at`.
fn word_boundary(body: &str, at: usize) -> usize {
    let at = boundary(body, at);
    body[..at].rfind(char::is_whitespace).map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8))
}

fn cut(body: &str, offsets: &Offsets, window: Range<usize>, matches: &[Range<usize>]) -> Snippet {
    let text = body[window.clone()].trim_end();
    let within = Offsets::of(text);
    let inside = matches.iter().filter(|m| m.start >= window.start && m.end <= window.start + text.len());
    let marks = inside.map(|m| within.span(m.start - window.start, m.end - window.start)).map(|s| (s.start, s.end)).collect();
    Snippet { start: offsets.code_point(window.start), text: text.replace(['\n', '\r', '\t'], " "), marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_begin_at_the_sentence_and_mark_the_match() {
        let body = "One is here. Žofie said two things to the paper.\n\nThree.";
        let at = body.find("two").unwrap();
        let got = snippets(body, std::slice::from_ref(&(at..at + 3)));
        assert_eq!(got, [Snippet { start: 13, text: "Žofie said two things to the paper.".into(), marks: vec![(11, 14)] }]);
    }

    #[test]
    fn long_texts_without_sentences_are_cut_at_words() {
        let body = "ärger ".repeat(500);
        let at = body.char_indices().nth(1500).unwrap().0;
        let got = snippets(&body, std::slice::from_ref(&(at..at + 6)));
        assert!(got[0].text.chars().count() <= LONGEST + 10 && got[0].marks.len() == 1, "{got:?}");
    }
}

//! Where sentences and paragraphs begin, for `/s` and `/p`. Index and evaluator use the same rule.

use crate::query::Unit;
use crate::words::for_each_word;

/// Words before a full stop that ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "lt", "sgt", "capt", "cmdr", "adm", "maj", "rev", "hon", "st",
    "mt", "ft", "jr", "sr", "inc", "corp", "co", "ltd", "bros", "vs", "no", "nos", "art", "fig", "pp", "vol", "dept", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ave", "blvd", "approx", "est", "messrs", "mme", "mlle", "hr", "fr",
    "dipl",
];

/// The byte offsets at which the units of `text` begin, in order. The first is where the text begins.
///
/// Paragraphs are parted by a blank line. A sentence ends with its paragraph, or at `.`, `!`, `?` or `…` before a space and
/// something that is no small letter, unless an abbreviation or an initial stands before the full stop.
///
/// # Example
///
/// ```
/// use morgue::query::{Unit, unit_starts};
/// let text = "Mr. Hall left. He said: “Why?” Then rain.\n\nMore.";
/// assert_eq!(unit_starts(text, Unit::Sentence), [0, 15, 35, 47]);
/// assert_eq!(unit_starts(text, Unit::Paragraph), [0, 47]);
/// ```
pub fn starts(text: &str, unit: Unit) -> Vec<usize> {
    let mut starts = vec![0];
    let chars = text.char_indices().peekable();
    for (i, c) in chars {
        match c {
            '\n' => {
                let behind = text.get(i + 1..).unwrap_or("");
                let blank = behind.len() - behind.trim_start().len();
                if behind.get(..blank).is_some_and(|space| space.contains('\n')) {
                    starts.push(i + 1 + blank);
                }
            }
            '。' | '！' | '？' if unit == Unit::Sentence => starts.push(i + c.len_utf8()),
            '.' | '!' | '?' | '…' if unit == Unit::Sentence => {
                if let Some(start) = after(text, i, c) {
                    starts.push(start);
                }
            }
            _ => {}
        }
    }
    starts.dedup();
    starts
}

/// The word positions at which sentences of `text` begin but for the first, and whether a paragraph begins there too; for
/// engines that keep them, so that `/s` need not look at the text.
pub fn unit_positions(text: &str) -> Vec<(u32, bool)> {
    let sentences = starts(text, Unit::Sentence);
    let paragraphs = starts(text, Unit::Paragraph);
    let (mut next, mut next_paragraph) = (0, 0);
    let mut found: Vec<(u32, bool)> = Vec::new();
    let mut last = None;
    for_each_word(text, |word| {
        if last == Some(word.position) {
            return;
        }
        last = Some(word.position);
        let (sentence, paragraph) = (next, next_paragraph);
        while sentences.get(next).is_some_and(|start| *start <= word.start) {
            next += 1;
        }
        while paragraphs.get(next_paragraph).is_some_and(|start| *start <= word.start) {
            next_paragraph += 1;
        }
        if word.position > 0 && next > sentence {
            found.push((word.position, next_paragraph > paragraph));
        }
    });
    found
}

/// Where the next sentence begins when one ends with the sign `c` at `i`.
fn after(text: &str, i: usize, c: char) -> Option<usize> {
    let behind = text.get(i + c.len_utf8()..)?;
    let closed = behind.trim_start_matches(['"', '”', '’', '\'', ')', ']', '»', '.', '!', '?', '…']);
    let rest = closed.trim_start();
    if rest.len() == closed.len() {
        return None;
    }
    let first = rest.trim_start_matches(['"', '“', '‘', '\'', '(', '[', '«', '„', '—', '–', '-', '•', ' ']).chars().next()?;
    if first.is_lowercase() || (c == '.' && abbreviated(text.get(..i)?)) {
        return None;
    }
    Some(text.len() - rest.len())
}

/// Whether the last word before a full stop is an abbreviation or an initial.
fn abbreviated(before: &str) -> bool {
    let start = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |i| i + before.get(i..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8));
    let word = before.get(start..).unwrap_or("");
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(one), None) => one.is_uppercase(),
        _ => ABBREVIATIONS.contains(&word.to_lowercase().as_str()),
    }
}

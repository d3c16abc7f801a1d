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

/// What ends a sentence when a space is behind it.
const ENDING: [char; 4] = ['.', '!', '?', '…'];

/// What may stand between the sign that ends a sentence and the space: marks that close, and more such signs.
const CLOSING: [char; 11] = ['"', '”', '’', '\'', ')', ']', '»', '.', '!', '?', '…'];

/// The byte offsets at which the units of `text` begin, in order. The first is where the text begins.
///
/// Paragraphs are parted by a blank line; each item of a list is one. A sentence ends with its paragraph, or at `.`, `!`, `?` or `…` before a space and
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
    let all = both_starts(text);
    let mut starts: Vec<usize> = all.into_iter().filter(|(_, paragraph)| *paragraph || unit == Unit::Sentence).map(|(at, _)| at).collect();
    starts.dedup();
    starts
}

/// Where sentences and paragraphs begin, in order, and whether it is a paragraph; a place may stand twice. Runs of blank lines
/// and of signs that end a sentence are looked at once: a leader of dots is as long as somebody held the key down.
fn both_starts(text: &str) -> Vec<(usize, bool)> {
    let mut starts = vec![(0, true)];
    let mut from = 0;
    // The last three are the first bytes of `…`, of `。` and of `！` and `？`.
    let may_end = |byte: &u8| matches!(byte, b'\n' | b'.' | b'!' | b'?' | 0xE2 | 0xE3 | 0xEF);
    while let Some(next) = text.as_bytes()[from..].iter().position(may_end) {
        let i = from + next;
        let Some(c) = text.get(i..).and_then(|rest| rest.chars().next()) else { break };
        from = i + c.len_utf8();
        match c {
            '\n' => {
                let behind = text.get(i + 1..).unwrap_or("");
                let rest = behind.trim_start();
                let blank = behind.len() - rest.len();
                if behind.get(..blank).is_some_and(|space| space.contains('\n')) || is_item(rest) {
                    starts.push((i + 1 + blank, true));
                }
                from += blank;
            }
            '。' | '！' | '？' => starts.push((from, false)),
            '.' | '!' | '?' | '…' => {
                let behind = text.get(from..).unwrap_or("");
                from += behind.len() - behind.trim_start_matches(CLOSING).len();
                let last = text.get(i..from).and_then(|run| run.rfind(ENDING)).map_or(i, |at| i + at);
                starts.extend(after(text, last, from).map(|start| (start, false)));
            }
            _ => {}
        }
    }
    starts
}

/// Whether a line is an item of a list: it opens with a bullet or a dash and a space.
fn is_item(line: &str) -> bool {
    let mut chars = line.chars();
    matches!(chars.next(), Some('•' | '-' | '–' | '—' | '*' | '·' | '▪' | '◦' | '‣')) && chars.next().is_some_and(char::is_whitespace)
}

/// The word positions at which sentences of `text` begin but for the first, and whether a paragraph begins there too; for
/// engines that keep them, so that `/s` need not look at the text.
pub fn unit_positions(text: &str) -> Vec<(u32, bool)> {
    let starts = both_starts(text);
    let mut next = 0;
    let mut found: Vec<(u32, bool)> = Vec::new();
    let mut last = None;
    for_each_word(text, |word| {
        if last == Some(word.position) {
            return;
        }
        last = Some(word.position);
        let (before, mut paragraph) = (next, false);
        while let Some((_, is_paragraph)) = starts.get(next).filter(|(start, _)| *start <= word.start) {
            paragraph |= *is_paragraph;
            next += 1;
        }
        if word.position > 0 && next > before {
            found.push((word.position, paragraph));
        }
    });
    found
}

/// Where the next sentence begins when the sign that ends one is at `last`, and `end` is behind it and what it closes.
fn after(text: &str, last: usize, end: usize) -> Option<usize> {
    let closed = text.get(end..)?;
    let rest = closed.trim_start();
    if rest.len() == closed.len() {
        return None;
    }
    let first = rest.trim_start_matches(['"', '“', '‘', '\'', '(', '[', '«', '„', '—', '–', '-', '•', ' ']).chars().next()?;
    if first.is_lowercase() || (text.get(last..)?.starts_with('.') && abbreviated(text.get(..last)?)) {
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

//! Where the paragraphs of a text are, however its lines were broken.
//!
//! Three habits are told apart: lines broken at a width (typed and wire copy), one paragraph a line (scrapers), and
//! paragraphs already apart by blank lines. A text is taken for broken at a width when its lines are *full*: the first word
//! of the next line would not have fitted on them.

use super::mojibake::repair_mojibake;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` in the form of a body: NFC, no control characters, plain spaces, no space at the end of lines, each paragraph on
/// one line, one blank line between two.
///
/// # Example
///
/// ```
/// use morgue::ingest::text::paragraphs;
/// assert_eq!(paragraphs("One.\r\n\r\n\r\nTwo\u{a0}is here. \n"), "One.\n\nTwo is here.");
/// ```
pub fn paragraphs(text: &str) -> String {
    joined_lines(&clean(text))
}

/// `text` composed (NFC) and without what no reader sees: control characters, zero-width and direction marks, soft hyphens.
/// Line ends become `\n`, page ends a blank line, every other white space one space character each.
pub(super) fn clean(text: &str) -> String {
    let text = repair_mojibake(text);
    let mut out = String::with_capacity(text.len());
    let mut composed = true;
    let mut rest: &str = &text;
    while let Some(plain) = first_unplain(rest.as_bytes()) {
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            '\r' if rest.starts_with('\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{0B}' => out.push('\n'),
            '\u{0C}' | '\u{2029}' => out.push_str("\n\n"),
            '\t' => out.push_str("    "),
            '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {}
            // Ligatures are a matter of type: who looks for `office` must find it.
            '\u{FB00}'..='\u{FB06}' => out.push_str(LIGATURES[c as usize - 0xFB00]),
            c if c.is_control() => {}
            c if c.is_whitespace() => out.push(' '),
            c => {
                composed &= is_composed(c);
                out.push(c);
            }
        }
    }
    out.push_str(rest);
    if composed || is_nfc_quick(out.chars()) == IsNormalized::Yes { out } else { out.nfc().collect() }
}

/// Where the first byte stands that is neither printable ASCII nor a line end.
fn first_unplain(bytes: &[u8]) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let (eights, _) = bytes.as_chunks();
    // Of eight bytes at a time is told whether one is less than a space (or a line end), more than `~`, or no ASCII.
    let suspect = |eight: &[u8; 8]| {
        let eight = u64::from_le_bytes(*eight);
        let low = eight & (EACH * 0x7f);
        (!(low + EACH * 0x60) | (low + EACH) | eight) & (EACH * 0x80) != 0
    };
    let unplain = |b: &u8| !matches!(b, b' '..=b'~' | b'\n');
    let mut from = 0;
    while let Some(n) = eights[from..].iter().position(suspect) {
        if let Some(at) = eights[from + n].iter().position(unplain) {
            return Some((from + n) * 8 + at);
        }
        from += n + 1;
    }
    let rest = eights.len() * 8;
    bytes[rest..].iter().position(unplain).map(|at| rest + at)
}

/// The letters of the ligatures from U+FB00 on.
const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

/// Whether a character never changes in NFC, whatever stands around it: a quick answer for the common ones.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{2010}'..='\u{205E}' | '€' | '\u{3041}'..='\u{3096}' | '\u{4E00}'..='\u{9FFF}')
}

/// [`paragraphs`] of a text whose characters are clean already.
pub fn joined_lines(text: &str) -> String {
    let lines: Vec<Line<'_>> = text.split('\n').map(Line::of).collect();
    let shape = Shape::of(&lines);
    let mut out = String::with_capacity(text.len());
    let mut before: Option<&Line<'_>> = None;
    for line in &lines {
        if line.words.is_empty() {
            before = None;
            continue;
        }
        match before {
            Some(b) if shape.joins(b, line) => {
                if !(b.ends_inside_word() && line.starts_small()) {
                    out.push(' ');
                }
            }
            _ if out.is_empty() => {}
            _ => out.push_str("\n\n"),
        }
        push_single_spaced(&mut out, line.words);
        before = Some(line);
    }
    out
}

fn push_single_spaced(out: &mut String, text: &str) {
    if !text.contains("  ") {
        out.push_str(text);
        return;
    }
    for (i, word) in text.split(' ').filter(|w| !w.is_empty()).enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

struct Line<'a> {
    words: &'a str,
    /// Width as typed, with indentation.
    width: usize,
    indent: usize,
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Line<'a> {
        let line = line.trim_end();
        let words = line.trim_start();
        Line { words, width: line.chars().count(), indent: line.len() - words.len() }
    }

    fn starts_small(&self) -> bool {
        self.words.chars().next().is_some_and(char::is_lowercase)
    }

    fn ends_inside_word(&self) -> bool {
        self.words.strip_suffix('-').is_some_and(|w| w.ends_with(char::is_alphanumeric))
    }

    fn ends_sentence(&self) -> bool {
        let bare = self.words.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
        bare.ends_with(['.', '!', '?', ':', '…', '。', '！', '？'])
    }

    /// Whether the first word of `next` would not have fitted into `width`.
    fn is_full(&self, next: &Line<'_>, width: usize) -> bool {
        let first = next.words.split(' ').next().map_or(0, |w| w.chars().count());
        self.width + 1 + first > width
    }
}

/// How the lines of a text were broken.
struct Shape {
    /// The width at which lines were broken, if they were.
    width: Option<usize>,
    /// The indentation most lines have.
    indent: usize,
}

impl Shape {
    fn of(lines: &[Line<'_>]) -> Shape {
        let full_lines: Vec<&Line<'_>> = lines.iter().filter(|l| !l.words.is_empty()).collect();
        let mut indents: Vec<usize> = full_lines.iter().map(|l| l.indent).collect();
        indents.sort_unstable();
        let indent = indents.get(indents.len() / 2).copied().unwrap_or(0);
        Shape { width: width_of(lines, &full_lines, indent), indent }
    }

    /// Whether `next` goes on with the paragraph of `line`.
    fn joins(&self, line: &Line<'_>, next: &Line<'_>) -> bool {
        if next.indent > self.indent + 1 {
            return false;
        }
        match self.width {
            Some(width) => line.is_full(next, width.saturating_sub(6)) || next.starts_small(),
            None => next.starts_small() && !line.ends_sentence() && line.words.chars().any(char::is_whitespace),
        }
    }
}

/// The width at which the lines were broken: needs at least three lines with another after them, most of them full and
/// most of them not at the end of a sentence.
fn width_of(lines: &[Line<'_>], full_lines: &[&Line<'_>], indent: usize) -> Option<usize> {
    let mut widths: Vec<usize> = full_lines.iter().map(|l| l.width).collect();
    widths.sort_unstable();
    // A few overlong lines (addresses, tables) must not hide the width.
    let width = widths.get(widths.len().saturating_sub(1 + widths.len() / 50)).copied()?;
    if !(30..=120).contains(&width) {
        return None;
    }
    let pairs = || lines.windows(2).filter(|p| !p[0].words.is_empty() && !p[1].words.is_empty() && p[1].indent <= indent + 1);
    let inner = pairs().count();
    let full = pairs().filter(|p| p[0].is_full(&p[1], width.saturating_sub(6))).count();
    let ended = pairs().filter(|p| p[0].ends_sentence()).count();
    (inner >= 3 && full * 10 >= inner * 6 && ended * 10 <= inner * 5).then_some(width)
}

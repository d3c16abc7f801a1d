//! Which words stand in quotation marks: pairing of all the marks newspapers use, and repair of those left open.
//!
//! Pairs: `"…"`, `''…''`, `“…”`, `„…“`, `«…»`, `»…«`, `‘…’`, `'…'`, `「…」`. Only the outermost pair counts; quotes
//! within quotes belong to their quote. Where typing mixed the marks up (`“…"`, `”…”`), white space tells which end a
//! mark is. A quote left open ends with its paragraph; when the next paragraph opens again, it goes on there.

use crate::extract::page::look;
use memchr::memchr3_iter;
use std::ops::Range;

#[cfg(test)]
mod tests;

/// A stretch in quotation marks. Offsets are bytes of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// With the marks.
    pub outer: Range<usize>,
    /// The words alone.
    pub inner: Range<usize>,
    /// Whether a closing mark was there.
    pub closed: bool,
    /// Whether it goes on with what the paragraph before left open.
    pub resumes: bool,
}

/// Families of marks that close each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Family {
    Double,
    Single,
    Angle,
    Corner,
}

/// Which end of a quote a mark can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Open,
    Close,
    Either,
}

struct Mark {
    at: Range<usize>,
    family: Family,
    end: End,
}

/// Finds what stands in quotation marks in each of `paragraphs` (bytes of `body`), in order; a mark at a byte that is `beside`
/// the text is none.
pub(super) fn pair(body: &str, paragraphs: impl Iterator<Item = Range<usize>>, beside: impl Fn(usize) -> bool) -> Vec<Marked> {
    let mut found: Vec<Marked> = Vec::new();
    let mut marks = Vec::new();
    let mut open_before = false;
    for paragraph in paragraphs {
        marks.clear();
        collect(body, paragraph.clone(), &mut marks);
        marks.retain(|mark| !beside(mark.at.start));
        let first = found.len();
        pair_paragraph(body, paragraph.clone(), &marks, &mut found);
        let starts_open = found.get(first).is_some_and(|m| body[paragraph.start..m.outer.start].trim().is_empty());
        if open_before && starts_open {
            found[first].resumes = true;
        }
        open_before = found.len() > first && found.last().is_some_and(|m| !m.closed && m.outer.end == paragraph.end);
    }
    found
}

/// Lists the marks of one paragraph.
fn collect(body: &str, paragraph: Range<usize>, marks: &mut Vec<Mark>) {
    let bytes = body.as_bytes();
    let mut free = paragraph.start;
    for i in beginnings(&bytes[paragraph.clone()]).map(|i| paragraph.start + i) {
        // A mark of several bytes is looked at once.
        if i < free {
            continue;
        }
        let Some((len, family, written)) = mark_at(bytes, i, paragraph.end) else { continue };
        let at = i..i + len;
        free = at.end;
        let before = body[paragraph.start..at.start].chars().next_back();
        let after = body[at.end..paragraph.end].chars().next();
        // `« Le pont est fermé ».`
        let stop = family == Family::Angle && body[at.end..paragraph.end].starts_with('.') && !body[at.end..].starts_with("..");
        let end = match written {
            _ if stop => End::Close,
            Some(End::Close) if can_open(before, after) && !can_close(before, after) => End::Open,
            Some(end) => end,
            None => match (can_open(before, after), can_close(before, after)) {
                (true, false) => End::Open,
                (false, true) => End::Close,
                _ => End::Either,
            },
        };
        let inches = len == 1 || bytes[at.clone()] == [0xE2, 0x80, 0xB3];
        if family == Family::Double
            && inches
            && before.is_some_and(|c| c.is_ascii_digit())
            && (len > 1 || end == End::Either || after_feet(&body[paragraph.start..at.start]))
        {
            continue; // inches: 6'2"
        }
        if family == Family::Single && inside_word(before, after) {
            continue; // an apostrophe
        }
        marks.push(Mark { at, family, end });
    }
}

/// Where bytes stand that may begin a mark, in order.
fn beginnings(bytes: &[u8]) -> impl Iterator<Item = usize> {
    // Those that most texts have, and the others: three at a time are found at once.
    let (mut usual, mut rare) = (memchr3_iter(b'"', b'\'', 0xE2, bytes).peekable(), memchr3_iter(b'`', 0xC2, 0xE3, bytes).peekable());
    std::iter::from_fn(move || match (usual.peek(), rare.peek()) {
        (Some(one), Some(other)) if other < one => rare.next(),
        (Some(_), _) => usual.next(),
        (None, _) => rare.next(),
    })
}

/// Whether a number of inches ends here: `6'2`.
fn after_feet(text: &str) -> bool {
    let feet = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let before = feet.strip_suffix(['\'', '’', '′']);
    feet.len() < text.len() && before.is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()))
}

/// A quotation mark that begins at byte `i`: its length, its family, and the end its shape says it is.
fn mark_at(bytes: &[u8], i: usize, end: usize) -> Option<(usize, Family, Option<End>)> {
    match bytes[i] {
        b'"' => Some((1, Family::Double, None)),
        b'\'' if i + 1 < end && bytes[i + 1] == b'\'' => Some((2, Family::Double, None)),
        b'`' if i + 1 < end && bytes[i + 1] == b'`' => Some((2, Family::Double, Some(End::Open))),
        b'\'' => Some((1, Family::Single, None)),
        0xC2 if i + 1 < end => match bytes[i + 1] {
            0xAB => Some((2, Family::Angle, None)),
            0xBB => Some((2, Family::Angle, None)),
            _ => None,
        },
        0xE2 if i + 2 < end && bytes[i + 1] == 0x80 => match bytes[i + 2] {
            0x9C => Some((3, Family::Double, None)), // “ opens in English and closes in German
            0x9D => Some((3, Family::Double, Some(End::Close))),
            0x9E | 0x9F => Some((3, Family::Double, Some(End::Open))),
            0xB3 => Some((3, Family::Double, None)), // ″: inches, or what a converter made of a straight mark
            // Two single ones are typed for a double one.
            single @ (0x98 | 0x99) if bytes[i + 3..end].starts_with(&[0xE2, 0x80, single]) => {
                Some((6, Family::Double, Some(if single == 0x98 { End::Open } else { End::Close })))
            }
            0x98 | 0x9A => Some((3, Family::Single, Some(End::Open))),
            0x99 => Some((3, Family::Single, None)),
            0xB9 | 0xBA => Some((3, Family::Single, None)),
            _ => None,
        },
        0xE3 if i + 2 < end && bytes[i + 1] == 0x80 => match bytes[i + 2] {
            0x8C | 0x8E => Some((3, Family::Corner, Some(End::Open))),
            0x8D | 0x8F => Some((3, Family::Corner, Some(End::Close))),
            _ => None,
        },
        _ => None,
    }
}

fn can_open(before: Option<char>, after: Option<char>) -> bool {
    let free = before
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '―' | '/' | ':' | '\u{200b}') || is_mark(c));
    free && after.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | ':' | '!' | '?' | ')'))
}

fn can_close(before: Option<char>, after: Option<char>) -> bool {
    let free = after.is_none_or(|c| !c.is_alphanumeric());
    free && before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '{'))
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '″' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»')
}

fn inside_word(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

fn pair_paragraph(body: &str, paragraph: Range<usize>, marks: &[Mark], found: &mut Vec<Marked>) {
    let mut i = 0;
    while i < marks.len() {
        let open = &marks[i];
        if !opens(body, &paragraph, open) {
            i += 1;
            continue;
        }
        let (close, next) = match open.family {
            Family::Single => match closing_single(body, &marks[i + 1..]) {
                Some(n) => (Some(i + 1 + n), i + 2 + n),
                None => {
                    i += 1;
                    continue; // a lone apostrophe opens nothing
                }
            },
            _ => closing(&marks[i..], open).map_or((None, marks.len()), |(n, consumed)| (Some(i + n), i + n + usize::from(consumed))),
        };
        let (inner_end, outer_end, closed) = match close {
            Some(c) if next == c => (marks[c].at.start, marks[c].at.start, false), // the next one opens: ours was never closed
            Some(c) => (marks[c].at.start, marks[c].at.end, true),
            None => (paragraph.end, paragraph.end, false),
        };
        if let Some(inner) = trim(body, open.at.end..inner_end) {
            let outer_end = if closed || close.is_none() { outer_end } else { inner.end };
            found.push(Marked { outer: open.at.start..outer_end, inner, closed, resumes: false });
        }
        i = next.max(i + 1);
    }
}

/// Whether `mark` opens a quote where none is open.
fn opens(body: &str, paragraph: &Range<usize>, mark: &Mark) -> bool {
    match mark.end {
        End::Open => true,
        End::Close => false,
        // «Word» inside a line without white space (Chinese), or marks with white space on both sides.
        End::Either => {
            mark.family != Family::Single && body[mark.at.end..paragraph.end].chars().next().is_some_and(|c| !c.is_ascii_punctuation())
        }
    }
}

/// The mark that closes `marks[0]`: its number, and whether it is used up (not so when it opens the next quote).
fn closing(marks: &[Mark], open: &Mark) -> Option<(usize, bool)> {
    let mut depth = 0usize;
    // `"The “small” town"`: straight marks hold curly ones, which pair among themselves.
    let straight = open.at.len() == 1 && open.family == Family::Double;
    let curly = |m: &Mark| m.at.len() == 3 && m.family == Family::Double;
    let of = |family: Family| {
        move |m: &&Mark| {
            look(1);
            m.family == family
        }
    };
    let mut doubles = marks[1..].iter().filter(of(Family::Double));
    let inside = straight
        && doubles.next().is_some_and(|m| curly(m) && m.end == End::Open)
        && doubles.next().is_some_and(|m| curly(m) && m.end != End::Open);
    let is_same = of(open.family);
    let same = marks.iter().enumerate().skip(1).filter(|(_, m)| is_same(m) && !(inside && curly(m)));
    for (n, mark) in same {
        match mark.end {
            End::Open => {
                // A second opening: nested if two closings follow before another opening, else the first was never closed.
                let mut ahead = marks[n + 1..].iter().filter(of(open.family));
                let nested = ahead.next().is_some_and(|m| m.end != End::Open) && ahead.next().is_some_and(|m| m.end != End::Open);
                if !nested && depth == 0 {
                    return Some((n, false));
                }
                depth += 1;
            }
            End::Close | End::Either if depth > 0 => depth -= 1,
            End::Close => return Some((n, true)),
            End::Either => return Some((n, true)),
        }
    }
    None
}

/// The mark among `marks` that closes a single quotation mark; apostrophes of plurals (`the workers' rights`) do not.
fn closing_single(body: &str, marks: &[Mark]) -> Option<usize> {
    let mut fallback = None;
    for (n, mark) in marks.iter().enumerate().filter(|(_, m)| m.family == Family::Single) {
        if mark.end == End::Open {
            break;
        }
        let before = body[..mark.at.start].chars().next_back();
        let plural = before == Some('s') && body[mark.at.end..].trim_start().chars().next().is_some_and(char::is_lowercase);
        if !plural {
            return Some(n);
        }
        fallback = fallback.or(Some(n));
    }
    fallback
}

fn trim(body: &str, range: Range<usize>) -> Option<Range<usize>> {
    if range.start >= range.end {
        return None;
    }
    let text = &body[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    let end = range.end - (text.len() - text.trim_end().len());
    (start < end).then_some(start..end)
}

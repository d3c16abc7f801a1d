//! The rule by which text is cut.

use super::fold::fold_into;
use super::{LONGEST, Word};

/// Changes whenever the rule changes, so that an archive cut by an older rule is noticed.
pub const FINGERPRINT: &str = "words-1";

/// Most parts of a compound that are also written as one word.
const MOST_PARTS: usize = 5;

/// Calls `each` for every word of `text`, in order of position.
///
/// # Example
///
/// ```
/// let mut forms = Vec::new();
/// morgue::words::for_each_word("The U.S. envoy’s e-mail", |w| forms.push((w.position, w.form.to_owned())));
/// let forms: Vec<_> = forms.iter().map(|(p, f)| (*p, f.as_str())).collect();
/// assert_eq!(forms, [(0, "the"), (1, "us"), (2, "envoy"), (3, "e"), (3, "email"), (4, "mail")]);
/// ```
pub fn for_each_word(text: &str, each: impl FnMut(Word<'_>)) {
    Cutter { text, capitals: false, position: 0, form: String::new(), parts: Vec::new(), each }.cut();
}

/// Calls `each` for the words that are written in capitals throughout ([`super::is_in_capitals`]), each at its position among all.
pub fn for_each_in_capitals(text: &str, mut each: impl FnMut(Word<'_>)) {
    let shouted = |word: Word<'_>| {
        if text.get(word.start..word.end).is_some_and(super::is_in_capitals) {
            each(word);
        }
    };
    Cutter { text, capitals: true, position: 0, form: String::new(), parts: Vec::new(), each: shouted }.cut();
}

impl<F: FnMut(Word<'_>)> Cutter<'_, F> {
    fn cut(&mut self) {
        let text = self.text;
        let mut at = 0;
        while at < text.len() {
            // One space between two words is what most steps are.
            if text.as_bytes()[at] == b' ' {
                at += 1;
                continue;
            }
            at = match class(text, at) {
                Class::Letter | Class::Digit => self.compound(at),
                Class::Cjk => self.pairs(at),
                Class::Mark | Class::Other => next(text, at),
            };
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// A combining mark: continues a word.
    Mark,
    Cjk,
    Other,
}

fn class(text: &str, at: usize) -> Class {
    match text.as_bytes().get(at) {
        Some(b) if b.is_ascii() => ascii_class(*b),
        Some(_) => text.get(at..).and_then(|rest| rest.chars().next()).map_or(Class::Other, wide_class),
        None => Class::Other,
    }
}

fn ascii_class(b: u8) -> Class {
    match b {
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        _ => Class::Other,
    }
}

fn wide_class(c: char) -> Class {
    match c {
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Cjk,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_numeric() => Class::Digit,
        _ if unicode_normalization::char::is_combining_mark(c) || c == '\u{200d}' => Class::Mark,
        _ => Class::Other,
    }
}

fn next(text: &str, at: usize) -> usize {
    if text.as_bytes().get(at).is_some_and(u8::is_ascii) {
        return at + 1;
    }
    at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

/// What may tie two runs into one word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    Apostrophe,
    Hyphen,
    Point,
    Comma,
}

/// The tie at `at` and where it ends.
fn tie(text: &str, at: usize) -> Option<(Tie, usize)> {
    let bytes = text.as_bytes();
    Some(match bytes.get(at)? {
        b'\'' => (Tie::Apostrophe, at + 1),
        b'-' | b'&' => (Tie::Hyphen, at + 1),
        b'.' => (Tie::Point, at + 1),
        b',' => (Tie::Comma, at + 1),
        0xe2 => match text.get(at..)?.chars().next()? {
            '\u{2019}' => (Tie::Apostrophe, at + 3),
            '\u{2010}' | '\u{2011}' => (Tie::Hyphen, at + 3),
            _ => return None,
        },
        0xca => match text.get(at..)?.chars().next()? {
            '\u{2bc}' => (Tie::Apostrophe, at + 2),
            _ => return None,
        },
        0xc2 => match text.get(at..)?.chars().next()? {
            '\u{ad}' => (Tie::Comma, at + 2),
            _ => return None,
        },
        _ => return None,
    })
}

struct Cutter<'a, F> {
    text: &'a str,
    /// Whether nobody asks for words with small letters.
    capitals: bool,
    position: u32,
    form: String,
    /// Byte range in the text, and start of the folded form, of each part of a compound.
    parts: Vec<(usize, usize, usize)>,
    each: F,
}

impl<F: FnMut(Word<'_>)> Cutter<'_, F> {
    /// Reads a word with all its parts from `start`; returns where it ends.
    fn compound(&mut self, start: usize) -> usize {
        if let Some((end, n_capitals)) = self.plain(start) {
            self.told(start, end, n_capitals);
            return end;
        }
        self.form.clear();
        self.parts.clear();
        if let Some((end, after)) = self.acronym(start) {
            self.emit(start, end, 0, self.form.len());
            return after;
        }
        self.form.clear();
        let mut from = start;
        let mut end = self.run(start);
        self.push(from, from, end);
        while let Some((kind, after)) = tie(self.text, end) {
            let (before, behind) = (class_before(self.text, end), class(self.text, after));
            match (kind, before, behind) {
                (Tie::Comma | Tie::Point, Class::Digit, Class::Digit) => {
                    if kind == Tie::Point {
                        self.form.push('.');
                    }
                    end = self.run(after);
                    self.extend(after, end);
                }
                (Tie::Comma, Class::Letter, Class::Letter) if self.text.as_bytes().get(end) == Some(&0xc2) => {
                    end = self.run(after);
                    self.extend(after, end);
                }
                (Tie::Apostrophe, Class::Letter, Class::Letter) => {
                    let stop = self.run(after);
                    match self.text.get(after..stop).unwrap_or("") {
                        "s" | "S" => {
                            end = stop;
                            break;
                        }
                        "t" | "re" | "ve" | "ll" | "d" | "m" | "T" | "RE" | "VE" | "LL" | "D" | "M" => self.extend(after, stop),
                        _ => self.push(from, after, stop),
                    }
                    (from, end) = (after, stop);
                }
                (Tie::Hyphen, Class::Letter | Class::Digit | Class::Mark, Class::Letter | Class::Digit) => {
                    from = after;
                    end = self.run(after);
                    self.push(from, after, end);
                }
                _ => break,
            }
        }
        self.emit_parts(start);
        end
    }

    /// The end of a word of two and more ASCII letters that nothing can tie to what follows, and how many are capitals: most words.
    fn plain(&self, start: usize) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let (n_letters, n_capitals) = letters(bytes.get(start..)?);
        let end = start + n_letters;
        let ends = match bytes.get(end) {
            None | Some(b' ' | b'\n') => true,
            Some(b',' | b'.') => matches!(bytes.get(end + 1), None | Some(b' ' | b'\n')),
            Some(_) => false,
        };
        (ends && n_letters > 1).then_some((end, n_capitals))
    }

    /// Hands on a word of plain letters.
    fn told(&mut self, start: usize, end: usize, n_capitals: usize) {
        let word = &self.text[start..end];
        if self.capitals && n_capitals < word.len() {
            self.position += 1;
        } else if n_capitals == 0 && word.len() <= LONGEST {
            (self.each)(Word { start, end, position: self.position, form: word });
            self.position += 1;
        } else {
            self.form.clear();
            self.form.push_str(word);
            self.form.make_ascii_lowercase();
            self.emit(start, end, 0, word.len());
        }
    }

    /// `U.S.`, `a.m`: single letters each followed by a point, at least two; puts their letters into the form. Where it ends, and
    /// where what follows begins.
    fn acronym(&mut self, start: usize) -> Option<(usize, usize)> {
        let (mut at, mut letters, mut end) = (start, 0, start);
        while class(self.text, at) == Class::Letter {
            let after = next(self.text, at);
            let point = self.text.as_bytes().get(after) == Some(&b'.');
            if matches!(class(self.text, after), Class::Letter | Class::Digit | Class::Mark) || (!point && letters == 0) {
                return None;
            }
            fold_into(self.text.get(at..after)?, &mut self.form);
            letters += 1;
            end = if point { after + 1 } else { after };
            at = after + 1;
            if !point {
                break;
            }
        }
        if letters < 2 {
            return None;
        }
        // A possessive after it is dropped too: `U.S.'s`.
        if let Some((Tie::Apostrophe, after)) = tie(self.text, end)
            && matches!(self.text.as_bytes().get(after), Some(b's' | b'S'))
            && class(self.text, after + 1) == Class::Other
        {
            return Some((end, after + 1));
        }
        Some((end, end))
    }

    /// The end of the run of letters, digits and marks that begins at `at`.
    fn run(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
            if at >= bytes.len() || bytes[at].is_ascii() || !matches!(class(self.text, at), Class::Letter | Class::Digit | Class::Mark) {
                return at;
            }
            at = next(self.text, at);
        }
    }

    /// Starts a new part whose form is the folded text of `from..to`.
    fn push(&mut self, start: usize, from: usize, to: usize) {
        self.parts.push((start.max(from), to, self.form.len()));
        fold_into(self.text.get(from..to).unwrap_or(""), &mut self.form);
    }

    /// Adds the folded text of `from..to` to the last part.
    fn extend(&mut self, from: usize, to: usize) {
        fold_into(self.text.get(from..to).unwrap_or(""), &mut self.form);
        if let Some(last) = self.parts.last_mut() {
            last.1 = to;
        }
    }

    fn emit_parts(&mut self, start: usize) {
        let parts = std::mem::take(&mut self.parts);
        for (i, (from, to, form)) in parts.iter().enumerate() {
            let form_end = parts.get(i + 1).map_or(self.form.len(), |p| p.2);
            let before = self.position;
            self.emit(*from, *to, *form, form_end);
            // A letter may fold to nothing, and then there is no first part.
            if i == 0 && parts.len() > 1 && parts.len() <= MOST_PARTS && self.position > before {
                self.position -= 1;
                self.emit(start, parts[parts.len() - 1].1, 0, self.form.len());
            }
        }
        self.parts = parts;
    }

    fn emit(&mut self, start: usize, end: usize, form_start: usize, form_end: usize) {
        let mut cut = form_end.min(form_start + LONGEST);
        while !self.form.is_char_boundary(cut) {
            cut -= 1;
        }
        if cut > form_start {
            (self.each)(Word { start, end, position: self.position, form: &self.form[form_start..cut] });
            self.position += 1;
        }
    }

    /// Reads a run of Chinese, Japanese or Korean characters in pairs; returns where it ends.
    fn pairs(&mut self, start: usize) -> usize {
        let mut at = start;
        let mut last = start;
        let mut count = 0;
        while class(self.text, at) == Class::Cjk {
            let after = next(self.text, at);
            count += 1;
            if count > 1 {
                self.cjk(last, after);
            }
            last = at;
            at = after;
        }
        if count == 1 {
            self.cjk(start, at);
        }
        at
    }

    fn cjk(&mut self, start: usize, end: usize) {
        self.form.clear();
        fold_into(self.text.get(start..end).unwrap_or(""), &mut self.form);
        self.emit(start, end, 0, self.form.len());
    }
}

/// How many ASCII letters `bytes` begin with, and how many of these are capitals. Eight are looked at together: where a word ends is nothing
/// a processor guesses well.
fn letters(bytes: &[u8]) -> (usize, usize) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let (eights, rest) = bytes.as_chunks();
    let mut n_capitals = 0;
    for (n, eight) in eights.iter().enumerate() {
        // The highest bit of each byte tells: of `b + 0x1f` that it is `a` or more, of `b + 5` that it is more than `z`.
        let eight = u64::from_le_bytes(*eight);
        let small = eight & (EACH * 0x7f) | (EACH * 0x20);
        let others = !((small + EACH * 0x1f) & !(small + EACH * 5) & !eight) & (EACH * 0x80);
        // Of the letters before the first that is none, those without the bit of small ones.
        let before = others.wrapping_sub(1) & !others;
        n_capitals += (!(eight << 2) & before & (EACH * 0x80)).count_ones() as usize;
        if others != 0 {
            return (n * 8 + others.trailing_zeros() as usize / 8, n_capitals);
        }
    }
    let rest = &rest[..rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len())];
    n_capitals += rest.iter().filter(|b| b.is_ascii_uppercase()).count();
    (eights.len() * 8 + rest.len(), n_capitals)
}

fn class_before(text: &str, end: usize) -> Class {
    text.get(..end)
        .and_then(|t| t.chars().next_back())
        .map_or(Class::Other, |c| if c.is_ascii() { ascii_class(c as u8) } else { wide_class(c) })
}

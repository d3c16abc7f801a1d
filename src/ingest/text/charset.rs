//! Which characters the bytes of a file mean.
//!
//! The order follows what files really do: a byte order mark says it; text that is valid UTF-8 is UTF-8, whatever its
//! label claims; text that is UTF-8 but for a few bytes is repaired; then the label counts; then statistics (chardetng).

use crate::ingest::{Problem, Sink};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes turned into characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The name of the encoding (WHATWG): `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// Whether some bytes meant nothing in that encoding.
    pub had_errors: bool,
}

impl Decoded {
    /// The text; where characters of the file at `path` were replaced, that is told.
    pub fn told(self, path: &str, sink: &mut dyn Sink) -> String {
        if self.had_errors {
            sink.problem(Problem::doubt(path, format!("some characters are no {} and were replaced", self.encoding)));
        }
        self.text
    }
}

/// How far a declaration is looked for, and how much is given to the statistics.
const SNIFF: usize = 64 * 1024;

/// Decodes `bytes`. `declared` is a label given outside the file (an HTTP header); labels inside it (XML declaration,
/// `meta`) are looked for in the first 64 KB. Never fails.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, len)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[len..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // The escape sequences of ISO-2022-JP are plain ASCII and so valid UTF-8.
        if memchr::memchr(0x1B, bytes).is_none() || label(bytes, declared).is_none_or(|e| e != encoding_rs::ISO_2022_JP) {
            return Decoded { text: text.to_owned(), encoding: UTF_8.name(), had_errors: false };
        }
    }
    if let Some(repaired) = nearly_utf8(bytes) {
        return repaired;
    }
    match label(bytes, declared) {
        Some(encoding) if encoding != UTF_8 => decode_as(encoding, bytes),
        _ => decode_as(guess(bytes), bytes),
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), had_errors }
}

/// The encoding of a file that begins with `head`, and its beginning in UTF-8, where that is UTF-16; `None` where it is anything else.
/// Sounds and pictures have zeros in every other byte as well, and may begin like a mark: what comes of them is no text.
pub(in crate::ingest) fn utf16(head: &[u8]) -> Option<(&'static Encoding, String)> {
    let (encoding, len) = match Encoding::for_bom(head) {
        Some((encoding, _)) if encoding == UTF_8 => return None,
        Some(marked) => marked,
        None => (utf16_without_mark(head)?, 0),
    };
    let (text, _) = encoding.decode_without_bom_handling(&head[len..head.len() & !1]);
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace() || *c == '\u{FFFD}').count();
    (odd * 20 <= text.chars().count()).then(|| (encoding, text.into_owned()))
}

/// UTF-16 shows itself by the bytes in every other place: zeros in Latin text, else zeros (spaces, line ends) and the one byte that all
/// letters of a script share.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 4 {
        return None;
    }
    let half = head.len() / 2;
    let counts = |offset: usize| {
        let mut counts = [0usize; 256];
        head.iter().skip(offset).step_by(2).for_each(|b| counts[usize::from(*b)] += 1);
        (counts[0], counts[1..].iter().copied().max().unwrap_or(0))
    };
    let (even, odd) = (counts(0), counts(1));
    let is_high = |(zeros, most): (usize, usize)| zeros * 10 > half * 6 || zeros * 20 >= half && (zeros + most) * 10 >= half * 8;
    let is_low = |(zeros, _): (usize, usize)| zeros * 10 < half;
    if is_high(odd) && is_low(even) {
        Some(UTF_16LE)
    } else if is_high(even) && is_low(odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Text that is UTF-8 but for at most one sequence in twenty; the odd bytes are read as windows-1252, which they usually are.
fn nearly_utf8(bytes: &[u8]) -> Option<Decoded> {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len().min(1);
    }
    // A file cut off inside a character has one bad sequence, however few good ones.
    let cut_off = bad == 1 && good > 0 && bytes.utf8_chunks().last().is_some_and(|c| !c.invalid().is_empty());
    if bad * 20 > good && !cut_off {
        return None;
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            [one] if *one >= 0x82 => text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*one]).0),
            _ => text.push('\u{FFFD}'),
        }
    }
    Some(Decoded { text, encoding: UTF_8.name(), had_errors: true })
}

/// The encoding the label outside or inside the file names.
fn label(bytes: &[u8], declared: Option<&str>) -> Option<&'static Encoding> {
    let usable = |e: &'static Encoding| Some(e).filter(|e| *e != UTF_16LE && *e != UTF_16BE);
    if let Some(e) = declared.and_then(|l| Encoding::for_label(l.trim().trim_matches(['"', '\'']).as_bytes())).and_then(usable) {
        return Some(e);
    }
    let head = &bytes[..bytes.len().min(SNIFF)];
    for key in [&b"charset"[..], b"encoding", b"CHARSET"] {
        for at in memchr::memmem::find_iter(head, key) {
            if let Some(e) = label_after(&head[at + key.len()..]).and_then(usable) {
                return Some(e);
            }
        }
    }
    None
}

/// The encoding named in `="windows-1251"`.
fn label_after(text: &[u8]) -> Option<&'static Encoding> {
    let text = text.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let text = text.strip_prefix(b"\"").or_else(|| text.strip_prefix(b"'")).unwrap_or(text);
    let len = text.iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b)).count();
    Encoding::for_label(&text[..len])
}

/// What the statistics say of the lines that are not ASCII.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let mut fed = 0;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if line.iter().any(|b| *b >= 0x80 || *b == 0x1B) {
            let line = &line[..line.len().min(SNIFF - fed)];
            detector.feed(line, false);
            fed += line.len();
            if fed >= SNIFF {
                break;
            }
        }
    }
    detector.feed(&[], true);
    detector.guess(None, Utf8Detection::Deny)
}

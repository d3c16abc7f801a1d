//! The parts of a message and their encodings: MIME (RFC 2045 to 2047), as tolerant as mail is.

use super::parameters::parameter;
use super::signed;
use crate::ingest::text::decode;
use std::borrow::Cow;

/// How deep parts may lie in parts.
const DEEPEST: usize = 8;
/// How many parts of a message are looked at.
const PARTS: usize = 100_000;

/// What may still be read of a message.
struct Left {
    parts: usize,
    /// What was not read.
    passed_over: Option<String>,
}

impl Left {
    fn too_deep(&mut self) {
        self.passed_over = Some(format!("what lies in more than {DEEPEST} parts of a message, one in the other, is not read"));
    }
}

/// What is in a part that does not say it (RFC 2046).
const USUAL: &str = "text/plain";

/// A file that was sent along: its name, its media type, its bytes.
pub(super) type Attached = (String, String, Vec<u8>);

/// A message or a part of one.
pub(super) struct Part<'a> {
    /// Its media type where it gives none.
    usual: &'static str,
    headers: Vec<(String, String)>,
    body: Cow<'a, [u8]>,
    parts: Vec<Part<'a>>,
}

impl<'a> Part<'a> {
    /// Reads a message; and what of it is not read, if it has too many parts or they lie too deep.
    pub(super) fn read(bytes: &'a [u8]) -> (Part<'a>, Option<String>) {
        let mut left = Left { parts: PARTS, passed_over: None };
        let part = Part::nested(bytes, USUAL, DEEPEST, &mut left);
        (part, left.passed_over)
    }

    fn nested(bytes: &'a [u8], usual: &'static str, depth: usize, left: &mut Left) -> Part<'a> {
        let (headers, body) = split(bytes);
        let mut part = Part { usual, headers, body: Cow::Borrowed(body), parts: Vec::new() };
        if let Some(inside) = part.signed() {
            return part.opened(&inside, depth, left);
        }
        let boundary = part.parameter("content-type", "boundary").filter(|b| !b.is_empty() && part.kind().starts_with("multipart/"));
        let Some(boundary) = boundary else { return part };
        if depth == 0 {
            left.too_deep();
            return part;
        }
        let usual = if part.kind() == "multipart/digest" { "message/rfc822" } else { USUAL };
        for piece in pieces(body, &format!("--{boundary}")) {
            if left.parts == 0 {
                left.passed_over = Some(format!("of the parts of a message, the first {PARTS} are read"));
                break;
            }
            left.parts -= 1;
            part.parts.push(Part::nested(piece, usual, depth - 1, left));
        }
        part
    }

    /// The value of a header, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The media type, lower case.
    fn kind(&self) -> String {
        // Behind it may stand parameters, and a remark in parentheses; before MIME was settled, `text` alone was said.
        let value = self.header("content-type").and_then(|value| value.split([';', '(']).next()).map_or(self.usual, str::trim);
        if value.contains('/') { value.to_ascii_lowercase() } else { USUAL.to_owned() }
    }

    fn parameter(&self, header: &str, name: &str) -> Option<String> {
        parameter(self.header(header)?, name)
    }

    /// What lies inside the S/MIME signature that this part is.
    fn signed(&self) -> Option<Vec<u8>> {
        let is_sealed = matches!(self.kind().as_str(), "application/pkcs7-mime" | "application/x-pkcs7-mime");
        if is_sealed { signed::message(&self.bytes()) } else { None }
    }

    /// The part with what lies inside its signature in place of that.
    fn opened(self, inside: &[u8], depth: usize, left: &mut Left) -> Part<'a> {
        if depth == 0 {
            left.too_deep();
            return self;
        }
        let inner = Part::nested(inside, USUAL, depth - 1, left).into_owned();
        let own = self.headers.into_iter().filter(|(name, _)| !name.starts_with("content-"));
        Part { headers: own.chain(inner.headers).collect(), ..inner }
    }

    /// The part without what it was read from; of one that has parts, they are all that is asked for.
    fn into_owned(self) -> Part<'static> {
        let body = if self.parts.is_empty() { self.body.into_owned() } else { Vec::new() };
        let parts = self.parts.into_iter().map(Part::into_owned).collect();
        Part { usual: self.usual, headers: self.headers, body: Cow::Owned(body), parts }
    }

    /// Why what matters cannot be read, if it lies in an envelope of S/MIME or PGP.
    pub(super) fn sealed(&self) -> Option<&'static str> {
        match self.kind().as_str() {
            "multipart/encrypted" => Some("the message is encrypted"),
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
                let signed = self.parameter("content-type", "smime-type").is_some_and(|kind| kind.eq_ignore_ascii_case("signed-data"));
                Some(if signed { "the message lies inside its S/MIME signature, which cannot be read" } else { "the message is encrypted" })
            }
            _ => self.parts.iter().find_map(Part::sealed),
        }
    }

    /// Files that were sent along, and messages sent on: a name for each, its kind, and its bytes.
    pub(super) fn attached(&self) -> Vec<Attached> {
        if !self.parts.is_empty() {
            return self.parts.iter().flat_map(Part::attached).collect();
        }
        let kind = self.kind();
        let named = self.parameter("content-disposition", "filename").or_else(|| self.parameter("content-type", "name"));
        let named = named.map(|n| words(&n).replace(['/', '\\', '\0'], "_")).filter(|n| !n.trim().is_empty());
        let message = kind == "message/rfc822";
        if !message && named.is_none() && !self.is_attachment() {
            return Vec::new();
        }
        vec![(named.unwrap_or_else(|| if message { "message.eml".into() } else { "attachment".into() }), kind, self.bytes())]
    }

    fn is_attachment(&self) -> bool {
        self.header("content-disposition").is_some_and(|d| d.trim_start().to_ascii_lowercase().starts_with("attachment"))
    }

    /// The body, without its transfer encoding.
    fn bytes(&self) -> Vec<u8> {
        match self.header("content-transfer-encoding").unwrap_or("").trim().to_ascii_lowercase().as_str() {
            "base64" => base64(&self.body),
            "quoted-printable" => quoted_printable(&self.body, false),
            _ => self.body.to_vec(),
        }
    }

    /// The decoded texts of the parts of a kind that are no attachments, one after another.
    pub(super) fn texts(&self, kind: &str) -> Option<String> {
        if !self.parts.is_empty() {
            let texts: Vec<String> = self.parts.iter().filter_map(|p| p.texts(kind)).collect();
            return (!texts.is_empty()).then(|| texts.join("\n\n"));
        }
        if self.kind() != kind || self.is_attachment() {
            return None;
        }
        let text = decode(&self.bytes(), self.parameter("content-type", "charset").as_deref()).text;
        let says = |name: &str, value: &str| self.parameter("content-type", name).is_some_and(|v| v.eq_ignore_ascii_case(value));
        Some(if says("format", "flowed") { unflowed(&text, says("delsp", "yes")) } else { text })
    }
}

/// A text whose paragraphs were broken so that readers can join them again (RFC 3676): a line that ends with a space goes on in the next one
/// of the same depth of quotation.
fn unflowed(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The depth of a line that goes on.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let words = line[depth..].strip_prefix(' ').unwrap_or(&line[depth..]);
        let is_signature = words == "-- ";
        if open != Some(depth) || is_signature {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&">".repeat(depth));
            if depth > 0 && !words.is_empty() {
                out.push(' ');
            }
        }
        let flows = words.ends_with(' ') && !is_signature;
        out.push_str(if flows && delete_space { &words[..words.len() - 1] } else { words });
        // A paragraph of its own for each that was flowed.
        if open == Some(depth) && !flows {
            out.push('\n');
        }
        open = flows.then_some(depth);
    }
    out
}

/// Headers (names in lower case, values unfolded) and what follows the first empty line.
pub(super) fn split(bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, behind) = rest.split_at(end);
        let text = decode(line.trim_ascii_end(), None).text;
        if text.is_empty() {
            return (headers, behind);
        }
        match (text.starts_with([' ', '\t']), headers.last_mut(), text.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(text.trim());
            }
            (false, _, Some((name, value))) if !name.contains(' ') => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
            // No header: the body begins without an empty line.
            _ => return (headers, rest),
        }
        rest = behind;
    }
    (headers, &[])
}

/// The value of a header, by its name in lower case.
pub(super) fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// What stands between lines that are `mark`; the mark of parts in these parts may begin with it.
fn pieces<'a>(body: &'a [u8], mark: &str) -> Vec<&'a [u8]> {
    let mark = mark.as_bytes();
    let is_line = |at: &usize| {
        let behind = &body[at + mark.len()..];
        let rest = behind[..memchr::memchr(b'\n', behind).unwrap_or(behind.len())].trim_ascii_end();
        (*at == 0 || body.get(at - 1) == Some(&b'\n')) && (rest.is_empty() || rest.starts_with(b"--"))
    };
    let marks: Vec<usize> = memchr::memmem::find_iter(body, mark).filter(is_line).collect();
    let mut pieces = Vec::new();
    for (number, at) in marks.iter().enumerate() {
        let behind = &body[at + mark.len()..];
        if behind.starts_with(b"--") {
            break;
        }
        let start = at + mark.len() + memchr::memchr(b'\n', behind).map_or(behind.len(), |n| n + 1);
        let end = marks.get(number + 1).copied().unwrap_or(body.len());
        pieces.push(body.get(start..end).unwrap_or(&[]));
    }
    pieces
}

/// Base 64, whatever else stands between its letters passed over.
fn base64(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u32);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            // What stands behind is none of it: some lists of receivers add a note there.
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

/// Quoted-printable; in headers `_` is a space.
fn quoted_printable(text: &[u8], in_header: bool) -> Vec<u8> {
    let hex = |b: &u8| char::from(*b).to_digit(16).map(|d| d as u8);
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match (byte, behind) {
            (b'=', [b'\r' | b'\n' | b' ' | b'\t', ..]) => match behind.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r')) {
                // Spaces at the end of a line were put there on the way.
                Some(end) if behind[end] == b'\n' => rest = &behind[end + 1..],
                Some(_) => out.push(b'='),
                None => rest = &[],
            },
            (b'=', [a, b, after @ ..]) => match (hex(a), hex(b)) {
                (Some(a), Some(b)) => {
                    out.push(a << 4 | b);
                    rest = after;
                }
                _ => out.push(b'='),
            },
            (b'_', _) if in_header => out.push(b' '),
            _ => out.push(*byte),
        }
    }
    out
}

/// A header with its encoded words (`=?utf-8?Q?Caf=C3=A9?=`) read.
pub(super) fn words(value: &str) -> String {
    let mut out = String::new();
    // Behind the last end there is nothing to look for an end of.
    let (mut rest, plain) = value.split_at(value.rfind("?=").map_or(0, |at| at + 2));
    while let Some(at) = rest.find("=?") {
        let Some((word, behind)) = encoded_word(&rest[at..]) else {
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        // White space between two encoded words belongs to neither.
        if out.is_empty() || !rest[..at].trim().is_empty() {
            out.push_str(&rest[..at]);
        }
        out.push_str(&word);
        rest = behind;
    }
    out.push_str(rest);
    out.push_str(plain);
    out
}

fn encoded_word(text: &str) -> Option<(String, &str)> {
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let is_base64 = ["Q", "B"].iter().position(|known| known.eq_ignore_ascii_case(encoding))? == 1;
    let (content, behind) = rest.split_once("?=")?;
    let bytes = if is_base64 { base64(content.as_bytes()) } else { quoted_printable(content.as_bytes(), true) };
    // A charset may be followed by a language: `utf-8*en`.
    Some((decode(&bytes, charset.split('*').next()).text, behind))
}

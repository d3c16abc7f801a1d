//! What does `&name;` stand for?
//!
//! Only the five names of XML, the names of HTML 4 and numbers are known. Names a document declares itself are left as they
//! stand, which is what makes entity bombs and references to outside files harmless.

use std::borrow::Cow;

/// Names and code points, one a line, sorted by name.
const TABLE: &str = include_str!("entities.txt");

/// The character a reference (`amp`, `#8217`, `#x2019`; without `&` and `;`) stands for.
pub fn resolve(reference: &str) -> Option<char> {
    match reference.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(windows(code))
        }
        None => TABLE.lines().find_map(|line| {
            let code = line.strip_prefix(reference)?.strip_prefix(' ')?;
            char::from_u32(code.parse().ok()?)
        }),
    }
}

/// References to 128–159 were written by people who meant windows-1252, as HTML says (13.2.5.80).
fn windows(code: u32) -> u32 {
    let byte = [u8::try_from(code).unwrap_or(0)];
    match code {
        0x80..=0x9F => encoding_rs::WINDOWS_1252.decode(&byte).0.chars().next().map_or(code, u32::from),
        _ => code,
    }
}

/// `text` with its references replaced, as in values of attributes; unknown ones stay as they stand.
pub fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let (before, mut rest) = text.split_at(first);
    out.push_str(before);
    while let Some(after) = rest.strip_prefix('&') {
        let known = after.char_indices().take(12).find(|(_, c)| *c == ';').and_then(|(end, _)| Some((resolve(&after[..end])?, &after[end + 1..])));
        let tail = match known {
            Some((c, tail)) => {
                out.push(c);
                tail
            }
            None => {
                out.push('&');
                after
            }
        };
        let next = tail.find('&').unwrap_or(tail.len());
        out.push_str(&tail[..next]);
        rest = &tail[next..];
    }
    Cow::Owned(out)
}

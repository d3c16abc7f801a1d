//! UTF-8 once read as windows-1252: `â€™` for `’`, `Ã©` for `é`; or as ISO 8859-1, whose control characters stand in between.

use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// `text` with such sequences put right.
///
/// A run of characters beyond ASCII is replaced only when its windows-1252 bytes are valid UTF-8 as a whole, which true
/// text practically never is. Text that went wrong twice is repaired twice.
pub fn repair_mojibake(text: &str) -> Cow<'_, str> {
    if !is_suspicious(text) {
        return Cow::Borrowed(text);
    }
    let once = repair_once(text);
    if is_suspicious(&once) && once != text { Cow::Owned(repair_once(&once)) } else { Cow::Owned(once) }
}

/// Whether `Ã`, `Â`, `â€`, `â‚`, `ï»`, or `â` before a control character occurs; all begin with the same byte.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xC3, bytes).any(|at| match bytes.get(at + 1) {
        Some(0x82 | 0x83) => true,
        Some(0xA2) => bytes.get(at + 2) == Some(&0xE2) || matches!(bytes.get(at + 2..at + 4), Some([0xC2, 0x80..=0x9F])),
        Some(0xAF) => bytes.get(at + 2..at + 4) == Some("»".as_bytes()),
        _ => false,
    })
}

fn repair_once(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        out.push_str(&repaired_run(&rest[..end]));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn repaired_run(run: &str) -> Cow<'_, str> {
    // The third byte of a closing quotation mark has no character in windows-1252 and is often lost.
    if run == "â€" {
        return Cow::Borrowed("”");
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(run);
    let bytes = if unmappable { latin1(run) } else { Some(bytes.into_owned()) };
    let text = bytes.filter(|bytes| bytes.len() >= 2).and_then(|bytes| String::from_utf8(bytes).ok());
    text.map_or(Cow::Borrowed(run), Cow::Owned)
}

/// The bytes of a run in ISO 8859-1, control characters and all.
fn latin1(run: &str) -> Option<Vec<u8>> {
    run.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

//! What `&eacute;`, `&#233;` and `&#xE9;` stand for.

use std::borrow::Cow;
use std::sync::LazyLock;

static NAMED: LazyLock<Vec<(&'static str, char)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (name, code) = line.split_once(' ')?;
        Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    };
    include_str!("entities.txt").lines().filter(|l| !l.starts_with('#')).filter_map(row).collect()
});

/// The character a reference stands for; `name` is what lies between `&` and `;`: `eacute`, `#233`, `#xE9`.
///
/// Numbers 128 to 159 are read as windows-1252, as browsers do. Unknown names and impossible numbers are `None`.
pub fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.binary_search_by(|(n, _)| (*n).cmp(name)).ok().map(|at| NAMED[at].1);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if (0x80..0xA0).contains(&code) {
        let byte = [code as u8];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
        return text.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0')
}

/// `text` with character references replaced; what is no known reference stays as it is. References are read once:
/// `&amp;lt;` is `&lt;`.
pub fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((c, len)) => {
                out.push(c);
                rest = &rest[len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The reference `text` begins with, and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    let name = &text[1..];
    let len = name.bytes().take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let closed = name.as_bytes().get(len) == Some(&b';');
    let c = entity(&name[..len])?;
    // Without the semicolon only numbers are taken: `AT&Tcopy` must not lose letters.
    if closed {
        Some((c, len + 2))
    } else if name.starts_with('#') {
        Some((c, len + 1))
    } else {
        None
    }
}

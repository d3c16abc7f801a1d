//! Text as files hold it: what characters its bytes mean, where its paragraphs are, and what does not belong to it.
//!
//! [`decode`] turns bytes into characters. [`paragraphs`] gives any text the form bodies have in this house: composed
//! characters (NFC), no control characters, plain spaces, paragraphs separated by exactly one blank line. [`html_to_text`]
//! does the same for a fragment of HTML. [`strip_leftovers`] takes off what scrapers leave around an article.

mod charset;
mod entities;
mod leftovers;
mod markup;
mod mojibake;
mod paragraphs;
#[cfg(test)]
mod tests;

pub(in crate::ingest) use charset::utf16;
pub use charset::{Decoded, decode};
pub use entities::{decode_entities, entity};
pub use leftovers::strip_leftovers;
pub(in crate::ingest) use leftovers::{is_leftover, letters};
pub use markup::html_to_text;
pub use mojibake::repair_mojibake;
pub use paragraphs::{joined_lines, paragraphs};

/// The words in `text`: runs without white space that hold a letter or digit; each Chinese or Japanese character is one.
pub fn word_count(text: &str) -> u32 {
    let (mut count, mut inside, mut at) = (0u32, false, 0);
    while let Some(rest) = text.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(eight) = rest.first_chunk().map(|eight| u64::from_le_bytes(*eight)).filter(|eight| eight & (EACH * 0x80) == 0) {
            let (ends, goes_on) = word_ends(eight, inside);
            // Counted is where a word begins.
            count = count + ends + u32::from(goes_on) - u32::from(inside);
            inside = goes_on;
            at += 8;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if matches!(c, '\u{2010}'..='\u{2027}') {
            // Dashes and quotation marks: most characters beyond ASCII.
        } else if is_ideograph(c) {
            count += 1;
            inside = true;
        } else if c.is_whitespace() {
            inside = false;
        } else if c.is_alphanumeric() && !inside {
            count += 1;
            inside = true;
        }
    }
    count
}

/// Eight bytes that are one each.
const EACH: u64 = 0x0101_0101_0101_0101;

/// How many words end in eight ASCII characters, and whether one goes on behind them; `inside` tells whether one goes on before them.
fn word_ends(eight: u64, inside: bool) -> (u32, bool) {
    // The highest bit of each byte tells: `from` of a byte is that it is `least` or more.
    let from = |bytes: u64, least: u8| bytes + EACH * u64::from(0x80 - least);
    let between = |bytes: u64, first: u8, last: u8| from(bytes, first) & !from(bytes, last + 1);
    let small = eight | (EACH * 0x20);
    let letter = (between(small, b'a', b'z') | between(eight, b'0', b'9')) >> 7 & EACH;
    let white = (between(eight, b'\t', b'\r') | between(eight, b' ', b' ')) >> 7 & EACH;
    // A letter added to a run of ones makes it carry into the white space behind it.
    let runs = (EACH ^ white) * 0xff;
    let (sum, over) = runs.overflowing_add(letter);
    let (sum, over_inside) = sum.overflowing_add(u64::from(inside));
    (((sum & white).wrapping_mul(EACH) >> 56) as u32, over | over_inside)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

/// `text` on one line: NFC, control characters removed, white space collapsed. For titles, names and other short values.
///
/// # Example
///
/// ```
/// assert_eq!(morgue::ingest::text::one_line("  Mayor\u{a0}resigns\n after vote "), "Mayor resigns after vote");
/// ```
pub fn one_line(text: &str) -> String {
    crate::words::one_line(&paragraphs::clean(text))
}

/// [`one_line`] of a value that may hold HTML: tags are dropped and entities decoded.
pub fn one_line_of_html(html: &str) -> String {
    if html.contains(['<', '&']) { one_line(&html_to_text(html)) } else { one_line(html) }
}

/// The bytes that `caf%C3%A9` stands for, as addresses and parameters of mail have them.
pub(in crate::ingest) fn percent_decoded(text: &str) -> Vec<u8> {
    let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let (bytes, mut at, mut out) = (text.as_bytes(), 0, Vec::new());
    while let Some(byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(a), Some(b)) => {
                out.push((a << 4 | b) as u8);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

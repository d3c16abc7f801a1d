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

pub use charset::{Decoded, decode};
pub use entities::{decode_entities, entity};
pub use leftovers::strip_leftovers;
pub(in crate::ingest) use leftovers::{is_leftover, letters};
pub use markup::html_to_text;
pub use mojibake::repair_mojibake;
pub use paragraphs::{joined_lines, paragraphs};

/// Of each ASCII character, whether it is a letter or digit, and whether it is white space.
static ASCII: [[bool; 2]; 128] = {
    let mut table = [[false; 2]; 128];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = [byte.is_ascii_alphanumeric(), matches!(byte, b' ' | b'\t'..=b'\r')];
        byte += 1;
    }
    table
};

/// The words in `text`: runs without white space that hold a letter or digit; each Chinese or Japanese character is one.
pub fn word_count(text: &str) -> u32 {
    let (mut count, mut inside, mut at) = (0u32, false, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        if byte.is_ascii() {
            // Branch-free for the common case.
            let [starts, ends] = ASCII[usize::from(*byte & 127)];
            let starts = starts & !inside;
            count += u32::from(starts);
            inside = (inside | starts) & !ends;
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        if is_ideograph(c) {
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
    let clean = paragraphs::clean(text);
    let mut line = String::with_capacity(clean.len());
    for word in clean.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// [`one_line`] of a value that may hold HTML: tags are dropped and entities decoded.
pub fn one_line_of_html(html: &str) -> String {
    if html.contains(['<', '&']) { one_line(&html_to_text(html)) } else { one_line(html) }
}

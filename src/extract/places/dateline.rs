//! Does a name stand in the place line at the head of a story? `KYIV, Aug 18 (Reuters) -`

use super::scan::Found;
use crate::extract::page::{Page, Shape};

/// From this paragraph on only names in capitals stand in one.
const LATEST: usize = 4;

/// Whether the stretch opens a paragraph, or in capitals a sentence, as agencies do: `KYIV, Aug 18 (Reuters) -`.
pub fn in_dateline(page: &Page<'_>, found: &Found) -> bool {
    // The first letters tell of most names that they are not in capitals, and where paragraphs begin that they are in none of the first.
    let text = &page.body[found.bytes.clone()];
    let small = text.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase);
    let shouted = !small && found.bytes.len() > 3 && !text.contains(char::is_lowercase);
    let later = page.paragraphs.get(LATEST).is_some_and(|p| p.start <= found.tokens.start);
    if later && !shouted {
        return false;
    }
    let paragraph = page.paragraph_of(found.tokens.start);
    let Some(tokens) = page.paragraphs.get(paragraph) else { return false };
    let opens = found.tokens.start == 0
        || page.tokens[found.tokens.start - 1].shape == Shape::Number
        || matches!(page.text(found.tokens.start - 1), "." | "”" | "\"" | "?" | ")" | "]" | "!");
    let start = if shouted && opens { found.tokens.start } else { tokens.start };
    if start == tokens.start && paragraph >= LATEST || found.tokens.start > start + 6 {
        return false;
    }
    let stop = (start + 16).min(tokens.end);
    let mut dash = None;
    for i in found.tokens.end..stop {
        match page.text(i) {
            "-" | "–" | "—" | "--" | "―" => {
                dash = Some(i);
                break;
            }
            "." | "?" | "!" | ";" | "\"" | "“" | "said" | "has" | "have" | "is" | "was" | "the" => break,
            _ => {}
        }
    }
    let Some(dash) = dash else { return false };
    // `Ito -- who has left the party -- said`
    let goes_on = !shouted && page.tokens.get(dash + 1).is_some_and(|t| t.shape == Shape::Lower);
    if goes_on {
        return false;
    }
    let open = page.tokens[dash].start > page.tokens[dash - 1].end || matches!(page.text(dash), "—" | "--") || page.text(dash - 1) == ")";
    let lower = (start..dash).filter(|i| page.tokens[*i].shape == Shape::Lower).count();
    open && lower <= 1
}

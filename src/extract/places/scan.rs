//! Where in a page stands something the gazetteer knows: the longest name at every word written as one.

use super::gazetteer::{Gazetteer, Kind, Posting};
use super::key::{self, fold_char, is_apostrophe};
use crate::extract::page::{Page, Shape};
use std::ops::Range;

/// A stretch of text that may name a place.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its bytes, without a possessive.
    pub bytes: Range<usize>,
    /// Where its meanings are in the gazetteer; equal for equal keys.
    pub offset: u64,
    /// What it may mean.
    pub senses: Vec<Posting>,
}

/// Words that may stand in lower case inside a name.
const SMALL: &str = include_str!("words/small.txt");

/// Everything the gazetteer knows, in order and without overlaps.
pub fn scan(page: &Page<'_>, gazetteer: &Gazetteer) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut free = 0;
    for (at, token) in page.tokens.iter().enumerate() {
        if !matches!(token.shape, Shape::Capital | Shape::Upper) {
            continue;
        }
        for start in starts(page, at) {
            if start < free {
                continue;
            }
            let whole = start == token.start as usize;
            let short = if whole { abbreviation(page, gazetteer, at, &all) } else { None };
            let Some((end, last_byte, offset)) = short.or_else(|| longest(page, gazetteer, at, start)) else { continue };
            let senses = gazetteer.postings_at(offset).collect();
            all.push(Found { tokens: at..end, bytes: start..last_byte, offset, senses });
            free = last_byte;
        }
    }
    all
}

/// Where a name may begin in token `at`: at its start, and at capitals behind a hyphen or slash (`Athens-Clarke`).
fn starts<'a>(page: &'a Page<'_>, at: usize) -> impl Iterator<Item = usize> + 'a {
    let first = page.tokens[at].start as usize;
    let text = page.text(at);
    let inner = text.match_indices(['-', '/', '–']).map(|(i, mark)| i + mark.len());
    std::iter::once(first).chain(inner.filter(|i| text[*i..].starts_with(char::is_uppercase)).map(move |i| first + i))
}

/// An abbreviation as printed: `U.S.`, `Ill.`, `UAE`; two letters of a state only after a place and a comma.
fn abbreviation(page: &Page<'_>, gazetteer: &Gazetteer, at: usize, before: &[Found]) -> Option<(usize, usize, u64)> {
    let text = page.text(at);
    let token = page.tokens[at];
    if text.len() > 9 || !(token.shape == Shape::Upper || text.ends_with('.')) {
        return None;
    }
    let mut exact = [0u8; 12];
    exact[0] = b'=';
    exact[1..=text.len()].copy_from_slice(text.as_bytes());
    if let Some(offset) = gazetteer.offset_of(&exact[..=text.len()]) {
        return Some((at + 1, token.end as usize, offset));
    }
    if text.len() == 2 && at >= 2 && page.text(at - 1) == "," && before.last().is_some_and(|f| f.tokens.end == at - 1) {
        let offset = gazetteer.offset_of(format!("=,{text}").as_bytes())?;
        return Some((at + 1, token.end as usize, offset));
    }
    None
}

/// The longest name that begins with token `at` and ends with a token: its end (token and byte) and its postings.
fn longest(page: &Page<'_>, gazetteer: &Gazetteer, at: usize, start: usize) -> Option<(usize, usize, u64)> {
    let text = page.body.get(start..)?;
    if !text.starts_with(char::is_uppercase) && !text.starts_with(is_apostrophe) {
        return None;
    }
    let map = &gazetteer.map;
    let (mut node, mut out) = (map.root(), fst::raw::Output::zero());
    let (mut best, mut folded, mut gap, mut token) = (None, Vec::with_capacity(8), false, at);
    let mut bytes = text.char_indices().peekable();
    while let Some((i, c)) = bytes.next() {
        folded.clear();
        if c.is_alphanumeric() {
            if gap {
                folded.push(b' ');
                gap = false;
            }
            fold_char(c, &mut folded);
        } else if matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{2011}') || c == '\n' && !text[i + 1..].starts_with('\n') {
            gap = true;
        } else if c == '&' {
            gap = true;
        } else if !is_apostrophe(c) {
            break;
        }
        for byte in &folded {
            let transition = match node.find_input(*byte) {
                Some(i) => node.transition(i),
                None => return best,
            };
            out = out.cat(transition.out);
            node = map.node(transition.addr);
        }
        let end = i + c.len_utf8();
        let closes = bytes.peek().is_none_or(|(_, next)| !next.is_alphanumeric());
        if c.is_alphanumeric() && closes && node.is_final() {
            while token < page.tokens.len() && (page.tokens[token].end as usize) < start + end {
                token += 1;
            }
            if ends_here(page, token, start + end) && written_as_name(page, at, token) {
                best = Some((token + 1, start + end, out.cat(node.final_output()).value()));
            }
        }
        if end > key::LONGEST * 2 {
            break;
        }
    }
    best
}

/// Whether the name ends with token `token`, but for a full stop that belongs to an abbreviation or a possessive.
fn ends_here(page: &Page<'_>, token: usize, end: usize) -> bool {
    let Some(t) = page.tokens.get(token) else { return false };
    let rest = page.body.get(end..t.end as usize).unwrap_or("x");
    rest.is_empty() || rest == "." || rest.starts_with(['-', '/', '–']) || (rest.len() <= 5 && rest.starts_with(is_apostrophe))
}

/// Whether all words are capitalised, but for small ones (`of`, `upon`, `region`).
fn written_as_name(page: &Page<'_>, first: usize, last: usize) -> bool {
    (first..=last).all(|i| match page.tokens[i].shape {
        Shape::Lower => small(page.text(i)),
        _ => true,
    })
}

fn small(word: &str) -> bool {
    SMALL.split_whitespace().any(|w| w == word)
}

/// Whether a name in capital letters only can be trusted to be a place: `IRAN` can, `ACT` cannot.
pub fn shouted_acronym(page: &Page<'_>, gazetteer: &Gazetteer, found: &Found) -> bool {
    let text = page.slice(found.tokens.clone());
    let short = found.tokens.len() == 1 && text.len() <= 4 && page.tokens[found.tokens.start].shape == Shape::Upper;
    let known = gazetteer.offset_of(format!("={text}").as_bytes()).is_some();
    short && !known && !found.senses.iter().any(|s| gazetteer.kind(s.place) == Kind::Country)
}

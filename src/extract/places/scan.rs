//! Where in a page stands something the gazetteer knows: the longest name at every word written as one.

use super::gazetteer::{Gazetteer, Kind, NONE, PlaceId, Posting};
use super::key::{self, is_apostrophe};
use super::parties;
use super::saints;
use super::walk::{Met, WALKED, Walk, Walked, begin};
use crate::extract::names::hash;
use crate::extract::page::{Page, Shape, WordSet};
use std::ops::Range;
use std::sync::OnceLock;

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
    /// The words right beside it leave no doubt: `R-Ala.`
    pub sure: bool,
}

/// Words that may stand in lower case inside a name.
const SMALL: &str = include_str!("words/small.txt");

/// Everything the gazetteer knows, in order and without overlaps.
pub fn scan(page: &Page<'_>, gazetteer: &Gazetteer) -> Vec<Found> {
    WALKED.with_borrow_mut(|walked| scan_with(page, gazetteer, walked))
}

fn scan_with(page: &Page<'_>, gazetteer: &Gazetteer, walked: &mut Walked) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::with_capacity(page.tokens.len() / 24);
    let mut free = 0;
    for (at, token) in page.tokens.iter().enumerate() {
        if !token.shape.is_capital() {
            continue;
        }
        let met = walked.met(page.hash(at));
        // Only words of letters are noted: no name begins inside of them either.
        if matches!(met, Some(Met::Nowhere)) && is_apart(page, token.start as usize) {
            continue;
        }
        let mut begin = |start: usize, plain: bool| {
            if start >= free
                && let Some((last_byte, found)) = begins(page, gazetteer, walked, (at, start), plain, &all)
            {
                free = last_byte;
                all.extend(found);
            }
        };
        let plain = met.is_some() || is_plain(page.text(at));
        begin(token.start as usize, plain);
        if !plain {
            inner_starts(page, at).for_each(|start| begin(start, is_plain(&page.body[start..token.end as usize])));
        }
    }
    counties(page, gazetteer, &mut all);
    saints::settle(page, gazetteer, &mut all);
    all
}

/// Whether there is nothing but ASCII letters.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Whether a word that begins at a byte stands behind a space or a line's end, as most do.
fn is_apart(page: &Page<'_>, start: usize) -> bool {
    start.checked_sub(1).is_none_or(|i| matches!(page.body.as_bytes()[i], b' ' | b'\n'))
}

/// The name that begins in a token at a byte, behind those in `before`: where it ends, and what it is if it may be a place; `plain` tells
/// whether the rest of the token is letters alone.
fn begins(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    walked: &mut Walked,
    (at, start): (usize, usize),
    plain: bool,
    before: &[Found],
) -> Option<(usize, Option<Found>)> {
    if !is_apart(page, start) {
        // `@Gillette` is an account.
        if page.body.as_bytes()[start - 1] == b'@' {
            return None;
        }
        if let Some(found) = parties::state_of(page, gazetteer, at, start) {
            return Some((found.bytes.end, Some(found)));
        }
    }
    let text = &page.body[start..page.tokens[at].end as usize];
    let word = if start == page.tokens[at].start as usize { page.hash(at) } else { hash(text) };
    // Two letters may still be a state, behind a place, even before a hyphen.
    let word = Some(word).filter(|_| plain && text.len() > 2);
    if word.is_some_and(|word| matches!(walked.met(word), Some(Met::Nowhere))) {
        return None;
    }
    let found = abbreviation(page, gazetteer, walked, (at, start), word.is_some(), before);
    let (end, last_byte, offset) = found.or_else(|| longest(page, gazetteer, walked, (at, start), word))?;
    // `The Rock Hill`: of a longer name behind the article.
    if text == "The" && longest(page, gazetteer, walked, (at + 1, page.tokens[at].end as usize + 1), None).is_some_and(|f| f.0 > end) {
        return None;
    }
    let senses: Vec<Posting> = gazetteer.postings_at(offset).collect();
    let none = senses.iter().any(|s| s.place == NONE);
    Some((last_byte, (!none).then_some(Found { tokens: at..end, bytes: start..last_byte, offset, senses, sure: false })))
}

/// Where a name may begin inside token `at`: at capitals behind a hyphen or slash (`Athens-Clarke`).
fn inner_starts<'a>(page: &'a Page<'_>, at: usize) -> impl Iterator<Item = usize> + 'a {
    let first = page.tokens[at].start as usize;
    let text = page.text(at);
    let inner = text.match_indices(['-', '/', '–']).map(|(i, mark)| i + mark.len());
    inner.filter(|i| text[*i..].starts_with(char::is_uppercase)).map(move |i| first + i)
}

/// An abbreviation as printed, from byte `start` of token `at`: `U.S.`, `Ill.`, `UAE`; two letters of a state only after a place and a comma.
/// `plain` tells of text that has no mark in it.
fn abbreviation(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    walked: &mut Walked,
    (at, start): (usize, usize),
    plain: bool,
    before: &[Found],
) -> Option<(usize, usize, u64)> {
    let token = page.tokens[at];
    let text = page.body.get(start..token.end as usize)?;
    let cut = if plain { None } else { text.find(['-', '/', '–']).filter(|i| *i >= 2) };
    let text = cut.map_or(text, |i| &text[..i]);
    // `UK-bashing`, `China-US`: a part in capitals of a token that is not.
    let shouted = text.len() < (token.end - token.start) as usize && text.bytes().all(|b| b.is_ascii_uppercase());
    if text.len() < 6
        && let Some(stop) = cut_short(page, at)
        && let Some(offset) = gazetteer.offset_of(format!("={text}.").as_bytes())
    {
        return Some((at + 1 + stop, token.end as usize + stop, offset));
    }
    if text.len() > 9 || !(token.shape == Shape::Upper || shouted || !plain && text.contains('.')) {
        return None;
    }
    if let Some(offset) = walked.printed(gazetteer, hash(text), text) {
        return Some((at + 1, start + text.len(), offset));
    }
    if text.len() == 2 && at >= 2 && page.text(at - 1) == "," && before.last().is_some_and(|f| f.tokens.end == at - 1) {
        let offset = gazetteer.offset_of(format!("=,{text}").as_bytes())?;
        return Some((at + 1, token.end as usize, offset));
    }
    None
}

/// `Quincy, Mass.`: behind a name and a comma, before a full stop that is a token of its own; behind a town in capitals, as agencies write
/// it, without the stop too (`TAMPA, Fla, March 11`). How many tokens the stop is.
fn cut_short(page: &Page<'_>, at: usize) -> Option<usize> {
    if page.tokens[at].shape != Shape::Capital || at < 2 || page.text(at - 1) != "," {
        return None;
    }
    let stop = page.tokens.get(at + 1).is_some_and(|t| t.start == page.tokens[at].end) && page.text(at + 1) == ".";
    let comma = page.tokens.get(at + 1).is_some() && page.text(at + 1) == ",";
    let town = page.text(at - 2);
    match page.tokens[at - 2].shape {
        Shape::Capital if stop => Some(1),
        Shape::Upper if town.len() > 3 && (stop || comma) => Some(usize::from(stop)),
        _ => None,
    }
}

/// Gives the names in a list such as `Hitchcock and Hayes counties` the meanings of `Hitchcock County` and `Hayes County`.
fn counties(page: &Page<'_>, gazetteer: &Gazetteer, all: &mut Vec<Found>) {
    // Most pages tell of none.
    let n = if page.writes_small(hash("counties")) { page.tokens.len() } else { 0 };
    let mut told: Vec<Found> = Vec::new();
    for last in (0..n).filter(|i| page.tokens[*i].shape == Shape::Lower && page.text(*i) == "counties") {
        let names = listed_before(page, last);
        if names.len() < 2 {
            continue;
        }
        let states = states_behind(page, gazetteer, last);
        let told_of = |s: &Posting| states.iter().any(|state| gazetteer.is_in(s.place, *state));
        // The last of a list comes first.
        for tokens in names.into_iter().rev() {
            let key = format!("{} county", key::folded(page.slice(tokens.clone())));
            let bytes = page.tokens[tokens.start].start as usize..page.tokens[tokens.end - 1].end as usize;
            if let Some(offset) = gazetteer.offset_of(key.as_bytes()) {
                let mut senses: Vec<_> = gazetteer.postings_at(offset).collect();
                if senses.iter().any(told_of) {
                    senses.retain(told_of);
                }
                told.push(Found { tokens, bytes, offset, senses, sure: false });
            }
        }
    }
    all.retain(|f| {
        let next = told.partition_point(|county| county.bytes.end <= f.bytes.start);
        told.get(next).is_none_or(|county| county.bytes.start >= f.bytes.end)
    });
    all.append(&mut told);
    if !all.is_sorted_by_key(|f| f.bytes.start) {
        all.sort_by_key(|f| f.bytes.start);
    }
}

/// What states `Ohio` may be in `counties in Ohio`, where token `counties` stands.
fn states_behind(page: &Page<'_>, gazetteer: &Gazetteer, counties: usize) -> Vec<PlaceId> {
    let first = counties + 2;
    let behind = if matches!(page.text_or_none(counties + 1), "in" | "of") { first..page.tokens.len().min(first + 3) } else { 0..0 };
    let Some(last) = behind.take_while(|i| page.is_capital(*i)).last() else { return Vec::new() };
    let named = gazetteer.lookup(page.slice(first..last + 1)).into_iter().map(|s| s.place);
    named.filter(|place| gazetteer.kind(*place) == Kind::State).collect()
}

/// The names of one to three capitalised words that stand in a list (`A, B and C`) right before token `last`.
fn listed_before(page: &Page<'_>, last: usize) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut end = last;
    loop {
        let mut first = end;
        while first > 0 && page.tokens[first - 1].shape == Shape::Capital && !matches!(page.text(first - 1), "In" | "The") {
            first -= 1;
        }
        if first == end || end - first > 3 {
            return names;
        }
        names.push(first..end);
        end = first;
        while end > 0 && matches!(page.text(end - 1), "," | "and" | "or") {
            end -= 1;
        }
        // `from Halden to Varr counties`
        if end == first && end > 1 && names.len() == 1 && page.text(end - 1) == "to" {
            let from = (0..end - 1).rev().take(4).find(|i| page.tokens[*i].shape != Shape::Capital);
            end -= usize::from(from.is_some_and(|i| matches!(page.text(i), "from" | "From")));
        }
        if end == first {
            return names;
        }
    }
}

/// The longest name that begins at byte `start` of token `at` and ends with a token: its end (token and byte) and its postings.
/// `word` is the hash of the token if it is noted where that leads.
fn longest(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    walked: &mut Walked,
    (at, start): (usize, usize),
    word: Option<u64>,
) -> Option<(usize, usize, u64)> {
    let text = page.body.get(start..).unwrap_or("");
    if !text.starts_with(char::is_uppercase) && !text.starts_with(is_apostrophe) {
        return None;
    }
    let Some(word) = word else {
        let (walk, gone) = begin(gazetteer, text)?;
        return goes_on(page, walked, (at, start), walk, gone, None);
    };
    let inside = page.tokens[at].end as usize - start;
    let way = match walked.met(word) {
        Some(Met::Nowhere) => return None,
        Some(Met::To(way)) => way,
        None => walked.first(gazetteer, word, &text[..inside])?,
    };
    let rest = &text[inside..];
    let next = rest.chars().next();
    let best = way.means.filter(|_| !next.is_some_and(char::is_alphanumeric)).map(|means| (at + 1, start + inside, u64::from(means)));
    // A name does not go on with an ordinary word: most are followed by one.
    let ordinary =
        next == Some(' ') && rest.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase) && !may_go_on(page, at, start + inside + 1);
    if ordinary || !next.is_some_and(|c| c.is_alphanumeric() || is_apostrophe(c)) && !walked.may_go_on(gazetteer, word, way, rest) {
        return best;
    }
    goes_on(page, walked, (at, start), way.walk(gazetteer), inside, best)
}

/// The longest name that begins at byte `start` of token `at`, over whose first bytes, `gone`, a walk has led; `best` is the longest so far.
fn goes_on(
    page: &Page<'_>,
    walked: &mut Walked,
    (at, start): (usize, usize),
    mut walk: Walk<'_>,
    gone: usize,
    mut best: Option<(usize, usize, u64)>,
) -> Option<(usize, usize, u64)> {
    let text = &page.body[start..];
    let (mut i, mut token, mut gap) = (gone, at, false);
    let closes = |i: usize| !text[i..].starts_with(char::is_alphanumeric);
    while let Some(c) = text[i..].chars().next() {
        let mut means = None;
        let between = matches!(c, ' ' | '-' | '.' | '&' | '\u{a0}' | '\u{2011}') || c == '\n' && !text[i + 1..].starts_with('\n');
        if c == ' '
            && let Some(letters) = plain_word(page, &mut token, start + i + 1)
        {
            if !is_of_name(page, token) {
                break;
            }
            let Some(led) = walked.lead(&mut walk, page.hash(token), letters) else { break };
            (i, gap) = (i + 1 + letters.len(), false);
            means = led.filter(|_| closes(i));
        } else if between {
            (i, gap) = (i + c.len_utf8(), true);
        } else if c.is_alphanumeric() {
            // A name does not go on with an ordinary word, whatever the map says.
            if gap && c.is_ascii_lowercase() && !may_go_on(page, at, start + i) {
                break;
            }
            if (gap && walk.step(b' ').is_none()) || walk.letter(c).is_none() {
                break;
            }
            (i, gap) = (i + c.len_utf8(), false);
            means = if closes(i) { walk.value() } else { None };
        } else if is_apostrophe(c) && i <= 2 * key::LONGEST {
            i += c.len_utf8();
        } else {
            break;
        }
        let end = start + i;
        let Some(value) = means else { continue };
        while token < page.tokens.len() && (page.tokens[token].end as usize) < end {
            token += 1;
        }
        if ends_here(page, token, end) && written_as_name(page, at, token) {
            best = Some((token + 1, end, value));
        }
    }
    best
}

/// The word that begins at a byte behind a token, if it is letters alone; `token` is set to the one that lies there, whatever it is.
fn plain_word<'a>(page: &Page<'a>, token: &mut usize, start: usize) -> Option<&'a str> {
    while page.tokens.get(*token).is_some_and(|t| (t.end as usize) <= start) {
        *token += 1;
    }
    let starts = page.tokens.get(*token).is_some_and(|t| t.start as usize == start);
    Some(*token).filter(|_| starts).map(|token| page.text(token)).filter(|text| is_plain(text))
}

/// Whether the name ends with token `token`, but for a full stop that belongs to an abbreviation or a possessive.
fn ends_here(page: &Page<'_>, token: usize, end: usize) -> bool {
    let Some(t) = page.tokens.get(token) else { return false };
    let rest = page.body.get(end..t.end as usize).unwrap_or("x");
    rest.is_empty() || rest == "." || rest.starts_with(['-', '/', '–']) || (rest.len() <= 5 && rest.starts_with(is_apostrophe))
}

/// Whether all words are capitalised, but for small ones (`of`, `upon`, `region`) and the `'s` inside `Cox's Bazar`.
fn written_as_name(page: &Page<'_>, first: usize, last: usize) -> bool {
    // `in St. John's, Newfoundland`, which is no Saint John; not `St. Paul's mayor`.
    let next = page.tokens.get(last + 1).map(|t| t.shape);
    let saint = saints::is_saint(page.text(first)) && last > first + 1 && next != Some(Shape::Lower);
    (first..=last).all(|i| is_of_name(page, i) || (i < last || saint) && page.text(i).starts_with(is_apostrophe))
}

/// Whether the word at `byte`, in a token behind `at`, can be part of a name.
fn may_go_on(page: &Page<'_>, at: usize, byte: usize) -> bool {
    let behind = page.tokens[at..].iter().position(|t| t.end as usize > byte);
    behind.is_some_and(|n| is_of_name(page, at + n))
}

/// Whether a word has a capital or is one of the small ones.
fn is_of_name(page: &Page<'_>, i: usize) -> bool {
    static WORDS: OnceLock<WordSet> = OnceLock::new();
    let small = || WORDS.get_or_init(|| SMALL.split_whitespace().map(hash).collect());
    page.tokens[i].shape != Shape::Lower || small().contains(&page.hash(i))
}

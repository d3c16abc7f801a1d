//! Where in a page stands something the gazetteer knows: the longest name at every word written as one.

use super::gazetteer::{Gazetteer, Kind, NONE, Posting};
use super::key::{self, fold_char, is_apostrophe};
use super::parties;
use super::saints;
use crate::extract::names::hash;
use crate::extract::page::{Page, Shape, WordSet};
use memchr::memmem;
use std::cell::RefCell;
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
            // `@Gillette` is an account.
            if start > 0 && page.body.as_bytes()[start - 1] == b'@' {
                continue;
            }
            if let Some(found) = parties::state_of(page, gazetteer, at, start) {
                free = found.bytes.end;
                all.push(found);
                continue;
            }
            let word = &page.body[start..token.end as usize];
            // Two letters may still be a state, behind a place, even before a hyphen.
            let whole = word.len() > 2 && word.bytes().all(|b| b.is_ascii_alphabetic());
            let word = whole.then(|| if start == token.start as usize { page.hash(at) } else { hash(word) });
            let way = word.and_then(|word| walked.way(word));
            if matches!(way, Some(Way::Nowhere)) {
                continue;
            }
            let found = abbreviation(page, gazetteer, at, start, &all)
                .or_else(|| longest(page, gazetteer, at, start, way, |way| word.into_iter().for_each(|word| walked.note(word, way))));
            let Some((end, last_byte, offset)) = found else { continue };
            free = last_byte;
            let senses: Vec<Posting> = gazetteer.postings_at(offset).collect();
            if senses.iter().any(|s| s.place == NONE) {
                continue;
            }
            all.push(Found { tokens: at..end, bytes: start..last_byte, offset, senses, sure: false });
        }
    }
    counties(page, gazetteer, &mut all);
    saints::settle(page, gazetteer, &mut all);
    all
}

/// Where a name may begin in token `at`: at its start, and at capitals behind a hyphen or slash (`Athens-Clarke`).
fn starts<'a>(page: &'a Page<'_>, at: usize) -> impl Iterator<Item = usize> + 'a {
    let first = page.tokens[at].start as usize;
    let text = page.text(at);
    let parted = text.bytes().any(|b| b == b'-' || b == b'/' || !b.is_ascii());
    let inner = (if parted { text } else { "" }).match_indices(['-', '/', '–']).map(|(i, mark)| i + mark.len());
    std::iter::once(first).chain(inner.filter(|i| text[*i..].starts_with(char::is_uppercase)).map(move |i| first + i))
}

/// An abbreviation as printed, from byte `start` of token `at`: `U.S.`, `Ill.`, `UAE`; two letters of a state only after a place and a comma.
fn abbreviation(page: &Page<'_>, gazetteer: &Gazetteer, at: usize, start: usize, before: &[Found]) -> Option<(usize, usize, u64)> {
    let token = page.tokens[at];
    let text = page.body.get(start..token.end as usize)?;
    let cut = text.find(['-', '/', '–']).filter(|i| *i >= 2);
    let text = cut.map_or(text, |i| &text[..i]);
    // `UK-bashing`, `China-US`: a part in capitals of a token that is not.
    let shouted = text.len() < (token.end - token.start) as usize && text.bytes().all(|b| b.is_ascii_uppercase());
    if text.len() < 6
        && let Some(stop) = cut_short(page, at)
        && let Some(offset) = gazetteer.offset_of(format!("={text}.").as_bytes())
    {
        return Some((at + 1 + stop, token.end as usize + stop, offset));
    }
    if text.len() > 9 || !(token.shape == Shape::Upper || shouted || text.contains('.')) {
        return None;
    }
    let mut exact = [0u8; 12];
    exact[0] = b'=';
    exact[1..=text.len()].copy_from_slice(text.as_bytes());
    if let Some(offset) = gazetteer.offset_of(&exact[..=text.len()]) {
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
    let n = if memmem::find(page.body.as_bytes(), b"counties").is_some() { page.tokens.len() } else { 0 };
    let mut told: Vec<Found> = Vec::new();
    for last in (0..n).filter(|i| page.tokens[*i].shape == Shape::Lower && page.text(*i) == "counties") {
        let names = listed_before(page, last);
        if names.len() < 2 {
            continue;
        }
        // The last of a list comes first.
        for tokens in names.into_iter().rev() {
            let key = format!("{} county", key::folded(page.slice(tokens.clone())));
            let bytes = page.tokens[tokens.start].start as usize..page.tokens[tokens.end - 1].end as usize;
            if let Some(offset) = gazetteer.offset_of(key.as_bytes()) {
                told.push(Found { tokens, bytes, offset, senses: gazetteer.postings_at(offset).collect(), sure: false });
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
        if end == first {
            return names;
        }
    }
}

/// A walk through the map of names, letter by letter.
struct Walk<'g> {
    map: &'g fst::raw::Fst<&'static [u8]>,
    node: fst::raw::Node<'g>,
    out: fst::raw::Output,
}

/// Where two letters lead: most walks begin with two, and the first nodes are the widest.
type Beginnings = Vec<Option<(fst::raw::CompiledAddr, fst::raw::Output)>>;

impl<'g> Walk<'g> {
    /// The walk behind two ASCII letters; `None` when no name begins so.
    fn behind(gazetteer: &'g Gazetteer, first: u8, second: u8) -> Option<Walk<'g>> {
        static BEGINNINGS: OnceLock<Beginnings> = OnceLock::new();
        let all = BEGINNINGS.get_or_init(|| {
            let pairs = (b'a'..=b'z').flat_map(|a| (b'a'..=b'z').map(move |b| (a, b)));
            let walked = |(a, b)| {
                let mut walk = Walk { map: &gazetteer.map, node: gazetteer.map.root(), out: fst::raw::Output::zero() };
                walk.step(a)?;
                walk.step(b)?;
                Some((walk.node.addr(), walk.out))
            };
            pairs.map(walked).collect()
        });
        let letter = |byte: u8| usize::from(byte.to_ascii_lowercase() - b'a');
        let (address, out) = (*all.get(letter(first) * 26 + letter(second))?)?;
        Some(Walk { map: &gazetteer.map, node: gazetteer.map.node(address), out })
    }
}

impl Walk<'_> {
    /// Goes on by one byte; `None` when no name goes on so.
    fn step(&mut self, byte: u8) -> Option<()> {
        let transition = self.node.transition(self.node.find_input(byte)?);
        self.out = self.out.cat(transition.out);
        self.node = self.map.node(transition.addr);
        Some(())
    }

    /// Goes on by one letter, folded as in the keys.
    fn letter(&mut self, c: char) -> Option<()> {
        if c.is_ascii() {
            return self.step(c.to_ascii_lowercase() as u8);
        }
        let mut folded = Vec::with_capacity(4);
        fold_char(c, &mut folded);
        folded.into_iter().try_for_each(|byte| self.step(byte))
    }

    /// The value of the name walked, if it is one.
    fn value(&self) -> Option<u64> {
        self.node.is_final().then(|| self.out.cat(self.node.final_output()).value())
    }
}

/// Where the walks over the words met before led: names come back, and so do words with capitals that begin none. A word may push
/// another out, and is then walked again.
struct Walked(Vec<Option<(u64, Way)>>);

/// Where the walk over a word led.
#[derive(Clone, Copy)]
enum Way {
    /// No name begins with the word, whatever is behind it: half of all words with capitals.
    Nowhere,
    /// To this node with this output, behind its last letter; both are less than the map is long. What the word means if it is a name by
    /// itself, and whether some go on with another word: few do.
    To { address: u32, out: u32, means: Option<u32>, goes_on: bool },
}

impl Way {
    /// That of a walk at the end of a word, if it can be kept.
    fn of(walk: &Walk<'_>) -> Option<Way> {
        let means = walk.value().map(u32::try_from).transpose().ok()?;
        let (address, out) = (u32::try_from(walk.node.addr()).ok()?, u32::try_from(walk.out.value()).ok()?);
        Some(Way::To { address, out, means, goes_on: walk.node.find_input(b' ').is_some() })
    }
}

thread_local! {
    static WALKED: RefCell<Walked> = RefCell::new(Walked(vec![None; 1 << 12]));
}

impl Walked {
    fn slot(&mut self, word: u64) -> &mut Option<(u64, Way)> {
        let n = self.0.len();
        &mut self.0[(word >> 20) as usize % n]
    }

    /// Where the walk over the word with this hash led.
    fn way(&mut self, word: u64) -> Option<Way> {
        self.slot(word).filter(|(met, _)| *met == word).map(|(_, way)| way)
    }

    fn note(&mut self, word: u64, way: Way) {
        *self.slot(word) = Some((word, way));
    }
}

/// The longest name that begins at byte `start` of token `at` and ends with a token: its end (token and byte) and its postings.
/// `way` is where the walk over the token led before, if it is one word of plain letters; `note` is told where it leads.
fn longest(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    at: usize,
    start: usize,
    way: Option<Way>,
    mut note: impl FnMut(Way),
) -> Option<(usize, usize, u64)> {
    let text = page.body.get(start..).unwrap_or("");
    if !text.starts_with(char::is_uppercase) && !text.starts_with(is_apostrophe) {
        return None;
    }
    let inside = page.tokens[at].end as usize - start;
    let (mut best, mut gap, mut token) = (None, false, at);
    if let Some(Way::To { means, goes_on, .. }) = way {
        let next = text[inside..].chars().next();
        best = means.filter(|_| !next.is_some_and(char::is_alphanumeric)).map(|means| (at + 1, start + inside, u64::from(means)));
        if !goes_on && !next.is_some_and(|c| c.is_alphanumeric() || is_apostrophe(c)) {
            return best;
        }
    }
    let Some((mut walk, gone)) = begin(gazetteer, text, inside, way) else {
        note(Way::Nowhere);
        return None;
    };
    let mut letters = text.char_indices().skip(gone).peekable();
    while let Some((i, c)) = letters.next() {
        let between = matches!(c, ' ' | '-' | '.' | '&' | '\u{a0}' | '\u{2011}') || c == '\n' && !text[i + 1..].starts_with('\n');
        if between {
            gap = true;
        } else if c.is_alphanumeric() {
            // A name does not go on with an ordinary word, whatever the map says.
            if gap && c.is_ascii_lowercase() && !may_go_on(page, at, start + i) {
                break;
            }
            if (gap && walk.step(b' ').is_none()) || walk.letter(c).is_none() {
                if i < inside && best.is_none() {
                    note(Way::Nowhere);
                }
                break;
            }
            gap = false;
            if i + 1 == inside && way.is_none() {
                Way::of(&walk).into_iter().for_each(&mut note);
            }
            let end = start + i + c.len_utf8();
            let closes = letters.peek().is_none_or(|(_, next)| !next.is_alphanumeric());
            let Some(value) = walk.value().filter(|_| closes) else { continue };
            while token < page.tokens.len() && (page.tokens[token].end as usize) < end {
                token += 1;
            }
            if ends_here(page, token, end) && written_as_name(page, at, token) {
                best = Some((token + 1, end, value));
            }
        } else if !is_apostrophe(c) || i > 2 * key::LONGEST {
            break;
        }
    }
    best
}

/// A walk over the first letters of `text` and how many these are: the first `inside` if `way` tells where they lead, else two or none.
/// `None` when no name begins so.
fn begin<'g>(gazetteer: &'g Gazetteer, text: &str, inside: usize, way: Option<Way>) -> Option<(Walk<'g>, usize)> {
    match (way, text.as_bytes()) {
        (Some(Way::To { address, out, .. }), _) => {
            let node = gazetteer.map.node(address as fst::raw::CompiledAddr);
            Some((Walk { map: &gazetteer.map, node, out: fst::raw::Output::new(u64::from(out)) }, inside))
        }
        (_, [a, b, c, ..]) if [a, b, c].iter().all(|letter| letter.is_ascii_alphabetic()) => Some((Walk::behind(gazetteer, *a, *b)?, 2)),
        _ => Some((Walk { map: &gazetteer.map, node: gazetteer.map.root(), out: fst::raw::Output::zero() }, 0)),
    }
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

/// Whether a name in capital letters only can be trusted to be a place: `IRAN` can, `ACT` cannot.
pub fn shouted_acronym(page: &Page<'_>, gazetteer: &Gazetteer, found: &Found) -> bool {
    let text = page.slice(found.tokens.clone());
    let short = found.tokens.len() == 1 && text.len() <= 4 && page.tokens[found.tokens.start].shape == Shape::Upper;
    // As an abbreviation, or as the letters of a state behind a comma.
    let known =
        short && [format!("={text}"), format!("=,{text}")].iter().any(|key| gazetteer.offset_of(key.as_bytes()) == Some(found.offset));
    short && !known && !found.senses.iter().any(|s| gazetteer.kind(s.place) == Kind::Country)
}

//! The tokens of a body while it is cut, and what the next stages look for among them: told while a token is at hand, it takes no pass of
//! its own over all of them.

use super::hash::{hash_few, hash_within};
use super::{Shape, Token};

/// Letters of the abbreviations in small letters that keep their period, but for `approx.`
const LONGEST_SMALL: usize = 3;
/// Letters of the longest abbreviation that keeps its period.
pub(super) const LONGEST_ABBREVIATION: usize = 6;

/// Tokens in order.
pub(super) struct Gathered<'a> {
    body: &'a str,
    /// The tokens.
    pub tokens: Vec<Token>,
    /// The hash of the words of each.
    pub hashes: Vec<u64>,
    /// Numbers of those with anything but one space between the token before and them, if they do not touch.
    pub gaps: Vec<usize>,
    /// Numbers of those that look like the end of a sentence: few do, and of most one byte tells that they do not.
    pub stops: Vec<usize>,
    /// Where the last one ends.
    end: usize,
}

impl<'a> Gathered<'a> {
    /// None yet, of `body`.
    pub fn new(body: &'a str) -> Gathered<'a> {
        let n_tokens = body.len() / 5 + 4;
        let (tokens, hashes) = (Vec::with_capacity(n_tokens), Vec::with_capacity(n_tokens));
        Gathered { body, tokens, hashes, gaps: Vec::new(), stops: Vec::with_capacity(n_tokens / 16), end: 0 }
    }

    /// Those that begin nowhere that `is_beside` the text.
    pub fn without(&self, is_beside: impl Fn(usize) -> bool) -> Gathered<'a> {
        let mut left = Gathered::new(self.body);
        for token in self.tokens.iter().filter(|token| !is_beside(token.start as usize)) {
            left.push(token.start as usize, token.end as usize, token.shape);
        }
        left
    }

    /// Adds the token `start..end`.
    pub fn push(&mut self, start: usize, end: usize, shape: Shape) {
        let bytes = self.body.as_bytes();
        let stops = match shape {
            Shape::Mark => matches!(bytes[start], b'.' | b'!' | b'?' | 0x80..),
            _ => bytes[end - 1] == b'.',
        };
        if stops {
            self.stops.push(self.tokens.len());
        }
        let word = matches!(shape, Shape::Lower | Shape::Capital) && bytes[start].is_ascii_alphabetic();
        let plain = word && start + 1 + small_letters(&bytes[start + 1..end]) == end;
        self.add(Token { start: start as u32, end: end as u32, shape, plain }, hash_within(self.body, start, end));
    }

    /// Adds the word of ASCII letters, all small but perhaps the first, that plainly ends before the end of the body, if one begins at `start`:
    /// most tokens. Returns where it ends.
    #[inline]
    pub fn plain_word(&mut self, start: usize) -> Option<usize> {
        let bytes = self.body.as_bytes();
        let eight = bytes.get(start..)?.first_chunk()?;
        let capital = eight[0].is_ascii_uppercase();
        let others = others(u64::from_le_bytes(*eight) | u64::from(capital) << 5);
        let n = others.trailing_zeros() as usize / 8;
        let (end, hash) = match n {
            0 => return None,
            8 => {
                let end = start + 8 + small_letters(&bytes[start + 8..]);
                (end, hash_within(self.body, start, end))
            }
            _ => (start + n, hash_few(u64::from_be_bytes(*eight), n)),
        };
        let ends = match bytes.get(end) {
            None | Some(b' ' | b',' | b'\n' | b'\r' | b';' | b')' | b'"' | b'?' | b'!') => true,
            // A period goes on in an address, and ends no word in small letters but a few short ones, nor one with a capital but short ones.
            Some(b'.') => {
                let behind = matches!(bytes.get(end + 1), None | Some(b' ' | b'\n' | b'\r' | b'"' | b')'));
                let longest = if capital { LONGEST_ABBREVIATION } else { LONGEST_SMALL };
                behind && end - start > longest && &bytes[start..end] != b"approx"
            }
            // Dashes, and quotation marks that are no apostrophes.
            Some(0xe2) => matches!(bytes.get(end + 1..end + 3), Some([0x80, 0x93 | 0x94 | 0x9c | 0x9d])),
            Some(_) => false,
        };
        if !ends {
            return None;
        }
        let shape = if capital { Shape::Capital } else { Shape::Lower };
        self.add(Token { start: start as u32, end: end as u32, shape, plain: true }, hash);
        Some(end)
    }

    /// Adds the mark at `at` if it is one of ASCII that stands alone whatever is beside it: nearly all.
    #[inline]
    pub fn plain_mark(&mut self, at: usize) -> Option<usize> {
        let bytes = self.body.as_bytes();
        match bytes[at] {
            b'.' if bytes.get(at + 1) == Some(&b'.') => return None,
            b'.' | b'!' | b'?' => self.stops.push(self.tokens.len()),
            b',' | b'"' | b':' | b';' | b'(' | b')' => {}
            _ => return None,
        }
        let mark = Token { start: at as u32, end: at as u32 + 1, shape: Shape::Mark, plain: false };
        self.add(mark, hash_few(u64::from(bytes[at]) << 56, 1));
        Some(at + 1)
    }

    #[inline]
    fn add(&mut self, token: Token, hash: u64) {
        let start = token.start as usize;
        if start > self.end && (start > self.end + 1 || self.body.as_bytes()[self.end] != b' ') {
            self.gaps.push(self.tokens.len());
        }
        self.end = token.end as usize;
        self.tokens.push(token);
        self.hashes.push(hash);
    }
}

/// The highest bit of each of eight bytes that is no small ASCII letter.
fn others(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The highest bit of each byte tells: of `b + 0x1f` that it is `a` or more, of `b + 5` that it is more than `z`.
    let low = eight & (EACH * 0x7f);
    !((low + EACH * 0x1f) & !(low + EACH * 5) & !eight) & (EACH * 0x80)
}

/// How many small ASCII letters `bytes` begin with. Eight are looked at together: where a word ends is nothing a processor guesses well.
fn small_letters(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks();
    for (n, eight) in eights.iter().enumerate() {
        let others = others(u64::from_le_bytes(*eight));
        if others != 0 {
            return n * 8 + others.trailing_zeros() as usize / 8;
        }
    }
    bytes.len() - rest.len() + rest.iter().take_while(|b| b.is_ascii_lowercase()).count()
}

//! An article's body cut into paragraphs, sentences and tokens. Offsets here are bytes; spans leave as code points.

mod boxes;
mod compounds;
mod gathered;
mod hash;
mod sentences;
#[cfg(test)]
mod tests;
mod tokens;

use crate::article::{Offsets, Span};
pub use boxes::grown;
use gathered::Gathered;
use hash::{Hashes, hash_plain, hash_small_within, hash_within};
pub use hash::{Sieve, WordMap, WordSet, hash, hash_small};
use std::cell::OnceCell;
use std::ops::Range;

/// A body, cut up once for all stages.
pub struct Page<'a> {
    /// The body.
    pub body: &'a str,
    /// Tokens: words and single punctuation marks, in order. White space is not a token.
    pub tokens: Vec<Token>,
    /// Sentences as ranges of token numbers, in order, none empty; a sentence never crosses a paragraph.
    pub sentences: Vec<Range<usize>>,
    /// Paragraphs as ranges of token numbers, in order, none empty.
    pub paragraphs: Vec<Range<usize>>,
    /// Stretches of the body that are none of its text, in order; no token lies in them.
    boxes: Vec<Range<usize>>,
    /// The words of each token: they are looked at again and again.
    texts: Vec<&'a str>,
    /// The hash of each of them.
    hashes: Vec<u64>,
    /// The number of the sentence of each of them.
    in_sentence: Vec<u32>,
    /// The number of the paragraph of each sentence.
    in_paragraph: Vec<u32>,
    /// Hashes of the words that are written in small letters, gathered when they are asked for.
    small: OnceCell<Hashes>,
    offsets: Offsets,
}

/// A token: a stretch of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it looks like.
    pub shape: Shape,
    /// Whether it is of small letters of ASCII, of which the first may be a capital instead.
    pub plain: bool,
}

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `mayor`
    Lower,
    /// `Mayor`, `McCain`, `O'Brien`, `al-Assad`, `A`: a capital letter somewhere, but not `Upper`.
    Capital,
    /// `NATO`, `U.S.`, `J.`, `F-16`
    Upper,
    /// `1,000`, `3.5`, `2nd`
    Number,
    /// Anything else: punctuation and symbols, one character each (`--` and `...` are one; so is a web address).
    Mark,
}

impl Shape {
    /// Whether a word has a capital letter.
    pub fn is_capital(self) -> bool {
        matches!(self, Shape::Capital | Shape::Upper)
    }
}

impl<'a> Page<'a> {
    /// Cuts up `body`.
    pub fn of(body: &'a str) -> Page<'a> {
        let (mut cut, boxes) = (tokens::cut(body), boxes::find(body));
        if !boxes.is_empty() {
            cut = cut.without(|at| boxes::holds(&boxes, at));
        }
        let (sentences, paragraphs) = sentences::cut(body, &cut);
        let Gathered { tokens, hashes, .. } = cut;
        let texts = tokens.iter().map(|t| body.get(t.start as usize..t.end as usize).unwrap_or_default()).collect();
        let (mut in_sentence, mut in_paragraph) = (Vec::with_capacity(tokens.len()), Vec::with_capacity(sentences.len()));
        for (n, sentence) in sentences.iter().enumerate() {
            in_sentence.resize(sentence.end, n as u32);
        }
        for (n, paragraph) in paragraphs.iter().enumerate() {
            in_paragraph.resize(in_sentence[paragraph.end - 1] as usize + 1, n as u32);
        }
        let (small, offsets) = (OnceCell::new(), Offsets::of(body));
        Page { body, tokens, sentences, paragraphs, boxes, texts, hashes, in_sentence, in_paragraph, small, offsets }
    }

    /// The words of token `i`.
    pub fn text(&self, i: usize) -> &'a str {
        look(1);
        self.texts[i]
    }

    /// The words of token `i`; empty behind the page.
    pub fn text_or_none(&self, i: usize) -> &'a str {
        look(1);
        self.texts.get(i).copied().unwrap_or_default()
    }

    /// The [`hash`] of the words of token `i`.
    pub fn hash(&self, i: usize) -> u64 {
        look(1);
        self.hashes[i]
    }

    /// The [`hash`]es of the words of all tokens.
    pub fn hashes(&self) -> &[u64] {
        look(self.hashes.len());
        &self.hashes
    }

    /// Each of `tokens` with its words and their [`hash`].
    pub fn words(&self, tokens: Range<usize>) -> impl Iterator<Item = (&Token, &'a str, u64)> {
        look(tokens.len());
        let (texts, hashes) = (&self.texts[tokens.clone()], &self.hashes[tokens.clone()]);
        self.tokens[tokens].iter().zip(texts).zip(hashes).map(|((token, text), hash)| (token, *text, *hash))
    }

    /// The [`hash`] of the body from the first to the last token of `tokens`.
    pub fn hash_of(&self, tokens: Range<usize>) -> u64 {
        if tokens.len() == 1 {
            return self.hashes[tokens.start];
        }
        hash_within(self.body, self.tokens[tokens.start].start as usize, self.tokens[tokens.end - 1].end as usize)
    }

    /// The [`hash_small`] of the words of token `i`, if they are of ASCII.
    pub fn hash_small(&self, i: usize) -> Option<u64> {
        let token = self.tokens[i];
        match token.shape {
            Shape::Lower if token.plain => Some(self.hashes[i]),
            _ if token.plain => Some(hash_plain(self.body, token.start as usize, token.end as usize)),
            _ => hash_small_within(self.body, token.start as usize, token.end as usize),
        }
    }

    /// Whether token `i` is a capital with nothing but small letters of ASCII behind it.
    pub fn is_plain(&self, i: usize) -> bool {
        let token = self.tokens[i];
        token.plain && token.shape == Shape::Capital
    }

    /// Whether the word with this [`hash`] is written in small letters anywhere.
    pub fn writes_small(&self, hash: u64) -> bool {
        let small = self.small.get_or_init(|| {
            let words = self.tokens.iter().zip(&self.hashes).filter(|(token, _)| token.shape == Shape::Lower);
            Hashes::of(self.tokens.len(), words.map(|(_, hash)| *hash))
        });
        small.contains(hash)
    }

    /// The body from the first to the last token of `tokens`.
    pub fn slice(&self, tokens: Range<usize>) -> &'a str {
        &self.body[self.tokens[tokens.start].start as usize..self.tokens[tokens.end - 1].end as usize]
    }

    /// A stretch of bytes as code points.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        self.offsets.span(bytes.start, bytes.end)
    }

    /// Whether the byte `at` is none of the article's text.
    pub fn is_beside(&self, at: usize) -> bool {
        boxes::holds(&self.boxes, at)
    }

    /// What of a stretch of bytes is text of the article.
    pub fn pieces(&self, bytes: Range<usize>) -> Vec<Range<usize>> {
        let mut pieces = Vec::with_capacity(1);
        let mut from = bytes.start;
        let first = self.boxes.partition_point(|hole| hole.end <= from);
        for hole in self.boxes[first..].iter().take_while(|hole| hole.start < bytes.end) {
            pieces.extend((from < hole.start).then_some(from..hole.start));
            from = hole.end;
        }
        pieces.extend((from < bytes.end).then_some(from..bytes.end));
        pieces
    }

    /// Whether token `i` is a word with a capital; none behind the page is.
    #[inline]
    pub fn is_capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.shape.is_capital())
    }

    /// Number of the sentence that holds token `i`; the last one behind the page.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.in_sentence.get(i).map_or(self.sentences.len().saturating_sub(1), |n| *n as usize)
    }

    /// Number of the paragraph that holds token `i`; the last one behind the page.
    pub fn paragraph_of(&self, i: usize) -> usize {
        self.in_paragraph.get(self.sentence_of(i)).map_or(0, |n| *n as usize)
    }
}

#[cfg(test)]
thread_local! {
    static LOOKED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Notes, where tests run, that `n` things were looked at: it stands in the loops that could take longer than their text.
#[inline]
pub(super) fn look(n: usize) {
    #[cfg(test)]
    LOOKED.set(LOOKED.get() + n);
    #[cfg(not(test))]
    let _ = n;
}

/// How many things this thread looked at so far.
#[cfg(test)]
pub(super) fn looked() -> usize {
    LOOKED.get()
}

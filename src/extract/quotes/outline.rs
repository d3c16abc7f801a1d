//! An article seen from outside its quotes: sentences in which a quote is one item among the words around it.
//!
//! The page cuts sentences through quotes; who said them is a matter of the sentence that holds them. `“No. Never,” she
//! said` is one unit here. A quote that ends its sentence ends the unit, unless a reporting verb follows at once.

use super::closed;
use super::closed::{Word, is_adverb, is_joint, is_manner, is_plain_adverb, is_preposition};
use super::cue;
use super::listed::Listed;
use super::marks::Marked;
use super::parted::Parted;
use super::works::is_title;
use crate::extract::names::{EntityKind, Names, hash};
use crate::extract::page::{Page, Shape, Token, look};
use std::borrow::Cow;
use std::ops::Range;

/// A word or mark outside quotation marks, or a whole quote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// First token.
    pub token: u32,
    /// Number of the quote, or [`WORD`].
    pub quote: u32,
    /// The shape of a word; quotes are marks.
    shape: Shape,
}

/// What [`Item::quote`] holds for words.
pub(super) const WORD: u32 = u32::MAX;

/// Most items of a unit. A longer run without an end of sentence (a table, a list) is cut, which bounds the work on it.
const LONGEST: usize = 400;

/// A sentence as seen from outside its quotes.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Its items.
    pub items: Range<usize>,
    /// Number of its paragraph.
    pub paragraph: usize,
    /// Whether a quote is among them.
    pub quoted: bool,
}

/// A body with its quotes folded up.
pub(super) struct Outline<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// Who is in it.
    pub names: &'a Names,
    /// Who says `I`, if one author signs the article.
    pub author: Option<&'a str>,
    /// What stands in quotation marks.
    pub marked: &'a [Marked],
    /// All items.
    pub items: Vec<Item>,
    /// The words of the items in small letters.
    words: Vec<Word<'a>>,
    /// The body in small letters, as far as they are ASCII.
    small: &'a str,
    /// All units, in order.
    pub units: Vec<Unit>,
    /// The items that others look for.
    pub(super) listed: Listed,
    /// Where clauses begin and commas stand.
    pub(super) parted: Parted,
    /// Mentions as ranges of tokens with their entity, in order.
    pub mentions: Vec<(Range<usize>, usize)>,
    /// Stretches that look like places, in order.
    places: Vec<Range<usize>>,
    /// For every token the number of the mention it belongs to plus one, or 0.
    mention_at: Vec<u32>,
}

impl<'a> Outline<'a> {
    /// Folds up the quotes of `page`; `small` is its body in small letters ([`str::to_ascii_lowercase`]).
    pub fn of(page: &'a Page<'a>, small: &'a str, names: &'a Names, marked: &'a [Marked], author: Option<&'a str>) -> Outline<'a> {
        let mut outline = Outline {
            page,
            names,
            author,
            marked,
            items: Vec::with_capacity(page.tokens.len()),
            words: Vec::with_capacity(page.tokens.len()),
            small,
            units: Vec::with_capacity(page.sentences.len() + marked.len()),
            listed: Listed::with_room(page.tokens.len()),
            parted: Parted::default(),
            mentions: Vec::with_capacity(names.entities.iter().map(|e| e.mentions.len()).sum()),
            places: names.place_like.clone(),
            mention_at: vec![0; page.tokens.len()],
        };
        outline.places.sort_by_key(|p| p.start);
        outline.index_mentions();
        let (mut next_quote, mut sentence, mut quotes) = (0, 0, Vec::new());
        for (number, paragraph) in page.paragraphs.iter().enumerate() {
            let first = outline.items.len();
            quotes.clear();
            next_quote = outline.fold(paragraph.clone(), next_quote, &mut quotes);
            outline.unsettle(&quotes);
            sentence = outline.cut(first, number, sentence, &quotes);
        }
        outline.parted = Parted::of(&outline);
        outline
    }

    fn index_mentions(&mut self) {
        let page = self.page;
        for (entity, e) in self.names.entities.iter().enumerate() {
            for m in &e.mentions {
                let first = page.tokens.partition_point(|t| (t.end as usize) <= m.bytes.start);
                let n = page.tokens[first..].iter().take_while(|t| (t.start as usize) < m.bytes.end).count();
                if n > 0 {
                    self.mentions.push((first..first + n, entity));
                }
            }
        }
        self.mentions.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
        for (n, (range, _)) in self.mentions.iter().enumerate() {
            for slot in &mut self.mention_at[range.clone()] {
                if *slot == 0 {
                    *slot = n as u32 + 1;
                }
            }
        }
    }

    /// Appends the items of one paragraph, noting which are quotes; returns the number of the next quote.
    fn fold(&mut self, paragraph: Range<usize>, mut quote: usize, quotes: &mut Vec<usize>) -> usize {
        let page = self.page;
        let mut i = paragraph.start;
        loop {
            let marked = self.marked.get(quote);
            let before = |m: &Marked| page.tokens[i..paragraph.end].partition_point(|t| (t.start as usize) < m.outer.start);
            let stop = marked.map_or(paragraph.end, |m| i + before(m));
            self.fold_words(i..stop);
            i = stop;
            let Some(m) = marked.filter(|_| i < paragraph.end) else { return quote };
            quotes.push(self.items.len());
            self.listed.note(self.items.len(), &Word::default(), false, true);
            self.items.push(Item { token: i as u32, quote: quote as u32, shape: Shape::Mark });
            self.words.push(Word::default());
            while i < paragraph.end && (page.tokens[i].start as usize) < m.outer.end {
                i += 1;
            }
            quote += 1;
        }
    }

    /// Appends the items of tokens outside quotes.
    fn fold_words(&mut self, tokens: Range<usize>) {
        let (page, known) = (self.page, closed::words());
        for (i, (token, text, hash)) in tokens.clone().zip(page.words(tokens)) {
            let word = match token.shape {
                Shape::Mark => Word::default(),
                Shape::Lower => known.word(text, hash),
                _ => self.small_letters(i, token, text),
            };
            self.listed.note(self.items.len(), &word, self.mention_at[i] > 0, token.shape == Shape::Mark);
            self.items.push(Item { token: i as u32, quote: WORD, shape: token.shape });
            self.words.push(word);
        }
    }

    /// `“…,” From said`: behind a quote that leaves its sentence open a word in capitals before a reporting verb is somebody's name,
    /// whatever it means in small letters.
    fn unsettle(&mut self, quotes: &[usize]) {
        for q in quotes.iter().copied().filter(|q| q + 2 < self.items.len()) {
            let open = self.words(q).ends_with(',');
            let name = open && self.shape(q + 1) == Shape::Capital && (is_joint(&self.low(q + 1)) || is_preposition(&self.low(q + 1)));
            if name && self.low(q + 2).verb().is_some_and(|v| v.trust == cue::Trust::Strong) {
                self.words[q + 1] = Word::default();
            }
        }
    }

    /// Cuts the items from `first` on, of which `quotes` are quotes, into units; returns the number of the next sentence of the page.
    fn cut(&mut self, first: usize, paragraph: usize, mut sentence: usize, quotes: &[usize]) -> usize {
        let (page, end) = (self.page, self.items.len());
        let (mut start, mut i, mut quoted) = (first, first, false);
        // Where the sentence at hand ends; behind the last there is none.
        let end_of = |sentence: usize| page.sentences.get(sentence).map_or(usize::MAX, |s| s.end);
        let mut stop = end_of(sentence);
        for q in quotes.iter().copied().chain([end]) {
            // Words only, one token behind the other.
            while i < q {
                let token = self.items[i].token as usize;
                while stop <= token {
                    sentence += 1;
                    stop = end_of(sentence);
                }
                let closes = if stop == usize::MAX { i } else { i + (stop - 1 - token) };
                let last = closes.min(start + LONGEST).min(end - 1);
                if last >= q {
                    break;
                }
                self.units.push(Unit { items: start..last + 1, paragraph, quoted });
                (start, i, quoted) = (last + 1, last + 1, false);
            }
            if q == end {
                break;
            }
            let last = q + 1 == end;
            let ends = last || self.quote_ends_unit(q, end) || q - start >= LONGEST;
            quoted = !ends;
            if ends {
                self.units.push(Unit { items: start..q + 1, paragraph, quoted: true });
                start = q + 1;
            }
            i = q + 1;
        }
        sentence
    }

    /// Whether the quote at item `i` ends its unit, other items following before `end`.
    fn quote_ends_unit(&self, i: usize, end: usize) -> bool {
        let marked = &self.marked[self.items[i].quote as usize];
        let inner = &self.page.body[marked.inner.clone()];
        let last = inner.chars().rev().find(|c| !matches!(c, '\'' | '’' | ')' | '"' | '”' | ' ')).unwrap_or(' ');
        if self.items[i + 1].quote != WORD {
            return matches!(last, '.' | '!' | '?' | '…');
        }
        let next = self.items[i + 1].token as usize;
        let shape = self.page.tokens[next].shape;
        if !matches!(last, '.' | '!' | '?' | '…') || matches!(shape, Shape::Mark | Shape::Lower) {
            return false;
        }
        // `“Why?” Ito asked` goes on; `“No.” Ito said that …` does not.
        for j in i + 1..end.min(i + 8) {
            if self.items[j].quote != WORD {
                break;
            }
            let word = self.low(j);
            if word.is_empty() && self.shape(j) == Shape::Mark && j > i + 1 {
                break;
            }
            let closed = j + 1 >= end || matches!(self.text(j + 1), "." | ",");
            let reports = word.verb().is_some_and(|v| v.trust != cue::Trust::Weak || closed && last != '.');
            if self.shape(j) == Shape::Lower && j > i + 1 && reports {
                return match last {
                    // A comma forgotten: only if nothing but a time or place follows the verb.
                    '.' => !self.closes_soon(j + 1, end),
                    // `“Why?” Ito asked the mayor`: whom somebody asks or tells is no clause.
                    _ if matches!(&*word, "asked" | "asks" | "told" | "tells") => {
                        j + 1 < end && matches!(&*self.low(j + 1), "that" | "he" | "she" | "it" | "they")
                    }
                    _ => j + 1 < end && matches!(&*self.low(j + 1), "that" | "he" | "she" | "it" | "the" | "they"),
                };
            }
        }
        true
    }

    /// Whether the sentence ends within four items from `i`, without a quote or a comma.
    fn closes_soon(&self, i: usize, end: usize) -> bool {
        (i..end.min(i + 5)).find(|k| self.shape(*k) == Shape::Mark).map_or(i + 4 >= end, |k| matches!(self.text(k), "." | "!"))
    }

    /// Whether a token is part of a person's name: `Will` is no helping verb there.
    fn of_person(&self, token: usize) -> bool {
        let n = self.mention_at[token] as usize;
        n > 0 && self.names.entities[self.mentions[n - 1].1].kind == EntityKind::Person
    }

    /// Whether a token is a name of its own in capitals: `WHO` is no pronoun there.
    fn is_acronym(&self, token: usize) -> bool {
        let n = self.mention_at[token] as usize;
        n > 0 && self.page.tokens[token].shape == Shape::Upper && self.mentions[n - 1].0.len() == 1
    }

    /// The words of the quote at item `i`.
    pub fn words(&self, i: usize) -> &'a str {
        &self.page.body[self.marked[self.items[i].quote as usize].inner.clone()]
    }

    /// Whether item `i` is a quote that can be a sentence; a title or a word held at arm's length is not.
    pub fn is_speech(&self, i: usize) -> bool {
        self.is_quote(i) && {
            let words = self.words(i);
            let introduced = i > 0 && matches!(&*self.low(i - 1), "of" | "titled" | "entitled" | "called" | "named" | "dubbed");
            if introduced && is_title(words.trim_end_matches('?')) {
                return false;
            }
            let long = words.starts_with(|c: char| !c.is_lowercase()) && words.split_whitespace().nth(3).is_some();
            words.ends_with([',', '.', '!', '?', '…', '-', '–', '—']) || long
        }
    }

    /// The small letters of a word with capitals, or a number, that is no part of a quote.
    fn small_letters(&self, i: usize, token: &Token, text: &str) -> Word<'a> {
        let named = || self.mention_at[i] > 0 && (self.of_person(i) || self.is_acronym(i));
        let Some(hash) = self.page.hash_small(i).filter(|_| text.len() <= 16 && !named()) else { return Word::default() };
        Word::hashed(self.small.get(token.start as usize..token.end as usize).unwrap_or(""), hash)
    }

    /// The words of item `i` in small letters; empty for quotes, marks, names of persons, and long or non-ASCII words with
    /// capitals.
    pub fn low(&self, i: usize) -> Word<'a> {
        look(1);
        self.words[i]
    }

    /// The bytes of the paragraph with this number.
    pub fn paragraph(&self, number: usize) -> Range<usize> {
        let tokens = &self.page.paragraphs[number];
        self.page.tokens[tokens.start].start as usize..self.page.tokens[tokens.end - 1].end as usize
    }

    /// Whether the article has this word in small letters anywhere.
    pub fn writes_small(&self, word: &str) -> bool {
        self.page.writes_small(hash(word))
    }

    /// Whether item `i` is an adverb or a word of time, and no name.
    pub fn adverb(&self, i: usize) -> bool {
        match self.shape(i) {
            Shape::Lower => is_adverb(&self.low(i)),
            Shape::Capital => (is_plain_adverb(&self.low(i)) || is_manner(self.text(i))) && self.mention(i).is_none(),
            _ => false,
        }
    }

    /// The text of item `i`; empty for quotes.
    pub fn text(&self, i: usize) -> &'a str {
        if self.items[i].quote == WORD { self.page.text(self.items[i].token as usize) } else { "" }
    }

    /// The text of item `i` in small letters, whatever it is.
    pub fn lowered(&self, i: usize) -> Cow<'a, str> {
        let text = self.text(i);
        let small = text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        if small { text.into() } else { text.to_lowercase().into() }
    }

    /// The shape of item `i`; quotes are marks.
    pub fn shape(&self, i: usize) -> Shape {
        look(1);
        self.items[i].shape
    }

    /// Whether item `i` is a quote.
    pub fn is_quote(&self, i: usize) -> bool {
        self.items[i].quote != WORD
    }

    /// The mention that covers item `i`: its items and its entity.
    #[inline]
    pub fn mention(&self, i: usize) -> Option<(Range<usize>, usize)> {
        let Item { token, quote, .. } = self.items[i];
        // Most words belong to none.
        let n = (self.mention_at[token as usize] as usize).checked_sub(1).filter(|_| quote == WORD)?;
        self.mention_of(i, token as usize, n)
    }

    /// The items and the entity of mention `n`, to which `token`, which is item `i`, belongs.
    fn mention_of(&self, i: usize, token: usize, n: usize) -> Option<(Range<usize>, usize)> {
        let (range, entity) = self.mentions[n].clone();
        let back = token - range.start;
        let start = i.checked_sub(back).filter(|s| self.items[*s].token as usize == range.start)?;
        // A mark that opens a quote inside a name (`Bo"Lee`) takes the rest of the name into the quote.
        let whole = |end: &usize| self.items.get(end - 1).is_some_and(|last| last.quote == WORD && last.token as usize + 1 == range.end);
        let end = Some(start + range.len()).filter(whole).unwrap_or_else(|| {
            let inside = |k: &usize| self.items.get(*k).is_some_and(|item| item.quote == WORD && (item.token as usize) < range.end);
            (i + 1..).find(|k| !inside(k)).unwrap_or(i + 1)
        });
        Some((start..end, entity))
    }

    /// Like [`Outline::mention`], persons only.
    pub fn person(&self, i: usize) -> Option<(Range<usize>, usize)> {
        self.mention(i).filter(|(_, e)| self.names.entities[*e].kind == EntityKind::Person)
    }

    /// Whether a place is named in `bytes`.
    pub fn is_place(&self, bytes: &Range<usize>) -> bool {
        let n = self.places.partition_point(|p| p.end <= bytes.start);
        self.places.get(n).is_some_and(|p| p.start < bytes.end)
    }

    /// Whether item `i` is a possessive ending.
    pub fn is_possessive(&self, i: usize) -> bool {
        let text = self.text(i);
        matches!(text, "'s" | "’s" | "'" | "’")
    }

    /// First byte of item `i`.
    pub fn start(&self, i: usize) -> usize {
        let item = self.items[i];
        if item.quote == WORD { self.page.tokens[item.token as usize].start as usize } else { self.marked[item.quote as usize].outer.start }
    }

    /// One past the last byte of item `i`.
    pub fn end(&self, i: usize) -> usize {
        let item = self.items[i];
        if item.quote == WORD { self.page.tokens[item.token as usize].end as usize } else { self.marked[item.quote as usize].outer.end }
    }
}

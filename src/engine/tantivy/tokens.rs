//! Our words as the index's tokens.

use super::schema::{CAPITALS, WORDS};
use crate::words::{Word, for_each_in_capitals, for_each_word};
use tantivy::Index;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Cuts text by the rule of [`crate::words`].
#[derive(Clone, Default)]
pub(super) struct Words {
    /// Whether only words are handed on that are written in capitals throughout, each at its position among all.
    in_capitals: bool,
    forms: String,
    cuts: Vec<Cut>,
    token: Token,
}

/// Makes known to an index how its columns are cut.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(WORDS, Words::default());
    index.tokenizers().register(CAPITALS, Words::in_capitals());
}

impl Words {
    /// Cuts text likewise, and hands on what is written in capitals throughout.
    fn in_capitals() -> Words {
        Words { in_capitals: true, ..Words::default() }
    }
}

/// Calls `each` with the words of `text`; with those in capitals alone, if that is asked for.
fn each_word(text: &str, in_capitals: bool, each: impl FnMut(Word<'_>)) {
    if in_capitals { for_each_in_capitals(text, each) } else { for_each_word(text, each) }
}

#[derive(Clone, Copy)]
struct Cut {
    from: u32,
    to: u32,
    position: u32,
    form_end: u32,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        Stream { text, words: self, is_cut: false, next: 0 }
    }
}

/// The tokens of one text.
pub(super) struct Stream<'a> {
    text: &'a str,
    words: &'a mut Words,
    /// Whether `words` holds the cuts of the text.
    is_cut: bool,
    next: usize,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        if !self.is_cut {
            self.is_cut = true;
            self.words.forms.clear();
            self.words.cuts.clear();
            let (forms, cuts) = (&mut self.words.forms, &mut self.words.cuts);
            each_word(self.text, self.words.in_capitals, |word| {
                forms.push_str(word.form);
                cuts.push(Cut { from: word.start as u32, to: word.end as u32, position: word.position, form_end: forms.len() as u32 });
            });
        }
        let Some(cut) = self.words.cuts.get(self.next).copied() else { return false };
        let from = if self.next == 0 { 0 } else { self.words.cuts[self.next - 1].form_end };
        let token = &mut self.words.token;
        token.text.clear();
        token.text.push_str(&self.words.forms[from as usize..cut.form_end as usize]);
        token.offset_from = cut.from as usize;
        token.offset_to = cut.to as usize;
        token.position = cut.position as usize;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.words.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words.token
    }

    /// What indexing calls: hands each word on as it is cut, and keeps none.
    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        if self.is_cut {
            while self.advance() {
                sink(&self.words.token);
            }
            return;
        }
        let token = &mut self.words.token;
        each_word(self.text, self.words.in_capitals, |word| {
            token.text.clear();
            token.text.push_str(word.form);
            token.offset_from = word.start;
            token.offset_to = word.end;
            token.position = word.position as usize;
            sink(token);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_give_the_same_tokens() {
        let text = "The U.S. envoy’s e-mail to Žofie, 1,000 words. 北京市";
        let both = |mut words: Words| {
            let mut one: Vec<Token> = Vec::new();
            words.token_stream(text).process(&mut |token| one.push(token.clone()));
            let mut other: Vec<Token> = Vec::new();
            let mut stream = words.token_stream(text);
            while stream.advance() {
                other.push(stream.token().clone());
            }
            assert_eq!(one, other);
            one
        };
        let all = both(Words::default());
        assert_eq!(all.len(), 12);
        let in_capitals = both(Words::in_capitals());
        assert_eq!(in_capitals, [all[1].clone()], "where it stands among all");
    }
}

//! Our words as the index's tokens.

use crate::words::for_each_word;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Cuts text by the rule of [`crate::words`].
#[derive(Clone, Default)]
pub(super) struct Words {
    forms: String,
    cuts: Vec<Cut>,
    token: Token,
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
        self.forms.clear();
        self.cuts.clear();
        let (forms, cuts) = (&mut self.forms, &mut self.cuts);
        for_each_word(text, |word| {
            forms.push_str(word.form);
            cuts.push(Cut { from: word.start as u32, to: word.end as u32, position: word.position, form_end: forms.len() as u32 });
        });
        self.token.reset();
        Stream { words: self, next: 0 }
    }
}

/// The tokens of one text.
pub(super) struct Stream<'a> {
    words: &'a mut Words,
    next: usize,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
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
}

//! Many queries held against one clipping: its texts are cut into words once for all of them.

use super::text::Tokens;
use super::vocabulary::Tongues;
use super::{Marks, Scene};
use crate::article::{Clipping, Quote};
use crate::field::{self, Field};
use crate::query::{Query, Target};
use crate::words::inflections;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// A clipping whose texts are cut into words as queries ask for them, and then kept.
pub struct Desk<'c> {
    /// The clipping.
    pub clipping: &'c Clipping,
    /// Whose inflections count.
    pub(super) language: &'static str,
    /// Texts already cut, by field and by address of the quote.
    texts: RefCell<FxHashMap<(&'static str, usize), Rc<Tokens<'c>>>>,
}

impl<'c> Desk<'c> {
    /// Lays `clipping` on the desk; inflections are those of its language.
    pub fn new(clipping: &'c Clipping) -> Desk<'c> {
        Desk { clipping, language: inflections(clipping.article.language.as_deref()), texts: RefCell::default() }
    }

    /// The language whose inflections count: one of [`LANGUAGES`](crate::words::LANGUAGES), or none.
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// Hands out every different word of a text field, folded; of a quote where the field is one of quotes.
    pub fn for_each_form(&self, field: &'static Field, quote: Option<&'c Quote>, take: &mut dyn FnMut(&str)) {
        self.tokens(field, quote).for_each_form(take);
    }

    /// The same of those that are written in capitals throughout; one may come several times.
    pub fn for_each_in_capitals(&self, field: &'static Field, quote: Option<&'c Quote>, take: &mut dyn FnMut(&str)) {
        self.tokens(field, quote).for_each_in_capitals(take);
    }

    /// The text of a field cut into words, kept for the next time it is asked for.
    pub(super) fn tokens(&self, field: &'static Field, quote: Option<&'c Quote>) -> Rc<Tokens<'c>> {
        let key = (field.name, quote.map_or(0, |q| std::ptr::from_ref(q) as usize));
        if let Some(tokens) = self.texts.borrow().get(&key) {
            return Rc::clone(tokens);
        }
        let (clipping, mut texts) = (self.clipping, String::new());
        let mut first = |value: field::Value<'_>| {
            if let field::Value::Text(text) = value {
                texts.push_str(text);
            }
        };
        match (field.read, quote) {
            (field::Read::Article(read), _) => read(clipping, &mut first),
            (field::Read::Quote(read), Some(quote)) => read(clipping, quote, &mut first),
            (field::Read::Quote(_), None) | (field::Read::Kin(_), _) => {}
        }
        let tokens = Rc::new(Tokens::of(texts.into(), self.language, field.is_one_unit()));
        self.texts.borrow_mut().insert(key, Rc::clone(&tokens));
        tokens
    }
}

/// Queries ready to be held against many clippings; what is worked out for a word is shared by all that have it.
pub struct Matchers {
    words: Tongues,
    queries: Vec<(Query, Target)>,
}

impl Matchers {
    /// Makes `queries` ready; inflections are those of the language of each article.
    pub fn new(queries: Vec<(Query, Target)>) -> Matchers {
        Matchers { words: Tongues::new(queries.iter().map(|(query, _)| query)), queries }
    }

    /// The queries, in the order they were given.
    pub fn queries(&self) -> &[(Query, Target)] {
        &self.queries
    }

    /// Whether the article on the desk answers the query of this number.
    pub fn article(&self, number: usize, desk: &Desk<'_>) -> bool {
        self.holds(number, desk, None)
    }

    /// Whether the quote, which is one of the clipping on the desk, answers the query of this number.
    pub fn quote<'c>(&self, number: usize, desk: &Desk<'c>, quote: &'c Quote) -> bool {
        self.holds(number, desk, Some(quote))
    }

    fn holds<'c>(&self, number: usize, desk: &Desk<'c>, quote: Option<&'c Quote>) -> bool {
        let words = self.words.of(desk.language, || self.queries.iter().map(|(query, _)| query));
        let scene = Scene { words, desk };
        self.queries.get(number).is_some_and(|(query, _)| scene.holds(query, quote, &mut Marks::unwanted()))
    }
}

//! What a typed word becomes: one form, or the parts of a compound in a row or written as one.

use super::{Expr, Part, WordForm};
use crate::words::words;

/// Letters that stand for `*` and `?` while a pattern is cut by the rule for words, which would take those for ends of words.
const ANY: char = '\u{a66e}';
const ONE: char = '\u{a78f}';

/// How the letters of a typed word are meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Manner {
    /// With its inflections.
    Inflected,
    /// As it stands.
    Exact,
    /// Within so many edits; `None` leaves the number to the length of the word.
    Fuzzy(Option<u8>),
}

/// The words of a stretch of text: the parts in a row, and the same with every compound written as one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cut {
    pub parts: Vec<WordForm>,
    pub joined: Option<Vec<WordForm>>,
    /// Whether a `*` or `?` stood by itself and was left out.
    pub lone_wildcard: bool,
}

/// Cuts `text` by the rule of the index. `*` and `?` make patterns; `upto` letters more may follow the last word.
pub(super) fn cut(text: &str, manner: Manner, upto: Option<u8>) -> Cut {
    let pattern = text.contains(['*', '?']);
    let found = if pattern { words(&text.replace('*', "\u{a66e}").replace('?', "\u{a78f}")) } else { words(text) };
    let Some(last) = found.iter().map(|w| w.1).max() else { return Cut::default() };
    let form = |(_, end, _, form): &(usize, usize, u32, String)| shape(form, pattern, manner, upto.filter(|_| *end == last));
    let mut cut = Cut::default();
    let mut joined = Vec::new();
    let mut covered = 0;
    for (i, word) in found.iter().enumerate() {
        if i > 0 && found[i - 1].2 == word.2 {
            // The whole compound: it takes the place of the part before it and of those it covers.
            joined.pop();
            joined.push(form(word));
            covered = word.1;
            continue;
        }
        cut.parts.push(form(word));
        if word.0 >= covered {
            joined.push(form(word));
        }
    }
    let before = cut.parts.len();
    cut.parts.retain(|form| !is_wordless(form));
    cut.lone_wildcard = cut.parts.len() < before;
    cut.joined = (covered > 0 && !cut.lone_wildcard && joined != cut.parts).then_some(joined);
    cut
}

fn shape(form: &str, pattern: bool, manner: Manner, upto: Option<u8>) -> WordForm {
    if pattern && form.contains([ANY, ONE]) {
        let mut glob = String::with_capacity(form.len());
        for c in form.chars() {
            match c {
                ANY if glob.ends_with('*') => {}
                ANY => glob.push('*'),
                ONE => glob.push('?'),
                _ => glob.push(c),
            }
        }
        return WordForm::Pattern { glob, upto };
    }
    let form = form.to_owned();
    match manner {
        _ if upto.is_some() => WordForm::Pattern { glob: form, upto },
        Manner::Inflected => WordForm::Inflected(form),
        Manner::Exact => WordForm::Exact(form),
        Manner::Fuzzy(edits) => {
            let edits = edits.unwrap_or(if form.chars().count() < 6 { 1 } else { 2 });
            WordForm::Fuzzy { form, edits }
        }
    }
}

impl Cut {
    /// What to find: a word, or the parts of a compound in a row or as one word. `None` when there is no word.
    pub fn expr(self) -> Option<Expr> {
        let parts = row(self.parts)?;
        Some(match self.joined.and_then(row) {
            Some(joined) => Expr::Or(vec![parts, joined]),
            None => parts,
        })
    }
}

/// Whether a pattern holds no letter: a `*` or `?` that stands by itself is no word.
fn is_wordless(form: &WordForm) -> bool {
    matches!(form, WordForm::Pattern { glob, .. } if glob.chars().all(|c| matches!(c, '*' | '?')))
}

fn row(mut forms: Vec<WordForm>) -> Option<Expr> {
    match forms.len() {
        0 => None,
        1 => forms.pop().map(Expr::Word),
        _ => Some(Expr::Phrase(forms.into_iter().map(Part::Word).collect())),
    }
}

/// A word as typed, with the marks on it taken off.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typed<'t> {
    pub text: std::borrow::Cow<'t, str>,
    pub manner: Manner,
    pub upto: Option<u8>,
    /// What is wrong with a mark.
    pub wrong: Option<&'static str>,
}

/// What is wrong with a word that has both an edit and an open letter.
pub(super) const OPEN_AND_NEAR: &str = "a word is some edits away or has letters left open, not both";

/// Whether a mark in `text` leaves letters open.
pub(super) fn is_open(text: &str) -> bool {
    text.contains(['*', '?']) || text.ends_with('!')
}

/// Reads the marks of a word: `=` in front; `!`, `$2`, `~`, `~1` behind.
pub(super) fn typed(chunk: &str, capital_is_exact: bool) -> Typed<'_> {
    let mut typed = Typed { text: chunk.into(), manner: Manner::Inflected, upto: None, wrong: None };
    let mut text = chunk;
    let exact = text.starts_with('=');
    text = text.trim_start_matches('=');
    if exact || (capital_is_exact && text.chars().any(char::is_uppercase)) {
        typed.manner = Manner::Exact;
    }
    if let Some((word, edits)) = text.rsplit_once('~')
        && (edits.is_empty() || edits.bytes().all(|b| b.is_ascii_digit()))
    {
        text = word;
        typed.manner = Manner::Fuzzy(None);
        match edits {
            "" => {}
            "1" => typed.manner = Manner::Fuzzy(Some(1)),
            "2" => typed.manner = Manner::Fuzzy(Some(2)),
            _ => typed.wrong = Some("a word can be 1 or 2 edits away"),
        }
    }
    if let Some((word, letters)) = text.rsplit_once('$')
        && !word.is_empty()
        && !letters.is_empty()
        && letters.bytes().all(|b| b.is_ascii_digit())
    {
        text = word;
        match letters.parse() {
            Ok(n) => typed.upto = Some(n),
            Err(_) => typed.wrong = Some("at most 255 letters can follow"),
        }
    }
    if matches!(typed.manner, Manner::Fuzzy(_)) && (typed.upto.is_some() || is_open(text)) {
        typed.wrong = Some(OPEN_AND_NEAR);
    }
    match text.strip_suffix('!') {
        Some(word) if word.chars().any(char::is_alphanumeric) => typed.text = format!("{}*", word.trim_end_matches('!')).into(),
        _ => typed.text = text.into(),
    }
    typed
}

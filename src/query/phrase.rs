//! What stands between quotation marks: words in a row, with gaps and choices.

use super::leaf::{Cut, Manner, cut};
use super::problem::Problem;
use super::{Expr, Part, WordForm};
use std::borrow::Cow;
use std::ops::Range;

/// A phrase read from the text between quotation marks.
#[derive(Debug, Default)]
pub(super) struct Phrase {
    parts: Vec<Part>,
    /// The same with compounds written as one, if there are any.
    joined: Option<Vec<Part>>,
    pub problems: Vec<Problem>,
}

/// Reads the text between quotation marks that stands at `at` in the query.
pub(super) fn phrase(text: &str, at: usize) -> Phrase {
    let mut phrase = Phrase::default();
    let mut joined = Vec::new();
    let mut compounds = false;
    for (span, piece) in pieces(text) {
        let span = at + span.start..at + span.end;
        // Lone punctuation is nothing in a phrase, but a lone `*` is a word.
        if !piece.chars().any(char::is_alphanumeric) && !piece.contains('*') {
            continue;
        }
        if piece.chars().all(|c| !c.is_alphanumeric()) {
            phrase.parts.push(Part::Gap);
            joined.push(Part::Gap);
        } else if let Some(choice) = piece.strip_prefix('(').and_then(|p| p.strip_suffix(')')).filter(|p| p.contains('|')) {
            if let Some(any) = phrase.choice(choice, span) {
                phrase.parts.push(any.clone());
                joined.push(any);
            }
        } else {
            let Cut { parts, joined: one, lone_wildcard } = cut(&phrase.plain(piece, span.clone()), Manner::Exact, None);
            if lone_wildcard {
                phrase.problems.push(lone(piece, span));
            }
            compounds |= one.is_some();
            joined.extend(one.unwrap_or_else(|| parts.clone()).into_iter().map(Part::Word));
            phrase.parts.extend(parts.into_iter().map(Part::Word));
        }
    }
    if phrase.trim(at..at + text.len()) {
        trim_gaps(&mut joined);
    }
    phrase.joined = compounds.then_some(joined);
    phrase
}

/// The words of a text in a row, each as it stands.
pub(super) fn written_parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (_, _, position, form) in crate::words::words(text) {
        parts.resize(parts.len().max(position as usize), Part::Gap);
        if parts.len() == position as usize {
            parts.push(Part::Word(WordForm::Exact(form)));
        }
    }
    parts
}

/// The note on a `*` or `?` that no letter stands by.
pub(super) fn lone(piece: &str, span: Range<usize>) -> Problem {
    Problem::note(span, format!("`{piece}`: a `*` or `?` with no letter beside it is left out"))
}

/// The pieces between spaces; a choice `(a | b)` is one piece.
fn pieces(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|r| r.find(|c| !super::lex::is_space(c))).map(|i| at + i) {
        let rest = text.get(start..).unwrap_or("");
        let space = rest.find(super::lex::is_space).unwrap_or(rest.len());
        let choice = if rest.starts_with('(') { rest.find(')').map(|i| i + 1) } else { None };
        let len = choice.filter(|i| rest.get(..*i).is_some_and(|p| p.contains('|'))).unwrap_or(space);
        pieces.push((start..start + len, rest.get(..len).unwrap_or("")));
        at = start + len;
    }
    pieces
}

impl Phrase {
    /// A `?` at the end of a quoted word is no wildcard: people paste whole sentences.
    fn plain<'t>(&mut self, piece: &'t str, span: Range<usize>) -> Cow<'t, str> {
        let stands = |(i, _): &(usize, char)| {
            let behind = piece.get(*i..).unwrap_or("").trim_start_matches('?');
            behind.starts_with(|c: char| c.is_alphanumeric() || c == '*')
        };
        if piece.char_indices().filter(|(_, c)| *c == '?').all(|at| stands(&at)) {
            return piece.into();
        }
        let note = Problem::note(span, format!("`{piece}`: inside quotes a `?` at the end of a word is punctuation"));
        self.problems.push(note.suggest("write `*` for any ending"));
        piece.char_indices().map(|at| if at.1 == '?' && !stands(&at) { ' ' } else { at.1 }).collect::<String>().into()
    }

    fn choice(&mut self, choice: &str, span: Range<usize>) -> Option<Part> {
        let mut forms = Vec::new();
        for word in choice.split('|') {
            let mut parts = cut(word, Manner::Exact, None).parts;
            match (parts.len(), parts.pop()) {
                (1, Some(form)) => forms.push(form),
                _ => {
                    let error = Problem::error(span, format!("`{}` is not one word", word.trim()));
                    self.problems.push(error.suggest("a choice inside quotes is between single words: `\"(tax|duty) cut\"`"));
                    return None;
                }
            }
        }
        Some(Part::AnyOf(forms))
    }

    /// Takes gaps off both ends, where they would ask for nothing but any word.
    fn trim(&mut self, span: Range<usize>) -> bool {
        let trimmed = trim_gaps(&mut self.parts);
        if trimmed {
            self.problems.push(Problem::note(span, "a `*` at the end of a phrase is left out"));
        }
        trimmed
    }

    /// What to find: `None` when there is no word.
    pub fn expr(self) -> Option<Expr> {
        let parts = row(self.parts)?;
        Some(match self.joined.and_then(row) {
            Some(joined) => Expr::Or(vec![parts, joined]),
            None => parts,
        })
    }

    /// The words alone, for windows and values; `gap` stands for a gap. `Err` when there are choices (or gaps without `gap`).
    pub fn words(self, gap: Option<&WordForm>) -> Result<Vec<WordForm>, &'static str> {
        let word = |part| match (part, gap) {
            (Part::Word(form), _) => Ok(form),
            (Part::Gap, Some(gap)) => Ok(gap.clone()),
            _ => Err("gaps and choices cannot stand here"),
        };
        self.parts.into_iter().map(word).collect()
    }
}

fn trim_gaps(parts: &mut Vec<Part>) -> bool {
    let before = parts.len();
    let leading = parts.iter().take_while(|p| **p == Part::Gap).count();
    parts.drain(..leading);
    while parts.last() == Some(&Part::Gap) {
        parts.pop();
    }
    parts.len() < before
}

fn row(mut parts: Vec<Part>) -> Option<Expr> {
    match (parts.len(), parts.pop()) {
        (1, Some(Part::Word(form))) => Some(Expr::Word(form)),
        (_, None) => None,
        (_, Some(last)) => {
            parts.push(last);
            Some(Expr::Phrase(parts))
        }
    }
}

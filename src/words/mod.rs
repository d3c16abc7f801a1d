//! How text is cut into words that can be searched: one rule for index, query, evaluator and highlighter.
//!
//! Words are runs of letters and digits, folded (compatibility forms, case, diacritics; `ß` is `ss`). Punctuation
//! variants meet: `U.S.` is one word `us`; a possessive `'s` is dropped; `don't` is `dont`; `1,000` is `1000`; a
//! compound (`al-Qaeda`, `O'Brien`, `COVID-19`, `AT&T`) is its parts in a row and, at the first of them, also the whole
//! written as one word. Chinese, Japanese and Korean runs are cut into overlapping pairs of characters.

mod cut;
mod fold;
mod language;
mod stem;
#[cfg(test)]
mod tests;

pub use cut::{FINGERPRINT, for_each_in_capitals, for_each_word};
pub use fold::{fold, fold_into};
pub use language::language;
pub use stem::{LANGUAGES, Stems, inflections, place_of, stem};

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Byte offset of its first character.
    pub start: usize,
    /// Byte offset past its last character.
    pub end: usize,
    /// Number of the word in the text. Two words share it only where one is a compound written as one.
    pub position: u32,
    /// The folded form.
    pub form: &'a str,
}

/// Longest form kept, in bytes; what is longer is cut.
pub const LONGEST: usize = 120;

/// The forms of the words of `text`, in order: what tells whether two names are the same words.
pub fn forms(text: &str) -> Vec<String> {
    words(text).into_iter().map(|(_, _, _, form)| form).collect()
}

/// Whether a word as it stands in a text is written in capitals throughout: it has some, and no small letters.
///
/// ```
/// assert!(["US", "U.S.", "I", "B-52"].iter().all(|word| morgue::words::is_in_capitals(word)));
/// assert!(!["us", "Us", "52"].iter().any(|word| morgue::words::is_in_capitals(word)));
/// ```
pub fn is_in_capitals(word: &str) -> bool {
    !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase)
}

/// `text` on one line: its words as they stand, with one space between.
///
/// ```
/// assert_eq!(morgue::words::one_line(" It\n\nholds,  he said."), "It holds, he said.");
/// ```
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The words of `text` as owned values: `(start, end, position, form)`; for queries and short texts.
pub fn words(text: &str) -> Vec<(usize, usize, u32, String)> {
    let mut all = Vec::new();
    for_each_word(text, |w| all.push((w.start, w.end, w.position, w.form.to_owned())));
    all
}

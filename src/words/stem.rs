//! Inflections: which forms belong to one word, by the Snowball stemmers.
//!
//! The index holds words as they stand. A bare word in a query is widened when it is asked: to all forms in the index that
//! have its stem ([`Stems::family`]). So exact search is exact, and no stem table is baked into the index.

use std::borrow::Cow;

/// The stem of a folded form in a language (ISO 639-1 code); languages without a stemmer keep the form.
///
/// # Example
///
/// ```
/// assert_eq!(morgue::words::stem("en", "guarantees"), morgue::words::stem("en", "guarantee"));
/// ```
pub fn stem<'a>(language: &str, form: &'a str) -> Cow<'a, str> {
    match algorithm(language) {
        Some(algorithm) if form.bytes().any(|b| !b.is_ascii_digit()) => frostem::Stemmer::new(algorithm).stem(form),
        _ => Cow::Borrowed(form),
    }
}

fn algorithm(language: &str) -> Option<frostem::Algorithm> {
    use frostem::Algorithm::*;
    Some(match language {
        "en" => English,
        "de" => German,
        "fr" => French,
        "es" => Spanish,
        "it" => Italian,
        "pt" => Portuguese,
        "nl" => Dutch,
        "sv" => Swedish,
        "no" | "nb" => Norwegian,
        "da" => Danish,
        "fi" => Finnish,
        "ru" => Russian,
        _ => return None,
    })
}

/// The word a query asks for, ready to tell which forms are inflections of it.
pub struct Stems {
    language: String,
    form: String,
    stem: String,
}

impl Stems {
    /// Prepares `form` (folded) in `language`.
    pub fn of(language: &str, form: &str) -> Stems {
        Stems { language: language.to_owned(), form: form.to_owned(), stem: stem(language, form).into_owned() }
    }

    /// Whether `other` (folded) is the word or an inflection of it.
    pub fn family(&self, other: &str) -> bool {
        other == self.form || stem(&self.language, other) == self.stem
    }

    /// What all inflections begin with: the ranges of a sorted vocabulary to look through.
    ///
    /// Snowball's steps replace endings, so all forms of a stem begin with it but for its last letter (`happi`: `happy`;
    /// `hope`: `hoping`). The few words the English stemmer lists apart (`dying`, `lying`, `tying`) are named.
    pub fn prefixes(&self) -> Vec<&str> {
        let cut = self.stem.char_indices().next_back().map_or(0, |(i, _)| i);
        let keep = if self.stem.ends_with(['i', 'e', 'y']) && cut >= 2 { cut } else { self.stem.len() };
        let mut all = vec![&self.stem[..keep]];
        if self.language == "en" {
            match self.stem.as_str() {
                "die" => all.push("dying"),
                "lie" => all.push("lying"),
                "tie" => all.push("tying"),
                "sky" => all.push("ski"),
                _ => {}
            }
        }
        if !self.form.starts_with(&self.stem[..keep]) {
            all.push(&self.form);
        }
        all
    }
}

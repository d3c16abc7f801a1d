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

/// Languages whose inflections are known, by their codes (ISO 639-1), English first. Archives keep their places in this list.
pub const LANGUAGES: [&str; 12] = ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "no", "da", "fi", "ru"];

/// The language whose inflections count in a text of `language`: one of [`LANGUAGES`], English where none is said, and none
/// (the empty word) where the language is another.
///
/// ```
/// use morgue::words::inflections;
/// assert_eq!([None, Some("pt-BR"), Some("nb"), Some("zh")].map(inflections), ["en", "pt", "no", ""]);
/// ```
pub fn inflections(language: Option<&str>) -> &'static str {
    let code = language.and_then(|l| l.split(['-', '_']).next()).filter(|code| !code.is_empty()).unwrap_or("en");
    let code = if code.eq_ignore_ascii_case("nb") { "no" } else { code };
    LANGUAGES.iter().find(|known| known.eq_ignore_ascii_case(code)).copied().unwrap_or("")
}

/// The place of a language of [`inflections`] in [`LANGUAGES`]; the one behind the last for none.
pub fn place_of(language: &str) -> usize {
    LANGUAGES.iter().position(|known| *known == language).unwrap_or(LANGUAGES.len())
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
    /// A form that begins otherwise than the stem; empty where there is none.
    beside: String,
}

impl Stems {
    /// Prepares `form` (folded) in `language`.
    pub fn of(language: &str, form: &str) -> Stems {
        let stem = stem(language, form).into_owned();
        let beside = match (language, stem.as_str()) {
            ("en", "sky") => "ski".to_owned(),
            // `dying`, `lying`, `tying`, `vying`
            ("en", _) if stem.len() == 3 && stem.ends_with("ie") => format!("{}ying", &stem[..1]),
            _ => String::new(),
        };
        Stems { language: language.to_owned(), form: form.to_owned(), stem, beside }
    }

    /// Whether `other` (folded) is the word or an inflection of it.
    pub fn family(&self, other: &str) -> bool {
        other == self.form || stem(&self.language, other) == self.stem
    }

    /// What all inflections begin with: the ranges of a sorted vocabulary to look through.
    ///
    /// Snowball's steps replace endings, so all forms of a stem begin with it but for its last letter (`happi`: `happy`;
    /// `hope`: `hoping`). What the English stemmer has apart (`vying`: `vie`) is named. Other languages
    /// replace longer endings (`journaux`: `journal`) and letters within (`oel`: `öl`, `open`: `oop`): of those only the first
    /// letter is taken, and the Dutch stemmer takes off a `ge` in front.
    pub fn prefixes(&self) -> Vec<&str> {
        if !matches!(self.language.as_str(), "en" | "") {
            let end = self.stem.chars().next().map_or(0, char::len_utf8);
            let mut all = vec![self.stem.get(..end).unwrap_or("")];
            if self.language == "nl" {
                all.push("ge");
            }
            if !self.form.starts_with(all[0]) {
                all.push(&self.form);
            }
            return all;
        }
        let cut = self.stem.char_indices().next_back().map_or(0, |(i, _)| i);
        let keep = if self.stem.ends_with(['i', 'e', 'y']) && cut >= 2 { cut } else { self.stem.len() };
        let mut all = vec![&self.stem[..keep]];
        if !self.beside.is_empty() {
            all.push(&self.beside);
        }
        if !self.form.starts_with(&self.stem[..keep]) {
            all.push(&self.form);
        }
        all
    }
}

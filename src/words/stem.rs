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
    /// What forms begin with that begin otherwise than the stem.
    beside: Vec<String>,
}

impl Stems {
    /// Prepares `form` (folded) in `language`.
    pub fn of(language: &str, form: &str) -> Stems {
        let stem = stem(language, form).into_owned();
        let beside = if language == "en" { beside(&stem) } else { Vec::new() };
        Stems { language: language.to_owned(), form: form.to_owned(), stem, beside }
    }

    /// Whether `other` (folded) is the word or an inflection of it.
    pub fn family(&self, other: &str) -> bool {
        other == self.form || stem(&self.language, other) == self.stem
    }

    /// What all inflections begin with: the ranges of a sorted vocabulary to look through.
    ///
    /// The steps of the English stemmer take endings off, but for a `y` that becomes `i` (`happi`: `happy`), an `e` that is
    /// put back (`hope`: `hoping`) and `bility` (`possibl`: `possibility`); the few words it has apart (`vie`: `vying`) are named. Other languages
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
        let mut all = vec![self.stem.as_str()];
        all.extend(self.beside.iter().map(String::as_str));
        if !self.form.starts_with(&self.stem) {
            all.push(&self.form);
        }
        all
    }
}

/// What inflections of an English stem begin with that do not begin with the stem.
fn beside(stem: &str) -> Vec<String> {
    let mut all = Vec::new();
    match (stem, stem.split_at_checked(stem.len().saturating_sub(1))) {
        ("sky", _) => all.push("ski".to_owned()),
        (_, Some((rest, "i"))) => all.push(format!("{rest}y")),
        (_, Some((rest, "l"))) if rest.ends_with('b') => all.push(format!("{rest}ilit")),
        (_, Some((rest, "e"))) => {
            all.push(format!("{rest}ing"));
            // `dying`, `lying`, `tying`, `vying`
            all.extend(rest.strip_suffix('i').filter(|first| first.len() == 1).map(|first| format!("{first}ying")));
        }
        _ => {}
    }
    all
}

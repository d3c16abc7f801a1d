//! Under which key a name stands in the gazetteer: one rule for the one who writes it and the one who looks it up.
//!
//! Words are folded (case, diacritics, letters such as `ø`), apostrophes vanish, and whatever else stands between two
//! words is one space: `Saint-Étienne` is `saint etienne`, `Xi'an` is `xian`. Abbreviations (`U.S.`, `Ill.`, `UAE`) are
//! kept as printed, behind a `=`, because `us` and `ill` are words.

use crate::extract::page::look;

/// Longest key the gazetteer holds, in bytes.
pub const LONGEST: usize = 64;

/// Appends the folded form of one character; nothing for what does not count.
pub fn fold_char(c: char, key: &mut Vec<u8>) {
    if c.is_ascii_alphanumeric() {
        key.push(c.to_ascii_lowercase() as u8);
        return;
    }
    if c.is_ascii() {
        return;
    }
    let plain = match c {
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'ı' | 'İ' => "i",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        'ə' | 'Ə' => "a",
        _ => {
            let folded = crate::words::fold(c.encode_utf8(&mut [0; 4])).into_owned();
            key.extend_from_slice(folded.as_bytes());
            return;
        }
    };
    key.extend_from_slice(plain.as_bytes());
}

/// Whether `c` stands inside a word without counting: apostrophes and their look-alikes.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '´' | 'ʹ')
}

/// Whether `name` is an abbreviation that must be met as printed.
///
/// ```
/// use morgue::extract::places::key::is_abbreviation;
/// assert!(is_abbreviation("U.S.") && is_abbreviation("Ill.") && is_abbreviation("UAE"));
/// assert!(!is_abbreviation("St. Lucia"));
/// ```
pub fn is_abbreviation(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    (letters == capitals && letters <= 5) || (name.ends_with('.') && !name.contains(' '))
}

/// Whether a word is of single capitals and full stops: `T.S.`
///
/// ```
/// use morgue::extract::places::key::are_initials;
/// assert!(are_initials("T.S.") && are_initials("U.K."));
/// assert!(!are_initials("Ill.") && !are_initials("St.") && !are_initials("a.m."));
/// ```
pub fn are_initials(word: &str) -> bool {
    word.split_terminator('.').all(|letter| letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_uppercase()))
}

/// The key of a name.
///
/// ```
/// use morgue::extract::places::key::key;
/// assert_eq!(key("Saint-Étienne"), "saint etienne");
/// assert_eq!(key("St. John's"), "st johns");
/// assert_eq!(key("U.S."), "=U.S.");
/// ```
pub fn key(name: &str) -> String {
    if is_abbreviation(name) { format!("={name}") } else { folded(name) }
}

/// The key of a name that is no abbreviation.
pub fn folded(name: &str) -> String {
    look(name.len());
    let mut key = Vec::with_capacity(name.len());
    let mut gap = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if gap && !key.is_empty() {
                key.push(b' ');
            }
            gap = false;
            fold_char(c, &mut key);
        } else if !is_apostrophe(c) {
            gap = true;
        }
    }
    String::from_utf8(key).unwrap_or_default()
}

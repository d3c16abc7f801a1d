//! Persons whose family name is a word or a month, where they stand with that alone: `The pressure on May grew`, `critics of Price`.

use super::lexicon::{Lexicon, Traits, hash};
use super::sight::{Shown, Sight};
use crate::extract::page::WordSet;

/// Months that families are called by.
const MONTHS: &[&str] = &["March", "April", "May", "June", "August"];
/// What a month stands behind, and what stands between two.
const OF_TIME: &[&str] = &[
    "in", "In", "last", "Last", "this", "This", "next", "Next", "since", "Since", "until", "Until", "till", "by", "By", "early", "Early",
    "late", "Late", "from", "From", "during", "During", "through", "before", "Before", "after", "After", "of", "to", "between", "Between",
    "every", "each", "and", "or", "for", "previous", "coming",
];
/// What no month stands behind.
const OF_SOMEBODY: &[&str] = &[
    "with", "With", "against", "Against", "about", "behind", "toward", "towards", "than", "told", "asked", "asking", "meet", "met",
    "meeting", "replace", "succeed", "oust", "urge", "urged", "push", "pushed", "like", "Like", "Unlike", "unlike", "backed", "accused",
    "on",
];
/// What somebody does behind a name.
const DOES: &[&str] = &[
    "will", "would", "was", "has", "had", "is", "did", "does", "could", "should", "must", "might", "may", "won", "lost", "left", "met",
    "who",
];

/// What persons of an article are called by that may mean something else.
#[derive(Default)]
pub(super) struct Called<'p> {
    /// Days and months that are part of a name, and those of them that are a family's.
    days: Vec<&'p str>,
    months: Vec<&'p str>,
    /// Families whose name the article has as a word as well.
    words: Vec<&'p str>,
    /// Families called like a land or town.
    lands: Vec<&'p str>,
}

impl<'p> Called<'p> {
    /// With the family of whom a headline names in full, if it is a month or a word: `Eleanor May Resigns`.
    pub fn of_headline(title: &'p str) -> Called<'p> {
        let mut called = Called::default();
        let traits = |word: &str| Lexicon::get().traits(word);
        let mut before = Traits::default();
        for word in title.split_whitespace() {
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
            let given = before.is_given() && !before.any(Traits::WEAK_GIVEN | Traits::FAMILY | Traits::PLACE | Traits::CALENDAR);
            if given && MONTHS.contains(&word) {
                called.add_day(word, true);
            } else if given && traits(word).any(Traits::WEAK_FAMILY) && traits(word).any(Traits::COMMON) {
                called.add_word(word);
            }
            before = traits(word);
        }
        called
    }

    /// The hashes of the families' names so far.
    pub fn families(&self) -> WordSet {
        self.days.iter().chain(&self.words).map(|word| hash(word)).collect()
    }

    /// Takes note of a family called like a land, at token `i`, behind a given name.
    pub fn add_land(&mut self, sight: &Sight<'_, 'p>, i: usize) {
        let given = sight.traits(i - 1).is_given() || sight.text(i - 1).len() == 2 && sight.text(i - 1).ends_with('.');
        if sight.traits(i).any(Traits::PLACE) && given {
            self.lands.push(sight.text(i));
        }
    }

    /// Takes note of a day or month that is part of somebody's name, the last or the first.
    pub fn add_day(&mut self, word: &'p str, is_last: bool) {
        self.days.push(word);
        if is_last && MONTHS.contains(&word) {
            self.months.push(word);
        }
    }

    /// Takes note of a family name that is a word.
    pub fn add_word(&mut self, word: &'p str) {
        self.words.push(word);
    }

    /// Whether the word at `i`, which is in no name, is such a person.
    pub fn is_somebody(&self, sight: &Sight<'_, '_>, i: usize) -> bool {
        let word = sight.text(i);
        let land = || self.lands.contains(&word) && speaks(sight, i);
        self.words.contains(&word) && is_alone(sight, i) || self.days.contains(&word) && self.is_no_day(sight, i) || land()
    }

    fn is_no_day(&self, sight: &Sight<'_, '_>, i: usize) -> bool {
        if sight.traits(i + 1).any(Traits::SPEECH) {
            return true;
        }
        let before = i.checked_sub(1).map_or("", |before| sight.text(before));
        let next = sight.text(i + 1);
        let is_digit = |c: char| c.is_ascii_digit();
        // `3 May`, `May 3`, `May Day`
        let is_day = before.starts_with(is_digit) || next.starts_with(|c: char| is_digit(c) || c.is_uppercase());
        if !self.months.contains(&sight.text(i)) || is_day || OF_TIME.contains(&before) {
            return false;
        }
        let did = next.len() > 3 && next.ends_with("ed") && next.starts_with(|c: char| c.is_lowercase());
        OF_SOMEBODY.contains(&before) || DOES.contains(&next) || did || matches!(next, "'s" | "’s")
    }
}

/// `Holland said`, where the article has nothing in Holland.
pub(super) fn speaks(sight: &Sight<'_, '_>, i: usize) -> bool {
    let said = sight.traits(i + 1).any(Traits::SPEECH) && sight.text(i + 1).ends_with('d');
    said && sight.tokens[i].shown & Shown::LOCATED == 0
}

/// Whether a word is written with a capital though none would be there but for a name: within a sentence, among words in small letters.
fn is_alone(sight: &Sight<'_, '_>, i: usize) -> bool {
    let seen = &sight.tokens[i];
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let ends = |word: &str| !word.starts_with(|c: char| c.is_alphanumeric());
    let next = sight.text(i + 1);
    !seen.initial && !seen.headline && i > 0 && small(sight.text(i - 1)) && (small(next) || ends(next))
}

//! The words that tell what a name beside them is; `words/` holds the lists.

use crate::extract::names::{WordMap, hash};
use std::sync::OnceLock;

/// The lists a word stands in: a set of the constants below.
#[derive(Clone, Copy, Debug, Default)]
pub struct In(u16);

impl In {
    /// Makes what stands before it part of another name: `Street`, `Inc.`
    pub const AFTER: In = In(1);
    /// With `of` behind it, makes a place part of another name.
    pub const BEFORE_OF: In = In(1 << 1);
    /// A preposition before places.
    pub const PREPOSITIONS: In = In(1 << 2);
    /// A kind of place: `city`.
    pub const KINDS: In = In(1 << 3);
    /// A title before persons.
    pub const TITLES: In = In(1 << 4);
    /// Behind a town, a body of its own.
    pub const MUNICIPAL: In = In(1 << 5);
    /// A natural feature or a part of a town.
    pub const NATURE: In = In(1 << 6);
    /// An office persons hold.
    pub const OFFICES: In = In(1 << 7);
    /// Before `of` and a place.
    pub const OF_PLACE: In = In(1 << 8);
    /// A town stands before it.
    pub const OF_TOWN: In = In(1 << 9);
    /// What persons do.
    pub const ACTS: In = In(1 << 10);
    /// May stand with a capital before a place.
    pub const BEFORE_PLACE: In = In(1 << 11);
    /// Stands for a place named elsewhere.
    pub const GENERIC: In = In(1 << 12);
    /// In names of regions, waters and mountains.
    pub const FEATURES: In = In(1 << 13);

    /// Whether a word stands in `list`.
    pub fn has(self, list: In) -> bool {
        self.0 & list.0 != 0
    }
}

/// The lists `word` stands in.
pub fn lists(word: &str) -> In {
    lists_of(hash(word))
}

/// The lists in which the word with this hash stands.
pub fn lists_of(word: u64) -> In {
    static LISTS: OnceLock<WordMap<u64, In>> = OnceLock::new();
    let all = LISTS.get_or_init(|| {
        let sources = [
            (In::AFTER, include_str!("words/after.txt")),
            (In::BEFORE_OF, include_str!("words/before_of.txt")),
            (In::PREPOSITIONS, include_str!("words/prepositions.txt")),
            (In::KINDS, include_str!("words/kinds.txt")),
            (In::TITLES, include_str!("words/titles.txt")),
            (In::MUNICIPAL, include_str!("words/municipal.txt")),
            (In::NATURE, include_str!("words/nature.txt")),
            (In::OFFICES, include_str!("words/offices.txt")),
            (In::OF_PLACE, include_str!("words/of_place.txt")),
            (In::OF_TOWN, include_str!("words/of_town.txt")),
            (In::ACTS, include_str!("words/acts.txt")),
            (In::BEFORE_PLACE, include_str!("words/before_place.txt")),
            (In::GENERIC, include_str!("words/generic.txt")),
            (In::FEATURES, include_str!("words/features.txt")),
        ];
        let mut all: WordMap<u64, In> = WordMap::default();
        for (list, text) in sources {
            for word in text.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
                all.entry(hash(word)).or_default().0 |= list.0;
            }
        }
        all
    });
    all.get(&word).copied().unwrap_or_default()
}

/// Whether a word makes a name one of a building, street, firm or the like.
pub fn is_facility(word: &str) -> bool {
    let l = lists(word);
    (l.has(In::AFTER) && !l.has(In::NATURE)) || matches!(word, "School" | "Department" | "Office" | "Court" | "Police")
}

/// Whether a place may follow a capitalised word right away without being part of its name: `Old Delhi`, `Mayor London`.
pub fn may_precede(word: &str) -> bool {
    let l = lists(word);
    let housed = l.has(In::AFTER) || l.has(In::MUNICIPAL);
    l.has(In::BEFORE_PLACE) || l.has(In::KINDS) || l.has(In::TITLES) || l.has(In::OFFICES) || l.has(In::OF_PLACE) || housed
}

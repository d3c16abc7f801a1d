//! The small words of English that show where a phrase begins and ends, and a few sorts of nouns.
//!
//! The classes stand in `words/classes.txt`; here they are looked up, all classes of a word at once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

const PREPOSITION: u32 = 1 << 0;
const JOINT: u32 = 1 << 1;
const ASIDE: u32 = 1 << 2;
const RELATIVE: u32 = 1 << 3;
const AUXILIARY: u32 = 1 << 4;
const BE: u32 = 1 << 5;
const ADVERB: u32 = 1 << 6;
const NOT_ADVERB: u32 = 1 << 7;
const DETERMINER: u32 = 1 << 8;
const POSSESSIVE: u32 = 1 << 9;
const PERSON: u32 = 1 << 10;
const SHE: u32 = 1 << 11;
const HE: u32 = 1 << 12;
const BODY: u32 = 1 << 13;
const PAPER: u32 = 1 << 14;
const SAYING: u32 = 1 << 15;
const NOUN_TOO: u32 = 1 << 16;
const AGAIN: u32 = 1 << 17;

/// The classes as the table names them.
const CLASSES: [(&str, u32); 18] = [
    ("preposition", PREPOSITION),
    ("joint", JOINT),
    ("aside", ASIDE),
    ("relative", RELATIVE),
    ("auxiliary", AUXILIARY),
    ("be", BE),
    ("adverb", ADVERB),
    ("not-adverb", NOT_ADVERB),
    ("determiner", DETERMINER),
    ("possessive", POSSESSIVE),
    ("person", PERSON),
    ("she", SHE),
    ("he", HE),
    ("body", BODY),
    ("paper", PAPER),
    ("saying", SAYING),
    ("noun-too", NOUN_TOO),
    ("again", AGAIN),
];

static WORDS: LazyLock<HashMap<&'static str, u32, BuildHasherDefault<ShortHasher>>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, u32, _> = HashMap::default();
    let mut bit = 0;
    for line in include_str!("words/classes.txt").lines().filter(|l| !l.starts_with('#')) {
        if let Some(class) = line.strip_prefix('[') {
            bit = CLASSES.iter().find(|(name, _)| *name == class.trim_end_matches(']')).map_or(0, |(_, bit)| *bit);
            continue;
        }
        for word in line.split_whitespace() {
            *words.entry(word).or_default() |= bit;
        }
    }
    words
});

/// A hasher for short words (FNV-1a), where the default one costs more than the comparison.
pub(super) struct ShortHasher(u64);

impl Default for ShortHasher {
    fn default() -> ShortHasher {
        ShortHasher(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for ShortHasher {
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

fn has(w: &str, bits: u32) -> bool {
    !w.is_empty() && w.len() <= 18 && WORDS.get(w).is_some_and(|c| c & bits != 0)
}

/// Whether `w` is a preposition.
pub(super) fn is_preposition(w: &str) -> bool {
    has(w, PREPOSITION)
}

/// Words that join or open clauses: a noun phrase before a verb never reaches across them.
pub(super) fn is_joint(w: &str) -> bool {
    has(w, JOINT)
}

/// Words that open a clause or phrase in front of the main clause: `When asked by Ito, Diaz …`.
pub(super) fn opens_aside(w: &str) -> bool {
    has(w, PREPOSITION | ASIDE) || w.len() > 4 && (w.ends_with("ing") || w.ends_with("ly"))
}

/// Relative pronouns.
pub(super) fn is_relative(w: &str) -> bool {
    has(w, RELATIVE)
}

/// Forms of helping verbs, with and without `not`.
pub(super) fn is_auxiliary(w: &str) -> bool {
    has(w, AUXILIARY)
}

/// Forms of `be`: before a participle they make a passive.
pub(super) fn is_be(w: &str) -> bool {
    has(w, BE)
}

/// Adverbs and words of time that may stand between a subject and its verb.
pub(super) fn is_adverb(w: &str) -> bool {
    has(w, ADVERB) || w.len() > 4 && w.ends_with("ly") && !has(w, NOT_ADVERB)
}

/// Adverbs and words of time that are one even with a capital: `Monday`, not `Early`.
pub(super) fn is_plain_adverb(w: &str) -> bool {
    has(w, ADVERB)
}

/// Words that open a noun phrase.
pub(super) fn is_determiner(w: &str) -> bool {
    has(w, DETERMINER | POSSESSIVE)
}

/// Possessive pronouns.
pub(super) fn is_possessive(w: &str) -> bool {
    has(w, POSSESSIVE)
}

/// Nouns that name one person by what he or she does or is.
pub(super) fn is_person_noun(w: &str) -> bool {
    has(w, PERSON)
}

/// Whether a noun says that it means a woman (`true`) or a man.
pub(super) fn noun_is_female(w: &str) -> Option<bool> {
    if has(w, SHE) { Some(true) } else { has(w, HE).then_some(false) }
}

/// Nouns for bodies that speak: `council`, `campaign`.
pub(super) fn is_body(w: &str) -> bool {
    has(w, BODY)
}

/// Nouns for papers and other things that say something.
pub(super) fn is_paper(w: &str) -> bool {
    has(w, PAPER)
}

/// Nouns for something said: `her statement: “…”`.
pub(super) fn is_saying_noun(w: &str) -> bool {
    has(w, SAYING)
}

/// Present forms of reporting verbs that are plural nouns as well: `claims`, `tweets`.
pub(super) fn is_noun_too(w: &str) -> bool {
    has(w, NOUN_TOO)
}

/// Nouns papers use for somebody just named, not for one more person of the story.
pub(super) fn means_one_named(w: &str) -> bool {
    has(w, AGAIN)
}

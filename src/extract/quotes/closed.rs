//! The small words of English that show where a phrase begins and ends, and a few sorts of nouns.
//!
//! The classes stand in `words/classes.txt`; here they are looked up, all classes of a word at once, and the reporting verb with them.

use super::cue::Verb;
use crate::extract::names::{WordMap, hash, is_family_name, is_given_name};
use crate::extract::page::Sieve;
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
const OFFICE: u32 = 1 << 18;
const REPORT: u32 = 1 << 19;
const PAST: u32 = 1 << 20;
const PRESENT: u32 = 1 << 21;
/// Not in the table: what [`leaves_trace`] tells of beside nouns for persons.
const TRACE: u32 = 1 << 22;
/// Nor this: a form of a reporting verb.
const VERB: u32 = 1 << 23;

/// The classes as the table names them.
const CLASSES: [(&str, u32); 22] = [
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
    ("office", OFFICE),
    ("report", REPORT),
    ("past", PAST),
    ("present", PRESENT),
];

/// A word in small letters with what is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word<'a> {
    text: &'a str,
    known: Known,
}

/// What is known of a word: its classes, and the reporting verb of which it is a form.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    classes: u32,
    /// The verb of which it is a form.
    pub verb: Option<Verb>,
}

impl<'a> Word<'a> {
    /// Looks up `text`, which is in small letters.
    pub fn of(text: &'a str) -> Word<'a> {
        Word::hashed(text, hash(text))
    }

    /// Looks up `text`, which is in small letters, by its [`hash`].
    pub fn hashed(text: &'a str, hash: u64) -> Word<'a> {
        Word { text, known: if text.is_empty() { Known::default() } else { WORDS.known(hash) } }
    }

    /// The word without the `s` at its end.
    pub fn singular(&self) -> Option<Word<'a>> {
        self.text.strip_suffix('s').map(Word::of)
    }

    /// The verb of which it is a form.
    pub fn verb(&self) -> Option<Verb> {
        self.known.verb
    }
}

impl std::ops::Deref for Word<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

/// What is known of all words, for who looks up many.
pub(super) fn words() -> &'static Words {
    &WORDS
}

/// What is known of words, by hash: 64 bits do not collide among some thousand words. In open addressing, at the place the lower bits of
/// a hash tell or behind it: half of all words of a text are looked up here.
pub(super) struct Words {
    known: Vec<(u64, Known)>,
    listed: Sieve,
}

impl Words {
    fn of(all: WordMap<u64, Known>) -> Words {
        let mut words = Words { known: vec![(0, Known::default()); (2 * all.len()).next_power_of_two()], listed: Sieve::new(all.len()) };
        for (hash, known) in all {
            words.listed.add(hash);
            let place = words.place(hash);
            words.known[place] = (hash, known);
        }
        words
    }

    /// Where the word with this hash stands, or would.
    fn place(&self, hash: u64) -> usize {
        let last = self.known.len() - 1;
        let mut at = hash as usize & last;
        while self.known[at].0 != 0 && self.known[at].0 != hash {
            at = (at + 1) & last;
        }
        at
    }

    /// Looks up `text`, which is in small letters, by its [`hash`].
    #[inline]
    pub fn word<'a>(&self, text: &'a str, hash: u64) -> Word<'a> {
        Word { text, known: self.known(hash) }
    }

    #[inline]
    fn known(&self, hash: u64) -> Known {
        if self.listed.passes(hash) { self.known[self.place(hash)].1 } else { Known::default() }
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: WordMap<u64, Known> = WordMap::default();
    let mut bit = 0;
    for line in include_str!("words/classes.txt").lines().filter(|l| !l.starts_with('#')) {
        if let Some(class) = line.strip_prefix('[') {
            bit = CLASSES.iter().find(|(name, _)| *name == class.trim_end_matches(']')).map_or(0, |(_, bit)| *bit);
            continue;
        }
        for word in line.split_whitespace() {
            words.entry(hash(word)).or_default().classes |= bit;
        }
    }
    for (form, verb) in super::cue::forms() {
        let known = words.entry(hash(&form)).or_default();
        (known.verb, known.classes) = (Some(verb), known.classes | VERB);
    }
    for word in ["he", "his", "him", "himself", "she", "her", "hers", "herself", "as"] {
        words.entry(hash(word)).or_default().classes |= TRACE;
    }
    Words::of(words)
});

fn has(w: &Word<'_>, bits: u32) -> bool {
    w.known.classes & bits != 0
}

/// Whether anything at all is known of `w`.
pub(super) fn is_known(w: &Word<'_>) -> bool {
    has(w, u32::MAX)
}

/// Whether `w` is a preposition.
pub(super) fn is_preposition(w: &Word<'_>) -> bool {
    has(w, PREPOSITION)
}

/// What somebody does for another, whose name behind it is not who speaks: `a lawyer representing Ito said`.
pub(super) fn is_service(w: &str) -> bool {
    matches!(w, "representing" | "defending" | "advising" | "investigating" | "prosecuting")
}

/// Words that join or open clauses: a noun phrase before a verb never reaches across them.
pub(super) fn is_joint(w: &Word<'_>) -> bool {
    has(w, JOINT)
}

/// Words that open a clause or phrase in front of the main clause: `When asked by Ito, Diaz …`.
pub(super) fn opens_aside(w: &Word<'_>) -> bool {
    has(w, PREPOSITION | ASIDE) || w.len() > 4 && (w.ends_with("ing") || w.ends_with("ly"))
}

/// Relative pronouns.
pub(super) fn is_relative(w: &Word<'_>) -> bool {
    has(w, RELATIVE)
}

/// Forms of helping verbs, with and without `not`.
pub(super) fn is_auxiliary(w: &Word<'_>) -> bool {
    has(w, AUXILIARY)
}

/// Forms of `be`: before a participle they make a passive.
pub(super) fn is_be(w: &Word<'_>) -> bool {
    has(w, BE)
}

/// Adverbs and words of time that may stand between a subject and its verb.
pub(super) fn is_adverb(w: &Word<'_>) -> bool {
    has(w, ADVERB) || w.len() > 4 && w.ends_with("ly") && !has(w, NOT_ADVERB)
}

/// Adverbs and words of time that are one even with a capital: `Monday`, not `Early`.
pub(super) fn is_plain_adverb(w: &Word<'_>) -> bool {
    has(w, ADVERB)
}

/// Words that open a noun phrase.
pub(super) fn is_determiner(w: &Word<'_>) -> bool {
    has(w, DETERMINER | POSSESSIVE)
}

/// Possessive pronouns.
pub(super) fn is_possessive(w: &Word<'_>) -> bool {
    has(w, POSSESSIVE)
}

/// Words that may mean somebody named elsewhere: pronouns that show a gender, nouns for persons, and `as` before one.
pub(super) fn leaves_trace(w: &Word<'_>) -> bool {
    has(w, TRACE | PERSON)
}

/// Nouns that name one person by what he or she does or is.
pub(super) fn is_person_noun(w: &Word<'_>) -> bool {
    has(w, PERSON)
}

/// Whether the word with this hash, in small letters, is such a noun.
pub(super) fn names_person(word: u64) -> bool {
    WORDS.known(word).classes & PERSON != 0
}

/// Whether a noun says that it means a woman (`true`) or a man.
pub(super) fn noun_is_female(w: &Word<'_>) -> Option<bool> {
    if has(w, SHE) { Some(true) } else { has(w, HE).then_some(false) }
}

/// Nouns for bodies that speak: `council`, `campaign`.
pub(super) fn is_body(w: &Word<'_>) -> bool {
    has(w, BODY)
}

/// Nouns for papers and other things that say something.
pub(super) fn is_paper(w: &Word<'_>) -> bool {
    has(w, PAPER)
}

/// Nouns for something said: `her statement: “…”`.
pub(super) fn is_saying_noun(w: &Word<'_>) -> bool {
    has(w, SAYING)
}

/// Present forms of reporting verbs that are plural nouns as well: `claims`, `tweets`.
pub(super) fn is_noun_too(w: &Word<'_>) -> bool {
    has(w, NOUN_TOO)
}

/// Nouns papers use for somebody just named, not for one more person of the story.
pub(super) fn means_one_named(w: &Word<'_>) -> bool {
    has(w, AGAIN)
}

/// Nouns for an office that is named with what it is of: `Secretary of State`.
pub(super) fn is_office(w: &Word<'_>) -> bool {
    has(w, OFFICE)
}

/// Forms of reporting verbs, and other words that begin a report: `according to`, `put it`.
pub(super) fn may_report(w: &Word<'_>) -> bool {
    has(w, VERB | REPORT)
}

/// Pasts that do not end in `ed`: `fell`.
pub(super) fn is_past(w: &Word<'_>) -> bool {
    has(w, PAST)
}

/// Plain forms of common verbs that report nothing: `want`.
pub(super) fn is_present(w: &Word<'_>) -> bool {
    has(w, PRESENT)
}

/// Verbs that say what somebody holds a thing for: `called the demands “a fantasy”`.
pub(super) fn is_calling(verb: &str) -> bool {
    matches!(verb, "called" | "calls" | "call" | "calling" | "labeled" | "labelled" | "dubbed" | "branded")
}

/// `Justly`: a word of manner by its ending, and nobody's name.
pub(super) fn is_manner(word: &str) -> bool {
    let ending = ["tly", "ally", "bly", "dly", "ously", "ively", "ingly"].iter().any(|end| word.ends_with(end));
    ending && word.len() > 4 && !is_given_name(word) && !is_family_name(word)
}

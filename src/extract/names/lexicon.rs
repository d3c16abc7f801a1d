//! What is known of single words and of some names: given and family names, titles, roles, organizations, places.
//!
//! The lists under `words/` were written for this program; each says at its top what its lines mean. They are read once,
//! at the first use.

use crate::extract::page::Sieve;
pub use crate::extract::page::{WordMap, hash};
use std::ops::BitOr;
use std::sync::OnceLock;

/// What a word is known for: a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(pub u32);

impl Traits {
    /// A given name of women.
    pub const FEMALE: Traits = Traits(1);
    /// A given name of men.
    pub const MALE: Traits = Traits(1 << 1);
    /// A given name that is an ordinary word or place too.
    pub const WEAK_GIVEN: Traits = Traits(1 << 2);
    /// A family name.
    pub const FAMILY: Traits = Traits(1 << 3);
    /// A family name that is an ordinary word or place too.
    pub const WEAK_FAMILY: Traits = Traits(1 << 4);
    /// `Mr.`, `Sir`
    pub const MISTER: Traits = Traits(1 << 5);
    /// `Mrs.`, `Lady`
    pub const MISSUS: Traits = Traits(1 << 6);
    /// `Dr.`, `Sen.`: a name always follows.
    pub const TITLE: Traits = Traits(1 << 7);
    /// `President`, `Mayor`: also stands alone.
    pub const OFFICE: Traits = Traits(1 << 8);
    /// `president`, `pollster`
    pub const ROLE: Traits = Traits(1 << 9);
    /// The last word of an organization's name.
    pub const ORG_HEAD: Traits = Traits(1 << 10);
    /// `Inc.`, `GmbH`
    pub const ORG_FORM: Traits = Traits(1 << 11);
    /// A word inside organizations' names.
    pub const ORG_HINT: Traits = Traits(1 << 12);
    /// An organization by itself, or the first word of a known one.
    pub const ORG: Traits = Traits(1 << 13);
    /// An acronym of an organization.
    pub const ACRONYM: Traits = Traits(1 << 14);
    /// A country, state, region or town by itself.
    pub const PLACE: Traits = Traits(1 << 15);
    /// `Ukrainian`, `Texans`, `Democrat`
    pub const DEMONYM: Traits = Traits(1 << 16);
    /// The last word of the name of a place or building.
    pub const PLACE_TAIL: Traits = Traits(1 << 17);
    /// A day, a month, a word for a feast or an era: capitalised, but no name.
    pub const CALENDAR: Traits = Traits(1 << 18);
    /// An ordinary word, often capitalised only because it opens a sentence.
    pub const COMMON: Traits = Traits(1 << 19);
    /// A verb of saying.
    pub const SPEECH: Traits = Traits(1 << 20);
    /// `company`, `newspaper`: an organization's name follows or went before.
    pub const ORG_NOUN: Traits = Traits(1 << 21);
    /// `city`, `province`: a place's name follows or went before.
    pub const PLACE_NOUN: Traits = Traits(1 << 22);

    /// An organization, with capitals before it: `Ministry`, `Inc.`
    pub const HEAD: Traits = Traits(1 << 23);
    /// Opens an organization's name with `of` behind it.
    pub const OPENER: Traits = Traits(1 << 24);
    /// A body that stands alone with a capital: `Parliament`
    pub const ALONE: Traits = Traits(1 << 25);
    /// Ends the name of a thing that may be called after somebody: `Act`, `Prize`, `Show`
    pub const THING: Traits = Traits(1 << 26);
    const SHOWN: u32 = (1 << 23) - 1;

    /// Whether the two share a trait.
    pub fn any(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    /// The bits of the traits that the tagger's features show.
    pub fn shown(self) -> u32 {
        self.0 & Traits::SHOWN
    }

    /// A given name, whatever the gender.
    pub fn is_given(self) -> bool {
        self.any(Traits(0b11))
    }

    /// Whether a list has the word as a given or family name.
    pub fn is_of_person(self) -> bool {
        self.is_given() || self.any(Traits::FAMILY | Traits::WEAK_FAMILY)
    }

    /// Any word that stands before a name.
    pub fn is_title(self) -> bool {
        self.any(Traits(0b1111 << 5))
    }
}

impl BitOr for Traits {
    type Output = Traits;
    fn bitor(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }
}

/// The kind of a name that is known as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A person's name is never listed whole; see the traits of its words.
    Organization,
    /// A country, state, region or town.
    Place,
    /// No person, organization or place: `Jim Crow`, `Oval Office`.
    Nobody,
}

/// Traits by the hash of a word, in open addressing: the upper bits of a hash with the traits in the bits below them, at the place its lower
/// bits tell or behind it. 52 bits of a hash do not collide among some ten thousand words. A map would take four times the memory, and
/// most of what a look-up takes is waiting for it.
struct Words(Vec<u64>);

impl Words {
    /// Places: a power of two, a quarter of them free.
    const PLACES: usize = 1 << 14;
    /// The bits of traits.
    const TRAITS: u64 = (1 << 27) - 1;

    /// Where the word with this hash stands, or would.
    fn place(&self, hash: u64) -> usize {
        let mut at = hash as usize % Words::PLACES;
        while self.0[at] != 0 && (self.0[at] ^ hash) > Words::TRAITS {
            at = (at + 1) % Words::PLACES;
        }
        at
    }

    fn add(&mut self, hash: u64, traits: Traits) {
        let at = self.place(hash);
        self.0[at] |= hash & !Words::TRAITS | u64::from(traits.0);
    }

    fn traits(&self, hash: u64) -> Traits {
        Traits((self.0[self.place(hash)] & Words::TRAITS) as u32)
    }
}

/// More than begin the names that are known as a whole.
const OPENERS: usize = 2048;

/// All the lists.
pub struct Lexicon {
    words: Words,
    /// What is in `words`.
    listed: Sieve,
    names: WordMap<&'static str, Known>,
    /// Hashes of the words that begin one of `names`.
    openers: Sieve,
    /// The same for those that are known for nobody.
    phrases: Sieve,
    /// Hashes of the tokens that end one of `names`.
    closers: Sieve,
    nicknames: WordMap<&'static str, Vec<&'static str>>,
}

const SOURCES: &[&str] = &[
    include_str!("words/given.txt"),
    include_str!("words/family.txt"),
    include_str!("words/titles.txt"),
    include_str!("words/organizations.txt"),
    include_str!("words/places.txt"),
    include_str!("words/ordinary.txt"),
    include_str!("words/bodies.txt"),
];

impl Lexicon {
    /// The lists, read at the first call.
    pub fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Lexicon::read)
    }

    /// What is known of `word` as it is written.
    pub fn traits(&self, word: &str) -> Traits {
        self.traits_of(hash(word))
    }

    /// What is known of the word with this [`hash`].
    pub fn traits_of(&self, hash: u64) -> Traits {
        if self.listed.passes(hash) { self.words.traits(hash) } else { Traits::default() }
    }

    /// What a whole name of several words is known as.
    pub fn known(&self, name: &str) -> Option<Known> {
        let known = self.names.get(name).copied();
        // A line may end within a name.
        let broken = || name.bytes().any(|b| matches!(b, b'\n' | b'\r' | 0xc2)) && name.contains(['\n', '\r', '\u{a0}']);
        if known.is_none() && broken() { self.names.get(crate::words::one_line(name).as_str()).copied() } else { known }
    }

    /// Whether the word with this [`hash`] may begin a name that is known as a whole: few do that begin none.
    pub fn opens_known(&self, hash: u64) -> bool {
        self.openers.passes(hash)
    }

    /// The same for names that are known for nobody ([`Known::Nobody`]).
    pub fn opens_phrase(&self, hash: u64) -> bool {
        self.phrases.passes(hash)
    }

    /// Whether the token with this [`hash`] may end a name that is known as a whole: few do that end none.
    pub fn closes_known(&self, hash: u64) -> bool {
        self.closers.passes(hash)
    }

    /// The full given names `short` may stand for.
    pub fn full_names(&self, short: &str) -> &[&'static str] {
        self.nicknames.get(short).map_or(&[], Vec::as_slice)
    }

    fn read() -> Lexicon {
        let mut lexicon = Lexicon {
            words: Words(vec![0; Words::PLACES]),
            listed: Sieve::new(Words::PLACES),
            names: WordMap::default(),
            openers: Sieve::new(OPENERS),
            phrases: Sieve::new(OPENERS),
            closers: Sieve::new(OPENERS),
            nicknames: WordMap::default(),
        };
        for (source, text) in SOURCES.iter().enumerate() {
            for line in text.lines().filter(|l| !l.starts_with('#')) {
                match source {
                    1 => lexicon.add_words(line, Traits::FAMILY, Traits::WEAK_FAMILY),
                    _ => {
                        let Some((key, rest)) = line.split_once(' ') else { continue };
                        lexicon.add_line(source, key, rest);
                    }
                }
            }
        }
        for line in include_str!("words/nicknames.txt").lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split(' ');
            if let Some(short) = words.next() {
                lexicon.nicknames.insert(short, words.collect());
            }
        }
        for (name, known) in &lexicon.names {
            let first = hash(name.split(' ').next().unwrap_or(name));
            lexicon.openers.add(first);
            if *known == Known::Nobody {
                lexicon.phrases.add(first);
            }
            let last = name.rsplit(' ').next().unwrap_or(name);
            lexicon.closers.add(hash(last));
            // A token may begin at a mark in the word, and behind it.
            for (at, mark) in last.match_indices(|c: char| !c.is_alphabetic()) {
                lexicon.closers.add(hash(&last[at..]));
                lexicon.closers.add(hash(&last[at + mark.len()..]));
            }
        }
        lexicon
    }

    fn add_line(&mut self, source: usize, key: &str, rest: &'static str) {
        let none = Traits::default();
        match (source, key) {
            (0, "f") => self.add_words(rest, Traits::FEMALE, Traits::FEMALE | Traits::WEAK_GIVEN),
            (0, "m") => self.add_words(rest, Traits::MALE, Traits::MALE | Traits::WEAK_GIVEN),
            (0, _) => self.add_words(rest, Traits::MALE | Traits::FEMALE, Traits::MALE | Traits::FEMALE | Traits::WEAK_GIVEN),
            (2, "m") => self.add_words(rest, Traits::MISTER, none),
            (2, "f") => self.add_words(rest, Traits::MISSUS, none),
            (2, "a") => self.add_words(rest, Traits::TITLE, none),
            (2, "o") => self.add_words(rest, Traits::OFFICE, none),
            (2, _) => self.add_words(rest, Traits::ROLE, none),
            (3, "h") => self.add_words(rest, Traits::ORG_HEAD, none),
            (3, "s") => self.add_words(rest, Traits::ORG_FORM, none),
            (3, "m") => self.add_words(rest, Traits::ORG_HINT, none),
            (3, "x") => self.add_words(rest, Traits::ACRONYM, none),
            (3, "n") => self.add_words(rest, Traits::ORG_NOUN, none),
            (4, "n") => self.add_words(rest, Traits::PLACE_NOUN, none),
            (3, _) => self.add_names(rest, Known::Organization, Traits::ORG),
            (4, "d") => self.add_words(rest, Traits::DEMONYM, none),
            (4, "f") => self.add_words(rest, Traits::PLACE_TAIL, none),
            (4, _) => self.add_names(rest, Known::Place, Traits::PLACE),
            (6, "e") => self.add_words(rest, Traits::HEAD, none),
            (6, "o") => self.add_words(rest, Traits::OPENER, none),
            (6, "z") => self.names.extend(rest.split('|').filter(|n| !n.is_empty()).map(|name| (name, Known::Nobody))),
            (6, "t") => self.add_words(rest, Traits::THING, none),
            (6, _) => self.add_words(rest, Traits::ALONE, none),
            (_, "c") => self.add_words(rest, Traits::CALENDAR, none),
            (_, "v") => self.add_words(rest, Traits::SPEECH, none),
            _ => self.add_words(rest, Traits::COMMON, none),
        }
    }

    fn add_words(&mut self, words: &'static str, sure: Traits, weak: Traits) {
        for word in words.split(' ').filter(|w| !w.is_empty()) {
            let (word, traits) = word.strip_suffix('?').map_or((word, sure), |bare| (bare, weak));
            self.add_word(word, traits);
        }
    }

    fn add_word(&mut self, word: &str, traits: Traits) {
        let hash = hash(word);
        self.words.add(hash, traits);
        self.listed.add(hash);
    }

    fn add_names(&mut self, names: &'static str, known: Known, traits: Traits) {
        for name in names.split('|').filter(|n| !n.is_empty()) {
            if name.contains(' ') {
                self.names.insert(name, known);
            } else {
                self.add_word(name, traits);
            }
        }
    }
}

//! What does a page look like to the tagger? Each token with what the lists know of it, what the rest of the article shows
//! of the same word, and the stretches of capitals in which names may lie.

use super::lexicon::{Known, Lexicon, Traits, WordMap, hash};
use crate::extract::page::{Page, Shape, Sieve, WordSet, hash_small, look};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// A token as the tagger sees it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Hash of the word as written; words in capitals count as written with one.
    pub exact: u64,
    /// Hash of the word in lower case.
    pub lower: u64,
    /// How the word is written, more finely than [`Shape`]; 0 outside the page.
    pub form: u8,
    /// What the lists know of the word.
    pub traits: Traits,
    /// What the article shows of the word, see [`Shown`].
    pub shown: u16,
    /// Whether it opens a sentence, a quotation in it, or stands in a line of capitals: its capital proves nothing.
    pub initial: bool,
    /// Whether it stands in a line in which nearly every word has a capital.
    pub headline: bool,
}

impl Seen {
    /// Looks at the word of token `i`, which has a capital.
    fn capital(&mut self, page: &Page<'_>, i: usize, lexicon: &Lexicon) {
        let shape = page.tokens[i].shape;
        // Most: small letters behind a capital, and the word is written as it usually is.
        if shape == Shape::Capital && page.is_plain(i) {
            self.form = 7;
            self.lower = page.hash_small(i).unwrap_or(self.exact);
            self.traits = lexicon.traits_of(self.exact);
            return;
        }
        let word = page.text(i);
        self.form = form(word, shape);
        let plain = word.is_ascii();
        let curly = !plain && word.contains('’');
        let straight = if curly { Cow::Owned(word.replace('’', "'")) } else { Cow::Borrowed(word) };
        let word = straight.as_ref();
        let usual = usual_case(word, shape);
        let as_written = matches!(usual, Cow::Borrowed(_));
        if !plain || !as_written {
            self.exact = hash(&usual);
        }
        self.lower = if plain { hash_small(word) } else { hash(&word.chars().flat_map(char::to_lowercase).collect::<String>()) };
        self.traits = if as_written { lexicon.traits_of(self.exact) } else { lexicon.traits(word) };
        if !as_written && self.traits == Traits::default() {
            self.traits = lexicon.traits(&usual);
        }
    }
}

/// What an article shows of a word over all places where it stands.
pub struct Shown;

impl Shown {
    /// Also written in lower case.
    pub const LOWER: u16 = 1;
    /// With a capital in the middle of a sentence.
    pub const INSIDE: u16 = 1 << 1;
    /// Right behind a title.
    pub const TITLED: u16 = 1 << 2;
    /// Behind a given name.
    pub const SURNAMED: u16 = 1 << 3;
    /// Before a verb of saying or behind one.
    pub const SPEAKING: u16 = 1 << 4;
    /// Behind `in`, `at`, `near`, `from`.
    pub const LOCATED: u16 = 1 << 5;
    /// Before the head or the legal form of an organization.
    pub const ORG: u16 = 1 << 6;
    /// Behind `the`.
    pub const THE: u16 = 1 << 7;
    /// Before a capitalised word.
    pub const BEFORE_NAME: u16 = 1 << 8;
    /// Behind a capitalised word.
    pub const BEHIND_NAME: u16 = 1 << 9;
    /// More than once with a capital.
    pub const REPEATED: u16 = 1 << 10;
    /// Possessive.
    pub const OWNS: u16 = 1 << 11;
    /// In brackets behind a name: an acronym.
    pub const BRACKETED: u16 = 1 << 12;
    /// Before `, 52,`.
    pub const AGED: u16 = 1 << 13;
}

/// A page, seen.
pub struct Sight<'p, 'a> {
    /// The page.
    pub page: &'p Page<'a>,
    /// Every token.
    pub tokens: Vec<Seen>,
    /// The tokens written with a capital, in order.
    pub capitals: Vec<usize>,
    /// Stretches of tokens in which names may lie, in order.
    pub stretches: Vec<Range<usize>>,
}

/// Small words inside names.
const CONNECTORS: &[&str] = &[
    "of", "the", "for", "and", "de", "la", "del", "der", "den", "von", "van", "bin", "ibn", "bint", "al", "el", "du", "da", "dos", "das",
    "do", "di", "y", "e", "et", "on", "to", "in", "zu", "ter", "ten", "af", "av", "le", "les", "des", "los", "las", "ul", "e-", "abu",
    "san", "und", "für", "pour", "s", "against", "with", "at", "by", "without", "'s", "’s",
];

/// Whether the word with this hash may stand inside a name.
fn is_connector(word: u64) -> bool {
    static ALL: OnceLock<WordSet> = OnceLock::new();
    ALL.get_or_init(|| CONNECTORS.iter().map(|word| hash(word)).collect()).contains(&word)
}

/// `CLINTON` as `Clinton`; other words stay.
pub fn usual_case(word: &str, shape: Shape) -> Cow<'_, str> {
    if shape != Shape::Upper || word.len() < 4 || word.contains('.') {
        return Cow::Borrowed(word);
    }
    let mut usual = String::with_capacity(word.len());
    let mut opens = true;
    for c in word.chars() {
        if opens {
            usual.push(c);
        } else {
            usual.extend(c.to_lowercase());
        }
        opens = matches!(c, '-' | '\'' | '’');
    }
    Cow::Owned(usual)
}

/// A word as it usually is written, without a stop behind it.
pub fn bare_word(sight: &Sight<'_, '_>, i: usize) -> String {
    let word = sight.text(i);
    // Most.
    if sight.page.is_plain(i) {
        return word.to_owned();
    }
    usual_case(word, sight.page.tokens[i].shape).trim_end_matches('.').to_owned()
}

/// How a word with a capital is written.
fn form(word: &str, shape: Shape) -> u8 {
    match shape {
        Shape::Upper if word.ends_with('.') && word.len() == 2 => 4,
        Shape::Upper => 5,
        _ if word.bytes().any(|b| b == b'-' || b == b'\'') || word.bytes().skip(1).any(|b| b.is_ascii_uppercase()) => 6,
        _ => 7,
    }
}

impl<'p, 'a> Sight<'p, 'a> {
    /// Looks at `page`.
    pub fn of(page: &'p Page<'a>) -> Sight<'p, 'a> {
        let n_tokens = page.tokens.len();
        let (tokens, capitals) = (Vec::with_capacity(n_tokens), Vec::with_capacity(n_tokens / 4 + 4));
        let mut sight = Sight { page, tokens, capitals, stretches: Vec::new() };
        let lexicon = Lexicon::get();
        page.sentences.iter().for_each(|sentence| sight.sentence(sentence, lexicon));
        sight.known_names();
        sight.memory();
        sight.find_stretches();
        sight
    }

    /// Whether token `i` is written with a capital.
    pub fn is_capital(&self, i: usize) -> bool {
        look(1);
        self.page.is_capital(i)
    }

    /// The word with a capital that stands alone in brackets behind a name that ends before token `end`: `Harbour Union (HU)`.
    pub fn in_brackets(&self, end: usize) -> Option<usize> {
        let alone = self.text(end) == "(" && self.text(end + 2) == ")";
        (alone && self.is_capital(end + 1)).then_some(end + 1)
    }

    /// Whether token `i` is an initial: `J.`
    pub fn is_initial(&self, i: usize) -> bool {
        self.page.tokens.get(i).is_some_and(|t| t.shape == Shape::Upper && t.end - t.start <= 3)
            && self.text(i).ends_with('.')
            && self.text(i).chars().count() == 2
    }

    /// The traits of token `i`; none outside the page.
    pub fn traits(&self, i: usize) -> Traits {
        look(1);
        self.tokens.get(i).map_or(Traits::default(), |t| t.traits)
    }

    /// The words of token `i`; empty outside the page.
    pub fn text(&self, i: usize) -> &'a str {
        self.page.text_or_none(i)
    }

    /// Looks at the words of a sentence and where in it they stand.
    fn sentence(&mut self, sentence: &Range<usize>, lexicon: &Lexicon) {
        debug_assert_eq!(self.tokens.len(), sentence.start);
        // Words of four letters and more, and those of them with a capital.
        let (mut opens, mut words, mut large) = (true, 0, 0);
        for (i, (token, text, hash)) in sentence.clone().zip(self.page.words(sentence.clone())) {
            let mut seen = Seen { exact: hash, lower: hash, initial: opens, ..Seen::default() };
            let long = u32::from(token.end - token.start > 3);
            match token.shape {
                Shape::Lower => {
                    seen.form = 1;
                    seen.traits = lexicon.traits_of(hash);
                    words += long;
                    opens = false;
                }
                Shape::Mark => {
                    (seen.form, seen.initial) = (3, false);
                    opens = opens || matches!(text, "“" | "\"" | "‘" | ":" | "«" | "•" | "—" | "–" | "--");
                }
                Shape::Number => {
                    (seen.exact, seen.lower) = (u64::MAX, u64::MAX);
                    seen.form = 2;
                    opens = false;
                }
                Shape::Capital | Shape::Upper => {
                    self.capitals.push(i);
                    seen.capital(self.page, i, lexicon);
                    (words, large) = (words + long, large + long);
                    opens = false;
                }
            }
            self.tokens.push(seen);
        }
        if words >= 3 && large * 8 >= words * 7 {
            self.tokens[sentence.clone()].iter_mut().for_each(|seen| seen.headline = true);
        }
    }

    /// What the words of `tokens` are known as, taken together.
    pub fn known(&self, tokens: Range<usize>) -> Option<Known> {
        let lexicon = Lexicon::get();
        // Most end like none that is listed.
        if lexicon.closes_known(self.page.hash(tokens.end - 1)) { lexicon.known(self.page.slice(tokens)) } else { None }
    }

    /// Marks the words of names that are known as a whole.
    fn known_names(&mut self) {
        let lexicon = Lexicon::get();
        for &i in &self.capitals {
            // `exact` is the hash of the word as written, unless it is in capitals.
            let written = self.page.tokens[i].shape != Shape::Upper;
            if !lexicon.opens_known(if written { self.tokens[i].exact } else { self.page.hash(i) }) {
                continue;
            }
            for len in (2..=5).rev() {
                let end = i + len;
                if end > self.tokens.len() || !self.is_capital(end - 1) {
                    continue;
                }
                if let Some(known) = self.known(i..end) {
                    let traits = match known {
                        Known::Place => Traits::PLACE,
                        Known::Organization => Traits::ORG,
                        Known::Nobody => break,
                    };
                    for token in &mut self.tokens[i..end] {
                        token.traits = Traits(token.traits.0 & !(Traits::PLACE | Traits::ORG).0) | traits;
                    }
                    break;
                }
            }
        }
    }

    /// Gathers for each word what all its places show, and gives it to each of them.
    fn memory(&mut self) {
        let mut shown: WordMap<u64, u16> = WordMap::with_capacity_and_hasher(self.capitals.len() / 2, Default::default());
        for &i in &self.capitals {
            let lower = self.tokens[i].lower;
            let bits = self.shown_at(i);
            // Bit 15: met before.
            let entry = shown.entry(lower).or_default();
            *entry |= bits | if *entry != 0 { Shown::REPEATED } else { 1 << 15 };
        }
        let mut sieve = Sieve::new(8 * shown.len());
        shown.keys().for_each(|lower| sieve.add(*lower));
        for seen in self.tokens.iter().filter(|seen| seen.form == 1 && sieve.passes(seen.lower)) {
            if let Some(entry) = shown.get_mut(&seen.lower) {
                *entry |= Shown::LOWER;
            }
        }
        for &i in &self.capitals {
            let seen = &mut self.tokens[i];
            seen.shown = shown.get(&seen.lower).copied().unwrap_or(0) & !(1 << 15);
        }
    }

    fn shown_at(&self, i: usize) -> u16 {
        let before = if i > 0 { self.traits(i - 1) } else { Traits::default() };
        let (next, seen) = (self.traits(i + 1), self.tokens[i]);
        let (behind_capital, before_capital) = (i > 0 && self.is_capital(i - 1), self.is_capital(i + 1));
        let mut bits = 0;
        let mut set = |condition: bool, bit: u16| bits |= if condition { bit } else { 0 };
        set(!seen.initial && !seen.headline, Shown::INSIDE);
        set(next.any(Traits::SPEECH) || (before.any(Traits::SPEECH) && !seen.headline), Shown::SPEAKING);
        if before_capital {
            set(true, Shown::BEFORE_NAME);
            set(next.any(Traits::ORG_HEAD | Traits::ORG_FORM), Shown::ORG);
        }
        if behind_capital {
            set(before.is_title(), Shown::TITLED);
            set(before.is_given() && !before.any(Traits::WEAK_GIVEN), Shown::SURNAMED);
            set(!self.tokens[i - 1].initial, Shown::BEHIND_NAME);
            set(matches!(self.page.text(i - 1), "In"), Shown::LOCATED);
            set(matches!(self.page.text(i - 1), "The"), Shown::THE);
        } else if i > 0 {
            let word = self.page.text(i - 1);
            set(matches!(word, "in" | "at" | "near" | "from" | "outside" | "across" | "throughout" | "into"), Shown::LOCATED);
            set(word == "the", Shown::THE);
            set(word == "(" && self.text(i + 1) == ")" && i > 1 && self.is_capital(i - 2), Shown::BRACKETED);
        }
        set(matches!(self.text(i + 1), "'s" | "’s"), Shown::OWNS);
        let age = || self.text(i + 2).parse::<u8>().is_ok_and(|n| n > 9) && matches!(self.text(i + 3), "," | "." | ";" | ")");
        set(matches!(self.text(i + 1), "," | "(") && age(), Shown::AGED);
        bits
    }

    fn find_stretches(&mut self) {
        let mut all = Vec::new();
        let mut capitals = self.capitals.iter().copied().peekable();
        for sentence in &self.page.sentences {
            let mut free = sentence.start;
            while let Some(start) = capitals.next_if(|i| *i < sentence.end) {
                if start < free {
                    continue;
                }
                let mut end = start + 1;
                while end < sentence.end {
                    let reach = (end..sentence.end.min(end + 4)).find(|j| self.is_capital(*j));
                    match reach {
                        Some(next) if (end..next).all(|j| self.connects(j)) => end = next + 1,
                        _ => break,
                    }
                }
                if end < sentence.end && self.page.tokens[end].shape == Shape::Number {
                    end += 1;
                }
                free = end;
                // `The`, `He`, `But` alone: no name, and half of all stretches.
                let traits = self.tokens[start].traits;
                let ordinary = end == start + 1 && traits.any(Traits::COMMON) && traits.0 & !(Traits::COMMON | Traits::SPEECH).0 == 0;
                if !ordinary {
                    all.push(start..end);
                }
            }
        }
        self.stretches = all;
    }

    fn connects(&self, i: usize) -> bool {
        let word = self.page.text(i);
        match self.page.tokens[i].shape {
            Shape::Lower => is_connector(self.page.hash(i)),
            Shape::Mark => matches!(word, "&" | "-" | "–" | "’" | "'" | "/" | "\"" | "“" | "”" | "‘"),
            Shape::Number => true,
            _ => false,
        }
    }
}

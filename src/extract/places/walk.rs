//! A walk through the map of names, letter by letter, and where the walks over the words met before led.

use super::gazetteer::Gazetteer;
use super::key::fold_char;
use super::map::Map;
use std::cell::RefCell;
use std::sync::OnceLock;

/// A walk through the map of names, letter by letter.
pub struct Walk<'g> {
    map: &'g Map,
    node: usize,
    out: u64,
}

/// Where two letters lead: most walks begin with two, and the first nodes are the widest.
type Beginnings = Vec<Option<(usize, u64)>>;

impl<'g> Walk<'g> {
    /// The walk behind two ASCII letters; `None` when no name begins so.
    fn behind(gazetteer: &'g Gazetteer, first: u8, second: u8) -> Option<Walk<'g>> {
        static BEGINNINGS: OnceLock<Beginnings> = OnceLock::new();
        let all = BEGINNINGS.get_or_init(|| {
            let pairs = (b'a'..=b'z').flat_map(|a| (b'a'..=b'z').map(move |b| (a, b)));
            let walked = |(a, b)| {
                let mut walk = Walk { map: &gazetteer.map, node: gazetteer.map.root(), out: 0 };
                walk.step(a)?;
                walk.step(b)?;
                Some((walk.node, walk.out))
            };
            pairs.map(walked).collect()
        });
        let letter = |byte: u8| usize::from(byte.to_ascii_lowercase() - b'a');
        let (node, out) = (*all.get(letter(first) * 26 + letter(second))?)?;
        Some(Walk { map: &gazetteer.map, node, out })
    }

    /// Goes on by one byte; `None` when no name goes on so.
    #[inline]
    pub fn step(&mut self, byte: u8) -> Option<()> {
        let (node, out) = self.map.step(self.node, byte)?;
        (self.node, self.out) = (node, self.out + out);
        Some(())
    }

    /// Goes on by one letter, folded as in the keys.
    pub fn letter(&mut self, c: char) -> Option<()> {
        if c.is_ascii() {
            return self.step(c.to_ascii_lowercase() as u8);
        }
        let mut folded = Vec::with_capacity(4);
        fold_char(c, &mut folded);
        folded.into_iter().try_for_each(|byte| self.step(byte))
    }

    /// The value of the name walked, if it is one.
    pub fn value(&self) -> Option<u64> {
        self.map.end(self.node).map(|out| self.out + out)
    }

    /// Goes on by the letters of a word, which are of ASCII.
    fn word(&mut self, letters: &str) -> Option<()> {
        letters.bytes().try_for_each(|letter| self.step(letter.to_ascii_lowercase()))
    }

    /// The way of this walk since its output was `before`. The gazetteer tells how long its map and its postings are in four bytes each.
    fn way(&self, before: u64) -> Way {
        let means = self.value().map(|value| (value - before) as u32);
        Way { address: self.node as u32, out: (self.out - before) as u32, means, goes_on: None }
    }
}

/// Where the walks over the words met before led: names come back, and so do words with capitals that begin none. A word may push
/// another out, and is then walked again.
pub struct Walked {
    /// The hashes of the words, with [`NOWHERE`] or [`LEADS`] for the lowest bits: they stand apart, as most words lead nowhere.
    words: Vec<u64>,
    ways: Vec<Way>,
}

/// The bits of a hash that give way.
const BITS: u64 = 3;
/// No name begins with a word, or goes on with it, whatever is behind it: half of all words with capitals begin none.
const NOWHERE: u64 = 1;
/// Names do.
const LEADS: u64 = 2;

/// Where the walk over a word led: to this node with this output more, behind its last letter; what the word means more if a name ends with it;
/// and how names go on with another word, once that was asked.
#[derive(Clone, Copy, Default)]
pub struct Way {
    address: u32,
    out: u32,
    /// What it means.
    pub means: Option<u32>,
    goes_on: Option<GoesOn>,
}

/// What is known of a word.
#[derive(Clone, Copy)]
pub enum Met {
    /// That it leads nowhere.
    Nowhere,
    /// Where it leads.
    To(Way),
}

/// With which letters the next word of a name may begin: a bit for each of them, and one for all else.
#[derive(Clone, Copy)]
struct GoesOn(u32);

impl GoesOn {
    fn of(walk: &Walk<'_>) -> GoesOn {
        let behind = walk.map.step(walk.node, b' ');
        GoesOn(behind.into_iter().flat_map(|(node, _)| walk.map.letters(node)).fold(0, |all, letter| all | GoesOn::bit(letter)))
    }

    fn bit(letter: u8) -> u32 {
        1 << if letter.is_ascii_alphabetic() { letter.to_ascii_lowercase() - b'a' } else { 26 }
    }

    /// Whether a name may go on with `rest`, which stands behind the word; it does not if that is a space and a letter no name has there.
    #[inline]
    fn may(self, rest: &str) -> bool {
        match rest.as_bytes() {
            [b' ', letter, ..] if letter.is_ascii_alphabetic() => self.0 & GoesOn::bit(*letter) != 0,
            _ => self.0 != 0,
        }
    }
}

thread_local! {
    /// Those of this thread.
    pub static WALKED: RefCell<Walked> = RefCell::new(Walked::new(1 << 13));
}

impl Walked {
    fn new(n: usize) -> Walked {
        Walked { words: vec![0; n], ways: vec![Way::default(); n] }
    }

    fn slot(&self, word: u64) -> usize {
        (word >> 20) as usize % self.words.len()
    }

    /// Where the walk over the word with this hash led, if that is known.
    #[inline]
    pub fn met(&self, word: u64) -> Option<Met> {
        let slot = self.slot(word);
        match self.words[slot] ^ word & !BITS {
            NOWHERE => Some(Met::Nowhere),
            LEADS => Some(Met::To(self.ways[slot])),
            _ => None,
        }
    }

    /// Notes where it led.
    fn note(&mut self, word: u64, way: Option<Way>) {
        let slot = self.slot(word);
        self.words[slot] = word & !BITS | if way.is_some() { LEADS } else { NOWHERE };
        self.ways[slot] = way.unwrap_or_default();
    }

    /// The way over the first word of a name, which was not met before, and its hash; `None` when no name begins so.
    pub fn first(&mut self, gazetteer: &Gazetteer, word: u64, letters: &str) -> Option<Way> {
        let walk = begin(gazetteer, letters).and_then(|(mut walk, gone)| walk.word(&letters[gone..]).map(|()| walk));
        let way = walk.map(|walk| walk.way(0));
        self.note(word, way);
        way
    }

    /// Whether a name may go on with `rest` behind the word with this hash, whose way this is.
    #[inline]
    pub fn may_go_on(&mut self, gazetteer: &Gazetteer, word: u64, way: Way, rest: &str) -> bool {
        let goes_on = way.goes_on.unwrap_or_else(|| {
            let goes_on = GoesOn::of(&way.walk(gazetteer));
            self.note(word, Some(Way { goes_on: Some(goes_on), ..way }));
            goes_on
        });
        goes_on.may(rest)
    }

    /// Leads a walk on over a space and a word; what the name means if it may end there. `None` when no name goes on so.
    pub fn lead(&mut self, walk: &mut Walk<'_>, word: u64, letters: &str) -> Option<Option<u64>> {
        let (node, before) = (walk.node, walk.out);
        let word = word ^ (node as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let way = match self.met(word) {
            Some(Met::Nowhere) => return None,
            Some(Met::To(way)) => way,
            None => {
                let way = walk.step(b' ').and_then(|()| walk.word(letters)).map(|()| walk.way(before));
                self.note(word, way);
                way?
            }
        };
        (walk.node, walk.out) = (way.address as usize, before + u64::from(way.out));
        Some(way.means.map(|means| before + u64::from(means)))
    }

    /// What an abbreviation means as printed, of which this is the hash.
    pub fn printed(&mut self, gazetteer: &Gazetteer, hash: u64, text: &str) -> Option<u64> {
        let word = !hash;
        match self.met(word) {
            Some(Met::Nowhere) => None,
            Some(Met::To(way)) => way.means.map(u64::from),
            None => {
                let means = gazetteer.offset_of(format!("={text}").as_bytes());
                let way = means.map(|means| Way { means: Some(means as u32), ..Way::default() });
                self.note(word, way);
                means
            }
        }
    }
}

impl Way {
    /// The walk at its end, if it was one over the first word of a name.
    pub fn walk<'g>(&self, gazetteer: &'g Gazetteer) -> Walk<'g> {
        Walk { map: &gazetteer.map, node: self.address as usize, out: u64::from(self.out) }
    }
}

/// A walk over the first letters of `text` and how many these are, two or none. `None` when no name begins so.
pub fn begin<'g>(gazetteer: &'g Gazetteer, text: &str) -> Option<(Walk<'g>, usize)> {
    match text.as_bytes() {
        [a, b, c, ..] if [a, b, c].iter().all(|letter| letter.is_ascii_alphabetic()) => Some((Walk::behind(gazetteer, *a, *b)?, 2)),
        _ => Some((Walk { map: &gazetteer.map, node: gazetteer.map.root(), out: 0 }, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::{GoesOn, Met, Walked};
    use crate::extract::names::hash;
    use crate::extract::places::gazetteer::Gazetteer;

    #[test]
    fn names_go_on_with_the_letters_that_are_noted() {
        let gazetteer = Gazetteer::built_in().unwrap();
        let mut walked = Walked::new(1 << 6);
        let mut ways = 0;
        for word in ["New", "San", "Washington", "United", "Paris", "Halifax", "Ohio", "Trump"] {
            let Some(way) = walked.first(gazetteer, hash(word), word) else { continue };
            let goes_on = GoesOn::of(&way.walk(gazetteer));
            for letter in 'a'..='z' {
                let mut on = way.walk(gazetteer);
                let leads = on.step(b' ').and_then(|()| on.letter(letter)).is_some();
                assert_eq!(goes_on.may(&format!(" {letter}")), leads, "{word} {letter}");
                assert_eq!(
                    walked.may_go_on(gazetteer, hash(word), way, &format!(" {}x", letter.to_ascii_uppercase())),
                    leads,
                    "{word} {letter}"
                );
                ways += usize::from(leads);
            }
        }
        assert!(ways > 40, "{ways}");
    }

    /// One place is enough to hold what was met last, and each pushes the one before out.
    #[test]
    fn words_lead_to_the_same_names_whether_met_before_or_not() {
        let gazetteer = Gazetteer::built_in().unwrap();
        let (mut few, mut many) = (Walked::new(1), Walked::new(1 << 12));
        let mut known = 0;
        for _ in 0..2 {
            for (first, second) in
                [("New", "York"), ("New", "Yorkers"), ("Salt", "Lake"), ("Salt", "Mine"), ("Quxz", "Lake"), ("Los", "Angeles")]
            {
                let mut all = Vec::new();
                for walked in [&mut few, &mut many] {
                    let way = match walked.met(hash(first)) {
                        Some(Met::Nowhere) => None,
                        Some(Met::To(way)) => Some(way),
                        None => walked.first(gazetteer, hash(first), first),
                    };
                    let mut walk = way.map(|way| way.walk(gazetteer));
                    all.push(walk.as_mut().and_then(|walk| walked.lead(walk, hash(second), second)).flatten());
                }
                let name = format!("{first} {second}").to_lowercase();
                assert_eq!(all, [gazetteer.offset_of(name.as_bytes()); 2], "{name}");
                known += usize::from(all[0].is_some());
            }
            for text in ["US", "N.Y.", "QXZ"] {
                let printed = gazetteer.offset_of(format!("={text}").as_bytes());
                assert_eq!([&mut few, &mut many].map(|walked| walked.printed(gazetteer, hash(text), text)), [printed; 2], "{text}");
            }
        }
        assert_eq!(known, 8);
    }
}

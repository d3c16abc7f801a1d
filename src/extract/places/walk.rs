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
}

/// Where the walks over the words met before led: names come back, and so do words with capitals that begin none. A word may push
/// another out, and is then walked again.
pub struct Walked(Vec<Option<(u64, Way)>>);

/// Where the walk over a word led.
#[derive(Clone, Copy)]
pub enum Way {
    /// No name begins with the word, whatever is behind it: half of all words with capitals.
    Nowhere,
    /// To this node with this output, behind its last letter; both are less than the map is long. What the word means if it is a name by
    /// itself, and how names go on with another word: few do.
    To { address: u32, out: u32, means: Option<u32>, goes_on: GoesOn },
}

/// With which letters the next word of a name may begin: a bit for each of them, and one for all else.
#[derive(Clone, Copy)]
pub struct GoesOn(u32);

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
    pub fn may(self, rest: &str) -> bool {
        match rest.as_bytes() {
            [b' ', letter, ..] if letter.is_ascii_alphabetic() => self.0 & GoesOn::bit(*letter) != 0,
            _ => self.0 != 0,
        }
    }
}

impl Way {
    /// That of a walk at the end of a word, if it can be kept.
    pub fn of(walk: &Walk<'_>) -> Option<Way> {
        let means = walk.value().map(u32::try_from).transpose().ok()?;
        let (address, out) = (u32::try_from(walk.node).ok()?, u32::try_from(walk.out).ok()?);
        Some(Way::To { address, out, means, goes_on: GoesOn::of(walk) })
    }
}

thread_local! {
    /// Those of this thread.
    pub static WALKED: RefCell<Walked> = RefCell::new(Walked(vec![None; 1 << 12]));
}

impl Walked {
    fn slot(&mut self, word: u64) -> &mut Option<(u64, Way)> {
        let n = self.0.len();
        &mut self.0[(word >> 20) as usize % n]
    }

    /// Where the walk over the word with this hash led.
    pub fn way(&mut self, word: u64) -> Option<Way> {
        self.slot(word).filter(|(met, _)| *met == word).map(|(_, way)| way)
    }

    /// Notes where it led.
    pub fn note(&mut self, word: u64, way: Way) {
        *self.slot(word) = Some((word, way));
    }
}

/// A walk over the first letters of `text` and how many these are: the first `inside` if `way` tells where they lead, else two or none.
/// `None` when no name begins so.
pub fn begin<'g>(gazetteer: &'g Gazetteer, text: &str, inside: usize, way: Option<Way>) -> Option<(Walk<'g>, usize)> {
    match (way, text.as_bytes()) {
        (Some(Way::To { address, out, .. }), _) => {
            Some((Walk { map: &gazetteer.map, node: address as usize, out: u64::from(out) }, inside))
        }
        (_, [a, b, c, ..]) if [a, b, c].iter().all(|letter| letter.is_ascii_alphabetic()) => Some((Walk::behind(gazetteer, *a, *b)?, 2)),
        _ => Some((Walk { map: &gazetteer.map, node: gazetteer.map.root(), out: 0 }, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Way, begin};
    use crate::extract::places::gazetteer::Gazetteer;

    #[test]
    fn names_go_on_with_the_letters_that_are_noted() {
        let gazetteer = Gazetteer::built_in().unwrap();
        let mut ways = 0;
        for word in ["New", "San", "Washington", "United", "Paris", "Halifax", "Ohio", "Trump"] {
            let (mut walk, gone) = begin(gazetteer, word, word.len(), None).unwrap();
            if word.chars().skip(gone).any(|c| walk.letter(c).is_none()) {
                continue;
            }
            let way = Way::of(&walk).unwrap();
            let Way::To { goes_on, .. } = way else { panic!("{word} leads somewhere") };
            for letter in 'a'..='z' {
                let (mut on, _) = begin(gazetteer, word, word.len(), Some(way)).unwrap();
                let leads = on.step(b' ').and_then(|()| on.letter(letter)).is_some();
                assert_eq!(goes_on.may(&format!(" {letter}")), leads, "{word} {letter}");
                assert_eq!(goes_on.may(&format!(" {}x", letter.to_ascii_uppercase())), leads, "{word} {letter}");
                ways += usize::from(leads);
            }
        }
        assert!(ways > 40, "{ways}");
    }
}

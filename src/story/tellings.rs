//! When two articles tell the same story, and when two quotes say the same: sketches with the thresholds that go with them.
//!
//! The thresholds for articles are those that did best on pairs of two corpora judged by hand, see `tests/eval/stories.tsv`.

use super::groups::{Tellings, firsts};
use super::sketch;
use std::ops::{Deref, DerefMut};

/// From where on an article is a copy, in thousandths of runs of words in common, after they are weighed.
const COPY: u32 = 400;
/// From where on a copy of a copy still tells the first one's.
const KIN: u32 = 250;
/// Seconds within which copies and new versions of a story appear.
const SOON: i64 = 36 * 3600;

/// How many thousandths make a copy: of texts that come soon after each other, and of others. Reports that come out every
/// week, and brief texts of one kind (a bond issue, a quarter's figures), are made of the same turns of phrase.
const ENOUGH: [Enough; 2] = [Enough { brief: false, soon: 400, late: 750 }, Enough { brief: true, soon: 500, late: 950 }];

struct Enough {
    brief: bool,
    soon: u32,
    late: u32,
}

/// From where on two quotes repeat each other, in thousandths of their slots.
const ECHO: u32 = 400;
const ECHO_KIN: u32 = 300;

/// Sketches of articles or of quotes, in a row.
#[derive(Debug, Default)]
pub struct Sketches {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<u32>,
    /// What orders them.
    order: Vec<(i64, u64)>,
    /// Their numbers.
    pub numbers: Vec<u32>,
    /// The numbers of the articles they are of.
    pub articles: Vec<u32>,
}

/// A text by its sketch.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// Its sketch.
    pub sketch: &'a [u8],
    /// What orders it among others: seconds since 1970, and something that does not depend on the order of arrival.
    pub order: (i64, u64),
    /// Its number.
    pub number: u32,
    /// The number of the article it is of: itself, or what has the quote.
    pub article: u32,
}

impl Sketches {
    /// Adds one.
    pub fn push(&mut self, telling: Telling<'_>) {
        self.bytes.extend_from_slice(telling.sketch);
        self.ends.push(self.bytes.len() as u32);
        self.order.push(telling.order);
        self.numbers.push(telling.number);
        self.articles.push(telling.article);
    }

    /// The one at this place.
    pub fn telling(&self, n: usize) -> Telling<'_> {
        Telling { sketch: self.get(n), order: self.order[n], number: self.numbers[n], article: self.articles[n] }
    }

    fn get(&self, n: usize) -> &[u8] {
        let from = n.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[from as usize..self.ends[n] as usize]
    }
}

/// Sketches of articles, to be put under their first tellings.
#[derive(Debug, Default)]
pub struct Articles(Sketches);

/// Sketches of quotes, likewise.
#[derive(Debug, Default)]
pub struct Quotes(Sketches);

impl Deref for Articles {
    type Target = Sketches;

    fn deref(&self) -> &Sketches {
        &self.0
    }
}

impl DerefMut for Articles {
    fn deref_mut(&mut self) -> &mut Sketches {
        &mut self.0
    }
}

impl Deref for Quotes {
    type Target = Sketches;

    fn deref(&self) -> &Sketches {
        &self.0
    }
}

impl DerefMut for Quotes {
    fn deref_mut(&mut self) -> &mut Sketches {
        &mut self.0
    }
}

impl Tellings for Articles {
    fn count(&self) -> usize {
        self.0.ends.len()
    }

    fn order(&self, n: usize) -> (i64, u64) {
        self.0.order[n]
    }

    fn sketch(&self, n: usize) -> &[u8] {
        self.0.get(n)
    }

    fn bands(&self) -> usize {
        sketch::SLOTS / 3
    }

    fn band(&self, sketch: &[u8], band: usize) -> Option<u64> {
        sketch::band(sketch, band)
    }

    fn alike(&self, a: usize, b: usize) -> u32 {
        let (one, other) = (self.sketch(a), self.sketch(b));
        let brief = sketch::is_brief(one, other);
        let (first, second) = (self.order(a).0, self.order(b).0);
        let soon = first == i64::MAX || second == i64::MAX || first.abs_diff(second) <= SOON as u64;
        let enough = ENOUGH.iter().find(|e| e.brief == brief).map_or(COPY, |e| if soon { e.soon } else { e.late });
        (sketch::alike(one, other) * 1000.0) as u32 * COPY / enough
    }

    fn copy(&self) -> u32 {
        COPY
    }

    fn kin(&self) -> u32 {
        KIN
    }
}

impl Tellings for Quotes {
    fn count(&self) -> usize {
        self.0.ends.len()
    }

    fn order(&self, n: usize) -> (i64, u64) {
        self.0.order[n]
    }

    fn sketch(&self, n: usize) -> &[u8] {
        self.0.get(n)
    }

    fn bands(&self) -> usize {
        sketch::QUOTE_SLOTS
    }

    fn band(&self, sketch: &[u8], band: usize) -> Option<u64> {
        let full = sketch.len() * 2 == sketch::QUOTE_SLOTS * 3;
        let slot = |n| u64::from(sketch::quote_slot(sketch, n % sketch::QUOTE_SLOTS));
        full.then(|| slot(band) << 12 | slot(band + 1))
    }

    fn alike(&self, a: usize, b: usize) -> u32 {
        (sketch::quotes_alike(self.sketch(a), self.sketch(b)) * 1000 / sketch::QUOTE_SLOTS) as u32
    }

    fn copy(&self) -> u32 {
        ECHO
    }

    fn kin(&self) -> u32 {
        ECHO_KIN
    }
}

/// Whether one of two articles is a copy of the other; `when` are their dates in seconds, `i64::MAX` without one.
pub fn is_copy(one: &[u8], other: &[u8], when: (i64, i64)) -> bool {
    let mut articles = Articles::default();
    articles.push(Telling { sketch: one, order: (when.0, 0), number: 0, article: 0 });
    articles.push(Telling { sketch: other, order: (when.1, 1), number: 1, article: 1 });
    let firsts = firsts(&articles);
    firsts[0] == firsts[1]
}

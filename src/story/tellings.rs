//! When two articles tell the same story, and when two quotes say the same: sketches with the thresholds that go with them.
//!
//! The thresholds for articles are those that did best on pairs of two corpora judged by hand, see `tests/eval/stories.tsv`.

use super::groups::{Tellings, firsts};
use super::sketch;
use std::marker::PhantomData;

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

/// What is told: an article or a quote.
pub trait Kind: Sync {
    /// How many bands a full sketch has.
    const BANDS: usize;
    /// From where on a telling is a copy, in thousandths.
    const COPY: u32;
    /// From where on a copy of a copy is one of the first, too.
    const KIN: u32;

    /// The slots of one band of a sketch; `None` for a sketch that has none.
    fn band(sketch: &[u8], band: usize) -> Option<u64>;

    /// How alike two tellings are, in thousandths.
    fn alike(one: Telling<'_>, other: Telling<'_>) -> u32;
}

/// Sketches of one kind, in a row, to be put under their first tellings.
#[derive(Debug, Default)]
pub struct Sketches<K> {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<u32>,
    /// What orders them.
    order: Vec<(i64, u64)>,
    /// Their numbers.
    pub numbers: Vec<u32>,
    /// The numbers of the articles they are of.
    pub articles: Vec<u32>,
    kind: PhantomData<K>,
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

impl<K> Sketches<K> {
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

impl<K: Kind> Tellings for Sketches<K> {
    fn count(&self) -> usize {
        self.ends.len()
    }

    fn order(&self, n: usize) -> (i64, u64) {
        self.order[n]
    }

    fn sketch(&self, n: usize) -> &[u8] {
        self.get(n)
    }

    fn bands(&self) -> usize {
        K::BANDS
    }

    fn band(&self, sketch: &[u8], band: usize) -> Option<u64> {
        K::band(sketch, band)
    }

    fn alike(&self, a: usize, b: usize) -> u32 {
        K::alike(self.telling(a), self.telling(b))
    }

    fn copy(&self) -> u32 {
        K::COPY
    }

    fn kin(&self) -> u32 {
        K::KIN
    }
}

/// Articles, which tell stories.
#[derive(Debug, Default)]
pub struct Articles;

/// Quotes, which repeat each other.
#[derive(Debug, Default)]
pub struct Quotes;

impl Kind for Articles {
    const BANDS: usize = sketch::SLOTS / 3;
    const COPY: u32 = COPY;
    const KIN: u32 = KIN;

    fn band(sketch: &[u8], band: usize) -> Option<u64> {
        sketch::band(sketch, band)
    }

    fn alike(one: Telling<'_>, other: Telling<'_>) -> u32 {
        let brief = sketch::is_brief(one.sketch, other.sketch);
        let (first, second) = (one.order.0, other.order.0);
        let soon = first == i64::MAX || second == i64::MAX || first.abs_diff(second) <= SOON as u64;
        let enough = ENOUGH.iter().find(|e| e.brief == brief).map_or(COPY, |e| if soon { e.soon } else { e.late });
        (sketch::alike(one.sketch, other.sketch) * 1000.0) as u32 * COPY / enough
    }
}

impl Kind for Quotes {
    const BANDS: usize = sketch::QUOTE_SLOTS;
    const COPY: u32 = ECHO;
    const KIN: u32 = ECHO_KIN;

    fn band(sketch: &[u8], band: usize) -> Option<u64> {
        let full = sketch.len() * 2 == sketch::QUOTE_SLOTS * 3;
        let slot = |n| u64::from(sketch::quote_slot(sketch, n % sketch::QUOTE_SLOTS));
        full.then(|| slot(band) << 12 | slot(band + 1))
    }

    fn alike(one: Telling<'_>, other: Telling<'_>) -> u32 {
        (sketch::quotes_alike(one.sketch, other.sketch) * 1000 / sketch::QUOTE_SLOTS) as u32
    }
}

/// Whether one of two articles is a copy of the other; `when` are their dates in seconds, `i64::MAX` without one.
pub fn is_copy(one: &[u8], other: &[u8], when: (i64, i64)) -> bool {
    let mut articles = Sketches::<Articles>::default();
    articles.push(Telling { sketch: one, order: (when.0, 0), number: 0, article: 0 });
    articles.push(Telling { sketch: other, order: (when.1, 1), number: 1, article: 1 });
    let firsts = firsts(&articles);
    firsts[0] == firsts[1]
}

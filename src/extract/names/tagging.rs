//! Which stretches of the page are names, and of what kind? The model proposes, with what rules of news style add to its scores.
//! [`super::extent`] and [`super::agreement`] correct it afterwards.

use super::features::{self, AROUND, Features, OF_WORD, Parts, Row};
use super::lexicon::Traits;
use super::model::{LABELS, Model, Scores, Sum, label};
use super::sight::{Shown, Sight};
use crate::extract::page::{Page, Shape, WordSet};
use std::cell::RefCell;
use std::ops::Range;

/// The kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A place.
    Place,
    /// Something else: a work, an event, a people.
    Other,
}

/// The last words of the names of several words that persons have.
pub fn families(page: &Page<'_>, names: &[Tagged]) -> WordSet {
    let full = names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1);
    full.map(|n| page.hash(n.tokens.end - 1)).collect()
}

/// A stretch of tokens held for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Its tokens, without titles and possessive.
    pub tokens: Range<usize>,
    /// Its kind.
    pub kind: Kind,
}

/// All names of the page, in order, none overlapping.
pub fn tag(sight: &Sight<'_, '_>) -> Vec<Tagged> {
    let model = Model::built_in();
    let mut all = Vec::new();
    let sums = sums(sight, model);
    let mut rest = sums.iter();
    let mut back: Vec<[u8; LABELS]> = Vec::new();
    let (mut scores, mut labels): (Vec<Scores>, Vec<u8>) = (Vec::new(), Vec::new());
    let mut initials = Initials::default();
    for stretch in &sight.stretches {
        scores.clear();
        let label = is_label(sight, stretch);
        for (i, sum) in stretch.clone().zip(rest.by_ref()) {
            let mut s = sum.scores();
            lean(sight, i, &mut initials, &mut s);
            if label {
                add(&mut s, if i == stretch.start { &PERSON[..1] } else { &PERSON[1..] }, 40);
            }
            scores.push(s);
        }
        model.decode(&scores, &mut back, &mut labels);
        collect(stretch.start, &labels, &mut all);
    }
    all
}

/// The sums of the weights of all features, for each token of each stretch. All rows are known before the first is read, and nothing else
/// is done meanwhile, so that many are fetched at a time.
fn sums(sight: &Sight<'_, '_>, model: &Model) -> Vec<Sum> {
    let n_tokens = sight.stretches.iter().map(Range::len).sum();
    let (mut sums, mut rows) = (Vec::with_capacity(n_tokens), Vec::with_capacity(n_tokens));
    WORDS.with_borrow_mut(|words| {
        for stretch in &sight.stretches {
            for i in stretch.clone() {
                let mut told = Told { model, rows: [0; AROUND], n: 0, few: word(sight, stretch, i, words, model) };
                features::tell(sight, stretch, i, Parts::BUT_WORD, &mut told);
                debug_assert_eq!(told.n, AROUND);
                sums.push(told.few);
                rows.push(told.rows);
            }
        }
    });
    for (sum, rows) in sums.iter_mut().zip(&rows) {
        *sum = sum.with(model.sum(rows));
    }
    sums
}

/// Features told for a token: rows of the table, and the sum of those of few values.
struct Told<'m, const N: usize> {
    model: &'m Model,
    rows: [Row; N],
    n: usize,
    few: Sum,
}

impl<const N: usize> Features for Told<'_, N> {
    fn add(&mut self, template: u64, value: u64) {
        self.rows[self.n] = features::row(template, value);
        self.n += 1;
    }

    fn add_few(&mut self, template: u64, value: u64) {
        self.model.add_few(template, value, &mut self.few);
    }

    fn add_bits(&mut self, template: u64, bits: u32) {
        self.few = self.few.with(self.model.bits(template, bits));
    }
}

thread_local! {
    /// Sums of the features that a word alone tells, by its hashes: names come back. A word may push another out.
    static WORDS: RefCell<Vec<(u64, Sum)>> = RefCell::new(vec![(0, Sum::default()); 1 << 11]);
}

/// The sum of the features that the word of token `i` alone tells.
fn word(sight: &Sight<'_, '_>, stretch: &Range<usize>, i: usize, words: &mut [(u64, Sum)], model: &Model) -> Sum {
    let key = sight.page.hash(i).rotate_left(17) ^ sight.tokens[i].exact;
    // As many as a power of two.
    let last = words.len() - 1;
    let met = &mut words[(key >> 24) as usize & last];
    if met.0 != key {
        let mut told = Told { model, rows: [0; OF_WORD], n: 0, few: Sum::default() };
        features::tell(sight, stretch, i, Parts::WORD, &mut told);
        *met = (key, model.sum(&told.rows[..told.n]).with(told.few));
    }
    met.1
}

/// Whether a stretch names the speaker of a transcript: `ADA BYSTRØM: No.` Two or three words in capitals, none of them ordinary or
/// an office, that open a paragraph and stand more than once in the article or have a known given name in front.
fn is_label(sight: &Sight<'_, '_>, stretch: &Range<usize>) -> bool {
    let page = sight.page;
    let opens = page.paragraphs.get(page.paragraph_of(stretch.start)).is_some_and(|p| p.start == stretch.start && p.end > stretch.end + 1);
    if !opens || !matches!(stretch.len(), 2 | 3) || sight.text(stretch.end) != ":" {
        return false;
    }
    let other = Traits::OFFICE
        | Traits::ROLE
        | Traits::COMMON
        | Traits::CALENDAR
        | Traits::ORG_HEAD
        | Traits::ORG_NOUN
        | Traits::PLACE
        | Traits::THING;
    let names = |i: usize| {
        let t = sight.traits(i);
        let ordinary = super::lexicon::Lexicon::get()
            .traits(&sight.text(i).to_lowercase())
            .any(Traits::ROLE | Traits::SPEECH | Traits::PLACE_NOUN | Traits::ORG_NOUN);
        page.tokens[i].shape == Shape::Upper && !ordinary && sight.tokens[i].shown & Shown::LOWER == 0 && (t.is_given() || !t.any(other))
    };
    let first = sight.traits(stretch.start);
    let known = first.is_given() && !first.any(Traits::WEAK_GIVEN);
    let repeated = stretch.clone().all(|i| sight.tokens[i].shown & Shown::REPEATED != 0);
    stretch.clone().all(names) && (known || repeated)
}

/// Adds `points` to the scores of `labels`.
fn add(scores: &mut Scores, labels: &[u8], points: i32) {
    for l in labels {
        scores[usize::from(*l)] += points;
    }
}

const PERSON: [u8; 2] = [label::PERSON, label::PERSON + 1];
const ORGANIZATION: [u8; 2] = [label::ORGANIZATION, label::ORGANIZATION + 1];
const PLACE: [u8; 2] = [label::PLACE, label::PLACE + 1];

/// What rules add to the scores of a token: facts of news style that the training data are too small to show.
fn lean(sight: &Sight<'_, '_>, i: usize, initials: &mut Initials, scores: &mut Scores) {
    if !sight.is_capital(i) {
        return;
    }
    let here = sight.traits(i);
    let before = i.checked_sub(1).map_or(Traits::default(), |j| sight.traits(j));
    let address = Traits::MISTER | Traits::MISSUS | Traits::TITLE;
    if before.any(address) && !here.any(Traits::OFFICE) {
        add(scores, &PERSON, 40);
    }
    let not_behind_office = Traits::PLACE | Traits::ORG_HEAD | Traits::ORG_HINT | Traits::OFFICE | Traits::DEMONYM;
    if before.any(Traits::OFFICE) && sight.is_capital(i - 1) && !here.any(not_behind_office) {
        add(scores, &PERSON, 16);
    }
    if here.any(address) && sight.is_capital(i + 1) {
        add(scores, &[label::OUTSIDE], 24);
    }
    if sight.tokens[i].shown & (Shown::TITLED | Shown::AGED) != 0 && !here.any(Traits::PLACE | Traits::DEMONYM) {
        add(scores, &PERSON, 12);
    }
    if here.any(Traits::ACRONYM) {
        add(scores, &ORGANIZATION, 24);
    }
    if here.any(Traits::ORG) && !here.is_given() {
        add(scores, &ORGANIZATION, 16);
    }
    if is_brand(sight, i) && !here.is_given() && !sight.is_capital(i + 1) {
        add(scores, &ORGANIZATION, 16);
    }
    if here.any(Traits::PLACE) && !here.is_given() {
        add(scores, &PLACE, 12);
    }
    let behind_given = before.is_given() && i > 0 && sight.is_capital(i - 1) && !sight.tokens[i].headline;
    if here.any(Traits::DEMONYM | Traits::CALENDAR) && !behind_given {
        add(scores, &PERSON, -32);
    }
    lean_on_lists(sight, i, initials, scores);
}

/// `EcoGo`: a capital in the middle of a word, unless behind what begins the names of people.
fn is_brand(sight: &Sight<'_, '_>, i: usize) -> bool {
    if sight.page.is_plain(i) {
        return false; // most
    }
    let word = sight.text(i);
    let inner = word.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    inner && !["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "Ab", "St"].iter().any(|begin| word.starts_with(begin))
}

/// A given name and what may be a family name make a person; initials in between do no harm.
fn lean_on_lists(sight: &Sight<'_, '_>, i: usize, initials: &mut Initials, scores: &mut Scores) {
    let here = sight.traits(i);
    let other = Traits::ORG
        | Traits::ORG_HEAD
        | Traits::ORG_FORM
        | Traits::ACRONYM
        | Traits::PLACE_TAIL
        | Traits::CALENDAR
        | Traits::DEMONYM
        | Traits::OFFICE;
    let plain = |t: Traits| !t.any(other | Traits::PLACE | Traits::COMMON);
    let strong = |t: Traits| t.is_given() && !t.any(Traits::WEAK_GIVEN);
    let sure = |t: Traits, s: Traits| (strong(t) && (s.any(Traits::FAMILY) || plain(s))) || (t.is_given() && s.any(Traits::FAMILY));
    let likely = |t: Traits, s: Traits| (t.is_given() && plain(s)) || (plain(t) && s.any(Traits::FAMILY));
    if !sight.tokens[i].headline {
        if sight.is_capital(i + 1) && likely(here, sight.traits(i + 1)) {
            add(scores, &PERSON, 10);
        }
        if i > 0 && sight.is_capital(i - 1) && likely(sight.traits(i - 1), here) {
            add(scores, &PERSON[1..], 12);
        }
    }
    let next = initials.behind(sight, i);
    if sight.is_capital(next) && sure(here, sight.traits(next)) {
        add(scores, &PERSON, 24);
    }
    let previous = initials.before(sight, i);
    if previous.is_some_and(|p| sight.is_capital(p) && sure(sight.traits(p), here)) {
        add(scores, &PERSON[1..], 28);
    }
}

/// The words on both sides of initials, for tokens in order: a long run of initials is gone through once.
#[derive(Default)]
struct Initials {
    /// The first token behind the run of initials met last.
    end: usize,
    /// The first token not looked at from behind.
    seen: usize,
    /// The last token before it that is no initial.
    last: Option<usize>,
}

impl Initials {
    /// The first token behind `i` that is no initial.
    fn behind(&mut self, sight: &Sight<'_, '_>, i: usize) -> usize {
        if self.end <= i {
            self.end = i + 1;
        }
        while sight.is_initial(self.end) {
            self.end += 1;
        }
        self.end
    }

    /// The last token before `i` that is no initial.
    fn before(&mut self, sight: &Sight<'_, '_>, i: usize) -> Option<usize> {
        self.last = (self.seen..i).rev().find(|j| !sight.is_initial(*j)).or(self.last);
        self.seen = i;
        self.last
    }
}

fn collect(start: usize, labels: &[u8], all: &mut Vec<Tagged>) {
    let mut n = 0;
    while n < labels.len() {
        let l = labels[n];
        if l == 0 {
            n += 1;
            continue;
        }
        let kind = match l {
            label::PERSON | 2 => Kind::Person,
            label::ORGANIZATION | 4 => Kind::Organization,
            label::PLACE | 6 => Kind::Place,
            _ => Kind::Other,
        };
        let end = (n + 1..labels.len()).find(|m| labels[*m] % 2 == 1 || labels[*m] == 0).unwrap_or(labels.len());
        all.push(Tagged { tokens: start + n..start + end, kind });
        n = end;
    }
}

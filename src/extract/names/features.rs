//! Which features does a token show? Numbers of rows in the table of weights; trainer and tagger share this code.

use super::lexicon::Traits;
use super::lexicon::hash;
use super::model::ROWS;
use super::sight::{Seen, Sight};
use std::ops::Range;

/// Number of a row in the table of weights.
pub type Row = u32;

/// The row of a feature: `value` of a `template`.
pub fn row(template: u64, value: u64) -> Row {
    let mixed = (value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed >> 40) as u32 & (ROWS as u32 - 1)
}

/// What features are told to.
pub trait Features {
    /// Takes a feature.
    fn add(&mut self, template: u64, value: u64);

    /// Takes a feature of a template below [`FEW_TEMPLATES`] that has no other values than those below [`FEW_VALUES`].
    fn add_few(&mut self, template: u64, value: u64) {
        self.add(template, value);
    }

    /// Takes one such feature for each of `bits`.
    fn add_bits(&mut self, template: u64, bits: u32) {
        let mut rest = bits;
        while rest != 0 {
            self.add_few(template, u64::from(rest.trailing_zeros()) + 1);
            rest &= rest - 1;
        }
    }
}

/// Templates of few values have numbers below this.
pub const FEW_TEMPLATES: usize = 50;
/// The templates of which features are told for bits.
pub const OF_BITS: [u64; 9] = [13, 14, 15, 21, 26, 43, 44, 45, 49];
/// Where each of them stands there.
pub const SLOTS: [usize; FEW_TEMPLATES] = {
    let mut slots = [0; FEW_TEMPLATES];
    let mut slot = 0;
    while slot < OF_BITS.len() {
        slots[OF_BITS[slot] as usize] = slot;
        slot += 1;
    }
    slots
};
/// Their values are below this.
pub const FEW_VALUES: usize = 64;

impl Features for Vec<Row> {
    fn add(&mut self, template: u64, value: u64) {
        self.push(row(template, value));
    }
}

/// Which features of a token are asked for.
#[derive(Clone, Copy)]
pub struct Parts {
    /// Those the word alone tells: equal for equal words.
    word: bool,
    /// Those of the word with one beside it.
    pairs: bool,
    /// All others.
    around: bool,
}

impl Parts {
    /// All.
    #[cfg(feature = "train")]
    pub const ALL: Parts = Parts { word: true, pairs: true, around: true };
    /// All but those that name the word itself.
    #[cfg(feature = "train")]
    pub const WORDLESS: Parts = Parts { word: false, pairs: false, around: true };
    /// Those the word alone tells.
    pub const WORD: Parts = Parts { word: true, pairs: false, around: false };
    /// All others.
    pub const BUT_WORD: Parts = Parts { word: false, pairs: true, around: true };
}

/// Where word identity begins in a row list: the trainer drops such features at random, so that weight goes to the rest.
pub const WORDY: u64 = 100;

/// How many rows of many values [`Parts::BUT_WORD`] have for any token.
pub const AROUND: usize = 17;
/// How many [`Parts::WORD`] has at most.
pub const OF_WORD: usize = 8;

/// Tells `out` those features of token `i` in `stretch` that are asked for.
#[inline(always)] // so that what is not asked for costs nothing
pub fn tell(sight: &Sight<'_, '_>, stretch: &Range<usize>, i: usize, parts: Parts, out: &mut impl Features) {
    let nothing = Seen::default();
    let at = |j: Option<usize>| j.and_then(|j| sight.tokens.get(j)).unwrap_or(&nothing);
    let (here, before, behind) = (at(Some(i)), at(i.checked_sub(1)), at(Some(i + 1)));
    if parts.around {
        out.add_few(0, 0);
    }
    if parts.word {
        out.add(1, here.exact);
    }
    if parts.pairs {
        out.add(2, here.exact ^ before.lower.rotate_left(7));
        out.add(3, here.exact ^ behind.lower.rotate_left(13));
    }
    if parts.word {
        affixes(sight.page.text(i), out);
    }
    if !parts.around {
        return;
    }
    let (before2, behind2) = (at(i.checked_sub(2)), at(Some(i + 2)));
    let shape = u64::from(here.form);
    out.add(4, before.lower);
    out.add(5, behind.lower);
    out.add(6, before2.lower);
    out.add(7, behind2.lower);
    let (shape_before, shape_behind) = (u64::from(before.form), u64::from(behind.form));
    out.add_few(10, shape);
    out.add(11, shape * 64 + shape_before * 8 + shape_behind);
    out.add_few(12, shape * 8 + u64::from(here.initial) * 2 + u64::from(here.headline));
    out.add_bits(13, here.traits.shown());
    out.add_bits(14, before.traits.shown());
    out.add_bits(15, behind.traits.shown());
    out.add(18, u64::from(here.traits.shown()));
    out.add(19, u64::from(here.traits.shown()) << 32 | u64::from(before.traits.shown()));
    out.add(20, u64::from(here.traits.shown()) << 32 | u64::from(behind.traits.shown()));
    out.add_bits(21, u32::from(here.shown));
    let brief = here.traits.shown() & !Traits::COMMON.0;
    out.add(22, u64::from(here.shown & 0x0fff) << 32 | u64::from(brief));
    out.add(23, u64::from(here.shown & 0x7f) << 1 | u64::from(here.initial));
    if here.initial {
        out.add_bits(26, here.traits.shown());
    }
    context(sight, stretch, i, out);
}

/// The features of the run of capitals around `i`: its length, its last word, and the words on either side.
fn context(sight: &Sight<'_, '_>, stretch: &Range<usize>, i: usize, out: &mut impl Features) {
    let (mut first, mut last) = (i, i);
    while first > stretch.start && sight.is_capital(first - 1) && first + 6 > i {
        first -= 1;
    }
    while last + 1 < stretch.end && sight.is_capital(last + 1) && last < i + 6 {
        last += 1;
    }
    let nothing = Seen::default();
    let left = first.checked_sub(1).and_then(|j| sight.tokens.get(j)).unwrap_or(&nothing);
    let right = sight.tokens.get(last + 1).unwrap_or(&nothing);
    let head = sight.tokens[last];
    let place = (i - first).min(3) as u64 * 4 + (last - i).min(3) as u64;
    out.add_few(40, place);
    out.add(41, left.lower ^ place);
    out.add(42, right.lower ^ place);
    out.add_bits(43, left.traits.shown());
    out.add_bits(44, right.traits.shown());
    out.add_bits(45, head.traits.shown());
    out.add(46, head.lower);
    out.add(47, u64::from(sight.tokens[first].traits.shown()) << 4 | place);
    out.add(48, place << 32 | u64::from(head.traits.shown()));
    out.add_bits(49, (first..=last).fold(0, |all, j| all | sight.tokens[j].traits.shown()));
}

fn affixes(word: &str, out: &mut impl Features) {
    let bytes = word.as_bytes();
    for len in 1..=4 {
        if bytes.len() > len {
            if word.is_char_boundary(bytes.len() - len) {
                out.add(WORDY + len as u64, hash(&word[bytes.len() - len..]));
            }
            if len > 1 && word.is_char_boundary(len) {
                out.add(WORDY + 8 + len as u64, hash(&word[..len]));
            }
        }
    }
}

//! Which words are a name, and of what? A linear-chain conditional random field (Lafferty, McCallum, Pereira, ICML 2001) over
//! hashed features, decoded with Viterbi's algorithm on the stretches of a text that are written with capitals.
//!
//! # The weights
//!
//! `weights.bin` (2 MB) holds one byte for each hashed feature and label, read as it lies in the program: nothing is
//! unpacked at start. `cargo run --release --features train --bin train-names -- --all TRAINING_DIR` makes it, with a
//! fixed seed, from open data that is not part of this repository:
//!
//! - WikiGold (Balasuriya, Ringland, Nothman, Murphy, Curran, 2009), CC BY 4.0.
//! - Universal NER, English EWT (Mayhew et al., NAACL 2024), CC BY-SA 4.0; its texts are from the English Web Treebank.
//! - GUM, the Georgetown University Multilayer corpus (Zeldes, 2017), the Wikinews part: annotations CC BY 4.0, texts CC BY 2.5.
//! - The same texts twice more with invented names, and 3000 invented articles made of `words/templates.txt`, which was
//!   written for this program.
//!
//! None of the published data is agency copy: what the model knows of news comes from the invented articles, from the
//! lists in `words/` and from the rules around it. It knows English only, and names written with capitals only.

use super::features::{FEW_TEMPLATES, FEW_VALUES, OF_BITS, Row, SLOTS, row};
use std::sync::OnceLock;

/// Number of labels.
pub const LABELS: usize = 9;
/// Rows of the table: hashed features.
pub const ROWS: usize = 1 << 18;

/// The label of a token. `Begin` and `Inside` of a kind are two labels.
pub mod label {
    /// No name.
    pub const OUTSIDE: u8 = 0;
    /// First token of a person's name; the others of it have the next number.
    pub const PERSON: u8 = 1;
    /// First token of an organization's name.
    pub const ORGANIZATION: u8 = 3;
    /// First token of a place's name.
    pub const PLACE: u8 = 5;
    /// First token of another name: a work, an event, a people.
    #[cfg(feature = "train")]
    pub const OTHER: u8 = 7;
}

/// Whether `after` may follow `before`: a name is only continued by its own kind.
#[cfg(feature = "train")]
pub fn may_follow(before: u8, after: u8) -> bool {
    after == 0 || after % 2 == 1 || before == after || before + 1 == after
}

/// The weights as they lie in the file. No row of the table behind the transitions lies across two lines of the cache.
#[repr(C, align(64))]
struct Weights {
    gap: [u8; (64 - TRANSITIONS % 64) % 64],
    bytes: [u8; include_bytes!("weights.bin").len()],
}

static WEIGHTS: Weights = Weights { gap: [0; (64 - TRANSITIONS % 64) % 64], bytes: *include_bytes!("weights.bin") };

/// Bytes of the transitions from each label to each.
const TRANSITIONS: usize = LABELS * LABELS * 2;

/// The weights.
pub struct Model {
    table: &'static [[u8; WIDTH]],
    /// The rows of the templates that have few values, once more in one place: they are read for every token.
    few: Vec<[[u8; WIDTH]; FEW_VALUES]>,
    /// The sums of the features of bits, for each template of [`OF_BITS`] and each byte of them: a step for each bit is more to guess than
    /// to add.
    bits: Vec<[[Sum; 256]; BYTES]>,
    /// The weight of each label of [`OPEN`] behind another.
    leads: [[Way; OPEN.len()]; LABELS],
    /// The weights of what goes on with a name of each kind: behind its beginning, and behind what goes on already.
    goes_on: [[Way; 2]; OPEN.len()],
}

/// The labels that may stand behind any: none, and the beginning of a name of each kind. What goes on with it has the next number.
const OPEN: [usize; 5] = [0, 1, 3, 5, 7];

/// A score, and in the four bits below it which label it comes from: of two that are equal the lower one is more.
type Way = i64;

fn way(score: i32, from: usize) -> Way {
    i64::from(score) << 4 | (LABELS - from) as i64
}

/// The sum of rows, of which a token never has so many that it overflows: 256. In four lanes of 16 bits each, of two words: each word is
/// the sum of its lanes, each with its sign, so that sums are added as they are.
#[derive(Clone, Copy, Default)]
pub struct Sum {
    even: u64,
    odd: u64,
}

/// One in each lane.
const EACH: u64 = 0x0001_0001_0001_0001;

impl Sum {
    fn add(&mut self, weights: [u8; WIDTH]) {
        // As numbers from 0, of which 128 is none.
        let weights = u64::from_le_bytes(weights) ^ (EACH * 0x8080);
        self.even = self.even.wrapping_add(weights & (EACH * 0xff)).wrapping_sub(EACH * 128);
        self.odd = self.odd.wrapping_add(weights >> 8 & (EACH * 0xff)).wrapping_sub(EACH * 128);
    }

    /// With another sum.
    pub fn with(self, other: Sum) -> Sum {
        Sum { even: self.even.wrapping_add(other.even), odd: self.odd.wrapping_add(other.odd) }
    }

    /// The sum for every label.
    pub fn scores(self) -> Scores {
        // No lane takes from the next where all are numbers from 0.
        let (even, odd) = (self.even.wrapping_add(EACH << 15), self.odd.wrapping_add(EACH << 15));
        let lane = |lanes: u64, n: u32| i32::from((lanes >> (16 * n)) as u16) - (1 << 15);
        [0, lane(even, 0), lane(odd, 0), lane(even, 1), lane(odd, 1), lane(even, 2), lane(odd, 2), lane(even, 3), lane(odd, 3)]
    }
}

/// A weight that no sum of others reaches, far from where sums would overflow.
const IMPOSSIBLE: Way = i32::MIN as Way / 4;

/// Scores of one token for every label.
pub type Scores = [i32; LABELS];

/// Bytes in which bits are told: traits have 23.
const BYTES: usize = 3;

/// Weights of a row: those of all labels but [`label::OUTSIDE`], which is 0 throughout.
const WIDTH: usize = LABELS - 1;

impl Model {
    /// The weights the program carries.
    pub fn built_in() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::read(&WEIGHTS.bytes))
    }

    /// Transitions first (two bytes each), then the table. A file that is too short counts as all zero.
    fn read(bytes: &'static [u8]) -> Model {
        let (head, table) = bytes.split_at(bytes.len().min(TRANSITIONS));
        let lead = |before: usize, after: usize| {
            let at = 2 * (LABELS * before + after);
            way(head.get(at..at + 2).map_or(0, |pair| i32::from(i16::from_le_bytes([pair[0], pair[1]]))), before)
        };
        let leads = std::array::from_fn(|before| OPEN.map(|after| lead(before, after)));
        let goes_on = OPEN.map(|begin| if begin == 0 { [0; 2] } else { [begin, begin + 1].map(|before| lead(before, begin + 1)) });
        let table: &[[u8; WIDTH]] = table.as_chunks().0;
        let weights = |template: usize, value: usize| table.get(row(template as u64, value as u64) as usize).copied().unwrap_or_default();
        let few = (0..FEW_TEMPLATES).map(|template| std::array::from_fn(|value| weights(template, value))).collect();
        let mut model = Model { table, few, bits: Vec::new(), leads, goes_on };
        model.bits = OF_BITS.iter().map(|template| std::array::from_fn(|byte| model.byte(*template, byte))).collect();
        model
    }

    /// The sums of all values of one byte of the bits of a template.
    fn byte(&self, template: u64, byte: usize) -> [Sum; 256] {
        let mut sums = [Sum::default(); 256];
        for value in 1..256usize {
            // That of one bit fewer is there already.
            sums[value] = sums[value & (value - 1)];
            self.add_few(template, (8 * byte) as u64 + u64::from(value.trailing_zeros()) + 1, &mut sums[value]);
        }
        sums
    }

    /// Adds the row of a template of few values to `sum`.
    pub fn add_few(&self, template: u64, value: u64, sum: &mut Sum) {
        sum.add(self.few[template as usize][value as usize]);
    }

    /// The sum of the features of `bits`.
    pub fn bits(&self, template: u64, bits: u32) -> Sum {
        if bits == 0 {
            return Sum::default(); // of most words
        }
        let sums = &self.bits[SLOTS[template as usize]];
        let byte = |n: usize| sums[n][(bits >> (8 * n)) as usize & 255];
        byte(0).with(byte(1)).with(byte(2))
    }

    /// The sum of `rows`.
    pub fn sum(&self, rows: &[Row]) -> Sum {
        // All rows are known before the first is read, so that many are fetched at a time: the table is far larger than the caches.
        let mut sum = Sum::default();
        let Some(table) = self.table.first_chunk::<ROWS>() else { return sum };
        for row in rows {
            sum.add(table[*row as usize % ROWS]);
        }
        sum
    }

    /// The best labels for a stretch, into `labels`; none if there is clearly no name in it. `back` is room to work in.
    pub fn decode(&self, stretch: &[Scores], back: &mut Vec<[u8; LABELS]>, labels: &mut Vec<u8>) {
        labels.clear();
        let Some(first) = stretch.first() else { return };
        if stretch.iter().all(|s| s[1..].iter().all(|x| *x < -64)) {
            return;
        }
        // No name goes on at the beginning.
        let mut best: [Way; LABELS] = [IMPOSSIBLE << 4; LABELS];
        OPEN.iter().zip(self.leads[0]).for_each(|(after, lead)| best[*after] = (lead & !15) + (i64::from(first[*after]) << 4));
        back.clear();
        for scores in &stretch[1..] {
            let mut open = self.leads[0].map(|lead| best[0] + lead);
            for (before, leads) in best.iter().zip(&self.leads).skip(1) {
                for (way, lead) in open.iter_mut().zip(leads) {
                    *way = (*way).max(before + lead);
                }
            }
            let (mut next, mut from) = (best, [0u8; LABELS]);
            let mut take = |after: usize, way: Way| {
                from[after] = (LABELS as i64 - (way & 15)) as u8;
                next[after] = (way & !15) + (i64::from(scores[after]) << 4);
            };
            take(0, open[0]);
            for (n, begin) in OPEN.into_iter().enumerate().skip(1) {
                take(begin, open[n]);
                take(begin + 1, (best[begin] + self.goes_on[n][0]).max(best[begin + 1] + self.goes_on[n][1]));
            }
            back.push(from);
            best = next;
        }
        let mut label = (0..LABELS).max_by_key(|l| best[*l]).unwrap_or(0) as u8;
        labels.push(label);
        for from in back.iter().rev() {
            label = from[usize::from(label)];
            labels.push(label);
        }
        labels.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::{LABELS, Model, Scores, Sum, WEIGHTS};
    use crate::extract::names::features::OF_BITS;
    use proptest::prelude::*;

    #[test]
    fn weights_of_both_signs_are_summed_label_by_label() {
        let rows: [[i8; 8]; 3] = [[-128; 8], [127, -1, 0, 5, -128, 127, -7, 1], [-128, 127, -128, 127, 0, 127, -128, -128]];
        let mut sum = Sum::default();
        // As many as a sum can take, nearly.
        for _ in 0..80 {
            rows.iter().for_each(|row| sum.add(row.map(|weight| weight as u8)));
        }
        let expected: [i32; 8] = std::array::from_fn(|label| rows.iter().map(|row| 80 * i32::from(row[label])).sum());
        assert_eq!(sum.scores()[1..], expected);
        assert_eq!(sum.with(Sum::default()).scores(), sum.scores());
    }

    #[test]
    fn bits_are_summed_as_if_one_by_one() {
        let model = Model::built_in();
        for template in OF_BITS {
            for bits in [0, 1, 1 << 22, 0x7f_ffff, 0x2a_5a81, 0x40_0100] {
                let mut sum = Sum::default();
                (0..23).filter(|bit| bits >> bit & 1 != 0).for_each(|bit| model.add_few(template, bit + 1, &mut sum));
                assert_eq!(model.bits(template, bits).scores(), sum.scores(), "{template} {bits:x}");
            }
        }
    }
    /// What a way through `stretch` scores, by the weights as they lie in the file; none where a label may not follow.
    fn score(stretch: &[Scores], labels: &[u8]) -> Option<i32> {
        let (mut before, mut sum) = (0, 0);
        for (scores, label) in stretch.iter().zip(labels) {
            let after = usize::from(*label);
            let follows = after == 0 || after % 2 == 1 || before == after || before + 1 == after;
            let at = 2 * (LABELS * before + after);
            sum += scores[after] + i32::from(i16::from_le_bytes([WEIGHTS.bytes[at], WEIGHTS.bytes[at + 1]]));
            before = after;
            if !follows {
                return None;
            }
        }
        Some(sum)
    }

    proptest! {
        #[test]
        fn the_best_of_all_ways_is_found(stretch in prop::collection::vec(prop::array::uniform9(-300..300i32), 1..4)) {
            let (mut back, mut labels) = (Vec::new(), Vec::new());
            Model::built_in().decode(&stretch, &mut back, &mut labels);
            prop_assume!(!labels.is_empty());
            let ways = (0..LABELS.pow(stretch.len() as u32)).map(|n| (0..3).map(|i| (n / LABELS.pow(i) % LABELS) as u8).collect::<Vec<_>>());
            let best = ways.filter_map(|way| score(&stretch, &way)).max();
            prop_assert_eq!(score(&stretch, &labels), best);
        }
    }
}

//! Which meanings of a name can matter to a place? Names of many meanings have them all over the world, and most are too far off.

use super::resolve::Sense;

/// Bands of latitude, each wider than the distance north or south at which an unlikely meaning, or a neighbour, counts for nothing.
const BANDS: usize = 64;
/// From this share on a meaning counts wherever it is.
pub const LIKELY: f32 = 0.01;
/// From so many meanings on they are told apart by where they lie.
const MANY: usize = 12;

/// The meanings of a name by where they lie: a bit for each.
#[derive(Debug)]
pub struct Reach {
    all: u64,
    likely: u64,
    /// Those in each band of latitude; none where there are few at all.
    bands: Vec<u64>,
}

impl Reach {
    /// Of a name with these meanings, of which there are no more than bits.
    pub fn of(senses: &[Sense]) -> Reach {
        let all = if senses.len() < 64 { (1 << senses.len()) - 1 } else { u64::MAX };
        let mut reach = Reach { all, likely: 0, bands: Vec::new() };
        if senses.len() >= MANY {
            reach.bands = vec![0; BANDS + 2];
            for (n, sense) in senses.iter().enumerate() {
                reach.bands[band(sense)] |= 1 << n;
                reach.likely |= u64::from(sense.share >= LIKELY) << n;
            }
        }
        reach
    }

    /// The numbers of the meanings that may lie beside one in `band`, in order: all in it and in the next on either side.
    pub fn beside(&self, band: usize) -> impl Iterator<Item = usize> + Clone + use<> {
        bits(self.near(band))
    }

    /// The same with those that are likely.
    pub fn around(&self, band: usize) -> impl Iterator<Item = usize> + Clone + use<> {
        bits(self.near(band) | self.likely)
    }

    #[inline]
    fn near(&self, band: usize) -> u64 {
        if self.bands.is_empty() { self.all } else { self.bands[band - 1] | self.bands[band] | self.bands[band + 1] }
    }
}

/// The number of the band of a meaning; there is one before it and one behind it.
pub fn band(sense: &Sense) -> usize {
    let (south, width) = (sense.position.0 + 90.0, 180.0 / BANDS as f32);
    (south / width).clamp(0.0, BANDS as f32 - 1.0) as usize + 1
}

/// The numbers of the bits that are set.
fn bits(mut rest: u64) -> impl Iterator<Item = usize> + Clone {
    std::iter::from_fn(move || {
        let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
        rest &= rest - 1;
        Some(bit)
    })
}

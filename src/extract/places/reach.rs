//! Which meanings of a name can matter to a place? Names of many meanings have them all over the world, and most are too far off.

use super::resolve::{NOWHERE, Sense};

/// Bands of latitude, each wider than the distance north or south at which an unlikely meaning, or a neighbour, counts for nothing.
const BANDS: usize = 64;
/// From this share on a meaning counts wherever it is.
pub const LIKELY: f32 = 0.01;
/// From so many meanings on they are told apart by where they lie.
const MANY: usize = 12;

/// Stripes of longitude: what lies farther off than the next two on either side counts for nothing, but near the poles.
const STRIPES: f32 = 64.0;
/// From this latitude on the longitude tells nothing.
const POLAR: f32 = 60.0;

/// Where a meaning lies, and where else others may lie that can matter to it: a bit for each band, stripe and some countries.
#[derive(Clone, Copy, Debug)]
pub struct Here {
    band: usize,
    bands: u64,
    stripes: u64,
    country: u64,
}

impl Here {
    /// Where `sense` lies.
    pub fn of(sense: &Sense) -> Here {
        let band = band(sense);
        let bands = 7u128 << band >> 2;
        let polar = sense.position.0.abs() >= POLAR;
        let stripes = if polar { u64::MAX } else { 0b11111u64.rotate_left(stripe(sense)).rotate_right(2) };
        Here { band, bands: bands as u64, stripes, country: country(sense) }
    }
}

/// The meanings of a name by where they lie: a bit for each.
#[derive(Debug)]
pub struct Reach {
    all: u64,
    likely: u64,
    /// In which countries, bands and stripes there are any.
    countries: u64,
    in_bands: u64,
    in_stripes: u64,
    /// Those in each band of latitude; none where there are few at all.
    bands: Vec<u64>,
}

impl Reach {
    /// Of a name with these meanings, of which there are no more than bits.
    pub fn of(senses: &[Sense]) -> Reach {
        let all = if senses.len() < 64 { (1 << senses.len()) - 1 } else { u64::MAX };
        let mut reach = Reach { all, likely: 0, countries: 0, in_bands: 0, in_stripes: 0, bands: Vec::new() };
        for sense in senses {
            reach.countries |= country(sense);
            reach.in_bands |= 1 << (band(sense) - 1);
            reach.in_stripes |= 1 << stripe(sense);
        }
        if senses.len() >= MANY {
            reach.bands = vec![0; BANDS + 2];
            for (n, sense) in senses.iter().enumerate() {
                reach.bands[band(sense)] |= 1 << n;
            }
        }
        reach
    }

    /// Notes which meanings are likely, which the names around tell.
    pub fn weigh(&mut self, senses: &[Sense]) {
        if !self.bands.is_empty() {
            self.likely = senses.iter().enumerate().fold(0, |all, (n, sense)| all | u64::from(sense.share >= LIKELY) << n);
        }
    }

    /// Whether any meaning may lie near the one that lies `here`.
    #[inline]
    pub fn is_near(&self, here: &Here) -> bool {
        self.in_bands & here.bands != 0 && self.in_stripes & here.stripes != 0
    }

    /// Whether any meaning may matter to the one that lies `here`: near by, or in its country.
    #[inline]
    pub fn matters(&self, here: &Here) -> bool {
        self.countries & here.country != 0 || self.is_near(here)
    }

    /// The numbers of the meanings that may lie beside the one `here`, in order: all in its band and in the next on either side.
    #[inline]
    pub fn beside(&self, here: &Here) -> impl Iterator<Item = usize> + Clone + use<> {
        bits(self.near(here.band))
    }

    /// The same with those that are likely.
    #[inline]
    pub fn around(&self, here: &Here) -> impl Iterator<Item = usize> + Clone + use<> {
        bits(self.near(here.band) | self.likely)
    }

    #[inline]
    fn near(&self, band: usize) -> u64 {
        if self.bands.is_empty() { self.all } else { self.bands[band - 1] | self.bands[band] | self.bands[band + 1] }
    }
}

/// The bit of the country of a meaning, which it may share with others; none of what lies in none.
fn country(sense: &Sense) -> u64 {
    if sense.country == NOWHERE { 0 } else { 1 << (sense.country.wrapping_mul(0x9e37_79b9) >> 26) }
}

/// The number of the stripe of a meaning.
fn stripe(sense: &Sense) -> u32 {
    ((sense.position.1 + 180.0) / (360.0 / STRIPES)).clamp(0.0, STRIPES - 1.0) as u32
}

/// The number of the band of a meaning; there is one before it and one behind it.
fn band(sense: &Sense) -> usize {
    let (south, width) = (sense.position.0 + 90.0, 180.0 / BANDS as f32);
    (south / width).clamp(0.0, BANDS as f32 - 1.0) as usize + 1
}

/// The numbers of the bits that are set.
#[inline]
fn bits(mut rest: u64) -> impl Iterator<Item = usize> + Clone {
    std::iter::from_fn(move || {
        let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
        rest &= rest - 1;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::{Here, Reach};
    use crate::extract::places::gazetteer::{Gazetteer, Posting};
    use crate::extract::places::near::{distance_gain, nearness};
    use crate::extract::places::resolve::{Name, Sense};

    #[test]
    fn what_does_not_matter_says_nothing() {
        let gazetteer = Gazetteer::built_in().unwrap();
        let sense = |place: usize| Name::of(gazetteer, &[Posting { place: place as u32, flags: 0 }], 1, 1.0).senses[0];
        // Any two of some places all over the world, and of towns at its ends: across the date line, and near the pole.
        let ends = ["Suva", "Apia", "Nukualofa", "Longyearbyen", "Vadso", "Tromso", "Alert", "Barrow", "Anadyr", "Nome"];
        let at_the_ends = ends.iter().flat_map(|name| gazetteer.lookup(name)).map(|p| p.place as usize);
        let all: Vec<Sense> = (0..gazetteer.len()).step_by(gazetteer.len() / 900).chain(at_the_ends).map(sense).collect();
        let mut none = 0;
        for a in &all {
            let here = Here::of(a);
            for b in &all {
                let reach = Reach::of(&[*b]);
                assert!(reach.matters(&here) || nearness(a, b) == 0.0, "{a:?} and {b:?}");
                assert!(reach.is_near(&here) || distance_gain(a, b) == 0.0, "{a:?} and {b:?}");
                none += usize::from(!reach.matters(&here));
            }
        }
        assert!(none * 2 > all.len() * all.len(), "{none} of {} do not matter", all.len() * all.len());
    }
}

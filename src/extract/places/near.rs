//! How near do two meanings lie to each other: in one land, in one state, so many kilometres apart?

use super::gazetteer::{ALIAS, Kind};
use super::resolve::{NOWHERE, Sense};

/// Gain from the country it lies in.
const IN_COUNTRY: f32 = 0.56;
/// Gain from a place of the same state.
const SAME_STATE: f32 = 1.38;
/// Gain of a state from another of the same country.
const SISTER: f32 = 1.2;
/// Gain from a place of the same country.
const SAME_COUNTRY: f32 = 0.18;
/// Share of the gain from nearness that is left across a border.
const ACROSS: f32 = 0.75;
/// Gain from a place within 40 km.
const AT_40_KM: f32 = 3.12;
/// Gain from a place within 120 km.
const AT_120_KM: f32 = 0.88;
/// Gain from a place within 300 km.
const AT_300_KM: f32 = 0.5;

/// What two meanings gain from each other by the land they share and by how near they lie.
#[inline]
pub fn nearness(a: &Sense, b: &Sense) -> f32 {
    if matches!(a.kind, Kind::Continent) || matches!(b.kind, Kind::Continent) {
        return 0.0;
    }
    let wide = |s: &Sense| matches!(s.kind, Kind::Country | Kind::Region);
    if a.country != NOWHERE && a.country == b.country {
        let area = if a.kind == Kind::State && b.kind == Kind::State && a.flags & ALIAS == 0 {
            SISTER
        } else if a.place == b.country || b.place == a.country {
            IN_COUNTRY
        } else if a.state != NOWHERE && a.state == b.state {
            SAME_STATE
        } else {
            SAME_COUNTRY
        };
        return if wide(a) || wide(b) { area } else { area.max(distance_gain(a, b)) };
    }
    if wide(a) || wide(b) { 0.0 } else { ACROSS * distance_gain(a, b) }
}

/// The same by how near they lie alone.
#[inline]
pub fn distance_gain(a: &Sense, b: &Sense) -> f32 {
    // 300 km and more to the north or south, or to the east or west at less than 75 degrees: most pairs, and no need for a cosine.
    let (north, east) = ((a.position.0 - b.position.0).abs(), (a.position.1 - b.position.1).abs());
    let far_east = east > 10.5 && east < 349.5 && (a.position.0 + b.position.0).abs() < 150.0;
    if north > 2.7 || far_east {
        return 0.0;
    }
    match kilometres(a.position, b.position) {
        d if d < 40.0 => AT_40_KM,
        d if d < 120.0 => AT_120_KM,
        d if d < 300.0 => AT_300_KM,
        _ => 0.0,
    }
}

/// Distance on a flat map, good enough to tell near from far.
pub fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    let (north, east) = (a.0 - b.0, a.1 - b.1);
    let east = if east.abs() > 180.0 { 360.0 - east.abs() } else { east };
    let shrink = ((a.0 + b.0) / 2.0).to_radians().cos();
    111.2 * (north * north + east * east * shrink * shrink).sqrt()
}

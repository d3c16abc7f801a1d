//! Towns that news means by their name although others of that name are larger: for a university, a school of officers, what happened there.

use super::gazetteer::{Gazetteer, Kind, PlaceId};
use std::sync::OnceLock;

/// Names as in the gazetteer, each with the division or country it lies in.
const KNOWN: &[(&str, &str)] = &[
    ("Bethlehem", "West Bank"),
    ("Brest", "Brittany"),
    ("Kochi", "Kerala"),
    ("Los Alamos", "New Mexico"),
    ("Newcastle", "England"),
    ("Newtown", "Connecticut"),
    ("Parkland", "Florida"),
    ("Pasadena", "California"),
    ("Princeton", "New Jersey"),
    ("West Point", "New York"),
];

/// What being known so adds to what size says: the like of a tenfold population.
pub const KNOWN_FOR: f32 = 1.0;

/// Whether a place is one of these.
pub fn is_known_for(gazetteer: &Gazetteer, place: PlaceId) -> bool {
    static PLACES: OnceLock<Vec<PlaceId>> = OnceLock::new();
    let all = PLACES.get_or_init(|| {
        let towns = |name: &str, within: &str| -> Option<PlaceId> {
            let inside = |place: &PlaceId| {
                gazetteer.kind(*place) >= Kind::Capital && gazetteer.upwards(*place).any(|above| gazetteer.name(above) == within)
            };
            let found = gazetteer.lookup(name).into_iter().map(|posting| posting.place).filter(inside);
            found.max_by(|a, b| gazetteer.population(*a).total_cmp(&gazetteer.population(*b)))
        };
        let mut all: Vec<PlaceId> = KNOWN.iter().filter_map(|(name, within)| towns(name, within)).collect();
        all.sort_unstable();
        all
    });
    all.binary_search(&place).is_ok()
}

#[cfg(test)]
mod tests {
    use super::KNOWN;
    use crate::extract::places::gazetteer::Gazetteer;
    use crate::extract::places::tests::places;

    #[test]
    fn who_names_no_state_means_the_town_that_is_known() {
        let gazetteer = Gazetteer::built_in().unwrap();
        for (name, within) in KNOWN {
            let found = places(&format!("The hall is in {name} for good. Crowds in {name} waited."));
            let path = found.first().unwrap_or_else(|| panic!("no {name}"));
            assert!(path.contains(&format!("/{within}/")), "{name}: {path}");
            assert!(!gazetteer.lookup(name).is_empty());
        }
        let elsewhere = places("The fair opened in Princeton, Indiana, on Monday.");
        assert!(elsewhere[0].contains("/Indiana/Princeton"), "{elsewhere:?}");
    }
}

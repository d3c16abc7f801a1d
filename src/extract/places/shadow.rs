//! How much better known is another place of the same name? What does not speak for a lesser one: its country, its state, by which the
//! article may well mean the other.

use super::gazetteer::Kind;
use super::resolve::Sense;

/// From this prior on a town casts a shadow over its namesakes abroad …
const CITY: f32 = 5.2;
/// … of a prior by so much less.
const LESSER: f32 = 0.9;
/// Below this prior even the state does not lift one out of it.
const SMALL: f32 = 4.5;
/// From this prior on a town casts one over lesser namesakes in its own country that are named once …
const LARGE: f32 = 5.6;
/// … of a prior by so much less.
const FAR_LESSER: f32 = 1.5;

/// How much better known a city is than a town of its name, told by what does not speak for the town.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shadow {
    /// All speaks for it.
    None,
    /// The country alone.
    Country,
    /// The country, the state and places far off in it.
    State,
}

/// What a town in the shadow of a place that is better `known` does not gain from: `talks in Geneva`, `from Columbus to Louisville`. `once`: the
/// article names it no second time, as it would a town where the story plays.
pub fn of(sense: &Sense, known: &Sense, once: bool) -> Shadow {
    if sense.kind <= Kind::State {
        return Shadow::None;
    }
    if known.country == sense.country {
        let town = known.kind > Kind::County && !sense.known_for;
        let far = known.prior >= LARGE && sense.prior + FAR_LESSER < known.prior && sense.prior < SMALL;
        return if once && town && far { Shadow::State } else { Shadow::None };
    }
    let lesser = known.prior >= CITY && sense.prior + LESSER < known.prior;
    match lesser {
        true if known.kind == Kind::Seat && !known.anglo && sense.prior < SMALL => Shadow::State,
        true => Shadow::Country,
        false => Shadow::None,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::places::tests::places;

    #[test]
    fn a_small_town_named_once_is_not_meant_for_a_city_of_its_country() {
        let found = places("The tour goes from Columbus to Louisville on Tuesday. It ends in Cincinnati.");
        assert!(found.iter().any(|p| p.contains("/Kentucky/Louisville")), "{found:?}");
        let told = places("The tour goes from Columbus to Louisville, Ohio, on Tuesday. It ends in Canton.");
        assert!(told.iter().any(|p| p.contains("/Ohio/Louisville")), "{told:?}");
    }

    #[test]
    fn a_county_named_tells_of_a_namesake_of_a_famous_city() {
        let here = places("A man of London was held in Laurel County, Kentucky, on Monday. London residents wept.");
        assert!(here.iter().any(|p| p.contains("/Kentucky/London")), "{here:?}");
        let there = places("A man of London was held in Laurel County, Kentucky, on Monday. He was born in Manchester, England.");
        assert!(there.iter().any(|p| p.contains("/England/London")), "{there:?}");
    }
}

//! Towns told by who is from there (`Ana Ito, 39, of Halden`), and by the list they stand in (`the villages of Halden, Torvik and Quill`).

use crate::extract::page::{Page, Shape};

/// What many places are called together, before `of` and their names.
const KINDS: &[&str] = &[
    "boroughs",
    "cities",
    "counties",
    "districts",
    "hamlets",
    "islands",
    "municipalities",
    "neighborhoods",
    "neighbourhoods",
    "prefectures",
    "provinces",
    "regions",
    "suburbs",
    "towns",
    "townships",
    "villages",
];

/// No list is followed farther back than this.
const REACH: usize = 40;

/// What being named with somebody's age says for a place.
const OF_SOMEBODY: f32 = 4.5;
/// What standing in such a list does.
const LISTED: f32 = 2.5;

/// What this says for a place whose name begins at token `first`.
pub fn weight(page: &Page<'_>, first: usize) -> f32 {
    match is_told(page, first) {
        true if is_of_somebody(page, first) => OF_SOMEBODY,
        true => LISTED,
        false => 0.0,
    }
}

/// Whether a name that begins at token `first` stands in such a place.
pub fn is_told(page: &Page<'_>, first: usize) -> bool {
    match first.checked_sub(1).map(|i| page.text(i)) {
        Some("of") => is_of_somebody(page, first) || is_kind(page, first - 1),
        Some("," | "and") => is_listed(page, first),
        _ => false,
    }
}

/// `Ana Ito, 39, of Halden`: also where Halden `said` so.
pub fn is_of_somebody(page: &Page<'_>, first: usize) -> bool {
    let of = |comma: &usize| page.text(comma + 3) == "of" && page.text(comma + 2) == ",";
    let Some(comma) = first.checked_sub(4).filter(of) else { return false };
    let age = page.tokens[comma + 1].shape == Shape::Number && page.text(comma + 1).parse::<u8>().is_ok_and(|n| n < 120);
    age && page.text(comma) == "," && comma > 0 && page.is_capital(comma - 1)
}

/// Whether `villages` stands before the `of` at a token.
fn is_kind(page: &Page<'_>, of: usize) -> bool {
    of.checked_sub(1).is_some_and(|i| KINDS.contains(&page.text(i)))
}

/// Whether back from a name stand only other names, commas and small words of names, and before them `villages of`.
fn is_listed(page: &Page<'_>, first: usize) -> bool {
    for i in (first.saturating_sub(REACH)..first).rev() {
        match page.text(i) {
            "of" => return is_kind(page, i),
            "," | "and" | "de" | "la" | "el" | "al" | "del" | "the" => {}
            _ if page.is_capital(i) => {}
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::extract::Extractor;

    fn found(body: &str) -> (Vec<String>, Vec<String>) {
        let found = Extractor::built_in().extract(&Article { body: body.to_owned(), ..Article::default() });
        (found.places.into_iter().map(|p| p.name).collect(), found.persons.into_iter().map(|p| p.name).collect())
    }

    #[test]
    fn who_is_named_with_an_age_is_of_a_place() {
        let (places, persons) = found("Mark Varr, 54, of Tyler said that he was fine. Ana Ito, 21, of Holmvik, was hurt.");
        assert_eq!(places, ["Tyler", "Holmvik"]);
        assert_eq!(persons, ["Mark Varr", "Ana Ito"]);
        let (places, _) = found("Mark Varr, 54, of Harbour Mills Inc, said that he was fine.");
        assert!(places.is_empty(), "{places:?}");
    }

    #[test]
    fn villages_of_a_list_are_places() {
        let (places, persons) =
            found("Birds died in the villages of Ciocilda de Jos, Malivar and Carantul, where it rains. Ana Varr and Bo Dahl came.");
        assert_eq!(places, ["Ciocilda de Jos", "Malivar", "Carantul"]);
        assert_eq!(persons, ["Ana Varr", "Bo Dahl"]);
    }

    #[test]
    fn who_is_named_in_a_list_of_places_alone_is_one() {
        let (places, persons) =
            found("It will connect Dubai, Al Tolvar and Sharjah by rail. It was planned by Ana Varr, Bo Dahl and Paul Ito.");
        assert_eq!(places, ["Dubai", "Al Tolvar", "Sharjah"]);
        assert_eq!(persons, ["Ana Varr", "Bo Dahl", "Paul Ito"]);
        let (places, persons) = found("It was backed by a helicopter from St Orvath and teams from Cardiff and Gwelbert.");
        assert_eq!((places, persons.len()), (["St Orvath", "Cardiff", "Gwelbert"].map(str::to_owned).to_vec(), 0));
        let (places, _) = found("The prayers were held in St. Orvath’s Church and in St Orvath hospital.");
        assert!(places.is_empty(), "{places:?}");
        let (places, persons) = found("She moved to Davenport last year, and lives near Des Moines, Iowa.");
        assert!(persons.is_empty(), "{persons:?}");
        assert!(places.contains(&"Davenport".to_owned()), "{places:?}");
    }
}

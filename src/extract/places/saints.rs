//! `St. John's` the town, or what is of `St. John`? The `'s` belongs to the name where nothing in the article tells otherwise.

use super::gazetteer::{Gazetteer, Posting};
use super::key;
use super::scan::Found;
use crate::extract::page::Page;
use std::collections::BTreeMap;

/// Whether a word stands before the names of saints.
pub fn is_saint(word: &str) -> bool {
    matches!(word, "St." | "St" | "Saint" | "ST." | "ST" | "SAINT")
}

/// Takes the `'s` into names of saints where all mentions have it and more people live where that is part of the name, or where one mention
/// leaves no doubt (`St. John's, Newfoundland`).
pub fn settle(page: &Page<'_>, gazetteer: &Gazetteer, all: &mut [Found]) {
    let is_saint = |f: &Found| f.tokens.len() > 1 && is_saint(page.text(f.tokens.start));
    let owns = |f: &Found| matches!(page.tokens.get(f.tokens.end).map_or("", |_| page.text(f.tokens.end)), "'s" | "’s" | "'S" | "’S");
    // Of each name of a saint, by where its meanings are: whether all its mentions have an `'s` behind them.
    let mut names: BTreeMap<u64, bool> = BTreeMap::new();
    for found in all.iter().filter(|f| is_saint(f)) {
        *names.entry(found.offset).or_insert(true) &= owns(found);
    }
    if names.is_empty() {
        return;
    }
    let most = |senses: &[Posting]| senses.iter().map(|s| gazetteer.population(s.place)).fold(0.0, f64::max);
    let mut longer: BTreeMap<u64, Option<(u64, Vec<Posting>)>> = BTreeMap::new();
    for found in all.iter_mut().filter(|f| is_saint(f) && owns(f)) {
        let long = longer.entry(found.offset).or_insert_with(|| {
            let offset = gazetteer.offset_of(format!("{}s", key::folded(&page.body[found.bytes.clone()])).as_bytes())?;
            let senses: Vec<Posting> = gazetteer.postings_at(offset).collect();
            let told = names.contains_key(&offset);
            (told || names[&found.offset] && most(&senses) > most(&found.senses)).then_some((offset, senses))
        });
        if let Some((offset, senses)) = long.clone() {
            found.bytes.end = page.tokens[found.tokens.end].end as usize;
            found.tokens.end += 1;
            (found.offset, found.senses) = (offset, senses);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::places::tests::places;

    #[test]
    fn the_s_belongs_to_the_name_where_nothing_tells_otherwise() {
        let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
        check(
            "Ships lay in St. John's on Monday. They came to Ottawa from a pier near St. John's later. Canada paid.",
            &[
                "North America/Canada/Newfoundland and Labrador/St. John's: St. John's, St. John's",
                "North America/Canada/Ontario/Ottawa: Ottawa",
                "North America/Canada: Canada",
            ],
        );
        check(
            "A storm closed the port of St. John's, Newfoundland, on Monday. Crews in St. John's waited.",
            &[
                "North America/Canada/Newfoundland and Labrador/St. John's: St. John's, St. John's",
                "North America/Canada/Newfoundland: Newfoundland",
            ],
        );
        // Of few towns of that name most are small, and one who is named without the `'s` has it besides.
        check(
            "St. Paul's mayor spoke in Minneapolis. Minnesota listened.",
            &[
                "North America/United States/Minnesota/St. Paul: St. Paul",
                "North America/United States/Minnesota/Minneapolis: Minneapolis",
                "North America/United States/Minnesota: Minnesota",
            ],
        );
        check(
            "The mayor of Saint John, New Brunswick, spoke. Saint John's port is open.",
            &["North America/Canada/New Brunswick/Saint John: Saint John, Saint John", "North America/Canada/New Brunswick: New Brunswick"],
        );
        check(
            "Antigua and Barbuda, she said, is small; she landed in St. John's on Monday.",
            &["North America/Antigua and Barbuda: Antigua and Barbuda", "North America/Antigua and Barbuda/Saint John’s: St. John's"],
        );
    }

    #[test]
    fn a_saint_may_be_written_in_capitals() {
        assert_eq!(
            places("ST. JOHN'S, N.L. - Crews waited on Monday."),
            [
                "North America/Canada/Newfoundland and Labrador/St. John's: ST. JOHN'S",
                "North America/Canada/Newfoundland and Labrador: N.L."
            ]
        );
    }

    #[test]
    fn antigua_alone_is_the_country() {
        assert_eq!(places("Antigua was hit by a storm. Ships left Antigua."), ["North America/Antigua and Barbuda: Antigua, Antigua"]);
        let town = places("Antigua was hit by a storm. The fire near Antigua is the worst in Guatemala for years.");
        assert!(town.iter().any(|p| p.contains("/Antigua Guatemala")), "{town:?}");
    }

    #[test]
    fn a_town_lies_in_the_region_named_behind_it() {
        let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
        check(
            "He came from Halifax, Nova Scotia, and from St. John's, Newfoundland.",
            &[
                "North America/Canada/Nova Scotia/Halifax: Halifax",
                "North America/Canada/Nova Scotia: Nova Scotia",
                "North America/Canada/Newfoundland and Labrador/St. John's: St. John's",
                "North America/Canada/Newfoundland: Newfoundland",
            ],
        );
    }
}

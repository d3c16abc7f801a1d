//! Which words are somebody in this article: those of a full name, those behind a title or a word for a relative, those that firms are called
//! by, and family names of whom everybody knows (`the Roosevelt era`), unless something says that a town is meant.

use super::gazetteer::{Gazetteer, Kind};
use super::lists::{In, lists};
use super::{Candidate, resolve};
use crate::extract::names::{EntityKind, Names, is_family, is_legal_form};
use crate::extract::page::{Page, WordSet, hash};

/// Relatives, before a name or the comma before it.
const KIN: &[&str] =
    &["son", "sons", "daughter", "daughters", "wife", "husband", "brother", "brothers", "sister", "sisters", "mother", "father"];

/// Holds for persons the lesser places that share a word with one, but where they are told to be places.
pub fn settle(page: &Page<'_>, gazetteer: &Gazetteer, names: &Names, candidates: &mut [Candidate]) {
    let mut words = words(page, names);
    // `Hurricane Florence`, and `Florence` from then on.
    let storm = |c: &&Candidate| {
        let before = c.found.tokens.start.checked_sub(1).map_or("", |i| page.text(i));
        matches!(before, "Hurricane" | "Typhoon" | "Cyclone")
    };
    // The hash of what it is called.
    let word = |c: &Candidate| match (page.tokens[c.found.tokens.start], &c.found.bytes) {
        (token, bytes) if (token.start as usize, token.end as usize) == (bytes.start, bytes.end) => page.hash(c.found.tokens.start),
        (_, bytes) => hash(page.body.get(bytes.clone()).unwrap_or("")),
    };
    words.extend(candidates.iter().filter(storm).map(word));
    let wide = |c: &Candidate| c.found.senses.iter().any(|s| matches!(gazetteer.kind(s.place), Kind::State | Kind::Region | Kind::County));
    let known = |c: &Candidate| !c.evidence.tagged && !c.evidence.dateline && is_family(word(c)) && !wide(c);
    let somebody = |c: &Candidate| words.contains(&word(c)) || known(c);
    let somebody: Vec<usize> = (0..candidates.len()).filter(|i| somebody(&candidates[*i])).collect();
    let located = somebody.iter().map(|i| &candidates[*i]).filter(|c| is_located(page, c));
    let towns: WordSet = located.map(|c| c.found.offset).collect();
    for i in somebody {
        let found = &candidates[i].found;
        if !found.sure && !towns.contains(&found.offset) && !found.senses.iter().any(|s| is_large(gazetteer, s.place)) {
            candidates[i].evidence.person = true;
        }
    }
}

/// Whether something around says that it is a place.
fn is_located(page: &Page<'_>, candidate: &Candidate) -> bool {
    let tokens = &candidate.found.tokens;
    let before = tokens.start.checked_sub(1).map_or("", |i| page.text(i));
    let next = page.tokens.get(tokens.end).map_or("", |_| page.text(tokens.end));
    let people = matches!(next, "police" | "residents" | "officials" | "firefighters" | "voters" | "schools");
    let body = people || lists(next).has(In::MUNICIPAL) || lists(next).has(In::OFFICES);
    let person = candidate.evidence.person || candidate.evidence.surname;
    // That the tagger holds it for a place is not enough: `the Post, citing Jackson`.
    let enough = if candidate.evidence.tagged { 2.0 } else { 1.5 };
    body || candidate.evidence.dateline || !person && (lists(before).has(In::PREPOSITIONS) || candidate.evidence.weight >= enough)
}

/// A country, a state every reader knows, a city.
fn is_large(gazetteer: &Gazetteer, place: u32) -> bool {
    match gazetteer.kind(place) {
        Kind::Continent | Kind::Country | Kind::Capital => true,
        Kind::State => resolve::anglo(gazetteer, place),
        Kind::Region | Kind::County => false,
        _ => gazetteer.population(place) >= 400_000.0,
    }
}

/// The hashes of the words that are somebody.
fn words(page: &Page<'_>, names: &Names) -> WordSet {
    let mut words = WordSet::with_capacity_and_hasher(names.entities.len(), Default::default());
    for person in names.entities.iter().filter(|e| e.kind == EntityKind::Person) {
        let mut all = person.name.split_whitespace();
        match (all.next(), all.next_back()) {
            (Some(word), None) if person.mentions.iter().any(|m| introduced(page, m.bytes.start)) => drop(words.insert(hash(word))),
            (Some(first), Some(last)) => words.extend([hash(first), hash(last)]),
            _ => {}
        }
    }
    // `Halden Paper Inc`, and `Halden` from then on.
    for firm in names.entities.iter().filter(|e| e.kind == EntityKind::Organization) {
        let mut all = firm.name.split(' ');
        if let (Some(first), Some(last)) = (all.next(), all.next_back())
            && is_legal_form(last)
        {
            words.insert(hash(first));
        }
    }
    words
}

/// `Secretary Quill`, `his son, Odo`
fn introduced(page: &Page<'_>, start: usize) -> bool {
    let at = page.tokens.partition_point(|t| (t.start as usize) < start);
    let before = |n: usize| at.checked_sub(n).map_or("", |i| page.text(i));
    let titled = lists(before(1)).has(In::TITLES) || matches!(before(1), "Secretary" | "President" | "Governor" | "Speaker");
    titled || KIN.contains(&before(1)) || before(1) == "," && KIN.contains(&before(2))
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::extract::Extractor;

    #[test]
    fn the_word_of_a_firm_is_no_town_unless_that_is_told() {
        let places = |body: &str| {
            let found = Extractor::built_in().extract(&Article { body: body.to_owned(), ..Article::default() });
            found.places.into_iter().map(|p| p.name).collect::<Vec<_>>()
        };
        assert!(places("Piedmont Paper Inc sold two mills. The offer for Piedmont was a good one.").is_empty());
        let told = places("Piedmont Paper Inc sold two mills. It was founded in Piedmont, where it has a third.");
        assert_eq!(told, ["Piedmont"]);
    }
}

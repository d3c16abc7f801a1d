//! Places the gazetteer does not know: named as places by the tagger, kept without coordinates.

use super::evidence::{self, Taken};
use super::key::are_initials;
use super::lists;
use super::saints::is_saint;
use crate::article::{Place, PlaceMention};
use crate::extract::names::{WordMap, is_given_name, is_ordinary, is_role, is_thing};
use crate::extract::page::{Page, hash, hash_small};
use std::ops::Range;

/// What must speak for a place of several words that the gazetteer does not know, at its best mention: about one preposition.
const UNPLACED: f32 = 0.8;
/// What `from` and `via` say against one of one word: news comes from firms too.
const FROM: f32 = 0.3;
/// What doing as persons do says against it.
const ACTS_AGAINST: f32 = 2.0;

/// What standing in a list with another place says for it.
const LISTED: f32 = 0.8;

/// What being called `River` or `Province` says for it.
const FEATURE: f32 = 1.5;

/// The places the tagger alone found, behind byte `header`, none of which overlaps a stretch in `known` or is one of `of_names`, which are
/// parts of other names (both sorted).
pub fn find(page: &Page<'_>, taken: &Taken, known: &[Range<usize>], of_names: &[Range<usize>], header: usize) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    // What speaks for each at its best mention, and at how many it does as persons do.
    let mut weights: Vec<(f32, usize)> = Vec::new();
    let mut numbers: WordMap<&str, usize> = WordMap::default();
    for bytes in taken.places() {
        let at = known.partition_point(|k| k.end <= bytes.start);
        if bytes.start < header || known.get(at).is_some_and(|k| k.start < bytes.end) {
            continue;
        }
        let town = |n: &&str| names_place(n) || names_place(behind_saint(n)) && !is_church(&page.body[bytes.end..]);
        let Some(name) = page.body.get(bytes.clone()).filter(town) else { continue };
        let of_name = of_names.binary_search_by_key(&bytes.start, |one| one.start).is_ok_and(|n| of_names[n] == *bytes);
        // `Write to Ana Ito at`, below an article.
        if of_name && !name.ends_with(" County") || page.body[..bytes.start].ends_with("Write to ") {
            continue;
        }
        let house = page.body[bytes.end..].strip_prefix(' ').and_then(|rest| rest.split([' ', '.', ',']).next()).is_some_and(is_eatery);
        if house || is_word(page, name) || is_somebody(name) || is_case(page, bytes) || is_served(page, taken, bytes) {
            continue;
        }
        let (span, span_start) = (page.span(bytes.clone()), bytes.start);
        let (weight, acts) = evidence::around(page, bytes);
        let listed = at.checked_sub(1).is_some_and(|i| beside(page, known[i].end, bytes.start))
            || known.get(at).is_some_and(|k| beside(page, bytes.end, k.start));
        let park = name.ends_with(" National Park");
        let feature = park
            || name.split_whitespace().count() > 1
                && (name.split_whitespace().next_back().is_some_and(is_feature) || name.split_whitespace().next().is_some_and(is_feature));
        let weight = weight + if feature { FEATURE } else { 0.0 } + if listed { LISTED } else { 0.0 }
            - if acts && feature { ACTS_AGAINST } else { 0.0 };
        // A river that is said to do so once may still be one elsewhere; `Ito` who speaks is nowhere a town.
        let acts = usize::from(acts && !feature);
        let from = !name.contains([' ', '-']) && ["from ", "via "].iter().any(|word| page.body[..span_start].ends_with(word));
        let weight = weight - if from { FROM } else { 0.0 };
        let mention = PlaceMention { start: span.start, end: span.end, demonym: false };
        let i = *numbers.entry(name).or_insert(places.len());
        match places.get_mut(i) {
            Some(place) => {
                place.mentions.push(mention);
                weights[i].0 = weights[i].0.max(weight);
                weights[i].1 += acts;
            }
            None => {
                places.push(Place { name: name.to_owned(), mentions: vec![mention], ..Place::default() });
                weights.push((weight, acts));
            }
        }
    }
    let mut weights = weights.into_iter();
    places.retain(|_| weights.next().is_some_and(|(w, acts)| w - ACTS_AGAINST * acts as f32 >= UNPLACED));
    places
}

fn is_feature(word: &str) -> bool {
    lists::lists(word).has(lists::In::FEATURES)
}

fn is_generic(word: &str) -> bool {
    lists::lists(word).has(lists::In::GENERIC)
}

/// `Growth`, `Islamophobia`: a word the article writes small as well, or one for a belief.
fn is_word(page: &Page<'_>, name: &str) -> bool {
    let low = || if name.is_ascii() { hash_small(name) } else { hash(&name.to_ascii_lowercase()) };
    let small = || page.writes_small(low()) || is_ordinary(name) || is_thing(name);
    !name.contains(' ') && (["ism", "phobia", "esque"].iter().any(|end| name.ends_with(end)) || small())
}

/// `Ana Ito`, `T.S. Varr`: initials or a known given name before a word that no place ends in.
fn is_somebody(name: &str) -> bool {
    // `T.S. Varr`
    if name.contains('.') && name.split_once(' ').is_some_and(|(first, _)| are_initials(first)) {
        return true;
    }
    let pair = name.split_once(' ').filter(|(_, last)| !last.contains(' '));
    pair.is_some_and(|(first, last)| is_given_name(first) && !is_feature(last) && !lists::lists(last).has(lists::In::NATURE))
}

/// `an economist at Lunaria`, `Ana Ito wrote at Lunaria`: for whom somebody works.
fn is_served(page: &Page<'_>, taken: &Taken, bytes: &Range<usize>) -> bool {
    let Some(before) = page.body[..bytes.start].strip_suffix(" at ") else { return false };
    let word = before.rsplit([' ', '\n']).next().unwrap_or("");
    let one = page.body.get(bytes.clone()).is_some_and(|name| !name.contains(' '));
    let works = matches!(word, "wrote" | "writes" | "written" | "posted" | "works" | "worked" | "working" | "blogs" | "over" | "online");
    let role = is_role(word) || word.strip_suffix('s').is_some_and(is_role);
    one && (works || role || taken.is_person(&(before.len() - word.len()..before.len())))
}

/// `Porkers restaurant`
fn is_eatery(word: &str) -> bool {
    matches!(word, "restaurant" | "bar" | "café" | "cafe" | "diner" | "pub" | "hotel" | "nightclub" | "bakery" | "supermarket" | "winery")
}

/// `Quill v. Varr`, the name of a case.
fn is_case(page: &Page<'_>, bytes: &Range<usize>) -> bool {
    let behind = page.body[bytes.end..].trim_start();
    ["v. ", "v ", "vs. "].iter().any(|versus| behind.starts_with(versus)) || page.body[..bytes.start].ends_with(" v. ")
}

/// `Southern District`, `Sixth District`: a part of something that is not named.
fn is_part(name: &str) -> bool {
    const OF_LAW: [&str; 6] = ["Congressional", "Historic", "Judicial", "Metropolitan", "Recreation", "Waste"];
    let ordinal =
        |w: &str| w.ends_with("th") || ["first", "second", "third"].iter().any(|end| w.eq_ignore_ascii_case(end) || w.ends_with(end));
    let part = |w: &str| OF_LAW.contains(&w) || ordinal(w) || is_generic(w);
    name.strip_suffix(" District").is_some_and(part)
}

/// Whether between two names stands only what stands between the members of a list.
fn beside(page: &Page<'_>, end: usize, start: usize) -> bool {
    page.body.get(end..start).is_some_and(|gap| matches!(gap.trim(), "," | "and" | ", and" | "or" | "&" | "/" | "–" | "("))
}

/// `YouTube`, `GRiZ`: a capital in the middle of a word, unless behind what begins the names of towns too.
fn is_brand(word: &str) -> bool {
    let letters: Vec<char> = word.chars().skip(1).collect();
    let changes = |pair: &[char]| pair.iter().all(|c| c.is_alphabetic()) && pair[0].is_uppercase() != pair[1].is_uppercase();
    letters.windows(2).any(changes) && !["Mc", "Mac", "De", "Du", "La", "Le", "Van", "Fitz"].iter().any(|begin| word.starts_with(begin))
}

/// `Athan` of `St Athan`; nothing of other names.
fn behind_saint(name: &str) -> &str {
    name.split_once(' ').filter(|(saint, rest)| is_saint(saint) && !rest.contains([' ', '\'', '’'])).map_or("", |(_, rest)| rest)
}

/// Whether the text behind the name of a saint tells of a house: `St. Peter's Church`, `St. Peter hospital`.
fn is_church(behind: &str) -> bool {
    const HOUSES: [&str; 7] = ["church", "hospital", "school", "cathedral", "parish", "college", "university"];
    let next = behind.trim_start();
    behind.starts_with(['\'', '’']) || next.starts_with(char::is_uppercase) || HOUSES.iter().any(|house| next.starts_with(house))
}

/// Whether a stretch looks like a name of a town or region and not like one of a street, building or firm.
pub(super) fn names_place(name: &str) -> bool {
    // `Operation Varr`, `Miss Halden County` are none, wherever they were told of.
    if is_generic(name) || is_part(name) || name.starts_with("Operation ") || name.starts_with("Miss ") {
        return false;
    }
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters <= 5 && !name.chars().any(char::is_lowercase);
    let built = !name.ends_with(" National Park")
        && (name.split_whitespace().skip(1).any(|w| lists::is_facility(w) && !is_feature(w))
            || name.split_whitespace().next().is_some_and(lists::is_facility));
    let plural = name.strip_suffix('s').is_some_and(|n| n.len() > 1 && n.chars().all(char::is_uppercase));
    let acronym = name.split_once('-').is_some_and(|(head, _)| head.len() > 2 && head.chars().all(char::is_uppercase));
    name.starts_with(char::is_uppercase)
        && !name.split([' ', '-']).any(is_brand)
        && !plural
        && !acronym
        && letters >= 3
        && !shouted
        && !built
        && !name.contains(|c: char| c.is_ascii_digit() || c == '\n' || c == '@')
}

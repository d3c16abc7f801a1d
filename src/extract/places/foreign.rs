//! Places in articles of other languages: by the names used there (`Deutschland`, `Londres`), and those of the gazetteer that are large
//! or stand behind a preposition. The words around say less than in English, and in German every noun has a capital.

use super::gazetteer::{ALIAS, Gazetteer, Kind, Posting, WEAK};
use super::key;
use super::resolve::{Name, Sense};
use super::scan::{self, Found};
use crate::extract::page::{Page, Shape};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a name in another language says for a place.
const EXONYM: f32 = 10.0;
/// What a preposition says for one.
const BEHIND_PREPOSITION: f32 = 2.0;
/// A town of this many people is a place without a preposition before it …
const LARGE: f64 = 700_000.0;
/// … and one of this many with it.
const SMALL: f64 = 20_000.0;
/// Most words of a name in the table.
const LONGEST: usize = 4;

/// Prepositions before places, and forms joined with an article.
const PREPOSITIONS: &[&str] = &[
    "entre", "zwischen", "tra", "fra", "tussen", "del", "in", "nach", "aus", "bei", "von", "bis", "vor", "über", "à", "de", "en", "vers",
    "depuis", "desde", "hasta", "hacia", "a", "da", "di", "per", "em", "no", "na", "do", "te", "uit", "naar", "van", "via", "i", "från",
    "till", "mellan", "til", "fra", "w", "we", "z", "do", "pod", "koło", "och", "og", "und", "et", "y", "e", "oraz", "pour", "para",
    "sobre", "À", "En", "In", "Em", "W", "I", "bij", "près",
];

/// Places under the folded form of what they are called: their meaning and a number that no offset of the gazetteer has.
fn exonyms(gazetteer: &Gazetteer) -> &'static HashMap<String, (Posting, u64)> {
    static EXONYMS: OnceLock<HashMap<String, (Posting, u64)>> = OnceLock::new();
    EXONYMS.get_or_init(|| {
        let mut all = HashMap::new();
        let rows = include_str!("words/exonyms.txt").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(": "));
        for (english, names) in rows {
            let senses = gazetteer.lookup(english);
            let Some(best) = Name::of(gazetteer, &senses, 1, 1.0).best().map(|s| Posting { place: s.place, flags: ALIAS }) else {
                continue;
            };
            for name in names.split(", ") {
                all.insert(key::folded(name), (best, u64::MAX - u64::from(best.place)));
            }
        }
        all
    })
}

/// The land most of whose papers have a language; empty where there is more than one.
pub fn land(language: &str) -> &'static str {
    match language.get(..2).unwrap_or("") {
        "cs" => "Czech Republic",
        "da" => "Denmark",
        "de" => "Germany",
        "fi" => "Finland",
        "fr" => "France",
        "it" => "Italy",
        "nb" | "no" => "Norway",
        "nl" => "Netherlands",
        "pl" => "Poland",
        "sv" => "Sweden",
        _ => "",
    }
}

/// Everything the gazetteer and the table know, in order and without overlaps; the table wins.
pub fn scan(page: &Page<'_>, gazetteer: &Gazetteer) -> Vec<Found> {
    let table = exonyms(gazetteer);
    let mut all: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < page.tokens.len() {
        let capital = |i: usize| page.is_capital(i);
        let ends = (at + 1..=(at + LONGEST).min(page.tokens.len())).rev().filter(|end| capital(*end - 1));
        let found = if capital(at) {
            ends.map(|end| at..end).find_map(|t| Some((table.get(&key::folded(page.slice(t.clone())))?, t)))
        } else {
            None
        };
        match found {
            Some(((sense, offset), tokens)) => {
                let bytes = page.tokens[at].start as usize..page.tokens[tokens.end - 1].end as usize;
                at = tokens.end;
                all.push(Found { tokens, bytes, offset: *offset, senses: vec![*sense], sure: false });
            }
            None => at += 1,
        }
    }
    let known = all.len();
    for found in scan::scan(page, gazetteer) {
        let next = all[..known].partition_point(|f| f.bytes.end <= found.bytes.start);
        if all[..known].get(next).is_none_or(|f| f.bytes.start >= found.bytes.end) {
            all.push(found);
        }
    }
    all.sort_by_key(|f| f.bytes.start);
    // `Ouest-France`: halves of a word, of which one is no land or large town.
    let halves: Vec<(usize, bool)> =
        all.iter().filter(|f| is_half(page, f)).map(|f| (f.tokens.start, f.senses.iter().any(|s| is_large(gazetteer, s)))).collect();
    let whole = |token: usize| {
        let large = halves.iter().filter(|half| half.0 == token && half.1).count();
        large == page.text(token).split('-').count()
    };
    all.retain(|f| !is_half(page, f) || whole(f.tokens.start));
    all
}

/// Whether a name is a part of a word with a hyphen.
fn is_half(page: &Page<'_>, found: &Found) -> bool {
    let token = page.tokens[found.tokens.start];
    found.tokens.len() == 1 && found.bytes.len() < (token.end - token.start) as usize && page.text(found.tokens.start).contains('-')
}

/// Whether a meaning is a land or a large town.
fn is_large(gazetteer: &Gazetteer, sense: &Posting) -> bool {
    matches!(gazetteer.kind(sense.place), Kind::Country | Kind::Capital)
        || gazetteer.kind(sense.place) > Kind::County && gazetteer.population(sense.place) >= SMALL
}

/// How much speaks for a place.
pub fn weight(page: &Page<'_>, found: &Found, dateline: bool) -> f32 {
    let before = found.tokens.start.checked_sub(1).map_or("", |i| page.text(i));
    let named = if found.senses.iter().any(|s| u64::MAX - u64::from(s.place) == found.offset) { EXONYM } else { 0.0 };
    // `DRESDEN. Der Wasserstand …`
    let first = page.tokens[found.tokens.start];
    let opens = page.paragraphs.get(page.paragraph_of(found.tokens.start)).is_some_and(|p| p.start == found.tokens.start);
    let shouted = opens && first.shape == Shape::Upper && first.end - first.start > 3;
    named + if dateline || shouted || PREPOSITIONS.contains(&before) { BEHIND_PREPOSITION } else { 0.0 }
}

/// Whether enough speaks for a place: no town that English knows for a word, and none of another name's parts.
pub fn accepted(gazetteer: &Gazetteer, best: &Sense, support: f32) -> bool {
    let wide = matches!(gazetteer.kind(best.place), Kind::Continent | Kind::Country | Kind::Region | Kind::Capital);
    let people = gazetteer.population(best.place);
    support >= EXONYM - 1.0 || best.flags & WEAK == 0 && (wide || people >= LARGE || support >= BEHIND_PREPOSITION && people >= SMALL)
}

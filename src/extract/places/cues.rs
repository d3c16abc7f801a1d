//! In which country a story plays by the words it uses: `sheriff` is American, `crore` Indian.

use super::gazetteer::{Gazetteer, Posting};
use super::resolve::Name;
use crate::extract::names::WordMap;
use crate::extract::page::{Page, Sieve, hash};
use std::sync::OnceLock;

/// What one word of a country says for it.
const CUE: f32 = 0.5;
/// What all words of a country can say for it at most.
const CUES: f32 = 2.0;

const WORDS: &str = include_str!("words/cues.txt");

/// Usual names of the countries the table knows by code.
const NAMES: [(&str, &str); 9] = [
    ("US", "United States"),
    ("GB", "United Kingdom"),
    ("CA", "Canada"),
    ("IE", "Ireland"),
    ("AU", "Australia"),
    ("IN", "India"),
    ("NG", "Nigeria"),
    ("ZA", "South Africa"),
    ("PH", "Philippines"),
];

/// The countries of the words by their hashes, and a sieve so wide that hardly any other word passes it.
struct Table {
    countries: WordMap<u64, usize>,
    listed: Sieve,
}

/// How many words the sieve has room for.
const ROOM: usize = 2000;

impl Table {
    fn of(text: &str) -> Table {
        let mut table = Table { countries: WordMap::default(), listed: Sieve::new(ROOM) };
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split_whitespace();
            let code = words.next().unwrap_or("");
            let Some(country) = NAMES.iter().position(|n| n.0 == code) else { continue };
            for word in words {
                table.listed.add(hash(word));
                table.countries.insert(hash(word), country);
            }
        }
        table
    }

    /// The country of the word with this hash.
    fn country(&self, word: u64) -> Option<usize> {
        if self.listed.passes(word) { self.countries.get(&word).copied() } else { None }
    }
}

/// The countries whose words the page uses, as names that count for those met in the text.
pub fn countries(page: &Page<'_>, gazetteer: &Gazetteer) -> Vec<Name> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let mut counts = [0u32; NAMES.len()];
    let table = TABLE.get_or_init(|| Table::of(WORDS));
    for country in page.hashes().iter().filter_map(|word| table.country(*word)) {
        counts[country] += 1;
    }
    let met = NAMES.iter().zip(counts).filter(|(_, n)| *n > 0);
    met.map(|((_, name), n)| {
        let senses: Vec<Posting> = gazetteer.lookup(name).into_iter().take(1).collect();
        Name { home: true, ..Name::of(gazetteer, &senses, 1, (CUE * n as f32).min(CUES)) }
    })
    .collect()
}

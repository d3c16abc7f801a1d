//! In which country a story plays by the words it uses: `sheriff` is American, `crore` Indian.

use super::gazetteer::{Gazetteer, Posting};
use super::resolve::Name;
use crate::extract::page::{Page, Shape};
use std::collections::HashMap;
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

fn table() -> &'static HashMap<&'static str, usize> {
    static TABLE: OnceLock<HashMap<&'static str, usize>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for line in WORDS.lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split_whitespace();
            let code = words.next().unwrap_or("");
            if let Some(country) = NAMES.iter().position(|n| n.0 == code) {
                table.extend(words.map(|w| (w, country)));
            }
        }
        table
    })
}

/// The countries whose words the page uses, as names that count for those met in the text.
pub fn countries(page: &Page<'_>, gazetteer: &Gazetteer) -> Vec<Name> {
    let mut counts = [0u32; NAMES.len()];
    for (i, token) in page.tokens.iter().enumerate() {
        let text = page.text(i);
        if token.shape == Shape::Number || (token.shape == Shape::Mark && text != "£") || text.len() > 16 {
            continue;
        }
        if let Some(country) = table().get(text) {
            counts[*country] += 1;
        }
    }
    let met = NAMES.iter().zip(counts).filter(|(_, n)| *n > 0);
    met.map(|((_, name), n)| {
        let senses: Vec<Posting> = gazetteer.lookup(name).into_iter().take(1).collect();
        Name { home: true, ..Name::of(gazetteer, &senses, 1, (/*cue*/0.4 * n as f32).min(/*cuecap*/ 2.0)) }
    })
    .collect()
}

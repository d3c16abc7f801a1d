//! Whether two names are spellings of one, and where the middle of many places lies.

use morgue::extract::places::key;
use std::collections::BTreeMap;

/// Whether another name differs from the usual one by no more than one letter in six.
pub fn spelling(usual: &str, other: &str) -> bool {
    let folded = key::folded(other);
    folded.len() > 5 && similar(usual, other) && distance(usual.as_bytes(), folded.as_bytes()) * 6 <= usual.len().max(folded.len())
}

/// Whether another name is the beginning of the usual one, to a whole word: `Clacton`, `Matías Romero` (Avendaño).
pub fn shortened(usual: &str, other: &str) -> bool {
    let folded = key::folded(other);
    let capital = other.chars().next().is_some_and(char::is_uppercase);
    capital && folded.len() > 5 && usual.strip_prefix(folded.as_str()).is_some_and(|rest| rest.starts_with(' '))
}

/// Whether another name is a spelling of the usual one and not a brand, an acronym or a translation.
pub fn similar(usual: &str, other: &str) -> bool {
    let latin = other
        .chars()
        .all(|c| c.is_ascii_alphabetic() || c == ' ' || c == '-' || ('\u{c0}'..='\u{24f}').contains(&c) || key::is_apostrophe(c));
    let capital = other.chars().next().is_some_and(char::is_uppercase) && !other.chars().all(|c| !c.is_lowercase());
    let folded = key::folded(other);
    if !latin || !capital || folded.len() < 4 || folded == usual {
        return false;
    }
    distance(usual.as_bytes(), folded.as_bytes()) * 3 <= usual.len().max(folded.len())
}

/// Edit distance of Levenshtein.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

/// The middle of an area known by its towns: the mean of the half-degree squares that hold one, so that crowded corners do not pull.
pub fn middle(points: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    let mut squares: BTreeMap<(i64, i64), (f64, f64, f64)> = BTreeMap::new();
    for (lat, lon) in points {
        let square = squares.entry(((lat * 2.0).floor() as i64, (lon * 2.0).floor() as i64)).or_default();
        *square = (square.0 + lat, square.1 + lon, square.2 + 1.0);
    }
    let n = squares.len().max(1) as f64;
    let sum = squares.values().fold((0.0, 0.0), |s, (lat, lon, n)| (s.0 + lat / n, s.1 + lon / n));
    (sum.0 / n, sum.1 / n)
}

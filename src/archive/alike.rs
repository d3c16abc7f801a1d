//! Which names are spelled alike?
//!
//! Of persons: whose given names agree (letter, nickname, initial) and whose family names are equal after the commonest differences of
//! transliteration are levelled, or close by Jaro–Winkler similarity (Winkler 1990). Of organizations, whose names are made of common
//! words: those that differ in capitals, accents or marks alone, since one paper writes `OPEC` and the other `Opec`.

use crate::authority::NameKind;
use crate::words::fold;
use std::collections::{BTreeMap, HashMap};

/// Family names at least this alike (Jaro–Winkler, 0 to 1) may be one.
const ALIKE: f64 = 0.93;
/// Persons of this many articles at least are compared.
const LEAST: u64 = 2;

/// A name and how many articles have it.
pub(super) type Named = (String, u64);

/// Two names that may be one by their spelling.
pub(super) struct Pair<'n> {
    pub kind: NameKind,
    /// The form to prefer first.
    pub names: [&'n Named; 2],
    /// How alike the two are written, 0 to 1.
    pub spelling: f64,
    /// What makes them a pair.
    pub because: &'static str,
}

/// The pairs among persons.
pub(super) fn persons(all: &[Named]) -> Vec<Pair<'_>> {
    let parts: Vec<Parts<'_>> = all.iter().filter(|(_, n)| *n >= LEAST).filter_map(Parts::of).collect();
    let pair = |(a, b, spelling, because): (usize, usize, f64, &'static str)| {
        // The fuller form is preferred to a family name alone, else the one that more articles have, else the longer: letters are
        // sooner left out than put in.
        let worth = |p: &Parts<'_>| (!p.given.is_empty(), p.named.1, p.named.0.chars().count());
        let (a, b) = (&parts[a], &parts[b]);
        let names = if worth(a) >= worth(b) { [a.named, b.named] } else { [b.named, a.named] };
        Pair { kind: NameKind::Person, names, spelling, because }
    };
    candidates(&parts).into_iter().map(pair).collect()
}

/// The pairs among organizations: each form with the one that most articles have.
pub(super) fn organizations(all: &[Named]) -> Vec<Pair<'_>> {
    let mut blocks: BTreeMap<String, Vec<&Named>> = BTreeMap::new();
    for named in all {
        let letters: String = fold(&named.0).chars().filter(|c| c.is_alphanumeric()).collect();
        blocks.entry(letters).or_default().push(named);
    }
    let mut pairs = Vec::new();
    for block in blocks.values_mut().filter(|block| block.len() > 1) {
        block.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let Some((most, others)) = block.split_first() else { continue };
        for other in others {
            let is_case = most.0.to_lowercase() == other.0.to_lowercase();
            let because = if is_case { "other capitals" } else { "other accents or marks" };
            pairs.push(Pair { kind: NameKind::Organization, names: [most, other], spelling: 1.0, because });
        }
    }
    pairs
}

/// A name, taken apart.
struct Parts<'a> {
    named: &'a Named,
    given: Vec<String>,
    /// Of the first of the given names.
    given_skeleton: String,
    family: String,
    skeleton: String,
}

impl<'a> Parts<'a> {
    fn of(named: &'a Named) -> Option<Parts<'a>> {
        let folded = fold(&named.0);
        let mut words: Vec<String> =
            folded.split([' ', '\u{a0}']).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()).collect();
        words.retain(|w| !w.is_empty() && !matches!(w.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"));
        let family = words.pop()?;
        let given_skeleton = words.first().map(|given| skeleton(given)).unwrap_or_default();
        let skeleton = skeleton(&family);
        Some(Parts { named, given: words, given_skeleton, family, skeleton })
    }
}

/// A family name with the commonest differences of transliteration levelled: `Zelenskyy`, `Zelenskiy` and `Zelensky` are one.
fn skeleton(name: &str) -> String {
    let mut s: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    for (from, to) in [
        ("kh", "h"),
        ("tch", "ch"),
        ("sch", "sh"),
        ("ph", "f"),
        ("ck", "k"),
        ("q", "k"),
        ("g", "k"),
        ("c", "k"),
        ("w", "v"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ie", "i"),
        ("y", "i"),
        ("j", "i"),
        ("x", "ks"),
        ("z", "s"),
        ("o", "u"),
        ("e", "a"),
    ] {
        s = s.replace(from, to);
    }
    let mut skeleton = String::with_capacity(s.len());
    for c in s.chars() {
        if !skeleton.ends_with(c) {
            skeleton.push(c);
        }
    }
    skeleton
}

/// Pairs that may be one by their spelling: indices, how alike they are written, and why.
fn candidates(parts: &[Parts<'_>]) -> Vec<(usize, usize, f64, &'static str)> {
    let mut blocks: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, p) in parts.iter().enumerate() {
        // The same letters levelled, or the same beginning: whoever shares neither is not compared.
        blocks.entry(format!("={}", p.skeleton)).or_default().push(i);
        if let Some(initial) = p.given.first().and_then(|g| g.chars().next()) {
            let start: String = p.skeleton.chars().take(3).collect();
            blocks.entry(format!("{initial} {start}")).or_default().push(i);
        }
    }
    let mut pairs = Vec::new();
    for block in blocks.values() {
        for (n, a) in block.iter().enumerate() {
            for b in &block[n + 1..] {
                if let Some((spelling, because)) = compare(&parts[*a], &parts[*b]) {
                    pairs.push((*a, *b, spelling, because));
                }
            }
        }
    }
    pairs.sort_by_key(|(a, b, ..)| (*a, *b));
    pairs.dedup_by_key(|(a, b, ..)| (*a, *b));
    pairs
}

/// How alike two names are written; `None` when they cannot be one.
fn compare(a: &Parts<'_>, b: &Parts<'_>) -> Option<(f64, &'static str)> {
    let family = strsim::jaro_winkler(&a.family, &b.family);
    let same_family = a.family == b.family;
    if !same_family && a.skeleton != b.skeleton && family < ALIKE {
        return None;
    }
    let spelling = if same_family { 1.0 } else { family.max(ALIKE) };
    match (a.given.first(), b.given.first()) {
        // A family name alone may be anybody's; it is worth a look where it is spelled in another way, or is rare.
        (None, None) => (!same_family && a.skeleton == b.skeleton && a.family.chars().count() >= 6)
            .then_some((spelling * 0.9, "family name spelled alike")),
        (None, Some(_)) | (Some(_), None) => (a.family.chars().count() >= 5).then_some((spelling * 0.7, "family name alone")),
        (Some(x), Some(y)) => {
            let because = given((x, &a.given_skeleton), (y, &b.given_skeleton))?;
            let rest = |p: &Parts<'_>| p.given.iter().skip(1).map(|g| g.chars().next()).collect::<Vec<_>>();
            let (mine, others) = (rest(a), rest(b));
            // John A. Smith is not John B. Smith.
            if !mine.is_empty() && !others.is_empty() && mine != others {
                return None;
            }
            Some((spelling * if because == "an initial" { 0.85 } else { 1.0 }, because))
        }
    }
}

/// Why two given names, each with its skeleton, may be one.
fn given((x, x_skeleton): (&str, &str), (y, y_skeleton): (&str, &str)) -> Option<&'static str> {
    let initial = |s: &str| s.chars().count() == 1;
    let first = |s: &str| s.chars().next();
    if x == y {
        return Some("same given name");
    }
    if (initial(x) || initial(y)) && first(x) == first(y) {
        return Some("an initial");
    }
    if crate::extract::names::is_nickname(x, y) {
        return Some("a nickname");
    }
    let close = x_skeleton == y_skeleton || strsim::jaro_winkler(x, y) >= 0.94;
    close.then_some("given name spelled alike")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(a: &str, b: &str) -> Option<&'static str> {
        let (a, b) = ((a.to_owned(), 9), (b.to_owned(), 5));
        compare(&Parts::of(&a).unwrap(), &Parts::of(&b).unwrap()).map(|(_, because)| because)
    }

    #[test]
    fn spelling_variants_are_candidates() {
        for (a, b) in [
            ("Volodymyr Zelenskyy", "Volodymyr Zelenskiy"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
            ("Muammar Qaddafi", "Muammar Gaddafi"),
            ("Robert Dole", "Bob Dole"),
            ("John F. Kennedy", "John Kennedy"),
            ("J. Smith", "John Smith"),
            ("Žofie Černá", "Zofie Cerna"),
        ] {
            assert!(verdict(a, b).is_some(), "{a} / {b}");
        }
    }

    #[test]
    fn different_people_are_none() {
        for (a, b) in [
            ("Hillary Clinton", "Bill Clinton"),
            ("John A. Smith", "John B. Smith"),
            ("Michael Johnson", "Michael Jordan"),
            ("George Bush", "Barbara Bush"),
            ("Ann Cole", "Ann Coleman"),
        ] {
            assert_eq!(verdict(a, b), None, "{a} / {b}");
        }
    }

    #[test]
    fn organizations_that_differ_in_capitals_or_marks_are_pairs() {
        let all: Vec<Named> =
            [("OPEC", 3), ("Opec", 9), ("Petrobrás", 1), ("Petrobras", 1), ("Yahoo!", 2), ("Yahoo", 2), ("Opel", 5), ("UN", 1)]
                .map(|(name, n)| (name.to_owned(), n))
                .into();
        let pairs: Vec<_> = organizations(&all).iter().map(|p| (p.names[0].0.as_str(), p.names[1].0.as_str(), p.because)).collect();
        assert_eq!(
            pairs,
            [
                ("Opec", "OPEC", "other capitals"),
                ("Petrobras", "Petrobrás", "other accents or marks"),
                ("Yahoo", "Yahoo!", "other accents or marks"),
            ]
        );
    }
}

//! Which names may be one? Spelling variants of the same person, with the evidence for and against.
//!
//! Candidates are pairs whose given names agree (letter, nickname, initial) and whose family names are spelled alike: equal
//! after the commonest differences of transliteration are levelled, or close by Jaro–Winkler similarity (Winkler 1990). Evidence
//! is the company the two keep: cosine of the counts of persons, organizations and places named beside each, the rare counting
//! more (tf–idf; Salton and Buckley 1988), and how often one article has both, which two forms of one name seldom do.

use super::Archive;
use super::whole::Whole;
use crate::authority::{NameKind, Verdict};
use crate::error::Result;
use crate::field;
use crate::query::{FacetCount, FacetRequest, Query, Search, Target, ValueMatch};
use crate::words::fold;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Family names at least this alike (Jaro–Winkler, 0 to 1) may be one.
const ALIKE: f64 = 0.93;
/// Names of this many articles at least are compared.
const LEAST: u64 = 2;
/// How many values of each field describe a name's company.
const COMPANY: usize = 60;

/// Two names that may be one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// The form to prefer: the fuller, else the one that more articles have.
    pub name: String,
    /// The other.
    pub form: String,
    /// Articles with the first.
    pub articles: u64,
    /// Articles with the other.
    pub form_articles: u64,
    /// Articles with both.
    pub both: u64,
    /// How alike the two are written, 0 to 1.
    pub spelling: f64,
    /// How alike the company is that they keep, 0 to 1.
    pub company: f64,
    /// Names that most often stand beside both.
    pub beside: Vec<String>,
    /// What makes them candidates.
    pub because: &'static str,
    /// Somebody looked at them and could not tell.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unsure: bool,
}

impl Suggestion {
    /// How likely the two are one: spelling and company together, less where articles tell the two apart.
    pub fn strength(&self) -> f64 {
        let apart = self.both as f64 / self.form_articles.max(1) as f64;
        self.spelling * (0.25 + self.company) * (1.0 - apart).max(0.05)
    }
}

/// What was compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Suggested {
    /// The pairs, likeliest first.
    pub pairs: Vec<Suggestion>,
    /// How many pairs were candidates by spelling.
    pub candidates: usize,
    /// How many of them were looked at.
    pub looked_at: usize,
}

/// A name, taken apart.
struct Parts<'a> {
    whole: &'a str,
    count: u64,
    given: Vec<String>,
    /// Of the first of the given names.
    given_skeleton: String,
    family: String,
    skeleton: String,
}

impl Archive {
    /// Pairs of persons that may be one, at most `limit` looked at: those with most articles first. `about` keeps only names
    /// that hold all its words. Pairs that were decided to be two are left out; those left open come last.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn suggest_names(&self, about: Option<&str>, limit: usize) -> Result<Suggested> {
        let Some(person) = field::by_name("person") else { return Ok(Suggested::default()) };
        let fields: Vec<_> = requests(COMPANY).into_iter().map(|request| request.field).collect();
        let wholes = self.whole(Target::Articles, &fields)?;
        let rarity = |whole: &Arc<Whole>| {
            whole.counts.iter().map(|(value, n)| (value.clone(), (whole.total as f64 / *n as f64).ln())).collect::<Vec<_>>()
        };
        let rarity: HashMap<String, f64> = wholes.iter().flat_map(rarity).collect();
        let persons = fields.iter().zip(&wholes).filter(|(field, _)| **field == person).flat_map(|(_, whole)| &whole.counts);
        let mut values: Vec<(String, u64)> = persons.map(|(value, n)| (value.clone(), *n)).collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let parts: Vec<Parts<'_>> = values.iter().filter(|(_, n)| *n >= LEAST).filter_map(|(name, n)| Parts::of(name, *n)).collect();
        let wanted: Vec<String> = about.map(|a| fold(a).split_whitespace().map(str::to_owned).collect()).unwrap_or_default();
        let is_wanted = |p: &Parts<'_>| wanted.iter().all(|w| fold(p.whole).contains(w.as_str()));
        let mut pairs: Vec<(usize, usize, f64, &'static str)> =
            candidates(&parts).into_iter().filter(|(a, b, ..)| is_wanted(&parts[*a]) || is_wanted(&parts[*b])).collect();
        let authority = self.authority()?;
        let verdict = |a: usize, b: usize| authority.verdict(NameKind::Person, parts[a].whole, parts[b].whole);
        pairs.retain(|(a, b, ..)| verdict(*a, *b) != Some(Verdict::Apart));
        // The rarer of the two is what would be gained.
        pairs.sort_by_key(|(a, b, ..)| std::cmp::Reverse((parts[*a].count.min(parts[*b].count), parts[*a].count.max(parts[*b].count))));
        let mut suggested = Suggested { candidates: pairs.len(), looked_at: pairs.len().min(limit), ..Suggested::default() };
        let mut companies: HashMap<usize, HashMap<String, f64>> = HashMap::new();
        for (a, b, spelling, because) in pairs.into_iter().take(limit) {
            // The fuller form is preferred to a family name alone, else the one that more articles have, else the longer: letters are
            // sooner left out than put in.
            let worth = |i: usize| (!parts[i].given.is_empty(), parts[i].count, parts[i].whole.chars().count());
            let (a, b) = if worth(a) >= worth(b) { (a, b) } else { (b, a) };
            for i in [a, b] {
                if let std::collections::hash_map::Entry::Vacant(slot) = companies.entry(i) {
                    slot.insert(self.company(parts[i].whole, &rarity)?);
                }
            }
            let both = Query::And(vec![is(parts[a].whole), is(parts[b].whole)]);
            let both = self.search(&Search { limit: Some(0), ..Search::articles(both) })?.total;
            let (company, beside) = alike(&companies[&a], &companies[&b]);
            suggested.pairs.push(Suggestion {
                name: parts[a].whole.to_owned(),
                form: parts[b].whole.to_owned(),
                articles: parts[a].count,
                form_articles: parts[b].count,
                both,
                spelling,
                company,
                beside,
                because,
                unsure: verdict(a, b) == Some(Verdict::Unsure),
            });
        }
        suggested.pairs.sort_by(|x, y| {
            let by_strength = y.strength().total_cmp(&x.strength());
            x.unsure.cmp(&y.unsure).then(by_strength).then_with(|| x.form.cmp(&y.form))
        });
        Ok(suggested)
    }

    /// Who and what is named beside a person, with how often, the rare counting more.
    fn company(&self, name: &str, rarity: &HashMap<String, f64>) -> Result<HashMap<String, f64>> {
        let found = self.search(&Search { limit: Some(0), facets: requests(COMPANY), ..Search::articles(is(name)) })?;
        let counts = found.facets.into_iter().flat_map(|f| f.counts).filter(|c| c.value != name);
        let weighed = |c: FacetCount| (rarity.get(&c.value).copied().unwrap_or_default() * c.count as f64, c.value);
        Ok(counts.map(weighed).map(|(weight, value)| (value, weight)).collect())
    }
}

/// Facets of what may be named beside somebody.
fn requests(limit: usize) -> Vec<FacetRequest> {
    let fields = ["person", "org", "place"].into_iter().filter_map(field::by_name);
    fields.map(|field| FacetRequest { field, limit: Some(limit), by: None }).collect()
}

fn is(name: &str) -> Query {
    match field::by_name("person") {
        Some(field) => Query::Is { field, value: ValueMatch::Whole(name.to_owned()) },
        None => Query::Nothing,
    }
}

/// Cosine of two companies, and what they share most.
fn alike(a: &HashMap<String, f64>, b: &HashMap<String, f64>) -> (f64, Vec<String>) {
    let norm = |of: &HashMap<String, f64>| of.values().map(|n| n * n).sum::<f64>().sqrt();
    let mut shared: Vec<(&String, f64)> = a.iter().filter_map(|(name, n)| b.get(name).map(|m| (name, n * m))).collect();
    let dot: f64 = shared.iter().map(|(_, n)| n).sum();
    shared.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.cmp(y.0)));
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let mut beside: Vec<String> = Vec::new();
    for name in shared.into_iter().map(|(name, _)| last(name)) {
        if beside.len() < 4 && !beside.contains(&name) {
            beside.push(name);
        }
    }
    (dot / (norm(a) * norm(b)).max(f64::MIN_POSITIVE), beside)
}

impl<'a> Parts<'a> {
    fn of(whole: &'a str, count: u64) -> Option<Parts<'a>> {
        let folded = fold(whole);
        let mut words: Vec<String> =
            folded.split([' ', '\u{a0}']).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()).collect();
        words.retain(|w| !w.is_empty() && !matches!(w.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"));
        let family = words.pop()?;
        let given_skeleton = words.first().map(|given| skeleton(given)).unwrap_or_default();
        let skeleton = skeleton(&family);
        Some(Parts { whole, count, given: words, given_skeleton, family, skeleton })
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
        compare(&Parts::of(a, 9).unwrap(), &Parts::of(b, 5).unwrap()).map(|(_, because)| because)
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
}

//! Who goes by an office and a family name? `President Obama` names one man although no given name stands in the article.
//!
//! News takes for granted who holds the highest offices, so an article may never give such a name in full, and its person
//! would stand apart from the same one in every other article. The table `words/leaders.txt` says who is meant. It counts
//! only where the article shows the office right at the name, in words of that office and country alone (`French President
//! Hollande`, not `Harvard President Hollande`), or where the family name by itself means nobody else and nothing at its
//! mentions speaks against it; where its date, if known, is not before the bearer's time; where one line fits; and where
//! nobody else of that name holds such an office in the article. A given name in the headline or the address comes first.

use super::lexicon::{Lexicon, WordMap};
use super::people::{Named, given_fits};
use super::{Entity, EntityKind, Gender};
use crate::article::Article;
use std::sync::LazyLock;

#[cfg(test)]
mod tests;

/// A line of the table.
#[derive(Debug)]
struct Bearer {
    /// What stands before the family name, and behind it.
    before: &'static str,
    behind: &'static str,
    gender: Gender,
    years: (u32, u32),
    offices: Vec<Vec<&'static str>>,
    /// Words for the country or body, in small letters without periods.
    own: &'static [String],
    /// Whether the family name alone means this person.
    alone: bool,
}

/// Bearers by family name in small letters.
static BEARERS: LazyLock<WordMap<String, Vec<Bearer>>> = LazyLock::new(|| read(include_str!("words/leaders.txt")));

/// Words that may stand in any title.
const ANY: &[&str] = &[
    "former",
    "then",
    "ex",
    "outgoing",
    "incoming",
    "sitting",
    "incumbent",
    "current",
    "new",
    "late",
    "elect",
    "embattled",
    "the",
    "of",
    "republican",
    "democratic",
    "democrat",
    "gop",
    "conservative",
    "labour",
    "labor",
    "socialist",
    "liberal",
    "communist",
    "longtime",
];

fn read(text: &'static str) -> WordMap<String, Vec<Bearer>> {
    let mut bearers: WordMap<String, Vec<Bearer>> = WordMap::default();
    let mut own: &'static [String] = &[];
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        if let Some(words) = line.strip_prefix('[') {
            let words = words.trim_end_matches(']').split(' ').map(|w| words_of(&w.replace('-', " ")).join(" ")).collect::<Vec<_>>();
            own = words.leak();
            continue;
        }
        let Some((who, offices)) = line.split_once(": ") else { continue };
        let mut parts = who.splitn(3, ' ');
        let (Some(years), Some(gender), Some(name)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let (from, to) = years.split_once('-').unwrap_or((years, ""));
        let alone = name.starts_with('*');
        let (before, family, behind) = parted(name.trim_start_matches('*'));
        for spelling in family {
            let bearer = Bearer {
                before,
                behind,
                gender: if gender == "f" { Gender::Female } else { Gender::Male },
                years: (from.parse().unwrap_or(0), to.parse().unwrap_or(u32::MAX)),
                offices: offices.split(", ").map(|o| o.split(['-', ' ']).collect()).collect(),
                own,
                alone,
            };
            bearers.entry(spelling.to_lowercase()).or_default().push(bearer);
        }
    }
    bearers
}

/// A name of the table: what stands before the family name, its spellings, and what stands behind it.
fn parted(name: &'static str) -> (&'static str, Vec<&'static str>, &'static str) {
    let (name, others) = name.split_once('/').unwrap_or((name, ""));
    let (before, family, behind) = match name.split_once('{').and_then(|(b, rest)| rest.split_once('}').map(|(f, a)| (b, f, a))) {
        Some(parts) => parts,
        None => name.rsplit_once(' ').map_or(("", name, ""), |(b, f)| (b, f, "")),
    };
    let mut spellings = vec![family];
    spellings.extend(others.split('/').filter(|o| !o.is_empty()));
    (before.trim(), spellings, behind.trim())
}

/// Words in small letters, without periods.
fn words_of(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace('.', "").replace('’', "'");
    plain.split(|c: char| c.is_whitespace() || matches!(c, '-' | ',')).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

impl Bearer {
    /// Whether a title is one of the offices, with nothing else in it but the country and words of any title.
    fn holds(&self, title: &str) -> bool {
        let words = words_of(title);
        self.offices.iter().any(|office| {
            let at = words.windows(office.len()).position(|w| w.iter().zip(office).all(|(a, b)| a == b));
            at.is_some_and(|at| {
                let rest = words[..at].join(" ");
                let rest = self.own.iter().filter(|own| own.contains(' ')).fold(rest, |rest, own| rest.replace(own.as_str(), ""));
                let known = |w: &str| ANY.contains(&w) || self.own.iter().any(|own| own == w);
                rest.split_whitespace().all(known) && words[at + office.len()..].iter().all(|w| known(w))
            })
        })
    }

    /// Whether a title has a word of the offices or of the country in it and no other name: enough where the name means one
    /// person anyway.
    fn may_be(&self, title: &str) -> bool {
        let own = |w: &String| self.own.contains(w) || self.offices.iter().flatten().any(|o| o == w && *o != "of");
        let capital = title.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).flat_map(words_of);
        words_of(title).iter().any(own) && capital.into_iter().all(|w| own(&w) || ANY.contains(&w.as_str()))
    }

    fn in_time(&self, year: Option<u32>) -> bool {
        year.is_none_or(|y| self.years.0 <= y)
    }

    /// The full name, the family name as the article spells it.
    fn full(&self, family: &str) -> String {
        [self.before, family, self.behind].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The one bearer that fits; of several, the one in whose years the article falls.
fn only<'b>(mut fitting: impl Iterator<Item = &'b Bearer>, year: Option<u32>) -> Option<&'b Bearer> {
    let first = fitting.next()?;
    let Some(second) = fitting.next() else { return Some(first) };
    let mut then = [first, second].into_iter().chain(fitting).filter(|b| year.is_some_and(|y| b.years.0 <= y && y <= b.years.1));
    let one = then.next()?;
    then.next().is_none().then_some(one)
}

fn year_of(article: &Article) -> Option<u32> {
    article.published.as_deref()?.get(..4)?.parse().ok()
}

/// Gives mentions that show an office of the table the name of its bearer.
pub fn by_office(article: &Article, named: &mut [Named]) {
    let year = year_of(article);
    let found: Vec<(usize, &Bearer)> = named
        .iter()
        .enumerate()
        .filter_map(|(n, mention)| {
            let title = mention.role.as_deref()?;
            let bearers = BEARERS.get(&family_of(mention)?)?;
            let agree = |b: &&Bearer| mention.gender == Gender::Unknown || mention.gender == b.gender;
            let bearer = only(bearers.iter().filter(|b| b.in_time(year) && b.holds(title)).filter(agree), year)?;
            let rival = |other: &Named| {
                let same = other.words.len() > 1 && other.words.last().is_some_and(|w| mention.words.last() == Some(w));
                let first = bearer.before.split(' ').next().unwrap_or("");
                same && !given_fits(&other.words[0], first) && other.role.as_deref().is_some_and(|r| bearer.holds(r))
            };
            (!named.iter().any(rival)).then_some((n, bearer))
        })
        .collect();
    for (n, bearer) in found {
        let mention = &mut named[n];
        mention.text = bearer.full(&mention.text);
        mention.words = mention.text.split_whitespace().map(|w| w.trim_end_matches('.').to_owned()).collect();
        mention.words.retain(|w| !matches!(w.as_str(), "Jr" | "III"));
        mention.gender = bearer.gender;
    }
}

/// The family name a mention consists of, in small letters: one word, or several of which the first is written small or is a
/// particle or half of a double name.
fn family_of(mention: &Named) -> Option<String> {
    let family = mention.words.join(" ").to_lowercase();
    (mention.words.len() == 1 || BEARERS.contains_key(&family)).then_some(family)
}

/// Completes persons who go by a family name throughout: by the headline or the address, or because that name by itself
/// means one person.
pub fn complete(article: &Article, entities: &mut [Entity]) {
    let year = year_of(article);
    for n in 0..entities.len() {
        let one = &entities[n];
        if one.kind != EntityKind::Person || one.name.contains(' ') || one.name.contains('.') {
            continue;
        }
        let bearer = || {
            let fits = |b: &&Bearer| {
                b.alone
                    && b.in_time(year)
                    && (one.gender == Gender::Unknown || one.gender == b.gender)
                    && one.mentions.iter().filter_map(|m| m.role.as_deref()).all(|r| b.may_be(r))
            };
            let bearer = only(BEARERS.get(&one.name.to_lowercase())?.iter().filter(fits), year)?;
            Some((bearer.full(&one.name), bearer.gender))
        };
        let headed = || in_headline(article, &one.name).map(|name| (name, Gender::Unknown));
        let Some((name, gender)) = headed().or_else(bearer) else { continue };
        if entities.iter().all(|e| e.name != name) {
            let one = &mut entities[n];
            one.name = name;
            one.gender = if gender == Gender::Unknown { one.gender } else { gender };
        }
    }
}

/// The full name in the headline or the address: a given name right before the family name.
fn in_headline(article: &Article, family: &str) -> Option<String> {
    let given = |word: &str| {
        let traits = Lexicon::get().traits(word);
        traits.is_given() && !traits.any(super::Traits::WEAK_GIVEN | super::Traits::FAMILY)
    };
    let title = article.title.as_deref().unwrap_or("");
    let words: Vec<&str> = title.split_whitespace().collect();
    let bare = |word: &str| {
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word) == family
    };
    if let Some(pair) = words.windows(2).find(|pair| bare(pair[1]) && given(pair[0])) {
        return Some(format!("{} {family}", pair[0]));
    }
    let last = article.url.as_deref()?.trim_end_matches('/').rsplit('/').next()?;
    let slug: Vec<&str> = last.split(['-', '_', '.']).collect();
    let capital = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
    let pair = slug.windows(2).find(|pair| pair[1] == family.to_lowercase() && given(&capital(pair[0])))?;
    Some(format!("{} {family}", capital(pair[0])))
}

//! Words of a question that stand in no article and names that nobody has, with what was probably meant.
//!
//! What is one edit away from a word (Norvig's way: every insertion, deletion, replacement and swap) is looked up in the index; of
//! what is there, the word of most articles is taken. The values of a field are few enough to be looked through: of those whose
//! words are all near the words that were asked for (optimal string alignment), the nearest is taken, then the commonest.

use super::Archive;
use crate::authority::{AuthorityFile, NameKind};
use crate::error::{Error, Kind, Result};
use crate::extract::names::n_titles;
use crate::extract::places::filed_as;
use crate::field::{self, Field, Read};
use crate::query::{Query, Search, Target, ValueMatch, WordForm, visit_words};
use crate::words::{fold, forms};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Most words looked at in one question.
const MOST: usize = 20;

/// From so many letters on, a word of a name may be two edits away.
const LONG: usize = 7;

/// A word that stands nowhere, or a value that nothing has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misspelt {
    /// As asked for, folded where it was asked for by its words.
    pub word: String,
    /// The field whose value it would be; `None` for a word of the text.
    pub field: Option<&'static str>,
    /// What was probably meant, and how many articles, or quotes, have it.
    pub meant: Option<(String, u64)>,
    /// The name under which `names.toml` files the value.
    pub filed: Option<String>,
}

impl std::fmt::Display for Misspelt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.field {
            None => write!(f, "`{}` occurs in no article", self.word)?,
            Some("is") => write!(f, "no article is `{}`", self.word)?,
            Some(field) => write!(f, "no `{field}` is `{}`", self.word)?,
        }
        if let Some(filed) = &self.filed {
            return write!(f, "; names.toml files it under `{filed}`");
        }
        match (&self.meant, self.field) {
            (Some((meant, n)), None) => write!(f, "; `{meant}` in {n}"),
            (Some((meant, 1)), Some(_)) => write!(f, "; `{meant}` is, once"),
            (Some((meant, n)), Some(_)) => write!(f, "; `{meant}` is, {n} times"),
            (None, _) => Ok(()),
        }
    }
}

impl Archive {
    /// The single words of `query` that stand in the text of no article, and the values that nothing has.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn misspelt(&self, query: &Query) -> Result<Vec<Misspelt>> {
        let mut asked: Vec<WordForm> = Vec::new();
        visit_words(query, &mut |form| {
            if matches!(form, WordForm::Exact(_) | WordForm::Inflected(_)) && !asked.contains(form) && asked.len() < MOST {
                asked.push(form.clone());
            }
        });
        let (counts, _) = self.engine.rarity(&asked, Target::Articles)?;
        let mut found = Vec::new();
        for (form, _) in asked.into_iter().zip(counts).filter(|(_, n)| *n == 0) {
            let (WordForm::Exact(word) | WordForm::Inflected(word)) = form else { continue };
            let near: Vec<WordForm> = edits(&word).into_iter().map(WordForm::Exact).collect();
            let (counts, _) = self.engine.rarity(&near, Target::Articles)?;
            let best = near.into_iter().zip(counts).filter(|(_, n)| *n > 0).max_by_key(|(_, n)| *n);
            let meant = best.and_then(|(form, n)| if let WordForm::Exact(form) = form { Some((form, n)) } else { None });
            found.push(Misspelt { word, field: None, meant, filed: None });
        }
        let mut values = Vec::new();
        visit_values(query, &mut values);
        for (field, value) in values.into_iter().take(MOST) {
            // Words close to each other in a name are many values of the same words.
            found.extend(self.misnamed(field, value)?.filter(|one| !found.contains(one)));
        }
        Ok(found)
    }

    /// What was meant by a value that nothing has.
    fn misnamed(&self, field: &'static Field, value: &ValueMatch) -> Result<Option<Misspelt>> {
        let asked = plain_words(value);
        if asked.is_empty() || !field.facet || matches!(field.read, Read::Kin(_)) {
            return Ok(None);
        }
        let target = if matches!(field.read, Read::Quote(_)) { Target::Quotes } else { Target::Articles };
        let question = Query::Is { field, value: value.clone() };
        if self.search(&Search { target, limit: Some(0), ..Search::articles(question) })?.total > 0 {
            return Ok(None);
        }
        // A place that is known by another name is asked for under both, and it is the other that counts.
        let is_also_another = || matches!(value, ValueMatch::Words(_)) && field.is_of_places() && !filed_as(&words(&asked)).is_empty();
        if self.is_a_site(field, &asked)? || is_also_another() {
            return Ok(None);
        }
        let word = if let ValueMatch::Whole(whole) = value { whole.clone() } else { asked.join(" ") };
        if let Some(meant) = self.filed_otherwise(field, &asked)? {
            return Ok(Some(Misspelt { word, field: Some(field.name), meant: Some(meant), filed: None }));
        }
        let all = self.whole(target, &[field])?;
        let bare = if is_of_persons(field) { &asked[n_abbreviated_titles(&asked)..] } else { &asked[..] };
        let near = all.iter().flat_map(|whole| &whole.counts).filter_map(|(value, n)| Some((distance(bare, value)?, *n, value)));
        let best = near.min_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.cmp(b.2)));
        let meant = best.map(|(_, n, value)| (value.clone(), n));
        let filed = self.filed(field.name, bare)?;
        Ok(Some(Misspelt { word, field: Some(field.name), meant, filed }))
    }
}

/// How an archive writes a name that somebody typed.
enum Spelt {
    /// So, letter by letter or but for capitals and accents.
    As(String),
    /// In several ways that differ in capitals and accents only, those of most articles first.
    Several(Vec<String>),
    /// Not at all; the name that is spelled most like it, and how many articles have that.
    Not(Option<(String, u64)>),
}

impl Archive {
    /// The name `typed` as the archive, or `names.toml`, writes it: for whoever rules on names as they stand.
    ///
    /// # Errors
    ///
    /// When nobody is called so, since a slip of the pen would rule on nothing in silence; the hint says who is called nearly so.
    /// Or when the index fails.
    pub fn as_written(&self, kind: NameKind, typed: &str) -> Result<String> {
        let spelt = match self.spelt(kind, typed)? {
            Spelt::As(written) => return Ok(written),
            _ if AuthorityFile::open(&self.home.names())?.rules_on(kind, typed) => return Ok(typed.to_owned()),
            other => other,
        };
        let hint = match spelt {
            Spelt::Several(ways) => format!("it is written `{}`: name the one that is meant", ways.join("`, `")),
            Spelt::Not(Some((near, 1))) => format!("did you mean `{near}`, in 1 article?"),
            Spelt::Not(Some((near, n))) => format!("did you mean `{near}`, in {n} articles?"),
            _ => format!("`morgue facets --by {} -n all` lists how they are written", kind.field()),
        };
        Err(Error::new(Kind::NotFound, format!("no article has the {} `{typed}`", kind.one())).with_hint(hint))
    }

    fn spelt(&self, kind: NameKind, typed: &str) -> Result<Spelt> {
        let Some(field) = field::by_name(kind.field()) else { return Ok(Spelt::Not(None)) };
        let typed_so = ValueMatch::Whole(typed.to_owned());
        if self.total(Query::Is { field, value: typed_so.clone() }, Target::Articles)? > 0 {
            return Ok(Spelt::As(typed.to_owned()));
        }
        let folded = fold(typed);
        // A place is counted by its path and called by the last part of it.
        let name = |value: &str| field.own_name(value).to_owned();
        let all = self.whole(Target::Articles, &[field])?;
        let mut same: BTreeMap<String, u64> = BTreeMap::new();
        for (value, n) in all.iter().flat_map(|whole| &whole.counts) {
            let name = name(value);
            if fold(&name) == folded {
                *same.entry(name).or_default() += n;
            }
        }
        let mut same: Vec<(String, u64)> = same.into_iter().collect();
        same.sort_by_key(|(_, n)| Reverse(*n));
        let mut same: Vec<String> = same.into_iter().map(|(name, _)| name).collect();
        Ok(match same.len() {
            0 => {
                let meant = self.misnamed(field, &typed_so)?.and_then(|misspelt| misspelt.meant);
                Spelt::Not(meant.map(|(value, n)| (name(&value), n)))
            }
            1 => Spelt::As(same.remove(0)),
            _ => Spelt::Several(same),
        })
    }

    /// The name under which `names.toml` has the value of these words, as `field` finds it.
    pub(super) fn filed(&self, field: &str, asked: &[String]) -> Result<Option<String>> {
        let kinds = match field {
            "place" => &[NameKind::Place][..],
            "org" => &[NameKind::Organization],
            "person" | "speaker" | "about" => &[NameKind::Person, NameKind::Organization],
            _ => return Ok(None),
        };
        let names = self.authority()?;
        Ok(kinds.iter().find_map(|kind| names.filed(*kind, asked)).map(str::to_owned))
    }
}

/// Whether the values of a field are names of persons, filed without their titles.
pub(super) fn is_of_persons(field: &Field) -> bool {
    matches!(field.name, "person" | "about-person" | "speaker" | "about")
}

/// How many of the words at the start are titles, where points may have stood behind them: `sen warren` was typed as `Sen. Warren`.
fn n_abbreviated_titles(words: &[String]) -> usize {
    let pointed: Vec<String> = words.iter().map(|word| format!("{word}.")).collect();
    n_titles(&pointed.iter().map(String::as_str).collect::<Vec<_>>())
}

/// As they are looked up.
pub(super) fn words(asked: &[String]) -> Vec<&str> {
    asked.iter().map(String::as_str).collect()
}

/// The words of a value, as far as they are whole words.
pub(super) fn plain_words(value: &ValueMatch) -> Vec<String> {
    let plain = |form: &WordForm| match form {
        WordForm::Exact(word) | WordForm::Inflected(word) => Some(word.clone()),
        _ => None,
    };
    match value {
        ValueMatch::Words(words) => words.iter().filter_map(plain).collect(),
        ValueMatch::Whole(whole) => forms(whole),
        ValueMatch::Regex(_) => Vec::new(),
    }
}

/// The values that `query` asks for, but for those it asks not to be there.
pub(super) fn visit_values<'q>(query: &'q Query, found: &mut Vec<(&'static Field, &'q ValueMatch)>) {
    match query {
        Query::Is { field, value } if !found.contains(&(*field, value)) => found.push((*field, value)),
        Query::Quote(inner) | Query::Article(inner) | Query::Boost(inner, _) => visit_values(inner, found),
        Query::And(all) | Query::Or(all) => all.iter().for_each(|q| visit_values(q, found)),
        _ => {}
    }
}

/// How many edits the words that were asked for are away from words of `value`; `None` when one is too far from all of them.
fn distance(asked: &[String], value: &str) -> Option<usize> {
    let has = forms(value);
    let nearest = |word: &String| {
        // Of two letters one is half the word: `EU` is no slip of the pen for `El`.
        let most = match word.chars().count() {
            0..=2 => 0,
            n => 1 + usize::from(n >= LONG),
        };
        has.iter().map(|other| strsim::osa_distance(word, other)).min().filter(|n| *n <= most)
    };
    asked.iter().map(nearest).sum()
}

/// Every form one edit away.
fn edits(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut all = Vec::new();
    if !(3..=30).contains(&letters.len()) {
        return all;
    }
    let joined = |parts: [&[char]; 3]| parts.concat().into_iter().collect::<String>();
    for at in 0..=letters.len() {
        let (left, right) = letters.split_at(at);
        if let Some((_, rest)) = right.split_first() {
            all.push(joined([left, rest, &[]]));
        }
        if let [one, two, rest @ ..] = right {
            all.push(joined([left, &[*two, *one], rest]));
        }
        for c in 'a'..='z' {
            all.push(joined([left, &[c], right]));
            if let Some((_, rest)) = right.split_first() {
                all.push(joined([left, &[c], rest]));
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    all.retain(|other| other != word);
    all
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_near_when_each_of_their_words_is() {
        let asked = |name: &str| crate::words::forms(name);
        assert_eq!(super::distance(&asked("Zelenski"), "Volodymyr Zelensky"), Some(1));
        assert_eq!(super::distance(&asked("EU"), "United States/Texas/El Paso"), None);
        assert_eq!(super::distance(&asked("Anna Zelenski"), "Volodymyr Zelensky"), None);
        assert_eq!(super::distance(&asked("cheked"), "checked"), Some(1));
        assert_eq!(super::distance(&asked("Ann"), "Bob"), None);
    }

    #[test]
    fn words_one_edit_away() {
        let near = super::edits("merkle");
        for word in ["merkel", "merle", "merkley", "merkly"] {
            assert!(near.iter().any(|w| w == word), "{word}");
        }
        assert!(!near.iter().any(|w| w == "merkle") && super::edits("ab").is_empty());
    }
}

//! Values that are found under another name than was typed: places by what else they are called, persons without their titles,
//! sites by their addresses, files by a part of their paths.
//!
//! `place:Holland` finds a town in Michigan where articles are filed under the Netherlands; `speaker:"President Lunde"` finds only those few quotes whose speaker
//! nobody could name; `speaker:Olga Lunde` finds every Olga. The question is answered as it stands, and it is said what else there is.

use super::spelling::{is_of_persons, plain_words, visit_values, words};
use super::{Archive, counted_name, counted_one};
use crate::error::Result;
use crate::extract::names::n_titles;
use crate::extract::places::{filed_as, known_as};
use crate::field::{self, Field, FieldKind};
use crate::query::{self, Expr, Query, Target, ValueMatch, WordForm};

/// Why more is found otherwise.
const PLACE: &str = "it is called so too";
const TITLED: &str = "names are filed without titles";
const SITE: &str = "addresses hold it";
const PART: &str = "paths hold it";
/// What addresses of papers end in.
const DOMAINS: [&str; 33] = [
    "com", "org", "net", "gov", "edu", "info", "news", "tv", "io", "eu", "uk", "ie", "de", "at", "ch", "fr", "be", "nl", "es", "pt", "it",
    "se", "no", "dk", "fi", "pl", "ru", "ua", "ca", "au", "nz", "in", "jp",
];

impl Archive {
    /// What there is to say on values of `query` that are found, while more is filed under another name, or under a longer one.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub(super) fn otherwise(&self, query: &Query, target: Target) -> Result<Vec<String>> {
        let mut values = Vec::new();
        visit_values(query, &mut values);
        let mut notes = Vec::new();
        for (field, value) in values {
            let ValueMatch::Words(_) = value else { continue };
            let Some((others, why)) = other_name(field, &plain_words(value)) else { continue };
            let typed = Query::Is { field, value: value.clone() };
            let found = self.total(typed.clone(), target)?;
            // A value that nothing has is told of as misspelt, but for the name of a site. What is a whole path is meant as one.
            if found == 0 && !matches!(why, SITE | PART) || found > 0 && why == PART {
                continue;
            }
            let Some((better, n)) = self.most_found(others, target)?.filter(|(_, n)| *n > found) else { continue };
            let (typed, better) = (query::print(&typed), query::print(&better));
            notes.push(format!("`{typed}` finds {}, and `{better}` {n}: {why}", hits(target, found)));
        }
        self.cut_short(query, target, &mut notes)?;
        Ok(notes)
    }

    /// What there is to say on names of which the first word was taken for the whole: `speaker:Adaeze Okafor` asks for a speaker called
    /// Adaeze and for the word Okafor.
    fn cut_short(&self, query: &Query, target: Target, notes: &mut Vec<String>) -> Result<()> {
        let Query::And(clauses) = query else { return Ok(()) };
        for (at, clause) in clauses.iter().enumerate() {
            let Query::Is { field, value: ValueMatch::Words(first) } = clause else { continue };
            if !(field.kind == FieldKind::Name || field.is_of_places()) {
                continue;
            }
            let mut whole = None;
            let mut name = first.clone();
            let behind: Vec<&str> = clauses[at + 1..].iter().map_while(lone_word).collect();
            // A shell hands on what stands behind `--speaker Adaeze` with the words of the query, before the clause that is made of it.
            let before = || clauses[..at].iter().rev().find_map(lone_word).into_iter().collect();
            for word in if behind.is_empty() { before() } else { behind } {
                name.push(WordForm::Exact(word.to_owned()));
                let longer = Query::Is { field, value: ValueMatch::Words(name.clone()) };
                match self.total(longer.clone(), target)? {
                    0 => break,
                    found => whole = Some((longer, found, word)),
                }
            }
            if let Some((longer, found, word)) = whole {
                let found = hits(target, found);
                notes.push(format!("`{word}` is looked for in the text; `{}` finds {found}", query::print(&longer)));
            }
        }
        Ok(())
    }

    /// What most have of the values that `asked` may mean, where no value is called so; and how many articles that is.
    pub(super) fn filed_otherwise(&self, field: &'static Field, asked: &[String]) -> Result<Option<(String, u64)>> {
        let Some((others, _)) = other_name(field, asked).filter(|_| field.is_of_places()) else { return Ok(None) };
        let found = self.most_found(others, Target::Articles)?;
        Ok(found.and_then(|(query, n)| match query {
            Query::Is { value: ValueMatch::Whole(path), .. } => Some((path, n)),
            _ => None,
        }))
    }

    /// Whether [`Archive::otherwise`] has told of a value that nothing has: addresses hold it.
    pub(super) fn is_a_site(&self, field: &'static Field, asked: &[String]) -> Result<bool> {
        match other_name(field, asked) {
            Some((others, SITE)) => Ok(self.most_found(others, Target::Articles)?.is_some()),
            _ => Ok(false),
        }
    }

    fn most_found(&self, queries: Vec<Query>, target: Target) -> Result<Option<(Query, u64)>> {
        let mut most = None;
        for query in queries {
            let n = self.total(query.clone(), target)?;
            if n > most.as_ref().map_or(0, |(_, n)| *n) {
                most = Some((query, n));
            }
        }
        Ok(most)
    }
}

/// `1 article`, `2 quotes`
fn hits(target: Target, n: u64) -> String {
    format!("{n} {}", if n == 1 { counted_one(target) } else { counted_name(target) })
}

/// The word that is looked for in the text, wherever, if that is all `query` asks.
fn lone_word(query: &Query) -> Option<&str> {
    match query {
        Query::Text { fields, expr: Expr::Word(WordForm::Exact(word) | WordForm::Inflected(word)) } if fields.is_empty() => Some(word),
        _ => None,
    }
}

/// What may be meant by these words, which they do not find, and why.
fn other_name(field: &'static Field, asked: &[String]) -> Option<(Vec<Query>, &'static str)> {
    let words = words(asked);
    if field.is_of_places() {
        // A name under which nothing is filed is asked for as what it is known as: the query has both.
        let known = if filed_as(&words).is_empty() { known_as(&words) } else { Vec::new() };
        let paths: Vec<Query> = known.into_iter().map(|path| Query::Is { field, value: ValueMatch::Whole(path) }).collect();
        return (!paths.is_empty()).then_some((paths, PLACE));
    }
    if let ("source", [_, .., last]) = (field.name, &words[..])
        && DOMAINS.contains(last)
    {
        let within = ValueMatch::Words(vec![WordForm::Pattern { glob: format!("*{}*", words.join(".")), upto: None }]);
        return Some((vec![Query::Is { field: field::by_name("url")?, value: within }], SITE));
    }
    if let ("path", [part]) = (field.name, &words[..]) {
        let within = ValueMatch::Words(vec![WordForm::Pattern { glob: format!("*{part}*"), upto: None }]);
        return Some((vec![Query::Is { field, value: within }], PART));
    }
    let bare = words.get(n_titles(&words)..).filter(|bare| bare.len() < words.len() && is_of_persons(field))?;
    let value = ValueMatch::Words(bare.iter().map(|word| WordForm::Exact((*word).to_owned())).collect());
    Some((vec![Query::Is { field, value }], TITLED))
}

//! More like one article: what repeats its text, and what is on the same matter, with the reason.
//!
//! Candidates share the words that tell the article best (tf-idf, Salton and Buckley 1988). Each is then looked at whole: how
//! many of its runs of five words stand in the article too (shingles, Broder 1997) tells copies and later versions from
//! coverage; the rest is ordered by the cosine of the two texts' tf-idf weights and by the persons, organizations and places
//! both name, rarer ones counting more.

use super::{Answer, Archive};
use crate::article::Clipping;
use crate::error::Result;
use crate::query::{Expr, Matcher, Query, Search, Target, ValueMatch, WordForm};
use crate::words::{for_each_word, stem};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Words of the article by which candidates are found.
const WORDS: usize = 30;
/// Candidates that are looked at whole.
const CANDIDATES: usize = 200;
/// Words in a run.
const RUN: usize = 5;
/// Shared part of the runs of the shorter text from which two articles are one text.
const COPY: f32 = 0.5;
/// How much shared names count beside the words.
const NAMES: f32 = 0.5;
/// Shared words that are named as a reason.
const SHOWN: usize = 6;

/// An article that is like another.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Similar {
    /// The article.
    #[serde(flatten)]
    pub hit: Answer,
    /// How like it is, 0 to 1.
    pub likeness: f32,
    /// It repeats the text: a copy, another version, or a part.
    pub copy: bool,
    /// Part of the runs of five words of the shorter text that stand in both.
    pub overlap: f32,
    /// What both have.
    pub shared: Shared,
}

/// What two articles have in common, the most telling first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Shared {
    /// Persons both name.
    pub persons: Vec<String>,
    /// Organizations both name.
    pub organizations: Vec<String>,
    /// Places both name.
    pub places: Vec<String>,
    /// Words of both that few articles have.
    pub words: Vec<String>,
}

/// The head of a table of articles that are like one.
pub const SIMILAR: [&str; 12] =
    ["id", "published", "title", "source", "likeness", "copy", "overlap", "persons", "organizations", "places", "words", "path"];

impl Similar {
    /// As a row of the table.
    pub fn cells(&self) -> Vec<String> {
        let Answer::Article(hit) = &self.hit else { return Vec::new() };
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let shared = &self.shared;
        let mut cells = vec![hit.id.clone(), text(&hit.published), text(&hit.title), text(&hit.source)];
        cells.extend([format!("{:.3}", self.likeness), self.copy.to_string(), format!("{:.3}", self.overlap)]);
        cells.extend([&shared.persons, &shared.organizations, &shared.places, &shared.words].map(|names| names.join("; ")));
        cells.push(hit.path.clone());
        cells
    }
}

impl Archive {
    /// The `limit` articles most like the one with this id, copies first; `within` narrows where they are looked for.
    ///
    /// # Errors
    ///
    /// When there is no such article, or the index fails.
    pub fn similar(&self, id: &str, within: Option<&Query>, limit: Option<usize>) -> Result<Vec<Similar>> {
        let seed = self.clipping(id)?;
        let mut weigher = Weigher { archive: self, rarity: HashMap::new() };
        let told = Told::of(&seed, &mut weigher)?;
        let mut words: Vec<(&String, &f32)> = told.weights.iter().collect();
        words.sort_by(|a, b| b.1.total_cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let clause = |(stem, weight): (&String, &f32)| {
            let form = told.forms.get(stem).unwrap_or(stem).clone();
            let word = Query::Text { fields: Vec::new(), expr: Expr::Word(WordForm::Inflected(form)) };
            Query::Boost(Box::new(word), *weight)
        };
        let any = Query::Or(words.into_iter().take(WORDS).map(clause).collect());
        let id_field = crate::field::by_name("id");
        let itself = id_field.map(|field| Query::Not(Box::new(Query::Is { field, value: ValueMatch::Whole(id.to_owned()) })));
        let query = Query::And([Some(any), itself, within.cloned()].into_iter().flatten().collect());
        let found = self.search(&Search { limit: Some(CANDIDATES), ..Search::articles(query) })?;
        let plain = Matcher::new(&Query::All, Target::Articles);
        let mut all = Vec::new();
        for hit in &found.hits {
            let (Some(other), Some(answer)) = (&hit.clipping, Answer::of(hit, Target::Articles, &plain, false)) else { continue };
            let other = Told::of(other, &mut weigher)?;
            let overlap = told.overlap(&other);
            let likeness = told.cosine(&other).max(overlap) * (1.0 - NAMES) + told.names_in_common(&other, &mut weigher)? * NAMES;
            all.push(Similar { hit: answer, likeness, copy: overlap >= COPY, overlap, shared: told.shared(&other) });
        }
        all.sort_by(|a, b| {
            let by_copy =
                b.copy.cmp(&a.copy).then_with(|| if a.copy { b.overlap.total_cmp(&a.overlap) } else { std::cmp::Ordering::Equal });
            by_copy.then_with(|| b.likeness.total_cmp(&a.likeness)).then_with(|| a.hit.id().cmp(b.hit.id()))
        });
        all.truncate(limit.unwrap_or(usize::MAX));
        Ok(all)
    }
}

/// How rare words are, asked once each.
struct Weigher<'a> {
    archive: &'a Archive,
    rarity: HashMap<String, f32>,
}

impl Weigher<'_> {
    /// The inverse document frequency of each form.
    fn weigh(&mut self, forms: impl Iterator<Item = String>) -> Result<()> {
        let new: Vec<WordForm> = forms.filter(|f| !self.rarity.contains_key(f)).map(WordForm::Exact).collect();
        let (counts, n_all) = self.archive.engine.rarity(&new, Target::Articles)?;
        for (form, n) in new.into_iter().zip(counts) {
            if let WordForm::Exact(form) = form {
                self.rarity.insert(form, (n_all as f32 / n.max(1) as f32).ln().max(0.0));
            }
        }
        Ok(())
    }

    fn of(&self, form: &str) -> f32 {
        self.rarity.get(form).copied().unwrap_or(0.0)
    }
}

/// An article as it is compared.
struct Told<'c> {
    clipping: &'c Clipping,
    /// By stem, of length 1 as a vector.
    weights: BTreeMap<String, f32>,
    /// A form of each stem.
    forms: HashMap<String, String>,
    /// Runs of words, hashed.
    runs: HashSet<u64>,
}

impl<'c> Told<'c> {
    fn of(clipping: &'c Clipping, weigher: &mut Weigher<'_>) -> Result<Told<'c>> {
        let mut counts: BTreeMap<String, (String, f32)> = BTreeMap::new();
        let mut texts: Vec<u64> = Vec::new();
        let mut position = None;
        let mut read = |text: &str, weight: f32, in_runs: bool| {
            position = None;
            for_each_word(text, |word| {
                // Of a compound the whole stands at the place of its first part; one of them is enough.
                if position.replace(word.position) == Some(word.position) {
                    return;
                }
                if in_runs {
                    texts.push(hash(word.form));
                }
                if word.form.len() > 1 && word.form.bytes().any(|b| !b.is_ascii_digit()) {
                    counts.entry(stem("en", word.form).into_owned()).or_insert_with(|| (word.form.to_owned(), 0.0)).1 += weight;
                }
            });
        };
        read(&clipping.article.body, 1.0, true);
        read(clipping.article.title.as_deref().unwrap_or_default(), 2.0, false);
        weigher.weigh(counts.values().map(|(form, _)| form.clone()))?;
        let weight = |form: &str, n: f32| (1.0 + n.ln().max(0.0)) * weigher.of(form);
        let mut weights: BTreeMap<String, f32> = counts.iter().map(|(stem, (form, n))| (stem.clone(), weight(form, *n))).collect();
        let length = weights.values().map(|w| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        weights.values_mut().for_each(|w| *w /= length);
        weights.retain(|_, w| *w > 0.0);
        let runs = texts.windows(RUN).map(|run| run.iter().fold(0u64, |all, word| all.rotate_left(13).wrapping_mul(31) ^ word)).collect();
        Ok(Told { clipping, weights, forms: counts.into_iter().map(|(stem, (form, _))| (stem, form)).collect(), runs })
    }

    fn cosine(&self, other: &Told<'_>) -> f32 {
        self.weights.iter().filter_map(|(stem, w)| other.weights.get(stem).map(|v| w * v)).sum()
    }

    /// Part of the runs of the shorter text that stand in both.
    fn overlap(&self, other: &Told<'_>) -> f32 {
        let shorter = self.runs.len().min(other.runs.len());
        if shorter < RUN { 0.0 } else { self.runs.intersection(&other.runs).count() as f32 / shorter as f32 }
    }

    /// Names of both, by the weight of their words, against all names of the two (weighted Jaccard).
    fn names_in_common(&self, other: &Told<'_>, weigher: &mut Weigher<'_>) -> Result<f32> {
        let (here, there) = (names(self.clipping), names(other.clipping));
        let all: Vec<&str> = here.union(&there).copied().collect();
        let mut forms: HashMap<&str, Vec<String>> = HashMap::new();
        for name in &all {
            for_each_word(name, |word| forms.entry(name).or_default().push(word.form.to_owned()));
        }
        weigher.weigh(forms.values().flatten().cloned())?;
        // A name is as telling as the rarest of its words.
        let weight = |name: &&str| forms.get(name).into_iter().flatten().map(|f| weigher.of(f)).fold(0.0, f32::max);
        let whole: f32 = all.iter().map(weight).sum();
        let common: f32 = all.iter().filter(|n| here.contains(**n) && there.contains(**n)).map(weight).sum();
        Ok(if whole > 0.0 { common / whole } else { 0.0 })
    }

    fn shared(&self, other: &Told<'_>) -> Shared {
        let (here, there) = (&self.clipping.annotations, &other.clipping.annotations);
        let both = |some: Vec<&str>, others: Vec<&str>| {
            let others: HashSet<&str> = others.into_iter().collect();
            some.into_iter().filter(|n| others.contains(n)).map(str::to_owned).collect::<Vec<String>>()
        };
        // Words of names that both have are said with the names.
        let mut named: HashSet<String> = HashSet::new();
        for name in names(self.clipping).intersection(&names(other.clipping)) {
            for_each_word(name, |word| {
                named.insert(word.form.to_owned());
            });
        }
        let both_have = |stem: &String, w: &f32| Some((w * other.weights.get(stem)?, self.forms.get(stem)?));
        let mut words: Vec<(f32, &String)> = self.weights.iter().filter_map(|(stem, w)| both_have(stem, w)).collect();
        words.retain(|(_, form)| !named.contains(*form));
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        Shared {
            persons: both(here.persons.iter().map(|p| p.name.as_str()).collect(), there.persons.iter().map(|p| p.name.as_str()).collect()),
            organizations: both(
                here.organizations.iter().map(|o| o.name.as_str()).collect(),
                there.organizations.iter().map(|o| o.name.as_str()).collect(),
            ),
            places: both(here.places.iter().map(|p| p.name.as_str()).collect(), there.places.iter().map(|p| p.name.as_str()).collect()),
            words: words.into_iter().take(SHOWN).map(|(_, form)| form.clone()).collect(),
        }
    }
}

/// Everyone and everything named, in order: sums over them are the same each time, to the last digit.
fn names(clipping: &Clipping) -> BTreeSet<&str> {
    let found = &clipping.annotations;
    let persons = found.persons.iter().map(|p| p.name.as_str());
    let organizations = found.organizations.iter().map(|o| o.name.as_str());
    persons.chain(organizations).chain(found.places.iter().map(|p| p.name.as_str())).collect()
}

fn hash(form: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    form.hash(&mut hasher);
    hasher.finish()
}

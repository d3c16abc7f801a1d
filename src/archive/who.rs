//! Who is that? One person (or body) across the archive: forms of the name, roles over time, what was said by and about them.

use super::{Answer, Archive};
use crate::article::{Clipping, Span};
use crate::error::{Error, Kind, Result};
use crate::extract::names::n_titles;
use crate::field::{self, Field};
use crate::query::{FacetCount, FacetRequest, Matcher, Query, Search, Sort, Target, ValueMatch, WordForm};
use crate::words::{self, one_line};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A form, role or value, with how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Counted {
    /// The form, role or value.
    pub value: String,
    /// Articles that have it.
    pub articles: u64,
}

/// A role somebody is given, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Role {
    /// As the articles word it.
    pub role: String,
    /// Articles that give it.
    pub articles: u64,
    /// First day of publication of one that does.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
}

/// What the archive knows of one name.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Card {
    /// The name it is filed under.
    pub name: String,
    /// `person` or `org`: the field that finds it.
    pub field: &'static str,
    /// Articles that name it.
    pub articles: u64,
    /// First day of publication among them.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
    /// The words the articles use for it, most used first.
    pub forms: Vec<Counted>,
    /// Other names merged into this one by `names.toml`, with how many articles had them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Counted>,
    /// Roles, in order of their first day.
    pub roles: Vec<Role>,
    /// How many quotes are by it.
    pub quotes_by: u64,
    /// How many quotes by others name it.
    pub quotes_about: u64,
    /// Latest quotes by it.
    pub latest_by: Vec<Answer>,
    /// Latest quotes about it.
    pub latest_about: Vec<Answer>,
    /// Persons most often named beside it.
    pub beside: Vec<Counted>,
    /// Places most often named beside it, as paths.
    pub places: Vec<Counted>,
    /// Sources that name it most.
    pub sources: Vec<Counted>,
    /// Articles by year.
    pub years: Vec<Counted>,
    /// Other names that answer to the words asked for, with their articles.
    pub others: Vec<Counted>,
}

impl Archive {
    /// The card of whoever answers to `name`: all its words stand in the name, in any order; of several, the one called so in full,
    /// else the one that most articles name. `latest` quotes by and about come with it.
    ///
    /// # Errors
    ///
    /// When nobody is called so (the hint has the names that are spelled most alike), or the index fails.
    pub fn who(&self, name: &str, latest: usize) -> Result<Card> {
        let (field, mut found) = self.bearers(name)?;
        let chosen = found.remove(0);
        let is = |field: &'static Field| Query::Is { field, value: ValueMatch::Whole(chosen.value.clone()) };
        let named = |name: &str| field::by_name(name).map(is).unwrap_or(Query::Nothing);
        let request = |name: &str, limit: Option<usize>| field::by_name(name).map(|field| FacetRequest { field, limit, by: None });
        let facets = [request("person", Some(11)), request("place", Some(60)), request("source", Some(10)), request("year", None)];
        let search = Search { limit: None, mark: false, sort: Sort::Stored, ..Search::articles(is(field)) };
        let counted = self.search(&Search { limit: Some(0), facets: facets.into_iter().flatten().collect(), ..search.clone() })?;
        let [beside, places, sources, mut years] = ["person", "place", "source", "year"].map(|name| {
            let counts = counted.facets.iter().filter(|f| f.field.name == name).flat_map(|f| &f.counts);
            counts.filter(|c| c.value != chosen.value).map(plain).collect::<Vec<_>>()
        });
        years.sort_by(|a, b| a.value.cmp(&b.value));
        let mut gathered = Gathered::default();
        // Clipping after clipping, so that the memory it takes does not grow with how often somebody is named.
        self.stream(&search, &mut |hit| {
            if let Some(clipping) = &hit.clipping {
                gathered.add(clipping, &chosen.value);
            }
            Ok(())
        })?;
        let quotes = |query: Query| -> Result<(u64, Vec<Answer>)> {
            let search = Search { sort: Sort::DateDown, limit: Some(latest), mark: false, ..Search::quotes(query) };
            let found = self.search(&search)?;
            let nothing = Matcher::new(&Query::All, Target::Quotes);
            Ok((found.total, found.hits.iter().filter_map(|hit| Answer::of(hit, Target::Quotes, &nothing, false)).collect()))
        };
        let (quotes_by, latest_by) = quotes(named("speaker"))?;
        let (quotes_about, latest_about) = quotes(named("about"))?;
        let (first, last) = (gathered.first.take(), gathered.last.take());
        let merged = gathered.merged();
        Ok(Card {
            name: chosen.value,
            field: field.name,
            articles: chosen.articles,
            first,
            last,
            forms: gathered.forms(),
            merged,
            roles: gathered.roles(),
            quotes_by,
            quotes_about,
            latest_by,
            latest_about,
            beside: beside.into_iter().take(10).collect(),
            places: most_exact(places),
            sources,
            years,
            others: found,
        })
    }

    /// Persons, or else organizations, whose name holds all words of `name`; most articles first.
    fn bearers(&self, name: &str) -> Result<(&'static Field, Vec<Counted>)> {
        let asked = words::forms(name);
        if asked.is_empty() {
            return Err(Error::new(Kind::Usage, format!("`{name}` holds no word")));
        }
        // `Mayor Okafor`: titles are no part of the names under which people are filed.
        let typed: Vec<&str> = name.split_whitespace().collect();
        let bare = typed.get(n_titles(&typed)..).filter(|bare| bare.len() < typed.len()).map(|bare| bare.join(" "));
        let mut alike = Vec::new();
        for field in ["person", "org"].into_iter().filter_map(field::by_name) {
            let has = asked.iter().map(|word| Query::Is { field, value: ValueMatch::Words(vec![WordForm::Exact(word.clone())]) });
            let facet =
                |query| Search { limit: Some(0), facets: vec![FacetRequest { field, limit: None, by: None }], ..Search::articles(query) };
            let counts = |search: &Search| -> Result<Vec<FacetCount>> {
                Ok(self.search(search)?.facets.into_iter().flat_map(|f| f.counts).collect())
            };
            let holds = |c: &FacetCount| {
                let words = words::forms(&c.value);
                asked.iter().all(|w| words.contains(w))
            };
            let mut found: Vec<Counted> = counts(&facet(Query::And(has.collect())))?.iter().filter(|c| holds(c)).map(plain).collect();
            // Who is called so in full comes before those who have more names besides; a single word is but part of a name.
            let in_full = |c: &Counted| asked.len() > 1 && words::fold(&c.value) == words::fold(name);
            found.sort_by_key(|c| std::cmp::Reverse((in_full(c), c.articles)));
            // `President Trump` is not who is called `President-Elect Trump` once, while `Queen Ann` may well be `Queen Ann II`.
            let is_meant = bare.is_none() || found.iter().any(|c| words::forms(&c.value).starts_with(&asked));
            if !found.is_empty() && is_meant {
                return Ok((field, found));
            }
            alike.extend(counts(&facet(Query::All))?);
        }
        if let Some(bare) = bare {
            return self.bearers(&bare);
        }
        // Who is filed under another name by `names.toml` is meant by the first as well.
        if let Some(filed) = self.filed("person", &asked)?.filter(|filed| words::forms(filed) != asked) {
            return self.bearers(&filed);
        }
        Err(Error::new(Kind::NotFound, format!("nobody in the archive is called `{name}`")).with_hint(closest(name, &alike)))
    }
}

/// The names spelled most like `name`, as a hint.
fn closest(name: &str, all: &[FacetCount]) -> String {
    let asked = words::fold(name);
    let likeness = |value: &str| {
        let folded = words::fold(value);
        let last = folded.rsplit(' ').next().unwrap_or_default();
        strsim::jaro_winkler(&asked, &folded).max(strsim::jaro_winkler(&asked, last))
    };
    let mut close: Vec<(f64, u64, &str)> =
        all.iter().map(|c| (likeness(&c.value), c.count, c.value.as_str())).filter(|(alike, ..)| *alike >= 0.85).collect();
    close.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    // A name may be filed as a person's and as an organization's, and in capitals.
    let mut told = HashSet::new();
    close.retain(|(_, _, value)| told.insert(words::fold(value)));
    match close.is_empty() {
        true => "`morgue facets --by person -n all` lists everybody".to_owned(),
        false => format!("there are {}", close.iter().take(5).map(|c| c.2).collect::<Vec<_>>().join(", ")),
    }
}

fn plain(count: &FacetCount) -> Counted {
    Counted { value: count.value.clone(), articles: count.count }
}

/// Of a place and the places around it that count no more articles, only the place; no continents, which say little.
fn most_exact(mut places: Vec<Counted>) -> Vec<Counted> {
    places.retain(|p| p.value.contains('/'));
    let inside = |outer: &Counted| {
        let path = format!("{}/", outer.value);
        places.iter().any(|p| p.articles >= outer.articles && p.value.starts_with(&path))
    };
    places.iter().filter(|p| !inside(p)).take(10).cloned().collect()
}

/// What is gathered clipping by clipping.
#[derive(Default)]
struct Gathered {
    first: Option<String>,
    last: Option<String>,
    forms: HashMap<String, u64>,
    merged: HashMap<String, u64>,
    roles: BTreeMap<String, Role>,
}

impl Gathered {
    fn add(&mut self, clipping: &Clipping, name: &str) {
        let day = clipping.article.published.as_ref().map(|p| p.chars().take(10).collect::<String>());
        if let Some(day) = &day {
            self.first = Some(self.first.take().map_or_else(|| day.clone(), |first| first.min(day.clone())));
            self.last = Some(self.last.take().map_or_else(|| day.clone(), |last| last.max(day.clone())));
        }
        let found = &clipping.annotations;
        let persons = found.persons.iter().filter(|p| p.name == name).map(|p| (&p.mentions, p.role.as_deref()));
        let bodies = found.organizations.iter().filter(|o| o.name == name).map(|o| (&o.mentions, None));
        let mut roles: Vec<String> = Vec::new();
        let offsets = crate::article::Offsets::of(&clipping.article.body);
        for (mentions, role) in persons.chain(bodies) {
            let mut forms: Vec<&str> = mentions.iter().map(|m: &Span| offsets.slice(&clipping.article.body, *m)).collect();
            forms.sort_unstable();
            forms.dedup();
            for form in forms {
                *self.forms.entry(one_line(form)).or_default() += 1;
            }
            roles.extend(role.map(str::to_owned));
        }
        let at_quotes = found.quotes.iter().filter_map(|q| q.speaker.as_ref()).filter(|s| s.name.as_deref() == Some(name));
        roles.extend(at_quotes.filter_map(|s| s.role.clone()));
        roles.sort();
        roles.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
        for role in roles {
            let known =
                self.roles.entry(role.to_lowercase()).or_insert_with(|| Role { role: role.clone(), articles: 0, first: None, last: None });
            known.articles += 1;
            // It is spelled as where it was given first.
            let is_before = day.is_some() && (known.first.is_none() || day < known.first);
            if is_before || day == known.first && role < known.role {
                known.role = role;
            }
            if let Some(day) = &day {
                known.first = Some(known.first.take().map_or_else(|| day.clone(), |first| first.min(day.clone())));
                known.last = Some(known.last.take().map_or_else(|| day.clone(), |last| last.max(day.clone())));
            }
        }
        if let Some(raw) = &clipping.as_found {
            let kept = |m: &[Span], of: &[Span]| m.iter().all(|span| of.contains(span));
            let mine: Vec<&Vec<Span>> = found.persons.iter().filter(|p| p.name == name).map(|p| &p.mentions).collect();
            for before in raw.persons.iter().filter(|p| p.name != name && mine.iter().any(|m| kept(&p.mentions, m))) {
                *self.merged.entry(before.name.clone()).or_default() += 1;
            }
        }
    }

    fn forms(&mut self) -> Vec<Counted> {
        sorted(std::mem::take(&mut self.forms))
    }

    fn merged(&mut self) -> Vec<Counted> {
        sorted(std::mem::take(&mut self.merged))
    }

    fn roles(self) -> Vec<Role> {
        let mut roles: Vec<Role> = self.roles.into_values().collect();
        roles.sort_by(|a, b| a.first.cmp(&b.first).then(b.articles.cmp(&a.articles)).then(a.role.cmp(&b.role)));
        roles
    }
}

fn sorted(counts: HashMap<String, u64>) -> Vec<Counted> {
    let mut all: Vec<Counted> = counts.into_iter().map(|(value, articles)| Counted { value, articles }).collect();
    all.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value)));
    all
}

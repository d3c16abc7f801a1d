//! Persons and organizations: finding their names, and telling who is who within one article.

mod agreement;
mod extent;
mod features;
mod groups;
mod lexicon;
mod model;
mod people;
mod sight;
mod tagging;
#[cfg(feature = "train")]
pub mod training;

use super::page::{Page, Shape};
use crate::article::{Article, Organization, Person};
use lexicon::Traits;
use people::Named;
use sight::Sight;
use std::ops::Range;
use tagging::{Kind, Tagged};

/// Everyone and every organization named in an article, and what else looked like a name.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Each person or organization once.
    pub entities: Vec<Entity>,
    /// Stretches (bytes) the tagger holds for places: a hint for `places`, not a finding.
    pub place_like: Vec<Range<usize>>,
}

/// A person or an organization, with every mention of it.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Which of the two.
    pub kind: EntityKind,
    /// The fullest name the article gives.
    pub name: String,
    /// Title or function as the article words it.
    pub role: Option<String>,
    /// Which pronoun stands for it, as far as the article or the given name tells.
    pub gender: Gender,
    /// Every mention, in order.
    pub mentions: Vec<Mention>,
}

/// One mention of an entity.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The name's bytes in the body, without titles and possessive.
    pub bytes: Range<usize>,
    /// Title or function right at this mention: `Russia's envoy to international organizations in Vienna`.
    pub role: Option<String>,
}

/// Person or organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organization.
    Organization,
}

/// Which pronoun stands for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
    /// Not known.
    #[default]
    Unknown,
}

/// Finds all persons and organizations of an article.
pub fn find(page: &Page<'_>, article: &Article) -> Names {
    let _ = article;
    let sight = Sight::of(page);
    let names = agreement::settle(&sight, extent::adjust(&sight, tagging::tag(&sight)));
    let bytes = |name: &Tagged| page.tokens[name.tokens.start].start as usize..page.tokens[name.tokens.end - 1].end as usize;
    let of = |kind: Kind| names.iter().filter(move |n| n.kind == kind);
    let persons = of(Kind::Person).map(|name| named(&sight, name, bytes(name))).collect();
    let organizations = of(Kind::Organization).map(|name| (bytes(name), page.slice(name.tokens.clone()).to_owned())).collect();
    let mut entities = people::group(persons);
    entities.extend(groups::group(organizations));
    Names { entities, place_like: of(Kind::Place).map(bytes).collect() }
}

/// A person's mention, taken apart.
fn named(sight: &Sight<'_, '_>, name: &Tagged, bytes: Range<usize>) -> Named {
    let words: Vec<String> =
        name.tokens.clone().filter(|i| sight.page.tokens[*i].shape != Shape::Mark).map(|i| bare_word(sight, i)).collect();
    let before = name.tokens.start.checked_sub(1).map_or(Traits::default(), |i| sight.traits(i));
    let gender = match (before.any(Traits::MISTER), before.any(Traits::MISSUS)) {
        (true, false) => Gender::Male,
        (false, true) => Gender::Female,
        _ => Gender::Unknown,
    };
    let text = sight.page.slice(name.tokens.clone()).to_owned();
    Named { bytes, words, gender, role: None, text }
}

fn bare_word(sight: &Sight<'_, '_>, i: usize) -> String {
    sight::usual_case(sight.text(i), sight.page.tokens[i].shape).trim_end_matches('.').to_owned()
}

impl Names {
    /// The findings as they stand in a record.
    pub fn into_annotations(self, page: &Page<'_>) -> (Vec<Person>, Vec<Organization>) {
        let mut persons = Vec::new();
        let mut organizations = Vec::new();
        for entity in self.entities {
            let mentions = entity.mentions.into_iter().map(|m| page.span(m.bytes)).collect();
            match entity.kind {
                EntityKind::Person => persons.push(Person { name: entity.name, role: entity.role, mentions }),
                EntityKind::Organization => organizations.push(Organization { name: entity.name, mentions }),
            }
        }
        (persons, organizations)
    }
}

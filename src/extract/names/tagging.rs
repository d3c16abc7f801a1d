//! Which stretches of the page are names, and of what kind? The model proposes; what the article shows elsewhere corrects.

use super::features;
use super::lexicon::{Lexicon, Traits, WordMap};
use super::model::{LABELS, Model, Scores, label};
use super::sight::{Shown, Sight};
use crate::extract::page::Shape;
use std::ops::Range;

/// The kind of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A place.
    Place,
    /// Something else: a work, an event, a people.
    Other,
}

/// A stretch of tokens held for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Its tokens, without titles and possessive.
    pub tokens: Range<usize>,
    /// Its kind.
    pub kind: Kind,
}

/// All names of the page, in order, none overlapping.
pub fn tag(sight: &Sight<'_, '_>) -> Vec<Tagged> {
    let model = Model::built_in();
    let mut all = Vec::new();
    let mut rows = Vec::with_capacity(128);
    let mut scores: Vec<Scores> = Vec::new();
    for stretch in &sight.stretches {
        scores.clear();
        for i in stretch.clone() {
            rows.clear();
            features::rows(sight, stretch, i, false, &mut rows);
            let mut s = model.scores(&rows);
            lean(sight, i, &mut s);
            scores.push(s);
        }
        collect(stretch.start, &model.decode(&scores), &mut all);
    }
    all
}

/// What rules add to the scores of a token: facts of news style that the training data are too small to show.
fn lean(sight: &Sight<'_, '_>, i: usize, scores: &mut Scores) {
    let here = sight.traits(i);
    let before = i.checked_sub(1).map_or(Traits::default(), |j| sight.traits(j));
    let mut add = |labels: &[u8], points: i32| {
        for l in labels {
            scores[usize::from(*l)] += points;
        }
    };
    let person = [label::PERSON, label::PERSON + 1];
    let org = [label::ORGANIZATION, label::ORGANIZATION + 1];
    let place = [label::PLACE, label::PLACE + 1];
    if !sight.is_capital(i) {
        return;
    }
    if before.any(Traits::MISTER | Traits::MISSUS | Traits::TITLE) && !here.any(Traits::OFFICE) {
        add(&person, 40);
    }
    if before.any(Traits::OFFICE)
        && sight.is_capital(i - 1)
        && !here.any(Traits::PLACE | Traits::ORG_HEAD | Traits::ORG_HINT | Traits::OFFICE | Traits::DEMONYM)
    {
        add(&person, 16);
    }
    if here.any(Traits::MISTER | Traits::MISSUS | Traits::TITLE) && sight.is_capital(i + 1) {
        add(&[0], 24);
    }
    if sight.tokens[i].shown & (Shown::TITLED | Shown::AGED) != 0 && !here.any(Traits::PLACE | Traits::DEMONYM) {
        add(&person, 12);
    }
    if here.any(Traits::ACRONYM) {
        add(&org, 24);
    }
    if here.any(Traits::ORG) && !here.is_given() {
        add(&org, 16);
    }
    if here.any(Traits::PLACE) && !here.is_given() {
        add(&place, 12);
    }
    if here.any(Traits::DEMONYM | Traits::CALENDAR) {
        add(&person, -32);
    }
}

fn collect(start: usize, labels: &[u8], all: &mut Vec<Tagged>) {
    let mut n = 0;
    while n < labels.len() {
        let l = labels[n];
        if l == 0 {
            n += 1;
            continue;
        }
        let kind = match l {
            label::PERSON | 2 => Kind::Person,
            label::ORGANIZATION | 4 => Kind::Organization,
            label::PLACE | 6 => Kind::Place,
            _ => Kind::Other,
        };
        let end = (n + 1..labels.len()).find(|m| labels[*m] % 2 == 1 || labels[*m] == 0).unwrap_or(labels.len());
        all.push(Tagged { tokens: start + n..start + end, kind });
        n = end;
    }
    debug_assert!(labels.iter().all(|l| usize::from(*l) < LABELS));
}

/// Makes the names of the page agree with each other and gives every name its proper extent.
pub fn settle(sight: &Sight<'_, '_>, mut names: Vec<Tagged>) -> Vec<Tagged> {
    names = names.into_iter().filter_map(|name| trim(sight, name)).collect();
    agree(sight, &mut names);
    spread(sight, &mut names);
    names
}

/// Strips titles, articles, possessives and quotation marks at the edges.
fn trim(sight: &Sight<'_, '_>, mut name: Tagged) -> Option<Tagged> {
    let titles = Traits::MISTER | Traits::MISSUS | Traits::TITLE;
    while !name.tokens.is_empty() {
        let (first, last) = (name.tokens.start, name.tokens.end - 1);
        let (traits, word) = (sight.traits(first), sight.text(first));
        let alone = name.tokens.len() == 1;
        let is_title = name.kind == Kind::Person
            && !alone
            && (traits.any(titles) || (traits.any(Traits::OFFICE | Traits::DEMONYM) && !traits.is_given()));
        if !sight.is_capital(first) && sight.page.tokens[first].shape != Shape::Lower
            || is_title
            || matches!(word, "The" | "the" | "A" | "An" | "'s" | "’s")
        {
            name.tokens.start += 1;
        } else if !sight.is_capital(last) && sight.page.tokens[last].shape != Shape::Number {
            name.tokens.end -= 1;
        } else {
            break;
        }
    }
    let has_capital = name.tokens.clone().any(|i| sight.is_capital(i));
    (has_capital && !name.tokens.is_empty()).then_some(name)
}

/// The same words are the same kind of name all through the article, by the majority of their places.
fn agree(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let mut votes: WordMap<&str, [u32; 4]> = WordMap::default();
    for name in names.iter() {
        let weight = if name.tokens.clone().any(|i| sight.tokens[i].headline) { 1 } else { 2 };
        votes.entry(sight.page.slice(name.tokens.clone())).or_default()[name.kind as usize] += weight;
    }
    // A word that is the last or first of a full name votes for a person.
    let mut parts: WordMap<&str, u32> = WordMap::default();
    for name in names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        *parts.entry(sight.text(name.tokens.end - 1)).or_default() += 4;
    }
    for name in names.iter_mut() {
        let text = sight.page.slice(name.tokens.clone());
        let Some(count) = votes.get(text) else { continue };
        let mut count = *count;
        if name.tokens.len() == 1 && !sight.traits(name.tokens.start).any(Traits::PLACE | Traits::ACRONYM) {
            count[0] += parts.get(text).copied().unwrap_or(0);
        }
        let best =
            [Kind::Person, Kind::Organization, Kind::Place, Kind::Other].into_iter().max_by_key(|k| (count[*k as usize], *k == name.kind));
        name.kind = best.unwrap_or(name.kind);
    }
    names.retain(|n| !n.tokens.is_empty());
}

/// Finds the words of persons' names where the model saw nothing.
fn spread(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let mut known: WordMap<&str, Kind> = WordMap::default();
    for name in names.iter() {
        match name.kind {
            Kind::Person => {
                for i in [name.tokens.end - 1, name.tokens.start] {
                    let traits = sight.traits(i);
                    let sure = sight.tokens[i].shown & Shown::LOWER == 0
                        && !traits.any(Traits::PLACE | Traits::COMMON | Traits::CALENDAR | Traits::DEMONYM);
                    if sure && sight.text(i).len() > 2 {
                        known.insert(sight.text(i), Kind::Person);
                    }
                }
            }
            Kind::Organization if name.tokens.len() == 1 && sight.page.tokens[name.tokens.start].shape == Shape::Upper => {
                known.entry(sight.text(name.tokens.start)).or_insert(Kind::Organization);
            }
            _ => {}
        }
    }
    let mut taken = vec![false; sight.tokens.len()];
    for name in names.iter() {
        taken[name.tokens.clone()].fill(true);
    }
    let found: Vec<Tagged> = (0..sight.tokens.len())
        .filter(|i| sight.is_capital(*i) && !taken[*i])
        .filter_map(|i| known.get(sight.text(i)).map(|kind| Tagged { tokens: i..i + 1, kind: *kind }))
        .collect();
    names.extend(found);
    names.sort_by_key(|n| n.tokens.start);
    let _ = Lexicon::get();
}

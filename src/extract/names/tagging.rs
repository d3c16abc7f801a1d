//! Which stretches of the page are names, and of what kind? The model proposes, with what rules of news style add to its scores.
//! [`super::extent`] and [`super::agreement`] correct it afterwards.

use super::features;
use super::lexicon::Traits;
use super::model::{LABELS, Model, Scores, label};
use super::sight::{Shown, Sight};
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
    let plain = |t: Traits| {
        !t.any(
            Traits::PLACE
                | Traits::ORG
                | Traits::ORG_HEAD
                | Traits::ORG_FORM
                | Traits::PLACE_TAIL
                | Traits::ACRONYM
                | Traits::CALENDAR
                | Traits::DEMONYM
                | Traits::OFFICE
                | Traits::COMMON,
        )
    };
    let surname = |t: Traits| t.any(Traits::FAMILY) || plain(t);
    let mut next = i + 1;
    while sight.is_initial(next) {
        next += 1;
    }
    let mut previous = i.wrapping_sub(1);
    while previous < i && sight.is_initial(previous) {
        previous = previous.wrapping_sub(1);
    }
    let strong = |t: Traits| t.is_given() && !t.any(Traits::WEAK_GIVEN);
    let opens_name = |t: Traits, s: Traits| (strong(t) && surname(s)) || (t.is_given() && s.any(Traits::FAMILY));
    if sight.is_capital(next) && opens_name(here, sight.traits(next)) {
        add(&person, 24);
    }
    if previous < i && sight.is_capital(previous) && opens_name(sight.traits(previous), here) {
        add(&[label::PERSON + 1], 28);
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

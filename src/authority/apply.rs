//! What the authority file makes of one clipping, and which names a change of the file touches.

use super::{Authority, NameKind, Ruling};
use crate::article::{Annotations, Clipping, Organization, Person, Place, Quote, SpeakerClass};
use crate::words::fold;
use std::collections::BTreeSet;

impl Authority {
    /// What is done with `name` in `clipping` (as it was found; splits ask it).
    pub fn ruling(&self, kind: NameKind, name: &str, clipping: &Clipping) -> Ruling<'_> {
        if self.is_empty() {
            return Ruling::Keep;
        }
        let folded = fold(name);
        let split = self.splits.iter().find(|s| s.kind == kind && s.of == folded && s.matcher.article(clipping).is_some());
        if let Some(split) = split {
            return Ruling::As(&split.name.name, split.name.line);
        }
        match self.rules.get(&(kind, folded.into_owned())) {
            None => Ruling::Keep,
            Some((None, line)) => Ruling::Hide(*line),
            Some((Some(to), _)) if to == name => Ruling::Keep,
            Some((Some(to), line)) => Ruling::As(to, *line),
        }
    }

    /// The annotations of `clipping` with every name as the file has it. `clipping.annotations` are taken as they were found.
    pub fn settled(&self, clipping: &Clipping) -> Annotations {
        let found = &clipping.annotations;
        let rule = |kind, name: &str| self.ruling(kind, name, clipping);
        Annotations {
            persons: gathered(&found.persons, |p| rule(NameKind::Person, &p.name)),
            organizations: gathered(&found.organizations, |o| rule(NameKind::Organization, &o.name)),
            places: gathered(&found.places, |p| rule(NameKind::Place, &p.name)),
            quotes: found.quotes.iter().map(|quote| said(quote, &rule)).collect(),
        }
    }

    /// Files the names of `clipping` as this file has them, from what was found at first; what was found is kept where the two
    /// differ.
    pub fn apply(&self, clipping: &mut Clipping) {
        if let Some(found) = clipping.as_found.take() {
            clipping.annotations = *found;
        }
        if self.is_empty() {
            return;
        }
        let settled = self.settled(clipping);
        if settled != clipping.annotations {
            clipping.as_found = Some(Box::new(std::mem::replace(&mut clipping.annotations, settled)));
        }
    }

    /// The names by which articles can be found that the change from `self` to `new` touches; `None` when any article may be:
    /// a name that was hidden can be found by nothing.
    pub fn touched(&self, new: &Authority) -> Option<BTreeSet<(NameKind, String)>> {
        let mut touched = BTreeSet::new();
        for key in self.rules.keys().chain(new.rules.keys()) {
            let (old, new) = (self.rules.get(key).map(|r| &r.0), new.rules.get(key).map(|r| &r.0));
            if old == new {
                continue;
            }
            touched.insert(match old {
                Some(None) => return None,
                Some(Some(filed)) => (key.0, filed.clone()),
                None => key.clone(),
            });
            // A place is found by its path, which keeps the name it was found under.
            if key.0 == NameKind::Place {
                touched.insert(key.clone());
            }
        }
        let splits =
            |of: &Authority| of.splits.iter().map(|s| (s.kind, s.of.clone(), s.name.name.clone(), s.when.clone())).collect::<Vec<_>>();
        let (old, new) = (splits(self), splits(new));
        if old != new {
            for (kind, of, name, _) in old.into_iter().chain(new) {
                touched.extend([(kind, of), (kind, name)]);
            }
        }
        Some(touched)
    }
}

/// A named thing with its mentions.
trait Named: Clone {
    fn name(&self) -> &str;
    fn rename(&mut self, name: &str);
    /// Takes what another form of the same name was found with.
    fn join(&mut self, other: Self);
}

impl Named for Person {
    fn name(&self) -> &str {
        &self.name
    }

    fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    fn join(&mut self, other: Person) {
        self.role = self.role.take().or(other.role);
        self.mentions.extend(other.mentions);
        self.mentions.sort_by_key(|m| (m.start, m.end));
    }
}

impl Named for Organization {
    fn name(&self) -> &str {
        &self.name
    }

    fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    fn join(&mut self, other: Organization) {
        self.mentions.extend(other.mentions);
        self.mentions.sort_by_key(|m| (m.start, m.end));
    }
}

impl Named for Place {
    fn name(&self) -> &str {
        &self.name
    }

    fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    fn join(&mut self, other: Place) {
        self.mentions.extend(other.mentions);
        self.mentions.sort_by_key(|m| (m.start, m.end));
    }
}

fn gathered<'r, N: Named>(found: &[N], rule: impl Fn(&N) -> Ruling<'r>) -> Vec<N> {
    let mut filed: Vec<N> = Vec::with_capacity(found.len());
    for one in found {
        let mut one_filed = one.clone();
        match rule(one) {
            Ruling::Hide(_) => continue,
            Ruling::As(name, _) => one_filed.rename(name),
            Ruling::Keep => {}
        }
        match filed.iter_mut().find(|f| f.name() == one_filed.name()) {
            Some(same) => same.join(one_filed),
            None => filed.push(one_filed),
        }
    }
    filed
}

fn said<'r>(quote: &Quote, rule: &impl Fn(NameKind, &str) -> Ruling<'r>) -> Quote {
    let mut quote = quote.clone();
    if let Some(speaker) = &mut quote.speaker {
        let kind = match speaker.class {
            SpeakerClass::Person => Some(NameKind::Person),
            SpeakerClass::Organization => Some(NameKind::Organization),
            SpeakerClass::Anonymous | SpeakerClass::Unresolved => None,
        };
        if let (Some(kind), Some(name)) = (kind, &speaker.name) {
            match rule(kind, name) {
                Ruling::Keep => {}
                Ruling::As(to, _) => speaker.name = Some(to.to_owned()),
                Ruling::Hide(_) => {
                    speaker.name = None;
                    speaker.class = SpeakerClass::Unresolved;
                }
            }
        }
    }
    quote
}

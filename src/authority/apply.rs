//! What the authority file makes of one clipping, and which names a change of the file touches.

use super::{Authority, NameKind, Ruling};
use crate::article::{Annotations, Clipping, Organization, Person, Place, Quote, Speaker, SpeakerClass};
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
        let mut places = gathered(&found.places, |p| rule(NameKind::Place, &p.name));
        // A place is found by its path: what it lies in is called as the file says, too.
        for path in places.iter_mut().filter_map(|place| place.path.as_mut()) {
            let filed = |step| match rule(NameKind::Place, step) {
                Ruling::As(name, _) => name,
                Ruling::Keep | Ruling::Hide(_) => step,
            };
            *path = path.split('/').map(filed).collect::<Vec<&str>>().join("/");
        }
        Annotations {
            persons: gathered(&found.persons, |p| rule(NameKind::Person, &p.name)),
            organizations: gathered(&found.organizations, |o| rule(NameKind::Organization, &o.name)),
            places,
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
            // An article that was annotated by an earlier version has the path of a place under the name it was found with.
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
    /// Whether both are one, where nothing is ruled on their name.
    fn is(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
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

    /// New York lies in New York.
    fn is(&self, other: &Place) -> bool {
        self.name == other.name && self.path == other.path
    }

    fn join(&mut self, other: Place) {
        if self.path.is_none() {
            (self.path, self.geonames, self.lat, self.lon) = (other.path, other.geonames, other.lat, other.lon);
        }
        self.mentions.extend(other.mentions);
        self.mentions.sort_by_key(|m| (m.start, m.end));
    }
}

fn gathered<'r, N: Named>(found: &[N], rule: impl Fn(&N) -> Ruling<'r>) -> Vec<N> {
    let mut filed: Vec<N> = Vec::with_capacity(found.len());
    let rulings: Vec<Ruling<'r>> = found.iter().map(rule).collect();
    let is_ruled = |name: &str| rulings.iter().any(|ruling| matches!(ruling, Ruling::As(to, _) if *to == name));
    for (one, ruling) in found.iter().zip(&rulings) {
        let mut one_filed = one.clone();
        match ruling {
            Ruling::Hide(_) => continue,
            Ruling::As(name, _) => one_filed.rename(name),
            Ruling::Keep => {}
        }
        let is_merged = is_ruled(one_filed.name());
        match filed.iter_mut().find(|f| f.is(&one_filed) || is_merged && f.name() == one_filed.name()) {
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
        if let Some(kind) = kind {
            file(speaker, |name| match rule(kind, name) {
                Ruling::Keep => Some(name.to_owned()),
                Ruling::As(to, _) => Some(to.to_owned()),
                Ruling::Hide(_) => None,
            });
        }
    }
    quote
}

/// Who speaks, each under the name that `filed` gives, once. Where the first is nobody the next one speaks; where all are, nobody does.
fn file(speaker: &mut Speaker, filed: impl Fn(&str) -> Option<String>) {
    let Some(name) = &speaker.name else { return };
    let first = filed(name);
    if first.is_none() {
        speaker.role = None;
    }
    let mut all: Vec<String> = Vec::with_capacity(1 + speaker.with.len());
    for name in first.into_iter().chain(speaker.with.iter().filter_map(|name| filed(name))) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    let mut all = all.into_iter();
    speaker.name = all.next();
    speaker.with = all.collect();
    if speaker.name.is_none() {
        speaker.class = SpeakerClass::Unresolved;
    }
}

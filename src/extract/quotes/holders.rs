//! Who is meant by a function or a noun: `the senator`, `the commission`, `a neighbor`. Remembers what functions the article
//! gives to whom, which organization a word stands for, and persons without a name, who stand behind pronouns as well.

use super::closed::{
    Word, is_auxiliary, is_body, is_determiner, is_joint, is_paper, is_person_noun, is_possessive, is_preposition, means_one_named,
    names_person, noun_is_female,
};
use super::coreference::{Guess, Trace, Traces};
use super::outline::{Outline, Unit};
use crate::extract::names::{Entity, EntityKind, Gender, WordMap, capitalised, hash, is_for_people};
use crate::extract::page::{Shape, hash_small};
use std::borrow::Cow;
use std::ops::Range;

#[cfg(test)]
mod tests;

/// Somebody no entity covers.
#[derive(Clone, Debug)]
pub(super) struct Stranger {
    /// The name the tagger missed, or the noun for somebody without one.
    called: String,
    /// Whether `called` is a name.
    named: bool,
}

impl Traces {
    /// Remembers what functions the article gives `entity` at the mention that begins at item `i`.
    pub fn hold(&mut self, o: &Outline<'_>, entity: usize, i: usize) {
        let e = &o.names.entities[entity];
        if e.kind != EntityKind::Person {
            self.called.extend(self.goes_by[entity].iter().map(|word| (*word, entity)));
            return;
        }
        for function in &self.goes_by[entity] {
            file(&mut self.holders, *function, entity);
        }
        let at = o.start(i);
        let here = e.mentions.binary_search_by_key(&at, |m| m.bytes.start).ok().and_then(|n| e.mentions[n].role.as_deref());
        for function in here.into_iter().flat_map(functions) {
            file(&mut self.holders, function, entity);
        }
    }

    /// Remembers that `entity` serves as `noun`, if it has a name, and that is a function and nobody else is known to hold it.
    pub fn hold_as(&mut self, o: &Outline<'_>, entity: usize, noun: &str) {
        let named = entity < o.names.entities.len();
        if named && is_person_noun(&Word::of(noun)) && self.kind(o, entity) == EntityKind::Person {
            self.holders.entry(hash(noun)).or_insert_with(|| vec![entity]);
        }
    }

    /// Who of late holds the function `noun`; `modifiers` (in small letters) decide between several.
    pub fn holder(&self, o: &Outline<'_>, noun: &str, modifiers: &[&str]) -> Option<Guess> {
        let list = self.holders.get(&hash(noun))?;
        let fits = |e: usize| {
            let role = o.names.entities[e].role.as_deref().unwrap_or("").to_lowercase();
            let plain = modifiers.is_empty() && role.trim_start_matches("u.s. ").trim_start_matches("us ") == noun;
            modifiers.iter().filter(|m| role.contains(**m)).count() + usize::from(plain)
        };
        // `the vice president` is not the president, nor the other way round.
        let lower = modifiers.iter().find(|m| matches!(**m, "vice" | "deputy" | "assistant"));
        let level = |e: &usize| {
            let role = o.names.entities[*e].role.as_deref().unwrap_or("").to_lowercase();
            match lower {
                Some(word) => role.contains(*word),
                None => !["vice", "deputy"].iter().any(|word| role.contains(&format!("{word} {noun}"))),
            }
        };
        let later = |a: &usize, b: &usize| fits(*a).cmp(&fits(*b)).then_with(|| self.last_unit(*a).cmp(&self.last_unit(*b)));
        let best = list.iter().rev().copied().filter(level).max_by(later)?;
        // `The American leader` is not the North Korean one.
        let people = |word: &str| word.starts_with(char::is_uppercase) && is_for_people(word);
        let role = o.names.entities[best].role.as_deref().unwrap_or("");
        let other = |m: &&str| is_for_people(&capitalised(m)) && !role.to_lowercase().contains(*m);
        if modifiers.iter().any(other) && role.split(' ').any(people) {
            return None;
        }
        let sure = if list.len() == 1 || fits(best) > 0 { 0.8 } else { 0.6 };
        Some(Guess { entity: best, sure })
    }

    /// Whether somebody without a name spoke and was called `noun` later than `holder` was named: `one surrogate said` … `the surrogate said`.
    pub fn called_later(&self, o: &Outline<'_>, noun: &str, holder: usize) -> bool {
        let known = self.strangers.iter().rposition(|s| !s.named && s.called == noun);
        known.map(|n| o.names.entities.len() + n).is_some_and(|e| self.has_spoken(e) && self.last_unit(e) > self.last_unit(holder))
    }

    /// Whether `entity` has not been named in the last four sentences.
    pub fn is_far(&self, entity: usize) -> bool {
        self.last_unit(entity) + 4 <= self.unit
    }

    pub(super) fn last_unit(&self, entity: usize) -> usize {
        self.recent.iter().rev().find(|t| t.entity == entity).map_or(0, |t| t.unit + 1)
    }

    /// The organization named last of those that are `wanted`.
    pub fn last_organization(&self, o: &Outline<'_>, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let named = |t: &&Trace| t.entity < o.names.entities.len() && self.kind(o, t.entity) == EntityKind::Organization;
        self.recent.iter().rev().filter(named).map(|t| t.entity).find(|e| wanted(*e))
    }

    /// The organization last named that has `noun` in its name: `the commission`.
    pub fn organization_called(&self, noun: &str) -> Option<usize> {
        self.called.get(&hash(noun)).copied()
    }

    /// The organization whose paper (`a Times article`) was named last: for `the article`.
    pub fn publisher(&self, noun: &str) -> Option<usize> {
        self.papers.get(noun).copied()
    }

    /// Remembers that the organization named before item `i` has a paper called by the word there: `the Times article`.
    pub fn note_paper(&mut self, o: &Outline<'_>, unit_end: usize, i: usize, entity: usize) {
        let noun = i + usize::from(i < unit_end && o.is_possessive(i));
        if noun < unit_end && is_paper(&o.low(noun)) {
            self.papers.insert(o.low(noun).to_string(), entity);
        }
    }

    /// Remembers that the person whose name begins at item `i` is introduced as somebody's relative: `her brother, Paul Ito`.
    pub fn note_kin(&mut self, o: &Outline<'_>, low: usize, i: usize, entity: usize) {
        let comma = i > low && o.text(i - 1) == ",";
        let Some(noun) = i.checked_sub(1 + usize::from(comma)).filter(|k| *k > low) else { return };
        let owned = || (low.max(noun.saturating_sub(3))..noun).any(|k| is_possessive(&o.low(k)) || o.is_possessive(k));
        if o.shape(noun) == Shape::Lower && is_person_noun(&o.low(noun)) && owned() {
            self.kin.insert(o.low(noun).to_string(), entity);
        }
    }

    /// Who was introduced as a relative by `noun`.
    pub fn relative(&self, noun: &str) -> Option<Guess> {
        self.kin.get(noun).map(|entity| Guess { entity: *entity, sure: 0.75 })
    }

    /// The number of the person called `name`, whom no entity covers.
    pub fn stranger(&mut self, o: &Outline<'_>, name: &str) -> usize {
        let same = |s: &Stranger| s.named && (s.called == name || s.called.strip_suffix(name).is_some_and(|rest| rest.ends_with(' ')));
        self.somebody(o, same, || Stranger { called: name.to_owned(), named: true }, Gender::Unknown)
    }

    /// The number of the person without a name for whom `noun` stands: a new one for `a neighbor`, the last one so called for
    /// `the neighbor` and `her husband`.
    pub fn nameless(&mut self, o: &Outline<'_>, noun: &str, new: bool) -> usize {
        let gender = match noun_is_female(&Word::of(noun)) {
            Some(true) => Gender::Female,
            Some(false) => Gender::Male,
            None => Gender::Unknown,
        };
        self.somebody(o, |s| !new && !s.named && s.called == noun, || Stranger { called: noun.to_owned(), named: false }, gender)
    }

    fn somebody(&mut self, o: &Outline<'_>, same: impl Fn(&Stranger) -> bool, new: impl Fn() -> Stranger, gender: Gender) -> usize {
        let known = self.strangers.iter().rev().take(20).position(same);
        let n = known.map_or(self.strangers.len(), |back| self.strangers.len() - 1 - back);
        if n == self.strangers.len() {
            self.strangers.push(new());
            self.gender.push(gender);
        }
        o.names.entities.len() + n
    }

    /// The name of a person no entity covers; `None` for one without a name.
    pub fn stranger_name(&self, o: &Outline<'_>, entity: usize) -> Option<&str> {
        let stranger = self.strangers.get(entity.checked_sub(o.names.entities.len())?)?;
        stranger.named.then_some(stranger.called.as_str())
    }

    /// Who is meant by the noun at item `i`, for pronouns that follow: whoever holds the function, or somebody without a name.
    /// The words from the determiner on, and the person.
    pub fn meant_by_noun(&mut self, o: &Outline<'_>, unit: &Unit, i: usize) -> Option<(Range<usize>, usize)> {
        let noun = o.low(i);
        let end = i + 1;
        let follows = end < unit.items.end
            && (o.mention(end).is_some()
                || o.shape(end).is_capital()
                || o.text(end) == "-"
                || is_person_noun(&o.low(end))
                || is_body(&o.low(end))
                || o.text(end) == "," && end + 1 < unit.items.end && o.person(end + 1).is_some());
        if follows {
            return None;
        }
        let word = |k: &usize| o.mention(*k).is_none() && !is_preposition(&o.low(*k)) && !is_auxiliary(&o.low(*k)) && !is_joint(&o.low(*k));
        let near = (unit.items.start..i).rev().take(5).take_while(|k| o.is_possessive(*k) || word(k));
        let opens = |k: &usize| is_determiner(&o.low(*k)) || o.is_possessive(*k);
        let start = near.into_iter().find(opens)?;
        let first = o.low(start);
        // `No sailor has done that`: nobody is meant.
        if matches!(&*first, "no" | "any" | "every" | "each" | "neither") {
            return None;
        }
        if matches!(&*first, "the" | "this" | "that") {
            let modifiers: Vec<Cow<'_, str>> = (start + 1..i).map(|k| o.lowered(k)).filter(|w| w.len() > 2).collect();
            let modifiers: Vec<&str> = modifiers.iter().map(|w| &**w).collect();
            let holder = self.holder(o, &noun, &modifiers).filter(|guess| !self.called_later(o, &noun, guess.entity));
            if let Some(guess) = holder {
                return Some((start..end, guess.entity));
            }
            // `the woman`: somebody of whom the article has spoken; `the businessman` goes by another name.
            noun_is_female(&noun).filter(|_| !means_one_named(&noun))?;
        }
        let new = matches!(&*first, "a" | "an" | "another" | "one");
        if let Some(known) = self.relative(&noun).filter(|_| is_possessive(&first) || o.is_possessive(start)) {
            return Some((start..end, known.entity));
        }
        Some((start..end, self.nameless(o, &noun, new)))
    }
}

/// The hashes of what an entity goes by.
pub(super) fn goes_by(entity: &Entity) -> Vec<u64> {
    match entity.kind {
        EntityKind::Person => entity.role.as_deref().into_iter().flat_map(functions).collect(),
        EntityKind::Organization => entity.name.split_whitespace().filter(|w| w.len() > 3).map(hash_small).collect(),
    }
}

/// The hashes of the functions in a role.
fn functions(role: &str) -> impl Iterator<Item = u64> {
    let words = role.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '.');
    let words = words.filter(|w| w.len() > 2 || matches!(*w, "PM" | "CM")).map(spelled_out);
    words.filter(|word| names_person(*word))
}

/// Files `entity` as the latest holder of a function.
fn file(holders: &mut WordMap<u64, Vec<usize>>, function: u64, entity: usize) {
    let list = holders.entry(function).or_default();
    list.retain(|h| *h != entity);
    list.push(entity);
    if list.len() > 6 {
        list.remove(0);
    }
}

/// The hash of a function in small letters, in full where papers abbreviate it.
fn spelled_out(word: &str) -> u64 {
    match word {
        "Sen." | "Sen" | "Sens." => hash("senator"),
        "Gov." | "Gov" => hash("governor"),
        "Rep." | "Rep" => hash("representative"),
        "Gen." => hash("general"),
        "PM" | "CM" => hash("minister"),
        _ => hash_small(word),
    }
}

//! What marks do mentions leave? Names, nouns and pronouns outside quotes are noted as they are read, each with a weight, and
//! pronouns are answered on the way.

use super::closed::{Word, is_adverb, is_auxiliary, is_body, is_paper, is_person_noun, is_preposition};
use super::coreference::{FARTHEST, Guess, MEMORY, Traces, fits};
use super::cue::Trust;
use super::outline::{Outline, Unit};
use crate::extract::names::{EntityKind, Gender, Mention, is_forum_name};
use crate::extract::page::Shape;
use std::ops::Range;

/// What a subject without a name weighs: less than a named one, for stories are told of people with names.
const NAMELESS: f32 = 0.8;

/// What somebody weighs who is asked something: more than who asks.
const ASKED: f32 = 1.3;

impl Traces {
    /// Notes a mention outside quotes.
    pub(super) fn named(&mut self, o: &Outline<'_>, unit: &Unit, range: Range<usize>, entity: usize) {
        let one = &o.names.entities[entity];
        let first = one.mentions.first().is_some_and(|m| m.bytes.start == o.start(range.start));
        let new = if first && one.name.contains(' ') { 0.15 } else { 0.0 };
        let mut weight = weight(o, unit, range.start, range.end);
        if (0.99..ASKED).contains(&weight) {
            // The first subject of a sentence is its topic; those of its clauses are not.
            weight = if self.topic.is_some() { 0.75 } else { weight };
            self.topic = self.topic.or(Some(entity));
        }
        // `she wrote on Twitter`: where, and nobody who would be `the company` from then on.
        let on = range.start > unit.items.start && matches!(&*o.low(range.start - 1), "on" | "via");
        if on && one.kind == EntityKind::Organization && is_forum_name(&one.name) {
            return;
        }
        self.note(entity, weight + new);
        self.hold(o, entity, range.start);
        self.note_kin(o, unit.items.start, range.start, entity);
        self.note_paper(o, unit.items.end, range.end, entity);
    }

    /// Notes a noun for a person that stands for somebody: `the senator`, `her husband`.
    pub(super) fn noun(&mut self, o: &Outline<'_>, unit: &Unit, item: usize) {
        let Some((range, entity)) = self.meant_by_noun(o, unit, item) else { return };
        // `Ana Ito, a teacher from Oslo,`: who that is has been said.
        let comma = range.start.checked_sub(1).filter(|k| *k > unit.items.start && o.text(*k) == ",");
        if comma.is_some_and(|k| entity >= o.names.entities.len() && o.person(k - 1).is_some_and(|(name, _)| name.end == k)) {
            return;
        }
        let weight = weight(o, unit, range.start, range.end);
        let named = entity < o.names.entities.len();
        let opens = |i: usize| matches!(o.text(i), ",") || super::closed::is_joint(&o.low(i)) || o.is_quote(i) || o.adverb(i);
        let subject = weight >= 0.9 && (range.start == unit.items.start || opens(range.start - 1));
        if subject {
            self.topic = self.topic.or(Some(entity));
            self.note(entity, if named { weight } else { NAMELESS });
        } else if named {
            self.note(entity, weight);
        } else if matches!(&*o.low(range.start), "a" | "an")
            && range.start > unit.items.start
            && !is_auxiliary(&o.low(range.start - 1))
            && &*o.low(range.start - 1) != "as"
        {
            self.note(entity, 0.42);
        }
    }

    /// `He praised Ito`, `“…,” she said of Ito`: who is named behind a subject in its clause is somebody else.
    pub(super) fn bar(&mut self, o: &Outline<'_>, unit: &Unit, item: usize) {
        let subject = matches!(&*o.low(item), "he" | "she");
        if subject && item > unit.items.start && closes_report(o, unit, item) {
            self.bar_reported(o, unit.items.start, item);
        }
        let opens = item == unit.items.start || o.is_quote(item - 1) || matches!(&*o.low(item - 1), "but" | "and" | "then");
        if !subject || !opens {
            return;
        }
        let dash = |k: usize| matches!(o.text(k), "," | ";" | ":" | "--" | "–" | "—");
        let aside = |k: usize| matches!(&*o.low(k), "if" | "when" | "because" | "while" | "as" | "after" | "before" | "until" | "although");
        let clause = (item + 1..unit.items.end).take_while(|k| !o.is_quote(*k) && !dash(*k) && !aside(*k));
        let named = clause.filter_map(|k| o.person(k)).filter(|(range, _)| range.end >= unit.items.end || !o.is_possessive(range.end));
        self.barred.extend(named.map(|(_, entity)| entity));
    }

    /// `Ito ran the pier alone, he said`, `“Ito ran the pier,” he said`: whoever is named in the words, where somebody else spoke last. Of
    /// oneself one may say so (`Ito has no boat, he said`).
    fn bar_reported(&mut self, o: &Outline<'_>, low: usize, item: usize) {
        let dash = |k: &usize| matches!(o.text(*k), "--" | "–" | "—");
        let clause = (o.clause_start(low, item)..item).rev().find(dash).map_or(o.clause_start(low, item), |k| k + 1);
        let quoted = o.is_quote(item - 1);
        let first = o.items[if quoted { item - 1 } else { clause }].token as usize;
        let end = o.items[item].token as usize;
        let from = o.mentions.partition_point(|(range, _)| range.start < first);
        // `Ito's boat`, `the Ito campaign`
        let plain = |token: usize| {
            let (text, shape) = (o.page.text(token), o.page.tokens[token].shape);
            !matches!(text, "'s" | "’s" | "'" | "’") && (shape != Shape::Lower || !(is_body(&Word::of(text)) || is_paper(&Word::of(text))))
        };
        for (range, entity) in o.mentions[from..].iter().take_while(|(range, _)| range.start < end) {
            if self.speaker.is_some_and(|last| last != *entity) && self.kind(o, *entity) == EntityKind::Person && plain(range.end) {
                self.barred.push(*entity);
            }
        }
    }

    /// Answers a pronoun outside quotes and notes the answer.
    pub(super) fn pronoun(&mut self, o: &Outline<'_>, item: usize, gender: Gender) {
        let mut guess = self.resolve(o, gender);
        if guess.is_none() && !self.barred.is_empty() {
            self.barred.clear();
            guess = self.resolve(o, gender);
        }
        let subject = matches!(&*o.low(item), "he" | "she");
        if guess.is_none() && self.nobody_fits(o, gender) {
            // `Ito demanded he go`, `Ito told the reporter she was late`: somebody else.
            let before = if item > 0 { o.low(item - 1) } else { Word::default() };
            let other = before.ends_with("ing") || before.verb().is_some_and(|v| !v.bare) || is_person_noun(&before);
            match self.topic.filter(|t| self.kind(o, *t) == EntityKind::Person) {
                // `Ito said her boat was gone`: nobody else can be meant, so what was held for Ito's gender was wrong.
                Some(topic) if !other && !self.is_told(o, topic) => {
                    self.gender[topic] = gender;
                    guess = Some(Guess { entity: topic, sure: 0.5 });
                }
                // A guess that leaves no trace: the next pronoun has no more to go by.
                None if subject => {
                    let says = item + 1 < o.items.len() && o.low(item + 1).verb().is_some_and(|v| v.trust == Trust::Strong);
                    let spoke = self.misjudged(o, gender).filter(|_| says);
                    let guess = spoke.or_else(|| self.only_one(o, item, gender));
                    self.far = guess.map(|g| g.entity);
                    self.pronouns.push((item, guess));
                    return;
                }
                _ => {}
            }
        }
        if let Some(g) = guess {
            let weight = match (subject, self.topic) {
                (true, None) => 1.0,
                (true, Some(_)) => 0.75,
                (false, _) => 0.45,
            };
            if subject {
                self.topic = self.topic.or(Some(g.entity));
            }
            self.note(g.entity, weight * (0.6 + 0.4 * g.sure));
        }
        self.pronouns.push((item, guess));
    }

    /// Who has just spoken by a full name, of whose gender nothing but the given name tells: `she`, where no woman was named.
    fn misjudged(&self, o: &Outline<'_>, gender: Gender) -> Option<Guess> {
        let entity = self.speaker.filter(|e| o.names.entities.get(*e).is_some_and(|one| one.kind == EntityKind::Person))?;
        // Nobody else has been named since.
        let last = self.recent.iter().rev().find(|t| self.kind(o, t.entity) == EntityKind::Person)?;
        let near = last.entity == entity && self.paragraph - last.paragraph <= 2 && self.unit - last.unit <= 4;
        let told = self.is_told(o, entity);
        (near && !told && gender != self.gender[entity]).then_some(Guess { entity, sure: 0.5 })
    }

    /// Whether a form of address, or a pronoun that fitted, tells the gender of `entity`.
    fn is_told(&self, o: &Outline<'_>, entity: usize) -> bool {
        let addressed = |m: &Mention| {
            let before = o.page.body[..m.bytes.start].trim_end_matches(['.', ' ']);
            ["Mr", "Mrs", "Ms", "Sir", "Lady"].iter().any(|form| before.ends_with(form))
        };
        self.shown.contains(&entity) || o.names.entities.get(entity).is_some_and(|one| one.mentions.iter().any(addressed))
    }

    /// The only one of this gender whom the article has named so far, however long ago.
    fn only_one(&self, o: &Outline<'_>, item: usize, gender: Gender) -> Option<Guess> {
        let before = o.start(item);
        let named = |e: &usize| {
            let one = &o.names.entities[*e];
            one.kind == EntityKind::Person && self.gender[*e] == gender && one.mentions.first().is_some_and(|m| m.bytes.start < before)
        };
        let mut found = (0..o.names.entities.len()).filter(named);
        let entity = found.next()?;
        found.next().is_none().then_some(Guess { entity, sure: 0.5 })
    }

    /// Whether no person of `gender` has left a trace lately.
    fn nobody_fits(&self, o: &Outline<'_>, gender: Gender) -> bool {
        let near = self.recent.iter().rev().take_while(|t| self.unit - t.unit <= MEMORY && self.paragraph - t.paragraph <= FARTHEST);
        !near.into_iter().any(|t| self.kind(o, t.entity) == EntityKind::Person && fits(gender, self.gender[t.entity]))
    }
}

/// `…, he said.`: whether the pronoun at `item` and a reporting verb close what is reported before them.
fn closes_report(o: &Outline<'_>, unit: &Unit, item: usize) -> bool {
    // Not `Ito's plan, which, he says, …`
    let comma = o.text(item - 1) == "," && !super::closed::is_relative(&o.low(item.max(2) - 2));
    let opens = comma || o.is_quote(item - 1) && o.words(item - 1).ends_with([',', '?', '!']);
    let verb = item + 1;
    let says = verb < unit.items.end && o.low(verb).verb().is_some_and(|v| v.trust == Trust::Strong);
    opens && says && (verb + 1 >= unit.items.end || matches!(o.text(verb + 1), "." | ","))
}

/// How much a mention at items `start..end` weighs: subjects more than objects, possessives least.
fn weight(o: &Outline<'_>, unit: &Unit, start: usize, end: usize) -> f32 {
    let after = if end < unit.items.end { o.low(end) } else { Word::default() };
    if end < unit.items.end && o.is_possessive(end) {
        return 0.5;
    }
    // `Ana Ito/Reuters`: who took the picture.
    if end < unit.items.end && o.text(end) == "/" || start > unit.items.start && o.text(start - 1) == "/" {
        return 0.2;
    }
    // `the Ito campaign`, `Ito supporters`: of whom these are.
    if is_body(&after) || is_paper(&after) || is_person_noun(&after) || after.singular().is_some_and(|one| is_person_noun(&one)) {
        return 0.4;
    }
    let mut start = o.with_titles(unit.items.start, start);
    // `Secretary of State Ito`
    if start > unit.items.start + 1 && &*o.low(start - 1) == "of" && matches!(o.shape(start - 2), Shape::Capital) {
        start = o.with_titles(unit.items.start, start - 2);
    }
    let before = if start > unit.items.start { o.low(start - 1) } else { Word::default() };
    // `A sailor asked Ito why`: the answer is Ito's.
    if !unit.quoted && matches!(&*before, "asked" | "asks" | "pressed" | "questioned" | "quizzed") && &*after != "to" {
        return ASKED;
    }
    let verb = is_auxiliary(&after)
        || is_adverb(&after)
        || after.verb().is_some()
        || end < unit.items.end && o.shape(end) == Shape::Lower && !is_preposition(&after) && &*after != "and";
    let opens = o.with_titles(unit.items.start, start) == unit.items.start;
    if !opens && end + 1 < unit.items.end && (&*after == "who" || &*o.low(end + 1) == "who") {
        return 0.9;
    }
    // `In the gallery sat Ito.`: the subject comes last.
    if super::closed::is_be(&before) && end + 1 >= unit.items.end {
        return 1.0;
    }
    // `as Ito, a teacher, says`; not `as a teacher`
    let clause = &*before == "as" && o.person(end - 1).is_some();
    if is_preposition(&before) && !clause {
        return 0.5;
    }
    if verb || start == unit.items.start {
        // `Ito said Diaz would pay`: the topic is Ito.
        let clause = matches!(&*before, "that" | "because" | "if" | "when" | "as" | "while" | "and") || before.verb().is_some();
        return if clause { 0.75 } else { 1.0 };
    }
    if end < unit.items.end && matches!(o.text(end), "," | "(") { 0.9 } else { 0.55 }
}

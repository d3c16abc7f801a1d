//! For whom does a pronoun stand? Everyone named lately leaves traces; the strongest fitting one wins, if it wins clearly.
//!
//! A trace weighs more for a subject than for an object and fades with every sentence. Gender must not contradict. This is
//! the idea of salience factors (Lappin and Leass 1994), over mentions and earlier pronouns instead of a parse. Where two
//! candidates stand equal, or nobody fitting was named in this paragraph or the one before, nobody is the answer.

use super::closed::{Word, is_adverb, is_auxiliary, is_body, is_paper, is_person_noun, is_preposition};
use super::holders::Stranger;
use super::outline::{Outline, Unit};
use super::speaker::Resolved;
use crate::article::SpeakerClass;
use crate::extract::names::{EntityKind, Gender, WordMap};
use crate::extract::page::Shape;
use std::ops::Range;

/// A mark that a mention has left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    /// Whose.
    pub entity: usize,
    /// In which unit.
    pub unit: usize,
    /// Number of the paragraph, not counting those made of quotes alone.
    paragraph: usize,
    weight: f32,
}

/// An answer and how sure it is, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Guess {
    /// The entity.
    pub entity: usize,
    /// How sure.
    pub sure: f32,
}

/// Who has been named lately.
pub(super) struct Traces {
    pub(super) recent: Vec<Trace>,
    unit: usize,
    paragraph: usize,
    last_paragraph: Option<usize>,
    pub(super) gender: Vec<Gender>,
    /// The gender of the pronoun last resolved to somebody whose gender is not known, by entity.
    leaning: WordMap<usize, Gender>,
    /// By entity the hashes of what it goes by: of a person the functions of its role, of an organization the words of its name.
    pub(super) goes_by: Vec<Vec<u64>>,
    /// Holders of a function, by its hash, latest last: `senator` → Ito, Diaz.
    pub(super) holders: WordMap<u64, Vec<usize>>,
    /// The organization last named by the hash of each word of its name.
    pub(super) called: WordMap<u64, usize>,
    /// Persons no entity covers, numbered on from the entities: a name the tagger missed still stands behind a pronoun.
    pub(super) strangers: Vec<Stranger>,
    /// The organization whose paper was named last, by the word for it: `a Times article`.
    pub(super) papers: WordMap<String, usize>,
    /// Relatives by the word for them: `her brother, Paul Ito`.
    pub(super) kin: WordMap<String, usize>,
    /// Subject of the current sentence.
    topic: Option<usize>,
    /// Who spoke last.
    speaker: Option<usize>,
    /// The body that spoke last, by its name, if no entity covers it: the White House.
    pub(super) body: Option<String>,
    /// Pronouns of the current unit and some before it: item and answer.
    pronouns: Vec<(usize, Option<Guess>)>,
    /// Whom the pronoun that is being answered cannot mean.
    barred: Vec<usize>,
}

/// How strong the traces of one entity are.
struct Score {
    entity: usize,
    best: f32,
    rest: f32,
    paragraphs: usize,
}

impl Score {
    /// The strongest trace counts; the others only tip the balance.
    fn total(&self) -> f32 {
        self.best + 0.12 * self.rest.min(1.5)
    }
}

/// What is left of a trace after one more sentence.
const FADING: f32 = 0.68;

/// What a subject without a name weighs: less than a named one, for stories are told of people with names.
const NAMELESS: f32 = 0.8;

/// What somebody weighs who has just spoken.
const SPOKEN: f32 = 1.1;

/// What somebody weighs who is asked something: more than who asks.
const ASKED: f32 = 1.3;

/// How many units a trace is kept.
const MEMORY: usize = 14;

impl Traces {
    /// No traces yet.
    pub fn new(o: &Outline<'_>) -> Traces {
        let gender = o.names.entities.iter().map(|e| e.gender).collect();
        Traces {
            recent: Vec::new(),
            unit: 0,
            paragraph: 0,
            last_paragraph: None,
            gender,
            leaning: WordMap::default(),
            goes_by: o.names.entities.iter().map(super::holders::goes_by).collect(),
            holders: WordMap::default(),
            called: WordMap::default(),
            strangers: Vec::new(),
            papers: WordMap::default(),
            kin: WordMap::default(),
            topic: None,
            speaker: None,
            body: None,
            pronouns: Vec::new(),
            barred: Vec::new(),
        }
    }

    /// Reads unit `number`: notes who is named outside its quotes and answers its pronouns, in order.
    pub fn enter(&mut self, o: &Outline<'_>, number: usize) {
        let unit = &o.units[number];
        let bare = unit.items.clone().all(|i| o.is_quote(i) || o.shape(i) == Shape::Mark);
        // Sentences made of quotes alone do not count: the story does not go on in them.
        self.unit += usize::from(!bare);
        if self.last_paragraph != Some(unit.paragraph) && !bare {
            self.paragraph += 1;
            self.last_paragraph = Some(unit.paragraph);
        }
        let oldest = self.unit.saturating_sub(MEMORY);
        if self.recent.len() > 96 {
            self.recent.retain(|t| t.unit >= oldest);
            let extra = self.recent.len().saturating_sub(64);
            self.recent.drain(..extra);
        }
        if self.pronouns.len() > 32 {
            self.pronouns.drain(..16);
        }
        self.topic = None;
        let mut i = unit.items.start;
        while i < unit.items.end {
            if let Some((range, entity)) = o.mention(i).filter(|(r, _)| r.start == i) {
                i = range.end.max(i + 1);
                self.named(o, unit, range, entity);
                continue;
            }
            let w = o.low(i);
            if let Some(gender) = gender_of(&w) {
                self.bar(o, unit, i);
                self.pronoun(o, i, gender);
                self.barred.clear();
            } else if o.shape(i) == Shape::Lower && is_person_noun(&w) {
                self.noun(o, unit, i);
            }
            // `Ito won a third term as mayor`: the topic holds the function.
            if let Some(topic) = self.topic.filter(|_| &*w == "as" && i + 1 < unit.items.end) {
                self.hold_as(o, topic, &o.low(i + 1));
            }
            i += 1;
        }
    }

    /// Notes a mention outside quotes.
    fn named(&mut self, o: &Outline<'_>, unit: &Unit, range: Range<usize>, entity: usize) {
        let one = &o.names.entities[entity];
        let first = one.mentions.first().is_some_and(|m| m.bytes.start == o.start(range.start));
        let new = if first && one.name.contains(' ') { 0.15 } else { 0.0 };
        let mut weight = weight(o, unit, range.start, range.end);
        if (0.99..ASKED).contains(&weight) {
            // The first subject of a sentence is its topic; those of its clauses are not.
            weight = if self.topic.is_some() { 0.75 } else { weight };
            self.topic = self.topic.or(Some(entity));
        }
        self.note(entity, weight + new);
        self.hold(o, entity, range.start);
        self.note_kin(o, unit.items.start, range.start, entity);
        self.note_paper(o, unit.items.end, range.end, entity);
    }

    /// Notes a noun for a person that stands for somebody: `the senator`, `her husband`.
    fn noun(&mut self, o: &Outline<'_>, unit: &Unit, item: usize) {
        let Some((range, entity)) = self.meant_by_noun(o, unit, item) else { return };
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
    fn bar(&mut self, o: &Outline<'_>, unit: &Unit, item: usize) {
        let subject = matches!(&*o.low(item), "he" | "she");
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

    /// Answers a pronoun outside quotes and notes the answer.
    fn pronoun(&mut self, o: &Outline<'_>, item: usize, gender: Gender) {
        let mut guess = self.resolve(o, gender);
        if let (None, Some(topic)) = (guess, self.topic)
            && self.kind(o, topic) == EntityKind::Person
            && self.nobody_fits(o, gender)
        {
            // `Ito said her boat was gone`: nobody else can be meant, so what was held for Ito's gender was wrong.
            self.gender[topic] = gender;
            guess = Some(Guess { entity: topic, sure: 0.5 });
        }
        if let Some(g) = guess {
            let subject = matches!(&*o.low(item), "he" | "she");
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

    /// Whether no person of `gender` has left a trace lately.
    fn nobody_fits(&self, o: &Outline<'_>, gender: Gender) -> bool {
        let near = self.recent.iter().rev().take_while(|t| self.unit - t.unit <= MEMORY && self.paragraph - t.paragraph <= 3);
        !near.into_iter().any(|t| self.kind(o, t.entity) == EntityKind::Person && fits(gender, self.gender[t.entity]))
    }

    /// The answer for the pronoun at item `i`, of the current unit or one just before it.
    pub fn answer(&self, i: usize) -> Option<Guess> {
        self.pronouns.iter().rev().find(|(k, _)| *k == i).and_then(|(_, g)| *g)
    }

    /// Notes that `entity` was named, with a weight.
    fn note(&mut self, entity: usize, weight: f32) {
        self.recent.push(Trace { entity, unit: self.unit, paragraph: self.paragraph, weight });
    }

    /// The person for whom a pronoun of `gender` stands here.
    pub fn resolve(&mut self, o: &Outline<'_>, gender: Gender) -> Option<Guess> {
        let guess = self.strongest(o, gender, EntityKind::Person)?;
        if self.gender[guess.entity] == Gender::Unknown && gender != Gender::Unknown {
            if guess.sure > 0.75 {
                self.gender[guess.entity] = gender;
            }
            self.leaning.insert(guess.entity, gender);
        }
        Some(guess)
    }

    /// The organization that spoke last, if nobody else spoke since.
    pub fn speaking_organization(&self, o: &Outline<'_>) -> Option<Guess> {
        let entity = self.speaker.filter(|e| self.kind(o, *e) == EntityKind::Organization)?;
        Some(Guess { entity, sure: 0.8 })
    }

    pub(super) fn kind(&self, o: &Outline<'_>, entity: usize) -> EntityKind {
        o.names.entities.get(entity).map_or(EntityKind::Person, |e| e.kind)
    }

    /// Notes who speaks; no entity for somebody without a name.
    pub fn spoke(&mut self, speaker: &Resolved) {
        let entity = speaker.entity;
        self.speaker = entity;
        let body = entity.is_none() && speaker.class == SpeakerClass::Organization;
        self.body = speaker.name.clone().filter(|name| body && name.contains(' '));
        if let Some(e) = entity {
            self.note(e, SPOKEN);
        }
    }

    /// Whether `entity` has spoken of late.
    pub(super) fn has_spoken(&self, entity: usize) -> bool {
        self.recent.iter().any(|t| t.entity == entity && t.weight == SPOKEN)
    }

    /// The organization for which `it` or `the agency` stands here.
    pub fn resolve_organization(&self, o: &Outline<'_>) -> Option<Guess> {
        self.strongest(o, Gender::Unknown, EntityKind::Organization)
    }

    /// The strongest candidate of a kind for a pronoun of `gender`, if it is strong enough and stands out.
    fn strongest(&self, o: &Outline<'_>, gender: Gender, kind: EntityKind) -> Option<Guess> {
        let mut scores: Vec<Score> = Vec::new();
        for t in self.recent.iter().rev() {
            let age = self.unit - t.unit;
            let paragraphs = self.paragraph - t.paragraph;
            if age > MEMORY || paragraphs > 3 {
                break;
            }
            if self.kind(o, t.entity) != kind || !fits(gender, self.gender[t.entity]) || self.barred.contains(&t.entity) {
                continue;
            }
            let unknown = match (self.gender[t.entity], self.leaning.get(&t.entity)) {
                (Gender::Unknown, Some(leaning)) if fits(gender, *leaning) => 0.95,
                (Gender::Unknown, Some(_)) => 0.7,
                (Gender::Unknown, None) => 0.85,
                _ => 1.0,
            };
            let score = t.weight * FADING.powi(age as i32) * 0.9f32.powi(paragraphs as i32) * unknown;
            match scores.iter_mut().find(|s| s.entity == t.entity) {
                Some(s) => {
                    s.best = s.best.max(score);
                    s.rest += score;
                    s.paragraphs = s.paragraphs.min(paragraphs);
                }
                None => scores.push(Score { entity: t.entity, best: score, rest: 0.0, paragraphs }),
            }
        }
        let near = scores.iter().any(|s| s.paragraphs <= 1);
        if !near && scores.len() > 1 {
            return None;
        }
        scores.sort_by(|a, b| b.total().total_cmp(&a.total()));
        let best = scores.first()?;
        let second = scores.get(1).map_or(0.0, Score::total);
        let margin = (best.total() - second) / best.total().max(1e-6);
        if margin < 0.04 {
            return None;
        }
        let sure = 0.55 + 0.4 * margin.min(1.0);
        Some(Guess { entity: best.entity, sure: if near { sure } else { sure * 0.6 } })
    }
}

fn fits(pronoun: Gender, one: Gender) -> bool {
    pronoun == Gender::Unknown || one == Gender::Unknown || pronoun == one
}

/// The gender a pronoun shows.
pub(super) fn gender_of(w: &str) -> Option<Gender> {
    match w {
        "he" | "his" | "him" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}

/// How much a mention at items `start..end` weighs: subjects more than objects, possessives least.
fn weight(o: &Outline<'_>, unit: &Unit, start: usize, end: usize) -> f32 {
    let after = if end < unit.items.end { o.low(end) } else { Word::default() };
    if end < unit.items.end && o.is_possessive(end) {
        return 0.5;
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
    if is_preposition(&before) {
        return 0.5;
    }
    if verb || start == unit.items.start {
        // `Ito said Diaz would pay`: the topic is Ito.
        let clause = matches!(&*before, "that" | "because" | "if" | "when" | "as" | "while" | "and") || before.verb().is_some();
        return if clause { 0.75 } else { 1.0 };
    }
    if end < unit.items.end && matches!(o.text(end), "," | "(") { 0.9 } else { 0.55 }
}

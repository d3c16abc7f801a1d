//! For whom does a pronoun stand? Everyone named lately leaves traces; the strongest fitting one wins, if it wins clearly.
//!
//! A trace weighs more for a subject than for an object and fades with every sentence. Gender must not contradict. This is
//! the idea of salience factors (Lappin and Leass 1994), over mentions and earlier pronouns instead of a parse. Where two
//! candidates stand equal, or nobody fitting was named in this paragraph or the one before, nobody is the answer.

use super::closed::{is_person_noun, leaves_trace};
use super::holders::Stranger;
use super::outline::Outline;
use super::speaker::Resolved;
use crate::article::SpeakerClass;
use crate::extract::names::{EntityKind, Gender, WordMap};
use crate::extract::page::Shape;
use std::hint::black_box;
use std::sync::LazyLock;

/// A mark that a mention has left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trace {
    /// Whose.
    pub entity: usize,
    /// In which unit.
    pub unit: usize,
    /// Number of the paragraph, not counting those made of quotes alone.
    pub(super) paragraph: usize,
    weight: f32,
    /// Whether it is that of somebody who spoke.
    spoke: bool,
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
    pub(super) unit: usize,
    pub(super) paragraph: usize,
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
    pub(super) topic: Option<usize>,
    /// Who spoke last.
    pub(super) speaker: Option<usize>,
    /// The body that spoke last, by its name, if no entity covers it: the White House.
    pub(super) body: Option<String>,
    /// The unit in which those spoke last who have no name, if nobody else has spoken since: `officials said`.
    nameless: Option<usize>,
    /// Pronouns of the current unit and some before it: item and answer.
    pub(super) pronouns: Vec<(usize, Option<Guess>)>,
    /// Whose gender a pronoun has shown to be what it was held for.
    pub(super) shown: Vec<usize>,
    /// Whom a pronoun of the current unit means for want of anybody nearer.
    pub(super) far: Option<usize>,
    /// Whom the pronoun that is being answered cannot mean.
    pub(super) barred: Vec<usize>,
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

/// What somebody weighs who has just spoken.
const SPOKEN: f32 = 1.1;

/// And after one more paragraph.
const APART: f32 = 0.9;

/// When traces are more than this, the old ones go.
const MOST: usize = 96;

/// How many units a trace is kept.
pub(super) const MEMORY: usize = 14;

/// Over how many paragraphs a trace is followed.
pub(super) const FARTHEST: usize = 3;

/// What is left of a trace after each number of sentences and of paragraphs.
static FADED: LazyLock<([f32; MEMORY + 1], [f32; FARTHEST + 1])> = LazyLock::new(|| {
    // As is reckoned when the program runs: a compiler may round otherwise.
    let (left, apart) = (black_box(FADING), black_box(APART));
    (std::array::from_fn(|age| left.powi(age as i32)), std::array::from_fn(|paragraphs| apart.powi(paragraphs as i32)))
});

impl Traces {
    /// No traces yet.
    pub fn new(o: &Outline<'_>) -> Traces {
        let gender = o.names.entities.iter().map(|e| e.gender).collect();
        Traces {
            recent: Vec::with_capacity(MOST + 8),
            unit: 0,
            paragraph: 0,
            last_paragraph: None,
            gender,
            leaning: WordMap::default(),
            goes_by: o.names.entities.iter().map(super::holders::goes_by).collect(),
            holders: WordMap::with_capacity_and_hasher(o.names.entities.len(), Default::default()),
            called: WordMap::with_capacity_and_hasher(o.names.entities.len(), Default::default()),
            strangers: Vec::new(),
            papers: WordMap::default(),
            kin: WordMap::default(),
            topic: None,
            speaker: None,
            body: None,
            nameless: None,
            pronouns: Vec::new(),
            shown: Vec::new(),
            far: None,
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
        if self.recent.len() > MOST {
            self.recent.retain(|t| t.unit >= oldest);
            let extra = self.recent.len().saturating_sub(64);
            self.recent.drain(..extra);
        }
        if self.pronouns.len() > 32 {
            self.pronouns.drain(..16);
        }
        (self.topic, self.far) = (None, None);
        let mut free = unit.items.start;
        for i in o.traces(&unit.items) {
            if i < free {
                continue;
            }
            if let Some((range, entity)) = o.mention(i).filter(|(r, _)| r.start == i) {
                free = range.end;
                self.named(o, unit, range, entity);
                continue;
            }
            let w = o.low(i);
            if !leaves_trace(&w) {
                continue;
            }
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
        }
    }

    /// The answer for the pronoun at item `i`, of the current unit or one just before it.
    pub fn answer(&self, i: usize) -> Option<Guess> {
        self.pronouns.iter().rev().find(|(k, _)| *k == i).and_then(|(_, g)| *g)
    }

    fn trace(&mut self, entity: usize, weight: f32, spoke: bool) {
        self.recent.push(Trace { entity, unit: self.unit, paragraph: self.paragraph, weight, spoke });
    }

    /// Notes that `entity` was named, with a weight.
    pub(super) fn note(&mut self, entity: usize, weight: f32) {
        self.trace(entity, weight, false);
    }

    /// The person for whom a pronoun of `gender` stands here.
    pub fn resolve(&mut self, o: &Outline<'_>, gender: Gender) -> Option<Guess> {
        let guess = self.strongest(o, gender, EntityKind::Person, usize::MAX)?;
        if self.gender[guess.entity] == Gender::Unknown && gender != Gender::Unknown {
            if guess.sure > 0.75 {
                self.gender[guess.entity] = gender;
            }
            self.leaning.insert(guess.entity, gender);
        } else if guess.sure > 0.75 && !self.shown.contains(&guess.entity) {
            self.shown.push(guess.entity);
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
        self.nameless = (speaker.class == SpeakerClass::Anonymous).then_some(self.unit);
        if let Some(e) = entity.filter(|e| self.far != Some(*e)) {
            self.trace(e, SPOKEN, true);
        }
    }

    /// Whether those who spoke last, a sentence or two before, have no name: `officials said` … `they said`.
    pub fn nameless_spoke(&self) -> bool {
        self.nameless.is_some_and(|unit| unit + 2 >= self.unit)
    }

    /// Whether `entity` has spoken of late.
    pub(super) fn has_spoken(&self, entity: usize) -> bool {
        self.recent.iter().any(|t| t.entity == entity && t.spoke)
    }

    /// The organization for which `it` or `the agency` stands here, named before byte `before`.
    pub fn resolve_organization(&self, o: &Outline<'_>, before: usize) -> Option<Guess> {
        self.strongest(o, Gender::Unknown, EntityKind::Organization, before)
    }

    /// The strongest candidate of a kind for a pronoun of `gender`, if it is strong enough and stands out.
    fn strongest(&self, o: &Outline<'_>, gender: Gender, kind: EntityKind, before: usize) -> Option<Guess> {
        // `It said the letters were found by Lunaria`
        let later = |e: usize| o.names.entities.get(e).and_then(|e| e.mentions.first()).is_some_and(|m| m.bytes.start >= before);
        let mut scores: Vec<Score> = Vec::new();
        let (left, apart) = &*FADED;
        for t in self.recent.iter().rev() {
            let age = self.unit - t.unit;
            let paragraphs = self.paragraph - t.paragraph;
            if age > MEMORY || paragraphs > FARTHEST {
                break;
            }
            if self.kind(o, t.entity) != kind || !fits(gender, self.gender[t.entity]) || self.barred.contains(&t.entity) || later(t.entity)
            {
                continue;
            }
            let unknown = match (self.gender[t.entity], self.leaning.get(&t.entity)) {
                (Gender::Unknown, Some(leaning)) if fits(gender, *leaning) => 0.95,
                (Gender::Unknown, Some(_)) => 0.7,
                (Gender::Unknown, None) => 0.85,
                _ => 1.0,
            };
            let score = t.weight * left[age] * apart[paragraphs] * unknown;
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

pub(super) fn fits(pronoun: Gender, one: Gender) -> bool {
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

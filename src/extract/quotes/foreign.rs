//! Quotes in languages other than English: the name right beside a reporting verb, and nobody else.
//!
//! `„…“, sagte Ito`, `« … », a déclaré Ito`, `Ito aseguró: «…»`, `Selon Ito, …`, `Ito aseguró que …`: [`ties`] finds the verb and who
//! stands beside it. A quote inside what is reported (`Ito aseguró que "…"`) is mixed. Lines of a dialogue begin with a dash:
//! `– Nie wiem – mówi Ito.` French puts the report between the marks of its quote ([`incise`]). A pronoun, and a verb whose subject is left out (`ha aggiunto`), are answered where the paragraph, or
//! the one before if it names nobody, leaves one person only; `der Bürgermeister` where one person was introduced as that. A
//! quote that follows one in its paragraph, with nothing beside it, has the same speaker. Without a table for the language, whole
//! sentences in marks are quotes of nobody.

use super::asides;
use super::coreference::Traces;
use super::direct::words;
use super::language::Language;
use super::outline::{Outline, Unit};
use super::phrase::Sort;
use super::speaker::{self, Resolved};
use super::statement::{Rule, Statement};
use super::works::is_title;
use crate::article::{QuoteKind, SpeakerClass};
use crate::extract::names::Gender;
use crate::extract::page::Shape;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use ties::{Report, is_dash};

mod incise;
#[cfg(test)]
mod tests;
mod ties;

/// So many words before a name may say what somebody is: `der Bürgermeister der Stadt, Paul Diaz`.
const INTRODUCTION: usize = 6;

/// The walk through an article in one language.
struct Walk<'o, 'a> {
    o: &'o Outline<'a>,
    language: Option<&'static Language>,
    traces: Traces,
    found: Vec<Statement>,
    /// Persons by the words before their names, gathered when they are asked for.
    introduced: OnceCell<HashMap<String, Vec<usize>>>,
}

/// Finds the quotes of an article in the language `tag`.
pub(super) fn statements(o: &Outline<'_>, tag: &str) -> Vec<Statement> {
    let mut walk = Walk { o, language: Language::of(tag), traces: Traces::new(o), found: Vec::new(), introduced: OnceCell::new() };
    let mut before: Option<(usize, usize)> = None; // the unit that ended in a quote, and its statement
    let mut n = 0;
    while n < o.units.len() {
        let unit = &o.units[n];
        let first = n == 0 || o.units[n - 1].paragraph != unit.paragraph;
        if first && is_dash(o, unit.items.start) {
            let end = n + o.units[n..].partition_point(|u| u.paragraph == unit.paragraph);
            before = walk.dialogue(unit, o.units[end - 1].items.end).map(|s| (end - 1, s));
            n = end;
            continue;
        }
        let last = before.filter(|(u, _)| u + 1 == n && o.units[*u].paragraph == unit.paragraph).map(|(_, s)| s);
        before = if unit.quoted { walk.quoted(unit, last) } else { walk.reported(unit, last) }.map(|s| (n, s));
        n += 1;
    }
    walk.found
}

impl Walk<'_, '_> {
    /// A unit with quotes; hands on the number of its last statement with a speaker.
    fn quoted(&mut self, unit: &Unit, mut last: Option<usize>) -> Option<usize> {
        let o = self.o;
        let clause = self.clause(unit);
        let mut mixed = None;
        for q in unit.items.clone().filter(|i| o.is_quote(*i)) {
            let text = words(o, q);
            let whole = text.starts_with(char::is_uppercase) && !is_title(text) && text.split_whitespace().nth(2).is_some();
            let piece = o.marked[o.items[q].quote as usize].inner.clone();
            if let Some(report) = self.report(unit, q).filter(|_| whole || !is_title(text)) {
                let kind = if report.rule == Rule::Named { QuoteKind::Mixed } else { QuoteKind::Direct };
                last = Some(self.push(unit, report, vec![piece], kind, last));
                continue;
            }
            if let Some((report, content)) = clause.clone().filter(|(_, content)| content.contains(&q)) {
                match mixed {
                    Some(s) => self.piece(s, piece),
                    None => {
                        let mut pieces = vec![piece];
                        pieces.extend(asides::outside(o, content, unit));
                        mixed = Some(self.push(unit, report, pieces, QuoteKind::Mixed, last));
                    }
                }
                last = mixed;
                continue;
            }
            let bare = unit.items.clone().all(|i| o.is_quote(i) || o.shape(i) == Shape::Mark);
            match last.filter(|_| bare) {
                Some(s) => self.piece(s, piece),
                None if whole && let Some(statement) = self.incise(unit, q) => {
                    self.found.push(statement);
                    last = Some(self.found.len() - 1);
                }
                None if whole => {
                    self.found.push(Statement {
                        pieces: vec![piece],
                        kind: QuoteKind::Direct,
                        speaker: None,
                        cue: None,
                        rule: Rule::Alone,
                    });
                }
                None => {}
            }
        }
        last
    }

    fn piece(&mut self, statement: usize, piece: Range<usize>) {
        self.found[statement].pieces.push(piece);
    }

    /// Adds a statement; returns its number.
    fn push(&mut self, unit: &Unit, report: Report, pieces: Vec<Range<usize>>, kind: QuoteKind, last: Option<usize>) -> usize {
        let speaker = Some(self.resolve(unit, &report, last));
        let cue = Some(self.o.start(report.cue.start)..self.o.end(report.cue.end - 1));
        self.found.push(Statement { pieces, kind, speaker, cue, rule: report.rule });
        self.found.len() - 1
    }

    /// A unit without quotes: `Ito said that …`, `According to Ito, …`.
    fn reported(&mut self, unit: &Unit, last: Option<usize>) -> Option<usize> {
        let (report, content) = self.clause(unit)?;
        let piece = self.o.start(content.start)..self.o.end(content.end - 1);
        Some(self.push(unit, report, vec![piece], QuoteKind::Indirect, last))
    }

    /// A paragraph that begins with a dash, to the item `end`: `– I don't know – says Ito. – We leave.`
    fn dialogue(&mut self, unit: &Unit, end: usize) -> Option<usize> {
        let o = self.o;
        let start = unit.items.start + 1;
        let breaks = |k: &usize| is_dash(o, *k) || o.text(*k) == ",";
        let (close, report) = (start + 1..end).filter(breaks).find_map(|k| Some((k, self.said_in_dialogue(k + 1, end)?)))?;
        let said = o.start(start)..o.end(close - 1);
        let mut pieces = vec![said];
        let behind = report.phrase.as_ref().map_or(report.cue.end, |p| p.items.end);
        if let Some(again) = (behind..end).find(|k| is_dash(o, *k)).filter(|k| k + 1 < end) {
            pieces.push(o.start(again + 1)..o.end(end - 1));
        }
        let whole = Unit { items: unit.items.start..end, ..unit.clone() };
        let report = Report { rule: Rule::Dash, ..report };
        Some(self.push(&whole, report, pieces, QuoteKind::Direct, None))
    }

    /// Whom a report means.
    fn resolve(&mut self, unit: &Unit, report: &Report, last: Option<usize>) -> Resolved {
        let o = self.o;
        let Some(phrase) = &report.phrase else {
            let bytes = o.start(report.cue.start)..o.end(report.cue.end - 1);
            let same = last.and_then(|s| self.found[s].speaker.clone()).filter(|s| s.name.is_some());
            return same.map_or_else(
                || self.only_one(unit, report.cue.start, bytes.clone(), None),
                |s| Resolved { bytes: bytes.clone(), sure: s.sure.min(0.8), ..s },
            );
        };
        let bytes = o.start(phrase.items.start)..o.end(phrase.items.end - 1);
        match phrase.sort {
            Sort::Described => self.introduced(phrase.items.clone(), bytes),
            Sort::Pronoun => {
                let word = o.text(phrase.head).to_lowercase();
                let pronoun = word.rsplit('-').next().unwrap_or("");
                let gender = match self.language.and_then(|l| l.female(pronoun)) {
                    Some(true) => Gender::Female,
                    _ => Gender::Male,
                };
                self.only_one(unit, phrase.head, bytes, Some(gender))
            }
            _ => speaker::resolve(o, &mut self.traces, phrase),
        }
    }

    /// The only person named before item `at` in its paragraph, or else in the one before, who can be of the `gender`.
    fn only_one(&self, unit: &Unit, at: usize, bytes: Range<usize>, gender: Option<Gender>) -> Resolved {
        let o = self.o;
        let fits =
            |e: usize| gender.is_none_or(|g| matches!(o.names.entities[e].gender, Gender::Unknown) || o.names.entities[e].gender == g);
        let first = |paragraph: usize| o.units.get(o.units.partition_point(|u| u.paragraph < paragraph)).map_or(at, |u| u.items.start);
        let start = first(unit.paragraph).min(at);
        let named =
            |items: Range<usize>| -> Vec<usize> { items.filter_map(|k| o.person(k)).map(|(_, e)| e).filter(|e| fits(*e)).collect() };
        let here = named(start..at);
        let nobody = here.is_empty() && !(start..at).any(|k| o.person(k).is_some());
        let (named, sure) = match unit.paragraph.checked_sub(1).filter(|_| nobody) {
            Some(before) => (named(first(before).min(start)..start), 0.65),
            None => (here, 0.7),
        };
        let one = named.first().copied().filter(|e| named.iter().all(|other| other == e));
        let class = if one.is_some() { SpeakerClass::Person } else { SpeakerClass::Unresolved };
        Resolved { entity: one, name: one.map(|e| o.names.entities[e].name.clone()), class, bytes, sure }
    }

    /// `der Bürgermeister`: the one person before whose name that word stands anywhere, or somebody without a name.
    fn introduced(&self, items: Range<usize>, bytes: Range<usize>) -> Resolved {
        let all = self.introduced.get_or_init(|| self.introductions());
        match all.get(&self.word(items.end - 1)).map(Vec::as_slice) {
            Some([one]) => speaker::entity(self.o, &self.traces, *one, bytes, 0.8),
            _ => Resolved { entity: None, name: None, class: SpeakerClass::Anonymous, bytes, sure: 0.6 },
        }
    }

    /// Persons by each of the few words before their names.
    fn introductions(&self) -> HashMap<String, Vec<usize>> {
        let o = self.o;
        let mut all: HashMap<String, Vec<usize>> = HashMap::new();
        let mut k = 0;
        while k < o.items.len() {
            let Some((range, e)) = o.person(k) else {
                k += 1;
                continue;
            };
            let ends = |i: &usize| matches!(o.text(*i), "." | ";" | ":") || o.person(*i).is_some();
            for i in (range.start.saturating_sub(INTRODUCTION)..range.start).rev().take_while(|i| !ends(i)) {
                let persons = all.entry(self.word(i)).or_default();
                // More than one is as good as any number.
                if persons.len() < 2 && !persons.contains(&e) {
                    persons.push(e);
                }
            }
            k = range.end.max(k + 1);
        }
        all
    }
}

//! Quotes in languages other than English: the name right beside a reporting verb, and nobody else.
//!
//! `„…“, sagte Ito`, `« … », a déclaré Ito`, `Ito aseguró: «…»`, `Selon Ito, …`, `Ito aseguró que …`. A pronoun is answered
//! where exactly one person was named before it in its paragraph. A quote that follows one in its paragraph, with nothing
//! beside it, has the same speaker. Without a table for the language, whole sentences in marks are quotes of nobody.

use super::coreference::Traces;
use super::direct::words;
use super::language::{Language, Part};
use super::outline::{Outline, Unit};
use super::phrase::{Phrase, Sort};
use super::speaker::{self, Resolved};
use super::statement::{Rule, Statement};
use super::works::is_title;
use crate::article::{QuoteKind, SpeakerClass};
use crate::extract::names::Gender;
use crate::extract::page::Shape;
use std::ops::Range;

#[cfg(test)]
mod tests;

/// Most words between a reporting verb and the name beside it: `sagte der neue Sprecher der Stadt, Ana Ito`.
const BESIDE: usize = 8;

/// The walk through an article in one language.
struct Walk<'o, 'a> {
    o: &'o Outline<'a>,
    language: Option<&'static Language>,
    traces: Traces,
    found: Vec<Statement>,
}

/// A reporting verb with its speaker.
struct Report {
    cue: Range<usize>,
    phrase: Phrase,
    rule: Rule,
}

/// Finds the quotes of an article in the language `tag`.
pub(super) fn statements(o: &Outline<'_>, tag: &str) -> Vec<Statement> {
    let mut walk = Walk { o, language: Language::of(tag), traces: Traces::new(o), found: Vec::new() };
    let mut before: Option<(usize, usize)> = None; // the unit that ended in a quote, and its statement
    for (n, unit) in o.units.iter().enumerate() {
        let last = before.filter(|(u, _)| u + 1 == n && o.units[*u].paragraph == unit.paragraph).map(|(_, s)| s);
        before = if unit.quoted { walk.quoted(unit, last) } else { walk.reported(unit) }.map(|s| (n, s));
    }
    walk.found
}

impl Walk<'_, '_> {
    /// A unit with quotes; hands on the number of its last statement with a speaker.
    fn quoted(&mut self, unit: &Unit, mut last: Option<usize>) -> Option<usize> {
        let o = self.o;
        for q in unit.items.clone().filter(|i| o.is_quote(*i)) {
            let text = words(o, q);
            let whole = text.starts_with(char::is_uppercase) && !is_title(text) && text.split_whitespace().nth(2).is_some();
            let piece = o.marked[o.items[q].quote as usize].inner.clone();
            if let Some(report) = self.report(unit, q).filter(|_| whole || !is_title(text)) {
                let speaker = Some(self.resolve(unit, &report.phrase));
                let cue = Some(o.start(report.cue.start)..o.end(report.cue.end - 1));
                self.found.push(Statement { pieces: vec![piece], kind: QuoteKind::Direct, speaker, cue, rule: report.rule });
                last = Some(self.found.len() - 1);
                continue;
            }
            let bare = unit.items.clone().all(|i| o.is_quote(i) || o.shape(i) == Shape::Mark);
            match last.filter(|_| bare) {
                Some(s) => self.found[s].pieces.push(piece),
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

    /// The report a quote stands beside.
    fn report(&self, unit: &Unit, q: usize) -> Option<Report> {
        self.behind(unit, q + 1).or_else(|| self.before(unit, q))
    }

    /// Items of the verb that begins at `i`: one, or a helping verb and its participle.
    fn verb(&self, i: usize, end: usize) -> Option<Range<usize>> {
        let language = self.language.filter(|_| i < end)?;
        let w = self.o.low(i);
        if language.is(&w, Part::Has) && i + 1 < end && language.is(&self.o.low(i + 1), Part::Done) {
            return Some(i..i + 2);
        }
        (language.is(&w, Part::Say) || language.is(&w, Part::Per)).then_some(i..i + 1)
    }

    /// `“…”, said Ito`, `“…”, Ito said` and `“…”, according to Ito`, from item `i` behind the quote.
    fn behind(&self, unit: &Unit, mut i: usize) -> Option<Report> {
        let (o, end) = (self.o, unit.items.end);
        while i < end && matches!(o.text(i), "," | "-" | "–" | "—" | ".") {
            i += 1;
        }
        if let Some(inverted) = self.inverted_pronoun(i, end) {
            return Some(inverted);
        }
        if let Some(verb) = self.verb(i, end) {
            let phrase = self.name_behind(verb.end, end)?;
            return Some(Report { cue: verb, phrase, rule: Rule::Inverted });
        }
        let phrase = self.pronoun(i, end).or_else(|| self.name_behind(i, end))?;
        let verb = self.verb(phrase.items.end, end)?;
        Some(Report { cue: verb, phrase, rule: Rule::Tail })
    }

    /// `dit-il`, `a-t-elle déclaré`: French ties the pronoun to the verb before it.
    fn inverted_pronoun(&self, i: usize, end: usize) -> Option<Report> {
        let language = self.language.filter(|_| i < end)?;
        let word = self.o.text(i).to_lowercase();
        let (verb, pronoun) = word.rsplit_once('-')?;
        language.female(pronoun)?;
        let verb = verb.trim_end_matches("-t");
        let participle = language.is(verb, Part::Has) && i + 1 < end && language.is(&self.o.low(i + 1), Part::Done);
        if !participle && !language.is(verb, Part::Say) {
            return None;
        }
        let phrase = Phrase { items: i..i + 1, head: i, sort: Sort::Pronoun };
        Some(Report { cue: i..i + 1 + usize::from(participle), phrase, rule: Rule::Inverted })
    }

    /// `Ito said: “…”`, `Ito, a teacher, said: “…”` and `then said Ito: “…”`.
    fn before(&self, unit: &Unit, q: usize) -> Option<Report> {
        let (o, low) = (self.o, unit.items.start);
        let mark = q.checked_sub(1).filter(|m| *m > low && matches!(o.text(*m), ":" | ","))?;
        let near = mark.saturating_sub(BESIDE).max(low);
        let verb = (near..mark).rev().find_map(|i| self.verb(i, mark).filter(|v| v.start > low || v.end < mark))?;
        if let Some(phrase) = self.name_before(low, verb.start) {
            return Some(Report { cue: verb, phrase, rule: Rule::Head });
        }
        let phrase = self.name_behind(verb.end, mark)?;
        Some(Report { cue: verb, phrase, rule: Rule::Head })
    }

    fn pronoun(&self, i: usize, end: usize) -> Option<Phrase> {
        let language = self.language.filter(|_| i < end)?;
        language.female(&self.o.low(i))?;
        Some(Phrase { items: i..i + 1, head: i, sort: Sort::Pronoun })
    }

    /// The name that ends the words behind a verb: only small words and titles before it, or an apposition and a comma.
    fn name_behind(&self, i: usize, end: usize) -> Option<Phrase> {
        let o = self.o;
        if let Some(pronoun) = self.pronoun(i, end) {
            return Some(pronoun);
        }
        let mut comma = false;
        for k in i..end.min(i + BESIDE) {
            if let Some((range, e)) = o.mention(k) {
                let person = o.person(k).is_some();
                // Behind a comma only a name that stands by itself; an organization only at once or behind an article.
                let closed = range.end >= end || matches!(o.text(range.end), "," | "." | ";" | ":" | "(");
                let fits = if comma { person && closed } else { person || k <= i + 1 };
                return fits.then(|| Phrase { items: i..range.end, head: range.end - 1, sort: Sort::Entity(e) });
            }
            match o.text(k) {
                "," if !comma && k > i => comma = true,
                "." | "-" if o.shape(k) == Shape::Mark => {}
                _ if o.is_quote(k) || o.shape(k) == Shape::Mark => return None,
                _ => {}
            }
        }
        let capital = |k: &usize| *k < end && o.shape(*k) == Shape::Capital;
        let run = (i..i + 5).take_while(capital).count();
        (run >= 2).then(|| Phrase { items: i..i + run, head: i + run - 1, sort: Sort::Capitals })
    }

    /// The name whose clause ends right before the verb at `verb`.
    fn name_before(&self, low: usize, verb: usize) -> Option<Phrase> {
        let o = self.o;
        let last = verb.checked_sub(1).filter(|l| *l >= low)?;
        if let Some(pronoun) = self.pronoun(last, verb) {
            return Some(pronoun);
        }
        if let Some((range, e)) = o.mention(last).filter(|(r, _)| r.end == verb) {
            let alone = range.start == low || o.text(range.start - 1) == ",";
            let titled = (low..range.start).all(|k| o.shape(k) != Shape::Mark) && range.start - low <= BESIDE;
            return (alone || titled).then(|| Phrase { items: range.clone(), head: last, sort: Sort::Entity(e) });
        }
        if o.text(last) != "," {
            return None;
        }
        // `The teacher, Ito, said` and `Ito, a teacher, said`: the name is the apposition, or stands before it.
        if let Some((range, e)) = last.checked_sub(1).filter(|k| *k > low).and_then(|k| o.person(k))
            && range.start > low
            && o.text(range.start - 1) == ","
        {
            return Some(Phrase { head: range.end - 1, items: range, sort: Sort::Entity(e) });
        }
        let open = (low..last).rev().find(|k| o.text(*k) == ",")?;
        let (range, e) = open.checked_sub(1).filter(|k| *k >= low).and_then(|k| o.person(k))?;
        (range.end == open).then(|| Phrase { head: open - 1, items: range, sort: Sort::Entity(e) })
    }

    /// A unit without quotes: `Ito said that …`, `According to Ito, …`.
    fn reported(&mut self, unit: &Unit) -> Option<usize> {
        let o = self.o;
        let language = self.language?;
        let (low, end) = (unit.items.start, unit.items.end);
        let stop = if matches!(o.text(end - 1), "." | "!" | "?") { end - 1 } else { end };
        let (report, content) = if language.is(&o.low(low), Part::Per) {
            let comma = (low + 1..stop.min(low + 2 + BESIDE)).find(|k| o.text(*k) == ",")?;
            let phrase = self.name_behind(low + 1, comma)?;
            (Report { cue: low..low + 1, phrase, rule: Rule::Reported }, comma + 1..stop)
        } else {
            let opens = |k: &usize| language.is(&o.low(*k), Part::That);
            let that = (low + 2..stop).find(opens)?;
            let last = if o.text(that - 1) == "," { that - 1 } else { that };
            let verb = self.verb(last - 1, last).or_else(|| self.verb(last.checked_sub(2).filter(|k| *k > low)?, last))?;
            let phrase = self.name_before(low, verb.start)?;
            (Report { cue: verb, phrase, rule: Rule::Reported }, that + 1..stop)
        };
        if content.len() < 2 {
            return None;
        }
        let speaker = Some(self.resolve(unit, &report.phrase));
        let cue = Some(o.start(report.cue.start)..o.end(report.cue.end - 1));
        let piece = o.start(content.start)..o.end(content.end - 1);
        self.found.push(Statement { pieces: vec![piece], kind: QuoteKind::Indirect, speaker, cue, rule: report.rule });
        Some(self.found.len() - 1)
    }

    /// Whom a phrase means; a pronoun only if one person alone was named before it in its paragraph.
    fn resolve(&mut self, unit: &Unit, phrase: &Phrase) -> Resolved {
        let o = self.o;
        if phrase.sort != Sort::Pronoun {
            return speaker::resolve(o, &mut self.traces, phrase);
        }
        let bytes = o.start(phrase.items.start)..o.end(phrase.items.end - 1);
        let first = o.units.partition_point(|u| u.paragraph < unit.paragraph);
        let from = o.units.get(first).map_or(unit.items.start, |u| u.items.start);
        let word = o.text(phrase.head).to_lowercase();
        let pronoun = word.rsplit('-').next().unwrap_or("");
        let gender = match self.language.and_then(|l| l.female(pronoun)) {
            Some(true) => Gender::Female,
            _ => Gender::Male,
        };
        let fits = |e: usize| matches!(o.names.entities[e].gender, Gender::Unknown) || o.names.entities[e].gender == gender;
        let mut named = (from..phrase.head).filter_map(|k| o.person(k)).map(|(_, e)| e).filter(|e| fits(*e));
        let one = named.next().filter(|e| named.all(|other| other == *e));
        let class = if one.is_some() { SpeakerClass::Person } else { SpeakerClass::Unresolved };
        Resolved { entity: one, name: one.map(|e| o.names.entities[e].name.clone()), class, bytes, sure: 0.7 }
    }
}

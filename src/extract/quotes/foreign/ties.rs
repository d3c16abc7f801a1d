//! The reporting verb beside a quote or before a clause, and the words that name who speaks.

use super::Walk;
use crate::extract::names::Gender;
use crate::extract::page::Shape;
use crate::extract::quotes::language::{Language, Part};
use crate::extract::quotes::outline::{Outline, Unit};
use crate::extract::quotes::phrase::{Phrase, Sort};
use crate::extract::quotes::statement::Rule;
use std::ops::Range;

/// Most words between a reporting verb and the name beside it: `sagte der neue Sprecher der Stadt, Ana Ito`.
const BESIDE: usize = 8;

/// A reporting verb with its speaker.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub cue: Range<usize>,
    /// `None` where the verb stands without its subject: `ha aggiunto`.
    pub phrase: Option<Phrase>,
    pub rule: Rule,
}

pub(super) fn is_dash(o: &Outline<'_>, i: usize) -> bool {
    matches!(o.text(i), "-" | "–" | "—" | "―")
}

/// `text` in small letters, with straight apostrophes.
pub(super) fn small(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// The verb of `dit-il`, `a-t-elle`, and of what gender the pronoun is that is tied to it.
pub(super) fn tied<'w>(language: &Language, word: &'w str) -> Option<(&'w str, Gender)> {
    let (verb, pronoun) = word.rsplit_once('-')?;
    let gender = if language.female(pronoun)? { Gender::Female } else { Gender::Male };
    Some((verb.trim_end_matches("-t"), gender))
}

impl Walk<'_, '_> {
    /// A word in small letters, with straight apostrophes; empty for quotes.
    pub(super) fn word(&self, i: usize) -> String {
        small(self.o.text(i))
    }

    fn is(&self, i: usize, part: Part) -> bool {
        self.language.is_some_and(|l| l.is(&self.word(i), part))
    }

    /// The report a quote stands beside.
    pub(super) fn report(&self, unit: &Unit, q: usize) -> Option<Report> {
        self.behind(unit, q).or_else(|| self.before(unit, q)).or_else(|| self.called(unit, q))
    }

    /// Items of the verb that begins at `i`: one, or a helping verb and its participle with at most one word between.
    fn verb(&self, i: usize, end: usize) -> Option<Range<usize>> {
        if i >= end || self.o.person(i).is_some() {
            return None;
        }
        if self.is(i, Part::Has) {
            let done = (i + 1..end.min(i + 3)).find(|k| self.is(*k, Part::Done));
            let between = |k: &usize| (i + 1..*k).all(|m| self.o.shape(m) == Shape::Lower);
            return done.filter(between).map(|k| i..k + 1);
        }
        self.is(i, Part::Say).then_some(i..i + 1)
    }

    /// Items of `according to` that begin at `i`.
    fn per(&self, i: usize, end: usize) -> Option<Range<usize>> {
        let word = |n: usize| if i + n < end { self.word(i + n) } else { String::new() };
        self.language?.per(word).map(|n| i..i + n)
    }

    /// `“…”, said Ito`, `“…”, Ito said` and `“…”, according to Ito`, behind the quote at item `q`.
    fn behind(&self, unit: &Unit, q: usize) -> Option<Report> {
        let (o, end) = (self.o, unit.items.end);
        let mark = |i: usize| i < end && (is_dash(o, i) || matches!(o.text(i), "," | ".") || self.is(i, Part::Link));
        let i = (q + 1..=end).find(|i| !mark(*i))?;
        if let Some(inverted) = self.inverted_pronoun(i, end) {
            return Some(inverted);
        }
        if let Some(per) = self.per(i, end) {
            let phrase = Some(self.name_behind(per.end, end)?);
            return Some(Report { cue: per, phrase, rule: Rule::Inverted });
        }
        if let Some(verb) = self.verb(i, end) {
            return self.subject(unit, q, verb);
        }
        let phrase = self.pronoun(i, end).or_else(|| self.name_behind(i, end))?;
        let verb = self.verb(phrase.items.end, end)?;
        Some(Report { cue: verb, phrase: Some(phrase), rule: Rule::Tail })
    }

    /// Who is the subject of the verb behind the quote at `q`: behind it, before the quote (`Ito, “…” dedi`), or left out.
    fn subject(&self, unit: &Unit, q: usize, verb: Range<usize>) -> Option<Report> {
        let (o, low, end) = (self.o, unit.items.start, unit.items.end);
        let named = self.name_behind(verb.end, end).or_else(|| self.described(verb.end, end));
        let earlier = || {
            let clause = if q > low && o.text(q - 1) == "," { q - 1 } else { q };
            self.name_before(low, clause)
        };
        if let Some(phrase) = named.or_else(earlier) {
            return Some(Report { cue: verb, phrase: Some(phrase), rule: Rule::Inverted });
        }
        let alone = verb.end == end || matches!(o.shape(verb.end), Shape::Mark | Shape::Lower) && !o.is_quote(verb.end);
        self.left_out(verb).filter(|_| alone)
    }

    /// A verb without its subject, where the language has such.
    fn left_out(&self, cue: Range<usize>) -> Option<Report> {
        self.language.is_some_and(|l| l.drops()).then_some(Report { cue, phrase: None, rule: Rule::Inverted })
    }

    /// `– says Ito`, from item `i` behind the dash of a dialogue.
    pub(super) fn said_in_dialogue(&self, i: usize, end: usize) -> Option<Report> {
        if let Some(inverted) = self.inverted_pronoun(i, end) {
            return Some(inverted);
        }
        let verb = self.verb(i, end)?;
        let phrase = self.name_behind(verb.end, end).or_else(|| self.described(verb.end, end));
        match phrase {
            Some(_) => Some(Report { cue: verb, phrase, rule: Rule::Dash }),
            None => self.left_out(verb),
        }
    }

    /// `dit-il`, `a-t-elle déclaré`: French ties the pronoun to the verb before it.
    fn inverted_pronoun(&self, i: usize, end: usize) -> Option<Report> {
        let language = self.language.filter(|_| i < end)?;
        let word = self.word(i);
        let (verb, _) = tied(language, &word)?;
        let participle = language.is(verb, Part::Has) && i + 1 < end && self.is(i + 1, Part::Done);
        if !participle && !language.is(verb, Part::Say) {
            return None;
        }
        let phrase = Phrase { items: i..i + 1, head: i, sort: Sort::Pronoun };
        Some(Report { cue: i..i + 1 + usize::from(participle), phrase: Some(phrase), rule: Rule::Inverted })
    }

    /// `Ito said: “…”`, `Ito, a teacher, said: “…”`, `then said Ito: “…”` and `Ito: “…”`.
    fn before(&self, unit: &Unit, q: usize) -> Option<Report> {
        let (o, low) = (self.o, unit.items.start);
        let mark = q.checked_sub(1).filter(|m| *m > low && matches!(o.text(*m), ":" | ","))?;
        let near = mark.saturating_sub(BESIDE).max(low);
        let Some(verb) = (near..mark).rev().find_map(|i| self.verb(i, mark)) else {
            // `Ana Ito: “…”`
            let (range, e) = o.person(low).filter(|(range, _)| range.end == mark && o.text(mark) == ":")?;
            let phrase = Phrase { head: range.end - 1, items: range.clone(), sort: Sort::Entity(e) };
            return Some(Report { cue: mark..mark + 1, phrase: Some(phrase), rule: Rule::Colon });
        };
        let named = if verb.start > low { self.name_before(low, verb.start) } else { None };
        if let Some(phrase) = named.or_else(|| self.name_behind(verb.end, mark)) {
            return Some(Report { cue: verb, phrase: Some(phrase), rule: Rule::Head });
        }
        // `Y añadió: «…»`
        let begins = verb.start <= low + 1 && verb.end == mark;
        self.left_out(verb).filter(|_| begins).map(|report| Report { rule: Rule::Head, ..report })
    }

    /// `Ito nannte den Plan „einen Witz“`: the name is the subject, and nothing but words stands before the quote.
    fn called(&self, unit: &Unit, q: usize) -> Option<Report> {
        let (o, low) = (self.o, unit.items.start);
        let near = q.saturating_sub(BESIDE).max(low);
        let verb = (near..q).rev().take_while(|k| o.shape(*k) != Shape::Mark).find(|k| self.is(*k, Part::Call))?;
        let phrase = self.name_before(low, verb)?;
        Some(Report { cue: verb..verb + 1, phrase: Some(phrase), rule: Rule::Named })
    }

    fn pronoun(&self, i: usize, end: usize) -> Option<Phrase> {
        let language = self.language.filter(|_| i < end)?;
        language.female(&self.word(i))?;
        Some(Phrase { items: i..i + 1, head: i, sort: Sort::Pronoun })
    }

    /// `o prefeito`: an article and the one noun behind it.
    fn described(&self, i: usize, end: usize) -> Option<Phrase> {
        let noun = |k: usize| k < end && matches!(self.o.shape(k), Shape::Lower | Shape::Capital) && !self.is(k, Part::The);
        let fits = i < end && self.is(i, Part::The) && noun(i + 1);
        fits.then_some(Phrase { items: i..i + 2, head: i + 1, sort: Sort::Described })
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
        // `Ana Ito (PSD) sade`
        if o.text(last) == ")" {
            let open = (low..last).rev().find(|k| o.text(*k) == "(").filter(|open| *open > low)?;
            return self.name_before(low, open);
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

    /// What a unit reports as a clause, and the items of that: `Ito said that …`, `According to Ito, …`, `Ito sagte, es sei …`.
    pub(super) fn clause(&self, unit: &Unit) -> Option<(Report, Range<usize>)> {
        let o = self.o;
        let (low, end) = (unit.items.start, unit.items.end);
        let stop = if matches!(o.text(end - 1), "." | "!" | "?") { end - 1 } else { end };
        let found = if let Some(per) = self.per(low, stop) {
            self.clause_according(per, stop)
        } else {
            self.clause_opened(low, stop).or_else(|| self.clause_in_mood(low, stop))
        };
        found.filter(|(_, content)| content.len() >= 2 || content.clone().any(|i| o.is_quote(i)))
    }

    /// `According to Ito, …`; the comma may be missing where the clause begins in small letters.
    fn clause_according(&self, per: Range<usize>, stop: usize) -> Option<(Report, Range<usize>)> {
        let o = self.o;
        let comma = (per.end..stop.min(per.end + 1 + BESIDE)).find(|k| o.text(*k) == ",");
        let phrase = self.name_behind(per.end, comma.unwrap_or(stop))?;
        let direct = comma.is_none() && matches!(phrase.sort, Sort::Entity(_)) && o.shape(phrase.items.end) == Shape::Lower;
        let from = comma.map(|c| c + 1).or_else(|| direct.then_some(phrase.items.end)).filter(|from| *from < stop)?;
        Some((Report { cue: per, phrase: Some(phrase), rule: Rule::Reported }, from..stop))
    }

    /// `Ito said that …`
    fn clause_opened(&self, low: usize, stop: usize) -> Option<(Report, Range<usize>)> {
        let o = self.o;
        let that = (low + 2..stop).find(|k| self.is(*k, Part::That))?;
        let last = if o.text(that - 1) == "," { that - 1 } else { that };
        let verb = (last.saturating_sub(3).max(low + 1)..last).find_map(|i| self.verb(i, last).filter(|v| v.end == last))?;
        let phrase = self.name_before(low, verb.start)?;
        Some((Report { cue: verb, phrase: Some(phrase), rule: Rule::Reported }, that + 1..stop))
    }

    /// `Ito sagte, die Brücke sei zu`: the mood of the verb says that it is reported.
    fn clause_in_mood(&self, low: usize, stop: usize) -> Option<(Report, Range<usize>)> {
        let comma = (low + 2..stop).find(|k| self.o.text(*k) == "," && self.verb(k - 1, *k).is_some())?;
        let content = comma + 1..stop;
        let phrase = self.name_before(low, comma - 1)?;
        let clause = content.clone().take_while(|k| self.o.text(*k) != ",");
        clause.clone().any(|k| self.is(k, Part::Mood)).then_some(())?;
        Some((Report { cue: comma - 1..comma, phrase: Some(phrase), rule: Rule::Reported }, content))
    }
}

//! Quotes whose sentence says nothing of a speaker: they go on with the one before, wait for a name behind them, or belong to whom
//! the sentence before speaks of.

use super::assemble::Assembler;
use super::closed::is_auxiliary;
use super::direct::{self, words};
use super::event::{self, Event, Tie};
use super::outline::{Outline, Unit};
use super::phrase::{Phrase, Sort};
use super::speaker::{self, Resolved};
use super::statement::{Rule, Statement};
use super::whose;
use super::{wordless, works};
use crate::article::QuoteKind;
use crate::extract::page::Shape;

impl Assembler<'_, '_> {
    /// A quote whose sentence says nothing of a speaker.
    pub(super) fn alone(&mut self, n: usize, unit: &Unit, q: usize) {
        let o = self.o;
        let bare = unit.items.clone().all(|i| o.is_quote(i) || o.shape(i) == Shape::Mark);
        let marked = &o.marked[o.items[q].quote as usize];
        let few = direct::is_short(o, q);
        if !bare {
            // A title, a slogan or a word held at arm's length. A longer one may belong to whoever spoke just before.
            let text = words(o, q);
            match self.last {
                _ if few || works::is_title(text) => {}
                Some((s, at)) if at + 1 == n && o.units[at].paragraph == unit.paragraph => self.add(q, s, Rule::Subject, n),
                _ if text.starts_with(char::is_uppercase) && text.split_whitespace().nth(4).is_some() => {
                    self.push_alone(q, None, Rule::Alone, n)
                }
                _ => {}
            }
            return;
        }
        let first = n == 0 || o.units[n - 1].paragraph != unit.paragraph;
        if !first {
            let last = self.last;
            match last {
                Some((s, at)) if at + 1 == n => self.add(q, s, Rule::Follows, n),
                _ if !self.pending.is_empty() => self.pending.push(q),
                _ if self.follow_lead(q, n, Rule::Head) => {}
                // `“…,” Ito says. Both live in Halden. “…”`
                Some((s, at)) if at + 2 == n && self.o.units[at].paragraph == unit.paragraph => match self.same_between(n - 1, s) {
                    Some(speaker) => self.push_alone(q, Some(speaker), Rule::Subject, n),
                    None => self.add(q, s, Rule::Subject, n),
                },
                _ => self.subject_before(n, q),
            }
            return;
        }
        let last = self.last;
        match last {
            Some((s, at)) if at + 1 == n && marked.resumes => self.add(q, s, Rule::Resumes, n),
            _ if n > 0 && self.colon_ends(n - 1) && self.follow_lead(q, n, Rule::Head) => {}
            _ if n > 0 && self.colon_ends(n - 1) => match last {
                Some((s, at)) if at + 1 == n => self.add(q, s, Rule::Alone, n),
                _ => self.subject_before(n, q),
            },
            _ => self.pending.push(q),
        }
    }

    /// `“…,” Ito said, and her husband cut in. “…”`: who answers at the end of a sentence speaks next.
    pub(super) fn answered(&mut self, n: usize, unit: &Unit, events: &[Event]) {
        let o = self.o;
        let Some(event) = events.last().filter(|e| e.cue.end + 1 >= unit.items.end && e.tie == Tie::Subject) else { return };
        let answers =
            matches!(&*o.low(event.verb), "replied" | "replies" | "responded" | "responds" | "answered" | "interjected" | "countered")
                || event.cue.len() == 2 && matches!(&*o.low(event.verb + 1), "in" | "back");
        let Some((phrase, false)) = whose::speaker(o, unit, events, events.len() - 1).filter(|_| answers) else { return };
        let first = phrase.items.start;
        let quote = (unit.items.start..first).rev().find(|k| o.is_quote(*k));
        let between = |q: usize| events.iter().any(|e| e.verb > q && e.verb < first);
        if quote.is_some_and(between) && speaker::is_somebody(o, &phrase) {
            let speaker = speaker::resolve(o, &mut self.traces, &phrase);
            self.traces.spoke(&speaker);
            self.lead = Some((speaker, o.start(event.cue.start)..o.end(event.cue.end - 1), n));
            self.last = None;
        }
    }

    /// The words at the head of unit `n` that mean whoever spoke statement `s`: `“…,” Ana Ito says. Ito lives in Halden. “…”`
    fn same_between(&mut self, n: usize, s: usize) -> Option<Resolved> {
        let o = self.o;
        let spoke = self.statements[s].speaker.as_ref()?.entity?;
        let unit = &o.units[n];
        let phrase = o.main_subject(unit.items.start, unit.items.end - 1).filter(|p| matches!(p.sort, Sort::Entity(e) if e == spoke))?;
        Some(speaker::resolve(o, &mut self.traces, &phrase))
    }

    /// Whether a unit opens with a quote that the paragraph before left open, and nobody has spoken just before.
    pub(super) fn resumes(&self, unit: &Unit) -> bool {
        let first = unit.items.start;
        let spoken = self.last.is_some_and(|(_, at)| self.o.units[at].paragraph + 2 >= unit.paragraph);
        if spoken || self.lead.is_some() {
            return false;
        }
        self.o.is_quote(first) && self.o.marked[self.o.items[first].quote as usize].resumes
    }

    /// Whether unit `n` ends in a colon.
    pub(super) fn colon_ends(&self, n: usize) -> bool {
        self.o.text(self.o.units[n].items.end - 1) == ":"
    }

    /// A quote after a sentence that says what somebody does: `Ito shrugged. “So what?”`
    fn subject_before(&mut self, n: usize, q: usize) {
        let o = self.o;
        let Some(before) = n.checked_sub(1).map(|b| &o.units[b]) else { return };
        let colon = self.colon_ends(n - 1);
        let stop = before.items.end - 1;
        let mut events = Vec::new();
        event::find(o, before, &mut events);
        let by = |e: usize| whose::speaker(o, before, &events, e).map(|(p, _)| p).filter(|p| !matches!(p.sort, Sort::Relative(_)));
        let finite = |e: &usize| events[*e].tie != event::Tie::Clause;
        let reports = (0..events.len()).rev().filter(finite).find_map(|e| by(e).filter(|p| speaker::is_somebody(o, p)));
        let reports = reports.or_else(|| (0..events.len()).rev().find_map(by));
        let phrase = reports
            .or_else(|| asked(o, before))
            .or_else(|| o.main_subject(before.items.start, stop).filter(|p| speaker::is_somebody(o, p)));
        // `By signing up, you agree to our terms`: whoever reads this.
        let Some(phrase) = phrase.filter(|p| p.sort != Sort::Pronoun || &*o.low(p.head) != "you") else { return };
        // `…, Ito said. They lie far off. “It is a hard stretch.”`
        let thing = phrase.sort == Sort::Pronoun && matches!(&*o.low(phrase.head), "it" | "they");
        if let Some((s, at)) = self.last.filter(|_| thing)
            && at + 2 >= n
            && o.units[at].paragraph == o.units[n].paragraph
        {
            return self.add(q, s, Rule::Subject, n);
        }
        let speaker = speaker::resolve(o, &mut self.traces, &phrase);
        let rule = if colon { Rule::Colon } else { Rule::Subject };
        self.push_alone(q, Some(speaker), rule, n);
    }

    /// Gives quote `q` to whom the unit before said to speak.
    fn follow_lead(&mut self, q: usize, n: usize, rule: Rule) -> bool {
        let Some((speaker, cue, _)) = self.lead.take_if(|(_, _, at)| *at + 1 >= n) else { return false };
        self.statements.push(Statement {
            pieces: vec![self.inner(q)],
            kind: QuoteKind::Direct,
            speaker: Some(speaker),
            cue: Some(cue),
            rule,
        });
        self.last = Some((self.statements.len() - 1, n));
        true
    }

    fn push_alone(&mut self, q: usize, speaker: Option<Resolved>, rule: Rule, n: usize) {
        let spoken = speaker.is_some();
        self.statements.push(Statement { pieces: vec![self.inner(q)], kind: QuoteKind::Direct, speaker, cue: None, rule });
        if spoken {
            self.last = Some((self.statements.len() - 1, n));
        }
    }

    /// Gives the quotes that wait to the name on the line below them: `— Ana Ito`.
    pub(super) fn sign(&mut self, n: usize, phrase: &Phrase) {
        let pieces: Vec<_> = std::mem::take(&mut self.pending).iter().map(|q| self.inner(*q)).collect();
        let speaker = speaker::resolve(self.o, &mut self.traces, phrase);
        self.statements.push(Statement { pieces, kind: QuoteKind::Direct, speaker: Some(speaker), cue: None, rule: Rule::Dash });
        self.last = Some((self.statements.len() - 1, n));
    }

    /// `“…” Ana Ito, Harbor Post`: a name that closes the paragraph signs the quote before it, unless it has a speaker with a name.
    pub(super) fn sign_below(&mut self, n: usize, unit: &Unit) {
        let o = self.o;
        let quote = o.is_quote(unit.items.start - 1);
        let closes = o.units.get(n + 1).is_none_or(|next| next.paragraph != unit.paragraph);
        let Some(phrase) = (if quote && closes { wordless::signature(o, unit) } else { None }) else { return };
        if !self.pending.is_empty() {
            return self.sign(n, &phrase);
        }
        let Some((s, _)) = self.last.filter(|(_, at)| at + 1 == n) else {
            if words(o, unit.items.start - 1).split_whitespace().nth(4).is_some() {
                let speaker = speaker::resolve(o, &mut self.traces, &phrase);
                self.push_alone(unit.items.start - 1, Some(speaker), Rule::Dash, n);
            }
            return;
        };
        if self.statements[s].speaker.as_ref().is_none_or(|by| by.name.is_none()) {
            let speaker = speaker::resolve(o, &mut self.traces, &phrase);
            self.statements[s] = Statement { speaker: Some(speaker), cue: None, rule: Rule::Dash, ..self.statements[s].clone() };
        }
    }

    /// Quotes nobody claimed behind them belong to the speaker before, if the paragraph before ended with his or her words.
    pub(super) fn give_up_pending(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        for q in pending {
            if heading(words(self.o, q)) {
                continue;
            }
            let n = self.o.units.partition_point(|u| u.items.end <= q);
            let paragraph = self.o.units[n].paragraph;
            let last = self.last;
            match last {
                Some((s, at)) if self.o.units[at].paragraph + 1 >= paragraph && at + 1 >= n => self.add(q, s, Rule::Alone, n),
                _ if self.follow_lead(q, n, Rule::Alone) => {}
                _ => {
                    // A paragraph of its own: perhaps of whom the sentence before speaks.
                    let found = self.statements.len();
                    if words(self.o, q).split_whitespace().nth(4).is_some() {
                        self.subject_before(n, q);
                    }
                    if found == self.statements.len() {
                        self.push_alone(q, None, Rule::Alone, n);
                    }
                }
            }
        }
    }
}

/// Whether words in marks that stand alone are a heading: few, and without a mark at their end.
fn heading(words: &str) -> bool {
    words.split_whitespace().nth(6).is_none() && !words.ends_with(|c: char| c.is_ascii_punctuation() || matches!(c, '…' | '—' | '–' | '’'))
}

/// `Why was she out so late? “…”`: of whom a question is that a quote answers.
fn asked(o: &Outline<'_>, unit: &Unit) -> Option<Phrase> {
    let end = unit.items.end - 1;
    let subject = (unit.items.start + 1..end).take(6).find(|k| matches!(&*o.low(*k), "he" | "she") && is_auxiliary(&o.low(k - 1)));
    subject.filter(|_| o.text(end) == "?").map(|k| Phrase { items: k..k + 1, head: k, sort: Sort::Pronoun })
}

//! The walk through an article, sentence by sentence, that ties its quotes to speakers and hands on who spoke last.

use super::coreference::Traces;
use super::direct::{self, Link, words};
use super::event::{self, Event};
use super::outline::{Outline, Unit};
use super::phrase::{Phrase, Sort};
use super::speaker::{self, Resolved};
use super::statement::{Rule, Statement};
use super::transcript;
use super::{indirect, tweets, wordless, works};
use crate::article::QuoteKind;
use crate::extract::page::Shape;
use std::collections::HashMap;
use std::ops::Range;

/// Ties quotes to speakers, one unit after the other.
pub(super) struct Assembler<'o, 'a> {
    pub(super) o: &'o Outline<'a>,
    traces: Traces,
    events: Vec<Event>,
    /// What has been found.
    pub statements: Vec<Statement>,
    /// Number of the last statement with a speaker, and the unit it ended in.
    pub(super) last: Option<(usize, usize)>,
    /// Quotes (items) of this paragraph that wait for a speaker to be named behind them.
    pending: Vec<usize>,
    /// Who was said to speak without a word of what, and in which unit: `Ito went on for an hour.`
    pub(super) lead: Option<(Resolved, Range<usize>, usize)>,
}

impl<'o, 'a> Assembler<'o, 'a> {
    /// Nothing found yet.
    pub fn new(o: &'o Outline<'a>) -> Assembler<'o, 'a> {
        Assembler { o, traces: Traces::new(o), events: Vec::new(), statements: Vec::new(), last: None, pending: Vec::new(), lead: None }
    }

    /// Goes through all units.
    pub fn run(&mut self) {
        let labels = transcript::labels(self.o);
        let cast = if labels.is_empty() { HashMap::new() } else { transcript::cast(self.o, &labels) };
        let (mut spoken, mut insert) = (None, false);
        for n in 0..self.o.units.len() {
            let unit = self.o.units[n].clone();
            let begins = n == 0 || self.o.units[n - 1].paragraph != unit.paragraph;
            if begins {
                insert = tweets::is_insert(self.o, unit.paragraph);
            }
            if insert {
                self.last = self.last.map(|(s, at)| (s, if at + 1 == n { n } else { at }));
                continue;
            }
            if n > 0 && begins {
                match wordless::signature(self.o, &unit).filter(|_| !self.pending.is_empty()) {
                    Some(phrase) => self.sign(n, &phrase),
                    // What a quote left open goes on with waits for the same speaker.
                    None if !self.pending.is_empty() && self.resumes(&unit) => {}
                    None => self.give_up_pending(),
                }
            }
            if !begins {
                self.sign_below(n, &unit);
            }
            self.traces.enter(self.o, n);
            if begins && self.tweet(n, unit.paragraph) {
                spoken = Some(unit.paragraph);
            }
            if spoken == Some(unit.paragraph) && labels.is_empty() {
                self.last = self.last.map(|(s, _)| (s, n));
                continue;
            }
            if let Some(label) = labels.get(&unit.paragraph) {
                if spoken != Some(unit.paragraph) {
                    self.labelled(n, unit.paragraph, label, &cast);
                    spoken = Some(unit.paragraph);
                }
                self.last = self.last.map(|(s, _)| (s, n));
                continue;
            }
            if !labels.is_empty() && self.goes_on(n, &unit, &labels, spoken) {
                spoken = Some(unit.paragraph);
                continue;
            }
            if self.is_block(n, &unit) {
                self.block(n, &unit);
                continue;
            }
            let mut events = std::mem::take(&mut self.events);
            event::find(self.o, &unit, &mut events);
            if unit.quoted {
                self.quoted(n, &unit, &events);
            } else {
                self.reported(n, &unit, &events);
            }
            self.events = events;
        }
        self.give_up_pending();
    }

    /// A unit with quotes in it.
    fn quoted(&mut self, n: usize, unit: &Unit, events: &[Event]) {
        let o = self.o;
        let before = (self.statements.len(), self.pending.len());
        let mut previous: Option<(usize, Option<usize>)> = None; // statement, event
        let mut earlier: Vec<usize> = Vec::new(); // without a tie, at the head of the unit
        for q in unit.items.clone().filter(|i| o.is_quote(*i) && !works::of_a_work(o, unit, *i)) {
            match direct::link(o, unit, events, q) {
                Some(link) => {
                    let same = previous.filter(|(_, e)| e.is_some() && *e == link.event).map(|(s, _)| s);
                    let statement = match same {
                        Some(s) => {
                            let piece = self.inner(q);
                            self.statements[s].pieces.push(piece);
                            s
                        }
                        None => self.tie(n, unit, events, q, &link),
                    };
                    // `It was “a poor plan” and “badly drawn,” Ito said`: what stands before the last of them is Ito's, too.
                    for piece in earlier.drain(..).filter(|_| link.rule == Rule::Tail || link.rule == Rule::Inverted) {
                        self.add(piece, statement, Rule::Same, n);
                    }
                    previous = Some((statement, link.event));
                }
                None => match previous {
                    Some((s, _)) if words(o, q).len() > 2 && !works::is_title(words(o, q)) => self.add(q, s, Rule::Same, n),
                    Some(_) => self.alone(n, unit, q),
                    None => {
                        let found = (self.statements.len(), self.pending.len());
                        self.alone(n, unit, q);
                        let untied = found == (self.statements.len(), self.pending.len());
                        if untied && !direct::is_short(o, q) && !works::is_title(words(o, q)) {
                            earlier.push(q);
                        }
                    }
                },
            }
        }
        let bare = unit.items.clone().all(|i| o.is_quote(i) || o.shape(i) == Shape::Mark);
        if !bare && before == (self.statements.len(), self.pending.len()) {
            self.reported(n, unit, events); // marks around a title or a word only
        }
    }

    /// Makes the statement of a quote with a tie of its own, and gives the quotes that waited for it the same speaker.
    fn tie(&mut self, n: usize, unit: &Unit, events: &[Event], q: usize, link: &Link) -> usize {
        let o = self.o;
        let speaker = speaker::resolve(o, &mut self.traces, &link.phrase);
        let pending = std::mem::take(&mut self.pending);
        self.traces.spoke(&speaker);
        let cue = link.cue.clone().map(|c| o.start(c.start)..o.end(c.end - 1));
        let (kind, pieces) = self.extent(unit, events, q, link);
        let mut pieces = pieces;
        // `“One.” “Two,” she said`: what waited is the beginning of it.
        let joins = matches!(link.rule, Rule::Tail | Rule::Inverted | Rule::Dash);
        if joins {
            pieces.extend(pending.iter().map(|p| self.inner(*p)));
        } else {
            self.pending = pending;
            self.give_up_pending();
        }
        self.statements.push(Statement { pieces, kind, speaker: Some(speaker), cue, rule: link.rule });
        let s = self.statements.len() - 1;
        self.last = Some((s, n));
        s
    }

    /// Kind and pieces of a quote: a fragment takes the reported words around it along.
    fn extent(&self, unit: &Unit, events: &[Event], q: usize, link: &Link) -> (QuoteKind, Vec<Range<usize>>) {
        let o = self.o;
        let text = words(o, q);
        let whole = matches!(link.rule, Rule::Tail | Rule::Inverted | Rule::Head | Rule::Dash | Rule::Colon);
        let sentence = text.chars().next().is_some_and(char::is_uppercase);
        let inverted = link.event.is_some_and(|event| link.phrase.items.start > events[event].verb);
        if link.rule == Rule::Fragment
            && !inverted
            && let Some(content) = link.event.and_then(|event| indirect::content_behind(o, unit, events, event))
        {
            let mut pieces = vec![self.inner(q)];
            pieces.extend(indirect::outside(o, content, unit));
            return (QuoteKind::Mixed, pieces);
        }
        let kind = if whole || sentence && matches!(link.rule, Rule::Noun | Rule::Subject) { QuoteKind::Direct } else { QuoteKind::Mixed };
        (kind, vec![self.inner(q)])
    }

    fn inner(&self, q: usize) -> Range<usize> {
        self.o.marked[self.o.items[q].quote as usize].inner.clone()
    }

    /// Adds a quote to statement `s`: as a piece where it goes straight on, else as a statement with the same speaker.
    fn add(&mut self, q: usize, s: usize, rule: Rule, n: usize) {
        let piece = self.inner(q);
        let goes_on = matches!(rule, Rule::Follows | Rule::Resumes) && self.statements[s].kind == QuoteKind::Direct;
        if goes_on {
            self.statements[s].pieces.push(piece);
            self.last = Some((s, n));
            return;
        }
        let from = &self.statements[s];
        let kind = if matches!(rule, Rule::Same) { from.kind } else { QuoteKind::Direct };
        let copy = Statement { pieces: vec![piece], kind, speaker: from.speaker.clone(), cue: from.cue.clone(), rule };
        self.statements.push(copy);
        self.last = Some((self.statements.len() - 1, n));
    }

    /// A quote whose sentence says nothing of a speaker.
    fn alone(&mut self, n: usize, unit: &Unit, q: usize) {
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
                Some((s, at)) if at + 2 == n && self.o.units[at].paragraph == unit.paragraph => self.add(q, s, Rule::Subject, n),
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

    /// Whether a unit opens with a quote that the paragraph before left open, and nobody has spoken just before.
    fn resumes(&self, unit: &Unit) -> bool {
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
        let by = |e: usize| event::speaker(o, before, &events, e).map(|(p, _)| p).filter(|p| !matches!(p.sort, Sort::Relative(_)));
        let finite = |e: &usize| events[*e].tie != event::Tie::Clause;
        let reports = (0..events.len()).rev().filter(finite).find_map(|e| by(e).filter(|p| speaker::is_somebody(o, p)));
        let reports = reports.or_else(|| (0..events.len()).rev().find_map(by));
        let phrase = reports.or_else(|| o.main_subject(before.items.start, stop).filter(|p| speaker::is_somebody(o, p)));
        let Some(phrase) = phrase else { return };
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
    fn sign(&mut self, n: usize, phrase: &Phrase) {
        let pieces: Vec<_> = std::mem::take(&mut self.pending).iter().map(|q| self.inner(*q)).collect();
        let speaker = speaker::resolve(self.o, &mut self.traces, phrase);
        self.statements.push(Statement { pieces, kind: QuoteKind::Direct, speaker: Some(speaker), cue: None, rule: Rule::Dash });
        self.last = Some((self.statements.len() - 1, n));
    }

    /// `“…” Ana Ito, Harbor Post`: a name that closes the paragraph signs the quote before it, unless it has a speaker with a name.
    fn sign_below(&mut self, n: usize, unit: &Unit) {
        let o = self.o;
        let quote = o.is_quote(unit.items.start - 1);
        let closes = o.units.get(n + 1).is_none_or(|next| next.paragraph != unit.paragraph);
        let Some(phrase) = wordless::signature(o, unit).filter(|_| quote && closes) else { return };
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
    fn give_up_pending(&mut self) {
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

    /// A unit without quotes: reported words.
    fn reported(&mut self, n: usize, unit: &Unit, events: &[Event]) {
        let o = self.o;
        let Some(found) = indirect::find(o, unit, events) else { return };
        let speaker = speaker::resolve(o, &mut self.traces, &found.phrase);
        // `Ito left hours before Diaz said so`: who speaks in a clause of time is not whom the story is of.
        if !indirect::within_time(o, unit, &found.phrase) {
            self.traces.spoke(&speaker);
        }
        let cue = o.start(found.cue.start)..o.end(found.cue.end - 1);
        let Some(content) = found.content else {
            self.lead = Some((speaker, cue, n));
            return;
        };
        self.statements.push(Statement {
            pieces: [Some(content), found.rest].into_iter().flatten().collect(),
            kind: QuoteKind::Indirect,
            speaker: Some(speaker),
            cue: Some(cue),
            rule: Rule::Reported,
        });
        self.last = Some((self.statements.len() - 1, n));
    }
}

/// Whether words in marks that stand alone are a heading: few, and without a mark at their end.
fn heading(words: &str) -> bool {
    words.split_whitespace().nth(6).is_none() && !words.ends_with(|c: char| c.is_ascii_punctuation() || matches!(c, '…' | '—' | '–' | '’'))
}

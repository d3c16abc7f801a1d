//! The walk through an article, sentence by sentence, that ties its quotes to speakers and hands on who spoke last.

use super::coreference::Traces;
use super::direct::{self, Link, words};
use super::event::{self, Event};
use super::indirect::Reported;
use super::outline::{Outline, Unit};
use super::speaker::{self, Resolved};
use super::statement::{Rule, Statement};
use super::transcript;
use super::{asides, indirect, tweets, wordless, works};
use crate::article::QuoteKind;
use crate::extract::page::Shape;
use std::collections::HashMap;
use std::ops::Range;

/// Ties quotes to speakers, one unit after the other.
pub(super) struct Assembler<'o, 'a> {
    pub(super) o: &'o Outline<'a>,
    pub(super) traces: Traces,
    /// What has been found.
    pub statements: Vec<Statement>,
    /// Number of the last statement with a speaker, and the unit it ended in.
    pub(super) last: Option<(usize, usize)>,
    /// Quotes (items) of this paragraph that wait for a speaker to be named behind them.
    pub(super) pending: Vec<usize>,
    /// Who was said to speak without a word of what, and in which unit: `Ito went on for an hour.`
    pub(super) lead: Option<(Resolved, Range<usize>, usize)>,
}

/// What sentences say by themselves, whoever spoke before. It is found for all of them before the walk, one after the other: each of these
/// searches is so much of the program that they would push each other out of the processor's nearest memory.
struct Ahead {
    events: Vec<Event>,
    /// Where those of each unit end.
    ends: Vec<usize>,
    /// What units without quotes report.
    reported: Vec<Option<Reported>>,
    /// The quotes in the others that are no works, in order, each with its tie.
    links: Vec<(usize, Option<Link>)>,
}

impl Ahead {
    fn of(o: &Outline<'_>) -> Ahead {
        let mut events = Vec::with_capacity(o.units.len());
        let found = |unit: &Unit| {
            event::find(o, unit, &mut events);
            events.len()
        };
        let mut ahead = Ahead { ends: o.units.iter().map(found).collect(), events, reported: Vec::new(), links: Vec::new() };
        let report = |(n, unit): (usize, &Unit)| if unit.quoted { None } else { indirect::find(o, unit, ahead.events_of(n)) };
        ahead.reported = o.units.iter().enumerate().map(report).collect();
        let mut links = Vec::with_capacity(o.marked.len());
        for (n, unit) in o.units.iter().enumerate().filter(|(_, unit)| unit.quoted) {
            let quotes = o.marks(&unit.items).filter(|i| o.is_quote(*i) && !works::of_a_work(o, unit.items.start, *i));
            links.extend(quotes.map(|q| (q, direct::link(o, unit, ahead.events_of(n), q))));
        }
        ahead.links = links;
        ahead
    }

    fn links_of(&self, unit: &Unit) -> &[(usize, Option<Link>)] {
        let before = |item: usize| self.links.partition_point(|(q, _)| *q < item);
        &self.links[before(unit.items.start)..before(unit.items.end)]
    }

    fn events_of(&self, n: usize) -> &[Event] {
        &self.events[n.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[n]]
    }
}

impl<'o, 'a> Assembler<'o, 'a> {
    /// Nothing found yet.
    pub fn new(o: &'o Outline<'a>) -> Assembler<'o, 'a> {
        Assembler { o, traces: Traces::new(o), statements: Vec::new(), last: None, pending: Vec::new(), lead: None }
    }

    /// Goes through all units.
    pub fn run(&mut self) {
        let labels = transcript::labels(self.o);
        let cast = if labels.is_empty() { HashMap::new() } else { transcript::cast(self.o, &labels) };
        let (mut spoken, mut insert) = (None, false);
        let mut ahead = Ahead::of(self.o);
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
            if n > 0 && begins && !self.pending.is_empty() {
                match wordless::signature(self.o, &unit) {
                    Some(phrase) => self.sign(n, &phrase),
                    // What a quote left open goes on with waits for the same speaker.
                    None if self.resumes(&unit) => {}
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
            if unit.quoted {
                self.quoted(n, &unit, ahead.events_of(n), ahead.links_of(&unit));
            } else {
                self.reported(n, &unit, ahead.reported[n].take());
            }
        }
        self.give_up_pending();
    }

    /// A unit with quotes in it.
    fn quoted(&mut self, n: usize, unit: &Unit, events: &[Event], links: &[(usize, Option<Link>)]) {
        let o = self.o;
        let before = (self.statements.len(), self.pending.len());
        let mut previous: Option<(usize, Option<usize>)> = None; // statement, event
        let mut earlier: Vec<usize> = Vec::new(); // without a tie, at the head of the unit
        for (q, link) in links.iter().map(|(q, link)| (*q, link)) {
            if previous.is_none() && asides::is_broken_off(o, unit, events, q) {
                earlier.push(q);
                continue;
            }
            match link {
                Some(link) => {
                    let same = previous.filter(|(_, e)| e.is_some() && *e == link.event).map(|(s, _)| s);
                    let statement = match same {
                        Some(s) => {
                            let piece = self.inner(q);
                            self.statements[s].pieces.push(piece);
                            s
                        }
                        None => self.tie(n, unit, events, q, link),
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
        self.answered(n, unit, events);
        let bare = unit.items.clone().all(|i| o.is_quote(i) || o.shape(i) == Shape::Mark);
        if !bare && before == (self.statements.len(), self.pending.len()) {
            self.reported(n, unit, indirect::find(o, unit, events)); // marks around a title or a word only
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
            pieces.extend(asides::outside(o, content, unit));
            return (QuoteKind::Mixed, pieces);
        }
        let kind = if whole || sentence && matches!(link.rule, Rule::Noun | Rule::Subject) { QuoteKind::Direct } else { QuoteKind::Mixed };
        (kind, vec![self.inner(q)])
    }

    pub(super) fn inner(&self, q: usize) -> Range<usize> {
        self.o.marked[self.o.items[q].quote as usize].inner.clone()
    }

    /// Adds a quote to statement `s`: as a piece where it goes straight on, else as a statement with the same speaker.
    pub(super) fn add(&mut self, q: usize, s: usize, rule: Rule, n: usize) {
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

    /// A unit without quotes that are sentences: reported words.
    fn reported(&mut self, n: usize, unit: &Unit, found: Option<Reported>) {
        let (o, Some(found)) = (self.o, found) else { return };
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

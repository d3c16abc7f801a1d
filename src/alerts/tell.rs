//! Runs alerts: looks at what came since each sink was told, and tells it, in steps that a crash may interrupt anywhere.
//!
//! The order is: note on disk what was found; put the message into the outbox; hand it to the sink; note that it was taken,
//! for all its queries at once; empty the outbox. Whatever was not noted is found again by the next run, and a message that
//! may have been taken is sent again under the same id. So nothing is lost, and nothing is told twice under two ids.

use super::digest::{Broken, Digest, Section};
use super::first::{self, Prepared, Unready};
use super::kin::Others;
use super::look::{Watched, look};
use super::outbox::Pending;
use super::sinks::{Delivery, deliver};
use super::state::{AlertState, Lock, Mark, QueryState, Seen};
use super::{ask, compare, news};
use crate::archive::{Archive, Progress};
use crate::error::{Error, Kind, Result};
use crate::saved::{Alert, SavedQueries, SavedQuery, Sink, short_hash};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// So many counts tell what is usual.
const COUNTS_KEPT: usize = 20;
/// From so many queries on, all are held against what came at once.
const MANY: usize = 64;

/// How alerts are run.
pub struct Telling<'t> {
    /// Only these queries.
    pub names: Option<Vec<String>>,
    /// Only those whose schedule says so.
    pub due: bool,
    /// The moment.
    pub now: Timestamp,
    /// How messages are handed over.
    pub delivery: Delivery<'t>,
    /// Called after each step that is on disk or out of the house, with its name; what it answers ends the run there.
    pub step: &'t dyn Fn(&str) -> Result<()>,
    /// From so many queries on, all are held against what came at once.
    pub many: usize,
    /// Told how many of the queries have been read, and what they find remembered, in [`Progress::files`]; the rest is quick.
    pub progress: Option<&'t Progress>,
}

impl<'t> Telling<'t> {
    /// Runs all alerts, now.
    pub fn new(delivery: Delivery<'t>) -> Telling<'t> {
        Telling { names: None, due: false, now: Timestamp::now(), delivery, step: &|_| Ok(()), many: MANY, progress: None }
    }
}

/// What a run of alerts did.
#[derive(Debug, Default)]
pub struct Told {
    /// Messages that were taken.
    pub sent: Vec<Digest>,
    /// Sinks that did not take theirs, which waits for the next run.
    pub waiting: Vec<(String, Error)>,
    /// Sinks with a message that was refused a short time ago, and is not tried again yet where only what is due is run.
    pub resting: Vec<String>,
    /// Queries that cannot be read.
    pub broken: Vec<Broken>,
    /// Queries watched from now on.
    pub started: Vec<String>,
    /// How many queries were looked at.
    pub looked_at: usize,
}

/// Runs the alerts of `queries` on `archive`.
///
/// # Errors
///
/// When another process runs them, or disk or index fail. Trouble with one query or one sink is in the answer.
pub fn tell(archive: &Archive, queries: &SavedQueries, telling: &Telling<'_>) -> Result<Told> {
    let _lock = Lock::take(&archive.home)?;
    let state = AlertState::read(&archive.home, &archive.settings.id)?;
    let mut run = Run {
        archive,
        queries,
        telling,
        kept: state.clone(),
        state,
        sinks: queries.sinks(),
        told: Told::default(),
        blocked: BTreeSet::new(),
        others: Others::of(archive),
        newest: None,
    };
    run.send_what_waits()?;
    let (watched, broken) = run.due()?;
    let found = look(archive, &watched, telling.many)?;
    let mut parcels: BTreeMap<String, Parcel> = BTreeMap::new();
    for (watched, found) in watched.iter().zip(found) {
        for (sink, section, mark) in run.sections(watched, found)? {
            let parcel = parcels.entry(sink).or_default();
            parcel.sections.extend(section);
            parcel.marks.insert(watched.saved.name.clone(), mark);
        }
    }
    for (name, alert, error) in broken {
        for sink in &alert.to {
            let news = run.state.queries.get(&name).is_none_or(|q| q.broken.as_ref() != Some(&error));
            let parcel = parcels.entry(sink.clone()).or_default();
            parcel.is_urgent |= news;
            parcel.broken.push(Broken { query: name.clone(), error: error.clone() });
        }
        run.told.broken.push(Broken { query: name, error });
    }
    for (sink, parcel) in parcels {
        run.send(&sink, parcel)?;
    }
    for watched in &watched {
        if let Some(state) = run.state.queries.get_mut(&watched.saved.name) {
            state.ran = Some(telling.now.as_second());
        }
    }
    run.keep()?;
    run.told.looked_at = watched.len();
    Ok(run.told)
}

/// Takes all that `saved` finds now as known, and keeps it as a run. Answers how much that is.
///
/// # Errors
///
/// When it cannot be read, or disk or index fail.
pub fn mark_seen(archive: &Archive, queries: &SavedQueries, saved: &SavedQuery) -> Result<u64> {
    let _lock = Lock::take(&archive.home)?;
    let answered = ask::ask(archive, queries, saved, &[])?;
    let run = compare::record(archive, saved, &answered)?;
    if let Some(alert) = &saved.alert {
        let mut seen = Seen::read(&archive.home, &saved.name)?;
        news::know_all(&mut seen, &answered.found, alert);
        seen.write(&archive.home, &saved.name)?;
        let mut state = AlertState::read(&archive.home, &archive.settings.id)?;
        let entry = state.queries.entry(saved.name.clone()).or_default();
        let mark = Mark { revision: archive.note.revision, newest: run.newest.clone(), run: Some(run.run) };
        *entry = QueryState {
            hash: answered.hash.clone(),
            basis: archive.note.basis(),
            sinks: alert.to.iter().map(|to| (to.clone(), mark.clone())).collect(),
            ..entry.clone()
        };
        state.write(&archive.home)?;
    }
    Ok(answered.found.len() as u64)
}

/// What goes to one sink.
#[derive(Default)]
struct Parcel {
    sections: Vec<Section>,
    marks: BTreeMap<String, Mark>,
    broken: Vec<Broken>,
    /// Whether something broke that was not told yet.
    is_urgent: bool,
}

struct Run<'t> {
    archive: &'t Archive,
    queries: &'t SavedQueries,
    telling: &'t Telling<'t>,
    state: AlertState,
    /// The state as it lies on disk.
    kept: AlertState,
    sinks: Vec<Sink>,
    told: Told,
    /// Sinks with a message that waits: nothing overtakes it.
    blocked: BTreeSet<String>,
    others: Others<'t>,
    /// The newest day of publication in the archive.
    newest: Option<String>,
}

impl Run<'_> {
    fn step(&self, name: &str) -> Result<()> {
        (self.telling.step)(name)
    }

    /// Writes how far alerts are, where that has changed.
    fn keep(&mut self) -> Result<()> {
        if self.state != self.kept {
            self.state.write(&self.archive.home)?;
            self.kept = self.state.clone();
        }
        Ok(())
    }

    /// Sends again what was on its way when morgue stopped, or was not taken.
    fn send_what_waits(&mut self) -> Result<()> {
        for pending in Pending::all(&self.archive.home)? {
            if pending.is_taken(&self.state) {
                pending.remove(&self.archive.home)?;
                self.step("emptied")?;
            } else if self.telling.due && pending.rests(self.telling.now.as_second()) {
                self.told.resting.push(pending.digest.sink.clone());
                self.blocked.insert(pending.digest.sink);
            } else {
                self.hand_over(pending)?;
            }
        }
        Ok(())
    }

    /// The queries whose turn it is, ready to be looked at; and those that cannot be read.
    fn due(&mut self) -> Result<(Vec<Watched>, Vec<Unready>)> {
        let (mut watched, mut broken) = (Vec::new(), Vec::new());
        self.newest = compare::newest(self.archive)?;
        let all = self.queries.list();
        let progress = self.telling.progress;
        progress.iter().for_each(|progress| Progress::add(&progress.files_total, all.len() as u64));
        let mut ready = Vec::new();
        for saved in all {
            let Some(alert) = saved.alert.clone().filter(|alert| self.is_due(&saved.name, alert)) else {
                first::count_one(progress);
                continue;
            };
            match ask::read(self.queries, &saved, &[]) {
                Ok((question, hash)) => {
                    let question = self.archive.of_stories(question)?;
                    let one = Watched { query: question.query, target: question.target, from: 0, alert, saved, hash };
                    ready.push(Ok(self.prepared(one)));
                }
                Err(e) if e.kind() == Kind::Query => ready.push(Err((saved.name, alert, e.to_string()))),
                Err(e) => return Err(e),
            }
        }
        let outcomes = first::remember_all(self.archive, &ready, progress)?;
        for (prepared, outcome) in ready.into_iter().zip(outcomes) {
            match (prepared, outcome) {
                (Ok(Prepared { one, entry, is_new, .. }), Ok(())) => {
                    if is_new {
                        self.told.started.push(one.saved.name.clone());
                    }
                    self.state.queries.insert(one.saved.name.clone(), entry);
                    watched.push(one);
                }
                // A word that stands for too many words, a damaged file of its own: the others go on.
                (Ok(Prepared { one, .. }), Err(e)) => broken.push((one.saved.name, one.alert, e.to_string())),
                (Err(unready), _) => broken.push(unready),
            }
        }
        self.keep()?;
        self.step("begun")?;
        Ok((watched, broken))
    }

    /// Whether it is the turn of a query.
    fn is_due(&self, name: &str, alert: &Alert) -> bool {
        let last = self.state.queries.get(name).and_then(|q| q.ran).and_then(|s| Timestamp::from_second(s).ok());
        let is_meant = self.telling.names.as_ref().is_none_or(|names| names.iter().any(|meant| meant == name));
        is_meant && (!self.telling.due || alert.schedule.as_ref().is_none_or(|s| s.is_due(last, self.telling.now)))
    }

    /// What is to be noted of a query when it has a past: what it finds when it is watched first, or was edited, is known.
    fn prepared(&self, mut one: Watched) -> Prepared {
        let revision = self.archive.note.revision;
        let known = self.state.queries.get(&one.saved.name).cloned();
        let is_new = known.is_none();
        let mut entry = known.unwrap_or_default();
        let here = || Mark { revision, newest: self.newest.clone(), run: None };
        // A sink in place of another, or beside it, goes on from where somebody was told last: what came since is told to nobody else.
        let begin = entry.sinks.values().max_by_key(|mark| mark.revision).cloned().unwrap_or_else(here);
        entry.sinks.retain(|sink, _| one.alert.to.contains(sink));
        for sink in &one.alert.to {
            entry.sinks.entry(sink.clone()).or_insert_with(|| begin.clone());
        }
        one.from = entry.sinks.values().map(|m| m.revision).min().unwrap_or(revision);
        // What is found otherwise because the query, the names or the extraction are others is no news, nor is it later.
        let basis = self.archive.note.basis();
        let is_other = entry.hash != one.hash || entry.basis != basis;
        entry.hash.clone_from(&one.hash);
        entry.basis = basis;
        Prepared { one, entry, is_new, is_other }
    }

    /// For each sink of a query: what is to be told, and how far the sink is then.
    fn sections(&mut self, one: &Watched, found: Vec<super::Found>) -> Result<Vec<(String, Option<Section>, Mark)>> {
        let home = &self.archive.home;
        let name = &one.saved.name;
        let revision = self.archive.note.revision;
        let Some(entry) = self.state.queries.get(name).cloned() else { return Ok(Vec::new()) };
        let is_whole = one.alert.compares_runs();
        let seen = match is_whole || found.is_empty() {
            true => Seen::default(),
            false => {
                let mut seen = Seen::read(home, name)?;
                news::note_all(&mut seen, &found, &one.alert, &self.archive.note, one.from);
                if seen.is_changed() {
                    seen.write(home, name)?;
                    self.step("noted")?;
                }
                seen
            }
        };
        let run = if is_whole { Some(super::look::kept_run(self.archive, self.queries, one)?) } else { None };
        let mut all = Vec::new();
        for (sink, mark) in entry.sinks.iter().filter(|(sink, _)| !self.blocked.contains(*sink)) {
            let before = run.as_ref().map(|(_, now)| super::look::told_before(self.archive, one, mark, now)).transpose()?;
            let news = match &run {
                Some((run, now)) => super::look::all_differences(self.archive, self.queries, one, mark, *run, now)?,
                None => news::since(&found, &one.alert, &seen, mark, &self.archive.note),
            };
            let seen = before.as_ref().unwrap_or(&seen);
            let section = news::section(&one.saved, &one.alert, news, (seen, &self.others), (mark, revision), &entry.counts)?;
            if section.total > 0 && section.total < one.alert.min {
                continue;
            }
            let is_worth_telling = section.total > 0 || section.copies > 0 || one.alert.always_send;
            let next = Mark { revision, newest: self.newest.clone(), run: run.as_ref().map(|r| r.0) };
            all.push((sink.clone(), is_worth_telling.then_some(section), next));
        }
        Ok(all)
    }

    /// Makes the message of one sink and hands it over; where there is nothing to tell, only notes how far the sink is.
    fn send(&mut self, sink: &str, parcel: Parcel) -> Result<()> {
        if self.blocked.contains(sink) {
            return Ok(());
        }
        // Copies alone are no reason to write to somebody; they are counted when there is one.
        let has_news = parcel.sections.iter().any(|s| s.total > 0);
        let asked = |s: &Section| self.queries.get(&s.query).and_then(|q| q.alert).is_some_and(|a| a.always_send);
        if !has_news && !parcel.is_urgent && !parcel.sections.iter().any(asked) {
            self.note(sink, &parcel.marks, &[]);
            return Ok(());
        }
        let at = self.telling.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let mut digest = Digest {
            archive: self.archive.settings.id.clone(),
            place: self.archive.home.root.to_string_lossy().into_owned(),
            sink: sink.to_owned(),
            at,
            sections: parcel.sections,
            broken: parcel.broken,
            ..Digest::default()
        };
        let text = serde_json::to_vec(&digest).unwrap_or_default();
        let stamp = self.telling.now.as_nanosecond();
        digest.id = format!("{:016x}", short_hash(&[&text[..], &stamp.to_le_bytes()].concat()));
        let pending = Pending { digest, marks: parcel.marks, ..Pending::default() };
        pending.write(&self.archive.home)?;
        self.step("outbox")?;
        self.hand_over(pending)
    }

    fn hand_over(&mut self, pending: Pending) -> Result<()> {
        let name = pending.digest.sink.clone();
        let Some(sink) = self.sinks.iter().find(|s| s.name == name).cloned() else {
            let error = Error::new(Kind::Config, format!("there is no sink `{name}`"));
            self.wait(pending, error.with_hint("write it under `[sinks]` in queries.toml; what is new waits"));
            return Ok(());
        };
        if let Err(e) = deliver(&sink, &pending.digest, &self.telling.delivery) {
            self.wait(pending, e);
            return Ok(());
        }
        self.step("delivered")?;
        self.note(&name, &pending.marks, &pending.digest.sections);
        for broken in &pending.digest.broken {
            self.state.queries.entry(broken.query.clone()).or_default().broken = Some(broken.error.clone());
        }
        self.state.sent.insert(name, pending.digest.id.clone());
        self.keep()?;
        self.step("taken")?;
        pending.remove(&self.archive.home)?;
        self.step("emptied")?;
        self.told.sent.push(pending.digest);
        Ok(())
    }

    /// Keeps what was not taken for a later run; nothing overtakes it.
    fn wait(&mut self, pending: Pending, why: Error) {
        let sink = pending.digest.sink.clone();
        pending.refused(&self.archive.home, self.telling.now.as_second());
        self.told.waiting.push((sink.clone(), why));
        self.blocked.insert(sink);
    }

    /// Notes how far a sink is with some queries.
    fn note(&mut self, sink: &str, marks: &BTreeMap<String, Mark>, sections: &[Section]) {
        for (name, mark) in marks {
            // A query that was forgotten meanwhile stays so.
            let Some(entry) = self.state.queries.get_mut(name) else { continue };
            entry.sinks.insert(sink.to_owned(), mark.clone());
            entry.broken = None;
            let count = sections.iter().find(|s| s.query == *name).map_or(0, |s| s.total);
            if count > 0 && entry.sinks.keys().next().is_some_and(|first| first == sink) {
                entry.counts.push(count);
                let surplus = entry.counts.len().saturating_sub(COUNTS_KEPT);
                entry.counts.drain(..surplus);
            }
        }
    }
}

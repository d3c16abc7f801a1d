//! What is news to one sink: new to the query, not a copy of what was told, not a back-fill; and how much of it is listed.

use super::ask::Found;
use super::digest::{News, Section, Summary};
use super::kin::Others;
use super::state::{Mark, Seen};
use crate::archive::Note;
use crate::error::Result;
use crate::saved::{Alert, Group, On, Reason, SavedQuery, short_hash};
use std::collections::HashMap;

/// So much more than usual is a flood.
const FLOOD: u64 = 10;
/// Below so many nothing is a flood, however little is usual.
const LEAST_FLOOD: u64 = 30;
/// So many runs tell what is usual.
const LEAST_RUNS: usize = 5;
/// So many are listed of a flood.
const SAMPLES: usize = 5;

/// The key of a thing by itself.
pub(super) fn key_of_item(id: &str) -> u64 {
    short_hash(format!("item {id}").as_bytes())
}

fn item_key(found: &Found) -> u64 {
    key_of_item(&found.item.id)
}

/// The keys by which a thing is remembered: its own, and that of a quote wherever it is repeated.
fn lasting_keys(found: &Found, alert: &Alert) -> impl Iterator<Item = u64> {
    let group = found.kin.lasting.filter(|_| alert.group == Group::Cluster);
    [item_key(found)].into_iter().chain(group)
}

/// The names of the line it belongs on, in one message.
fn line_names(found: &Found, alert: &Alert) -> Vec<u64> {
    match alert.group {
        Group::Cluster if !found.kin.names.is_empty() => found.kin.names.clone(),
        _ => vec![item_key(found)],
    }
}

/// Notes in `seen` what was found at the revision of `note`; what a back-fill brought or edited, and is not asked for, is
/// known to everybody. `from` is the revision up to which all sinks were told.
pub(super) fn note_all(seen: &mut Seen, found: &[Found], alert: &Alert, note: &Note, from: u64) {
    for one in found {
        let revision = if is_backfilled(one, note, from) && !alert.backfill { 0 } else { note.revision };
        lasting_keys(one, alert).for_each(|key| seen.note(key, revision));
    }
}

/// Notes in `seen` that everybody knows what was found.
pub(super) fn know_all<'f>(seen: &mut Seen, found: impl IntoIterator<Item = &'f Found>, alert: &Alert) {
    for one in found {
        lasting_keys(one, alert).for_each(|key| seen.know(key));
    }
}

/// Whether the article is what it is on account of a back-fill; one that came by itself, and was not told of yet, is news
/// although a back-fill edited it since.
fn is_backfilled(found: &Found, note: &Note, from: u64) -> bool {
    let (first, last) = (found.facts.first, found.facts.revision);
    note.is_backfill(last) && (first <= from || note.is_backfill(first))
}

/// What of `found`, the things that came or changed lately, is news to a sink that was told up to `mark`.
pub(super) fn since(found: &[Found], alert: &Alert, seen: &Seen, mark: &Mark, note: &Note) -> Vec<(Reason, Found)> {
    let known = |key: u64| seen.at(key).is_some_and(|at| at <= mark.revision);
    let wanted = |one: &&Found| {
        let reason = one.facts.since(mark.revision, mark.newest.as_deref())?;
        let edited = reason == Reason::TextChanged && alert.on == On::NewAndChanged && one.item.said == 0;
        let edited = edited && (alert.backfill || !note.is_backfill(one.facts.revision));
        (edited || !known(item_key(one))).then_some(reason)
    };
    found.iter().filter_map(|one| Some((wanted(&one)?, one.clone()))).collect()
}

/// A section of what is news, with copies of what was told before (by any of the `others` that tell the same) counted and the
/// rest stated; `usual` is how much there was lately.
///
/// # Errors
///
/// When the index fails.
pub(super) fn section(
    saved: &SavedQuery,
    alert: &Alert,
    news: Vec<(Reason, Found)>,
    (seen, others): (&Seen, &Others<'_>),
    (mark, until): (&Mark, u64),
    usual: &[u64],
) -> Result<Section> {
    let told = |key: u64| seen.at(key).is_some_and(|at| at <= mark.revision);
    let is_copy = |found: &Found| -> Result<bool> {
        if seen.is_empty() || lasting_keys(found, alert).any(told) {
            return Ok(!seen.is_empty());
        }
        Ok(alert.group == Group::Cluster && others.keys(found)?.into_iter().any(told))
    };
    let mut section = Section {
        query: saved.name.clone(),
        title: saved.heading().to_owned(),
        what: saved.what.clone(),
        since: mark.revision,
        until,
        command: format!(
            "morgue {} '@{} revision:{}..{until}' -n all",
            if saved.what == "quotes" { "quotes" } else { "search" },
            saved.name,
            mark.revision + 1
        ),
        ..Section::default()
    };
    let mut lines: Vec<News> = Vec::new();
    let mut line_of: HashMap<u64, usize> = HashMap::new();
    for (reason, found) in news {
        let names = line_names(&found, alert);
        let line = match names.iter().find_map(|name| line_of.get(name)) {
            Some(line) => {
                lines[*line].copies += 1;
                *line
            }
            // An article told of before is listed again when its own text was edited, and is then no copy.
            None if reason.is_news() && !(reason == Reason::TextChanged && told(item_key(&found))) && is_copy(&found)? => {
                section.copies += 1;
                continue;
            }
            None => {
                lines.push(News { reason, item: found.item.id.clone(), found, copies: 0 });
                lines.len() - 1
            }
        };
        names.into_iter().for_each(|name| {
            line_of.entry(name).or_insert(line);
        });
    }
    section.total = lines.len() as u64;
    let mut usual: Vec<u64> = usual.to_vec();
    usual.sort_unstable();
    let median = usual.get(usual.len() / 2).copied().unwrap_or(0);
    section.flood = usual.len() >= LEAST_RUNS && section.total >= LEAST_FLOOD && section.total > FLOOD * median;
    let listed = if section.flood { SAMPLES.min(alert.max) } else { alert.max };
    if lines.len() > listed {
        section.summary = Some(Summary::of(&lines.iter().map(|n| &n.found).collect::<Vec<_>>()));
        section.more = (lines.len() - listed) as u64;
        lines.truncate(listed);
    }
    section.news = lines;
    Ok(section)
}

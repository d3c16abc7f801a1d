//! Before an alert is kept: how often would it have fired in the last thirty days?

use super::ask::Found;
use crate::field::printed_seconds;
use crate::saved::{Alert, Group};
use std::collections::{BTreeSet, HashSet};

/// So many days are looked at.
const DAYS: i64 = 30;
/// So many examples are shown.
const EXAMPLES: usize = 3;
const DAY: i64 = 86_400;

/// What an alert would have done.
#[derive(Clone, Debug, PartialEq)]
pub struct BackTest {
    /// On so many days it would have fired.
    pub days: usize,
    /// With so many stories or quotes in all.
    pub news: usize,
    /// The last day looked at.
    pub until: String,
    /// Whether days are those of arrival in the archive; else those of publication.
    pub by_arrival: bool,
    /// Three of them, spread over the time.
    pub examples: Vec<Found>,
}

/// Holds what a query finds against the last thirty days: those of arrival where some of it came earlier, else
/// the last thirty days of what was published, `newest` being the newest day in the archive.
pub fn back_test(found: &[Found], alert: &Alert, newest: Option<&str>, now: i64) -> BackTest {
    let by_arrival = found.iter().any(|f| now - f.added > DAYS * DAY);
    let day = |f: &Found| match by_arrival {
        true => Some(f.added.div_euclid(DAY)),
        false => f.published.as_deref().and_then(printed_seconds).map(|s| s.div_euclid(DAY)),
    };
    let last = match by_arrival {
        true => now.div_euclid(DAY),
        false => newest.and_then(printed_seconds).unwrap_or(now).div_euclid(DAY),
    };
    let mut dated: Vec<(i64, &Found)> = found.iter().filter_map(|f| Some((day(f)?, f))).filter(|(d, _)| *d <= last).collect();
    dated.sort_by_key(|(day, _)| *day);
    // What belongs to a story that was told before would not have fired again.
    let mut told = HashSet::new();
    dated.retain(|(_, f)| {
        let is_told = f.kin.names.iter().any(|name| told.contains(name));
        told.extend(f.kin.names.iter().copied());
        alert.group == Group::None || !is_told
    });
    dated.retain(|(day, _)| *day > last - DAYS);
    let days: BTreeSet<i64> = dated.iter().map(|(day, _)| *day).collect();
    let step = dated.len().div_ceil(EXAMPLES).max(1);
    let until = jiff::Timestamp::from_second(last * DAY).map(|t| t.strftime("%Y-%m-%d").to_string()).unwrap_or_default();
    BackTest {
        days: days.len(),
        news: dated.len(),
        until,
        by_arrival,
        examples: dated.iter().rev().step_by(step).take(EXAMPLES).map(|(_, f)| (*f).clone()).collect(),
    }
}

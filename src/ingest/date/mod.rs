//! Dates as papers, wires and programs write them.
//!
//! [`parse`] reads one date in any of the usual ways; [`from_url`] and [`from_path`] find one in a name; [`opening`] reads
//! the line an agency story opens with. What comes out is a date (`2024-03-05`) or a date-time (`2024-03-05T14:30:00-05:00`;
//! without offset where the source gives none). Nothing is guessed: half a date is no date.

mod dateline;
mod name;
mod order;
mod scan;
#[cfg(test)]
mod tests;

pub use dateline::{Opening, opening};
pub(in crate::ingest) use dateline::{is_day_and_month, ordinary_capitals};
pub use name::{from_path, from_url};
pub(in crate::ingest) use order::Order;

use jiff::civil::Date;

/// The date, or date and time, that `text` says, in ISO form.
///
/// Read are ISO 8601 and RFC 3339 in long and short form, RFC 2822, epoch seconds and milliseconds, and dates in words in
/// eight and more languages, with or without time and weekday. `5.3.2024` is day first; `3/5/2024` is month first unless
/// that cannot be (see [`is_ambiguous`]).
///
/// # Example
///
/// ```
/// use morgue::ingest::date::parse;
/// assert_eq!(parse("March 5, 2024 Tuesday 8:02 PM GMT").as_deref(), Some("2024-03-05T20:02:00Z"));
/// assert_eq!(parse("5. März 2024").as_deref(), Some("2024-03-05"));
/// assert_eq!(parse("some day"), None);
/// ```
pub fn parse(text: &str) -> Option<String> {
    scan::Scan::of(text)?.read().map(|m| m.to_string())
}

/// Whether `text` is a date of which day and month could be told apart only by the custom of the country: `3/5/2024`.
pub fn is_ambiguous(text: &str) -> bool {
    scan::Scan::of(text).is_some_and(|s| s.is_ambiguous())
}

/// Whether a date in ISO form lies between the year 1600 and tomorrow.
pub fn plausible(iso: &str) -> bool {
    iso.get(..10).and_then(|d| d.parse::<Date>().ok()).is_some_and(is_plausible)
}

/// Whether two dates in ISO form are more than a day apart. Where one says only a month or a year, that counts as all its days.
pub(in crate::ingest) fn far_apart(one: &str, other: &str) -> bool {
    let day = |iso: &str| iso.get(..10).and_then(|d| d.parse::<Date>().ok());
    let length = one.len().min(other.len()).min(10);
    match (day(one), day(other)) {
        (Some(a), Some(b)) => a.duration_since(b).as_hours().abs() > 24,
        _ => one.get(..length) != other.get(..length),
    }
}

fn is_plausible(date: Date) -> bool {
    date.year() >= 1600 && date <= latest()
}

/// The day it may already be somewhere tomorrow.
fn latest() -> Date {
    let now = jiff::Timestamp::now().as_second();
    let ahead = jiff::Timestamp::from_second(now.saturating_add(36 * 3600)).unwrap_or(jiff::Timestamp::MAX);
    jiff::tz::TimeZone::UTC.to_datetime(ahead).date()
}

/// Whether a lower-case word names a month.
pub(in crate::ingest) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// The number of the month a lower-case word names.
fn month(word: &str) -> Option<i8> {
    static MONTHS: std::sync::LazyLock<std::collections::HashMap<&'static str, i8>> = std::sync::LazyLock::new(|| {
        let rows = include_str!("months.txt").lines().filter(|l| !l.starts_with('#'));
        rows.filter_map(|l| l.split_once(' '))
            .flat_map(|(n, names)| names.split(' ').filter_map(move |w| Some((w, n.parse().ok()?))))
            .collect()
    });
    MONTHS.get(word).copied()
}

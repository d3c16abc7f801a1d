//! Ranges of numbers and dates: `>800`, `500..800`, `[500 TO 800}`, `2008-09..`.

use super::dates::{self, Clock};
use super::lex::is_dash;
use crate::field::{Field, FieldKind};
use jiff::ZonedDateTime;

/// Least and greatest value, both inclusive; `None` is open.
pub(super) type Bounds = (Option<i64>, Option<i64>);

/// How the dates of a field are counted.
pub(super) fn clock(field: &Field) -> Clock {
    if field.name == "added" { Clock::Real } else { Clock::Printed }
}

/// Reads the bounds of a date or number field. `Err` says what is wrong.
pub(super) fn bounds(field: &Field, text: &str, now: &ZonedDateTime) -> Result<Bounds, String> {
    let bounds = read(field, text.trim(), now)?;
    match bounds {
        (Some(from), Some(to)) if from > to => Err(format!("`{text}` ends before it begins")),
        _ => Ok(bounds),
    }
}

fn read(field: &Field, text: &str, now: &ZonedDateTime) -> Result<Bounds, String> {
    // `conf:0.8..1` goes up to the whole, not to one percent.
    let has_share = field.name == "conf" && text.split("..").any(|end| end.contains('.'));
    let value = |end: &str| value(field, if has_share && end == "1" { "1.0" } else { end }, now);
    if let Some((inside, below, above)) = bracketed(text) {
        let (from, to) = inside.split_once(" TO ").ok_or_else(|| format!("`{text}` is not of the form `[a TO b]`"))?;
        return between(from, to, below, above, value);
    }
    for (sign, open) in [(">=", false), ("≥", false), ("=>", false), (">", true)] {
        if let Some(bound) = text.strip_prefix(sign) {
            return between(bound, "*", open, false, value);
        }
    }
    for (sign, open) in [("<=", false), ("≤", false), ("=<", false), ("<", true)] {
        if let Some(bound) = text.strip_prefix(sign) {
            return between("*", bound, false, open, value);
        }
    }
    if let Some((from, to)) = split(field, text, now) {
        return between(from, to, false, false, value);
    }
    let (from, to) = value(text)?;
    Ok((Some(from), Some(to)))
}

/// `[a TO b}`: what stands inside, and whether either end is excluded.
fn bracketed(text: &str) -> Option<(&str, bool, bool)> {
    let inside = text.strip_prefix(['[', '{'])?.strip_suffix([']', '}'])?;
    Some((inside, text.starts_with('{'), text.ends_with('}')))
}

/// A number, or a range of numbers, without the commas between its thousands, `>=1,000`; `None` where there are none, or where they part
/// the values of a list.
pub(super) fn without_commas(text: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let parts_thousands = |(at, _): (usize, &str)| {
        let before = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&before) && digits(&text[at + 1..]) == 3
    };
    let is_no_list = text.starts_with(['<', '>', '=', '≤', '≥']) || text.contains("..") || text.contains(",000");
    let is_number = is_no_list && text.contains(',') && text.match_indices(',').all(parts_thousands);
    is_number.then(|| text.replace(',', ""))
}

/// The two ends of `a..b`; a dash between them does as well, and a hyphen between numbers or years.
fn split<'t>(field: &Field, text: &'t str, now: &ZonedDateTime) -> Option<(&'t str, &'t str)> {
    text.split_once("..").or_else(|| text.split_once('…')).or_else(|| text.split_once(is_dash)).or_else(|| {
        // Days with hyphens in them, where there is one way to part them.
        if field.kind == FieldKind::Date && !dates::is_literal(text) {
            let parted = text.match_indices('-').map(|(at, _)| (&text[..at], &text[at + 1..]));
            let mut parted = parted.filter(|(from, to)| from.len() > 4 && dates::is_literal(from) && dates::is_literal(to));
            if let (Some(ends), None) = (parted.next(), parted.next()) {
                return Some(ends);
            }
        }
        let (from, to) = text.split_once('-')?;
        let is_year = |end: &str| end.len() == 4 && end.bytes().all(|b| b.is_ascii_digit());
        // `2008-1012` is a day of October; the years of our time are no months.
        let are_years = || is_year(from) && is_year(to) && dates::seconds(text, clock(field), now).is_none();
        match field.kind {
            FieldKind::Number => !from.is_empty() && !to.is_empty(),
            _ => are_years(),
        }
        .then_some((from, to))
    })
}

fn between(from: &str, to: &str, above: bool, below: bool, value: impl Fn(&str) -> Result<(i64, i64), String>) -> Result<Bounds, String> {
    let end = |text: &str| match text.trim() {
        "" | "*" => Ok(None),
        text => value(text).map(Some),
    };
    let from = end(from)?.map(|(low, high)| if above { high.saturating_add(1) } else { low });
    let to = end(to)?.map(|(low, high)| if below { low.saturating_sub(1) } else { high });
    Ok((from, to))
}

/// The least and greatest value a literal stands for.
pub(super) fn value(field: &Field, text: &str, now: &ZonedDateTime) -> Result<(i64, i64), String> {
    if field.kind == FieldKind::Date {
        return dates::seconds(text, clock(field), now).ok_or_else(|| format!("`{text}` is no date"));
    }
    let bad = || format!("`{text}` is no number");
    let digits = text.strip_suffix('%').unwrap_or(text);
    // Shares are counted in percent: `conf:>=0.8` is `conf:>=80`.
    if field.name == "conf" && digits.contains('.') {
        let share: f64 = digits.parse().map_err(|_| bad())?;
        let percent = (share * 100.0).round();
        return if (0.0..=100.0).contains(&percent) { Ok((percent as i64, percent as i64)) } else { Err(bad()) };
    }
    let n = digits.parse::<i64>().map_err(|_| bad())?;
    Ok((n, n))
}

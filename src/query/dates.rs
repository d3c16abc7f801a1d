//! Which days a date in a query means: `2008`, `2008-09`, `2008Q3`, `last-7d`, `yesterday`.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{ToSpan, ZonedDateTime};

/// How the seconds of a date field are counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Clock {
    /// As printed on the article, without regard to zones.
    Printed,
    /// Real seconds since 1970 in UTC.
    Real,
}

/// A stretch of time, both ends inclusive.
#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    from: DateTime,
    to: DateTime,
    /// The offset from UTC that was written, if any.
    offset: Option<Offset>,
}

/// The seconds that `text` means, both ends inclusive, seen from `now`. `None` when it is no date.
pub(super) fn seconds(text: &str, clock: Clock, now: &ZonedDateTime) -> Option<(i64, i64)> {
    let stretch = stretch(text, clock, now)?;
    let second = |at: DateTime| match (clock, stretch.offset) {
        (Clock::Printed, _) => TimeZone::UTC.to_timestamp(at).ok(),
        (Clock::Real, Some(offset)) => offset.to_timestamp(at).ok(),
        (Clock::Real, None) => now.time_zone().to_timestamp(at).ok(),
    };
    Some((second(stretch.from)?.as_second(), second(stretch.to)?.as_second()))
}

fn stretch(text: &str, clock: Clock, now: &ZonedDateTime) -> Option<Stretch> {
    let text = text.trim();
    if let Some(behind) = text.strip_prefix("now") {
        return from_now(behind, now.date());
    }
    literal(text).or_else(|| relative(&text.to_ascii_lowercase().replace(' ', "-"), clock, now)).or_else(|| duration(text, now))
}

/// Whether `text` is written as a date: what decides that `date after X` is no three words.
pub(super) fn is_literal(text: &str) -> bool {
    literal(text.trim()).is_some()
}

/// `from 1/1/2020 to 1/31/2020`, `between 2020-01 and 2020-03` and `jan 1 2020 to mar 31 2020` as a range.
pub(super) fn spanned(text: &str) -> Option<String> {
    let strip = |word: &str| text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).and_then(|_| text.get(word.len()..));
    let (ends, between) = match (strip("from "), strip("between ")) {
        (Some(ends), _) => (ends, [" to ", " TO ", " until "]),
        (_, Some(ends)) => (ends, [" and ", " AND ", " to "]),
        _ => (text, [" to ", " TO ", " until "]),
    };
    let (from, to) = between.iter().find_map(|word| ends.split_once(word))?;
    (is_literal(from) && is_literal(to)).then(|| format!("{}..{}", from.trim(), to.trim()))
}

fn days(from: Date, to: Date) -> Option<Stretch> {
    Some(Stretch { from: from.to_datetime(Time::midnight()), to: to.to_datetime(Time::constant(23, 59, 59, 0)), offset: None })
}

fn month(year: i16, month: i8, months: i8) -> Option<Stretch> {
    let first = Date::new(year, month, 1).ok()?;
    let last = Date::new(year, month + months - 1, 1).ok()?.last_of_month();
    days(first, last)
}

fn number<N: std::str::FromStr>(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<N> {
    (digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// A date written out: year, month, day, quarter, week, decade, or a moment.
fn literal(text: &str) -> Option<Stretch> {
    if let Some(year) = number(text, 4..=4) {
        return month(year, 1, 12);
    }
    if let (Some(year), Some(rest)) = (text.get(..4).and_then(|y| number(y, 4..=4)), text.get(4..)) {
        let rest = rest.strip_prefix(['-', '/', '.']).unwrap_or(rest);
        if let Some(quarter) = rest.strip_prefix(['Q', 'q']).and_then(|q| number::<i8>(q, 1..=1)) {
            return month(year, quarter.checked_mul(3)?.checked_sub(2)?, 3);
        }
        if let Some(week) = rest.strip_prefix(['W', 'w']).and_then(|w| number::<i8>(w, 1..=2)) {
            let monday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok()?.date();
            return days(monday, monday.checked_add(6.days()).ok()?);
        }
        if rest == "s" && year % 10 == 0 {
            return days(Date::new(year, 1, 1).ok()?, Date::new(year + 9, 12, 31).ok()?);
        }
        if let Some(m) = number(rest, 2..=2).or_else(|| if text.len() > 5 { number(rest, 1..=1) } else { None }) {
            return month(year, m, 1);
        }
        if let Some((m, d)) = rest.split_once(['-', '/', '.']).or_else(|| if rest.len() == 4 { rest.split_at_checked(2) } else { None })
            && let (Some(m), Some(d)) = (number(m, 1..=2), number(d, 1..=2))
        {
            let day = Date::new(year, m, d).ok()?;
            return days(day, day);
        }
    }
    moment(text).or_else(|| pointed(text)).or_else(|| spelled(text))
}

/// `14.9.2018`: with points between, the day comes first.
fn pointed(text: &str) -> Option<Stretch> {
    let mut units = text.split('.').map(str::trim);
    let (d, m, year) = (number(units.next()?, 1..=2)?, number(units.next()?, 1..=2)?, number(units.next()?, 4..=4)?);
    let day = Date::new(year, m, d).ok().filter(|_| units.next().is_none())?;
    days(day, day)
}

/// A date as people write it: `9/1/2018`, `9-1-2018`, `9/2018`, `June 12, 1998`, `12 jun 1998`, `june 1998`. Of numbers the month comes
/// first where it can.
fn spelled(text: &str) -> Option<Stretch> {
    const FORMS: &[&str] = &["%m/%d/%Y", "%d/%m/%Y", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"];
    let text = text.to_lowercase().replace('-', "/").replace([',', '.'], "").replace("sept ", "sep ").replace("sept/", "sep/");
    let (before, year) = text.rsplit_once(['/', ' '])?;
    let year: i16 = number(year, 4..=4)?;
    if let Some(m) = number(before, 1..=2) {
        return month(year, m, 1);
    }
    let day = |text: &str| FORMS.iter().find_map(|form| Date::strptime(form, text).ok());
    if before.contains(['/', ' ']) {
        let day = day(&text)?;
        days(day, day)
    } else {
        month(year, day(&format!("1 {before} {year}"))?.month(), 1)
    }
}

/// Days in numbers that stand in `text`, `9/1/2018`: where, and their numbers.
fn in_numbers(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, [i16; 3])> {
    let (mut at, mut found_to) = (0, 0);
    std::iter::from_fn(move || {
        while let Some(start) = text.get(at..)?.find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
            let rest = text.get(start..)?;
            let run = |rest: &str| rest.bytes().take_while(u8::is_ascii_digit).count();
            let first = run(rest);
            at = start + first;
            // In the middle of `2020-03-05-2020-03-10` begins none.
            if text[..start].ends_with(['-', '/']) && start != found_to + 1 {
                continue;
            }
            let (sign, second) = (rest.get(first..first + 1), run(rest.get(first + 1..).unwrap_or("")));
            let third = first + 1 + second + 1;
            if !matches!(sign, Some("/" | "-")) || rest.get(third - 1..third) != sign || run(rest.get(third..).unwrap_or("")) != 4 {
                continue;
            }
            let end = third + 4;
            let day = (number(&rest[..first], 1..=2), number(&rest[first + 1..third - 1], 1..=2), number(&rest[third..end], 4..=4));
            if let (Some(a), Some(b), Some(year)) = day {
                at = start + end;
                found_to = at;
                return Some((start..at, [a, b, year]));
            }
        }
        None
    })
}

/// Whether days in numbers are written with the day first in `text`: one of them cannot be read otherwise, and none only so.
pub(super) fn have_the_day_first(text: &str) -> bool {
    let is_first = |[a, b, _]: [i16; 3]| (13..=31).contains(&a) && (1..=12).contains(&b);
    let is_second = |[a, b, year]: [i16; 3]| is_first([b, a, year]);
    in_numbers(text).any(|(_, day)| is_first(day)) && !in_numbers(text).any(|(_, day)| is_second(day))
}

/// The days in numbers of `text` that may be read either way, and `text` with each of them written out as it is read with the day first.
pub(super) fn with_the_day_first(text: &str) -> (Vec<&str>, String) {
    let (mut doubtful, mut out, mut done) = (Vec::new(), String::with_capacity(text.len()), 0);
    for (span, [day, month, year]) in in_numbers(text).filter(|(_, [a, b, _])| (1..=12).contains(a) && (1..=12).contains(b) && a != b) {
        doubtful.push(&text[span.clone()]);
        out.push_str(&text[done..span.start]);
        out.push_str(&format!("{year:04}-{month:02}-{day:02}"));
        done = span.end;
    }
    out.push_str(&text[done..]);
    (doubtful, out)
}

/// `2008-09-14T10:30`, with seconds and offset if they are there. What is not written is taken as widely as it can be.
fn moment(text: &str) -> Option<Stretch> {
    let (date, time) = text.split_once(['T', 't'])?;
    let date: Date = date.parse().ok()?;
    let (clock, offset) = match time.find(['Z', 'z', '+', '-']) {
        Some(i) => (time.get(..i)?, Some(zone(time.get(i..)?)?)),
        None => (time, None),
    };
    let mut units = clock.split(':').map(|u| number::<i8>(u, 1..=2));
    let hour = units.next()??;
    let (minute, second) = (units.next(), units.next());
    if units.next().is_some() {
        return None;
    }
    let unit = |given: Option<Option<i8>>, absent: i8| given.map_or(Some(absent), |u| u);
    let from = Time::new(hour, unit(minute, 0)?, unit(second, 0)?, 0).ok()?;
    let to = Time::new(hour, unit(minute, 59)?, unit(second, 59)?, 0).ok()?;
    Some(Stretch { from: date.to_datetime(from), to: date.to_datetime(to), offset })
}

fn zone(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = (if text.starts_with('-') { -1 } else { 1 }, text.get(1..)?.replace(':', ""));
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { number::<i32>(minutes, 2..=2)? };
    Offset::from_seconds(sign * (number::<i32>(hours, 2..=2)? * 3600 + minutes * 60)).ok()
}

/// `today`, `this-week`, `last-month`, `last-7d`, `last 10 years`, `-30d`, seen from `now`.
fn relative(text: &str, clock: Clock, now: &ZonedDateTime) -> Option<Stretch> {
    let today = now.date();
    let monday = |date: Date| date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok();
    match text {
        "today" => return days(today, today),
        "yesterday" => return days(today.yesterday().ok()?, today.yesterday().ok()?),
        "tomorrow" => return days(today.tomorrow().ok()?, today.tomorrow().ok()?),
        "this-week" => return days(monday(today)?, monday(today)?.checked_add(6.days()).ok()?),
        "last-week" => return days(monday(today)?.checked_sub(7.days()).ok()?, monday(today)?.yesterday().ok()?),
        "this-month" => return days(today.first_of_month(), today.last_of_month()),
        "last-month" => return last(today.first_of_month().yesterday().ok()?, Date::first_of_month),
        "this-year" => return days(today.first_of_year(), today.last_of_year()),
        "last-year" => return last(today.first_of_year().yesterday().ok()?, Date::first_of_year),
        _ => {}
    }
    let rest = ["last-", "past-", "-"].iter().find_map(|start| text.strip_prefix(start)).unwrap_or(text);
    let (count, unit) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
    let count: i32 = number(count, 1..=5)?;
    let start = match unit.strip_prefix('-').unwrap_or(unit) {
        "h" | "hour" | "hours" => return hours(count, clock, now),
        "d" | "day" | "days" => today.checked_sub(count.days()),
        "w" | "week" | "weeks" => today.checked_sub(count.weeks()),
        "m" | "month" | "months" => today.checked_sub(count.months()),
        "y" | "year" | "years" => today.checked_sub(count.years()),
        _ => return None,
    };
    days(start.ok()?, today)
}

/// `now`, `now-7d`, `now-1M/d` of Elasticsearch: a day, or with `/w`, `/M`, `/y` the week, month or year it lies in.
fn from_now(behind: &str, today: Date) -> Option<Stretch> {
    let (back, round) = behind.split_once('/').unwrap_or((behind, "d"));
    let day = match back.strip_prefix('-') {
        None => Some(today).filter(|_| back.is_empty())?,
        Some(back) => {
            let (count, unit) = back.split_at(back.find(|c: char| !c.is_ascii_digit())?);
            let count: i32 = number(count, 1..=5)?;
            match unit {
                "s" => today.checked_sub((count / 86_400).days()),
                "m" => today.checked_sub((count / 1_440).days()),
                "h" | "H" => today.checked_sub((count / 24).days()),
                "d" => today.checked_sub(count.days()),
                "w" => today.checked_sub(count.weeks()),
                "M" => today.checked_sub(count.months()),
                "y" => today.checked_sub(count.years()),
                _ => return None,
            }
            .ok()?
        }
    };
    let monday = || day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok();
    match round {
        "d" | "h" | "H" | "m" | "s" => days(day, day),
        "w" => days(monday()?, monday()?.checked_add(6.days()).ok()?),
        "M" => days(day.first_of_month(), day.last_of_month()),
        "y" => days(day.first_of_year(), day.last_of_year()),
        _ => None,
    }
}

fn last(end: Date, first: fn(Date) -> Date) -> Option<Stretch> {
    days(first(end), end)
}

/// The last hours. Most articles are dated by the day, so for printed dates the start is widened to its day.
fn hours(count: i32, clock: Clock, now: &ZonedDateTime) -> Option<Stretch> {
    let start = now.checked_sub(count.hours()).ok()?.datetime();
    let from = match clock {
        Clock::Printed => start.date().to_datetime(Time::midnight()),
        Clock::Real => start,
    };
    Some(Stretch { from, ..days(now.date(), now.date())? })
}

/// `P1W/` (the last week), `P1M/2008-10-01` and `2008-09-01/P1M`, as in ISO 8601.
fn duration(text: &str, now: &ZonedDateTime) -> Option<Stretch> {
    let (start, end) = text.split_once('/')?;
    let span = |text: &str| text.starts_with(['P', 'p']).then(|| text.parse::<jiff::Span>().ok()).flatten();
    match (span(start), span(end)) {
        (Some(back), None) => {
            let until = if end.is_empty() { days(now.date(), now.date())? } else { literal(end)? };
            days(until.to.date().checked_sub(back).ok()?, until.to.date())
        }
        (None, Some(forth)) => {
            let from = literal(start)?.from.date();
            days(from, from.checked_add(forth).ok()?.yesterday().ok()?)
        }
        (None, None) => Some(Stretch { from: literal(start)?.from, ..literal(end)? }),
        (Some(_), Some(_)) => None,
    }
}

/// Writes seconds as a date that [`seconds`] reads as starting (or, with `end`, ending) there.
pub(super) fn written(seconds: i64, end: bool, clock: Clock) -> Option<String> {
    let at = jiff::Timestamp::from_second(seconds).ok()?.to_zoned_datetime(TimeZone::UTC).datetime();
    let edge = if end { Time::constant(23, 59, 59, 0) } else { Time::midnight() };
    Some(match clock {
        Clock::Real => format!("{at}Z"),
        Clock::Printed if at.time() == edge => at.date().to_string(),
        Clock::Printed => at.to_string(),
    })
}

/// A year, month or day that begins and ends at these seconds, as it is typed.
pub(super) fn period(from: i64, to: i64) -> Option<String> {
    let at = |seconds| Some(jiff::Timestamp::from_second(seconds).ok()?.to_zoned_datetime(TimeZone::UTC).datetime());
    let (from, to) = (at(from)?, at(to)?);
    if from.time() != Time::midnight() || to.time() != Time::constant(23, 59, 59, 0) {
        return None;
    }
    let (first, last) = (from.date(), to.date());
    match () {
        () if first == last => Some(first.to_string()),
        () if first.day() != 1 || first.year() != last.year() || first.year() < 0 || last != last.last_of_month() => None,
        () if first.month() == last.month() => Some(format!("{:04}-{:02}", first.year(), first.month())),
        () if first.month() == 1 && last.month() == 12 => Some(format!("{:04}", first.year())),
        () => None,
    }
}

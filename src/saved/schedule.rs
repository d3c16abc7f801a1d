//! When an alert is due: `every 10m`, `hourly`, `daily 07:30`, `weekly mon 07:30`, with a time zone behind where it is not
//! that of the machine: `daily 07:30 Europe/Berlin`.

use crate::words::one_line;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, ZonedDateTime};
use std::fmt;
use std::str::FromStr;

/// When something is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    every: Every,
    zone: Option<TimeZone>,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Every {
    Interval(SignedDuration),
    Hour,
    Day(Time),
    Week(Weekday, Time),
}

/// By so much clocks are set back when they are put right, as machines do all the time.
const SLIP: SignedDuration = SignedDuration::from_hours(1);

const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl Schedule {
    /// The first moment after `last` at which it is due. Where clocks are put forward over it, the moment they show next.
    ///
    /// # Example
    ///
    /// ```
    /// let schedule: morgue::saved::Schedule = "daily 07:30 Europe/Berlin".parse().unwrap();
    /// let next = schedule.after("2026-11-23T06:30:00Z".parse().unwrap()).unwrap();
    /// assert_eq!(next.to_string(), "2026-11-24T06:30:00Z");
    /// ```
    pub fn after(&self, last: Timestamp) -> Option<Timestamp> {
        let zone = self.zone.clone().unwrap_or_else(TimeZone::system);
        let at = last.to_zoned_datetime(zone);
        let next: ZonedDateTime = match self.every {
            Every::Interval(interval) => return last.checked_add(interval).ok(),
            Every::Hour => at.with().minute(0).second(0).subsec_nanosecond(0).build().ok()?.checked_add(1.hour()).ok()?,
            Every::Day(time) => following(&at, time, 1, |_| true)?,
            Every::Week(day, time) => following(&at, time, 7, |date| date.weekday() == day)?,
        };
        Some(next.timestamp())
    }

    /// Whether it is due at `now`, having run `last`; what never ran is due. So is what ran in an hour to come: a clock was wrong then,
    /// and nothing would be due before it is as late as that again.
    pub fn is_due(&self, last: Option<Timestamp>, now: Timestamp) -> bool {
        let last = last.filter(|last| last.duration_since(now) <= SLIP);
        last.and_then(|last| self.after(last)).is_none_or(|next| next <= now)
    }
}

/// The first moment after `at` with this clock, on a day that is `wanted` among those of the next `days` days.
fn following(at: &ZonedDateTime, time: Time, days: i64, wanted: impl Fn(jiff::civil::Date) -> bool) -> Option<ZonedDateTime> {
    (0..=days).find_map(|n| {
        let date = at.date().checked_add(n.days()).ok().filter(|date| wanted(*date))?;
        let moment = date.to_datetime(time).to_zoned_datetime(at.time_zone().clone()).ok()?;
        (moment > *at).then_some(moment)
    })
}

impl FromStr for Schedule {
    type Err = String;

    fn from_str(text: &str) -> Result<Schedule, String> {
        let wrong = || format!("`{text}` is no schedule: write `every 10m`, `hourly`, `daily 07:30` or `weekly mon 07:30`");
        let mut words = text.split_whitespace();
        let first = words.next().ok_or_else(wrong)?.to_ascii_lowercase();
        let clock = |word: Option<&str>| word.and_then(|w| format!("{w:0>5}").parse::<Time>().ok()).ok_or_else(wrong);
        let every = match first.as_str() {
            "hourly" => Every::Hour,
            "daily" => Every::Day(clock(words.next())?),
            "weekly" => {
                let day = words.next().and_then(|w| w.get(..3)).map(str::to_ascii_lowercase);
                let day = DAYS.iter().find(|(name, _)| Some(*name) == day.as_deref()).ok_or_else(wrong)?.1;
                Every::Week(day, clock(words.next())?)
            }
            "every" => Every::Interval(interval(words.next().ok_or_else(wrong)?).ok_or_else(wrong)?),
            _ => return Err(wrong()),
        };
        let zone = match words.next() {
            Some(name) => Some(TimeZone::get(name).map_err(|_| format!("`{name}` is no time zone: write one like `Europe/Berlin`"))?),
            None => None,
        };
        if words.next().is_some() {
            return Err(wrong());
        }
        Ok(Schedule { every, zone, text: one_line(text) })
    }
}

/// `30s`, `10m`, `6h`, `2d`
fn interval(text: &str) -> Option<SignedDuration> {
    let unit = text.chars().next_back()?;
    let n: i64 = text.get(..text.len() - unit.len_utf8())?.parse().ok().filter(|n| (1..=10_000).contains(n))?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    Some(SignedDuration::from_secs(n * seconds))
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl serde::Serialize for Schedule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(schedule: &str, last: &str, next: &str) {
        let schedule: Schedule = schedule.parse().unwrap();
        let last: Timestamp = last.parse().unwrap();
        assert_eq!(schedule.after(last).unwrap().to_string(), next);
        assert!(!schedule.is_due(Some(last), last) && schedule.is_due(None, last));
        assert!(schedule.is_due(Some(last), next.parse().unwrap()));
    }

    #[test]
    fn schedules_know_their_next_moment() {
        check("every 10m", "2026-11-23T07:31:02Z", "2026-11-23T07:41:02Z");
        check("hourly UTC", "2026-11-23T07:31:02Z", "2026-11-23T08:00:00Z");
        check("daily 7:30 UTC", "2026-11-23T07:30:00Z", "2026-11-24T07:30:00Z");
        check("daily 07:30 UTC", "2026-11-23T07:29:59Z", "2026-11-23T07:30:00Z");
        check("weekly mon 07:30 UTC", "2026-11-23T07:30:00Z", "2026-11-30T07:30:00Z");
        check("weekly Friday 07:30 UTC", "2026-11-23T07:30:00Z", "2026-11-27T07:30:00Z");
        // Clocks are put forward from 02:00 to 03:00, and back from 03:00 to 02:00.
        check("daily 02:30 Europe/Berlin", "2026-03-28T02:00:00Z", "2026-03-29T01:30:00Z");
        check("daily 02:30 Europe/Berlin", "2026-10-24T02:00:00Z", "2026-10-25T00:30:00Z");
    }

    #[test]
    fn a_clock_that_was_wrong_once_silences_nothing() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        for schedule in ["every 10m", "hourly", "daily 07:30 UTC", "weekly mon 07:30 UTC"] {
            let schedule: Schedule = schedule.parse().unwrap();
            let now = at("2026-11-23T07:31:02Z");
            assert!(schedule.is_due(Some(at("2031-01-01T00:00:00Z")), now), "{schedule}");
            assert!(!schedule.is_due(Some(at("2026-11-23T07:31:09Z")), now), "{schedule}");
        }
    }

    #[test]
    fn what_is_no_schedule_says_so() {
        for text in
            ["", "daily", "daily 25:00", "weekly xyz 07:30", "every", "every 0m", "every m", "daily 07:30 Mars/Base", "hourly UTC x"]
        {
            assert!(text.parse::<Schedule>().is_err(), "{text}");
        }
    }
}

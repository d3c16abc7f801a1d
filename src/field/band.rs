//! How numbers and dates are counted: not one by one, but by stretches that are written as a query writes them.

use super::{Field, FieldKind};

/// Where the stretches of a number begin; the last has no end.
const BEGINNINGS: [i64; 7] = [0, 100, 250, 500, 1000, 2000, 4000];
/// Seconds of a day.
const DAY: i64 = 86_400;

impl Field {
    /// Whether its values are numbers or dates, which are counted by stretches.
    pub fn is_figure(&self) -> bool {
        matches!(self.kind, FieldKind::Number | FieldKind::Date)
    }

    /// The first number of the stretch that `value` is counted in: of a day for dates.
    ///
    /// ```
    /// let words = morgue::field::by_name("words").unwrap();
    /// assert_eq!([0, 99, 100, 499, 9999].map(|n| words.stretch(n)), [0, 0, 100, 250, 4000]);
    /// ```
    pub fn stretch(&self, value: i64) -> i64 {
        if self.kind == FieldKind::Date {
            return value.div_euclid(DAY) * DAY;
        }
        BEGINNINGS.iter().rev().copied().find(|begins| *begins <= value).unwrap_or(BEGINNINGS[0])
    }

    /// A stretch as a query writes it behind the field's name: `250..499`, `>=4000`, `2025-11-26`.
    ///
    /// ```
    /// let [words, added] = ["words", "added"].map(|name| morgue::field::by_name(name).unwrap());
    /// assert_eq!([words.stretch_name(250), words.stretch_name(4000), added.stretch_name(86_400)], ["250..499", ">=4000", "1970-01-02"]);
    /// ```
    pub fn stretch_name(&self, begins: i64) -> String {
        if self.kind == FieldKind::Date {
            let date = jiff::Timestamp::from_second(begins).map(|t| jiff::tz::TimeZone::UTC.to_datetime(t).date());
            return date.map_or_else(|_| begins.to_string(), |date| date.to_string());
        }
        match BEGINNINGS.iter().find(|next| **next > begins) {
            Some(next) => format!("{begins}..{}", next - 1),
            None => format!(">={begins}"),
        }
    }
}

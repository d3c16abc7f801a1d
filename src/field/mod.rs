//! Every searchable thing about a clipping, one row each: query syntax, index, facets, help and README follow from [`FIELDS`].
//!
//! To add a facet, add a row here. If its value must first be found in the text, that is a stage of `extract`.

mod band;
mod readers;
mod table;

pub use crate::article::lead;
pub use table::FIELDS;

use crate::article::{Clipping, Quote};
use crate::error::{Error, Kind, Result};
use std::borrow::Cow;

/// A searchable thing.
#[derive(Debug)]
pub struct Field {
    /// The word in queries and output.
    pub name: &'static str,
    /// Other words that mean the same, from Google, Nexis, Factiva and Lucene habits.
    pub aliases: &'static [&'static str],
    /// How it is matched and counted.
    pub kind: FieldKind,
    /// Whether it is offered as a facet.
    pub facet: bool,
    /// One line for help.
    pub help: &'static str,
    /// An example of its use.
    pub example: &'static str,
    /// How its values are read.
    pub read: Read,
}

/// How a field is matched and counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldKind {
    /// Running text with phrases and proximity. The weight counts for ranking; `None` is not searched unless named.
    Text(Option<f32>),
    /// Names: a match is a run of words inside *one* value.
    Name,
    /// Codes: a match is the whole value, case aside; `*` and `?` may stand for characters.
    Keyword,
    /// Paths from the wide to the narrow; a match on any step takes in all below it.
    Path,
    /// Dates; values are seconds since 1970 of the date and clock as printed, without regard to zones.
    Date,
    /// Whole numbers.
    Number,
}

/// Reads the values of a field.
#[derive(Clone, Copy, Debug)]
pub enum Read {
    /// From the article.
    Article(fn(&Clipping, Take<'_>)),
    /// From one quote of it. An article has the values of all its quotes.
    Quote(fn(&Clipping, &Quote, Take<'_>)),
    /// Of the article among others, or of the quote with this number: told by the archive, and changing with what comes into
    /// it, so that it is no column of the index. An article has the values of all its quotes.
    Kin(fn(&Clipping, Option<usize>, Take<'_>)),
}

/// What takes the values of a field, one after the other.
pub type Take<'t> = &'t mut dyn FnMut(Value<'_>);

/// One value of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// For `Text`, `Name`, `Keyword` and `Path`.
    Text(&'a str),
    /// For `Date` and `Number`.
    Number(i64),
}

impl Field {
    /// Whether its text is one sentence, whatever stops are in it: a headline is.
    pub fn is_one_unit(&self) -> bool {
        self.name == "title"
    }

    /// Whether its values are names of persons.
    pub fn is_of_persons(&self) -> bool {
        matches!(self.name, "person" | "about-person" | "speaker" | "about" | "byline")
    }

    /// Whether its values are places, filed by their paths.
    pub fn is_of_places(&self) -> bool {
        matches!(self.name, "place" | "about-place")
    }

    /// Whether values that differ in capitals alone are one: papers write `OPINION` beside `Opinion`, and readers mean both.
    pub fn ignores_case(&self) -> bool {
        matches!(self.name, "source" | "section" | "edition" | "tag")
    }

    /// What tells a whole value from the others of the field: itself, in small letters where capitals do not matter.
    ///
    /// ```
    /// let [section, person] = ["section", "person"].map(|name| morgue::field::by_name(name).unwrap());
    /// assert_eq!([section.key("OPINION"), person.key("May")], ["opinion", "May"]);
    /// ```
    pub fn key<'v>(&self, value: &'v str) -> Cow<'v, str> {
        if self.ignores_case() { value.to_lowercase().into() } else { value.into() }
    }

    /// What a value is called: of a path its last part.
    pub fn own_name<'v>(&self, value: &'v str) -> &'v str {
        self.names(&[value]).first().copied().unwrap_or(value)
    }

    /// What `values` are called where they stand side by side: of a path its own name, with as many around it as tell it from the
    /// others.
    ///
    /// ```
    /// let place = morgue::field::by_name("place").unwrap();
    /// let values = ["Europe/France", "America/United States/New York", "America/United States/New York/New York"];
    /// assert_eq!(place.names(&values), ["France", "United States/New York", "New York/New York"]);
    /// ```
    pub fn names<'v>(&self, values: &[&'v str]) -> Vec<&'v str> {
        let last = |value: &'v str, n: usize| value.rmatch_indices('/').nth(n - 1).map_or(value, |(at, _)| &value[at + 1..]);
        let name = |value: &'v str| {
            let depth = value.matches('/').count() + 1;
            let is_alone = |n: &usize| values.iter().all(|other| *other == value || last(other, *n) != last(value, *n));
            last(value, (1..depth).find(is_alone).unwrap_or(depth))
        };
        values.iter().map(|value| if self.kind == FieldKind::Path { name(value) } else { value }).collect()
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Field) -> bool {
        self.name == other.name
    }
}

/// The field called `name` or aliased so, case aside.
pub fn by_name(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|f| f.name.eq_ignore_ascii_case(name) || f.aliases.iter().any(|a| a.eq_ignore_ascii_case(name)))
}

/// The field called `name`, where it can be counted.
///
/// # Errors
///
/// When there is none, or it cannot; the hint has those that can.
pub fn facet(name: &str) -> Result<&'static Field> {
    by_name(name).filter(|field| field.facet).ok_or_else(|| {
        let names: Vec<&str> = FIELDS.iter().filter(|field| field.facet).map(|field| field.name).collect();
        Error::new(Kind::Usage, format!("`{name}` is not a field that can be counted"))
            .with_hint(format!("use one of {}", names.join(", ")))
    })
}

/// Seconds since 1970 of a date (`2008-09-14`) or date-time (`2008-09-14T10:30:00+02:00`) as printed: the zone is left out,
/// because a paper's day is the day it prints.
///
/// ```
/// let noon = ["1970-01-02T12:00:00Z", "1970-01-02T12:00:00+02:00", "1970-01-02T12:00:00"].map(morgue::field::printed_seconds);
/// assert_eq!(noon, [Some(129_600); 3]);
/// ```
pub fn printed_seconds(text: &str) -> Option<i64> {
    // A civil date-time takes any offset but the letter for UTC.
    let text = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    let civil = text
        .parse::<jiff::civil::DateTime>()
        .or_else(|_| text.parse::<jiff::civil::Date>().map(|d| d.to_datetime(jiff::civil::Time::midnight())))
        .ok()?;
    jiff::tz::TimeZone::UTC.to_timestamp(civil).ok().map(|t| t.as_second())
}

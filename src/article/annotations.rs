//! What is noted on an article: who is in it, where it plays, and who said what.

use super::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything found in one article. Offsets are code points into its body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct Annotations {
    /// Each person once, under the fullest name the article gives.
    pub persons: Vec<Person>,
    /// Companies, parties, agencies, teams.
    pub organizations: Vec<Organization>,
    /// Places, each once, with all its mentions.
    pub places: Vec<Place>,
    /// Quotes in reading order.
    pub quotes: Vec<Quote>,
}

/// Annotations a record brought along. What is `Some` is kept; what is `None` is extracted.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Given {
    /// Persons, if the record lists them.
    pub persons: Option<Vec<Person>>,
    /// Organizations, if the record lists them.
    pub organizations: Option<Vec<Organization>>,
    /// Places, if the record lists them.
    pub places: Option<Vec<Place>>,
    /// Quotes, if the record lists them.
    pub quotes: Option<Vec<Quote>>,
}

impl Given {
    /// The same lists, empty: all that is kept of them beside the annotations they became.
    pub fn marks(&self) -> Given {
        Given {
            persons: self.persons.as_ref().map(|_| Vec::new()),
            organizations: self.organizations.as_ref().map(|_| Vec::new()),
            places: self.places.as_ref().map(|_| Vec::new()),
            quotes: self.quotes.as_ref().map(|_| Vec::new()),
        }
    }
}

/// A person named in an article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The fullest name the article gives.
    pub name: String,
    /// Title or function, as the article words it: `Ukrainian President`.
    pub role: Option<String>,
    /// Every place where the person is named (pronouns excluded), in the order of the body.
    pub mentions: Vec<Span>,
}

/// An organization named in an article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct Organization {
    /// The fullest name the article gives.
    pub name: String,
    /// Every place where it is named, in the order of the body.
    pub mentions: Vec<Span>,
}

/// A place named in an article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Usual English name.
    pub name: String,
    /// From the continent down: `Europe/Ukraine/Kharkiv Oblast/Kharkiv`.
    pub path: Option<String>,
    /// Number in GeoNames, where known.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Every place where it is named.
    pub mentions: Vec<PlaceMention>,
}

/// One mention of a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct PlaceMention {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Whether it is a word for the people or the property (`Ukrainian`), not for the place.
    pub demonym: bool,
}

/// Kilometres between two points, each degrees north and east, on a sphere of the mean radius of the earth (haversine formula).
pub fn kilometres((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(lat, other_lat) + lat.to_radians().cos() * other_lat.to_radians().cos() * half(lon, other_lon);
    2.0 * 6371.0088 * h.sqrt().min(1.0).asin()
}

/// Words attributed to a speaker.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct Quote {
    /// The pieces, in reading order; for direct quotes without the quotation marks.
    #[serde(with = "super::span::pairs")]
    #[schemars(with = "Vec<(u32, u32)>")]
    pub spans: Vec<Span>,
    /// The pieces joined by one space.
    pub text: String,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// How likely speaker and extent are right, 0 to 1.
    pub confidence: f32,
    /// Who said it; `None` when nothing says so.
    pub speaker: Option<Speaker>,
    /// The word that ties the two: `said`.
    pub cue: Option<Cue>,
}

/// How the words of a quote are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, JsonSchema, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// In quotation marks.
    #[default]
    Direct,
    /// Reported: `said that …`.
    Indirect,
    /// Reported, with a part in quotation marks.
    Mixed,
}

impl QuoteKind {
    /// The word used in records and queries.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        }
    }
}

/// The one to whom a quote is attributed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct Speaker {
    /// The full name; `None` for anonymous and unresolved speakers.
    pub name: Option<String>,
    /// What kind of speaker.
    pub class: SpeakerClass,
    /// Title or function at the quote.
    pub role: Option<String>,
    /// First code point of the words that name the speaker.
    pub start: Option<u32>,
    /// One past their last code point.
    pub end: Option<u32>,
    /// Those words: `he`, `Mr. Kaine`, `a source`.
    pub text: Option<String>,
    /// Who says it together with them, by full names, of the same class: `Ana Ito and Bo Dahl said`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
}

impl Speaker {
    /// The full names of all who say it, the first in front; none for anonymous and unresolved speakers.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.name.iter().chain(&self.with).map(String::as_str)
    }

    /// All who say it as one says it, with the title or function of the first: `Ana Ito, mayor`, `Ana Ito, mayor, and Bo Dahl`; of
    /// somebody without a name `None`.
    ///
    /// ```
    /// use morgue::article::Speaker;
    /// let with = vec!["Bo Dahl".to_owned(), "Cy Eames".to_owned()];
    /// let ito = Speaker { name: Some("Ana Ito".to_owned()), role: Some("mayor".to_owned()), ..Speaker::default() };
    /// assert_eq!(ito.titled().as_deref(), Some("Ana Ito, mayor"));
    /// assert_eq!(Speaker { with, ..ito }.titled().as_deref(), Some("Ana Ito, mayor, Bo Dahl and Cy Eames"));
    /// ```
    pub fn titled(&self) -> Option<String> {
        let name = self.name.as_ref()?;
        Some(match &self.role {
            Some(role) => self.and_others(format!("{name}, {role}"), ", and "),
            None => self.and_others(name.clone(), " and "),
        })
    }

    /// All who say it, by their names, else the words for them: `Ana Ito and Bo Dahl`, `a source`.
    pub fn called(&self) -> Option<String> {
        self.name.clone().map(|name| self.and_others(name, " and ")).or_else(|| self.text.clone())
    }

    /// `first` and those who speak with them; of one alone, with `and` between.
    fn and_others(&self, first: String, and: &str) -> String {
        match self.with.as_slice() {
            [] => first,
            [one] => first + and + one,
            [most @ .., last] => format!("{first}, {} and {last}", most.join(", ")),
        }
    }
}

/// What kind of speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, JsonSchema, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerClass {
    /// Somebody with a name.
    Person,
    /// A company, agency, party, court, newspaper …
    Organization,
    /// "a source", "officials".
    Anonymous,
    /// A pronoun or description nobody could resolve.
    #[default]
    Unresolved,
}

impl SpeakerClass {
    /// The word used in records and queries.
    pub fn name(self) -> &'static str {
        match self {
            SpeakerClass::Person => "person",
            SpeakerClass::Organization => "organization",
            SpeakerClass::Anonymous => "anonymous",
            SpeakerClass::Unresolved => "unresolved",
        }
    }
}

/// The word or words that tie a quote to its speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct Cue {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: String,
}

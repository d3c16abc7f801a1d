//! The nouns of the house: what an article is, and what can be noted on it. No input or output happens here.
//!
//! An [`Article`] is what a file says: title, body, byline, source, dates. [`Annotations`] are what was found in it:
//! persons, organizations, places and quotes. The two together are a [`Clipping`], which is what an archive keeps and
//! what `morgue extract`, `morgue show --json` and the HTTP API print.

mod annotations;
mod focus;
mod notes;
mod pieces;
mod span;
mod version;

pub use annotations::{
    Annotations, Cue, Given, Organization, Person, Place, PlaceMention, Quote, QuoteKind, Speaker, SpeakerClass, kilometres,
};
pub use notes::Notes;
pub use pieces::{Piece, cited, pieces, quote_id, split_id};
pub use span::{Offsets, Span};
pub use version::{Version, VersionKind, Versions};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stable name of an article: the id its record carries, else one derived from its url or its text.
pub type ArticleId = String;

/// What one file (or one record in it) says: the text and its particulars. `None` or empty means *not known*.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Stable name; see [`ArticleId`].
    pub id: ArticleId,
    /// Where it came from: the file, with `!/member` for what lies inside a container and `#n` for record `n` of many.
    pub path: String,
    /// The format it was read as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Authors, without "By".
    pub byline: Vec<String>,
    /// Publication or agency.
    pub source: Option<String>,
    /// Desk or rubric.
    pub section: Option<String>,
    /// Page of the paper, as printed: `A1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Edition of the paper: `Late City Final`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Words in `body`.
    pub words: u32,
    /// Date (`2025-08-18`) or date-time (RFC 3339) of publication.
    pub published: Option<String>,
    /// Where `published` came from.
    pub published_from: Option<DateOrigin>,
    /// Another date of publication the file gives, more than a day away from `published`: one of the two is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_conflict: Option<String>,
    /// Date or date-time of the last change.
    pub updated: Option<String>,
    /// Which version of itself it is, and what it corrects or replaces, where its file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Version>,
    /// The place line an agency story opens with.
    pub dateline: Option<Dateline>,
    /// Other terms the file itself gives: keywords, subjects, tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The text. Paragraphs are separated by a blank line.
    pub body: String,
    /// Annotations the record brought along; kept instead of extracting them.
    #[serde(skip)]
    pub given: Given,
    /// Whether `id` was carried by the record itself (true) or derived from its content (false).
    #[serde(skip)]
    pub has_own_id: bool,
}

/// Where a publication date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrigin {
    /// A `meta` or `time` element of a page.
    Meta,
    /// A JSON-LD block of a page.
    JsonLd,
    /// A field of a record, or front matter.
    Field,
    /// The line an agency story opens with.
    Dateline,
    /// The address.
    Url,
    /// The name of the file or of its folders.
    Path,
    /// The running text.
    Text,
    /// The time stamp of the file.
    File,
}

impl DateOrigin {
    /// The word for it in records and queries.
    pub fn name(self) -> &'static str {
        match self {
            DateOrigin::Meta => "meta",
            DateOrigin::JsonLd => "json-ld",
            DateOrigin::Field => "field",
            DateOrigin::Dateline => "dateline",
            DateOrigin::Url => "url",
            DateOrigin::Path => "path",
            DateOrigin::Text => "text",
            DateOrigin::File => "file",
        }
    }
}

/// The place line an agency story opens with: `KYIV, Aug 18 (Reuters) -`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, Deserialize)]
pub struct Dateline {
    /// As printed.
    pub text: String,
    /// The place in it, in ordinary capitals.
    pub place: Option<String>,
}

/// An article with what was found in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema, Deserialize)]
pub struct Clipping {
    /// The article.
    #[serde(flatten)]
    pub article: Article,
    /// What was found in it.
    #[serde(flatten)]
    pub annotations: Annotations,
    /// When it came into an archive; absent outside one.
    #[serde(default, skip_serializing_if = "Filed::is_none")]
    pub filed: Filed,
    /// What was found before the archive's authority file and corrections were applied; `None` where they change nothing.
    /// Kept in the archive, so that a correction can be taken back without reading the source again; never printed.
    #[serde(skip)]
    pub as_found: Option<Box<Annotations>>,
    /// The story it tells with other articles of the archive; `None` when it stands alone, or outside an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<Kin>,
    /// Its versions in the archive; `None` when there is no other, or outside an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub versions: Option<Versions>,
    /// What people wrote on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Notes>,
    /// Which of its quotes (by number, from 0) are repeated elsewhere in the archive, in order.
    #[serde(skip)]
    pub echoes: Vec<(usize, Kin)>,
}

/// Articles that tell the same story in nearly the same words, or quotes that repeat each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Kin {
    /// The first of them, by date and then by a number made of the id: an article's id, or that of a quote (`ID#q3`).
    pub first: String,
    /// How many articles of the archive have it.
    pub articles: u32,
}

/// When a clipping came into an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, Deserialize)]
#[serde(default)]
pub struct Filed {
    /// Revision of the archive that first had it; 0 outside an archive.
    pub first: u64,
    /// Revision that last changed it.
    pub revision: u64,
    /// Seconds since 1970 (UTC) of `first`.
    pub added: i64,
}

impl Filed {
    fn is_none(&self) -> bool {
        *self == Filed::default()
    }
}

/// A page of a paper as it is cited: `p. A1`, `pp. A1, A14`; one that says itself that it is a page stays as it is.
///
/// ```
/// use morgue::article::paged;
/// assert_eq!(["A1", "3, 7", "page 4"].map(paged), ["p. A1", "pp. 3, 7", "page 4"]);
/// ```
pub fn paged(page: &str) -> String {
    let low = page.trim_start().to_lowercase();
    let says_so = ["p.", "pp.", "pg.", "page", "seite", "s."].iter().any(|mark| low.starts_with(mark));
    let mark = if page.contains([',', '–']) { "pp." } else { "p." };
    if says_so { page.to_owned() } else { format!("{mark} {page}") }
}

/// The first two paragraphs of a body.
pub fn lead(body: &str) -> &str {
    body.match_indices("\n\n").nth(1).map_or(body, |(end, _)| &body[..end])
}

/// Whether `url` is an address of the web, which a page or a feed may lead to; an article may call anything its address.
pub fn is_of_the_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

impl Article {
    /// Its address, where it is one of the web.
    pub fn web(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| is_of_the_web(url))
    }

    /// Whether it is in English, as far as is known: its language is not told, or is English.
    pub fn is_english(&self) -> bool {
        self.language.as_deref().is_none_or(|l| l.starts_with("en"))
    }
}

impl Clipping {
    /// The name of the story it tells: the id of the article that told it first.
    pub fn story_id(&self) -> &str {
        self.story.as_ref().map_or(&self.article.id, |kin| &kin.first)
    }

    /// The tags its file gives, then those of people.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let own = self.notes.iter().flat_map(|notes| &notes.tags);
        self.article.tags.iter().chain(own).map(String::as_str)
    }

    /// What people noted on it.
    pub fn note(&self) -> Option<&str> {
        self.notes.as_ref().and_then(|notes| notes.note.as_deref())
    }

    /// Whether another article told its story before.
    pub fn is_copy(&self) -> bool {
        self.story.as_ref().is_some_and(|kin| kin.first != self.article.id)
    }

    /// The id of its last version: its own, where no other is known.
    pub fn latest_version(&self) -> &str {
        self.versions.as_ref().map_or(&self.article.id, |versions| &versions.latest)
    }

    /// The quotes that repeat its quote `number` (from 0) elsewhere; `None` when it stands alone.
    pub fn echo(&self, number: usize) -> Option<&Kin> {
        let at = self.echoes.binary_search_by_key(&number, |(n, _)| *n).ok()?;
        self.echoes.get(at).map(|(_, kin)| kin)
    }

    /// The persons and organizations named inside `quote`, other than who speaks.
    pub fn about<'a>(&'a self, quote: &Quote) -> Vec<&'a str> {
        // Mentions lie as they do in the body: of many only those in the quote are looked at.
        let within = |mentions: &[Span], s: Span| {
            let here = mentions.partition_point(|m| m.start < s.start);
            mentions[here..].iter().take_while(|m| m.start < s.end).any(|m| s.contains(*m))
        };
        let inside = |mentions: &[Span]| quote.spans.iter().any(|s| within(mentions, *s));
        let speaks = |name: &str| quote.speaker.as_ref().is_some_and(|s| s.names().any(|n| n == name));
        let persons = self.annotations.persons.iter().map(|p| (p.name.as_str(), &p.mentions));
        let organizations = self.annotations.organizations.iter().map(|o| (o.name.as_str(), &o.mentions));
        persons.chain(organizations).filter(|(name, mentions)| !speaks(name) && inside(mentions)).map(|(name, _)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_named_inside_a_quote_is_told_by_the_mentions_in_its_pieces() {
        let at = |spans: &[(u32, u32)]| spans.iter().map(|(start, end)| Span::new(*start, *end)).collect::<Vec<_>>();
        let person = |name: &str, mentions: &[(u32, u32)]| Person { name: name.to_owned(), role: None, mentions: at(mentions) };
        let mut clipping = Clipping::default();
        clipping.annotations.persons = vec![
            person("Before And Behind", &[(0, 9), (40, 49), (90, 99)]),
            person("In The Second Piece", &[(0, 9), (41, 44), (60, 64), (95, 99)]),
            person("Half In", &[(5, 12), (28, 33)]),
            person("Half In, Then Whole", &[(5, 12), (25, 30)]),
            person("The Speaker", &[(12, 20)]),
            person("Nowhere", &[]),
        ];
        clipping.annotations.organizations = vec![Organization { name: "The First Piece".to_owned(), mentions: at(&[(10, 30)]) }];
        let speaker = Speaker { name: Some("The Speaker".to_owned()), ..Speaker::default() };
        let quote = Quote { spans: at(&[(10, 30), (50, 70)]), speaker: Some(speaker), ..Quote::default() };
        assert_eq!(clipping.about(&quote), ["In The Second Piece", "Half In, Then Whole", "The First Piece"]);
    }
}

//! The other versions of an article: what it corrects or updates, and what corrects or updates it.

use super::Archive;
use crate::article::{Clipping, VersionKind};
use crate::error::Result;
use crate::field;
use crate::query::{Query, Search, Sort, ValueMatch};

/// Another version of an article, as seen from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherVersion {
    /// What it is to the article: `corrects`, `corrected by`, `earlier version` …
    pub relation: &'static str,
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published, or changed.
    pub dated: Option<String>,
    /// What it says was wrong, or is new.
    pub note: Option<String>,
    /// Whether it is the last one.
    pub is_latest: bool,
}

impl Archive {
    /// The other versions of `clipping` in the archive, the oldest first.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn other_versions(&self, clipping: &Clipping) -> Result<Vec<OtherVersion>> {
        let (Some(versions), Some(field)) = (&clipping.versions, field::by_name("versions")) else { return Ok(Vec::new()) };
        let query = Query::Is { field, value: ValueMatch::Whole(versions.latest.clone()) };
        let found = self.search(&Search { limit: None, mark: false, sort: Sort::DateUp, ..Search::articles(query) })?;
        let mut all: Vec<Clipping> = found.hits.into_iter().filter_map(|hit| hit.clipping).collect();
        all.sort_by_key(|c| (c.article.id == versions.latest, number(c), dated(c)));
        let Some(at) = all.iter().position(|c| c.article.id == clipping.article.id) else { return Ok(Vec::new()) };
        let others = all.iter().enumerate().filter(|(n, _)| *n != at);
        Ok(others.map(|(n, other)| seen(other, relation(&all, at, n), &versions.latest)).collect())
    }
}

fn seen(other: &Clipping, relation: &'static str, latest: &str) -> OtherVersion {
    OtherVersion {
        relation,
        id: other.article.id.clone(),
        title: other.article.title.clone(),
        dated: dated(other),
        note: other.article.version.as_ref().and_then(|version| version.note.clone()),
        is_latest: other.article.id == latest,
    }
}

fn number(clipping: &Clipping) -> Option<u32> {
    clipping.article.version.as_ref().and_then(|version| version.number)
}

fn dated(clipping: &Clipping) -> Option<String> {
    clipping.article.updated.clone().max(clipping.article.published.clone())
}

/// What version `n` is to version `at`: only neighbours correct or update each other, as far as is known.
fn relation(all: &[Clipping], at: usize, n: usize) -> &'static str {
    let kind = |n: usize| all[n].article.version.as_ref().and_then(|version| version.kind);
    match (n + 1 == at, n == at + 1) {
        (true, _) => match kind(at) {
            Some(VersionKind::Correction) => "corrects",
            Some(VersionKind::Update) => "updates",
            None => "replaces",
        },
        (_, true) => match kind(n) {
            Some(VersionKind::Correction) => "corrected by",
            Some(VersionKind::Update) => "updated by",
            None => "replaced by",
        },
        _ if n < at => "earlier version",
        _ => "later version",
    }
}

/// Some agencies number versions by the clock, which tells a reader nothing.
const TELLING: std::ops::Range<u32> = 2..10_000;

/// What an article says of its own version, in a few words: `correction`, `update, version 3`; `None` for a first version.
pub fn own_version(clipping: &Clipping) -> Option<String> {
    let version = clipping.article.version.as_ref()?;
    let kind = version.kind.map(|kind| kind.name().to_owned());
    let number = version.number.filter(|number| TELLING.contains(number)).map(|number| format!("version {number}"));
    let words: Vec<String> = kind.into_iter().chain(number).collect();
    if words.is_empty() { None } else { Some(words.join(", ")) }
}

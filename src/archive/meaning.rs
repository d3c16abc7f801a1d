//! What a query means: its canonical spelling, its reading, and what is noted or lost on the way from another language.

use crate::error::Result;
use crate::extract::places::filed_as;
use crate::query::{self, Context, Dialect, Query, Severity, Target};
use crate::saved::SavedQueries;
use schemars::JsonSchema;
use serde::Serialize;

/// What a query means, as `morgue query explain --json` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Meaning {
    /// In canonical spelling.
    pub canonical: String,
    /// As one sentence.
    pub reading: String,
    /// What there is to note on the reading.
    pub notes: Vec<String>,
    /// What of another language has no counterpart here.
    pub losses: Vec<String>,
}

/// Reads `text` as a query of `dialect`, with the query it comes to; `saved` has what `@name` stands for. No archive is needed.
///
/// # Errors
///
/// When a part of it has no meaning; the message shows where.
///
/// # Example
///
/// ```
/// use morgue::archive::meaning;
/// use morgue::query::{Dialect, Target};
/// let (meaning, _) = meaning("flood AND dam*", Target::Articles, Dialect::Morgue, None).unwrap();
/// assert_eq!(meaning.canonical, "flood dam*");
/// ```
pub fn meaning(text: &str, target: Target, dialect: Dialect, saved: Option<&SavedQueries>) -> Result<(Meaning, Query)> {
    let find = |name: &str| saved.and_then(|s| s.reference(name));
    let parsed = query::parse(text, &Context { saved: &find, dialect, places: &filed_as, ..Context::new(target) });
    if let Some(refusal) = query::refusal(text, &parsed.problems) {
        return Err(refusal);
    }
    let of = |severity| parsed.problems.iter().filter(|p| p.severity == severity).map(query::Problem::said).collect();
    let (canonical, reading) = (query::print(&parsed.query), query::reading(&parsed.query, target));
    Ok((Meaning { canonical, reading, notes: of(Severity::Note), losses: of(Severity::Loss) }, parsed.query))
}

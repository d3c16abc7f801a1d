//! What is in an archive, and what could not be read.

use super::{Archive, FileRow};
use crate::error::Result;
use crate::field;
use crate::ingest::{Problem, ProblemKind};
use crate::query::{FacetCount, FacetRequest, Query, Search};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

/// Counts of an archive.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Status {
    /// Where it is.
    pub archive: String,
    /// Number of the last commit that touched an article.
    pub revision: u64,
    /// Articles.
    pub articles: u64,
    /// Quotes.
    pub quotes: u64,
    /// Articles without a date.
    pub undated: u64,
    /// Files that gave articles.
    pub files: u64,
    /// Files that are nothing morgue reads.
    pub skipped: u64,
    /// Files in no form morgue reads, or with nothing in them.
    pub unread: u64,
    /// Files that could not be read, or not wholly.
    pub failed: u64,
    /// First and last day of publication.
    pub first_day: Option<String>,
    /// Last day of publication.
    pub last_day: Option<String>,
    /// Articles by source, most first; `None` stands for articles without one.
    pub sources: Vec<(Option<String>, u64)>,
    /// Articles by format.
    pub formats: Vec<(String, u64)>,
    /// Articles by year.
    pub years: Vec<(String, u64)>,
    /// Articles by source and month, sources in the order of `sources`, months in theirs.
    pub coverage: Vec<Coverage>,
    /// Everything that failed or is in no form morgue reads.
    pub failures: Vec<Problem>,
}

/// How many articles of a source are of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Coverage {
    /// The source.
    pub source: String,
    /// `2024-03`.
    pub month: String,
    /// Articles.
    pub articles: u64,
}

impl Archive {
    /// Counts what is here.
    ///
    /// # Errors
    ///
    /// When the index or the manifest cannot be read.
    pub fn status(&self) -> Result<Status> {
        let facet = |name: &str| field::by_name(name).map(|field| FacetRequest { field, limit: None, by: None });
        let mut facets: Vec<FacetRequest> = ["source", "format", "year"].into_iter().filter_map(facet).collect();
        facets.extend(facet("source").map(|source| FacetRequest { by: field::by_name("month"), ..source }));
        let found =
            self.search(&Search { limit: Some(0), facets, timeline: Some(crate::query::Bucket::Day), ..Search::articles(Query::All) })?;
        let quotes = self.search(&Search { limit: Some(0), ..Search::quotes(Query::All) })?;
        let files = self.files()?;
        let day = |at: Option<&(i64, u64)>| at.map(|(start, _)| crate::query::Bucket::Day.label(*start));
        let mut sources: Vec<(Option<String>, u64)> = Vec::new();
        let (mut years, mut formats) = (Vec::new(), Vec::new());
        for counts in found.facets.iter().filter(|f| f.by.is_none()) {
            let pairs = counts.counts.iter().map(|FacetCount { value, count, .. }| (value.clone(), *count));
            match counts.field.name {
                "year" => years = pairs.collect(),
                "format" => formats = pairs.collect(),
                _ => {
                    sources = pairs.map(|(value, count)| (Some(value), count)).collect();
                    sources.extend((counts.missing > 0).then_some((None, counts.missing)));
                }
            }
        }
        years.sort();
        let pivot = found.facets.iter().find(|f| f.by.is_some());
        let cells = pivot.iter().flat_map(|f| &f.counts);
        let cell = |c: &FacetCount| Some(Coverage { source: c.value.clone(), month: c.by.clone()?, articles: c.count });
        let mut coverage: Vec<Coverage> = cells.filter_map(cell).collect();
        let places: HashMap<&str, usize> =
            sources.iter().enumerate().filter_map(|(at, (source, _))| Some((source.as_deref()?, at))).collect();
        coverage.sort_by_cached_key(|c| (places.get(c.source.as_str()).copied(), c.month.clone()));
        let is = |row: &&FileRow, kind| row.problems.iter().any(|p| p.kind == kind);
        let gave_none = |row: &&FileRow, kind| row.articles.is_empty() && is(row, kind) && !is(row, ProblemKind::Failed);
        let is_reported = |p: &Problem| matches!(p.kind, ProblemKind::Failed | ProblemKind::Unread);
        Ok(Status {
            archive: self.home.root.to_string_lossy().into_owned(),
            revision: self.note.revision,
            articles: found.total,
            quotes: quotes.total,
            undated: found.undated,
            files: files.iter().filter(|f| !f.articles.is_empty()).count() as u64,
            skipped: files.iter().filter(|f| !is(f, ProblemKind::Unread) && gave_none(f, ProblemKind::Skipped)).count() as u64,
            unread: files.iter().filter(|f| gave_none(f, ProblemKind::Unread)).count() as u64,
            failed: files.iter().filter(|f| is(f, ProblemKind::Failed)).count() as u64,
            first_day: day(found.timeline.first()),
            last_day: day(found.timeline.last()),
            sources,
            formats,
            years,
            coverage,
            failures: files.into_iter().flat_map(|f| f.problems).filter(is_reported).collect(),
        })
    }
}

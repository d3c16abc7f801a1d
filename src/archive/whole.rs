//! What the whole archive has of each value of a field: a search is held against it again and again, so it is counted once while
//! the archive is open.

use super::Archive;
use super::significance::by_value;
use crate::error::Result;
use crate::field::Field;
use crate::query::{FacetRequest, Query, Search, Target};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The values of one field in the whole archive.
pub(super) struct Whole {
    /// Articles, or quotes.
    pub total: u64,
    /// How many of them have each value.
    pub counts: HashMap<String, u64>,
}

/// What was counted, by what was asked.
#[derive(Default)]
pub(super) struct Memory(Mutex<HashMap<(Target, &'static str), Arc<Whole>>>);

impl Memory {
    fn of(&self, target: Target, field: &'static Field) -> Option<Arc<Whole>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&(target, field.name)).cloned()
    }

    fn keep(&self, target: Target, field: &'static Field, whole: Whole) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert((target, field.name), Arc::new(whole));
    }
}

impl Archive {
    /// The values of each of `fields` in all articles, or all quotes.
    pub(super) fn whole(&self, target: Target, fields: &[&'static Field]) -> Result<Vec<Arc<Whole>>> {
        let unknown: Vec<&'static Field> = fields.iter().copied().filter(|field| self.memory.of(target, field).is_none()).collect();
        if !unknown.is_empty() {
            let facets = unknown.iter().map(|field| FacetRequest { field, limit: None, by: None }).collect();
            let found = self.search(&Search { target, limit: Some(0), facets, ..Search::articles(Query::All) })?;
            for facet in found.facets {
                self.memory.keep(target, facet.field, Whole { total: found.total, counts: by_value(facet) });
            }
        }
        Ok(fields.iter().filter_map(|field| self.memory.of(target, field)).collect())
    }
}

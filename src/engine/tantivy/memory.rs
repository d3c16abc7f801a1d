//! What was found out of the index as it stands, and holds until the next commit.

use super::count::Counter;
use super::leaves::Meant;
use super::schema::On;
use super::timeline::Timeline;
use crate::query::WordForm;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::Searcher;
use tantivy::index::SegmentId;
use tantivy::schema::Field;

/// What is known of the index in one state.
#[derive(Default)]
pub(super) struct Memory(Mutex<Known>);

#[derive(Default)]
pub(super) struct Known {
    /// Each segment, and how many of its documents are deleted.
    state: Vec<(SegmentId, u32)>,
    /// The values of a field in all articles, or in all quotes.
    pub counters: HashMap<(On, &'static str), Arc<Counter>>,
    /// The days of all articles, or of all quotes.
    pub timelines: HashMap<On, Arc<Timeline>>,
    /// The terms of a column that a word stands for; with inflections, those of the languages of the index.
    pub terms: HashMap<(Field, WordForm, bool), Vec<Meant>>,
}

/// Words whose terms are kept.
const WORDS: usize = 4096;
/// Terms that are kept of one word.
const TERMS: usize = 64;

impl Memory {
    /// Calls `with` with what is known of the index as `searcher` sees it.
    pub fn of<T>(&self, searcher: &Searcher, with: impl FnOnce(&mut Known) -> T) -> T {
        let state: Vec<_> = searcher.segment_readers().iter().map(|r| (r.segment_id(), r.num_deleted_docs())).collect();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.state != state {
            *known = Known { state, ..Known::default() };
        }
        with(&mut known)
    }
}

impl Known {
    /// Keeps the terms of a word, if they are not too many.
    pub fn keep(&mut self, word: (Field, WordForm, bool), terms: &[Meant]) {
        if terms.len() > TERMS {
            return;
        }
        if self.terms.len() >= WORDS {
            self.terms.clear();
        }
        self.terms.insert(word, terms.to_vec());
    }
}

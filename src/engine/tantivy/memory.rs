//! What was found out of the index as it stands, and holds until the next commit.

use super::capitals::Spellings;
use super::census::Census;
use super::count::Counter;
use super::leaves::Meant;
use super::schema::On;
use super::timeline::Timeline;
use crate::query::{FacetRequest, WordForm};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::Searcher;
use tantivy::index::SegmentId;
use tantivy::schema::Field;

/// What is known of the index in one state.
pub(super) struct Memory {
    /// Where the index lies.
    dir: PathBuf,
    known: Mutex<Known>,
}

/// Each segment, and how many of its documents are deleted.
pub(super) type State = Vec<(SegmentId, u32)>;

/// The state of the index as `searcher` sees it.
pub(super) fn state(searcher: &Searcher) -> State {
    searcher.segment_readers().iter().map(|r| (r.segment_id(), r.num_deleted_docs())).collect()
}

#[derive(Default)]
pub(super) struct Known {
    state: State,
    /// What a run wrote down of this state.
    pub census: Option<Arc<Census>>,
    /// The values of a field in all articles, or in all quotes.
    pub counters: HashMap<(On, &'static str), Arc<Counter>>,
    /// The days of all articles, or of all quotes.
    pub timelines: HashMap<On, Arc<Timeline>>,
    /// Which values of a field are counted under another spelling.
    pub spellings: HashMap<&'static str, Arc<Spellings>>,
    /// The terms of a column that a word stands for; with inflections, those of the languages of the index.
    pub terms: HashMap<(Field, WordForm, bool), Vec<Meant>>,
}

/// Words whose terms are kept.
const WORDS: usize = 4096;
/// Terms that are kept of one word.
const TERMS: usize = 64;

impl Memory {
    /// For the index in `dir`, of which nothing is known yet.
    pub fn at(dir: &Path) -> Memory {
        Memory { dir: dir.to_owned(), known: Mutex::default() }
    }

    /// Calls `with` with what is known of the index as `searcher` sees it.
    pub fn of<T>(&self, searcher: &Searcher, with: impl FnOnce(&mut Known) -> T) -> T {
        let state = state(searcher);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.state != state {
            let census = Census::open(&self.dir, &state).map(Arc::new);
            *known = Known { state, census, ..Known::default() };
        }
        with(&mut known)
    }
}

impl Known {
    /// The values of a field in all articles, or in all quotes.
    pub fn counter(&mut self, on: On, request: &FacetRequest) -> Option<Arc<Counter>> {
        let key = (on, request.field.name);
        if !self.counters.contains_key(&key)
            && let Some(totals) = self.census.as_ref().and_then(|census| census.totals(on, Some(key.1)))
        {
            self.counters.insert(key, Arc::new(Counter::known(request.clone(), totals)));
        }
        self.counters.get(&key).cloned()
    }

    /// The days of all articles, or of all quotes.
    pub fn timeline(&mut self, on: On) -> Option<Arc<Timeline>> {
        if !self.timelines.contains_key(&on)
            && let Some(totals) = self.census.as_ref().and_then(|census| census.totals(on, None))
        {
            self.timelines.insert(on, Arc::new(Timeline::known(&totals)));
        }
        self.timelines.get(&on).cloned()
    }

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

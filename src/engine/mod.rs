//! Where clippings are kept and found: the small [`Engine`] every store implements, and the table of stores.
//!
//! An engine sees [`Query`](crate::query::Query) and [`Clipping`], never text a person typed. The words of a search engine
//! (document, term, segment) stay in its own room.

mod tantivy;

use crate::article::Clipping;
use crate::error::Result;
use crate::query::{Hit, Results, Search, WordForm};
use std::path::Path;

/// A store of clippings that can be searched.
pub trait Engine: Send + Sync {
    /// Takes clippings in, each in place of the one with its id. Nothing is found, or safe, before [`Engine::commit`].
    ///
    /// # Errors
    ///
    /// When the store cannot take them; then nothing since the last commit is kept.
    fn put(&self, clippings: &[Clipping]) -> Result<()>;

    /// Takes the clippings with these ids out.
    ///
    /// # Errors
    ///
    /// As [`Engine::put`].
    fn remove(&self, ids: &[String]) -> Result<()>;

    /// Makes all since the last commit safe and findable, all of it or nothing, together with a note by the caller.
    ///
    /// # Errors
    ///
    /// When the store cannot be written; the last commit stays as it was.
    fn commit(&self, note: &str) -> Result<()>;

    /// Answers a search: the hits go to `take` one after the other, in order, and are not in the results, so that memory does
    /// not grow with their text.
    ///
    /// # Errors
    ///
    /// When a word of the query stands for too many words, the time is up, the store fails, or `take` fails.
    fn stream(&self, search: &Search, take: &mut dyn FnMut(Hit) -> Result<()>) -> Result<Results>;

    /// Answers a search, the hits with it.
    ///
    /// # Errors
    ///
    /// As [`Engine::stream`].
    fn search(&self, search: &Search) -> Result<Results> {
        let mut hits = Vec::new();
        let results = self.stream(search, &mut |hit| {
            hits.push(hit);
            Ok(())
        })?;
        Ok(Results { hits, ..results })
    }

    /// How many articles have each of these words in their text, and how many articles there are. Articles that were taken out
    /// may still be counted for a while: for weighing words, not for showing.
    ///
    /// # Errors
    ///
    /// As [`Engine::stream`].
    fn rarity(&self, words: &[WordForm]) -> Result<(Vec<u64>, u64)>;

    /// The clipping with this id.
    ///
    /// # Errors
    ///
    /// When the store fails.
    fn get(&self, id: &str) -> Result<Option<Clipping>>;
}

/// For what an engine is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To search; works while another process writes.
    Read,
    /// To write as well; one at a time.
    Write,
}

/// An engine, with the note of its last commit.
pub struct Opened {
    /// The engine.
    pub engine: Box<dyn Engine>,
    /// What the caller noted at the last commit.
    pub note: Option<String>,
}

/// A kind of store.
pub struct Kept {
    /// The word for it in settings.
    pub scheme: &'static str,
    /// Opens the store in a directory, making it when there is none and `Access` is `Write`.
    pub open: fn(&Path, Access) -> Result<Opened>,
}

/// Every kind of store.
pub static ENGINES: &[Kept] = &[Kept { scheme: "tantivy", open: tantivy::open }];

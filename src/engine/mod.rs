//! Where clippings are kept and found: the small [`Engine`] every store implements, and the table of stores.
//!
//! An engine sees [`Query`](crate::query::Query) and [`Clipping`], never text a person typed. The words of a search engine
//! (document, term, segment) stay in its own room.

mod tantivy;

use crate::article::Clipping;
use crate::error::Result;
use crate::query::{Results, Search};
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

    /// Answers a search.
    ///
    /// # Errors
    ///
    /// When a word of the query stands for too many words, or the store fails.
    fn search(&self, search: &Search) -> Result<Results>;

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

//! Where clippings are kept and found: the small [`Engine`] every store implements, and the table of stores.
//!
//! An engine sees [`Query`](crate::query::Query) and [`Clipping`], never text a person typed. The words of a search engine
//! (document, term, segment) stay in its own room.
//!
//! # How cost grows
//!
//! `cargo bench --bench scale -- 1000 10000 100000 1000000 --dir DIR` measures all of this and fits the exponents. By the way it
//! is built:
//!
//! | with | filling | keeping | asking |
//! |---|---|---|---|
//! | articles | linear: each is read, extracted and put once; merging writes it anew once for each power of eight in the number of segments | linear | top ten and total: linear in the hits of the rarest word needed; facets: linear in the hits, and where hit follows hit in the rows read in one go |
//! | quotes | linear: each is a document of its own, its words indexed a second time | linear; on AllSides (12 quotes in a thousand words) 0.13 of the text for their words | a search for quotes is linear in its hits; one for articles does not see them |
//! | different names | a number each, in a table held in memory while something new is written | the name once, and 8 bytes | counting adds to a vector as long as the highest number; only values that are shown are read |
//! | files | a look at each | a line in the manifest | none |
//! | saved queries | none | none | linear in the queries that share a rare word with what is new |
//!
//! Memory while filling is what the writers may hold before they flush (150 MB for each of up to four threads), the
//! bounded queues, the table of names and the manifest: it grows with names and files, not with text.
//!
//! # After one machine
//!
//! One index for each year or source in one process: hits are merged by score, facets by adding vectors, because numbers of
//! values can be shared; statistics of words must be summed first, or scores differ. That holds for tens of millions of
//! articles. Beyond, a cluster behind this trait: extraction holds no state and runs on as many machines as one likes, words are
//! cut here and not there, and the scenario tests say whether the answers are the same.

mod tantivy;

use crate::article::Clipping;
use crate::error::Result;
use crate::query::{Hit, Results, Search, Target, WordForm};
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

    /// How many articles, or quotes, have each of these words in their text, and how many there are. Those that were taken out may
    /// still be counted for a while: for weighing words, not for showing.
    ///
    /// # Errors
    ///
    /// As [`Engine::stream`].
    fn rarity(&self, words: &[WordForm], of: Target) -> Result<(Vec<u64>, u64)>;

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
    /// Looks at the files of a store against their checksums, without opening it.
    pub check: fn(&Path) -> Checked,
    /// Hands every clipping stored in a directory to a caller, also of a store that is damaged or of another version.
    pub salvage: Salvage,
    /// The files of the last commit, open to be copied while another process writes.
    pub copies: fn(&Path) -> Result<Copied>,
}

/// See [`Kept::salvage`]. With each clipping comes whether the file it stands in is as it was written.
pub type Salvage = fn(&Path, &mut dyn FnMut(Clipping, bool) -> Result<()>) -> Result<Salvaged>;

/// Something wrong with a file of an archive.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// The file, by its name.
    pub file: String,
    /// Lower case, no full stop.
    pub message: String,
}

/// What came of looking at the files of a store.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What the caller noted at the last commit, where it can be read.
    pub note: Option<String>,
    /// Files looked at.
    pub files: u64,
    /// Bytes of the files that are sound.
    pub bytes: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// What came of taking the clippings out of a store.
#[derive(Clone, Debug, Default)]
pub struct Salvaged {
    /// What the caller noted at the last commit, where it can be read.
    pub note: Option<String>,
    /// Whether nothing came along that had been removed or replaced.
    pub is_exact: bool,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// The files of a commit.
#[derive(Debug, Default)]
pub struct Copied {
    /// What the caller noted at that commit.
    pub note: Option<String>,
    /// Files by name, open for reading.
    pub files: Vec<(String, std::fs::File)>,
    /// Small files by name, with what is in them.
    pub contents: Vec<(String, Vec<u8>)>,
}

/// Every kind of store.
pub static ENGINES: &[Kept] =
    &[Kept { scheme: "tantivy", open: tantivy::open, check: tantivy::check, salvage: tantivy::salvage, copies: tantivy::copies }];

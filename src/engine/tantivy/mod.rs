//! The embedded engine: a tantivy index in a directory beside the register of facet values.
//!
//! What goes wrong with this tantivy, and is answered here: files of a killed commit wedge the next one (collected after opening the
//! writer); a commit's rename is not synced (the directory is, then); a document off the schema kills the writer (one place builds all).

mod capitals;
mod census;
mod count;
mod dictionary;
mod draft;
mod drawers;
mod excluded;
mod feedback;
mod files;
mod fold;
mod ids;
mod join;
mod kin;
mod leads;
mod leaves;
mod lower;
mod many_values;
mod marked;
mod memory;
mod merging;
mod nested;
mod news;
mod numbers;
mod pass;
mod payload;
mod positional;
mod retell;
mod retold;
mod revised;
mod rows;
mod schema;
mod search;
mod shelf;
mod stored;
mod stories;
mod stretch;
mod tally;
mod text;
mod timeline;
mod tokens;
mod turn;
mod units;
mod unlocked;
mod values;
mod whole;
mod window;
mod wire;
mod wording;
mod writing;

pub(super) use files::{check, copies, salvage};

use super::{Access, Engine, Opened};
use crate::article::Clipping;
use crate::error::{Context, Error, Kind, Result, caught};
use crate::field;
use crate::query::{Hit, Results, Search, Target, WordForm};
use crate::words::{self, FINGERPRINT};
use census::Census;
use dictionary::Packer;
use drawers::Drawers;
use memory::Memory;
use payload::{Payload, payload};
use schema::Columns;
use shelf::Shelf;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use stories::Stories;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::UserOperation;
use tantivy::store::Compressor;
use tantivy::{Index, IndexReader, IndexSettings, ReloadPolicy, Searcher, TantivyError, Term};
use values::{Known, Values};
use writing::{RETOLD_AT_ONCE, RETOLD_PARTS, Writing};

/// Bytes of stored clippings that lie together: where one is read, so many are copied.
const BLOCK: usize = 16 * 1024;

/// A tantivy index and its register of values.
struct Tantivy {
    dir: PathBuf,
    columns: Columns,
    reader: IndexReader,
    stories: RwLock<Arc<Stories>>,
    shelf: Shelf,
    drawers: Arc<Drawers>,
    memory: Memory,
    known: Arc<Known>,
    writing: Option<Mutex<Writing>>,
}

/// What helps where an index is damaged.
const MEND: &str = "`morgue verify` tells which file; `morgue reindex` rebuilds it from the stored articles";

/// Opens the index in `dir`. Damage that the index library stumbles over is an error.
pub(super) fn open(dir: &Path, access: Access) -> Result<Opened> {
    caught(|| open_files(dir, access)).unwrap_or_else(|why| {
        let error = Error::new(Kind::Engine, format!("the index in `{}` is damaged: {why}", dir.display()));
        Err(error.with_hint(MEND))
    })
}

fn open_files(dir: &Path, access: Access) -> Result<Opened> {
    let failed = || format!("cannot open the index in `{}`", dir.display());
    let damaged = |e: tantivy::TantivyError| Error::new(Kind::Engine, format!("{}: {}", failed(), files::brief(&e))).with_hint(MEND);
    let columns = Columns::new();
    if access == Access::Write {
        std::fs::create_dir_all(dir).context(Kind::Io, failed)?;
    }
    files::mend_list(dir)?;
    let mmap = MmapDirectory::open(dir).context(Kind::Engine, failed)?;
    let index = match (Index::exists(&mmap).context(Kind::Engine, failed)?, access) {
        (true, Access::Write) => Index::open(unlocked::for_writing(mmap, dir)).map_err(damaged)?,
        (true, Access::Read) => Index::open(unlocked::for_reading(mmap)).map_err(damaged)?,
        (false, Access::Write) => {
            // Clippings are compressed before they are stored.
            let settings = IndexSettings { docstore_compression: Compressor::None, docstore_blocksize: BLOCK, ..IndexSettings::default() };
            Index::create(unlocked::for_writing(mmap, dir), columns.schema.clone(), settings).context(Kind::Engine, failed)?
        }
        (false, Access::Read) => return Err(Error::new(Kind::NotFound, failed())),
    };
    let before = payload(&index)?;
    let same_words = before.as_ref().is_none_or(|p| p.words == FINGERPRINT);
    if index.schema() != columns.schema || !same_words {
        return Err(Error::new(Kind::Config, "the archive was made by another version of morgue")
            .with_hint("rebuild it from its stored clippings with `morgue reindex`"));
    }
    tokens::register(&index);
    let (writing, payload) = match access {
        Access::Read => (None, before),
        Access::Write => {
            let writer = turn::writer(dir, &index)?;
            // Whoever waited for another goes on from what that one left behind.
            let payload = payload(&index)?;
            (Some(Mutex::new(Writing::open(dir, writer, payload.as_ref().unwrap_or(&Payload::default()))?)), payload)
        }
    };
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().context(Kind::Engine, failed)?;
    let note = payload.map(|p| p.note).filter(|n| !n.is_empty());
    let engine = Tantivy {
        dir: dir.to_owned(),
        columns,
        reader,
        stories: RwLock::new(Arc::new(Stories::open(dir)?)),
        shelf: Shelf::at(dir),
        drawers: Arc::default(),
        memory: Memory::at(dir),
        known: Arc::default(),
        writing,
    };
    engine.catch_up(&index)?;
    Ok(Opened { engine: Box::new(engine), note })
}

impl Tantivy {
    fn writing(&self) -> Result<MutexGuard<'_, Writing>> {
        let writing = self.writing.as_ref().ok_or_else(|| Error::new(Kind::Engine, "the index is open for reading only"))?;
        Ok(writing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whose inflections count: those of the languages of the articles, and of English, which those of no language are taken for.
    fn languages(&self, searcher: &Searcher) -> Result<Vec<&'static str>> {
        let failed = || "cannot read the languages of the index".to_owned();
        let mut languages = vec!["en"];
        let column = field::by_name("lang").and_then(|f| self.columns.of(f, schema::On::Article)).and_then(|c| c.whole);
        let Some(column) = column else { return Ok(languages) };
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(column).context(Kind::Engine, failed)?;
            let mut codes = inverted.terms().stream().context(Kind::Engine, failed)?;
            while let Some((code, _)) = codes.next() {
                let language = words::inflections(std::str::from_utf8(code).ok());
                if !languages.contains(&language) {
                    languages.push(language);
                }
            }
        }
        Ok(languages)
    }

    fn values(&self) -> Values<'_> {
        Values::of(&self.dir, &self.known)
    }

    fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    fn census(&self, searcher: &Searcher) -> Option<Arc<Census>> {
        self.memory.of(searcher, |known| known.census.clone())
    }

    fn stories(&self) -> Arc<Stories> {
        Arc::clone(&self.stories.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Engine for Tantivy {
    fn put(&self, clippings: &[Clipping]) -> Result<()> {
        let mut guard = self.writing()?;
        let writing = &mut *guard;
        for clipping in clippings {
            let stored = writing.packer.pack(clipping)?;
            let sketches = retell::joined(clipping);
            let before = self.before(writing, &clipping.article.id)?;
            let again = before.map(|before| self.kept_numbers(clipping, before)).transpose()?.flatten();
            let kept = schema::Kept { stored: &stored, numbers: again.unwrap_or(writing.numbers), sketches: &sketches };
            let mut trouble = None;
            let block = self.columns.block(clipping, &kept, &mut |value| {
                writing.values.number(value).unwrap_or_else(|e| {
                    trouble = Some(e);
                    0
                })
            });
            if let Some(trouble) = trouble {
                return Err(trouble);
            }
            writing.written += block.len() as u64;
            if let Some((number, _)) = again {
                // It may have been taken out before it is put again.
                writing.gone.iter_mut().for_each(|gone| drop(gone.remove(&(number as u32))));
            } else {
                writing.numbers.0 += 1;
                writing.numbers.1 += clipping.annotations.quotes.len() as u64;
                before.map(|before| self.takes_out(writing, before)).transpose()?;
            }
            let mut operations = vec![UserOperation::Delete(Term::from_field_text(self.columns.id, &clipping.article.id))];
            operations.extend(block.into_iter().map(UserOperation::Add));
            let added = writing.writer()?.run(operations);
            // The thread that writes is gone by then, and with it the reason.
            added.context(Kind::Engine, || "cannot write the index: the disk is full, or refuses".to_owned())?;
        }
        Ok(())
    }

    fn remove(&self, ids: &[String]) -> Result<()> {
        let mut writing = self.writing()?;
        for id in ids {
            if let Some(article) = self.before(&writing, id)? {
                self.takes_out(&mut writing, article)?;
            }
            writing.writer()?.delete_term(Term::from_field_text(self.columns.id, id));
        }
        Ok(())
    }

    fn commit(&self, note: &str) -> Result<()> {
        let failed = || "cannot commit to the index".to_owned();
        let mut writing = self.writing()?;
        // Numbers and the dictionary first: a commit must never use what a crash can take back.
        let payload = serde_json::to_string(&Payload::new(note, &mut writing)?).context(Kind::Engine, failed)?;
        let mut prepared = writing.writer()?.prepare_commit().map_err(unwrapped).context(Kind::Engine, failed)?;
        prepared.set_payload(&payload);
        let stamp = prepared.commit().map_err(unwrapped).context(Kind::Engine, failed)?;
        std::fs::File::open(&self.dir).and_then(|dir| dir.sync_all()).context(Kind::Io, failed)?;
        self.reader.reload().context(Kind::Engine, failed)?;
        self.drawers.forget(&self.searcher());
        let articles = writing.numbers.0;
        let new = articles - writing.told;
        if articles <= RETOLD_AT_ONCE || new * RETOLD_PARTS > articles {
            self.retell(&mut writing, stamp)?;
        }
        Ok(())
    }

    fn stream(&self, search: &Search, take: &mut dyn FnMut(Hit) -> Result<()>) -> Result<Results> {
        search::stream(self, &self.searcher(), search, take)
    }

    fn rarity(&self, words: &[WordForm], of: Target) -> Result<(Vec<u64>, u64)> {
        let searcher = self.searcher();
        let (stories, languages) = (self.stories(), self.languages(&searcher)?);
        let lowering = self.lowering(&searcher, &stories, &languages, false, None);
        let on = schema::On::of(of);
        let n: Result<Vec<u64>> = words.iter().map(|form| lowering.n_with(form, on)).collect();
        Ok((n?, lowering.n_all(on)))
    }

    fn get(&self, id: &str) -> Result<Option<Clipping>> {
        let searcher = self.searcher();
        search::find(self, &searcher, id)?.map(|address| search::load(self, &searcher, &self.stories(), address)).transpose()
    }
}

/// What the operating system refused as it said it: the index library names it and does not hand it on.
fn unwrapped(error: TantivyError) -> Box<dyn std::error::Error + Send + Sync> {
    match error {
        TantivyError::IoError(refused) => refused.into(),
        other => other.into(),
    }
}

impl Drop for Tantivy {
    fn drop(&mut self) {
        if let Some(writing) = self.writing.take() {
            self.close(writing.into_inner().unwrap_or_else(PoisonError::into_inner), RETOLD_AT_ONCE);
        }
    }
}

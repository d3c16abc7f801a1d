//! The authority file `names.toml` and the archive: what it rules is applied to stored clippings, without the source files.
//!
//! The note of each commit says by which version of the file the archive is annotated; a copy of that version lies in
//! `.morgue/names-VERSION.toml`, so that after a change only articles with a name it touches are looked at. A change that is
//! cut short is made again whole by the next `morgue index` or `morgue names apply`.

use super::settled::{Settled, applied, discard, keep, open, settle};
use super::{Archive, Home, Note, Progress};
use crate::authority::{Authority, AuthorityFile, NameKind};
use crate::disk;
use crate::engine::Engine;
use crate::error::{Context, Error, Kind, Result};
use crate::field;
use crate::query::{Query, Search, ValueMatch, WordForm};
use crate::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What became of a change of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// Articles that were looked at.
    pub looked_at: u64,
    /// Articles whose annotations changed.
    pub changed: u64,
    /// The archive's revision afterwards.
    pub revision: u64,
}

/// How many changes can be taken back, one after the other: each keeps the whole file twice.
const CHANGES: usize = 100;

/// One change made by the tool, with the file before and after it.
#[derive(Serialize, Deserialize)]
struct Edit {
    at: String,
    did: String,
    before: String,
    after: String,
}

impl Archive {
    /// The authority file as it lies there now.
    ///
    /// # Errors
    ///
    /// When it is wrong; the message has the line.
    pub fn authority(&self) -> Result<Authority> {
        Authority::read(&self.home.names())
    }

    /// Whether the authority file has changed since the archive was annotated by it.
    ///
    /// # Errors
    ///
    /// As [`Archive::authority`].
    pub fn names_are_stale(&self) -> Result<bool> {
        Ok(self.authority()?.version() != self.note.names)
    }
}

/// Annotates the archive anew by `names.toml`, `corrections.toml` and `notes.toml`, where they have changed.
///
/// # Errors
///
/// When the file is wrong, another process is writing, or the index fails.
pub fn apply_names(home: &Home, progress: &Progress) -> Result<Renamed> {
    let (engine, mut note) = open(home)?;
    let settled = Settled::read(home)?;
    let names = renew(home, engine.as_ref(), &mut note, &settled, progress)?;
    let others = super::settled::renew(home, engine.as_ref(), &mut note, &settled, progress)?;
    Ok(Renamed { looked_at: names.looked_at + others.looked_at, changed: names.changed + others.changed, revision: others.revision })
}

/// Changes `names.toml` by `edit`, notes in the journal what was done (`did`, for people), and annotates the archive anew.
///
/// # Errors
///
/// As [`apply_names`]; nothing is changed then, unless the index fails half way: the next run takes it up.
pub fn edit_names(home: &Home, did: &str, edit: impl FnOnce(&mut AuthorityFile) -> Result<()>, progress: &Progress) -> Result<Renamed> {
    // Whoever cannot write to the index must not change the file either.
    let (engine, mut note) = open(home)?;
    let before = disk::text(&home.names())?;
    let mut file = AuthorityFile::open(&home.names())?;
    edit(&mut file)?;
    let after = file.text();
    if after != before {
        file.write()?;
        let mut journal = journal(home)?;
        journal.drain(..journal.len().saturating_sub(CHANGES - 1));
        journal.push(Edit { at: jiff::Timestamp::now().to_string(), did: did.to_owned(), before, after });
        write_journal(home, &journal)?;
    }
    renew(home, engine.as_ref(), &mut note, &Settled::read(home)?, progress)
}

/// Takes back the last change made by the tool, and says which it was; a hundred can be, one after the other.
///
/// # Errors
///
/// When there is none, or the file was edited by hand since: that must not be lost.
pub fn undo_names(home: &Home, progress: &Progress) -> Result<(String, Renamed)> {
    let (engine, mut note) = open(home)?;
    let mut journal = journal(home)?;
    let Some(last) = journal.pop() else { return Err(nothing_left()) };
    if disk::text(&home.names())? != last.after {
        let message = format!("`names.toml` was edited by hand after `{}`; taking that back would lose the edit", last.did);
        return Err(Error::new(Kind::Usage, message).with_hint("edit the file, then `morgue names apply`"));
    }
    if last.before.is_empty() {
        std::fs::remove_file(home.names()).context(Kind::Io, || "cannot remove `names.toml`".to_owned())?;
    } else {
        disk::replace(&home.names(), last.before.as_bytes())?;
    }
    write_journal(home, &journal)?;
    Ok((last.did, renew(home, engine.as_ref(), &mut note, &Settled::read(home)?, progress)?))
}

fn nothing_left() -> Error {
    let hint = format!("the last {CHANGES} that were made by `morgue names` or on the page can be; `names.toml` may be edited by hand");
    Error::new(Kind::NotFound, "there is no change of names to take back").with_hint(hint)
}

fn journal(home: &Home) -> Result<Vec<Edit>> {
    let path = home.state().join("names-log.jsonl");
    let text = disk::text(&path)?;
    let edits: std::result::Result<Vec<Edit>, _> = text.lines().map(serde_json::from_str).collect();
    edits.context(Kind::Input, || format!("cannot understand `{}`", path.display()))
}

fn write_journal(home: &Home, journal: &[Edit]) -> Result<()> {
    let lines: std::result::Result<Vec<String>, _> = journal.iter().map(serde_json::to_string).collect();
    let lines = lines.context(Kind::Io, || "cannot write the journal of names".to_owned())?;
    let text: String = lines.into_iter().map(|line| line + "\n").collect();
    disk::replace(&home.state().join("names-log.jsonl"), text.as_bytes())
}

/// Brings the annotations of all that is stored up to `authority`, and commits that with the note.
pub(super) fn renew(home: &Home, engine: &dyn Engine, note: &mut Note, settled: &Settled, progress: &Progress) -> Result<Renamed> {
    let (authority, file) = (&settled.authority, home.names());
    if authority.version() == note.names {
        return Ok(Renamed { revision: note.revision, ..Renamed::default() });
    }
    let touched = match note.names.as_str() {
        "" => Authority::default().touched(authority),
        // Without the copy of what was applied, any article may be touched.
        version => Authority::read(&applied(home, &file, version))
            .ok()
            .filter(|old| old.version() == version)
            .and_then(|old| old.touched(authority)),
    };
    let query = touched.map_or(Query::All, named);
    let found = engine.search(&Search { limit: None, fetch: false, mark: false, ..Search::articles(query) })?;
    let ids: Vec<&str> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
    let mut renamed = settle(engine, settled, &ids, progress)?;
    keep(home, &file, authority.version())?;
    let old = std::mem::replace(&mut note.names, authority.version().to_owned());
    note.revision += u64::from(renamed.changed > 0);
    engine.commit(&note.text()?)?;
    discard(home, &file, (&old, &note.names));
    renamed.revision = note.revision;
    Ok(renamed)
}

/// Articles that have one of these names, by their words: a little more than is needed does no harm.
fn named(names: BTreeSet<(NameKind, String)>) -> Query {
    let mut any = Vec::new();
    for (kind, name) in names {
        let words: Vec<WordForm> = words::forms(&name).into_iter().map(WordForm::Exact).collect();
        let fields = if kind == NameKind::Place { &["place"][..] } else { &[kind.field(), "speaker"] };
        for field in fields.iter().filter_map(|f| field::by_name(f)).filter(|_| !words.is_empty()) {
            any.push(Query::Is { field, value: ValueMatch::Words(words.clone()) });
        }
    }
    if any.is_empty() { Query::Nothing } else { Query::Or(any) }
}

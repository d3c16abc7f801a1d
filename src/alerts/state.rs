//! Who was told how much: one small file for all alerts, and for each query the things it ever found.
//!
//! The file is written whole, so that all queries of one message move on together. A thing is kept with the revision at
//! which it was first found; it is news to a sink that was told of less.

use crate::archive::Home;
use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use crate::saved::{SavedQueries, short_hash, write_whole};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// How far alerts are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct AlertState {
    /// Of which archive; those of another mean nothing.
    pub archive: String,
    /// By name of the query.
    pub queries: BTreeMap<String, QueryState>,
    /// Id of the last message each sink took.
    #[serde(default)]
    pub sent: BTreeMap<String, String>,
}

/// How far one query is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct QueryState {
    /// Hash of the query; another one has another past.
    pub hash: String,
    /// On which names and which extraction what it found rests ([`Note::basis`](crate::archive::Note::basis)).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// When it was last looked at, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ran: Option<i64>,
    /// How much was new at the last times something was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<u64>,
    /// Why it could not be read, when that was last told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broken: Option<String>,
    /// How far each sink is.
    pub sinks: BTreeMap<String, Mark>,
}

/// What a sink was told up to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// Revision of the archive.
    pub revision: u64,
    /// Newest day of publication there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<String>,
    /// The run it was told of, where all differences are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<u64>,
}

impl AlertState {
    fn file(home: &Home) -> PathBuf {
        home.saved().join("alerts.json")
    }

    /// Reads the state of the archive called `archive`; that of another is none.
    pub fn read(home: &Home, archive: &str) -> Result<AlertState> {
        let path = AlertState::file(home);
        let none = || AlertState { archive: archive.to_owned(), ..AlertState::default() };
        let Some(text) = disk::bytes(&path)? else { return Ok(none()) };
        let state: AlertState =
            serde_json::from_slice(&text).context(Kind::Config, || format!("cannot understand `{}`", path.display()))?;
        Ok(if state.archive == archive { state } else { none() })
    }

    pub fn write(&self, home: &Home) -> Result<()> {
        let text = serde_json::to_vec(self).context(Kind::Io, || "cannot write the state of alerts".to_owned())?;
        write_whole(&AlertState::file(home), &text)
    }
}

/// Everything a query ever found, by hash, with the revision at which it was.
#[derive(Debug, Default)]
pub(super) struct Seen {
    known: HashMap<u64, u64>,
    changed: bool,
}

/// What a file of things seen begins with.
const MAGIC: &[u8; 8] = b"morgSEEN";

impl Seen {
    fn file(home: &Home, name: &str) -> PathBuf {
        home.runs(name).join("seen")
    }

    pub fn read(home: &Home, name: &str) -> Result<Seen> {
        let path = Seen::file(home, name);
        let Some(bytes) = disk::bytes(&path)? else { return Ok(Seen::default()) };
        Seen::unpack(&bytes).ok_or_else(|| {
            let error = Error::new(Kind::Config, format!("`{}` is damaged", path.display()));
            error.with_hint(format!("begin anew from here: `morgue saved reset {name}`"))
        })
    }

    fn unpack(bytes: &[u8]) -> Option<Seen> {
        let body = bytes.strip_prefix(MAGIC)?;
        let (pairs, sum) = body.split_at_checked(body.len().checked_sub(8)?)?;
        if short_hash(pairs).to_le_bytes() != sum || pairs.len() % 16 != 0 {
            return None;
        }
        let number = |bytes: &[u8]| bytes.try_into().map(u64::from_le_bytes).unwrap_or_default();
        let known = pairs.chunks_exact(16).map(|pair| (number(&pair[..8]), number(&pair[8..]))).collect();
        Some(Seen { known, changed: false })
    }

    pub fn write(&self, home: &Home, name: &str) -> Result<()> {
        let mut pairs: Vec<(u64, u64)> = self.known.iter().map(|(hash, revision)| (*hash, *revision)).collect();
        pairs.sort_unstable();
        let body: Vec<u8> = pairs.iter().flat_map(|(hash, revision)| [hash.to_le_bytes(), revision.to_le_bytes()].concat()).collect();
        let sum = short_hash(&body).to_le_bytes();
        write_whole(&Seen::file(home, name), &[MAGIC, body.as_slice(), &sum].concat())
    }

    /// The revision at which it was first found.
    pub fn at(&self, hash: u64) -> Option<u64> {
        self.known.get(&hash).copied()
    }

    /// Notes that it was found at `revision`, unless it was before.
    pub fn note(&mut self, hash: u64, revision: u64) {
        self.known.entry(hash).or_insert_with(|| {
            self.changed = true;
            revision
        });
    }

    /// Notes that it is known to everybody.
    pub fn know(&mut self, hash: u64) {
        self.changed |= self.known.insert(hash, 0) != Some(0);
    }

    /// Whether nothing was ever found.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Whether there is something to write.
    pub fn is_changed(&self) -> bool {
        self.changed
    }
}

/// Removes the saved query `name` and all that is kept of it: one of the same name that is saved later is another.
///
/// # Errors
///
/// When there is none, alerts are being run, or the disk refuses; the query stays then.
pub fn remove(home: &Home, queries: &mut SavedQueries, name: &str) -> Result<()> {
    if queries.get(name).is_some() {
        forget(home, name)?;
    }
    queries.remove(name)
}

/// Forgets what was told of the query `name`, and its runs.
///
/// # Errors
///
/// When the disk refuses.
pub fn forget(home: &Home, name: &str) -> Result<()> {
    change(home, |queries| drop(queries.remove(name)))?;
    let runs = home.runs(name);
    match std::fs::remove_dir_all(&runs) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(e).context(Kind::Io, || format!("cannot remove `{}`", runs.display())),
        _ => Ok(()),
    }
}

/// Calls what was told of `from`, and its runs, by another name; what was there of one of that name is forgotten.
///
/// # Errors
///
/// When the disk refuses.
pub fn rename(home: &Home, from: &str, to: &str) -> Result<()> {
    forget(home, to)?;
    change(home, |queries| {
        if let Some(state) = queries.remove(from) {
            queries.insert(to.to_owned(), state);
        }
    })?;
    let runs = home.runs(from);
    match std::fs::rename(&runs, home.runs(to)) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(e).context(Kind::Io, || format!("cannot rename `{}`", runs.display())),
        _ => Ok(()),
    }
}

/// How far the alerts of a query are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Alerted {
    /// When somebody last looked whether there was news, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Up to which revision of the archive each sink was told.
    pub sinks: BTreeMap<String, u64>,
}

/// How far the alerts of each query are, by its name.
///
/// # Errors
///
/// When the disk refuses, or what is kept cannot be understood.
pub fn alerted(home: &Home) -> Result<BTreeMap<String, Alerted>> {
    let state = AlertState::read(home, &crate::archive::Settings::read(home)?.id)?;
    let at = |seconds: i64| jiff::Timestamp::from_second(seconds).ok().map(|at| at.to_string());
    let of = |state: QueryState| Alerted {
        at: state.ran.and_then(at),
        sinks: state.sinks.into_iter().map(|(sink, mark)| (sink, mark.revision)).collect(),
    };
    Ok(state.queries.into_iter().map(|(name, state)| (name, of(state))).collect())
}

fn change(home: &Home, change: impl FnOnce(&mut BTreeMap<String, QueryState>)) -> Result<()> {
    let _lock = Lock::take(home)?;
    let archive = crate::archive::Settings::read(home)?.id;
    let mut state = AlertState::read(home, &archive)?;
    change(&mut state.queries);
    state.write(home)
}

/// Keeps two processes from telling at once.
pub(super) struct Lock(#[allow(dead_code, reason = "held until it is dropped")] std::fs::File);

impl Lock {
    pub fn take(home: &Home) -> Result<Lock> {
        let path: &Path = &home.saved();
        let failed = || format!("cannot lock `{}`", path.display());
        std::fs::create_dir_all(path).context(Kind::Io, failed)?;
        let file = std::fs::File::create(path.join("lock")).context(Kind::Io, failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(std::fs::TryLockError::WouldBlock) => {
                let error = Error::new(Kind::Busy, "alerts are being run by another process");
                Err(error.with_hint("wait for it, or stop `morgue watch`"))
            }
            Err(std::fs::TryLockError::Error(e)) => Err(e).context(Kind::Io, failed),
        }
    }
}

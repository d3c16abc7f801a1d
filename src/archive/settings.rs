//! What an archive is: its format, its engine, a name of its own.

use super::Home;
use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use crate::ingest::Limits;
use std::cmp::Ordering;
use toml_edit::{DocumentMut, value};

/// The layout of `.morgue` this version reads and writes.
pub const FORMAT: i64 = 4;

/// The contents of `config.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Tells this archive from every other; revisions of two archives cannot be compared.
    pub id: String,
    /// Which engine keeps the clippings.
    pub engine: String,
    /// What is read of one file at most.
    pub limits: Limits,
}

impl Settings {
    /// Reads the settings of the archive at `home`.
    ///
    /// # Errors
    ///
    /// When there are none, or they are of a later format.
    pub fn read(home: &Home) -> Result<Settings> {
        Settings::read_format(home, false)
    }

    /// [`Settings::read`] for an archive of this or an earlier format.
    ///
    /// # Errors
    ///
    /// When there are none, or they are of a later format.
    pub(super) fn read_any(home: &Home) -> Result<Settings> {
        Settings::read_format(home, true)
    }

    fn read_format(home: &Home, older_too: bool) -> Result<Settings> {
        let path = home.state().join("config.toml");
        let text = std::fs::read_to_string(&path).context(Kind::NotFound, || format!("cannot read `{}`", path.display()))?;
        let toml: DocumentMut = text.parse().context(Kind::Config, || format!("cannot understand `{}`", path.display()))?;
        let format = toml.get("format").and_then(|v| v.as_integer()).unwrap_or(0);
        let message = || format!("the archive has format {format}; this morgue reads format {FORMAT}");
        match format.cmp(&FORMAT) {
            Ordering::Greater => return Err(Error::new(Kind::Config, message()).with_hint("use the morgue that made it, or a newer one")),
            Ordering::Less if !older_too => {
                return Err(Error::new(Kind::Config, message()).with_hint("rebuild it from its stored clippings with `morgue reindex`"));
            }
            _ => {}
        }
        let text = |key: &str| toml.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        Ok(Settings { id: text("id"), engine: text("engine"), limits: limits(&toml)? })
    }

    /// The settings of an archive whose own cannot be read: what its index was noted with.
    pub(super) fn recovered(id: Option<String>) -> Settings {
        Settings { id: id.unwrap_or_else(fresh_id), engine: "tantivy".to_owned(), limits: Limits::default() }
    }

    /// Notes that the archive at `home` now is of the format this version writes.
    ///
    /// # Errors
    ///
    /// When the settings cannot be written.
    pub(super) fn write(&self, home: &Home) -> Result<()> {
        let path = home.state().join("config.toml");
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut toml: DocumentMut = text.parse().unwrap_or_default();
        let is = |key: &str, want: &str| toml.get(key).and_then(|v| v.as_str()) == Some(want);
        if toml.get("format").and_then(|v| v.as_integer()) == Some(FORMAT) && is("id", &self.id) && is("engine", &self.engine) {
            return Ok(());
        }
        toml["format"] = value(FORMAT);
        toml["id"] = value(&self.id);
        toml["engine"] = value(&self.engine);
        disk::replace(&path, toml.to_string().as_bytes())
    }

    /// Reads the settings, or makes those of a new archive.
    ///
    /// # Errors
    ///
    /// When they cannot be read or written.
    pub fn read_or_make(home: &Home) -> Result<Settings> {
        let path = home.state().join("config.toml");
        if path.exists() {
            return Settings::read(home);
        }
        let id = fresh_id();
        let mut toml = DocumentMut::new();
        toml["format"] = value(FORMAT);
        toml["id"] = value(id);
        toml["engine"] = value("tantivy");
        toml["created"] = value(jiff::Timestamp::now().to_string());
        let text = format!("# Made by morgue. `queries.toml` beside this directory holds saved queries.\n{toml}");
        disk::replace(&path, text.as_bytes())?;
        // Of two that make an archive at once, the settings that lie there in the end are those of both.
        Settings::read(home)
    }
}

/// The table `[limits]`.
fn limits(toml: &DocumentMut) -> Result<Limits> {
    let mut limits = Limits::default();
    for (name, value) in toml.get("limits").and_then(|t| t.as_table_like()).into_iter().flat_map(|t| t.iter()) {
        let number = value.as_integer().and_then(|n| u64::try_from(n).ok());
        match (limits.named(name), number) {
            (Some(slot), Some(number)) => *slot = number,
            (None, _) => {
                let error = Error::new(Kind::Config, format!("there is no setting `limits.{name}`"));
                return Err(error.with_hint(format!("there are {}", Limits::NAMES.join(", "))));
            }
            (_, None) => {
                let error = Error::new(Kind::Config, format!("`limits.{name}` must be a whole number"));
                return Err(error.with_hint("it is written without quotation marks and unit: `record_mb = 64`"));
            }
        }
    }
    Ok(limits)
}

/// A name no other archive has.
fn fresh_id() -> String {
    let seed = format!("{} {} {:?}", jiff::Timestamp::now().as_nanosecond(), std::process::id(), std::env::current_dir());
    blake3::hash(seed.as_bytes()).to_hex()[..16].to_owned()
}

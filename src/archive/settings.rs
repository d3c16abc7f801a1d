//! What an archive is: its format, its engine, a name of its own.

use super::Home;
use crate::error::{Context, Error, Kind, Result};
use toml_edit::{DocumentMut, value};

/// The layout of `.morgue` this version reads and writes.
pub const FORMAT: i64 = 1;

/// The contents of `config.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Tells this archive from every other; revisions of two archives cannot be compared.
    pub id: String,
    /// Which engine keeps the clippings.
    pub engine: String,
}

impl Settings {
    /// Reads the settings of the archive at `home`.
    ///
    /// # Errors
    ///
    /// When there are none, or they are of a later format.
    pub fn read(home: &Home) -> Result<Settings> {
        let path = home.state().join("config.toml");
        let text = std::fs::read_to_string(&path).context(Kind::NotFound, || format!("cannot read `{}`", path.display()))?;
        let toml: DocumentMut = text.parse().context(Kind::Config, || format!("cannot understand `{}`", path.display()))?;
        let format = toml.get("format").and_then(|v| v.as_integer()).unwrap_or(0);
        if format != FORMAT {
            let message = format!("the archive has format {format}; this morgue reads format {FORMAT}");
            return Err(Error::new(Kind::Config, message).with_hint("use the morgue that made it, or index the files anew"));
        }
        let text = |key: &str| toml.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        Ok(Settings { id: text("id"), engine: text("engine") })
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
        let seed = format!("{} {} {}", home.root.display(), jiff::Timestamp::now().as_nanosecond(), std::process::id());
        let id = blake3::hash(seed.as_bytes()).to_hex()[..16].to_owned();
        let mut toml = DocumentMut::new();
        toml["format"] = value(FORMAT);
        toml["id"] = value(id);
        toml["engine"] = value("tantivy");
        toml["created"] = value(jiff::Timestamp::now().to_string());
        let text = format!("# Made by morgue. `queries.toml` beside this directory holds saved queries.\n{toml}");
        let failed = || format!("cannot write `{}`", path.display());
        // Written whole or not at all: a power cut must not leave half a file.
        let draft = path.with_extension(format!("new-{}", std::process::id()));
        std::fs::write(&draft, text)
            .and_then(|()| std::fs::File::open(&draft)?.sync_all())
            .and_then(|()| std::fs::rename(&draft, &path))
            .context(Kind::Io, failed)?;
        // Of two that make an archive at once, the settings that lie there in the end are those of both.
        Settings::read(home)
    }
}

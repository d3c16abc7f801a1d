//! What a format is, and what it hands its findings to.

use super::Input;
use crate::article::Article;
use crate::error::Result;

/// A way articles are written in files. One file in `formats/`, one row in `FORMATS`.
pub trait Format: Sync {
    /// The word for `--format` and reports.
    fn name(&self) -> &'static str;

    /// How surely a file of this name that begins so is of this format. `head` is up to 64 KB of the decompressed file.
    fn recognises(&self, path: &str, head: &[u8]) -> Sureness;

    /// Whether its files hold files rather than articles.
    fn is_container(&self) -> bool {
        false
    }

    /// Whether its files are text, which comes to it in one form: see `ingest/written.rs`.
    fn is_text(&self) -> bool {
        !self.is_container()
    }

    /// Reads all articles of `input` into `sink`, in the order they stand.
    ///
    /// # Errors
    ///
    /// When the file as a whole cannot be read, or when the sink wants no more. A bad record is a [`Problem`].
    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()>;
}

/// How surely a format knows a file as its own; the surest reads it, the earlier row of `FORMATS` when equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// It is something else.
    No,
    /// The name fits, or it could be read for want of better.
    Perhaps,
    /// Name and beginning fit.
    Likely,
    /// The beginning leaves no doubt.
    Sure,
}

/// What a reader hands its findings to.
pub trait Sink {
    /// Takes an article as a format read it. The sink finishes it: a format hands over dates, authors and
    /// languages as it found them, and an empty `id` where the record has none. The body must be final: it is never changed.
    ///
    /// # Errors
    ///
    /// An error means: stop reading, the receiver wants no more. Hand it on.
    fn article(&mut self, article: Article) -> Result<()>;

    /// Takes a file found inside this one (a member of a zip, a message in a mailbox), to be told apart and read like any other.
    ///
    /// # Errors
    ///
    /// As [`Sink::article`].
    fn file(&mut self, inner: Input<'_>) -> Result<()>;

    /// Takes note of something that could not be read, or was read with doubt.
    fn problem(&mut self, problem: Problem);
}

/// Something wrong with one file or record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Problem {
    /// The file, with `!/member` and `#n` as in `Article::path`.
    pub path: String,
    /// Lower case, no full stop.
    pub message: String,
    /// What came of it.
    pub kind: ProblemKind,
}

/// What came of a [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ProblemKind {
    /// The file is nothing morgue reads (a picture, a style sheet): counted, not complained of.
    Skipped,
    /// The file may hold an article, but in no form morgue reads, or there is nothing in it.
    Unread,
    /// The article was read, but something about it is in doubt.
    Doubt,
    /// An article, or a whole file, could not be read.
    Failed,
}

impl Problem {
    /// An article, or a whole file, could not be read.
    pub fn failed(path: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { path: path.into(), message: message.into(), kind: ProblemKind::Failed }
    }

    /// Something about an article that was read is in doubt.
    pub fn doubt(path: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { path: path.into(), message: message.into(), kind: ProblemKind::Doubt }
    }

    /// A file may hold an article, but in no form morgue reads, or there is nothing in it.
    pub fn unread(path: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { path: path.into(), message: message.into(), kind: ProblemKind::Unread }
    }

    /// A file is nothing morgue reads.
    pub fn skipped(path: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { path: path.into(), message: message.into(), kind: ProblemKind::Skipped }
    }
}

/// Where a record of unusual shape keeps its fields: for each field of the [`Article`], the dotted paths to try in order.
///
/// `body → content.text, text` reads `{"content": {"text": …}}`, else `{"text": …}`; in tables a path is the name of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct FieldMap {
    /// Name of a field as in the record (`title`, `body`, `published` …), and where to find it.
    pub fields: Vec<(String, Vec<String>)>,
    /// In `05/03/2024` the day comes first.
    #[serde(default)]
    pub day_first: bool,
}

impl FieldMap {
    /// The paths to try for `field`; empty when the map says nothing of it.
    pub fn paths(&self, field: &str) -> &[String] {
        self.fields.iter().find(|(name, _)| name == field).map_or(&[], |(_, paths)| paths)
    }
}

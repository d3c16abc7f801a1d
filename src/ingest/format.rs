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
    /// Takes an article.
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
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The file, with `!/member` and `#n` as in `Article::path`.
    pub path: String,
    /// Lower case, no full stop.
    pub message: String,
    /// Whether an article was lost by it (true), or only something about an article (false).
    pub lost: bool,
}

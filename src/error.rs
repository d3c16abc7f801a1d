//! What went wrong, said to a person: one opaque [`Error`] for the whole house. Knows no other room.

mod crash;

pub use crash::{caught, uncaught};

use std::fmt;

/// What kind of trouble an [`Error`] is; mapped once to an exit code and once to an HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command line or a request is put together wrongly.
    Usage,
    /// A query cannot be read.
    Query,
    /// The thing asked for does not exist.
    NotFound,
    /// A file to be read is not what it should be.
    Input,
    /// `queries.toml`, `config.toml` or another file of ours is wrong.
    Config,
    /// The archive is in use by another process.
    Busy,
    /// The index failed.
    Engine,
    /// The operating system failed us.
    Io,
    /// A limit of size was reached.
    Limit,
    /// The time allowed is up.
    Time,
}

/// The result of anything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error: what failed, what may help, and what caused it.
///
/// Messages are lower case without a full stop, with the thing in backticks.
///
/// # Example
///
/// ```
/// use morgue::error::{Error, Kind};
/// let e = Error::new(Kind::NotFound, "no archive here").with_hint("make one with `morgue index PATH`");
/// assert_eq!(e.to_string(), "no archive here");
/// assert_eq!(e.hint(), Some("make one with `morgue index PATH`"));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    message: String,
    hint: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Makes an error of `kind` with a message.
    pub fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error(Box::new(Inner { kind, message: message.into(), hint: None, cause: None }))
    }

    /// Adds what the user may try next.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Error {
        self.0.hint = Some(hint.into());
        self
    }

    /// Adds what caused it; shown after the message, separated by a colon.
    pub fn with_cause(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.0.cause = Some(cause.into());
        self
    }

    /// The kind of trouble.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// What the user may try next.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Whether the reader of our output went away, which is no failure of ours.
    pub fn is_broken_pipe(&self) -> bool {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = self.0.cause.as_ref().map(|c| c.as_ref() as _);
        while let Some(e) = cause {
            if e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe) {
                return true;
            }
            cause = e.source();
        }
        false
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        let mut cause: Option<&(dyn std::error::Error + 'static)> = self.0.cause.as_ref().map(|c| c.as_ref() as _);
        while let Some(e) = cause {
            write!(f, ": {e}")?;
            cause = e.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)
    }
}

impl std::error::Error for Error {}

/// Puts an error of another library into our words.
pub trait Context<T> {
    /// Turns a failure into an [`Error`] of `kind` that says what was being done; the original stays as its cause.
    fn context(self, kind: Kind, message: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: Into<Box<dyn std::error::Error + Send + Sync>>> Context<T> for std::result::Result<T, E> {
    fn context(self, kind: Kind, message: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|cause| Error::new(kind, message()).with_cause(cause))
    }
}

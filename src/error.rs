//! What went wrong, said to a person: one opaque [`Error`] for the whole house. Knows no other room.

mod crash;

pub use crash::{caught, uncaught};

use std::fmt;
use std::io::ErrorKind;
use std::sync::Arc;

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

    /// The same, where there is something to say.
    pub fn with_hint_if<H: Into<String>>(self, hint: Option<H>) -> Error {
        match hint {
            Some(hint) => self.with_hint(hint),
            None => self,
        }
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

    /// What the user may try next; of what the operating system refused also where nobody said so.
    pub fn hint(&self) -> Option<&str> {
        let refused = || match self.refusal()? {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                Some("make room where this is to be written, and run it again; what was committed before is kept")
            }
            ErrorKind::ReadOnlyFilesystem => Some("the disk can only be read; `-C DIR` takes an archive elsewhere"),
            _ => None,
        };
        self.0.hint.as_deref().or_else(refused)
    }

    /// Whether the reader of our output went away, which is no failure of ours.
    pub fn is_broken_pipe(&self) -> bool {
        self.refusal() == Some(ErrorKind::BrokenPipe)
    }

    /// Whether nobody may write there.
    pub fn is_read_only(&self) -> bool {
        matches!(self.refusal(), Some(ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied))
    }

    /// What the operating system refused, where that is the cause.
    fn refusal(&self) -> Option<ErrorKind> {
        // Libraries that hand on one error to many share it.
        let kind = |e: &(dyn std::error::Error + 'static)| {
            let shared = || e.downcast_ref::<Arc<std::io::Error>>().map(|e| e.kind());
            e.downcast_ref::<std::io::Error>().map(std::io::Error::kind).or_else(shared)
        };
        self.causes().find_map(kind)
    }

    /// What caused it, what caused that, and so on.
    pub(crate) fn causes(&self) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
        let first = self.0.cause.as_ref().map(|c| c.as_ref() as &(dyn std::error::Error + 'static));
        std::iter::successors(first, |e| e.source())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        self.causes().try_for_each(|e| write!(f, ": {e}"))
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

/// A word as a shell takes it, for the commands that hints give.
pub fn shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An error of a library that hands on the operating system's.
    #[derive(Debug)]
    struct Handed<T>(T);

    impl<T> fmt::Display for Handed<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("it failed")
        }
    }

    impl<T: std::error::Error + 'static> std::error::Error for Handed<T> {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn words_of_commands_are_quoted() {
        assert_eq!([shell("/a/b-1.x"), shell("Ann O'Neill"), shell("")], ["/a/b-1.x", "'Ann O'\\''Neill'", "''"]);
    }

    #[test]
    fn what_the_system_refused_is_found_below_what_libraries_say() {
        let full = || std::io::Error::from(ErrorKind::StorageFull);
        let failed = || Error::new(Kind::Engine, "no commit");
        let direct = failed().with_cause(Handed(full()));
        assert_eq!(direct.to_string(), format!("no commit: it failed: {}", full()));
        assert!(direct.hint().unwrap().starts_with("make room"));
        assert_eq!(failed().with_cause(Handed(Arc::new(full()))).hint(), direct.hint());
        assert_eq!(failed().with_cause(full()).with_hint("wait").hint(), Some("wait"));
        assert_eq!(failed().with_cause(Handed(Arc::new(std::io::Error::from(ErrorKind::NotFound)))).hint(), None);
        assert!(failed().with_cause(Arc::new(std::io::Error::from(ErrorKind::BrokenPipe))).is_broken_pipe() && !direct.is_broken_pipe());
    }
}

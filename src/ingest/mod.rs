//! Bytes in, articles out: walks directories, opens containers, tells formats apart, and reads each into [`Article`](crate::article::Article)s.
//!
//! A format is one file in `formats/` and one row in [`FORMATS`]. What is wrong with one record is a [`Problem`] in the
//! report and never stops a run.

mod byline;
pub mod date;
mod finish;
mod format;
pub mod formats;
mod ignored;
mod input;
mod language;
mod limits;
mod particulars;
mod raw;
mod read;
mod revision;
#[cfg(test)]
mod tests;
pub mod text;
mod walk;
mod written;

pub use finish::finish;
pub use format::{FieldMap, Format, Problem, ProblemKind, Sink, Sureness};
pub use formats::FORMATS;
pub use ignored::IGNORE;
pub use input::{Input, ReadSeek};
pub use limits::Limits;
pub use raw::record_line;
pub use read::{Options, Receiver, read, read_input};
pub use walk::{Found, must_be, shown, unwritten, walk};

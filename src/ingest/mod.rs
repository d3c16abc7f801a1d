//! Bytes in, articles out: walks directories, opens containers, tells formats apart, and reads each into [`Article`]s.
//!
//! A format is one file in `formats/` and one row in [`FORMATS`]. What is wrong with one record is a [`Problem`] in the
//! report and never stops a run.

pub mod date;
mod format;
pub mod formats;
mod input;
pub mod text;

pub use format::{Format, Problem, Sink, Sureness};
pub use formats::FORMATS;
pub use input::Input;

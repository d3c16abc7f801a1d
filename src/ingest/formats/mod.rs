//! Every format, one row each.

use super::Format;

/// Every format morgue reads. To add one: a file beside this one, a `mod` line, a row here, and a fixture in `tests/fixtures`.
pub static FORMATS: &[&dyn Format] = &[];

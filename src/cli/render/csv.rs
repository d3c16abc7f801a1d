//! Tables as CSV (RFC 4180), on the screen.

use super::Screen;
use crate::archive;
use crate::error::Result;

/// Prints one row.
///
/// # Errors
///
/// When nobody reads it any more.
pub fn row<I: IntoIterator<Item = S>, S: AsRef<str>>(screen: &Screen, cells: I) -> Result<()> {
    screen.line(archive::csv_row(cells)?)
}

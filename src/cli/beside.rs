//! What is said beside an answer: what a question could not have found.

use super::render::{Screen, number};
use crate::archive::{self, Archive};
use crate::error::Result;
use crate::query::{Query, Target};

/// Says how many hits of the rest of `query` have no date, where it asks for one.
///
/// # Errors
///
/// When the index fails.
pub fn say_undated(screen: &Screen, archive: &Archive, query: &Query, target: Target) -> Result<()> {
    let n = archive.left_out_undated(query, target)?;
    if n > 0 {
        let them = if n == 1 { "it" } else { "them" };
        let (note, left_out) = (screen.strong("note:"), archive::left_out(n, target));
        screen.note(&format!("{note} {} {left_out}: `date:none` finds {them}", number(n)));
    }
    Ok(())
}

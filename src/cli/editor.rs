//! A text in the editor of whoever sits there.

use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use std::path::Path;

/// Lets `text` be edited as the file `draft`, and says what it is then. The draft is left to the caller, so that nothing
/// written is lost while it may still be refused.
///
/// # Errors
///
/// When no editor is set, or it fails.
pub fn edited(draft: &Path, text: &str, otherwise: &str) -> Result<String> {
    let editor = ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|e| !e.trim().is_empty()));
    let editor = editor.ok_or_else(|| Error::new(Kind::Usage, "no editor is set").with_hint(format!("set $EDITOR, or {otherwise}")))?;
    disk::replace(draft, text.as_bytes())?;
    let mut words = editor.split_whitespace();
    let status = std::process::Command::new(words.next().unwrap_or("vi")).args(words).arg(draft).status();
    let status = status.context(Kind::Io, || format!("cannot start the editor `{editor}`"))?;
    if !status.success() {
        return Err(Error::new(Kind::Io, format!("the editor `{editor}` failed; everything is left as it was")));
    }
    std::fs::read_to_string(draft).context(Kind::Io, || format!("cannot read `{}`", draft.display()))
}

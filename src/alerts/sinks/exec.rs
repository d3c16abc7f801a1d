//! A program that gets the message as JSON on its standard input; it took it when it ends with success.

use crate::alerts::digest::Digest;
use crate::error::{Context, Error, Kind, Result};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

pub(super) fn run(argv: &[String], root: &Path, digest: &Digest) -> Result<()> {
    let program = argv.first().cloned().unwrap_or_default();
    let failed = || format!("cannot run `{program}`");
    // A program named by a path is one of the archive's directory, wherever morgue was started.
    let place = if program.contains('/') { root.join(&program).into_os_string() } else { (&program).into() };
    let mut command = Command::new(place);
    command.args(argv.iter().skip(1)).current_dir(root).env("MORGUE_DIGEST", &digest.id).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().context(Kind::Io, failed)?;
    let text = serde_json::to_vec(digest).context(Kind::Io, failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that does not read all of it may still take it.
        let _ = stdin.write_all(&text).and_then(|()| stdin.write_all(b"\n"));
    }
    let status = child.wait().context(Kind::Io, failed)?;
    if status.success() { Ok(()) } else { Err(Error::new(Kind::Io, format!("`{program}` did not take the message: {status}"))) }
}

//! A program that gets the message as JSON on its standard input; it took it when it ends with success, in the time it has.

use crate::alerts::digest::Digest;
use crate::error::{Context, Error, Kind, Result};
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How often it is looked whether the program has ended.
const PULSE: Duration = Duration::from_millis(20);

/// Starts the program and gives it `digest`; after `seconds` it is ended, with all that it started itself, and has not taken it.
pub(super) fn run(argv: &[String], seconds: u64, root: &Path, digest: &Digest) -> Result<()> {
    let program = argv.first().cloned().unwrap_or_default();
    let failed = || format!("cannot run `{program}`");
    // A program named by a path is one of the archive's directory, wherever morgue was started.
    let place = if program.contains('/') { root.join(&program).into_os_string() } else { (&program).into() };
    let mut command = Command::new(place);
    command.args(argv.iter().skip(1)).current_dir(root).env("MORGUE_DIGEST", &digest.id).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.process_group(0).spawn().context(Kind::Io, failed)?;
    let mut text = serde_json::to_vec(digest).context(Kind::Io, failed)?;
    text.push(b'\n');
    let stdin = child.stdin.take();
    // A program that does not read all of it may still take it, and one that reads none holds nobody up.
    let writing = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&text)));
    let status = ended(&mut child, Duration::from_secs(seconds)).context(Kind::Io, failed)?;
    let Some(status) = status else {
        let error = Error::new(Kind::Io, format!("`{program}` did not end within {seconds} s, and was ended"));
        return Err(error.with_hint("give it longer: `timeout = 600` in its row of `[sinks]`, in seconds"));
    };
    if !status.success() {
        return Err(Error::new(Kind::Io, format!("`{program}` did not take the message: {status}")));
    }
    // What it left behind may keep its input open; nobody waits for that.
    drop(writing);
    Ok(())
}

/// How the program ended; `None` when it had to be ended.
fn ended(child: &mut Child, most: Duration) -> std::io::Result<Option<ExitStatus>> {
    let begun = Instant::now();
    while begun.elapsed() < most {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(PULSE);
    }
    // It leads a group of its own, with all that it started.
    let _ = Command::new("kill").args(["-9", "--", &format!("-{}", child.id())]).stderr(Stdio::null()).status();
    let _ = child.kill();
    child.wait()?;
    Ok(None)
}

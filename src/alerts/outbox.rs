//! The message on its way to each sink, kept on disk from before it is sent until it is noted that the sink took it. After a
//! crash the same message, with the same id, is sent again.

use super::digest::Digest;
use super::state::{AlertState, Mark};
use crate::archive::Home;
use crate::error::{Context, Kind, Result};
use crate::saved::write_whole;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

/// A message, and how far its queries are once it was taken.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub digest: Digest,
    /// By name of the query.
    pub marks: BTreeMap<String, Mark>,
    /// How often it was not taken, and when it was last tried, in seconds since 1970.
    #[serde(default)]
    pub tries: u32,
    #[serde(default)]
    pub tried: i64,
}

/// A message that was not taken rests so many seconds, and each time twice as long …
const REST: i64 = 60;
/// … but no longer than this. A server that refuses a password is not asked every few seconds, or it would lock the account.
const LONGEST_REST: i64 = 3600;

fn directory(home: &Home) -> PathBuf {
    home.saved().join("outbox")
}

fn file(home: &Home, sink: &str) -> PathBuf {
    // Names of sinks are free; those of files are not.
    directory(home).join(format!("{:016x}.json", crate::saved::short_hash(sink.as_bytes())))
}

impl Pending {
    /// All messages that were on their way when morgue stopped.
    pub fn all(home: &Home) -> Result<Vec<Pending>> {
        let failed = || "cannot read messages that wait".to_owned();
        let mut all = Vec::new();
        let entries = match std::fs::read_dir(directory(home)) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(all),
            entries => entries.context(Kind::Io, failed)?,
        };
        for entry in entries {
            let path = entry.context(Kind::Io, failed)?.path();
            if path.extension().is_some_and(|e| e == "json") {
                let text = std::fs::read(&path).context(Kind::Io, failed)?;
                all.push(serde_json::from_slice(&text).context(Kind::Config, || format!("cannot understand `{}`", path.display()))?);
            }
        }
        all.sort_by(|a: &Pending, b: &Pending| a.digest.sink.cmp(&b.digest.sink));
        Ok(all)
    }

    pub fn write(&self, home: &Home) -> Result<()> {
        let text = serde_json::to_vec(self).context(Kind::Io, || "cannot write a message".to_owned())?;
        write_whole(&file(home, &self.digest.sink), &text)
    }

    pub fn remove(&self, home: &Home) -> Result<()> {
        let path = file(home, &self.digest.sink);
        std::fs::remove_file(&path).context(Kind::Io, || format!("cannot remove `{}`", path.display()))
    }

    /// Whether it was refused so short a time ago that nobody should be asked again of themselves at `now`, in seconds since 1970.
    pub fn rests(&self, now: i64) -> bool {
        let rest = REST.saturating_mul(1 << self.tries.saturating_sub(1).min(10)).min(LONGEST_REST);
        self.tries > 0 && (0..rest).contains(&(now - self.tried))
    }

    /// Notes that it was not taken at `now`. Where that cannot be written, it is merely tried again sooner.
    pub fn refused(mut self, home: &Home, now: i64) {
        (self.tries, self.tried) = (self.tries.saturating_add(1), now);
        let _ = self.write(home);
    }

    /// Whether it was noted already that the sink took it.
    pub fn is_taken(&self, state: &AlertState) -> bool {
        state.sent.get(&self.digest.sink) == Some(&self.digest.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_cannot_be_looked_for_are_not_none() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home { root: dir.path().to_owned() };
        assert!(Pending::all(&home).unwrap().is_empty(), "there never was one");
        std::fs::create_dir_all(home.saved()).unwrap();
        std::fs::write(directory(&home), "").unwrap();
        assert!(Pending::all(&home).unwrap_err().to_string().starts_with("cannot read messages that wait"));
    }
}

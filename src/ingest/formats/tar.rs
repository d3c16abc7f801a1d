//! Tar archives: each member is told apart and read like any file, in the order they stand.
//!
//! # What it does not read
//!
//! Links and devices, and members whose names lead out of the archive.

use crate::error::{Context, Kind, Result};
use crate::ingest::walk::is_hidden;
use crate::ingest::{Format, Input, Problem, Sink, Sureness};

/// Tar archives.
pub struct Tar;

impl Format for Tar {
    fn name(&self) -> &'static str {
        "tar"
    }

    fn is_container(&self) -> bool {
        true
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        if head.get(257..262) == Some(b"ustar") {
            return Sureness::Sure;
        }
        // Archives older than POSIX have no mark; their headers have a checksum.
        if path.to_ascii_lowercase().ends_with(".tar") && has_checksum(head) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, depth) = (input.path.clone(), input.depth);
        let fail = || "the tar archive is damaged or cut off".to_owned();
        let mut archive = tar::Archive::new(input.stream());
        for member in archive.entries().context(Kind::Input, fail)? {
            let member = member.context(Kind::Input, fail)?;
            let name = String::from_utf8_lossy(&member.path_bytes()).into_owned();
            let name = name.trim_start_matches("./").to_owned();
            if !member.header().entry_type().is_file() || is_hidden(&name) {
                continue;
            }
            if name.starts_with('/') || name.split('/').any(|step| step == "..") || name.len() > 4096 {
                let shown: String = name.chars().take(200).collect();
                sink.problem(Problem::skipped(format!("{path}!/{shown}"), "its name leads out of the archive"));
                continue;
            }
            let modified = member.header().mtime().ok().and_then(|t| i64::try_from(t).ok());
            sink.file(Input::member(&path, &name, modified, depth, member)?)?;
        }
        Ok(())
    }
}

/// Whether the first header has the checksum it should: the sum of its bytes, its own field taken as spaces.
fn has_checksum(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    let stored = std::str::from_utf8(&header[148..156]).ok().and_then(|t| u64::from_str_radix(t.trim_matches(['\0', ' ']), 8).ok());
    let sum: u64 = header.iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u64::from(*b) }).sum();
    stored == Some(sum)
}

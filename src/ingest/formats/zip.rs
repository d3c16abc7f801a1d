//! Zip archives, packed web crawls (WACZ) too: each member is told apart and read like any file.
//!
//! # What it does not read
//!
//! Encrypted members, and methods other than stored and deflated; documents and programs that are zip archives inside
//! (`.docx`, `.epub`, `.jar` …).

use crate::error::{Context, Error, Kind, Result};
use crate::ingest::limits::Ratio;
use crate::ingest::walk::is_hidden;
use crate::ingest::{Format, Input, Problem, Sink, Sureness};
use std::cell::Cell;
use std::rc::Rc;

/// Zip archives.
pub struct Zip;

/// Zip archives inside, but no archives of articles.
const NOT_ARCHIVES: &[&str] =
    &[".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".jar", ".apk", ".pages", ".numbers", ".key", ".idml", ".indd", ".xpi"];

impl Format for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn is_container(&self) -> bool {
        true
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let low = path.to_ascii_lowercase();
        match head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            true if NOT_ARCHIVES.iter().any(|e| low.ends_with(e)) => Sureness::No,
            true => Sureness::Sure,
            false => Sureness::No,
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, depth) = (input.path.clone(), input.depth);
        // A packed web crawl holds lists of its pages beside the crawl itself.
        let is_wacz = path.to_ascii_lowercase().ends_with(".wacz");
        let mut archive =
            zip::ZipArchive::new(input.seekable()?).context(Kind::Input, || "the zip archive is damaged or cut off".to_owned())?;
        for index in 0..archive.len() {
            let member = match archive.by_index(index) {
                Ok(member) => member,
                Err(e) => {
                    sink.problem(Problem::failed(format!("{path}!/#{}", index + 1), format!("cannot unpack the member: {e}")));
                    continue;
                }
            };
            let name = String::from_utf8_lossy(member.name_raw()).into_owned();
            if !member.is_file() || is_hidden(&name) || (is_wacz && !name.starts_with("archive/")) {
                continue;
            }
            if member.enclosed_name().is_none() || name.len() > 4096 {
                sink.problem(Problem::skipped(format!("{path}!/{}", shortened(&name)), "its name leads out of the archive"));
                continue;
            }
            let packed = Rc::new(Cell::new(member.compressed_size()));
            match Input::member(&path, &name, None, depth, Ratio::new(member, packed)) {
                Ok(inner) => sink.file(inner)?,
                Err(e) => sink.problem(Problem::failed(format!("{path}!/{name}"), e.to_string())),
            }
        }
        if archive.is_empty() {
            return Err(Error::new(Kind::Input, "the zip archive is empty"));
        }
        Ok(())
    }
}

fn shortened(name: &str) -> String {
    name.chars().take(200).collect()
}

//! Tar archives: each member is told apart and read like any file, in the order they stand.
//!
//! # What it does not read
//!
//! Links and devices, and members whose names lead out of the archive. Scanned papers (METS with their pages) are read from an archive that is a file
//! of its own, in which one can go back and forth; inside others, or packed (`.tar.gz`), each page is a text by itself.

use super::mets;
use crate::error::{Context, Kind, Result};
use crate::ingest::input::{Inside, ReadSeek};
use crate::ingest::walk::is_hidden;
use crate::ingest::{Format, Input, Limits, Problem, Sink, Sureness};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;

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
        let (path, depth, limits) = (input.path.clone(), input.depth, input.limits);
        let scans =
            input.on_disk().map(|file| Scans::of(file, &limits)).transpose().context(Kind::Input, || format!("cannot read `{path}`"))?;
        if let Some(scans) = scans.filter(|s| !s.members.is_empty()) {
            return scans.read(input.seekable()?, (&path, depth), &limits, sink);
        }
        each_member(&mut input.stream(), &path, depth, sink, &mut |inner, _, sink| sink.file(inner))
    }
}

/// What is done with a member, its name, and where it goes.
type Take<'t> = &'t mut dyn FnMut(Input<'_>, &str, &mut dyn Sink) -> Result<()>;

/// Hands out each member that may be read.
fn each_member(bytes: &mut dyn Read, path: &str, depth: u8, sink: &mut dyn Sink, take: Take<'_>) -> Result<()> {
    let fail = || "the tar archive is damaged or cut off".to_owned();
    let mut archive = tar::Archive::new(bytes);
    for member in archive.entries().context(Kind::Input, fail)? {
        let member = member.context(Kind::Input, fail)?;
        let name = String::from_utf8_lossy(&member.path_bytes()).into_owned();
        let name = name.trim_start_matches("./").to_owned();
        if !member.header().entry_type().is_file() || is_hidden(&name) {
            continue;
        }
        if name.starts_with('/') || name.split('/').any(|step| step == "..") || name.len() > 4096 {
            let shown: String = name.chars().take(200).collect();
            sink.problem(Problem::unread(format!("{path}!/{shown}"), "its name leads out of the archive, or is too long"));
            continue;
        }
        let modified = member.header().mtime().ok().and_then(|t| i64::try_from(t).ok());
        take(Input::member(path, &name, modified, depth, member)?, &name, sink)?;
    }
    Ok(())
}

/// The pages of scanned papers in an archive, where there are any: name, place and length.
struct Scans {
    members: HashMap<String, (u64, u64)>,
}

impl Scans {
    /// Looks through the heads of all members, and leaves the file where it stands.
    fn of(mut file: &File, limits: &Limits) -> std::io::Result<Scans> {
        let mut members = HashMap::new();
        let before = file.stream_position()?;
        file.rewind()?;
        let mut archive = tar::Archive::new(file);
        // What is damaged is said when it is read.
        for member in archive.entries_with_seek().into_iter().flatten().flatten() {
            let name = String::from_utf8_lossy(&member.path_bytes()).trim_start_matches("./").to_owned();
            let is_page = name.to_ascii_lowercase().ends_with(".xml") && member.size() <= limits.document();
            if is_page && member.header().entry_type().is_file() {
                members.insert(name, (member.raw_file_position(), member.size()));
            }
        }
        if !members.keys().any(|name| mets::is_called(name)) {
            members.clear();
        }
        file.seek(SeekFrom::Start(before))?;
        Ok(Scans { members })
    }

    /// Reads all members; those that are pages, or speak of pages, can reach each other.
    fn read(&self, file: Box<dyn ReadSeek + '_>, (path, depth): (&str, u8), limits: &Limits, sink: &mut dyn Sink) -> Result<()> {
        let described: Rc<[String]> = self.members.keys().filter(|name| mets::is_called(name)).cloned().collect();
        let file = RefCell::new(file);
        each_member(&mut Shared { file: &file, at: 0 }, path, depth, sink, &mut |inner, name, sink| {
            if !self.members.contains_key(name) {
                return sink.file(inner);
            }
            let open = |name: &str| {
                let (at, size) = *self.members.get(name)?;
                let mut file = file.borrow_mut();
                file.seek(SeekFrom::Start(at)).ok()?;
                let mut whole = Vec::new();
                (&mut **file).take(size.min(limits.document())).read_to_end(&mut whole).ok()?;
                Some(whole)
            };
            let beside = Inside::of(name, Rc::clone(&described), open);
            let mut inner: Input<'_> = inner;
            inner.beside = Some(Rc::new(beside));
            sink.file(inner)
        })
    }
}

/// A reader of a file in which others go back and forth meanwhile: it keeps its own place.
struct Shared<'f, 'a> {
    file: &'f RefCell<Box<dyn ReadSeek + 'a>>,
    at: u64,
}

impl Read for Shared<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut file = self.file.borrow_mut();
        file.seek(SeekFrom::Start(self.at))?;
        let n = file.read(buffer)?;
        self.at += n as u64;
        Ok(n)
    }
}

/// Whether the first header has the checksum it should: the sum of its bytes, its own field taken as spaces.
fn has_checksum(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    let stored = std::str::from_utf8(&header[148..156]).ok().and_then(|t| u64::from_str_radix(t.trim_matches(['\0', ' ']), 8).ok());
    let sum: u64 = header.iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u64::from(*b) }).sum();
    stored == Some(sum)
}

//! How much one file may be, and unfold to. Each limit is a setting: `[limits]` in the archive's `config.toml`.

use crate::error::{Error, Kind, Result};
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// What is read of one file, at most. A file that goes beyond is a problem in the report that names the setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Megabytes of one document.
    pub document_mb: u64,
    /// Megabytes of one record of JSON, or of one cell of a table.
    pub record_mb: u64,
    /// Megabytes of a web page that is looked at as a tree; larger ones lose their tags instead.
    pub page_mb: u64,
    /// Tags of such a page.
    pub page_tags: u64,
    /// How deep such a page is nested.
    pub page_depth: u64,
    /// Gigabytes all that lies in one file may unfold to, or 200 times its size where that is more.
    pub unpacked_gb: u64,
    /// How many times its size one packed stream may unfold to, once it has given 16 MB.
    pub ratio: u64,
    /// Files in one file.
    pub members: u64,
    /// Containers in one another.
    pub containers: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            document_mb: 64,
            record_mb: 32,
            page_mb: 4,
            page_tags: 100_000,
            page_depth: 256,
            unpacked_gb: 20,
            ratio: 1000,
            members: 1_000_000,
            containers: 4,
        }
    }
}

impl Limits {
    /// The names of the settings.
    pub const NAMES: [&str; 9] =
        ["document_mb", "record_mb", "page_mb", "page_tags", "page_depth", "unpacked_gb", "ratio", "members", "containers"];

    /// The setting called `name`; `None` when there is none.
    pub fn named(&mut self, name: &str) -> Option<&mut u64> {
        Some(match name {
            "document_mb" => &mut self.document_mb,
            "record_mb" => &mut self.record_mb,
            "page_mb" => &mut self.page_mb,
            "page_tags" => &mut self.page_tags,
            "page_depth" => &mut self.page_depth,
            "unpacked_gb" => &mut self.unpacked_gb,
            "ratio" => &mut self.ratio,
            "members" => &mut self.members,
            "containers" => &mut self.containers,
            _ => return None,
        })
    }

    /// Bytes of one document.
    pub(super) fn document(&self) -> u64 {
        self.document_mb.saturating_mul(1 << 20)
    }

    /// What is said of something larger than one document may be.
    pub(super) fn too_large(&self, what: &str) -> String {
        format!("{what} is larger than {} MB, the most one document may be (setting `limits.document_mb`)", self.document_mb)
    }

    /// Bytes of one record.
    pub(super) fn record(&self) -> usize {
        usize::try_from(self.record_mb.saturating_mul(1 << 20)).unwrap_or(usize::MAX)
    }

    /// What is said of a record, or a part of one, that is larger.
    pub(super) fn too_long(&self, what: &str) -> String {
        format!("{what} is longer than {} MB (setting `limits.record_mb`)", self.record_mb)
    }

    /// What is said of something in too many containers.
    pub(super) fn too_deep(&self) -> String {
        format!("it lies in more than {} containers (setting `limits.containers`)", self.containers)
    }
}

/// How many times its size a file may unfold to in any case.
const TIMES: u64 = 200;
/// Bytes a packed stream may give before its ratio is looked at.
const FREE: u64 = 16 << 20;

/// What one file on disk has unfolded to so far, over all that lies in it.
#[derive(Debug)]
pub(super) struct Meter {
    members: Cell<u64>,
    bytes: Cell<u64>,
    most: u64,
    most_members: u64,
}

impl Meter {
    /// For a file of `size` bytes.
    pub(super) fn new(size: u64, limits: &Limits) -> Rc<Meter> {
        let most = limits.unpacked_gb.saturating_mul(1 << 30).max(size.saturating_mul(TIMES));
        Rc::new(Meter { members: Cell::new(0), bytes: Cell::new(0), most, most_members: limits.members })
    }

    /// Counts one more file.
    pub(super) fn count_member(&self, path: &str) -> Result<()> {
        self.members.set(self.members.get() + 1);
        if self.members.get() > self.most_members.saturating_add(1) {
            let most = self.most_members;
            let message = format!("`{path}` is one of more than {most} files in one; the rest is not read (setting `limits.members`)");
            return Err(Error::new(Kind::Limit, message));
        }
        Ok(())
    }

    /// Whether a limit of the whole file is reached, so that no more of it can be read.
    pub(super) fn is_spent(&self) -> bool {
        self.members.get() > self.most_members.saturating_add(1) || self.bytes.get() > self.most
    }

    /// A reader that counts what is read and fails when it becomes too much.
    pub(super) fn watch<R: Read>(self: Rc<Meter>, inner: R) -> Watched<R> {
        Watched { inner, meter: self }
    }
}

/// See [`Meter::watch`].
pub(super) struct Watched<R> {
    inner: R,
    meter: Rc<Meter>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let total = self.meter.bytes.get() + n as u64;
        self.meter.bytes.set(total);
        if total > self.meter.most {
            return Err(io::Error::other(format!(
                "it unfolds to more than {} MB, the most a file of its size may (setting `limits.unpacked_gb`)",
                self.meter.most >> 20
            )));
        }
        Ok(n)
    }
}

/// A packed stream, counted on its way in, so that [`Ratio`] can compare.
pub(super) struct Packed<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Packed<R> {
    /// Wraps `inner`; the second value tells how much was read from it.
    pub(super) fn new(inner: R) -> (Packed<R>, Rc<Cell<u64>>) {
        let taken = Rc::new(Cell::new(0));
        (Packed { inner, taken: Rc::clone(&taken) }, taken)
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + n as u64);
        Ok(n)
    }
}

/// An unpacked stream that fails when it gives more than so many times what went in: a bomb.
pub(super) struct Ratio<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: u64,
    most: u64,
}

impl<R: Read> Ratio<R> {
    /// Wraps `inner`, which unpacks a stream of which `taken` bytes were read.
    pub(super) fn new(inner: R, taken: Rc<Cell<u64>>, limits: &Limits) -> Ratio<R> {
        Ratio { inner, taken, given: 0, most: limits.ratio.max(1) }
    }
}

impl<R: Read> Read for Ratio<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.given += n as u64;
        if self.given > FREE && self.given / self.most > self.taken.get() {
            return Err(io::Error::other(format!("it unfolds to more than {} times its size (setting `limits.ratio`)", self.most)));
        }
        Ok(n)
    }
}

//! How much one file may unfold to.

use crate::error::{Error, Kind, Result};
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Bytes any file may unfold to, however small it is.
const ALWAYS: u64 = 20 << 30;
/// How many times its size a file may unfold to beyond that.
const TIMES: u64 = 200;
/// How many files may lie in one.
const MEMBERS: u64 = 1_000_000;
/// How many times its size one packed stream may unfold to, once it has given [`FREE`] bytes.
const RATIO: u64 = 1000;
/// Bytes a packed stream may give before its ratio is looked at.
const FREE: u64 = 16 << 20;

/// What one file on disk has unfolded to so far, over all that lies in it.
#[derive(Debug)]
pub(super) struct Meter {
    members: Cell<u64>,
    bytes: Cell<u64>,
    most: u64,
}

impl Meter {
    /// For a file of `size` bytes.
    pub(super) fn new(size: u64) -> Rc<Meter> {
        Rc::new(Meter { members: Cell::new(0), bytes: Cell::new(0), most: ALWAYS.max(size.saturating_mul(TIMES)) })
    }

    /// Counts one more file.
    pub(super) fn count_member(&self, path: &str) -> Result<()> {
        self.members.set(self.members.get() + 1);
        if self.members.get() > MEMBERS + 1 {
            return Err(Error::new(Kind::Limit, format!("`{path}` is one of more than {MEMBERS} files in one; the rest is not read")));
        }
        Ok(())
    }

    /// Whether a limit of the whole file is reached, so that no more of it can be read.
    pub(super) fn is_spent(&self) -> bool {
        self.members.get() > MEMBERS + 1 || self.bytes.get() > self.most
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
            return Err(io::Error::other(format!("it unfolds to more than {} MB, the most a file of its size may", self.meter.most >> 20)));
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

/// An unpacked stream that fails when it gives more than 1000 times what went in: a bomb.
pub(super) struct Ratio<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl<R: Read> Ratio<R> {
    /// Wraps `inner`, which unpacks a stream of which `taken` bytes were read.
    pub(super) fn new(inner: R, taken: Rc<Cell<u64>>) -> Ratio<R> {
        Ratio { inner, taken, given: 0 }
    }
}

impl<R: Read> Read for Ratio<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.given += n as u64;
        if self.given > FREE && self.given / RATIO > self.taken.get() {
            return Err(io::Error::other(format!("it unfolds to more than {RATIO} times its size")));
        }
        Ok(n)
    }
}

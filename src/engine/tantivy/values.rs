//! The register of facet values: each distinct value has a number that never changes, so counting is adding to a vector.
//!
//! Two files grow at the end only: `values.dat` holds the values one after the other, `values.idx` where each one ends
//! (64-bit little-endian). They are synced before a commit that uses new numbers, and the commit notes how many there are;
//! what lies behind that number was never committed and is cut off by the next writer.

use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use rustc_hash::FxBuildHasher;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{PoisonError, RwLock};

/// The register for reading values by number; its files are opened for the first that is not known.
pub(super) struct Values<'e> {
    dir: &'e Path,
    known: &'e Known,
    files: OnceCell<(File, File)>,
}

/// Values read before: a number means the same value for ever.
#[derive(Default)]
pub(super) struct Known {
    values: RwLock<HashMap<u64, Box<str>, FxBuildHasher>>,
}

/// Most values kept.
const MOST_KNOWN: usize = 200_000;

/// The register, open for giving out numbers.
pub(super) struct ValuesWriter {
    /// Read when the first number is asked for: a run that finds nothing new needs none.
    numbers: Option<HashMap<Box<str>, u64>>,
    data: BufWriter<File>,
    index: BufWriter<File>,
    count: u64,
    end: u64,
    /// Of all values, once they are read.
    hasher: blake3::Hasher,
    /// Checksum at the last commit, which holds until a value is read; 0 where it is not known.
    known_sum: u64,
}

/// Whether the first `count` values of the register in `dir` are those that were written; `sum` is 0 where that is not known.
pub(super) fn check(dir: &Path, count: u64, sum: u64) -> Result<()> {
    if count == 0 {
        return Ok(());
    }
    let read = |name: &str| std::fs::read(dir.join(name)).context(Kind::Engine, || format!("cannot read `{name}`"));
    let (data, index) = (read("values.dat")?, read("values.idx")?);
    let broken = || Error::new(Kind::Engine, "the register of values is not as it was written");
    let ends = index.get(..(count as usize).saturating_mul(8)).ok_or_else(broken)?;
    let mut hasher = blake3::Hasher::new();
    let mut from = 0;
    for to in ends.chunks_exact(8).map(|b| end(b) as usize) {
        let value = data.get(from..to).and_then(|v| std::str::from_utf8(v).ok()).ok_or_else(broken)?;
        add(&mut hasher, value);
        from = to;
    }
    if sum == 0 || sum == finished(&hasher) { Ok(()) } else { Err(broken()) }
}

fn add(hasher: &mut blake3::Hasher, value: &str) {
    hasher.update(&(value.len() as u64).to_le_bytes()).update(value.as_bytes());
}

fn finished(hasher: &blake3::Hasher) -> u64 {
    disk::first_bits(&hasher.finalize()).max(1)
}

impl<'e> Values<'e> {
    pub fn of(dir: &'e Path, known: &'e Known) -> Values<'e> {
        Values { dir, known, files: OnceCell::new() }
    }

    /// The value with this number.
    pub fn get(&self, number: u64) -> Result<String> {
        if let Some(value) = self.known.values.read().unwrap_or_else(PoisonError::into_inner).get(&number) {
            return Ok(value.to_string());
        }
        let value = self.read(number)?;
        let mut known = self.known.values.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(number, value.as_str().into());
        Ok(value)
    }

    fn read(&self, number: u64) -> Result<String> {
        let (data, index) = self.files()?;
        let broken = || format!("value {number} of the register cannot be read");
        let mut ends = [0u8; 16];
        let (from, to) = if number == 0 {
            index.read_exact_at(&mut ends[8..], 0).context(Kind::Engine, broken)?;
            (0, end(&ends[8..]))
        } else {
            index.read_exact_at(&mut ends, (number - 1) * 8).context(Kind::Engine, broken)?;
            (end(&ends[..8]), end(&ends[8..]))
        };
        let mut value = vec![0; to.saturating_sub(from).min(1 << 20) as usize];
        data.read_exact_at(&mut value, from).context(Kind::Engine, broken)?;
        String::from_utf8(value).context(Kind::Engine, broken)
    }

    fn files(&self) -> Result<&(File, File)> {
        if let Some(files) = self.files.get() {
            return Ok(files);
        }
        let open = |name: &str| {
            let path = self.dir.join(name);
            File::open(&path).context(Kind::Io, || format!("cannot open `{}`", path.display()))
        };
        let files = (open("values.dat")?, open("values.idx")?);
        Ok(self.files.get_or_init(|| files))
    }
}

fn end(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))
}

impl ValuesWriter {
    /// Opens the register with its first `count` values, whose checksum is `sum`, making it when there is none.
    pub fn open(dir: &Path, count: u64, sum: u64) -> Result<ValuesWriter> {
        let open = |name: &str| {
            let path = dir.join(name);
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
            file.context(Kind::Io, || format!("cannot open `{}`", path.display()))
        };
        let (mut data, mut index) = (open("values.dat")?, open("values.idx")?);
        let broken = || "the register of values is shorter than the last commit says".to_owned();
        let mut last = [0u8; 8];
        if count > 0 {
            index.read_exact_at(&mut last, (count - 1) * 8).context(Kind::Engine, broken)?;
        }
        let length = end(&last);
        if data.metadata().context(Kind::Io, broken)?.len() < length {
            return Err(Error::new(Kind::Engine, broken()));
        }
        let cut = |file: &mut File, length: u64| file.set_len(length).and_then(|()| file.seek(SeekFrom::Start(length)));
        cut(&mut data, length)
            .and_then(|_| cut(&mut index, count * 8))
            .context(Kind::Io, || "cannot write the register of values".to_owned())?;
        Ok(ValuesWriter {
            numbers: None,
            data: BufWriter::new(data),
            index: BufWriter::new(index),
            count,
            end: length,
            hasher: blake3::Hasher::new(),
            known_sum: sum,
        })
    }

    /// All values of the last commit with their numbers.
    fn read(&mut self) -> Result<HashMap<Box<str>, u64>> {
        let broken = || "the register of values cannot be read".to_owned();
        let mut ends = vec![0u8; (self.count * 8) as usize];
        self.index.get_ref().read_exact_at(&mut ends, 0).context(Kind::Engine, broken)?;
        let mut all = vec![0u8; self.end as usize];
        self.data.get_ref().read_exact_at(&mut all, 0).context(Kind::Engine, broken)?;
        let mut numbers = HashMap::with_capacity(self.count as usize);
        let mut from = 0;
        let mut hasher = blake3::Hasher::new();
        for (number, to) in ends.chunks_exact(8).map(end).enumerate() {
            let value = all.get(from as usize..to as usize).and_then(|v| std::str::from_utf8(v).ok());
            let value = value.ok_or_else(|| Error::new(Kind::Engine, format!("value {number} of the register cannot be read")))?;
            add(&mut hasher, value);
            numbers.insert(value.into(), number as u64);
            from = to;
        }
        self.hasher = hasher;
        Ok(numbers)
    }

    /// The number of `value`; a new one if it was never seen.
    pub fn number(&mut self, value: &str) -> Result<u64> {
        if self.numbers.is_none() {
            self.numbers = Some(self.read()?);
        }
        if let Some(number) = self.numbers.as_ref().and_then(|n| n.get(value)) {
            return Ok(*number);
        }
        let number = self.count;
        let failed = || "cannot write the register of values".to_owned();
        self.data.write_all(value.as_bytes()).context(Kind::Io, failed)?;
        self.end += value.len() as u64;
        self.index.write_all(&self.end.to_le_bytes()).context(Kind::Io, failed)?;
        self.count += 1;
        add(&mut self.hasher, value);
        self.numbers.get_or_insert_default().insert(value.into(), number);
        Ok(number)
    }

    /// Checksum of all values so far; 0 where it is not known.
    pub fn sum(&self) -> u64 {
        if self.numbers.is_some() { finished(&self.hasher) } else { self.known_sum }
    }

    /// Makes all numbers given out so far safe; returns how many there are.
    pub fn sync(&mut self) -> Result<u64> {
        let failed = || "cannot write the register of values".to_owned();
        for file in [&mut self.data, &mut self.index] {
            file.flush().context(Kind::Io, failed)?;
            file.get_ref().sync_data().context(Kind::Io, failed)?;
        }
        Ok(self.count)
    }
}

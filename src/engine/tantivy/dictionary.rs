//! Stored clippings are compressed one by one, with a dictionary of what the articles of this archive have in common.
//!
//! A page of ten hits reads ten clippings. In blocks of many, as the index library compresses them, each of them costs the
//! unpacking of a whole block; one by one without a dictionary they take a quarter more room. The dictionary is made by
//! Zstandard's trainer (fast COVER, after Liao, Petri, Moffat and Wirth, "Effective construction of relative Lempel-Ziv
//! dictionaries", 2016) from the first articles that are put into the index. It never changes, and is kept twice: what was
//! compressed with it cannot be read without it.

use super::stored;
use crate::article::Clipping;
use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, from_continuous};
use zstd::zstd_safe;

/// The files that hold the dictionary, the second for when the first is damaged: its bytes, then their checksum (64-bit
/// little-endian).
pub(super) const FILES: [&str; 2] = ["dictionary.dat", "dictionary.bak"];
/// What is compressed begins with this, as all of Zstandard does; what is not, with the version of [`stored`].
const MAGIC: [u8; 4] = zstd_safe::MAGICNUMBER.to_le_bytes();
/// How hard clippings are compressed. Records of AllSides articles came to .375 of their length in blocks of 128 KB at level 6, to .461
/// one by one, and with a dictionary of 256 KB to .360 at level 3, .344 at 5 and .335 at 6, the last two of which take two and four
/// times as long.
const LEVEL: i32 = 3;
/// Bytes of a dictionary at most; one of 112 KB gives .370 instead.
const LARGEST: usize = 256 * 1024;
/// So many bytes of samples are needed for one of the dictionary. Twice as many make .2 % less of what is compressed, and take twice
/// as long.
const PER_BYTE: usize = 8;
/// A dictionary is made at a commit when there are so many bytes of samples, and before that when there are enough for the largest.
const FEW: usize = 512 * 1024;
/// What a block of a Zstandard frame unpacks to at most (RFC 8878); it takes some bytes of the frame.
const BLOCK: usize = 128 * 1024;
/// Of a long clipping its first bytes stand for the rest.
const SAMPLE: usize = 64 * 1024;

/// CRC-32, never 0: it is computed whenever an archive is opened, and told quicker than a hash.
fn checksum(bytes: &[u8]) -> u64 {
    u64::from(crc32fast::hash(bytes)).max(1)
}

/// The dictionary a file holds with its checksum, if it is as it was written.
fn sound(path: &Path) -> Option<(Vec<u8>, u64)> {
    let mut bytes = std::fs::read(path).ok()?;
    let written = bytes.split_off(bytes.len().checked_sub(8)?);
    let sum = checksum(&bytes);
    (written == sum.to_le_bytes()).then_some((bytes, sum))
}

/// Writes both files, each of which is whole or not there.
fn keep(dir: &Path, bytes: &[u8]) -> Result<()> {
    let whole = [bytes, &checksum(bytes).to_le_bytes()].concat();
    FILES.iter().try_for_each(|name| disk::replace(&dir.join(name), &whole))
}

/// The files of the dictionary with checksum `sum` that are not as they were written; `sum` is 0 where there is none yet.
pub(super) fn faults(dir: &Path, sum: u64) -> Vec<&'static str> {
    let is_whole = |name: &&str| sound(&dir.join(name)).is_some_and(|(_, found)| found == sum);
    if sum == 0 { Vec::new() } else { FILES.into_iter().filter(|name| !is_whole(name)).collect() }
}

/// Reads stored clippings; the dictionary is loaded when the first of them needs it.
pub(super) struct Reading {
    dir: PathBuf,
    dictionary: Mutex<Option<Arc<DecoderDictionary<'static>>>>,
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reading").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Reading {
    /// For the index in `dir`.
    pub fn at(dir: &Path) -> Reading {
        Reading { dir: dir.to_owned(), dictionary: Mutex::default() }
    }

    /// The clipping of some stored bytes; `None` when they are not those of a clipping, or the dictionary is lost.
    pub fn clipping(&self, bytes: &[u8]) -> Option<Clipping> {
        if !bytes.starts_with(&MAGIC) {
            return stored::unpack(bytes);
        }
        // What is damaged may say that it is longer than any memory.
        let most = bytes.len().saturating_mul(BLOCK);
        let size = usize::try_from(zstd_safe::get_frame_content_size(bytes).ok()??).ok().filter(|size| *size <= most)?;
        let unpacked = match zstd_safe::get_dict_id_from_frame(bytes) {
            None => Decompressor::new().ok()?.decompress(bytes, size),
            Some(_) => Decompressor::with_prepared_dictionary(&*self.dictionary()?).ok()?.decompress(bytes, size),
        };
        stored::unpack(&unpacked.ok()?)
    }

    fn dictionary(&self) -> Option<Arc<DecoderDictionary<'static>>> {
        let mut known = self.dictionary.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            let (dictionary, _) = FILES.iter().find_map(|name| sound(&self.dir.join(name)))?;
            *known = Some(Arc::new(DecoderDictionary::try_copy(&dictionary).ok()?));
        }
        known.clone()
    }
}

/// Compresses clippings that are to be stored.
pub(super) struct Packer {
    dir: PathBuf,
    compressor: Compressor<'static>,
    /// Checksum of the dictionary; 0 while there is none.
    sum: u64,
    samples: Samples,
}

/// Clippings a dictionary is to be made of, one after the other, and how long each is.
#[derive(Default)]
struct Samples {
    bytes: Vec<u8>,
    sizes: Vec<usize>,
}

impl Packer {
    /// For the index in `dir`, whose last commit used the dictionary with checksum `sum`.
    pub fn open(dir: &Path, sum: u64) -> Result<Packer> {
        let copies = FILES.map(|name| sound(&dir.join(name)));
        let (dictionary, found) = copies.iter().flatten().next().map_or((&[][..], 0), |(bytes, sum)| (bytes, *sum));
        if sum != 0 && sum != found {
            return Err(Error::new(Kind::Engine, format!("the dictionary of the stored articles in `{}` is lost", dir.display()))
                .with_hint(
                    "restore a backup; or `morgue reindex`, and `morgue index` then reads the files of the articles that are lost again",
                ));
        }
        if found != 0 && copies.iter().any(|copy| copy.as_ref().is_none_or(|(_, sum)| *sum != found)) {
            keep(dir, dictionary)?;
        }
        Ok(Packer { dir: dir.to_owned(), compressor: compressor(dictionary)?, sum: found, samples: Samples::default() })
    }

    /// The bytes to be stored of a clipping.
    pub fn pack(&mut self, clipping: &Clipping) -> Result<Vec<u8>> {
        let failed = || "cannot store a clipping".to_owned();
        let packed = stored::pack(clipping).context(Kind::Engine, failed)?;
        if self.sum == 0 {
            let sample = &packed[..packed.len().min(SAMPLE)];
            self.samples.bytes.extend_from_slice(sample);
            self.samples.sizes.push(sample.len());
            self.learn(LARGEST * PER_BYTE)?;
        }
        self.compressor.compress(&packed).context(Kind::Engine, failed)
    }

    /// The checksum of the dictionary that what was packed so far needs at most, for the commit to tell; makes one of what there is if
    /// that will do.
    pub fn settle(&mut self) -> Result<u64> {
        self.learn(FEW)?;
        Ok(self.sum)
    }

    /// Makes the dictionary once there are samples of `least` bytes.
    fn learn(&mut self, least: usize) -> Result<()> {
        if self.sum != 0 || self.samples.bytes.len() < least {
            return Ok(());
        }
        let Samples { bytes, sizes } = std::mem::take(&mut self.samples);
        // Where the trainer finds nothing in common, it is tried again with the next ones.
        let Ok(dictionary) = from_continuous(&bytes, &sizes, LARGEST.min(bytes.len() / PER_BYTE)) else { return Ok(()) };
        keep(&self.dir, &dictionary)?;
        self.compressor = compressor(&dictionary)?;
        self.sum = checksum(&dictionary);
        Ok(())
    }
}

fn compressor(dictionary: &[u8]) -> Result<Compressor<'static>> {
    Compressor::with_dictionary(LEVEL, dictionary).context(Kind::Engine, || "cannot compress clippings".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    /// Articles that have some of their sentences in common.
    fn clipping(n: usize) -> Clipping {
        let sentence =
            |k: usize| format!("The council of Harrow {} voted {} to {} on the barrier, officials said. ", k % 61, k % 17, k % 23);
        let body = (0..40).map(|k| sentence(n * 7 + k * k)).collect();
        Clipping { article: Article { id: format!("a{n}"), body, ..Article::default() }, ..Clipping::default() }
    }

    fn is_with_dictionary(bytes: &[u8]) -> bool {
        zstd_safe::get_dict_id_from_frame(bytes).is_some()
    }

    #[test]
    fn clippings_are_smaller_with_a_dictionary_and_all_come_out_as_they_were() {
        let dir = tempfile::tempdir().unwrap();
        let (mut packer, reading) = (Packer::open(dir.path(), 0).unwrap(), Reading::at(dir.path()));
        let all: Vec<Clipping> = (0..800).map(clipping).collect();
        let mut packed: Vec<Vec<u8>> = all[..100].iter().map(|c| packer.pack(c).unwrap()).collect();
        assert_eq!(reading.clipping(&packed[0]), Some(all[0].clone()));
        assert_eq!(packer.settle().unwrap(), 0);
        packed.extend(all[100..].iter().map(|c| packer.pack(c).unwrap()));
        let sum = packer.settle().unwrap();
        assert_ne!(sum, 0);
        // Another run has it from the start.
        let mut packer = Packer::open(dir.path(), sum).unwrap();
        let (alone, with) = (&packed[500], packer.pack(&all[500]).unwrap());
        assert!(!is_with_dictionary(alone) && is_with_dictionary(&with));
        assert!(with.len() < alone.len(), "{} {}", with.len(), alone.len());
        packed.push(with);
        for (bytes, clipping) in packed.iter().zip(all.iter().chain([&all[500]])) {
            assert_eq!(reading.clipping(bytes).as_ref(), Some(clipping));
        }
        assert_eq!(reading.clipping(&packed[800][..packed[800].len() - 3]), None);
        // A frame that says of itself that it holds a thousand million million bytes.
        let boasting = [&MAGIC[..], &[0xe0], &1_000_000_000_000_000u64.to_le_bytes(), &[1, 0, 0]].concat();
        assert_eq!(zstd_safe::get_frame_content_size(&boasting).unwrap(), Some(1_000_000_000_000_000));
        assert_eq!(reading.clipping(&boasting), None);
    }

    #[test]
    fn one_of_the_two_files_is_enough_and_without_both_nothing_is_begun() {
        let dir = tempfile::tempdir().unwrap();
        let mut packer = Packer::open(dir.path(), 0).unwrap();
        (0..800).for_each(|n| drop(packer.pack(&clipping(n)).unwrap()));
        let sum = packer.settle().unwrap();
        let packed = packer.pack(&clipping(1)).unwrap();
        assert_eq!(faults(dir.path(), sum), <[&str; 0]>::default());
        let [first, second] = FILES.map(|name| dir.path().join(name));
        let mut bytes = std::fs::read(&first).unwrap();
        bytes[1000] ^= 1;
        std::fs::write(&first, bytes).unwrap();
        assert_eq!(faults(dir.path(), sum), [FILES[0]]);
        assert_eq!(Reading::at(dir.path()).clipping(&packed), Some(clipping(1)));
        drop(Packer::open(dir.path(), sum).unwrap());
        assert_eq!(faults(dir.path(), sum), <[&str; 0]>::default());
        std::fs::remove_file(&first).unwrap();
        std::fs::remove_file(&second).unwrap();
        assert_eq!(Reading::at(dir.path()).clipping(&packed), None);
        assert!(Packer::open(dir.path(), sum).is_err());
    }
}

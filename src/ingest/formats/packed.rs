//! One file packed: gzip and Zstandard streams, of one or several members. A packed file holds one file, which keeps its name.
//!
//! # What it does not read
//!
//! Zstandard streams that need a dictionary from elsewhere.

use crate::error::{Context, Kind, Result};
use crate::ingest::limits::{Packed, Ratio};
use crate::ingest::{Format, Input, Sink, Sureness};

/// Files packed by `gzip`.
pub struct Gzip;

impl Format for Gzip {
    fn name(&self) -> &'static str {
        "gzip"
    }

    fn is_container(&self) -> bool {
        true
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        if head.starts_with(&[0x1F, 0x8B, 8]) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, modified, depth, limits) = (input.path.clone(), input.modified, input.depth, input.limits);
        let (packed, taken) = Packed::new(input.stream());
        let unpacked = Ratio::new(flate2::read::MultiGzDecoder::new(packed), taken, &limits);
        sink.file(Input::new(path, modified, depth + 1, unpacked)?)
    }
}

/// Files packed by `zstd`.
pub struct Zstandard;

impl Format for Zstandard {
    fn name(&self) -> &'static str {
        "zstd"
    }

    fn is_container(&self) -> bool {
        true
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, modified, depth, limits) = (input.path.clone(), input.modified, input.depth, input.limits);
        let (packed, taken) = Packed::new(input.stream());
        let decoder = zstd::stream::read::Decoder::new(packed).context(Kind::Input, || format!("cannot unpack `{path}`"))?;
        sink.file(Input::new(path, modified, depth + 1, Ratio::new(decoder, taken, &limits))?)
    }
}

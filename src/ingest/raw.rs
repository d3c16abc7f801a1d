//! One record of a file as it stands there, for whoever wants to see what was read.

use super::Input;
use crate::error::{Context, Kind, Result};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// The record number `number`, from 1, of a file in which each is a line of its own (JSON Lines, also packed); `None` where a record
/// may be something else, or there is none. `shown` is how the file is called.
///
/// # Errors
///
/// When the file cannot be read.
pub fn record_line(file: &Path, shown: &str, number: usize) -> Result<Option<Vec<u8>>> {
    let name = shown.to_ascii_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
    if ![".jsonl", ".ndjson", ".jl"].iter().any(|ending| name.ends_with(ending)) {
        return Ok(None);
    }
    let failed = || format!("cannot read `{}`", file.display());
    let input = Input::open(file, shown)?;
    let bytes: Box<dyn Read> = match input.head() {
        [0x1F, 0x8B, 8, ..] => Box::new(flate2::read::MultiGzDecoder::new(input.stream())),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Box::new(zstd::stream::read::Decoder::new(input.stream()).context(Kind::Io, failed)?),
        _ => Box::new(input.stream()),
    };
    let (mut lines, mut line, mut n) = (BufReader::new(bytes), Vec::new(), 0);
    while lines.read_until(b'\n', &mut line).context(Kind::Io, failed)? > 0 {
        n += usize::from(!line.trim_ascii().is_empty());
        if n == number {
            let is_record = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&line).is_ok();
            return Ok(is_record.then_some(line));
        }
        line.clear();
    }
    Ok(None)
}

//! What the archive knows of each file: its stamp, the articles it gave, what was wrong with it.
//!
//! One JSON object a line, appended; the note of each commit of the engine says how many bytes of it belong to that commit,
//! and what lies behind was never committed and is cut off by the next writer. So files and index always agree, whenever the
//! machine stopped. A file that was still being read at a commit has left `part` rows; it is read again, and what
//! it gave before is known by its hash. When most lines are superseded, the log is written anew under another number.

use crate::error::{Context, Error, Kind, Result};
use crate::ingest::Problem;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// One file that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileRow {
    /// Where it is, as in `Article::path`.
    #[serde(rename = "file")]
    pub path: String,
    /// Bytes.
    #[serde(default)]
    pub size: u64,
    /// Last change, in nanoseconds since 1970.
    #[serde(default)]
    pub mtime: i64,
    /// The articles it gave: id and hash of the content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<(String, u64)>,
    /// What was wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// Whether it was opened and read to its end at this stamp.
    #[serde(default)]
    pub done: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Gone { gone: String },
    Part { part: String, articles: Vec<(String, u64)> },
    File(FileRow),
}

/// Where the log stands at a commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Number of the log file.
    pub log: u32,
    /// Bytes of it that count.
    pub length: u64,
    /// Checksum of these; 0 in archives of the first version.
    #[serde(default)]
    pub sum: u64,
}

impl Mark {
    /// The name of the log.
    pub fn file(&self) -> String {
        format!("manifest-{}.jsonl", self.log)
    }
}

/// The checksum of what was hashed, never 0.
fn finished(hasher: &blake3::Hasher) -> u64 {
    crate::disk::first_bits(&hasher.finalize()).max(1)
}

/// The rows, by path.
#[derive(Debug, Default)]
pub struct Manifest {
    /// Every file known.
    pub files: HashMap<String, FileRow>,
    lines: usize,
    hasher: blake3::Hasher,
}

/// Where the articles of each file lie that is noted part by part, while a log is read: a file may hold millions.
type Places = HashMap<String, FxHashMap<String, usize>>;

/// The manifest, open for appending.
pub struct ManifestLog {
    dir: PathBuf,
    file: File,
    mark: Mark,
    pending: Vec<u8>,
    lines: usize,
    hasher: blake3::Hasher,
}

fn name(dir: &Path, log: u32) -> PathBuf {
    dir.join(Mark { log, ..Mark::default() }.file())
}

impl Manifest {
    /// Reads the rows that belong to the commit at `mark`.
    ///
    /// # Errors
    ///
    /// When the log is missing, shorter than the commit says, or not ours.
    pub fn read(dir: &Path, mark: Mark) -> Result<Manifest> {
        let mut manifest = Manifest::default();
        if mark.length == 0 {
            return Ok(manifest);
        }
        let path = name(dir, mark.log);
        let failed = || format!("cannot read `{}`", path.display());
        let file = File::open(&path).context(Kind::Io, failed)?;
        if file.metadata().context(Kind::Io, failed)?.len() < mark.length {
            return Err(Error::new(Kind::Engine, format!("`{}` is shorter than the last commit says", path.display()))
                .with_hint("`morgue verify` says what is damaged, `morgue reindex` mends it"));
        }
        let mut lines = BufReader::new(file.take(mark.length));
        let mut places = Places::new();
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).context(Kind::Io, failed)? > 0 {
            manifest.hasher.update(&line);
            manifest.take(serde_json::from_slice(&line).context(Kind::Engine, failed)?, &mut places);
            line.clear();
        }
        if mark.sum != 0 && mark.sum != finished(&manifest.hasher) {
            return Err(Error::new(Kind::Engine, format!("`{}` is not as it was written", path.display()))
                .with_hint("`morgue verify` says what is damaged, `morgue reindex` mends it"));
        }
        Ok(manifest)
    }

    /// Adds an article that `file` gave, whatever else it may hold: it must be read again.
    pub fn adopt(&mut self, id: &str, file: &str, hash: u64) {
        let row = self.files.entry(file.to_owned()).or_insert_with(|| FileRow { path: file.to_owned(), ..FileRow::default() });
        row.articles.push((id.to_owned(), hash));
    }

    fn take(&mut self, line: Line, places: &mut Places) {
        self.lines += 1;
        match line {
            Line::Gone { gone } => {
                places.remove(&gone);
                self.files.remove(&gone);
            }
            Line::Part { part, articles } => {
                let row = self.files.entry(part.clone()).or_insert_with(|| FileRow { path: part.clone(), ..FileRow::default() });
                row.done = false;
                let known = || row.articles.iter().enumerate().map(|(at, article)| (article.0.clone(), at)).collect();
                let places = places.entry(part).or_insert_with(known);
                for article in articles {
                    match places.entry(article.0.clone()) {
                        Entry::Occupied(at) => row.articles[*at.get()].1 = article.1,
                        Entry::Vacant(place) => {
                            place.insert(row.articles.len());
                            row.articles.push(article);
                        }
                    }
                }
            }
            Line::File(row) => {
                places.remove(&row.path);
                self.files.insert(row.path.clone(), row);
            }
        }
    }
}

impl ManifestLog {
    /// Opens the log at `mark`, cutting off what no commit vouches for.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn open(dir: &Path, mark: Mark, manifest: &Manifest) -> Result<ManifestLog> {
        let failed = || format!("cannot write the manifest in `{}`", dir.display());
        let open = |log| OpenOptions::new().write(true).create(true).truncate(false).open(name(dir, log)).context(Kind::Io, failed);
        let mut file = open(mark.log)?;
        file.set_len(mark.length).and_then(|()| file.seek(SeekFrom::Start(mark.length))).context(Kind::Io, failed)?;
        let mut log =
            ManifestLog { dir: dir.to_owned(), file, mark, pending: Vec::new(), lines: manifest.lines, hasher: manifest.hasher.clone() };
        if manifest.lines > 1000 && manifest.lines > 3 * manifest.files.len() {
            log.rewrite(manifest)?;
        }
        Ok(log)
    }

    /// Writes `manifest` into a log of its own after that of `mark`, and makes it safe.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn anew(dir: &Path, mark: Mark, manifest: &Manifest) -> Result<Mark> {
        let file = File::open(dir).context(Kind::Io, || "cannot rewrite the manifest".to_owned())?;
        let mut log = ManifestLog { dir: dir.to_owned(), file, mark, pending: Vec::new(), lines: 0, hasher: blake3::Hasher::new() };
        log.rewrite(manifest)?;
        log.sync()
    }

    /// Begins a new log with one row a file. The old one stays until the next commit no longer names it.
    fn rewrite(&mut self, manifest: &Manifest) -> Result<()> {
        let failed = || "cannot rewrite the manifest".to_owned();
        self.mark = Mark { log: self.mark.log + 1, length: 0, sum: 0 };
        self.hasher = blake3::Hasher::new();
        self.file = File::create(name(&self.dir, self.mark.log)).context(Kind::Io, failed)?;
        self.lines = 0;
        let mut rows: Vec<&FileRow> = manifest.files.values().collect();
        rows.sort_by(|a, b| a.path.cmp(&b.path));
        for row in rows {
            self.file_row(row)?;
        }
        Ok(())
    }

    fn line(&mut self, line: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.pending, line).context(Kind::Io, || "cannot write the manifest".to_owned())?;
        self.pending.push(b'\n');
        self.lines += 1;
        Ok(())
    }

    /// Notes a file that was read to its end.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn file_row(&mut self, row: &FileRow) -> Result<()> {
        self.line(row)
    }

    /// Notes articles of a file that is still being read.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn part(&mut self, path: &str, articles: &[(String, u64)]) -> Result<()> {
        self.line(&Line::Part { part: path.to_owned(), articles: articles.to_vec() })
    }

    /// Notes a file that is no more.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn gone(&mut self, path: &str) -> Result<()> {
        self.line(&Line::Gone { gone: path.to_owned() })
    }

    /// Makes all noted so far safe; the mark belongs into the note of the commit that follows.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn sync(&mut self) -> Result<Mark> {
        let failed = || "cannot write the manifest".to_owned();
        self.file.write_all(&self.pending).context(Kind::Io, failed)?;
        self.mark.length += self.pending.len() as u64;
        self.hasher.update(&self.pending);
        self.mark.sum = finished(&self.hasher);
        self.pending.clear();
        self.file.sync_data().context(Kind::Io, failed)?;
        // A log that was made anew must be found after a power cut as well.
        File::open(&self.dir).and_then(|d| d.sync_all()).context(Kind::Io, failed)?;
        Ok(self.mark)
    }

    /// Removes logs that the commit just made no longer names.
    pub fn tidy(&self) {
        if let Some(before) = self.mark.log.checked_sub(1) {
            // A leftover does no harm; it is tried again at the next commit.
            let _ = std::fs::remove_file(name(&self.dir, before));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_file_add_up_until_it_is_done_or_gone() {
        let (mut manifest, mut places) = (Manifest::default(), Places::new());
        let part = |articles: &[(&str, u64)]| Line::Part {
            part: "a.jsonl".to_owned(),
            articles: articles.iter().map(|(id, hash)| ((*id).to_owned(), *hash)).collect(),
        };
        let has =
            |manifest: &Manifest| manifest.files["a.jsonl"].articles.iter().map(|(id, hash)| format!("{id}{hash}")).collect::<Vec<_>>();
        manifest.take(part(&[("x", 1), ("y", 1)]), &mut places);
        manifest.take(part(&[("z", 1), ("x", 2)]), &mut places);
        assert_eq!(has(&manifest), ["x2", "y1", "z1"]);
        // Read again: what was known of it is found again.
        manifest.take(
            Line::File(FileRow { path: "a.jsonl".to_owned(), articles: vec![("y".to_owned(), 3)], ..FileRow::default() }),
            &mut places,
        );
        manifest.take(part(&[("z", 4), ("y", 4)]), &mut places);
        assert_eq!(has(&manifest), ["y4", "z4"]);
        manifest.take(Line::Gone { gone: "a.jsonl".to_owned() }, &mut places);
        manifest.take(part(&[("z", 5)]), &mut places);
        assert_eq!(has(&manifest), ["z5"]);
    }
}

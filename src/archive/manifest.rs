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

/// Articles of a file that was still being read.
#[derive(Serialize, Deserialize)]
struct Part {
    part: String,
    articles: Vec<(String, u64)>,
}

/// A file that is no more.
#[derive(Serialize, Deserialize)]
struct Gone {
    gone: String,
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

/// The lines of parts of each file while a log is read, as they stand there: most files were read to their end later, and then nothing
/// is read of what was noted before.
type Parts = HashMap<String, Vec<Vec<u8>>>;

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
        let mut parts = Parts::new();
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).context(Kind::Io, failed)? > 0 {
            manifest.hasher.update(&line);
            manifest.take(&line, &mut parts).context(Kind::Engine, failed)?;
            line.clear();
        }
        if mark.sum != 0 && mark.sum != finished(&manifest.hasher) {
            return Err(Error::new(Kind::Engine, format!("`{}` is not as it was written", path.display()))
                .with_hint("`morgue verify` says what is damaged, `morgue reindex` mends it"));
        }
        for (path, lines) in parts {
            manifest.join(path, &lines).context(Kind::Engine, failed)?;
        }
        Ok(manifest)
    }

    /// Adds an article that `file` gave, whatever else it may hold: it must be read again.
    pub fn adopt(&mut self, id: &str, file: &str, hash: u64) {
        let row = self.files.entry(file.to_owned()).or_insert_with(|| FileRow { path: file.to_owned(), ..FileRow::default() });
        row.articles.push((id.to_owned(), hash));
    }

    /// Takes a line; those of parts are kept for [`Manifest::join`], unless something later is said of their file.
    fn take(&mut self, line: &[u8], parts: &mut Parts) -> serde_json::Result<()> {
        self.lines += 1;
        // What a line tells is what it begins with.
        if let Some(path) = line.strip_prefix(br#"{"part":"#) {
            let path = String::deserialize(&mut serde_json::Deserializer::from_slice(path))?;
            parts.entry(path).or_default().push(line.to_vec());
        } else if line.starts_with(br#"{"gone":"#) {
            let Gone { gone } = serde_json::from_slice(line)?;
            parts.remove(&gone);
            self.files.remove(&gone);
        } else {
            let row: FileRow = serde_json::from_slice(line)?;
            parts.remove(&row.path);
            self.files.insert(row.path.clone(), row);
        }
        Ok(())
    }

    /// Adds the parts of a file to what is known of it, which is not done then.
    fn join(&mut self, path: String, lines: &[Vec<u8>]) -> serde_json::Result<()> {
        let row = self.files.entry(path).or_insert_with_key(|path| FileRow { path: path.clone(), ..FileRow::default() });
        row.done = false;
        // A file may hold millions.
        let mut places: FxHashMap<String, usize> =
            row.articles.iter().enumerate().map(|(place, article)| (article.0.clone(), place)).collect();
        for line in lines {
            for article in serde_json::from_slice::<Part>(line)?.articles {
                match places.entry(article.0.clone()) {
                    Entry::Occupied(at) => row.articles[*at.get()].1 = article.1,
                    Entry::Vacant(place) => {
                        place.insert(row.articles.len());
                        row.articles.push(article);
                    }
                }
            }
        }
        Ok(())
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
        self.line(&Part { part: path.to_owned(), articles: articles.to_vec() })
    }

    /// Notes a file that is no more.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn gone(&mut self, path: &str) -> Result<()> {
        self.line(&Gone { gone: path.to_owned() })
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
        let dir = tempfile::tempdir().unwrap();
        let mut log = ManifestLog::open(dir.path(), Mark::default(), &Manifest::default()).unwrap();
        let articles = |all: &[(&str, u64)]| all.iter().map(|(id, hash)| ((*id).to_owned(), *hash)).collect::<Vec<_>>();
        let path = "a \"quoted\".jsonl";
        let mut note = |noted: &dyn Fn(&mut ManifestLog) -> Result<()>| {
            noted(&mut log).unwrap();
            let mark = log.sync().unwrap();
            let files = Manifest::read(dir.path(), mark).unwrap().files;
            files.get(path).map(|row| {
                let all = row.articles.iter().map(|(id, hash)| format!("{id}{hash} ")).collect::<String>();
                (all, row.done)
            })
        };
        let told = |all: &str, done| Some((all.to_owned(), done));
        assert_eq!(note(&|log| log.part(path, &articles(&[("x", 1), ("y", 1)]))), told("x1 y1 ", false));
        assert_eq!(note(&|log| log.part(path, &articles(&[("z", 1), ("x", 2)]))), told("x2 y1 z1 ", false));
        // Read to its end: only that counts.
        let row = FileRow { path: path.to_owned(), articles: articles(&[("y", 3)]), done: true, ..FileRow::default() };
        assert_eq!(note(&|log| log.file_row(&row)), told("y3 ", true));
        // Read again: what was known of it is found again.
        assert_eq!(note(&|log| log.part(path, &articles(&[("z", 4), ("y", 4)]))), told("y4 z4 ", false));
        assert_eq!(note(&|log| log.part("another.jsonl", &articles(&[("y", 9)]))), told("y4 z4 ", false));
        assert_eq!(note(&|log| log.gone(path)), None);
        assert_eq!(note(&|log| log.part(path, &articles(&[("z", 5)]))), told("z5 ", false));
    }

    #[test]
    fn a_line_that_is_none_is_told() {
        for line in ["{\"part\":7}", "{\"part\":\"a\",\"articles\":[[1]]}", "{\"gone\"", "{\"gone\":", "{\"file\":\"a\"", "nonsense"] {
            let dir = tempfile::tempdir().unwrap();
            std::fs::write(dir.path().join("manifest-0.jsonl"), line).unwrap();
            let mark = Mark { length: line.len() as u64, ..Mark::default() };
            assert_eq!(Manifest::read(dir.path(), mark).unwrap_err().kind(), Kind::Engine, "{line}");
        }
    }
}

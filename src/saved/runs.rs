//! What a saved query found whenever it ran: `runs.jsonl`, one line a run, appended.
//!
//! The set of a run is kept in one of three ways: in its line, as the difference to an earlier run, or in a compressed file
//! beside (`sets/N.zst`), so that a query that finds much and changes little costs little. A line that was cut off by a
//! crash is taken away by the next run.

use super::write_whole;
use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Sets up to this size stand in the line of their run.
const SMALL: usize = 200;
/// A set is told as a difference at most so many times in a row.
const LONGEST_CHAIN: usize = 20;

/// One thing a run found. Two of the same `id` are the same thing, whatever file it is in.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub struct FoundItem {
    /// The article's id; for a quote with `#` and a hash of its words behind, so that it stays when others come and go.
    pub id: String,
    /// Hash of all the file says of the article.
    pub text: u64,
    /// Hash of what was extracted: a quote's words and speaker; 0 for articles.
    pub said: u64,
    /// Which story it belongs to; copies of one story have the same number.
    pub cluster: u64,
    /// Date and headline, or date and words: what it was, should it be gone.
    pub label: String,
}

type Row = (String, u64, u64, u64, String);

impl From<Row> for FoundItem {
    fn from((id, text, said, cluster, label): Row) -> FoundItem {
        FoundItem { id, text, said, cluster, label }
    }
}

impl From<FoundItem> for Row {
    fn from(item: FoundItem) -> Row {
        (item.id, item.text, item.said, item.cluster, item.label)
    }
}

impl FoundItem {
    /// The id of the article.
    pub fn article(&self) -> &str {
        if self.said == 0 { &self.id } else { self.id.rsplit_once('#').map_or(&self.id, |(article, _)| article) }
    }
}

/// A run: what was asked, of what, and how much was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Its number, from 1.
    pub run: u64,
    /// When, in UTC.
    pub at: String,
    /// Of which archive; revisions of two archives cannot be compared.
    pub archive: String,
    /// Revision of the archive.
    pub revision: u64,
    /// `articles` or `quotes`.
    pub what: String,
    /// The query in canonical spelling, with the days that `last-7d` and the like meant then.
    pub query: String,
    /// Hash of the query read at a fixed moment, hexadecimal: the same as long as it says the same.
    pub hash: String,
    /// Version of the extractor that ran it.
    pub extractor: String,
    /// Version of `names.toml` by which the archive was annotated; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<String>,
    /// Versions of `corrections.toml` and `notes.toml` by which it was; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<String>,
    /// The newest day of publication in the archive; what comes later and is much older is a late arrival.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<String>,
    /// How many were found.
    pub total: u64,
    /// How many more than the run before has.
    #[serde(default)]
    pub came: u64,
    /// How many of the run before it lacks.
    #[serde(default)]
    pub went: u64,
    /// How many are in both with another text.
    #[serde(default)]
    pub changed: u64,
}

impl RunRecord {
    /// The day it ran; all of `at` where that is no moment, as in a log somebody edited.
    pub fn day(&self) -> &str {
        self.at.get(..10).unwrap_or(&self.at)
    }
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    run: RunRecord,
    set: Set,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Set {
    #[default]
    File,
    Here(Vec<FoundItem>),
    Since {
        run: u64,
        plus: Vec<FoundItem>,
        minus: Vec<String>,
    },
}

/// The runs of one saved query.
pub struct RunLog {
    directory: PathBuf,
    runs: Vec<RunRecord>,
    /// How the set of each run is kept.
    sets: Vec<Set>,
    /// Bytes of the file that hold whole lines.
    length: u64,
}

impl RunLog {
    /// Reads the runs kept in `directory`; none when there is none.
    ///
    /// # Errors
    ///
    /// When a line that was written whole is not a run, or says how it differs from a later one.
    pub fn read(directory: &Path) -> Result<RunLog> {
        let path = directory.join("runs.jsonl");
        let failed = || format!("cannot read `{}`", path.display());
        let text = disk::bytes(&path)?.unwrap_or_default();
        let length = text.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let lines = text[..length].split(|b| *b == b'\n').filter(|line| !line.is_empty());
        let lines: Result<Vec<Line>> = lines.map(|line| serde_json::from_slice(line).context(Kind::Config, failed)).collect();
        let lines = lines?;
        // What is told from itself would be looked for without end.
        if let Some(line) = lines.iter().find(|line| matches!(line.set, Set::Since { run, .. } if run >= line.run.run)) {
            return Err(Error::new(Kind::Config, format!("{}: run {} is told from a later one", failed(), line.run.run)));
        }
        let (runs, sets) = lines.into_iter().map(|line| (line.run, line.set)).unzip();
        Ok(RunLog { directory: directory.to_owned(), runs, sets, length: length as u64 })
    }

    /// All runs, oldest first.
    pub fn runs(&self) -> &[RunRecord] {
        &self.runs
    }

    /// The last run.
    pub fn last(&self) -> Option<&RunRecord> {
        self.runs.last()
    }

    /// The run with this number.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn get(&self, run: u64) -> Result<&RunRecord> {
        self.runs.iter().find(|r| r.run == run).ok_or_else(|| {
            let there = match (self.runs.first(), self.runs.last()) {
                (Some(first), Some(last)) => format!("there are runs {} to {}", first.run, last.run),
                _ => "it never ran: `morgue saved run NAME`".to_owned(),
            };
            Error::new(Kind::NotFound, format!("there is no run `{run}`")).with_hint(there)
        })
    }

    /// What a run found, in order of id.
    ///
    /// # Errors
    ///
    /// When its set cannot be read.
    pub fn items(&self, run: &RunRecord) -> Result<Vec<FoundItem>> {
        Ok(match self.set(run.run)? {
            Set::Here(items) => items.clone(),
            Set::File => {
                let path = self.set_file(run.run);
                let failed = || format!("cannot read `{}`", path.display());
                let packed = std::fs::read(&path).context(Kind::Io, failed)?;
                let text = zstd::decode_all(packed.as_slice()).context(Kind::Io, failed)?;
                serde_json::from_slice(&text).context(Kind::Config, failed)?
            }
            Set::Since { run, plus, minus } => {
                let before = self.items(self.get(*run)?)?;
                let mut items: BTreeMap<String, FoundItem> = before.into_iter().map(|i| (i.id.clone(), i)).collect();
                minus.iter().for_each(|id| drop(items.remove(id)));
                items.extend(plus.iter().map(|i| (i.id.clone(), i.clone())));
                items.into_values().collect()
            }
        })
    }

    fn set(&self, run: u64) -> Result<&Set> {
        let at = self.runs.iter().position(|r| r.run == run);
        at.and_then(|at| self.sets.get(at)).ok_or_else(|| Error::new(Kind::NotFound, format!("there is no run `{run}`")))
    }

    fn set_file(&self, run: u64) -> PathBuf {
        self.directory.join("sets").join(format!("{run}.zst"))
    }

    fn chain(&self, run: u64) -> usize {
        match self.set(run) {
            Ok(Set::Since { run, .. }) => 1 + self.chain(*run),
            _ => 0,
        }
    }

    /// Keeps a run with what it found; its number and its differences to the run before are filled in here.
    ///
    /// # Errors
    ///
    /// When the disk refuses; then no run is added.
    pub fn append(&mut self, mut run: RunRecord, mut items: Vec<FoundItem>) -> Result<&RunRecord> {
        items.sort_unstable();
        items.dedup_by(|a, b| a.id == b.id);
        let failed = || format!("cannot write runs to `{}`", self.directory.display());
        run.run = self.runs.last().map_or(1, |last| last.run + 1);
        let before = self.runs.last().map(|last| Ok::<_, Error>((last.run, self.chain(last.run), self.items(last)?))).transpose()?;
        let old = before.as_ref().map_or(&[][..], |b| b.2.as_slice());
        let (plus, minus) = differences(old, &items);
        let was: BTreeMap<&str, &FoundItem> = old.iter().map(|i| (i.id.as_str(), i)).collect();
        let known = plus.iter().filter_map(|i| Some((i, *was.get(i.id.as_str())?)));
        // An article that belongs to another story than it did is the same article.
        run.changed = known.clone().filter(|(now, was)| (now.text, now.said) != (was.text, was.said)).count() as u64;
        (run.came, run.went) = ((plus.len() - known.count()) as u64, minus.len() as u64);
        let set = match before {
            _ if items.len() <= SMALL => Set::Here(items),
            Some((number, chain, _)) if (plus.len() + minus.len()) * 4 < items.len() && chain < LONGEST_CHAIN => {
                Set::Since { run: number, plus, minus }
            }
            _ => {
                let text = serde_json::to_vec(&items).context(Kind::Io, failed)?;
                write_whole(&self.set_file(run.run), &zstd::encode_all(text.as_slice(), 3).context(Kind::Io, failed)?)?;
                Set::File
            }
        };
        let line = Line { run, set };
        let mut text = serde_json::to_vec(&line).context(Kind::Io, failed)?;
        text.push(b'\n');
        std::fs::create_dir_all(&self.directory).context(Kind::Io, failed)?;
        let path = self.directory.join("runs.jsonl");
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(path).context(Kind::Io, failed)?;
        let written = file
            .set_len(self.length)
            .and_then(|()| file.seek(SeekFrom::End(0)))
            .and_then(|_| file.write_all(&text))
            .and_then(|()| file.sync_all());
        written.context(Kind::Io, failed)?;
        self.length += text.len() as u64;
        self.runs.push(line.run);
        self.sets.push(line.set);
        Ok(&self.runs[self.runs.len() - 1])
    }
}

/// What came or is kept otherwise, and the ids of what went; both sides are in order of id.
fn differences(before: &[FoundItem], after: &[FoundItem]) -> (Vec<FoundItem>, Vec<String>) {
    let old: BTreeMap<&str, &FoundItem> = before.iter().map(|i| (i.id.as_str(), i)).collect();
    let new: std::collections::BTreeSet<&str> = after.iter().map(|i| i.id.as_str()).collect();
    let plus: Vec<FoundItem> = after.iter().filter(|i| old.get(i.id.as_str()) != Some(i)).cloned().collect();
    let minus = before.iter().filter(|i| !new.contains(i.id.as_str())).map(|i| i.id.clone()).collect();
    (plus, minus)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(range: std::ops::Range<u64>, text: u64) -> Vec<FoundItem> {
        range.map(|n| FoundItem { id: format!("a{n:05}"), text, cluster: n, label: format!("no {n}"), ..FoundItem::default() }).collect()
    }

    #[test]
    fn runs_give_back_what_they_found_however_it_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let mut sets = vec![items(0..3, 1), items(0..1000, 1), items(0..1003, 1), items(2..1003, 1), items(2..1003, 2), Vec::new()];
        for extra in 0..30 {
            sets.push(items(0..1200 + extra, 1));
        }
        for set in &sets {
            RunLog::read(dir.path()).unwrap().append(RunRecord { total: set.len() as u64, ..RunRecord::default() }, set.clone()).unwrap();
        }
        let log = RunLog::read(dir.path()).unwrap();
        for (run, set) in log.runs().iter().zip(&sets) {
            assert_eq!(&log.items(run).unwrap(), set, "run {}", run.run);
        }
        let told: Vec<_> = log.runs()[..6].iter().map(|r| (r.came, r.went, r.changed)).collect();
        assert_eq!(told, [(3, 0, 0), (997, 0, 0), (3, 0, 0), (0, 2, 0), (0, 0, 1001), (0, 1001, 0)]);
        assert!(log.get(37).is_err());
        let lines = std::fs::metadata(dir.path().join("runs.jsonl")).unwrap().len();
        assert!(lines < 60_000, "36 runs of a thousand take {lines} bytes");
    }

    #[test]
    fn another_story_is_no_change_of_an_article() {
        let dir = tempfile::tempdir().unwrap();
        let append = |items: Vec<FoundItem>| {
            let mut log = RunLog::read(dir.path()).unwrap();
            let run = log.append(RunRecord::default(), items).unwrap().clone();
            (run.came, run.went, run.changed)
        };
        append(items(0..2, 1));
        let other: Vec<_> = items(0..3, 1).into_iter().map(|i| FoundItem { cluster: 9, ..i }).collect();
        assert_eq!(append(other.clone()), (1, 0, 0));
        let edited = other.into_iter().map(|i| FoundItem { text: i.text + u64::from(i.id.ends_with('1')), ..i });
        assert_eq!(append(edited.collect()), (0, 0, 1));
    }

    #[test]
    fn a_line_cut_off_is_taken_away() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("runs.jsonl");
        RunLog::read(dir.path()).unwrap().append(RunRecord::default(), items(0..2, 1)).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for cut in [1, whole.len() / 2, whole.len() - 1] {
            let torn = [&whole[..], &whole[..cut]].concat();
            std::fs::write(&path, torn).unwrap();
            let mut log = RunLog::read(dir.path()).unwrap();
            assert_eq!(log.runs().len(), 1);
            log.append(RunRecord::default(), items(0..3, 1)).unwrap();
            let log = RunLog::read(dir.path()).unwrap();
            assert_eq!((log.runs().len(), log.items(log.get(2).unwrap()).unwrap().len()), (2, 3));
        }
    }
    #[test]
    fn a_log_somebody_edited_is_refused_or_told_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("runs.jsonl");
        (0..2).for_each(|n| {
            let mut log = RunLog::read(dir.path()).unwrap();
            log.append(RunRecord { at: "2024-05-15T12:00:00Z".to_owned(), ..RunRecord::default() }, items(0..1000 + n, 1)).unwrap();
        });
        let sound = std::fs::read_to_string(&path).unwrap();
        assert_eq!(RunLog::read(dir.path()).unwrap().runs()[0].day(), "2024-05-15");
        std::fs::write(&path, sound.replace("2024-05-15T12:00:00Z", "May")).unwrap();
        assert_eq!(RunLog::read(dir.path()).unwrap().runs()[0].day(), "May");
        std::fs::write(&path, sound.replace("{\"since\":{\"run\":1", "{\"since\":{\"run\":2")).unwrap();
        let told = RunLog::read(dir.path()).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(told.contains("run 2 is told from a later one"), "{told}");
    }
}

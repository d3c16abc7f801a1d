//! Which files are no longer there, and which may only be out of sight.
//!
//! A folder that is there and holds nothing, where files were before, looks the same whether they were deleted or the disk
//! that is mounted on it is away. What came from it is kept, and said; a folder that is gone itself was taken away by somebody.

use super::Home;
use super::amount::count;
use super::manifest::Manifest;
use super::report::IngestReport;
use crate::ingest::{self, Found, Problem, ProblemKind};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Files known from earlier that are not found where they were.
#[derive(Debug, Default)]
pub(super) struct Gone {
    /// No longer there: what they gave is dropped, unless it turns up elsewhere.
    pub vanished: Vec<String>,
    /// Of folders that are empty now: what they gave is kept, unless it turns up elsewhere.
    pub kept: Vec<String>,
}

impl Gone {
    /// Those under `paths` that are not among `found`, nor below what could not be looked into; with `prune` nothing is kept. What is
    /// kept is counted and said in `report`.
    pub fn of(home: &Home, paths: &[PathBuf], manifest: &Manifest, found: &[Found], prune: bool, report: &mut IngestReport) -> Gone {
        let roots: HashSet<String> = paths.iter().map(|path| home.shown(path)).collect();
        let gone = vanished(&roots, manifest, found, &unseen(home, &report.problems));
        if prune || gone.is_empty() {
            return Gone { vanished: gone, kept: Vec::new() };
        }
        let mut empty = Empty { home, roots: &roots, seen: HashMap::new() };
        let mut folders: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        let (mut vanished, mut kept) = (Vec::new(), Vec::new());
        for path in gone {
            match empty.above(&path) {
                None => vanished.push(path),
                Some(folder) => {
                    let counts = folders.entry(folder).or_default();
                    counts.0 += 1;
                    counts.1 += manifest.files.get(&path).map_or(0, |row| row.articles.len() as u64);
                    kept.push(path);
                }
            }
        }
        for (folder, (files, articles)) in folders {
            let (files, articles) = (count(files, "file", "files"), count(articles, "article", "articles"));
            let message = format!(
                "the folder is empty, and had {files} with {articles}: these are kept, since a disk may be away; \
                 if they are gone for good, `morgue index --prune` drops them"
            );
            report.problems.push(Problem::doubt(if folder.is_empty() { ".".to_owned() } else { folder }, message));
        }
        report.files_kept = kept.len() as u64;
        Gone { vanished, kept }
    }
}

/// Tells empty folders.
struct Empty<'a> {
    home: &'a Home,
    roots: &'a HashSet<String>,
    /// By folder, as records call it.
    seen: HashMap<String, bool>,
}

impl Empty<'_> {
    /// The folder above `path`, up to the root it was asked for by, that is there and holds nothing.
    fn above(&mut self, path: &str) -> Option<String> {
        let mut folder = path;
        while let Some(cut) = folder.rfind('/').or_else(|| (!folder.is_empty()).then_some(0)) {
            folder = &folder[..cut];
            let home = self.home;
            if *self.seen.entry(folder.to_owned()).or_insert_with(|| is_empty(&home.file(folder))) {
                return Some(folder.to_owned());
            }
            if self.roots.contains(folder) {
                break;
            }
        }
        None
    }
}

/// Whether a folder is there and holds nothing that would be read.
fn is_empty(folder: &Path) -> bool {
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.all(|entry| entry.is_ok_and(|e| is_hidden(&e.file_name()))))
}

/// What could not be looked into, as records call it: nobody knows whether what lay there still does.
fn unseen(home: &Home, problems: &[Problem]) -> HashSet<String> {
    let failed = problems.iter().filter(|p| p.kind == ProblemKind::Failed);
    let path = |p: &Problem| [PathBuf::from(&p.path), ingest::unwritten(&p.path)].into_iter().find(|path| path.exists());
    failed.map(|p| home.shown(&path(p).unwrap_or_else(|| PathBuf::from(&p.path)))).collect()
}

/// Files known from earlier that lie under `roots` and were not found there, nor may be below what is `unseen`.
fn vanished(roots: &HashSet<String>, manifest: &Manifest, found: &[Found], unseen: &HashSet<String>) -> Vec<String> {
    let there: HashSet<&str> = found.iter().map(|f| f.shown.as_str()).collect();
    // With the archive's own directory as a root, every relative path lies under it.
    let mut gone: Vec<String> = manifest.files.keys().filter(|p| !there.contains(p.as_str()) && is_under(roots, p)).cloned().collect();
    let is_elsewhere = roots.iter().any(|root| root.starts_with('/'));
    gone.retain(|p| !is_under(unseen, p) && (is_elsewhere || !p.starts_with('/')));
    gone.sort();
    gone
}

/// Whether `path` is one of `roots` or lies under one; there may be as many as files.
fn is_under(roots: &HashSet<String>, path: &str) -> bool {
    let above = std::iter::successors(Some(path), |path| path.rfind('/').map(|at| &path[..at]));
    roots.contains("") || above.into_iter().any(|path| roots.contains(path))
}

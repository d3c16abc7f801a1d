//! Which files there are to be read.
//!
//! Left out are hidden files and folders (`.git`, `.morgue`), links, what is no regular file, and the side folders browsers
//! make for the pictures of a saved page (`x_files/` beside `x.html`).

use super::Problem;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// How it is called in articles and problems: the path as given, with `/`, unreadable bytes replaced.
    pub shown: String,
    /// Bytes.
    pub size: u64,
    /// Last change, in nanoseconds since 1970; 0 when not known.
    pub modified_ns: i64,
}

/// The files under `roots`, each root in turn, sorted by name; a root may be a file. What cannot be looked into is a
/// [`Problem`].
pub fn walk(roots: &[PathBuf]) -> impl Iterator<Item = Result<Found, Problem>> + '_ {
    roots.iter().flat_map(|root| {
        let entries = WalkDir::new(root).follow_links(false).follow_root_links(true).sort_by_file_name().into_iter();
        entries.filter_entry(|e| e.depth() == 0 || !is_left_out(e)).filter_map(|entry| match entry {
            Ok(entry) => found(&entry),
            Err(e) => {
                let path = e.path().map(shown).unwrap_or_default();
                let reason = e.io_error().map_or_else(|| e.to_string(), ToString::to_string);
                Some(Err(Problem::failed(path, format!("cannot look into it: {reason}"))))
            }
        })
    })
}

/// `path` as it is called in articles and problems.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") };
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

/// Whether some step of a path in a container is hidden: begins with a dot, or is what macOS adds.
pub(super) fn is_hidden(name: &str) -> bool {
    name.split('/').any(|step| (step.starts_with('.') && step != "." && step != "..") || step == "__MACOSX")
}

fn found(entry: &DirEntry) -> Option<Result<Found, Problem>> {
    let path = entry.path();
    // A root may be a link, which is followed; links below are not.
    let metadata = if entry.depth() == 0 { std::fs::metadata(path).ok() } else { entry.metadata().ok() };
    let Some(metadata) = metadata else {
        return Some(Err(Problem::failed(shown(path), "cannot look at it")));
    };
    if metadata.file_type().is_symlink() {
        return Some(Err(Problem::skipped(shown(path), "it is a link; links are not followed")));
    }
    if metadata.is_dir() {
        return None;
    }
    if !metadata.is_file() {
        return Some(Err(Problem::skipped(shown(path), "it is no regular file")));
    }
    let modified = metadata.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    Some(Ok(Found {
        path: path.to_owned(),
        shown: shown(path),
        size: metadata.len(),
        modified_ns: modified.and_then(|d| i64::try_from(d.as_nanos()).ok()).unwrap_or(0),
    }))
}

fn is_left_out(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') || (entry.file_type().is_dir() && is_side_folder(entry.path(), &name))
}

/// Whether a folder holds the pictures of a page saved beside it.
fn is_side_folder(path: &Path, name: &str) -> bool {
    const SUFFIXES: &[&str] = &["_files", "-Dateien", "_fichiers", "_archivos", "_file", "-filer", "_bestanden", "_pliki"];
    let stem = SUFFIXES.iter().find_map(|s| name.strip_suffix(s));
    stem.is_some_and(|stem| ["html", "htm", "xhtml", "mhtml"].iter().any(|e| path.with_file_name(format!("{stem}.{e}")).is_file()))
}

//! Which files there are to be read.
//!
//! Left out are hidden files and folders (`.git`, `.morgue`; not the folders of a Maildir), links, what is no regular file, the side folders
//! browsers make for the pictures of a saved page (`x_files/` beside `x.html`), and what a file called [`IGNORE`](super::IGNORE) in the folder or above it
//! says, in the language of `.gitignore`. A link given as a root is followed; others are counted as skipped, and those that lead to folders elsewhere are named.

use super::Problem;
use super::ignored::Ignored;
use crate::error::{Context, Kind};
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
        // What the folders above say counts as well.
        let above = std::path::absolute(root).map(|r| r.ancestors().skip(1).map(Path::to_owned).collect()).unwrap_or_else(|_| Vec::new());
        let mut rules = Rules { root: root.clone(), folders: above.into_iter().rev().filter_map(Folder::of).collect() };
        let entries = WalkDir::new(root).follow_links(false).follow_root_links(true).sort_by_file_name().into_iter();
        entries.filter_entry(move |e| !rules.leave_out(e)).filter_map(|entry| match entry {
            Ok(entry) => found(&entry),
            Err(e) => {
                let path = e.path().map(shown).unwrap_or_default();
                let reason = e.io_error().map_or_else(|| e.to_string(), ToString::to_string);
                Some(Err(Problem::failed(path, format!("cannot look into it: {reason}"))))
            }
        })
    })
}

/// Makes sure that each of `roots` is there: a slip of the pen is told before anything is done.
///
/// # Errors
///
/// When one is not, or may not be looked at.
pub fn must_be(roots: &[PathBuf]) -> crate::error::Result<()> {
    let there = |root: &PathBuf| std::fs::symlink_metadata(root).context(Kind::NotFound, || format!("cannot read `{}`", root.display()));
    let hint = "name files or directories that are there; relative ones are looked for from the working directory";
    roots.iter().try_for_each(|root| there(root).map(drop).map_err(|e| e.with_hint(hint)))
}

/// What the ignore files on the way to an entry say.
struct Rules {
    root: PathBuf,
    /// From the outermost folder to the innermost.
    folders: Vec<Folder>,
}

/// A folder with an ignore file.
struct Folder {
    path: PathBuf,
    ignored: Ignored,
}

impl Folder {
    fn of(path: PathBuf) -> Option<Folder> {
        Ignored::in_folder(&path).map(|ignored| Folder { path, ignored })
    }
}

impl Rules {
    fn leave_out(&mut self, entry: &DirEntry) -> bool {
        let is_folder = entry.file_type().is_dir();
        let path = std::path::absolute(entry.path()).unwrap_or_else(|_| entry.path().to_owned());
        if entry.depth() > 0 {
            if is_left_out(entry) {
                return true;
            }
            // Folders that were walked before are behind us.
            self.folders.retain(|folder| path.starts_with(&folder.path));
            let said = self.folders.iter().rev().find_map(|folder| {
                let seen = path.strip_prefix(&folder.path).ok()?.to_string_lossy().replace('\\', "/");
                folder.ignored.speaks(&seen, is_folder)
            });
            if said == Some(true) {
                return true;
            }
        }
        if is_folder || entry.depth() == 0 && self.root.is_dir() {
            self.folders.extend(Folder::of(path));
        }
        false
    }
}

/// `path` as it is called in articles and problems: bytes that are no text are written `%FF`, so that no two files are called the same.
pub fn shown(path: &Path) -> String {
    let text = written(path);
    let text = if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace(std::path::MAIN_SEPARATOR, "/") };
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

#[cfg(unix)]
fn written(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let chunks = path.as_os_str().as_bytes().utf8_chunks();
    chunks.fold(String::new(), |mut name, chunk| {
        name.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| name.push_str(&format!("%{byte:02X}")));
        name
    })
}

#[cfg(not(unix))]
fn written(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The path that [`shown`] called `name`, where it has bytes that are no text.
#[cfg(unix)]
pub fn unwritten(name: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let hex = behind.get(..2).filter(|_| *first == b'%').and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
        match hex.filter(|byte| *byte >= 0x80) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

/// The path that [`shown`] called `name`.
#[cfg(not(unix))]
pub fn unwritten(name: &str) -> PathBuf {
    PathBuf::from(name)
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
        return Some(Err(match leads_elsewhere(entry) {
            true => Problem::unread(shown(path), "it is a link to a folder elsewhere; name that folder to have it read"),
            false => Problem::skipped(shown(path), "it is a link; links are not followed"),
        }));
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

/// Whether a link leads to a folder that does not lie under the root at hand: what is in it is read nowhere.
fn leads_elsewhere(link: &DirEntry) -> bool {
    let root = link.path().ancestors().nth(link.depth()).and_then(|root| root.canonicalize().ok());
    let target = link.path().canonicalize().ok().filter(|target| target.is_dir());
    target.zip(root).is_some_and(|(target, root)| !target.starts_with(root))
}

fn is_left_out(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_folder = entry.file_type().is_dir();
    let hidden = name.starts_with('.') && !(is_folder && is_maildir(entry.path()));
    hidden || is_folder && (is_side_folder(entry.path(), &name) || is_drafts_of_maildir(entry.path(), &name))
}

/// Whether a folder is one of a Maildir, whose names begin with a dot.
fn is_maildir(path: &Path) -> bool {
    path.join("cur").is_dir() && path.join("new").is_dir()
}

/// Messages that are still being delivered lie in `tmp`.
fn is_drafts_of_maildir(path: &Path, name: &str) -> bool {
    name == "tmp" && path.parent().is_some_and(is_maildir)
}

/// Whether a folder holds the pictures of a page saved beside it.
fn is_side_folder(path: &Path, name: &str) -> bool {
    const SUFFIXES: &[&str] = &["_files", "-Dateien", "_fichiers", "_archivos", "_file", "-filer", "_bestanden", "_pliki"];
    let stem = SUFFIXES.iter().find_map(|s| name.strip_suffix(s));
    stem.is_some_and(|stem| ["html", "htm", "xhtml", "mhtml"].iter().any(|e| path.with_file_name(format!("{stem}.{e}")).is_file()))
}

//! One file to be read, be it on disk or inside another.

use super::formats::may_describe;
use super::{FieldMap, Limits};
use crate::article::{Article, DateOrigin};
use crate::error::{Context, Error, Kind, Result};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// A file to be read: its name, and its bytes as a stream whose beginning can be looked at first.
pub struct Input<'a> {
    /// Where it is; becomes `Article::path`. Members of containers are `outer.zip!/inner.html`.
    pub path: String,
    /// Last change of the file, if known: seconds since 1970.
    pub modified: Option<i64>,
    /// How many containers this lies in.
    pub depth: u8,
    /// The address it was fetched from, if what it lies in says so.
    pub url: Option<String>,
    /// The charset it was sent with, if what it lies in says so.
    pub charset: Option<String>,
    /// The issue it is a part of, if what it lies in says so.
    pub(super) issue: Option<Rc<Issue>>,
    /// Where records of unusual shape keep their fields, if the user said so.
    pub map: Option<&'a FieldMap>,
    /// What is read of it at most.
    pub limits: Limits,
    /// Whether it was sent along with a message: read only if it is a document beyond doubt.
    pub(super) is_attached: bool,
    /// The files that lie beside it, where they can be reached.
    pub(super) beside: Option<Rc<dyn Beside + 'a>>,
    bytes: Box<dyn BufRead + 'a>,
    head: Vec<u8>,
    /// The file itself, when this is a plain file on disk.
    file: Option<File>,
}

/// What a paper that comes as one file says of all its articles.
#[derive(Debug, Default)]
pub(super) struct Issue {
    pub published: Option<String>,
    pub source: Option<String>,
    pub language: Option<String>,
}

impl Issue {
    /// Fills in what `article` does not say itself.
    pub fn fill(&self, article: &mut Article) {
        if article.published.is_none() && self.published.is_some() {
            article.published.clone_from(&self.published);
            article.published_from = Some(DateOrigin::Field);
        }
        for (own, of_issue) in [(&mut article.source, &self.source), (&mut article.language, &self.language)] {
            if own.is_none() {
                own.clone_from(of_issue);
            }
        }
    }
}

/// The files beside one: some formats spread what belongs together over several.
pub(super) trait Beside {
    /// The names of the files in the same folder, and in the one above (`../x`), as far as they may describe others.
    fn names(&self) -> Vec<String>;

    /// The bytes of the file called `name`, seen from the same folder; `None` when there is none, or it is too large for a page.
    fn open(&self, name: &str) -> Option<Vec<u8>>;
}

/// A folder on disk.
struct Folder(PathBuf);

impl Beside for Folder {
    fn names(&self) -> Vec<String> {
        let folder = if self.0.as_os_str().is_empty() { Path::new(".") } else { &self.0 };
        let above = listed(&folder.join(".."));
        listed(folder).iter().cloned().chain(above.iter().map(|name| format!("../{name}"))).collect()
    }

    fn open(&self, name: &str) -> Option<Vec<u8>> {
        // Nothing farther away than the folder above is looked at, whatever a file says.
        if Path::new(name.strip_prefix("../").unwrap_or(name)).components().any(|c| !matches!(c, std::path::Component::Normal(_))) {
            return None;
        }
        let path = self.0.join(name);
        let regular = std::fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() <= Limits::default().document());
        regular.then(|| std::fs::read(path).ok()).flatten()
    }
}

/// The files of a folder that may describe others. A folder of many pages is listed once by each reader, not for each page, and
/// again when something was put into it or taken out.
fn listed(folder: &Path) -> Rc<[String]> {
    /// So many folders are kept in mind.
    const KEPT: usize = 16;
    type Listing = (SystemTime, Rc<[String]>);
    thread_local!(static LISTED: RefCell<HashMap<PathBuf, Listing>> = RefCell::default());
    let changed = std::fs::metadata(folder).and_then(|about| about.modified()).ok();
    LISTED.with_borrow_mut(|listings| {
        if let Some((_, names)) = listings.get(folder).filter(|(at, _)| Some(*at) == changed) {
            return Rc::clone(names);
        }
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let names: Rc<[String]> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| may_describe(name)).collect();
        if listings.len() >= KEPT {
            listings.clear();
        }
        // What changed a moment ago may change again without its time telling.
        let is_settled = |at: &SystemTime| at.elapsed().is_ok_and(|age| age > Duration::from_secs(2));
        if let Some(at) = changed.filter(is_settled) {
            listings.insert(folder.to_owned(), (at, Rc::clone(&names)));
        }
        names
    })
}

/// The files of a container, seen from the folder of one of them.
pub(super) struct Inside<'c> {
    names: Rc<[String]>,
    /// With a slash at its end, unless it is the whole container.
    folder: String,
    #[allow(clippy::type_complexity, reason = "a reader by name")]
    open: Box<dyn Fn(&str) -> Option<Vec<u8>> + 'c>,
}

impl<'c> Inside<'c> {
    /// Seen from where `member` lies, in a container whose files `open` reads; those of these `names` may describe others.
    pub fn of(member: &str, names: Rc<[String]>, open: impl Fn(&str) -> Option<Vec<u8>> + 'c) -> Inside<'c> {
        let folder = member.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        Inside { names, folder, open: Box::new(open) }
    }

    fn above(&self) -> String {
        self.folder.trim_end_matches('/').rsplit_once('/').map_or(String::new(), |(above, _)| format!("{above}/"))
    }
}

impl Beside for Inside<'_> {
    fn names(&self) -> Vec<String> {
        let above = self.above();
        let here = |name: &str| Some(name.strip_prefix(self.folder.as_str())?.to_owned()).filter(|n| !n.contains('/'));
        let over = |name: &str| Some(name.strip_prefix(above.as_str())?.to_owned()).filter(|n| !n.contains('/')).map(|n| format!("../{n}"));
        self.names.iter().filter_map(|n| here(n).or_else(|| over(n))).collect()
    }

    fn open(&self, name: &str) -> Option<Vec<u8>> {
        (self.open)(&name.strip_prefix("../").map_or_else(|| format!("{}{name}", self.folder), |n| format!("{}{n}", self.above())))
    }
}

/// Bytes in which one can go back and forth.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

impl<'a> Input<'a> {
    /// How many bytes can be looked at before reading.
    pub const HEAD: usize = 64 * 1024;
    /// The most bytes that are kept in memory of a file in which one must go back and forth.
    const KEPT: u64 = 64 * 1024 * 1024;

    /// An input that reads from `bytes`.
    ///
    /// # Errors
    ///
    /// When the first bytes cannot be read.
    pub fn new(path: impl Into<String>, modified: Option<i64>, depth: u8, bytes: impl Read + 'a) -> Result<Input<'a>> {
        let path = path.into();
        let mut bytes = BufReader::with_capacity(Self::HEAD, bytes);
        let mut head = Vec::new();
        let outcome = (&mut bytes).take(Self::HEAD as u64).read_to_end(&mut head);
        let bytes: Box<dyn BufRead + 'a> = match outcome {
            Ok(_) => Box::new(bytes),
            // What could be read of a damaged file is still read; the failure comes after it.
            Err(e) if !head.is_empty() => Box::new(BufReader::with_capacity(1, Broken(Some(e)))),
            Err(e) => return Err(e).context(Kind::Input, || format!("cannot read `{path}`")),
        };
        Ok(Input {
            path,
            modified,
            depth,
            url: None,
            charset: None,
            issue: None,
            map: None,
            limits: Limits::default(),
            is_attached: false,
            beside: None,
            bytes,
            head,
            file: None,
        })
    }

    /// An input for a file on disk.
    ///
    /// # Errors
    ///
    /// When it cannot be opened or read.
    pub fn open(file: &std::path::Path, shown: &str) -> Result<Input<'static>> {
        Input::open_counted(file, shown, &Counter::default())
    }

    /// [`Input::open`], with `counter` growing as the file is read.
    ///
    /// # Errors
    ///
    /// As [`Input::open`].
    pub(super) fn open_counted(file: &std::path::Path, shown: &str, counter: &Counter) -> Result<Input<'static>> {
        let fail = || format!("cannot read `{shown}`");
        let opened = File::open(file).context(Kind::Input, fail)?;
        let modified = opened.metadata().ok().and_then(|m| m.modified().ok()).and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
        let again = opened.try_clone().context(Kind::Input, fail)?;
        let counted = Counted { inner: opened, counter: counter.clone() };
        let input = Input::new(shown, modified.map(|d| d.as_secs() as i64), 0, counted)?;
        let beside: Option<Rc<dyn Beside>> = file.parent().map(|folder| Rc::new(Folder(folder.to_owned())) as Rc<dyn Beside>);
        Ok(Input { file: Some(again), beside, ..input })
    }

    /// An input that lies in this one: `!/` and `member` are added to the path.
    ///
    /// # Errors
    ///
    /// When the first bytes cannot be read.
    pub fn member<'b>(path: &str, member: &str, modified: Option<i64>, depth: u8, bytes: impl Read + 'b) -> Result<Input<'b>> {
        Input::new(format!("{path}!/{member}"), modified, depth + 1, bytes)
    }

    /// The same input with its bytes read through `wrap`; the head is seen already and not wrapped.
    pub(super) fn through<R: Read + 'a>(self, wrap: impl FnOnce(Box<dyn BufRead + 'a>) -> R) -> Input<'a> {
        Input { bytes: Box::new(BufReader::with_capacity(Self::HEAD, wrap(self.bytes))), file: None, ..self }
    }

    /// The same input with all its bytes as `write` writes them anew, the head too.
    ///
    /// # Errors
    ///
    /// When the first bytes cannot be read.
    pub(super) fn rewritten<R: Read + 'a>(mut self, write: impl FnOnce(Box<dyn BufRead + 'a>) -> R) -> Result<Input<'a>> {
        let rest = std::mem::replace(&mut self.bytes, Box::new(std::io::empty()));
        let head = Cursor::new(std::mem::take(&mut self.head));
        let fresh = Input::new(self.path.as_str(), self.modified, self.depth, write(Box::new(head.chain(rest))))?;
        Ok(Input { bytes: fresh.bytes, head: fresh.head, file: None, ..self })
    }

    /// The first bytes, up to [`Input::HEAD`]; they are still to be read.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// The bytes as a stream.
    pub fn stream(self) -> Box<dyn BufRead + 'a> {
        Box::new(BufReader::with_capacity(Self::HEAD, std::io::Cursor::new(self.head).chain(self.bytes)))
    }

    /// All bytes.
    ///
    /// # Errors
    ///
    /// When they cannot be read, or are more than one document may be ([`Limits::document_mb`]).
    pub fn whole(self) -> Result<Vec<u8>> {
        let path = self.path.clone();
        let mut all = self.head;
        let most = self.limits.document();
        if let Some(length) = self.file.as_ref().and_then(|file| file.metadata().ok()).map(|file| file.len()) {
            all.reserve((length.min(most) as usize).saturating_sub(all.len()) + 1);
        }
        let mut rest = self.bytes.take(most.saturating_add(1));
        rest.read_to_end(&mut all).context(Kind::Input, || format!("cannot read `{path}`"))?;
        if all.len() as u64 > most {
            return Err(Error::new(Kind::Limit, self.limits.too_large(&format!("`{path}`"))));
        }
        Ok(all)
    }

    /// The file itself, where this is a file on disk. It stands where reading stands.
    pub(super) fn on_disk(&self) -> Option<&File> {
        self.file.as_ref()
    }

    /// The bytes as something in which one can go back and forth: the file itself, or memory, or a nameless file in the
    /// folder for temporary files when they are many.
    ///
    /// # Errors
    ///
    /// When they cannot be read or put away.
    pub fn seekable(self) -> Result<Box<dyn ReadSeek + 'a>> {
        let path = self.path.clone();
        let fail = || format!("cannot read `{path}`");
        if let Some(mut file) = self.file {
            file.rewind().context(Kind::Input, fail)?;
            return Ok(Box::new(BufReader::new(file)));
        }
        let mut all = self.head;
        let mut bytes = self.bytes;
        (&mut bytes).take(Self::KEPT).read_to_end(&mut all).context(Kind::Input, fail)?;
        if (all.len() as u64) < Self::KEPT {
            return Ok(Box::new(Cursor::new(all)));
        }
        let mut spool = tempfile::tempfile().context(Kind::Io, || "cannot make a temporary file".to_owned())?;
        std::io::copy(&mut Cursor::new(all).chain(bytes), &mut spool).context(Kind::Input, fail)?;
        spool.rewind().context(Kind::Io, fail)?;
        Ok(Box::new(BufReader::new(spool)))
    }
}

/// Bytes read of one file, added up in one number over all files as well.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter {
    of_all: Arc<AtomicU64>,
    of_file: Arc<AtomicU64>,
}

impl Counter {
    pub(super) fn new(of_all: &Option<Arc<AtomicU64>>) -> Counter {
        Counter { of_all: of_all.clone().unwrap_or_default(), of_file: Arc::default() }
    }

    fn add(&self, n: u64) {
        self.of_all.fetch_add(n, Ordering::Relaxed);
        self.of_file.fetch_add(n, Ordering::Relaxed);
    }

    /// Counts what was not read of a file of `size` bytes that is done with.
    pub(super) fn finish(&self, size: u64) {
        self.add(size.saturating_sub(self.of_file.load(Ordering::Relaxed)));
    }
}

/// Counts while it reads.
struct Counted {
    inner: File,
    counter: Counter,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.counter.add(n as u64);
        Ok(n)
    }
}

/// A reader that only fails.
struct Broken(Option<std::io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| std::io::Error::other("the file is damaged")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_pages_is_listed_once_until_it_changes() {
        let dir = tempfile::tempdir().unwrap();
        let pages = dir.path().join("pages");
        std::fs::create_dir(&pages).unwrap();
        for name in ["issue-mets.xml", "pages/0001.xml", "pages/mets.xml"] {
            std::fs::write(dir.path().join(name), "<mets/>").unwrap();
        }
        let beside = Folder(pages.clone());
        assert_eq!(beside.names(), ["mets.xml", "../issue-mets.xml"]);
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        File::open(&pages).unwrap().set_modified(long_ago).unwrap();
        let first = listed(&pages);
        assert!(Rc::ptr_eq(&first, &listed(&pages)), "it is listed once");
        std::fs::write(pages.join("later-mets.xml"), "<mets/>").unwrap();
        let names = listed(&pages);
        assert!(names.iter().any(|name| name == "later-mets.xml"), "{names:?}");
        assert!(!Rc::ptr_eq(&names, &listed(&pages)), "what changed a moment ago is looked at again");
        assert_eq!(beside.open("../issue-mets.xml").as_deref(), Some(&b"<mets/>"[..]));
        assert_eq!(beside.open("../../x"), None);
    }
}

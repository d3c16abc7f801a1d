//! The front door of the room: one file in, its articles and problems out.

use super::date::Order;
use super::input::Counter;
use super::input::Issue;
use super::written::{Loss, Written};
use super::{FORMATS, FieldMap, Format, Input, Limits, Problem, Sink, Sureness, finish, limits::Meter};
use crate::article::Article;
use crate::error::{Error, Kind, Result, caught, uncaught};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format to read everything as that is no container; `None` lets the formats tell.
    pub format: Option<String>,
    /// Where records of unusual shape keep their fields.
    pub map: Option<FieldMap>,
    /// What is read of one file at most.
    pub limits: Limits,
    /// Grows by the bytes of each file while it is read, for a progress bar.
    pub bytes_read: Option<Arc<AtomicU64>>,
}

/// What takes the articles and problems of a file.
pub trait Receiver {
    /// Takes a finished article.
    ///
    /// # Errors
    ///
    /// An error means: no more. Reading stops and hands it on.
    fn article(&mut self, article: Article) -> Result<()>;

    /// Takes note of something that could not be read, or was read with doubt.
    fn problem(&mut self, problem: Problem);

    /// Takes note that the file itself could not be opened, which says nothing of what is in it.
    fn unopened(&mut self, problem: Problem) {
        self.problem(problem);
    }
}

/// Reads the articles of `file` into `receiver`, whatever its format and however packed; `shown` is how the file is called
/// in articles and problems. Nothing is ever unpacked to disk.
///
/// What is wrong with the file or a record of it is a [`Problem`]; a crash of a parser too.
///
/// # Errors
///
/// When `receiver` wants no more, or when `options` name a format that does not exist.
pub fn read(file: &Path, shown: &str, options: &Options, receiver: &mut dyn Receiver) -> Result<()> {
    let forced = forced_format(options)?;
    let counter = Counter::new(&options.bytes_read);
    match Input::open_counted(file, shown, &counter) {
        Ok(input) => {
            let size = std::fs::metadata(file).map_or(0, |m| m.len());
            let outcome = read_with(input, size, forced, options, receiver);
            counter.finish(size);
            outcome
        }
        Err(e) => {
            receiver.unopened(Problem::failed(shown, e.to_string()));
            Ok(())
        }
    }
}

/// [`read`] for bytes at hand (standard input, an upload) of which `size` is the length, 0 if not known.
///
/// # Errors
///
/// As [`read`].
pub fn read_input(input: Input<'_>, size: u64, options: &Options, receiver: &mut dyn Receiver) -> Result<()> {
    read_with(input, size, forced_format(options)?, options, receiver)
}

fn forced_format(options: &Options) -> Result<Option<&'static dyn Format>> {
    let Some(name) = options.format.as_deref() else { return Ok(None) };
    let found = FORMATS.iter().find(|f| f.name() == name).copied();
    found.map(Some).ok_or_else(|| {
        let names: Vec<&str> = FORMATS.iter().map(|f| f.name()).collect();
        Error::new(Kind::Usage, format!("there is no format `{name}`")).with_hint(format!("formats are {}", names.join(", ")))
    })
}

fn read_with(
    input: Input<'_>,
    size: u64,
    forced: Option<&'static dyn Format>,
    options: &Options,
    receiver: &mut dyn Receiver,
) -> Result<()> {
    let mut reading = Reading {
        forced,
        options,
        receiver,
        meter: Meter::new(size, &options.limits),
        url: None,
        issue: None,
        format: None,
        order: Order::given(options.map.as_ref().is_some_and(|map| map.day_first)),
        handed: 0,
        stopped: false,
    };
    match reading.file(input) {
        Err(e) if reading.stopped => Err(e),
        _ => Ok(()),
    }
}

/// One file being read, with all that lies in it.
struct Reading<'a> {
    forced: Option<&'static dyn Format>,
    options: &'a Options,
    receiver: &'a mut dyn Receiver,
    meter: Rc<Meter>,
    /// The address what is being read was fetched from.
    url: Option<String>,
    /// The issue what is being read is a part of.
    issue: Option<Rc<Issue>>,
    /// What is being read.
    format: Option<&'static str>,
    /// Which comes first in its dates, day or month.
    order: Order,
    /// What came out of the file being read: articles, files and problems.
    handed: usize,
    /// Whether the receiver wants no more.
    stopped: bool,
}

impl Sink for Reading<'_> {
    fn article(&mut self, mut article: Article) -> Result<()> {
        self.handed += 1;
        let mut problems = Vec::new();
        if article.url.is_none() {
            article.url.clone_from(&self.url);
        }
        if let Some(issue) = &self.issue {
            issue.fill(&mut article);
        }
        article.format = self.format.map(str::to_owned);
        for date in [&mut article.published, &mut article.updated] {
            problems.extend(self.order.settle(date).map(|doubt| Problem::doubt(&article.path, doubt)));
        }
        let finished = finish(article, &mut problems);
        problems.into_iter().for_each(|p| self.receiver.problem(p));
        let Some(article) = finished else { return Ok(()) };
        let outcome = uncaught(|| self.receiver.article(article));
        outcome.inspect_err(|_| self.stopped = true)
    }

    fn file(&mut self, inner: Input<'_>) -> Result<()> {
        let path = inner.path.clone();
        self.meter.count_member(&path)?;
        if u64::from(inner.depth) > self.options.limits.containers {
            self.problem(Problem::failed(path, self.options.limits.too_deep()));
            return Ok(());
        }
        let written = Written::of(inner.head());
        let Some(format) = self.choose(&inner, &written) else { return Ok(()) };
        // An attachment that is no document is passed over, and nothing came out of what holds nothing else.
        self.handed += 1;
        let meter = Rc::clone(&self.meter);
        let mut inner = if inner.depth > 0 { inner.through(|bytes| meter.watch(bytes)) } else { inner };
        inner.map = self.options.map.as_ref();
        inner.limits = self.options.limits;
        let outer = std::mem::replace(&mut self.url, inner.url.clone());
        let outer_issue = std::mem::replace(&mut self.issue, inner.issue.clone());
        let outer_format = self.format.replace(format.name());
        let handed = std::mem::take(&mut self.handed);
        let outcome = caught(|| {
            let (inner, loss) = if format.is_text() { written.put_right(inner)? } else { (inner, Loss::default()) };
            let outcome = format.read(inner, self);
            loss.told().into_iter().for_each(|loss| self.problem(Problem::doubt(&path, loss)));
            outcome
        });
        self.url = outer;
        self.issue = outer_issue;
        self.format = outer_format;
        let is_silent = std::mem::replace(&mut self.handed, handed) == 0;
        match outcome {
            Ok(Ok(())) if is_silent => {
                self.problem(Problem::unread(path, format!("nothing was found in it, read as {}", format.name())));
                Ok(())
            }
            Ok(Ok(())) => Ok(()),
            Ok(Err(e)) if self.stopped || self.meter.is_spent() => Err(e),
            Ok(Err(e)) => {
                self.problem(Problem::failed(path, e.to_string()));
                Ok(())
            }
            Err(message) => {
                self.problem(Problem::failed(path, format!("reading it as {} failed inside: {message}", format.name())));
                Ok(())
            }
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.handed += 1;
        self.receiver.problem(problem);
    }
}

impl Reading<'_> {
    /// The format that knows the file best; a problem when there is none.
    fn choose(&mut self, input: &Input<'_>, written: &Written) -> Option<&'static dyn Format> {
        let name = unpacked_name(&input.path);
        let head = written.head().unwrap_or(input.head());
        let mut best: Option<(&'static dyn Format, Sureness)> = None;
        for format in FORMATS {
            let sureness = format.recognises(name, if format.is_text() { head } else { input.head() });
            if sureness > best.map_or(Sureness::No, |(_, s)| s) {
                best = Some((*format, sureness));
            }
            if sureness == Sureness::Sure {
                break;
            }
        }
        if input.is_attached {
            return best.filter(|(_, s)| *s >= Sureness::Likely && !is_furniture(name) && !is_readme(name)).map(|(format, _)| format);
        }
        if let Some(forced) = self.forced
            && !best.is_some_and(|(f, s)| s == Sureness::Sure && f.is_container())
        {
            return Some(forced);
        }
        if is_readme(name) || (best.is_none_or(|(_, s)| s < Sureness::Sure) && is_furniture(name)) {
            self.problem(Problem::skipped(&input.path, "by its name it is no article"));
            return None;
        }
        if best.is_none_or(|(_, s)| s < Sureness::Sure) && lists_checksums(head) {
            self.problem(Problem::skipped(&input.path, "it lists checksums of files and is no article"));
            return None;
        }
        if input.head().is_empty() {
            self.problem(Problem::unread(&input.path, "it is empty, of 0 bytes"));
            return None;
        }
        match best {
            None => self.problem(unknown(&input.path, name)),
            Some(_) if written.is_unmarked() => {
                self.problem(Problem::doubt(
                    &input.path,
                    "no mark says in which characters it is; by its zero bytes it was read as UTF-16",
                ));
            }
            Some(_) => {}
        }
        best.map(|(format, _)| format)
    }
}

/// The name by which formats are told: `a.jsonl.gz` is `a.jsonl`.
fn unpacked_name(path: &str) -> &str {
    let low = path.to_ascii_lowercase();
    let suffix = [".gz", ".zst", ".zstd", ".gzip"].iter().find(|s| low.ends_with(**s));
    suffix.map_or(path, |s| &path[..path.len() - s.len()])
}

fn extension(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase())
}

/// Files that lie beside articles but never are one.
fn is_furniture(name: &str) -> bool {
    const FURNITURE: &str = "png jpg jpeg gif webp avif svg ico bmp tif tiff heic css js mjs map woff woff2 ttf otf eot mp3 mp4 m4a m4v webm ogg wav mov avi flv \
        swf exe dll so o a class jar pyc db sqlite idx lock dtd xsd xsl xslt py rs sh bat toml ini cfg conf";
    FURNITURE.split(' ').any(|e| e == extension(name))
}

/// Whether every line is a checksum and the file it is of: `d41d8cd9…  a.txt`, or `SHA256 (a.txt) = e3b0c442…`.
fn lists_checksums(head: &[u8]) -> bool {
    const DIGITS: [usize; 5] = [32, 40, 64, 96, 128];
    let is_sum = |text: &[u8]| DIGITS.contains(&text.len()) && text.iter().all(u8::is_ascii_hexdigit);
    let is_one = |line: &[u8]| {
        // So begins one whose name has a line break or a backslash in it.
        let line = line.strip_prefix(b"\\").unwrap_or(line);
        let digits = line.iter().take_while(|b| b.is_ascii_hexdigit()).count();
        let is_first = is_sum(&line[..digits]) && matches!(line[digits..], [] | [b' ' | b'\t', ..]);
        is_first || line.iter().rposition(|b| *b == b' ').is_some_and(|at| line[..at].ends_with(b") =") && is_sum(&line[at + 1..]))
    };
    let lines = || head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    // The beginning of a file may end within a line.
    let n_whole = lines().count().max(2) - 1;
    let mut whole = lines().take(n_whole).filter(|line| !line.is_empty() && !line.starts_with(b"#") && !line.starts_with(b";")).peekable();
    whole.peek().is_some() && whole.all(is_one)
}

/// Whether a file describes the folder it lies in, or says who may do what with it: `README.md`, `LICENSE`, `LICENSE-MIT.txt`, `NOTICE`.
/// What may be the name of an article in small letters (`notice.txt`) must be in capitals.
fn is_readme(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = file.split_once('.').unwrap_or((file, ""));
    if stem.eq_ignore_ascii_case("readme") {
        return true;
    }
    let is_text = ["", "txt", "md", "rst"].iter().any(|e| extension.eq_ignore_ascii_case(e));
    let first = stem.split('-').next().unwrap_or(stem);
    let is_licence = ["license", "licence", "copying", "changelog"].iter().any(|word| first.eq_ignore_ascii_case(word));
    is_text && (is_licence && (first == stem || first == first.to_uppercase()) || matches!(stem, "NOTICE" | "CONTRIBUTING" | "AUTHORS"))
}

fn unknown(path: &str, name: &str) -> Problem {
    match extension(name).as_str() {
        e @ ("doc" | "pages" | "xls" | "xlsx" | "ods" | "ppt" | "pptx") => {
            Problem::failed(path, format!("morgue does not read .{e} files; save it as text or HTML"))
        }
        _ => Problem::unread(path, "not a format morgue reads"),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_readme, lists_checksums};

    #[test]
    fn lists_of_checksums_are_known_by_their_lines() {
        let (md5, sha) = ("0f".repeat(16), "a1".repeat(32));
        for list in [
            format!("{md5}  a.txt\n{md5} *b c.txt\n\\{md5}  b\\nc.txt\n"),
            format!("# of the archive\n{sha}\tx/a.txt\r\n\r\n{sha}  b.txt"),
            format!("SHA256 (a (1).txt) = {sha}\nsha256 (b.txt) = {sha}\n{}", &sha[..20]),
            md5.clone(),
        ] {
            assert!(lists_checksums(list.as_bytes()), "{list}");
        }
        for text in
            ["", "\n", "# only a comment\n", &format!("{md5}  a.txt\nThe pier is closed.\nMore"), &format!("{md5}0  a\n"), "decade\n"]
        {
            assert!(!lists_checksums(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_lies_beside_articles_is_known_by_name() {
        for name in [
            "README",
            "a/readme.html",
            "LICENSE",
            "a/LICENSE-MIT",
            "licence.txt",
            "LICENSE-APACHE.md",
            "COPYING",
            "NOTICE",
            "x/NOTICE.txt",
            "CHANGELOG.md",
        ] {
            assert!(is_readme(name), "{name}");
        }
        for name in [
            "notice.txt",
            "Notice.txt",
            "license-to-kill.txt",
            "LICENSE.json",
            "licensed.txt",
            "authors.txt",
            "NOTICE.html",
            "2024/copying-machines.txt",
        ] {
            assert!(!is_readme(name), "{name}");
        }
    }
}

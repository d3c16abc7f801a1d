//! The files called [`IGNORE`]: what is not to be read, in the language of `.gitignore`.
//!
//! Each line is a pattern; `#` begins a comment, `!` takes back what an earlier line said, a `/` at the end means folders only, one at the
//! beginning or in the middle ties the pattern to the folder of the file. `*` and `?` stand for letters of one name, `**` for any number of
//! folders, `[a-c]` for one of some letters. Of several lines that fit, the last counts; a file farther down counts before one above.

use regex::Regex;
use std::path::Path;

/// The name of the files that say what is not to be read.
pub const IGNORE: &str = ".morgueignore";

/// The lines of one file.
pub(super) struct Ignored {
    lines: Vec<Line>,
}

struct Line {
    pattern: Regex,
    is_taken_back: bool,
    only_folders: bool,
}

impl Ignored {
    /// The lines of the file in `folder`; `None` when there is none, or it says nothing.
    pub(super) fn in_folder(folder: &Path) -> Option<Ignored> {
        let bytes = std::fs::read(folder.join(IGNORE)).ok()?;
        let lines: Vec<Line> = String::from_utf8_lossy(&bytes).lines().filter_map(Line::read).collect();
        (!lines.is_empty()).then_some(Ignored { lines })
    }

    /// Whether `path`, seen from the folder of the file, is to be left out; `None` when no line speaks of it.
    pub(super) fn speaks(&self, path: &str, is_folder: bool) -> Option<bool> {
        let fits = |line: &&Line| (is_folder || !line.only_folders) && line.pattern.is_match(path);
        self.lines.iter().rev().find(fits).map(|line| !line.is_taken_back)
    }
}

impl Line {
    fn read(line: &str) -> Option<Line> {
        let line = line.strip_suffix('\r').unwrap_or(line).trim_end();
        let (line, is_taken_back) = line.strip_prefix('!').map_or((line, false), |rest| (rest, true));
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        let (line, only_folders) = line.strip_suffix('/').map_or((line, false), |rest| (rest, true));
        let is_tied = line.contains('/');
        let start = if is_tied { "^" } else { "^(?:.*/)?" };
        let pattern = format!("{start}{}$", expression(line.strip_prefix('/').unwrap_or(line)));
        Some(Line { pattern: Regex::new(&pattern).ok()?, is_taken_back, only_folders })
    }
}

/// A pattern as a regular expression.
fn expression(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix("**/") {
            out.push_str("(?:.*/)?");
            rest = behind;
            continue;
        }
        if let Some(behind) = rest.strip_prefix("**") {
            out.push_str(".*");
            rest = behind;
            continue;
        }
        rest = &rest[first.len_utf8()..];
        match first {
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '[' if rest.contains(']') => {
                let (inside, behind) = rest.split_once(']').unwrap_or((rest, ""));
                let (mark, letters) = inside.strip_prefix(['!', '^']).map_or(("", inside), |letters| ("^", letters));
                let escaped: String =
                    letters.chars().map(|c| if c == '-' { c.to_string() } else { regex::escape(&c.to_string()) }).collect();
                out.push_str(&format!("[{mark}{escaped}]"));
                rest = behind;
            }
            '\\' => {
                let next = rest.chars().next();
                out.push_str(&regex::escape(&next.map(String::from).unwrap_or_default()));
                rest = &rest[next.map_or(0, char::len_utf8)..];
            }
            other => out.push_str(&regex::escape(&other.to_string())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, fits: &[&str], fits_not: &[&str]) {
        let line = Ignored { lines: vec![Line::read(line).unwrap()] };
        fits.iter().for_each(|path| assert_eq!(line.speaks(path, path.ends_with('/')), Some(true), "{path}"));
        fits_not.iter().for_each(|path| assert_eq!(line.speaks(path, false), None, "{path}"));
    }

    #[test]
    fn patterns() {
        check("*.log", &["a.log", "x/y/b.log"], &["a.log.txt", "alog"]);
        check("/old", &["old"], &["x/old", "older"]);
        check("wire/*.txt", &["wire/a.txt"], &["x/wire/a.txt", "wire/x/a.txt"]);
        check("a/**/b", &["a/b", "a/x/y/b"], &["b", "x/a/b"]);
        check("[a-c]?.txt", &["ax.txt", "x/b1.txt"], &["dx.txt", "a.txt"]);
        check("caf\\*é", &["caf*é"], &["cafxé"]);
        assert!(Line::read("# x").is_none() && Line::read("").is_none());
        assert_eq!(Ignored { lines: vec![Line::read("drafts/").unwrap()] }.speaks("drafts", false), None);
    }
}

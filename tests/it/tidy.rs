//! The rules of the house that a machine can check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which floor each room is on, from the ground up. A room leans on rooms of lower floors only, never beside or above.
const FLOORS: &[(&str, u8)] = &[
    ("error", 0),
    ("disk", 1),
    ("spread", 1),
    ("article", 1),
    ("field", 2),
    ("words", 2),
    ("story", 2),
    ("corrections", 3),
    ("notes", 3),
    ("ingest", 3),
    ("extract", 3),
    ("query", 3),
    ("engine", 4),
    ("saved", 5),
    ("authority", 5),
    ("archive", 6),
    ("alerts", 7),
    ("serve", 8),
    ("cli", 9),
];

/// The most lines a file may have and still hold one idea.
const LONGEST: usize = 400;

/// File names that say nothing about what is in them.
const NAMELESS: &[&str] = &["util", "utils", "common", "helpers", "helper", "types", "misc"];

#[test]
fn rooms_lean_only_on_floors_below() {
    let mut wrong = Vec::new();
    for source in sources() {
        let Some((room, floor)) = source.room() else { continue };
        for used in source.crate_names() {
            match floor_of(&used) {
                _ if used == room => {}
                Some(below) if below < floor => {}
                Some(_) => wrong.push(format!("{}: `{room}` leans on `{used}`, which is not below it", source.name)),
                None => wrong.push(format!("{}: `crate::{used}` is no room; name the room it belongs to", source.name)),
            }
        }
    }
    none(wrong);
}

#[test]
fn every_room_has_a_floor() {
    let rooms = sources().iter().filter_map(Source::top).collect::<BTreeSet<_>>();
    assert!(rooms.contains("article"), "no rooms found: is src/ read at all?");
    none(rooms.into_iter().filter(|room| floor_of(room).is_none()).map(|room| format!("src/{room} is on no floor")).collect());
}

#[test]
fn nobody_climbs_out_of_a_room() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        let code = without_tests(&source.code);
        if code.contains("super::super::") {
            wrong.push(format!("{}: goes up twice; name the room with `crate::`", source.name));
        }
        let out = code.lines().any(|line| line.trim_start_matches("pub ").starts_with("use super::"));
        if source.is_door() && out {
            wrong.push(format!("{}: `super` here is the whole house; name the room with `crate::`", source.name));
        }
    }
    none(wrong);
}

#[test]
fn files_hold_one_idea_and_say_it() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        let lines = source.text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{}: {lines} lines, {LONGEST} are the most", source.name));
        }
        if !source.text.starts_with("//!") {
            wrong.push(format!("{}: opens without `//!`", source.name));
        }
        if Path::new(&source.name).components().any(|part| NAMELESS.contains(&stem(part.as_os_str()).as_str())) {
            wrong.push(format!("{}: named for nothing in particular", source.name));
        }
    }
    none(wrong);
}

#[test]
fn nothing_panics_for_want_of_care() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.is_test()) {
        let code = without_tests(&source.code);
        for bad in [".unwrap()", "todo!(", "unimplemented!(", "dbg!("] {
            for (number, line) in code.lines().enumerate().filter(|(_, line)| line.contains(bad)) {
                wrong.push(format!("{}:{}: `{bad}` in `{}`", source.name, number + 1, line.trim()));
            }
        }
    }
    none(wrong);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let roots = ["work", "tmp", "root", "home", "Users"].map(|root| format!("/{root}/"));
    let mut wrong = Vec::new();
    for path in ["src", "tests", ".ci", "README.md", "CHANGELOG.md", "Cargo.toml", "sample_corpus/README.md"]
        .iter()
        .flat_map(|p| files(&house().join(p)))
    {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            let hit = roots.iter().any(|root| line.match_indices(root.as_str()).any(|(at, _)| starts_a_path(&line[..at])));
            if hit {
                wrong.push(format!("{}:{}: {}", name_of(&path), number + 1, line.trim()));
            }
        }
    }
    none(wrong);
}

#[test]
fn the_rules_see_what_they_should() {
    let source = |text: &str| Source { name: "src/engine/x.rs".into(), text: text.into(), code: blank(text) };
    let names = |text: &str| source(text).crate_names().into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(names("use crate::{article::{Span, a::B}, error};\nfn f() { crate::cli::run(); }"), "article cli error");
    assert_eq!(
        names("// crate::serve\n/* crate::cli /* deep */ crate::cli */ let x = \"crate::archive\"; let c = '\"'; crate::query::y"),
        "query"
    );
    assert_eq!(names("let s = r#\"a \" crate::cli\"#; let l: &'static str = crate::field::X;"), "field");
    assert_eq!(names(r"let c = '\''; let d = '\n'; crate::words::z; let e = '\\'; crate::field::y"), "field words");
    assert!(!blank("x // .unwrap()\n\"{\\\".unwrap()\"").contains("unwrap"));
    assert_eq!(without_tests("a;\n#[cfg(test)]\nmod tests {\n fn f() { 1 }\n}\nb; #[cfg(test)] mod tests; c"), "a;\n\n\n\n\nb;  c");
    assert!(starts_a_path("see `") && !starts_a_path("https://x.example"));
}

/// A file under `src/`.
struct Source {
    /// From the root of the project, with slashes.
    name: String,
    text: String,
    /// The text with comments and the insides of strings left out, line by line as it was.
    code: String,
}

impl Source {
    /// The room it stands in or makes up: the first name under `src/`; none for the front door and for `src/bin`.
    fn top(&self) -> Option<String> {
        let first = stem(Path::new(self.name.strip_prefix("src/")?).components().next()?.as_os_str());
        (!["lib", "main", "bin"].contains(&first.as_str())).then_some(first)
    }

    fn room(&self) -> Option<(String, u8)> {
        let top = self.top()?;
        let floor = floor_of(&top)?;
        Some((top, floor))
    }

    /// Whether it is the module of a room itself, whose `super` is the crate.
    fn is_door(&self) -> bool {
        self.top().is_some_and(|top| self.name == format!("src/{top}.rs") || self.name == format!("src/{top}/mod.rs"))
    }

    fn is_test(&self) -> bool {
        self.name.ends_with("/tests.rs") || self.name.contains("/tests/")
    }

    /// The names that follow `crate::`, in groups too.
    fn crate_names(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (at, word) in self.code.match_indices("crate::") {
            let rest = &self.code[at + word.len()..];
            match rest.strip_prefix('{') {
                Some(group) => names.extend(heads(group)),
                None => drop(names.insert(identifier(rest))),
            }
        }
        names.remove("");
        names
    }
}

/// The first name of each member of a `use` group, from behind its opening brace.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut members) = (0, vec![String::new()]);
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(String::new()),
            _ => {}
        }
        if let (0, Some(member)) = (depth, members.last_mut()) {
            member.push(c);
        }
    }
    members.iter().map(|member| identifier(member.trim_start_matches([',', ' ', '\n']))).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// `code` with comments and the insides of string literals blanked out, newlines kept.
fn blank(code: &str) -> String {
    let (chars, mut out, mut i) = (code.chars().collect::<Vec<_>>(), String::new(), 0);
    while i < chars.len() {
        let rest = &chars[i..];
        let length = if rest.starts_with(&['/', '/']) {
            rest.iter().take_while(|c| **c != '\n').count()
        } else if rest.starts_with(&['/', '*']) {
            comment(rest)
        } else if rest[0] == '"' {
            string(rest)
        } else if rest[0] == 'r' && rest[1..].iter().find(|c| **c != '#') == Some(&'"') && !out.ends_with(|c: char| c.is_alphanumeric()) {
            raw_string(rest)
        } else if rest.starts_with(&['\'', '\\']) {
            3 + rest.iter().skip(3).take_while(|c| **c != '\'').count() + 1
        } else if rest.len() > 2 && rest[0] == '\'' && rest[2] == '\'' {
            3
        } else {
            out.push(rest[0]);
            i += 1;
            continue;
        };
        out.push(' ');
        out.extend(rest.iter().take(length).filter(|c| **c == '\n'));
        i += length;
    }
    out
}

/// Blanked `code` without the items that are compiled for tests only, newlines kept.
fn without_tests(code: &str) -> String {
    let (mut out, mut rest) = (String::new(), code);
    while let Some(at) = ["#[cfg(test)]", "#[test]"].iter().filter_map(|mark| rest.find(mark)).min() {
        let (before, item) = rest.split_at(at);
        let mut depth = 0;
        let ends = |c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0 && (c == '}' || c == ';')
        };
        let (gone, after) = item.split_at(item.find(ends).map_or(item.len(), |end| end + 1));
        out.push_str(before);
        out.extend(gone.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    out + rest
}

fn comment(text: &[char]) -> usize {
    let (mut depth, mut i) = (0usize, 0);
    while i < text.len() {
        match text[i..] {
            ['/', '*', ..] => (depth, i) = (depth + 1, i + 2),
            ['*', '/', ..] if depth == 1 => return i + 2,
            ['*', '/', ..] => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
    }
    i
}

fn string(text: &[char]) -> usize {
    let mut i = 1;
    while i < text.len() && text[i] != '"' {
        i += if text[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

fn raw_string(text: &[char]) -> usize {
    let hashes = text[1..].iter().take_while(|c| **c == '#').count();
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let from = hashes + 2;
    from + text[from..].windows(end.len()).position(|w| w == end).unwrap_or(text.len() - from) + end.len()
}

/// Whether what follows `before` begins a path of a file system, rather than going on in an address.
fn starts_a_path(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || "./-_{}~".contains(c))
}

fn floor_of(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

fn stem(name: &std::ffi::OsStr) -> String {
    Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} against the rules of the house:\n  {}", wrong.len(), wrong.join("\n  "));
}

fn house() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(house()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn sources() -> Vec<Source> {
    let rust = files(&house().join("src")).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    rust.map(|path| {
        let text = fs::read_to_string(&path).expect("a source file is text");
        Source { name: name_of(&path), code: blank(&text), text }
    })
    .collect()
}

/// The file at `path`, or all files under it, in order.
fn files(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return path.is_file().then(|| path.to_owned()).into_iter().collect() };
    let mut below: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    // What the browser tests install is others' work.
    below.retain(|path| !path.ends_with("node_modules"));
    below.sort();
    below.iter().flat_map(|path| files(path)).collect()
}

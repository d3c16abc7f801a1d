//! What the README says about the query language is what the tables say.

use morgue::field::FIELDS;
use morgue::query::{Context, OPERATORS, Target, parse};

fn between<'a>(text: &'a str, name: &str) -> (usize, usize, &'a str) {
    let start = text.find(&format!("<!-- {name}:")).unwrap();
    let from = start + text[start..].find("-->\n").unwrap() + 4;
    let to = text.find(&format!("<!-- /{name} -->")).unwrap();
    (from, to, &text[from..to])
}

fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn the_tables_of_the_readme_are_the_tables_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let mut readme = std::fs::read_to_string(path).unwrap();
    let mut operators = String::from("| write | meaning |\n|---|---|\n");
    for o in OPERATORS {
        operators.push_str(&format!("| `{}` | {} |\n", escaped(o.example), escaped(o.meaning)));
    }
    let mut fields = String::from("| field | example | finds | also |\n|---|---|---|---|\n");
    for f in FIELDS {
        let star = if f.facet { " *" } else { "" };
        fields.push_str(&format!("| `{}`{star} | `{}` | {} | {} |\n", f.name, escaped(f.example), escaped(f.help), f.aliases.join(" ")));
    }
    fields.push_str("\n\\* can be counted with `morgue facets --by`.\n");
    for (name, table) in [("operators", operators), ("fields", fields)] {
        let (from, to, found) = between(&readme, name);
        if found != table {
            assert!(
                std::env::var("MORGUE_README").is_ok_and(|v| v == "write"),
                "the table of {name} is out of date: run with MORGUE_README=write"
            );
            readme.replace_range(from..to, &table);
        }
    }
    if std::env::var("MORGUE_README").is_ok_and(|v| v == "write") {
        std::fs::write(path, readme).unwrap();
    }
}

#[test]
fn every_example_can_be_read() {
    for example in FIELDS.iter().map(|f| f.example) {
        for target in [Target::Articles, Target::Quotes] {
            let parsed = parse(example, &Context::new(target));
            assert!(parsed.is_sound(), "{example}: {:?}", parsed.problems);
        }
    }
}

/// What differs from run to run: days, and how long something took.
fn settled(line: &str) -> String {
    let varying = regex::Regex::new(r"(rev \d+, )\d{4}-\d\d-\d\d|\d+\.\d+ s\b").unwrap();
    varying.replace_all(line.trim_end(), "$1").into_owned()
}

#[cfg(unix)]
#[test]
fn the_walk_through_prints_what_it_says() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(root.join("sample_corpus"), dir.path().join("sample_corpus")).unwrap();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_morgue")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let (mut said, mut lines) = (Vec::new(), 0);
    for block in readme.split("```console\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            let Some(command) = line.strip_prefix("$ ") else {
                let at = said.iter().position(|s| *s == settled(line));
                assert!(at.is_some(), "the README shows `{line}`, which is not in what comes:\n{}", said.join("\n"));
                said.drain(..=at.unwrap());
                lines += 1;
                continue;
            };
            let mut shell = std::process::Command::new("bash");
            shell.args(["-c", &format!("{{ {command}; }} 2>&1")]).current_dir(dir.path()).env("PATH", &path).env("COLUMNS", "140");
            let out = shell.env_remove("MORGUE_ARCHIVE").output().unwrap();
            assert!(out.status.code().is_some_and(|code| code < 2), "{command}: {:?}", String::from_utf8_lossy(&out.stdout));
            said = String::from_utf8(out.stdout).unwrap().lines().map(settled).collect();
        }
    }
    assert!(lines > 10, "there is no walk-through");
}

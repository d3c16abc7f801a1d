//! The program as a user meets it: exit codes, streams, pipes, and the plug pulled in the middle.

use crate::news::{self, Dice};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

pub const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_corpus");

pub fn morgue(archive: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.arg("-C").arg(archive).args(args).env_remove("MORGUE_ARCHIVE").stdin(Stdio::null());
    command
}

pub fn run(archive: &Path, args: &[&str]) -> Output {
    morgue(archive, args).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
pub fn check(archive: &Path, args: &[&str], code: i32, in_stdout: &str, in_stderr: &str) {
    let out = run(archive, args);
    let (stdout, stderr) = (text(&out.stdout), text(&out.stderr));
    assert_eq!(out.status.code(), Some(code), "{args:?}\n{stdout}\n{stderr}");
    assert!(stdout.contains(in_stdout), "{args:?} should print `{in_stdout}`:\n{stdout}");
    assert!(stderr.contains(in_stderr), "{args:?} should say `{in_stderr}`:\n{stderr}");
}

#[test]
fn where_nothing_is_found_the_clause_to_blame_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    check(archive, &["index", SAMPLE], 3, "", "ferry-ice.json");
    let denied = ["quotes", "what did Okafor deny about the barrier"];
    check(archive, &denied, 1, "", "hint: without `cue:deny*,denie*` there are 9 quotes: `speaker:okafor barrier`");
    check(archive, &["search", "barrier since:2030"], 1, "", "hint: without `date:2030-01-01..` there are 14 articles: `barrier`");
}

#[test]
fn zero_is_explained_time_is_kept_and_files_come_once() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    check(archive, &["index", SAMPLE], 3, "", "ferry-ice.json");
    for asked in [&["search"][..], &["facets"], &["timeline"], &["kwic"], &["compare", "flood"], &["export", "--to", "ris"]] {
        let asked = [asked, &["barrier", "--timeout", "0s"]].concat();
        check(archive, &asked, 2, "", "took longer than it may");
    }
    check(archive, &["search", "-c", "person:okafro"], 1, "0", "note: no `person` is `okafro`; `Adaeze Okafor` is");
    check(archive, &["search", "is:seen"], 1, "", "note: no article is `seen`");
    check(archive, &["show", ""], 2, "", "an id is empty");
    check(archive, &["kwic", "barrier", "-w", "65535", "-n", "1"], 0, "**barrier**", "1 shown");
    check(archive, &["kwic", "barrier", "-w", "65536"], 2, "", "65536 is not in 0..=65535");
    let first = text(&run(archive, &["search", "barrier", "-n", "1", "-T", "{id}\t{path}"]).stdout);
    let (id, path) = first.trim_end().split_once('\t').unwrap();
    check(archive, &["show", path], 2, "", &format!("hint: that is a file; the article from it is `{id}`"));
    check(archive, &["tag", "+x", id], 1, "", &format!("hint: `{id}` is the id of an article: write `id:"));
    check(archive, &["query", "explain", "a b OR c"], 0, "", "write the parentheses that are meant");
    let score = |args: &[&str]| {
        let lines = text(&run(archive, args).stdout);
        lines.split("\"score\":").nth(1).and_then(|rest| rest.split(',').next()).map(str::to_owned)
    };
    run(archive, &["saved", "add", "walls", "barrier"]);
    let plain = score(&["search", "barrier", "--json"]);
    assert_eq!(score(&["search", "barrier", "--json", "--explain"]), plain);
    assert_eq!(score(&["saved", "run", "walls", "--json"]), plain);
    check(archive, &["facets", "--significant"], 0, "", "nothing to hold it against");
    let files = text(&run(archive, &["quotes", "*", "-n", "all", "--sort", "relevance", "barrier", "-l"]).stdout);
    let mut once: Vec<&str> = files.lines().collect();
    once.sort_unstable();
    once.dedup();
    assert!(once.len() > 2 && once.len() == files.lines().count(), "{files}");
}

#[test]
fn what_about_finds_nobody_by_is_asked_of_words() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    check(archive, &["index", SAMPLE], 3, "", "");
    check(
        archive,
        &["quotes", "--speaker", "okafor", "--about", "barriers"],
        1,
        "",
        "`about:` asks who is named in a quote; with its words there are 9: `speaker:okafor barriers`",
    );
    check(archive, &["search", "speaker:okafor about:barriers"], 1, "", "with its words there are");
}

#[test]
fn commands_say_what_they_did() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    check(archive, &["search", "x"], 2, "", "morgue index PATH");
    check(archive, &["index", "no-such-file"], 2, "", "no-such-file");
    check(archive, &["index", "no-such-file"], 2, "", "hint: name files or directories that are there");
    check(archive, &["index", SAMPLE], 3, "", "ferry-ice.json");
    check(archive, &["quotes", "barrier", "--speaker", "Okafor"], 0, "Adaeze Okafor", "quotes in");
    check(
        archive,
        &["quotes", "what did Okafor say about the barrier?"],
        0,
        "Adaeze Okafor",
        "note: read as a question: speaker:okafor barrier",
    );
    let titled = "what did Chief Executive Okafor say about the “barrier”?";
    check(archive, &["quotes", titled], 0, "Adaeze Okafor", "note: read as a question: speaker:okafor \"barrier\"");
    check(archive, &["quotes", "what did Okafor say about the barrier?", "--until", "1990", "-c"], 1, "0", "");
    check(
        archive,
        &["search", "what did Okafor say about the barrier?"],
        1,
        "",
        "who said what is asked of quotes: speaker:okafor barrier",
    );
    check(archive, &["search", "barier"], 1, "", "`barier` occurs in no article; `barrier` in");
    check(archive, &["search", "person:okafer"], 1, "", "no `person` is `okafer`; `Adaeze Okafor` is, 11 times");
    // Words of the article, not of the quote.
    check(
        archive,
        &["quotes", "what did Okafor say about the harbour?"],
        1,
        "",
        "in articles that have the words: `speaker:okafor article{harbour}`",
    );
    check(archive, &["quotes", "what did Brandreth promise"], 0, "every penny", "speaker:brandreth cue:promis*,vow*,pledg*");
    check(archive, &["quotes", "speaker:okafor article{harbour}"], 0, "Adaeze Okafor", "1 quote in");
    check(archive, &["quotes", "--speaker", "Ms Okafor"], 1, "", "no `speaker` is `ms okafor`; `Adaeze Okafor` is");
    check(archive, &["quotes", "--speaker", "Okafer"], 1, "", "no `speaker` is `okafer`; `Adaeze Okafor` is");
    check(archive, &["query", "translate", "--from", "nexis", "flood and term(weather)"], 0, "flood", "`term(weather)` asks for codes");
    let typed = "barrier and date aft 1/31/2020";
    check(archive, &["search", typed], 0, "", "write `AND` if it ties the words");
    check(archive, &["search", typed], 0, "", "as a query of Nexis (`--dialect nexis`) it is read as: barrier date:2020-02-01..");
    check(archive, &["query", "check", "flood", "NOT", "flood"], 1, "never hold together", "");
    check(archive, &["query", "check", "flood"], 0, "", "in order");
    check(archive, &["search", "hd=barrier and not se=opinion", "--dialect", "factiva", "-c"], 0, "", "");
    check(archive, &["search", "qwertzuiop"], 1, "", "0 articles");
    check(archive, &["search", "-c", "barrier"], 0, "1", "");
    check(archive, &["search", "(barrier"], 2, "", "(barrier");
    check(archive, &["search", "persn:okafor"], 2, "", "person");
    check(archive, &["facets", "--by", "speaker", "-n", "3"], 0, "█", "values of speaker");
    check(archive, &["facets", "ferry", "--by", "speaker"], 0, "", "values of speaker in 1 article\n");
    check(archive, &["search", "letter{x}"], 2, "", "error: nothing is open that this `}` closes");
    check(archive, &["facets", "--by", "nonsense"], 2, "", "can be counted");
    check(archive, &["timeline", "barrier", "--per", "year", "--csv"], 0, "2024,", "");
    check(archive, &["status"], 0, "61", "");
    check(archive, &["status", "--failed"], 0, "ferry-ice.json", "");
    check(archive, &["fields"], 0, "speaker", "");
    check(archive, &["completions", "bash"], 0, "morgue", "");
    check(archive, &["man"], 0, "MORGUE", "");
    check(archive, &["show", "no-such-id"], 2, "", "no-such-id");
    check(archive, &["search", "porpoises zebra barrier harbour"], 1, "", "partial");
}

#[test]
fn flags_take_dates_of_several_words() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    check(
        archive,
        &["search", "barrier", "--since", "18 November 2024", "--until", "2024-11", "--explain"],
        0,
        "",
        "date:2024-11-18.. date:..2024-11-30",
    );
    check(archive, &["search", "barrier", "--until", "this year", "-c"], 0, "14", "");
}

#[test]
fn a_family_name_that_a_relative_lends_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    let article = archive.join("article.txt");
    std::fs::write(&article, "Pier closes\n\nPaul Varr and his daughter Marta came on Monday. Marta said, “I am very happy here.”\n")
        .unwrap();
    check(archive, &["index", article.to_str().unwrap()], 0, "", "");
    let quotes = text(&run(archive, &["quotes", "--json", "-n", "1"]).stdout);
    let id = serde_json::from_str::<serde_json::Value>(&quotes).unwrap()["id"].as_str().unwrap().to_owned();
    check(archive, &["show", &id, "--why"], 0, "with the family name of “Paul Varr” ¶", "");
}

#[test]
fn names_are_ruled_on_by_command() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    check(archive, &["index", SAMPLE], 3, "", "");
    check(archive, &["names"], 1, "", "nothing is ruled");
    check(archive, &["who", "okafor"], 0, "Adaeze Okafor", "");
    check(archive, &["who", "Ms Okafor"], 0, "Adaeze Okafor", "");
    check(archive, &["who", "okafro"], 2, "", "Okafor");
    check(archive, &["who", "--json", "Adaeze Okafor"], 0, "\"quotes_by\":", "");
    check(archive, &["names", "merge", "No Such Person", "--into", "X"], 2, "", "no article has the person");
    check(archive, &["names", "merge", "Adaeze Okafer", "--into", "X"], 2, "", "did you mean `Adaeze Okafor`, in 11 articles?");
    check(archive, &["names", "hide", "hull", "--place"], 0, "", "hide Hull: ");
    check(archive, &["names", "undo"], 0, "", "took back: hide Hull");
    // In small letters it is the one name that is written so.
    check(archive, &["names", "merge", "adaeze okafor", "--into", "A. Okafor"], 0, "", "merge Adaeze Okafor into A. Okafor: 1");
    check(archive, &["names", "list"], 0, "also Adaeze Okafor  names.toml:", "");
    let quotes = run(archive, &["quotes", "speaker:=\"A. Okafor\"", "-l"]);
    assert!(!quotes.stdout.is_empty());
    let first = text(&run(archive, &["quotes", "speaker:=\"A. Okafor\"", "--json", "-n", "1"]).stdout);
    let id = serde_json::from_str::<serde_json::Value>(&first).unwrap()["id"].as_str().unwrap().to_owned();
    check(archive, &["show", &id, "--why"], 0, "A. Okafor (names.toml line", "");
    check(archive, &["show", &format!("{}#q99", id.split('#').next().unwrap())], 2, "", "has no quote 99");
    check(archive, &["names", "split", "A. Okafor", "--as", "B", "--when", "nofield:x"], 2, "", "nofield");
    check(archive, &["names", "undo"], 0, "", "took back: merge");
    check(archive, &["quotes", "speaker:=\"A. Okafor\""], 1, "", "0 quotes");
    std::fs::write(archive.join("names.toml"), "[hide]\npersons = ['Adaeze Okafor']\n").unwrap();
    check(archive, &["search", "barrier"], 0, "", "morgue names apply");
    check(archive, &["names", "apply"], 0, "", "annotated anew");
    check(archive, &["facets", "person:=\"Adaeze Okafor\"", "--by", "person"], 1, "", "");
}

#[test]
fn saved_questions_are_kept_and_run() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    check(archive, &["saved", "add", "okafor", "--quotes", "speaker:Okafor barrier"], 0, "", "saved `okafor`");
    check(archive, &["saved", "add", "okafor", "x"], 2, "", "--replace");
    check(archive, &["saved", "add", "bad", "(x"], 2, "", "never closed");
    check(archive, &["saved", "list"], 0, "speaker:Okafor barrier", "");
    check(archive, &["saved", "run", "okafor"], 0, "Adaeze Okafor", "");
    check(archive, &["saved", "run", "okaffor"], 2, "", "okafor");
    // A question to quotes is asked of one quote of an article, and not of its words here and there.
    let articles = |query: &str| text(&run(archive, &["search", "-c", query]).stdout).trim().parse::<u64>().unwrap();
    let quoted = articles("quote{speaker:Okafor barrier}");
    assert!(quoted > 0 && quoted < articles("speaker:Okafor barrier"), "{quoted} shows nothing");
    assert_eq!(articles("@okafor"), quoted);
    assert_eq!(
        text(&run(archive, &["quotes", "-c", "@okafor"]).stdout),
        text(&run(archive, &["quotes", "-c", "speaker:Okafor barrier"]).stdout)
    );
    check(archive, &["saved", "rm", "okafor"], 0, "", "");
    check(archive, &["saved", "list"], 1, "", "");
}

#[test]
fn where_no_words_are_asked_for_the_newest_come_first() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["index", SAMPLE]);
    for asked in [&["search"][..], &["search", "place:England"], &["quotes", "source:wire"]] {
        let args = [asked, &["-n", "all", "--collapse", "none", "-T", "{date}"]].concat();
        let printed = text(&run(dir.path(), &args).stdout);
        let dated: Vec<&str> = printed.lines().filter(|date| date.starts_with('2')).collect();
        assert!(dated.len() > 9 && dated.is_sorted_by(|a, b| a >= b), "{asked:?}: {printed}");
    }
}

#[test]
fn json_is_one_object_a_line_with_an_id() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["index", SAMPLE]);
    for verb in ["search", "quotes"] {
        let out = run(dir.path(), &[verb, "barrier", "-n", "all", "--json"]);
        let lines: Vec<serde_json::Value> = text(&out.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let count: usize = text(&run(dir.path(), &[verb, "barrier", "-c"]).stdout).trim().parse().unwrap();
        assert_eq!(lines.len(), count);
        assert!(lines.iter().all(|l| l["id"].is_string()));
        // What is found can be shown, and is the record that `extract` prints.
        let shown = run(dir.path(), &["show", "--json", lines[0]["id"].as_str().unwrap()]);
        let record: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
        assert!(record["body"].as_str().unwrap().to_lowercase().contains("barrier"));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["index", SAMPLE]);
    let mut child =
        morgue(dir.path(), &["search", "the", "-n", "all", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert_eq!((out.status.code(), text(&out.stderr).contains("panicked")), (Some(0), false), "{}", text(&out.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_with_what_helps() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["index", SAMPLE]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let out = morgue(dir.path(), &["export", "barrier", "--to", "jsonl"]).stdout(full).output().unwrap();
    let told = text(&out.stderr);
    assert!(out.status.code() == Some(2) && told.contains("\nhint: make room"), "{told}");
}

/// Kills the program with SIGKILL at random moments of a run, then lets it finish: nothing is lost and nothing is there
/// twice. `MORGUE_KILLS=200` kills more often than the default.
#[test]
fn a_run_killed_again_and_again_ends_like_one_that_was_not() {
    let kills: usize = std::env::var("MORGUE_KILLS").ok().and_then(|k| k.parse().ok()).unwrap_or(12);
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    std::fs::create_dir_all(&files).unwrap();
    let mut dice = Dice::new(5);
    news::write(&files.join("many.jsonl"), 1500, 9);
    for n in 0..150 {
        std::fs::write(files.join(format!("{n}.json")), news::article(&mut dice, 100_000 + n).to_string()).unwrap();
    }
    let files = files.to_str().unwrap();
    let everything = |archive: &Path| {
        let mut lines: Vec<String> = Vec::new();
        for verb in ["search", "quotes"] {
            let out = run(archive, &[verb, "*", "-n", "all", "--json"]);
            lines.extend(text(&out.stdout).lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["id"].to_string()));
        }
        lines.sort();
        lines
    };
    let whole = dir.path().join("whole");
    assert!(run(&whole, &["index", files]).status.success());
    let expected = everything(&whole);
    let (mut done, mut killed) = (0, 0);
    let mut cut = dir.path().join("cut-0");
    while killed < kills {
        let mut child =
            morgue(&cut, &["index", files, "--commit-every", "0.1"]).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(20 + dice.below(900) as u64));
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            // It was through before it could be killed: compare, and begin another.
            assert_eq!(everything(&cut), expected);
            done += 1;
            cut = dir.path().join(format!("cut-{done}"));
        } else {
            killed += 1;
        }
    }
    let last = run(&cut, &["index", files]);
    assert!(last.status.success(), "{}", text(&last.stderr));
    assert_eq!(everything(&cut), expected);
    println!("killed {killed} times, {} archives finished, {} hits each: none lost, none twice", done + 1, expected.len());
}

#[test]
fn analysis_is_printed_for_people_and_for_programs() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    // A concordance is aligned on the match.
    let out = text(&run(archive, &["kwic", "barrier", "-w", "20", "-n", "all"]).stdout);
    let columns: Vec<usize> = out.lines().map(|l| l[..l.find("**").unwrap()].chars().count()).collect();
    assert!(columns.len() > 5 && columns.iter().all(|c| *c == columns[0]), "{out}");
    check(
        archive,
        &["kwic", "barrier", "--sort", "left", "--csv", "-n", "2"],
        0,
        "id,published,source,speaker,field,start,left,hit,right,path",
        "2 shown",
    );
    check(archive, &["kwic", "barrier", "-n", "2"], 0, "", "lines in 14 articles · 2 shown (-n all)");
    check(archive, &["kwic", "source:=nobody"], 1, "", "0 lines");
    check(archive, &["kwic", "barier"], 1, "", "`barrier` in");
    check(archive, &["compare", "barrier", "ferry"], 0, "G²", "");
    check(archive, &["compare", "barrier"], 2, "", "two queries");
    check(archive, &["compare", "--speakers", "Mayor Okafr,Okafor"], 0, "Mayor Okafr", "`speaker` is `mayor okafr`; `Adaeze Okafor` is");
    check(archive, &["compare", "barier", "ferry"], 0, "ferry", "`barrier` in");
    check(archive, &["compare", "--speakers", "Okafor,Lund", "--csv"], 0, "field,value,first,second,first_percent,second_percent,g2", "");
    check(archive, &["facets", "barrier", "--by", "person", "--significant"], 0, "Adaeze Okafor", "Dunning 1993");
    check(archive, &["facets", "--least", "2"], 2, "", "--significant");
    check(
        archive,
        &["timeline", "barrier", "--and", "ferry", "--per", "year", "--csv"],
        0,
        "from,barrier,barrier (percent of archive),ferry",
        "ferry: ",
    );
    check(archive, &["timeline", "barrier", "--per", "year", "--percent"], 0, "%", "");
    check(archive, &["timeline", "ferry", "--and", "barier"], 0, "ferry", "`barrier` in");
    check(archive, &["facets", "barier", "--by", "person"], 1, "", "`barrier` in");
    run(archive, &["saved", "add", "boats", "ferry OR boat"]);
    check(archive, &["timeline", "barrier", "@boats", "--csv"], 0, "from,barrier,barrier (percent of archive),boats,", "");
    check(archive, &["export", "barrier", "--to", "ris"], 0, "TY  - NEWS", "articles written");
    check(archive, &["export", "barrier", "--to", "word"], 2, "", "graphml");
    check(archive, &["export", "qwertzuiop", "--to", "csv"], 1, "id,published", "0 articles written");
    check(archive, &["export", "barier", "--to", "csv"], 1, "", "`barrier` in");
    check(archive, &["search", "barrier", "-T", "{date}\\t{title}", "-n", "1"], 0, "\t", "");
    check(archive, &["search", "barrier", "-T", "{headline}"], 2, "", "title");
    check(archive, &["search", "barrier flood", "--explain", "-n", "1"], 0, "why: barrier", "read as:");
    check(archive, &["search", "barrier", "--timeout", "5s", "--recent"], 0, "barrier", "");
    check(archive, &["search", "*", "--timeout", "soon"], 2, "", "500ms");
    let files = text(&run(archive, &["search", "barrier", "-l", "-0", "-n", "all"]).stdout);
    assert!(files.ends_with('\0') && !files.contains('\n'), "{files:?}");
    let id = text(&run(archive, &["search", "barrier", "-n", "1", "-T", "{id}"]).stdout);
    check(archive, &["similar", id.trim(), "--json", "-n", "2"], 0, "\"shared\"", "looked at");
    check(archive, &["similar", "no-such-id"], 2, "", "no-such-id");
    check(archive, &["show", id.trim(), "--at", "barrier"], 0, "**", "");
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_that_is_no_text_is_listed_so_that_it_can_be_opened() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    std::fs::write(dir.path().join(name), "Cafe\n\nThe cafe by the harbour is open.\n").unwrap();
    run(dir.path(), &["index", dir.path().to_str().unwrap()]);
    for (end, options) in [(b'\n', &["-l"][..]), (b'\0', &["-l", "-0"])] {
        let out = morgue(dir.path(), &[&["search", "harbour"][..], options].concat()).current_dir(&dir).output().unwrap();
        assert_eq!(out.stdout, [name.as_bytes(), &[end]].concat());
    }
    let path = text(&run(dir.path(), &["search", "harbour", "-T", "{path}"]).stdout);
    assert_eq!(path, "caf%E9.txt\n", "elsewhere it is text");
}

#[test]
fn edition_and_page_are_told_wherever_an_article_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    let record = serde_json::json!({
        "id": "gate", "title": "Gate", "source": "The Mail", "section": "News", "edition": "Late City Final", "page": "A1",
        "date": "2024-03-01", "body": "Hull.\n\n\"The gate holds,\" said Ann Cole, the mayor.",
    });
    std::fs::write(archive.join("gate.json"), record.to_string()).unwrap();
    run(archive, &["index", archive.to_str().unwrap()]);
    check(archive, &["search", "gate"], 0, "The Mail · p. A1 · ", "");
    check(archive, &["quotes", "gate"], 0, "The Mail · p. A1 · Gate", "");
    check(archive, &["show", "gate"], 0, "News · Late City Final · p. A1", "");
    check(archive, &["export", "gate", "--to", "clip"], 0, "The Mail, 1 March 2024, Late City Final, p. A1, gate.json", "");
    check(archive, &["search", "gate", "--json"], 0, "\"page\":\"A1\",\"edition\":\"Late City Final\"", "");
}

#[test]
fn files_are_listed_that_are_there() {
    let dir = tempfile::tempdir().unwrap();
    let mail = |n: u8| {
        let head = format!("From a@b.example Tue May  7 10:00:00 2019\nMessage-ID: <{n}@b.example>\nFrom: Ann Bo <a@b.example>\n");
        format!("{head}Subject: Letter {n}\nDate: Tue, 7 May 2019 10:00:00 +0000\n\nThe pier is open, says letter {n}.\n\n")
    };
    std::fs::write(dir.path().join("letters.mbox"), mail(1) + &mail(2)).unwrap();
    std::fs::write(dir.path().join("a  #1.txt"), "Gale\n\nThe pier is closed.\n").unwrap();
    run(dir.path(), &["index", dir.path().to_str().unwrap()]);
    let listed = |args: &[&str]| {
        let out = morgue(dir.path(), args).current_dir(&dir).output().unwrap();
        let mut lines: Vec<String> = text(&out.stdout).lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(listed(&["search", "pier", "-l"]), ["a  #1.txt", "letters.mbox"]);
    assert_eq!(listed(&["search", "pier", "-T", "{path}"]), ["a  #1.txt", "letters.mbox#1", "letters.mbox#2"]);
}

#[test]
fn what_a_hit_is_explained_by_adds_up() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["index", SAMPLE]);
    let out = run(dir.path(), &["search", "barrier (flood OR storm) place:England", "--explain", "--json", "-n", "all"]);
    let hits: Vec<serde_json::Value> = text(&out.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(!hits.is_empty(), "{}", text(&out.stderr));
    for hit in hits {
        let why = hit["why"].as_array().unwrap();
        let sum: f64 = why.iter().map(|c| c["score"].as_f64().unwrap()).sum();
        assert!((sum - hit["score"].as_f64().unwrap()).abs() < 0.01, "{hit}");
        assert!(
            why.iter().all(|c| c["holds"] == true && (c["clause"] == "place:england" || !c["words"].as_array().unwrap().is_empty())),
            "{hit}"
        );
    }
}

#[test]
fn a_word_is_common_among_quotes_where_quotes_are_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let mut files = String::new();
    // Every article has the harbour, and one quote in six.
    for said in ["We count gulls", "The harbour is full", "No ferry sails", "The pier is new", "We sail at noon", "Nobody swims"] {
        let body = format!("The harbour was quiet on Monday.\n\n\"{said},\" Ana Ito said.");
        files += &format!("{}\n", serde_json::json!({ "id": said, "title": "Boats", "body": body }));
    }
    std::fs::write(dir.path().join("boats.jsonl"), files).unwrap();
    let archive = &dir.path().join("archive");
    check(archive, &["index", dir.path().join("boats.jsonl").to_str().unwrap()], 0, "", "6 articles added");
    let told = |args: &[&str], id: &str| -> serde_json::Value {
        let out = run(archive, &[args, &["harbour ferry", "--any", "--explain", "--json", "-n", "all"]].concat());
        let hits = text(&out.stdout);
        let mut hits = hits.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
        let hit = hits.find(|hit| hit["id"].as_str().is_some_and(|found| found.starts_with(id)));
        hit.unwrap_or_else(|| panic!("{}{}", text(&out.stdout), text(&out.stderr)))["why"][0].take()
    };
    let quote = told(&["quotes"], "The harbour");
    assert!(quote["common"].is_null() && quote["score"].as_f64().unwrap() > 0.0, "{quote}");
    let article = told(&["search"], "No ferry");
    assert!(article["common"] == true && article["score"] == 0.0, "{article}");
}

#[test]
fn a_question_in_place_of_a_command_is_told_where_to_go() {
    let dir = tempfile::tempdir().unwrap();
    check(dir.path(), &["what", "did", "Okafor", "say"], 2, "", "hint: `morgue search WORDS` looks for words, `morgue quotes '");
}

#[test]
fn words_are_left_out_with_a_hyphen() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    let count = |args: &[&str]| -> u64 { text(&run(archive, &[&["search", "-c"], args].concat()).stdout).trim().parse().unwrap() };
    let (all, both) = (count(&["barrier"]), count(&["barrier", "harbour"]));
    assert!(both > 0 && both < all);
    for word in ["-harbour", "-Harbour*", "-harb?ur", "-harbo!", "-\"harbour\"", "-article{harbour}", "-ATLEAST1(harbour)"] {
        assert_eq!(count(&["barrier", word]), all - both, "{word}");
    }
    for word in ["-Ted", "-2016", "-covid-19", "-U.S.", "-China*"] {
        assert_eq!(count(&["barrier", word]) + count(&["barrier", &word[1..]]), all, "{word}");
    }
    check(archive, &["search", "barrier", "--recent", "-harbour", "-c"], 0, &format!("{}\n", all - both), "");
    check(archive, &["search", "barrier", "-x"], 2, "", "unexpected argument '-x'");
}

#[test]
fn partial_matches_are_printed_only_where_they_are_marked() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    for form in [["-l"].as_slice(), &["-T", "{id}"], &["--csv"]] {
        let out = run(archive, &[&["search", "barrier zzzqq"], form].concat());
        let (head, said) = (usize::from(form == ["--csv"]), text(&out.stderr));
        assert_eq!((out.status.code(), text(&out.stdout).lines().count()), (Some(1), head), "{form:?}");
        assert!(said.contains("partial matches are printed as text and with --json alone") && said.contains("0 shown"), "{said}");
    }
    check(archive, &["search", "barrier zzzqq", "--json"], 1, "\"partial\":true", "");
    check(archive, &["search", "barrier zzzqq"], 1, "barrier", "The best partial matches:");
    check(archive, &["search", "barrier zzzqq", "-c"], 1, "0\n", "");
}

#[test]
fn a_count_is_of_stories_where_these_are_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    for verb in ["search", "quotes"] {
        let count = |how: &str| text(&run(archive, &[verb, "*", "-c", "--collapse", how]).stdout).trim().parse::<usize>().unwrap();
        let told = text(&run(archive, &[verb, "*", "--collapse", "story", "-n", "all", "-T", "{id}"]).stdout);
        assert_eq!(count("story"), told.lines().count());
        assert!(count("story") < count("none"));
    }
}

#[test]
fn what_has_no_date_is_left_out_with_a_word() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    let n_undated = text(&run(archive, &["search", "date:none", "-c"]).stdout).trim().to_owned();
    assert_ne!(n_undated, "0");
    let said = format!("note: {n_undated} articles without a date match the rest of the query and are left out: `date:none` finds them");
    for dated in ["since:2010", "--until=2040", "year:2024,2025", "(date:2024 OR date:2025)"] {
        check(archive, &["search", dated, "-c"], 0, "", &said);
    }
    check(archive, &["facets", "since:2010", "--by", "source"], 0, "", &said);
    check(archive, &["timeline", "since:2010", "--per", "year"], 0, "", &said);
    check(archive, &["search", "since:2010", "--json"], 0, "", &format!("\"left_out_undated\":{n_undated}"));
    for plain in ["barrier since:2010", "*", "-date:2024", "date:none"] {
        assert!(!text(&run(archive, &["search", plain, "-l"]).stderr).contains("without a date match"), "{plain}");
    }
}

#[test]
fn a_table_of_pairs_says_what_it_counts() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    let rows = text(&run(archive, &["facets", "--by", "year,person", "--csv", "-n", "all"]).stdout).lines().count() - 1;
    check(archive, &["facets", "--by", "year,person"], 0, "", &format!("{rows} pairs of year and person in 61 articles · "));
    check(archive, &["facets", "--by", "year,person"], 0, "", " in no row");
    // A pair of two fields of quotes stands in one quote, whatever is counted.
    let pairs = |more: &[&str]| {
        text(&run(archive, &[&["facets", "--by", "speaker,cue", "--csv", "-n", "all"], more].concat()).stdout).lines().count()
    };
    assert!(pairs(&[]) > 50 && pairs(&[]) == pairs(&["--quotes"]));
    let hint = "for a table of each, write `--by speaker --by about`";
    check(archive, &["facets", "--by", "speaker,about", "--significant"], 2, "", hint);
}

#[test]
fn what_a_question_rules_out_or_cuts_off_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    let never = "note: `date:2025-01-01..` and `date:..2024-12-31` never hold together";
    check(archive, &["search", "barrier since:2025 until:2024"], 1, "", never);
    check(archive, &["facets", "since:2025 until:2024"], 1, "", never);
    let cut = text(&run(archive, &["search", "source:Humber Mail"]).stderr);
    assert_eq!(cut.matches("source:\"humber mail\"").count(), 1, "it is said once: {cut}");
    assert!(cut.contains("note: `mail` is looked for in the text; `source:\"humber mail\"` finds"), "{cut}");
    for whole in ["source:\"Humber Mail\"", "source:Humber Brandreth", "source:Humber barrier"] {
        assert!(!text(&run(archive, &["search", whole]).stderr).contains("is looked for in the text"), "{whole}");
    }
    check(archive, &["export", "barrier", "-o", "x.csv"], 2, "", "hint: write `> FILE` behind the command");
    check(archive, &["search", "barrier", "--output", "x.csv"], 2, "", "results go to standard output");
    check(archive, &["--help"], 0, "2 error (also an id or name that is not there)", "");
    check(archive, &["tag", "--help"], 0, "morgue search barrier -n all -T '{id}' | morgue tag", "");
}

#[test]
fn a_file_printed_for_one_of_its_records_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, file) = (dir.path(), dir.path().join("many.csv"));
    std::fs::write(&file, "id,title,body\na,A,The first text.\nb,B,The second text.\n").unwrap();
    assert!(run(archive, &["index", file.to_str().unwrap()]).status.success());
    check(archive, &["show", "b", "--raw"], 0, "", "of its 2 articles, this one is record 2; --json prints it alone");
    assert_eq!(run(archive, &["show", "b", "--raw"]).stdout, std::fs::read(&file).unwrap());
    // A line of JSON Lines is printed alone, also out of a packed file.
    let (lines, packed) = (dir.path().join("many.jsonl"), dir.path().join("packed.jsonl.gz"));
    news::write(&lines, 5, 9);
    let written = std::fs::read_to_string(&lines).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(std::fs::File::create(&packed).unwrap(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, format!("\n{}", written.replace("\"id\":\"n", "\"id\":\"p")).as_bytes()).unwrap();
    gzip.finish().unwrap();
    run(archive, &["index", lines.to_str().unwrap(), packed.to_str().unwrap()]);
    for name in ["many.jsonl", "packed.jsonl.gz"] {
        let second = text(&run(archive, &["search", &format!("path:*{name}#2"), "-T", "{id}"]).stdout);
        let raw = run(archive, &["show", second.trim(), "--raw"]);
        assert_eq!(text(&raw.stdout).trim_end().len(), written.lines().nth(1).unwrap().len());
        assert!(text(&raw.stdout).contains(second.trim()) && raw.stderr.is_empty());
    }
    let sample = dir.path().join("sample");
    run(&sample, &["index", SAMPLE]);
    let alone = text(&run(&sample, &["search", "-path:*#*", "-n", "1", "-T", "{id}"]).stdout);
    assert!(!text(&run(&sample, &["show", alone.trim(), "--raw"]).stderr).contains("this is all of"));
}

#[test]
fn a_timeline_reads_what_is_typed_as_a_search_does() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    let factiva = ["--dialect", "factiva", "hd=barrier and ns=gcat"];
    let found = text(&run(archive, &[&["search", "-c"], factiva.as_slice()].concat()).stdout);
    check(archive, &[&["timeline"], factiva.as_slice()].concat(), 0, "", "note: `ns=gcat` asks for codes of that system");
    check(archive, &[&["timeline"], factiva.as_slice()].concat(), 0, "", &format!("{} articles with a date", found.trim()));
    let count = |args: &[&str]| text(&run(archive, &[&["search", "-c"], args].concat()).stdout);
    assert_eq!(count(&["--no-stem", "--person", "Okafor"]), count(&["--person", "Okafor"]));
}

#[test]
fn what_is_left_unsaid_is_taken_as_meant_or_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    // The word behind `--recent` is one of the question.
    let count = |args: &[&str]| text(&run(archive, args).stdout);
    assert_eq!(count(&["search", "-c", "--recent", "barrier"]), count(&["search", "-c", "barrier"]));
    // What a question is about outlives its replacement.
    check(archive, &["saved", "add", "one", "--quotes", "barrier"], 0, "", "quotes now");
    check(archive, &["saved", "add", "one", "--replace", "ferry"], 0, "", "quotes now");
    check(archive, &["saved", "add", "one", "--replace", "--articles", "ferry"], 0, "", "article now");
    check(archive, &["saved", "run"], 2, "", "hint: `--all` runs all of them");
}

#[test]
fn sources_of_any_width_stand_in_one_column() {
    let dir = tempfile::tempdir().unwrap();
    let files = tempfile::tempdir().unwrap();
    for (n, source) in ["Star", "朝日新聞", "The Harrow Courier and Wold Intelligencer"].iter().enumerate() {
        let record = serde_json::json!({ "id": n.to_string(), "title": "x", "body": "y", "source": source, "published": "2024-03-05" });
        std::fs::write(files.path().join(format!("{n}.json")), record.to_string()).unwrap();
    }
    check(dir.path(), &["index", files.path().to_str().unwrap()], 0, "", "3 articles added");
    let covers = "  2024-03 to 2024-03: 1 month";
    for line in
        [format!("Star{:28}{covers}", ""), format!("朝日新聞{:24}{covers}", ""), format!("The Harrow Courier and Wold Int…{covers}")]
    {
        check(dir.path(), &["status"], 0, &line, "");
    }
}

#[test]
fn help_is_had_either_way_and_articles_come_through_a_pipe() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    let long = text(&run(archive, &["saved", "add", "--help"]).stdout);
    assert_eq!(text(&run(archive, &["help", "saved", "add"]).stdout), long);
    for (piped, code, title) in [(&b"Pier holds\n\nIt held on Monday, the mayor said.\n"[..], 0, "\"title\":\"Pier holds\""), (b"", 1, "")]
    {
        let mut child = morgue(archive, &["extract", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(piped).unwrap();
        let out = child.wait_with_output().unwrap();
        assert_eq!((out.status.code(), text(&out.stdout).contains(title)), (Some(code), true), "{}", text(&out.stdout));
    }
}

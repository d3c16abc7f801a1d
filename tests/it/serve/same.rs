//! The API beside the command line: the same questions, the same JSON, lines and tables.

use super::{cli, encoded, get, sample};
use serde_json::Value;
use std::net::SocketAddr;
use std::path::Path;

/// Questions of every kind: command, words, flags.
const QUESTIONS: &[&[&str]] = &[
    &["search", "barrier"],
    &["search", "flood*"],
    &["search", "barrier OR ferry"],
    &["search", "harbour NOT barrier"],
    &["search", "\"the barrier\""],
    &["search", "title:barrier"],
    &["search", "place:Hull"],
    &["search", "person:okafor"],
    &["search", "speaker:okafor barrier"],
    &["search", "source:*", "--sort", "date"],
    &["search", "*", "--sort", "-date"],
    &["search", "*", "--sort", "length"],
    &["search", "*", "--sort", "added", "-n", "50"],
    &["search", "council NEAR/5 barrier"],
    &["search", "barrier /s council"],
    &["search", "quote{speaker:okafor barrier}"],
    &["search", "words:>200"],
    &["search", "since:2024 until:2024-06"],
    &["search", "nosuchword"],
    &["search", "barrier nosuchword council"],
    &["search", "tide", "--any"],
    &["search", "what did the mayor say of the barrier", "--any"],
    &["search", "*", "-n", "7", "--offset", "5"],
    &["search", "lang:en -section:sport"],
    &["search", "format:html"],
    &["quotes", "barrier"],
    &["quotes", "speaker:okafor"],
    &["quotes", "*", "--sort", "date"],
    &["quotes", "qtype:direct", "-n", "30"],
    &["quotes", "qtype:indirect"],
    &["quotes", "conf:>=80"],
    &["quotes", "about:*"],
    &["quotes", "cue:said"],
    &["quotes", "article{title:barrier}"],
    &["quotes", "qlen:>20", "-n", "3"],
    &["quotes", "nosuchword"],
    &["facets", "*", "--by", "speaker"],
    &["facets", "barrier", "--by", "person"],
    &["facets", "*", "--by", "place", "-n", "100"],
    &["facets", "*", "--by", "place,year"],
    &["facets", "*", "--by", "source", "--by", "lang"],
    &["facets", "*", "--by", "speaker", "--quotes"],
    &["facets", "qtype:direct", "--by", "cue", "--quotes"],
    &["facets", "source:*", "--by", "source"],
    &["facets", "*", "--by", "words"],
    &["facets", "barrier", "--by", "added"],
    &["facets", "*", "--by", "words,lang", "--quotes"],
    &["facets", "*", "--by", "speaker,qtype", "--quotes", "-n", "40"],
    &["timeline", "*"],
    &["timeline", "barrier", "--per", "year"],
    &["timeline", "*", "--per", "week"],
    &["timeline", "*", "--per", "day", "--quotes"],
    &["timeline", "speaker:okafor", "--quotes"],
];

/// The address that asks what the command line asks with `args`.
fn address(args: &[&str]) -> String {
    let command = args[0];
    let mut parameters = vec![("q", args[1])];
    if command != "timeline" && !args.contains(&"-n") {
        parameters.push(("n", if command == "facets" { "20" } else { "10" }));
    }
    let mut rest = args[2..].iter();
    while let Some(flag) = rest.next() {
        match *flag {
            "--any" => parameters.push(("any", "true")),
            "--quotes" => parameters.push(("what", "quotes")),
            flag => parameters.push((if flag == "-n" { "n" } else { flag.trim_start_matches('-') }, rest.next().unwrap())),
        }
    }
    let parameters: Vec<String> = parameters.iter().map(|(n, v)| format!("{n}={}", encoded(v))).collect();
    format!("/api/v1/{command}?{}", parameters.join("&"))
}

/// What the command line prints with `--json` and with `--csv`.
pub fn printed(archive: &Path, args: &[&str], form: &str) -> String {
    let mut args = args.to_vec();
    args.push(form);
    let out = cli(archive, &args);
    assert!(matches!(out.status.code(), Some(0 | 1)), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn the_api_says_what_the_command_line_says() {
    let (dir, address_of) = sample();
    let mut hits = 0;
    for args in QUESTIONS {
        let (path, lines) = (address(args), printed(dir.path(), args, "--json"));
        let reply = get(address_of, &path, &["Accept: application/x-ndjson"]);
        assert_eq!((reply.status, reply.body.as_str()), (200, lines.as_str()), "{args:?}");
        let whole = get(address_of, &path, &["Accept: application/json"]).json();
        let rows: Vec<Value> = match args[0] {
            "search" | "quotes" => whole["hits"].as_array().unwrap().clone(),
            "facets" => whole["facets"].as_array().unwrap().iter().flat_map(|f| f["values"].as_array().unwrap().clone()).collect(),
            _ => whole["rows"].as_array().unwrap().clone(),
        };
        let expected: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(rows, expected, "{args:?}");
        hits += rows.len();
        let table = get(address_of, &path, &["Accept: text/csv"]);
        let told = printed(dir.path(), args, "--csv");
        assert_eq!(table.body.replace("\r\n", "\n"), told, "{args:?}");
        // Of partial matches, which a table cannot mark, none are printed.
        assert!(whole["partial"] != true || told.lines().count() == 1, "{args:?}");
    }
    assert!(hits > 300, "only {hits} rows were compared");
}

/// Questions to the other commands, `{A}` being an article that has copies, `{Q}` a quote that is repeated. Behind them the
/// address, and where in its JSON the rows of `--json` stand; nothing where the two are the same object.
const OTHERS: &[(&[&str], &str, &str)] = &[
    (&["kwic", "barrier", "-w", "60", "-n", "30"], "kwic?q=barrier&n=30", "lines"),
    (&["kwic", "flood*", "--quotes", "-w", "40", "-n", "25"], "kwic?q=flood*&what=quotes&width=40&n=25", "lines"),
    (&["kwic", "council", "-w", "60", "-n", "9", "--sort", "relevance"], "kwic?q=council&n=9&sort=relevance", "lines"),
    (&["compare", "barrier", "ferry"], "compare?a=barrier&b=ferry", "values"),
    (
        &["compare", "source:mail", "source:ledger", "--quotes", "--no-words", "--least", "1", "-n", "8", "--by", "about,cue"],
        "compare?a=source:mail&b=source:ledger&what=quotes&words=0&least=1&n=8&by=about,cue",
        "values",
    ),
    (&["similar", "{A}", "-n", "5"], "similar/{A}?n=5", "similar"),
    (&["similar", "{A}", "-n", "9", "--within", "lang:en"], "similar/{A}?n=9&within=lang:en", "similar"),
    (&["search", "cluster:\"{A}\"", "--sort", "-date", "-n", "all"], "clusters/{A}", "hits"),
    (&["quotes", "echo:\"{Q}\"", "--sort", "-date", "-n", "all"], "clusters/{Q}", "hits"),
    (&["search", "*", "--collapse", "story", "-n", "100"], "search?collapse=story&n=100", "hits"),
    (&["quotes", "*", "--collapse", "story", "-n", "300"], "quotes?collapse=story&n=300", "hits"),
    (&["facets", "*", "--by", "source,month", "-n", "all"], "coverage", "facets.0.values"),
    (&["saved", "list"], "saved", "saved"),
    (&["saved", "diff", "barrier"], "saved/barrier/diff", "changes"),
    (&["saved", "diff", "words", "--news"], "saved/words/diff?news=true", "changes"),
    (&["who", "okafor", "-n", "3"], "people/okafor?latest=3", ""),
    (&["who", "Leila Haddad", "-n", "1"], "people/Leila%20Haddad?latest=1", ""),
    (&["show", "{A}"], "articles/{A}", ""),
    (&["status"], "status", ""),
    (&["query", "explain", "flood AND dam* NOT barrier"], "query/explain?q=flood+AND+dam*+NOT+barrier", ""),
    (&["query", "explain", "speaker:okafor tax", "--quotes"], "query/explain?q=speaker:okafor+tax&what=quotes", ""),
    (&["query", "explain", "@barrier since:last-7d"], "query/explain?q=@barrier+since:last-7d", ""),
    (
        &["query", "explain", "flood w/5 (dam or gate) and not drought", "--dialect", "nexis"],
        "query/explain?q=flood+w/5+(dam+or+gate)+and+not+drought&dialect=nexis",
        "",
    ),
];

/// Those of [`OTHERS`] that have no table on the command line.
const WITHOUT_TABLE: [&str; 1] = ["saved"];

#[test]
fn the_api_says_what_the_other_commands_say() {
    assert!(QUESTIONS.len() + OTHERS.len() >= 50 + 20);
    let (dir, address) = sample();
    let run = |args: &[&str]| assert!(matches!(cli(dir.path(), args).status.code(), Some(0 | 1)), "{args:?}");
    run(&["saved", "add", "barrier", "barrier", "--title", "The barrier", "--tag", "coast"]);
    run(&["saved", "add", "words", "speaker:okafor", "--quotes"]);
    run(&["saved", "run", "barrier", "words"]);
    let late = dir.path().join("late.txt");
    std::fs::write(&late, "Barrier shut\n\nHULL, 3 March 2026\n\n“It is shut,” said Mayor Adaeze Okafor on Tuesday of the barrier.\n")
        .unwrap();
    run(&["index", &late.to_string_lossy()]);
    std::thread::sleep(std::time::Duration::from_millis(700));
    let with_copies = |command: &str| -> String {
        let hits = printed(dir.path(), &[command, "*", "-n", "all"], "--json");
        let mut hits = hits.lines().map(|l| serde_json::from_str::<Value>(l).unwrap());
        hits.find(|h| h["copies"].as_u64() > Some(0)).unwrap()["id"].as_str().unwrap().to_owned()
    };
    let (article, quote) = (with_copies("search"), with_copies("quotes"));
    for (args, path, rows) in OTHERS {
        let args: Vec<String> = args.iter().map(|a| a.replace("{A}", &article).replace("{Q}", &quote)).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let path = format!("/api/v1/{}", path.replace("{A}", &encoded(&article)).replace("{Q}", &encoded(&quote)));
        same((dir.path(), address), &args, &path, rows);
    }
}

#[track_caller]
fn same((archive, address): (&Path, SocketAddr), args: &[&str], path: &str, rows: &str) {
    let lines = printed(archive, args, "--json");
    let whole = get(address, path, &["Accept: application/json"]);
    assert_eq!(whole.status, 200, "{path}: {}", whole.body);
    if rows.is_empty() {
        assert_eq!(whole.body, lines.trim_end(), "{args:?}");
        return;
    }
    let whole = whole.json();
    let at = rows.split('.').fold(&whole, |at, step| step.parse::<usize>().map_or_else(|_| &at[step], |i| &at[i]));
    let mut expected: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    if args[0] == "compare" {
        let head = expected.remove(0);
        for side in ["first", "second", "both", "statistic"] {
            assert_eq!(whole[side], head[side], "{args:?}");
        }
    }
    assert!(!expected.is_empty(), "{args:?} finds nothing, which shows nothing");
    assert_eq!(at.as_array().unwrap(), &expected, "{args:?}");
    let reply = get(address, path, &["Accept: application/x-ndjson"]);
    assert_eq!((reply.status, reply.body.as_str()), (200, lines.as_str()), "{args:?}");
    if !WITHOUT_TABLE.contains(&args[0]) {
        let table = get(address, path, &["Accept: text/csv"]);
        assert_eq!(table.body.replace("\r\n", "\n"), printed(archive, args, "--csv"), "{args:?}");
    }
}

//! The API beside the command line, and what is its own: pages, marks of freshness, its description.

use super::{cli, encoded, get, sample, serve};
use serde_json::Value;
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
fn printed(archive: &Path, args: &[&str], form: &str) -> String {
    let mut args = args.to_vec();
    args.push(form);
    let out = cli(archive, &args);
    assert!(matches!(out.status.code(), Some(0 | 1)), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn the_api_says_what_the_command_line_says() {
    let (dir, address_of) = sample();
    assert_eq!(QUESTIONS.len(), 50);
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
        assert_eq!(table.body.replace("\r\n", "\n"), printed(dir.path(), args, "--csv"), "{args:?}");
    }
    assert!(hits > 300, "only {hits} rows were compared");
}

#[test]
fn records_and_status_are_those_of_the_command_line() {
    let (dir, address) = sample();
    let ids: Vec<String> = printed(dir.path(), &["search", "*", "-n", "all"], "--json")
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    for id in &ids {
        let shown = printed(dir.path(), &["show", id], "--json");
        assert_eq!(get(address, &format!("/api/v1/articles/{}", encoded(id)), &[]).body, shown.trim_end(), "{id}");
    }
    assert!(ids.len() > 50);
    assert_eq!(get(address, "/api/v1/status", &[]).body, printed(dir.path(), &["status"], "--json").trim_end());
    let lines = printed(dir.path(), &["kwic", "barrier", "-w", "60", "-n", "30"], "--json");
    assert_eq!(get(address, "/api/v1/kwic?q=barrier&n=30&as=ndjson", &[]).body, lines);
    let alike = get(address, &format!("/api/v1/similar/{}?n=5", encoded(&ids[0])), &[]).json();
    let similar: Vec<Value> =
        printed(dir.path(), &["similar", &ids[0], "-n", "5"], "--json").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    // Likeness is a sum whose order is not fixed: its last digit may differ.
    let ids_of = |rows: &[Value]| rows.iter().map(|r| r["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids_of(alike["similar"].as_array().unwrap()), ids_of(&similar));
    let card = get(address, "/api/v1/people/okafor?latest=3", &[]);
    assert_eq!(card.body, printed(dir.path(), &["who", "okafor"], "--json").trim_end());
    assert_eq!(get(address, "/api/v1/articles/no-such", &[]).status, 404);
}

#[test]
fn pages_of_hits_stay_as_they_were_while_the_archive_grows() {
    let (dir, address) = sample();
    let whole = get(address, "/api/v1/search?q=*&sort=date&n=1000", &[]).json();
    let expected: Vec<Value> = whole["hits"].as_array().unwrap().clone();
    let (mut got, mut next) = (Vec::new(), String::new());
    loop {
        let cursor = if next.is_empty() { String::new() } else { format!("&cursor={next}") };
        let page = get(address, &format!("/api/v1/search?q=*&sort=date&n=9{cursor}"), &[]).json();
        assert_eq!(page["revision"], whole["revision"]);
        got.extend(page["hits"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(token) => token.clone_into(&mut next),
            None => break,
        }
        if got.len() == 18 {
            // The newest of all would move every hit down by one.
            std::fs::write(
                dir.path().join("new.txt"),
                "Late news\n\nBarrier closes\n\nThe barrier closed today, 2031-01-01, the council said.\n",
            )
            .unwrap();
            assert_eq!(cli(dir.path(), &["index", &dir.path().join("new.txt").to_string_lossy()]).status.code(), Some(0));
            std::thread::sleep(std::time::Duration::from_millis(700));
            let now = get(address, "/api/v1/count?q=*", &[]).json();
            assert_eq!(now["total"].as_u64(), whole["total"].as_u64().map(|n| n + 1), "what is new shows without a restart");
        }
    }
    assert_eq!(got, expected);
    assert_eq!(get(address, "/api/v1/search?q=*&cursor=999.20", &[]).status, 410);
    assert_eq!(get(address, "/api/v1/search?q=*&cursor=x", &[]).status, 400);
}

#[test]
fn answers_known_already_are_not_sent_again() {
    let (_dir, address) = sample();
    let first = get(address, "/api/v1/search?q=barrier", &[]);
    let tag = first.header("etag").unwrap().to_owned();
    let again = get(address, "/api/v1/search?q=barrier", &[&format!("If-None-Match: {tag}")]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(get(address, "/api/v1/search?q=ferry", &[&format!("If-None-Match: {tag}")]).status, 200);
}

#[test]
fn what_cannot_be_answered_says_why_as_json() {
    let (_dir, address) = sample();
    for (path, status, says) in [
        ("/api/v1/search?q=(barrier", 400, "(barrier"),
        ("/api/v1/search?q=titel:x", 400, "title"),
        ("/api/v1/search?q=x&frm=1", 400, "there is no parameter `frm` here"),
        ("/api/v1/search?n=1001", 400, "cursor"),
        ("/api/v1/search?n=-1", 400, "not a number"),
        ("/api/v1/search?sort=best", 400, "relevance"),
        ("/api/v1/facets?by=title", 400, "speaker"),
        ("/api/v1/facets?by=place,year,lang", 400, "two fields"),
        ("/api/v1/timeline?per=decade", 400, "year"),
        ("/api/v1/quotes?as=xml", 400, "csv"),
        ("/api/v1/saved/none/run", 404, "none"),
        ("/api/v1/nothing", 404, "openapi.json"),
        ("/api/v2/search", 404, "openapi.json"),
    ] {
        let reply = get(address, path, &[]);
        let json = reply.json();
        assert_eq!((reply.status, json["status"].as_u64()), (status, Some(u64::from(status))), "{path}");
        assert!(format!("{} {}", json["error"], json["hint"]).contains(says), "{path}: {}", reply.body);
    }
}

#[test]
fn the_description_names_every_address_and_every_type_it_needs() {
    let (_dir, address) = sample();
    let document = get(address, "/openapi.json", &[]).json();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let text = document.to_string();
    let references: std::collections::BTreeSet<&str> =
        text.split("\"#/components/schemas/").skip(1).filter_map(|r| r.split('"').next()).collect();
    assert!(references.len() > 10, "{references:?}");
    for reference in references {
        assert!(schemas.contains_key(reference), "{reference} is not described");
    }
    for (path, item) in document["paths"].as_object().unwrap() {
        if path.contains('{') {
            continue;
        }
        let query = if path.ends_with("explain") { "?q=barrier" } else { "" };
        let reply = get(address, &format!("{path}{query}"), &[]);
        assert_eq!(reply.status, 200, "{path}");
        assert!(item["get"]["responses"]["200"]["content"]["application/json"]["schema"].is_object(), "{path}");
    }
}

#[test]
fn an_empty_archive_is_told_and_fills_without_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join(".morgue")).unwrap();
    std::fs::write(dir.path().join(".morgue/config.toml"), "format = 1\nid = \"x\"\nengine = \"tantivy\"\n").unwrap();
    let address = serve(dir.path(), &super::options());
    let reply = get(address, "/api/v1/search?q=x", &[]);
    assert_eq!((reply.status, reply.json()["error"].as_str()), (404, Some("the archive is empty")));
    let page = get(address, "/", &[]);
    assert!(page.status == 404 && page.body.contains("The archive is empty") && page.body.contains(" index DIRECTORY"), "{}", page.body);
    cli(dir.path(), &["index", super::SAMPLE]);
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert_eq!(get(address, "/api/v1/count", &[]).json()["total"], 61);
}

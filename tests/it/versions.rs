//! Corrections and updates: an article that corrects or updates another says so, both show it, and either can be asked for.

use crate::cli::{morgue, text};
use std::path::Path;

fn run(dir: &Path, args: &[&str]) -> String {
    let out = morgue(&dir.join("archive"), args).output().unwrap();
    assert!(matches!(out.status.code(), Some(0 | 1)), "{args:?}: {}", text(&out.stderr));
    text(&out.stdout)
}

const BODY: &str = "The harbour council voted on Monday to keep the old ferry between Oldhaven and the northern islands for at least ten more \
    years, after a long and angry debate in which the mayor, Ann Cole, spoke twice and was booed from the gallery. \"We keep what works,\" she said. \
    The ferry carries four hundred passengers a day, most of them pupils and nurses, and costs the town about two million crowns a year to run.";

/// Four versions of one story in four formats, and what they are named by.
fn archive(dir: &Path) {
    let files = dir.join("files");
    std::fs::create_dir_all(&files).unwrap();
    let g2 = |version: u32, more: &str, headline: &str| {
        format!(
            "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:newsml:wire.example:ferry' version='{version}'><itemMeta>\
             <itemClass qcode='ninat:text'/><provider literal='Wire'/><versionCreated>2024-03-0{version}T10:00:00Z</versionCreated>\
             <firstCreated>2024-03-01T10:00:00Z</firstCreated>{more}</itemMeta><contentMeta><headline>{headline}</headline></contentMeta>\
             <contentSet><inlineXML><html><body><p>{BODY}</p></body></html></inlineXML></contentSet></newsItem>"
        )
    };
    let write = |name: &str, content: &str| std::fs::write(files.join(name), content).unwrap();
    // The later version stands first in the folder.
    write("a-second.xml", &g2(2, "<edNote>Corrects the sum</edNote><signal qcode='sig:correction'/>", "Ferry stays"));
    write("b-first.xml", &g2(1, "", "Ferry stays, council says"));
    let nitf = |id: &str, date: &str, more: &str| {
        format!(
            "<nitf><head><docdata><doc-id id-string='{id}' regsrc='AA'/><date.issue norm='{date}'/>{more}</docdata></head><body><body.head>\
             <hedline><hl1>Bridge opens {id}</hl1></hedline></body.head><body.content><p>The bridge opened, said {id}.</p></body.content></body></nitf>"
        )
    };
    write("c.nitf", &nitf("n1", "20240305T100000Z", ""));
    write("d.nitf", &nitf("n2", "20240306T100000Z", "<correction info='The bridge is 90 metres long' id-string='n1' regsrc='AA'/>"));
    write(
        "e.json",
        &format!(
            "{{\"id\": \"j1\", \"title\": \"Levy rises\", \"published\": \"2024-04-01\", \"source\": \"Courier\", \"body\": \"{}\"}}",
            BODY.replace('"', "'").replace("ferry", "levy").replace("Monday", "Friday")
        ),
    );
    // Says that it corrects, not what: the same paper told the same story the day before.
    write(
        "f.json",
        &format!(
            "{{\"id\": \"j2\", \"title\": \"Levy rises\", \"published\": \"2024-04-02\", \"source\": \"Courier\", \"body\": \"{}\\n\\nThis article was amended on 2 April 2024: the levy rises on Friday.\"}}",
            BODY.replace('"', "'").replace("ferry", "levy").replace("Monday", "Friday")
        ),
    );
    // One after the other: whoever comes first has the id.
    run(dir, &["index", files.to_str().unwrap(), "--jobs", "1"]);
}

#[test]
fn what_corrects_another_says_so_and_both_show_it() {
    let dir = tempfile::tempdir().unwrap();
    archive(dir.path());
    let shown = |id: &str| run(dir.path(), &["show", id]);
    let has = |id: &str, wanted: &[&str]| {
        let shown = shown(id);
        wanted.iter().for_each(|w| assert!(shown.contains(w), "{w} is not in\n{shown}"));
    };
    has("n2", &["correction", "The bridge is 90 metres long", "corrects", "Bridge opens n1"]);
    has("n1", &["corrected by", "Bridge opens n2", "the latest"]);
    has("j2", &["correction", "This article was amended on 2 April", "corrects", "· j1"]);
    has("j1", &["corrected by", "· j2"]);
    // Two files with one guid: both are kept, the later version is the last whichever came first.
    has("urn:newsml:wire.example:ferry", &["correction, version 2", "Corrects the sum", "Ferry stays, council says"]);
    has("urn:newsml:wire.example:ferry~2", &["corrected by", "the latest"]);
}

#[test]
fn versions_are_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    archive(dir.path());
    let ids = |query: &str| {
        let out = run(dir.path(), &["search", query, "--json", "-n", "all", "--collapse", "none"]);
        let mut ids: Vec<String> =
            out.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids.iter_mut().for_each(|id| *id = id.replace("urn:newsml:wire.example:", ""));
        ids.join(" ")
    };
    assert_eq!(ids("version:latest"), "j2 n2 ferry");
    assert_eq!(ids("version:superseded"), "j1 n1 ferry~2");
    assert_eq!(ids("version:correction"), "j2 n2 ferry");
    assert_eq!(ids("version:1"), "ferry~2");
    assert_eq!(ids("version:2 ferry"), "ferry");
    assert_eq!(ids("versions:n1"), "n1 n2");
    assert_eq!(ids("NOT version:latest bridge"), "n1");
    // The hits say so themselves.
    let hits = run(dir.path(), &["search", "bridge", "--collapse", "none"]);
    assert!(hits.contains("correction") && hits.contains("superseded"), "{hits}");
    // The same after everything was made anew from what is stored.
    run(dir.path(), &["reindex"]);
    assert_eq!(ids("version:superseded"), "j1 n1 ferry~2");
    // With the correction gone the article stands again.
    std::fs::remove_file(dir.path().join("files/d.nitf")).unwrap();
    run(dir.path(), &["index", dir.path().join("files").to_str().unwrap()]);
    assert_eq!(ids("version:superseded"), "j1 ferry~2");
}

//! Saved queries as a user meets them: the walk-through of the README, tests that fail as CI wants, lists taken in and out, names
//! corrected, and a watch that is stopped.

use crate::cli::{SAMPLE, check, morgue, run, text};
use atom_syndication::Feed;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

const MORE: &str = "Barrier opens\n\nHARROW, May 2 (Meridian Wire) - The tidal barrier opened on Friday.\n\n\
    \"The barrier will hold for a hundred years,\" Adaeze Okafor said.\n";

fn append(path: &Path, more: &str) {
    let before = std::fs::read_to_string(path).unwrap_or_default();
    std::fs::write(path, before + more).unwrap();
}

/// An archive of one article in which nothing happens, and the folder of its files.
fn quiet_archive(dir: &Path) -> (PathBuf, PathBuf) {
    let (archive, files) = (dir.join("archive"), dir.join("files"));
    std::fs::create_dir(&files).unwrap();
    std::fs::write(files.join("a.txt"), "Title\n\nA quiet day in Hull, and nothing to report.\n").unwrap();
    run(&archive, &["index", files.to_str().unwrap()]);
    (archive, files)
}

#[test]
fn save_run_add_files_diff_and_tell_a_feed() {
    let dir = tempfile::tempdir().unwrap();
    let archive = &dir.path().join("archive");
    let more = dir.path().join("more");
    std::fs::create_dir(&more).unwrap();
    run(archive, &["index", SAMPLE]);
    check(archive, &["saved", "add", "barrier", "--quotes", "speaker:Okafor barrier"], 0, "", "saved `barrier`");
    check(archive, &["saved", "diff", "barrier"], 2, "", "never ran");
    check(archive, &["saved", "run", "barrier", "-c"], 0, "barrier", "");
    check(archive, &["saved", "diff", "barrier"], 0, "run 1", "no change");
    let queries = archive.join("queries.toml");
    append(&queries, "\n[sinks]\nfeed = { kind = \"atom\", path = \"alerts/{name}.xml\" }\n");
    check(archive, &["saved", "add", "x", "flood", "--alert", "nobody"], 2, "", "there is no sink `nobody`");
    check(
        archive,
        &["saved", "add", "told", "--quotes", "@barrier", "--alert", "feed", "--schedule", "daily 07:30"],
        0,
        "",
        "in the 30 days up to",
    );
    check(archive, &["saved", "run", "--alert"], 0, "", "");
    assert!(!archive.join("alerts/told.xml").exists(), "what was there is no news");
    std::fs::write(more.join("opens.txt"), MORE).unwrap();
    check(archive, &["index", more.to_str().unwrap()], 0, "", "1 article added");
    check(archive, &["saved", "diff", "barrier"], 1, "hold for a hundred years", "1 new or changed");
    check(archive, &["saved", "run", "--alert"], 0, "", "told feed: morgue: 1 new");
    let feed = Feed::read_from(std::io::BufReader::new(std::fs::File::open(archive.join("alerts/told.xml")).unwrap())).unwrap();
    assert_eq!(feed.entries.len(), 1);
    assert!(feed.entries[0].title.value.contains("hold for a hundred years"), "{:?}", feed.entries[0]);
    check(archive, &["saved", "run", "--due"], 0, "", "");
    // The feed lies under the archive's directory and is none of its articles.
    check(archive, &["index", archive.to_str().unwrap()], 0, "", "0 articles added");
    check(archive, &["saved", "run", "barrier", "-c"], 0, "+1", "");
    check(archive, &["saved", "log", "barrier"], 0, "   2  ", "");
    check(archive, &["saved", "diff", "barrier", "1", "2"], 1, "run 2", "");
    check(archive, &["saved", "list"], 0, "→ feed daily 07:30 · looked at 20", "");
    check(archive, &["saved", "list"], 0, "told up to revision 2\n", "");
    check(archive, &["saved", "list", "--json"], 0, "\"sinks\":{\"feed\":2}", "");
    check(archive, &["saved", "add", "a-new-one", "ferry"], 0, "", "saved `a-new-one`");
    check(archive, &["saved", "diff", "--all"], 1, "hold for a hundred years", "note: `a-new-one` never ran");
    check(archive, &["saved", "diff", "--all"], 1, "", "no change");
    check(archive, &["saved", "diff"], 2, "", "required");
}

#[test]
fn what_is_told_of_a_quote_is_what_may_be_cited() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, files) = &quiet_archive(dir.path());
    std::fs::write(archive.join("queries.toml"), "[query.cole]\nquery = 'speaker:Cole'\nwhat = 'quotes'\nalert = { on = 'new' }\n")
        .unwrap();
    check(archive, &["saved", "run", "--alert"], 0, "", "watching `cole`");
    check(archive, &["saved", "run", "cole", "-c"], 1, "0 quotes", "");
    let body = "Talks\n\n“The pier will hold,” Mayor Ann Cole said on Monday in Hull. “It always held against the sea.”\n\n\
        Cole said that the old gate would be mended before the winter.\n";
    std::fs::write(files.join("b.txt"), body).unwrap();
    run(archive, &["index", files.to_str().unwrap()]);
    let told = run(archive, &["saved", "run", "--alert"]);
    let told = text(&told.stdout);
    assert!(told.contains("Ann Cole: “The pier will hold,” […] “It always held against the sea.”"), "{told}");
    assert!(told.contains("Ann Cole: the old gate would be mended before the winter\n"), "her words are not those: {told}");
    let differs = text(&run(archive, &["saved", "diff", "cole"]).stdout);
    assert!(differs.contains("“The pier will hold,” […] “It always held against the sea.”"), "{differs}");
    assert!(differs.contains("no date the old gate would be mended"), "{differs}");
    // Each is shown by the id that stands with it.
    let shown = |words: &str| differs.lines().skip_while(|line| !line.contains(words)).nth(1).unwrap().trim().to_owned();
    for words in ["The pier will hold", "the old gate would be mended"] {
        let id = shown(words);
        assert!(id.contains("#q"), "{differs}");
        check(archive, &["show", &id], 0, words, "");
        check(archive, &["saved", "diff", "cole", "--json"], 1, &format!("\"show\":\"{id}\""), "");
    }
    let id = text(&run(archive, &["search", "title:talks", "-T", "{id}"]).stdout);
    check(archive, &["show", id.trim()], 0, "“The pier will hold,” […] “It always held", "");
    check(archive, &["show", "--why", id.trim()], 0, "“The pier will hold,” […] “It always held", "");
}

#[test]
fn a_list_that_is_broken_stops_only_who_asks_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    check(archive, &["saved", "add", "barrier", "barrier"], 0, "", "saved `barrier`");
    check(archive, &["search", "@barrier flood"], 0, "", "");
    append(&archive.join("queries.toml"), "\n[queries.barrier\n");
    check(archive, &["search", "flood"], 0, "", "");
    check(archive, &["search", "@barrier flood"], 2, "", "cannot understand");
    check(archive, &["saved", "list"], 2, "", "cannot understand");
}

#[test]
fn tests_of_saved_queries_fail_as_they_should() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    std::fs::write(
        archive.join("queries.toml"),
        "[query.good]\nquery = 'barrier'\nexpect = { at_least = 1 }\n[query.bad]\nquery = 'barrier'\n\
         expect = { at_least = 9999, includes = ['no-such-id'] }\n[query.broken]\nquery = '(barrier'\nexpect = { at_least = 1 }\n",
    )
    .unwrap();
    check(archive, &["saved", "test", "good"], 0, "ok", "1 saved query tested, 0 failed");
    check(archive, &["saved", "test"], 1, "expected at least 9999; came: ", "2 failed");
    check(archive, &["saved", "test", "bad"], 1, "expected `no-such-id`; came: it is not found", "");
    check(archive, &["saved", "test", "broken"], 1, "expected a query that can be read; came: ", "");
    check(archive, &["saved", "run", "--all", "-c"], 2, "good", "broken:");
}

#[test]
fn lists_go_in_and_out() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    let list = archive.join("list.csv");
    std::fs::write(&list, "name,query,tags\nflood,flood OR inundat*,water\nbad,(x,water\nflood,again,\n\"no name!\",x,\n").unwrap();
    check(archive, &["saved", "import", list.to_str().unwrap()], 3, "", "2 saved queries taken in, 2 left out, 1 broken");
    check(archive, &["saved", "export", "--csv"], 0, "flood,articles,flood OR inundat*,,water", "");
    check(archive, &["saved", "run", "@water", "-c"], 2, "flood", "broken: `bad`");
    check(archive, &["saved", "rename", "flood", "deluge"], 0, "", "");
    check(archive, &["saved", "run", "deluge", "-c"], 0, "deluge", "");
    check(archive, &["saved", "rm", "bad"], 0, "", "");
    assert!(morgue(archive, &["saved", "edit"]).env("VISUAL", "true").status().unwrap().success());
    append(&archive.join("queries.toml"), "[query.town]\nquery = 'place:$town'\nparams = { town = 'Hull' }\n");
    check(archive, &["saved", "run", "town", "-c", "-D", "town=Nowhere"], 1, "0 articles", "");
    check(archive, &["saved", "run", "town", "-c", "-D", "city=Hull"], 2, "", "no parameter `city`");
    let none = "there is no parameter `town` here; `$town` is read as the word `town`";
    check(archive, &["saved", "add", "lost", "place:$town"], 0, "", none);
    check(archive, &["search", "place:$town"], 1, "", none);
    check(archive, &["query", "check", "place:$town"], 1, none, "");
    // A file is in order when all of it is, not its queries alone.
    let file = archive.join("other.toml");
    let name = file.to_str().unwrap();
    check(archive, &["query", "check", "-f", name], 2, "", "there is no file");
    std::fs::write(&file, "[query.a]\nquery = 'barrier'\nalert = { to = ['desk'] }\n[sinks]\nx = { kind = 'smpt', url = 'y' }\n").unwrap();
    let wrong =
        "sinks.x.kind `smpt` is none: there are stdout, file, atom, webhook, smtp and exec\nquery.a.alert.to there is no sink `desk`";
    check(archive, &["query", "check", "-f", name], 1, wrong, "");
    std::fs::write(&file, "[query.a]\nquery = 'barrier'\n").unwrap();
    check(archive, &["query", "check", "-f", name], 0, "", "1 query is in order");
    let held = run(archive, &["saved", "add", "town", "place:$town flood", "--replace"]);
    assert!(text(&held.stderr).contains("a place in *hull*"), "the parameters it keeps count: {}", text(&held.stderr));
}

#[test]
fn runs_go_with_the_name_of_their_query_and_all_of_it_or_nothing_is_done() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, _) = quiet_archive(dir.path());
    check(&archive, &["saved", "add", "hull", "hull"], 0, "", "saved `hull`");
    check(&archive, &["saved", "run", "hull", "-c"], 0, "hull", "");
    check(&archive, &["saved", "rename", "hull", "port"], 0, "", "");
    check(&archive, &["saved", "diff", "port"], 0, "run 1", "no change");
    let lock = std::fs::File::create(morgue::archive::Home::at(&archive).unwrap().saved().join("lock")).unwrap();
    lock.lock().unwrap();
    for words in [&["saved", "rename", "port", "hull"][..], &["saved", "rm", "port"], &["saved", "reset", "port"]] {
        let refused = run(&archive, words);
        assert!(text(&refused.stderr).contains("alerts are being run by another process"), "{words:?}: {}", text(&refused.stderr));
        check(&archive, &["saved", "diff", "port"], 0, "run 1", "no change");
    }
    drop(lock);
    check(&archive, &["saved", "rm", "port"], 0, "", "");
    check(&archive, &["saved", "rm", "port"], 2, "", "there is no saved query `port`");
    check(&archive, &["saved", "add", "port", "hull"], 0, "", "saved `port`");
    check(&archive, &["saved", "diff", "port"], 2, "", "never ran");
}

#[test]
fn two_runs_are_compared_as_people_and_as_programs_read_them() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, files) = quiet_archive(dir.path());
    run(&archive, &["saved", "add", "hull", "hull"]);
    run(&archive, &["saved", "run", "hull"]);
    std::fs::write(files.join("b.txt"), "Other\n\nA loud day in Hull, and nobody slept at all.\n").unwrap();
    run(&archive, &["index", files.to_str().unwrap()]);
    check(&archive, &["saved", "diff", "hull"], 1, "+ new article", "1 new or changed, 0 gone, 0 by");
    run(&archive, &["saved", "run", "hull"]);
    check(&archive, &["saved", "diff", "hull"], 0, "", "no change: 2 articles");
    check(&archive, &["saved", "diff", "hull", "1", "2"], 1, "+ new article", "1 new or changed, 0 gone, 0 by");
    let told = text(&run(&archive, &["saved", "diff", "hull", "1", "2", "--json"]).stdout);
    let change: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert!(change["sign"] == "+" && change["reason"] == "new" && change["saved"] == "hull", "{change}");
    std::fs::remove_file(files.join("b.txt")).unwrap();
    run(&archive, &["index", files.to_str().unwrap()]);
    check(&archive, &["saved", "diff", "--all", "--news"], 1, "- article withdrawn", "0 new or changed, 1 gone");
    check(&archive, &["saved", "diff", "hull", "1", "9"], 2, "", "there is no run `9`\nhint: there are runs 1 to 2");
}

#[test]
fn a_list_is_taken_in_line_by_line_and_what_is_left_out_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    let list = archive.join("list.txt");
    std::fs::write(&list, "source:reuters,ap flood\n\n\"storm surge\" OR x\nflood, barrier\n").unwrap();
    check(archive, &["saved", "import", list.to_str().unwrap()], 0, "", "3 saved queries taken in, 0 left out");
    let kept = std::fs::read_to_string(archive.join("queries.toml")).unwrap();
    for query in ["source:reuters,ap flood", "\"storm surge\" OR x", "flood, barrier"] {
        assert!(kept.contains(query), "{query} in {kept}");
    }
    // A second list has names of its own; what is kept already is not kept twice.
    std::fs::write(&list, "drought\nflood, barrier\n").unwrap();
    check(archive, &["saved", "import", list.to_str().unwrap()], 3, "", "`flood, barrier`: it is kept as `q3` already");
    check(archive, &["saved", "list"], 0, "q4                   articles  never ran                    drought", "");
    std::fs::write(&list, "flood,flood OR inundat*\n").unwrap();
    check(archive, &["saved", "import", "--replace", list.to_str().unwrap()], 0, "", "a table begins with a head: `name,query`");
    let table = archive.join("table.csv");
    std::fs::write(&table, "name,query\nnone,\n").unwrap();
    check(archive, &["saved", "import", table.to_str().unwrap()], 3, "", "`none`: line 2 has no query");
    let other = archive.join("other.toml");
    std::fs::write(&other, "[macros]\n\"wet\" = \"flood OR rain\"\n[query.w]\nquery = \"x\"\nalert = { group = \"none\" }\nparams = { a = \"b\" }\nexpect = { at_least = 2, includes = [\"i\"] }\n").unwrap();
    check(archive, &["saved", "import", other.to_str().unwrap()], 0, "", "`[macros]` is not taken in");
    check(archive, &["saved", "export", "--json"], 0, "\"at_least\":2,\"includes\":[\"i\"]", "");
    check(archive, &["saved", "export", "--csv"], 0, "w,articles,x", "1 saved query has parameters");
}

#[test]
fn corrected_names_are_no_news() {
    let dir = tempfile::tempdir().unwrap();
    let archive = &dir.path().join("archive");
    let files = dir.path().join("files");
    std::fs::create_dir(&files).unwrap();
    let write = |id: &str, name: &str| {
        let body = format!("Talks went on in Hull on Monday.\n\n\"We will rebuild the old pier {id} times,\" {name} said.");
        std::fs::write(files.join(format!("{id}.json")), serde_json::json!({"id": id, "title": "Talks", "body": body}).to_string())
            .unwrap();
    };
    write("a", "Ann Cole");
    write("b", "Annabel Cole");
    let files = files.to_str().unwrap();
    run(archive, &["index", files]);
    std::fs::write(
        archive.join("queries.toml"),
        "[query.cole]\nquery = 'speaker:=\"Ann Cole\"'\nwhat = 'quotes'\nalert = { on = 'new' }\n",
    )
    .unwrap();
    check(archive, &["saved", "run", "--alert"], 0, "", "watching `cole`");
    check(archive, &["saved", "run", "cole", "-c"], 0, "1 quote", "");
    check(archive, &["names", "merge", "Annabel Cole", "--into", "Ann Cole"], 0, "", "");
    check(archive, &["saved", "diff", "cole"], 1, "names changed", "0 new or changed, 0 gone, 1 by");
    let told = run(archive, &["saved", "run", "--alert"]);
    assert!(told.status.success() && told.stdout.is_empty(), "{}", text(&told.stdout));
    write("c", "Annabel Cole");
    run(archive, &["index", files]);
    check(archive, &["saved", "run", "--alert"], 0, "pier c times", "told stdout: morgue: 1 new");
}

#[test]
fn a_watch_indexes_tells_and_stops_when_asked() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, files) = &quiet_archive(dir.path());
    let queries = "[query.bad]\nquery = '(flood'\nalert = { to = ['log'] }\n[query.flood]\nquery = 'flood'\nalert = { to = ['log', 'none'] }\n\
        [sinks]\nlog = { kind = 'file', path = 'log.jsonl' }\nnone = { kind = 'webhook', url = 'http://127.0.0.1:9/', tries = 1 }\n";
    std::fs::write(archive.join("queries.toml"), queries).unwrap();
    let log = archive.join("log.jsonl");
    let child = morgue(archive, &["watch", files.to_str().unwrap()]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let wait_for = |words: &str| {
        let until = Instant::now() + Duration::from_secs(60);
        while Instant::now() < until && !std::fs::read_to_string(&log).unwrap_or_default().contains(words) {
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    wait_for("never closed");
    std::fs::write(files.join("broken.json"), "{\"title\": ").unwrap();
    std::fs::write(files.join("b.txt"), "Flood\n\nThe flood came to Hull at noon on Tuesday.\n").unwrap();
    wait_for("\"reason\":\"new\"");
    let asked = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(asked.unwrap().success());
    let out = child.wait_with_output().unwrap();
    let said = text(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{said}");
    for words in ["broken:", "broken.json", "not taken:", "1 new: flood", "stopped"] {
        assert!(said.contains(words), "it does not say `{words}`:\n{said}");
    }
    let told = std::fs::read_to_string(&log).unwrap();
    assert!(told.lines().any(|l| l.contains("\"reason\":\"new\"") && l.contains("\"query\":\"flood\"")), "{told}");
}

#[test]
fn a_run_says_what_it_does_not_show_and_folds_copies_as_a_search_does() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    run(archive, &["saved", "add", "barrier", "barrier"]);
    let total = text(&run(archive, &["search", "barrier", "-c"]).stdout).trim().to_owned();
    let stories = text(&run(archive, &["search", "barrier", "-c", "--collapse", "story"]).stdout).trim().to_owned();
    assert_ne!(total, stories);
    let rest = |args: &[&str], of: &str| {
        check(
            archive,
            &[&["saved", "run", "barrier"][..], args].concat(),
            0,
            "",
            &format!("note: 2 of the {of} of `barrier` are shown: `-n all`"),
        )
    };
    rest(&["-n", "2"], &format!("{stories} stories"));
    rest(&["-n", "2", "--json"], &format!("{total} articles"));
    append(&archive.join("queries.toml"), "\n[defaults]\ncollapse = \"none\"\n");
    rest(&["-n", "2"], &format!("{total} articles"));
    for shown in [&["-n", "all"][..], &["-c"]] {
        let all = run(archive, &[&["saved", "run", "barrier"][..], shown].concat());
        assert!(!text(&all.stderr).contains("are shown"), "{}", text(&all.stderr));
    }
    let queries = std::fs::read_to_string(archive.join("queries.toml")).unwrap();
    std::fs::write(archive.join("queries.toml"), queries.replace("\"none\"", "\"often\"")).unwrap();
    check(archive, &["saved", "run", "barrier", "-n", "2"], 0, "", "is neither `story` nor `none`");
}

#[test]
fn a_query_of_another_language_is_kept_in_ours_and_one_that_never_finds_anything_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    let asked = "hlead(barrier) and length > 50 and not section(opinion) and subject(weather)";
    check(archive, &["saved", "add", "told", "--dialect", "nexis", asked], 0, "", "`subject(weather)` asks for codes of that system");
    let queries = std::fs::read_to_string(archive.join("queries.toml")).unwrap();
    assert!(queries.contains("query = \"hlead:barrier words:51.. NOT section:opinion\""), "{queries}");
    check(archive, &["saved", "add", "both", "date:2024", "date:2025"], 0, "", "note: `date:2024` and `date:2025` never hold together");
    check(archive, &["saved", "add", "slip", "person:okafro"], 0, "", "note: no `person` is `okafro`; `Adaeze Okafor` is");
    check(archive, &["saved", "add", "x", "--dialect", "nexis", "--param", "a=b", "c"], 2, "", "cannot be used with");
}

#[test]
fn a_story_is_met_by_the_id_of_any_of_its_tellings() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path();
    run(archive, &["index", SAMPLE]);
    let copy = text(&run(archive, &["search", "dup:copy", "-n", "1", "-T", "{id}"]).stdout).trim().to_owned();
    let told = text(&run(archive, &["search", &format!("cluster:{copy}"), "-c"]).stdout).trim().to_owned();
    assert_ne!(told, "0");
    for (name, asked) in [("story", format!("cluster:{copy}")), ("exact", format!("cluster:=\"{copy}\""))] {
        check(archive, &["search", &asked, "-c"], 0, &told, "");
        check(archive, &["saved", "add", name, &asked], 0, "", &format!("{told} articles now"));
        check(archive, &["saved", "run", name, "-c"], 0, &format!("{told} articles"), "");
    }
    check(archive, &["saved", "diff", "story"], 0, "run 1", "no change");
}

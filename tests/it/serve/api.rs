//! What is the API's own: records, pages of hits, marks of freshness, refusals, its description.

use super::same::printed;
use super::{cli, encoded, get, sample, serve};
use serde_json::Value;

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
fn pages_of_lines_fit_together() {
    let (_dir, address) = sample();
    for (q, what) in [("the", "articles"), ("said OR source:courier", "articles"), ("the", "quotes")] {
        let asked = format!("/api/v1/kwic?q={}&what={what}", encoded(q));
        let whole = get(address, &format!("{asked}&n=1000"), &[]).json();
        let expected = whole["lines"].as_array().unwrap().clone();
        let (mut got, mut next): (Vec<Value>, _) = (Vec::new(), String::new());
        loop {
            let page = get(address, &format!("{asked}&n=7{next}"), &[]);
            let object = page.json();
            got.extend(object["lines"].as_array().unwrap().clone());
            let Some(token) = object["next"].as_str() else { break };
            assert!(page.header("link").unwrap().contains(&format!("cursor={token}")), "{token}");
            next = format!("&cursor={token}");
        }
        assert!(expected.len() > 40 && whole["next"].is_null(), "{q}");
        assert_eq!(got, expected, "{q}");
    }
    assert_eq!(get(address, "/api/v1/kwic?q=the&cursor=1.2", &[]).status, 400);
    assert!(get(address, "/kwic?q=the", &[]).body.contains("Matches that follow"));
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
        ("/api/v1/kwic?n=1001", 400, "cursor"),
        ("/api/v1/facets?n=1001", 400, "the command line prints more"),
        ("/api/v1/search?n=-1", 400, "not a number"),
        ("/api/v1/search?sort=best", 400, "relevance"),
        ("/api/v1/search?any=perhaps", 400, "neither `true` nor `false`"),
        ("/api/v1/search?q=barrier&q=ferry", 400, "twice"),
        ("/api/v1/search?q=barrier&cursor=1.2&offset=3", 400, "leave out `offset`"),
        ("/api/v1/kwic?q=barrier&width=1001", 400, "more than 1000"),
        ("/api", 404, "openapi.json"),
        ("/api/v1/facets?by=title", 400, "speaker"),
        ("/api/v1/facets?by=place,year,lang", 400, "two fields"),
        ("/api/v1/timeline?per=decade", 400, "year"),
        ("/api/v1/quotes?as=xml", 400, "csv"),
        ("/api/v1/saved/none/run", 404, "none"),
        ("/api/v1/saved/none/run?q=ferry", 400, "there is no parameter `q` here"),
        ("/api/v1/search?offset=18446744073709551615", 400, "from 0 to"),
        ("/api/v1/kwic?cursor=1.18446744073709551615.0", 400, "no cursor"),
        ("/api/v1/nothing", 404, "openapi.json"),
        ("/api/v2/search", 404, "openapi.json"),
    ] {
        let reply = get(address, path, &[]);
        let json = reply.json();
        assert_eq!((reply.status, json["status"].as_u64()), (status, Some(u64::from(status))), "{path}");
        assert!(format!("{} {}", json["error"], json["hint"]).contains(says), "{path}: {}", reply.body);
        let kind = match status {
            404 => "not-found",
            _ if path.ends_with("(barrier") || path.ends_with("titel:x") => "query",
            _ => "request",
        };
        assert_eq!(json["type"], kind, "{path}");
    }
}

#[test]
fn the_form_that_is_liked_best_is_sent() {
    let (_dir, address) = sample();
    for (accept, kind) in [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.1, application/json", "application/json"),
        ("text/csv;q=0", "application/json"),
        ("application/json;q=0.2, Application/X-NDJSON;q=0.9", "application/x-ndjson"),
        ("*/*", "application/json"),
    ] {
        let reply = get(address, "/api/v1/search?q=barrier", &[&format!("Accept: {accept}")]);
        assert!(reply.header("content-type").unwrap().starts_with(kind), "{accept}: {}", reply.head);
        assert_eq!(reply.header("vary"), Some("accept"));
        let file = reply.header("content-disposition");
        assert_eq!(file, (kind == "text/csv").then_some("attachment; filename=\"morgue-search.csv\""), "{accept}");
    }
}

#[test]
fn lines_and_tables_say_in_their_head_how_much_there_is_and_where_it_goes_on() {
    let (_dir, address) = sample();
    for form in ["json", "ndjson", "csv"] {
        let whole = get(address, &format!("/api/v1/quotes?q=*&sort=date&n=1000&as={form}"), &[]);
        let total: usize = whole.header("x-total-count").unwrap().parse().unwrap();
        assert!(total > 200 && whole.header("link").is_none(), "{}", whole.head);
        let rows = |body: &str| -> Vec<String> {
            match form {
                "json" => serde_json::from_str::<Value>(body).unwrap()["hits"].as_array().unwrap().iter().map(Value::to_string).collect(),
                "ndjson" => body.lines().map(str::to_owned).collect(),
                _ => csv::ReaderBuilder::new().from_reader(body.as_bytes()).records().map(|r| format!("{:?}", r.unwrap())).collect(),
            }
        };
        assert_eq!(rows(&whole.body).len(), total, "{form}");
        let (mut got, mut next) = (Vec::new(), Some(format!("/api/v1/quotes?q=*&sort=date&n=90&as={form}")));
        while let Some(path) = next {
            let page = get(address, &path, &[]);
            assert_eq!(page.header("x-total-count"), Some(total.to_string().as_str()), "{path}");
            got.extend(rows(&page.body));
            let link = page.header("link").and_then(|l| l.strip_prefix('<')?.strip_suffix(">; rel=\"next\"")).map(str::to_owned);
            assert_eq!(link.is_some(), got.len() < total, "{path}: {}", page.head);
            next = link;
        }
        assert!(got.len() == total && got == rows(&whole.body), "{form}");
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
        let parameters = item["get"]["parameters"].as_array().unwrap().iter();
        let needed: Vec<&str> = parameters.filter(|p| p["required"] == true).map(|p| p["name"].as_str().unwrap()).collect();
        for missing in &needed {
            let others = needed.iter().filter(|name| *name != missing).map(|name| format!("{name}=barrier"));
            let reply = get(address, &format!("{path}?{}", others.collect::<Vec<_>>().join("&")), &[]);
            assert!(reply.status == 400 && reply.body.contains(&format!("`{missing}` is missing")), "{path}: {}", reply.body);
        }
        let query = format!("?{}", needed.iter().map(|name| format!("{name}=barrier")).collect::<Vec<_>>().join("&"));
        let reply = get(address, &format!("{path}{query}"), &[]);
        assert_eq!(reply.status, 200, "{path}");
        assert!(item["get"]["responses"]["200"]["content"]["application/json"]["schema"].is_object(), "{path}");
    }
}

#[test]
fn an_empty_archive_is_told_and_fills_without_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join(".morgue")).unwrap();
    let address = serve(dir.path(), &super::options());
    let reply = get(address, "/api/v1/search?q=x", &[]);
    assert_eq!((reply.status, reply.json()["error"].as_str()), (404, Some("the archive is empty")));
    let page = get(address, "/", &[]);
    assert!(page.status == 404 && page.body.contains("The archive is empty") && page.body.contains(" index DIRECTORY"), "{}", page.body);
    cli(dir.path(), &["index", super::SAMPLE]);
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert_eq!(get(address, "/api/v1/count", &[]).json()["total"], 61);
}

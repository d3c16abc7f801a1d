//! Who must not get in, and what must not get out.

use super::{cli, encoded, get, key, options, post, raw, sample, serve};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[test]
fn requests_are_refused_with_the_right_status() {
    let (_dir, address) = sample();
    let port = address.port();
    let ten_million = "x".repeat(10_000_000);
    let request = |line: &str, headers: &str| format!("{line} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
    let host = format!("Host: {address}\r\n");
    let cases: Vec<(String, &[u16])> = vec![
        // A name made to point here.
        (request("GET /api/v1/search?q=x", &format!("Host: evil.example:{port}\r\n")), &[421]),
        (request("GET /", "Host: evil.example\r\n"), &[421]),
        (request("GET /", &format!("Host: 127.0.0.1.evil.example:{port}\r\n")), &[421]),
        (request("GET /", &format!("Host: localhost:{}\r\n", port ^ 1)), &[421]),
        (request("GET /", ""), &[400]),
        // Another site in the same browser.
        (request("GET /api/v1/search?q=x", &format!("{host}Origin: https://evil.example\r\n")), &[403]),
        (request("GET /api/v1/search?q=x", &format!("{host}Origin: null\r\n")), &[403]),
        (request("GET /api/v1/search?q=x", &format!("{host}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n")), &[403]),
        (request("POST /saved", &format!("{host}Origin: https://evil.example\r\nContent-Length: 0\r\n")), &[403]),
        (request("POST /saved", &format!("{host}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nContent-Length: 0\r\n")), &[403]),
        // A link from elsewhere is no attack.
        (request("GET /", &format!("{host}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n")), &[200]),
        (request("GET /", &format!("{host}Origin: http://{address}\r\n")), &[200]),
        // Ways out of the program.
        (request("GET /assets/../../Cargo.toml", &host), &[404]),
        (request("GET /assets/..%2f..%2fCargo.toml", &host), &[404]),
        (request("GET /api/v1/articles/..%2F..%2F.morgue%2Fconfig.toml", &host), &[404]),
        (request("GET /article?id=../../../etc/passwd", &host), &[404]),
        (request("GET /.morgue/config.toml", &host), &[404]),
        // What is not well-formed.
        (request("GET /?q=%", &host), &[400]),
        (request("GET /?q=%ZZ", &host), &[400]),
        (request("GET /?q=%ff%fe", &host), &[400]),
        (request("GET /api/v1/articles/%zz", &host), &[400]),
        (request("GET /api/v1/articles/%00", &host), &[404]),
        // Too much.
        (request(&format!("GET /?q={ten_million}"), &host), &[414, 431]),
        (request("GET /", &format!("{host}X: {ten_million}\r\n")), &[431]),
        (
            request("POST /saved", &format!("{host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000000\r\n"))
                + &ten_million,
            &[413],
        ),
        (request(&format!("GET /api/v1/search?q={}", "x+".repeat(15_000)), &host), &[400, 422]),
        (request(&format!("GET /api/v1/search?q={}", "(".repeat(20_000)), &host), &[400, 422]),
        // What is not done here.
        (request("DELETE /api/v1/search", &host), &[405]),
        (request("POST /api/v1/search", &format!("{host}Content-Length: 0\r\n")), &[405]),
        (request("TRACE /", &host), &[405]),
    ];
    for (bytes, expected) in cases {
        let shown: String = bytes.chars().take(110).collect();
        let reply = raw(address, bytes.as_bytes()).unwrap_or_else(|| panic!("no answer to {shown}"));
        assert!(expected.contains(&reply.status), "{} instead of {expected:?}: {shown}\n{}", reply.status, reply.head);
        assert!(!reply.body.contains("root:") && !reply.body.contains("[package]"), "{shown}");
    }
    assert_eq!(get(address, "/", &[]).status, 200, "and it still answers");
}

#[test]
fn forms_need_the_key_of_this_server() {
    let (dir, address) = sample();
    let form = |name| [("name", name), ("query", "barrier"), ("what", "articles"), ("do", "add")];
    assert_eq!(post(address, "/saved", &form("a"), &[]).status, 403);
    let with_key = |name, key| [form(name).as_slice(), &[("key", key)]].concat();
    assert_eq!(post(address, "/saved", &with_key("a", "0123456789"), &[]).status, 403);
    let key = key(address);
    assert_eq!(post(address, "/saved", &with_key("a", &key), &["Origin: http://evil.example"]).status, 403);
    assert_eq!(post(address, "/saved", &with_key("../a", &key), &[]).status, 400);
    let large = "x".repeat(70_000);
    assert_eq!(post(address, "/saved", &[("key", key.as_str()), ("query", &large)], &[]).status, 413);
    let head =
        format!("POST /saved HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b");
    assert_eq!(raw(address, head.as_bytes()).unwrap().status, 415);
    assert!(!dir.path().join("queries.toml").exists(), "nothing was written");
    assert_eq!(post(address, "/saved", &with_key("a", &key), &[]).status, 303);
    assert!(std::fs::read_to_string(dir.path().join("queries.toml")).unwrap().contains("barrier"));
    assert!(get(address, "/saved", &[]).body.contains("barrier"));
}

#[test]
fn nothing_is_written_where_nothing_may_be() {
    let dir = tempfile::tempdir().unwrap();
    cli(dir.path(), &["index", super::SAMPLE]);
    let address = serve(dir.path(), &morgue::serve::Options { read_only: true, ..options() });
    assert!(!get(address, "/?q=barrier", &[]).body.contains("name=\"key\""));
    assert_eq!(post(address, "/saved", &[("name", "a"), ("query", "x"), ("do", "add")], &[]).status, 405);
    assert!(!dir.path().join("queries.toml").exists());
}

#[test]
fn other_addresses_need_a_token() {
    let dir = tempfile::tempdir().unwrap();
    cli(dir.path(), &["index", super::SAMPLE]);
    let out = cli(dir.path(), &["serve", "--address", "0.0.0.0", "--port", "0"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.code() == Some(2) && said.contains("--token-file"), "{said}");
    let file = dir.path().join("token");
    std::fs::write(&file, "short\n").unwrap();
    let out = cli(dir.path(), &["serve", "--port", "0", "--token-file", &file.to_string_lossy()]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("16 characters"));
    std::fs::write(&file, "correct horse battery staple\n").unwrap();
    let address = serve(dir.path(), &morgue::serve::Options { token_file: Some(file), ..options() });
    let refused = get(address, "/api/v1/count", &[]);
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer")));
    assert_eq!(get(address, "/", &[]).status, 401);
    assert_eq!(get(address, "/api/v1/count", &["Authorization: Bearer wrong"]).status, 401);
    assert_eq!(get(address, "/api/v1/count", &["Authorization: Bearer correct horse battery staple"]).status, 200);
    assert_eq!(post(address, "/login", &[("token", "wrong")], &[]).status, 401);
    let opened = post(address, "/login", &[("token", "correct horse battery staple")], &[]);
    let cookie = opened.header("set-cookie").unwrap();
    assert!(opened.status == 303 && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let sent = format!("Cookie: a=b; {}", cookie.split(';').next().unwrap());
    assert_eq!(get(address, "/", &[&sent]).status, 200);
}

#[test]
fn the_slow_are_cut_off_and_keep_nobody_waiting() {
    let (_dir, address) = sample();
    let mut slow: Vec<TcpStream> = (0..50).map(|_| TcpStream::connect(address).unwrap()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    }
    let started = Instant::now();
    assert_eq!(get(address, "/api/v1/count?q=barrier", &[]).status, 200);
    let mut first = slow.remove(0);
    first.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut rest = Vec::new();
    let _ = first.read_to_end(&mut rest);
    assert!(started.elapsed() < Duration::from_secs(20), "a request without an end is given up");
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&rest));
    // A form whose end does not come.
    let head = format!(
        "POST /saved HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na="
    );
    assert_eq!(raw(address, head.as_bytes()).unwrap().status, 408);
}

/// Pages that show an article, a name or a value; all of these are given as they stand in an address.
fn pages(id: &str, name: &str, value: &str) -> Vec<String> {
    vec![
        "/".to_owned(),
        "/?q=barrier".to_owned(),
        format!("/?q=barrier&open={id}"),
        format!("/?q={name}&what=quotes"),
        format!("/?{name}={name}"),
        format!("/?f={value}&f=-{value}"),
        "/?what=quotes&q=so".to_owned(),
        format!("/article?id={id}&q=barrier"),
        format!("/person?name={name}"),
        "/person?name=Ann%20Cole".to_owned(),
        format!("/facet?by=source&find={name}"),
        "/facet?by=source".to_owned(),
        format!("/compare?a=barrier&b=source:{name}"),
        format!("/compare?a={name}&b={value}"),
        format!("/?q=barrier&vs={name}&scale=percent&rank=unusual"),
        format!("/?q=barrier&vs={value}"),
        format!("/?f={}", encoded("words:<script>")),
        "/coverage".to_owned(),
        "/coverage?since=2024&until=2024".to_owned(),
        "/ingest".to_owned(),
        "/saved".to_owned(),
        "/names".to_owned(),
        format!("/names?about={name}&did={name}"),
        format!("/story?id={id}"),
        format!("/similar?id={id}"),
        "/kwic?q=barrier".to_owned(),
        format!("/kwic?q={name}"),
        format!("/alert?q={name}&name={name}"),
        "/alert?q=Cole+barrier&what=quotes".to_owned(),
        format!("/suggest?token=source:{}", encoded("<script")),
        format!("/?near={name}&km=5"),
        format!("/nothing/{name}"),
        format!("/?sort={name}"),
        format!("/?since={name}"),
        format!("/article?id={name}"),
    ]
}

#[test]
fn no_markup_of_an_article_reaches_a_page() {
    let dir = tempfile::tempdir().unwrap();
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'";
    let quoted = "“<b onmouseover=alert(3)>No</b>,” said Mayor Ann <i>Cole</i>, a <script>role</script>. “It is <u>so</u>,” she said.";
    let record = serde_json::json!({
        "id": format!("{evil}#q1"), "title": format!("Barrier {evil}"), "byline": [evil], "source": evil, "section": evil, "tags": [evil],
        "url": "javascript:alert(4)", "published": "2024-03-01", "language": "en",
        "body": format!("{quoted}\n\nIn Hull the barrier {evil} stays. Ann Cole met {evil} there.\n\n</div></main><script src=//evil.example/x.js></script>"),
    });
    let file = dir.path().join("evil <script>alert(5)<b>.json");
    std::fs::write(&file, record.to_string()).unwrap();
    assert_eq!(cli(dir.path(), &["index", &file.to_string_lossy()]).status.code(), Some(0));
    assert_eq!(cli(dir.path(), &["saved", "add", "evil", "barrier", "--title", evil]).status.code(), Some(0));
    let address = serve(dir.path(), &options());
    let id = encoded(&format!("{evil}#q1"));
    let value = encoded(&format!("source:{evil}"));
    let name = encoded(evil);
    for path in pages(&id, &name, &value) {
        let reply = get(address, &path, &[]);
        let body = &reply.body;
        let scripts = body.matches("<script").count();
        // Ours, and none in what is only part of a page.
        assert_eq!(scripts, if path.starts_with("/suggest") { 0 } else { 3 }, "{path} has {scripts} scripts");
        for bad in ["<img", "onerror=alert(2)>", "<b onmouse", "<i>Cole", "<u>so", "href=\"javascript:", "style=", "onclick="] {
            assert!(!body.contains(bad), "{path} has `{bad}`");
        }
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("x-frame-options"), Some("DENY"));
        assert!(reply.header("access-control-allow-origin").is_none());
    }
    let table = get(address, "/api/v1/search?q=barrier&as=csv", &[]);
    assert!(table.header("content-type").unwrap().starts_with("text/csv"), "{}", table.head);
}

#[test]
fn notes_from_the_page_are_kept_and_escaped() {
    let (dir, address) = sample();
    let key = key(address);
    let id = get(address, "/api/v1/search?q=barrier", &[]).json()["hits"][0]["id"].as_str().unwrap().to_owned();
    let form = |deed, tags, note| [("key", key.as_str()), ("article", id.as_str()), ("do", deed), ("tags", tags), ("note", note)];
    assert_eq!(post(address, "/notes", &form("write", "a", "b")[1..], &[]).status, 403, "without the key");
    assert_eq!(post(address, "/notes", &form("shout", "", ""), &[]).status, 400);
    let long = "x".repeat(10_001);
    assert_eq!(post(address, "/notes", &form("write", "", &long), &[]).status, 400);
    assert_eq!(
        post(address, "/notes", &form("write", " <b>bold</b>, two words ,, Two Words", "Ask <i>whom</i>?\r\nSoon."), &[]).status,
        303
    );
    // Back to the hits beside which the article was open; to no other place.
    let to = |back: &str| {
        let done = post(address, "/notes", &[form("seen", "", "").as_slice(), &[("back", back)]].concat(), &[]);
        (done.status, done.header("location").unwrap().to_owned())
    };
    assert_eq!(to("/?q=barrier&open=x"), (303, "/?q=barrier&open=x#reader".to_owned()));
    assert_eq!(to("/article?id=x&q=barrier"), (303, "/article?id=x&q=barrier".to_owned()));
    for elsewhere in ["https://evil.example/?", "//evil.example/?", "/names?did=x", ""] {
        assert_eq!(to(elsewhere), (303, format!("/article?id={}", encoded(&id).replace("%2D", "-").replace("%2E", "."))), "{elsewhere}");
    }
    let open = get(address, &format!("/?q=barrier&offset=0&open={}", encoded(&id)), &[]).body;
    assert!(open.matches("name=\"back\" value=\"/?q=barrier&amp;open=").count() >= 2, "{open}");
    // What was written is seen at once.
    let found = get(address, "/api/v1/search?q=tag:%22two+words%22+is:seen", &[]).json();
    assert_eq!(found["hits"][0]["notes"]["note"], "Ask <i>whom</i>?\nSoon.");
    assert_eq!(found["hits"][0]["notes"]["tags"], serde_json::json!(["<b>bold</b>", "two words"]));
    for path in ["/?q=is:noted".to_owned(), format!("/article?id={}", encoded(&id))] {
        let body = get(address, &path, &[]).body;
        assert!(body.contains("&lt;b&gt;bold&lt;/b&gt;") && !body.contains("<b>bold") && !body.contains("<i>whom"), "{path}");
    }
    let shown = cli(dir.path(), &["note", &id]);
    assert_eq!(String::from_utf8(shown.stdout).unwrap(), "Ask <i>whom</i>?\nSoon.\n");
}

#[test]
fn corrections_outlive_extraction_and_can_be_taken_back() {
    let (dir, address) = sample();
    let key = key(address);
    let quotes = |words: &str| {
        let found = get(address, &format!("/api/v1/quotes?q={}", encoded(words)), &[]).json();
        found["hits"].as_array().unwrap().clone()
    };
    let wait = || std::thread::sleep(Duration::from_millis(700));
    let before = quotes("speaker:okafor barrier");
    let (article, text) = (before[0]["article"].as_str().unwrap(), before[0]["text"].as_str().unwrap());
    let form = |deed, speaker| [("key", key.as_str()), ("article", article), ("text", text), ("do", deed), ("speaker", speaker)];
    assert_eq!(post(address, "/corrections", &form("speaker", "Zebulon Quist"), &[]).status, 303);
    wait();
    assert_eq!(quotes("speaker:quist")[0]["text"], text);
    // Names are settled anew, and the files are read anew: what was set right stays so.
    cli(dir.path(), &["names", "merge", "Zebulon Quist", "--into", "Z. Quist"]);
    cli(dir.path(), &["index", super::SAMPLE]);
    wait();
    assert_eq!(quotes("speaker:quist").len(), 1);
    assert!(get(address, "/names", &[]).body.contains("Zebulon Quist"));
    assert_eq!(post(address, "/corrections", &form("not", ""), &[]).status, 303);
    wait();
    assert!(quotes("speaker:quist").is_empty() && quotes("speaker:okafor barrier").len() == before.len() - 1);
    assert_eq!(post(address, "/corrections", &form("undo", ""), &[]).status, 303);
    wait();
    let said = |hits: &[serde_json::Value]| {
        hits.iter().map(|h| (h["id"].clone(), h["speaker"].clone(), h["confidence"].clone())).collect::<Vec<_>>()
    };
    let (mut now, mut then) = (said(&quotes("speaker:okafor barrier")), said(&before));
    now.sort_by_key(|(id, ..)| id.to_string());
    then.sort_by_key(|(id, ..)| id.to_string());
    assert_eq!(now, then);
    assert_eq!(
        post(address, "/corrections", &[("key", key.as_str()), ("article", "no-such"), ("text", "x"), ("do", "not")], &[]).status,
        404
    );
}

#[test]
fn a_kind_of_names_that_is_none_is_refused() {
    let (dir, address) = sample();
    let key = key(address);
    let form = |kind| [("key", key.as_str()), ("do", "merge"), ("kind", kind), ("form", "Hull"), ("into", "Harrow")];
    let refused = post(address, "/names", &form("plaice"), &[]);
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert!(refused.body.contains("or <code>place</code>, not <code>plaice</code>"), "{}", refused.body);
    assert!(!morgue::archive::Home::at(dir.path()).unwrap().names().exists(), "nothing is written down");
    assert_eq!(post(address, "/names", &form("place"), &[]).status, 303);
    assert!(morgue::archive::Home::at(dir.path()).unwrap().names().exists());
}

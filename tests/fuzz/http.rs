//! Fuzzing the HTTP door: bytes as they come on a connection, answered from a small archive, in memory. Whatever comes is answered or
//! refused; nothing fails inside, and no markup of a request comes back as markup.

use morgue::archive::{Home, IngestOptions, Progress, index};
use morgue::serve::{Listening, Options};
use std::sync::OnceLock;
use std::time::Duration;

/// Requests; `HOST` and `KEY` become those of the server.
pub const SEEDS: &[&str] = &[
    "GET / HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /?q=flood+OR+%22sea+wall%22&f=-lang:de&sort=date&vs=storm&offset=1 HTTP/1.1\r\nHost: HOST\r\nAccept: text/html\r\n\r\n",
    "GET /?q=gate&what=quotes&copies=each&rank=unusual&since=2024&until=2025-06 HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: same-origin\r\n\r\n",
    "GET /facet?by=person&q=flood HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /article?id=n1&q=flood HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /person?name=Ann+Cole HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /compare?a=flood&b=storm&words=1 HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /story?id=n2 HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /kwic?q=water&sort=date HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /similar?id=n3 HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /coverage?q=* HTTP/1.1\r\nHost: HOST\r\n\r\nGET /ingest HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /saved HTTP/1.1\r\nHost: HOST\r\n\r\nGET /names?about=Cole HTTP/1.1\r\nHost: HOST\r\n\r\nGET /help HTTP/1.0\r\n\r\n",
    "GET /api/v1/search?q=flood*&n=3&facets=source,year&timeline=month&cursor=1.2 HTTP/1.1\r\nHost: HOST\r\nAccept: application/x-ndjson\r\n\r\n",
    "GET /api/v1/quotes?q=speaker:cole&sort=date&as=csv HTTP/1.1\r\nHost: HOST\r\nAccept: text/csv\r\n\r\n",
    "GET /api/v1/count?q=water&what=quotes HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /api/v1/facets?q=water&by=place&n=10 HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /api/v1/timeline?q=water&per=year&as=csv HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /api/v1/kwic?q=water&width=40&sort=relevance HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /api/v1/similar/n1?n=4 HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /api/v1/coverage HTTP/1.1\r\nHost: HOST\r\n\r\nGET /api/v1/status HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /api/v1/articles/n%31 HTTP/1.1\r\nHost: HOST\r\nIf-None-Match: x\r\n\r\n",
    "GET /api/v1/people/Ann%20Cole?latest=2 HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /api/v1/saved/flood/run?n=2 HTTP/1.1\r\nHost: HOST\r\n\r\nGET /api/v1/saved/flood/feed.atom HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /api/v1/query/explain?q=a+w%2F5+b&dialect=nexis HTTP/1.1\r\nHost: HOST\r\n\r\n",
    "GET /openapi.json HTTP/1.1\r\nHost: HOST\r\n\r\nGET /assets/morgue.js HTTP/1.1\r\nHost: HOST\r\nAccept-Encoding: gzip\r\n\r\n",
    "POST /saved HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 84\r\n\r\nkey=KEY&do=add&name=flood&what=articles&query=fl",
    "POST /names HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 87\r\n\r\nkey=KEY&do=merge&kind=person&form=Ann+Cole&into=A",
    "POST /corrections HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nkey=KEY&article=n1&do=speaker&sp\r\n0\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nCookie: morgue_token=x; theme=dark\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n",
];

/// What must never come back as it was sent.
pub const MARKUP: &[u8] = b"%3Cb%20id=xx%3E<b id=xx>";

struct Door {
    archive: tempfile::TempDir,
    listening: Listening,
    key: String,
}

fn door() -> &'static Door {
    static DOOR: OnceLock<Door> = OnceLock::new();
    DOOR.get_or_init(|| {
        let archive = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let files = archive.path().join("files");
        std::fs::create_dir_all(&files).unwrap();
        crate::news::write(&files.join("news.jsonl"), 12, 5);
        let home = Home::make(archive.path()).unwrap();
        index(&home, &[files], &IngestOptions { jobs: 1, ..IngestOptions::default() }, &Progress::default()).unwrap();
        let options = Options {
            address: ([127, 0, 0, 1], 0).into(),
            names: Vec::new(),
            token_file: None,
            read_only: false,
            patience: Duration::from_secs(20),
            slowest: Duration::from_secs(5),
        };
        let listening = Listening::bind(home, &options).unwrap();
        let page = listening.answer(format!("GET /names HTTP/1.1\r\nHost: {}\r\n\r\n", listening.address).as_bytes());
        let page = String::from_utf8_lossy(&page).into_owned();
        let key = page.split("name=\"key\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
        assert_eq!(key.len(), 32, "no form has a key: {page}");
        Door { archive, listening, key }
    })
}

/// What is wrong with how `sent` is answered.
pub fn trouble(sent: &[u8]) -> Option<String> {
    let door = door();
    let host = door.listening.address.to_string();
    let sent = replaced(&replaced(sent, b"HOST", host.as_bytes()), b"KEY", door.key.as_bytes());
    let answer = door.listening.answer(&sent);
    // What forms write must not grow without end.
    for name in ["queries.toml", "names.toml", "corrections.toml"] {
        let path = door.archive.path().join(name);
        if std::fs::metadata(&path).is_ok_and(|m| m.len() > 4096) {
            let _ = std::fs::remove_file(path);
        }
    }
    let text = String::from_utf8_lossy(&answer);
    let failed = text.starts_with("HTTP/1.1 500") || text.contains("\r\nHTTP/1.1 500") || text.contains("the fault is its own");
    let markup = text.contains("text/html") && text.contains("<b id=xx>");
    let what = || text.lines().chain(text.lines().filter(|l| l.contains("its own"))).take(1).collect::<String>();
    (failed || markup).then(|| format!("{}: {}", if failed { "it failed inside" } else { "markup came back" }, what()))
}

fn replaced(bytes: &[u8], what: &[u8], by: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 64);
    let mut rest = bytes;
    while let Some(at) = memchr::memmem::find(rest, what) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(by);
        rest = &rest[at + what.len()..];
    }
    out.extend_from_slice(rest);
    out
}

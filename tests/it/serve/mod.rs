//! The HTTP door: that it says what the command line says, shows what is new, and lets nobody in who should not be.

mod api;
mod attacks;
mod over_time;
mod pages;
mod same;

use morgue::archive::Home;
use morgue::serve::{Listening, Options};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_corpus");

/// Runs the command line on `archive`.
fn cli(archive: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.arg("-C").arg(archive).args(args).env_remove("MORGUE_ARCHIVE").stdin(Stdio::null()).output().unwrap()
}

/// How tests serve: on a free port, with little patience for the slow.
fn options() -> Options {
    Options {
        address: SocketAddr::from(([127, 0, 0, 1], 0)),
        names: Vec::new(),
        token_file: None::<PathBuf>,
        read_only: false,
        patience: Duration::from_secs(60),
        slowest: Duration::from_millis(500),
    }
}

/// Serves `archive` until the tests end.
fn serve(archive: &Path, options: &Options) -> SocketAddr {
    let listening = Listening::bind(Home::at(archive).unwrap(), options).unwrap();
    let address = listening.address;
    std::thread::spawn(move || listening.run());
    address
}

/// A sample archive that is served.
fn sample() -> (tempfile::TempDir, SocketAddr) {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(cli(dir.path(), &["index", SAMPLE]).status.code(), Some(3));
    let address = serve(dir.path(), &options());
    (dir, address)
}

/// An answer.
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (n, value) = line.split_once(':')?;
            n.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    #[track_caller]
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

/// Sends `bytes` as they are and reads what comes back; `None` when the connection is closed without an answer.
fn raw(address: SocketAddr, bytes: &[u8]) -> Option<Reply> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(90))).unwrap();
    // Who refuses a long request need not read it to its end.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Reply { status, head: head.to_owned(), body: body.to_owned() })
}

/// Asks for `path` with further header lines.
#[track_caller]
fn get(address: SocketAddr, path: &str, headers: &[&str]) -> Reply {
    let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{lines}\r\n");
    raw(address, request.as_bytes()).unwrap_or_else(|| panic!("no answer to {path}"))
}

/// Sends a form.
#[track_caller]
fn post(address: SocketAddr, path: &str, form: &[(&str, &str)], headers: &[&str]) -> Reply {
    let body = form.iter().map(|(n, v)| format!("{n}={}", encoded(v))).collect::<Vec<_>>().join("&");
    let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    let head =
        format!("POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    raw(address, format!("{head}Content-Length: {}\r\n{lines}\r\n{body}", body.len()).as_bytes()).unwrap()
}

/// The key that the forms of a page carry.
fn key(address: SocketAddr) -> String {
    let page = get(address, "/?q=barrier", &[]).body;
    let (_, after) = page.split_once("name=\"key\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The values a page shows of a facet, with their counts.
fn shown(page: &str, field: &str) -> Vec<(String, u64)> {
    let facet = page.split("<details class=\"facet\"").find(|f| f.contains(&format!("data-field=\"{field}\""))).unwrap_or("");
    let value = |li: &str| {
        let value = li.split("data-value=\"").nth(1)?.split('"').next()?.replace("&amp;", "&");
        let n = li.split("class=\"n\"").nth(1)?.split('>').nth(1)?.split('<').next()?.replace(',', "").parse().ok()?;
        Some((value, n))
    };
    facet.split("<li ").skip(1).filter_map(value).collect()
}

//! Load on the HTTP door: many clients at once on one archive, over the loopback only.
//!
//! ```sh
//! cargo bench --bench serve -- ARCHIVE [CLIENTS] [SECONDS]
//! ```
//!
//! Starts `morgue serve` on a free port, lets CLIENTS (16) ask for SECONDS (30) over connections that stay open, each the
//! questions below in an order of its own, and prints answers a second, latencies, errors and the memory of the server at
//! the beginning and at the end.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What is asked: pages and API, common and rare words, facets, quotes, time. `{}` is another of [`WORDS`] each time, so that
/// answers are made and not only handed out again.
const PATHS: &[&str] = &[
    "/?q={}",
    "/?q={}&what=quotes",
    "/?q=health+care+{}",
    "/api/v1/search?q={}&facets=speaker,person,place,org,source&timeline=month",
    "/api/v1/quotes?q=speaker%3Aclinton+{}",
    "/api/v1/facets?q={}&by=speaker&by=place",
    "/api/v1/timeline?q={}&per=month",
    "/api/v1/search?q=%22supreme+court%22+NEAR%2F10+{}",
    "/api/v1/count?q=place%3AUkraine+{}",
    "/?q=person%3Apelosi+{}&f=-source%3ACNN",
];

/// Words of the news.
const WORDS: &[&str] = &[
    "trump",
    "climate",
    "immigration",
    "economy",
    "reform",
    "court",
    "nominee",
    "police",
    "tax",
    "war",
    "vaccine",
    "border",
    "school",
    "gun",
    "oil",
    "trade",
    "china",
    "russia",
    "budget",
    "debt",
    "abortion",
    "ballot",
    "campaign",
    "emails",
    "protest",
    "wall",
    "jobs",
    "inflation",
    "senate",
    "governor",
    "hearing",
    "testimony",
    "impeachment",
    "veto",
    "tariff",
    "sanctions",
    "refugees",
    "pandemic",
    "hospital",
    "insurance",
    "drug",
    "prison",
    "judge",
    "verdict",
    "bank",
    "market",
    "energy",
    "pipeline",
    "farm",
    "drought",
    "storm",
    "flood",
    "church",
    "marriage",
    "military",
    "drone",
    "nuclear",
    "treaty",
    "embassy",
    "hostage",
];

/// The memory is looked at as often while the load lasts.
const PARTS: u32 = 6;

/// The path asked for at step `i` of client `n`.
fn path(n: usize, i: usize) -> String {
    PATHS[i % PATHS.len()].replace("{}", WORDS[(n * 17 + i * 7 + i / PATHS.len()) % WORDS.len()])
}

fn main() {
    let mut args = std::env::args().skip(1).filter(|a| a != "--bench");
    let Some(archive) = args.next() else {
        println!("serve: name an archive (cargo bench --bench serve -- ARCHIVE)");
        return;
    };
    let clients: usize = args.next().map_or(16, |n| n.parse().unwrap());
    let seconds: u64 = args.next().map_or(30, |n| n.parse().unwrap());
    let mut server = Command::new(env!("CARGO_BIN_EXE_morgue"))
        .args(["-C", &archive, "serve", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    // Once around, so that the index is in memory.
    let mut first = Client::new(&address);
    for i in 0..PATHS.len() {
        let path = path(0, i);
        assert_eq!(first.get(&path), 200, "{path}");
    }
    let mut memories = vec![memory(server.id())];
    let (mut taken, mut errors) = (Vec::new(), 0);
    let end = Instant::now() + Duration::from_secs(seconds);
    for part in (0..PARTS).rev() {
        let (mut some, wrong) = load(&address, clients, end - Duration::from_secs(seconds) * part / PARTS);
        taken.append(&mut some);
        errors += wrong;
        memories.push(memory(server.id()));
    }
    let _ = server.kill();
    let _ = server.wait();
    taken.sort_unstable();
    let at = |share: f64| taken[((taken.len() - 1) as f64 * share) as usize].0.as_secs_f64() * 1000.0;
    println!(
        "{clients} clients, {seconds} s: {} answers ({:.0} a second), {errors} errors",
        taken.len(),
        taken.len() as f64 / seconds as f64
    );
    println!("ms: median {:.1}, p90 {:.1}, p99 {:.1}, most {:.1}", at(0.5), at(0.9), at(0.99), at(1.0));
    for (i, path) in PATHS.iter().enumerate() {
        let mut of: Vec<f64> = taken.iter().filter(|(_, p)| *p == i).map(|(t, _)| t.as_secs_f64() * 1000.0).collect();
        of.sort_by(f64::total_cmp);
        if !of.is_empty() {
            println!("  {:>6} × median {:>6.1}, p99 {:>6.1}  {path}", of.len(), of[of.len() / 2], of[of.len() * 99 / 100]);
        }
    }
    println!("memory of the server's own, without the files it reads, before and after each sixth: {memories:.0?} MB");
    assert_eq!(errors, 0, "answers other than 200");
}

/// Lets `clients` ask until `end`: how long each answer took and which path it was, and how many were not 200.
fn load(address: &str, clients: usize, end: Instant) -> (Vec<(Duration, usize)>, u64) {
    let threads: Vec<_> = (0..clients)
        .map(|n| {
            let address = address.to_owned();
            std::thread::spawn(move || {
                let (mut client, mut taken, mut errors, mut i) = (Client::new(&address), Vec::new(), 0u64, n * 7);
                while Instant::now() < end {
                    let path = path(n, i);
                    let started = Instant::now();
                    errors += u64::from(client.get(&path) != 200);
                    taken.push((started.elapsed(), i % PATHS.len()));
                    i += 1 + n % 3;
                }
                (taken, errors)
            })
        })
        .collect();
    let (mut taken, mut errors) = (Vec::new(), 0);
    for thread in threads {
        let (mut some, wrong) = thread.join().unwrap();
        taken.append(&mut some);
        errors += wrong;
    }
    (taken, errors)
}

/// Memory in MB that a process holds besides the files mapped into it; 0 where the system does not say.
fn memory(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("RssAnon:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// A connection that stays open.
struct Client {
    address: String,
    stream: BufReader<TcpStream>,
}

impl Client {
    fn new(address: &str) -> Client {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Client { address: address.to_owned(), stream: BufReader::new(stream) }
    }

    /// Asks for `path` and reads the answer to its end.
    fn get(&mut self, path: &str) -> u16 {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.stream.get_mut().write_all(request.as_bytes()).unwrap();
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).unwrap();
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest[..3].parse().unwrap();
            }
            if let Some(n) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = n.trim().parse().unwrap();
            }
            if line == "\r\n" || line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        status
    }
}

//! Files cut off anywhere, or with bytes changed, are read without a crash, and never grow into more text than they hold.

use morgue::article::Article;
use morgue::ingest::{Input, Options, Problem, Receiver, read_input, walk};
use std::path::Path;

#[derive(Default)]
struct Reading {
    letters: usize,
    crashes: Vec<String>,
}

impl Receiver for Reading {
    fn article(&mut self, article: Article) -> morgue::error::Result<()> {
        self.letters += article.body.len();
        Ok(())
    }

    fn problem(&mut self, problem: Problem) {
        if problem.message.contains("failed inside") {
            self.crashes.push(format!("{}: {}", problem.path, problem.message));
        }
    }
}

fn check(name: &str, bytes: &[u8]) {
    let mut reading = Reading::default();
    let input = Input::new(name, None, 0, bytes).unwrap();
    read_input(input, bytes.len() as u64, &Options::default(), &mut reading).unwrap();
    assert!(reading.crashes.is_empty(), "{:?} in {}", reading.crashes, String::from_utf8_lossy(bytes));
    let packed = [".gz", ".zst", ".zip", ".tar"].iter().any(|e| name.ends_with(e));
    assert!(packed || reading.letters <= 4 * bytes.len() + 64, "{name} grows to {} bytes", reading.letters);
}

/// A generator of numbers that are always the same (Marsaglia's xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

#[test]
fn torn_files_crash_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    const TEETH: &[&[u8]] = &[
        b"<",
        b">",
        b"&",
        b"\"",
        b"{",
        b"}",
        b"[",
        b"]",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"\0",
        b"\xFF",
        b"\\",
        b",",
        b"\n\n",
        b"&#x110000;",
        b"\xE2\x80",
    ];
    for found in walk(std::slice::from_ref(&root)) {
        let path = found.unwrap().path;
        let name = path.to_string_lossy().replace('\\', "/");
        if name.ends_with(".expect") || name.ends_with(".map") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for _ in 0..40 {
            check(&name, &bytes[..numbers.below(bytes.len())]);
            let mut torn = bytes.clone();
            for _ in 0..=numbers.below(6) {
                let (at, tooth) = (numbers.below(torn.len()), TEETH[numbers.below(TEETH.len())]);
                let end = (at + numbers.below(4)).min(torn.len());
                torn.splice(at..end, tooth.iter().copied());
            }
            check(&name, &torn);
        }
    }
}

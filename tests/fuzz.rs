//! Fuzzing: bytes of real shape, changed at random, given to every reader. What must hold: no crash, no text from nowhere, no standing still.
//!
//! Targets: every format by its fixtures, dates, maps and markup here; queries and the files people write in [`settings`]; requests in [`http`].
//!
//! A case is a fixture with a few changes: bits flipped, pieces cut, doubled, moved, swapped with a piece of another fixture of its kind, and words that
//! mean something to some reader put in; files also written otherwise, with other numbers, and with one word thousands of times. `tests/it/torn.rs` runs a few thousand cases with every test run; `cargo bench --bench fuzz -- SECONDS`
//! as many as fit. A case that fails is printed with its seed, and belongs into the tests of its reader.

#[path = "fuzz/http.rs"]
mod http;
#[path = "fuzz/settings.rs"]
mod settings;

use crate::news::Dice;
use morgue::article::Article;
use morgue::error::caught;
use morgue::ingest::{FieldMap, Input, Options, Problem, Receiver, date, read_input, text, walk};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// What a reader is given.
pub struct Seed {
    /// The reader: the folder of the fixture, or a name of its own.
    pub kind: String,
    name: String,
    bytes: Vec<u8>,
}

impl Seed {
    /// What is wrong with how it is read as it is.
    pub fn trouble(&self) -> Option<String> {
        trouble(&self.kind, &self.name, &self.bytes)
    }
}

/// Something that must not be.
#[derive(Debug)]
pub struct Crash {
    pub kind: String,
    pub what: String,
    pub bytes: Vec<u8>,
}

/// Words that mean something to some reader.
const WORDS: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"&",
    b"&amp;",
    b"&#x110000;",
    b"&#0;",
    b"\"",
    b"'",
    b"{",
    b"}",
    b"[",
    b"]",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"\0",
    b"\xFF",
    b"\\",
    b",",
    b";",
    b"\n\n",
    b"\r\n",
    b"\r",
    b"\t",
    b"\xE2\x80",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\x04",
    b"\x1F\x8B\x08",
    b"PK\x03\x04",
    b"{\\rtf1",
    b"\\u-10179?",
    b"\\'e9",
    b"\\bin99999999999 ",
    b"\\uc64 ",
    b"{\\*",
    b"\\par",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"Content-Length: -1\r\n",
    b"From ",
    b"--xx",
    b"=?utf-8?B?",
    b"?=",
    b"=\r\n",
    b"Body\n",
    b"End of Document",
    b"1 of 2 DOCUMENTS",
    b"LENGTH: 1 words",
    b"HD  ",
    b"Document X0000020120109e819000001",
    b"Full text: ",
    b"____________________",
    b"ATLEAST0(",
    b"NEAR/0",
    b"NEAR/99999999999",
    b"/s",
    b"/p",
    b"re:/(/",
    b"re:/.*/",
    b"~9",
    b"*",
    b"!",
    b"?",
    b"$9",
    b"(",
    b")",
    b"OR",
    b"AND",
    b"NOT",
    b"quote{",
    b"article{",
    b"@a",
    b"within:91,181,1km",
    b"date:2008-13",
    b"since:last-0d",
    b"1e999",
    b"-0",
    b"\\ud800",
    b"null",
    b"true",
    b"[[[[[[[[",
    b"<x><x><x>",
    b"9999-99-99",
    b"32 Feb",
    b"\xF0\x9F\x98\x80",
    b"e\xCC\x81",
    http::MARKUP,
    b"%00",
    b"%ff",
    b"&q=",
    b"&n=99999999999999999999",
    b"&offset=-1",
    b"HTTP/1.1\r\n",
    b"Host: HOST\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Expect: 100-continue\r\n",
    b"\r\n\r\n",
    b"../",
    b"[query.",
    b"[[person]]\n",
    b" = ",
    b"'''",
    b"$town",
    b"dialect=nexis",
    b"said",
    b"\xE2\x80\x9C",
    b"\xE2\x80\x9D",
    b" said ",
    b" he told ",
    b"Mr. ",
];

/// The fixtures, and questions and settings of our own.
#[allow(clippy::too_many_lines)]
pub fn seeds(root: &Path) -> Vec<Seed> {
    let mut seeds = Vec::new();
    let fixtures = root.join("tests/fixtures");
    for found in walk(std::slice::from_ref(&fixtures)).flatten() {
        let shown = found.path.strip_prefix(&fixtures).unwrap_or(&found.path).to_string_lossy().replace('\\', "/");
        let Ok(bytes) = std::fs::read(&found.path) else { continue };
        let (kind, name) = shown.split_once('/').unwrap_or(("", &shown));
        match () {
            () if name.ends_with(".expect") => {}
            () if name.ends_with(".map") => seeds.push(Seed { kind: "map".into(), name: name.into(), bytes }),
            () => seeds.push(Seed { kind: kind.into(), name: name.into(), bytes }),
        }
    }
    for query in [
        "flood OR storm",
        "\"climate change\"~3 NEAR/5 (mayor OR council*)",
        "title:(flood OR inundat*) AND NOT source=reuters",
        "quote{speaker:merkel refugees}",
        "date:2008-09..2009 since:2008 until:last-7d",
        "ATLEAST3(flood* OR storm*) FIRST/50(mayor)",
        "re:/colou?rs?/ merkle~ wom?n tax$2 recycl!",
        "person:=\"Angela Merkel\" -dateline:* words:500..800",
        "within:50.85,4.35,20km ^2 @saved",
        "a /s b /p c NOT NEAR/5 d",
        "ALLCAPS(rico) NAME(john smith)",
    ] {
        seeds.push(Seed { kind: "query".into(), name: "q".into(), bytes: query.into() });
    }
    for day in [
        "Tue, 5 Mar 2024 14:30:00 +0100",
        "5-MAR-1987 11:18:00.12",
        "2024年3月5日",
        "March 5, 2024 Tuesday 8:02 PM GMT",
        "20240305T143000-0500",
        "5. März 2024",
    ] {
        seeds.push(Seed { kind: "date".into(), name: "d".into(), bytes: day.into() });
    }
    for page in ["<p>one &amp; two<br>three</p><ul><li>x</ul>", "KYIV, Aug 18 (Reuters) - The text, caf\u{e9}."] {
        seeds.push(Seed { kind: "markup".into(), name: "m".into(), bytes: page.into() });
    }
    let typed = settings::SEEDS.iter().map(|(kind, text)| (*kind, *text)).chain(http::SEEDS.iter().map(|text| ("http", *text)));
    seeds.extend(typed.map(|(kind, text)| Seed { kind: kind.into(), name: "s".into(), bytes: text.into() }));
    seeds
}

/// A case made from `seed` and `others` of its kind.
fn changed(seed: &Seed, others: &[&Seed], dice: &mut Dice, longest: usize) -> Vec<u8> {
    let mut bytes = seed.bytes.clone();
    if bytes.len() > longest && dice.below(8) > 0 {
        // Most of what can go wrong goes wrong in short files, and these are quick.
        let start = if dice.below(3) == 0 { dice.below(bytes.len() - longest) } else { 0 };
        bytes = bytes[start..start + longest].to_vec();
    }
    for _ in 0..=dice.below(5) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(1 + bytes.len() / 4)).min(bytes.len());
        match dice.below(if is_typed(&seed.kind) { 9 } else { 12 }) {
            0 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] ^= 1 << dice.below(8);
            }
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            4 => {
                let other = &dice.pick(others).bytes;
                let from = dice.below(other.len() + 1);
                let to = (from + dice.below(400)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            5 => bytes.extend_from_slice(&bytes[at..end].repeat(1 + dice.below(4))),
            6 if end > at => bytes[at..end].reverse(),
            9 => bytes = written(&bytes, dice),
            10 => number(&mut bytes, dice),
            11 => {
                let words = dice.pick(WORDS).repeat(1 + dice.below(3000));
                bytes.splice(at..at, words);
            }
            _ => {
                let word = *dice.pick(WORDS);
                bytes.splice(at..(at + dice.below(4)).min(bytes.len()), word.iter().copied());
            }
        }
    }
    bytes
}

/// Whether people type it, rather than that it is read from files.
fn is_typed(kind: &str) -> bool {
    matches!(kind, "query" | "http" | "date" | "map" | "markup") || settings::KINDS.contains(&kind)
}

/// The same as another program would write it.
fn written(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let units = |mark: &str| format!("{mark}{text}").encode_utf16().collect::<Vec<u16>>();
    match dice.below(7) {
        0 => text.replace("\r\n", "\n").replace('\n', "\r").into_bytes(),
        1 => text.replace('\n', "\r\n").into_bytes(),
        2 => [b"\xEF\xBB\xBF", bytes].concat(),
        3 => units("\u{feff}").into_iter().flat_map(u16::to_le_bytes).collect(),
        4 => units("\u{feff}").into_iter().flat_map(u16::to_be_bytes).collect(),
        5 => units("").into_iter().flat_map(u16::to_le_bytes).collect(),
        _ => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
    }
}

/// Puts another number in the place of one.
fn number(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const NUMBERS: &[&str] =
        &["0", "-1", "1", "4294967295", "2147483648", "18446744073709551615", "-9223372036854775808", "99999999999999999999", "1e999"];
    let starts: Vec<usize> =
        (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[at - 1].is_ascii_digit())).collect();
    if starts.is_empty() {
        return;
    }
    let start = *dice.pick(&starts);
    let end = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
    bytes.splice(start..end, dice.pick(NUMBERS).bytes());
}

#[derive(Default)]
struct Reading {
    letters: usize,
    /// Articles and problems.
    n_told: usize,
    crash: Option<String>,
}

impl Receiver for Reading {
    fn article(&mut self, article: Article) -> morgue::error::Result<()> {
        self.letters += article.body.len();
        self.n_told += 1;
        Ok(())
    }

    fn problem(&mut self, problem: Problem) {
        self.n_told += 1;
        if problem.message.contains("failed inside") {
            self.crash = Some(problem.message);
        }
    }
}

/// What is wrong with how `bytes` are read; nothing, as it should be.
pub fn trouble(kind: &str, name: &str, bytes: &[u8]) -> Option<String> {
    let start = Instant::now();
    let words = || String::from_utf8_lossy(bytes).into_owned();
    let outcome = caught(|| match kind {
        "http" => http::trouble(bytes),
        "date" => {
            let read = date::parse(&words());
            read.filter(|d| date::parse(d).as_deref() != Some(d)).map(|d| format!("`{d}` does not read as itself"))
        }
        "map" => {
            let _ = std::hint::black_box(FieldMap::parse(&words()));
            None
        }
        "markup" => {
            let text = text::html_to_text(&words());
            let _ = std::hint::black_box((text::paragraphs(&words()), date::opening(&text), text::decode(bytes, None)));
            (text.len() > 4 * bytes.len() + 64).then(|| format!("it grows to {} bytes", text.len()))
        }
        _ if settings::KINDS.contains(&kind) => settings::trouble(kind, &words()),
        _ => {
            let mut reading = Reading::default();
            let input = Input::new(name, None, 0, bytes).ok()?;
            let _ = read_input(input, bytes.len() as u64, &Options::default(), &mut reading);
            let packed = [".gz", ".zst", ".zip", ".tar", ".odt", ".epub", ".docx", ".eml"].iter().any(|e| name.ends_with(e));
            let grown = (!packed && reading.letters > 4 * bytes.len() + 256).then(|| format!("it grows to {} bytes", reading.letters));
            let silent = (reading.n_told == 0).then(|| "nothing came of it, and nothing is said".to_owned());
            reading.crash.or(grown).or(silent)
        }
    });
    let slow = || (start.elapsed() > Duration::from_secs(10)).then(|| format!("it took {:?}", start.elapsed()));
    outcome.unwrap_or_else(|crash| Some(format!("crashed: {crash}"))).or_else(slow)
}

/// Runs cases until `enough` says so, each reader for `turn` (but for a case at least) when it is chosen; counts them by reader, and gives
/// what went wrong.
pub fn run(
    seeds: &[Seed],
    seed: u64,
    longest: usize,
    turn: Duration,
    mut enough: impl FnMut(u64) -> bool,
) -> (BTreeMap<String, u64>, Vec<Crash>) {
    let mut dice = Dice::new(seed);
    let mut kinds: BTreeMap<&str, Vec<&Seed>> = BTreeMap::new();
    seeds.iter().for_each(|s| kinds.entry(&s.kind).or_default().push(s));
    let kinds: Vec<Vec<&Seed>> = kinds.into_values().collect();
    let (mut counts, mut crashes, mut n): (BTreeMap<String, u64>, Vec<Crash>, u64) = (BTreeMap::new(), Vec::new(), 0);
    while !enough(n) && crashes.len() < 20 {
        let of_kind = dice.pick(&kinds);
        let start = Instant::now();
        loop {
            let chosen = *dice.pick(of_kind);
            // Names tell formats apart, too: now and then there is none.
            let name = if dice.below(16) == 0 { "x" } else { chosen.name.as_str() };
            let bytes = changed(chosen, of_kind, &mut dice, longest);
            n += 1;
            match counts.get_mut(&chosen.kind) {
                Some(count) => *count += 1,
                None => drop(counts.insert(chosen.kind.clone(), 1)),
            }
            if let Some(what) = trouble(&chosen.kind, name, &bytes) {
                crashes.push(Crash { kind: format!("{}/{name}", chosen.kind), what, bytes });
            }
            if start.elapsed() >= turn {
                break;
            }
        }
    }
    (counts, crashes)
}

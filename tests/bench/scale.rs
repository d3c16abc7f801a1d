//! What an archive costs as it grows: filling it, keeping it, asking it, starting it. On made-up news of a fixed seed.
//!
//! `cargo bench --bench scale [-- SIZE…] [--dir DIR] [--files N]`: for each number of articles (10,000 and 40,000 unless told)
//! an archive is filled by the program itself, and asked; with several sizes the exponents of growth are fitted. `--files N`
//! also indexes N files of their own, then again unchanged, then with one changed. `--dir` keeps the archives, and uses
//! those it finds; `--only TEXT` asks only the questions that have the text in their name. Bare tantivy, SQLite FTS5 (through python3) and ripgrep are measured beside it where they are there.
//! Wall clock tells little on a busy machine: processor time, read from `/proc`, stands beside it.
#![allow(clippy::unwrap_used)]

mod anatomy;
mod press;
mod rivals;

use morgue::archive::{Archive, Home};
use morgue::query::{Bucket, FacetRequest, Search, Target};
use press::Press;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Facets counted with each search, besides the timeline.
const FACETS: [&str; 5] = ["person", "org", "place", "speaker", "source"];

struct Arguments {
    sizes: Vec<usize>,
    dir: Option<PathBuf>,
    files: usize,
    only: Option<String>,
}

fn arguments() -> Arguments {
    let mut all = Arguments { sizes: Vec::new(), dir: None, files: 0, only: None };
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--dir" => all.dir = given.next().map(PathBuf::from),
            "--only" => all.only = given.next(),
            "--files" => all.files = given.next().and_then(|n| n.parse().ok()).unwrap(),
            other => all.sizes.extend(other.parse::<usize>().ok()),
        }
    }
    if all.sizes.is_empty() && all.files == 0 {
        all.sizes = vec![10_000, 40_000];
    }
    all
}

/// That of the program: what is measured is what users get, and bare tantivy has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments = arguments();
    let scratch = tempfile::tempdir().unwrap();
    let dir = arguments.dir.clone().unwrap_or_else(|| scratch.path().to_owned());
    std::fs::create_dir_all(&dir).unwrap();
    let press = Press::new();
    let mut rows = Vec::new();
    for size in &arguments.sizes {
        rows.push(at_size(&press, &dir.join(size.to_string()), *size, arguments.only.as_deref()));
    }
    if rows.len() > 1 {
        exponents(&rows);
    }
    if arguments.files > 0 {
        many_files(&press, &dir.join("files"), arguments.files);
    }
}

/// Figures at one size, by name.
type Row = (usize, Vec<(String, f64)>);

fn at_size(press: &Press, dir: &Path, size: usize, only: Option<&str>) -> Row {
    std::fs::create_dir_all(dir).unwrap();
    let (news, noted) = (dir.join("news.jsonl"), dir.join("text-bytes"));
    let known = std::fs::read_to_string(&noted).ok().and_then(|n| n.trim().parse().ok()).filter(|_| news.exists());
    let text: u64 = known.unwrap_or_else(|| {
        let text = press.print(&news, size, 1);
        std::fs::write(&noted, text.to_string()).unwrap();
        text
    });
    let mb = text as f64 / 1e6;
    println!("\n{size} articles, {mb:.1} MB of title and body");
    let mut figures = Vec::new();
    let archive = dir.join("archive");
    if !archive.join(".morgue").exists() {
        let cost = run(&["-C", archive.to_str().unwrap(), "index", news.to_str().unwrap()]);
        println!(
            "  index           {:>8.1} MB/s wall, {:>6.1} s of processor, {:>6.0} MB at most",
            mb / cost.wall,
            cost.processor,
            cost.peak
        );
        figures.extend([
            ("index s".to_owned(), cost.wall),
            ("index processor s".to_owned(), cost.processor),
            ("peak MB".to_owned(), cost.peak),
        ]);
        if size <= 100_000 {
            rivals::print(&news, dir, mb, cost.wall, &press.word(300));
        }
    }
    if let Some(only) = only {
        return (size, questions(press, &archive, only));
    }
    let bytes = anatomy::size(&archive.join(".morgue"));
    println!("  archive         {:>8.3} of the text", bytes as f64 / text as f64);
    figures.push(("archive MB".to_owned(), bytes as f64 / 1e6));
    anatomy::print(&archive.join(".morgue/index"), text, 24);
    figures.extend(questions(press, &archive, ""));
    figures.extend(starts(press, &archive));
    (size, figures)
}

/// Searches in the running program: those with `only` in their name.
fn questions(press: &Press, dir: &Path, only: &str) -> Vec<(String, f64)> {
    let archive = Archive::open(Home::at(dir).unwrap()).unwrap();
    let (a, b, rare) = (press.word(70), press.mate(70), press.word(30_000));
    let (common, half) = ("the".to_owned(), press.word(90));
    let cases = [
        ("the commonest word", Target::Articles, common.clone(), true),
        ("a word of half the articles", Target::Articles, half.clone(), true),
        ("a common word", Target::Articles, press.word(400), true),
        ("a rare word", Target::Articles, rare, true),
        ("two words", Target::Articles, format!("{a} {b}"), true),
        ("everything", Target::Articles, String::new(), true),
        ("the commonest word, no facets", Target::Articles, common.clone(), false),
        ("quotes with the commonest word", Target::Quotes, common, true),
        ("quotes with a common word", Target::Quotes, press.word(400), true),
        ("a phrase", Target::Articles, format!("\"{a} {b}\""), false),
        ("PRE/5", Target::Articles, format!("={a} PRE/5 ={b}"), false),
        ("NEAR/5", Target::Articles, format!("={a} NEAR/5 ={b}"), false),
        ("same sentence", Target::Articles, format!("={a} /s ={b}"), false),
    ];
    let mut figures = Vec::new();
    println!("  warm: ten best, exact total, and with + five facets, months and copies folded");
    for (name, target, text, counted) in cases.into_iter().filter(|case| case.0.contains(only)) {
        let question = archive.question(&text, target).unwrap();
        let mut search = Search { target, ..Search::articles(question.query) };
        if counted {
            // As the page asks: copies fold into one hit.
            search.collapse = true;
            let facet = |name| FacetRequest { field: morgue::field::by_name(name).unwrap(), limit: Some(10), by: None };
            search.facets = FACETS.into_iter().map(facet).collect();
            search.timeline = Some(Bucket::Month);
        }
        let total = archive.search(&search).unwrap().total;
        let mut times: Vec<f64> = Vec::new();
        let (began, (before, _)) = (Instant::now(), processor());
        while times.len() < 5 || (times.len() < 60 && began.elapsed() < Duration::from_secs(3)) {
            let start = Instant::now();
            archive.search(&search).unwrap();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let each = (processor().0 - before) * 1e3 / times.len() as f64;
        times.sort_by(f64::total_cmp);
        let (p50, p99) = (times[times.len() / 2], times[(times.len() * 99 / 100).min(times.len() - 1)]);
        let mark = if counted { "+" } else { " " };
        println!("    {mark} {name:<32} {total:>9} hits   p50 {p50:>8.2} ms   p99 {p99:>8.2} ms   processor {each:>7.2} ms");
        figures.push((format!("{name}: processor ms"), each));
    }
    figures
}

/// From the start of the program to its end.
fn starts(press: &Press, dir: &Path) -> Vec<(String, f64)> {
    let dir = dir.to_str().unwrap();
    let (word, common) = (press.word(400), press.word(90));
    let cases: [(&str, Vec<&str>); 5] = [
        ("search, a common word", vec!["-C", dir, "search", &word]),
        ("search, half the articles", vec!["-C", dir, "search", &common]),
        ("quotes, a common word", vec!["-C", dir, "quotes", &word]),
        ("five facets, `the`", ["-C", dir, "facets", "the"].into_iter().chain(FACETS.iter().flat_map(|f| ["--by", f])).collect()),
        ("timeline, `the`", vec!["-C", dir, "timeline", "the"]),
    ];
    println!("  from process start to the last line printed");
    let mut figures = Vec::new();
    for (name, words) in cases {
        let (_, before) = processor();
        let mut times: Vec<f64> = (0..11).map(|_| run(&words).wall * 1e3).collect();
        let each = (processor().1 - before) * 1e3 / 11.0;
        times.sort_by(f64::total_cmp);
        println!("      {name:<32} p50 {:>8.1} ms   worst {:>8.1} ms   processor {each:>7.1} ms", times[5], times[10]);
        figures.push((format!("start: {name}: processor ms"), each));
    }
    figures
}

/// Wall clock and processor time in seconds, memory in MB.
struct Cost {
    wall: f64,
    processor: f64,
    peak: f64,
}

/// Seconds of processor this program has taken, and those of its children that have ended; in hundredths.
fn processor() -> (f64, f64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: Vec<f64> = stat.rsplit(") ").next().unwrap_or_default().split(' ').filter_map(|n| n.parse().ok()).collect();
    // Fields 14 to 17; the state, which is no number, stands before the fourth.
    ticks.get(10..14).map_or((0.0, 0.0), |t| ((t[0] + t[1]) / 100.0, (t[2] + t[3]) / 100.0))
}

/// Runs the program, watching what it takes.
fn run(arguments: &[&str]) -> Cost {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_morgue")).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (mut processor, mut peak) = (0.0f64, 0.0f64);
    let proc = PathBuf::from(format!("/proc/{}", child.id()));
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > Duration::from_millis(200) {
            let number = |text: &str| text.split_whitespace().find_map(|n| n.parse::<f64>().ok()).unwrap_or_default();
            let status = std::fs::read_to_string(proc.join("status")).unwrap_or_default();
            peak = peak.max(status.lines().find(|l| l.starts_with("VmHWM")).map_or(0.0, number) / 1024.0);
            let stat = std::fs::read_to_string(proc.join("stat")).unwrap_or_default();
            let ticks = stat.rsplit(") ").next().unwrap_or_default().split(' ').skip(11).take(2).map(number).sum::<f64>();
            processor = processor.max(ticks / 100.0);
            std::thread::sleep(Duration::from_millis(50));
        } else {
            std::thread::sleep(Duration::from_micros(200));
        }
    };
    let wall = start.elapsed().as_secs_f64();
    assert!(status.code().is_some_and(|code| code <= 1), "morgue {arguments:?}: {status}");
    Cost { wall, processor, peak }
}

/// How each figure grows with the number of articles: the exponent, by least squares on logarithms.
fn exponents(rows: &[Row]) {
    println!("\n  growth with the number of articles: exponent, and the figure at each size");
    let (_, first) = &rows[0];
    for (name, _) in first {
        let points: Vec<(f64, f64)> = rows
            .iter()
            .filter_map(|(n, row)| row.iter().find(|(other, _)| other == name).map(|(_, v)| ((*n as f64).ln(), v.max(1e-3).ln())))
            .collect();
        let n = points.len() as f64;
        let (x, y) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
        let slope = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>() / points.iter().map(|p| (p.0 - x).powi(2)).sum::<f64>();
        let values: Vec<String> = points.iter().map(|p| format!("{:>10.2}", p.1.exp())).collect();
        println!("    {name:<44} {slope:>5.2}  {}", values.join(" "));
    }
}

/// Many files: filled, looked at again, and again with one changed.
fn many_files(press: &Press, dir: &Path, n: usize) {
    let (files, archive) = (dir.join("in"), dir.join("archive"));
    if !files.exists() {
        for number in 0..n {
            let folder = files.join(format!("{:03}", number / 1000));
            if number % 1000 == 0 {
                std::fs::create_dir_all(&folder).unwrap();
            }
            std::fs::write(folder.join(format!("{number}.json")), press.article(2, number).to_string()).unwrap();
        }
    }
    let words = ["-C", archive.to_str().unwrap(), "index", files.to_str().unwrap()];
    println!("\n{n} files of one article");
    if !archive.join(".morgue").exists() {
        println!("  first time      {:>8.2} s", run(&words).wall);
    }
    let again: Vec<f64> = (0..3).map(|_| run(&words).wall).collect();
    println!("  unchanged       {:>8.2} s at best of {again:.2?}", again.iter().copied().fold(f64::MAX, f64::min));
    let changed: Vec<f64> = (0..3)
        .map(|round| {
            std::fs::write(files.join("000/7.json"), press.article(3 + round, 7).to_string()).unwrap();
            run(&words).wall
        })
        .collect();
    println!("  one changed     {:>8.2} s at best of {changed:.2?}", changed.iter().copied().fold(f64::MAX, f64::min));
}

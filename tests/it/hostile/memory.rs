//! Large and many hostile files, each read by a program of its own whose memory and time are measured.
//!
//! `MORGUE_HOSTILE_MB=2048` makes lines of 2 GB, `MORGUE_HOSTILE_FILES=100000` a folder of so many files, `MORGUE_PROGRAM` measures another
//! build than the tests': `tests/hostile.sh` does all three.

use super::{STORY, gzip, zip};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn asked(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// What a program said, how it ended, the most memory it took in kilobytes (0 where that cannot be told), and how long.
struct Measured {
    said: String,
    code: Option<i32>,
    peak: u64,
    time: Duration,
}

fn measured(args: &[&std::ffi::OsStr]) -> Measured {
    let program = std::env::var_os("MORGUE_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_morgue").into());
    let mut command = Command::new(program);
    command.args(args).env_remove("MORGUE_ARCHIVE").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    // Read while it runs: who says much must not wait for us.
    let mut stderr = child.stderr.take().unwrap();
    let saying = std::thread::spawn(move || {
        let mut said = Vec::new();
        let _ = std::io::Read::read_to_end(&mut stderr, &mut said);
        String::from_utf8_lossy(&said).into_owned()
    });
    let (status, image) = (format!("/proc/{}/status", child.id()), format!("/proc/{}/exe", child.id()));
    let own = std::fs::read_link("/proc/self/exe").ok();
    let mut peak = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        // For a moment the child has the memory of this process, which other tests fill: until it is the program, nothing is its own.
        let begun = std::fs::read_link(&image).is_ok_and(|image| Some(image) != own);
        let text = if begun { std::fs::read_to_string(&status).unwrap_or_default() } else { String::new() };
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.split_whitespace().next()?.parse().ok());
        peak = peak.max(line.unwrap_or(0));
        assert!(start.elapsed() < Duration::from_secs(1200), "{args:?} takes too long");
        std::thread::sleep(Duration::from_millis(3));
    };
    let said = saying.join().unwrap();
    assert!(!said.contains("panicked at"), "{said}");
    Measured { said, code: ended.code(), peak, time: start.elapsed() }
}

/// The most memory a run may take, in kilobytes.
const MOST_MEMORY: u64 = 512 * 1024;

/// The same for one line without an end: a document of the largest size that is read, decoded and in paragraphs, or some records.
const MOST_OF_A_LINE: u64 = 400 * 1024;

/// What makes a file.
type Make<'d> = Box<dyn Fn() -> PathBuf + 'd>;

#[allow(clippy::too_many_lines)]
#[test]
fn hostile_files_take_little_memory() {
    let megabytes = asked("MORGUE_HOSTILE_MB", 160);
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path();
    // Written when it is its turn, and removed again: several of two gigabytes are much.
    let long = |name: &'static str, start: &'static str, fill: &'static str| -> Make<'_> {
        Box::new(move || {
            let path = place.join(name);
            let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
            file.write_all(start.as_bytes()).unwrap();
            let block = fill.repeat((1 << 20) / fill.len());
            (0..megabytes).for_each(|_| file.write_all(block.as_bytes()).unwrap());
            file.flush().unwrap();
            path
        })
    };
    let small = |name: &str, bytes: &[u8]| -> Make<'_> {
        let path = place.join(name);
        std::fs::write(&path, bytes).unwrap();
        Box::new(move || path.clone())
    };
    let laughs: String = (1..20).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let nested = |open: &str, close: &str, n: usize| format!("{}x{}", open.repeat(n), close.repeat(n));
    let bomb = gzip(&vec![b' '; 200 << 20]);
    let mut quine = STORY.to_vec();
    for level in 0..8 {
        let name = format!("{level}.zip");
        quine = zip(&[(name.as_str(), quine.as_slice()), ("again.zip", quine.as_slice())]);
    }
    let files = [
        long("line.txt", "Title\n", "word "),
        long("line.jsonl", "{\"title\": \"", "word "),
        long("line.json", "[", "[1,"),
        long("line.csv", "title,body\n\"", "word,"),
        long("line.html", "<html><p>", "word "),
        long("line.xml", "<?xml version='1.0'?><a>", "word "),
        long("line.mbox", "From a\nFrom: a\nSubject: b\nMessage-ID: <1>\n\n", "word "),
        long("line.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n", "word "),
        long("line.rtf", "{\\rtf1 ", "word "),
        long("line.sgm", "<REUTERS NEWID=\"1\">", "word "),
        long("head.eml", "Received: a\nMessage-ID: b\nFrom: c\nSubject: ", "word "),
        long("zeros.txt", "", "\0"),
        small("laughs.xml", format!("<?xml version='1.0'?><!DOCTYPE nitf [<!ENTITY l0 \"ha\">{laughs}]><nitf><body><body.content><p>&l19;</p></body.content></body></nitf>").as_bytes()),
        small("outside.xml", b"<?xml version='1.0'?><!DOCTYPE nitf [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><nitf><body><body.content><p>&x; text</p></body.content></body></nitf>"),
        small("deep.xml", format!("<?xml version='1.0'?><nitf>{}</nitf>", nested("<p>", "</p>", 300_000)).as_bytes()),
        small("deep.json", nested("[", "]", 2_000_000).as_bytes()),
        small("deep.html", nested("<div>", "</div>", 300_000).as_bytes()),
        small("deep.rtf", format!("{{\\rtf1 {}", nested("{", "}", 500_000)).as_bytes()),
        small("bomb.txt.gz", &bomb),
        small("bombs.zip", &zip(&(0..20).map(|n| (["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"][n], STORY)).collect::<Vec<_>>())),
        small("bomb.html.gz", &gzip(format!("<html>{}", "<b>".repeat(2 << 20)).as_bytes())),
        small("quine.zip", &quine),
        small("overlap.zip", &overlapping(400)),
    ];
    let (mut worst, mut too_much) = (0, Vec::new());
    for make in &files {
        let file = &make();
        let Measured { said, code, peak, time } = measured(&["extract".as_ref(), file.as_os_str()]);
        assert!(matches!(code, Some(0 | 1 | 3)), "{}: {code:?} {said}", file.display());
        worst = worst.max(peak);
        let name = file.file_name().unwrap().to_string_lossy();
        println!(
            "{name:>14}: {:>4} MB {:>7.2} s  {}",
            peak / 1024,
            time.as_secs_f64(),
            said.lines().next().unwrap_or("").replace(&dir.path().to_string_lossy().into_owned(), "")
        );
        // Files of one line grow with `MORGUE_HOSTILE_MB`; what is kept of them must not.
        let most = if name.starts_with("line.") { MOST_OF_A_LINE } else { MOST_MEMORY };
        if peak >= most {
            too_much.push(format!("{name} took {} MB of {}", peak / 1024, most / 1024));
        }
        assert!(!said.contains("root:"), "{said}");
        // What is larger than a document may be is refused by the name of the setting.
        if name.starts_with("line.") && megabytes > 64 && !name.ends_with("mbox") && !name.ends_with("warc") {
            assert!(said.contains("(setting `limits."), "{name}: {said}");
        }
        std::fs::remove_file(file).unwrap();
    }
    assert_eq!(too_much, [""; 0]);
    assert!(worst > 0 || !cfg!(target_os = "linux"), "memory was not measured");
}

/// A zip archive all of whose members are the same packed bytes, 16 MB of spaces: a few kilobytes that unfold to gigabytes though no member
/// unfolds to much.
fn overlapping(members: u16) -> Vec<u8> {
    let one = zip(&[("a.txt", &vec![b' '; 15 << 20])]);
    let end = one.len() - 22;
    let from = u32::from_le_bytes(one[end + 16..end + 20].try_into().unwrap()) as usize;
    let (body, entry) = (&one[..from], &one[from..end]);
    let mut out = body.to_vec();
    (0..members).for_each(|_| out.extend_from_slice(entry));
    let size = (out.len() - from) as u32;
    let mut last = one[end..].to_vec();
    last[8..10].copy_from_slice(&members.to_le_bytes());
    last[10..12].copy_from_slice(&members.to_le_bytes());
    last[12..16].copy_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&last);
    out
}

#[test]
fn a_folder_of_many_small_files_takes_little_memory() {
    let files = asked("MORGUE_HOSTILE_FILES", 2000);
    let dir = tempfile::tempdir().unwrap();
    let (folder, archive) = (dir.path().join("files"), dir.path().join("archive"));
    std::fs::create_dir(&folder).unwrap();
    for n in 0..files {
        std::fs::write(
            folder.join(format!("{n}.txt")),
            format!("Ferry {n} stays\n\nThe council voted on Monday to keep ferry {n}, Ann Cole said.\n"),
        )
        .unwrap();
    }
    let index = || measured(&["-C".as_ref(), archive.as_os_str(), "index".as_ref(), folder.as_os_str()]);
    let (first, again) = (index(), index());
    assert_eq!((first.code, again.code), (Some(0), Some(0)), "{} {}", first.said, again.said);
    println!(
        "{files} files in a folder: {:.1} s and {} MB, again {:.2} s and {} MB",
        first.time.as_secs_f64(),
        first.peak / 1024,
        again.time.as_secs_f64(),
        again.peak / 1024
    );
    assert!(first.peak.max(again.peak) < MOST_MEMORY);
    let home = morgue::archive::Home::at(&archive).unwrap();
    assert_eq!(morgue::archive::Archive::open(home).unwrap().status().unwrap().articles, files);
}

/// Whether an archive nobody may write to is still searched, and refuses to be indexed with a reason.
#[cfg(target_os = "linux")]
#[test]
fn an_archive_that_is_read_only_is_still_searched() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, archive) = (dir.path().join("files"), dir.path().join("archive"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.txt"), STORY).unwrap();
    let on = |args: &[&std::ffi::OsStr]| measured(&[&["-C".as_ref(), archive.as_os_str()], args].concat());
    assert_eq!(on(&["index".as_ref(), folder.as_os_str()]).code, Some(0));
    assert_eq!(on(&["saved", "add", "boats", "ferry"].map(std::ffi::OsStr::new)).code, Some(0));
    let Some(_mount) = Mount::read_only(&archive) else {
        println!("skipped: this user may not mount anything");
        return;
    };
    let ran = on(&["saved", "run", "boats"].map(std::ffi::OsStr::new));
    assert_eq!(ran.code, Some(0), "{}", ran.said);
    assert!(ran.said.contains("this run of `boats` is not kept"), "{}", ran.said);
    for args in [["search", "ferry"], ["facets", "--by=source"], ["status", "--coverage"], ["verify", "--deep"]] {
        let out = on(&args.map(std::ffi::OsStr::new));
        assert_eq!(out.code, Some(0), "{args:?}: {}", out.said);
    }
    std::fs::write(folder.join("b.txt"), STORY).unwrap();
    for command in ["index", "reindex"] {
        let mut args: Vec<&std::ffi::OsStr> = vec![command.as_ref()];
        args.extend((command == "index").then_some(folder.as_os_str()));
        let out = on(&args);
        println!("{command}: exit {:?}: {}", out.code, out.said.trim());
        assert_eq!(out.code, Some(2), "{}", out.said);
        assert!(out.said.contains("read-only") || out.said.contains("Read-only"), "{}", out.said);
    }
    assert_eq!(on(&["search".as_ref(), "ferry".as_ref()]).code, Some(0));
}

/// A full disk of its own: what fits is kept, and the rest is said.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (folder, archive) = (dir.path().join("files"), dir.path().join("archive"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::create_dir(&archive).unwrap();
    let Some(disk) = Mount::memory(&archive, "3m") else {
        println!("skipped: this user may not mount anything");
        return;
    };
    let on = |args: &[&std::ffi::OsStr]| measured(&[&["-C".as_ref(), archive.as_os_str()], args].concat());
    crate::news::write(&folder.join("one.jsonl"), 100, 3);
    assert_eq!(on(&["index".as_ref(), folder.as_os_str()]).code, Some(0));
    crate::news::write(&folder.join("two.jsonl"), 6000, 4);
    let full = on(&["index".as_ref(), folder.as_os_str(), "--commit-every".as_ref(), "1".as_ref()]);
    println!("full: exit {:?}: {}", full.code, full.said.trim());
    assert_eq!(full.code, Some(2), "{}", full.said);
    let said = full.said.to_lowercase();
    assert!(said.contains("no space left") || said.contains("the disk is full"), "{}", full.said);
    assert_eq!(on(&["verify".as_ref(), "--deep".as_ref()]).code, Some(0));
    let home = morgue::archive::Home::at(&archive).unwrap();
    assert!(morgue::archive::Archive::open(home).unwrap().status().unwrap().articles >= 100);
    // How much of it was committed, and so whether a commit still fits, is a matter of how fast the machine is.
    assert!(disk.grow("30m"));
    let after = on(&["index".as_ref(), folder.as_os_str()]);
    assert_eq!(after.code, Some(0), "with more room it goes on: {}", after.said);
    assert_eq!(morgue::archive::Archive::open(morgue::archive::Home::at(&archive).unwrap()).unwrap().status().unwrap().articles, 6100);
    std::fs::remove_file(folder.join("two.jsonl")).unwrap();
    let after = on(&["index".as_ref(), folder.as_os_str()]);
    assert_eq!(after.code, Some(0), "{}", after.said);
}

/// Something mounted, until it is dropped.
#[cfg(target_os = "linux")]
struct Mount(PathBuf);

#[cfg(target_os = "linux")]
impl Mount {
    fn with(place: &Path, args: &[&str]) -> Option<Mount> {
        let done = Command::new("mount").args(args).arg(place).stderr(Stdio::null()).status().is_ok_and(|s| s.success());
        done.then(|| Mount(place.to_owned()))
    }

    fn memory(place: &Path, size: &str) -> Option<Mount> {
        Mount::with(place, &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
    }

    fn grow(&self, size: &str) -> bool {
        Command::new("mount").args(["-o", &format!("remount,size={size}")]).arg(&self.0).status().is_ok_and(|s| s.success())
    }

    fn read_only(place: &Path) -> Option<Mount> {
        let mount = Mount::with(place, &["--bind", place.to_str()?])?;
        let done = Command::new("mount").args(["-o", "remount,bind,ro"]).arg(place).stderr(Stdio::null()).status();
        done.is_ok_and(|s| s.success()).then_some(mount)
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

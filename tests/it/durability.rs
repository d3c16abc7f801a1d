//! Nothing lost: damage, full disks, power cuts and the plug pulled while an index is rebuilt. After each, `verify` tells the truth, opening
//! never crashes, and no committed article is lost. `MORGUE_FLIPS` and `MORGUE_KILLS` ask for more than the default.

use crate::news::{self, Dice};
use morgue::archive::{self, Archive, Home, IngestOptions, Progress};
use morgue::query::{Query, Search};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn asked(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// Everything an archive answers: each article with its title, text and number of quotes.
type All = BTreeMap<String, (String, usize)>;

fn everything(home: &Home) -> morgue::error::Result<All> {
    let archive = Archive::open(home.clone())?;
    let found = archive.search(&Search { limit: None, ..Search::articles(Query::All) })?;
    let quotes = archive.search(&Search { limit: Some(0), ..Search::quotes(Query::All) })?;
    let mut all: All = BTreeMap::new();
    for clipping in found.hits.into_iter().filter_map(|hit| hit.clipping) {
        all.insert(clipping.article.id.clone(), (clipping.article.body.clone(), clipping.annotations.quotes.len()));
    }
    all.insert("quotes in all".to_owned(), (String::new(), quotes.total as usize));
    Ok(all)
}

fn index(home: &Home, files: &Path) -> morgue::error::Result<morgue::archive::IngestReport> {
    archive::index(home, &[files.to_owned()], &IngestOptions { jobs: 2, ..IngestOptions::default() }, &Progress::default())
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

fn files_in(dir: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        walkdir::WalkDir::new(dir).into_iter().flatten().filter(|e| e.file_type().is_file()).map(|e| e.into_path()).collect();
    all.sort();
    all
}

/// An archive of several segments, some of whose articles were replaced and removed, and the files it came from.
fn archive_of(dir: &Path, n: usize) -> (Home, PathBuf) {
    let files = dir.join("files");
    std::fs::create_dir_all(&files).unwrap();
    news::write(&files.join("many.jsonl"), n, 7);
    let mut dice = Dice::new(3);
    for number in 0..20 {
        std::fs::write(files.join(format!("{number}.json")), news::article(&mut dice, 50_000 + number).to_string()).unwrap();
    }
    let home = Home::make(&dir.join("archive")).unwrap();
    index(&home, &files).unwrap();
    for number in 0..6 {
        std::fs::write(files.join(format!("{number}.json")), news::article(&mut dice, 50_000 + number).to_string()).unwrap();
    }
    std::fs::remove_file(files.join("7.json")).unwrap();
    index(&home, &files).unwrap();
    (home, files)
}

#[test]
fn a_sound_archive_is_said_to_be_sound() {
    let dir = tempfile::tempdir().unwrap();
    let (home, _) = archive_of(dir.path(), 60);
    let seen = archive::verify(&home, true).unwrap();
    assert_eq!(seen.faults, []);
    assert_eq!((seen.articles, seen.clippings, seen.sources_gone, seen.sources_changed), (79, 79, 0, 0));
}

#[test]
fn a_flipped_bit_is_found_and_mended() {
    let dir = tempfile::tempdir().unwrap();
    let (home, files) = archive_of(dir.path(), 60);
    let expected = everything(&home).unwrap();
    let mut dice = Dice::new(11);
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for file in files_in(&home.state()) {
        let name = file.strip_prefix(&home.root).unwrap();
        let kind = file.file_name().unwrap().to_string_lossy().rsplit('.').next().unwrap_or("").to_owned();
        let size = std::fs::metadata(&file).unwrap().len() as usize;
        for _ in 0..if size == 0 { 0 } else { asked("MORGUE_FLIPS", 2) } {
            let root = tempfile::tempdir_in(dir.path()).unwrap();
            copy(&home.root, root.path());
            let mut bytes = std::fs::read(&file).unwrap();
            let (at, bit) = (dice.below(size), dice.below(8));
            bytes[at] ^= 1 << bit;
            std::fs::write(root.path().join(name), bytes).unwrap();
            let damaged = Home::at(root.path()).unwrap();
            let what = format!("{} byte {at} bit {bit}", name.display());
            let seen = archive::verify(&damaged, true).unwrap();
            let count = counts.entry(kind.clone()).or_default();
            count[0] += 1;
            if seen.faults.is_empty() {
                // What is called sound answers as before.
                assert_eq!(everything(&damaged).unwrap(), expected, "{what}: called sound");
                continue;
            }
            count[1] += 1;
            // Whatever comes out, it is no crash.
            let _ = everything(&damaged);
            let mended = archive::reindex(&damaged, 2, &Progress::default());
            if let Err(e) = &mended {
                let left_alone = kind == "toml" || name.ends_with("meta.json");
                assert!(left_alone, "{what}: {e}");
                count[2] += 1;
                continue;
            }
            index(&damaged, &files).unwrap_or_else(|e| panic!("{what}: {e}"));
            assert_eq!(everything(&damaged).unwrap(), expected, "{what}: after mending");
            let after = archive::verify(&damaged, true).unwrap();
            assert_eq!(after.faults, [], "{what}: after mending");
        }
    }
    for (kind, [flips, found, alone]) in &counts {
        println!(
            "{kind:>10}: {flips} bits flipped, {found} found, {} mended, {alone} refused with the archive left as it was",
            found - alone
        );
    }
}

#[test]
fn a_letter_of_the_list_of_files_that_is_another_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let (home, files) = archive_of(dir.path(), 20);
    let expected = everything(&home).unwrap();
    let list = std::fs::read_to_string(home.index().join("meta.json")).unwrap();
    for (word, another) in [("docstore_blocksize", "docstore]blocksize"), ("\"opstamp\"", "\"opst`mp\""), ("\"deletes\"", "\"dele4es\"")] {
        let root = tempfile::tempdir_in(dir.path()).unwrap();
        copy(&home.root, root.path());
        let damaged = Home::at(root.path()).unwrap();
        assert!(list.contains(word), "{list}");
        std::fs::write(damaged.index().join("meta.json"), list.replace(word, another)).unwrap();
        let faults = archive::verify(&damaged, false).unwrap().faults;
        assert!(faults.iter().any(|f| f.file == "meta.json" && f.message.len() < 300), "{another}: {faults:?}");
        if let Err(e) = everything(&damaged) {
            assert!(e.to_string().len() < 300, "{e}");
        }
        if archive::reindex(&damaged, 2, &Progress::default()).is_ok() {
            index(&damaged, &files).unwrap();
            assert_eq!(everything(&damaged).unwrap(), expected, "{another}");
        }
    }
}

#[test]
fn the_dictionary_of_stored_articles_is_kept_twice() {
    let dir = tempfile::tempdir().unwrap();
    let (home, files) = archive_of(dir.path(), 500);
    let expected = everything(&home).unwrap();
    let named = ["dictionary.dat", "dictionary.bak"];
    assert!(named.iter().all(|name| home.index().join(name).exists()), "500 articles are enough for one");
    for lost in [&named[..1], &named[1..], &named] {
        let root = tempfile::tempdir_in(dir.path()).unwrap();
        copy(&home.root, root.path());
        let damaged = Home::at(root.path()).unwrap();
        lost.iter().for_each(|name| std::fs::write(damaged.index().join(name), "gone").unwrap());
        let faults = archive::verify(&damaged, false).unwrap().faults;
        assert!(lost.iter().all(|name| faults.iter().any(|fault| fault.file == *name)), "{faults:?}");
        if lost.len() == 1 {
            assert_eq!(everything(&damaged).unwrap(), expected);
            // Whoever writes next puts it back.
            std::fs::write(files.join("0.json"), news::article(&mut Dice::new(31), 50_000).to_string()).unwrap();
            index(&damaged, &files).unwrap();
            assert_eq!(archive::verify(&damaged, true).unwrap().faults, []);
        } else {
            assert!(everything(&damaged).is_err());
            let told = index(&damaged, &files).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(told.contains("dictionary of the stored articles"), "{told}");
        }
    }
}

#[test]
fn lost_files_are_found_and_mended() {
    let dir = tempfile::tempdir().unwrap();
    let (home, files) = archive_of(dir.path(), 60);
    let expected = everything(&home).unwrap();
    let mut tried = 0;
    for file in files_in(&home.index()).into_iter().filter(|f| std::fs::metadata(f).is_ok_and(|m| m.len() > 0)) {
        for cut in [true, false] {
            let root = tempfile::tempdir_in(dir.path()).unwrap();
            copy(&home.root, root.path());
            let path = root.path().join(file.strip_prefix(&home.root).unwrap());
            match cut {
                true => {
                    std::fs::File::options().write(true).open(&path).unwrap().set_len(std::fs::metadata(&path).unwrap().len() / 2).unwrap()
                }
                false => std::fs::remove_file(&path).unwrap(),
            }
            let damaged = Home::at(root.path()).unwrap();
            let what = format!("{} {}", file.display(), if cut { "cut" } else { "removed" });
            let seen = archive::verify(&damaged, false).unwrap();
            assert!(!seen.faults.is_empty() || everything(&damaged).is_ok_and(|all| all == expected), "{what}: not found");
            let _ = everything(&damaged);
            if archive::reindex(&damaged, 2, &Progress::default()).is_ok() {
                index(&damaged, &files).unwrap();
                assert_eq!(everything(&damaged).unwrap(), expected, "{what}");
            } else {
                assert!(what.contains("meta.json"), "{what}");
            }
            tried += 1;
        }
    }
    println!("{tried} files cut or removed");
}

#[test]
fn an_index_made_anew_is_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let (home, files) = archive_of(dir.path(), 60);
    let (expected, note) = (everything(&home).unwrap(), Archive::open(home.clone()).unwrap().note);
    let done = archive::reindex(&home, 2, &Progress::default()).unwrap();
    assert_eq!((done.articles, done.lost.len(), done.faults.len()), (expected.len() as u64 - 1, 0, 0));
    assert_eq!(everything(&home).unwrap(), expected);
    assert_eq!(Archive::open(home.clone()).unwrap().note.revision, note.revision);
    assert_eq!(archive::verify(&home, true).unwrap().faults, []);
    let again = index(&home, &files).unwrap();
    assert_eq!((again.added, again.changed, again.removed, again.files_read), (0, 0, 0, 0));
}

#[test]
fn a_backup_is_an_archive() {
    let dir = tempfile::tempdir().unwrap();
    let (home, files) = archive_of(dir.path(), 60);
    std::fs::write(home.queries(), "# mine\n").unwrap();
    let expected = everything(&home).unwrap();
    let to = dir.path().join("backup");
    let done = archive::backup(&home, &to).unwrap();
    assert_eq!(done.articles, expected.len() as u64 - 1);
    let copied = Home::at(&to).unwrap();
    assert_eq!(everything(&copied).unwrap(), expected);
    assert_eq!(std::fs::read_to_string(copied.queries()).unwrap(), "# mine\n");
    assert!(archive::backup(&home, &to).is_err(), "a backup is never written over");
    let inside = home.root.join("files/../.morgue/backup");
    assert!(archive::backup(&home, &inside).unwrap_err().to_string().contains("lies in the archive itself"));
    assert!(!inside.exists(), "nothing is left of it");
    // Restored into the place of the old one, it goes on from where it was.
    std::fs::remove_dir_all(&home.root).unwrap();
    archive::backup(&copied, &home.root).unwrap();
    assert_eq!(everything(&home).unwrap(), expected);
    let again = index(&home, &files).unwrap();
    assert_eq!((again.added, again.changed, again.removed), (0, 0, 0));
}

fn morgue(archive: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.arg("-C").arg(archive).args(args).env_remove("MORGUE_ARCHIVE").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_backup_taken_while_others_write_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    std::fs::create_dir_all(&files).unwrap();
    news::write(&files.join("many.jsonl"), 400, 5);
    let archive = dir.path().join("archive");
    let mut writing = morgue(&archive, &["index", files.to_str().unwrap(), "--commit-every", "0.1"]).spawn().unwrap();
    let (mut taken, mut number) = (0, 0);
    while writing.try_wait().unwrap().is_none() || taken == 0 {
        std::thread::sleep(Duration::from_millis(50));
        let to = dir.path().join(format!("backup-{number}"));
        number += 1;
        // Before the first commit there is nothing to copy.
        if Home::at(&archive).and_then(|home| archive::backup(&home, &to)).is_ok() {
            taken += 1;
            assert_eq!(archive::verify(&Home::at(&to).unwrap(), true).unwrap().faults, [], "backup {number}");
        }
    }
    assert!(writing.wait().unwrap().success());
    println!("{taken} backups taken while others wrote, all whole");
}

/// Kills `reindex` at random moments.
#[test]
fn an_index_killed_while_it_is_made_anew_is_the_old_or_the_new() {
    let dir = tempfile::tempdir().unwrap();
    let (home, _) = archive_of(dir.path(), 300);
    let expected = everything(&home).unwrap();
    let mut dice = Dice::new(2);
    let (mut killed, mut through) = (0, 0);
    while killed < asked("MORGUE_KILLS", 12) / 2 {
        let mut child = morgue(&home.root, &["reindex"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(dice.below(1200) as u64));
        child.kill().unwrap();
        match child.wait().unwrap().success() {
            true => through += 1,
            false => killed += 1,
        }
        assert_eq!(archive::verify(&home, false).unwrap().faults, []);
        assert_eq!(everything(&home).unwrap(), expected);
        if through > 20 * (killed + 1) {
            break;
        }
    }
    println!("reindex killed {killed} times, {through} times through: none lost");
}

/// After a power cut, what was not synced is gone, or half there: everything no commit vouches for.
#[allow(clippy::too_many_lines)]
#[test]
fn a_power_cut_takes_back_no_commit() {
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    std::fs::create_dir_all(&files).unwrap();
    news::write(&files.join("many.jsonl"), 300, 9);
    let whole = Home::make(&dir.path().join("whole")).unwrap();
    index(&whole, &files).unwrap();
    let expected = everything(&whole).unwrap();
    let mut dice = Dice::new(4);
    let archive = dir.path().join("cut");
    let (mut cuts, mut kept) = (0, 0);
    for _ in 0..asked("MORGUE_KILLS", 12) / 2 {
        let mut child = morgue(&archive, &["index", files.to_str().unwrap(), "--commit-every", "0.05"]).spawn().unwrap();
        // Some while after the first commit.
        let start = Instant::now();
        let committed = || std::fs::read_to_string(archive.join(".morgue/index/meta.json")).is_ok_and(|meta| meta.contains("manifest"));
        while !committed() && child.try_wait().unwrap().is_none() && start.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(dice.below(1000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let Ok(home) = Home::at(&archive) else { continue };
        let Ok(meta) = std::fs::read_to_string(home.index().join("meta.json")) else { continue };
        let meta: serde_json::Value = serde_json::from_str(&meta).unwrap();
        let Some(payload) = meta["payload"].as_str().map(|p| serde_json::from_str::<serde_json::Value>(p).unwrap()) else { continue };
        let note: serde_json::Value = serde_json::from_str(payload["note"].as_str().unwrap()).unwrap();
        let before = everything(&home).unwrap();
        for file in files_in(&home.state()) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let size = std::fs::metadata(&file).unwrap().len();
            let vouched = match name.as_str() {
                "config.toml" | "meta.json" | ".managed.json" => size,
                // Synced before they get their names.
                "dictionary.dat" | "dictionary.bak" => size,
                _ if name.starts_with("stories-") => size,
                "values.idx" => payload["values"].as_u64().unwrap() * 8,
                "values.dat" => {
                    let ends = std::fs::read(file.with_file_name("values.idx")).unwrap();
                    let count = payload["values"].as_u64().unwrap() as usize;
                    count.checked_sub(1).map_or(0, |last| u64::from_le_bytes(ends[last * 8..last * 8 + 8].try_into().unwrap()))
                }
                _ if name == format!("manifest-{}.jsonl", note["manifest"]["log"]) => note["manifest"]["length"].as_u64().unwrap(),
                _ => {
                    let stem = name.split('.').next().unwrap();
                    let listed =
                        meta["segments"].as_array().unwrap().iter().any(|s| s["segment_id"].as_str().unwrap().replace('-', "") == stem);
                    if listed && !name.ends_with(".del") { size } else { 0 }
                }
            };
            let is_deleted =
                name.ends_with(".del") && meta.to_string().contains(&format!("\"opstamp\":{}", name.split('.').nth(1).unwrap()));
            if vouched < size && !is_deleted {
                let keep = vouched + dice.below((size - vouched) as usize + 1) as u64;
                let open = std::fs::File::options().write(true).open(&file).unwrap();
                open.set_len(keep).unwrap();
                // File systems leave zeros where blocks were promised and never written.
                open.set_len(keep + dice.below(64) as u64).unwrap();
                cuts += 1;
            }
        }
        assert_eq!(archive::verify(&home, true).unwrap().faults, []);
        assert_eq!(everything(&home).unwrap(), before);
        kept += before.len();
        if before.len() == expected.len() {
            std::fs::remove_dir_all(&archive).unwrap();
        }
    }
    assert!(kept > 0, "nothing was committed before the power was cut");
    let home = Home::make(&archive).unwrap();
    index(&home, &files).unwrap();
    assert_eq!(everything(&home).unwrap(), expected);
    println!("{cuts} files cut back to what was synced; {kept} committed articles seen again, none lost");
}

/// Runs the program where no file may grow beyond so many blocks of 1024 bytes: writing fails as on a full disk.
#[cfg(unix)]
fn with_little_room(blocks: usize, archive: &Path, args: &[&str]) -> Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let mut command = Command::new("bash");
    command.args(["-c", &script, "bash", env!("CARGO_BIN_EXE_morgue"), "-C"]).arg(archive).args(args);
    command.env_remove("MORGUE_ARCHIVE").stdin(Stdio::null()).output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (home, files) = archive_of(dir.path(), 200);
    let before = everything(&home).unwrap();
    news::write(&files.join("more.jsonl"), 400, 21);
    let (mut full, mut through) = (0, 0);
    for blocks in [0, 1, 4, 16, 48, 64, 96, 128, 200, 300, 400, 700] {
        let root = tempfile::tempdir_in(dir.path()).unwrap();
        copy(&home.root, root.path());
        let out = with_little_room(blocks, root.path(), &["index", files.to_str().unwrap(), "--commit-every", "0.2"]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(matches!(out.status.code(), Some(0 | 2)), "{blocks}: {:?} {said}", out.status);
        assert!(!said.contains("panicked at"), "{said}");
        match out.status.success() {
            true => through += 1,
            false => full += 1,
        }
        let cut = Home::at(root.path()).unwrap();
        assert_eq!(archive::verify(&cut, true).unwrap().faults, [], "{blocks}");
        let now = everything(&cut).unwrap();
        assert!(before.keys().all(|id| now.contains_key(id)), "{blocks}: an article is lost");
        // Replacing the index needs room for a second one; without, the old one stays.
        let anew = with_little_room(blocks, root.path(), &["reindex"]);
        assert!(matches!(anew.status.code(), Some(0 | 2)), "{}", String::from_utf8_lossy(&anew.stderr));
        assert_eq!(everything(&cut).unwrap(), now, "{blocks}");
        index(&cut, &files).unwrap();
        assert_eq!(everything(&cut).unwrap().len(), before.len() + 400, "{blocks}");
    }
    assert!(full > 3 && through > 0, "{full} {through}");
    println!("{full} runs on a full disk, {through} with just enough room: none lost");
}

#[test]
fn an_index_without_its_list_of_files_is_not_begun_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (home, files) = archive_of(dir.path(), 20);
    std::fs::remove_file(home.index().join("meta.json")).unwrap();
    let before = files_in(&home.index());
    for outcome in [everything(&home).map(drop), index(&home, &files).map(drop), archive::reindex(&home, 1, &Progress::default()).map(drop)]
    {
        let error = outcome.unwrap_err();
        assert!(error.to_string().contains("meta.json") && error.hint().is_some(), "{error}");
        assert_eq!(files_in(&home.index()), before, "what is left of it stays");
    }
    assert!(!archive::verify(&home, false).unwrap().faults.is_empty());
}

#[cfg(unix)]
#[test]
fn whoever_may_read_the_folder_may_read_the_index() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let (home, _) = archive_of(dir.path(), 20);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
    let readers = mode(&home.index()) & 0o044;
    for file in files_in(&home.state()) {
        assert_eq!(mode(&file) & 0o044, readers, "{}", file.display());
    }
}

//! What is out of reach for a while, and runs that are stopped: nothing is lost, and it is said.
#![cfg(unix)]

use crate::cli::{morgue, text};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A user to whom files can be barred: nobody, where the tests are run by root.
const NOBODY: u32 = 65_534;

struct Barred {
    dir: tempfile::TempDir,
    program: PathBuf,
    is_root: bool,
}

impl Barred {
    fn new(files: &[(&str, &str)]) -> Barred {
        let dir = tempfile::tempdir().unwrap();
        let is_root = std::fs::metadata(dir.path()).unwrap().uid() == 0;
        let mut program = PathBuf::from(env!("CARGO_BIN_EXE_morgue"));
        for (name, body) in files {
            let path = dir.path().join("s").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, body).unwrap();
        }
        if is_root {
            // The way to the program itself may be barred.
            let copy = dir.path().join("morgue");
            std::fs::hard_link(&program, &copy).or_else(|_| std::fs::copy(&program, &copy).map(drop)).unwrap();
            program = copy;
            for entry in walkdir::WalkDir::new(dir.path()).into_iter().filter_map(Result::ok).filter(|e| e.path() != program) {
                chown(entry.path(), Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        Barred { dir, program, is_root }
    }

    fn bar(&self, name: &str, mode: u32) {
        std::fs::set_permissions(self.dir.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    }

    fn index(&self) -> (Option<i32>, String) {
        let mut command = Command::new(&self.program);
        command.current_dir(self.dir.path()).args(["-C", "a", "index", "s"]).stdin(Stdio::null());
        if self.is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let out: Output = command.output().unwrap();
        (out.status.code(), text(&out.stderr))
    }
}

#[test]
fn what_lies_in_a_folder_that_is_barred_is_kept() {
    let barred = Barred::new(&[("a.md", "# One\n\nThe pier is open."), ("sub/b2.txt", "Two\n\nThe road is closed.")]);
    assert_eq!(barred.index().0, Some(0));
    barred.bar("s/sub", 0o000);
    let (code, said) = barred.index();
    barred.bar("s/sub", 0o755);
    assert!(said.contains("failed: s/sub: cannot look into it") && !said.contains("gone") && !said.contains("removed"), "{said}");
    assert_eq!(code, Some(3));
    std::fs::remove_dir_all(barred.dir.path().join("s/sub")).unwrap();
    let said = barred.index().1;
    assert!(said.contains("1 gone") && said.contains("1 removed"), "{said}");
}

#[test]
fn what_could_not_be_looked_into_stays_known() {
    let barred = Barred::new(&[("a.md", "# One\n\nThe pier is open."), ("sub/b2.txt", "Two\n\nThe road is closed.")]);
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::set_permissions(elsewhere.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), barred.dir.path().join("s/link")).unwrap();
    let status = |asked: &str| text(&morgue(&barred.dir.path().join("a"), &["status", asked]).output().unwrap().stdout);
    let lines = || {
        let told = status("--failed");
        ["s/link\t", "s/sub\t"].map(|end| told.lines().filter(|line| line.contains(end)).count())
    };
    barred.bar("s/sub", 0o000);
    for _ in 0..2 {
        let (code, said) = barred.index();
        assert_eq!(code, Some(3), "{said}");
        assert_eq!(lines(), [1, 1], "{}", status("--failed"));
        assert!(status("--json").contains("\"unread\":1,\"failed\":1"), "{}", status("--json"));
    }
    barred.bar("s/sub", 0o755);
    let (code, said) = barred.index();
    assert!(code == Some(0) && said.contains("1 article added") && !said.contains("gone"), "{said}");
    assert_eq!(lines(), [1, 0]);
    std::fs::remove_file(barred.dir.path().join("s/link")).unwrap();
    assert!(!barred.index().1.contains("gone"));
    assert_eq!(lines(), [0, 0]);
}

#[test]
fn a_file_that_cannot_be_opened_is_tried_again() {
    let barred = Barred::new(&[("a.txt", "One\n\nThe pier is open."), ("b.txt", "Two\n\nThe road is closed.")]);
    barred.bar("s/b.txt", 0o000);
    for _ in 0..2 {
        let (code, said) = barred.index();
        assert!(said.contains("b.txt") && said.contains("1 failed"), "{said}");
        assert_eq!(code, Some(3));
    }
    barred.bar("s/b.txt", 0o644);
    let (code, said) = barred.index();
    assert!(said.contains("1 article added"), "{said}");
    assert_eq!(code, Some(0));
    // What it gave stays while it is barred.
    barred.bar("s/b.txt", 0o000);
    if let Ok(file) = std::fs::File::options().write(true).open(barred.dir.path().join("s/b.txt")) {
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
    }
    let said = barred.index().1;
    assert!(!said.contains("removed"), "{said}");
}

#[test]
fn a_run_that_is_interrupted_says_so_by_its_exit_code() {
    let dir = tempfile::tempdir().unwrap();
    let news: String = (0..6000)
        .map(|n| format!("{{\"id\":\"{n}\",\"title\":\"T{n}\",\"body\":\"\\\"We have {n} ships in Hull,\\\" Mayor Ann Cole said.\"}}\n"))
        .collect();
    let file = dir.path().join("news.jsonl");
    std::fs::write(&file, news).unwrap();
    let archive = dir.path().join("a");
    let mut child = morgue(&archive, &["index"]).arg(&file).stderr(Stdio::piped()).spawn().unwrap();
    wait_for(&archive.join(".morgue/index"));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let code = child.wait().unwrap().code();
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    assert!(said.contains("stopped before the end"), "{said}");
    assert_eq!(code, Some(130), "{said}");
    assert_eq!(morgue(&archive, &["index"]).arg(&file).status().unwrap().code(), Some(0));
}

fn wait_for(path: &Path) {
    let until = Instant::now() + Duration::from_secs(20);
    while !path.exists() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
    }
}

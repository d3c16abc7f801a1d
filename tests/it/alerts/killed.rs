//! The program itself, killed with SIGKILL while it runs alerts: after each step that is on disk or out of the house, and at random
//! moments. Then it is run again, until it gets through. Nothing is lost, and nothing is there twice: in a log of lines, a log of text
//! and feeds. `MORGUE_KILLS=200` kills more often.

use super::{Desk, WORDS, told_in};
use crate::news::Dice;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const QUERIES: &[&str] = &["flood", "storm tax", "pier"];

fn queries() -> String {
    let sinks = "[sinks]\nlines = { kind = 'file', path = 'log.jsonl' }\ntext = { kind = 'file', path = 'log.txt' }\nfeed = { kind = 'atom', path = \
                 'feeds/{name}.xml', keep = 100000 }\n";
    let query = |(n, text): (usize, &&str)| {
        format!("[query.q{n}]\nquery = '{text}'\n[query.q{n}.alert]\nmax = 100000\ngroup = 'none'\nto = ['lines', 'text', 'feed']\n")
    };
    QUERIES.iter().enumerate().map(query).fold(sinks.to_owned(), |all, one| all + &one)
}

fn morgue(desk: &Desk, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.arg("-C").arg(desk.scratch.home().root).args(args).env_remove("MORGUE_ARCHIVE");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Files some articles, and notes which of them each query must tell of.
fn arrive(desk: &Desk, dice: &mut Dice, batch: usize, expected: &mut BTreeSet<(String, String)>) {
    for n in 0..1 + dice.below(4) {
        let id = format!("a{batch}-{n}");
        let body: Vec<&str> = (0..4).map(|_| *dice.pick(WORDS)).collect();
        desk.file(&id, "2026-11-01", &body.join(" "));
        for (q, words) in QUERIES.iter().enumerate() {
            if words.split(' ').all(|w| body.contains(&w)) {
                expected.insert((format!("q{q}"), id.clone()));
            }
        }
    }
}

/// Runs the program and kills it, after `steps` or after some time; whether it was.
fn is_killed(desk: &Desk, steps: Option<usize>, time: Option<Duration>) -> bool {
    let mut command = morgue(desk, &["saved", "run", "--alert"]);
    if let Some(steps) = steps {
        command.env("MORGUE_KILL_AFTER", steps.to_string());
    }
    let mut child = command.spawn().unwrap();
    if let Some(time) = time {
        std::thread::sleep(time);
        child.kill().unwrap();
    }
    let status = child.wait().unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        assert!(status.success() || matches!(status.signal(), Some(9)), "{status}");
    }
    !status.success()
}

/// How often each thing, by query and article, is in a sink.
type Counts = BTreeMap<(String, String), usize>;

/// Everything each sink has.
fn told(desk: &Desk) -> Vec<(&'static str, Counts)> {
    let root = desk.scratch.home().root;
    let count = |all: Vec<(String, String)>| {
        let mut counts = Counts::new();
        all.into_iter().for_each(|one| *counts.entry(one).or_default() += 1);
        counts
    };
    let text = std::fs::read_to_string(root.join("log.txt")).unwrap_or_default();
    let mut in_text = Vec::new();
    let mut query = String::new();
    for line in text.lines() {
        match line.split_once(':') {
            Some((name, _)) if name.starts_with('q') && !line.starts_with(' ') => query = name.to_owned(),
            _ if line.trim().starts_with('a') && line.starts_with("    ") => in_text.push((query.clone(), line.trim().to_owned())),
            _ => {}
        }
    }
    let mut in_feeds = Vec::new();
    for (q, _) in QUERIES.iter().enumerate() {
        let Ok(text) = std::fs::read(root.join(format!("feeds/q{q}.xml"))) else { continue };
        let feed = atom_syndication::Feed::read_from(text.as_slice()).unwrap();
        let id = |e: &atom_syndication::Entry| e.id.rsplit(':').next().unwrap().to_owned();
        in_feeds.extend(feed.entries.iter().map(|e| (format!("q{q}"), id(e))));
    }
    vec![("lines", count(told_in(desk, "log.jsonl"))), ("text", count(in_text)), ("feeds", count(in_feeds))]
}

#[test]
fn nothing_is_lost_or_told_twice_though_the_program_is_killed() {
    let kills: usize = std::env::var("MORGUE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    let desk = Desk::new(&queries());
    let (mut dice, mut expected) = (Dice::new(17), BTreeSet::new());
    desk.file("x", "2026-10-01", "Nothing.");
    desk.scratch.index();
    let start = Instant::now();
    assert!(!is_killed(&desk, None, None));
    let whole = start.elapsed();
    let (mut by_step, mut by_time, mut through, mut batch) = (0, 0, 0, 0);
    while by_step + by_time < kills {
        batch += 1;
        arrive(&desk, &mut dice, batch, &mut expected);
        desk.scratch.index();
        // Killed a step further on each time, or at any moment, until a run gets through.
        let mut steps = 1 + dice.below(2);
        loop {
            let in_steps = dice.below(3) > 0;
            let time = Duration::from_micros(dice.below(1 + whole.as_micros() as usize) as u64);
            let killed = if in_steps { is_killed(&desk, Some(steps), None) } else { is_killed(&desk, None, Some(time)) };
            match (killed, in_steps) {
                (true, true) => by_step += 1,
                (true, false) => by_time += 1,
                (false, _) => {
                    through += 1;
                    break;
                }
            }
            steps += dice.below(2);
        }
    }
    assert!(!is_killed(&desk, None, None));
    for (sink, told) in told(&desk) {
        let all: BTreeSet<_> = told.keys().cloned().collect();
        assert_eq!(all, expected, "{sink}");
        assert!(told.values().all(|n| *n == 1), "{sink}: told twice: {told:?}");
    }
    println!(
        "killed {by_step} times between steps and {by_time} times at any moment, {through} times through: {} news to 3 sinks, none lost, none twice",
        expected.len()
    );
}

/// `watch` indexes and tells by itself; it is killed while files come.
#[test]
fn nothing_is_lost_or_told_twice_though_the_watch_is_killed() {
    let kills: usize = std::env::var("MORGUE_KILLS").ok().and_then(|n| n.parse().ok()).map_or(3, |n: usize| n / 8);
    let desk = Desk::new(&queries());
    let (mut dice, mut expected) = (Dice::new(18), BTreeSet::new());
    desk.file("x", "2026-10-01", "Nothing.");
    desk.scratch.index();
    assert!(!is_killed(&desk, None, None));
    let files = desk.scratch.files();
    for batch in 0..kills {
        let mut child = morgue(&desk, &["watch", files.to_str().unwrap()]).spawn().unwrap();
        arrive(&desk, &mut dice, batch, &mut expected);
        std::thread::sleep(Duration::from_millis(100 + dice.below(1200) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    desk.scratch.index();
    assert!(!is_killed(&desk, None, None));
    for (sink, told) in told(&desk) {
        assert_eq!(told.keys().cloned().collect::<BTreeSet<_>>(), expected, "{sink}");
        assert!(told.values().all(|n| *n == 1), "{sink}: told twice: {told:?}");
    }
    println!("watch killed {kills} times: {} news to 3 sinks, none lost, none twice", expected.len());
}

//! What others take for the same text, in the same run: bare tantivy, SQLite FTS5 through python3, ripgrep for a word.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use tantivy::schema::{STORED, Schema, TEXT};

const FTS5: &str = "
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[2])
db.execute('create virtual table news using fts5(title, body)')
with open(sys.argv[1]) as lines:
    db.executemany('insert into news values (?, ?)', ((a['title'], a['body']) for a in map(json.loads, lines)))
db.commit()
";

/// Prints what each takes to index the articles of `news` (`mb` MB of text), and how that compares with `ours` seconds.
pub fn print(news: &Path, dir: &Path, mb: f64, ours: f64, word: &str) {
    let line = |name: &str, seconds: f64, bytes: u64| {
        println!(
            "  {name:<15} {:>8.1} MB/s wall   {:.3} of the text on disk; morgue has {:.2} of its speed",
            mb / seconds,
            bytes as f64 / 1e6 / mb,
            seconds / ours
        );
    };
    let bare = dir.join("bare");
    let _ = std::fs::remove_dir_all(&bare);
    line("bare tantivy", timed(|| bare_tantivy(&bare, news)), super::anatomy::size(&bare));
    let _ = std::fs::remove_dir_all(&bare);
    let db = dir.join("fts5.db");
    let _ = std::fs::remove_file(&db);
    let mut ran = false;
    let sqlite = timed(|| {
        let status = Command::new("python3").args(["-c", FTS5]).arg(news).arg(&db).stderr(Stdio::null()).status();
        ran = status.is_ok_and(|s| s.success());
    });
    if ran {
        line("SQLite FTS5", sqlite, super::anatomy::size(&db));
    } else {
        println!("  SQLite FTS5     not here: no python3 with sqlite3");
    }
    let _ = std::fs::remove_file(&db);
    let mut ran = false;
    let rg = timed(|| ran = Command::new("rg").args(["-c", word]).arg(news).stdout(Stdio::null()).status().is_ok_and(|s| s.success()));
    if ran {
        println!("  ripgrep         {:>8.1} ms to look for one word in the whole file", rg * 1e3);
    } else {
        println!("  ripgrep         not here");
    }
}

fn timed(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Title and body of the articles in a file of JSON Lines, indexed with positions and stored, on all processors.
fn bare_tantivy(dir: &Path, news: &Path) {
    std::fs::create_dir_all(dir).unwrap();
    let mut schema = Schema::builder();
    let (title, body) = (schema.add_text_field("title", TEXT | STORED), schema.add_text_field("body", TEXT | STORED));
    let index = tantivy::Index::create_in_dir(dir, schema.build()).unwrap();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(threads, 150_000_000 * threads).unwrap();
    for line in BufReader::new(std::fs::File::open(news).unwrap()).lines() {
        let record: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let mut doc = tantivy::TantivyDocument::default();
        doc.add_text(title, record["title"].as_str().unwrap_or_default());
        doc.add_text(body, record["body"].as_str().unwrap_or_default());
        writer.add_document(doc).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

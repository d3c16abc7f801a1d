//! An archive through its life: made, added to, edited, moved, deleted, cut short, and asked all the while.

use morgue::archive::{Archive, Home, IngestOptions, IngestReport, Progress, index};
use morgue::error::Kind;
use morgue::query::{Query, Search, Target};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A scratch archive with a directory of files beside it.
pub struct Scratch {
    dir: tempfile::TempDir,
}

impl Scratch {
    pub fn new() -> Scratch {
        let scratch = Scratch { dir: tempfile::tempdir().unwrap() };
        std::fs::create_dir_all(scratch.files()).unwrap();
        scratch
    }

    pub fn files(&self) -> PathBuf {
        self.dir.path().join("files")
    }

    pub fn home(&self) -> Home {
        Home::make(&self.dir.path().join("archive")).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.files().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn index(&self) -> IngestReport {
        self.index_path(&self.files())
    }

    pub fn index_path(&self, path: &Path) -> IngestReport {
        index(&self.home(), &[path.to_owned()], &IngestOptions::default(), &Progress::default()).unwrap()
    }

    pub fn open(&self) -> Archive {
        Archive::open(self.home()).unwrap()
    }

    /// Every article: id → (path, revision that filed it, number of its quotes found as quotes).
    pub fn all(&self) -> BTreeMap<String, (String, u64, usize)> {
        let archive = self.open();
        let everything = |target| Search { target, limit: None, ..Search::articles(Query::All) };
        let quotes = archive.search(&everything(Target::Quotes)).unwrap();
        let articles = archive.search(&everything(Target::Articles)).unwrap();
        assert_eq!(articles.total, articles.hits.len() as u64);
        let mut all = BTreeMap::new();
        for hit in articles.hits {
            let clipping = hit.clipping.unwrap();
            let n_quotes = quotes.hits.iter().filter(|q| q.id == hit.id).count();
            assert_eq!(n_quotes, clipping.annotations.quotes.len(), "the quotes of {} come and go with it", hit.id);
            assert!(all.insert(hit.id, (clipping.article.path, clipping.filed.revision, n_quotes)).is_none());
        }
        all
    }

    pub fn ids(&self, query: &str) -> Vec<String> {
        let archive = self.open();
        let question = archive.question(query, Target::Articles).unwrap();
        let mut ids: Vec<String> =
            archive.search(&Search { limit: None, ..Search::articles(question.query) }).unwrap().hits.into_iter().map(|h| h.id).collect();
        ids.sort();
        ids
    }
}

const COLE: &str = "Harbour plan\n\nMayor Ann Cole opened the harbour on Tuesday.\n\n\"We will rebuild the pier,\" Cole said.\n";
const STORM: &str = "Storm\n\nA storm closed the road to Hull. Nobody was hurt.\n";

#[test]
fn indexing_again_changes_nothing() {
    let scratch = Scratch::new();
    scratch.write("a.txt", COLE);
    scratch.write("sub/b.txt", STORM);
    let first = scratch.index();
    assert_eq!((first.added, first.revision), (2, 1));
    let before = scratch.all();
    let again = scratch.index();
    assert_eq!((again.files_unchanged, again.files_read, again.added, again.changed, again.revision), (2, 0, 0, 0, 1));
    assert_eq!(scratch.all(), before);
}

#[test]
fn text_with_zero_bytes_is_read_and_said_to_be_odd() {
    let scratch = Scratch::new();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    std::fs::write(scratch.files().join("unmarked.txt"), utf16(COLE)).unwrap();
    let page = format!("<html><head><title>Storm</title></head><body><p>{STORM}</p></body></html>");
    std::fs::write(scratch.files().join("unmarked.html"), utf16(&page)).unwrap();
    scratch.write("padded.txt", &format!("{}{}", COLE.replace("Harbour plan", "Quay p\0lan"), "\0".repeat(4000)));
    scratch.write("stray.md", "# Ferry\n\nThe fer\0ry sank off Spurn.\n");
    scratch.write("noise.txt", &"\0\u{1}\u{2}abc".repeat(50));
    let report = scratch.index();
    assert_eq!((report.added, report.files_failed), (4, 0));
    let mut said: Vec<String> = report.problems.iter().map(|p| format!("{}: {}", p.path.rsplit('/').next().unwrap(), p.message)).collect();
    said.sort();
    assert_eq!(
        said,
        [
            "noise.txt: not a format morgue reads",
            "padded.txt: 4001 bytes of zero were left out of its text: the file may be damaged",
            "stray.md: one byte of zero was left out of its text: the file may be damaged",
            "unmarked.html: no mark says in which characters it is; by its zero bytes it was read as UTF-16",
            "unmarked.txt: no mark says in which characters it is; by its zero bytes it was read as UTF-16",
        ]
    );
    assert_eq!(scratch.ids("title:\"quay plan\"").len(), 1);
    assert_eq!(
        (scratch.ids("ferry sank").len(), scratch.ids("title:harbour pier").len(), scratch.ids("title:storm hull").len()),
        (1, 1, 1)
    );
}

#[test]
fn edits_moves_and_deletions_are_followed() {
    let scratch = Scratch::new();
    scratch.write("a.txt", COLE);
    scratch.write("b.txt", STORM);
    scratch.index();
    let before = scratch.all();
    let id_of = |all: &BTreeMap<String, (String, u64, usize)>, end: &str| all.iter().find(|(_, v)| v.0.ends_with(end)).unwrap().0.clone();
    let (cole, storm) = (id_of(&before, "a.txt"), id_of(&before, "b.txt"));

    std::fs::create_dir_all(scratch.files().join("2025")).unwrap();
    std::fs::rename(scratch.files().join("a.txt"), scratch.files().join("2025/a.txt")).unwrap();
    let moved = scratch.index();
    assert_eq!((moved.moved, moved.added, moved.removed, moved.files_gone), (1, 0, 0, 0), "what was moved is not gone");
    let after = scratch.all();
    assert!(after[&cole].0.ends_with("2025/a.txt"));
    assert_eq!(after[&cole].1, before[&cole].1, "a moved file is not news");

    scratch.write("b.txt", &STORM.replace("Nobody was hurt", "Two men were hurt in the tempest"));
    let edited = scratch.index();
    assert_eq!((edited.changed, edited.added, edited.removed), (1, 0, 0));
    assert_eq!(scratch.ids("tempest"), std::slice::from_ref(&storm), "an edited file keeps its id");
    assert!(scratch.ids("nobody").is_empty());

    std::fs::remove_file(scratch.files().join("b.txt")).unwrap();
    let gone = scratch.index();
    assert_eq!((gone.files_gone, gone.removed), (1, 1));
    assert_eq!(scratch.all().into_keys().collect::<Vec<_>>(), [cole]);
}

#[test]
fn a_folder_that_is_empty_now_keeps_its_articles() {
    let scratch = Scratch::new();
    scratch.write("disk/a.txt", COLE);
    scratch.write("disk/deep/b.txt", STORM);
    scratch.write("c.txt", "Rain\n\nIt rained all day in Holm.\n");
    scratch.index();
    let before = scratch.all();
    // The disk is away: its folder is there and empty.
    let (disk, aside) = (scratch.files().join("disk"), scratch.dir.path().join("aside"));
    std::fs::rename(&disk, &aside).unwrap();
    std::fs::create_dir(&disk).unwrap();
    let away = scratch.index();
    assert_eq!((away.files_kept, away.files_gone, away.removed, away.revision), (2, 0, 0, 1));
    assert!(away.problems.iter().any(|p| p.path.ends_with("disk") && p.message.contains("2 files")), "{:?}", away.problems);
    assert_eq!(scratch.all(), before);
    // It is back: nothing is read again.
    std::fs::remove_dir(&disk).unwrap();
    std::fs::rename(&aside, &disk).unwrap();
    let back = scratch.index();
    assert_eq!((back.files_unchanged, back.files_read, back.files_kept, back.revision), (3, 0, 0, 1));
    // One of its files was put elsewhere: it is followed, and the other stays.
    std::fs::rename(disk.join("a.txt"), scratch.files().join("a.txt")).unwrap();
    std::fs::remove_dir_all(disk.join("deep")).unwrap();
    let moved = scratch.index();
    assert_eq!((moved.moved, moved.added, moved.files_kept), (1, 0, 2));
    assert_eq!(scratch.all().len(), 3);
    // Asked to, it drops what is left of the empty folder; a folder that is gone itself needs no asking.
    let options = IngestOptions { prune: true, ..IngestOptions::default() };
    let pruned = index(&scratch.home(), &[scratch.files()], &options, &Progress::default()).unwrap();
    assert_eq!((pruned.removed, pruned.files_gone, pruned.files_kept), (1, 1, 0));
    assert_eq!(scratch.all().len(), 2);
}

#[test]
fn an_archive_put_elsewhere_knows_its_files_again() {
    let scratch = Scratch::new();
    let place = scratch.dir.path().join("place");
    for (name, text) in [("news/a.txt", COLE), ("news/b.txt", STORM)] {
        std::fs::create_dir_all(place.join("news")).unwrap();
        std::fs::write(place.join(name), text).unwrap();
    }
    let run = |home: &Home, path: &Path| index(home, &[path.to_owned()], &IngestOptions::default(), &Progress::default()).unwrap();
    let home = Home::make(&place).unwrap();
    assert_eq!(run(&home, &place).added, 2);
    // Restored beside, with the files where another folder of that name keeps them; one was edited since.
    let restored = scratch.dir.path().join("restored");
    morgue::archive::backup(&home, &restored).unwrap();
    let elsewhere = scratch.dir.path().join("disk/news");
    std::fs::create_dir_all(elsewhere.parent().unwrap()).unwrap();
    std::fs::rename(place.join("news"), &elsewhere).unwrap();
    std::fs::write(elsewhere.join("b.txt"), STORM.replace("Nobody", "Nobody else")).unwrap();
    let home = Home::at(&restored).unwrap();
    let report = run(&home, &elsewhere);
    assert_eq!((report.added, report.moved, report.changed, report.removed), (0, 1, 1, 0), "{:?}", report.problems);
    let archive = Archive::open(home.clone()).unwrap();
    let files: Vec<String> = archive.files().unwrap().into_iter().map(|row| row.path).collect();
    assert_eq!(files, ["a.txt", "b.txt"].map(|name| home.shown(&elsewhere.join(name))), "the old places are forgotten");
    let again = run(&home, &elsewhere);
    assert_eq!((again.files_unchanged, again.files_read, again.revision), (2, 0, report.revision));
}

#[test]
fn records_with_one_id_are_all_kept() {
    let scratch = Scratch::new();
    scratch.write(
        "x.jsonl",
        "{\"id\":\"7\",\"title\":\"One\",\"body\":\"First text.\"}\n{\"id\":\"7\",\"title\":\"Two\",\"body\":\"Second text.\"}\n",
    );
    scratch.write("y.jsonl", "{\"id\":\"7\",\"title\":\"Three\",\"body\":\"Third text.\"}\n");
    let report = scratch.index();
    assert_eq!(report.added, 3);
    assert_eq!(report.problems.len(), 2, "each collision is said: {:?}", report.problems);
    let before = scratch.all();
    assert_eq!(before.keys().collect::<Vec<_>>(), ["7", "7~2", "7~3"]);
    // One more record: the others stay what they were.
    let text = std::fs::read_to_string(scratch.files().join("x.jsonl")).unwrap();
    scratch.write("x.jsonl", &format!("{text}{{\"id\":\"8\",\"title\":\"Four\",\"body\":\"Fourth text.\"}}\n"));
    let report = scratch.index();
    assert_eq!((report.added, report.unchanged, report.changed), (1, 2, 0));
}

#[test]
fn a_broken_file_stops_nothing_and_keeps_what_it_gave() {
    let scratch = Scratch::new();
    scratch.write("a.json", "{\"id\":\"a\",\"title\":\"A\",\"body\":\"Text of a.\"}");
    scratch.write("b.txt", STORM);
    scratch.index();
    scratch.write("a.json", "{\"id\":\"a\",\"title\":\"A\",\"bo");
    let report = scratch.index();
    assert_eq!((report.files_failed, report.removed), (1, 0));
    assert_eq!(scratch.ids("text"), ["a"], "what could be read before stays until the file is mended or deleted");
    let status = scratch.open().status().unwrap();
    assert_eq!((status.failed, status.articles), (1, 2));
    assert!(status.failures[0].path.ends_with("a.json"));
}

#[test]
fn a_file_of_which_only_the_beginning_came_keeps_what_it_gave() {
    let scratch = Scratch::new();
    let records = |n: usize| {
        let mut dice = crate::news::Dice::new(5);
        (0..n).map(|id| crate::news::article(&mut dice, id).to_string() + "\n").collect::<String>()
    };
    let path = scratch.files().join("all.jsonl.gz");
    let whole = crate::hostile::gzip(records(60).as_bytes());
    std::fs::write(&path, &whole).unwrap();
    assert_eq!(scratch.index().added, 60);
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let report = scratch.index();
    assert_eq!((report.files_failed, report.removed, report.added), (1, 0, 0));
    let status = scratch.open().status().unwrap();
    assert_eq!((status.failed, status.articles), (1, 60), "a copy may be on its way");
    std::fs::write(&path, &whole).unwrap();
    let report = scratch.index();
    assert_eq!((report.unchanged, report.added, report.changed, report.removed), (60, 0, 0, 0), "nothing of it is news");
    std::fs::write(&path, crate::hostile::gzip(records(59).as_bytes())).unwrap();
    assert_eq!(scratch.index().removed, 1, "what a whole file gives no more is gone");
}

#[test]
fn what_is_in_no_known_form_is_counted_and_tried_again_when_asked() {
    let scratch = Scratch::new();
    scratch.write("a.txt", COLE);
    scratch.write("b.bin", "\0\u{1}\u{2}");
    scratch.write("c.txt", "");
    scratch.write("d.css", "");
    let first = scratch.index();
    assert_eq!((first.files_read, first.files_unread, first.files_skipped, first.files_failed), (1, 2, 1, 0));
    let status = scratch.open().status().unwrap();
    assert_eq!((status.files, status.unread, status.skipped, status.failures.len()), (1, 2, 1, 2));
    assert_eq!(scratch.index().files_unchanged, 4);
    let options = IngestOptions { retry: true, ..IngestOptions::default() };
    let again = index(&scratch.home(), &[scratch.files()], &options, &Progress::default()).unwrap();
    assert_eq!((again.files_unchanged, again.files_unread), (2, 2));
}

#[test]
fn a_stopped_run_is_taken_up_where_it_was() {
    let records: String = (0..400)
        .map(|n| format!("{{\"id\":\"{n}\",\"title\":\"T{n}\",\"body\":\"\\\"We have {n} ships,\\\" Ann Cole said.\"}}\n"))
        .collect();
    let whole = Scratch::new();
    whole.write("x.jsonl", &records);
    whole.index();
    let cut = Scratch::new();
    cut.write("x.jsonl", &records);
    let progress = std::sync::Arc::new(Progress::default());
    let stopper = std::sync::Arc::clone(&progress);
    let watch = std::thread::spawn(move || {
        while Progress::get(&stopper.articles) < 40 {
            std::thread::yield_now();
        }
        stopper.stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let report = index(&cut.home(), &[cut.files()], &IngestOptions::default(), &progress).unwrap();
    watch.join().unwrap();
    assert!(report.stopped);
    let rest = cut.index();
    assert_eq!(report.added + rest.added, 400, "nothing is extracted twice");
    let strip = |all: BTreeMap<String, (String, u64, usize)>| all.into_iter().map(|(id, (_, _, n))| (id, n)).collect::<Vec<_>>();
    assert_eq!(strip(cut.all()), strip(whole.all()));
}

#[test]
fn two_writers_at_once_is_a_clear_error_and_reading_goes_on() {
    let scratch = Scratch::new();
    scratch.write("a.txt", COLE);
    scratch.index();
    let lock = std::fs::File::options().write(true).open(scratch.home().index().join(".tantivy-writer.lock")).unwrap();
    lock.lock().unwrap();
    let error = index(&scratch.home(), &[scratch.files()], &IngestOptions::default(), &Progress::default()).unwrap_err();
    assert_eq!(error.kind(), Kind::Busy, "{error}");
    assert_eq!(scratch.ids("harbour").len(), 1);
}

#[test]
fn a_writer_that_waited_goes_on_from_what_the_other_left() {
    let scratch = Scratch::new();
    scratch.write("a.txt", COLE);
    assert_eq!(scratch.index().revision, 1);
    let kept = &morgue::engine::ENGINES[0];
    let first = (kept.open)(&scratch.home().index(), morgue::engine::Access::Write).unwrap();
    scratch.write("b.txt", "Another pier\n\nThe harbour of Eastmere is closed.");
    let home = scratch.home();
    let files = scratch.files();
    let second = std::thread::spawn(move || index(&home, &[files], &IngestOptions::default(), &Progress::default()));
    std::thread::sleep(std::time::Duration::from_millis(300));
    let note = first.note.unwrap();
    assert!(note.contains("\"revision\":1"), "{note}");
    first.engine.commit(&note.replace("\"revision\":1", "\"revision\":7")).unwrap();
    drop(first.engine);
    let report = second.join().unwrap().unwrap();
    assert_eq!((report.added, report.revision), (1, 8));
}

#[test]
fn a_dry_run_touches_nothing() {
    let scratch = Scratch::new();
    scratch.write("a.txt", COLE);
    scratch.index();
    scratch.write("b.txt", STORM);
    let options = IngestOptions { dry_run: true, ..IngestOptions::default() };
    let report = index(&scratch.home(), &[scratch.files()], &options, &Progress::default()).unwrap();
    assert_eq!((report.files_read, report.files_unchanged), (1, 1));
    assert_eq!(scratch.all().len(), 1);
}

#[test]
fn an_article_that_is_called_like_a_quote_is_shown() {
    let scratch = Scratch::new();
    let long = "x".repeat(3000);
    let (one, other) = (format!("{long}1"), format!("{long}2"));
    for (name, id) in [("a", "pier"), ("b", "tide#q1"), ("c", one.as_str()), ("d", other.as_str())] {
        let body = format!("\"We will rebuild it,\" said Mayor Ann Cole of {name}.");
        scratch.write(&format!("{name}.json"), &serde_json::json!({ "id": id, "title": name, "body": body }).to_string());
    }
    scratch.index();
    let archive = scratch.open();
    let named = |id: &str| archive.named(id).map(|(clipping, quote)| (clipping.article.id, quote)).ok();
    assert_eq!(named("tide#q1"), Some(("tide#q1".to_owned(), None)));
    assert_eq!(named("tide#q1#q1"), Some(("tide#q1".to_owned(), Some(0))));
    assert_eq!((named("pier#q1"), named("pier")), (Some(("pier".to_owned(), Some(0))), Some(("pier".to_owned(), None))));
    assert_eq!((named("tide"), named("quay#q1")), (None, None));
    for id in [&one, &other] {
        for typed in [format!("id:{id}"), format!("id:\"{id}\""), format!("id:=\"{id}\"")] {
            assert_eq!(scratch.ids(&typed), std::slice::from_ref(id), "an id of 3,001 letters is met whole");
        }
    }
    assert_eq!(scratch.ids("id:xxx*").len(), 2);
}

#[test]
fn the_paper_an_article_of_a_table_stood_in_is_its_source() {
    let scratch = Scratch::new();
    for column in ["paper", "Newspaper", "publication", "Journal"] {
        scratch.write(&format!("{column}.csv"), &format!("title,text,{column}\nPier {column},It holds in {column}.,Quay Post\n"));
    }
    scratch.index();
    assert_eq!(scratch.ids("source:\"Quay Post\"").len(), 4);
}

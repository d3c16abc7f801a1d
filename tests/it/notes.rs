//! What people write on articles: put on by command and page, found by query, and lost by nothing that happens to the archive.

use crate::archive::Scratch;
use crate::cli::{check, run, text};
use morgue::archive::{self, Progress, annotate, apply_names, reindex};
use morgue::error::Kind;
use std::io::Write as _;
use std::process::Stdio;

fn filled() -> Scratch {
    let scratch = Scratch::new();
    for (id, tag, body) in
        [("gate", "water", "The gate will hold."), ("pier", "water", "The pier is closed."), ("vote", "town", "They vote.")]
    {
        scratch.write(&format!("{id}.json"), &serde_json::json!({ "id": id, "title": id, "tags": [tag], "body": body }).to_string());
    }
    scratch.index();
    scratch
}

#[test]
fn tags_notes_and_what_was_seen_are_found_and_taken_off_again() {
    let scratch = filled();
    let archive = scratch.home().root;
    check(&archive, &["tag", "+checked", "+follow up", "--", "tag:water"], 0, "", "2 articles changed of 2");
    assert_eq!((scratch.ids("tag:checked"), scratch.ids("tag:\"follow up\"").len()), (vec!["gate".to_owned(), "pier".to_owned()], 2));
    assert_eq!(scratch.ids("tag:water").len(), 2, "those of the file stay");
    check(&archive, &["tag", "+CHECKED", "--seen", "--", "id:gate"], 0, "", "1 article changed of 1");
    check(&archive, &["tag", "-checked", "id:pier"], 0, "", "1 article changed of 1");
    check(&archive, &["tag", "-checked", "id:pier"], 0, "", "0 articles changed of 1");
    assert_eq!((scratch.ids("tag:checked"), scratch.ids("is:seen"), scratch.ids("seen:last-2d")).0, ["gate"]);
    assert_eq!(
        (scratch.ids("is:seen"), scratch.ids("seen:last-2d"), scratch.ids("-is:seen").len()),
        (vec!["gate".into()], vec!["gate".into()], 2)
    );
    check(&archive, &["note", "vote"], 1, "", "");
    check(&archive, &["note", "vote", "Ask the", "returning officer."], 0, "", "noted");
    check(&archive, &["note", "vote"], 0, "Ask the returning officer.", "");
    assert_eq!((scratch.ids("note:\"returning officer\""), scratch.ids("returning officer").len()), (vec!["vote".into()], 0));
    check(&archive, &["search", "tag:checked"], 0, "[checked]", "");
    check(&archive, &["search", "is:noted", "--json"], 0, "\"note\":\"Ask the returning officer.\"", "");
    check(&archive, &["show", "vote"], 0, "Ask the returning officer.", "");
    check(&archive, &["facets", "--by", "tag", "--csv"], 0, "follow up", "");
    check(&archive, &["facets", "--by", "tag", "is:tagged", "-n", "3"], 0, "checked", "");
    for (form, shown) in
        [("ris", "N1  - Ask the returning"), ("bibtex", "annote = {Ask the"), ("markdown", "*Note:* Ask"), ("clip", "Note: Ask the")]
    {
        check(&archive, &["export", "is:noted", "--to", form], 0, shown, "");
    }
    check(&archive, &["export", "tag:checked", "--to", "ris"], 0, "KW  - checked\r\n", "");
    check(&archive, &["note", "vote", "--remove"], 0, "", "gone");
    assert!(scratch.ids("is:noted").is_empty());
    check(&archive, &["tag", "--unseen", "*"], 0, "", "1 article changed of 3");
    assert!(scratch.ids("is:seen").is_empty());
}

#[test]
fn what_is_found_by_a_tag_is_said_to_be_tagged() {
    let scratch = filled();
    let archive = scratch.home().root;
    check(&archive, &["saved", "add", "done", "tag:done"], 0, "", "saved `done`");
    check(&archive, &["saved", "run", "done", "-c"], 1, "", "");
    check(&archive, &["tag", "+done", "id:gate"], 0, "", "1 article changed of 1");
    check(&archive, &["saved", "diff", "done"], 1, "corrected or tagged", "1 by extraction, names, corrections or query only");
}

#[test]
fn what_makes_no_sense_is_told_and_changes_nothing() {
    let scratch = filled();
    let archive = scratch.home().root;
    check(&archive, &["tag", "gate"], 2, "", "no tag is named");
    check(&archive, &["tag", "+x"], 2, "", "no article is named");
    check(&archive, &["tag", "+x", "--", "zebra"], 1, "", "0 articles");
    check(&archive, &["tag", "+x", "--dry-run", "gate"], 0, "", "1 article would be tagged");
    check(&archive, &["note", "no-such", "text"], 2, "", "no-such");
    assert!(!scratch.home().notes().exists());
    let mut child = crate::cli::morgue(&archive, &["tag", "+x", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"gate\npier#q1\n\n").unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(scratch.ids("tag:x"), ["gate", "pier"]);
    std::fs::write(scratch.home().notes(), "[article.gate]\ntags = 3\n").unwrap();
    check(&archive, &["search", "gate"], 0, "", "`gate`");
    check(&archive, &["index", scratch.files().to_str().unwrap()], 2, "", "`gate`");
}

#[test]
fn notes_survive_edits_reindexing_and_backup_and_hand_edits_are_taken_over() {
    let scratch = filled();
    let home = scratch.home();
    let write = |notes: &mut morgue::article::Notes| {
        notes.tag("checked");
        notes.note = Some("Ask again.".into());
    };
    let noted = annotate(&home, &["gate".into(), "vote".into()], &Progress::default(), write).unwrap();
    assert_eq!((noted.changed, noted.revision), (2, 2));
    assert_eq!(scratch.open().clipping("gate").unwrap().filed.revision, 1, "a note is no edit of the article");
    assert_eq!(annotate(&home, &["none".into()], &Progress::default(), write).unwrap_err().kind(), Kind::NotFound);
    // The article changes, the index is made anew, its files are gone.
    scratch.write("gate.json", &serde_json::json!({ "id": "gate", "title": "gate", "body": "The gate has given way." }).to_string());
    assert_eq!(scratch.index().changed, 1);
    reindex(&home, 1, &Progress::default()).unwrap();
    assert_eq!(
        (scratch.ids("tag:checked given"), scratch.ids("is:noted").len(), scratch.open().stale().unwrap().len()),
        (vec!["gate".into()], 2, 0)
    );
    // By hand: one is changed, one goes, one comes, one is of an article that is not there.
    let by_hand = "[article.gate]\ntags = ['done']\n[article.pier]\nseen = 2024-01-02\n[article.later]\nnote = 'soon'\n";
    std::fs::write(home.notes(), by_hand).unwrap();
    let out = run(&home.root, &["search", "is:noted", "-c"]);
    assert!(text(&out.stderr).contains("`notes.toml` has changed"), "{}", text(&out.stderr));
    let applied = apply_names(&home, &Progress::default()).unwrap();
    assert_eq!((applied.looked_at, applied.changed), (3, 3));
    assert_eq!(
        (scratch.ids("tag:done"), scratch.ids("seen:2024"), scratch.ids("is:noted").len()),
        (vec!["gate".into()], vec!["pier".into()], 0)
    );
    assert!(scratch.open().stale().unwrap().is_empty());
    // What waits for its article is put on when that comes.
    scratch.write("later.json", &serde_json::json!({ "id": "later", "title": "later", "body": "Later." }).to_string());
    scratch.index();
    assert_eq!(scratch.ids("note:soon"), ["later"]);
    let to = scratch.files().join("../copy");
    archive::backup(&home, &to).unwrap();
    assert_eq!(std::fs::read_to_string(to.join("notes.toml")).unwrap(), by_hand);
    std::fs::remove_file(home.notes()).unwrap();
    scratch.index();
    assert!(scratch.ids("is:seen OR is:noted OR is:tagged").is_empty(), "without the file there are none");
}

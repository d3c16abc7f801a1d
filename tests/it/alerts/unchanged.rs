//! What looks like news and is none: names that are merged, quotes that are corrected, an index made anew, another extraction.

use super::{Desk, lines};
use morgue::archive::{Progress, correct, edit_names, reindex};
use morgue::authority::NameKind;
use morgue::corrections::{Correction, Verdict};

const SAID: &str = "[query.said]\nquery = 'speaker:=\"Ann Cole\"'\nwhat = 'quotes'\n[query.said.alert]\n[query.about]\nquery = \
                    'person:=\"Ann Cole\"'\n[query.about.alert]\n";

fn body(name: &str, words: &str) -> String {
    format!("HULL — Mayor {name} opened the bridge.\n\n“We will rebuild {words} before the winter,” {name} said.")
}

/// Two articles on somebody under two names, all of it known.
fn told() -> Desk {
    let desk = Desk::new(SAID);
    desk.file("a", "2026-11-01", &body("Ann Cole", "the pier"));
    desk.file("b", "2026-11-02", &body("Anne Kohl", "the school"));
    assert!(desk.news().is_empty());
    desk
}

fn merge(desk: &Desk) {
    let merge = |file: &mut morgue::authority::AuthorityFile| file.merge(NameKind::Person, &["Anne Kohl".to_owned()], "Ann Cole");
    let renamed = edit_names(&desk.scratch.home(), "merge", merge, &Progress::default()).unwrap();
    assert_eq!(renamed.changed, 1);
    assert_eq!(desk.scratch.ids("person:=\"Ann Cole\"").len(), 2, "both are found now");
}

#[test]
fn a_merged_name_is_no_news_and_neither_is_an_edit_of_what_it_brought() {
    let desk = told();
    merge(&desk);
    assert!(lines(&desk.told()).is_empty(), "a name is merged");
    desk.file("b", "2026-11-02", &(body("Anne Kohl", "the school") + " It rained."));
    assert!(desk.news().is_empty(), "an article that was found before it was edited");
    desk.file("c", "2026-11-20", &body("Anne Kohl", "the lock"));
    assert_eq!(desk.news(), ["about new article c", "said new article c#q1"]);
}

#[test]
fn an_index_made_anew_is_no_news() {
    let desk = told();
    reindex(&desk.scratch.home(), 1, &Progress::default()).unwrap();
    assert!(lines(&desk.told()).is_empty(), "the index was made anew");
    assert!(desk.news().is_empty(), "and the files were looked at again");
    // What a merge brings is none either when the index is made anew before anybody was told.
    merge(&desk);
    reindex(&desk.scratch.home(), 1, &Progress::default()).unwrap();
    desk.file("b", "2026-11-02", &(body("Anne Kohl", "the school") + " It rained."));
    desk.file("c", "2026-11-20", &body("Ann Cole", "the lock"));
    let news = desk.news();
    // The edit came between the merge and the telling: that it was found before, nobody can know.
    let expected = ["about new article c", "about text changed b", "said new article c#q1", "said text changed b#q1"];
    assert_eq!(news, expected);
    assert!(desk.news().is_empty());
}

#[test]
fn a_corrected_quote_is_no_news() {
    let desk = Desk::new("[query.said]\nquery = 'speaker:=\"Bo Lee\"'\nwhat = 'quotes'\n[query.said.alert]\n");
    desk.file("b", "2026-11-02", &body("Ann Cole", "it"));
    assert!(desk.news().is_empty());
    let text = desk.scratch.open().clipping("b").unwrap().annotations.quotes[0].text.clone();
    let correction = Correction { article: "b".into(), text, verdict: Verdict::Speaker("Bo Lee".into()) };
    let done = correct(&desk.scratch.home(), "b", &Progress::default(), |file| file.add(&correction)).unwrap();
    assert_eq!(done.changed, 1);
    let speaks = || desk.scratch.ids("speaker:=\"Bo Lee\"");
    assert_eq!(speaks(), ["b"]);
    assert!(lines(&desk.told()).is_empty());
    reindex(&desk.scratch.home(), 1, &Progress::default()).unwrap();
    assert_eq!(speaks(), ["b"], "a correction outlives an index made anew");
    assert!(desk.news().is_empty());
}

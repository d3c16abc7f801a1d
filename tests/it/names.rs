//! The authority file through the life of an archive: merged, split, hidden, taken back, without the source files.

use crate::archive::Scratch;
use morgue::archive::{Progress, apply_names, edit_names, undo_names};
use morgue::authority::NameKind;
use morgue::error::Kind;
use morgue::query::{FacetRequest, Query, Search, Target};
use std::collections::BTreeMap;

const VISIT: &str = "KYIV — President Volodymyr Zelensky met Ann Cole on Monday.\n\n“We will rebuild the bridge,” Zelensky said.\n";
const TALKS: &str = "BERLIN — Volodymyr Zelenskyy spoke to Ann Cole by telephone.\n\n“We will rebuild the school,” Zelenskyy said.\n";
const MATCH: &str = "LEEDS — John Smith scored twice for Leeds.\n\n“We wanted it more,” Smith said.\n";
const BANK: &str = "LONDON — John Smith, a banker, resigned.\n\n“I made mistakes,” Smith said.\n";

fn filled() -> Scratch {
    let scratch = Scratch::new();
    for (name, section, text) in
        [("visit", "world", VISIT), ("talks", "world", TALKS), ("match", "sport", MATCH), ("bank", "business", BANK)]
    {
        let record = serde_json::json!({ "id": name, "title": name, "section": section, "body": text });
        scratch.write(&format!("{name}.json"), &record.to_string());
    }
    scratch.index();
    scratch
}

/// Article → who speaks in it, by the index of quotes; checked against the clippings.
fn speakers(scratch: &Scratch) -> BTreeMap<String, String> {
    let archive = scratch.open();
    let found = archive.search(&Search { limit: None, ..Search::quotes(Query::All) }).unwrap();
    let said = found.hits.iter().map(|hit| {
        let clipping = hit.clipping.as_ref().unwrap();
        let speaker = clipping.annotations.quotes[hit.quote.unwrap()].speaker.as_ref().unwrap();
        let name = speaker.name.clone().unwrap_or_else(|| speaker.class.name().to_owned());
        let query = archive.question(&format!("speaker:=\"{name}\" id:{}", hit.id), Target::Quotes).unwrap().query;
        assert!(archive.search(&Search::quotes(query)).unwrap().total > 0 || speaker.name.is_none(), "{name} is not found by its name");
        (hit.id.clone(), name)
    });
    said.collect()
}

fn total(scratch: &Scratch, query: &str) -> u64 {
    let archive = scratch.open();
    let query = archive.question(query, Target::Articles).unwrap().query;
    archive.search(&Search::articles(query)).unwrap().total
}

#[test]
fn merged_names_are_found_as_one_and_parted_again() {
    let scratch = filled();
    let before = speakers(&scratch);
    assert_eq!(before["visit"], "Volodymyr Zelensky");
    assert_eq!(before["talks"], "Volodymyr Zelenskyy");
    // The sources are not needed any more.
    std::fs::remove_dir_all(scratch.files()).unwrap();
    let revision = scratch.open().note.revision;
    let merge = |file: &mut morgue::authority::AuthorityFile| {
        file.merge(NameKind::Person, &["Volodymyr Zelensky".to_owned()], "Volodymyr Zelenskyy")
    };
    let renamed = edit_names(&scratch.home(), "merge", merge, &Progress::default()).unwrap();
    assert_eq!(
        (renamed.looked_at, renamed.changed, renamed.revision),
        (2, 1, revision + 1),
        "only articles with one of the names are looked at"
    );
    assert_eq!(speakers(&scratch)["visit"], "Volodymyr Zelenskyy");
    assert_eq!(total(&scratch, "person:=\"Volodymyr Zelenskyy\""), 2);
    assert_eq!(total(&scratch, "person:=\"Volodymyr Zelensky\""), 0);
    let card = scratch.open().who("zelenskyy", 3).unwrap();
    assert_eq!((card.articles, card.quotes_by), (2, 2));
    assert_eq!(card.merged[0].value, "Volodymyr Zelensky");
    // Asked for by a name that is filed under another, it is found under that, or at least said where.
    let archive = scratch.open();
    assert_eq!(archive.who("Volodymyr Zelensky", 3).unwrap().name, "Volodymyr Zelenskyy");
    let asked = archive.question("person:=\"Volodymyr Zelensky\"", Target::Articles).unwrap().query;
    let notes: Vec<String> = archive.misspelt(&asked).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(notes, ["no `person` is `Volodymyr Zelensky`; names.toml files it under `Volodymyr Zelenskyy`"]);
    // A name that changes is no news: the revision that last changed the article stays.
    assert!(scratch.all().values().all(|(_, filed, _)| *filed == revision), "{:?}", scratch.all());
    let (did, _) = undo_names(&scratch.home(), &Progress::default()).unwrap();
    assert_eq!(did, "merge");
    assert_eq!(speakers(&scratch), before);
    assert!(!scratch.home().names().exists(), "there was no file before");
    assert_eq!(undo_names(&scratch.home(), &Progress::default()).unwrap_err().kind(), Kind::NotFound);
}

#[test]
fn the_last_hundred_changes_can_be_taken_back() {
    let scratch = filled();
    let log = scratch.home().state().join("names-log.jsonl");
    let line = |n: usize| format!("{{\"at\":\"2026-01-01T00:00:00Z\",\"did\":\"change {n}\",\"before\":\"# {n}\",\"after\":\"\"}}\n");
    std::fs::write(&log, (0..150).map(line).collect::<String>()).unwrap();
    let hide = |file: &mut morgue::authority::AuthorityFile| file.hide(NameKind::Person, &["Ann Cole".to_owned()]);
    edit_names(&scratch.home(), "hide", hide, &Progress::default()).unwrap();
    assert_eq!(std::fs::read_to_string(&log).unwrap().lines().count(), 100, "each keeps the whole file twice");
    let did = [0, 1].map(|_| undo_names(&scratch.home(), &Progress::default()).unwrap().0);
    assert_eq!(did, ["hide", "change 149"]);
}

#[test]
fn a_place_is_called_as_before_when_its_merger_is_taken_back() {
    let scratch = filled();
    let places =
        |id: &str| -> Vec<String> { scratch.open().clipping(id).unwrap().annotations.places.into_iter().map(|p| p.name).collect() };
    let before = places("match");
    assert!(before.contains(&"Leeds".to_owned()), "{before:?}");
    let merge = |file: &mut morgue::authority::AuthorityFile| file.merge(NameKind::Place, &["Leeds".to_owned()], "Loidis");
    edit_names(&scratch.home(), "merge", merge, &Progress::default()).unwrap();
    assert!(places("match").contains(&"Loidis".to_owned()), "{:?}", places("match"));
    assert_eq!((total(&scratch, "place:loidis"), total(&scratch, "place:leeds"), total(&scratch, "place:england")), (1, 0, 2));
    let (_, renamed) = undo_names(&scratch.home(), &Progress::default()).unwrap();
    assert_eq!((renamed.changed, places("match")), (1, before));
}

#[test]
fn a_name_of_two_people_is_told_apart() {
    let scratch = filled();
    let split = |file: &mut morgue::authority::AuthorityFile| {
        file.split(NameKind::Person, "John Smith", "John Smith (footballer)", "section:sport")
    };
    edit_names(&scratch.home(), "split", split, &Progress::default()).unwrap();
    let after = speakers(&scratch);
    assert_eq!((after["match"].as_str(), after["bank"].as_str()), ("John Smith (footballer)", "John Smith"));
}

#[test]
fn what_is_hidden_comes_back() {
    let scratch = filled();
    let before = speakers(&scratch);
    let hide = |file: &mut morgue::authority::AuthorityFile| file.hide(NameKind::Person, &["Ann Cole".to_owned(), "John Smith".to_owned()]);
    edit_names(&scratch.home(), "hide", hide, &Progress::default()).unwrap();
    assert_eq!(total(&scratch, "person:cole"), 0);
    assert_eq!(speakers(&scratch)["bank"], "unresolved");
    std::fs::remove_file(scratch.home().names()).unwrap();
    assert!(scratch.open().names_are_stale().unwrap());
    let renamed = apply_names(&scratch.home(), &Progress::default()).unwrap();
    assert_eq!((renamed.looked_at, renamed.changed), (4, 4), "what was hidden can be found by nothing");
    assert_eq!(total(&scratch, "person:cole"), 2);
    assert_eq!(speakers(&scratch), before);
}

#[test]
fn new_articles_come_in_under_the_names_of_the_file() {
    let scratch = filled();
    let names = "[[person]]\nname = 'Volodymyr Zelenskyy'\nalso = ['volodymyr zelensky']\n";
    std::fs::write(scratch.home().names(), names).unwrap();
    let record = serde_json::json!({ "id": "later", "title": "later", "body": VISIT.replace("bridge", "port") });
    scratch.write("later.json", &record.to_string());
    let report = scratch.index();
    assert_eq!((report.added, report.renamed), (1, 1), "a change by hand is taken over by the next run");
    assert_eq!(total(&scratch, "speaker:=\"Volodymyr Zelenskyy\""), 3);
    assert!(!scratch.open().names_are_stale().unwrap());
    assert_eq!(scratch.index().renamed, 0);
}

#[test]
fn a_file_that_contradicts_itself_changes_nothing() {
    let scratch = filled();
    std::fs::write(scratch.home().names(), "[[person]]\nname = 'A'\nalso = ['B']\n[[person]]\nname = 'B'\nalso = ['A']\n").unwrap();
    let before = speakers(&scratch);
    let error = apply_names(&scratch.home(), &Progress::default()).unwrap_err();
    assert_eq!(error.kind(), Kind::Config);
    let merge = |file: &mut morgue::authority::AuthorityFile| file.merge(NameKind::Person, &["C".to_owned()], "D");
    assert_eq!(edit_names(&scratch.home(), "merge", merge, &Progress::default()).unwrap_err().kind(), Kind::Config);
    assert_eq!(speakers(&scratch), before);
}

#[test]
fn an_edit_by_hand_is_not_taken_back() {
    let scratch = filled();
    let hide = |file: &mut morgue::authority::AuthorityFile| file.hide(NameKind::Person, &["Ann Cole".to_owned()]);
    edit_names(&scratch.home(), "hide", hide, &Progress::default()).unwrap();
    let text = std::fs::read_to_string(scratch.home().names()).unwrap();
    std::fs::write(scratch.home().names(), format!("{text}# mine\n")).unwrap();
    assert_eq!(undo_names(&scratch.home(), &Progress::default()).unwrap_err().kind(), Kind::Usage);
    assert!(std::fs::read_to_string(scratch.home().names()).unwrap().ends_with("# mine\n"));
}

#[test]
fn organizations_that_differ_in_capitals_are_suggested_and_made_one() {
    let scratch = Scratch::new();
    for (id, name) in [("a", "OPEC"), ("b", "Opec"), ("c", "Opec"), ("d", "Opel")] {
        let body = format!("{name} met in Vienna on Monday.");
        let organizations = serde_json::json!([{ "name": name, "mentions": [{ "start": 0, "end": name.len() }] }]);
        let record = serde_json::json!({ "id": id, "title": id, "body": body, "organizations": organizations });
        scratch.write(&format!("{id}.json"), &record.to_string());
    }
    scratch.index();
    let suggested = scratch.open().suggest_names(None, 10).unwrap();
    let [pair] = suggested.pairs.as_slice() else { panic!("{suggested:?}") };
    assert_eq!(
        (pair.kind, pair.name.as_str(), pair.form.as_str(), pair.because),
        (NameKind::Organization, "Opec", "OPEC", "other capitals")
    );
    assert_eq!((pair.articles, pair.form_articles, pair.both), (2, 1, 0));
    let merge = |file: &mut morgue::authority::AuthorityFile| file.merge(pair.kind, std::slice::from_ref(&pair.form), &pair.name);
    let renamed = edit_names(&scratch.home(), "merge", merge, &Progress::default()).unwrap();
    assert_eq!(renamed.changed, 1);
    assert_eq!((total(&scratch, "org:=\"Opec\""), total(&scratch, "org:=\"OPEC\"")), (3, 0));
    assert_eq!(scratch.open().suggest_names(None, 10).unwrap().candidates, 0);
    undo_names(&scratch.home(), &Progress::default()).unwrap();
    let apart = |file: &mut morgue::authority::AuthorityFile| {
        file.decide(NameKind::Organization, morgue::authority::Verdict::Apart, "OPEC", "Opec")
    };
    edit_names(&scratch.home(), "apart", apart, &Progress::default()).unwrap();
    assert_eq!((total(&scratch, "org:=\"OPEC\""), scratch.open().suggest_names(None, 10).unwrap().candidates), (1, 0));
}

#[test]
fn those_who_speak_together_are_found_counted_and_merged_each() {
    let scratch = Scratch::new();
    let body = "LEEDS — The pier is late.\n\n“We will wait for the spring,” said Ann Cole and Bo Dahl.\n\n“Not I,” Marta Quill said.\n";
    scratch.write("pier.json", &serde_json::json!({ "id": "pier", "title": "Pier", "body": body }).to_string());
    scratch.index();
    let quotes = |query: &str| {
        let archive = scratch.open();
        let query = archive.question(query, Target::Quotes).unwrap().query;
        archive.search(&Search::quotes(query)).unwrap().total
    };
    assert_eq!(["speaker:Cole", "speaker:Dahl", "speaker:Quill", "speaker:Cole speaker:Dahl", "about:Dahl"].map(quotes), [1, 1, 1, 1, 0]);
    let field = morgue::field::by_name("speaker").unwrap();
    let facets = vec![FacetRequest { field, limit: None, by: None }];
    let found = scratch.open().search(&Search { facets, ..Search::quotes(Query::All) }).unwrap();
    let counted: Vec<(&str, u64)> = found.facets[0].counts.iter().map(|c| (c.value.as_str(), c.count)).collect();
    assert_eq!(counted, [("Ann Cole", 1), ("Bo Dahl", 1), ("Marta Quill", 1)]);
    let merge = |file: &mut morgue::authority::AuthorityFile| file.merge(NameKind::Person, &["Bo Dahl".to_owned()], "Robert Dahl");
    edit_names(&scratch.home(), "merge", merge, &Progress::default()).unwrap();
    assert_eq!(["speaker:=\"Robert Dahl\"", "speaker:=\"Bo Dahl\"", "speaker:Cole"].map(quotes), [1, 0, 1]);
}

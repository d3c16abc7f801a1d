//! Names as people type them, and as they are filed: with a title, of old, abbreviated.

use super::archive::Scratch;
use morgue::archive::Archive;
use morgue::query::Target;

const TEXTS: [(&str, &str); 6] = [
    (
        "a",
        "KYIV \u{2014} President Olga Lunde met the mayor in Kyiv on Monday.\n\n\u{201c}We will rebuild the bridge,\u{201d} Lunde said.\n",
    ),
    ("b", "WASHINGTON \u{2014} Olga Lunde flew to the United States.\n\n\u{201c}We have time,\u{201d} Lunde said.\n"),
    ("c", "Ships of the U.S. Virgin Islands were in port. Crowds cheered in the U.S. Virgin Islands.\n"),
    ("d", "President-Elect Lunde Hall, a house in the town, was sold.\n"),
    ("f", "OLGA LUNDE TO SPEAK\n"),
    ("e", "Mrs. Lunde Street was closed.\n"),
];

fn filled() -> Scratch {
    let scratch = Scratch::new();
    for (id, body) in TEXTS {
        let mut record = serde_json::json!({ "id": id, "title": id, "body": body });
        let given = [("d", "President-Elect Lunde"), ("e", "Mrs. Lunde"), ("f", "OLGA LUNDE")];
        for (_, name) in given.iter().filter(|(of, _)| *of == id) {
            record["persons"] = serde_json::json!([{ "name": name, "mentions": [{ "start": 0, "end": 4 }] }]);
        }
        scratch.write(&format!("{id}.json"), &record.to_string());
    }
    scratch.index();
    scratch
}

fn said(archive: &Archive, text: &str, target: Target) -> Vec<String> {
    let question = archive.question(text, target).unwrap();
    let misspelt = archive.misspelt(&question.query).unwrap();
    question.notes.into_iter().chain(misspelt.iter().map(ToString::to_string)).collect()
}

#[test]
fn a_place_by_another_name_is_said_to_be_filed_under_its_own() {
    let scratch = filled();
    let archive = scratch.open();
    let both = "`Kiev` is filed under `Europe/Ukraine/Kyiv`, which is asked for as well";
    assert_eq!(said(&archive, "place:Kiev", Target::Articles), [both]);
    let found = |typed: &str| {
        let question = archive.question(typed, Target::Articles).unwrap();
        archive.total(question.query, Target::Articles).unwrap()
    };
    assert_eq!((found("place:Kiev"), found("-place:Kiev"), found("place:Kyiv")), (1, 5, 1));
    // Nothing of either is said once, with what nobody is called.
    let none = "`Leningrad` is filed under `Europe/Russia/St. Petersburg`, which is asked for as well";
    assert_eq!(said(&archive, "place:Leningrad", Target::Articles), [none, "no `place` is `Europe/Russia/St. Petersburg`"]);
    assert_eq!(said(&archive, "place:US", Target::Articles), ["`US` is read as `united states`"]);
    for found in ["place:Kyiv", "place:Ukraine", "place:\"United States\""] {
        assert_eq!(said(&archive, found, Target::Articles), Vec::<String>::new(), "{found}");
    }
}

#[test]
fn a_name_without_its_quotation_marks_is_noticed() {
    let scratch = filled();
    let archive = scratch.open();
    let said = |text: &str, target| said(&archive, text, target);
    assert_eq!(
        said("bridge speaker:Olga Lunde mayor", Target::Articles),
        ["`lunde` is looked for in the text; `speaker:\"olga lunde\"` finds 2 articles"]
    );
    assert_eq!(said("speaker:olga lunde", Target::Quotes), ["`lunde` is looked for in the text; `speaker:\"olga lunde\"` finds 2 quotes"]);
    // As the command line puts `mayor --speaker Olga Lunde`.
    assert_eq!(
        said("(mayor Lunde) speaker:Olga", Target::Articles),
        ["`lunde` is looked for in the text; `speaker:\"olga lunde\"` finds 2 articles"]
    );
    for other in ["speaker:Lunde bridge", "speaker:olga title:lunde", "lunde mayor speaker:olga", "speaker:\"Olga Lunde\" bridge"] {
        assert_eq!(said(other, Target::Articles), Vec::<String>::new(), "{other}");
    }
}

#[test]
fn a_site_is_no_publication() {
    let scratch = Scratch::new();
    let record =
        serde_json::json!({ "id": "a", "title": "Pier", "body": "It holds.", "source": "Star", "url": "https://www.star.com/pier" });
    scratch.write("a.json", &record.to_string());
    scratch.index();
    let archive = scratch.open();
    let expected = ["`source:\"star com\"` finds 0 articles, and `url:*star.com*` 1: addresses hold it"];
    assert_eq!(said(&archive, "site:star.com", Target::Articles), expected);
    assert_eq!(said(&archive, "site:other.com", Target::Articles), ["no `source` is `other com`"]);
}

#[test]
fn a_part_of_a_path_is_told_how_to_be_met() {
    let scratch = Scratch::new();
    for name in ["2008/09/a.txt", "2008/10/b.txt"] {
        scratch.write(name, "Pier\n\nIt holds.\n");
    }
    scratch.index();
    let archive = scratch.open();
    let told = |typed: &str| said(&archive, typed, Target::Articles);
    assert_eq!(told("path:2008/09"), ["`path:\"2008/09\"` finds 0 articles, and `path:*2008/09*` 1: paths hold it"]);
    assert_eq!(told("path:2008"), ["`path:2008` finds 0 articles, and `path:*2008*` 2: paths hold it"]);
    let whole = scratch.all().into_values().next().unwrap().0;
    for typed in [format!("path:\"{whole}\""), "path:2009".to_owned(), "path:*2008*".to_owned()] {
        assert_eq!(told(&typed), Vec::<String>::new(), "{typed}");
    }
}

#[test]
fn of_two_forms_that_are_as_frequent_the_longer_is_the_name() {
    let scratch = Scratch::new();
    for (id, name) in [("a", "Rober Marsh"), ("b", "Robert Marsh"), ("c", "Rober Marsh"), ("d", "Robert Marsh")] {
        let persons = serde_json::json!([{ "name": name, "mentions": [{ "start": 0, "end": 4 }] }]);
        let body = format!("{name} of Leeds spoke.");
        scratch.write(&format!("{id}.json"), &serde_json::json!({ "id": id, "title": id, "body": body, "persons": persons }).to_string());
    }
    scratch.index();
    let suggested = scratch.open().suggest_names(None, 10).unwrap();
    let pairs: Vec<_> = suggested.pairs.iter().map(|pair| (pair.name.as_str(), pair.form.as_str())).collect();
    assert_eq!(pairs, [("Robert Marsh", "Rober Marsh")]);
}

#[test]
fn a_title_is_no_part_of_the_name_that_is_asked_for() {
    let scratch = filled();
    let archive = scratch.open();
    for typed in ["Lunde", "President Lunde", "Sen. Lunde", "Ms. Olga Lunde"] {
        assert_eq!(archive.who(typed, 1).unwrap().name, "Olga Lunde", "{typed}");
    }
    assert_eq!(archive.who("President-Elect Lunde", 1).unwrap().name, "President-Elect Lunde");
    assert_eq!(
        said(&archive, "person:\"Mrs. Lunde\"", Target::Articles),
        ["`person:\"mrs lunde\"` finds 1 article, and `person:lunde` 5: names are filed without titles"]
    );
    // Sen is a name as well, but nobody here is called so.
    assert_eq!(said(&archive, "speaker:\"Sen. Lunde\"", Target::Quotes), ["no `speaker` is `sen lunde`; `Olga Lunde` is, 2 times"]);
    let unknown = archive.who("Olga Lunda", 1).unwrap_err();
    assert_eq!(unknown.hint(), Some("there are Olga Lunde"));
}

#[test]
fn of_a_few_clauses_it_is_said_what_each_finds() {
    let scratch = filled();
    let archive = scratch.open();
    let blamed = |n: usize| {
        let words: String = (0..n).map(|n| format!("bridge{n} ")).collect();
        let question = archive.question(&format!("lunde {words}"), Target::Articles).unwrap();
        archive.blamed(&question.query, Target::Articles).unwrap()
    };
    let few = blamed(2);
    assert_eq!((few.len(), few[0].clause.as_str(), few[1].alone), (3, "lunde", 0));
    // Each would be asked together with all the others.
    assert!(blamed(1000).is_empty());
}

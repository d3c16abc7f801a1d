use super::*;

const EXPORT: &str = "\
____________________________________________________________

Document 1 of 2

Snow closes the pass

Author: Roe, Jane; Poe, Ann

Publication info: Harrow Courier ; Harrow [Harrow]. 05 Mar 2014: A.1.

Abstract: Snow.

Full text: The pass was closed on Tuesday.

It will open on Friday.

Subject: Snow; Roads;

Publication title: Harrow Courier

Publication date: Mar 5, 2014

ProQuest document ID: 4711

____________________________________________________________

Document 2 of 2

Ferry stays

Publication info: Humber Mail, Hull. 07 Mar 2014: 3.

Full text: The ferry stays.

ProQuest document ID: 4712

____________________________________________________________
Contact us";

#[test]
fn exports_are_read_article_by_article() {
    assert!(is_export(EXPORT.lines()));
    let read = articles(EXPORT.lines());
    assert_eq!(read.len(), 2);
    assert_eq!(read[0].title.as_deref(), Some("Snow closes the pass"));
    assert_eq!(read[0].byline, ["Jane Roe", "Ann Poe"]);
    assert_eq!((read[0].published.as_deref(), read[0].source.as_deref()), (Some("2014-03-05"), Some("Harrow Courier")));
    assert_eq!(read[0].body, "The pass was closed on Tuesday.\n\nIt will open on Friday.");
    assert_eq!(read[0].tags, ["Snow", "Roads"]);
    assert_eq!((read[1].id.as_str(), read[1].published.as_deref()), ("proquest-4712", Some("2014-03-07")));
}

#[test]
fn other_texts_are_none() {
    assert!(!is_export("Full text: of a speech".lines()));
}

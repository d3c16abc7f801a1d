use super::Json;
use super::stream::Layout;
use crate::article::{Article, Span};
use crate::ingest::{Format, Input, Problem, Sink, Sureness};

#[derive(Default)]
struct Kept {
    articles: Vec<Article>,
    problems: Vec<Problem>,
}

impl Sink for Kept {
    fn article(&mut self, article: Article) -> crate::error::Result<()> {
        self.articles.push(article);
        Ok(())
    }

    fn file(&mut self, _: Input<'_>) -> crate::error::Result<()> {
        Ok(())
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

fn read(name: &str, bytes: &[u8]) -> Kept {
    let mut kept = Kept::default();
    Json.read(Input::new(name, None, 0, bytes).unwrap(), &mut kept).unwrap();
    kept
}

#[track_caller]
fn check(name: &str, json: &str, paths: &[&str], problems: &[&str]) {
    let kept = read(name, json.as_bytes());
    assert_eq!(kept.articles.iter().map(|a| a.path.as_str()).collect::<Vec<_>>(), paths);
    assert_eq!(kept.problems.iter().map(|p| format!("{}: {}", p.path, p.message)).collect::<Vec<_>>(), problems);
}

#[test]
fn records_are_numbered() {
    check("a.json", r#"{"title": "t", "text": "x"}"#, &["a.json"], &[]);
    check("a.jsonl", r#"{"title": "t", "text": "x"}"#, &["a.jsonl#1"], &[]);
    check("a.json", r#"[{"text": "x"}]"#, &["a.json#1"], &[]);
    check("a.json", "{\"text\": \"x\"}{\"text\": \"y\"}\n{\"text\": \"z\"}", &["a.json#1", "a.json#2", "a.json#3"], &[]);
    check("a.json", "{\"ok\": 1, \"data\": {\"items\": [{\"text\": \"x\"}, {\"text\": \"y\"}]}}", &["a.json#1", "a.json#2"], &[]);
}

#[test]
fn a_broken_record_costs_no_other() {
    check(
        "a.jsonl",
        "{\"text\": \"x\"}\n{\"text\": \"y\n{\"text\": \"z\"}\n",
        &["a.jsonl#1", "a.jsonl#3"],
        &["a.jsonl#2: line 2, column 11: EOF while parsing a string"],
    );
    let array = "[\n  {\"text\": \"x\"},\n  {\"text\": \"y},\n  {\"text\": \"z\"}\n]";
    check("a.json", array, &["a.json#1", "a.json#3"], &["a.json#2: line 3, column 3: the record does not end"]);
    check(
        "a.json",
        "[{\"text\": \"x\"},\n {\"text\": bad},\n {\"text\": \"z\"}]",
        &["a.json#1", "a.json#3"],
        &["a.json#2: line 2, column 11: expected value"],
    );
}

#[test]
fn a_list_that_is_cut_off_between_records_is_told() {
    let cut = ["a.json: its list of records does not end: the file may be cut off, and records missing"];
    check("a.json", "[{\"text\": \"x\"},\n{\"text\": \"y\"}", &["a.json#1", "a.json#2"], &cut);
    check("a.json", "[{\"text\": \"x\"},", &["a.json#1"], &cut);
    check("a.json", "[{\"text\": \"x\"}]\n", &["a.json#1"], &[]);
    check("a.json", "[{\"text\": \"x\"}, {\"text\": \"y", &["a.json#1"], &["a.json#2: line 1, column 17: the record does not end"]);
}

#[test]
fn layouts() {
    let lines = |json: &str| Layout::of("a.json", json.as_bytes()) == Layout::Lines;
    assert!(lines("{\"a\": 1}\n{\"a\": 2}"));
    assert!(lines("{\"a\": 1\n{\"a\": 2}\n{\"a\": 3}\n"));
    assert!(!lines("{\"articles\": [\n{\"a\": 2},\n{\"a\": 3}]}"));
    assert!(!lines("{\n\"a\": 2}\n{\n"));
}

#[test]
fn our_own_records_are_taken_to_the_letter() {
    let body = " One  line.\r\n\r\n\r\nTwo <b>&amp;</b> three. ";
    let record = serde_json::json!({"id": 7, "title": "T", "body": body, "persons": [{"name": "Ann", "mentions": [{"start": 1, "end": 4}]}],
        "quotes": [{"spans": [[1, 4], [6, 9]], "text": "One lin", "kind": "direct", "confidence": 0.5}]});
    let kept = read("a.json", record.to_string().as_bytes());
    let a = &kept.articles[0];
    assert_eq!((a.id.as_str(), a.body.as_str(), a.has_own_id), ("7", body, true));
    assert_eq!(a.given.persons.as_ref().unwrap()[0].mentions, [Span::new(1, 4)]);
    assert_eq!(a.given.quotes.as_ref().unwrap()[0].spans, [Span::new(1, 4), Span::new(6, 9)]);
    assert!(a.given.places.is_none() && kept.problems.is_empty());
}

#[test]
fn a_stream_is_read_without_its_whole() {
    let filler = "x".repeat(5 << 20);
    let mut json = b"{\"status\": \"ok\", \"articles\": [".to_vec();
    for i in 0..8 {
        json.extend_from_slice(
            format!("{}{{\"title\": \"n{i}\", \"text\": \"x\", \"page\": \"{filler}\"}}", if i > 0 { "," } else { "" }).as_bytes(),
        );
    }
    json.extend_from_slice(b"], \"next\": null}");
    assert!(json.len() > crate::ingest::Limits::default().record());
    let kept = read("a.json", &json);
    assert_eq!((kept.articles.len(), kept.articles[7].title.as_deref()), (8, Some("n7")));
    assert!(kept.problems.is_empty());
}

#[test]
fn dates_of_machines() {
    for (given, expected) in [
        ("1709647800", "2024-03-05T14:10:00Z"),
        ("1709647800123", "2024-03-05T14:10:00Z"),
        ("1709647800.5", "2024-03-05T14:10:00Z"),
        ("20240305", "2024-03-05"),
        ("20240305141000", "2024-03-05T14:10:00"),
    ] {
        assert_eq!(super::date_of(given).as_deref(), Some(expected), "{given}");
    }
}

#[test]
fn records_in_envelopes_keep_what_stands_on_them() {
    let kept = read("a.json", br#"{"url": "https://a.example/x", "_id": "k-1", "article": {"title": "T", "text": "x"}}"#);
    let a = &kept.articles[0];
    assert_eq!((a.url.as_deref(), a.id.as_str(), a.body.as_str()), (Some("https://a.example/x"), "k-1", "x"));
}

#[test]
fn characters_of_old_programs() {
    assert_eq!(read("a.json", b"{\"text\": \"caf\xe9\"}").articles[0].body, "café");
}

#[test]
fn what_is_json() {
    let sure = |name, head: &str| Json.recognises(name, head.as_bytes());
    assert_eq!(sure("a.json", " {\n \"a\""), Sureness::Sure);
    assert_eq!(sure("a", "[{\"a\""), Sureness::Likely);
    assert_eq!(sure("a.txt", "[Note] {x}"), Sureness::No);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// However records are set apart, they are the same records.
    #[test]
    fn every_layout_holds_the_same(texts in proptest::collection::vec("[\\PC\"\\\\{}\\[\\],\n]{1,40}x", 2..6), pretty: bool) {
        let records: Vec<serde_json::Value> =
            texts.iter().map(|t| serde_json::json!({"id": "a", "body": t, "more": {"list": [1, {"x": "]}"}]}})).collect();
        let one = |r: &serde_json::Value| if pretty { serde_json::to_string_pretty(r).unwrap() } else { r.to_string() };
        let lines: String = records.iter().map(|r| format!("{r}\n")).collect();
        let joined = records.iter().map(one).collect::<Vec<_>>().join(" ");
        let array = format!("[{}]", records.iter().map(one).collect::<Vec<_>>().join(",\n"));
        let wrapped = format!("{{\"total\": 3, \"articles\": {array}}}");
        for json in [lines, joined, array, wrapped] {
            let kept = read("a.json", json.as_bytes());
            let bodies: Vec<&String> = kept.articles.iter().map(|a| &a.body).collect();
            proptest::prop_assert_eq!(bodies, texts.iter().collect::<Vec<_>>());
            proptest::prop_assert!(kept.problems.is_empty());
        }
    }
}

use super::{About, EXPORTS, Source};
use crate::archive::Answer;
use crate::article::{Clipping, Quote, QuoteKind, Span, Speaker, SpeakerClass};
use crate::query::{Hit, Matcher, Query, Target};
use biblatex::{ChunksExt, Type};
use std::collections::BTreeMap;

/// Two articles full of what trips writers up, each with one quote.
fn clippings() -> Vec<Clipping> {
    let mut clipping = Clipping::default();
    clipping.article.id = "harrow/1".into();
    clipping.article.title = Some("Tax & spend: 100% of {nothing} <b>“gone”</b> \\ $5_000".into());
    clipping.article.byline = vec!["Ann Cole".into(), "Smith, Jones and Partners".into()];
    clipping.article.source = Some("Harrow & {Wold Courier".into());
    clipping.article.published = Some("2016-11-09".into());
    clipping.article.url = Some("https://example.org/a?b=1&c={d}".into());
    clipping.article.body = "# Ann Cole said Bo Dunn lied.\n\n1. </p><script>alert(1)</script>".into();
    clipping.annotations.persons = serde_json::from_str(
        r#"[{"name": "Ann Cole", "mentions": [{"start": 2, "end": 10}]}, {"name": "Bo Dunn", "mentions": [{"start": 16, "end": 23}]}]"#,
    )
    .unwrap();
    clipping.annotations.quotes = vec![Quote {
        spans: vec![Span::new(16, 28)],
        text: "Bo Dunn lied".into(),
        kind: QuoteKind::Indirect,
        confidence: 0.9,
        speaker: Some(Speaker { name: Some("Ann Cole".into()), class: SpeakerClass::Person, ..Speaker::default() }),
        cue: None,
    }];
    let mut second = clipping.clone();
    second.article.id = "harrow/2".into();
    second.article.published = Some("2016-11-11T10:00:00Z".into());
    second.article.page = Some("A1".into());
    second.article.edition = Some("Late City Final".into());
    vec![clipping, second]
}

fn export(name: &str, quotes: bool) -> String {
    let mut exporter = (EXPORTS.iter().find(|e| e.name == name).unwrap().make)();
    let about = About { reading: "articles with <tax>".into(), canonical: "tax".into(), quotes, ..About::default() };
    let target = if quotes { Target::Quotes } else { Target::Articles };
    let mut out = String::new();
    exporter.head(&about, &mut out);
    for clipping in clippings() {
        let quote = quotes.then(|| clipping.annotations.quotes[0].clone());
        let hit =
            Hit { id: clipping.article.id.clone(), quote: quotes.then_some(0), score: 1.0, folded: None, clipping: Some(clipping.clone()) };
        let answer = Answer::of(&hit, target, &Matcher::new(&Query::All, target), false).unwrap();
        exporter.item(&Source { clipping: &clipping, quote: quote.as_ref(), hit: &answer, marks: vec![(2, 5)] }, &mut out);
    }
    exporter.foot(&mut out);
    out
}

/// Reads RIS by its rule: `XX  - value` lines from `TY` to `ER`.
fn read_ris(text: &str) -> Vec<BTreeMap<String, Vec<String>>> {
    let (mut records, mut record): (Vec<_>, BTreeMap<String, Vec<String>>) = (Vec::new(), BTreeMap::new());
    for line in text.split("\r\n").filter(|l| !l.is_empty()) {
        let (tag, value) = line.split_at_checked(6).unwrap_or_else(|| panic!("no tag: {line}"));
        assert!(tag.ends_with("  - ") && tag[..2].bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()), "{line}");
        assert_eq!(record.is_empty(), &tag[..2] == "TY", "a record begins with TY: {line}");
        match &tag[..2] {
            "ER" => records.push(std::mem::take(&mut record)),
            name => record.entry(name.to_owned()).or_default().push(value.to_owned()),
        }
    }
    assert!(record.is_empty(), "the last record is not closed");
    records
}

#[test]
fn ris_reads_back() {
    let records = read_ris(&export("ris", false));
    assert_eq!(records.len(), 2);
    let original = &clippings()[0].article;
    assert_eq!(records[0]["TI"], [original.title.clone().unwrap()]);
    assert_eq!(records[0]["AU"], ["Cole, Ann", "Smith, Jones and Partners"]);
    assert_eq!((records[0]["DA"][0].as_str(), records[1]["DA"][0].as_str()), ("2016/11/09", "2016/11/11"));
    assert_eq!((records[1]["SP"][0].as_str(), records[1]["ET"][0].as_str()), ("A1", "Late City Final"));
    assert!(!records[0].contains_key("SP") && !records[0].contains_key("ET"));
    let quotes = read_ris(&export("ris", true));
    assert_eq!((quotes[0]["N1"][0].as_str(), quotes[0]["ID"][0].as_str()), ("Bo Dunn lied (Ann Cole, indirect)", "harrow/1#q1"));
}

#[test]
fn bibtex_reads_back() {
    for quotes in [false, true] {
        let text = export("bibtex", quotes);
        let bibliography = biblatex::Bibliography::parse(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        assert_eq!(bibliography.len(), 2, "every entry has a key of its own:\n{text}");
        let entry = bibliography.get("cole2016spend").unwrap();
        assert_eq!(entry.title().unwrap().format_verbatim(), clippings()[0].article.title.clone().unwrap());
        let authors = entry.author().unwrap();
        let names: Vec<_> = authors.iter().map(|a| (a.given_name.as_str(), a.name.as_str())).collect();
        assert_eq!(names, [("Ann", "Cole"), ("", "Smith, Jones and Partners")]);
        assert_eq!(entry.journal().unwrap().format_verbatim(), "Harrow & {Wold Courier");
        // BibTeX itself counts braces without regard to what stands before them.
        assert_eq!(text.matches('{').count(), text.matches('}').count(), "{text}");
        assert!(
            matches!(entry.date().unwrap(), biblatex::PermissiveType::Typed(date) if date.to_chunks().format_verbatim() == "2016-11-09")
        );
    }
}

#[test]
fn graphml_is_a_graph_of_who_speaks_about_whom() {
    for quotes in [false, true] {
        let text = export("graphml", quotes);
        let mut reader = quick_xml::Reader::from_str(&text);
        let (mut nodes, mut edges) = (0, 0);
        loop {
            match reader.read_event().unwrap_or_else(|e| panic!("{e}\n{text}")) {
                quick_xml::events::Event::Start(e) if e.name().as_ref() == "node" => nodes += 1,
                quick_xml::events::Event::Start(e) if e.name().as_ref() == "edge" => edges += 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!((nodes, edges), (2, 1));
        assert!(text.contains("<data key=\"weight\">2</data><data key=\"articles\">2</data><data key=\"first\">2016-11-09</data>"));
    }
}

#[test]
fn html_passes_nothing_of_an_article_through() {
    let text = export("html", false);
    assert!(!text.contains("<script") && !text.contains("<b>") && text.contains("&lt;script&gt;"), "{text}");
    assert!(text.contains("<mark>Ann</mark>") && text.contains("2 clippings"), "{text}");
    assert!(text.contains("<a href=\"https://example.org/a?b=1&amp;c={d}\">"), "{text}");
    assert!(text.contains("<title>articles with &lt;tax&gt;</title>"));
}

#[test]
fn tables_and_records_read_back() {
    let text = export("csv", true);
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), rows[1].get(0), rows[1].get(8)), (2, Some("harrow/2#q1"), Some("Bo Dunn lied")));
    let records: Vec<Clipping> = export("jsonl", false).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(records, clippings());
}

#[test]
fn people_read_who_where_and_when() {
    let clip = export("clip", true);
    assert!(clip.contains("Bo Dunn lied\n    — Ann Cole [indirect, confidence 0.90]"), "{clip}");
    assert!(clip.contains("Harrow & {Wold Courier, 9 November 2016, https://example.org/a?b=1&c={d}\n[harrow/1#q1]"), "{clip}");
    let markdown = export("markdown", false);
    assert!(markdown.contains("\\# Ann Cole said") && markdown.contains("1\\. \\</p>"), "{markdown}");
}

#[test]
fn authors_are_turned_round_where_they_are_persons() {
    let mut clipping = clippings().remove(0);
    let mut written = |byline: &str, language: &str| {
        clipping.article.byline = vec![byline.to_owned()];
        clipping.article.language = Some(language.to_owned());
        let exported = |name: &str| {
            let mut exporter = (EXPORTS.iter().find(|e| e.name == name).unwrap().make)();
            let hit = Hit { id: clipping.article.id.clone(), quote: None, score: 1.0, folded: None, clipping: Some(clipping.clone()) };
            let answer = Answer::of(&hit, Target::Articles, &Matcher::new(&Query::All, Target::Articles), false).unwrap();
            let mut out = String::new();
            exporter.item(&Source { clipping: &clipping, quote: None, hit: &answer, marks: Vec::new() }, &mut out);
            out
        };
        let bibliography = biblatex::Bibliography::parse(&exported("bibtex")).unwrap();
        let entry = bibliography.iter().next().unwrap();
        let author = &entry.author().unwrap()[0];
        let parts = [&author.name, &author.given_name, &author.suffix].map(String::as_str).join("|");
        (read_ris(&exported("ris"))[0]["AU"][0].clone(), parts, entry.key.clone())
    };
    for (byline, language, ris, bibtex, key) in [
        ("Ann Cole", "en", "Cole, Ann", "Cole|Ann|", "cole2016spend"),
        ("Bo F. Dunn Jr.", "en", "Dunn, Bo F., Jr.", "Dunn|Bo F.|Jr.", "dunn2016spend"),
        ("Bo Dunn, III", "en", "Dunn, Bo, III", "Dunn|Bo|III", "dunn2016spend"),
        ("Harrow Press", "en", "Harrow Press", "Harrow Press||", "press2016spend"),
        ("Kis Anna", "hu", "Kis Anna", "Kis Anna||", "anna2016spend"),
        ("Ann Cole and others", "en", "Ann Cole and others", "Ann Cole and others||", "others2016spend"),
    ] {
        assert_eq!(written(byline, language), (ris.to_owned(), bibtex.to_owned(), key.to_owned()), "{byline}");
    }
}

#[test]
fn an_article_counts_once_for_an_edge_wherever_its_quotes_come() {
    let all = clippings();
    let mut exporter = (EXPORTS.iter().find(|e| e.name == "graphml").unwrap().make)();
    for clipping in [&all[0], &all[1], &all[0]] {
        let hit = Hit { id: clipping.article.id.clone(), quote: Some(0), score: 1.0, folded: None, clipping: Some(clipping.clone()) };
        let answer = Answer::of(&hit, Target::Quotes, &Matcher::new(&Query::All, Target::Quotes), false).unwrap();
        let quote = Some(&clipping.annotations.quotes[0]);
        exporter.item(&Source { clipping, quote, hit: &answer, marks: Vec::new() }, &mut String::new());
    }
    let mut out = String::new();
    exporter.foot(&mut out);
    assert!(out.contains("<data key=\"weight\">3</data><data key=\"articles\">2</data>"), "{out}");
}

#[test]
fn markdown_keeps_addresses_and_code_as_they_are() {
    let mut clipping = clippings().remove(0);
    clipping.article.title = Some("Notes on C #".into());
    clipping.article.url = Some("https://example.org/a_b*c".into());
    clipping.article.id = "a`b".into();
    let hit = Hit { id: clipping.article.id.clone(), quote: None, score: 1.0, folded: None, clipping: Some(clipping.clone()) };
    let answer = Answer::of(&hit, Target::Articles, &Matcher::new(&Query::All, Target::Articles), false).unwrap();
    let mut exporter = (EXPORTS.iter().find(|e| e.name == "markdown").unwrap().make)();
    let mut out = String::new();
    exporter.head(&About { reading: "articles".into(), canonical: "re:/`x/".into(), ..About::default() }, &mut out);
    exporter.item(&Source { clipping: &clipping, quote: None, hit: &answer, marks: Vec::new() }, &mut out);
    for part in ["``re:/`x/``", "## Notes on C \\#\n", "<https://example.org/a_b*c>*", "``a`b``"] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn who_speaks_together_is_named_together_and_drawn_apart() {
    let mut clipping = clippings().remove(0);
    let speaker = clipping.annotations.quotes[0].speaker.as_mut().unwrap();
    (speaker.with, speaker.role) = (vec!["Cy Eames".to_owned()], Some("mayor".to_owned()));
    let quote = clipping.annotations.quotes[0].clone();
    assert_eq!(super::citation::speaker(&quote), "Ann Cole, mayor, and Cy Eames");
    let hit = Hit { id: "a#q1".into(), quote: Some(0), score: 1.0, folded: None, clipping: Some(clipping.clone()) };
    let answer = Answer::of(&hit, Target::Quotes, &Matcher::new(&Query::All, Target::Quotes), false).unwrap();
    assert_eq!(crate::archive::cells(&answer)[2], "Ann Cole; Cy Eames");
    let mut graph = (EXPORTS.iter().find(|e| e.name == "graphml").unwrap().make)();
    let mut out = String::new();
    graph.item(&Source { clipping: &clipping, quote: Some(&quote), hit: &answer, marks: Vec::new() }, &mut out);
    graph.foot(&mut out);
    let lines = |what: &str| out.lines().filter(|line| line.contains(what)).count();
    assert_eq!((lines("<edge "), lines("\"named\">1<"), lines("\"speaks\">1<")), (2, 1, 2), "{out}");
}

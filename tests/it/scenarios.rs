//! Small archives, questions, and what must be found: the same on every engine. Each file in `tests/scenarios` is one archive.

use super::archive::Scratch;
use morgue::archive::Archive;
use morgue::query::{Dialect, FacetRequest, Search, Target};
use morgue::saved::SavedQueries;
use std::collections::BTreeMap;
use std::path::Path;
use toml_edit::{DocumentMut, Item, Table};

fn text(table: &Table, key: &str) -> Option<String> {
    table.get(key).and_then(Item::as_str).map(str::to_owned)
}

fn list(item: Option<&Item>) -> Vec<String> {
    let array = item.and_then(Item::as_array);
    array.into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn tables<'a>(doc: &'a DocumentMut, key: &str) -> impl Iterator<Item = &'a Table> {
    doc.get(key).and_then(Item::as_array_of_tables).into_iter().flatten()
}

fn archive_of(doc: &DocumentMut) -> Scratch {
    let scratch = Scratch::new();
    let mut lines = String::new();
    for article in tables(doc, "article") {
        let mut record = serde_json::Map::new();
        for (key, item) in article.iter() {
            let value = match item.as_array() {
                Some(array) => array.iter().filter_map(|v| v.as_str()).collect::<Vec<_>>().into(),
                None => item.as_str().unwrap_or_else(|| panic!("`{key}` should be text")).into(),
            };
            record.insert(key.to_owned(), value);
        }
        record.entry("title").or_insert("".into());
        lines.push_str(&format!("{}\n", serde_json::Value::Object(record)));
    }
    scratch.write("articles.jsonl", &lines);
    if let Some(notes) = doc.get("notes") {
        // What people wrote on articles, as it stands in `notes.toml`.
        let mut file = DocumentMut::new();
        file["article"] = notes.clone();
        std::fs::write(scratch.home().notes(), file.to_string()).unwrap();
    }
    let report = scratch.index();
    assert_eq!(report.files_failed, 0, "{:?}", report.problems);
    // Saved queries and macros, as they stand in `queries.toml`.
    let mut queries = DocumentMut::new();
    queries["format"] = toml_edit::value(1);
    for key in ["macros", "query"] {
        queries.as_table_mut().extend(doc.get(key).map(|table| (key, table.clone())));
    }
    std::fs::write(scratch.home().queries(), queries.to_string()).unwrap();
    scratch
}

#[test]
fn every_question_finds_what_it_must() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let (mut n_asked, mut wrong) = (0, Vec::new());
    for file in std::fs::read_dir(root).unwrap() {
        let path = file.unwrap().path();
        let doc: DocumentMut = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        let scratch = archive_of(&doc);
        let archive = scratch.open();
        for ask in tables(&doc, "ask") {
            let query = text(ask, "query").unwrap();
            let place = format!("{}: {query}", path.file_name().unwrap().to_string_lossy());
            let target = if text(ask, "what").as_deref() == Some("quotes") { Target::Quotes } else { Target::Articles };
            let dialect = text(ask, "dialect").map_or(Dialect::Morgue, |name| Dialect::by_name(&name).unwrap());
            let now = text(ask, "now").or_else(|| doc.get("now").and_then(Item::as_str).map(str::to_owned)).filter(|now| now != "real");
            let question = match now {
                Some(now) => {
                    let now = now.parse::<jiff::Timestamp>().unwrap().to_zoned_datetime(jiff::tz::TimeZone::UTC);
                    Archive::reading(&query, target, &SavedQueries::read(&archive.home.queries()).unwrap(), now)
                }
                None => archive.question_in(&query, target, dialect),
            };
            if let Some(error) = text(ask, "error") {
                let message = question.err().unwrap_or_else(|| panic!("{place} should be an error")).to_string();
                assert!(message.contains(&error), "{place}: {message}");
                n_asked += 1;
                continue;
            }
            let Ok(question) = question.map_err(|e| wrong.push(format!("{place}: {e}"))) else { continue };
            let facets: Vec<(String, &Table)> =
                ask.iter().filter_map(|(k, v)| Some((k.strip_prefix("by-")?.to_owned(), v.as_table()?))).collect();
            let requests =
                facets.iter().map(|(name, _)| FacetRequest { field: morgue::field::by_name(name).unwrap(), limit: None, by: None });
            let search = Search { target, limit: None, facets: requests.collect(), ..Search::articles(question.query) };
            let answered = archive.answer(&search).unwrap_or_else(|e| panic!("{place}: {e}"));
            let mut ids: Vec<String> =
                if answered.partial { Vec::new() } else { answered.hits.iter().map(|h| h.id().to_owned()).collect() };
            ids.sort();
            let mut want = list(ask.get("ids"));
            want.sort();
            if ids != want {
                wrong.push(format!("{place} ({}): {ids:?}, not {want:?}", question.canonical));
            }
            for (counts, (_, table)) in answered.results.facets.iter().zip(&facets) {
                let got: BTreeMap<String, i64> = counts.counts.iter().map(|c| (c.value.clone(), c.count as i64)).collect();
                let want: BTreeMap<String, i64> = table.iter().map(|(k, v)| (k.to_owned(), v.as_integer().unwrap())).collect();
                assert_eq!(got, want, "{} of {place}", counts.field.name);
            }
            n_asked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(n_asked >= 200, "only {n_asked} questions were asked");
}

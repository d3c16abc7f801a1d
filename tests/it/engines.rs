//! Plain terms, phrases and booleans against tantivy itself: the same hits, the same scores, whoever parses.
//!
//! The queries are the 962 of the search-benchmark-game where these lie beside the project, and some of our own always. The
//! texts are made of their words.

use super::archive::Scratch;
use crate::news::Dice;
use morgue::query::{Dialect, Search, Target};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{STORED, STRING, Schema, TEXT, Value};
use tantivy::{Index, TantivyDocument, doc};

const OURS: [&str; 12] = [
    "harbour",
    "harbour pier",
    "+harbour +pier",
    "\"harbour pier\"",
    "\"the harbour pier\"",
    "+\"harbour pier\" +storm",
    "+storm -pier",
    "+harbour +(storm flood)",
    "the",
    "storm flood council pier",
    "+storm +flood +council",
    "\"storm flood\" council",
];

fn shared_queries() -> Vec<String> {
    let root = std::env::var_os("MORGUE_SHARED").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("eval/data/queries-tantivy-bench/queries.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("SKIPPED: the queries of the benchmark are not there; {} of our own are asked", OURS.len());
        return Vec::new();
    };
    let query = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["query"].as_str().unwrap().to_owned();
    text.lines().map(query).collect()
}

/// Texts in which the words and phrases of the queries stand, some often and some seldom.
fn texts(queries: &[String], n: usize) -> Vec<String> {
    let mut dice = Dice::new(7);
    let plain = |q: &String| q.replace(['"', '+', '(', ')'], " ").replace(" -", " ").to_lowercase();
    let runs: Vec<String> = queries.iter().map(plain).collect();
    let text = |_| {
        let mut text = String::new();
        for _ in 0..3 + dice.below(40) {
            let run = &runs[dice.below(runs.len())];
            // A whole query's words in a row, or one of them.
            let words: Vec<&str> = run.split_whitespace().collect();
            match dice.below(3) {
                0 => text.push_str(run),
                _ if words.is_empty() => {}
                _ => text.push_str(words[dice.below(words.len())]),
            }
            text.push_str(if dice.below(5) == 0 { " the " } else { " " });
        }
        text
    };
    (0..n).map(text).collect()
}

#[test]
fn plain_queries_find_what_tantivy_finds() {
    let mut queries: Vec<String> = OURS.map(str::to_owned).to_vec();
    queries.extend(shared_queries());
    let texts = texts(&queries, 4 * queries.len().min(800));
    let scratch = Scratch::new();
    let record = |(i, body): (usize, &String)| {
        format!("{}\n", serde_json::json!({ "id": format!("n{i}"), "title": "", "body": body, "quotes": [] }))
    };
    scratch.write("texts.jsonl", &texts.iter().enumerate().map(record).collect::<String>());
    assert_eq!(scratch.index().added, texts.len() as u64);
    let archive = scratch.open();

    let mut schema = Schema::builder();
    let (id, body) = (schema.add_text_field("id", STRING | STORED), schema.add_text_field("body", TEXT));
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
    for (i, text) in texts.iter().enumerate() {
        writer.add_document(doc!(id => format!("n{i}"), body => text.as_str())).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.reader().unwrap().searcher();
    let parser = QueryParser::for_index(&index, vec![body]);

    let (mut n_found, mut n_compared) = (0, 0);
    for text in &queries {
        let theirs: BTreeMap<String, f32> = searcher
            .search(&parser.parse_query(text).unwrap(), &TopDocs::with_limit(texts.len()).order_by_score())
            .unwrap()
            .into_iter()
            .map(|(score, at)| (searcher.doc::<TantivyDocument>(at).unwrap().get_first(id).unwrap().as_str().unwrap().to_owned(), score))
            .collect();
        let question = archive
            .question_in(&format!("body:({text}) AND stem:off"), Target::Articles, Dialect::Lucene)
            .unwrap_or_else(|e| panic!("{text}: {e}"));
        let ours = archive.search(&Search { limit: None, ..Search::articles(question.query) }).unwrap();
        let found: BTreeSet<&str> = ours.hits.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(found, theirs.keys().map(String::as_str).collect(), "{text} ({})", question.canonical);
        // The first ten: equal scores may stand in any order.
        let mut scores: Vec<f32> = theirs.values().copied().collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        for (rank, (hit, score)) in ours.hits.iter().zip(&scores).take(10).enumerate() {
            let same = |a: f32, b: f32| (a - b).abs() <= 1e-4 * b.abs().max(1.0);
            assert!(same(hit.score, *score), "{text}: {} in place {rank} has {}, there it is {score}", hit.id, hit.score);
            assert!(same(hit.score, theirs[&hit.id]), "{text}: {} has {}, there it has {}", hit.id, hit.score, theirs[&hit.id]);
        }
        n_found += usize::from(!found.is_empty());
        n_compared += found.len().min(10);
    }
    println!("{} queries, {n_found} with hits, {n_compared} of the first ten hits compared", queries.len());
    assert!(n_found * 10 >= queries.len() * 9, "only {n_found} of {} queries found anything", queries.len());
}

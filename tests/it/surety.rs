//! In which order quotes come where a speaker is asked for: by the words, and by how sure the speaker is.

use super::archive::Scratch;
use crate::news::Dice;
use morgue::archive::Archive;
use morgue::query::{Hit, Search, Sort, Target};
use std::collections::HashMap;

/// Three commits of articles whose quotes are given, with confidences of all sizes.
fn archive() -> (Scratch, Archive) {
    let (scratch, mut dice) = (Scratch::new(), Dice::new(11));
    for part in 0..3 {
        let mut lines = String::new();
        for n in 0..60 {
            let quote = |dice: &mut Dice, at: usize| {
                let text = format!("the pier {}{}", "and the pier ".repeat(dice.below(4)), "holds well ".repeat(dice.below(5)));
                let name = *dice.pick(&["Ada Quill", "Jon Marsh"]);
                let speaker = serde_json::json!({ "name": name, "class": "person", "text": name, "role": "mayor" });
                let confidence = (1 + dice.below(100)) as f64 / 100.0;
                serde_json::json!({ "spans": [[at, at + 3]], "text": text.trim_end(), "kind": "direct", "confidence": confidence, "speaker": speaker })
            };
            let quotes: Vec<_> = (0..1 + dice.below(4)).map(|i| quote(&mut dice, 4 * i)).collect();
            let body = "The pier of the town was spoken of by all who came to the hall.";
            let record = serde_json::json!({ "id": format!("p{part}-{n}"), "title": "Pier", "body": body, "quotes": quotes });
            lines.push_str(&format!("{record}\n"));
        }
        scratch.write(&format!("{part}.jsonl"), &lines);
        scratch.index();
    }
    let archive = scratch.open();
    (scratch, archive)
}

fn asked(archive: &Archive, text: &str) -> Search {
    let question = archive.question(text, Target::Quotes).unwrap();
    Search { limit: None, ..Search::quotes(question.query) }
}

fn key(hit: &Hit) -> (String, usize) {
    (hit.id.clone(), hit.quote.unwrap())
}

fn confidence(hit: &Hit) -> f32 {
    hit.clipping.as_ref().unwrap().annotations.quotes[hit.quote.unwrap()].confidence
}

#[test]
fn where_a_speaker_is_asked_for_the_surest_come_first() {
    let (_scratch, archive) = archive();
    for text in ["speaker:quill pier", "role:mayor holds", "speaker:quill OR speaker:marsh holds", "speaker:* pier holds"] {
        let search = asked(&archive, text);
        let plain = archive.search(&Search { surety: false, ..search.clone() }).unwrap().hits;
        let by_words: HashMap<_, f32> = plain.iter().map(|hit| (key(hit), hit.score)).collect();
        let hits = archive.search(&search).unwrap().hits;
        assert!(hits.len() > 50 && hits.len() == plain.len(), "{text}");
        assert_ne!(hits.iter().map(key).collect::<Vec<_>>(), plain.iter().map(key).collect::<Vec<_>>(), "{text}");
        for hit in &hits {
            let expected = by_words[&key(hit)] * confidence(hit);
            assert!((hit.score - expected).abs() <= 1e-4 * expected, "{text}: {} {expected}", hit.score);
        }
        assert!(hits.is_sorted_by(|a, b| a.score >= b.score), "{text}");
    }
}

#[test]
fn without_words_the_surest_come_first() {
    let (_scratch, archive) = archive();
    let hits = archive.search(&asked(&archive, "speaker:marsh")).unwrap().hits;
    assert!(hits.len() > 50);
    assert!(hits.is_sorted_by(|a, b| confidence(a) >= confidence(b)));
}

#[test]
fn quotes_of_one_article_come_as_they_stand_in_it() {
    let (_scratch, archive) = archive();
    for sort in [Sort::DateUp, Sort::DateDown, Sort::Added, Sort::Length] {
        let hits = archive.search(&Search { sort, ..asked(&archive, "*") }).unwrap().hits;
        let all: Vec<_> = hits.iter().map(key).collect();
        assert!(all.windows(2).filter(|pair| pair[0].0 == pair[1].0).count() > 50, "{sort:?}");
        for pair in all.windows(2) {
            assert!(if pair[0].0 == pair[1].0 { pair[0].1 < pair[1].1 } else { pair[1].1 == 0 }, "{sort:?}: {pair:?}");
        }
    }
}

#[test]
fn pages_of_such_quotes_fit_together() {
    let (_scratch, archive) = archive();
    for collapse in [false, true] {
        let search = Search { collapse, ..asked(&archive, "speaker:quill pier") };
        let all: Vec<_> = archive.search(&search).unwrap().hits.iter().map(key).collect();
        let page = |offset| archive.search(&Search { offset, limit: Some(7), ..search.clone() }).unwrap().hits;
        let paged: Vec<_> = (0..all.len()).step_by(7).flat_map(page).map(|hit| key(&hit)).collect();
        assert_eq!(paged, all, "collapse {collapse}");
    }
}

#[test]
fn where_nobody_is_asked_for_words_alone_count() {
    let (_scratch, archive) = archive();
    let scores = |search: &Search| archive.search(search).unwrap().hits.iter().map(|h| (key(h), h.score.to_bits())).collect::<Vec<_>>();
    for text in ["pier holds", "holds -speaker:quill", "holds article{speaker:quill}"] {
        let search = asked(&archive, text);
        assert_eq!(scores(&search), scores(&Search { surety: false, ..search.clone() }), "{text}");
    }
    let dated = Search { sort: Sort::DateDown, ..asked(&archive, "speaker:quill") };
    assert_eq!(scores(&dated), scores(&Search { surety: false, ..dated.clone() }));
}

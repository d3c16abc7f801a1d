//! Copies found against 169 pairs of articles judged by hand. The texts do not belong to the project: without them it says so.

use morgue::article::Article;
use morgue::field::printed_seconds;
use morgue::ingest::{Options, Problem, Receiver, read};
use morgue::story::{is_copy, sketch};
use std::collections::HashMap;
use std::path::Path;

const PAIRS: &str = include_str!("stories.tsv");

/// Keeps the sketches and dates of the articles that are asked for.
struct Wanted(HashMap<String, Option<(Vec<u8>, i64)>>);

impl Receiver for Wanted {
    fn article(&mut self, article: Article) -> morgue::error::Result<()> {
        if let Some(kept) = self.0.get_mut(&article.id) {
            let when = article.published.as_deref().and_then(printed_seconds).unwrap_or(i64::MAX);
            *kept = Some((sketch::article(article.title.as_deref().unwrap_or_default(), &article.body), when));
        }
        Ok(())
    }

    fn problem(&mut self, _: Problem) {}
}

#[test]
fn copies_are_told_from_other_articles() {
    let shared = std::env::var_os("MORGUE_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), Into::into);
    let corpora = ["allsides-12k.jsonl.zst", "reuters21578.tar.zst"].map(|name| shared.join("corpora").join(name));
    if !corpora.iter().all(|c| c.is_file()) {
        eprintln!("skipped: the corpora of the judged pairs are not in {}", shared.join("corpora").display());
        return;
    }
    let pairs: Vec<Vec<&str>> = PAIRS.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
    let mut wanted = Wanted(pairs.iter().flat_map(|p| [(p[0].to_owned(), None), (p[1].to_owned(), None)]).collect());
    for corpus in corpora {
        read(&corpus, "corpus", &Options::default(), &mut wanted).unwrap();
    }
    let of = |id: &str| wanted.0[id].clone().unwrap_or_else(|| panic!("{id} is not in the corpora"));
    let (mut hits, mut false_hits, mut misses) = (0, Vec::new(), Vec::new());
    for pair in &pairs {
        let ((one, when), (other, later)) = (of(pair[0]), of(pair[1]));
        match (is_copy(&one, &other, (when, later)), pair[3] == "1") {
            (true, true) => hits += 1,
            (true, false) => false_hits.push(pair.join(" ")),
            (false, true) => misses.push(pair.join(" ")),
            (false, false) => {}
        }
    }
    let precision = f64::from(hits) / (hits as usize + false_hits.len()) as f64;
    let recall = f64::from(hits) / (hits as usize + misses.len()) as f64;
    println!("{} pairs: precision {precision:.3}, recall {recall:.3}", pairs.len());
    println!("taken for copies:\n  {}\nmissed:\n  {}", false_hits.join("\n  "), misses.join("\n  "));
    assert!(pairs.len() >= 150 && precision >= 0.9 && recall >= 0.78, "precision {precision:.3}, recall {recall:.3}");
}

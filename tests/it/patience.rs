//! Whoever waits only so long: every question to an archive ends when its time is up, however many searches it is made of.

use super::archive::Scratch;
use morgue::archive::{Archive, Comparing};
use morgue::error::{Error, Kind};
use morgue::field;
use morgue::query::{Bucket, Query, Search, Target};
use std::path::Path;
use std::time::{Duration, Instant};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_corpus");

/// A question to an archive, of which only matters how it ends.
type Question = fn(&Archive) -> Result<(), Error>;

/// Every question of more than one step, and the steps.
const QUESTIONS: &[(&str, Question)] = &[
    ("search", |a| a.search(&Search::articles(Query::All)).map(drop)),
    ("stream", |a| a.stream(&Search { limit: None, ..Search::quotes(Query::All) }, &mut |_| Ok(())).map(drop)),
    ("answer", |a| a.answer(&Search::articles(Query::All)).map(drop)),
    ("clipping", |a| a.clipping(&first(a)).map(drop)),
    ("status", |a| a.status().map(drop)),
    ("timeline", |a| a.over_time([("*".to_owned(), Query::All)], Target::Articles, Bucket::Month).map(drop)),
    ("facets --significant", |a| {
        let fields: Vec<_> = field::by_name("person").into_iter().collect();
        let query = a.question("barrier", Target::Articles)?.query;
        a.significant(&Search::articles(query), &fields, 1).map(drop)
    }),
    ("compare", |a| compare(a, false)),
    ("compare, words too", |a| compare(a, true)),
    ("kwic", |a| a.concordance(&Search::articles(a.question("barrier", Target::Articles)?.query), 60, &mut |_, _| Ok(())).map(drop)),
    ("similar", |a| a.similar(&first(a), None, None).map(drop)),
    ("who", |a| a.who("okafor", 3).map(drop)),
    ("names suggest", |a| a.suggest_names(None, 20).map(drop)),
];

/// The id of an article, found without haste.
fn first(archive: &Archive) -> String {
    archive.until(None).search(&Search::articles(Query::All)).unwrap().hits[0].id.clone()
}

fn compare(archive: &Archive, words: bool) -> Result<(), Error> {
    let target = Target::Articles;
    let [a, b] = ["barrier", "ferry"].map(|text| archive.question(text, target).unwrap().query);
    archive.compare([&a, &b], &Comparing { target, fields: Comparing::usual(target), least: 1, words, newest: 3 }).map(drop)
}

#[test]
fn every_question_ends_with_its_time() {
    let scratch = Scratch::new();
    scratch.index_path(Path::new(SAMPLE));
    let archive = scratch.open();
    let late = archive.until(Some(Instant::now()));
    std::thread::sleep(Duration::from_millis(2));
    for (name, ask) in QUESTIONS {
        let error = ask(&late).expect_err(name);
        assert_eq!(error.kind(), Kind::Time, "{name}: {error}");
        assert!(ask(&archive).is_ok(), "{name} has an answer for those who wait");
        assert!(ask(&archive.until(Instant::now().checked_add(Duration::from_secs(600)))).is_ok(), "{name}");
    }
}

#[test]
fn time_that_runs_out_on_the_way_ends_it_there() {
    let scratch = Scratch::new();
    scratch.index_path(Path::new(SAMPLE));
    let archive = scratch.open();
    let started = Instant::now();
    let hurried = archive.until(started.checked_add(Duration::from_millis(100)));
    let mut n = 0;
    let ended = hurried.stream(&Search { limit: None, ..Search::articles(Query::All) }, &mut |_| {
        n += 1;
        std::thread::sleep(Duration::from_millis(20));
        Ok(())
    });
    let total = archive.search(&Search::articles(Query::All)).unwrap().total;
    assert_eq!(ended.expect_err("it takes more than a second").kind(), Kind::Time);
    assert!(n > 0 && n < total, "{n} of {total} hits were taken");
}

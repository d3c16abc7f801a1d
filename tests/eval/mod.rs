//! How good reading and extraction are, in figures that may rise and never fall unseen.
//!
//! The sample corpus is read as a user's files would be, and what is found in it compared with what is true (`gold/`). Each figure
//! has a floor in `floors.toml`. `MORGUE_REPIN=1 cargo test eval` raises the floors to what is reached now;
//! `MORGUE_REPIN=lower` also lowers them, which a commit then has to explain. `cargo test eval -- --nocapture` prints the tables,
//! with `MORGUE_MISSES=1` every miss too.

mod corpus;
mod floors;
mod gold;
mod names;
mod reliability;
mod score;
mod shared;
mod stories;

use corpus::Corpus;
use gold::Gold;
use morgue::article::{Annotations, DateOrigin};
use morgue::extract::Extractor;
use morgue::ingest::ProblemKind;
use score::Score;
use std::io::Write;

#[test]
fn every_gold_article_and_anchor_is_in_the_corpus() {
    let corpus = Corpus::read();
    let mut missed = Vec::new();
    for gold in Gold::all() {
        match corpus.article(&gold) {
            Some(article) => missed.extend(gold.resolve(&article.body).1.into_iter().map(|anchor| format!("{}: {anchor}", gold.file))),
            None => missed.push(format!("{}: no article begins `{}`", gold.file, gold.begins)),
        }
    }
    assert!(missed.is_empty(), "{} not found:\n  {}", missed.len(), missed.join("\n  "));
}

#[test]
fn every_article_of_the_corpus_has_its_gold() {
    let (corpus, gold) = (Corpus::read(), Gold::all());
    let strangers = corpus.articles.iter().filter(|a| !gold.iter().any(|g| g.is_about(a)));
    let strangers: Vec<_> = strangers.map(|a| format!("{} `{}`", a.path, a.title.as_deref().unwrap_or(""))).collect();
    assert!(strangers.is_empty(), "{strangers:#?}");
}

#[test]
fn what_is_broken_in_the_corpus_is_reported_and_nothing_else() {
    let corpus = Corpus::read();
    let of = |kind| corpus.problems.iter().filter(|p| p.kind == kind).map(|p| format!("{}: {}", p.path, p.message)).collect::<Vec<_>>();
    let (failed, doubts) = (of(ProblemKind::Failed), of(ProblemKind::Doubt));
    assert!(failed.len() == 1 && failed[0].contains("ferry-ice.json"), "{failed:#?}");
    assert!(doubts.iter().any(|d| d.contains("time-capsule.md") && d.contains("2205")), "{doubts:#?}");
}

#[test]
fn perfect_annotations_are_scored_perfect_and_none_nothing() {
    let corpus = Corpus::read();
    let (mut perfect, mut nothing) = (Score::default(), Score::default());
    for (gold, article) in corpus.pairs(&Gold::all()) {
        let case = gold.resolve(&article.body).0;
        perfect.add(article, &case, &gold.perfect(&article.body));
        nothing.add(article, &case, &Annotations::default());
    }
    let short: Vec<_> = perfect.figures().into_iter().filter(|(_, value, ..)| *value < 1.0).collect();
    assert!(short.is_empty() && perfect.figures().len() > 15, "{short:#?}");
    assert!(nothing.figures().iter().all(|(_, value, ..)| *value == 0.0), "{:#?}", nothing.figures());
}

#[test]
fn the_sample_corpus_is_read_well() {
    let (corpus, golds) = (Corpus::read(), Gold::all());
    let mut score = Score::default();
    for gold in &golds {
        let article = corpus.article(gold);
        score.note("articles found", article.is_some(), &gold.file);
        let Some(article) = article else { continue };
        let mut same = |figure, got: Option<&str>, want: Option<&str>| {
            score.note(figure, got.map(gold::plain) == want.map(gold::plain), format!("{got:?}, not {want:?} ({})", gold.file));
        };
        if gold.title.is_some() {
            same("title", article.title.as_deref(), gold.title.as_deref());
        }
        let printed = article.published.as_deref().filter(|_| article.published_from != Some(DateOrigin::File));
        same("date", printed.and_then(|date| date.get(..10)), gold.date.as_deref());
        same("byline", Some(&article.byline.join(", ")), Some(&gold.byline.join(", ")));
        if gold.source.is_some() {
            same("source", article.source.as_deref(), gold.source.as_deref());
        }
        same("language", article.language.as_deref(), Some(&gold.language));
    }
    score.print_misses();
    floors::hold("reading", &score.figures());
}

#[test]
fn the_sample_corpus_is_understood_well() {
    let (corpus, golds) = (Corpus::read(), Gold::all());
    let extractor = Extractor::built_in();
    let (mut english, mut other) = (Score::default(), Score::default());
    for (gold, article) in corpus.pairs(&golds) {
        let score = if gold.language == "en" { &mut english } else { &mut other };
        score.add(article, &gold.resolve(&article.body).0, &extractor.extract(article));
    }
    english.print_misses();
    other.print_misses();
    english.reliability.print("the sample corpus");
    floors::hold("english", &english.figures());
    floors::hold("other languages", &other.figures());
}

#[test]
fn the_shared_evaluation_is_no_ruin_where_it_is_present() {
    let Some(directory) = shared::directory() else {
        // Past the capture of the test harness, so that nobody takes the silence for a pass.
        let _ =
            writeln!(std::io::stderr(), "skipped: no shared evaluation data (MORGUE_SHARED may name the directory that holds `eval/data`)");
        return;
    };
    let extractor = Extractor::built_in();
    for set in shared::SETS {
        let mut score = Score::default();
        for (article, case) in shared::read(&directory, set) {
            score.add(&article, &case, &extractor.extract(&article));
        }
        score.print_misses();
        let figures = score.figures();
        floors::show(set, &figures);
        score.reliability.print(set);
        // Whatever the set: far below this, something is broken rather than weak.
        let weak: Vec<_> = figures.iter().filter(|(name, reached, ..)| name.ends_with("F1") && *reached < 0.6).collect();
        assert!(!figures.is_empty() && weak.is_empty(), "{set}: {weak:?}");
    }
}

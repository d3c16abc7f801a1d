//! Every count against brute force: totals, hits, facets, pivots, timelines of random questions over made-up news and the
//! sample corpus. The oracle knows no index: it looks at each stored record.

use super::archive::Scratch;
use crate::news::{self, Dice};
use morgue::archive::Archive;
use morgue::article::{Clipping, Quote};
use morgue::field::{FIELDS, Field, FieldKind, Read, Value, by_name, printed_seconds};
use morgue::query::{Bucket, FacetRequest, Matcher, Query, Search, Target};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One hit as the oracle sees it.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub clipping: &'a Clipping,
    pub quote: Option<&'a Quote>,
}

pub(super) fn items<'a>(all: &'a [Clipping], query: &Query, target: Target) -> Vec<Item<'a>> {
    let matcher = Matcher::new(query, target);
    match target {
        Target::Articles => all.iter().filter(|c| matcher.article(c).is_some()).map(|clipping| Item { clipping, quote: None }).collect(),
        Target::Quotes => {
            let quotes =
                |clipping: &'a Clipping| clipping.annotations.quotes.iter().map(move |quote| Item { clipping, quote: Some(quote) });
            all.iter().flat_map(quotes).filter(|i| matcher.quote(i.clipping, i.quote.unwrap()).is_some()).collect()
        }
    }
}

/// The different values of a field on one hit; for places every step down to each.
pub(super) fn values(item: Item<'_>, field: &Field) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut take = |value: Value<'_>| {
        if let (Value::Number(figure), true) = (value, field.facet) {
            all.insert(field.stretch_name(field.stretch(figure)));
        }
        if let Value::Text(text) = value {
            if field.kind == FieldKind::Path {
                let ends = text.match_indices('/').map(|(i, _)| i).chain([text.len()]);
                all.extend(ends.map(|end| text[..end].to_owned()));
            } else if !text.is_empty() {
                all.insert(text.to_owned());
            }
        }
    };
    match (field.read, item.quote) {
        (Read::Article(read), _) => read(item.clipping, &mut take),
        (Read::Quote(read), Some(quote)) => read(item.clipping, quote, &mut take),
        (Read::Quote(read), None) => item.clipping.annotations.quotes.iter().for_each(|q| read(item.clipping, q, &mut take)),
        (Read::Kin(_), _) => {}
    }
    all
}

/// The pairs of values of two fields on one hit; of two fields of quotes, those that stand in one quote.
fn pairs(item: Item<'_>, field: &Field, by: &Field) -> BTreeSet<(String, Option<String>)> {
    let is_of_quotes = |field: &Field| matches!(field.read, Read::Quote(_));
    let crossed = |item: Item<'_>| -> Vec<_> {
        let seconds = values(item, by);
        values(item, field).into_iter().flat_map(|value| seconds.iter().map(move |second| (value.clone(), Some(second.clone())))).collect()
    };
    if field.name == by.name {
        // A country does not stand beside its towns.
        let lies_in = |inner: &str, outer: &str| field.kind == FieldKind::Path && inner.starts_with(&format!("{outer}/"));
        let is_pair = |value: &str, second: &str| value < second && !lies_in(second, value) && !lies_in(value, second);
        let both = crossed(item).into_iter().filter(|(value, second)| second.as_ref().is_some_and(|second| is_pair(value, second)));
        return both.collect();
    }
    if item.quote.is_some() || !is_of_quotes(field) || !is_of_quotes(by) {
        return crossed(item).into_iter().collect();
    }
    item.clipping.annotations.quotes.iter().flat_map(|quote| crossed(Item { quote: Some(quote), ..item })).collect()
}

pub(super) fn check(archive: &Archive, all: &[Clipping], text: &str, target: Target) {
    let question = archive.question(text, target).unwrap_or_else(|e| panic!("{text}: {e}"));
    let expected = items(all, &question.query, target);
    let countable: Vec<&'static Field> = FIELDS.iter().filter(|f| f.facet).collect();
    let mut facets: Vec<FacetRequest> = countable.iter().map(|field| FacetRequest { field, limit: None, by: None }).collect();
    let pivots = [
        ("place", "year"),
        ("source", "month"),
        ("words", "source"),
        ("lang", "words"),
        ("added", "words"),
        ("person", "person"),
        ("place", "place"),
    ];
    for (first, second) in pivots.into_iter().chain([
        ("speaker", "cue"),
        ("qtype", "speaker"),
        ("about", "speaker"),
        ("speaker", "source"),
        ("speaker", "speaker"),
    ]) {
        facets.push(FacetRequest { field: by_name(first).unwrap(), limit: None, by: by_name(second) });
    }
    let search = Search { target, limit: None, facets, timeline: Some(Bucket::Month), ..Search::articles(question.query.clone()) };
    let got = archive.search(&search).unwrap_or_else(|e| panic!("{text}: {e}"));

    let told = archive.answer(&Search { limit: Some(0), ..search.clone() }).unwrap_or_else(|e| panic!("{text}: {e}"));
    assert_eq!(told.results.facets, got.facets, "what every door shows of {text}");

    let mut ids: Vec<_> = got.hits.iter().map(|h| (h.id.clone(), h.quote)).collect();
    ids.sort();
    let number = |i: &Item<'_>| i.quote.map(|q| i.clipping.annotations.quotes.iter().position(|x| std::ptr::eq(x, q)).unwrap());
    let mut want: Vec<_> = expected.iter().map(|i| (i.clipping.article.id.clone(), number(i))).collect();
    want.sort();
    assert_eq!(ids, want, "hits of {text} ({})", question.canonical);
    assert_eq!(got.total, expected.len() as u64, "total of {text}");
    let articles: BTreeSet<&str> = expected.iter().map(|i| i.clipping.article.id.as_str()).collect();
    assert_eq!(got.articles, articles.len() as u64, "articles of {text}");

    for counts in &got.facets {
        let mut want: BTreeMap<(String, Option<String>), u64> = BTreeMap::new();
        for item in &expected {
            match counts.by {
                None => values(*item, counts.field).into_iter().for_each(|value| *want.entry((value, None)).or_default() += 1),
                Some(by) => pairs(*item, counts.field, by).into_iter().for_each(|pair| *want.entry(pair).or_default() += 1),
            }
        }
        let have: BTreeMap<_, _> = counts.counts.iter().map(|c| ((c.value.clone(), c.by.clone()), c.count)).collect();
        assert_eq!(have, want, "{} of {text}", counts.field.name);
        let lacks = |i: &Item<'_>| match counts.by {
            None => values(*i, counts.field).is_empty(),
            Some(by) => pairs(*i, counts.field, by).is_empty(),
        };
        let missing = expected.iter().filter(|i| lacks(i)).count() as u64;
        assert_eq!(counts.missing, missing, "hits of {text} without {}", counts.field.name);
    }
    let mut months: BTreeMap<i64, u64> = BTreeMap::new();
    let dates: Vec<Option<i64>> = expected.iter().map(|i| i.clipping.article.published.as_deref().and_then(printed_seconds)).collect();
    dates.iter().flatten().for_each(|d| *months.entry(Bucket::Month.start(*d).unwrap()).or_default() += 1);
    assert_eq!(got.timeline, months.into_iter().collect::<Vec<_>>(), "timeline of {text}");
    assert_eq!(got.undated, dates.iter().filter(|d| d.is_none()).count() as u64);
}

pub(super) fn question(dice: &mut Dice, words: &[String], names: &[String], depth: usize) -> String {
    match dice.below(if depth > 2 { 7 } else { 11 }) {
        0..=2 => dice.pick(words).clone(),
        3 => format!("\"{} {}\"", dice.pick(words), dice.pick(words)),
        4 => format!("={}", dice.pick(words)),
        5 => format!("{}:\"{}\"", dice.pick(&["person", "speaker", "place", "source", "about", "org"]), dice.pick(names)),
        6 => format!("date:20{:02}..20{:02}", 8 + dice.below(8), 16 + dice.below(9)),
        7 => format!("({} OR {})", question(dice, words, names, depth + 1), question(dice, words, names, depth + 1)),
        8 => format!("({} -{})", question(dice, words, names, depth + 1), dice.pick(words)),
        9 if dice.below(4) > 0 => positional(dice, words),
        9 => format!("quote{{{}}}", question(dice, words, names, depth + 3)),
        _ => format!("({} {})", question(dice, words, names, depth + 1), question(dice, words, names, depth + 1)),
    }
}

/// A question of closeness, order, sentence, number or capitals.
fn positional(dice: &mut Dice, words: &[String]) -> String {
    let close = dice.pick(&["NEAR/3", "PRE/4", "NOT NEAR/2", "/s", "/p", "NOT /s", "NEAR/30"]);
    let wrap = *dice.pick(&["", "", "", "ATLEAST2", "FIRST/40", "CAPS"]);
    let first = dice.pick(words).clone();
    format!("{wrap}({first} {close} (\"{} {}\" OR {}*))", first, dice.pick(words), &dice.pick(words)[..2])
}

pub(super) fn everything(archive: &Archive) -> Vec<Clipping> {
    let all = archive.search(&Search { limit: None, ..Search::articles(Query::All) }).unwrap();
    all.hits.into_iter().map(|h| h.clipping.unwrap()).collect()
}

fn compare(scratch: &Scratch, seed: u64, n: usize) {
    let archive = scratch.open();
    let all = everything(&archive);
    let mut names: Vec<String> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for clipping in &all {
        names.extend(clipping.annotations.persons.iter().map(|p| p.name.clone()));
        names.extend(clipping.annotations.places.iter().map(|p| p.name.clone()));
        names.extend(clipping.article.source.clone());
        let plain = |w: &&str| w.len() > 2 && w.bytes().all(|b| b.is_ascii_lowercase()) && !["and", "not", "near", "same"].contains(w);
        words.extend(clipping.article.body.split_whitespace().filter(plain).map(str::to_owned));
    }
    names.retain(|n| !n.contains(['"', '“', '”', '*', '?', '(', '|']));
    let mut dice = Dice::new(seed);
    for number in 0..n {
        // Every other one is positional; the rest are anything, nested.
        let text = if number % 2 == 0 { positional(&mut dice, &words) } else { question(&mut dice, &words, &names, 0) };
        let target = *dice.pick(&[Target::Articles, Target::Articles, Target::Quotes]);
        check(&archive, &all, &text, target);
    }
}

#[test]
fn counts_on_the_sample_corpus_equal_brute_force() {
    let scratch = Scratch::new();
    scratch.index_path(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus"));
    compare(&scratch, 7, 400);
}

#[test]
fn counts_equal_brute_force_in_many_segments_with_changes_and_deletions() {
    let scratch = Scratch::new();
    let mut dice = Dice::new(3);
    // How many segments a run leaves depends on which thread took what; small ones are put together once they are many, and the next run
    // adds to that again.
    for part in 0.. {
        for n in 0..12 {
            scratch.write(&format!("{part}-{n}.json"), &news::article(&mut dice, part * 100 + n).to_string());
        }
        // Change and delete some of the files of before, so that old documents lie among the living.
        if part > 0 {
            for n in 0..4 {
                scratch.write(&format!("{}-{n}.json", part - 1), &news::article(&mut dice, (part - 1) * 100 + n).to_string());
            }
            std::fs::remove_file(scratch.files().join(format!("{}-7.json", part - 1))).unwrap();
        }
        scratch.index();
        let segments = std::fs::read_to_string(scratch.home().state().join("index/meta.json")).unwrap();
        let segments: serde_json::Value = serde_json::from_str(&segments).unwrap();
        let segments = segments["segments"].as_array().unwrap();
        if part >= 4 && segments.len() > 1 && segments.iter().any(|s| s["deletes"].is_object()) {
            break;
        }
        assert!(part < 9, "{segments:?}");
    }
    compare(&scratch, 11, 400);
}

#[test]
fn values_that_differ_in_capitals_alone_are_one_and_are_found_as_one() {
    let scratch = Scratch::new();
    let sections = ["Opinion", "OPINION", "Opinion", "opinion", "OPINION", "Opinion", "Sport", "SPORT"];
    for (n, section) in sections.iter().enumerate() {
        let article = serde_json::json!({
            "id": format!("a{n}"), "title": format!("Title {n}"), "body": format!("The barrier of {n} metres."), "section": section,
            "tags": [if n % 2 == 0 { "Flood" } else { "flood" }, "FLOOD"], "published": format!("20{}-01-02", 20 + n % 2), "source": "Courier",
        });
        scratch.write(&format!("{n}.json"), &article.to_string());
    }
    scratch.index();
    let archive = scratch.open();
    let counted = |query: &str, by: &str| {
        let request = FacetRequest::named(by, None).unwrap();
        let query = archive.question(query, Target::Articles).unwrap().query;
        let found = archive.search(&Search { facets: vec![request], limit: Some(0), ..Search::articles(query) }).unwrap();
        let facet = found.facets.into_iter().next().unwrap();
        assert_eq!(facet.distinct, facet.counts.len() as u64);
        let line = |c: morgue::query::FacetCount| format!("{}{} {}", c.value, c.by.map(|by| format!("+{by}")).unwrap_or_default(), c.count);
        facet.counts.into_iter().map(line).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(counted("*", "section"), "Opinion 6, SPORT 2");
    // The same spelling stands in every answer, also where others are more frequent among its hits.
    assert_eq!(counted("id:a1 OR id:a3 OR id:a4", "section"), "Opinion 3");
    assert_eq!(counted("*", "section,year"), "Opinion+2020 3, Opinion+2021 3, SPORT+2020 1, SPORT+2021 1");
    assert_eq!(counted("*", "tag"), "Flood 8");
    assert_eq!(counted("*", "tag,tag"), "", "nothing stands beside itself");
    for (query, n) in [("section:=\"opinion\"", 6), ("section:=OPINION", 6), ("section:=\"Opinion\" -section:=sport", 6), ("tag:=fLOOD", 8)]
    {
        assert_eq!(scratch.ids(query).len(), n, "{query}");
    }
}

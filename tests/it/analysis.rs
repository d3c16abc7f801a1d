//! The tables of analysis against brute force, and the commands that print them as a user meets them.

use super::archive::Scratch;
use super::counts::{Item, everything, items, question, values};
use crate::news::Dice;
use morgue::archive::{About, Archive, Comparing, Contrast, EXPORTS};
use morgue::article::Clipping;
use morgue::field::{FIELDS, Field};
use morgue::query::{Query, Search, Target};
use morgue::words::{stem, words};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_corpus");

fn sample() -> (Scratch, Archive, Vec<Clipping>) {
    let scratch = Scratch::new();
    scratch.index_path(Path::new(SAMPLE));
    let archive = scratch.open();
    let all = everything(&archive);
    (scratch, archive, all)
}

fn vocabulary(all: &[Clipping]) -> (Vec<String>, Vec<String>) {
    let plain = |w: &&str| w.len() > 2 && w.bytes().all(|b| b.is_ascii_lowercase()) && !["and", "not", "near", "same"].contains(w);
    let words = all.iter().flat_map(|c| c.article.body.split_whitespace().filter(plain).map(str::to_owned)).collect();
    let mut names: Vec<String> = all.iter().flat_map(|c| c.annotations.persons.iter().map(|p| p.name.clone())).collect();
    names.retain(|n| !n.contains(['"', '“', '”', '*', '?', '(', '|']));
    (words, names)
}

fn counted(items: &[Item<'_>], field: &Field) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    items.iter().flat_map(|i| values(*i, field)).for_each(|value| *counts.entry(value).or_default() += 1);
    counts
}

/// G² by its definition: twice the sum of observed times the logarithm of observed over expected, over the four cells.
fn g2(a: u64, n_a: u64, b: u64, n_b: u64) -> f64 {
    let n = (n_a + n_b) as f64;
    let cells = [(a, n_a, a + b), (b, n_b, a + b), (n_a - a, n_a, n_a + n_b - a - b), (n_b - b, n_b, n_a + n_b - a - b)];
    let term = |(seen, row, column): (u64, u64, u64)| {
        let expected = row as f64 * column as f64 / n;
        if seen == 0 { 0.0 } else { seen as f64 * (seen as f64 / expected).ln() }
    };
    let sum = 2.0 * cells.map(term).iter().sum::<f64>();
    if (a as f64 * n_b as f64) < (b as f64 * n_a as f64) { -sum } else { sum }
}

#[track_caller]
fn same(what: &str, got: &[Contrast], mut want: BTreeMap<String, (u64, u64)>, (n_here, n_there): (u64, u64)) {
    for row in got {
        let (here, there) = want.remove(&row.value).unwrap_or_else(|| panic!("{what}: `{}` is not there", row.value));
        assert_eq!((row.here, row.there), (here, there), "{what}: {}", row.value);
        assert!((row.g2 - g2(here, n_here, there, n_there)).abs() < 1e-6, "{what}: {row:?}");
    }
    assert!(got.is_sorted_by(|a, b| a.g2 >= b.g2), "{what} is in order");
    assert!(want.is_empty(), "{what} lacks {want:?}");
}

#[test]
fn significant_values_and_comparisons_equal_brute_force() {
    let (_scratch, archive, all) = sample();
    let (words, names) = vocabulary(&all);
    let fields: Vec<&'static Field> = FIELDS.iter().filter(|f| f.facet).collect();
    let mut dice = Dice::new(23);
    for _ in 0..60 {
        let target = *dice.pick(&[Target::Articles, Target::Quotes]);
        let mut ask = || {
            let text = question(&mut dice, &words, &names, 1);
            (archive.question(&text, target).unwrap_or_else(|e| panic!("{text}: {e}")).query, text)
        };
        let ((one, text), (two, second)) = (ask(), ask());
        let (here, there, whole) = (items(&all, &one, target), items(&all, &two, target), items(&all, &Query::All, target));

        let search = Search { target, ..Search::articles(one.clone()) };
        let (tables, n_hits, n_all) = archive.significant(&search, &fields, 1).unwrap();
        assert_eq!((n_hits, n_all), (here.len() as u64, whole.len() as u64), "{text}");
        for table in tables {
            let field = table.field.unwrap();
            let archived = counted(&whole, field);
            let mut want: BTreeMap<String, (u64, u64)> =
                counted(&here, field).into_iter().map(|(v, n)| (v.clone(), (n, archived[&v] - n))).collect();
            want.retain(|_, (a, b)| g2(*a, n_hits, *b, n_all - n_hits) > 1e-9);
            same(&format!("{} of {text}", field.name), &table.rows, want, (n_hits, n_all - n_hits));
        }

        let comparing = Comparing { target, fields: fields.clone(), least: 1, words: true, newest: 0 };
        let compared = archive.compare([&one, &two], &comparing).unwrap();
        let both = here.iter().filter(|i| there.iter().any(|j| is_same(i, j))).count() as u64;
        let sizes = (here.len() as u64, there.len() as u64);
        assert_eq!((compared.sides[0].total, compared.sides[1].total, compared.both), (sizes.0, sizes.1, both), "{text} / {second}");
        for table in &compared.contrasts {
            let Some(field) = table.field else {
                check_words(&table.rows, [&here, &there], [&text, &second]);
                continue;
            };
            let (a, b) = (counted(&here, field), counted(&there, field));
            let values: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let n = |side: &BTreeMap<String, u64>, v: &String| side.get(v).copied().unwrap_or(0);
            let want = values.into_iter().map(|v| (v.clone(), (n(&a, v), n(&b, v)))).collect();
            same(&format!("{} of {text} / {second}", field.name), &table.rows, want, sizes);
        }
    }
}

fn is_same(a: &Item<'_>, b: &Item<'_>) -> bool {
    let quote = |i: &Item<'_>| i.quote.map(std::ptr::from_ref);
    std::ptr::eq(a.clipping, b.clipping) && quote(a) == quote(b)
}

/// A word counts once for each text that has it or a form of it, by the inflections of the text's language, under its most usual form.
fn check_words(rows: &[Contrast], sides: [&[Item<'_>]; 2], asked: [&str; 2]) {
    let asked: BTreeSet<String> = asked.iter().flat_map(|text| morgue::words::forms(text)).collect();
    // How often each form was met, and in how many texts of each side.
    type Word = (BTreeMap<String, u64>, [u64; 2]);
    let mut found: BTreeMap<(&str, String), Word> = BTreeMap::new();
    for (side, items) in sides.into_iter().enumerate() {
        for item in items {
            let article = &item.clipping.article;
            let language = morgue::words::inflections(article.language.as_deref());
            let text = match item.quote {
                Some(quote) => quote.text.clone(),
                None => format!("{}\n{}", article.title.as_deref().unwrap_or_default(), article.body),
            };
            let mut met = BTreeSet::new();
            for (_, _, _, form) in words(&text) {
                let key = (language, stem(language, &form).into_owned());
                let (forms, texts) = found.entry(key.clone()).or_default();
                *forms.entry(form).or_default() += 1;
                texts[side] += u64::from(met.insert(key));
            }
        }
    }
    // What a word of the questions may be a form of is left out; a word of a value, or the name of a field, need not be.
    let (mut least, mut most) = (BTreeMap::<&str, [u64; 2]>::new(), BTreeMap::<&str, [u64; 2]>::new());
    for ((language, of), (forms, texts)) in &found {
        let usual = forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).unwrap().0;
        let is_asked = asked.iter().any(|form| stem(language, form) == *of);
        for side in [0, 1] {
            least.entry(usual).or_default()[side] += if is_asked { 0 } else { texts[side] };
            most.entry(usual).or_default()[side] += texts[side];
        }
    }
    for row in rows {
        let (least, most) = (least[row.value.as_str()], most[row.value.as_str()]);
        let is = [row.here, row.there];
        assert!((0..2).all(|side| (least[side]..=most[side]).contains(&is[side])), "{}: {is:?} of {least:?} to {most:?}", row.value);
    }
}

#[test]
fn a_concordance_has_a_line_for_every_match() {
    let (_scratch, archive, all) = sample();
    let (vocabulary, _) = vocabulary(&all);
    let mut dice = Dice::new(5);
    for _ in 0..40 {
        let word = dice.pick(&vocabulary).clone();
        let asked = archive.question(&format!("={word}"), Target::Articles).unwrap().query;
        let mut lines = Vec::new();
        let take = &mut |_, line| {
            lines.push(line);
            Ok(())
        };
        archive.concordance(&Search { limit: None, ..Search::articles(asked) }, 30, take).unwrap();
        let count = |text: &str| words(text).into_iter().filter(|(_, _, _, form)| *form == word).count();
        let want: usize = all.iter().map(|c| count(&c.article.body) + count(c.article.title.as_deref().unwrap_or_default())).sum();
        assert_eq!(lines.len(), want, "lines of {word}");
        for line in lines {
            let article = &all.iter().find(|c| c.article.id == line.id).unwrap().article;
            let text = if line.field == "title" { article.title.clone().unwrap() } else { article.body.clone() };
            let at: String = text.chars().skip(line.start as usize).take(line.hit.chars().count()).collect();
            assert_eq!(at, line.hit);
            let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(plain.contains(format!("{}{}{}", line.left, line.hit, line.right).trim()), "{line:?}");
        }
    }
}

#[test]
fn related_words_change_the_order_and_nothing_else() {
    let (_scratch, archive, all) = sample();
    let (words, _) = vocabulary(&all);
    let mut dice = Dice::new(17);
    let (mut n_moved, mut n_asked) = (0, 0);
    for _ in 0..60 {
        let text: Vec<String> = (0..6).map(|_| dice.pick(&words).clone()).collect();
        let query = archive.question(&text.join(" "), Target::Articles).unwrap().query;
        let ids = |feedback: bool| {
            let found = archive.search(&Search { any: true, feedback, limit: None, ..Search::articles(query.clone()) }).unwrap();
            assert_eq!(found.total, found.hits.len() as u64);
            found.hits.into_iter().map(|h| h.id).collect::<Vec<_>>()
        };
        let (with, without) = (ids(true), ids(false));
        assert_eq!(ids(true), with, "the same question has the same order");
        n_moved += usize::from(with != without);
        n_asked += 1;
        let set = |ids: Vec<String>| ids.into_iter().collect::<BTreeSet<_>>();
        assert_eq!(set(with), set(without), "{text:?}");
    }
    assert!(n_moved * 2 > n_asked, "related words count in {n_moved} of {n_asked} questions");
}

#[test]
fn exports_have_everything_once() {
    let (_scratch, archive, _) = sample();
    for target in [Target::Articles, Target::Quotes] {
        let search = Search { target, limit: None, sort: morgue::query::Sort::DateUp, ..Search::articles(Query::All) };
        let total = archive.search(&search).unwrap().total as usize;
        assert!(total > 60);
        for export in EXPORTS {
            let mut text = String::new();
            let about = About { quotes: target == Target::Quotes, ..About::default() };
            let write = &mut |part: &str| {
                text.push_str(part);
                Ok(())
            };
            archive.export(&search, export, &about, write).unwrap();
            let n = match export.name {
                "jsonl" => text.lines().filter(|l| serde_json::from_str::<serde_json::Value>(l).is_ok()).count(),
                "csv" => csv::Reader::from_reader(text.as_bytes()).records().filter(Result::is_ok).count(),
                "ris" => text.matches("\r\nER  - ").count(),
                "bibtex" => biblatex::Bibliography::parse(&text).unwrap().len(),
                "html" => text.matches("<article").count(),
                "markdown" => text.matches("\n\n*").count(),
                "clip" => text.matches("----------\n\n").count(),
                "graphml" => {
                    // Its size is that of the graph: speakers once, and each edge between nodes that are there.
                    assert_eq!(text.matches("<edge").count(), text.matches("</edge>").count());
                    continue;
                }
                other => panic!("`{other}` has no check here"),
            };
            assert_eq!(n, total, "{} of {target:?}", export.name);
        }
    }
}

#[test]
fn copies_come_first_and_reasons_are_true() {
    let scratch = Scratch::new();
    let body = "The harbour board voted on Tuesday to rebuild the old tidal barrier at Hull, Mayor Adaeze Okafor said. \
                Work on the gates begins in March and will cost forty million pounds, according to the engineers.";
    let write = |name: &str, title: &str, body: &str| {
        scratch.write(name, &serde_json::json!({ "id": name, "title": title, "body": body }).to_string());
    };
    write("a.json", "Barrier to be rebuilt", body);
    write("b.json", "Hull barrier: work begins in March", &format!("{body} The paper was told so yesterday."));
    write(
        "c.json",
        "Okafor defends barrier",
        "Mayor Adaeze Okafor of Hull defended the cost of the tidal barrier before engineers and the board.",
    );
    write("d.json", "Football", "The home side lost again after a late goal, and nobody at the ground was surprised by that.");
    scratch.index();
    let similar = scratch.open().similar("a.json", None, None).unwrap();
    let found: Vec<(&str, bool)> = similar.iter().map(|s| (s.hit.id(), s.copy)).collect();
    assert_eq!(found[..2], [("b.json", true), ("c.json", false)], "{similar:?}");
    assert!(similar[0].overlap > 0.9 && similar[1].overlap < 0.2, "{similar:?}");
    assert!(similar[1].shared.persons.contains(&"Adaeze Okafor".to_owned()) && similar[1].shared.words.contains(&"barrier".to_owned()));
    assert!(similar.iter().all(|s| s.hit.id() != "a.json"));
}

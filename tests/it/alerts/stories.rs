//! Copies of a story that was told are counted, whatever the story is called by then.

use super::{Desk, FLOOD, lines, told_in};
use crate::news::{self, Dice};
use morgue::query::{Query, Search};
use std::collections::{BTreeMap, BTreeSet};

/// A text of its own that floods are in, and a copy of it with other sentences at its ends.
fn text(seed: u64) -> String {
    let article = news::article(&mut Dice::new(seed), 1);
    format!("The flood came.\n\n{}", article["body"].as_str().unwrap())
}

fn copy(of: &str, n: usize) -> String {
    format!("By our staff, edition {n}.\n\n{of}\n\nPrinted again as number {n}.")
}

#[test]
fn copies_of_what_was_told_are_counted_not_listed() {
    let desk = Desk::new(FLOOD);
    desk.file("x", "2026-10-01", "Nothing.");
    desk.news();
    desk.file("wire", "2026-11-20", &text(1));
    desk.file("paper", "2026-11-21", &copy(&text(1), 1));
    desk.file("other", "2026-11-21", &text(2));
    assert_eq!(desk.news(), ["flood new article other", "flood new article wire +1"]);
    desk.file("late", "2026-11-22", &copy(&text(1), 2));
    assert!(desk.news().is_empty(), "copies alone are no message");
    desk.file("again", "2026-11-23", &copy(&text(1), 3));
    desk.file("more", "2026-11-23", &text(3));
    desk.scratch.index();
    let told = desk.told();
    assert_eq!(told.sent[0].sections[0].copies, 1);
    assert!(told.sent[0].text().contains("1 article, and a copy of what was told before"), "{}", told.sent[0].text());
    assert_eq!(lines(&told), ["flood new article more"]);
}

#[test]
fn copies_are_counted_where_whole_runs_are_compared() {
    let desk = Desk::new(&FLOOD.replace("alert]", "alert]\non = 'any'"));
    desk.file("wire", "2026-11-20", &text(1));
    desk.news();
    desk.file("paper", "2026-11-21", &copy(&text(1), 1));
    desk.file("other", "2026-11-21", &text(2));
    desk.scratch.index();
    let told = desk.told();
    let news = lines(&told);
    assert!(news.contains(&"flood new article other".to_owned()) && !news.iter().any(|l| l.contains("paper")), "{news:?}");
    assert_eq!(told.sent[0].sections[0].copies, 1);
}

#[test]
fn an_earlier_telling_renames_the_story_and_is_still_a_copy() {
    let desk = Desk::new(FLOOD);
    desk.file("x", "2026-10-01", "Nothing.");
    desk.news();
    desk.file("second", "2026-11-20", &text(1));
    assert_eq!(desk.news(), ["flood new article second"]);
    // It told the story first, and comes in last: from now on the story has its name.
    desk.file("first", "2026-11-19", &copy(&text(1), 1));
    assert!(desk.news().is_empty());
    assert_eq!(desk.scratch.open().clipping("second").unwrap().story_id(), "first");
    desk.file("third", "2026-11-21", &copy(&text(1), 2));
    assert!(desk.news().is_empty());
    // And when the one that was told goes, the story is known by those that were counted.
    std::fs::remove_file(desk.scratch.files().join("second.json")).unwrap();
    desk.news();
    desk.file("fourth", "2026-11-18", &copy(&text(1), 3));
    assert!(desk.news().is_empty());
    desk.queries(&FLOOD.replace("alert]", "alert]\ngroup = 'none'"));
    desk.file("fifth", "2026-11-22", &copy(&text(1), 4));
    assert_eq!(desk.news(), ["flood new article fifth"], "unless each is asked for by itself");
}

#[test]
fn a_quote_in_nearly_the_same_words_is_a_copy() {
    let desk = Desk::new("[query.pier]\nquery = 'speaker:Cole'\nwhat = 'quotes'\n[query.pier.alert]\n");
    desk.file("x", "2026-10-01", "Nothing.");
    desk.news();
    let said = |words: &str| format!("HULL — The council met.\n\n“{words},” Ann Cole said.");
    desk.file("b", "2026-11-20", &said("We will rebuild the old harbour pier before the first winter storms of the year"));
    assert_eq!(desk.news(), ["pier new article b#q1"]);
    desk.file("a", "2026-11-19", &said("We will rebuild the old harbour pier before the first winter storms"));
    assert!(desk.news().is_empty());
    // Few words are repeated by chance, but not within a story.
    desk.file("c", "2026-11-21", &format!("{}\n\n“No comment,” Ann Cole said.", text(1)));
    desk.file("d", "2026-11-21", &said("No comment"));
    assert_eq!(desk.news(), ["pier new article c#q1", "pier new article d#q1"].map(|l| l.replace("c#q1", &last_quote(&desk, "c"))));
    desk.file("e", "2026-11-20", &copy(&format!("{}\n\n“No comment,” Ann Cole said.", text(1)), 1));
    assert!(desk.news().is_empty());
}

/// The id of the last quote of an article.
fn last_quote(desk: &Desk, id: &str) -> String {
    format!("{id}#q{}", desk.scratch.open().clipping(id).unwrap().annotations.quotes.len())
}

/// Random arrivals of stories and their copies, dated at random: what is listed is, batch by batch, one article of each story of
/// which nothing was found before, and the rest of what came is counted.
#[test]
fn each_story_is_listed_once_whatever_comes_first() {
    let rounds: u64 = std::env::var("MORGUE_ALERT_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    for seed in 0..rounds {
        let mut dice = Dice::new(100 + seed);
        let desk = Desk::new(
            "[sinks]\nlog = { kind = 'file', path = 'log.jsonl' }\n[query.flood]\nquery = 'flood'\nalert = { to = ['log'], max = 1000 }\n",
        );
        desk.file("x", "2026-10-01", "Nothing.");
        desk.scratch.index();
        desk.told();
        let mut known: BTreeSet<String> = BTreeSet::new();
        let (mut listed, mut copies) = (Vec::new(), 0);
        for batch in 0..5 {
            let mut came: BTreeSet<String> = BTreeSet::new();
            for n in 0..2 + dice.below(5) {
                let id = format!("a{batch}-{n}");
                let words = copy(&text(seed * 10 + dice.below(4) as u64), dice.below(1000));
                desk.file(&id, &format!("2026-11-{:02}", 10 + dice.below(2)), &words);
                came.insert(id);
            }
            desk.scratch.index();
            let archive = desk.scratch.open();
            let everything = archive.search(&Search { limit: None, ..Search::articles(Query::All) }).unwrap().hits;
            let story: BTreeMap<String, String> =
                everything.into_iter().filter_map(|h| h.clipping).map(|c| (c.article.id.clone(), c.story_id().to_owned())).collect();
            let old: BTreeSet<&String> = known.iter().map(|id| &story[id]).collect();
            let new: BTreeSet<&String> = came.iter().map(|id| &story[id]).filter(|s| !old.contains(s)).collect();
            let told = desk.told();
            let (now, before) = (listed.len(), copies);
            for section in told.sent.iter().flat_map(|d| &d.sections) {
                assert!(section.news.iter().all(|n| came.contains(&n.found.id)));
                listed.extend(section.news.iter().map(|n| story[&n.found.id].clone()));
                copies += section.copies + section.news.iter().map(|n| n.copies).sum::<u64>();
            }
            let lines: BTreeSet<&String> = listed[now..].iter().collect();
            assert_eq!((lines.len(), &lines), (listed.len() - now, &new), "seed {seed} batch {batch}");
            if !new.is_empty() {
                assert_eq!((listed.len() - now) as u64 + copies - before, came.len() as u64, "seed {seed} batch {batch}: all are counted");
            }
            known.extend(came);
        }
        assert_eq!(told_in(&desk, "log.jsonl").len(), listed.len());
    }
}

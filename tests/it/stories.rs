//! Articles that tell one story, and quotes that repeat each other: found whatever the order in which they came, folded into
//! one hit, and told anew when one of them goes.

use super::archive::Scratch;
use crate::news::Dice;
use morgue::query::{Search, Target};

/// A text of its own, of so many sentences.
fn text(seed: u64, sentences: usize) -> String {
    let mut dice = Dice::new(seed);
    let sentence = |dice: &mut Dice| {
        let words: Vec<String> = (0..12).map(|_| format!("w{}x{}", dice.below(4000), dice.below(7))).collect();
        format!("The {} came.", words.join(" "))
    };
    let all: Vec<String> = (0..sentences).map(|_| sentence(&mut dice)).collect();
    all.chunks(3).map(|c| c.join(" ")).collect::<Vec<_>>().join("\n\n")
}

fn record(id: &str, published: &str, source: &str, body: &str) -> String {
    serde_json::json!({"id": id, "title": "A title", "source": source, "published": published, "body": body}).to_string()
}

const SAID: &str = "\"We will rebuild the old harbour pier before the first winter storms of the year,\" Ann Cole said.";
const SAID_AGAIN: &str = "\"We will rebuild the old harbour pier before the first winter storms,\" Mayor Ann Cole told reporters.";

fn fill(scratch: &Scratch, reverse: bool) {
    let story = text(1, 24);
    let cut = story.split("\n\n").take(6).collect::<Vec<_>>().join("\n\n");
    let mut files = vec![
        ("wire", record("wire", "2024-03-01", "Meridian Wire", &format!("{story}\n\n{SAID}"))),
        ("paper", record("paper", "2024-03-02", "Harrow Courier", &format!("By our staff.\n\n{story}"))),
        ("short", record("short", "2024-03-03", "Humber Mail", &cut)),
        ("undated", record("undated", "", "The Quadrant", &story)),
        ("other", record("other", "2024-03-02", "Harrow Courier", &format!("{}\n\n{SAID_AGAIN}", text(2, 24)))),
        ("brief-a", record("a", "2024-01-01", "", "Ten words make a text that is told by all its words.")),
        ("brief-b", record("b", "2024-01-02", "", "Ten words make a text that is told by all its words!")),
    ];
    if reverse {
        files.reverse();
    }
    for (name, json) in files {
        scratch.write(&format!("{name}.json"), &json);
        if reverse {
            scratch.index();
        }
    }
    scratch.index();
}

#[test]
fn copies_are_found_whatever_the_order_of_arrival() {
    let (one, two) = (Scratch::new(), Scratch::new());
    fill(&one, false);
    fill(&two, true);
    for scratch in [&one, &two] {
        assert_eq!(scratch.ids("cluster:wire"), ["paper", "short", "undated", "wire"]);
        assert_eq!(scratch.ids("cluster:short"), ["paper", "short", "undated", "wire"], "any copy stands for the story");
        assert_eq!(scratch.ids("cluster:other"), ["other"]);
        assert_eq!(scratch.ids("dup:original"), ["a", "other", "wire"]);
        assert_eq!(scratch.ids("dup:copy"), ["b", "paper", "short", "undated"]);
        assert_eq!(scratch.ids("cluster:* -dup:copy"), ["a", "other", "wire"]);
        let archive = scratch.open();
        let hit = archive.clipping("paper").unwrap().story.unwrap();
        assert_eq!((hit.first.as_str(), hit.articles), ("wire", 4));
        assert!(archive.clipping("other").unwrap().story.is_none());
    }
}

#[test]
fn copies_come_as_one_hit_and_repeated_quotes_too() {
    let scratch = Scratch::new();
    fill(&scratch, false);
    let archive = scratch.open();
    let ask = |text: &str, target, collapse| {
        let question = archive.question(text, target).unwrap();
        archive.search(&Search { target, collapse, limit: Some(3), ..Search::articles(question.query) }).unwrap()
    };
    let all = ask("came", Target::Articles, false);
    assert_eq!((all.total, all.stories, all.hits.len()), (5, 5, 3));
    let folded = ask("came", Target::Articles, true);
    assert_eq!((folded.total, folded.stories, folded.hits.len()), (5, 2, 2));
    let shown = folded.hits.iter().find_map(|h| h.folded.clone()).unwrap();
    assert_eq!((shown.hits, shown.articles, shown.first), (3, 4, ("wire".to_owned(), None)));
    assert_eq!(shown.source.as_deref(), Some("Meridian Wire"));
    // A narrower question folds only what it finds.
    let few = ask("came date:2024-03-02..", Target::Articles, true);
    assert_eq!((few.total, few.stories), (3, 2));
    assert_eq!(few.hits.iter().find_map(|h| h.folded.clone()).unwrap().first.0, "paper");

    let quotes = ask("pier", Target::Quotes, true);
    assert_eq!((quotes.total, quotes.stories, quotes.hits.len()), (2, 1, 1));
    let shown = quotes.hits[0].folded.clone().unwrap();
    assert_eq!((shown.hits, shown.articles, shown.first), (1, 2, ("wire".to_owned(), Some(0))));
    assert_eq!(ask("echo:other#q1", Target::Quotes, false).total, 2);
    assert_eq!(ask("echo:wire#q1", Target::Articles, false).total, 2);
}

#[test]
fn a_story_is_told_anew_when_one_goes_or_changes() {
    let scratch = Scratch::new();
    fill(&scratch, false);
    std::fs::remove_file(scratch.files().join("wire.json")).unwrap();
    scratch.index();
    assert_eq!(scratch.ids("cluster:undated"), ["paper", "short", "undated"]);
    assert_eq!(scratch.ids("cluster:paper dup:original"), ["paper"]);
    scratch.write("paper.json", &record("paper", "2024-03-02", "Harrow Courier", &text(9, 24)));
    scratch.index();
    assert_eq!(scratch.ids("cluster:undated"), ["short", "undated"]);
    assert_eq!(scratch.ids("cluster:paper"), ["paper"]);
}

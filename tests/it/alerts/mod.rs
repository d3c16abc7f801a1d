//! Alerts through the life of an archive: what is new is told once, whatever else happens; and however often morgue is
//! killed, nothing is lost and nothing told twice.

mod killed;
mod stories;
mod unchanged;

use crate::archive::Scratch;
use crate::news::Dice;
use morgue::alerts::{Delivery, Digest, Telling, Told, compare, mark_seen, tell};
use morgue::archive::{IngestOptions, Progress, index};
use morgue::error::{Error, Kind};
use morgue::query::{Context, Search, Target, parse};
use morgue::saved::{Frequencies, SavedQueries, Standing};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A scratch archive with a file of saved queries.
struct Desk {
    scratch: Scratch,
}

impl Desk {
    fn new(queries: &str) -> Desk {
        let desk = Desk { scratch: Scratch::new() };
        desk.queries(queries);
        desk
    }

    fn queries(&self, text: &str) {
        std::fs::write(self.scratch.home().queries(), text).unwrap();
    }

    fn saved(&self) -> SavedQueries {
        SavedQueries::read(&self.scratch.home().queries()).unwrap()
    }

    /// Files a record with an id, a day and a text.
    fn file(&self, id: &str, day: &str, body: &str) {
        let record = serde_json::json!({"id": id, "title": format!("Title {id}"), "body": body, "published": day, "source": "Courier"});
        self.scratch.write(&format!("{id}.json"), &record.to_string());
    }

    fn backfill(&self) {
        let options = IngestOptions { backfill: true, ..IngestOptions::default() };
        index(&self.scratch.home(), &[self.scratch.files()], &options, &Progress::default()).unwrap();
    }

    fn told_with(&self, step: &dyn Fn(&str) -> morgue::error::Result<()>, many: usize) -> morgue::error::Result<Told> {
        let archive = self.scratch.open();
        let root = self.scratch.home().root;
        let delivery = Delivery { root: &root, allow_exec: false, backoff: Duration::from_millis(1), print: &|_| Ok(()) };
        tell(&archive, &self.saved(), &Telling { step, many, ..Telling::new(delivery) })
    }

    fn told(&self) -> Told {
        self.told_with(&|_| Ok(()), 64).unwrap()
    }

    /// Indexes, runs alerts, and answers the lines of news: `query reason id +copies`.
    fn news(&self) -> Vec<String> {
        self.scratch.index();
        lines(&self.told())
    }
}

fn lines(told: &Told) -> Vec<String> {
    assert!(told.waiting.is_empty(), "{:?}", told.waiting);
    let mut lines = Vec::new();
    for section in told.sent.iter().flat_map(|d| &d.sections) {
        for news in &section.news {
            let copies = if news.copies > 0 { format!(" +{}", news.copies) } else { String::new() };
            lines.push(format!("{} {} {}{copies}", section.query, news.reason.words(), news.found.id));
        }
        if section.more > 0 {
            lines.push(format!("{} +{} more", section.query, section.more));
        }
        if section.total == 0 {
            lines.push(format!("{} {}", section.query, section.headline()));
        }
    }
    lines.sort();
    lines
}

const FLOOD: &str = "[query.flood]\nquery = 'flood'\n[query.flood.alert]\n";

#[test]
fn what_is_new_is_told_once() {
    let desk = Desk::new(FLOOD);
    desk.file("a", "2026-11-01", "A flood.");
    assert!(desk.news().is_empty(), "what is there at first is known");
    desk.file("b", "2026-11-20", "Another flood.");
    desk.file("c", "2026-11-20", "Nothing.");
    assert_eq!(desk.news(), ["flood new article b"]);
    assert!(desk.news().is_empty());
    desk.file("late", "2026-10-02", "An old flood.");
    desk.file("c", "2026-11-20", "Now a flood.");
    desk.file("a", "2026-11-01", "A flood, edited.");
    assert_eq!(desk.news(), ["flood late arrival late", "flood text changed c"]);
    desk.queries(&FLOOD.replace("[query.flood.alert]", "[query.flood.alert]\non = 'new+changed'"));
    assert!(desk.news().is_empty());
    let subject = |files: &[(&str, &str)]| {
        files.iter().for_each(|(name, body)| desk.file(name, "2026-11-20", body));
        desk.scratch.index();
        let told = desk.told();
        (lines(&told).join(", "), told.sent[0].subject())
    };
    let said = |lines: &str, subject: &str| (lines.to_owned(), subject.to_owned());
    assert_eq!(subject(&[("b", "A flood, edited twice.")]), said("flood text changed b", "morgue: 1 changed: flood"));
    let both = subject(&[("b", "A flood, and once more."), ("d", "The newest flood.")]);
    assert_eq!(both, said("flood new article d, flood text changed b", "morgue: 2 new or changed: flood"));
}

#[test]
fn moved_files_and_back_fills_are_no_news() {
    let desk = Desk::new(FLOOD);
    desk.scratch.write("x.txt", "Title\n\nThe flood of the century came to town on Tuesday.\n");
    desk.file("a", "2026-11-01", "A flood.");
    desk.news();
    let files = desk.scratch.files();
    std::fs::create_dir_all(files.join("deep")).unwrap();
    std::fs::rename(files.join("x.txt"), files.join("deep/y.txt")).unwrap();
    std::fs::rename(files.join("a.json"), files.join("deep/a.json")).unwrap();
    assert!(desk.news().is_empty(), "moved files");
    desk.file("old", "1999-01-01", "A flood of long ago.");
    desk.backfill();
    assert!(desk.news().is_empty(), "back-fill");
    desk.file("old2", "1999-01-01", "Another flood of long ago.");
    desk.backfill();
    desk.file("new", "2026-11-22", "A flood after the back-fill.");
    assert_eq!(desk.news(), ["flood new article new"]);
    // A file that was away for a while is no news either.
    std::fs::rename(files.join("new.json"), desk.scratch.home().root.join("away")).unwrap();
    desk.news();
    std::fs::rename(desk.scratch.home().root.join("away"), files.join("new.json")).unwrap();
    assert!(desk.news().is_empty(), "back again");
    desk.queries(&FLOOD.replace("alert]", "alert]\nbackfill = true"));
    desk.file("old3", "1998-01-01", "The flood before that.");
    desk.backfill();
    assert_eq!(desk.news(), ["flood late arrival old3"]);
}

#[test]
fn another_query_is_another_past_and_no_news() {
    let desk = Desk::new(FLOOD);
    desk.file("a", "2026-11-01", "A storm.");
    desk.news();
    desk.queries(&FLOOD.replace("'flood'", "'flood OR storm'"));
    assert!(desk.news().is_empty());
    desk.file("a", "2026-11-01", "A storm, edited.");
    desk.file("b", "2026-11-20", "A storm again.");
    assert_eq!(desk.news(), ["flood new article b"]);
}

#[test]
fn a_repeated_quote_is_counted_not_listed() {
    let desk = Desk::new("[query.pier]\nquery = 'speaker:Cole'\nwhat = 'quotes'\n[query.pier.alert]\n");
    let quote = |n: u32| {
        format!(
            "\"We will rebuild the pier before the summer of next year,\" Ann Cole said. {n}.\n\n\"We are {n} people here,\" Ann Cole said."
        )
    };
    desk.file("a", "2026-11-01", "Ann Cole is here.");
    desk.news();
    desk.file("b", "2026-11-20", &quote(1));
    desk.file("c", "2026-11-20", &quote(2));
    assert_eq!(desk.news(), ["pier new article b#q1 +1", "pier new article b#q2", "pier new article c#q2"]);
    desk.file("d", "2026-11-21", "\"We will rebuild the pier before the summer of next year,\" Ann Cole said.");
    assert!(desk.news().is_empty(), "copies alone are no message");
    desk.file("e", "2026-11-22", &quote(3));
    let told = {
        desk.scratch.index();
        desk.told()
    };
    assert_eq!(told.sent[0].sections[0].copies, 1);
    assert_eq!(lines(&told), ["pier new article e#q2"]);
}

#[test]
fn too_much_is_stated_and_a_flood_is_summed_up() {
    let desk = Desk::new(&FLOOD.replace("alert]", "alert]\nmax = 3"));
    desk.file("a", "2026-11-01", "x");
    desk.news();
    for run in 0..6 {
        desk.file(&format!("usual{run}"), "2026-11-02", "A flood.");
        assert_eq!(desk.news().len(), 1);
    }
    (0..4).for_each(|n| desk.file(&format!("many{n}"), "2026-11-03", "A flood."));
    assert_eq!(desk.news().first().unwrap(), "flood +1 more");
    (0..60).for_each(|n| desk.file(&format!("wall{n}"), "2026-11-04", "A flood."));
    desk.scratch.index();
    let told = desk.told();
    let section = &told.sent[0].sections[0];
    assert!(section.flood && section.more == 57 && section.total == 60);
    assert_eq!(section.summary.as_ref().unwrap().days, [("2026-11-04".to_owned(), 60)]);
    let query = section.command.split('\'').nth(1).unwrap();
    assert_eq!(desk.scratch.ids(query).len(), 60, "the command shows all of it: {}", section.command);
}

#[test]
fn a_broken_query_is_kept_and_told_and_loses_nothing() {
    let desk = Desk::new(&format!("{FLOOD}[query.other]\nquery = 'storm'\n[query.other.alert]\nalways_send = true\n"));
    desk.file("a", "2026-11-01", "x");
    assert_eq!(desk.news(), ["other nothing new"], "the heartbeat");
    let broken = FLOOD.replace("'flood'", "'(flood'");
    desk.queries(&broken);
    desk.file("b", "2026-11-02", "A flood.");
    desk.scratch.index();
    let told = desk.told();
    assert_eq!((told.broken.len(), told.sent[0].broken.len()), (1, 1));
    assert!(told.sent[0].subject().contains("BROKEN") && told.sent[0].text().contains("never closed"), "{}", told.sent[0].text());
    assert!(desk.told().sent.is_empty(), "told once by itself");
    desk.queries(FLOOD);
    assert_eq!(desk.news(), ["flood new article b"]);
}

#[test]
fn a_sink_that_fails_is_told_later_and_the_other_only_once() {
    let sinks =
        "[sinks]\nlog = { kind = 'file', path = 'log.jsonl' }\nweb = { kind = 'webhook', url = 'http://127.0.0.1:9/', tries = 1 }\n";
    let text = format!("{}{sinks}", FLOOD.replace("alert]", "alert]\nto = ['log', 'web', 'nobody']"));
    let desk = Desk::new(&text);
    desk.file("a", "2026-11-01", "x");
    desk.scratch.index();
    desk.told();
    desk.file("b", "2026-11-02", "A flood.");
    desk.scratch.index();
    let told = desk.told();
    assert_eq!((told.sent.len(), told.waiting.len()), (1, 2));
    desk.file("c", "2026-11-03", "A flood.");
    desk.scratch.index();
    let told = desk.told();
    assert_eq!((told.sent.len(), told.waiting.len()), (1, 2));
    assert_eq!(told.sent[0].sections[0].news.len(), 1, "only what the log has not yet");
    desk.queries(&text.replace("kind = 'webhook', url = 'http://127.0.0.1:9/', tries = 1", "kind = 'file', path = 'web.jsonl'"));
    let told = desk.told();
    let ids: Vec<String> = told.sent.iter().flat_map(|d| &d.sections).flat_map(|s| &s.news).map(|n| n.found.id.clone()).collect();
    assert_eq!(ids, ["b", "c"], "first the message that waited, then the rest");
}

#[test]
fn another_sink_goes_on_from_where_the_one_before_was_told() {
    let sinks = "[sinks]\nold = { kind = 'file', path = 'old.jsonl' }\nnew = { kind = 'file', path = 'new.jsonl' }\n";
    let to = |sink: &str| format!("{}{sinks}", FLOOD.replace("alert]", &format!("alert]\nto = [{sink}]")));
    let desk = Desk::new(&to("'old'"));
    desk.file("a", "2026-11-01", "A flood.");
    desk.news();
    desk.file("b", "2026-11-02", "A flood by the river.");
    assert_eq!(desk.news(), ["flood new article b"]);
    desk.queries(&to("'new'"));
    desk.file("c", "2026-11-03", "A flood on the hill.");
    assert_eq!(desk.news(), ["flood new article c"]);
    desk.queries(&to("'new', 'old'"));
    assert!(desk.news().is_empty(), "what one of them was told is not told anew to the other");
    desk.file("d", "2026-11-04", "A flood in the town.");
    assert_eq!(desk.news(), ["flood new article d", "flood new article d"]);
}

#[test]
fn gone_and_any_compare_whole_runs() {
    let desk = Desk::new("[query.g]\nquery = 'flood'\nalert = { on = 'gone' }\n[query.any]\nquery = 'flood'\nalert = { on = 'any' }\n");
    desk.file("a", "2026-11-01", "A flood.");
    desk.file("b", "2026-11-02", "A flood.");
    assert!(desk.news().is_empty());
    assert!(desk.news().is_empty());
    std::fs::remove_file(desk.scratch.files().join("a.json")).unwrap();
    desk.file("b", "2026-11-02", "No more.");
    desk.file("c", "2026-11-03", "A flood.");
    let expected = ["any article withdrawn a", "any new article c", "any text changed b", "g article withdrawn a", "g text changed b"];
    assert_eq!(desk.news(), expected);
    assert!(desk.news().is_empty());
}

#[test]
fn runs_differ_with_reasons() {
    let desk = Desk::new(FLOOD);
    desk.file("a", "2026-11-01", "A flood.");
    desk.file("b", "2026-11-02", "A flood.");
    desk.scratch.index();
    let saved = desk.saved().get("flood").unwrap();
    mark_seen(&desk.scratch.open(), &desk.saved(), &saved).unwrap();
    std::fs::remove_file(desk.scratch.files().join("a.json")).unwrap();
    desk.file("b", "2026-11-02", "A flood, edited.");
    desk.file("c", "2026-11-03", "A flood.");
    desk.file("late", "2026-10-03", "A flood.");
    desk.scratch.index();
    let comparison = compare(&desk.scratch.open(), &desk.saved(), &saved, None).unwrap();
    let told: Vec<_> = comparison.changes.iter().map(|c| format!("{} {} {}", c.sign, c.item.id, c.reason.words())).collect();
    assert_eq!(told, ["+ late late arrival", "+ c new article", "~ b text changed", "- a article withdrawn"]);
}

/// What the messages in a file told: query and id.
fn told_in(desk: &Desk, name: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(desk.scratch.home().root.join(name)).unwrap_or_default();
    let digests = text.lines().map(|line| serde_json::from_str::<Digest>(line).unwrap());
    let sections = digests.flat_map(|d| d.sections);
    sections.flat_map(|s| s.news.into_iter().map(move |n| (s.query.clone(), n.found.id))).collect()
}

const WORDS: &[&str] = &["flood", "storm", "tax", "pier", "vote", "rain"];

/// A random archive as brute force sees it.
#[derive(Default)]
struct World {
    asked: Vec<(String, Vec<&'static str>)>,
    /// What stands in each article.
    files: BTreeMap<String, String>,
    /// Per query what was found already.
    known: BTreeSet<(String, String)>,
    /// What must be told.
    expected: BTreeSet<(String, String)>,
}

impl World {
    fn queries(&mut self, dice: &mut Dice) -> String {
        let mut text =
            String::from("[sinks]\none = { kind = 'file', path = 'one.jsonl' }\ntwo = { kind = 'file', path = 'two-{name}.jsonl' }\n");
        for n in 0..4 {
            let words: Vec<&str> = (0..1 + dice.below(2)).map(|_| *dice.pick(WORDS)).collect();
            text += &format!("[query.q{n}]\nquery = '{}'\n[query.q{n}.alert]\ngroup = 'none'\nto = ['one', 'two']\n", words.join(" "));
            self.asked.push((format!("q{n}"), words));
        }
        text
    }

    fn some_file(&self, dice: &mut Dice) -> Option<String> {
        self.files.keys().nth(dice.below(self.files.len())).cloned()
    }

    /// New, edited and deleted files, and what must be told of them.
    fn batch(&mut self, desk: &Desk, dice: &mut Dice, batch: usize) {
        for n in 0..1 + dice.below(6) {
            let old = if dice.below(4) == 0 { self.some_file(dice) } else { None };
            let id = old.unwrap_or_else(|| format!("a{batch}-{n}"));
            let body: Vec<&str> = (0..3 + dice.below(3)).map(|_| *dice.pick(WORDS)).collect();
            desk.file(&id, "2026-11-01", &body.join(" "));
            self.files.insert(id, body.join(" "));
        }
        if let Some(id) = if dice.below(3) == 0 { self.some_file(dice) } else { None } {
            std::fs::remove_file(desk.scratch.files().join(format!("{id}.json"))).unwrap();
            self.files.remove(&id);
        }
        let is_backfill = batch > 0 && dice.below(4) == 0;
        if is_backfill {
            desk.backfill()
        } else {
            drop(desk.scratch.index())
        }
        for (name, words) in &self.asked {
            let holds = |body: &str| words.iter().all(|w| body.split(' ').any(|b| b == *w));
            for (id, _) in self.files.iter().filter(|(_, body)| holds(body)) {
                let found = (name.clone(), id.clone());
                if self.known.insert(found.clone()) && batch > 0 && !is_backfill {
                    self.expected.insert(found);
                }
            }
        }
    }
}

/// Random archives, batches and queries: what is told is what brute force finds, though every run is cut off at a random step
/// and begun anew, again and again. `MORGUE_ALERT_ROUNDS=50` tries more of them.
#[test]
fn what_is_told_is_what_came_though_every_run_is_killed() {
    let rounds: u64 = std::env::var("MORGUE_ALERT_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    for seed in 0..rounds {
        let (mut dice, mut world) = (Dice::new(seed + 1), World::default());
        let desk = Desk::new(&world.queries(&mut dice));
        for batch in 0..5 {
            world.batch(&desk, &mut dice, batch);
            // Cut off at a step further on each time, until a run gets through.
            let mut limit = dice.below(3);
            loop {
                let steps = Cell::new(0);
                let cut = |_: &str| {
                    steps.set(steps.get() + 1);
                    if steps.get() > limit { Err(Error::new(Kind::Io, "killed")) } else { Ok(()) }
                };
                // All queries at once, or one by one.
                let many = if dice.below(2) == 0 { 0 } else { 1000 };
                if desk.told_with(&cut, many).is_ok() {
                    break;
                }
                limit += dice.below(3);
            }
        }
        let two = world.asked.iter().flat_map(|(name, _)| told_in(&desk, &format!("two-{name}.jsonl"))).collect();
        for mut told in [told_in(&desk, "one.jsonl"), two] {
            told.sort();
            assert_eq!(told, world.expected.iter().cloned().collect::<Vec<_>>(), "seed {seed}: each once, and no other");
        }
    }
}

/// Every kind of thing a query can require, or cannot.
const OTHERS: &[&str] = &[
    "*",
    "-flood",
    "flood -storm",
    "floods",
    "=floods",
    "fl*",
    "floo* OR zzz*",
    "*ood",
    "wat?r",
    "flod~1",
    "re:/fl.*/",
    "title:flood",
    "said:flood",
    "lead:flood",
    "person:cole",
    "person:=\"Ann Cole\"",
    "person:*",
    "-person:*",
    "place:Hull",
    "place:Europe",
    "place:=Hull",
    "place:=hull",
    "place:=Europe",
    "place:=\"Europe/Ukraine\"",
    "place:=\"United Kingdom\"",
    "place:re:/h.*/",
    "lang:en",
    "lang:E*",
    "source:\"humber mail\"",
    "source:humber,meridian",
    "date:2024",
    "words:>100",
    "format:json*",
    "path:*news*",
    "year:2024..2025",
    "qtype:direct",
    "qlen:>5",
    "conf:>50",
    "speaker:cole",
    "about:cole",
    "role:minister",
    "cue:said",
    "within:53.7,-0.3,200km",
    "id:*1",
    "quote{speaker:cole flood}",
    "quote{flood}",
    "article{flood}",
    "flood NEAR/3 water",
    "flood NOT NEAR/3 water",
    "ATLEAST2(flood)",
    "FIRST/20(flood)",
    "CAPS(flood)",
    "flood /s water",
    "\"the * of\"",
    "\"(flood|storm) of\"",
    "\"flood water\"~4",
    "flood^3",
    "revision:1",
    "revision:>1",
    "x12 OR -flood",
    "(flood OR water) (storm OR x*)",
    "al-Qaeda",
    "U.S.",
];

#[test]
fn standing_queries_answer_as_the_index_does() {
    let scratch = Scratch::new();
    crate::news::write(&scratch.files().join("news.jsonl"), 60, 3);
    scratch.index();
    let archive = scratch.open();
    let everything = Search { limit: None, ..Search::articles(morgue::query::Query::All) };
    let clippings: Vec<_> = archive.search(&everything).unwrap().hits.into_iter().filter_map(|h| h.clipping).collect();
    let mut dice = Dice::new(11);
    let mut texts: Vec<String> = (0..300).map(|_| crate::news::query(&mut dice)).collect();
    texts.extend(OTHERS.iter().map(|text| (*text).to_owned()));
    let mut wrong: Vec<String> = Vec::new();
    for target in [Target::Articles, Target::Quotes] {
        let read = |text: &String| parse(text, &Context::new(target)).query;
        let queries: Vec<_> = texts.iter().map(|t| (read(t), target)).collect();
        for frequencies in [Frequencies::default(), Frequencies::of(clippings.iter())] {
            let standing = Standing::new(queries.clone(), &frequencies);
            let mut reader = standing.reader();
            let mut came: BTreeMap<usize, BTreeSet<(String, Option<usize>)>> = BTreeMap::new();
            for clipping in &clippings {
                for hit in reader.hits(clipping) {
                    let quotes = if hit.quotes.is_empty() { vec![None] } else { hit.quotes.into_iter().map(Some).collect() };
                    came.entry(hit.query).or_default().extend(quotes.into_iter().map(|q| (clipping.article.id.clone(), q)));
                }
            }
            for (number, (query, _)) in queries.iter().enumerate() {
                let search = Search { target, limit: None, fetch: false, ..Search::articles(query.clone()) };
                let run: BTreeSet<_> = archive.search(&search).unwrap().hits.into_iter().map(|h| (h.id, h.quote)).collect();
                let came = came.remove(&number).unwrap_or_default();
                if came != run {
                    wrong.push(format!("{target:?} {}: {} by standing, {} by the index", texts[number], came.len(), run.len()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sink_that_refuses_rests_where_only_what_is_due_is_run() {
    // A program that is not allowed refuses each time.
    let desk = Desk::new(&format!("{FLOOD}to = ['script']\n[sinks]\nscript = {{ kind = 'exec', argv = ['sh'] }}\n"));
    let run = |due: bool, second: i64| {
        let archive = desk.scratch.open();
        let root = desk.scratch.home().root;
        let delivery = Delivery { root: &root, allow_exec: false, backoff: Duration::from_millis(1), print: &|_| Ok(()) };
        let now = jiff::Timestamp::from_second(1_800_000_000 + second).unwrap();
        let told = tell(&archive, &desk.saved(), &Telling { due, now, ..Telling::new(delivery) }).unwrap();
        (told.waiting.len(), told.resting.len())
    };
    desk.file("a", "2026-11-01", "A flood.");
    desk.scratch.index();
    assert_eq!(run(true, 0), (0, 0));
    desk.file("b", "2026-11-20", "Another flood.");
    desk.scratch.index();
    assert_eq!(run(true, 15), (1, 0));
    assert_eq!(run(true, 30), (0, 1), "it is not asked again every few seconds");
    assert_eq!(run(false, 31), (1, 0), "whoever asks for it has it tried at once");
    assert_eq!((run(true, 31 + 119), run(true, 31 + 120)), ((0, 1), (1, 0)), "each time it rests twice as long");
    assert_eq!(run(true, -5000), (1, 0), "a clock set back makes it rest no longer");
    assert_eq!((run(true, 40_000), run(true, 40_000 + 3600)), ((1, 0), (1, 0)), "an hour at most");
}

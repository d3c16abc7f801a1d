//! The file of saved queries: what other hands wrote survives, and what is wrong is said and kept.

use super::*;
use crate::query::{Context, Target, parse, print};

fn file(text: &str) -> (tempfile::TempDir, SavedQueries) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("queries.toml");
    std::fs::write(&path, text).unwrap();
    let queries = SavedQueries::read(&path).unwrap();
    (dir, queries)
}

fn query(name: &str, text: &str) -> SavedQuery {
    SavedQuery { name: name.into(), query: text.into(), what: "articles".into(), ..SavedQuery::default() }
}

#[test]
fn hand_edits_survive() {
    let ours = "# ours\nformat = 1\n\n[query.b] # second letter first\nquery = 'x'   # by hand\nfuture = [1, 2] # unknown\n";
    let (dir, mut queries) = file(ours);
    let a = SavedQuery { tags: vec!["t".into()], created: Some("2026-11-25".into()), ..query("a", "y \"z\"") };
    queries.add(&a, false).unwrap();
    assert!(queries.add(&a, false).is_err());
    let path = dir.path().join("queries.toml");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with(ours));
    let mut again = SavedQueries::read(&path).unwrap();
    assert_eq!(again.list().iter().map(|q| q.name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(again.get("a"), Some(a.clone()));
    again.add(&query("b", "other"), true).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("query = \"other\"   # by hand\nfuture = [1, 2] # unknown\n"), "{text}");
    again.rename("b", "c").unwrap();
    assert_eq!(again.list().iter().map(|q| q.name.as_str()).collect::<Vec<_>>(), ["c", "a"]);
    assert!(std::fs::read_to_string(&path).unwrap().contains("[query.c] # second letter first"));
    again.remove("a").unwrap();
    assert!(again.remove("a").is_err() && again.rename("c", "c d").is_err() && again.rename("no", "x").is_err());
}

const WHOLE: &str = r#"
format = 1
[defaults]
collapse = "dup"
sort = "added"
alert = { schedule = "daily 07:30", to = ["desk"] }
[macros]
ministers = { doc = "Cabinet", query = 'role:(minister OR secretary)' }
'about(x)' = { query = '(person:$x OR title:$x)' }
'near(x, y)' = '$x NEAR/3 $y'
loop = '@loop'
[query.tax]
title = "On tax"
what = "quotes"
query = '''
  speaker:"Ann Cole"   # she herself
  (tax* OR levy)
'''
tags = ["treasury"]
owner = "jd"
created = 2026-11-23
[query.tax.alert]
on = "new+changed"
max = 5
always_send = true
[query.tax.expect]
at_least = 2
includes = "a#q1"
[query.mayor]
params = { town = "Hull" }
query = 'mayor place:$town'
[query.a]
query = '@b x'
[query.b]
query = 'y @a'
[sinks]
desk = { kind = "smtp", url = "smtp://localhost:25", rcpt = ["desk@example.org"] }
feed = { kind = "atom", path = "alerts/{name}.xml" }
slack = { kind = "webhook", url_env = "DESK_WEBHOOK" }
"#;

#[test]
fn everything_in_the_file_is_read() {
    let (_dir, queries) = file(WHOLE);
    assert_eq!(queries.notes(), []);
    let tax = queries.get("tax").unwrap();
    let alert = tax.alert.clone().unwrap();
    assert_eq!((alert.on, alert.max, alert.min, alert.always_send), (On::NewAndChanged, 5, 1, true));
    assert_eq!((alert.schedule.unwrap().to_string().as_str(), alert.to), ("daily 07:30", vec!["desk".to_owned()]));
    assert_eq!(tax.expect, Some(Expect { at_least: Some(2), includes: vec!["a#q1".into()], ..Expect::default() }));
    assert_eq!((tax.owner.as_deref(), tax.created.as_deref(), tax.target()), (Some("jd"), Some("2026-11-23"), Target::Quotes));
    assert_eq!(queries.sinks().len(), 4, "standard output is always there");
    assert_eq!(queries.defaults(), (Some("added".into()), Some(true)));
}

#[track_caller]
fn check(typed: &str, meant: Result<&str, &str>) {
    let (_dir, queries) = file(WHOLE);
    let find = |name: &str| queries.reference(name);
    let context = Context { saved: &find, ..Context::new(Target::Articles) };
    let parsed = parse(typed, &context);
    match meant {
        Ok(meant) => {
            assert!(parsed.is_sound(), "{:?}", parsed.problems);
            assert_eq!(print(&parsed.query), print(&parse(meant, &Context::new(Target::Articles)).query));
        }
        Err(said) => assert!(parsed.problems.iter().any(|p| p.message.contains(said)), "{:?}", parsed.problems),
    }
}

#[test]
fn names_stand_for_queries_and_macros() {
    check("@ministers tax", Ok("role:(minister OR secretary) tax"));
    check("@about(Cole)", Ok("(person:Cole OR title:Cole)"));
    check("@near(a, \"b c\")", Ok("a NEAR/3 \"b c\""));
    check("@near(y=b, x=a)", Ok("a NEAR/3 b"));
    check("@mayor", Ok("mayor place:Hull"));
    check("@mayor(town=Goole) x", Ok("mayor place:Goole x"));
    // A question to quotes.
    check("@tax", Ok("quote{speaker:\"Ann Cole\" (tax* OR levy)}"));
    check("@about", Err("`$x` is not given"));
    check("@about(a, b)", Err("takes 1 argument"));
    check("@mayor(city=x)", Err("no parameter `city`"));
    check("@a", Err("@a → @b → @a"));
    check("@loop", Err("@loop → @loop"));
    check("@nobody", Err("no saved query `nobody`"));
}

#[test]
fn what_is_wrong_is_said_and_kept() {
    let text = "colour = 1\n[query.a]\nquery = 'x'\nwhat = 'people'\ntags = 5\n[query.a.alert]\non = 'old'\nschedule = 'soon'\nto = ['nobody']\n\
        shedule = 'x'\n[macros]\nm = 1\n[sinks]\ns = { kind = 'pigeon' }\nw = { kind = 'webhook' }\n\
        p = { kind = 'smtp', url = 'smtp://me:secret@host', rcpt = 'a@b' }\n\
        e = { kind = 'exec', argv = ['a'], timeout = 0 }\nf = { kind = 'atom', path = 'a', keep = 0 }\n\
        h = { kind = 'webhook', url = 'https://a.example', tries = 50 }\n";
    let path = Path::new("queries.toml");
    let queries = SavedQueries::parse(path, text).unwrap();
    let places: Vec<String> = queries.notes().into_iter().map(|n| n.place).collect();
    let expected = [
        "query.a.what",
        "query.a.alert.on",
        "query.a.alert.schedule",
        "query.a.alert.shedule",
        "query.a.tags",
        "macros.m",
        "sinks.s.kind",
        "sinks.w.url",
        "sinks.p.url",
        "sinks.e.timeout",
        "sinks.f.keep",
        "sinks.h.tries",
        "colour",
        "query.a.alert.to",
    ];
    for place in expected {
        assert!(places.iter().any(|p| p == place), "{place} is not among {places:?}");
    }
    assert_eq!(places.len(), expected.len(), "{places:?}");
    let tries = Note { place: "sinks.h.tries".to_owned(), message: "cannot be 50; 10 is taken".to_owned() };
    assert!(queries.notes().contains(&tries), "{:?}", queries.notes());
    assert_eq!(queries.list().len(), 1);
    assert_eq!(queries.to_string(), text);
    assert!(!format!("{:?}", queries.sinks()).contains("secret"));
    assert!(SavedQueries::parse(path, "format = 2\n").is_err());
    assert!(SavedQueries::parse(path, "[query.a]\nquery = 'x'\n[query.a]\n").is_err(), "a table twice is no TOML");
}

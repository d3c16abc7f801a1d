//! `morgue saved run` and `morgue saved test`.

use super::question;
use super::render::{Screen, count, hits_of, number, safe};
use super::saved::{chosen, how_many, read};
use super::saved_add::pair;
use super::saved_alert::{self, Alerts};
use super::search::Beside;
use super::{Cli, Outcome};
use crate::alerts::{ask, expectations, record};
use crate::archive::{Answered, Archive, asks_for_copies};
use crate::error::{Error, Kind, Result};
use crate::query::{Search, Sort, Target};
use crate::saved::{SavedQueries, SavedQuery};
use std::cell::RefCell;

#[derive(Debug, clap::Args)]
pub struct Run {
    /// Names, or `@tag` for all with a tag
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// All of them
    #[arg(long)]
    all: bool,
    /// What `$name` in the query stands for in this run, which is then not noted
    #[arg(short = 'D', long = "define", value_name = "NAME=VALUE", value_parser = pair)]
    define: Vec<(String, String)>,
    /// How many hits of each: a number, or `all`
    #[arg(short = 'n', long = "limit", value_name = "N", value_parser = question::limit, default_value = "10")]
    limit: std::option::Option<usize>,
    /// One JSON object a hit, with the name of the question
    #[arg(long)]
    json: bool,
    /// Only how many there are
    #[arg(short = 'c', long = "count")]
    count: bool,
    /// Only look: the run is not noted
    #[arg(long)]
    dry_run: bool,
    /// Tell the sinks of these questions (of all, unless some are named) what is new, instead of printing hits
    #[arg(long, conflicts_with_all = ["define", "json", "count", "dry_run"])]
    alert: bool,
    /// The same for those whose schedule says so; for cron
    #[arg(long, conflicts_with_all = ["define", "json", "count", "dry_run"])]
    due: bool,
    /// Sinks may start programs
    #[arg(long)]
    allow_exec: bool,
}

#[derive(Debug, clap::Args)]
pub struct Test {
    /// Names, or `@tag` for all with a tag; all that expect something unless given
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// One JSON object a question
    #[arg(long)]
    json: bool,
}

pub fn answer(cli: &Cli, run: &Run) -> Result<Outcome> {
    if run.names.is_empty() && !(run.all || run.alert || run.due) {
        return Err(Error::new(Kind::Usage, "no saved query is named").with_hint("`--all` runs all of them, `--alert` tells what is new"));
    }
    let archive = cli.open()?;
    let screen = cli.screen();
    let queries = read(cli, &screen)?;
    if run.alert || run.due {
        let names = match run.names.is_empty() {
            true => None,
            false => Some(chosen(&queries, &run.names, false)?.into_iter().map(|q| q.name).collect()),
        };
        let told = saved_alert::run(
            &screen,
            &archive,
            &queries,
            &Alerts { names, due: run.due, allow_exec: run.allow_exec, said: RefCell::default() },
        )?;
        if told.looked_at == 0 && told.broken.is_empty() && !run.due {
            screen.note("no saved query has an alert: `morgue saved add NAME QUERY --alert SINK`");
        }
        return match saved_alert::failure(&told) {
            Some(error) => Err(error),
            None => Ok(Outcome::Done),
        };
    }
    let (mut any, mut broken) = (false, Vec::new());
    let chosen = chosen(&queries, &run.names, run.all)?;
    for saved in &chosen {
        // One that cannot be read must not keep the others from running.
        match answer_one(&archive, &queries, &screen, saved, run) {
            Ok(total) => any |= total > 0,
            Err(e) if e.kind() == Kind::Query => broken.push((&saved.name, e)),
            Err(e) => return Err(e),
        }
    }
    screen.flush()?;
    for (name, error) in &broken {
        screen.note(&format!("{} `{name}`: {error}", screen.bad("broken:")));
    }
    match broken.len() {
        0 => Ok(Outcome::found(any)),
        n => Err(Error::new(Kind::Query, format!("{} cannot be read", count(n as u64, "saved query", "saved queries")))),
    }
}

fn answer_one(archive: &Archive, queries: &SavedQueries, screen: &Screen, saved: &SavedQuery, run: &Run) -> Result<u64> {
    let target = saved.target();
    let asked = ask(archive, queries, saved, &run.define)?;
    let total = asked.found.len() as u64;
    let (sort, collapse) = queries.defaults();
    let sort = sort.map_or(Ok(Sort::Relevance), |sort| Sort::named(&sort))?;
    // Where nothing is said, it is as in `morgue search`.
    let collapse = collapse.unwrap_or_else(|| !run.json && !asks_for_copies(&asked.question.query));
    let limit = if run.count { Some(0) } else { run.limit };
    let answered = archive.answer(&Search { target, limit, sort, collapse, ..Search::articles(asked.question.query.clone()) })?;
    let noted = if run.dry_run || !run.define.is_empty() { None } else { Some(record(archive, saved, &asked)) };
    // Of an archive that may only be read one wants the hits no less.
    let kept = match noted.transpose() {
        Err(error) if error.is_read_only() => {
            screen.note(&format!("{} this run of `{}` is not kept: {error}", screen.strong("note:"), safe(&saved.name)));
            None
        }
        kept => kept?,
    };
    if run.json {
        for answer in answered.hits.iter().filter(|_| !answered.partial) {
            screen.json(&Beside { answer, more: serde_json::json!({ "saved": saved.name }) })?;
        }
        if !run.count {
            say_rest(screen, saved, &answered);
        }
        return Ok(total);
    }
    let since = kept.filter(|k| k.run > 1).map_or(String::new(), |k| {
        let changed = if k.changed > 0 { format!(" ~{}", k.changed) } else { String::new() };
        format!("  {}{changed} since run {}", super::saved::change(k.came, k.went), k.run - 1)
    });
    screen.line(format!("{}  {}{}", screen.strong(safe(saved.heading())), how_many(saved, total), screen.faint(since)))?;
    if !run.count {
        screen.line("")?;
        for hit in answered.hits.iter().filter(|_| !answered.partial) {
            super::render::hits::print(screen, hit)?;
        }
        screen.flush()?;
        say_rest(screen, saved, &answered);
    }
    Ok(total)
}

/// Says how many hits there are that are not shown.
fn say_rest(screen: &Screen, saved: &SavedQuery, answered: &Answered) {
    let results = &answered.results;
    let (shown, different) = (answered.hits.len() as u64, results.stories);
    if answered.partial || shown >= different {
        return;
    }
    let of = match (saved.target(), different < results.total) {
        (Target::Articles, true) => count(different, "story", "stories"),
        (Target::Quotes, true) => format!("{} different quotes", number(different)),
        (target, false) => hits_of(different, target),
    };
    let note = screen.strong("note:");
    screen.note(&format!("{note} {} of the {of} of `{}` are shown: `-n all` shows all", number(shown), safe(&saved.name)));
}

pub fn test(cli: &Cli, args: &Test) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let queries = read(cli, &screen)?;
    let all = chosen(&queries, &args.names, args.names.is_empty())?;
    let (mut tested, mut failed) = (0, 0);
    for saved in &all {
        // Where names are given, one without expectations is an error in the making.
        let expect = match &saved.expect {
            Some(expect) => expect,
            None if args.names.is_empty() => continue,
            None => {
                screen.note(&format!("{} `{}` expects nothing: add `[query.{}.expect]`", screen.strong("note:"), saved.name, saved.name));
                continue;
            }
        };
        tested += 1;
        let (failures, total) = match ask(&archive, &queries, saved, &[]) {
            Ok(answered) => (expectations(expect, &answered.found), answered.found.len()),
            Err(e) if e.kind() == Kind::Query => {
                (vec![crate::alerts::Failure { expected: "a query that can be read".to_owned(), came: e.to_string() }], 0)
            }
            Err(e) => return Err(e),
        };
        failed += usize::from(!failures.is_empty());
        if args.json {
            screen.json(&serde_json::json!({"name": saved.name, "total": total, "ok": failures.is_empty(), "failures": failures}))?;
            continue;
        }
        let word = if failures.is_empty() { "ok    ".to_owned() } else { screen.bad("FAILED") };
        screen.line(format!("{word} {}  {}", safe(&saved.name), how_many(saved, total as u64)))?;
        for failure in &failures {
            screen.line(format!("         expected {}; came: {}", safe(&failure.expected), safe(&failure.came)))?;
        }
    }
    screen.note(&format!("{} tested, {failed} failed", count(tested, "saved query", "saved queries")));
    Ok(if failed == 0 { Outcome::Done } else { Outcome::Nothing })
}

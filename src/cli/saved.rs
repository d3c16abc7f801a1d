//! `morgue saved`: questions kept by name, run again, compared, tested.

use super::render::{Screen, count, number, safe};
use super::saved_add::{Add, add};
use super::saved_diff::{Diff, Log, diff, log};
use super::saved_file::{Export, Import, edit, export, import};
use super::saved_run::{Run, Test, answer, test};
use super::{Cli, Outcome};
use crate::alerts::{self, Alerted};
use crate::error::{Context, Error, Kind, Result};
use crate::saved::{RunLog, SavedQueries, SavedQuery};
use crate::words::one_line;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Keep a question under a name
    Add(Add),
    /// Change the file of kept questions in an editor
    Edit {
        /// The one to look at; only its name is checked
        name: Option<String>,
    },
    /// List the kept questions
    List {
        /// One JSON object a question
        #[arg(long)]
        json: bool,
    },
    /// Answer kept questions, and note what they find
    Run(Run),
    /// Say how what a question finds differs from an earlier run, and why; exit 1 when it does
    Diff(Diff),
    /// List the runs of a question
    Log(Log),
    /// Check that questions find what their entries expect; exit 1 when one does not
    Test(Test),
    /// Take everything that is found now as known: nobody is told of it
    MarkSeen {
        /// Names, or `@tag` for all with a tag
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Forget the runs of a question, and what was told
    Reset {
        /// Names, or `@tag` for all with a tag
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Call a question otherwise; its runs come along
    Rename {
        /// Its name
        from: String,
        /// The new one
        to: String,
    },
    /// Forget a kept question
    Rm {
        /// Its name
        name: String,
    },
    /// Take in questions from a CSV list or another `queries.toml`
    Import(Import),
    /// Print the kept questions as TOML, CSV or JSON
    Export(Export),
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    match &args.action {
        Action::Add(args) => add(cli, args),
        Action::Edit { name } => edit(cli, name.as_deref()),
        Action::List { json } => list(cli, *json),
        Action::Run(run) => answer(cli, run),
        Action::Diff(args) => diff(cli, args),
        Action::Log(args) => log(cli, args),
        Action::Test(args) => test(cli, args),
        Action::MarkSeen { names } => mark_seen(cli, names),
        Action::Reset { names } => reset(cli, names),
        Action::Rename { from, to } => rename(cli, from, to),
        Action::Rm { name } => remove(cli, name),
        Action::Import(args) => import(cli, args),
        Action::Export(args) => export(cli, args),
    }
}

/// The file of saved queries; what is wrong in it is said.
pub fn read(cli: &Cli, screen: &Screen) -> Result<SavedQueries> {
    let queries = SavedQueries::read(&cli.home()?.queries())?;
    tell_notes(screen, &queries);
    Ok(queries)
}

pub fn tell_notes(screen: &Screen, queries: &SavedQueries) {
    for note in queries.notes() {
        screen.note(&format!("{} queries.toml: `{}` {}", screen.strong("note:"), safe(&note.place), safe(&note.message)));
    }
}

/// The queries that `names` mean: names, and `@tag` for all with a tag.
pub fn chosen(queries: &SavedQueries, names: &[String], all: bool) -> Result<Vec<SavedQuery>> {
    if all {
        return Ok(queries.list());
    }
    let mut chosen = Vec::new();
    for name in names {
        match name.strip_prefix('@') {
            Some(tag) => {
                let tagged: Vec<SavedQuery> = queries.list().into_iter().filter(|q| q.tags.iter().any(|t| t == tag)).collect();
                if tagged.is_empty() {
                    return Err(Error::new(Kind::NotFound, format!("no saved query has the tag `{tag}`")));
                }
                chosen.extend(tagged);
            }
            None => chosen.push(queries.get(name).ok_or_else(|| queries.unknown(name))?),
        }
    }
    Ok(chosen)
}

/// `12 quotes`
pub fn how_many(saved: &SavedQuery, n: u64) -> String {
    count(n, saved.what.trim_end_matches('s'), &saved.what)
}

fn list(cli: &Cli, json: bool) -> Result<Outcome> {
    let screen = cli.screen();
    let home = cli.home()?;
    let queries = read(cli, &screen)?;
    let list = queries.list();
    let alerted = crate::alerts::alerted(&home)?;
    for query in &list {
        let told = alerted.get(&query.name).filter(|_| query.alert.is_some());
        let log = RunLog::read(&home.runs(&query.name))?;
        let last = log.last();
        if json {
            let mut object = serde_json::to_value(query).context(Kind::Io, || "cannot write JSON".to_owned())?;
            if let Some(run) = last {
                object["last"] = serde_json::json!({"run": run.run, "at": run.at, "revision": run.revision, "total": run.total, "came": run.came, "went": run.went});
            }
            if let Some(told) = told {
                object["alerted"] = serde_json::to_value(told).context(Kind::Io, || "cannot write JSON".to_owned())?;
            }
            screen.json(&object)?;
            continue;
        }
        let text = one_line(&query.query);
        let ran = last
            .map_or_else(|| "never ran".to_owned(), |run| format!("{} {:>7} {}", run.day(), number(run.total), change(run.came, run.went)));
        let alert = query.alert.as_ref().map_or(String::new(), |a| {
            let when = a.schedule.as_ref().map_or_else(|| "at every run".to_owned(), ToString::to_string);
            format!("  → {} {when}{}", a.to.join(", "), told.map_or_else(String::new, |told| how_far(&a.to, told)))
        });
        screen.line(format!("{:<20} {:<9} {ran:<28} {}{}", safe(&query.name), query.what, safe(&text), screen.faint(alert)))?;
    }
    for named in queries.macros().iter().filter(|_| !json) {
        let params = if named.params.is_empty() { String::new() } else { format!("({})", named.params.join(", ")) };
        let doc = named.doc.as_deref().unwrap_or(&named.query);
        screen.line(format!("{:<20} {:<9} {}", safe(&format!("@{}{params}", named.name)), "macro", safe(doc)))?;
    }
    Ok(Outcome::found(!list.is_empty()))
}

/// ` · looked at 2026-11-22, told up to revision 8840`, and which sinks are behind.
fn how_far(sinks: &[String], told: &Alerted) -> String {
    let told_to = |sink: &String| told.sinks.get(sink).copied().unwrap_or(0);
    let most = sinks.iter().map(told_to).max().unwrap_or(0);
    let at = told.at.as_deref().and_then(|at| at.get(..10)).map_or_else(String::new, |at| format!(" · looked at {at}"));
    let behind: Vec<String> = sinks.iter().filter(|s| told_to(s) < most).map(|s| format!("; {} up to {}", safe(s), told_to(s))).collect();
    format!("{at} · told up to revision {most}{}", behind.concat())
}

/// `+3 −1`
pub fn change(came: u64, went: u64) -> String {
    match (came, went) {
        (0, 0) => "=".to_owned(),
        (came, 0) => format!("+{}", number(came)),
        (0, went) => format!("−{}", number(went)),
        (came, went) => format!("+{} −{}", number(came), number(went)),
    }
}

fn mark_seen(cli: &Cli, names: &[String]) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let queries = read(cli, &screen)?;
    for saved in chosen(&queries, names, false)? {
        let known = crate::alerts::mark_seen(&archive, &queries, &saved)?;
        screen.note(&format!("`{}`: {} known, up to revision {}", saved.name, how_many(&saved, known), archive.note.revision));
    }
    Ok(Outcome::Done)
}

fn reset(cli: &Cli, names: &[String]) -> Result<Outcome> {
    let home = cli.home()?;
    let screen = cli.screen();
    let queries = read(cli, &screen)?;
    for saved in chosen(&queries, names, false)? {
        alerts::forget(&home, &saved.name)?;
        screen.note(&format!("`{}`: runs and what was told are forgotten", saved.name));
    }
    Ok(Outcome::Done)
}

fn rename(cli: &Cli, from: &str, to: &str) -> Result<Outcome> {
    let home = cli.home()?;
    let mut queries = SavedQueries::read(&home.queries())?;
    queries.rename(from, to)?;
    if let Err(e) = alerts::rename(&home, from, to) {
        // What was told would be that of another.
        queries.rename(to, from)?;
        return Err(e);
    }
    let users: Vec<String> = queries.list().into_iter().filter(|q| mentions(&q.query, from)).map(|q| q.name).collect();
    if !users.is_empty() {
        cli.screen().note(&format!("`@{from}` stands in {}: change it there", users.join(", ")));
    }
    Ok(Outcome::Done)
}

fn remove(cli: &Cli, name: &str) -> Result<Outcome> {
    let home = cli.home()?;
    let mut queries = SavedQueries::read(&home.queries())?;
    alerts::remove(&home, &mut queries, name)?;
    let users: Vec<String> = queries.list().into_iter().filter(|q| mentions(&q.query, name)).map(|q| q.name).collect();
    if !users.is_empty() {
        cli.screen().note(&format!("`@{name}` stands in {}, which cannot be read now", users.join(", ")));
    }
    Ok(Outcome::Done)
}

/// Whether `@name` stands in a query.
fn mentions(query: &str, name: &str) -> bool {
    let sign = format!("@{name}");
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    query.match_indices(&sign).any(|(at, _)| ends(&query[at + sign.len()..]))
}

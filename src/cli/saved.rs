//! `morgue saved`: questions kept by name.

use super::question;
use super::render::{count, safe};
use super::{Cli, Outcome};
use crate::archive::Archive;
use crate::error::{Error, Kind, Result};
use crate::query::{Search, Target};
use crate::saved::{SavedQueries, SavedQuery};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Keep a question under a name
    Add(Add),
    /// List the kept questions
    List {
        /// One JSON object a question
        #[arg(long)]
        json: bool,
    },
    /// Answer kept questions
    Run(Run),
    /// Forget a kept question
    Rm {
        /// Its name
        name: String,
    },
}

#[derive(Debug, clap::Args)]
struct Add {
    /// Its name: letters, digits, `-` and `_`
    name: String,
    /// The query
    #[arg(required = true)]
    query: Vec<String>,
    /// It looks for quotes instead of articles
    #[arg(long)]
    quotes: bool,
    /// A title for people
    #[arg(long)]
    title: Option<String>,
    /// A tag; may be given several times
    #[arg(long)]
    tag: Vec<String>,
    /// Replace the one of that name
    #[arg(long)]
    replace: bool,
}

#[derive(Debug, clap::Args)]
struct Run {
    /// Names, or `@tag` for all with a tag
    #[arg(value_name = "NAME", required_unless_present = "all")]
    names: Vec<String>,
    /// All of them
    #[arg(long)]
    all: bool,
    /// How many hits of each: a number, or `all`
    #[arg(short = 'n', long = "limit", value_name = "N", value_parser = question::limit, default_value = "10")]
    limit: std::option::Option<usize>,
    /// One JSON object a hit, with the name of the question
    #[arg(long)]
    json: bool,
    /// Only how many there are
    #[arg(short = 'c', long = "count")]
    count: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    match &args.action {
        Action::Add(add) => keep(cli, add),
        Action::List { json } => list(cli, *json),
        Action::Run(run) => answer(cli, run),
        Action::Rm { name } => {
            let mut queries = SavedQueries::read(&cli.home()?.queries())?;
            queries.remove(name)?;
            Ok(Outcome::Done)
        }
    }
}

fn keep(cli: &Cli, add: &Add) -> Result<Outcome> {
    let archive = cli.open()?;
    let text = add.query.join(" ");
    let target = if add.quotes { Target::Quotes } else { Target::Articles };
    // A question that cannot be read is refused now rather than when it is needed.
    let question = archive.question(&text, target)?;
    let what = if add.quotes { "quotes" } else { "articles" };
    let saved = SavedQuery { name: add.name.clone(), query: text, what: what.to_owned(), title: add.title.clone(), tags: add.tag.clone() };
    SavedQueries::read(&archive.home.queries())?.add(&saved, add.replace)?;
    let total = archive.search(&Search { target, limit: Some(0), ..Search::articles(question.query) })?.total;
    let screen = cli.screen();
    screen.note(&format!("saved `{}`: {} · {} now", saved.name, question.reading, count(total, what.trim_end_matches('s'), what)));
    Ok(Outcome::Done)
}

fn list(cli: &Cli, json: bool) -> Result<Outcome> {
    let screen = cli.screen();
    let queries = SavedQueries::read(&cli.home()?.queries())?.list();
    for query in &queries {
        if json {
            screen.json(query)?;
        } else {
            let text = query.query.split_whitespace().collect::<Vec<_>>().join(" ");
            screen.line(format!("{:<20} {:<9} {}", safe(&query.name), query.what, safe(&text)))?;
        }
    }
    Ok(Outcome::found(!queries.is_empty()))
}

fn answer(cli: &Cli, run: &Run) -> Result<Outcome> {
    let archive = cli.open()?;
    let queries = SavedQueries::read(&archive.home.queries())?;
    let chosen = chosen(&queries, run)?;
    let screen = cli.screen();
    let (mut any, mut broken) = (false, Vec::new());
    for saved in &chosen {
        // One that cannot be read must not keep the others from running.
        match answer_one(&archive, &screen, saved, run) {
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

fn chosen(queries: &SavedQueries, run: &Run) -> Result<Vec<SavedQuery>> {
    if run.all {
        return Ok(queries.list());
    }
    let mut chosen = Vec::new();
    for name in &run.names {
        match name.strip_prefix('@') {
            Some(tag) => chosen.extend(queries.list().into_iter().filter(|q| q.tags.iter().any(|t| t == tag))),
            None => chosen.push(queries.get(name).ok_or_else(|| queries.unknown(name))?),
        }
    }
    Ok(chosen)
}

fn answer_one(archive: &Archive, screen: &super::render::Screen, saved: &SavedQuery, run: &Run) -> Result<u64> {
    let target = saved.target();
    let question = archive.question(&saved.query, target)?;
    let limit = if run.count { Some(0) } else { run.limit };
    let answered = archive.answer(&Search { target, limit, ..Search::articles(question.query) })?;
    let total = answered.results.total;
    if run.json {
        for hit in answered.hits.iter().filter(|_| !answered.partial) {
            let mut object = serde_json::to_value(hit).unwrap_or_default();
            object["saved"] = saved.name.as_str().into();
            screen.json(&object)?;
        }
        return Ok(total);
    }
    screen.line(format!(
        "{}  {}",
        screen.strong(saved.title.as_deref().unwrap_or(&saved.name)),
        count(total, saved.what.trim_end_matches('s'), &saved.what)
    ))?;
    if !run.count {
        screen.line("")?;
        for hit in answered.hits.iter().filter(|_| !answered.partial) {
            super::render::hits::print(screen, hit)?;
        }
    }
    Ok(total)
}

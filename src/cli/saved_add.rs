//! `morgue saved add`: keeps a question, after it was read and, where somebody is to be told, tried on the last thirty days.

use super::question::dialect;
use super::render::{Screen, count, safe};
use super::saved::{how_many, tell_notes};
use super::search::misspelt;
use super::{Cli, Outcome};
use crate::alerts::{ask, back_test, mark_seen, newest};
use crate::archive::Archive;
use crate::error::{Error, Kind, Result};
use crate::query::Dialect;
use crate::saved::{Alert, On, SavedQueries, SavedQuery, Schedule};

#[derive(Debug, clap::Args)]
pub struct Add {
    /// Its name: letters, digits, `-` and `_`
    name: String,
    /// The query
    #[arg(required = true)]
    query: Vec<String>,
    /// It looks for quotes instead of articles
    #[arg(long)]
    quotes: bool,
    /// It looks for articles, as is the rule; with --replace, what was looked for before
    #[arg(long, conflicts_with = "quotes")]
    articles: bool,
    /// The language it is typed in: morgue, nexis, factiva, proquest, lucene, google, dtsearch; it is kept in ours
    #[arg(long, value_name = "LANGUAGE", value_parser = dialect, default_value = "morgue", conflicts_with = "param")]
    dialect: Dialect,
    /// A title for people
    #[arg(long)]
    title: Option<String>,
    /// A tag; may be given several times
    #[arg(long)]
    tag: Vec<String>,
    /// Whose it is
    #[arg(long)]
    owner: Option<String>,
    /// What `$name` in the query stands for when nothing else is given
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    param: Vec<(String, String)>,
    /// Tell this sink of `queries.toml` (or `stdout`) what is new; may be given several times
    #[arg(long, value_name = "SINK")]
    alert: Vec<String>,
    /// When: `every 10m`, `hourly`, `daily 07:30`, `weekly mon 07:30`; at every run unless given
    #[arg(long, value_name = "WHEN", requires = "alert")]
    schedule: Option<Schedule>,
    /// What counts as news: new, new+changed, gone, any
    #[arg(long, value_name = "WHAT", requires = "alert", value_parser = on)]
    on: Option<On>,
    /// Replace the one of that name
    #[arg(long)]
    replace: bool,
    /// Do nothing when there is one of that name
    #[arg(long, conflicts_with = "replace")]
    if_not_exists: bool,
    /// Only try it: say what it finds and when it would have told somebody
    #[arg(long)]
    dry_run: bool,
}

/// `name=value`
pub fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write `name=value`")?;
    Ok((name.trim().trim_start_matches('$').to_owned(), value.to_owned()))
}

fn on(text: &str) -> Result<On, String> {
    On::of(text).ok_or_else(|| "there are new, new+changed, gone and any".to_owned())
}

pub fn add(cli: &Cli, add: &Add) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let mut queries = SavedQueries::read(&archive.home.queries())?;
    if add.if_not_exists && queries.get(&add.name).is_some() {
        return Ok(Outcome::Done);
    }
    let mut saved = saved(add);
    if let Some(kept) = queries.get(&add.name).filter(|_| add.replace) {
        if !add.quotes && !add.articles {
            saved.what = kept.what;
        }
        if add.param.is_empty() {
            saved.params = kept.params;
        }
        if let (Some(alert), Some(kept)) = (&mut saved.alert, kept.alert) {
            alert.group = kept.group;
        }
    }
    for name in saved.alert.iter().flat_map(|a| &a.to) {
        let sinks = queries.sinks();
        if sinks.iter().all(|s| s.name != *name) {
            let names: Vec<&str> = sinks.iter().map(|s| s.name.as_str()).collect();
            let error = Error::new(Kind::NotFound, format!("there is no sink `{name}`"));
            return Err(error.with_hint(format!("there are: {}; write others under `[sinks]` in queries.toml", names.join(", "))));
        }
    }
    let mut notes = Vec::new();
    if add.dialect != Dialect::Morgue {
        let typed = archive.question_in(&saved.query, saved.target(), add.dialect)?;
        (saved.query, notes) = (typed.canonical, typed.notes);
    }
    // A question that cannot be read is refused now rather than when it is needed.
    let answered = ask(&archive, &queries, &saved, &[])?;
    notes.extend(answered.question.notes.iter().cloned());
    let reading = &answered.question.reading;
    if !add.dry_run {
        queries.add(&saved, add.replace)?;
    }
    let kept = if add.dry_run { "would save" } else { "saved" };
    screen.note(&format!("{kept} `{}`: {reading} · {} now", saved.name, how_many(&saved, answered.found.len() as u64)));
    notes.iter().for_each(|note| screen.note(&format!("{} {note}", screen.strong("note:"))));
    // What finds nothing may be meant to, until something happens; or it never can.
    misspelt(&screen, &archive, &answered.question.query, answered.found.len() as u64)?;
    tell_notes(&screen, &queries);
    let kept = queries.get(&saved.name).unwrap_or(saved);
    if let Some(alert) = &kept.alert {
        tell_back_test(&screen, &archive, &answered.found, alert)?;
        if !add.dry_run {
            mark_seen(&archive, &queries, &kept)?;
            screen.note(&format!("watching from revision {}: what is there now is known", archive.note.revision));
        }
    }
    Ok(Outcome::Done)
}

fn saved(add: &Add) -> SavedQuery {
    let alert = Alert { on: add.on.unwrap_or_default(), schedule: add.schedule.clone(), to: add.alert.clone(), ..Alert::default() };
    SavedQuery {
        name: add.name.clone(),
        query: add.query.join(" "),
        what: if add.quotes { "quotes" } else { "articles" }.to_owned(),
        title: add.title.clone(),
        tags: add.tag.clone(),
        owner: add.owner.clone(),
        created: Some(jiff::ZonedDateTime::now().date().to_string()),
        params: add.param.clone(),
        alert: (!add.alert.is_empty()).then_some(alert),
        expect: None,
    }
}

fn tell_back_test(screen: &Screen, archive: &Archive, found: &[crate::alerts::Found], alert: &Alert) -> Result<()> {
    let tried = back_test(found, alert, newest(archive)?.as_deref(), jiff::Timestamp::now().as_second());
    let by = if tried.by_arrival { "arrival" } else { "publication" };
    let fired = match tried.days {
        0 => "would not have fired".to_owned(),
        n => format!("would have fired {} with {} news", count(n as u64, "time", "times"), tried.news),
    };
    let examples = if tried.examples.is_empty() { "" } else { "; some of them:" };
    screen.note(&format!("{fired} in the 30 days up to {} (by day of {by}){examples}", tried.until));
    for found in &tried.examples {
        screen.note(&format!("  {}  {}", safe(&found.item.label), screen.faint(safe(&found.id))));
    }
    Ok(())
}

//! `morgue saved edit`, `import` and `export`: the file of kept questions as a whole.

use super::editor::edited;
use super::render::{Screen, count, csv, safe};
use super::saved::{read, tell_notes};
use super::{Cli, Outcome};
use crate::error::{Context, Error, Kind, Result};
use crate::saved::{SavedQueries, SavedQuery, write_whole};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Import {
    /// A table in CSV whose head has some of name, query, what, title, tags; or a list of one query a line; or another `queries.toml`
    file: PathBuf,
    /// Replace those of the same name
    #[arg(long)]
    replace: bool,
    /// A tag for all of them
    #[arg(long)]
    tag: Vec<String>,
    /// They look for quotes where the list does not say
    #[arg(long)]
    quotes: bool,
}

#[derive(Debug, clap::Args)]
pub struct Export {
    /// A table instead of TOML
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// One JSON object a question
    #[arg(long)]
    json: bool,
}

/// Names of those that cannot be read, with the reason.
fn broken(queries: &SavedQueries) -> Vec<(String, Error)> {
    let read = |q: &SavedQuery| crate::alerts::read(queries, q, &[]).err().map(|e| (q.name.clone(), e));
    queries.list().iter().filter_map(read).collect()
}

pub fn edit(cli: &Cli, name: Option<&str>) -> Result<Outcome> {
    let path = cli.home()?.queries();
    let screen = cli.screen();
    let queries = SavedQueries::read(&path)?;
    if let Some(name) = name.filter(|name| queries.get(name).is_none()) {
        return Err(queries.unknown(name));
    }
    // A draft is edited, so that a watch that is running never reads half a file.
    let draft = path.with_extension("draft.toml");
    let text = edited(&draft, &queries.to_string(), &format!("edit `{}` by hand", path.display()))?;
    let queries = SavedQueries::parse(&path, &text).map_err(|e| e.with_hint(format!("what you wrote is kept in `{}`", draft.display())))?;
    write_whole(&path, text.as_bytes())?;
    let _ = std::fs::remove_file(&draft);
    tell_notes(&screen, &queries);
    let broken = broken(&queries);
    for (name, error) in &broken {
        screen.note(&format!("{} `{}`: {error}", screen.bad("broken:"), safe(name)));
    }
    Ok(if broken.is_empty() { Outcome::Done } else { Outcome::Nothing })
}

pub fn import(cli: &Cli, args: &Import) -> Result<Outcome> {
    let home = cli.home()?;
    let screen = cli.screen();
    let text = std::fs::read_to_string(&args.file).context(Kind::Io, || format!("cannot read `{}`", args.file.display()))?;
    let toml = args.file.extension().is_some_and(|e| e == "toml");
    let mut list = if toml {
        let theirs = SavedQueries::parse(&args.file, &text)?;
        for table in theirs.beside() {
            let note = format!("`[{table}]` is not taken in; copy what you need of it into `{}`", home.queries().display());
            screen.note(&format!("{} {note}", screen.strong("left out:")));
        }
        List { queries: theirs.list(), ..List::default() }
    } else {
        from_text(&screen, &args.file, &text, args.quotes)?
    };
    list.queries.iter_mut().for_each(|q| q.tags.extend(args.tag.iter().cloned()));
    let mut queries = SavedQueries::read(&home.queries())?;
    name_all(&mut list, &queries.list());
    let mut imported = queries.import(&list.queries, args.replace)?;
    imported.refused.append(&mut list.refused);
    for (name, why) in &imported.refused {
        screen.note(&format!("{} `{}`: {why}", screen.strong("left out:"), safe(name)));
    }
    // What cannot be read is taken in all the same: it is a person's work, and is mended in the file.
    let broken = broken(&queries);
    for (name, error) in broken.iter().filter(|(name, _)| imported.added.contains(name)) {
        screen.note(&format!("{} `{}`: {error}", screen.bad("broken:"), safe(name)));
    }
    let n_broken = broken.iter().filter(|(name, _)| imported.added.contains(name)).count();
    screen.note(&format!(
        "{} taken in, {} left out, {n_broken} broken",
        count(imported.added.len() as u64, "saved query", "saved queries"),
        imported.refused.len()
    ));
    Ok(if imported.refused.is_empty() && n_broken == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// Gives each query without a name the next one that is free, `q1`, `q2` …; what is kept already under any name is left out.
fn name_all(list: &mut List, kept: &[SavedQuery]) {
    let mut names: BTreeSet<String> = kept.iter().chain(&list.queries).map(|q| q.name.clone()).collect();
    let mut n = 0;
    for mut query in std::mem::take(&mut list.queries) {
        if query.name.is_empty() {
            let is_same = |other: &&SavedQuery| !other.name.is_empty() && (&other.query, &other.what) == (&query.query, &query.what);
            if let Some(same) = kept.iter().chain(&list.queries).find(is_same) {
                list.refused.push((query.query, format!("it is kept as `{}` already", same.name)));
                continue;
            }
            while query.name.is_empty() || names.contains(&query.name) {
                n += 1;
                query.name = format!("q{n}");
            }
            names.insert(query.name.clone());
        }
        list.queries.push(query);
    }
}

/// What a list of queries holds, and the rows of it that hold none.
#[derive(Default)]
struct List {
    queries: Vec<SavedQuery>,
    refused: Vec<(String, String)>,
}

/// Queries of a table, which has a head with the word `query`, or of a list with one a line, each as it stands.
fn from_text(screen: &Screen, path: &Path, text: &str, quotes: bool) -> Result<List> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    if first.split(',').any(|cell| cell.trim().trim_matches('"').eq_ignore_ascii_case("query")) {
        return from_csv(path, text, quotes);
    }
    let is_name = |cell: &str| !cell.is_empty() && cell.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if first.split_once(',').is_some_and(|(name, _)| is_name(name.trim())) {
        screen.note(&format!("{} read as one query a line; a table begins with a head: `name,query`", screen.strong("note:")));
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let what = if quotes { "quotes" } else { "articles" };
    let query = |line: &str| SavedQuery { query: bare(line), what: what.to_owned(), ..SavedQuery::default() };
    Ok(List { queries: lines.map(query).collect(), refused: Vec::new() })
}

/// A spreadsheet is kept from taking a query for a formula by a mark in front of it.
fn bare(cell: &str) -> String {
    cell.strip_prefix('\'').filter(|c| c.starts_with(['=', '+', '@', '-'])).unwrap_or(cell).to_owned()
}

/// Queries of a table with a head.
fn from_csv(path: &Path, text: &str, quotes: bool) -> Result<List> {
    let failed = || format!("cannot understand `{}`", path.display());
    let mut reader = ::csv::ReaderBuilder::new().has_headers(true).flexible(true).trim(::csv::Trim::All).from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().context(Kind::Input, failed)?.iter().map(str::to_lowercase).collect();
    let mut list = List::default();
    for row in reader.records() {
        let row = row.context(Kind::Input, failed)?;
        let cell = |name: &str| head.iter().position(|h| h == name).and_then(|at| row.get(at)).filter(|c| !c.is_empty()).map(bare);
        let name = cell("name").unwrap_or_default();
        let Some(query) = cell("query") else {
            let line = row.position().map_or(0, ::csv::Position::line);
            list.refused.push((name, format!("line {line} has no query")));
            continue;
        };
        let what = cell("what").unwrap_or_else(|| if quotes { "quotes" } else { "articles" }.to_owned());
        let tags = cell("tags").map(|t| t.split([' ', ';', ',']).filter(|t| !t.is_empty()).map(str::to_owned).collect());
        list.queries.push(SavedQuery {
            name,
            query,
            what: if what.starts_with('q') { "quotes" } else { "articles" }.to_owned(),
            title: cell("title"),
            tags: tags.unwrap_or_default(),
            ..SavedQuery::default()
        });
    }
    Ok(list)
}

pub fn export(cli: &Cli, args: &Export) -> Result<Outcome> {
    let screen = cli.screen();
    let queries = read(cli, &screen)?;
    if !args.csv && !args.json {
        screen.part(&queries.to_string())?;
        return Ok(Outcome::Done);
    }
    if args.csv {
        csv::row(&screen, ["name", "what", "query", "title", "tags"])?;
    }
    let list = queries.list();
    let more = list.iter().filter(|q| !q.params.is_empty() || q.alert.is_some() || q.expect.is_some() || q.owner.is_some()).count() as u64;
    if args.csv && more > 0 {
        let have = if more == 1 { "has" } else { "have" };
        let what = "parameters, an alert, an owner or expectations, which the table does not hold; without --csv, all is written";
        screen.note(&format!("{} {} {have} {what}", screen.strong("note:"), count(more, "saved query", "saved queries")));
    }
    for query in list {
        match args.json {
            true => screen.json(&query)?,
            false => {
                let title = query.title.as_deref().unwrap_or("");
                csv::row(&screen, [query.name.as_str(), &query.what, &query.query, title, &query.tags.join(" ")])?;
            }
        }
    }
    Ok(Outcome::Done)
}

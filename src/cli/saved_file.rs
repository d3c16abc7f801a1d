//! `morgue saved edit`, `import` and `export`: the file of kept questions as a whole.

use super::editor::edited;
use super::render::{count, csv, safe};
use super::saved::{read, tell_notes};
use super::{Cli, Outcome};
use crate::error::{Context, Error, Kind, Result};
use crate::saved::{SavedQueries, SavedQuery, write_whole};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Import {
    /// A list in CSV (columns name, query, what, title, tags; or one query a line), or another `queries.toml`
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
    let mut list = if toml { SavedQueries::parse(&args.file, &text)?.list() } else { from_csv(&args.file, &text, args.quotes)? };
    list.iter_mut().for_each(|q| q.tags.extend(args.tag.iter().cloned()));
    let mut queries = SavedQueries::read(&home.queries())?;
    let imported = queries.import(&list, args.replace)?;
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

/// Queries of a table with a head, or of a list without: `name,query` or `query` alone.
fn from_csv(path: &Path, text: &str, quotes: bool) -> Result<Vec<SavedQuery>> {
    let failed = || format!("cannot understand `{}`", path.display());
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(::csv::Trim::All).from_reader(text.as_bytes());
    let rows: Result<Vec<Vec<String>>> =
        reader.records().map(|r| r.map(|r| r.iter().map(str::to_owned).collect()).context(Kind::Input, failed)).collect();
    let mut rows = rows?;
    let mut head: Vec<String> = rows.first().map(|r| r.iter().map(|c| c.to_lowercase()).collect()).unwrap_or_default();
    if head.iter().any(|c| c == "query") {
        rows.remove(0);
    } else {
        head = if head.len() == 1 { vec!["query".into()] } else { ["name", "query", "what", "title", "tags"].map(str::to_owned).to_vec() };
    }
    let rows = rows.iter().enumerate().map(|(number, row)| {
        // A spreadsheet is kept from taking a query for a formula by a mark in front of it.
        let bare = |c: &String| c.strip_prefix('\'').filter(|c| c.starts_with(['=', '+', '@', '-'])).unwrap_or(c).to_owned();
        let cell = |name: &str| head.iter().position(|h| h == name).and_then(|at| row.get(at)).filter(|c| !c.is_empty()).map(bare);
        let what = cell("what").unwrap_or_else(|| if quotes { "quotes" } else { "articles" }.to_owned());
        let tags = cell("tags").map(|t| t.split([' ', ';', ',']).filter(|t| !t.is_empty()).map(str::to_owned).collect());
        SavedQuery {
            name: cell("name").unwrap_or_else(|| format!("q{}", number + 1)),
            query: cell("query").unwrap_or_default(),
            what: if what.starts_with('q') { "quotes" } else { "articles" }.to_owned(),
            title: cell("title"),
            tags: tags.unwrap_or_default(),
            ..SavedQuery::default()
        }
    });
    Ok(rows.filter(|q| !q.query.is_empty()).collect())
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
    for query in queries.list() {
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

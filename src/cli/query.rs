//! `morgue query`: how a query is read, what is wrong with it, and what it is in our language.

use super::question::dialect;
use super::{Cli, Outcome};
use crate::archive::{self, Archive, Meaning};
use crate::error::{Error, Kind, Result};
use crate::query::{self, Dialect, Target};
use crate::saved::SavedQueries;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Say how a query is read
    Explain(Text),
    /// Say what is suspicious about a query, or about all of a file; exit 1 if anything is
    Check {
        #[command(flatten)]
        text: Text,
        /// Look at every query of FILE (as `queries.toml`)
        #[arg(short = 'f', long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Write a query of another language in ours, with what is lost
    Translate {
        #[command(flatten)]
        text: Text,
    },
}

#[derive(Debug, clap::Args)]
struct Text {
    /// The query
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// The language it is typed in: morgue, nexis, factiva, proquest, lucene, google, dtsearch
    #[arg(long, visible_alias = "from", value_name = "LANGUAGE", value_parser = dialect, default_value = "morgue")]
    dialect: Dialect,
    /// It asks for quotes
    #[arg(long)]
    quotes: bool,
    /// As one JSON object
    #[arg(long)]
    json: bool,
}

impl Text {
    fn target(&self) -> Target {
        if self.quotes { Target::Quotes } else { Target::Articles }
    }
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    // Reading needs no archive; words are looked up in one that is there.
    let archive = cli.open().ok();
    match &args.what {
        What::Explain(text) | What::Translate { text } => explain(cli, archive.as_ref(), text),
        What::Check { text, file } => check(cli, archive.as_ref(), text, file.as_deref()),
    }
}

fn explain(cli: &Cli, archive: Option<&Archive>, text: &Text) -> Result<Outcome> {
    let screen = cli.screen();
    let (meaning, _) = meaning(archive, &text.words.join(" "), text.target(), text.dialect)?;
    if text.json {
        screen.json(&meaning)?;
        return Ok(Outcome::Done);
    }
    screen.line(&meaning.canonical)?;
    screen.flush()?;
    screen.note(&format!("{} {}", screen.strong("read as:"), meaning.reading));
    for (word, lines) in [("note:", &meaning.notes), ("lost:", &meaning.losses)] {
        lines.iter().for_each(|line| screen.note(&format!("{} {line}", screen.strong(word))));
    }
    Ok(Outcome::Done)
}

fn meaning(archive: Option<&Archive>, text: &str, target: Target, dialect: Dialect) -> Result<(Meaning, query::Query)> {
    let saved = archive.map(|a| SavedQueries::read(&a.home.queries())).transpose()?;
    archive::meaning(text, target, dialect, saved.as_ref())
}

fn check(cli: &Cli, archive: Option<&Archive>, text: &Text, file: Option<&std::path::Path>) -> Result<Outcome> {
    let screen = cli.screen();
    let mut queries: Vec<(String, String, Target)> = Vec::new();
    if !text.words.is_empty() {
        queries.push((String::new(), text.words.join(" "), text.target()));
    }
    let mut wrong = Vec::new();
    if let Some(file) = file {
        if !file.exists() {
            return Err(Error::new(Kind::NotFound, format!("there is no file `{}`", file.display())));
        }
        let saved = SavedQueries::read(file)?;
        wrong = saved.notes();
        queries.extend(saved.list().into_iter().map(|q| (format!("{}: ", q.name), q.query.clone(), q.target())));
    }
    if queries.is_empty() && wrong.is_empty() {
        return Err(Error::new(Kind::Usage, "there is no query to check").with_hint("give one, or a file of them with `-f queries.toml`"));
    }
    let mut clean = wrong.is_empty();
    for note in wrong {
        screen.line(format!("{} {}", note.place, note.message))?;
    }
    for (name, query, target) in &queries {
        let lines = match meaning(archive, query, *target, text.dialect) {
            Err(error) => vec![error.to_string()],
            Ok((meaning, read)) => {
                let mut lines = meaning.notes;
                lines.extend(meaning.losses);
                lines.extend(query::lint(&read));
                if let Some(archive) = archive {
                    lines.extend(archive.misspelt(&read)?.iter().map(ToString::to_string));
                }
                lines
            }
        };
        clean &= lines.is_empty();
        for line in lines {
            screen.line(format!("{name}{line}"))?;
        }
    }
    screen.flush()?;
    if clean {
        screen.note(&format!("{} in order", super::render::count(queries.len() as u64, "query is", "queries are")));
    }
    Ok(Outcome::found(clean))
}

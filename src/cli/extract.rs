//! `morgue extract`: the record of each article, without an archive.

use super::render::{Screen, safe};
use super::{Cli, Outcome};
use crate::article::{Article, Clipping};
use crate::error::{Context, Kind, Result};
use crate::extract::Extractor;
use crate::ingest::{self, Input, Problem, ProblemKind, Receiver};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and directories; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One object a line, or one indented array
    #[arg(long, value_enum, default_value_t = Form::Jsonl)]
    format: Form,
    /// Read everything as this format instead of telling by the contents
    #[arg(long, value_name = "NAME")]
    input: Option<String>,
    /// Where records of unusual shape keep their fields (TOML or JSON), and `day_first = true` for dates such as 05/03/2024
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    Jsonl,
    Json,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let screen = cli.screen();
    let options = ingest::Options {
        format: args.input.as_deref().map(super::index::format).transpose()?,
        map: args.map.as_deref().map(super::index::map).transpose()?,
        ..ingest::Options::default()
    };
    let (piped, files): (Vec<PathBuf>, Vec<PathBuf>) = args.files.iter().cloned().partition(|file| file.as_os_str() == "-");
    ingest::must_be(&files)?;
    let mut printer = Printer { screen: &screen, form: args.format, extractor: Extractor::built_in(), n_articles: 0, n_failed: 0 };
    if !piped.is_empty() {
        ingest::read_input(Input::new("-", None, 0, std::io::stdin().lock())?, 0, &options, &mut printer)?;
    }
    for found in ingest::walk(&files) {
        match found {
            Ok(found) => ingest::read(&found.path, &found.shown, &options, &mut printer)?,
            Err(problem) => printer.problem(problem),
        }
    }
    let (n_articles, n_failed) = (printer.n_articles, printer.n_failed);
    if args.format == Form::Json {
        screen.line(if n_articles == 0 { "[]" } else { "\n]" })?;
    }
    screen.flush()?;
    Ok(match (n_articles, n_failed) {
        (0, _) => Outcome::Nothing,
        (_, 0) => Outcome::Done,
        _ => Outcome::SomeFailed,
    })
}

struct Printer<'a> {
    screen: &'a Screen,
    form: Form,
    extractor: Extractor,
    n_articles: u64,
    n_failed: u64,
}

impl Receiver for Printer<'_> {
    fn article(&mut self, article: Article) -> Result<()> {
        let clipping: Clipping = self.extractor.clip(article);
        self.n_articles += 1;
        if self.form == Form::Jsonl {
            return self.screen.json(&clipping);
        }
        let before = if self.n_articles == 1 { "[\n" } else { ",\n" };
        let text = serde_json::to_string_pretty(&clipping).context(Kind::Io, || "cannot write JSON".to_owned())?;
        self.screen.part(&format!("{before}{text}"))
    }

    fn problem(&mut self, problem: Problem) {
        self.n_failed += u64::from(problem.kind == ProblemKind::Failed);
        self.screen.note(&format!("{}: {}", safe(&problem.path), safe(&problem.message)));
    }
}

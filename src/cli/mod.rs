//! The command line: one file for each command, each parsing its words, calling the archive and rendering.

mod backup;
mod beside;
mod compare;
mod completions;
mod editor;
mod export;
mod extract;
mod facets;
mod fields;
mod hyphens;
mod index;
mod kwic;
mod names;
mod note;
mod query;
mod question;
mod reindex;
pub mod render;
mod saved;
mod saved_add;
mod saved_alert;
mod saved_diff;
mod saved_file;
mod saved_run;
mod search;
mod serve;
mod show;
mod significant;
mod similar;
mod status;
mod tag;
mod timeline;
mod verify;
mod watch;
mod who;
mod why;

use crate::archive::{Archive, Home};
use crate::error::{Context, Error, Kind, Result};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand, ValueEnum};
use render::Screen;
use std::path::PathBuf;

/// Search for news archives: who said what, where and when, over your own files.
#[derive(Debug, Parser)]
#[command(name = "morgue", version, about, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    /// Work on the archive in DIR (or in $MORGUE_ARCHIVE) instead of the one in this directory or above it
    #[arg(short = 'C', long = "archive", value_name = "DIR", global = true)]
    archive: Option<PathBuf>,
    /// When to colour
    #[arg(long, value_enum, default_value_t = When::Auto, value_name = "WHEN", global = true)]
    color: When,
    /// Plain text: no colour, no drawing, labels spelled out
    #[arg(long, global = true)]
    plain: bool,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Start:
  morgue index ~/clippings             make an archive of a directory
  morgue search 'flood OR inundat*'    articles
  morgue quotes barrier --speaker Ann  what a person said about a thing
  morgue quotes 'what did Ann say about the barrier?'

The query language: morgue fields, and README.md.
Exit: 0 found or done, 1 nothing found, 2 error (also an id or name that is not there), 3 indexed but some files failed.";

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make or update an archive from files and directories
    Index(index::Args),
    /// Find articles
    #[command(visible_alias = "s")]
    Search(search::Args),
    /// Find quotes: who said what
    #[command(visible_alias = "said")]
    Quotes(search::Args),
    /// Count articles (or quotes) by person, place, source, year …
    Facets(facets::Args),
    /// Count articles (or quotes) over time
    Timeline(timeline::Args),
    /// Line up every match with what stands around it
    Kwic(kwic::Args),
    /// Put two questions, or two speakers, side by side
    Compare(compare::Args),
    /// Show one person across the archive: roles, quotes by and about, places, sources
    Who(who::Args),
    /// Say which names are one, which are two, and which are none
    Names(names::Args),
    /// Tag articles, or mark them as seen
    Tag(tag::Args),
    /// Write a note on an article, or read it
    Note(note::Args),
    /// Print one article, with its quotes and particulars
    Show(show::Args),
    /// Find copies of an article, and what else was written on the matter
    Similar(similar::Args),
    /// Write everything a question finds as references, tables, graphs or clippings
    Export(export::Args),
    /// Print what is extracted from files, without an archive
    Extract(extract::Args),
    /// Say what is in the archive, and what could not be read
    Status(status::Args),
    /// Check the archive against its checksums
    Verify(verify::Args),
    /// Copy the archive as it stands, while others use it
    Backup(backup::Args),
    /// Rebuild the index from the stored articles, with what this version extracts
    Reindex(reindex::Args),
    /// Keep questions by name and run them again
    Saved(saved::Args),
    /// Index files as they change, and tell who wants to know, until it is stopped
    Watch(watch::Args),
    /// Say how a query is read, check it, or translate one from another language
    Query(query::Args),
    /// List the fields that queries and facets know
    Fields(fields::Args),
    /// Serve a page to search on and an API, on this machine
    Serve(serve::Args),
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something was found, or the work is done.
    Done,
    /// Nothing was found.
    Nothing,
    /// The work is done, but some files failed.
    SomeFailed,
    /// It was interrupted: what was done until then is kept.
    Stopped,
}

impl Outcome {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Nothing => 1,
            Outcome::SomeFailed => 3,
            Outcome::Stopped => 130,
        }
    }

    fn found(any: bool) -> Outcome {
        if any { Outcome::Done } else { Outcome::Nothing }
    }
}

/// Says what is wrong with the arguments, or prints the help they ask for, and exits.
fn refuse(error: &clap::Error) -> ! {
    let invalid = error.get(ContextKind::InvalidArg);
    let wants_file = matches!(invalid, Some(ContextValue::String(arg)) if matches!(arg.as_str(), "-o" | "--output" | "--out"));
    if error.kind() == ErrorKind::UnknownArgument && wants_file {
        // What clap makes of it, `--about` or a value, leads astray.
        anstream::eprintln!("error: there is no file to name: results go to standard output\nhint: write `> FILE` behind the command");
        std::process::exit(2)
    }
    if error.kind() != ErrorKind::InvalidSubcommand {
        error.exit()
    }
    let _ = error.print();
    // Whoever asks before they know the commands.
    anstream::eprintln!("hint: `morgue search WORDS` looks for words, `morgue quotes 'what did X say about Y'` for what somebody said");
    std::process::exit(2)
}

impl Cli {
    /// Reads the program's arguments; prints help and exits where they ask for it or are wrong.
    pub fn from_args() -> Cli {
        let args: Result<Vec<String>, _> = std::env::args_os().map(std::ffi::OsString::into_string).collect();
        let mut cli = match args {
            Ok(args) => Cli::try_parse_from(hyphens::spelled_out(args.into_iter())).unwrap_or_else(|error| refuse(&error)),
            // Names of files need not be text; queries are.
            Err(_) => Cli::parse(),
        };
        if cli.archive.is_none() {
            cli.archive = std::env::var_os("MORGUE_ARCHIVE").filter(|dir| !dir.is_empty()).map(PathBuf::from);
        }
        cli
    }

    /// What to print on.
    fn screen(&self) -> Screen {
        let choice = match self.color {
            _ if self.plain => anstream::ColorChoice::Never,
            When::Auto => anstream::ColorChoice::Auto,
            When::Always => anstream::ColorChoice::Always,
            When::Never => anstream::ColorChoice::Never,
        };
        Screen::new(choice, self.plain)
    }

    /// The archive to work on.
    fn home(&self) -> Result<Home> {
        match &self.archive {
            Some(dir) => Home::at(dir),
            None => Home::above(&here()?),
        }
    }

    /// The archive to work on, made if there is none.
    fn home_or_new(&self) -> Result<Home> {
        match &self.archive {
            Some(dir) => Home::make(dir),
            None => Home::above(&here()?).or_else(|_| Home::make(&here()?)),
        }
    }

    fn open(&self) -> Result<Archive> {
        let archive = Archive::open(self.home()?)?;
        match archive.stale() {
            Ok(files) => files.iter().for_each(|file| {
                self.screen()
                    .note(&format!("note: `{file}` has changed since the archive was annotated; `morgue names apply` takes it over"))
            }),
            // Searching goes on by what was applied last.
            Err(e) => self.screen().note(&format!("note: {e}")),
        }
        Ok(archive)
    }
}

fn here() -> Result<PathBuf> {
    std::env::current_dir().context(Kind::Io, || "cannot tell the working directory".to_owned())
}

/// Runs the command.
///
/// # Errors
///
/// Whatever kept the command from doing its work.
pub fn run(cli: &Cli) -> Result<Outcome> {
    match &cli.command {
        Command::Index(args) => index::run(cli, args),
        Command::Search(args) => search::run(cli, args, crate::query::Target::Articles),
        Command::Quotes(args) => search::run(cli, args, crate::query::Target::Quotes),
        Command::Facets(args) => facets::run(cli, args),
        Command::Timeline(args) => timeline::run(cli, args),
        Command::Kwic(args) => kwic::run(cli, args),
        Command::Compare(args) => compare::run(cli, args),
        Command::Who(args) => who::run(cli, args),
        Command::Names(args) => names::run(cli, args),
        Command::Tag(args) => tag::run(cli, args),
        Command::Note(args) => note::run(cli, args),
        Command::Show(args) => show::run(cli, args),
        Command::Similar(args) => similar::run(cli, args),
        Command::Export(args) => export::run(cli, args),
        Command::Extract(args) => extract::run(cli, args),
        Command::Status(args) => status::run(cli, args),
        Command::Verify(args) => verify::run(cli, args),
        Command::Backup(args) => backup::run(cli, args),
        Command::Reindex(args) => reindex::run(cli, args),
        Command::Saved(args) => saved::run(cli, args),
        Command::Watch(args) => watch::run(cli, args),
        Command::Query(args) => query::run(cli, args),
        Command::Fields(args) => fields::run(cli, args),
        Command::Serve(args) => serve::run(cli, args),
        Command::Completions(args) => completions::run(cli, args),
        Command::Man => completions::man(cli),
    }
}

/// Tells a person what went wrong, and what may help.
pub fn complain(cli: &Cli, error: &Error) {
    let screen = cli.screen();
    screen.note(&format!("{} {error}", screen.bad("error:")));
    if let Some(hint) = error.hint() {
        screen.note(&format!("{} {hint}", screen.strong("hint:")));
    }
}

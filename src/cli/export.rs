//! `morgue export`: everything a query finds, in a form that other programs and people take.

use super::question::{self, Patience, QueryArgs};
use super::render::{count, hits_of};
use super::{Cli, Outcome};
use crate::archive::{About, EXPORTS, Export};
use crate::error::Result;
use crate::query::{Search, Sort, Target};

#[derive(Debug, clap::Args)]
#[command(after_help = help())]
pub struct Args {
    #[command(flatten)]
    question: QueryArgs,
    /// The form to write
    #[arg(long, value_name = "FORM", value_parser = form)]
    to: &'static Export,
    /// Export quotes instead of articles
    #[arg(long)]
    quotes: bool,
    /// Order: date (newest first), -date, relevance, added, length
    #[arg(long, value_name = "ORDER", default_value = "-date", allow_hyphen_values = true)]
    sort: String,
    /// Write articles that tell one story (and quotes that repeat each other) once, or each
    #[arg(long, value_enum, value_name = "HOW", default_value_t = question::Collapse::None)]
    collapse: question::Collapse,
    /// How many: a number, or `all`
    #[arg(short = 'n', long = "limit", value_name = "N", value_parser = question::limit, default_value = "all")]
    limit: std::option::Option<usize>,
    #[command(flatten)]
    patience: Patience,
}

fn help() -> String {
    let forms: Vec<String> = EXPORTS.iter().map(|e| format!("  {:<10} {}", e.name, e.help)).collect();
    format!(
        "Forms:\n{}\n\nEverything that is found is written, oldest first, as it is read: memory does not grow with the texts.\n\n\
         Examples:\n  morgue export 'flood since:2024' --to ris > flood.ris\n  \
         morgue export --speaker Okafor --quotes --to html > okafor.html\n  \
         morgue export '*' --to graphml > who-speaks-about-whom.graphml",
        forms.join("\n")
    )
}

fn form(text: &str) -> Result<&'static Export, String> {
    let short = [("md", "markdown"), ("json", "jsonl"), ("ndjson", "jsonl"), ("bib", "bibtex"), ("txt", "clip"), ("text", "clip")];
    let name = short.iter().find(|(s, _)| *s == text).map_or(text, |(_, name)| name);
    let names: Vec<&str> = EXPORTS.iter().map(|e| e.name).collect();
    EXPORTS.iter().find(|e| e.name.eq_ignore_ascii_case(name)).ok_or_else(|| format!("one of {}", names.join(", ")))
}

/// The reading without the asterisks around its words, where no asterisk was asked for.
fn unmarked(reading: String, canonical: &str) -> String {
    if canonical.contains('*') { reading } else { reading.replace('*', "") }
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = args.patience.open(cli)?;
    let screen = cli.screen();
    let target = if args.quotes { Target::Quotes } else { Target::Articles };
    let question = args.question.ask(&archive, target)?;
    super::search::explain(&screen, &question, false);
    let about = About {
        reading: unmarked(question.reading, &question.canonical),
        canonical: question.canonical,
        day: jiff::ZonedDateTime::now().date().to_string(),
        revision: archive.note.revision,
        quotes: args.quotes,
    };
    let collapse = args.collapse == question::Collapse::Story;
    let search = Search { target, sort: Sort::named(&args.sort)?, limit: args.limit, collapse, ..Search::articles(question.query) };
    let results = archive.export(&search, args.to, &about, &mut |text| screen.part(text))?;
    screen.flush()?;
    let written = args.limit.map_or(results.stories, |n| results.stories.min(n as u64));
    let what = hits_of(written, target);
    let left = results.stories - written;
    let copies = results.total - results.stories;
    let mut note = format!("{what} written");
    if left > 0 {
        note += &format!(", {} left out by -n", super::render::number(left));
    }
    if copies > 0 {
        note += &format!(", {} folded (--collapse none writes each)", count(copies, "copy", "copies"));
    }
    screen.note(&note);
    super::beside::say_undated(&screen, &archive, &search.query, target)?;
    super::search::misspelt(&screen, &archive, &search.query, results.total)?;
    Ok(Outcome::found(results.total > 0))
}

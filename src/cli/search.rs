//! `morgue search` and `morgue quotes`.

use super::question::{self, Patience, QueryArgs};
use super::render::template::Template;
use super::render::{Screen, count, csv, facets, hits, hits_of};
use super::{Cli, Outcome, beside};
use crate::archive::{self, Answer, Answered, Archive, Blamed, Question, asks_for_copies};
use crate::error::Result;
use crate::field;
use crate::query::{self, FacetRequest, Hit, Query, Search, Sort, Target};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Facets counted beside the hits of a search for articles.
const BESIDE_ARTICLES: [&str; 5] = ["speaker", "person", "place", "org", "source"];
/// Facets counted beside quotes.
const BESIDE_QUOTES: [&str; 5] = ["speaker", "about", "place", "source", "qtype"];

/// Days after which `--recent` halves its extra, where it is given none.
pub const RECENT: &str = "365";

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    question: QueryArgs,
    /// How many hits to print: a number, or `all`
    #[arg(short = 'n', long = "limit", visible_alias = "number", value_name = "N", value_parser = question::limit, default_value = "10")]
    limit: std::option::Option<usize>,
    /// Leave out the first N hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Order: relevance, date (newest first), -date, added, length; of quotes asked for by speaker, role or cue, relevance
    /// counts by the confidence of the attribution; where no words are asked for it is the date
    #[arg(long, value_name = "ORDER", default_value = "relevance", allow_hyphen_values = true)]
    sort: String,
    /// Rank by any of the words instead of requiring all of them
    #[arg(long)]
    any: bool,
    /// Show articles that tell one story (and quotes that repeat each other) once, or each: `story` is the rule where people
    /// read, `none` with --json, --csv, -l and -c, and where the query asks for copies (cluster:, dup:, echo:)
    #[arg(long, value_enum, value_name = "HOW")]
    collapse: Option<question::Collapse>,
    /// One JSON object a hit; how the query was read, and the counts, as one object on standard error
    #[arg(long, group = "form")]
    json: bool,
    /// A table as CSV
    #[arg(long, group = "form")]
    csv: bool,
    /// Only the files, one a line
    #[arg(short = 'l', long = "files", group = "form")]
    files: bool,
    /// Only how many there are; with --collapse story, how many stories
    #[arg(short = 'c', long = "count", group = "form")]
    count: bool,
    /// Print nothing: the exit code says whether there is a hit
    #[arg(short = 'q', long = "quiet", group = "form")]
    quiet: bool,
    /// Each hit as a line of your own: '{date} {title}'; names are the columns of --csv, and date, score, snippet
    #[arg(short = 'T', long, value_name = "TEMPLATE", group = "form")]
    template: Option<String>,
    /// With -l or -T: end lines with a zero byte, for `xargs -0`
    #[arg(short = '0', long = "null")]
    null: bool,
    /// Leave out the facets under the hits
    #[arg(long)]
    no_facets: bool,
    /// Say how the query was read, and of each hit which clause matched where and what that counts
    #[arg(long)]
    explain: bool,
    /// Newer articles count more; DAYS after which the extra is halved
    #[arg(long, value_name = "DAYS", num_args = 0..=1, default_missing_value = RECENT)]
    recent: Option<u32>,
    /// With --any: rank by the words of the question alone, not also by words the best hits share
    #[arg(long)]
    no_feedback: bool,
    #[command(flatten)]
    patience: Patience,
}

impl Args {
    /// Whether hits are printed as people read them.
    fn is_for_people(&self) -> bool {
        !(self.json || self.csv || self.files || self.count || self.quiet || self.template.is_some())
    }

    /// What the engine is asked.
    fn search(&self, query: &Query, target: Target) -> Result<Search> {
        let mut search = Search { target, ..Search::articles(query.clone()) };
        search.sort = Sort::named(&self.sort)?;
        search.offset = self.offset;
        search.any = self.any;
        search.feedback = !self.no_feedback;
        search.recent = self.recent;
        search.collapse = match self.collapse {
            Some(how) => how == question::Collapse::Story,
            None => self.is_for_people() && !asks_for_copies(query),
        };
        search.mark = !(self.files || self.csv);
        search.limit = if self.count || self.quiet { Some(0) } else { self.limit };
        if self.is_for_people() && !self.no_facets {
            search.timeline = Some(crate::query::Bucket::Month);
            let names = if target == Target::Articles { BESIDE_ARTICLES } else { BESIDE_QUOTES };
            search.facets = names
                .iter()
                .filter_map(|n| field::by_name(n))
                .map(|field| FacetRequest { field, limit: Some(facets::to_count(field)), by: None })
                .collect();
        }
        Ok(search)
    }
}

pub fn run(cli: &Cli, args: &Args, target: Target) -> Result<Outcome> {
    let started = Instant::now();
    let archive = args.patience.open(cli)?;
    let screen = cli.screen();
    let question = if args.any { args.question.ask_any(&archive, target)? } else { args.question.ask(&archive, target)? };
    if !args.json {
        explain(&screen, &question, args.explain);
    }
    let people = args.is_for_people();
    let search = args.search(&question.query, target)?;
    let template = args.template.as_deref().map(|text| Template::read(text, target)).transpose()?;
    let mut printer = Printer { screen: &screen, archive: &archive, args, search: &search, template, files: HashSet::new(), n_printed: 0 };
    if args.csv {
        if target == Target::Articles { csv::row(&screen, archive::ARTICLES)? } else { csv::row(&screen, archive::QUOTES)? }
    }
    let answered = archive.answer_each(&search, &mut |answer, hit| printer.print(&answer, hit))?;
    let n_printed = printer.n_printed;
    if !args.quiet && !args.json {
        screen.flush()?;
        beside::say_undated(&screen, &archive, &question.query, target)?;
    }
    if args.count {
        screen.line(answered.results.stories)?;
        screen.flush()?;
        misspelt(&screen, &archive, &question.query, answered.results.total)?;
    } else if !args.quiet {
        if people {
            facets::lines(&screen, &answered.results.facets)?;
            facets::months(&screen, &answered.results.timeline)?;
        }
        screen.flush()?;
        if answered.results.total == 0 && !args.json {
            misspelt(&screen, &archive, &question.query, 0)?;
            if !answered.partial {
                instead(&screen, &archive, &question.query, target)?;
            } else if n_printed == 0 && search.limit != Some(0) {
                screen.note(
                    "nothing has all of these words; partial matches are printed as text and with --json alone, where they are marked",
                );
            }
        }
        let shown = (search.offset, n_printed);
        screen.note(&match args.json {
            true => told(&archive, &question, &answered, shown, started)?.to_string(),
            false => summary(&archive, &answered, target, shown, started),
        });
    }
    Ok(Outcome::found(answered.results.total > 0))
}

/// Of a query with no hits (`total` is 0), says which clauses exclude each other, which words and values nobody has, and what may
/// have been meant.
pub fn misspelt(screen: &Screen, archive: &Archive, query: &Query, total: u64) -> Result<()> {
    if total > 0 {
        return Ok(());
    }
    for never in query::contradictions(query) {
        screen.note(&format!("{} {never}", screen.strong("note:")));
    }
    for word in archive.misspelt(query)? {
        screen.note(&format!("{} {word}", screen.strong("note:")));
    }
    Ok(())
}

/// Of a query with no hits, says what there is without one of its clauses, and around quotes.
fn instead(screen: &Screen, archive: &Archive, query: &Query, target: Target) -> Result<()> {
    let hint = screen.strong("hint:");
    for Blamed { clause, without, others, .. } in archive.blamed(query, target)?.iter().filter(|b| b.without > 0) {
        let is = if *without == 1 { "is" } else { "are" };
        let hits = hits_of(*without, target);
        screen.note(&format!("{hint} without `{clause}` there {is} {hits}: `{others}`"));
    }
    if target == Target::Quotes
        && let Some(around) = archive.around(query)?
    {
        screen.note(&format!("{hint} {around}"));
    }
    if let Some(worded) = archive.in_words(query, target)? {
        screen.note(&format!("{hint} {worded}"));
    }
    Ok(())
}

/// Says what there is to note on how the query was read, and with `all` the reading itself.
pub fn explain(screen: &Screen, question: &Question, all: bool) {
    for note in &question.notes {
        screen.note(&format!("{} {note}", screen.strong("note:")));
    }
    if let Some(elsewhere) = &question.elsewhere {
        screen.note(&format!("{} as a query of Nexis (`--dialect nexis`) it is read as: {elsewhere}", screen.strong("hint:")));
    }
    if all {
        screen.note(&format!("{} {}", screen.strong("read as:"), question.reading));
        screen.note(&format!("{} {}", screen.strong("canonical:"), question.canonical));
    }
}

/// A hit in JSON as everywhere else, its score with no more digits, and what is told beside it.
#[derive(serde::Serialize)]
pub struct Beside<'a> {
    #[serde(flatten)]
    pub answer: &'a Answer,
    #[serde(flatten)]
    pub more: serde_json::Value,
}

/// Prints hits as they come.
struct Printer<'a> {
    screen: &'a Screen,
    archive: &'a Archive,
    args: &'a Args,
    search: &'a Search,
    template: Option<Template>,
    files: HashSet<PathBuf>,
    n_printed: usize,
}

impl Printer<'_> {
    fn print(&mut self, answer: &Answer, hit: &Hit) -> Result<()> {
        let (screen, args) = (self.screen, self.args);
        // Nothing can mark them there.
        if answer.is_partial() && (args.csv || args.files || args.template.is_some()) {
            return Ok(());
        }
        self.n_printed += 1;
        if args.csv {
            return csv::row(screen, archive::cells(answer));
        }
        if args.files {
            // Hits of one file may stand far apart, as quotes of one article do.
            let file = from_here(self.archive, answer.path());
            if !self.files.contains(&file) {
                self.end(file.as_os_str())?;
                self.files.insert(file);
            }
            return Ok(());
        }
        if let Some(template) = &self.template {
            return self.end(template.line(answer).as_ref());
        }
        let why = if args.explain {
            self.archive.why(&Search { any: self.search.any || answer.is_partial(), ..self.search.clone() }, hit)?
        } else {
            Vec::new()
        };
        if args.json && !args.explain {
            return screen.json(answer);
        }
        if args.json {
            return screen.json(&Beside { answer, more: serde_json::json!({ "why": why }) });
        }
        if self.n_printed == 1 && answer.is_partial() {
            screen.note(&screen.bad("Nothing has all of these words. The best partial matches:"));
        }
        hits::explained(screen, answer, &why, self.search.by_surety())
    }

    /// Writes a line. A name of a file that is no text is written byte by byte, as whoever opens it needs it.
    fn end(&self, line: &OsStr) -> Result<()> {
        match line.to_str() {
            Some(text) if !self.args.null => self.screen.line(text),
            _ => self.screen.raw(&[line.as_encoded_bytes(), if self.args.null { b"\0" } else { b"\n" }].concat()),
        }
    }
}

/// The file that an article came from, as it can be opened from the working directory: of `box.mbox#3` and `old.zip!/a.txt` the
/// mailbox and the archive.
fn from_here(archive: &Archive, shown: &str) -> PathBuf {
    let holding = |shown: &str| Some(archive.home.file(shown)).filter(|file| file.exists());
    let held = || shown.match_indices("!/").map(|(at, _)| &shown[..at]).chain(shown.rfind('#').map(|at| &shown[..at]));
    let file = holding(shown).or_else(|| held().find_map(holding)).unwrap_or_else(|| archive.home.file(shown));
    let here = std::env::current_dir().unwrap_or_default();
    file.strip_prefix(&here).map(Path::to_owned).unwrap_or(file)
}

/// What stands beside hits in JSON: how the query was read, and the counts.
fn told(
    archive: &Archive,
    question: &Question,
    answered: &Answered,
    (offset, shown): (usize, usize),
    started: Instant,
) -> Result<serde_json::Value> {
    let results = &answered.results;
    Ok(serde_json::json!({
        "revision": archive.note.revision,
        "query": { "canonical": question.canonical, "reading": question.reading, "notes": question.notes },
        "total": results.total,
        "articles": results.articles,
        "stories": results.stories,
        "left_out_undated": archive.left_out_undated(&question.query, question.target)?,
        "offset": offset,
        "shown": shown,
        "partial": answered.partial,
        "took_ms": started.elapsed().as_millis() as u64,
    }))
}

fn summary(archive: &Archive, answered: &Answered, target: Target, (offset, shown): (usize, usize), started: Instant) -> String {
    let results = &answered.results;
    let mut parts = vec![match target {
        Target::Articles if results.stories < results.total => {
            format!("{} tell {}", count(results.total, "article", "articles"), count(results.stories, "story", "stories"))
        }
        Target::Articles => count(results.total, "article", "articles"),
        Target::Quotes => {
            let articles = count(results.articles, "article", "articles");
            let different = if results.stories < results.total {
                format!(" ({} different)", super::render::number(results.stories))
            } else {
                String::new()
            };
            format!("{}{different} in {articles}", count(results.total, "quote", "quotes"))
        }
    }];
    if (shown as u64) < results.stories || answered.partial {
        let from = if offset > 0 { format!(" from {}", offset + 1) } else { String::new() };
        parts.push(format!("{shown} shown{from}"));
    }
    if results.undated > 0 {
        parts.push(format!("{} without a date", super::render::number(results.undated)));
    }
    parts.push(format!("revision {}", archive.note.revision));
    parts.push(format!("{} ms", started.elapsed().as_millis()));
    parts.join(" · ")
}

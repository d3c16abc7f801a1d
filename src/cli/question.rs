//! The words and flags that ask a question, the same for every command that searches.

use super::Cli;
use crate::archive::{Archive, Question};
use crate::error::Result;
use crate::query::{Dialect, Target};
use std::time::{Duration, Instant};

/// A query, and flags that mirror its fields.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct QueryArgs {
    /// What to look for; words must all occur. See `morgue fields`
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    /// The language it is typed in: morgue, nexis, factiva, proquest, lucene, google, dtsearch
    #[arg(long, value_name = "LANGUAGE", value_parser = dialect, default_value = "morgue")]
    dialect: Dialect,
    /// Match words as they stand, without their inflections
    #[arg(long)]
    no_stem: bool,
    #[command(flatten)]
    pub filters: Filters,
}

/// Flags that mirror fields.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Filters {
    /// A person named in the article
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    person: Vec<String>,
    /// A place named in the article, with all places inside it
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    place: Vec<String>,
    /// An organization named in the article
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    org: Vec<String>,
    /// Who speaks in a quote
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    speaker: Vec<String>,
    /// Who is named inside a quote
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    about: Vec<String>,
    /// Publication
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    source: Vec<String>,
    /// Author
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    byline: Vec<String>,
    /// Section or desk
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    section: Vec<String>,
    /// Published on this day, month or year, or later
    #[arg(long, value_name = "DATE", help_heading = "Fields")]
    since: Option<String>,
    /// Published on this day, month or year, or earlier
    #[arg(long, value_name = "DATE", help_heading = "Fields")]
    until: Option<String>,
    /// Language, by its code or its name in English
    #[arg(long, value_name = "CODE", help_heading = "Fields")]
    lang: Vec<String>,
}

/// How long whoever asks will wait.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Patience {
    /// Give up after this time: 500ms, 5s, 2m
    #[arg(long, value_name = "TIME", value_parser = duration)]
    timeout: Option<Duration>,
}

impl Patience {
    /// The archive, of which all that is asked ends in time.
    pub fn open(self, cli: &Cli) -> Result<Archive> {
        let deadline = self.timeout.and_then(|time| Instant::now().checked_add(time));
        Ok(cli.open()?.until(deadline))
    }
}

impl Filters {
    /// The query `typed`, narrowed by the flags: one text in the query language.
    pub fn narrowed(&self, typed: &str) -> String {
        let fields = [
            ("person", &self.person),
            ("place", &self.place),
            ("org", &self.org),
            ("speaker", &self.speaker),
            ("about", &self.about),
            ("source", &self.source),
            ("byline", &self.byline),
            ("section", &self.section),
            ("lang", &self.lang),
        ];
        let mut clauses: Vec<String> = Vec::new();
        for (field, values) in fields {
            clauses.extend(values.iter().map(|v| format!("{field}:{}", quoted(v))));
        }
        let date = |text: &String| if text.contains(char::is_whitespace) { quoted(text) } else { text.clone() };
        clauses.extend(self.since.iter().map(|d| format!("since:{}", date(d))));
        clauses.extend(self.until.iter().map(|d| format!("until:{}", date(d))));
        match (typed.trim().is_empty(), clauses.is_empty()) {
            (true, true) => "*".to_owned(),
            (true, false) => clauses.join(" "),
            (false, true) => typed.to_owned(),
            (false, false) => format!("({typed}) {}", clauses.join(" ")),
        }
    }
}

impl QueryArgs {
    /// The question as one text in the query language.
    pub fn text(&self) -> String {
        let typed = self.words.join(" ");
        match self.no_stem {
            true if typed.trim().is_empty() => format!("{} stem:off", self.filters.narrowed("")),
            true => self.filters.narrowed(&format!("({typed}) stem:off")),
            false => self.filters.narrowed(&typed),
        }
    }

    /// What was typed, word by word as the shell gave it.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The same flags with `text` typed.
    pub fn with(&self, text: &str) -> QueryArgs {
        QueryArgs { words: vec![text.to_owned()], ..self.clone() }
    }

    /// Reads the question against `archive`.
    pub fn ask(&self, archive: &Archive, target: Target) -> Result<Question> {
        if self.dialect == Dialect::Morgue {
            return archive.question(&self.text(), target);
        }
        // What is typed is put into our language first; the flags are ours.
        let typed = archive.question_in(&self.words.join(" "), target, self.dialect)?;
        let ours = QueryArgs { words: vec![typed.canonical], dialect: Dialect::Morgue, ..self.clone() };
        let mut question = archive.question(&ours.text(), target)?;
        question.notes = typed.notes;
        Ok(question)
    }

    /// Reads the question as one in natural language, where any word counts. One shouted in capitals is read in small
    /// letters: its capitals say nothing, and its `AND` and `NOT` are words.
    pub fn ask_any(&self, archive: &Archive, target: Target) -> Result<Question> {
        let text = self.words.join(" ");
        let shouted = text.split_whitespace().count() > 3 && !text.chars().any(char::is_lowercase);
        if !shouted {
            return self.ask(archive, target);
        }
        let quiet = QueryArgs { words: vec![text.to_lowercase()], ..self.clone() };
        let mut question = quiet.ask(archive, target)?;
        question.notes.insert(0, "all of it is in capitals, and was read in small letters".to_owned());
        Ok(question)
    }
}

/// A flag's value as it stands in a query: in quotation marks unless it is one plain word or a list or pattern of such.
pub fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '*' | '?' | ',' | '-' | '_' | '.' | '\'');
    if value.chars().all(plain) && !value.is_empty() { value.to_owned() } else { format!("\"{}\"", value.replace('"', " ")) }
}

/// A stretch of time as typed: `500ms`, `5s`, `2m`, or seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    let (digits, unit) = text.split_at(text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len()));
    let number: f64 = digits.parse().map_err(|_| "a time such as 500ms, 5s or 2m".to_owned())?;
    let seconds = match unit {
        "ms" => number / 1000.0,
        "" | "s" => number,
        "m" | "min" => number * 60.0,
        _ => return Err("a time such as 500ms, 5s or 2m".to_owned()),
    };
    Duration::try_from_secs_f64(seconds).map_err(|_| "a time such as 500ms, 5s or 2m".to_owned())
}

/// A language as typed.
pub fn dialect(text: &str) -> Result<Dialect, String> {
    Dialect::by_name(text).ok_or_else(|| format!("one of {}", Dialect::all().map(Dialect::name).collect::<Vec<_>>().join(", ")))
}

/// What becomes of articles that tell one story, and of quotes that repeat each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Collapse {
    /// They come as one hit, with the number of the others.
    Story,
    /// Each is a hit.
    None,
}

/// A number of hits as typed: `20`, or `all`.
pub fn limit(text: &str) -> Result<Option<usize>, String> {
    if text == "all" {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| "a number, or `all`".to_owned())
}

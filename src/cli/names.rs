//! `morgue names`: the authority file, by command.

use super::render::progress::{Counted, during};
use super::render::{Screen, count, number, safe};
use super::{Cli, Outcome};
use crate::archive::{self, Archive, Home, Progress, Renamed, Suggestion};
use crate::authority::{AuthorityFile, NameKind, Verdict};
use crate::error::{Error, Kind, Result};
use crate::extract::places::filed_as;
use crate::field;
use crate::query::{self, Context, Query, Target, ValueMatch};
use crate::words::fold;
use std::sync::Arc;

const AFTER_HELP: &str = "\
What is ruled stands in `names.toml` beside the archive, which may be edited by hand:

  [[person]]                                 # these are one
  name = \"Volodymyr Zelenskyy\"
  also = [\"Volodymyr Zelensky\", \"Zelenskiy\"]

  [[person]]                                 # these are two: where the query holds, it is somebody else
  name = \"John Smith (footballer)\"
  split = \"John Smith\"
  when = \"section:sport\"

  [hide]                                     # these are no names
  persons = [\"Breaking News\"]

  [apart]                                    # alike, and two: not suggested again ([unsure]: last)
  persons = [[\"Jon Smith\", \"John Smith\"]]

`[[organization]]` and `[[place]]` work the same. No source file is needed: stored clippings are annotated anew.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List what is ruled, with how many articles each name is found in (the default)
    List {
        /// Only rulings with these words
        pattern: Option<String>,
        /// One JSON object a ruling
        #[arg(long)]
        json: bool,
    },
    /// Show persons and organizations that may be one, with the evidence
    Suggest {
        /// Only names with these words
        about: Option<String>,
        /// How many to show
        #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 20)]
        limit: usize,
        /// How many candidates to look at
        #[arg(long, value_name = "N", default_value_t = 500)]
        look: usize,
        /// One JSON object a pair
        #[arg(long)]
        json: bool,
    },
    /// File names under one form
    Merge {
        /// The forms, as the archive has them (`morgue facets --by person`)
        #[arg(required = true, value_name = "NAME")]
        forms: Vec<String>,
        /// The preferred form
        #[arg(long, value_name = "NAME")]
        into: String,
        #[command(flatten)]
        what: What,
    },
    /// Tell two bearers of one name apart
    Split {
        /// The name they share
        name: String,
        /// What the other one is called from now on
        #[arg(long = "as", value_name = "NAME")]
        into: String,
        /// In which articles it is the other one: a query, or `id:ID,ID`
        #[arg(long, value_name = "QUERY")]
        when: String,
        #[command(flatten)]
        what: What,
    },
    /// Take words for no name
    Hide {
        /// The words
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
        #[command(flatten)]
        what: What,
    },
    /// Say that two names which are alike are two, or that it cannot be told
    Apart {
        /// The one
        name: String,
        /// The other
        other: String,
        /// It cannot be told: they are suggested last
        #[arg(long)]
        unsure: bool,
        #[command(flatten)]
        what: What,
    },
    /// Take back what is ruled on these forms
    Forget {
        /// The forms
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
        #[command(flatten)]
        what: What,
    },
    /// Take back the last change made by a command
    Undo,
    /// Annotate the archive by the files beside it (names, corrections, notes), after an edit by hand
    Apply,
}

#[derive(Clone, Copy, Debug, clap::Args)]
struct What {
    /// They are organizations
    #[arg(long, group = "kind")]
    org: bool,
    /// They are places
    #[arg(long, group = "kind")]
    place: bool,
}

impl What {
    fn kind(self) -> NameKind {
        match (self.org, self.place) {
            (true, _) => NameKind::Organization,
            (_, true) => NameKind::Place,
            _ => NameKind::Person,
        }
    }
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let screen = cli.screen();
    match &args.action {
        None => list(cli, &screen, None, false),
        Some(Action::List { pattern, json }) => list(cli, &screen, pattern.as_deref(), *json),
        Some(Action::Suggest { about, limit, look, json }) => suggest(cli, &screen, about.as_deref(), *limit, *look, *json),
        Some(Action::Merge { forms, into, what }) => merge(cli, &screen, forms, into, what.kind()),
        Some(Action::Split { name, into, when, what }) => {
            let parsed = query::parse(when, &Context { places: &filed_as, ..Context::new(Target::Articles) });
            if let Some(refusal) = query::refusal(when, &parsed.problems) {
                return Err(refusal);
            }
            let kind = what.kind();
            let archive = cli.open()?;
            let name = known(&archive, kind, std::slice::from_ref(name))?.concat();
            drop(archive);
            edit(cli, &screen, &format!("split {name} as {into} when {when}"), |file| file.split(kind, &name, into, when))
        }
        Some(Action::Hide { names, what }) => {
            let kind = what.kind();
            let archive = cli.open()?;
            let names = known(&archive, kind, names)?;
            drop(archive);
            edit(cli, &screen, &format!("hide {}", names.join(", ")), |file| file.hide(kind, &names))
        }
        Some(Action::Apart { name, other, unsure, what }) => {
            let kind = what.kind();
            let archive = cli.open()?;
            let names = known(&archive, kind, &[name.clone(), other.clone()])?;
            drop(archive);
            let verdict = if *unsure { Verdict::Unsure } else { Verdict::Apart };
            let did = format!("{} {}", verdict.table(), names.join(", "));
            edit(cli, &screen, &did, |file| file.decide(kind, verdict, &names[0], &names[1]))
        }
        Some(Action::Forget { names, what }) => {
            let kind = what.kind();
            edit(cli, &screen, &format!("forget {}", names.join(", ")), |file| {
                if let Some(none) = names.iter().find(|name| !file.rules_on(kind, name)) {
                    let error = Error::new(Kind::NotFound, format!("nothing is ruled on the {} `{none}`", kind.one()));
                    return Err(error.with_hint("`morgue names` lists what is ruled"));
                }
                file.forget(kind, names);
                Ok(())
            })
        }
        Some(Action::Undo) => {
            let (did, renamed) = shown(cli, archive::undo_names)?;
            tell(&screen, &format!("took back: {did}"), &renamed);
            Ok(Outcome::Done)
        }
        Some(Action::Apply) => {
            let renamed = shown(cli, archive::apply_names)?;
            tell(&screen, "applied `names.toml`, `corrections.toml` and `notes.toml`", &renamed);
            Ok(Outcome::Done)
        }
    }
}

/// Does `work` on the archive, and shows how far it is.
fn shown<T>(cli: &Cli, work: impl FnOnce(&Home, &Progress) -> Result<T>) -> Result<T> {
    let (home, progress) = (cli.home()?, Arc::new(Progress::default()));
    during(&progress, cli.plain, Counted::Articles, || work(&home, &progress))
}

fn edit(cli: &Cli, screen: &Screen, did: &str, change: impl FnOnce(&mut AuthorityFile) -> Result<()>) -> Result<Outcome> {
    let renamed = shown(cli, |home, progress| archive::edit_names(home, did, change, progress))?;
    tell(screen, did, &renamed);
    Ok(Outcome::Done)
}

fn tell(screen: &Screen, did: &str, renamed: &Renamed) {
    let articles = count(renamed.changed, "article", "articles");
    screen.note(&format!("{did}: {articles} annotated anew (of {} looked at) · revision {}", number(renamed.looked_at), renamed.revision));
}

fn merge(cli: &Cli, screen: &Screen, forms: &[String], into: &str, kind: NameKind) -> Result<Outcome> {
    let archive = cli.open()?;
    let forms = known(&archive, kind, forms)?;
    drop(archive);
    edit(cli, screen, &format!("merge {} into {into}", forms.join(", ")), |file| file.merge(kind, &forms, into))
}

/// The names as the archive writes them.
fn known(archive: &Archive, kind: NameKind, names: &[String]) -> Result<Vec<String>> {
    names.iter().map(|name| archive.as_written(kind, name)).collect()
}

fn n_articles(archive: &Archive, kind: NameKind, name: &str) -> Result<u64> {
    let Some(field) = field::by_name(kind.field()) else { return Ok(0) };
    let query = Query::Is { field, value: ValueMatch::Whole(name.to_owned()) };
    archive.total(query, Target::Articles)
}

fn list(cli: &Cli, screen: &Screen, pattern: Option<&str>, json: bool) -> Result<Outcome> {
    let archive = cli.open()?;
    let authority = archive.authority()?;
    let pattern = pattern.map(|p| fold(p).into_owned());
    let holds = |name: &str| pattern.as_ref().is_none_or(|p| fold(name).contains(p.as_str()));
    let mut any = false;
    for entry in authority.entries() {
        if !holds(&entry.name.name) && !entry.also.iter().any(|form| holds(&form.name)) {
            continue;
        }
        any = true;
        let articles = n_articles(&archive, entry.kind, &entry.name.name)?;
        if json {
            let mut object = serde_json::json!({ "articles": articles });
            if let (Some(object), Ok(serde_json::Value::Object(ruling))) = (object.as_object_mut(), serde_json::to_value(entry)) {
                object.extend(ruling);
            }
            screen.json(&object)?;
            continue;
        }
        let kind = if entry.kind == NameKind::Person { String::new() } else { format!(" ({})", entry.kind.one()) };
        let head = format!("{}{kind}  {}", screen.strong(safe(&entry.name.name)), screen.faint(count(articles, "article", "articles")));
        screen.line(head)?;
        if let Some((of, when)) = &entry.split {
            screen.line(format!("  is {} when {}  {}", safe(&of.name), safe(when), line(screen, of.line)))?;
        }
        for form in &entry.also {
            screen.line(format!("  also {}  {}", safe(&form.name), line(screen, form.line)))?;
        }
    }
    for (kind, form) in authority.hidden().iter().filter(|(_, form)| holds(&form.name)) {
        any = true;
        if json {
            screen.json(&serde_json::json!({ "hidden": form, "kind": kind }))?;
        } else {
            screen.line(format!("hidden {}: {}  {}", kind.one(), safe(&form.name), line(screen, form.line)))?;
        }
    }
    for pair in authority.pairs().iter().filter(|pair| pair.names.iter().any(|form| holds(&form.name))) {
        any = true;
        if json {
            screen.json(pair)?;
        } else {
            let [a, b] = &pair.names;
            let says = if pair.verdict == Verdict::Apart { "are two" } else { "are left open" };
            screen.line(format!("{} and {} {says}  {}", safe(&a.name), safe(&b.name), line(screen, a.line)))?;
        }
    }
    if !any {
        screen.note("nothing is ruled; `morgue names suggest` shows names that may be one");
    }
    Ok(Outcome::found(any))
}

fn line(screen: &Screen, line: usize) -> String {
    screen.faint(format!("names.toml:{line}"))
}

fn suggest(cli: &Cli, screen: &Screen, about: Option<&str>, limit: usize, look: usize, json: bool) -> Result<Outcome> {
    let archive = cli.open()?;
    let suggested = archive.suggest_names(about, look)?;
    let shown = suggested.pairs.len().min(limit);
    for pair in &suggested.pairs[..shown] {
        if json {
            screen.json(pair)?;
        } else {
            evidence(screen, pair)?;
        }
    }
    screen.flush()?;
    let mut note = format!("{shown} shown of {} that are spelled alike", count(suggested.candidates as u64, "pair", "pairs"));
    if suggested.looked_at < suggested.candidates {
        note.push_str(&format!(
            "; {} looked at, those with most articles (--look {})",
            number(suggested.looked_at as u64),
            suggested.candidates
        ));
    }
    screen.note(&note);
    Ok(Outcome::found(shown > 0))
}

fn evidence(screen: &Screen, pair: &Suggestion) -> Result<()> {
    let counted = |name: &str, n| format!("{} {}", screen.strong(safe(name)), screen.faint(format!("({})", number(n))));
    let names = format!("{}  =  {}?", counted(&pair.name, pair.articles), counted(&pair.form, pair.form_articles));
    screen.line(format!("{:.2}  {names}", pair.strength()))?;
    let beside = if pair.beside.is_empty() { String::new() } else { format!(": {}", safe(&pair.beside.join(", "))) };
    let both = match pair.both {
        0 => "no article has both".to_owned(),
        n => format!("{} both", count(n, "article has", "articles have")),
    };
    screen.line(format!("      {} · company alike {:.2}{beside} · {both}", pair.because, pair.company))?;
    let quoted = |name: &str| format!("'{}'", name.replace('\'', "'\\''"));
    let kind = if pair.kind == NameKind::Organization { " --org" } else { "" };
    screen.line(screen.faint(format!("      morgue names merge {} --into {}{kind}", quoted(&pair.form), quoted(&pair.name))))
}

//! `morgue show`: one article, whole.

use super::render::{Screen, count, hits, marked, number as number_of, safe, wrapped};
use super::{Cli, Outcome, why};
use crate::archive::{Archive, own_version};
use crate::article::{Clipping, paged};
use crate::error::{Context, Error, Kind, Result};
use crate::field;
use crate::ingest;
use crate::query::{Matcher, Query, Search, Target, ValueMatch};
use std::io::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Ids of articles, or of quotes (`ID#q3`); `-` reads them from standard input
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Mark what this query matches
    #[arg(long, value_name = "QUERY")]
    at: Option<String>,
    /// The record as JSON, as `morgue extract` prints it
    #[arg(long, group = "form")]
    json: bool,
    /// The bytes it came from: of JSON Lines its line, else its file, which may hold others
    #[arg(long, group = "form")]
    raw: bool,
    /// On what each attribution stands: confidence, cue, and the way from the speaker's words to the name
    #[arg(long, group = "form")]
    why: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let matcher = match &args.at {
        Some(text) => Some(Matcher::new(&archive.question(text, Target::Articles)?.query, Target::Articles)),
        None => None,
    };
    for id in ids(&args.ids)? {
        let (clipping, quote) = archive.named(&id).map_err(|error| error.with_hint_if(in_file(&archive, &id)))?;
        if let Some(number) = quote.filter(|number| !has_quote(&clipping, *number)) {
            let n = clipping.annotations.quotes.len() as u64;
            let error = Error::new(Kind::NotFound, format!("`{}` has no quote {}", clipping.article.id, number + 1));
            return Err(error.with_hint(format!("it has {}", count(n, "quote", "quotes"))));
        }
        if args.json {
            screen.json(&clipping)?;
        } else if args.why {
            why::print(&screen, &archive, &clipping, quote)?;
        } else if args.raw {
            screen.flush()?;
            raw(&screen, &archive, &clipping.article.path)?;
        } else {
            renumbered(&screen, &clipping, quote);
            print(&screen, &clipping, quote, matcher.as_ref())?;
            versions(&screen, &archive, &clipping)?;
        }
    }
    Ok(Outcome::Done)
}

/// Whether an article has a quote of this number (from 0), or had one before another was marked as none.
fn has_quote(clipping: &Clipping, number: usize) -> bool {
    let found = clipping.as_found.as_deref().map_or(0, |found| found.quotes.len());
    number < clipping.annotations.quotes.len().max(found)
}

fn ids(args: &[String]) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    for arg in args {
        if arg == "-" {
            for line in std::io::stdin().lines() {
                ids.push(line.context(Kind::Io, || "cannot read ids from standard input".to_owned())?);
            }
        } else if arg.trim().is_empty() {
            // As an unset variable of a script gives it.
            return Err(Error::new(Kind::Usage, "an id is empty").with_hint("ids stand in the output of `morgue search`"));
        } else {
            ids.push(arg.clone());
        }
    }
    ids.retain(|id| !id.trim().is_empty());
    Ok(ids)
}

/// Of one who named the file, as hits show it, which article came from it.
fn in_file(archive: &Archive, typed: &str) -> Option<String> {
    let query = Query::Is { field: field::by_name("path")?, value: ValueMatch::Whole(typed.to_owned()) };
    let search = Search { limit: Some(1), fetch: false, mark: false, ..Search::articles(query) };
    let hit = archive.search(&search).ok()?.hits.pop()?;
    Some(format!("that is a file; the article from it is `{}`", hit.id))
}

fn raw(screen: &Screen, archive: &Archive, shown: &str) -> Result<()> {
    let file = archive.home.file(shown);
    if shown.contains("!/") {
        let error = Error::new(Kind::Usage, format!("`{shown}` lies inside a container"));
        return Err(error.with_hint("unpack it, or use `morgue show --json`"));
    }
    let path = match shown.rsplit_once('#') {
        Some((whole, number)) if number.bytes().all(|b| b.is_ascii_digit()) && !file.exists() => {
            if let Some(line) = ingest::record_line(&archive.home.file(whole), whole, number.parse().unwrap_or(0))? {
                return std::io::stdout().write_all(&line).context(Kind::Io, || "cannot write the results".to_owned());
            }
            let n = archive.files()?.iter().find(|row| row.path == whole).map_or(0, |row| row.articles.len());
            let others = if n > 1 { format!("of its {} articles, ", number_of(n as u64)) } else { String::new() };
            screen.note(&format!("note: this is all of `{whole}`: {others}this one is record {number}; --json prints it alone"));
            file.with_file_name(whole.rsplit('/').next().unwrap_or(whole))
        }
        _ => file,
    };
    let bytes = std::fs::read(&path).context(Kind::Io, || format!("cannot read `{}`", path.display()))?;
    std::io::stdout().write_all(&bytes).context(Kind::Io, || "cannot write the results".to_owned())
}

/// Says what a number of a quote meant before one of the article was marked as none.
fn renumbered(screen: &Screen, clipping: &Clipping, quote: Option<usize>) {
    if let Some(then) = quote.and_then(|n| clipping.renumbered(n)) {
        screen.note(&format!("{} {}", screen.strong("note:"), safe(&then)));
    }
}

fn print(screen: &Screen, clipping: &Clipping, quote: Option<usize>, matcher: Option<&Matcher>) -> Result<()> {
    let article = &clipping.article;
    screen.line(screen.strong(safe(article.title.as_deref().unwrap_or("(no title)"))))?;
    let origin = article
        .published_from
        .and_then(|o| serde_json::to_value(o).ok())
        .and_then(|v| v.as_str().map(|s| format!(" ({s})")))
        .unwrap_or_default();
    let date = article.published.as_ref().map(|d| format!("{d}{origin}"));
    let printed = [article.section.clone(), article.edition.clone(), article.page.as_deref().map(paged)];
    let about: Vec<String> = [article.source.clone(), date].into_iter().chain(printed).flatten().collect();
    let byline = if article.byline.is_empty() { String::new() } else { format!("By {}", article.byline.join(", ")) };
    for line in [about.join(" · "), byline, article.url.clone().unwrap_or_default(), article.path.clone()] {
        if !line.is_empty() {
            screen.line(screen.faint(safe(&line)))?;
        }
    }
    let offsets = crate::article::Offsets::of(&article.body);
    let marks: Vec<(u32, u32)> = match (quote.and_then(|n| clipping.annotations.quotes.get(n)), matcher) {
        (Some(quote), _) => quote.spans.iter().map(|s| (s.start, s.end)).collect(),
        (None, Some(matcher)) => {
            let matched = matcher.article(clipping).map(|m| m.spans).unwrap_or_default();
            let body = matched.into_iter().filter(|(f, _)| f.name == "body").map(|(_, r)| offsets.span(r.start, r.end));
            body.map(|s| (s.start, s.end)).collect()
        }
        (None, None) => Vec::new(),
    };
    screen.line("")?;
    for paragraph in marked(screen, &article.body, &marks).split("\n\n") {
        screen.line(wrapped(paragraph, screen.width(), ""))?;
        screen.line("")?;
    }
    annotations(screen, clipping)
}

/// What it corrects or updates, what corrects or updates it, and what it says of that itself.
fn versions(screen: &Screen, archive: &Archive, clipping: &Clipping) -> Result<()> {
    let entry = |label: &str, text: &str| {
        let text = safe(text);
        screen.line(format!("{label:<14}{}", wrapped(&text, screen.width(), "              ").trim_start()))
    };
    if let Some(own) = own_version(clipping) {
        entry("version", &own)?;
    }
    if let Some(note) = clipping.article.version.as_ref().and_then(|version| version.note.as_deref()) {
        entry("says", note)?;
    }
    for other in archive.other_versions(clipping)? {
        let title = other.title.as_deref().unwrap_or("(no title)");
        let dated = other.dated.map(|dated| format!(" · {dated}")).unwrap_or_default();
        let latest = if other.is_latest { " · the latest" } else { "" };
        entry(other.relation, &format!("{title}{dated} · {}{latest}", other.id))?;
    }
    Ok(())
}

fn annotations(screen: &Screen, clipping: &Clipping) -> Result<()> {
    let found = &clipping.annotations;
    let list = |label: &str, names: Vec<String>| {
        if names.is_empty() {
            Ok(())
        } else {
            screen.line(format!("{label:<14}{}", wrapped(&names.join(" · "), screen.width(), "              ").trim_start()))
        }
    };
    let role = |name: &str, role: &Option<String>| role.as_ref().map_or_else(|| safe(name), |r| safe(&format!("{name} ({r})")));
    list("persons", found.persons.iter().map(|p| role(&p.name, &p.role)).collect())?;
    list("organizations", found.organizations.iter().map(|o| safe(&o.name)).collect())?;
    list("places", found.places.iter().map(|p| safe(p.path.as_deref().unwrap_or(&p.name))).collect())?;
    for (i, quote) in found.quotes.iter().enumerate() {
        let text = format!("{} [{}, {:.2}]: {}", hits::speaker(quote.speaker.as_ref()), quote.kind.name(), quote.confidence, quote.cited());
        screen.line(format!(
            "{:<14}{}",
            format!("quote q{}", i + 1),
            wrapped(&safe(&text), screen.width(), "              ").trim_start()
        ))?;
    }
    if let Some(notes) = &clipping.notes {
        list("notes", vec![hits::own(notes)])?;
    }
    screen.line(format!("{:<14}{}", "id", safe(&clipping.article.id)))
}

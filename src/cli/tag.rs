//! `morgue tag`: tags of one's own, and what has been seen, on all articles a query finds.

use super::question::{QueryArgs, quoted};
use super::render::progress::{Counted, during};
use super::render::{count, safe};
use super::{Cli, Outcome};
use crate::archive::{self, Archive, Progress};
use crate::article::{Notes, split_id};
use crate::error::{Context, Error, Kind, Result};
use crate::query::{Search, Target};
use std::sync::Arc;

const AFTER_HELP: &str = "\
Examples:
  morgue tag +checked -lead -- speaker:okafor barrier   add one tag, take off another
  morgue tag --seen -- added:last-7d                    mark as seen
  morgue search barrier -n all -T '{id}' | morgue tag +barrier -

Tags are found by `tag:checked` beside those the files give, what has been seen by `is:seen`, `seen:last-7d`. They stand in \
`notes.toml` beside the archive, which may be edited by hand; the next run of any of these commands takes that over.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP, override_usage = "morgue tag [+TAG]... [-TAG]... [OPTIONS] -- QUERY")]
pub struct Args {
    /// Add this tag; also written +TAG
    #[arg(long, value_name = "TAG")]
    add: Vec<String>,
    /// Take this tag off; also written -TAG
    #[arg(long, value_name = "TAG")]
    remove: Vec<String>,
    /// Mark as seen now
    #[arg(long, group = "sight")]
    seen: bool,
    /// Mark as not seen
    #[arg(long, group = "sight")]
    unseen: bool,
    /// Only say how many articles there are
    #[arg(long)]
    dry_run: bool,
    /// Articles: a query, or `-` for ids from standard input
    #[command(flatten)]
    question: QueryArgs,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let screen = cli.screen();
    let tags: Vec<&str> = args.add.iter().chain(&args.remove).map(|tag| tag.trim()).collect();
    if tags.iter().any(|tag| tag.is_empty()) {
        return Err(Error::new(Kind::Usage, "a tag has no letters"));
    }
    if tags.is_empty() && !args.seen && !args.unseen {
        return Err(Error::new(Kind::Usage, "no tag is named").with_hint("write `morgue tag +checked -- QUERY`"));
    }
    if args.question.text() == "*" && args.question.words().is_empty() {
        let error = Error::new(Kind::Usage, "no article is named");
        return Err(error.with_hint("write a query after the tags: `morgue tag +checked -- id:ID`; `*` is all of them"));
    }
    let archive = cli.open()?;
    let ids = if args.question.words() == ["-"] { listed()? } else { asked(&screen, &archive, args)? };
    if args.dry_run || ids.is_empty() {
        screen.note(&format!("{}{}", count(ids.len() as u64, "article", "articles"), if ids.is_empty() { "" } else { " would be tagged" }));
        return Ok(Outcome::found(!ids.is_empty()));
    }
    let home = archive.home.clone();
    drop(archive);
    let now = archive::now();
    let progress = Arc::new(Progress::default());
    let change = |notes: &mut Notes| edit(notes, args, &now);
    let renamed = during(&progress, cli.plain, Counted::Articles, || archive::annotate(&home, &ids, &progress, change))?;
    let changed = count(renamed.changed, "article", "articles");
    screen.note(&format!("{changed} changed of {} · revision {}", super::render::number(ids.len() as u64), renamed.revision));
    Ok(Outcome::Done)
}

fn edit(notes: &mut Notes, args: &Args, now: &str) {
    for tag in &args.add {
        notes.tag(tag.trim());
    }
    for tag in &args.remove {
        notes.untag(tag.trim());
    }
    if args.seen && notes.seen.is_none() {
        notes.seen = Some(now.to_owned());
    }
    if args.unseen {
        notes.seen = None;
    }
}

fn listed() -> Result<Vec<String>> {
    let lines: std::io::Result<Vec<String>> = std::io::stdin().lines().collect();
    let mut ids = lines.context(Kind::Io, || "cannot read ids from standard input".to_owned())?;
    // A quote stands for its article.
    ids.iter_mut().for_each(|id| *id = split_id(id.trim()).0.to_owned());
    ids.retain(|id| !id.is_empty());
    Ok(ids)
}

fn asked(screen: &super::render::Screen, archive: &Archive, args: &Args) -> Result<Vec<String>> {
    let question = args.question.ask(archive, Target::Articles).map_err(|error| error.with_hint_if(meant_id(archive, args)))?;
    question.notes.iter().for_each(|note| screen.note(&format!("{} {}", screen.strong("note:"), safe(note))));
    let search = Search { limit: None, fetch: false, mark: false, ..Search::articles(question.query) };
    let ids: Vec<String> = archive.search(&search)?.hits.into_iter().map(|hit| hit.id).collect();
    if ids.is_empty()
        && let Some(hint) = meant_id(archive, args)
    {
        screen.note(&format!("{} {hint}", screen.strong("hint:")));
    }
    Ok(ids)
}

/// How an article is asked for by its id, where that stands alone as if it were a query.
fn meant_id(archive: &Archive, args: &Args) -> Option<String> {
    let [word] = args.question.words() else { return None };
    archive.clipping(word).ok().map(|_| format!("`{word}` is the id of an article: write `id:{}`", quoted(word)))
}

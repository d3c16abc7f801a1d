//! `morgue note`: what somebody has to say of an article.

use super::editor::edited;
use super::render::safe;
use super::{Cli, Outcome};
use crate::archive::{self, Progress};
use crate::error::{Error, Kind, Result};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The article's id
    #[arg(value_name = "ID")]
    id: String,
    /// The note, in place of the one before; without it, the note is printed
    #[arg(value_name = "TEXT", group = "deed")]
    text: Vec<String>,
    /// Write it in $EDITOR
    #[arg(long, group = "deed")]
    edit: bool,
    /// Take it away
    #[arg(long, group = "deed")]
    remove: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = cli.open()?;
    let screen = cli.screen();
    let now = archive.notes(&args.id)?.note;
    if now.is_none() {
        archive.clipping(&args.id)?;
    }
    let home = archive.home.clone();
    let draft = home.state().join("note.draft.txt");
    drop(archive);
    let text = if args.edit {
        edited(&draft, now.as_deref().unwrap_or_default(), "write the note behind the id")?
    } else if args.remove {
        String::new()
    } else if args.text.is_empty() {
        if let Some(note) = &now {
            screen.line(safe(note))?;
        }
        return Ok(Outcome::found(now.is_some()));
    } else {
        args.text.join(" ")
    };
    let text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if text.is_none() && now.is_none() {
        return Err(Error::new(Kind::NotFound, format!("there is no note on `{}`", args.id)));
    }
    archive::annotate(&home, std::slice::from_ref(&args.id), &Progress::default(), |notes| notes.note.clone_from(&text))?;
    let _ = std::fs::remove_file(draft);
    screen.note(if text.is_some() { "noted" } else { "the note is gone" });
    Ok(Outcome::Done)
}

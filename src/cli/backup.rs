//! `morgue backup`: a copy of the archive as it stands, while others go on.

use super::render::{count, safe};
use super::{Cli, Outcome};
use crate::archive;
use crate::error::Result;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "The copy is an archive: `morgue -C DIR search …` searches it. To restore it, copy it back to an empty place:\n  \
    morgue -C DIR backup PLACE")]
pub struct Args {
    /// A directory that is empty or does not exist
    #[arg(value_name = "DIR")]
    to: PathBuf,
    /// The report as one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let done = archive::backup(&cli.home()?, &args.to)?;
    let screen = cli.screen();
    if args.json {
        screen.json(&done)?;
    }
    screen.note(&format!(
        "{} of revision {} in {} ({:.1} MB) copied to `{}` and verified",
        count(done.articles, "article", "articles"),
        done.revision,
        count(done.files, "file", "files"),
        done.bytes as f64 / 1e6,
        safe(&args.to.to_string_lossy())
    ));
    Ok(Outcome::Done)
}

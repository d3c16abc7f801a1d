//! `morgue verify`: whether the archive is what was written.

use super::render::{Screen, count, number, safe};
use super::{Cli, Outcome};
use crate::archive::{self, Verification};
use crate::error::{Error, Kind, Result};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Decode every stored article as well, and look at the files they came from
    #[arg(long)]
    deep: bool,
    /// As one JSON object
    #[arg(long)]
    json: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let found = archive::verify(&cli.home()?, args.deep)?;
    let screen = cli.screen();
    if args.json {
        screen.json(&found)?;
    } else {
        print(&screen, &found, args.deep)?;
    }
    match found.faults.len() {
        0 => Ok(Outcome::Done),
        n => Err(Error::new(Kind::Engine, format!("the archive is damaged: {}", count(n as u64, "fault", "faults")))
            .with_hint("`morgue reindex` rebuilds it from the clippings that can be read, `morgue index` then reads the rest again")),
    }
}

fn print(screen: &Screen, found: &Verification, deep: bool) -> Result<()> {
    for fault in &found.faults {
        screen.line(format!("{}: {}", screen.bad(safe(&fault.file)), safe(&fault.message)))?;
    }
    let mut line = format!("{} and {:.1} MB looked at", count(found.files, "file", "files"), found.bytes as f64 / 1e6);
    line.push_str(&format!(" · {} named", count(found.articles, "article", "articles")));
    if deep {
        line.push_str(&format!(" · {} decoded", number(found.clippings)));
        if found.sources_changed + found.sources_gone > 0 {
            line.push_str(&format!(
                " · of the files they came from, {} have changed and {} are gone",
                number(found.sources_changed),
                number(found.sources_gone)
            ));
        }
    }
    screen.line(line)?;
    if found.faults.is_empty() {
        screen.line("the archive is as it was written")?;
    }
    Ok(())
}

//! `morgue fields`: what queries and facets know.

use super::{Cli, Outcome};
use crate::error::Result;
use crate::field::FIELDS;
use crate::query::OPERATORS;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// One JSON object a field
    #[arg(long)]
    json: bool,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let screen = cli.screen();
    if args.json {
        for f in FIELDS {
            screen.json(
                &serde_json::json!({ "name": f.name, "aliases": f.aliases, "facet": f.facet, "help": f.help, "example": f.example }),
            )?;
        }
        return Ok(Outcome::Done);
    }
    screen.line(screen.strong("Operators"))?;
    for o in OPERATORS {
        screen.line(format!("  {:<34} {}", o.example, o.meaning))?;
    }
    screen.line("")?;
    screen.line(screen.strong("Fields (* can be counted: morgue facets --by NAME)"))?;
    for f in FIELDS {
        let star = if f.facet { "*" } else { " " };
        let aliases = if f.aliases.is_empty() { String::new() } else { screen.faint(format!("  also {}", f.aliases.join(", "))) };
        screen.line(format!("{star} {:<10} {:<40} {}{aliases}", f.name, f.example, f.help))?;
    }
    Ok(Outcome::Done)
}

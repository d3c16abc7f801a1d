//! `morgue completions` and `morgue man`, made from the same table as the help.

use super::{Cli, Outcome};
use crate::error::{Context, Kind, Result};
use clap::CommandFactory;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which shell
    shell: clap_complete::Shell,
}

pub fn run(_: &Cli, args: &Args) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "morgue", &mut script);
    print(&script)
}

pub fn man(_: &Cli) -> Result<Outcome> {
    let mut page = Vec::new();
    let failed = || "cannot write the manual page".to_owned();
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut page).context(Kind::Io, failed)?;
    for sub in command.get_subcommands() {
        let man = clap_mangen::Man::new(sub.clone());
        writeln!(page, ".SH \"MORGUE {}\"", sub.get_name().to_uppercase()).context(Kind::Io, failed)?;
        man.render_description_section(&mut page).context(Kind::Io, failed)?;
        man.render_options_section(&mut page).context(Kind::Io, failed)?;
    }
    print(&page)
}

fn print(bytes: &[u8]) -> Result<Outcome> {
    std::io::stdout().write_all(bytes).context(Kind::Io, || "cannot write the results".to_owned())?;
    Ok(Outcome::Done)
}

//! `morgue serve`: the page and the API.

use super::{Cli, Outcome};
use crate::error::Result;
use crate::serve::{Listening, Options};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 4747)]
    port: u16,
    /// Address to listen on; any but this machine's own needs `--token-file`
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// A name by which other machines may ask for it; may be given several times
    #[arg(long = "name", value_name = "HOST")]
    names: Vec<String>,
    /// A file with the token to ask for
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Let nothing be written: no saving, no corrections
    #[arg(long)]
    read_only: bool,
    /// Open the page in a browser
    #[arg(long)]
    open: bool,
    /// How many seconds a question may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    timeout: u64,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let options = Options {
        address: SocketAddr::new(args.address, args.port),
        names: args.names.clone(),
        token_file: args.token_file.clone(),
        read_only: args.read_only,
        patience: Duration::from_secs(args.timeout.max(1)),
        slowest: Duration::from_secs(10),
    };
    let listening = Listening::bind(cli.home()?, &options)?;
    let screen = cli.screen();
    let address = format!("http://{}/", listening.address);
    screen.line(&address)?;
    screen.flush()?;
    screen.note("serving the page there and the API under /api/v1/; Ctrl-C ends it");
    if args.open && !open(&address) {
        screen.note("found nothing to open a browser with");
    }
    listening.run();
    Ok(Outcome::Done)
}

/// Asks the desktop to open a page.
fn open(address: &str) -> bool {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    std::process::Command::new(program).arg(address).spawn().is_ok()
}

//! The `morgue` program: parse the command line, run it, print what went wrong with a hint, exit.

use morgue::cli::{self, Cli};
use std::process::ExitCode;

/// Indexing and extraction spend a tenth less with it than with the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::from_args();
    match cli::run(&cli) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        // The reader of our output has seen enough.
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            cli::complain(&cli, &error);
            ExitCode::from(2)
        }
    }
}

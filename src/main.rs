//! The `morgue` program: parse the command line, run it, print what went wrong with a hint, exit.

fn main() {}

//! One test binary; its modules mirror the rooms of the house.
#![allow(clippy::unwrap_used)]

#[path = "../eval/mod.rs"]
mod eval;
#[path = "../fuzz.rs"]
mod fuzz;
#[path = "../news.rs"]
mod news;

mod alerts;
mod analysis;
mod archive;
mod capitals;
mod cli;
mod counts;
mod durability;
mod engines;
mod fixtures;
mod highlights;
mod hostile;
mod interrupted;
mod names;
mod notes;
mod other_names;
mod packed;
mod patience;
mod readme;
mod saved;
mod scenarios;
mod serve;
mod sinks;
mod stories;
mod surety;
mod tidy;
mod torn;
mod trust;
mod versions;

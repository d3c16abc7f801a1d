//! One test binary; its modules mirror the rooms of the house.

#[path = "../eval/mod.rs"]
mod eval;

mod archive;
mod fixtures;
mod readme;
mod tidy;

//! One test binary; its modules mirror the rooms of the house.

#[path = "../eval/mod.rs"]
mod eval;
#[path = "../news.rs"]
mod news;

mod archive;
mod counts;
mod fixtures;
mod hostile;
mod readme;
mod tidy;

//! One test binary; its modules mirror the rooms of the house.
#![allow(clippy::unwrap_used)]
mod fixtures;
mod hostile;
mod readme;
mod tidy;

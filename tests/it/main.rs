//! One test binary; its modules mirror the rooms of the house.
mod fixtures;
mod torn;

//! Which articles tell the same story in nearly the same words, and which quotes repeat each other?
//!
//! Texts are compared by small *sketches* of their runs of words ([`sketch`]); [`firsts`] puts what is alike under its first
//! telling. Both are functions of the texts, dates and ids alone: the order in which articles came in does not matter. What articles
//! say of being versions of each other is another matter: [`lineage`].

mod groups;
pub mod lineage;
pub mod sketch;
mod tellings;
mod touched;

pub use groups::{Tellings, firsts};
pub use tellings::{Articles, Kind, Quotes, Sketches, Telling, is_copy};
pub use touched::{State, Touched};

//! Search for news archives: who said what, where and when.
#![warn(missing_docs)]

pub mod archive;
pub mod article;
pub mod cli;
pub mod engine;
pub mod error;
pub mod extract;
pub mod field;
pub mod ingest;
pub mod query;
pub mod saved;
pub mod words;

//! Search for news archives: who said what, where and when, over your own files.
//!
//! A *morgue* is what newspapers call their archive of clippings. This crate is the whole of the program `morgue`; the
//! binary only calls [`cli`]. This page is the map of the house.
//!
//! # Rooms, from the ground up
//!
//! | floor | room | the question it answers |
//! |---|---|---|
//! | 0 | [`error`] | what went wrong, and what may help? |
//! | 1 | [`disk`] | how is a file of ours written, whole or not at all? |
//! | 1 | [`article`] | what is an article, and what can be noted on it? |
//! | 2 | [`field`], [`words`] | what can be asked for and counted? how is text cut into words? |
//! | 2 | [`story`] | which articles tell the same in nearly the same words? |
//! | 3 | [`corrections`] | what did people set right in quotes? |
//! | 3 | [`notes`] | what did people write on articles? |
//! | 3 | [`ingest`] | which articles are in these bytes? |
//! | 3 | [`extract`] | who is in this article, where does it play, who said what? |
//! | 3 | [`query`] | what did they ask, and what would match? |
//! | 4 | [`engine`] | where are clippings kept, and how are they found? |
//! | 5 | [`saved`] | what do they ask again and again? |
//! | 5 | [`authority`] | under which name is somebody filed? |
//! | 6 | [`archive`] | the product: a morgue on disk |
//! | 7 | [`alerts`] | what is new to a kept question, and who is told? |
//! | 8 | [`serve`] | what do they click, and what do programs ask? |
//! | 9 | [`cli`] | what do they type, and what do they read? |
//!
//! A room uses rooms on lower floors only, never beside or above; `tests/it/tidy.rs` holds that.
//!
//! # The way of an article
//!
//! [`ingest::walk`] finds files, [`ingest::read`] tells each one's format ([`ingest::FORMATS`]), opens containers and hands
//! out [`article::Article`]s; [`extract::Extractor`] notes persons, organizations, places and quotes on each, which makes a
//! [`article::Clipping`]; [`engine::Engine::put`] keeps it. [`archive::index`] runs the three side by side and commits index
//! and manifest together.
//!
//! # The way of a question
//!
//! [`query::parse`] turns typed words into the algebra [`query::Query`] and a list of problems; an engine lowers the algebra
//! to its own terms and fills [`query::Results`]; [`query::Matcher`] evaluates the same algebra on a stored clipping, which
//! gives marks and snippets; [`archive::Answer`] is what every door prints.
//!
//! # To add …
//!
//! - **a format**: a file in `ingest/formats/`, its `mod` line and row in [`ingest::FORMATS`], and a fixture in
//!   `tests/fixtures/` (which is a test).
//! - **a facet or field**: a row in [`field::FIELDS`] (`field/table.rs`). Index, query syntax, facets, `morgue fields` and the README's table
//!   follow. A value that must first be found in the text is a stage of [`extract`].
//! - **an operator**: a row in [`query::OPERATORS`] and its reading in `query/`, when it lowers to the algebra.
//! - **an engine**: a room under `engine/` and a row in [`engine::ENGINES`].
//! - **a command**: a file in `cli/` and a variant of its command list.
//!
//! # What holds everywhere
//!
//! - Extraction and reading of queries never fail and do no input or output.
//! - One bad record never stops a run: it becomes an [`ingest::Problem`] in the report.
//! - Spans are code points into `body`; `body` is never changed once it is read.
//! - An engine sees [`query::Query`] and [`article::Clipping`], never text a person typed.
//! - Indexing the same files twice changes nothing.
//! - Nothing is cut silently: a limit is an error, a problem in a report, or a count of what is not shown.
//! - The index library's own words (document, term, segment) stay in its room.
#![warn(missing_docs)]

pub mod alerts;
pub mod archive;
pub mod article;
pub mod authority;
pub mod cli;
pub mod corrections;
pub mod disk;
pub mod engine;
pub mod error;
pub mod extract;
pub mod field;
pub mod ingest;
pub mod notes;
pub mod query;
pub mod saved;
pub mod serve;
pub mod story;
pub mod words;

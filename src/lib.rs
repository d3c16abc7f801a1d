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
//! | 1 | [`disk`] | how is a file of ours read, and written, whole or not at all? |
//! | 1 | [`spread`] | how is work shared by all processors? |
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
//!   `tests/fixtures/` (which is a test: `UPDATE_EXPECT=1 cargo test --test it fixtures` writes beside it what is read of it). What
//!   decodes and what parses XML tell what they could not read (`told`); records of a file with many go through `formats/reading.rs`.
//!   README and the page of an empty archive list the formats by hand.
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
//!
//! # What it costs, and how that grows
//!
//! Measured by `cargo bench --bench scale -- 10000 30000 100000 300000` on two cores, on made-up news (2,680 bytes and 2.6 quotes
//! with the commonest word an article, about 160,000 persons in a million articles). The exponent is that of a power of the
//! number of articles, fitted by least squares on logarithms: 1 is in proportion. A million articles were filled and asked
//! on another day, when searches of 100,000 took half as long again and filling them a third; they are left out of the exponents.
//!
//! | | 10,000 | 30,000 | 100,000 | 300,000 | exponent | 1,000,000 |
//! |---|---|---|---|---|---|---|
//! | index, seconds of processor | 6.2 | 17.1 | 62.9 | 200 | 1.03 | 950 |
//! | index, seconds on the clock | 3.4 | 8.9 | 35 | 113 | 1.04 | 500 |
//! | memory at most, MB (files mapped into it with it) | 180 | 312 | 625 | 1,110 | 0.54 | 2,060 |
//! | archive, MB | 39 | 109 | 335 | 987 | 0.95 | 3,300 |
//! | the commonest word, ten best, five facets and months: ms | 0.8 | 1.5 | 2.9 | 5.9 | 0.6 | 27 |
//! | a word of three articles in ten, the same: ms | 0.9 | 1.4 | 2.9 | 6.3 | 0.6 | 28 |
//! | a rare word, the same: ms | 0.2 | 0.2 | 0.6 | 0.7 | 0.4 | 2.4 |
//! | quotes with the commonest word, the same: ms | 1.3 | 2.9 | 6.3 | 16 | 0.7 | 97 |
//! | a phrase, ten best: ms | 0.3 | 0.6 | 1.1 | 2.4 | 0.6 | 11 |
//! | `NEAR/5`, ten best: ms | 0.3 | 0.8 | 1.4 | 3.4 | 0.7 | 21 |
//! | `morgue search` of a common word, from start to end: ms | 9 | 9 | 12 | 19 | 0.2 | 56 |
//!
//! Filling grows a little faster than in proportion because segments of the index are put together on more and more levels,
//! each of which writes an article anew, up to some 80,000 articles; larger ones stay as they are. When a run ends, six small
//! ones or more become one, since a search opens all: ten hits without facets of a million articles took 26 ms of processor with
//! 18 segments and 22 with 6, side by side on a busy machine. A run that changes anything but notes and tags ends with telling
//! which articles are copies of which: where little changed, of what came and went alone and of what is like it, which is looked
//! for among all. With one article more, a run takes 1.5 s at a million, 2 s of processor; of a file of a million articles that is
//! as it was, .4 s. At the end of a run more than 20,000 articles are counted, .8 s at a million, so that the next
//! process need not: facets of a word that most articles have are those of all, less those of the rest. Searches grow with the
//! hits, not with the archive; from some 50,000 articles on two cores share one. A program that answers many questions writes out
//! the columns it counts: 4 bytes a value and an article. Standing queries cost .14 ms an arriving article at 100,000 of them,
//! and less than 1 KB of memory each (`cargo bench --bench alerts`): most are told from a few of their words, and never run. A
//! query is run once when it is watched first, to note what is there already: 100,000 of them took 191 s at a million articles,
//! 3.3 ms of processor each.
//!
//! What one machine cannot hold is cut by years or sources into several archives, or kept by another [`engine::Engine`]:
//! extraction knows nothing of the others and runs on as many machines as one likes.
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
pub mod spread;
pub mod story;
pub mod words;

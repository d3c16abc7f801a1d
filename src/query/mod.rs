//! Words typed, turned into a question: the algebra every front door, saved query and engine shares.
//!
//! [`parse`] reads what a person typed and never fails: it answers a [`Query`] and the [`Problem`]s met on the way.
//! [`print`](fn@print) writes a query back in canonical spelling (`parse(print(q)) == q`), [`reading`] says it as one sentence,
//! [`diagnose`] shows problems with carets, and [`OPERATORS`] is the table from which help follows. A [`Matcher`] holds a query
//! against one clipping and says where it matches.

mod algebra;
mod bounds;
mod chain;
mod dates;
mod diagnose;
mod dialect;
mod evaluate;
mod fielded;
mod foreign;
mod form;
mod function;
mod habits;
mod heads;
mod leaf;
mod lex;
mod lint;
mod names;
mod near;
mod operators;
mod parse;
mod person;
mod phrase;
mod primary;
mod print;
mod problem;
mod reading;
mod reference;
mod results;
mod sentence;
mod spell;
mod stems;
mod stretch;
#[cfg(test)]
mod tests;
mod value;
mod values_said;
mod walk;
mod width;
mod words_said;

pub use algebra::{Case, Expr, Part, Query, Unit, ValueMatch, WordForm};
pub use diagnose::{diagnose, refusal};
pub use dialect::Dialect;
pub use evaluate::{
    Desk, Matcher, Matchers, Matches, Places, Run, count_apart, default_fields, positions, runs, unit_positions, unit_starts, visit_words,
};
pub use form::{FormMatcher, MOST_WORDS};
pub use lint::{contradictions, lint};
pub use operators::{OPERATORS, Operator};
pub use parse::{Context, DEEPEST, LONGEST, MOST_LEAVES, Now, Parsed, parse};
pub(crate) use primary::has_small_operators;
pub use print::{exactly, print};
pub use problem::{Problem, Severity};
pub use reading::reading;
pub use reference::Saved;
pub use results::{Bucket, COMMON, FacetCount, FacetCounts, FacetRequest, Folded, Hit, Results, Search, Sort, Target};
pub use sentence::sentence;
pub(crate) use spell::any_word;

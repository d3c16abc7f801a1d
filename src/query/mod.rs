//! Words typed, turned into a question: the algebra every front door, saved query and engine shares.
//!
//! [`parse`] reads what a person typed and never fails: it answers a [`Query`] and the [`Problem`]s met on the way.
//! `print` writes a query back in canonical spelling (`parse(print(q)) == q`), `reading` says it as one sentence, and
//! `matches` evaluates it on one clipping, giving the spans that matched.

mod algebra;
mod form;
mod results;

pub use algebra::{Case, Expr, Part, Query, Unit, ValueMatch, WordForm};
pub use form::{FormMatcher, MOST_WORDS};
pub use results::{Bucket, FacetCount, FacetCounts, FacetRequest, Hit, Results, Search, Sort, Target};

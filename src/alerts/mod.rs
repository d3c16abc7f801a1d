//! Kept questions asked of an archive: runs and their differences, what is new, and who is told.
//!
//! [`ask`](fn@ask) answers a saved query as a set of stable things; [`record`] keeps it as a run; [`compare`] says how a run
//! differs from what is there now, and why. [`tell`](fn@tell) runs alerts, and [`Changes`] says when files
//! call for it.

mod ask;
mod backtest;
mod compare;
mod digest;
mod expectation;
mod first;
mod kin;
mod look;
mod news;
mod outbox;
mod sinks;
mod state;
mod tell;
mod watch;

pub use ask::{Answered, Found, ask, found, read};
pub use backtest::{BackTest, back_test};
pub use compare::{Comparison, compare, compare_runs, newest, record};
pub use digest::{Broken, Digest, News, Section, Summary};
pub use expectation::{Failure, expectations};
pub use kin::Kinship;
pub use sinks::{Delivery, deliver};
pub use state::{Alerted, alerted, forget, remove, rename};
pub use tell::{Telling, Told, mark_seen, tell};
pub use watch::Changes;

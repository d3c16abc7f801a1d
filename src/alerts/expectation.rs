//! `morgue saved test`: does a query find what its entry says it must?

use super::ask::Found;
use crate::saved::Expect;
use serde::Serialize;

/// An expectation that is not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// What was expected.
    pub expected: String,
    /// What came instead.
    pub came: String,
}

/// The expectations that `found` does not meet.
pub fn expectations(expect: &Expect, found: &[Found]) -> Vec<Failure> {
    let n = found.len() as u64;
    let mut failures = Vec::new();
    let mut fail = |expected: String, came: String| failures.push(Failure { expected, came });
    if let Some(least) = expect.at_least.filter(|least| n < *least) {
        fail(format!("at least {least}"), format!("{n}"));
    }
    if let Some(most) = expect.at_most.filter(|most| n > *most) {
        fail(format!("at most {most}"), format!("{n}"));
    }
    let has = |id: &str| found.iter().any(|f| f.id == id || f.item.id == id);
    for id in expect.includes.iter().filter(|id| !has(id)) {
        let others: Vec<&str> =
            found.iter().map(|f| f.id.as_str()).filter(|other| other.split('#').next() == id.split('#').next()).collect();
        let came = match others.len() {
            0 => "it is not found".to_owned(),
            _ => format!("of that article {}", others.join(", ")),
        };
        fail(format!("`{id}`"), came);
    }
    for id in expect.excludes.iter().filter(|id| has(id)) {
        fail(format!("not `{id}`"), "it is found".to_owned());
    }
    failures
}

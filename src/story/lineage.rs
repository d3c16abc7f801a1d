//! Which articles are versions of one, and which version is the last: from what their files say of it.
//!
//! Articles with a name in common (a guid, an agency's key of a story) are versions of each other, and so are an article and what it
//! says it replaces. One that says it corrects or updates without saying what belongs to the article of the same source that told the
//! same story last before it. The last version is one that no other replaces; of several the one with the highest number where all are
//! numbered, else the newest.

use std::collections::HashMap;

/// An article that may have versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// When it was last changed, in seconds since 1970; `None` when not known.
    pub when: Option<i64>,
    /// Settles what else is equal, by something that does not depend on the order of arrival.
    pub tie: u64,
    /// Its number among its versions.
    pub number: Option<u32>,
    /// Whether it says of itself that it corrects or updates.
    pub is_revision: bool,
    /// The name all its versions share.
    pub of: Option<String>,
    /// Which of the others (by place) it says it replaces.
    pub replaces: Vec<usize>,
    /// The story it tells and who tells it, by number.
    pub story: (u32, Option<u64>),
}

/// For each edition the place of the last version of it: its own, when there is no other.
///
/// ```
/// use morgue::story::lineage::{Edition, latest};
/// let version = |number| Edition { of: Some("urn:a".into()), number: Some(number), ..Edition::default() };
/// assert_eq!(latest(&[version(1), version(3), version(2), Edition::default()]), [1, 1, 1, 3]);
/// ```
pub fn latest(editions: &[Edition]) -> Vec<usize> {
    let mut classes = Classes((0..editions.len()).collect());
    let mut named: HashMap<&str, usize> = HashMap::new();
    for (n, edition) in editions.iter().enumerate() {
        if let Some(of) = &edition.of {
            classes.join(n, *named.entry(of).or_insert(n));
        }
        edition.replaces.iter().for_each(|other| classes.join(n, *other));
    }
    let mut sizes = vec![0; editions.len()];
    (0..editions.len()).for_each(|n| sizes[classes.head(n)] += 1);
    let alone = |classes: &mut Classes, n: usize| sizes[classes.head(n)] == 1;
    for (n, before) in unnamed(editions, |n| alone(&mut classes, n)) {
        classes.join(n, before);
    }
    let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
    (0..editions.len()).for_each(|n| members.entry(classes.head(n)).or_default().push(n));
    let mut latest: Vec<usize> = (0..editions.len()).collect();
    for some in members.into_values() {
        let last = last(editions, &some);
        some.into_iter().for_each(|n| latest[n] = last);
    }
    latest
}

/// Revisions that do not say of what, each with the article they are taken for one of.
fn unnamed(editions: &[Edition], mut is_alone: impl FnMut(usize) -> bool) -> Vec<(usize, usize)> {
    let mut by_story: HashMap<(u32, Option<u64>), Vec<usize>> = HashMap::new();
    for (n, edition) in editions.iter().enumerate() {
        by_story.entry(edition.story).or_default().push(n);
    }
    let revisions = (0..editions.len()).filter(|n| editions[*n].is_revision && is_alone(*n));
    let pairs = revisions.filter_map(|n| {
        let own = &editions[n];
        let before = |other: &&usize| {
            let other = &editions[**other];
            other.when < own.when || other.when == own.when && !other.is_revision
        };
        let others = by_story.get(&own.story)?.iter().filter(|other| **other != n).filter(before);
        others.max_by_key(|n| age(&editions[**n])).map(|other| (n, *other))
    });
    pairs.collect()
}

fn age(edition: &Edition) -> (Option<i64>, bool, Option<u32>, u64) {
    (edition.when, edition.is_revision, edition.number, edition.tie)
}

fn last(editions: &[Edition], some: &[usize]) -> usize {
    let is_replaced = |n: &usize| some.iter().any(|other| other != n && editions[*other].replaces.contains(n));
    // In a ring each is replaced by another.
    let mut open: Vec<usize> = some.iter().copied().filter(|n| !is_replaced(n)).collect();
    if open.is_empty() {
        open = some.to_vec();
    }
    let numbered = open.iter().all(|n| editions[*n].number.is_some());
    let rank = |n: &usize| (editions[*n].number.filter(|_| numbered), age(&editions[*n]));
    open.into_iter().max_by_key(rank).unwrap_or(some[0])
}

/// Disjoint sets (Galler and Fischer 1964), with paths halved.
struct Classes(Vec<usize>);

impl Classes {
    fn head(&mut self, mut n: usize) -> usize {
        while self.0[n] != n {
            self.0[n] = self.0[self.0[n]];
            n = self.0[n];
        }
        n
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.head(a), self.head(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(when: i64, source: u64) -> Edition {
        Edition { when: Some(when), story: (7, Some(source)), ..Edition::default() }
    }

    fn revision(when: i64, source: u64) -> Edition {
        Edition { is_revision: true, ..told(when, source) }
    }

    #[test]
    fn a_correction_that_names_nothing_goes_to_its_own_paper() {
        // Another paper's copy, the article, its correction, and a later one of another story.
        let other = Edition { story: (8, Some(1)), ..told(5, 1) };
        assert_eq!(latest(&[told(3, 2), told(1, 1), revision(4, 1), other]), [0, 2, 2, 3]);
    }

    #[test]
    fn what_comes_after_a_correction_is_not_what_it_corrects() {
        assert_eq!(latest(&[told(9, 1), revision(4, 1)]), [0, 1]);
    }

    #[test]
    fn corrections_of_corrections_follow_each_other() {
        assert_eq!(latest(&[told(1, 1), revision(2, 1), revision(3, 1)]), [2, 2, 2]);
    }

    #[test]
    fn what_is_replaced_is_not_the_last_though_it_has_no_date_or_a_later_one() {
        let replaces = |n: usize| Edition { replaces: vec![n], ..Edition::default() };
        assert_eq!(latest(&[told(9, 1), replaces(0)]), [1, 1]);
        let ring = [replaces(1), replaces(0)];
        assert_eq!(latest(&ring)[0], latest(&ring)[1]);
    }

    #[test]
    fn numbers_count_before_dates() {
        let version = |number, when| Edition { number: Some(number), of: Some("k".into()), ..told(when, 1) };
        assert_eq!(latest(&[version(2, 1), version(10, 0)]), [1, 1]);
    }
}

//! Hits over time, counted by day while searching.

use super::census::Totals;
use super::drawers::UNDATED;
use super::tally::Hits;
use crate::query::Bucket;
use std::collections::BTreeMap;
use tantivy::columnar::Column;

/// Hits over time.
#[derive(Clone)]
pub(super) struct Timeline {
    bucket: Option<Bucket>,
    /// First day of the table of days.
    first: i64,
    table: Vec<u64>,
    /// Days too far off for the table.
    far: BTreeMap<i64, u64>,
    /// Hits without a date.
    pub undated: u64,
}

/// Days a table of counts is kept for: a thousand years and more. An archive that spans more is counted in a tree.
const DAYS: i64 = 400_000;

impl Timeline {
    pub fn new(bucket: Option<Bucket>) -> Timeline {
        Timeline { bucket, first: 0, table: Vec::new(), far: BTreeMap::new(), undated: 0 }
    }

    /// The days that were counted before.
    pub fn known(totals: &Totals) -> Timeline {
        let mut timeline = Timeline { undated: totals.missing, ..Timeline::new(Some(Bucket::Day)) };
        let days = || totals.table.iter().map(|(day, n)| (*day as i64, *n));
        let has_room = days().next().zip(days().next_back()).is_some_and(|((first, _), (last, _))| timeline.make_room(first, last));
        for (day, n) in days() {
            match has_room {
                true => timeline.table[(day - timeline.first) as usize] = n,
                false => _ = timeline.far.insert(day, n),
            }
        }
        timeline
    }

    /// The days, in order, with their counts.
    pub fn totals(&self) -> Totals {
        let mut table: Vec<_> = self.days().collect();
        table.sort_unstable();
        Totals { counts: Vec::new(), table: table.into_iter().map(|(day, n)| (day as u64, n)).collect(), missing: self.undated }
    }

    /// The stretches of time that are told.
    pub fn bucket(&self) -> Option<Bucket> {
        self.bucket
    }

    /// Whether days are counted, not only those that have none.
    pub fn has_days(&self) -> bool {
        self.bucket.is_some()
    }

    /// The same days, to be told by other stretches of time.
    pub fn by(self, bucket: Option<Bucket>) -> Timeline {
        Timeline { bucket, ..self }
    }

    /// Makes room in the table for days from `first` to `last`; `false` when they are too many.
    fn make_room(&mut self, first: i64, last: i64) -> bool {
        let (from, to) = match self.table.len() {
            0 => (first, last + 1),
            n => (self.first.min(first), (self.first + n as i64).max(last + 1)),
        };
        if to - from > DAYS {
            return false;
        }
        if from < self.first || self.table.is_empty() {
            let before = if self.table.is_empty() { 0 } else { (self.first - from) as usize };
            self.table.splice(0..0, std::iter::repeat_n(0, before));
            self.first = from;
        }
        self.table.resize((to - from) as usize, 0);
        true
    }

    /// Counts the hits of a stretch by the dates in `column`, or by the `days` of all articles where these are known.
    pub fn count(&mut self, column: &Column<i64>, days: Option<&[i32]>, hits: &Hits<'_>) {
        if self.bucket.is_none() {
            self.undated += hits.n - hits.with(column, true);
            return;
        }
        let day = |seconds: i64| seconds.div_euclid(86_400);
        let (first, last) = if column.values.num_vals() == 0 { (0, 0) } else { (day(column.min_value()), day(column.max_value())) };
        let has_room = self.make_room(first, last);
        let (first, table, far) = (self.first, &mut self.table, &mut self.far);
        let mut add = |day: i64, times: u32| match has_room {
            true => table[(day - first) as usize] += u64::from(times),
            false => *far.entry(day).or_default() += u64::from(times),
        };
        let Some(days) = days else {
            self.undated += hits.n - hits.all_values(column, true, |seconds, times| add(day(seconds), times));
            return;
        };
        for (place, times) in hits.places(true) {
            match days[place as usize] {
                UNDATED => self.undated += u64::from(times),
                day => add(i64::from(day), times),
            }
        }
    }

    /// The days with their counts.
    fn days(&self) -> impl Iterator<Item = (i64, u64)> {
        let table = (self.first..).zip(self.table.iter().copied());
        table.chain(self.far.iter().map(|(day, n)| (*day, *n))).filter(|(_, n)| *n > 0)
    }

    /// Adds the counts of other hits.
    pub fn absorb(&mut self, other: &Timeline) {
        let has_room = !other.table.is_empty() && self.make_room(other.first, other.first + other.table.len() as i64 - 1);
        for (day, n) in other.days() {
            match self.table.get_mut((day - self.first) as usize) {
                Some(at) if has_room => *at += n,
                _ => *self.far.entry(day).or_default() += n,
            }
        }
        self.undated += other.undated;
    }

    /// Takes away the counts of some of these hits.
    pub fn lessen(&mut self, some: &Timeline) {
        for (day, less) in some.days() {
            let in_table = self.table.get_mut((day - self.first) as usize).map_or(0, |n| {
                let taken = less.min(*n);
                *n -= taken;
                taken
            });
            if let Some(n) = self.far.get_mut(&day) {
                *n -= less - in_table;
            }
        }
        self.undated -= some.undated;
    }

    /// `(first second, count)` of each stretch that has hits.
    pub fn finish(self) -> Vec<(i64, u64)> {
        let Some(bucket) = self.bucket else { return Vec::new() };
        let mut starts: BTreeMap<i64, u64> = BTreeMap::new();
        for (day, count) in self.days() {
            if let Some(start) = bucket.start(day * 86_400) {
                *starts.entry(start).or_default() += count;
            }
        }
        starts.into_iter().collect()
    }
}

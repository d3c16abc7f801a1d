//! Runs of word positions, and how the nearest of them are found.

use std::borrow::Cow;
use std::collections::VecDeque;

/// A run of word positions, both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// Position of its first word.
    pub start: u32,
    /// Position of its last word.
    pub end: u32,
}

impl Run {
    /// From the first to the last position of both.
    pub(super) fn around(self, other: Run) -> Run {
        Run { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// In order, each once.
pub(super) fn sorted(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Those that hold no other.
pub(super) fn smallest(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable_by_key(|r| (std::cmp::Reverse(r.start), r.end));
    let mut least = None;
    runs.retain(|run| {
        let kept = least.is_none_or(|end| run.end < end);
        if kept {
            least = Some(run.end);
        }
        kept
    });
    runs.reverse();
    runs
}

/// Those of `inner` that lie in one of the runs, which are in order.
pub(super) fn covered<'r, T>(runs: &'r [Run], inner: &'r [T], run: impl Fn(&T) -> Run) -> impl Iterator<Item = &'r T> {
    // How far the runs reach up to each of them: one that holds others may come before them.
    let reach = |so_far: &mut u32, run: &Run| {
        *so_far = run.end.max(*so_far);
        Some(*so_far)
    };
    let reach: Vec<u32> = runs.iter().scan(0, reach).collect();
    inner.iter().filter(move |one| {
        let one = run(one);
        let before = runs.partition_point(|r| r.start <= one.start);
        before > 0 && reach[before - 1] >= one.end
    })
}

/// The smallest runs of one of `left` and, behind it, one of `right` that `fits` from the end of the first to the start of
/// the second. `reach` is the greatest distance at which that can be. Both are in order.
pub(super) fn followed(left: &[Run], right: &[Run], reach: u32, fits: impl Fn(Run) -> bool, out: &mut Vec<Run>) {
    let end = |r: &Run| (r.end, r.start);
    let mut by_end = Cow::Borrowed(left);
    if !left.is_sorted_by_key(end) {
        by_end.to_mut().sort_unstable_by_key(end);
    }
    let mut ended = by_end.iter().peekable();
    // Those in reach that no later one starts behind: the latest start makes the smallest run, and what does not fit there fits
    // no earlier start.
    let mut latest: VecDeque<&Run> = VecDeque::new();
    for second in right {
        while let Some(first) = ended.next_if(|r| r.end < second.start) {
            while latest.back().is_some_and(|r| r.start <= first.start) {
                latest.pop_back();
            }
            latest.push_back(first);
        }
        while latest.front().is_some_and(|r| r.end < second.start.saturating_sub(reach)) {
            latest.pop_front();
        }
        let run = latest.front().map(|first| first.around(*second));
        out.extend(run.filter(|run| fits(*run)));
    }
}

/// Those of `left` that no other run of `right` overlaps or is `close` to, at a distance of at most `reach`.
pub(super) fn apart(left: &[Run], right: &[Run], reach: u32, close: impl Fn(Run) -> bool) -> Vec<Run> {
    let longest = right.iter().map(|r| r.end - r.start).max().unwrap_or(0);
    let near = |l: &Run| {
        let from = right.partition_point(|r| r.start < l.start.saturating_sub(reach).saturating_sub(longest));
        let to = right.partition_point(|r| r.start <= l.end.saturating_add(reach));
        right[from..to].iter().any(|r| {
            let distance = r.start.saturating_sub(l.end).max(l.start.saturating_sub(r.end));
            r != l && (distance == 0 || distance <= reach && close(l.around(*r)))
        })
    };
    left.iter().filter(|l| !near(l)).copied().collect()
}

/// The most runs that do not overlap: those that end first are taken first.
pub fn count_apart(runs: &[Run]) -> u32 {
    let mut by_end = runs.to_vec();
    by_end.sort_unstable_by_key(|r| (r.end, r.start));
    let (mut count, mut free) = (0, 0);
    for run in by_end {
        if run.start >= free {
            count += 1;
            free = run.end + 1;
        }
    }
    count
}

//! Several questions over time, side by side: how many hits of each fall into a stretch of the calendar, and what share that is
//! of all the archive has of it.

use super::table::{TimeRow, counted, share};
use super::{Archive, counted_name};
use crate::error::Result;
use crate::query::{Bucket, Query, Search, Target};
use std::collections::BTreeMap;

/// One question over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What it is called in rows and columns.
    pub name: String,
    /// Hits by the first second of a stretch.
    pub counts: BTreeMap<i64, u64>,
    /// All that match, dated or not.
    pub total: u64,
    /// Those without a date, which are in no stretch.
    pub undated: u64,
}

/// Several questions on one calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct OverTime {
    /// What is counted.
    pub target: Target,
    /// The stretches.
    pub bucket: Bucket,
    /// The questions, in the order they were asked.
    pub series: Vec<Series>,
    /// All that the archive has, by the first second of a stretch.
    pub all: BTreeMap<i64, u64>,
    /// First seconds of the stretches from the first to the last hit of any, empty ones between them included.
    pub stretches: Vec<i64>,
}

impl OverTime {
    /// Puts counts side by side, beside `all` that the archive has.
    pub fn of(series: Vec<Series>, all: &[(i64, u64)], bucket: Bucket, target: Target) -> OverTime {
        let union: BTreeMap<i64, u64> = series.iter().flat_map(|s| s.counts.iter().map(|(start, n)| (*start, *n))).collect();
        let stretches = bucket.filled(&union.into_iter().collect::<Vec<_>>()).into_iter().map(|(start, _)| start).collect();
        OverTime { target, bucket, series, all: all.iter().copied().collect(), stretches }
    }

    /// Hits of `series` that fall into the stretch that begins at `start`.
    pub fn count(&self, series: usize, start: i64) -> u64 {
        self.series.get(series).and_then(|s| s.counts.get(&start)).copied().unwrap_or(0)
    }

    /// All that the archive has of a stretch.
    pub fn there(&self, start: i64) -> u64 {
        self.all.get(&start).copied().unwrap_or(0)
    }

    /// Share of all that the archive has of a stretch, in percent.
    pub fn percent(&self, series: usize, start: i64) -> f64 {
        share(self.count(series, start), self.there(start))
    }

    /// The lines of `--json`: for each stretch one of each question.
    pub fn rows(&self) -> Vec<TimeRow> {
        let row = |start: i64, i: usize| {
            let (articles, quotes) = counted(self.target, self.count(i, start));
            let percent_of_archive = (self.percent(i, start) * 1000.0).round() / 1000.0;
            TimeRow { from: self.bucket.label(start), query: Some(self.series[i].name.clone()), articles, quotes, percent_of_archive }
        };
        self.stretches.iter().flat_map(|start| (0..self.series.len()).map(move |i| row(*start, i))).collect()
    }

    /// The head of the table: two columns for each question, named where there are several.
    pub fn head(&self) -> Vec<String> {
        let columns = |s: &Series| match self.series.len() {
            1 => [counted_name(self.target).to_owned(), "percent_of_archive".to_owned()],
            // Without the sign of a saved query, which a spreadsheet would take for a formula.
            _ => [s.name.trim_start_matches('@').to_owned(), format!("{} (percent of archive)", s.name.trim_start_matches('@'))],
        };
        std::iter::once("from".to_owned()).chain(self.series.iter().flat_map(columns)).collect()
    }

    /// The row of a stretch under [`OverTime::head`].
    pub fn cells(&self, start: i64) -> Vec<String> {
        let numbers = (0..self.series.len()).flat_map(|i| [self.count(i, start).to_string(), format!("{:.3}", self.percent(i, start))]);
        std::iter::once(self.bucket.label(start)).chain(numbers).collect()
    }
}

impl Archive {
    /// What matches each of the questions over time; each comes with the name it is to have.
    ///
    /// # Errors
    ///
    /// As [`Archive::search`].
    pub fn over_time(&self, questions: impl IntoIterator<Item = (String, Query)>, target: Target, bucket: Bucket) -> Result<OverTime> {
        let found = |query| self.search(&Search { target, timeline: Some(bucket), limit: Some(0), ..Search::articles(query) });
        let series: Result<Vec<Series>> = questions
            .into_iter()
            .map(|(name, query)| {
                let found = found(query)?;
                let counts = found.timeline.iter().copied().collect();
                Ok(Series { name, counts, total: found.total, undated: found.undated })
            })
            .collect();
        Ok(OverTime::of(series?, &found(Query::All)?.timeline, bucket, target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_reach_from_the_first_hit_of_any_to_the_last() {
        let day = 86_400;
        let series = |name: &str, counts: &[(i64, u64)]| Series {
            name: name.to_owned(),
            counts: counts.iter().copied().collect(),
            ..Series::default()
        };
        let all = [(0, 4), (day, 8), (2 * day, 5), (3 * day, 1)];
        let over = OverTime::of(vec![series("a", &[(0, 1)]), series("@b", &[(2 * day, 5)])], &all, Bucket::Day, Target::Articles);
        assert_eq!(over.stretches, [0, day, 2 * day]);
        assert_eq!(over.head(), ["from", "a", "a (percent of archive)", "b", "b (percent of archive)"]);
        assert_eq!(over.cells(0), ["1970-01-01", "1", "25.000", "0", "0.000"]);
        assert_eq!(over.cells(2 * day), ["1970-01-03", "0", "0.000", "5", "100.000"]);
        assert_eq!(over.rows().len(), 6);
    }
}

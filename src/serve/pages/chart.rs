//! Counts over time as a picture: bars, another search as a line over them, and a shade where the archive has little.

use super::frame::{count, number};
use super::view::View;
use crate::archive::{OverTime, counted_name, counted_one};
use crate::query::Bucket;
use maud::{Markup, html};

/// Width of the picture in its own units.
const WIDTH: usize = 1000;
/// Height of the bars.
const HEIGHT: usize = 72;
/// Most bars.
pub const MOST: usize = 120;
/// The archive has little of a stretch when it has less than one part in so many of the usual stretch.
const LITTLE: u64 = 5;
/// Fewest stretches among which one can be called usual.
const FEW: usize = 6;

/// What the height of a bar says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Hits.
    Count,
    /// Their share of all that the archive has of the stretch, in percent.
    Percent,
}

impl Scale {
    /// The one of the two.
    pub fn of(percent: bool) -> Scale {
        if percent { Scale::Percent } else { Scale::Count }
    }

    fn size(self, over: &OverTime, series: usize, start: i64) -> f64 {
        match self {
            Scale::Count => over.count(series, start) as f64,
            Scale::Percent => over.percent(series, start),
        }
    }
}

/// The greatest count, or share, of one of the questions.
pub fn most(over: &OverTime, series: usize, scale: Scale) -> f64 {
    over.stretches.iter().map(|start| scale.size(over, series, *start)).fold(0.0, f64::max)
}

/// Stretches of which the archive has much less than of others, so that what is found there says little.
pub fn thin(over: &OverTime) -> Vec<i64> {
    let mut usual: Vec<u64> = over.stretches.iter().map(|start| over.there(*start)).filter(|n| *n > 0).collect();
    if usual.len() < FEW {
        return Vec::new();
    }
    usual.sort_unstable();
    let median = usual[usual.len() / 2];
    over.stretches.iter().copied().filter(|start| over.there(*start) * LITTLE < median).collect()
}

/// Bars for the first question, each a link that narrows `view` to it; a line for the second, or, with `whole`, for all that the
/// archive has, which has a scale of its own.
pub fn bars(over: &OverTime, scale: Scale, whole: bool, view: &View) -> Markup {
    let what = counted_name(over.target);
    let n = over.stretches.len();
    let left = |i: usize| i * WIDTH / n.max(1);
    let top = (0..over.series.len()).map(|i| most(over, i, scale)).fold(f64::MIN_POSITIVE, f64::max);
    let thin = thin(over);
    html! {
        svg.bars viewBox={ "0 0 " (WIDTH) " " (HEIGHT + 2) } preserveAspectRatio="none" role="group" aria-label={ "Bars: " (what) " over time" } {
            @for (i, start) in over.stretches.iter().enumerate() {
                @let (since, until) = dates(&over.bucket.label(*start), over.bucket);
                @let width = (left(i + 1) - left(i)).max(1);
                @let gap = usize::from(width > 4);
                @let height = height(scale.size(over, 0, *start), top);
                @if thin.contains(start) { rect.thin x=(left(i)) y="0" width=(width) height=(HEIGHT) {} }
                @if over.count(0, *start) == 0 {
                    rect.none x=(left(i)) y=(HEIGHT) width=(width - gap) height="1" data-since=(since) data-until=(until) {}
                } @else {
                    @let text = told(over, *start);
                    a href=(view.with(|v| { v.since.clone_from(&since); v.until.clone_from(&until); }).url()) aria-label=(text) data-since=(since) data-until=(until) {
                        title { (text) }
                        rect.reach x=(left(i)) y="0" width=(width) height=(HEIGHT + 2) {}
                        rect.bar .out[!within(&since, &view.since, &view.until)] x=(left(i)) y=(HEIGHT - height) width=(width - gap) height=(height) {}
                    }
                }
            }
            @if whole {
                @let all = over.stretches.iter().map(|s| over.there(*s)).max().unwrap_or(1) as f64;
                (line(&over.stretches.iter().map(|s| over.there(*s) as f64 / all).collect::<Vec<_>>()))
            } @else if over.series.len() > 1 {
                (line(&over.stretches.iter().map(|s| scale.size(over, 1, *s) / top).collect::<Vec<_>>()))
            }
        }
    }
}

/// Bars of one question and a line of the other without links, for a page on which nothing is narrowed.
pub fn plain(over: &OverTime, series: usize, scale: Scale, label: &str) -> Markup {
    let n = over.stretches.len();
    let left = |i: usize| i * WIDTH / n.max(1);
    let both = series == 0 && over.series.len() > 1 && scale == Scale::Percent;
    let top = if both { most(over, 0, scale).max(most(over, 1, scale)) } else { most(over, series, scale) }.max(f64::MIN_POSITIVE);
    html! {
        svg.bars.plain viewBox={ "0 0 " (WIDTH) " " (HEIGHT + 2) } preserveAspectRatio="none" role="img" aria-label=(label) {
            @for (i, start) in over.stretches.iter().enumerate() {
                @let width = (left(i + 1) - left(i)).max(1);
                @let gap = usize::from(width > 4);
                @let height = height(scale.size(over, series, *start), top);
                @if height == 0 { rect.none x=(left(i)) y=(HEIGHT) width=(width - gap) height="1" {} }
                @else { rect.bar x=(left(i)) y=(HEIGHT - height) width=(width - gap) height=(height) {} }
            }
            @if both { (line(&over.stretches.iter().map(|s| scale.size(over, 1, *s) / top).collect::<Vec<_>>())) }
        }
    }
}

/// The height of a bar: what is there shows, however little it is.
fn height(size: f64, top: f64) -> usize {
    if size <= 0.0 { 0 } else { ((size / top * HEIGHT as f64).round() as usize).max(2) }
}

/// Steps at the heights of `shares`, each of 0 to 1.
fn line(shares: &[f64]) -> Markup {
    let n = shares.len().max(1);
    let y = |share: f64| HEIGHT as f64 - share * (HEIGHT - 2) as f64;
    let steps: Vec<String> = shares.iter().enumerate().map(|(i, s)| format!("V{:.1}H{}", y(*s), (i + 1) * WIDTH / n)).collect();
    let path = format!("M0 {HEIGHT}{}", steps.join(""));
    html! {
        path.beside.halo d=(path) aria-hidden="true" {}
        path.beside d=(path) aria-hidden="true" {}
    }
}

/// A bar in words.
fn told(over: &OverTime, start: i64) -> String {
    let thing = counted_one(over.target);
    let (n, percent) = (count(over.count(0, start), thing), over.percent(0, start));
    let other = over.series.get(1).map(|s| format!("; {}: {}, {:.1} %", s.name, number(over.count(1, start)), over.percent(1, start)));
    format!("{}: {n}, {percent:.1} % of the archive{}", over.bucket.label(start), other.unwrap_or_default())
}

/// First and last day (or month, or year) of a bar, as a query writes them.
fn dates(label: &str, bucket: Bucket) -> (String, String) {
    if bucket != Bucket::Week {
        return (label.to_owned(), label.to_owned());
    }
    let parsed = label.split_once("-W").and_then(|(year, week)| {
        let (year, week) = (year.parse().ok()?, week.parse().ok()?);
        let monday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok()?.date();
        let sunday = monday.checked_add(jiff::Span::new().days(6)).ok()?;
        Some((monday.to_string(), sunday.to_string()))
    });
    parsed.unwrap_or_else(|| (label.to_owned(), label.to_owned()))
}

/// Whether a bar that begins at `from` lies between two dates of any fineness, either of which may be empty.
fn within(from: &str, since: &str, until: &str) -> bool {
    let n = from.len().min(since.len());
    let m = from.len().min(until.len());
    (since.is_empty() || from[..n] >= since[..n]) && (until.is_empty() || from[..m] <= until[..m])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Series;
    use crate::query::Target;

    #[test]
    fn weeks_are_dates_and_bars_know_whether_they_are_meant() {
        assert_eq!(dates("2020-W01", Bucket::Week), ("2019-12-30".into(), "2020-01-05".into()));
        assert_eq!(dates("2020-02", Bucket::Month), ("2020-02".into(), "2020-02".into()));
        assert!(
            within("2010-03", "2010", "2010")
                && within("2010-03", "", "")
                && !within("2009-12", "2010", "")
                && !within("2011", "", "2010-05")
        );
    }

    #[test]
    fn a_month_of_which_there_is_little_is_shaded_and_its_share_is_high() {
        let month = |i: i64| Bucket::Month.start(i * 31 * 86_400).unwrap();
        let all: Vec<(i64, u64)> = (0..8).map(|i| (month(i), if i == 3 { 2 } else { 100 })).collect();
        let counts = (0..8).map(|i| (month(i), if i == 3 { 1 } else { 10 })).collect();
        let over = OverTime::of(vec![Series { counts, ..Series::default() }], &all, Bucket::Month, Target::Articles);
        assert_eq!(thin(&over), [month(3)]);
        assert_eq!((most(&over, 0, Scale::Count), most(&over, 0, Scale::Percent)), (10.0, 50.0));
    }
}

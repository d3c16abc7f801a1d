//! Hits over time: bars that are links, a brush that is two dates, and the same as a table.

use super::frame::{carried, number};
use super::view::View;
use crate::archive::{TimeRow, counted_name};
use crate::query::Bucket;
use maud::{Markup, html};

/// Width of the picture in its own units.
const WIDTH: usize = 1000;
/// Height of the bars.
const HEIGHT: usize = 72;
/// Most bars.
pub const MOST: usize = 120;
/// Most years named under the bars.
const YEARS: usize = 8;

/// The stretch of time by which `days` make bars that can be told apart.
pub fn bucket(days: i64) -> Bucket {
    match days {
        ..=62 => Bucket::Day,
        63..=400 => Bucket::Week,
        401..=3650 => Bucket::Month,
        _ => Bucket::Year,
    }
}

/// The picture, the brush and the table.
pub fn strip(view: &View, rows: &[TimeRow], bucket: Bucket, undated: u64) -> Markup {
    let what = counted_name(view.what);
    let span = rows.first().zip(rows.last());
    html! {
        section.strip #timeline aria-label="Timeline" {
            @if let Some((first, last)) = span {
                (picture(view, rows, bucket))
                (axis(rows))
                div.ends aria-hidden="true" { span { (first.from) } span { "at most " (number(most(rows))) " a " (unit(bucket).to_lowercase()) } span { (last.from) } }
            }
            div.brush {
                form action="/" method="get" {
                    @let bare = view.with(|v| { v.since.clear(); v.until.clear(); });
                    (carried(&bare))
                    label { "From " input type="text" name="since" value=(view.since) placeholder="2010-03" size="10" pattern="[0-9\\-]{4,10}" inputmode="numeric"; }
                    label { "to " input type="text" name="until" value=(view.until) placeholder="2012" size="10" pattern="[0-9\\-]{4,10}" inputmode="numeric"; }
                    button type="submit" { "Narrow" }
                    @if !view.since.is_empty() || !view.until.is_empty() { a href=(bare.url()) { "all dates" } }
                }
                @if undated > 0 { span.undated { (number(undated)) " without a date, in no bar" } }
                @if span.is_some() {
                    details.table {
                        summary { "As a table" }
                        div.scroll tabindex="0" role="region" aria-label="Timeline as a table" {
                            table {
                                thead { tr { th scope="col" { (unit(bucket)) } th scope="col" { (what) } th scope="col" { "% of archive" } } }
                                tbody { @for row in rows { tr { th scope="row" { (row.from) } td { (number(row.count())) } td { (format!("{:.2}", row.percent_of_archive)) } } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The count of the highest bar.
fn most(rows: &[TimeRow]) -> u64 {
    rows.iter().map(TimeRow::count).max().unwrap_or(0)
}

/// Where years begin, between the ends, so many at most that they can be read.
fn axis(rows: &[TimeRow]) -> Markup {
    let year = |row: &TimeRow| row.from.get(..4).unwrap_or_default().to_owned();
    let begins: Vec<(usize, String)> =
        (1..rows.len()).filter(|i| year(&rows[*i]) != year(&rows[i - 1])).map(|i| (i, year(&rows[i]))).collect();
    let each = begins.len().div_ceil(YEARS).max(1);
    html! {
        @if rows.len() > begins.len() + 1 || rows.len() > 2 * YEARS {
            svg.axis width="100%" height="14" aria-hidden="true" {
                @for (i, year) in begins.iter().step_by(each) {
                    @let at = format!("{:.2}%", 100.0 * *i as f64 / rows.len() as f64);
                    line x1=(at) x2=(at) y1="0" y2="4" {}
                    text x=(at) y="13" { (year) }
                }
            }
        }
    }
}

fn unit(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Day => "Day",
        Bucket::Week => "Week",
        Bucket::Month => "Month",
        Bucket::Year => "Year",
    }
}

fn picture(view: &View, rows: &[TimeRow], bucket: Bucket) -> Markup {
    let most = most(rows).max(1);
    let what = counted_name(view.what);
    // Places of the bars in whole units: the picture stretches to the width there is.
    let left = |i: usize| i * WIDTH / rows.len();
    let inside = |from: &str| within(from, &view.since, &view.until);
    html! {
        svg.bars viewBox={ "0 0 " (WIDTH) " " (HEIGHT + 2) } preserveAspectRatio="none" role="group" aria-label={ "Bars: " (what) " over time" } {
            @for (i, row) in rows.iter().enumerate() {
                @let n = row.count();
                @let height = if n == 0 { 0 } else { ((n as usize * HEIGHT) / most as usize).max(2) };
                @let (since, until) = dates(&row.from, bucket);
                @let width = (left(i + 1) - left(i)).max(1);
                @let gap = usize::from(width > 4);
                @let text = format!("{}: {} {what}, {:.1} % of the archive", row.from, number(n), row.percent_of_archive);
                @if n == 0 {
                    rect.none x=(left(i)) y=(HEIGHT) width=(width - gap) height="1" data-since=(since) data-until=(until) {}
                } @else {
                    a href=(view.with(|v| { v.since.clone_from(&since); v.until.clone_from(&until); }).url()) aria-label=(text) data-since=(since) data-until=(until) {
                        title { (text) }
                        rect.reach x=(left(i)) y="0" width=(width) height=(HEIGHT + 2) {}
                        rect.bar .out[!inside(&since)] x=(left(i)) y=(HEIGHT - height) width=(width - gap) height=(height) {}
                    }
                }
            }
        }
    }
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
}

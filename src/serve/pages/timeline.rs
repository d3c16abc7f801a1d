//! Hits over time: bars that are links, a brush that is two dates, another search drawn over them, and the same as a table.

use super::chart::{self, Scale};
use super::frame::{capital, carried, count, number};
use super::view::View;
use crate::archive::{OverTime, counted_name};
use crate::query::{Bucket, Target};
use crate::serve::ask::encoded;
use maud::{Markup, html};

/// Most years named under the bars.
const YEARS: usize = 8;

/// The share of the picture next to either end in which no year is named.
const MARGIN: f64 = 0.06;

/// The stretch of time by which `days` make bars that can be told apart.
pub fn bucket(days: i64) -> Bucket {
    match days {
        ..=62 => Bucket::Day,
        63..=400 => Bucket::Week,
        401..=3650 => Bucket::Month,
        _ => Bucket::Year,
    }
}

/// What the strip shows.
pub struct Strip<'a> {
    /// The hits, and behind them the search that is drawn over them, if any.
    pub over: &'a OverTime,
    /// The hits, as a query that the API takes.
    pub canonical: &'a str,
    /// Why the other search is not drawn.
    pub trouble: Option<String>,
    /// Saved searches that can be drawn: heading, and the query that stands for them.
    pub saved: &'a [(String, String)],
}

impl Strip<'_> {
    /// The picture, the brush, what can be drawn over it, and the table.
    pub fn show(&self, view: &View) -> Markup {
        let over = self.over;
        let undated = over.series.first().map_or(0, |s| s.undated);
        let label = |start: Option<&i64>| start.map(|s| over.bucket.label(*s)).unwrap_or_default();
        html! {
            section.strip #timeline aria-label="Timeline" {
                @if !over.stretches.is_empty() {
                    (chart::bars(over, Scale::of(view.percent), whole(view), view))
                    (axis(over))
                    div.ends aria-hidden="true" { span { (label(over.stretches.first())) } span { (label(over.stretches.last())) } }
                    (self.key(view))
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
                    @if !over.stretches.is_empty() { (measure(view)) (self.others(view)) (self.table(view)) }
                }
            }
        }
    }

    /// What bars, line and shade stand for.
    fn key(&self, view: &View) -> Markup {
        let over = self.over;
        let (scale, what) = (Scale::of(view.percent), counted_name(over.target));
        let per = over.bucket.name();
        let most = |series| match scale {
            Scale::Count => format!("at most {} a {per}", number(chart::most(over, series, scale) as u64)),
            Scale::Percent => format!("at most {:.1} % of the archive’s {what} of a {per}", chart::most(over, series, scale)),
        };
        let without = view.with(|v| v.beside.clear()).url();
        html! {
            p.key {
                span { span.swatch aria-hidden="true" {} @if over.series.len() > 1 || whole(view) { "this search: " } (most(0)) }
                @if let Some(other) = over.series.get(1) {
                    span { span.swatch.second aria-hidden="true" {} bdi { (other.name) } ": " (count(other.total, what.trim_end_matches('s'))) ", " (most(1)) " " a href=(without) { "take away" span.sr { " " (other.name) } } }
                }
                @if whole(view) {
                    @let all = over.stretches.iter().map(|s| over.there(*s)).max().unwrap_or(0);
                    span { span.swatch.second aria-hidden="true" {} "the whole archive, on a scale of its own: at most " (number(all)) " a " (per) " " a href=(without) { "take away" span.sr { " the whole archive" } } }
                }
                @if !chart::thin(over).is_empty() { span { span.swatch.thin aria-hidden="true" {} "the archive has little of this time" } }
                @if let Some(trouble) = &self.trouble { span.note { (super::help::ticks(trouble)) } }
            }
        }
    }

    /// What can be drawn over the bars.
    fn others(&self, view: &View) -> Markup {
        html! {
            details.beside open[self.trouble.is_some()] {
                summary { "Compare over time" }
                form action="/" method="get" {
                    (carried(&view.with(|v| v.beside.clear())))
                    label { "with " input type="text" name="vs" value=(if view.beside == "*" { "" } else { view.beside.as_str() }) placeholder="another search" size="18" required; }
                    button type="submit" { "Draw" }
                    @if !view.percent { a href=(view.with(|v| "*".clone_into(&mut v.beside)).url()) { "the whole archive" } }
                    @for (heading, query) in self.saved { a href=(view.with(|v| v.beside.clone_from(query)).url()) { bdi { (heading) } } }
                }
            }
        }
    }

    fn table(&self, view: &View) -> Markup {
        let over = self.over;
        let what = counted_name(over.target);
        let quotes = if view.what == Target::Quotes { "&what=quotes" } else { "" };
        let and = over.series.get(1).map(|s| format!("&and={}", encoded(&s.name))).unwrap_or_default();
        let unit = over.bucket.name();
        let csv = format!("/api/v1/timeline?as=csv&per={unit}{quotes}&q={}{and}", encoded(self.canonical));
        let thin = chart::thin(over);
        html! {
            details.table {
                summary { "As a table" }
                div.scroll tabindex="0" role="region" aria-label="Timeline as a table" {
                    table.numbers {
                        thead { tr {
                            th scope="col" { (capital(unit)) } th scope="col" { (what) } th scope="col" { "% of archive" }
                            @if let Some(other) = over.series.get(1) { th scope="col" { bdi { (other.name) } } th scope="col" { "% of archive" } }
                            th scope="col" { "archive" }
                        } }
                        tbody { @for start in &over.stretches { tr {
                            th scope="row" { (over.bucket.label(*start)) @if thin.contains(start) { span.faint { " little" } } }
                            @for i in 0..over.series.len() { td { (number(over.count(i, *start))) } td { (format!("{:.2}", over.percent(i, *start))) } }
                            td { (number(over.there(*start))) }
                        } } }
                    }
                }
                a href=(csv) { "CSV" span.sr { " of the timeline" } }
            }
        }
    }
}

/// Whether the whole archive is drawn over the bars; as a share of itself it is always all.
fn whole(view: &View) -> bool {
    view.beside == "*" && !view.percent
}

/// Counts, or shares of the archive.
fn measure(view: &View) -> Markup {
    html! {
        span.measure role="group" aria-label="Bars show" {
            @for (percent, name) in [(false, "counts"), (true, "% of the archive")] {
                a href=(View { percent, ..view.clone() }.url()) aria-current=[(view.percent == percent).then_some("true")] { (name) }
            }
        }
    }
}

/// Where years begin, between the ends, so many at most that they can be read.
fn axis(over: &OverTime) -> Markup {
    let years: Vec<String> = over.stretches.iter().map(|s| over.bucket.label(*s).get(..4).unwrap_or_default().to_owned()).collect();
    // What begins close to an end would be written over it.
    let apart = |i: &usize| (MARGIN..=1.0 - MARGIN).contains(&(*i as f64 / years.len() as f64));
    let begins: Vec<usize> = (1..years.len()).filter(|i| years[*i] != years[i - 1]).filter(apart).collect();
    let each = begins.len().div_ceil(YEARS).max(1);
    html! {
        @if years.len() > begins.len() + 1 || years.len() > 2 * YEARS {
            svg.axis width="100%" height="14" aria-hidden="true" {
                @for i in begins.iter().step_by(each) {
                    @let at = format!("{:.2}%", 100.0 * *i as f64 / years.len() as f64);
                    line x1=(at) x2=(at) y1="0" y2="4" {}
                    text x=(at) y="13" { (years[*i]) }
                }
            }
        }
    }
}

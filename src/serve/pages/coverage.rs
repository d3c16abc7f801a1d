//! What the archive has: source by time, as a table whose cells are shaded and hold their number.

use super::frame::{Page, count, number};
use super::view::{View, also};
use crate::archive::Archive;
use crate::error::Result;
use crate::field;
use crate::query::{Bucket, FacetRequest, Query, Results, Search};
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Most columns of months; with more, years are shown.
const COLUMNS: usize = 36;
/// Most sources.
const SOURCES: usize = 60;

/// The head of the table: years that open their months, or months under their years.
fn head(view: &View, columns: &BTreeSet<String>, per: &str, undated: bool) -> Markup {
    if per == "year" {
        let months = |year: &String| view.with(|v| (v.since, v.until) = (year.clone(), year.clone())).at("/coverage", &[]);
        return html! {
            thead { tr {
                th scope="col" { "Source" } th scope="col" { "All" }
                @if undated { th scope="col" { "no date" } }
                @for year in columns { th scope="col" { a href=(months(year)) { (year) span.sr { " by month" } } } }
            } }
        };
    }
    let mut years: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for month in columns {
        years.entry(month.get(..4).unwrap_or(month)).or_default().push(month);
    }
    let short = |month: &str| {
        let date = format!("{month}-01").parse::<jiff::civil::Date>();
        date.map_or_else(|_| month.to_owned(), |date| date.strftime("%b").to_string())
    };
    html! {
        thead {
            tr { th scope="col" rowspan="2" { "Source" } th scope="col" rowspan="2" { "All" } @if undated { th scope="col" rowspan="2" { "no date" } } @for (year, months) in &years { th.year scope="colgroup" colspan=(months.len()) { (year) } } }
            tr { @for month in years.values().flatten() { th scope="col" { time datetime=(month) { (short(month)) } } } }
        }
    }
}

/// The articles of one source and one year or month, or of no date.
fn cell(view: &View, source: &str, time: Option<&str>) -> String {
    let narrowed = view.with(|v| match time {
        Some(time) => (v.since, v.until) = (time.to_owned(), time.to_owned()),
        None => v.q = also(&v.q, "-date:*"),
    });
    field::by_name("source").map_or_else(|| narrowed.url(), |field| narrowed.choosing(field, source, Some(false)).url())
}

/// Articles by source and `per`; beside that, all of each source, dated or not.
fn table(archive: &Archive, query: &Query, per: &str) -> Result<Results> {
    let ways = [field::by_name(per), None];
    let facets = field::by_name("source").into_iter().flat_map(|field| ways.map(|by| FacetRequest { field, limit: None, by }));
    let all = Search { timeline: Some(Bucket::Year), ..Search::articles(query.clone()) };
    archive.search(&Search { limit: Some(0), facets: facets.collect(), ..all })
}

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let view = View::of(ask)?;
    let posed = view.pose(&archive)?;
    let table = |per: &str| table(&archive, &posed.query, per);
    let mut per = "month";
    let mut found = table(per)?;
    let columns =
        |found: &Results| -> BTreeSet<String> { found.facets.iter().flat_map(|f| &f.counts).filter_map(|c| c.by.clone()).collect() };
    if columns(&found).len() > COLUMNS {
        per = "year";
        found = table(per)?;
    }
    let columns = columns(&found);
    let mut cells: BTreeMap<&str, BTreeMap<&str, u64>> = BTreeMap::new();
    for c in found.facets.iter().flat_map(|f| &f.counts) {
        if let Some(by) = &c.by {
            cells.entry(&c.value).or_default().insert(by, c.count);
        }
    }
    let all = found.facets.last().map(|f| f.counts.as_slice()).unwrap_or_default();
    let mut sources: Vec<(&str, u64)> = all.iter().map(|c| (c.value.as_str(), c.count)).collect();
    sources.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let undated = |name: &str, all: u64| all - cells.get(name).map_or(0, |row| row.values().sum::<u64>().min(all));
    let some_undated = sources.iter().any(|(name, all)| undated(name, *all) > 0);
    let most = cells.values().flat_map(BTreeMap::values).copied().max().unwrap_or(1).max(1);
    let source = field::by_name("source");
    let missing = found.facets.last().map_or(0, |f| f.missing);
    let body = html! {
        main #main .coverage {
            h1 { "Coverage" }
            p.lead { (count(found.total, "article")) " from " (count(sources.len() as u64, "source")) ", by " (per) ". "
                @if found.undated > 0 { (number(found.undated)) (if found.undated == 1 { " has" } else { " have" }) " no date. " }
                @if missing > 0 { (number(missing)) (if missing == 1 { " has no source and is" } else { " have no source and are" }) " in no row. " }
                a href={ "/api/v1/coverage?as=csv" @if !view.is_everything() { "&q=" (encoded(&posed.canonical)) } } { "CSV" }
                @if !view.is_everything() { " · " a href="/coverage" { "all years" } } }
            @if per == "year" { p.faint { "A year opens its months, a number what it counts." } }
            div.scroll.whole tabindex="0" role="region" aria-label="Articles by source and time" {
                table.heat {
                    (head(&view, &columns, per, some_undated))
                    tbody {
                        @for (name, total) in sources.iter().take(SOURCES) {
                            tr {
                                th scope="row" { @if let Some(field) = source { a href=(view.choosing(field, name, Some(false)).url()) { bdi { (name) } } } }
                                td { (number(*total)) }
                                @if some_undated { td { @match undated(name, *total) { 0 => span.sr { "none" }, n => a href=(cell(&view, name, None)) { (number(n)) } } } }
                                @for c in &columns {
                                    @match cells.get(name).and_then(|row| row.get(c.as_str())) {
                                        Some(n) => td class={ "h" (1 + (n * 5).div_ceil(most).min(5)) } { a href=(cell(&view, name, Some(c))) { (number(*n)) } },
                                        None => td.h0 { span.sr { "none" } },
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if sources.len() > SOURCES { p.after { (number((sources.len() - SOURCES) as u64)) " further sources: " a href=(View::all().at("/facet", &[("by", "source")])) { "all of them" } } }
        }
    };
    Ok(Page { title: "Coverage", path: "/coverage", view: &view, skips: &[("#main", "the table")] }.around(shared, body))
}

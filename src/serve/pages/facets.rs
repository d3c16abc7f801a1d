//! What can be chosen at the left: values with counts, each to be included or excluded, and the page with all of them.

use super::frame::{Page, carried, count, number};
use super::view::View;
use crate::field::{self, Field};
use crate::query::{FacetCount, FacetCounts, FacetRequest, Search, Target};
use crate::serve::ask::{Ask, facet};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};

/// The facets of the screen, in their order: field, name.
pub const FACETS: [(&str, &str); 9] = [
    ("speaker", "Speaker"),
    ("about", "Said about"),
    ("person", "Person"),
    ("place", "Place"),
    ("org", "Organization"),
    ("source", "Source"),
    ("byline", "Byline"),
    ("section", "Section"),
    ("lang", "Language"),
];
/// Speakers who are nobody by name.
const NOBODY: [&str; 2] = ["anonymous", "unresolved"];
/// Values of each.
pub const SHOWN: usize = 6;
/// Values on one page of all of them.
const PAGE: usize = 200;

/// What of them is to be counted; places go on the map as well.
pub fn requests(places: usize) -> Vec<FacetRequest> {
    let request = |(name, _): &(&str, &str)| {
        let limit = Some(if *name == "place" { places } else { SHOWN });
        field::by_name(name).map(|field| FacetRequest { field, limit, by: None })
    };
    FACETS.iter().filter_map(request).collect()
}

/// All of them.
pub fn column(view: &View, facets: &[FacetCounts]) -> Markup {
    html! {
        @for counts in facets {
            @let chosen = view.filters.iter().any(|f| f.field == counts.field);
            @if !counts.counts.is_empty() || chosen {
                (one(view, counts))
            }
        }
    }
}

fn name_of(field: &Field) -> &str {
    FACETS.iter().find(|(f, _)| *f == field.name).map_or(field.name, |(_, name)| *name)
}

fn one(view: &View, counts: &FacetCounts) -> Markup {
    let field = counts.field;
    let folded = matches!(field.name, "byline" | "section" | "lang") && !view.filters.iter().any(|f| f.field == field);
    html! {
        details.facet open[!folded] data-field=(field.name) {
            summary { (name_of(field)) }
            ul { (values(view, field, &counts.counts[..counts.counts.len().min(SHOWN)])) }
            @let more = counts.distinct.saturating_sub(SHOWN as u64);
            @if more > 0 {
                p.more { a href=(view.at("/facet", &[("by", field.name)])) data-find=(field.name) { "all " (number(counts.distinct)) } }
            }
        }
    }
}

/// Values as list items. Chosen ones that are not among them come first.
fn values(view: &View, field: &'static Field, counts: &[FacetCount]) -> Markup {
    let there = |value: &str| counts.iter().any(|c| c.value == value);
    let absent: Vec<&str> = view.filters.iter().filter(|f| f.field == field && !there(&f.value)).map(|f| f.value.as_str()).collect();
    html! {
        @for value in absent { (item(view, field, value, None)) }
        @for c in counts { (item(view, field, &c.value, Some(c.count))) }
    }
}

fn item(view: &View, field: &'static Field, value: &str, n: Option<u64>) -> Markup {
    let chosen = view.chosen(field, value);
    let (above, last) = value.rsplit_once('/').filter(|_| field.kind == field::FieldKind::Path).unwrap_or(("", value));
    let to = |not| view.choosing(field, value, not).url();
    html! {
        li .in[chosen == Some(false)] .not[chosen == Some(true)] .nobody[NOBODY.contains(&value)] data-value=(value) {
            @match chosen {
                None => {
                    a.take href=(to(Some(false))) title=[(!above.is_empty()).then_some(above)] { bdi { (last) } }
                    @if let Some(n) = n { span.n { (number(n)) } }
                    a.drop href=(to(Some(true))) { "not" span.sr { " " (last) } }
                }
                Some(false) => {
                    a.take href=(to(None)) { span.sr { "chosen, take back: " } bdi { (last) } }
                    @if let Some(n) = n { span.n { (number(n)) } }
                    a.drop href=(to(Some(true))) { "not" span.sr { " " (last) } }
                }
                Some(true) => {
                    a.take href=(to(None)) { span.sr { "excluded, take back: " } bdi { (last) } }
                    @if let Some(n) = n { span.n { (number(n)) } }
                }
            }
        }
    }
}

/// What is chosen, above the hits; each is taken away by a click.
pub fn chips(view: &View) -> Markup {
    html! {
        @if !view.filters.is_empty() || !view.since.is_empty() || !view.until.is_empty() {
            ul.chips aria-label="Chosen" {
                @for f in &view.filters {
                    li .not[f.not] {
                        span { (name_of(f.field)) @if f.not { " is not " } @else { ": " } b { bdi { (f.value.rsplit('/').next().unwrap_or(&f.value)) } } }
                        a href=(view.choosing(f.field, &f.value, None).url()) { "×" span.sr { "take away " (f.value) } }
                    }
                }
                @for (name, value, rest) in [
                    ("since", &view.since, view.with(|v| v.since.clear())),
                    ("until", &view.until, view.with(|v| v.until.clear())),
                ] {
                    @if !value.is_empty() { li { span { (name) " " b { (value) } } a href=(rest.url()) { "×" span.sr { "take away " (name) } } } }
                }
            }
        }
    }
}

/// `/facet`: all values of one field, to be found by their letters.
pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let view = View::of(ask)?;
    let field = facet(ask.need("by")?)?;
    let find = ask.get("find").unwrap_or_default();
    let from = ask.number("from", 0)?;
    let posed = view.pose(&archive)?;
    let search = Search {
        target: view.what,
        limit: Some(0),
        facets: vec![FacetRequest { field, limit: None, by: None }],
        ..Search::articles(posed.query.clone())
    };
    let answered = archive.answer(&search)?;
    let all = answered.results.facets.into_iter().next().map(|f| f.counts).unwrap_or_default();
    let wanted = crate::words::fold(find).into_owned();
    let found: Vec<FacetCount> =
        all.into_iter().filter(|c| wanted.is_empty() || crate::words::fold(&c.value).contains(wanted.as_str())).collect();
    let total = found.len();
    let shown = &found[from.min(total)..(from + if ask.flag("part") { 12 } else { PAGE }).min(total)];
    if ask.flag("part") {
        return Ok(
            html! { (values(&view, field, shown)) @if total > shown.len() { li.rest { (number((total - shown.len()) as u64)) " more" } } },
        );
    }
    let what = if view.what == Target::Articles { "articles" } else { "quotes" };
    let body = html! {
        main #main {
            h1 { (name_of(field)) }
            p.lead { (count(total as u64, "value")) " in " (number(answered.results.total)) " " (what) ": " (super::frame::reading(&posed.reading)) ". " a href=(view.url()) { "Back to the hits" } }
            form.find action="/facet" method="get" {
                (carried(&view))
                input type="hidden" name="by" value=(field.name);
                label { "Whose letters contain " input type="search" name="find" value=(find); }
                button type="submit" { "Find" }
            }
            ul.values { (values(&view, field, shown)) }
            nav.turn aria-label="Pages of values" {
                @if from > 0 { a rel="prev" href=(view.at("/facet", &[("by", field.name), ("find", find), ("from", &from.saturating_sub(PAGE).to_string())])) { "before" } }
                @if from + PAGE < total { a rel="next" href=(view.at("/facet", &[("by", field.name), ("find", find), ("from", &(from + PAGE).to_string())])) { "more" } }
            }
        }
    };
    Ok(Page { title: name_of(field), path: "/facet", view: &view, skips: &[("#main", "the values")] }.around(shared, body))
}

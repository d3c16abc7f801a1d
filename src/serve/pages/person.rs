//! A person: what they say and what is said about them, over time; roles they are given; where and with whom they appear.

use super::chart::{self, Scale};
use super::frame::{Page, count, day, number};
use super::hits;
use super::view::View;
use crate::archive::{Answer, Archive, OverTime, Series};
use crate::field;
use crate::query::{Bucket, FacetCounts, FacetRequest, Query, Results, Search, Sort, Target, ValueMatch};
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Quotes shown of each kind.
const SHOWN: usize = 10;
/// Roles shown at first.
const FEW: usize = 4;
/// Quotes looked at for the roles.
const ROLES: usize = 500;

fn is(name: &str, value: &str) -> Query {
    let value = ValueMatch::Whole(value.to_owned());
    field::by_name(name).map_or(Query::Nothing, |field| Query::Is { field, value })
}

fn facets(names: &[&str]) -> Vec<FacetRequest> {
    names.iter().filter_map(|n| field::by_name(n)).map(|field| FacetRequest { field, limit: Some(10), by: None }).collect()
}

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let name = ask.need("name")?;
    let base =
        Search { limit: Some(SHOWN), sort: Sort::DateDown, timeline: Some(Bucket::Month), mark: false, ..Search::quotes(Query::All) };
    let said = archive.answer(&Search { query: is("speaker", name), facets: facets(&["about", "cue", "source"]), ..base.clone() })?;
    let about = archive.answer(&Search { query: is("about", name), facets: facets(&["speaker"]), ..base.clone() })?;
    let named = archive.search(&Search {
        query: is("person", name),
        target: Target::Articles,
        limit: Some(0),
        facets: facets(&["place", "source", "person", "org"]),
        ..base
    })?;
    let roles = roles(&archive, name)?;
    let over = calendar(&said.results, &about.results);
    let view = View::all();
    let to = |field: &str, what| View::search(&format!("{field}:=\"{}\"", name.replace('"', " ")), what).url();
    let body = html! {
        main #main .person {
            h1 { bdi { (name) } }
            @if said.results.total + about.results.total + named.total == 0 {
                p.lead { "Nobody of this name, letter by letter, is in the archive. " a href=(View::search(&format!("person:\"{}\"", name.replace('"', " ")), Target::Articles).url()) { "Look for the words of the name" } }
            } @else {
                p.lead {
                    a href=(to("speaker", Target::Quotes)) { (count(said.results.total, "quote")) } " by, "
                    a href=(to("about", Target::Quotes)) { (count(about.results.total, "quote")) } " about, "
                    "named in " a href=(to("person", Target::Articles)) { (count(named.total, "article")) } ". "
                    a href={ "/compare?what=quotes&a=" (encoded(&format!("speaker:=\"{name}\""))) } { "Compare with somebody" } " · "
                    a href={ "/names?about=" (encoded(name)) } { "Other forms of the name" } " · "
                    a href=(View::search(&format!("speaker:=\"{}\"", name.replace('"', " ")), Target::Quotes).at("/alert", &[])) { "Alert me" }
                }
            }
            @if !roles.is_empty() {
                section { h2 { "Roles, as they are given" }
                    (role_table(&roles[..roles.len().min(FEW)]))
                    @if roles.len() > FEW { details { summary { (number((roles.len() - FEW) as u64)) " more" } (role_table(&roles[FEW..])) } }
                }
            }
            div.pair {
                section { h2 { "Says" } (spark(&over, 0)) (quotes(&said.hits, said.results.total, &to("speaker", Target::Quotes))) }
                section { h2 { "Is spoken about" } (spark(&over, 1)) (quotes(&about.hits, about.results.total, &to("about", Target::Quotes))) }
            }
            section.around { h2 { "Around them" }
                div.lists {
                    (list("Speaks about", &said.results.facets, "about", name))
                    (list("Is spoken about by", &about.results.facets, "speaker", name))
                    (list("Named beside", &named.facets, "person", name))
                    (list("Organizations", &named.facets, "org", name))
                    (list("Places", &named.facets, "place", name))
                    (list("Sources", &named.facets, "source", name))
                    (list("How it is put", &said.results.facets, "cue", name))
                }
            }
        }
    };
    Ok(Page { title: name, path: "/person", view: &view, skips: &[("#main", "the person")] }.around(shared, body))
}

/// What somebody says and what is said about them, on one calendar: what stands above each other is of one time.
fn calendar(said: &Results, about: &Results) -> OverTime {
    let series = |name: &str, found: &Results| Series {
        name: name.to_owned(),
        counts: found.timeline.iter().copied().collect(),
        ..Series::default()
    };
    OverTime::of(vec![series("says", said), series("is spoken about", about)], &[], Bucket::Month, Target::Quotes)
}

fn role_table(roles: &[RoleRow]) -> Markup {
    html! {
        table.roles {
            thead { tr { th scope="col" { "Role" } th scope="col" { "first" } th scope="col" { "last" } th scope="col" { "quotes" } } }
            tbody { @for (role, first, last, n) in roles { tr { th scope="row" { bdi { (role) } } td { (day(first.as_deref())) } td { (day(last.as_deref())) } td { (number(*n)) } } } }
        }
    }
}

/// A role, first and last day, and at how many quotes.
type RoleRow = (String, Option<String>, Option<String>, u64);

/// Roles at this speaker's quotes with first and last day and number, most first.
fn roles(archive: &Archive, name: &str) -> Answered<Vec<RoleRow>> {
    let search = Search { limit: Some(ROLES), sort: Sort::DateUp, mark: false, ..Search::quotes(is("speaker", name)) };
    let mut roles: BTreeMap<String, (Option<String>, Option<String>, u64)> = BTreeMap::new();
    for hit in archive.answer(&search)?.hits {
        let Answer::Quote(hit) = hit else { continue };
        let Some(role) = hit.speaker.and_then(|s| s.role) else { continue };
        let entry = roles.entry(role).or_insert_with(|| (hit.published.clone(), None, 0));
        entry.1 = hit.published.or(entry.1.take());
        entry.2 += 1;
    }
    let mut rows: Vec<_> = roles.into_iter().map(|(role, (first, last, n))| (role, first, last, n)).collect();
    rows.sort_by(|a, b| b.3.cmp(&a.3).then_with(|| a.0.cmp(&b.0)));
    rows.truncate(12);
    Ok(rows)
}

fn quotes(found: &[Answer], total: u64, all: &str) -> Markup {
    html! {
        @if total == 0 { p.faint { "Nothing in the archive." } }
        (hits::list(&View::search("", Target::Quotes), found, total))
        @if total as usize > found.len() { p.more { a href=(all) { "all " (number(total)) } } }
    }
}

fn list(title: &str, facets: &[FacetCounts], field: &str, name: &str) -> Markup {
    let counts = facets.iter().find(|f| f.field.name == field).map(|f| f.counts.as_slice()).unwrap_or_default();
    let counts: Vec<_> = counts.iter().filter(|c| c.value != name).take(8).collect();
    html! {
        @if !counts.is_empty() {
            div { h3 { (title) }
                ul { @for c in counts { li {
                    @let shown = c.value.rsplit('/').next().unwrap_or(&c.value);
                    @if matches!(field, "person" | "about" | "speaker") { a href={ "/person?name=" (encoded(&c.value)) } { bdi { (shown) } } } @else { bdi { (shown) } }
                    span.n { (number(c.count)) }
                } } }
            }
        }
    }
}

/// Quotes by month as a picture, with its numbers as a table.
fn spark(over: &OverTime, series: usize) -> Markup {
    let (Some(first), Some(last)) = (over.stretches.first(), over.stretches.last()) else { return html! {} };
    let (first, last) = (over.bucket.label(*first), over.bucket.label(*last));
    let most = chart::most(over, series, Scale::Count) as u64;
    let label = format!("Quotes by month from {first} to {last}, at most {most}");
    html! {
        @if most > 0 {
            div.spark {
                (chart::plain(over, series, Scale::Count, &label))
                div.ends aria-hidden="true" { span { (first) } span { "at most " (count(most, "quote")) " a month" } span { (last) } }
                details { summary { "As a table" } table.numbers { thead { tr { th scope="col" { "Month" } th scope="col" { "quotes" } } } tbody { @for start in over.stretches.iter().filter(|s| over.count(series, **s) > 0) { tr { th scope="row" { (over.bucket.label(*start)) } td { (number(over.count(series, *start))) } } } } } }
            }
        }
    }
}

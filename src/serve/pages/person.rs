//! A person: what they say and what is said about them, over time; roles they are given; where and with whom they appear.

use super::chart::{self, Scale};
use super::frame::{Page, count, day, number};
use super::hits;
use super::view::View;
use crate::archive::{Answer, Archive, OverTime, Series};
use crate::field;
use crate::query::{Bucket, FacetCounts, FacetRequest, Query, Results, Search, Sort, Target, ValueMatch, exactly};
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use crate::words::fold;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Quotes shown of each kind.
const SHOWN: usize = 10;
/// Roles shown at first.
const FEW: usize = 4;
/// Articles looked at for the roles, the latest: each has to be read.
const ROLES: usize = 2000;
/// Values of a list.
const LISTED: usize = 8;

fn is(name: &str, value: &str) -> Query {
    let value = ValueMatch::Whole(value.to_owned());
    field::by_name(name).map_or(Query::Nothing, |field| Query::Is { field, value })
}

fn facets(names: &[&str]) -> Vec<FacetRequest> {
    names.iter().filter_map(|n| field::by_name(n)).map(|field| FacetRequest { field, limit: Some(LISTED + 1), by: None }).collect()
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
    let view = View::all();
    let show = |body: Markup| {
        let page = Page { title: name, path: "/person", view: &view, skips: &[("#main", "the person")] };
        page.around(shared, html! { main #main .person { h1 { bdi { (name) } } (body) } })
    };
    if said.results.total + about.results.total + named.total == 0 {
        return Ok(show(nobody(&archive, name)));
    }
    let roles = roles(&archive, name)?;
    let over = calendar(&said.results, &about.results);
    let to = |field: &str, what| View::search(&exactly(field, name), what).url();
    Ok(show(html! {
        p.lead {
            a href=(to("speaker", Target::Quotes)) { (count(said.results.total, "quote")) } " by, "
            a href=(to("about", Target::Quotes)) { (count(about.results.total, "quote")) } " about, "
            "named in " a href=(to("person", Target::Articles)) { (count(named.total, "article")) } ". "
            a href={ "/compare?what=quotes&a=" (encoded(&exactly("speaker", name))) } { "Compare with somebody" } " · "
            a href={ "/names?about=" (encoded(name)) } { "Other forms of the name" } " · "
            a href=(View::search(&exactly("speaker", name), Target::Quotes).at("/alert", &[])) { "Alert me" }
        }
        @if !roles.is_empty() {
            section { h2 { "Roles, as they are given" }
                @if said.results.articles > ROLES as u64 { p.faint { "At the quotes in the latest " (number(ROLES as u64)) " of " (count(said.results.articles, "article")) "." } }
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
                @let by = Around { name, of: "speaker", what: Target::Quotes, facets: &said.results.facets };
                @let of = Around { name, of: "about", what: Target::Quotes, facets: &about.results.facets };
                @let beside = Around { name, of: "person", what: Target::Articles, facets: &named.facets };
                (by.list("Speaks about", "about"))
                (of.list("Is spoken about by", "speaker"))
                (beside.list("Named beside", "person"))
                (beside.list("Organizations", "org"))
                (beside.list("Places", "place"))
                (beside.list("Sources", "source"))
                (by.list("How it is put", "cue"))
            }
        }
    }))
}

/// Nobody is called just so: who may be meant.
fn nobody(archive: &Archive, name: &str) -> Markup {
    let words = View::search(&format!("person:\"{}\"", name.replace('"', " ")), Target::Articles).url();
    html! {
        p.lead { "Nobody of this name, letter by letter, is in the archive. " a href=(words) { "Look for the words of the name" } }
        @match archive.who(name, 0) {
            Ok(card) => p { "It may be " a href={ "/person?name=" (encoded(&card.name)) } { bdi { (card.name) } } " " span.n { (count(card.articles, "article")) } "." },
            Err(error) => { @if let Some(alike) = error.hint().filter(|hint| hint.starts_with("there are ")) { p { "Of names spelled alike " (alike) "." } } }
        }
    }
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

/// How a role is spelled, how often so, and its first and last day.
type Given = (BTreeMap<String, u64>, Option<String>, Option<String>);

/// Roles at this speaker's quotes with first and last day and number, most first. `Mayor` and `mayor` are one, spelled as it
/// mostly is.
fn roles(archive: &Archive, name: &str) -> Answered<Vec<RoleRow>> {
    let search = Search { limit: Some(ROLES), sort: Sort::DateDown, mark: false, ..Search::articles(is("speaker", name)) };
    let mut roles: BTreeMap<String, Given> = BTreeMap::new();
    archive.stream(&search, &mut |hit| {
        let Some(clipping) = &hit.clipping else { return Ok(()) };
        let speakers = clipping.annotations.quotes.iter().filter_map(|q| q.speaker.as_ref());
        for role in speakers.filter(|s| s.name.as_deref() == Some(name)).filter_map(|s| s.role.clone()) {
            let (spelled, first, last) = roles.entry(fold(&role).into_owned()).or_default();
            *spelled.entry(role).or_default() += 1;
            if let Some(day) = &clipping.article.published {
                *first = Some(first.take().map_or_else(|| day.clone(), |first| first.min(day.clone())));
                *last = Some(last.take().map_or_else(|| day.clone(), |last| last.max(day.clone())));
            }
        }
        Ok(())
    })?;
    let row = |(spelled, first, last): Given| {
        let n = spelled.values().sum();
        let usual = spelled.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        Some((usual?.0, first, last, n))
    };
    let mut rows: Vec<RoleRow> = roles.into_values().filter_map(row).collect();
    rows.sort_by(|a, b| b.3.cmp(&a.3).then_with(|| a.0.cmp(&b.0)));
    Ok(rows)
}

fn quotes(found: &[Answer], total: u64, all: &str) -> Markup {
    html! {
        @if total == 0 { p.faint { "Nothing in the archive." } }
        (hits::list(&View::search("", Target::Quotes), found, total))
        @if total as usize > found.len() { p.more { a href=(all) { "all " (number(total)) } } }
    }
}

/// What is counted of somebody's quotes, or of the articles that name them.
struct Around<'a> {
    name: &'a str,
    /// The field that holds them there.
    of: &'static str,
    what: Target,
    facets: &'a [FacetCounts],
}

impl Around<'_> {
    /// The first values of a field: a name leads to the person, anything else to what was counted.
    fn list(&self, title: &str, field: &str) -> Markup {
        let Some(facet) = self.facets.iter().find(|f| f.field.name == field) else { return html! {} };
        let counts: Vec<_> = facet.counts.iter().filter(|c| c.value != self.name).take(LISTED).collect();
        let names = facet.field.names(&counts.iter().map(|c| c.value.as_str()).collect::<Vec<_>>());
        let view = View::search(&exactly(self.of, self.name), self.what);
        let others = facet.distinct - u64::from(facet.counts.iter().any(|c| c.value == self.name));
        html! {
            @if !counts.is_empty() {
                div { h3 { (title) }
                    ul { @for (c, shown) in counts.iter().zip(names) { li {
                        @let to = if matches!(field, "person" | "about" | "speaker") { format!("/person?name={}", encoded(&c.value)) } else { view.choosing(facet.field, &c.value, Some(false)).url() };
                        a href=(to) { bdi { (shown) } }
                        span.n { (number(c.count)) }
                    } } }
                    @if others > counts.len() as u64 { p.more { a href=(view.at("/facet", &[("by", field)])) { "all " (number(facet.distinct)) span.sr { ": " (title) } } } }
                }
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

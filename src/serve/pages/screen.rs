//! The one screen: what was asked and how it was read, when, what can be chosen, the hits, the reader.

use super::frame::{Page, count, key, number};
use super::view::{Posed, View, joined};
use super::{empty, facets, hits, map, reader, timeline};
use crate::archive::{Answered as Answers, Archive, time_rows};
use crate::query::{self, Bucket, Query, Search, Target};
use crate::saved::SavedQueries;
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};
use std::time::Instant;

/// Hits on a screen.
const SHOWN: usize = 20;

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let started = Instant::now();
    let archive = shared.archive()?;
    let view = View::of(ask)?;
    let posed = view.pose(&archive)?;
    let sort = ask.sort()?;
    let browsing = posed.query == Query::All && view.sort.is_empty();
    let search = Search {
        target: view.what,
        sort: if browsing { crate::query::Sort::DateDown } else { sort },
        offset: view.offset,
        limit: Some(SHOWN),
        facets: facets::requests(map::MOST),
        deadline: shared.deadline(),
        ..Search::articles(posed.query.clone())
    };
    let answered = archive.answer(&search)?;
    let other = if view.what == Target::Articles { Target::Quotes } else { Target::Articles };
    let found = answered.results.total > 0 || answered.partial;
    let strip = strip(&archive, &view, &posed, shared.deadline())?;
    let open = if view.open.is_empty() { None } else { Some(reader::pane(shared, &archive, &view, &posed.query)?) };
    let title = if view.is_everything() { "The archive".to_owned() } else { posed.canonical.clone() };
    let body = html! {
        section.read aria-label="The search" {
            div.how { (reading(&archive, &view, &posed)?) }
            (save(shared, &view, &posed))
        }
        (strip)
        div.columns .reading[open.is_some()] {
            aside.facets #facets aria-label="Narrow down" {
                (saved(shared, &archive))
                @if found { h2 { "Narrow down" } }
                (facets::column(&view, &answered.results.facets))
            }
            main.results #results {
                @if found {
                    (summary(&archive, &view, &posed.canonical, &answered, started))
                    (map::rail(&view, &answered.results.facets))
                    @if answered.partial { p.notice { "Nothing has all of these words. These have some of them." } }
                    h2.sr { "Hits" }
                    (hits::list(&view, &answered.hits, answered.results.total))
                    (turn(&view, &answered))
                } @else {
                    (empty::nothing(&archive, &view, &posed, other)?)
                }
            }
            @if let Some(open) = &open { (open) }
        }
    };
    let mut skips = vec![("#results", "the hits"), ("#facets", "the facets")];
    if open.is_some() {
        skips.push(("#reader", "the reader"));
    }
    Ok(Page { title: &title, path: "/", view: &view, skips: &skips }.around(shared, body))
}

/// How it was read; what was typed, clause by clause; what was chosen.
fn reading(archive: &Archive, view: &View, posed: &Posed) -> Answered<Markup> {
    let typed = super::view::conjuncts(archive.question(if view.q.is_empty() { "*" } else { &view.q }, view.what)?.query);
    let without = |i: usize| {
        let rest: Vec<Query> = typed.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, q)| q.clone()).collect();
        view.with(|v| v.q = query::print(&joined(rest)))
    };
    Ok(html! {
        @if !view.is_everything() {
            p #reading { span.label { "Read as " } (super::frame::reading(&posed.reading)) }
            @for note in &posed.notes { p.note { (note) } }
        }
        @if typed.len() > 1 {
            ul.chips.typed aria-label="Clauses" {
                @for (i, clause) in typed.iter().enumerate() {
                    li { code { (query::print(clause)) } a href=(without(i).url()) { "×" span.sr { "take away " (query::print(clause)) } } }
                }
            }
        }
        (facets::chips(view))
    })
}

fn save(shared: &Shared, view: &View, posed: &Posed) -> Markup {
    html! {
        @if !shared.read_only && !view.is_everything() {
            details.save {
                summary { "Save this search" }
                form action="/saved" method="post" {
                    (key(shared))
                    input type="hidden" name="query" value=(posed.canonical);
                    input type="hidden" name="what" value=(crate::archive::counted_name(view.what));
                    label { "Name " input type="text" name="name" required pattern="[\\p{L}\\p{N}_\\-]+" title="letters, digits, - and _" maxlength="60"; }
                    button type="submit" name="do" value="add" { "Save" }
                }
            }
        }
    }
}

fn strip(archive: &Archive, view: &View, posed: &Posed, deadline: Option<Instant>) -> Answered<Markup> {
    let find = |query: &Query, per: Bucket| {
        archive.search(&Search { target: view.what, timeline: Some(per), limit: Some(0), deadline, ..Search::articles(query.clone()) })
    };
    // Without the dates, so that the brush can be moved; they show in the bars.
    let days = find(&posed.timeless, Bucket::Month)?;
    let span = days.timeline.first().zip(days.timeline.last()).map_or(0, |(a, b)| (b.0 - a.0) / 86_400 + 31);
    let mut per = timeline::bucket(span);
    let mut found = if per == Bucket::Month { days } else { find(&posed.timeless, per)? };
    if per == Bucket::Month && per.filled(&found.timeline).len() > timeline::MOST {
        per = Bucket::Year;
        found = find(&posed.timeless, per)?;
    }
    let all = find(&Query::All, per)?;
    Ok(timeline::strip(view, &time_rows(&found.timeline, &all.timeline, per, view.what), per, found.undated))
}

fn saved(shared: &Shared, archive: &Archive) -> Markup {
    let queries = SavedQueries::read(&shared.home.queries()).map(|q| q.list()).unwrap_or_default();
    html! {
        @if !queries.is_empty() {
            nav.kept aria-label="Saved searches" {
                h2 { a href="/saved" { "Saved" } }
                ul {
                    @for q in queries.iter().take(12) {
                        @let standing = super::saved::standing(archive, q).ok();
                        li { a data-kept href=(super::saved::address(q, standing.as_ref())) { bdi { (q.heading()) } @if let Some(n @ 1..) = standing.and_then(|s| s.unseen) { span.new { (number(n)) " new" } } } }
                    }
                    @if queries.len() > 12 { li { a href="/saved" { (number(queries.len() as u64 - 12)) " more" } } }
                }
            }
        }
    }
}

fn summary(archive: &Archive, view: &View, canonical: &str, answered: &Answers, started: Instant) -> Markup {
    let results = &answered.results;
    let orders = [
        ("", "best first"),
        ("date", "newest first"),
        ("-date", "oldest first"),
        ("added", "last added first"),
        ("length", "longest first"),
    ];
    let kwic = View::search(canonical, view.what).at("/kwic", &[]);
    // Without words nothing is better than another: then the newest come first.
    let chosen = if view.sort.is_empty() && view.is_everything() { "date" } else { view.sort.as_str() };
    html! {
        div.summary {
            h1 {
                @match view.what {
                    Target::Articles => (count(results.total, "article")),
                    Target::Quotes => { (count(results.total, "quote")) " in " (count(results.articles, "article")) },
                }
            }
            p.meta { "revision " (archive.note.revision) " · " (started.elapsed().as_millis()) " ms · " a href=(kwic) { "in context" } " · " a href={ "/api/v1/" (if view.what == Target::Articles { "search" } else { "quotes" }) "?as=csv&n=1000&q=" (encoded(canonical)) } { "CSV" } }
            form.order action="/" method="get" {
                (super::frame::carried(&view.with(|v| v.sort.clear())))
                label { span.sr { "Order " } select name="sort" { @for (value, name) in orders { option value=(value) selected[chosen == value] { (name) } } } }
                button type="submit" { "Sort" }
            }
        }
    }
}

fn turn(view: &View, answered: &Answers) -> Markup {
    let end = view.offset + answered.hits.len();
    let page = |offset: usize| View { offset, open: String::new(), ..view.clone() }.url();
    html! {
        nav.turn aria-label="Pages of hits" {
            @if view.offset > 0 { a rel="prev" href=(page(view.offset.saturating_sub(SHOWN))) { "‹ " (SHOWN) " before" } }
            span { (number(view.offset as u64 + 1)) "–" (number(end as u64)) " of " (number(answered.results.total)) }
            @if (end as u64) < answered.results.total && !answered.partial { a rel="next" href=(page(end)) { "next " (SHOWN) " ›" } }
        }
    }
}

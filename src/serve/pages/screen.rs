//! The one screen: what was asked and how it was read, when, what can be chosen, the hits, the reader.

use super::frame::{Page, count, key, number, plural};
use super::view::{Posed, View, joined};
use super::{empty, facets, hits, map, reader, timeline};
use crate::archive::{Answered as Answers, Archive, asks_for_copies, time_rows};
use crate::query::{self, Bucket, Query, Results, Search, Sort, Target};
use crate::saved::SavedQueries;
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};
use std::sync::Arc;
use std::time::Instant;

/// Hits on a screen.
const SHOWN: usize = 20;

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let started = Instant::now();
    let archive = shared.archive()?;
    let view = asked(ask)?;
    let posed = view.pose(&archive)?;
    let search = search(shared, &view, &posed, ask.sort()?);
    let asked =
        format!("{:?} {} {} {} {} {}", view.what, posed.canonical, view.sort, view.offset, search.timeline.is_some(), search.collapse);
    let answered = shared.remembered(&archive, asked, || Ok(archive.answer(&search)?))?;
    let other = if view.what == Target::Articles { Target::Quotes } else { Target::Articles };
    let found = answered.results.total > 0 || answered.partial;
    let results = &answered.results;
    let months = || Results { timeline: results.timeline.clone(), undated: results.undated, ..Results::default() };
    let counted = search.timeline.is_some().then(months);
    let strip = strip(shared, &archive, &view, &posed, counted)?;
    let open = if view.open.is_empty() { None } else { Some(reader::pane(shared, &archive, &view, &posed.query)?) };
    let title = if view.is_everything() { "The archive".to_owned() } else { posed.canonical.clone() };
    let body = html! {
        section.read aria-label="The search" {
            div.how { (reading(&archive, &view, &posed)?) }
            (save(shared, &archive, &view, &posed))
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
                    (hits::list(&view, &answered.hits, answered.results.stories))
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

/// The view an address asks for, with the circle it draws on the map among what was typed.
fn asked(ask: &Ask) -> Answered<View> {
    let mut view = View::of(ask)?;
    if let Some(near) = ask.get("near") {
        let circle = map::circle(near, ask.get("km").unwrap_or("50"))?;
        let loose = view.q.contains(" OR ") || view.q.contains('|');
        view.q = match view.q.as_str() {
            "" => circle,
            q if loose => format!("({q}) {circle}"),
            q => format!("{q} {circle}"),
        };
    }
    Ok(view)
}

fn search(shared: &Shared, view: &View, posed: &Posed, sort: Sort) -> Search {
    let browsing = posed.query == Query::All && view.sort.is_empty();
    // Without dates the bars are those of the hits, counted in the same pass.
    let dated = posed.timeless != posed.query;
    Search {
        target: view.what,
        timeline: if dated { None } else { Some(Bucket::Month) },
        sort: if browsing { Sort::DateDown } else { sort },
        offset: view.offset,
        limit: Some(SHOWN),
        facets: facets::requests(map::MOST),
        collapse: !view.each && !asks_for_copies(&posed.query),
        deadline: shared.deadline(),
        ..Search::articles(posed.query.clone())
    }
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

/// What can be done with a search: keep it, be told of what it will find, take what it finds for seen.
fn save(shared: &Shared, archive: &Archive, view: &View, posed: &Posed) -> Markup {
    let text = view.to_keep(posed);
    let fresh = standing_as(shared, archive, &text, view.what);
    html! {
        @if !view.is_everything() {
            div.keep {
                @if let Some((name, unseen)) = fresh {
                    @if !shared.read_only && unseen > 0 {
                        form.inline action="/saved" method="post" { (key(shared)) input type="hidden" name="name" value=(name); input type="hidden" name="back" value=(view.url()); button.seen type="submit" name="do" value="seen" { (number(unseen)) " new seen" span.sr { " of " (name) } } }
                    }
                } @else if !shared.read_only {
                    details.save {
                        summary { "Save this search" }
                        form action="/saved" method="post" {
                            (key(shared))
                            input type="hidden" name="query" value=(text);
                            input type="hidden" name="what" value=(crate::archive::counted_name(view.what));
                            label { "Name " input type="text" name="name" required pattern="[\\p{L}\\p{N}_\\-]+" title="letters, digits, - and _" maxlength="60"; }
                            button type="submit" name="do" value="add" { "Save" }
                        }
                    }
                }
                a.alert href=(View::search(&text, view.what).at("/alert", &[])) { "Alert me" }
                a href=(View::search("", view.what).url()) { "Start anew" }
            }
        }
    }
}

/// The saved search that asks just this, and how much of it is unseen.
fn standing_as(shared: &Shared, archive: &Archive, text: &str, what: Target) -> Option<(String, u64)> {
    let queries = SavedQueries::read(&shared.home.queries()).ok()?.list();
    let saved = queries.into_iter().find(|q| q.target() == what && q.query.trim() == text)?;
    let unseen = super::saved::standing(archive, &saved).ok().and_then(|s| s.unseen).unwrap_or(0);
    Some((saved.name, unseen))
}

/// The hits over time, and around them what there is without the dates that are asked for; `counted` is that by months, if it
/// was counted already.
fn strip(shared: &Shared, archive: &Arc<Archive>, view: &View, posed: &Posed, counted: Option<Results>) -> Answered<Markup> {
    let deadline = shared.deadline();
    let find = |query: &Query, per: Bucket| {
        archive.search(&Search { target: view.what, timeline: Some(per), limit: Some(0), deadline, ..Search::articles(query.clone()) })
    };
    // Without the dates, so that the brush can be moved; they show in the bars.
    let months = counted.map_or_else(|| find(&posed.timeless, Bucket::Month), Ok)?;
    let span = months.timeline.first().zip(months.timeline.last()).map_or(0, |(a, b)| (b.0 - a.0) / 86_400 + 31);
    let mut per = timeline::bucket(span);
    let mut found = if per == Bucket::Month { months } else { find(&posed.timeless, per)? };
    if per == Bucket::Month && per.filled(&found.timeline).len() > timeline::MOST {
        per = Bucket::Year;
        found = find(&posed.timeless, per)?;
    }
    let all = shared.whole(archive, (view.what, per), || find(&Query::All, per).map(|all| all.timeline))?;
    Ok(timeline::strip(view, &time_rows(&found.timeline, &all, per, view.what), per, found.undated))
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
    let folded = results.stories < results.total;
    // Without words nothing is better than another: then the newest come first.
    let chosen = if view.sort.is_empty() && view.is_everything() { "date" } else { view.sort.as_str() };
    html! {
        div.summary {
            h1 {
                @match view.what {
                    Target::Articles => { (count(results.total, "article")) @if folded { " tell " (plural(results.stories, "story", "stories")) } },
                    Target::Quotes => { (count(results.total, "quote")) @if folded { ", " (number(results.stories)) " different," } " in " (count(results.articles, "article")) },
                }
            }
            p.meta { "revision " (archive.note.revision) " · " (started.elapsed().as_millis()) " ms · " a href=(kwic) { "in context" } " · "
                @if folded { a href=(view.with(|v| v.each = true).url()) { "show each copy" } " · " }
                @if view.each { a href=(view.with(|v| v.each = false).url()) { "fold copies" } " · " }
                a href={ "/api/v1/" (if view.what == Target::Articles { "search" } else { "quotes" }) "?as=csv&n=1000&q=" (encoded(canonical)) } { "CSV" } }
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
            span { (number(view.offset as u64 + 1)) "–" (number(end as u64)) " of " (number(answered.results.stories)) }
            @if (end as u64) < answered.results.stories && !answered.partial { a rel="next" href=(page(end)) { "next " (SHOWN) " ›" } }
        }
    }
}

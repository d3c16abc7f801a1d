//! The one screen: what was asked and how it was read, when, what can be chosen, the hits, the reader.

use super::frame::{Page, count, key, number, plural};
use super::view::{Posed, View, also};
use super::{chart, empty, facets, hits, map, reader, timeline};
use crate::archive::{Answer, Answered as Answers, Archive, OverTime, Series, asks_for_copies, counted_name};
use crate::article::split_id;
use crate::field::Field;
use crate::query::{self, Bucket, Query, Results, Search, Sort, Target};
use crate::serve::ask::{Ask, MOST, encoded};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};
use std::time::Instant;

/// Hits on a screen.
const SHOWN: usize = 20;
/// Saved searches at the left.
const SAVED: usize = 12;

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let started = Instant::now();
    let archive = shared.archive()?;
    let view = asked(ask)?;
    let posed = view.pose(&archive)?;
    let search = Search { sideways: sideways(&archive, &view)?, ..search(&view, &posed, ask.sort()?) };
    let answered = shared.remembered(&archive, remembered_by(&view, &posed, &search), || Ok(archive.answer(&search)?))?;
    let other = if view.what == Target::Articles { Target::Quotes } else { Target::Articles };
    let found = answered.results.total > 0 || answered.partial;
    let results = &answered.results;
    let counted = search.timeline.is_some().then(|| series("", results));
    let strip = strip(shared, &archive, &view, &posed, counted)?;
    let counted_facets = if found && view.unusual && !view.is_everything() {
        facets::by_unusualness(&archive, &view, &facets::fields())?
    } else {
        facets::by_count(&results.facets)
    };
    let open =
        if view.open.is_empty() { None } else { Some(reader::pane(shared, &archive, &view, &posed.query, around(&view, &answered.hits))?) };
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
                @if found { h2 { "Narrow down" } @if !view.is_everything() { (facets::orders(&view)) } }
                (facets::column(&view, &counted_facets))
                @if found { p.narrow { a href="#results" { "Back to the hits" } } }
            }
            main.results #results {
                @if found {
                    (summary(&archive, &view, &posed.canonical, search.order(), &answered, started))
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
        view.q = also(&view.q, &map::circle(near, ask.get("km").unwrap_or("50"))?);
    }
    Ok(view)
}

/// The hits before and after the one that is open, as far as they are on this page.
fn around<'a>(view: &View, hits: &'a [Answer]) -> [Option<&'a str>; 2] {
    let id = |hit: &'a Answer| match hit {
        Answer::Article(hit) => hit.id.as_str(),
        Answer::Quote(hit) => hit.id.as_str(),
    };
    let open = |hit: &'a Answer| id(hit) == view.open || (view.what == Target::Articles && id(hit) == split_id(&view.open).0);
    let Some(at) = hits.iter().position(open) else { return [None, None] };
    [at.checked_sub(1), Some(at + 1)].map(|i| hits.get(i?).map(id))
}

fn search(view: &View, posed: &Posed, sort: Sort) -> Search {
    // Without dates the bars are those of the hits, counted in the same pass.
    let dated = posed.timeless != posed.query;
    Search {
        target: view.what,
        timeline: if dated { None } else { Some(Bucket::Month) },
        sort,
        offset: view.offset,
        limit: Some(SHOWN),
        facets: facets::requests(map::MOST),
        collapse: !view.each && !asks_for_copies(&posed.query),
        ..Search::articles(posed.query.clone())
    }
}

/// By what an answer is remembered.
fn remembered_by(view: &View, posed: &Posed, search: &Search) -> String {
    let Search { target, offset, collapse, timeline, .. } = search;
    let open = search.sideways.iter().map(|(field, query)| format!("{}: {}", field.name, query::print(query)));
    let open = open.collect::<Vec<_>>().join("; ");
    format!("{target:?} {} {} {offset} {} {collapse} {open}", posed.canonical, view.sort, timeline.is_some())
}

/// What is asked for the facets of which values are chosen: the same without that choice.
fn sideways(archive: &Archive, view: &View) -> Answered<Vec<(&'static Field, Query)>> {
    let open = |field: &'static Field| view.without_choice(field).map(|open| Ok((field, open.pose(archive)?.query)));
    facets::fields().into_iter().filter_map(open).collect()
}

/// How it was read; what was typed, clause by clause; what was chosen.
fn reading(archive: &Archive, view: &View, posed: &Posed) -> Answered<Markup> {
    let question = archive.question(if view.q.is_empty() { "*" } else { &view.q }, view.what)?;
    let typed = question.query.clauses();
    let left_out = match archive.left_out_undated(&posed.query, view.what)? {
        0 => None,
        n => crate::archive::undated(&posed.query).map(|rest| (n, View::search(&query::print(&rest), view.what).url())),
    };
    let without = |i: usize| {
        let rest: Vec<Query> = typed.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, q)| q.clone()).collect();
        view.with(|v| v.q = query::print(&Query::all(rest)))
    };
    Ok(html! {
        @if !view.is_everything() {
            p #reading { span.label { "Read as " } (super::frame::reading(&posed.reading)) }
            @for note in &posed.notes { p.note { (note) } }
            @if let Some((n, address)) = left_out { p.note { a href=(address) { (number(n)) " " (crate::archive::left_out(n, view.what)) } } }
            @if let Some(q) = &question.of_quotes { p.note { a href=(View::search(q, Target::Quotes).url()) { "Quotes for " code { (q) } } } }
            @if let Some(q) = &question.elsewhere { p.note { "Nexis would read: " a href=(view.with(|v| v.q.clone_from(q)).url()) { code { (q) } } } }
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
                    span { "Saved as " a href="/saved" { bdi { (name) } } }
                    @if !shared.read_only && unseen > 0 {
                        form.inline action="/saved" method="post" { (key(shared)) input type="hidden" name="name" value=(name); input type="hidden" name="back" value=(view.url()); button.seen type="submit" name="do" value="seen" { (number(unseen)) " new seen" span.sr { " of " (name) } } }
                    }
                } @else if !shared.read_only {
                    details.save {
                        summary { "Save this search" }
                        form action="/saved" method="post" {
                            (key(shared))
                            input type="hidden" name="query" value=(text);
                            input type="hidden" name="what" value=(counted_name(view.what));
                            input type="hidden" name="back" value=(view.url());
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
    let queries = shared.saved();
    let saved = queries.iter().find(|q| q.target() == what && q.asked().trim() == text)?;
    let unseen = super::saved::standing(archive, saved).ok().and_then(|s| s.unseen).unwrap_or(0);
    Some((saved.name.clone(), unseen))
}

/// The hits over time, and around them what there is without the dates that are asked for; `counted` is that by months, if it
/// was counted already.
fn strip(shared: &Shared, archive: &Archive, view: &View, posed: &Posed, counted: Option<Series>) -> Answered<Markup> {
    let find = |name: &str, query: &Query, per: Bucket| -> Answered<Series> {
        let search = Search { target: view.what, timeline: Some(per), limit: Some(0), ..Search::articles(query.clone()) };
        Ok(series(name, &archive.search(&search)?))
    };
    let mut trouble = None;
    let mut questions = vec![("", posed.timeless.clone())];
    if !matches!(view.beside.as_str(), "" | "*") {
        match archive.question(&view.beside, view.what) {
            Ok(other) => questions.push((&view.beside, other.query)),
            Err(error) => trouble = error.to_string().lines().next().map(str::to_owned),
        }
    }
    // Without the dates, so that the brush can be moved; they show in the bars.
    let mut found = vec![counted.map_or_else(|| find("", &posed.timeless, Bucket::Month), Ok)?];
    for (name, query) in questions.iter().skip(1) {
        found.push(find(name, query, Bucket::Month)?);
    }
    let ends = |s: &Series| [s.counts.keys().next().copied(), s.counts.keys().next_back().copied()];
    let ends: Vec<i64> = found.iter().flat_map(ends).flatten().collect();
    let span = ends.iter().max().zip(ends.iter().min()).map_or(0, |(last, first)| (last - first) / 86_400 + 31);
    let mut per = timeline::bucket(span);
    if per == Bucket::Month && span / 30 > chart::MOST as i64 {
        per = Bucket::Year;
    }
    if per != Bucket::Month {
        let again: Answered<Vec<Series>> = questions.iter().map(|(name, query)| find(name, query, per)).collect();
        found = again?;
    }
    let all = shared.whole(archive, (view.what, per), || {
        let search = Search { target: view.what, timeline: Some(per), limit: Some(0), ..Search::articles(Query::All) };
        archive.search(&search).map(|all| all.timeline)
    })?;
    let over = OverTime::of(found, &all, per, view.what);
    let queries = shared.saved();
    let same = queries.iter().filter(|q| q.target() == view.what).take(SAVED);
    let saved: Vec<(String, String)> = same.map(|q| (q.heading().to_owned(), format!("@{}", q.name))).collect();
    Ok(timeline::Strip { over: &over, canonical: &query::print(&posed.timeless), trouble, saved: &saved }.show(view))
}

/// What was found over time, under a name.
fn series(name: &str, found: &Results) -> Series {
    Series { name: name.to_owned(), counts: found.timeline.iter().copied().collect(), total: found.total, undated: found.undated }
}

fn saved(shared: &Shared, archive: &Archive) -> Markup {
    let queries = shared.saved();
    html! {
        @if !queries.is_empty() {
            nav.kept aria-label="Saved searches" {
                h2 { a href="/saved" { "Saved" } }
                ul {
                    @for q in queries.iter().take(SAVED) {
                        @let standing = super::saved::standing(archive, q).ok();
                        li { a data-kept href=(super::saved::address(q, standing.as_ref())) { bdi { (q.heading()) } @if let Some(n @ 1..) = standing.and_then(|s| s.unseen) { span.new { (number(n)) " new" } } } }
                    }
                    @if queries.len() > SAVED { li { a href="/saved" { (number((queries.len() - SAVED) as u64)) " more" } } }
                }
            }
        }
    }
}

fn summary(archive: &Archive, view: &View, canonical: &str, order: Sort, answered: &Answers, started: Instant) -> Markup {
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
    let chosen = if view.sort.is_empty() && order == Sort::DateDown { "date" } else { view.sort.as_str() };
    let facets = if view.open.is_empty() { "#facets".to_owned() } else { view.with(|v| v.open.clear()).url() + "#facets" };
    html! {
        div.summary {
            h1 {
                @match view.what {
                    Target::Articles => { (count(results.total, "article")) @if folded { " tell " (plural(results.stories, "story", "stories")) } },
                    Target::Quotes => { (count(results.total, "quote")) @if folded { ", " (number(results.stories)) " different," } " in " (count(results.articles, "article")) },
                }
            }
            p.meta { span.cost { "revision " (archive.note.revision) " · " (started.elapsed().as_millis()) " ms · " } a href=(kwic) { "in context" } " · "
                @if folded { a href=(view.with(|v| v.each = true).url()) { "show each copy" } " · " }
                @if view.each { a href=(view.with(|v| v.each = false).url()) { "fold copies" } " · " }
                a href={ "/api/v1/" (if view.what == Target::Articles { "search" } else { "quotes" }) "?as=csv&n=" (MOST) "&q=" (encoded(canonical)) @if !chosen.is_empty() { "&sort=" (chosen) } } { "CSV" @if results.total > MOST as u64 { " (the first " (number(MOST as u64)) ")" } } }
            // Where there is no room beside the hits, what narrows them down follows them; the reader makes room for it.
            p.narrow { a href=(facets) { "Narrow down" } }
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
    if answered.hits.is_empty() {
        let last = (answered.results.stories.saturating_sub(1) as usize) / SHOWN * SHOWN;
        return html! { p.notice { "The hits end before number " (number(view.offset as u64 + 1)) ". " a href=(page(last)) { "To the last of them" } " · " a href=(page(0)) { "to the first" } } };
    }
    html! {
        nav.turn aria-label="Pages of hits" {
            @if view.offset > 0 { a rel="prev" href=(page(view.offset.saturating_sub(SHOWN))) { "‹ " (SHOWN) " before" } }
            span { (number(view.offset as u64 + 1)) "–" (number(end as u64)) " of " (number(answered.results.stories)) }
            @if (end as u64) < answered.results.stories && !answered.partial { a rel="next" href=(page(end)) { "next " (SHOWN) " ›" } }
        }
    }
}

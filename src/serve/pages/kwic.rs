//! A concordance: every match in its context, one under the other; and what is like an article.

use super::frame::{Page, capital, count, day, number, plural, reading};
use super::reader::page_address;
use super::view::View;
use crate::archive::{Answer, Similar, counted_one};
use crate::query::Target;
use crate::serve::api::lines;
use crate::serve::ask::{Ask, MOST, encoded};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};

/// Lines on a page.
const SHOWN: usize = 200;
/// Articles like one on a page.
const ALIKE: usize = 20;

/// `/kwic`.
pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let view = View::search(ask.get("q").unwrap_or_default(), ask.what()?);
    let found = lines(shared, ask, SHOWN)?;
    let words = counted_one(view.what);
    let more = found.next.is_some() || ask.get("cursor").is_some();
    let body = html! {
        main #main .kwic {
            h1 { "In context" }
            p.lead { (reading(&capital(&found.query.reading))) ". " (count(found.total, words))
                @if found.lines.is_empty() { ". " } @else {
                    ", " @if more { @if ask.get("cursor").is_some() { "another " } @else { "the first " } } (plural(found.lines.len() as u64, "match", "matches")) " by date. "
                }
                a href=(view.url()) { "As hits" } " · " a href={ "/api/v1/kwic?as=csv&n=" (MOST) "&q=" (encoded(&view.q)) (if view.what == Target::Quotes { "&what=quotes" } else { "" }) } { "CSV" @if more { " (" (number(MOST as u64)) " lines at most)" } } }
            @if found.lines.is_empty() && more { p { "In what was looked at here, what was asked matches no words of a text, so there is nothing to line up." } }
            @else if found.lines.is_empty() { p { "What was asked matches no words of a text, so there is nothing to line up." } }
            @else {
                table {
                    thead { tr { th.when scope="col" { "Date" } th.left scope="col" { "before" } th.at scope="col" { "match" } th.right scope="col" { "after" } } }
                    tbody {
                        @for line in &found.lines {
                            tr {
                                th.when scope="row" { a href=(page_address(&line.id, &view.q, view.what)) { (line.published.as_deref().unwrap_or("no date")) } }
                                td.left { bdi { (line.left) } }
                                td.at { mark { (line.hit) } }
                                td.right { bdi { (line.right) } }
                            }
                        }
                    }
                }
            }
            @if let Some(next) = &found.next { p { a rel="next" href=(ask.with("cursor", next)) { "Matches that follow" } } }
        }
    };
    Ok(Page { title: "In context", path: "/kwic", view: &view, skips: &[("#main", "the lines")] }.around(shared, body))
}

/// `/similar`.
pub fn similar(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let id = ask.need("id")?;
    let clipping = archive.clipping(id)?;
    let found = archive.similar(id, None, Some(ALIKE))?;
    let view = View::all();
    let title = clipping.article.title.as_deref().unwrap_or("(no title)");
    let body = html! {
        main #main .story {
            h1 { "Like “" bdi { (title) } "”" }
            p.lead { "Copies first, then by the telling words and the names both have. " a href=(page_address(id, "", Target::Articles)) { "Back to it" } }
            @if found.is_empty() { p { "Nothing in the archive is like it." } }
            h2.sr { "Articles" }
            ol.tellings { @for like in &found { li { (one(like)) } } }
        }
    };
    Ok(Page { title: "Similar", path: "/similar", view: &view, skips: &[("#main", "the articles")] }.around(shared, body))
}

fn one(like: &Similar) -> Markup {
    let Answer::Article(hit) = &like.hit else { return html! {} };
    let shared = [&like.shared.persons, &like.shared.organizations, &like.shared.places, &like.shared.words];
    html! {
        article.hit {
            h3 dir="auto" { a href=(page_address(&hit.id, "", Target::Articles)) { (hit.title.as_deref().unwrap_or("(no title)")) } }
            p.line {
                time datetime=[hit.published.as_deref()] { (day(hit.published.as_deref())) }
                @if let Some(source) = &hit.source { span { bdi { (source) } } }
                @if like.copy { b { "repeats the text, " (format!("{:.0} %", like.overlap * 100.0)) } } @else { span { (format!("{:.0} % alike", like.likeness * 100.0)) } }
            }
            p.faint { "Both have: " (shared.iter().flat_map(|s| s.iter()).take(10).cloned().collect::<Vec<_>>().join(" · ")) }
        }
    }
}

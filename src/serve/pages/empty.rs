//! Pages for when there is nothing: an empty archive, a search without hits, a query that cannot be read.

use super::frame::{Page, capital, count};
use super::view::{Posed, View};
use crate::archive::{Archive, Blamed, counted_one};
use crate::error::shell;
use crate::query::{self, OPERATORS, Query, Search, Target};
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use axum::http::StatusCode;
use maud::{Markup, html};

/// No hits: which clause is to blame, and what there is without it.
pub fn nothing(archive: &Archive, view: &View, posed: &Posed, other: Target) -> Answered<Markup> {
    let elsewhere = archive.question(&posed.canonical, other).ok().map(|q| archive.total(q.query, other)).transpose()?.unwrap_or(0);
    let all = archive.search(&Search {
        target: view.what,
        timeline: Some(query::Bucket::Month),
        limit: Some(0),
        ..Search::articles(Query::All)
    })?;
    let month = |at: Option<&(i64, u64)>| at.map(|(start, _)| query::Bucket::Month.label(*start));
    let thing = counted_one(view.what);
    let blamed = archive.blamed(&posed.query, view.what)?;
    // With several parts to blame, nothing is found without just one of them: then what the others find together is told.
    let is_found = |clause: &Query| blamed.iter().any(|b| b.alone > 0 && b.clause == query::print(clause));
    let found: Vec<Query> = posed.query.clone().clauses().into_iter().filter(is_found).collect();
    let several = !found.is_empty() && blamed.len() > found.len() + 1;
    let rest = several.then(|| Query::all(found)).map(|q| Ok::<_, Refusal>((query::print(&q), archive.total(q, view.what)?)));
    let rest = rest.transpose()?.filter(|(_, n)| *n > 0);
    let misspelt = archive.misspelt(&posed.query)?;
    let around = if view.what == Target::Quotes { archive.around(&posed.query)? } else { None };
    let worded = archive.in_words(&posed.query, view.what)?;
    Ok(html! {
        section.nothing {
            h1 { "No " (thing) " has all of this" }
            @for one in &misspelt { p { (super::help::ticks(&capital(&one.to_string()))) "." } }
            @if !blamed.is_empty() {
                p { "What each part finds alone, and what there is without it:" }
                table {
                    thead { tr { th scope="col" { "Part" } th scope="col" { "alone" } th scope="col" { "without it" } } }
                    tbody {
                        @for Blamed { clause, alone, without, others } in &blamed {
                            tr {
                                th scope="row" { code { (clause) } }
                                td { @if *alone == 0 { b { "nowhere" } } @else { a href=(View::search(clause, view.what).url()) { (count(*alone, thing)) } } }
                                td { @if *without > 0 { a href=(View::search(others, view.what).url()) { (count(*without, thing)) } } @else { "none" } }
                            }
                        }
                    }
                }
            }
            @if let Some((others, n)) = &rest { p { "Without the parts that are found nowhere there " (if *n == 1 { "is " } else { "are " }) a href=(View::search(others, view.what).url()) { (count(*n, thing)) } "." } }
            @if let Some(around) = &around {
                p { a href=(View::search(&around.query, Target::Quotes).url()) { (count(around.total, "quote")) } " in articles that have the words." }
            }
            @if let Some(worded) = &worded {
                p { code { "about:" } " asks who is named in a quote; " a href=(View::search(&worded.query, view.what).url()) { (count(worded.total, thing)) } (if worded.total == 1 { " has" } else { " have" }) " its words." }
            }
            @if elsewhere > 0 {
                p { a href=(View::search(&posed.canonical, other).url()) { (count(elsewhere, counted_one(other))) } " would match." }
            }
            @if let (Some(first), Some(last)) = (month(all.timeline.first()), month(all.timeline.last())) {
                p { "The archive reaches from " (first) " to " (last) ", with " (count(all.total, thing)) "; " a href="/coverage" { "its coverage" } "." }
            }
            p { a href="/help" { "How to ask" } }
        }
    })
}

/// The page of an archive with nothing in it.
fn empty_archive(shared: &Shared) -> Markup {
    let root = shared.home.root.display();
    html! {
        main #main .trouble {
            h1 { "The archive is empty" }
            p { "Put a directory of articles into it. From a terminal:" }
            pre { code { "morgue -C " (shell(&root.to_string())) " index DIRECTORY" } }
            p { "Plain text, saved web pages, PDF, documents of word processors, JSON and JSON Lines, NITF, NewsML, feeds, WARC, mail, Nexis and Factiva exports are read; what cannot be read is reported and stops nothing." }
            p { "To try it, index " code { "sample_corpus" } " of morgue's own directory. This page shows what is there as soon as it is there: " a href="/" { "look again" } "." }
        }
    }
}

/// A request that is not answered, as a page.
pub fn refusal(shared: &Shared, refusal: &Refusal, view: &View) -> Markup {
    if refusal.is_empty_archive() {
        return Page { title: "Empty archive", path: "", view, skips: &[("#main", "the page")] }.around(shared, empty_archive(shared));
    }
    if refusal.status == StatusCode::UNAUTHORIZED {
        return Page { title: "Token", path: "", view, skips: &[] }.around(shared, super::login(refusal));
    }
    let query = refusal.status == StatusCode::BAD_REQUEST;
    let (first, rest) = refusal.message.split_once('\n').map_or((refusal.message.as_str(), None), |(first, rest)| (first, Some(rest)));
    let body = html! {
        main #main .trouble {
            p.status { (refusal.status.as_u16()) " " (refusal.status.canonical_reason().unwrap_or("")) }
            h1 { (super::help::ticks(&capital(first))) }
            @if let Some(rest) = rest { pre { code { (rest) } } }
            @if let Some(hint) = &refusal.hint { p { (super::help::ticks(hint)) } }
            @if query {
                h2 { "How to ask" }
                table.operators {
                    thead { tr { th scope="col" { "write" } th scope="col" { "meaning" } } }
                    tbody { @for o in OPERATORS.iter().take(12) { tr { td { code { (o.example) } } td { (super::help::ticks(o.meaning)) } } } }
                }
            }
            p { a href="/help" { "All operators and fields" } " · " a href="/" { "the whole archive" } }
        }
    };
    Page { title: &capital(&first.replace('`', "")), path: "", view, skips: &[("#main", "the page")] }.around(shared, body)
}

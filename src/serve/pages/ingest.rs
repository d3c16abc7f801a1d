//! What was read, and what could not be.

use super::frame::{Page, count, day, number};
use super::view::View;
use crate::serve::ask::Ask;
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};

/// Failures on one page.
const SHOWN: usize = 200;

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let status = archive.status()?;
    let from = ask.number("from", 0)?;
    let failures = status.failures.get(from.min(status.failures.len())..).unwrap_or_default();
    let view = View::all();
    let body = html! {
        main #main .ingest {
            h1 { "Ingest" }
            p.lead { (count(status.articles, "article")) " with " (count(status.quotes, "quote")) ", revision " (status.revision) "." }
            dl.figures {
                dt { "Archive" } dd { code { (status.archive) } }
                dt { "With articles" } dd { (count(status.files, "file")) }
                dt { "Passed over" } dd { (count(status.skipped, "file")) ", nothing morgue reads" }
                dt { "Failed, or in part" } dd { (count(status.failed, "file")) }
                @if let (Some(first), Some(last)) = (&status.first_day, &status.last_day) { dt { "Dates" } dd { (day(Some(first))) " to " (day(Some(last))) @if status.undated > 0 { ", " (count(status.undated, "article")) " without" } } }
            }
            h2 { "Formats" }
            table.numbers { thead { tr { th scope="col" { "Format" } th scope="col" { "articles" } } } tbody { @for (format, n) in &status.formats { tr { th scope="row" { (format) } td { (number(*n)) } } } } }
            h2 { "Failures" }
            @if status.failures.is_empty() { p { "None." } }
            @else {
                div.scroll tabindex="0" role="region" aria-label="Failures" {
                    table.failures { thead { tr { th scope="col" { "File" } th scope="col" { "Why" } } } tbody { @for p in failures.iter().take(SHOWN) { tr { th scope="row" { bdi { (p.path) } } td { (p.message) } } } } }
                }
                nav.turn aria-label="Pages of failures" {
                    @if from > 0 { a rel="prev" href={ "/ingest?from=" (from.saturating_sub(SHOWN)) } { "before" } }
                    @if failures.len() > SHOWN { a rel="next" href={ "/ingest?from=" (from + SHOWN) } { "more" } }
                }
            }
            p.after { "To take in more, or what has changed: " code { "morgue index DIRECTORY" } ". This page shows it as soon as it is there." }
        }
    };
    Ok(Page { title: "Ingest", path: "/ingest", view: &view, skips: &[("#main", "the figures")] }.around(shared, body))
}

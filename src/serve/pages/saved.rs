//! Saved searches: what they find, to be opened, followed or forgotten.

use super::frame::{Page, count, key, number};
use super::view::View;
use crate::alerts::{mark_seen, remove};
use crate::archive::Archive;
use crate::field;
use crate::query::{Query, Search, Target};
use crate::saved::{Group, RunLog, SavedQueries, SavedQuery};
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use crate::words::one_line;
use maud::{Markup, html};

/// What a saved search finds now, and how much of it came or changed since it was last seen.
pub struct Standing {
    /// Hits.
    pub total: u64,
    /// Hits of later revisions than the last run; `None` when it never ran.
    pub unseen: Option<u64>,
    /// The revision of the last run.
    pub seen: Option<u64>,
}

/// How a saved search stands.
///
/// # Errors
///
/// When it can no longer be read, or the index fails.
pub fn standing(archive: &Archive, q: &SavedQuery) -> Answered<Standing> {
    let question = archive.question(&q.asked(), q.target())?;
    let count =
        |query| -> Answered<u64> { Ok(archive.search(&Search { target: q.target(), limit: Some(0), ..Search::articles(query) })?.total) };
    let seen = RunLog::read(&archive.home.runs(&q.name))?.last().filter(|run| run.archive == archive.settings.id).map(|run| run.revision);
    let total = count(question.query.clone())?;
    let unseen = match seen {
        Some(seen) if seen < archive.note.revision => Some(count(Query::And(vec![question.query, since(seen)]))?),
        Some(_) => Some(0),
        None => None,
    };
    Ok(Standing { total, unseen, seen })
}

/// What came or was edited after a revision.
fn since(revision: u64) -> Query {
    field::by_name("revision").map_or(Query::Nothing, |field| Query::Range { field, from: Some(revision as i64 + 1), to: None })
}

/// The address of a saved search: what is new of it first, where anything is.
pub fn address(q: &SavedQuery, standing: Option<&Standing>) -> String {
    let view = View::search(&q.asked(), q.target());
    match standing {
        Some(Standing { unseen: Some(1..), .. }) => view.with(|v| v.sort = "added".to_owned()).url(),
        _ => view.url(),
    }
}

pub fn page(shared: &Shared, _: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let queries = SavedQueries::read(&shared.home.queries())?.list();
    let view = View::all();
    let body = html! {
        main #main .saved {
            h1 { "Saved searches" }
            @if queries.is_empty() { p.lead { "None yet. Search for something, then open " b { "Save this search" } " under the search box. They are kept in " code { "queries.toml" } " beside the archive." } }
            @else {
                div.scroll tabindex="0" role="region" aria-label="Saved searches" {
                    table {
                        thead { tr { th scope="col" { "Name" } th scope="col" { "Query" } th scope="col" { "now" } th scope="col" { "unseen" } th scope="col" { "tells" } @if !shared.read_only { th scope="col" { span.sr { "Mark as seen" } } th scope="col" { span.sr { "Forget" } } } } }
                        tbody {
                            @for q in &queries {
                                @let standing = standing(&archive, q);
                                tr {
                                    th scope="row" { a href=(View::search(&q.asked(), q.target()).url()) { bdi { (q.heading()) } } @if q.title.is_some() { span.faint { " " (q.name) } } " " a.faint href={ "/api/v1/saved/" (encoded(&q.name)) "/feed.atom" } { "feed" span.sr { " of " (q.name) } } @for tag in &q.tags { span.badge { (tag) } } }
                                    td { code { (one_line(&q.query)) } }
                                    td { @match &standing { Ok(s) => { (count(s.total, q.what.trim_end_matches('s'))) }, Err(trouble) => b.badge { "broken: " (trouble.message.lines().next().unwrap_or_default()) } } }
                                    td {
                                        @if let Ok(s) = &standing {
                                            @match (s.unseen, s.seen) {
                                                (Some(n), Some(seen)) => { @if n > 0 { a.new href=(fresh(q, seen)) { (number(n)) " new" } } @else { "0" } },
                                                _ => span.faint { "never run" },
                                            }
                                        }
                                    }
                                    td { (tells(q)) }
                                    @if !shared.read_only {
                                        td {
                                            form.inline action="/saved" method="post" { (key(shared)) input type="hidden" name="name" value=(q.name); button type="submit" name="do" value="seen" { "Seen" span.sr { ": " (q.name) } } }
                                        }
                                        td { (forgetting(shared, q)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(Page { title: "Saved", path: "/saved", view: &view, skips: &[("#main", "the list")] }.around(shared, body))
}

/// The way to forget a saved search: in two steps, since its runs go with it and nothing brings them back.
fn forgetting(shared: &Shared, q: &SavedQuery) -> Markup {
    html! {
        details.forget {
            summary { "Forget" span.sr { " " (q.name) } }
            form action="/saved" method="post" {
                (key(shared))
                input type="hidden" name="name" value=(q.name);
                button type="submit" name="do" value="remove" { "Yes, with all its runs" span.sr { ": " (q.name) } }
            }
        }
    }
}

/// Whom a saved search tells, and the way to change that.
fn tells(q: &SavedQuery) -> Markup {
    let mut more = vec![("name", q.name.clone())];
    if let Some(alert) = &q.alert {
        more.extend(alert.to.iter().map(|to| ("to", to.clone())));
        more.extend(alert.schedule.as_ref().map(|when| ("schedule", when.to_string())));
        more.push(("on", alert.on.word().to_owned()));
        more.push(("group", if alert.group == Group::None { "none" } else { "cluster" }.to_owned()));
    }
    let more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let to = View::search(&q.asked(), q.target()).at("/alert", &more);
    html! {
        @if let Some(alert) = &q.alert {
            (alert.to.join(", ")) " " span.faint { @match &alert.schedule { Some(when) => (when), None => "at every run" } } " "
        }
        a href=(to) { @if q.alert.is_some() { "change" } @else { "Alert me" } span.sr { " " (q.name) } }
    }
}

/// What a saved search finds that is newer than `seen`.
fn fresh(q: &SavedQuery, seen: u64) -> String {
    View::search(&format!("({}) revision:>{seen}", q.asked()), q.target()).url()
}

/// Where to go then: to the hits one was at.
fn back(ask: &Ask) -> String {
    ask.get("back").filter(|to| to.starts_with("/?")).unwrap_or("/saved").to_owned()
}

/// Saves or forgets a search, or takes what it finds for seen.
pub fn deed(shared: &Shared, ask: &Ask) -> Answered<String> {
    let mut queries = SavedQueries::read(&shared.home.queries())?;
    let name = ask.need("name")?.trim().to_owned();
    match ask.need("do")? {
        "add" => {
            let query = ask.need("query")?.to_owned();
            let what = ask.what()?;
            // One that cannot be read is refused now rather than when it is needed.
            shared.archive()?.question(&query, what)?;
            let what = if what == Target::Quotes { "quotes" } else { "articles" };
            let saved = SavedQuery { name, query, what: what.to_owned(), ..SavedQuery::default() };
            queries.add(&saved, false)?;
            // What is there when it is saved is not news.
            mark_seen(&shared.archive()?, &queries, &saved)?;
            Ok(back(ask))
        }
        "seen" => {
            let saved = queries.get(&name).ok_or_else(|| queries.unknown(&name))?;
            mark_seen(&shared.archive()?, &queries, &saved)?;
            Ok(back(ask))
        }
        "remove" => {
            remove(&shared.home, &mut queries, &name)?;
            Ok("/saved".to_owned())
        }
        other => Err(Refusal::bad(format!("`{}` is nothing to do", encoded(other)))),
    }
}

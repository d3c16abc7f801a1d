//! Two searches, or two speakers, side by side: how many, when, about whom, in which words.

use super::frame::{Page, count, number};
use super::hits;
use super::view::View;
use crate::archive::{Answered as Answers, Archive};
use crate::field;
use crate::query::{Bucket, FacetRequest, Search, Sort, Target};
use crate::serve::ask::Ask;
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};

/// One side.
struct Side {
    q: String,
    reading: String,
    answers: Answers,
}

/// Fields by which the two are compared: field, name.
const BY: [(&str, &str); 5] =
    [("speaker", "Speakers"), ("about", "Said about"), ("person", "Persons"), ("place", "Places"), ("source", "Sources")];

fn side(archive: &Archive, q: &str, what: Target) -> Answered<Side> {
    let question = archive.question(if q.is_empty() { "*" } else { q }, what)?;
    let facets = BY.iter().filter_map(|(n, _)| field::by_name(n)).map(|field| FacetRequest { field, limit: Some(8), by: None }).collect();
    let search = Search {
        target: what,
        limit: Some(6),
        sort: Sort::DateDown,
        timeline: Some(Bucket::Month),
        facets,
        ..Search::articles(question.query.clone())
    };
    Ok(Side { q: q.to_owned(), reading: question.reading, answers: archive.answer(&search)? })
}

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let what = ask.what()?;
    let (a, b) = (ask.get("a").unwrap_or_default(), ask.get("b").unwrap_or_default());
    let sides = if a.is_empty() && b.is_empty() { Vec::new() } else { vec![side(&archive, a, what)?, side(&archive, b, what)?] };
    let view = View::all();
    let body = html! {
        main #main .compare {
            h1 { "Compare" }
            form.two action="/compare" method="get" {
                label { "One " input type="search" name="a" value=(a) placeholder="speaker:Darling tax"; }
                label { "The other " input type="search" name="b" value=(b) placeholder="speaker:Osborne tax"; }
                label { span.sr { "Look for " } select name="what" { option value="articles" selected[what == Target::Articles] { "articles" } option value="quotes" selected[what == Target::Quotes] { "quotes" } } }
                button type="submit" { "Compare" }
            }
            @if sides.is_empty() { p.lead { "Two searches, side by side: two people on one subject, one subject in two papers, two years." } }
            @else {
                div.pair {
                    @for s in &sides {
                        section {
                            h2.asked { bdi { @if s.q.is_empty() { "everything" } @else { (s.q) } } }
                            p.meta { (super::frame::reading(&s.reading)) }
                            p.total { a href=(View::search(&s.q, what).url()) { (count(s.answers.results.total, if what == Target::Quotes { "quote" } else { "article" })) } }
                            @if what == Target::Quotes { (super::person::sparkline(&archive, &s.answers.results)?) }
                        }
                    }
                }
                div.tables { @for (i, (_, title)) in BY.iter().enumerate() { (table(title, i, &sides)) } }
                div.pair { @for s in &sides { section { h2.sr { "Latest of " (s.q) } (hits::list(&View::search(&s.q, what), &s.answers.hits, s.answers.results.total)) } } }
            }
        }
    };
    Ok(Page { title: "Compare", path: "/compare", view: &view, skips: &[("#main", "the comparison")] }.around(shared, body))
}

/// Values of one field with their counts on both sides, in the order of what they have together.
fn table(title: &str, i: usize, sides: &[Side]) -> Markup {
    let counts: Vec<&[crate::query::FacetCount]> =
        sides.iter().map(|s| s.answers.results.facets.get(i).map(|f| f.counts.as_slice()).unwrap_or_default()).collect();
    let of = |side: usize, value: &str| counts[side].iter().find(|c| c.value == value).map(|c| c.count);
    let mut values: Vec<&str> = counts.iter().flat_map(|c| c.iter().map(|c| c.value.as_str())).collect();
    values.sort_unstable();
    values.dedup();
    values.sort_by_key(|v| std::cmp::Reverse(of(0, v).unwrap_or(0) + of(1, v).unwrap_or(0)));
    html! {
        @if !values.is_empty() {
            details open {
                summary { (title) }
                table.sides {
                    thead { tr { th scope="col" { (title) } @for s in sides { th scope="col" { bdi { (s.q) } } } } }
                    tbody { @for value in values { tr { th scope="row" { bdi { (value.rsplit('/').next().unwrap_or(value)) } } @for side in 0..sides.len() { td { @match of(side, value) { Some(n) => (number(n)), None => span.faint title="not among the first eight" { "·" } } } } } } }
                }
            }
        }
    }
}

//! Two searches, or two speakers, side by side: how many, when, about whom, in which words.

use super::chart::{self, Scale};
use super::facets::CHANCE;
use super::frame::{Page, capital, count, number};
use super::hits;
use super::timeline;
use super::view::View;
use crate::archive::{
    Archive, Comparing, Comparison, Contrast, Contrasts, Misspelt, OverTime, Question, counted_name, counted_one, telling,
};
use crate::field::FieldKind;
use crate::query::{Bucket, Target};
use crate::serve::ask::Ask;
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};

/// Values of a field for each side.
const VALUES: usize = 6;
/// Hits of each side.
const NEWEST: usize = 6;
/// Fewest hits on both sides together that a value must have.
const LEAST: u64 = 3;
/// What the tables are called: field, name.
const NAMES: [(&str, &str); 10] = [
    ("person", "Persons"),
    ("org", "Organizations"),
    ("place", "Places"),
    ("speaker", "Speakers"),
    ("about", "Said about"),
    ("source", "Sources"),
    ("section", "Sections"),
    ("cue", "How it is put"),
    ("qtype", "Kinds of quote"),
    ("year", "Years"),
];

/// Two questions, as they were typed and as they were answered.
struct Two<'a> {
    typed: [&'a str; 2],
    questions: [Question; 2],
    what: Target,
    found: Comparison,
    /// Of a side that finds nothing, what nobody has.
    misspelt: [Vec<Misspelt>; 2],
    over: OverTime,
    words: bool,
}

impl<'a> Two<'a> {
    fn ask(archive: &Archive, typed: [&'a str; 2], what: Target, words: bool) -> Answered<Two<'a>> {
        let question = |text: &str| archive.question(if text.is_empty() { "*" } else { text }, what);
        let questions = [question(typed[0])?, question(typed[1])?];
        let comparing = Comparing { target: what, fields: Comparing::usual(what), least: LEAST, words, newest: NEWEST };
        let found = archive.compare([&questions[0].query, &questions[1].query], &comparing)?;
        let misspelt = |side: usize| match found.sides[side].total {
            0 => archive.misspelt(&questions[side].query),
            _ => Ok(Vec::new()),
        };
        let misspelt = [misspelt(0)?, misspelt(1)?];
        let day = |end: &Option<String>| end.as_deref().and_then(crate::field::printed_seconds);
        let ends: Vec<i64> = found.sides.iter().flat_map(|s| [day(&s.from), day(&s.to)]).flatten().collect();
        let days = ends.iter().max().zip(ends.iter().min()).map_or(0, |(last, first)| (last - first) / 86_400 + 31);
        let per = timeline::bucket(days);
        let per = if per == Bucket::Day { Bucket::Week } else { per };
        let named = questions.iter().zip(typed).map(|(q, name)| (name.to_owned(), q.query.clone()));
        let over = archive.over_time(named, what, per)?;
        Ok(Two { typed, questions, what, found, misspelt, over, words })
    }

    /// A side by its name.
    fn name(&self, side: usize) -> &str {
        if self.typed[side].is_empty() { "everything" } else { self.typed[side] }
    }

    /// What one side finds.
    fn view(&self, side: usize) -> View {
        View::search(self.typed[side], self.what)
    }

    fn show(&self) -> Markup {
        let all = &self.found.contrasts;
        let silent = all.iter().all(|c| c.rows.iter().all(|r| r.g2.abs() < CHANCE));
        let address = |more: &[(&str, &str)]| {
            View::search("", self.what).at("/compare", &[&[("a", self.typed[0]), ("b", self.typed[1])], more].concat())
        };
        html! {
            div.pair.sides-of { @for side in 0..2 { (self.side(side)) } }
            p.faint { @match self.found.both { 0 => "Nothing is in both.", n => { (count(n, counted_one(self.what))) @if n == 1 { " is" } @else { " are" } " in both." } } }
            (self.chart())
            h2 { "What one has more of" }
            @if silent { p { "Nothing that chance would not make as well." } }
            @else { p.faint { "Shares of the hits of each side; only differences that chance would make less than one time in twenty." } }
            div.tables { @for contrasts in all { (self.table(contrasts)) } }
            @if !self.words {
                p { a href=(address(&[("words", "1")])) { "Compare their words as well" } " " span.faint { "every " (counted_one(self.what)) " is read for that" } }
            }
            h2 { "The latest" }
            div.pair { @for side in 0..2 { section { h3.sr { "Latest of " (self.name(side)) } (hits::list(&self.view(side), &self.found.sides[side].newest, self.found.sides[side].total)) } } }
        }
    }

    fn side(&self, side: usize) -> Markup {
        let found = &self.found.sides[side];
        let thing = counted_one(self.what);
        html! {
            section {
                h2.asked { span.swatch .second[side == 1] aria-hidden="true" {} bdi { (self.name(side)) } }
                p.meta { (super::frame::reading(&self.questions[side].reading)) }
                @for one in &self.misspelt[side] { p { (super::help::ticks(&one.to_string())) "." } }
                p.total { a href=(self.view(side).url()) { (count(found.total, thing)) } @if self.what == Target::Quotes { span.meta { " in " (count(found.articles, "article")) } } }
                @if let (Some(from), Some(to)) = (&found.from, &found.to) { p.meta { (super::frame::day(Some(from))) " to " (super::frame::day(Some(to))) @if found.undated > 0 { ", " (number(found.undated)) " without a date" } } }
            }
        }
    }

    /// Both as shares of the archive, so that a year of which much was kept does not look like a busy one.
    fn chart(&self) -> Markup {
        let over = &self.over;
        let unit = over.bucket.name();
        let (Some(first), Some(last)) = (over.stretches.first(), over.stretches.last()) else { return html! {} };
        let (first, last) = (over.bucket.label(*first), over.bucket.label(*last));
        let most = |i: usize| format!("{:.2} %", chart::most(over, i, Scale::Percent));
        let label = format!(
            "Shares of the archive from {first} to {last}: {} at most {}, {} at most {}",
            self.name(0),
            most(0),
            self.name(1),
            most(1)
        );
        html! {
            section.strip aria-label="Over time" {
                (chart::plain(over, 0, Scale::Percent, &label))
                div.ends aria-hidden="true" { span { (first) } span { (last) } }
                p.key {
                    span { span.swatch aria-hidden="true" {} bdi { (self.name(0)) } ": at most " (most(0)) " of the archive’s " (counted_name(self.what)) " of a " (unit) }
                    span { span.swatch.second aria-hidden="true" {} bdi { (self.name(1)) } ": at most " (most(1)) }
                }
                details.table {
                    summary { "As a table" }
                    div.scroll tabindex="0" role="region" aria-label="Shares over time as a table" {
                        table.numbers {
                            thead { tr { th scope="col" { (capital(unit)) } @for i in 0..2 { th scope="col" { bdi { (self.name(i)) } } th scope="col" { "% of archive" } } } }
                            tbody { @for start in &over.stretches { tr { th scope="row" { (over.bucket.label(*start)) } @for i in 0..2 { td { (number(over.count(i, *start))) } td { (format!("{:.2}", over.percent(i, *start))) } } } } }
                        }
                    }
                }
            }
        }
    }

    /// Values of one field: those the first side has more of, then those of the second, each with its shares as two bars.
    fn table(&self, contrasts: &Contrasts) -> Markup {
        let mut rows: Vec<&Contrast> = telling(&contrasts.rows, Some(VALUES)).into_iter().filter(|r| r.g2.abs() >= CHANCE).collect();
        if contrasts.field.is_some_and(|f| matches!(f.name, "year" | "month")) {
            rows.sort_by(|a, b| a.value.cmp(&b.value));
        }
        let title = contrasts.field.map_or("Words", |f| NAMES.iter().find(|(n, _)| *n == f.name).map_or(f.name, |(_, name)| *name));
        let share = |n: u64, side: usize| 100.0 * n as f64 / self.found.sides[side].total.max(1) as f64;
        let top = rows.iter().flat_map(|r| [share(r.here, 0), share(r.there, 1)]).fold(f64::MIN_POSITIVE, f64::max);
        let path = contrasts.field.is_some_and(|f| f.kind == FieldKind::Path);
        let values: Vec<&str> = rows.iter().map(|r| r.value.as_str()).collect();
        let names = contrasts.field.map_or(values.clone(), |field| field.names(&values));
        let to = |side: usize, value: &str| match contrasts.field {
            Some(field) => self.view(side).choosing(field, value, Some(false)).url(),
            None => View::search(&format!("({}) {value}", self.typed[side]), self.what).url(),
        };
        html! {
            @if !rows.is_empty() {
                table.sides {
                    caption { (title) }
                    thead { tr { th scope="col" { span.sr { (title) } } th scope="col" { bdi { (self.name(0)) } } td aria-hidden="true" {} th scope="col" { bdi { (self.name(1)) } } } }
                    tbody {
                        @for (r, name) in rows.iter().zip(names) {
                            tr {
                                th scope="row" title=[path.then_some(&r.value)] { bdi { (name) } }
                                @let (a, b) = (share(r.here, 0), share(r.there, 1));
                                td { (figure(r.here, a, &to(0, &r.value))) }
                                td.shares aria-hidden="true" { (shares(a / top, b / top)) }
                                td { (figure(r.there, b, &to(1, &r.value))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A count with its share, and the way to the hits.
fn figure(n: u64, percent: f64, to: &str) -> Markup {
    let percent = if percent < 10.0 { format!("{percent:.1}") } else { format!("{percent:.0}") };
    html! { @if n == 0 { "0" } @else { a href=(to) { (percent) " %" span.sr { ", " (number(n)) } } span.n { " " (number(n)) } } }
}

/// Two bars from the middle outwards, each of 0 to 1.
fn shares(left: f64, right: f64) -> Markup {
    let part = |share: f64| format!("{share:.1}%");
    html! {
        svg width="100%" height="10" {
            rect.bar x=(part(49.5 - left * 49.0)) y="1" width=(part(left * 49.0)) height="8" {}
            rect.other x="50.5%" y="1" width=(part(right * 49.0)) height="8" {}
        }
    }
}

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let what = ask.what()?;
    let (a, b) = (ask.get("a").unwrap_or_default(), ask.get("b").unwrap_or_default());
    let two = if a.is_empty() && b.is_empty() { None } else { Some(Two::ask(&archive, [a, b], what, ask.flag("words")?)?) };
    let view = View::all();
    let body = html! {
        main #main .compare {
            h1 { "Compare" }
            form.two action="/compare" method="get" {
                label { "One" input type="search" name="a" value=(a) placeholder="speaker:Darling tax"; }
                label { "The other" input type="search" name="b" value=(b) placeholder="speaker:Osborne tax"; }
                label { "among" select name="what" { option value="articles" selected[what == Target::Articles] { "articles" } option value="quotes" selected[what == Target::Quotes] { "quotes" } } }
                button type="submit" { "Compare" }
            }
            @match &two {
                None => p.lead { "Two searches, side by side: two people on one subject, one subject in two papers, two years. An empty one is the whole archive." },
                Some(two) => (two.show()),
            }
        }
    };
    Ok(Page { title: "Compare", path: "/compare", view: &view, skips: &[("#main", "the comparison")] }.around(shared, body))
}

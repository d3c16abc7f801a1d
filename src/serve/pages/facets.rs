//! What can be chosen at the left: values with counts, each to be included or excluded, and the page with all of them.

use super::frame::{Page, carried, count, day, number};
use super::view::{Filter, View};
use crate::archive::{Archive, Contrast, counted_one};
use crate::field::{self, Field, FieldKind};
use crate::query::{FacetCount, FacetCounts, FacetRequest, Search};
use crate::serve::ask::Ask;
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};

/// The facets of the screen, in their order: field, name.
pub const FACETS: [(&str, &str); 11] = [
    ("speaker", "Speaker"),
    ("about", "Said about"),
    ("person", "Person"),
    ("place", "Place"),
    ("org", "Organization"),
    ("source", "Source"),
    ("byline", "Byline"),
    ("section", "Section"),
    ("lang", "Language"),
    ("words", "Words"),
    ("added", "Added"),
];
/// Those that are closed until one opens them.
const FOLDED: [&str; 5] = ["byline", "section", "lang", "words", "added"];
/// Speakers who are nobody by name.
const NOBODY: [&str; 2] = ["anonymous", "unresolved"];
/// Values of each.
pub const SHOWN: usize = 6;
/// Fewest hits that make a value unusual.
const LEAST: u64 = 2;
/// The log-likelihood ratio that chance reaches one time in twenty.
pub const CHANCE: f64 = 3.84;
/// Values on one page of all of them.
const PAGE: usize = 200;

/// What of them is to be counted; places go on the map as well.
pub fn requests(places: usize) -> Vec<FacetRequest> {
    let request = |(name, _): &(&str, &str)| {
        let limit = if *name == "place" { places } else { SHOWN };
        // Stretches and days are all counted: they are shown in their own order, not in that of counts.
        field::by_name(name).map(|field| FacetRequest { field, limit: (!field.is_figure()).then_some(limit), by: None })
    };
    FACETS.iter().filter_map(request).collect()
}

/// All of them, as counted or in the order of unusualness.
pub fn column(view: &View, counted: &[Counted]) -> Markup {
    html! {
        @for counted in counted {
            @let chosen = view.filters.iter().any(|f| f.field == counted.field);
            @if !counted.values.is_empty() || chosen {
                (one(view, counted))
            }
        }
    }
}

/// The order of the values, to be chosen.
pub fn orders(view: &View) -> Markup {
    html! {
        p.orders role="group" aria-label="Order of values" {
            @for (unusual, name) in [(false, "most"), (true, "most unusual")] {
                a href=(View { unusual, ..view.clone() }.url()) aria-current=[(view.unusual == unusual).then_some("true")] { (name) }
            }
        }
    }
}

/// A facet as it is shown.
pub struct Counted {
    field: &'static Field,
    values: Vec<Value>,
    /// How many values there are to be shown in all.
    distinct: u64,
}

/// A value as it is shown.
struct Value {
    value: String,
    n: u64,
    /// How many times its usual share it has here, where values stand by that.
    times: Option<f64>,
}

/// By how many have them.
pub fn by_count(facets: &[FacetCounts]) -> Vec<Counted> {
    let value = |c: &FacetCount| Value { value: c.value.clone(), n: c.count, times: None };
    let one = |f: &FacetCounts| {
        let mut values: Vec<Value> = f.counts.iter().map(value).collect();
        if f.field.is_figure() {
            // Stretches of numbers from the first on, days from the last back.
            values.sort_by_key(|v| start(&v.value));
            if f.field.kind == FieldKind::Date {
                values.sort_by(|a, b| b.value.cmp(&a.value));
            }
        }
        Counted { field: f.field, values, distinct: f.distinct }
    };
    facets.iter().map(one).collect()
}

/// The number with which the name of a stretch begins.
fn start(name: &str) -> u64 {
    let digits: String = name.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// A stretch for people: `250 to 499`, `4,000 and more`, `26 Nov 2025`.
fn said(field: &Field, name: &str) -> String {
    if field.kind == FieldKind::Date {
        return day(Some(name));
    }
    match name.split_once("..") {
        Some((from, to)) => format!("{} to {}", number(start(from)), number(start(to))),
        None => format!("{} and more", number(start(name))),
    }
}

/// By how much more frequent they are here than in the rest of the archive. As with counts, what is chosen of a field is left
/// out of account for its own values.
///
/// # Errors
///
/// As [`Archive::significant`].
pub fn by_unusualness(archive: &Archive, view: &View, fields: &[&'static Field]) -> Answered<Vec<Counted>> {
    let (open, chosen): (Vec<_>, Vec<_>) = fields.iter().copied().partition(|field| view.without_choice(field).is_none());
    let mut groups: Vec<(View, Vec<&'static Field>)> = vec![(view.clone(), open)];
    groups.extend(chosen.into_iter().filter_map(|field| Some((view.without_choice(field)?, vec![field]))));
    let mut counted = Vec::new();
    for (view, fields) in groups.into_iter().filter(|(_, fields)| !fields.is_empty()) {
        let search = Search { target: view.what, mark: false, ..Search::articles(view.pose(archive)?.query) };
        let (contrasts, hits, all) = archive.significant(&search, &fields, LEAST)?;
        for (field, contrasts) in fields.iter().zip(contrasts) {
            let share = |n: u64, of: u64| n as f64 / of.max(1) as f64;
            let rest = all.saturating_sub(hits);
            let times = |c: &Contrast| (c.there > 0).then(|| share(c.here, hits) / share(c.there, rest));
            let value = |c: &Contrast| Value { value: c.value.clone(), n: c.here, times: Some(times(c).unwrap_or(f64::INFINITY)) };
            let values: Vec<Value> = contrasts.rows.iter().filter(|c| c.g2 >= CHANCE).map(value).collect();
            counted.push(Counted { field, distinct: values.len() as u64, values });
        }
    }
    counted.sort_by_key(|c| fields.iter().position(|f| *f == c.field));
    Ok(counted)
}

/// The fields of the screen.
pub fn fields() -> Vec<&'static Field> {
    FACETS.iter().filter_map(|(name, _)| field::by_name(name)).collect()
}

fn name_of(field: &Field) -> &str {
    FACETS.iter().find(|(f, _)| *f == field.name).map_or(field.name, |(_, name)| *name)
}

fn one(view: &View, counted: &Counted) -> Markup {
    let field = counted.field;
    let folded = FOLDED.contains(&field.name) && !view.filters.iter().any(|f| f.field == field);
    html! {
        details.facet open[!folded] data-field=(field.name) {
            summary { (name_of(field)) }
            @let shown = if field.kind == FieldKind::Number { counted.values.len() } else { SHOWN.min(counted.values.len()) };
            ul { (values(view, field, &counted.values[..shown])) }
            @let more = counted.distinct.saturating_sub(shown as u64);
            @if more > 0 {
                p.more { a href=(view.at("/facet", &[("by", field.name)])) data-find=(field.name) { "all " (number(counted.distinct)) } }
            }
        }
    }
}

/// Values as list items. Chosen ones that are not among them come first.
fn values(view: &View, field: &'static Field, counts: &[Value]) -> Markup {
    let there = |f: &Filter| counts.iter().any(|c| f.is(field, &c.value));
    let absent: Vec<&str> = view.filters.iter().filter(|f| f.field == field && !there(f)).map(|f| f.value.as_str()).collect();
    let all: Vec<&str> = absent.iter().copied().chain(counts.iter().map(|c| c.value.as_str())).collect();
    let names = field.names(&all);
    let counted = absent.iter().map(|_| None).chain(counts.iter().map(Some));
    html! { @for ((value, name), counted) in all.iter().zip(names).zip(counted) { (item(view, field, (value, name), counted)) } }
}

/// A value, and what it is called among those beside it.
fn item(view: &View, field: &'static Field, (value, name): (&str, &str), counted: Option<&Value>) -> Markup {
    let chosen = view.chosen(field, value);
    let figure_said = if field.is_figure() { said(field, value) } else { String::new() };
    let last = if field.is_figure() { figure_said.as_str() } else { name };
    let to = |not| view.choosing(field, value, not).url();
    let figure = html! { @if let Some(counted) = counted { span.n title=[counted.times.map(usual)] { (number(counted.n)) } } };
    html! {
        li .in[chosen == Some(false)] .not[chosen == Some(true)] .nobody[NOBODY.contains(&value)] data-value=(value) {
            @match chosen {
                None => {
                    a.take href=(to(Some(false))) title=[(name != value).then_some(value)] { bdi { (last) } }
                    (figure)
                    a.drop href=(to(Some(true))) { "not" span.sr { " " (last) } }
                }
                Some(false) => {
                    a.take href=(to(None)) { span.sr { "chosen, take back: " } bdi { (last) } }
                    (figure)
                    a.drop href=(to(Some(true))) { "not" span.sr { " " (last) } }
                }
                Some(true) => {
                    a.take href=(to(None)) { span.sr { "excluded, take back: " } bdi { (last) } }
                    (figure)
                }
            }
        }
    }
}

/// How many times its usual share a value has.
fn usual(times: f64) -> String {
    match times {
        t if t.is_infinite() => "nowhere else in the archive".to_owned(),
        t if t < 10.0 => format!("{t:.1} times its share of the rest of the archive"),
        t => format!("{t:.0} times its share of the rest of the archive"),
    }
}

/// What is chosen, above the hits; each is taken away by a click.
pub fn chips(view: &View) -> Markup {
    html! {
        @if !view.filters.is_empty() || !view.since.is_empty() || !view.until.is_empty() {
            ul.chips aria-label="Chosen" {
                @for f in &view.filters {
                    li .not[f.not] {
                        span { (name_of(f.field)) @if f.not { " is not " } @else { ": " } b { bdi { @if f.field.is_figure() { (said(f.field, &f.value)) } @else { (f.field.own_name(&f.value)) } } } }
                        a href=(view.choosing(f.field, &f.value, None).url()) { "×" span.sr { "take away " (f.value) } }
                    }
                }
                @for (name, value, rest) in [
                    ("since", &view.since, view.with(|v| v.since.clear())),
                    ("until", &view.until, view.with(|v| v.until.clear())),
                ] {
                    @if !value.is_empty() { li { span { (name) " " b { (value) } } a href=(rest.url()) { "×" span.sr { "take away " (name) } } } }
                }
            }
        }
    }
}

/// `/facet`: all values of one field, to be found by their letters.
pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let view = View::of(ask)?;
    let field = field::facet(ask.need("by")?)?;
    let find = ask.get("find").unwrap_or_default();
    let (from, part) = (ask.number("from", 0)?, ask.flag("part")?);
    // All that could be chosen: the field's own choice is left out of account, as beside the hits.
    let counted = view.without_choice(field).unwrap_or_else(|| view.clone());
    let posed = counted.pose(&archive)?;
    let search = |facets| Search { target: view.what, limit: Some(0), facets, ..Search::articles(posed.query.clone()) };
    let (all, hits) = if view.unusual && !view.is_everything() {
        (by_unusualness(&archive, &counted, &[field])?, archive.search(&search(Vec::new()))?.total)
    } else {
        let answered = archive.answer(&search(vec![FacetRequest { field, limit: None, by: None }]))?;
        (by_count(&answered.results.facets), answered.results.total)
    };
    let all = all.into_iter().next().map(|f| f.values).unwrap_or_default();
    let wanted = crate::words::fold(find).into_owned();
    let found: Vec<Value> =
        all.into_iter().filter(|c| wanted.is_empty() || crate::words::fold(&c.value).contains(wanted.as_str())).collect();
    let total = found.len();
    let shown = &found[from.min(total)..(from + if part { 12 } else { PAGE }).min(total)];
    if part {
        return Ok(
            html! { (values(&view, field, shown)) @if total > shown.len() { li.rest { (number((total - shown.len()) as u64)) " more" } } },
        );
    }
    let thing = counted_one(view.what);
    let body = html! {
        main #main {
            h1 { (name_of(field)) }
            p.lead { (count(total as u64, "value")) " in " (count(hits, thing)) ": " (super::frame::reading(&posed.reading)) ". " a href=(view.url()) { "Back to the hits" } }
            form.find action="/facet" method="get" {
                (carried(&view))
                input type="hidden" name="by" value=(field.name);
                label { "Whose letters contain " input type="search" name="find" value=(find); }
                button type="submit" { "Find" }
            }
            @if found.is_empty() && !find.is_empty() { p { "No value has these letters in it." } }
            ul.values { (values(&view, field, shown)) }
            nav.turn aria-label="Pages of values" {
                @if from > 0 { a rel="prev" href=(view.at("/facet", &[("by", field.name), ("find", find), ("from", &from.saturating_sub(PAGE).to_string())])) { "before" } }
                @if from + PAGE < total { a rel="next" href=(view.at("/facet", &[("by", field.name), ("find", find), ("from", &(from + PAGE).to_string())])) { "more" } }
            }
        }
    };
    Ok(Page { title: name_of(field), path: "/facet", view: &view, skips: &[("#main", "the values")] }.around(shared, body))
}

//! An alert before it is kept: in which way a person in it is meant, and what it would have told in the last thirty days.

use super::frame::{Page, count, day, key, number, reading};
use super::reader::page_address;
use super::view::View;
use crate::alerts::{BackTest, Found, ask as answer, back_test, mark_seen, newest};
use crate::archive::{Archive, counted_name, counted_one};
use crate::field;
use crate::query::{self, Expr, FacetRequest, Part, Query, Search, Target, ValueMatch, WordForm};
use crate::saved::{Alert, Group, On, SavedQueries, SavedQuery, Sink, SinkKind};
use crate::serve::ask::Ask;
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use crate::words::{fold, words};
use maud::{Markup, html};

/// The ways in which a person may be meant: field, as one says it.
const WAYS: [(&str, &str); 3] = [("person", "is mentioned"), ("speaker", "speaks"), ("about", "is spoken about")];
/// What counts as news: word, as one says it.
const NEWS: [(&str, &str); 4] = [
    ("new", "what is new"),
    ("new+changed", "what is new, and articles that were edited"),
    ("gone", "what is found no longer"),
    ("any", "every difference"),
];

/// A person named in a clause.
struct Named {
    /// Which clause.
    clause: usize,
    /// As the archive writes the name.
    name: String,
    /// What a value of the field must be.
    value: ValueMatch,
    /// The field that is asked, empty for the words of the text.
    way: &'static str,
}

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let queries = SavedQueries::read(&shared.home.queries())?;
    // A saved search may be called by its name alone.
    let named = ask.get("name").filter(|_| ask.get("q").is_none()).and_then(|name| queries.get(name));
    let (what, typed) = match &named {
        Some(saved) => (saved.target(), saved.asked()),
        None => (ask.what()?, ask.get("q").unwrap_or_default().to_owned()),
    };
    let typed = typed.as_str();
    let clauses = if typed.is_empty() { Vec::new() } else { archive.question(typed, what)?.query.clauses() };
    let persons = persons(&archive, &clauses, typed)?;
    ways(ask, &persons)?;
    // What is typed is kept as it is typed: canonical spelling would fix days that move, such as `last-7d`.
    let asked = match clauses == meant(clauses.clone(), &persons, ask) {
        true => typed.to_owned(),
        false => query::print(&Query::all(meant(clauses, &persons, ask))),
    };
    let alert = alert(ask)?;
    let saved =
        SavedQuery { name: "an alert".to_owned(), query: asked.clone(), what: counted_name(what).to_owned(), ..SavedQuery::default() };
    let tried = if typed.is_empty() { None } else { Some(tried(&archive, &queries, &saved, &alert)?) };
    let view = View::search(typed, what);
    let body = html! {
        main #main .alerting {
            h1 { "Alert" }
            p.lead { "Whoever is named below is told when something new is found, by " code { "morgue watch" } ", or by " code { "morgue saved run --due" } " from cron. Try it first: an alert that fires at everything is read by nobody." }
            form.steps-of action="/alert" method="get" {
                @if let Some(name) = ask.get("name") { input type="hidden" name="name" value=(name); }
                label { "Look for " input type="text" name="q" value=(typed) required spellcheck="false"; }
                label { "among " select name="what" { option value="articles" selected[what == Target::Articles] { "articles" } option value="quotes" selected[what == Target::Quotes] { "quotes" } } }
                @for (i, person) in persons.iter().enumerate() { (way(i, person, ask)) }
                label { "Tell " select name="on" { @for (word, says) in NEWS { option value=(word) selected[On::of(word) == Some(alert.on)] { (says) } } } }
                label { "as " select name="group" {
                    option value="cluster" selected[alert.group == Group::Cluster] { "one line for a story, its copies counted" }
                    option value="none" selected[alert.group == Group::None] { "a line for each" }
                } }
                label { "when " input type="text" name="schedule" value=[alert.schedule.as_ref().map(ToString::to_string)] placeholder="at every run, or: daily 07:30"; }
                fieldset {
                    legend { "to" }
                    @for sink in queries.sinks() {
                        label { input type="checkbox" name="to" value=(sink.name) checked[alert.to.contains(&sink.name)]; " " (sink.name) " " span.faint { (kind(&sink)) } }
                    }
                    p.faint { "Mail, feeds, files and webhooks are written under " code { "[sinks]" } " in " code { "queries.toml" } "." }
                }
                button type="submit" { "Try it" }
            }
            @if let Some((reads, tried)) = &tried {
                section aria-label="What it would have told" {
                    h2 { "If it had been there" }
                    p { span.label { "Reads as " } (reading(reads)) }
                    (fired(tried, what))
                    (keep(shared, ask, &queries, (&asked, what), &alert))
                }
            }
        }
    };
    Ok(Page { title: "Alert", path: "/alert", view: &view, skips: &[("#main", "the form")] }.around(shared, body))
}

/// Refuses a way in which nobody can be meant.
fn ways(ask: &Ask, persons: &[Named]) -> Answered<()> {
    let ways = (0..persons.len()).filter_map(|i| ask.get(&format!("way{i}")));
    match ways.into_iter().find(|way| *way != "words" && WAYS.iter().all(|(field, _)| field != way)) {
        Some(way) => Err(Refusal::bad(format!("`{way}` is none of words, person, speaker, about"))),
        None => Ok(()),
    }
}

/// In which way a person is meant.
fn way(i: usize, person: &Named, ask: &Ask) -> Markup {
    let name = format!("way{i}");
    let chosen = ask.get(&name).unwrap_or(person.way);
    html! {
        fieldset {
            legend { bdi { (person.name) } }
            @if person.way.is_empty() { label { input type="radio" name=(name) value="words" checked[chosen.is_empty() || chosen == "words"]; " stands anywhere in the text" } }
            @for (field, says) in WAYS { label { input type="radio" name=(name) value=(field) checked[chosen == field]; " " (says) } }
        }
    }
}

/// What kind of sink it is.
fn kind(sink: &Sink) -> &'static str {
    match sink.kind {
        SinkKind::Stdout => "printed where alerts are run",
        SinkKind::File { .. } => "a file",
        SinkKind::Atom { .. } => "a feed",
        SinkKind::Webhook { .. } => "a webhook",
        SinkKind::Smtp { .. } => "mail",
        SinkKind::Exec { .. } => "a program",
    }
}

/// How often it would have fired, with a few examples.
fn fired(tried: &BackTest, what: Target) -> Markup {
    let thing = counted_one(what);
    html! {
        p.total {
            @if tried.days == 0 { "It would not have fired" } @else { "It would have fired " (count(tried.days as u64, "time")) ", with " (count(tried.news as u64, thing)) "," }
            " in the 30 days up to " (day(Some(&tried.until))) "."
        }
        p.faint { @if tried.by_arrival { "Counted by the day on which articles came into the archive." } @else { "Counted by the day of publication: the archive itself is younger than that." } }
        @if !tried.examples.is_empty() {
            h3 { @if tried.examples.len() < tried.news { "Some of it" } @else { "This is it" } }
            ul.examples { @for found in &tried.examples { li { (example(found)) } } }
        }
    }
}

fn example(found: &Found) -> Markup {
    html! {
        @if let Some(text) = &found.text { blockquote.words dir="auto" { (text) } }
        p.line {
            time datetime=[found.published.as_deref()] { (day(found.published.as_deref())) }
            @if let Some(speaker) = &found.speaker { b { bdi { (speaker) } } }
            @if let Some(source) = &found.source { span { bdi { (source) } } }
            a href=(page_address(&found.id, "", Target::Articles)) { bdi { (found.title.as_deref().unwrap_or("(no title)")) } }
        }
    }
}

/// The form that keeps what was tried.
fn keep(shared: &Shared, ask: &Ask, queries: &SavedQueries, (asked, what): (&str, Target), alert: &Alert) -> Markup {
    let name = ask.get("name");
    let there = name.is_some_and(|name| queries.get(name).is_some());
    html! {
        @if shared.read_only { p { "This page is for reading only: save it with " code { "morgue saved add NAME QUERY --alert SINK" } "." } }
        @else {
            form.find action="/alert" method="post" {
                (key(shared))
                input type="hidden" name="query" value=(asked);
                input type="hidden" name="what" value=(counted_name(what));
                input type="hidden" name="on" value=(alert.on.word());
                input type="hidden" name="group" value=(if alert.group == Group::None { "none" } else { "cluster" });
                @if let Some(when) = &alert.schedule { input type="hidden" name="schedule" value=(when); }
                @for to in &alert.to { input type="hidden" name="to" value=(to); }
                label { "Name " input type="text" name="name" value=[name] required pattern="[\\p{L}\\p{N}_\\-]+" title="letters, digits, - and _" maxlength="60"; }
                @if there { label { input type="checkbox" name="replace" value="yes" required; " replace the one of that name" } }
                button type="submit" name="do" value="alert" { "Save and watch" }
            }
            p.faint { "What is found now counts as known. Of later news up to " (number(alert.max as u64)) " are listed at a time, the rest is counted." }
        }
    }
}

/// What is asked of an alert.
fn alert(ask: &Ask) -> Answered<Alert> {
    let usual = Alert::default();
    let on =
        ask.get("on").map(|word| On::of(word).ok_or_else(|| Refusal::bad(format!("`on={word}` is none of new, new+changed, gone, any"))));
    let schedule = ask.get("schedule").map(str::parse).transpose();
    let schedule =
        schedule.map_err(|wrong| Refusal::bad(wrong).with_hint("write `every 10m`, `hourly`, `daily 07:30` or `weekly mon 07:30`"))?;
    let to: Vec<String> = ask.all("to").filter(|to| !to.is_empty()).map(str::to_owned).collect();
    Ok(Alert {
        on: on.transpose()?.unwrap_or(usual.on),
        group: match ask.get("group") {
            None | Some("cluster") => Group::Cluster,
            Some("none") => Group::None,
            Some(other) => return Err(Refusal::bad(format!("`group={other}` is neither `cluster` nor `none`"))),
        },
        schedule,
        to: if to.is_empty() { usual.to.clone() } else { to },
        ..usual
    })
}

/// How it is read, and what it would have told.
fn tried(archive: &Archive, queries: &SavedQueries, saved: &SavedQuery, alert: &Alert) -> Answered<(String, BackTest)> {
    let answered = answer(archive, queries, saved, &[])?;
    let now = jiff::Timestamp::now().as_second();
    Ok((answered.question.reading, back_test(&answered.found, alert, newest(archive)?.as_deref(), now)))
}

/// The clauses with each person meant as was chosen.
fn meant(mut clauses: Vec<Query>, persons: &[Named], ask: &Ask) -> Vec<Query> {
    for (i, person) in persons.iter().enumerate() {
        let way = ask.get(&format!("way{i}")).and_then(|way| WAYS.iter().find(|(field, _)| *field == way));
        if let Some(field) = way.and_then(|(field, _)| field::by_name(field)) {
            clauses[person.clause] = Query::Is { field, value: person.value.clone() };
        }
    }
    clauses
}

/// The persons that clauses name: in one of the three fields, or by words that stand in the question with a capital and in
/// the archive as part of a person's name.
fn persons(archive: &Archive, clauses: &[Query], typed: &str) -> Answered<Vec<Named>> {
    let mut persons = Vec::new();
    for (clause, query) in clauses.iter().enumerate() {
        let (value, way) = match query {
            Query::Is { field, value } => match WAYS.iter().find(|(way, _)| *way == field.name) {
                Some((way, _)) => (value.clone(), *way),
                None => continue,
            },
            Query::Text { fields, expr } if fields.is_empty() => match name_in(expr).filter(|forms| has_capital(typed, forms)) {
                Some(forms) => (ValueMatch::Words(forms.into_iter().map(WordForm::Exact).collect()), ""),
                None => continue,
            },
            _ => continue,
        };
        if let Some(name) = usual_name(archive, &value)? {
            persons.push(Named { clause, name, value, way });
        }
    }
    Ok(persons)
}

/// The words of an expression that may be a name: one word, or some in a row.
fn name_in(expr: &Expr) -> Option<Vec<String>> {
    let form = |word: &WordForm| match word {
        WordForm::Exact(form) | WordForm::Inflected(form) => Some(form.clone()),
        _ => None,
    };
    match expr {
        Expr::Word(word) => Some(vec![form(word)?]),
        Expr::Phrase(parts) => parts.iter().map(|part| if let Part::Word(word) = part { form(word) } else { None }).collect(),
        Expr::Case { expr, .. } => name_in(expr),
        _ => None,
    }
}

/// Whether the first of `forms` is typed with a capital.
fn has_capital(typed: &str, forms: &[String]) -> bool {
    let first = forms.first().map(String::as_str).unwrap_or_default();
    let mut all = words(typed).into_iter();
    all.any(|(from, to, _, form)| form == first && typed.get(from..to).is_some_and(|w| w.starts_with(char::is_uppercase)))
}

/// The name that most articles with such a person have.
fn usual_name(archive: &Archive, value: &ValueMatch) -> Answered<Option<String>> {
    let Some(field) = field::by_name("person") else { return Ok(None) };
    let facets = vec![FacetRequest { field, limit: None, by: None }];
    let query = Query::Is { field, value: value.clone() };
    let found = archive.search(&Search { limit: Some(0), facets, ..Search::articles(query) })?;
    let forms: Vec<String> = match value {
        ValueMatch::Whole(name) => return Ok((found.total > 0).then(|| name.clone())),
        ValueMatch::Words(forms) => {
            forms.iter().filter_map(|f| if let WordForm::Exact(form) = f { Some(form.clone()) } else { None }).collect()
        }
        _ => Vec::new(),
    };
    let names = found.facets.into_iter().flat_map(|f| f.counts).map(|c| c.value);
    let mut names = names.filter(|name| forms.iter().all(|form| fold(name).contains(form.as_str())));
    Ok(names.next())
}

/// Keeps a search and whom it tells.
pub fn deed(shared: &Shared, ask: &Ask) -> Answered<String> {
    let archive = shared.archive()?;
    let mut queries = SavedQueries::read(&shared.home.queries())?;
    let alert = alert(ask)?;
    let sinks = queries.sinks();
    if let Some(none) = alert.to.iter().find(|to| sinks.iter().all(|s| s.name != **to)) {
        return Err(Refusal::bad(format!("there is no sink `{none}`")).with_hint("write it under `[sinks]` in queries.toml"));
    }
    let (query, what) = (ask.need("query")?.to_owned(), ask.what()?);
    archive.question(&query, what)?;
    let created = Some(jiff::ZonedDateTime::now().date().to_string());
    let (name, what) = (ask.need("name")?.trim().to_owned(), counted_name(what).to_owned());
    // One with parameters came here as what it usually asks.
    let query = queries.get(&name).filter(|q| q.asked() == query).map_or(query, |q| q.query);
    let saved = SavedQuery { name, query, what, created, alert: Some(alert), ..SavedQuery::default() };
    queries.add(&saved, ask.flag("replace")?)?;
    let saved = queries.get(&saved.name).unwrap_or(saved);
    mark_seen(&archive, &queries, &saved)?;
    Ok("/saved".to_owned())
}

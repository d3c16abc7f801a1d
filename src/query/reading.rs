//! A query said back as one English sentence, so that a person sees how it was read.

use super::bounds::clock;
use super::dates::{Clock, period, written};
use super::values_said::{any, is};
use super::words_said::{expr_noun, expr_statement, list};
use super::{Expr, Query, Target};
use crate::field::{Field, FieldKind};

/// Says what is asked for.
///
/// # Example
///
/// ```
/// use morgue::query::{Context, Target, parse, reading};
/// let parsed = parse("hlead(mayor w/5 corrupt!) date:2008", &Context::new(Target::Articles));
/// let said = reading(&parsed.query, Target::Articles);
/// assert_eq!(said, "articles in which *mayor* and a word starting *corrupt* are within 5 words, in the headline or lead, dated 2008");
/// ```
pub fn reading(query: &Query, target: Target) -> String {
    let noun = match target {
        Target::Articles => "articles",
        Target::Quotes => "quotes",
    };
    match query {
        Query::All => format!("all {noun}"),
        Query::Nothing => format!("no {noun}"),
        Query::Not(inner) if !matches!(**inner, Query::Has(_)) => format!("all {noun} except those {}", clause(inner, target)),
        _ => format!("{noun} {}", clause(query, target)),
    }
}

/// What follows "articles" or "quotes".
fn clause(query: &Query, target: Target) -> String {
    match query {
        Query::All => "of any kind".to_owned(),
        Query::Nothing => "of no kind".to_owned(),
        Query::Text { fields, expr } => texts(fields, &[expr], "and", target),
        Query::Is { field, value } => is(field, value, target),
        Query::Range { field, from, to } => range(field, *from, *to),
        Query::Has(field) => format!("with {}", any(field)),
        Query::Within { lat, lon, km } => format!("with a place within {km} km of {lat}, {lon}"),
        Query::Quote(inner) if target == Target::Quotes => clause(inner, target),
        Query::Quote(inner) => format!("with one quote {}", clause(inner, Target::Quotes)),
        Query::Article(inner) if target == Target::Articles => clause(inner, target),
        Query::Article(inner) => format!("in articles {}", clause(inner, Target::Articles)),
        Query::And(all) => every(all, target),
        Query::Or(any) => either(any, target),
        Query::Not(inner) => match &**inner {
            Query::Has(field) => format!("without {}", any(field)),
            inner => format!("other than those {}", clause(inner, target)),
        },
        Query::Boost(inner, weight) => format!("{} (counting {weight} times)", clause(inner, target)),
    }
}

/// All of several conditions: words in the same fields together, then the rest, what is excluded last.
fn every(all: &[Query], target: Target) -> String {
    let mut clauses: Vec<String> = Vec::new();
    let mut excluded = Vec::new();
    let mut told: Vec<&[&'static Field]> = Vec::new();
    for query in all {
        match query {
            Query::Text { fields, .. } => {
                if told.contains(&fields.as_slice()) {
                    continue;
                }
                told.push(fields);
                let same = all.iter().filter_map(|q| match q {
                    Query::Text { fields: these, expr } if these == fields => Some(expr),
                    _ => None,
                });
                clauses.push(texts(fields, &same.collect::<Vec<_>>(), "and", target));
            }
            Query::Not(inner) if !matches!(**inner, Query::Has(_)) => excluded.push(clause(inner, target)),
            other => clauses.push(clause(other, target)),
        }
    }
    if clauses.is_empty() {
        clauses.push("of any kind".to_owned());
    }
    let mut said = clauses.join(", ");
    if !excluded.is_empty() {
        said += &format!(", except those {}", list(&excluded, "or those"));
    }
    said
}

fn either(any: &[Query], target: Target) -> String {
    // What may be there, and ranks.
    if let [wanted @ .., Query::All] = any {
        let wanted = if let [one] = wanted { clause(one, target) } else { either(wanted, target) };
        return format!("those {wanted} first");
    }
    let mut one: Option<&[&'static Field]> = None;
    let mut exprs = Vec::new();
    for query in any {
        match query {
            Query::Text { fields, expr } if one.is_none_or(|f| f == fields) => {
                one = Some(fields);
                exprs.push(expr);
            }
            _ => {
                let clear = |said: String| if said.contains(", ") { format!("({said})") } else { said };
                let clauses: Vec<String> = any.iter().map(|q| clear(clause(q, target))).collect();
                return format!("either {}", list(&clauses, "or"));
            }
        }
    }
    texts(one.unwrap_or_default(), &exprs, "or", target)
}

/// Words, and where they stand.
fn texts(fields: &[&'static Field], exprs: &[&Expr], tie: &str, target: Target) -> String {
    let nouns: Vec<String> = exprs.iter().filter_map(|e| expr_noun(e)).collect();
    let said = if nouns.len() == exprs.len() {
        let verb = if nouns.len() > 1 && tie == "and" { "occur" } else { "occurs" };
        format!("{} {verb}", list(&nouns, tie))
    } else {
        list(&exprs.iter().map(|e| expr_statement(e)).collect::<Vec<_>>(), tie)
    };
    let place = match fields {
        [] => String::new(),
        [said] if said.name == "said" && target == Target::Quotes => String::new(),
        several => format!(", in {}", list(&several.iter().map(|f| place(f)).collect::<Vec<_>>(), "or").replace(" or the ", " or ")),
    };
    format!("in which {said}{place}")
}

fn place(field: &Field) -> String {
    match field.name {
        "title" => "the headline".to_owned(),
        "body" => "the text".to_owned(),
        "said" => "a quote".to_owned(),
        name => format!("the {name}"),
    }
}

fn range(field: &Field, from: Option<i64>, to: Option<i64>) -> String {
    if field.kind != FieldKind::Date {
        let (before, unit) = match field.name {
            "words" => ("", " words"),
            "qlen" => ("a quote of ", " words"),
            "conf" => ("a confidence of ", " percent"),
            "revision" => ("a revision of ", ""),
            _ => ("a number of ", ""),
        };
        return match (from, to) {
            (Some(from), Some(to)) if from == to => format!("with {before}{from}{unit}"),
            (Some(from), Some(to)) => format!("with {before}{from} to {to}{unit}"),
            (Some(from), None) => format!("with {before}at least {from}{unit}"),
            (None, Some(to)) => format!("with {before}at most {to}{unit}"),
            (None, None) => format!("with {}", any(field)),
        };
    }
    let verb = match field.name {
        "date" => "dated",
        "updated" => "last changed",
        name => name,
    };
    let bound = |seconds: i64, end: bool| written(seconds, end, clock(field)).unwrap_or_else(|| seconds.to_string());
    match (from, to) {
        (Some(from), Some(to)) => match period(from, to).filter(|_| clock(field) == Clock::Printed) {
            Some(period) => format!("{verb} {period}"),
            None => format!("{verb} from {} to {}", bound(from, false), bound(to, true)),
        },
        (Some(from), None) => format!("{verb} since {}", bound(from, false)),
        (None, Some(to)) => format!("{verb} until {}", bound(to, true)),
        (None, None) => format!("with {}", any(field)),
    }
}

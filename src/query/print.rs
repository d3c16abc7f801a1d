//! A query in canonical spelling, which reads back as the same query.

use super::bounds::clock;
use super::dates::{Clock, period, written};
use super::names::{Named, resolve};
use super::spell::{self, phrase_text, word_text};
use super::{Case, Expr, Query, Unit, ValueMatch, WordForm};
use crate::field::{Field, FieldKind};

/// How tightly a printed part holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    Or,
    And,
    Not,
    Near,
    Whole,
}

/// The question for what has the whole of `value` in the field called `field`, letter by letter.
///
/// ```
/// assert_eq!(morgue::query::exactly("speaker", "Ann “Nan” O'Neill"), "speaker:=\"Ann “Nan” O'Neill\"");
/// ```
pub fn exactly(field: &str, value: &str) -> String {
    format!("{field}:={}", spell::quoted(value))
}

/// Writes `query` so that [`parse`](super::parse) reads it as the same query.
///
/// That holds for every query `parse` can answer; others come out as a query that finds the same, where there is one.
pub fn print(query: &Query) -> String {
    written_query(query).0
}

fn wrapped((text, tightness): (String, Tightness), least: Tightness) -> String {
    if tightness >= least { text } else { format!("({text})") }
}

fn written_query(query: &Query) -> (String, Tightness) {
    let whole = |text: String| (text, Tightness::Whole);
    match query {
        Query::All => whole("*".to_owned()),
        Query::Nothing => ("-*".to_owned(), Tightness::Not),
        Query::Text { fields, expr } => text(fields, expr),
        Query::Is { field, value } => whole(format!("{}:{}", field.name, value_text(field, value))),
        Query::Range { field, from, to } => whole(format!("{}:{}", field.name, range(field, *from, *to))),
        Query::Has(field) => whole(format!("{}:*", field.name)),
        Query::Within { lat, lon, km } => whole(format!("within:{lat},{lon},{km}km")),
        Query::Quote(inner) => whole(format!("quote{{{}}}", print(inner))),
        Query::Article(inner) => whole(format!("article{{{}}}", print(inner))),
        Query::And(all) => joined(all, " ", Tightness::And),
        Query::Or(any) => joined(any, " OR ", Tightness::Or),
        Query::Not(inner) => (format!("NOT {}", wrapped(written_query(inner), Tightness::Whole)), Tightness::Not),
        Query::Boost(inner, weight) => whole(format!("{}^{weight}", wrapped(written_query(inner), Tightness::Whole))),
    }
}

/// Several parts; those that hold together by words alone are put into parentheses, so that nobody need know what binds tighter.
fn joined(parts: &[Query], between: &str, tightness: Tightness) -> (String, Tightness) {
    if let [one] = parts {
        return written_query(one);
    }
    if let Some(text) = under_one_field(parts, between, tightness) {
        return (text, Tightness::Whole);
    }
    let mut texts: Vec<String> = Vec::with_capacity(parts.len());
    for part in parts {
        let (text, held) = written_query(part);
        let open = held <= Tightness::And || held == Tightness::Near;
        let text = if open { format!("({text})") } else { text };
        if let Some(before) = texts.last_mut().filter(|_| RELATIONS.contains(&text.as_str())) {
            // `date after 2008` as three words.
            if matches!(resolve(before), Some(Named::Field(f)) if matches!(f.kind, FieldKind::Date | FieldKind::Number)) {
                before.push('.');
            }
        }
        texts.push(text);
    }
    if texts.is_empty() {
        return (if tightness == Tightness::And { "*" } else { "-*" }.to_owned(), Tightness::Not);
    }
    (texts.join(between), tightness)
}

/// `title:(a OR b)` and `source:a,b` for parts that all speak of the same field.
fn under_one_field(parts: &[Query], between: &str, tightness: Tightness) -> Option<String> {
    match parts.first()? {
        Query::Text { fields, .. } if !fields.is_empty() => {
            let name = field_name(fields)?;
            let bare = parts.iter().map(|part| match part {
                Query::Text { fields: these, expr } if these == fields => Some(Query::Text { fields: Vec::new(), expr: expr.clone() }),
                _ => None,
            });
            Some(format!("{name}:({})", joined(&bare.collect::<Option<Vec<_>>>()?, between, tightness).0))
        }
        Query::Is { field, .. } if tightness == Tightness::Or => {
            let values = parts.iter().map(|part| match part {
                Query::Is { field: this, value } if this == field => Some(value_text(field, value)),
                _ => None,
            });
            Some(format!("{}:{}", field.name, values.collect::<Option<Vec<_>>>()?.join(",")))
        }
        _ => None,
    }
}

/// The name under which all of these text fields are searched.
fn field_name(fields: &[&'static Field]) -> Option<&'static str> {
    match fields {
        [title, lead] if title.name == "title" && lead.name == "lead" => Some("hlead"),
        [field] => Some(field.name),
        _ => None,
    }
}

/// Words that make a range of the name of a date field before them.
const RELATIONS: &[&str] = &["after", "aft", "before", "bef", "since", "until", "geq", "leq", "is", "on", "from"];

fn text(fields: &[&'static Field], expr: &Expr) -> (String, Tightness) {
    if fields.is_empty() {
        return written_expr(expr);
    }
    let Some(name) = field_name(fields) else {
        let texts: Vec<String> = fields.iter().map(|f| text(&[f], expr).0).collect();
        return (texts.join(" OR "), Tightness::Or);
    };
    let value = match expr {
        Expr::Word(WordForm::Regex(regex)) => spell::regex(regex),
        Expr::Word(_) | Expr::Phrase(_) | Expr::Window { .. } => {
            let (text, tightness) = written_expr(expr);
            let plain = text.starts_with('"') || text.chars().all(|c| c.is_alphanumeric() || matches!(c, '~' | '=' | '*' | '?' | '$'));
            if plain && tightness == Tightness::Whole && text != "*" { text } else { format!("({text})") }
        }
        _ => format!("({})", written_expr(expr).0),
    };
    (format!("{name}:{value}"), Tightness::Whole)
}

fn operand(expr: &Expr) -> String {
    let written = wrapped(written_expr(expr), Tightness::Whole);
    // Before an operator of closeness `not` would be part of it; a full stop makes a word of it.
    if written == "not" { "not.".to_owned() } else { written }
}

fn written_expr(expr: &Expr) -> (String, Tightness) {
    let near = |left: &Expr, operator: String, right: &Expr| (format!("{} {operator} {}", operand(left), operand(right)), Tightness::Near);
    match expr {
        Expr::Word(form) => (word_text(form), Tightness::Whole),
        Expr::Phrase(parts) => match phrase_text(parts) {
            Some(text) => (text, Tightness::Whole),
            None => (spell::in_a_row(parts), Tightness::Near),
        },
        Expr::Exact { text, .. } => (format!("exact:{}", spell::quoted(text)), Tightness::Whole),
        Expr::Or(any) => match spell::one_word_of(any) {
            Some(text) => (text, Tightness::Whole),
            None => (any.iter().map(operand).collect::<Vec<_>>().join(" OR "), Tightness::Or),
        },
        Expr::And(all) => (all.iter().map(operand).collect::<Vec<_>>().join(" "), Tightness::And),
        Expr::Near { left, right, n, ordered } => near(left, format!("{}/{n}", if *ordered { "PRE" } else { "NEAR" }), right),
        Expr::Same { left, right, unit, ordered } => near(left, format!("{}{}", if *ordered { "+" } else { "/" }, letter(*unit)), right),
        Expr::NotNear { left, right, n, unit } => match (n, unit) {
            (_, Some(unit)) => near(left, format!("NOT /{}", letter(*unit)), right),
            (n, None) => near(left, format!("NOT NEAR/{}", n.unwrap_or(1)), right),
        },
        Expr::AtLeast { n, expr } => (format!("ATLEAST{n}({})", written_expr(expr).0), Tightness::Whole),
        Expr::First { n, expr } => (format!("FIRST/{n}({})", written_expr(expr).0), Tightness::Whole),
        Expr::Window { words, slop } => (spell::window(words, *slop), Tightness::Whole),
        Expr::Case { case, expr } => {
            let name = match case {
                Case::Capital => "CAPS",
                Case::AllCapitals => "ALLCAPS",
                Case::None => "NOCAPS",
            };
            (format!("{name}({})", written_expr(expr).0), Tightness::Whole)
        }
    }
}

fn letter(unit: Unit) -> char {
    match unit {
        Unit::Sentence => 's',
        Unit::Paragraph => 'p',
    }
}

/// A value as it is typed behind the name of `field`.
pub(super) fn value_text(field: &Field, value: &ValueMatch) -> String {
    match value {
        ValueMatch::Words(forms) if field.kind == FieldKind::Keyword => spell::code(forms),
        ValueMatch::Words(forms) => spell::value(forms),
        ValueMatch::Whole(text) => format!("={}", spell::quoted(text)),
        ValueMatch::Regex(regex) => spell::regex(regex),
    }
}

/// A range as it is typed behind the name of `field`.
pub(super) fn range(field: &Field, from: Option<i64>, to: Option<i64>) -> String {
    if let (FieldKind::Date, Clock::Printed, Some(from), Some(to)) = (field.kind, clock(field), from, to)
        && let Some(period) = period(from, to)
    {
        return period;
    }
    let bound = |value: Option<i64>, end: bool| match (value, field.kind) {
        (None, _) => String::new(),
        (Some(seconds), FieldKind::Date) => written(seconds, end, clock(field)).unwrap_or_else(|| seconds.to_string()),
        (Some(n), _) => n.to_string(),
    };
    let (first, last) = (bound(from, false), bound(to, true));
    if from == to && first == last { first } else { format!("{first}..{last}") }
}

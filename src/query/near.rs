//! Operators of closeness: how they are spelled in four traditions, and what they make of two operands.

use super::lex::{Scanner, is_space};
use super::problem::Problem;
use super::spell::any_word;
use super::{Expr, Query, Unit, ValueMatch, WordForm};
use crate::field::{Field, FieldKind};
use std::ops::Range;

/// Greatest distance or count that can be asked for.
pub(super) const FARTHEST: u32 = 10_000;
/// Names have no more words than that.
const LONGEST_NAME: u32 = 10;
/// Most rows that words close to each other in a value are written as.
const MOST_ROWS: usize = 500;

/// An operator of closeness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    pub reach: Reach,
    /// Left must come first.
    pub ordered: bool,
    /// Left must *not* be close to right.
    pub not: bool,
}

/// How close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// In words.
    Words(u32),
    /// Within one sentence or paragraph.
    Unit(Unit),
}

/// Reads the operator of closeness that stands next, and passes it. `Err` when its distance is no good; it is passed too.
pub(super) fn take(scan: &mut Scanner<'_>) -> Option<(Result<Near, &'static str>, Range<usize>)> {
    scan.skip_space();
    let start = scan.at;
    let (not, at) = negation(scan, start);
    let (found, end) = operator(scan, at)?;
    scan.at = end;
    let found = match found {
        Ok(near) if not && near.ordered => Err("`NOT` goes with `NEAR/n`, `/s` and `/p`, which have no order"),
        Ok(near) => Ok(Near { not: near.not || not, ..near }),
        Err(wrong) => Err(wrong),
    };
    Some((found, start..end))
}

/// `NOT` (or `not`) before the operator, `AND NOT` and `BUT NOT` as Nexis has it as well, and where the operator itself begins.
fn negation(scan: &Scanner<'_>, start: usize) -> (bool, usize) {
    let (first, end) = scan.chunk_behind(start);
    let is_and = matches!(first, "AND" | "BUT") || matches!(first, "and" | "but") && scan.habits.small_operators;
    let (word, end) = if is_and { scan.chunk_behind(end) } else { (first, end) };
    if !matches!(word, "NOT" | "not") {
        return (false, start);
    }
    let rest = scan.slice(end..scan.text.len());
    (true, end + rest.len() - rest.trim_start_matches(is_space).len())
}

fn operator(scan: &Scanner<'_>, at: usize) -> Option<(Result<Near, &'static str>, usize)> {
    let end = scan.chunk_end(at);
    let word = scan.slice(at..end);
    let unit = |unit, ordered| Some((Ok(Near { reach: Reach::Unit(unit), ordered, not: false }), end));
    match word {
        "/s" | "/S" | "w/s" | "W/S" | "near/s" | "NEAR/S" | "SENTENCE" | "w/sent" | "W/SENT" => return unit(Unit::Sentence, false),
        "+s" | "+S" | "pre/s" | "PRE/S" => return unit(Unit::Sentence, true),
        "same" | "Same" if scan.habits.same => return unit(Unit::Paragraph, false),
        "/p" | "/P" | "w/p" | "W/P" | "near/p" | "NEAR/P" | "SAME" | "PARAGRAPH" | "w/para" | "W/PARA" => {
            return unit(Unit::Paragraph, false);
        }
        "NEAR" | "PRE" if scan.habits.near_alone > 0 => return Some((words_apart(scan.habits.near_alone, word == "PRE"), end)),
        "near" | "pre" if scan.habits.near_alone > 0 && scan.habits.small_operators => {
            return Some((words_apart(scan.habits.near_alone, word == "pre"), end));
        }
        // In one segment: in one field, however far apart.
        "w/seg" | "W/SEG" => return Some((Ok(Near { reach: Reach::Words(FARTHEST), ordered: false, not: false }), end)),
        "+p" | "+P" | "pre/p" | "PRE/P" => return unit(Unit::Paragraph, true),
        "AROUND" | "around" | "NEAR" | "near" if scan.slice(end..scan.text.len()).starts_with('(') => {
            let inside = scan.slice(end..scan.text.len()).strip_prefix('(')?;
            let (n, _) = inside.split_once(')')?;
            // `NEAR(pier tide, 5)` of others is none.
            if !n.trim().bytes().all(|b| b.is_ascii_digit()) && word.eq_ignore_ascii_case("near") {
                return None;
            }
            return Some((words(n.trim(), false, false), end + n.len() + 2));
        }
        _ => {}
    }
    let own = scan.habits.near.iter().find_map(|(prefix, suffix, ordered)| {
        let digits = strip_case(word, prefix)?.strip_suffix(suffix)?;
        (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| words(digits, *ordered, false))
    });
    if let Some(near) = own {
        return Some((near, end));
    }
    let (ordered, not, digits) = PREFIXES.iter().find_map(|(prefix, ordered, not)| {
        let rest = strip_case(word, prefix)?;
        let ordered = *ordered || (*prefix == "w/" && scan.habits.within_is_ordered);
        rest.bytes().next().is_some_and(|b| b.is_ascii_digit()).then_some((ordered, *not, rest))
    })?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| (words(digits, ordered, not), end))
}

/// Whether a lone `word` is an operator of closeness.
pub(super) fn is_operator(word: &str) -> bool {
    operator(&Scanner::new(word), 0).is_some()
}

/// What stands before the distance; whether it orders, and whether it negates.
const PREFIXES: &[(&str, bool, bool)] = &[
    ("near/", false, false),
    ("near", false, false),
    ("w/", false, false),
    ("within/", false, false),
    ("/", false, false),
    ("notnear/", false, true),
    ("pre/", true, false),
    ("onear/", true, false),
    ("adj/", true, false),
    ("adj", true, false),
    ("+", true, false),
];

/// Operators are written in small letters or in capitals, not in both.
fn strip_case<'t>(word: &'t str, prefix: &str) -> Option<&'t str> {
    word.strip_prefix(prefix).or_else(|| word.strip_prefix(prefix.to_ascii_uppercase().as_str()))
}

/// An operator without a number, at the distance that it has then.
fn words_apart(n: u32, ordered: bool) -> Result<Near, &'static str> {
    Ok(Near { reach: Reach::Words(n), ordered, not: false })
}

fn words(digits: &str, ordered: bool, not: bool) -> Result<Near, &'static str> {
    match digits.parse::<u32>() {
        Ok(n @ 1..=FARTHEST) => Ok(Near { reach: Reach::Words(n), ordered, not }),
        Ok(0) => Err("neighbours are 1 word apart: the least distance is 1"),
        _ => Err("the greatest distance is 10000 words"),
    }
}

/// Words in the given fields; a conjunction is one of queries, as when it is typed.
pub(super) fn text(fields: Vec<&'static Field>, expr: Expr) -> Query {
    match expr {
        Expr::And(all) => {
            let texts = all.into_iter().map(|expr| text(fields.clone(), expr));
            Query::And(texts.flat_map(|q| if let Query::And(inner) = q { inner } else { vec![q] }).collect())
        }
        expr => Query::Text { fields, expr },
    }
}

/// A part of a query as words in the same fields, as operators of closeness need it.
pub(super) fn operand(query: Query, span: &Range<usize>, operator: &str) -> Result<(Vec<&'static Field>, Expr), Problem> {
    let other = |message: String| Problem::error(span.clone(), message);
    match query {
        Query::Text { fields, expr } => Ok((fields, expr)),
        Query::And(all) => each(all, span, operator).map(|(fields, exprs)| (fields, Expr::And(exprs))),
        Query::Or(any) => each(any, span, operator).map(|(fields, exprs)| (fields, Expr::Or(exprs))),
        Query::Not(_) | Query::Nothing => Err(other(format!("`NOT` cannot stand inside an operand of `{operator}`"))
            .suggest("write `a NOT NEAR/5 b`, or put the `NOT` outside")),
        Query::All | Query::Has(_) => Err(other(format!("`*` alone cannot be an operand of `{operator}`"))),
        Query::Boost(..) => {
            Err(other(format!("a weight cannot stand inside an operand of `{operator}`")).suggest("weigh the whole: `(a NEAR/5 b)^2`"))
        }
        Query::Is { .. } | Query::Range { .. } | Query::Within { .. } | Query::Quote(_) | Query::Article(_) => {
            Err(other(format!("only words can be operands of `{operator}`"))
                .suggest("write a field around the whole: `title:(a NEAR/5 b)`"))
        }
    }
}

/// Words close to each other in one value, `byline:(jane NEAR/2 doe)`: the rows in which they may stand there, with any words between.
/// `None` where it is not that, or more rows than one would write.
pub(super) fn in_one_value(left: &Query, near: Near, right: &Query) -> Option<Query> {
    let (Reach::Words(n @ 1..=LONGEST_NAME), false) = (near.reach, near.not) else { return None };
    let (field, firsts) = rows(left)?;
    let (_, seconds) = rows(right).filter(|(other, _)| *other == field && field.kind == FieldKind::Name)?;
    if firsts.len() * seconds.len() * n as usize * 2 > MOST_ROWS {
        return None;
    }
    let mut all = Vec::new();
    let mut add = |one: &[WordForm], gap: u32, other: &[WordForm]| {
        let gaps = std::iter::repeat_n(any_word(), gap as usize);
        let value = ValueMatch::Words(one.iter().cloned().chain(gaps).chain(other.iter().cloned()).collect());
        all.push(Query::Is { field, value });
    };
    for gap in 0..n {
        for (first, second) in firsts.iter().flat_map(|first| seconds.iter().map(move |second| (first, second))) {
            add(first, gap, second);
            if !near.ordered {
                add(second, gap, first);
            }
        }
    }
    if all.len() == 1 { all.pop() } else { Some(Query::Or(all)) }
}

/// What to write instead of values of one field that were to be close to each other in a way that [`in_one_value`] does not know.
pub(super) fn values_apart(left: &Query, near: Near, right: &Query) -> Option<String> {
    let (field, _) = rows(left)?;
    rows(right).filter(|(other, _)| *other == field)?;
    let name = field.name;
    Some(match (field.kind, near.reach) {
        (FieldKind::Name, Reach::Words(n)) if near.not => {
            let n = n.min(LONGEST_NAME);
            format!("put the `NOT` between two clauses: `{name}:jane NOT {name}:(jane NEAR/{n} doe)`")
        }
        (FieldKind::Name, Reach::Words(_)) => {
            format!(
                "one name is no longer than {LONGEST_NAME} words: `{name}:(jane NEAR/{LONGEST_NAME} doe)`; \
                 `{name}:(jane AND doe)` asks for both"
            )
        }
        (FieldKind::Name, Reach::Unit(_)) => {
            format!("a name is no sentence: `{name}:(jane NEAR/{LONGEST_NAME} doe)` asks for both words in one of them")
        }
        (FieldKind::Keyword, _) => format!("a value of `{name}` is met whole: `{name}:*first*second*` asks for both in one, in this order"),
        _ => format!("`{name}:\"first second\"` asks for the words in a row, `{name}:(first AND second)` for both"),
    })
}

/// The rows of words, any of which will do in a value of one field, if that is what a query asks.
fn rows(query: &Query) -> Option<(&'static Field, Vec<&[WordForm]>)> {
    match query {
        Query::Is { field, value: ValueMatch::Words(words) } => Some((field, vec![words])),
        Query::Or(some) => some.iter().map(rows).reduce(|all, more| {
            let ((field, mut all), (other, mut more)) = (all?, more?);
            all.append(&mut more);
            (field == other).then_some((field, all))
        })?,
        _ => None,
    }
}

fn each(queries: Vec<Query>, span: &Range<usize>, operator: &str) -> Result<(Vec<&'static Field>, Vec<Expr>), Problem> {
    let mut fields: Option<Vec<&'static Field>> = None;
    let mut exprs = Vec::with_capacity(queries.len());
    for query in queries {
        let (these, expr) = operand(query, span, operator)?;
        if fields.as_ref().is_some_and(|f| *f != these) {
            return Err(crossing(span, operator));
        }
        fields = Some(these);
        exprs.push(expr);
    }
    Ok((fields.unwrap_or_default(), exprs))
}

/// The error of operands in different fields.
pub(super) fn crossing(span: &Range<usize>, operator: &str) -> Problem {
    Problem::error(span.clone(), format!("the operands of `{operator}` are in different fields"))
        .suggest("closeness never crosses fields: write one field around the whole, `title:(a NEAR/5 b)`")
}

/// The two operands tied by the operator. An operand `(b AND c)` means both: each of them must be as close.
pub(super) fn tie(left: Expr, near: Near, right: Expr) -> Expr {
    match (left, right) {
        (Expr::And(all), right) => Expr::And(all.into_iter().map(|one| tie(one, near, right.clone())).collect()),
        (left, Expr::And(all)) if !near.not => Expr::And(all.into_iter().map(|one| tie(left.clone(), near, one)).collect()),
        (left, right) => {
            let (left, right) = (Box::new(left), Box::new(right));
            match (near.reach, near.not) {
                (Reach::Words(n), true) => Expr::NotNear { left, right, n: Some(n), unit: None },
                (Reach::Unit(unit), true) => Expr::NotNear { left, right, n: None, unit: Some(unit) },
                (Reach::Words(n), false) => Expr::Near { left, right, n, ordered: near.ordered },
                (Reach::Unit(unit), false) => Expr::Same { left, right, unit, ordered: near.ordered },
            }
        }
    }
}

/// The number of leaves that [`tie`] makes of the two operands.
pub(super) fn tied_leaves(left: &Expr, right: &Expr, near: Near) -> usize {
    let copies = if near.not { 1 } else { conjuncts(right) };
    left.leaves().saturating_mul(copies).saturating_add(right.leaves().saturating_mul(conjuncts(left)))
}

fn conjuncts(expr: &Expr) -> usize {
    match expr {
        Expr::And(all) => all.iter().map(conjuncts).sum(),
        _ => 1,
    }
}

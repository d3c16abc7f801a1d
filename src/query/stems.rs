//! `stem:off`: every word as it stands.

use super::{Expr, Part, Query, WordForm};

/// The query with every word that would match its inflections matching only itself.
pub(super) fn exact(query: Query) -> Query {
    let all = |queries: Vec<Query>| queries.into_iter().map(exact).collect();
    match query {
        Query::Text { fields, expr } => Query::Text { fields, expr: exact_expr(expr) },
        Query::Quote(inner) => Query::Quote(Box::new(exact(*inner))),
        Query::Article(inner) => Query::Article(Box::new(exact(*inner))),
        Query::And(queries) => Query::And(all(queries)),
        Query::Or(queries) => Query::Or(all(queries)),
        Query::Not(inner) => Query::Not(Box::new(exact(*inner))),
        Query::Boost(inner, weight) => Query::Boost(Box::new(exact(*inner)), weight),
        Query::All | Query::Nothing | Query::Is { .. } | Query::Range { .. } | Query::Has(_) | Query::Within { .. } => query,
    }
}

fn exact_expr(expr: Expr) -> Expr {
    let boxed = |expr: Box<Expr>| Box::new(exact_expr(*expr));
    let all = |exprs: Vec<Expr>| exprs.into_iter().map(exact_expr).collect();
    match expr {
        Expr::Word(form) => Expr::Word(exact_form(form)),
        Expr::Phrase(parts) => Expr::Phrase(parts.into_iter().map(exact_part).collect()),
        Expr::Exact { text, parts } => Expr::Exact { text, parts },
        Expr::Or(exprs) => Expr::Or(all(exprs)),
        Expr::And(exprs) => Expr::And(all(exprs)),
        Expr::Near { left, right, n, ordered } => Expr::Near { left: boxed(left), right: boxed(right), n, ordered },
        Expr::Same { left, right, unit, ordered } => Expr::Same { left: boxed(left), right: boxed(right), unit, ordered },
        Expr::NotNear { left, right, n, unit } => Expr::NotNear { left: boxed(left), right: boxed(right), n, unit },
        Expr::AtLeast { n, expr } => Expr::AtLeast { n, expr: boxed(expr) },
        Expr::First { n, expr } => Expr::First { n, expr: boxed(expr) },
        Expr::Window { words, slop } => Expr::Window { words: words.into_iter().map(exact_form).collect(), slop },
        Expr::Case { case, expr } => Expr::Case { case, expr: boxed(expr) },
    }
}

fn exact_part(part: Part) -> Part {
    match part {
        Part::Word(form) => Part::Word(exact_form(form)),
        Part::AnyOf(forms) => Part::AnyOf(forms.into_iter().map(exact_form).collect()),
        Part::Gap => Part::Gap,
    }
}

fn exact_form(form: WordForm) -> WordForm {
    match form {
        WordForm::Inflected(form) => WordForm::Exact(form),
        other => other,
    }
}

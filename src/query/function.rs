//! Functions over words: `ATLEAST5(x)`, `FIRST/50(x)`, `CAPS(x)`, `NAME(john smith)`.

use super::lex::Token;
use super::near;
use super::parse::{DEEPEST, Item, Parser};
use super::problem::Problem;
use super::{Case, Expr, Part, Query, WordForm};
use std::ops::Range;

/// A function over words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Function {
    AtLeast(u32),
    First(u32),
    Case(Case),
    Name,
}

/// Whether the function does without parentheses: `atleast5 x`, as in Factiva.
pub(super) fn takes_bare(word: &str, function: &Result<Function, &'static str>) -> bool {
    matches!(function, Ok(Function::AtLeast(_))) && word.get(..7).is_some_and(|w| w.eq_ignore_ascii_case("atleast"))
}

/// The function that `word` names when a `(` follows it; `Err` when its number is no good.
pub(super) fn function(word: &str) -> Option<Result<Function, &'static str>> {
    let lower = word.to_ascii_lowercase();
    let case = match lower.as_str() {
        "caps" => Some(Case::Capital),
        "allcaps" => Some(Case::AllCapitals),
        "nocaps" => Some(Case::None),
        "name" => return Some(Ok(Function::Name)),
        _ => None,
    };
    if let Some(case) = case {
        return Some(Ok(Function::Case(case)));
    }
    let count = |digits: &str| match digits.parse::<u32>() {
        Ok(n @ 1..=near::FARTHEST) => Ok(n),
        _ => Err("the number must be from 1 to 10000"),
    };
    let digits = |prefix: &str| lower.strip_prefix(prefix).filter(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()));
    // `atl5(…)` is short for it in Nexis.
    if let Some(n) = digits("atleast").or_else(|| digits("atleast/")).or_else(|| digits("atl")) {
        return Some(count(n).map(Function::AtLeast));
    }
    digits("first/").map(|n| count(n).map(Function::First))
}

impl Parser<'_> {
    /// `ATLEAST5( … )` and its like.
    pub fn call(&mut self, function: Result<Function, &'static str>, span: Range<usize>) -> Option<Item> {
        self.scan.at = span.end;
        let before = self.problems.len();
        let inner = if matches!(self.scan.peek().map(|l| l.token), Some(Token::Open)) { self.group() } else { self.bare_operand(&span) };
        if matches!(function, Ok(Function::Case(_))) {
            self.in_capitals_indeed(before);
        }
        self.applied(function, inner, span)
    }

    fn applied(&mut self, function: Result<Function, &'static str>, inner: Option<Item>, span: Range<usize>) -> Option<Item> {
        let name = self.scan.slice(span.clone()).trim_end().to_owned();
        let function = match function {
            Ok(function) => function,
            Err(wrong) => {
                self.error(span, format!("`{name}`: {wrong}"));
                return None;
            }
        };
        let inner = inner?;
        let whole = span.start..inner.span.end;
        let operand = near::operand(inner.query, &inner.span, &name);
        let made = operand.and_then(|(fields, expr)| apply(function, expr, &inner.span).map(|expr| Query::Text { fields, expr }));
        match made {
            Ok(query) => Some(Item { closed: true, ..self.item(query, whole, inner.height + 1)? }),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    /// The operand of a function written without parentheses.
    fn bare_operand(&mut self, function: &Range<usize>) -> Option<Item> {
        if self.depth >= DEEPEST {
            return self.too_deep(function.clone());
        }
        self.depth += 1;
        let item = self.primary();
        self.depth -= 1;
        item
    }
}

fn apply(function: Function, expr: Expr, span: &Range<usize>) -> Result<Expr, Problem> {
    let boxed = Box::new(expr);
    Ok(match function {
        Function::AtLeast(n) => Expr::AtLeast { n, expr: boxed },
        Function::First(n) => Expr::First { n, expr: boxed },
        Function::Case(case) => Expr::Case { case, expr: boxed },
        Function::Name => super::person::name(&plain_words(&boxed).ok_or_else(|| {
            Problem::error(span.clone(), "`NAME` takes the words of one name, given name first").suggest("write `NAME(john smith)`")
        })?),
    })
}

/// The words of a conjunction or phrase of single words, as they were typed.
fn plain_words(expr: &Expr) -> Option<Vec<String>> {
    let form = |form: &WordForm| match form {
        WordForm::Inflected(form) | WordForm::Exact(form) => Some(form.clone()),
        _ => None,
    };
    match expr {
        Expr::Word(word) => Some(vec![form(word)?]),
        Expr::And(all) => all.iter().map(|one| plain_words(one).filter(|w| w.len() == 1)?.pop()).collect(),
        Expr::Phrase(parts) => parts.iter().map(|p| if let Part::Word(word) = p { form(word) } else { None }).collect(),
        // A compound: its parts.
        Expr::Or(both) => both.first().filter(|e| matches!(e, Expr::Phrase(_))).and_then(plain_words),
        _ => None,
    }
}

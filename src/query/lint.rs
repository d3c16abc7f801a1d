//! What is suspicious about a query that has a meaning: clauses that never or always hold, words that begin with a wildcard.

use super::evaluate::visit_words;
use super::{Query, WordForm, print};
use std::collections::{HashMap, HashSet};

/// What to look at again, one line each.
///
/// ```
/// use morgue::query::{Context, Target, lint, parse};
/// let query = parse("storm date:2009..2010 date:2012", &Context::new(Target::Articles)).query;
/// assert_eq!(lint(&query), ["`date:2009-01-01..2010-12-31` and `date:2012` never hold together"]);
/// ```
pub fn lint(query: &Query) -> Vec<String> {
    let mut found = contradictions(query);
    for_each_part(query, &mut |part| match part {
        Query::Nothing => found.push("this never holds".to_owned()),
        Query::And(all) => {
            let mut times: HashMap<String, usize> = HashMap::new();
            all.iter().for_each(|clause| *times.entry(print(clause)).or_default() += 1);
            // Each once, in order.
            let twice = all.iter().map(print).filter(|clause| times.remove(clause).is_some_and(|times| times > 1));
            found.extend(twice.map(|clause| format!("`{clause}` is asked for twice")));
        }
        Query::Or(some) => {
            let negates = |(i, one): (usize, &Query)| some[i + 1..].iter().any(|other| is_negation(one, other));
            if some.contains(&Query::All) || some.iter().enumerate().any(negates) {
                found.push(format!("`{}` always holds", print(part)));
            }
        }
        _ => {}
    });
    visit_words(query, &mut |form| {
        if let WordForm::Pattern { glob, .. } = form
            && glob.starts_with(['*', '?'])
        {
            found.push(format!("`{glob}` begins with a wildcard: every word of the archive is looked at"));
        }
    });
    found
}

/// The clauses of which no article has both, one line for each two.
pub fn contradictions(query: &Query) -> Vec<String> {
    let mut found = Vec::new();
    for_each_part(query, &mut |part| {
        let Query::And(all) = part else { return };
        let mut seen = HashSet::new();
        let different: Vec<&Query> = all.iter().filter(|clause| seen.insert(print(clause))).collect();
        for (i, one) in different.iter().enumerate() {
            let others = different[i + 1..].iter().filter(|other| never_together(one, other));
            found.extend(others.map(|other| format!("`{}` and `{}` never hold together", print(one), print(other))));
        }
    });
    found
}

/// Calls `each` with the query and all that it is made of.
fn for_each_part(query: &Query, each: &mut dyn FnMut(&Query)) {
    each(query);
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| for_each_part(part, each)),
        Query::Quote(inner) | Query::Article(inner) | Query::Not(inner) | Query::Boost(inner, _) => for_each_part(inner, each),
        _ => {}
    }
}

fn is_negation(one: &Query, other: &Query) -> bool {
    matches!(one, Query::Not(inner) if **inner == *other) || matches!(other, Query::Not(inner) if **inner == *one)
}

/// Whether no article has both: a clause and its negation, or ranges of one field that do not meet.
fn never_together(one: &Query, other: &Query) -> bool {
    match (one, other) {
        (Query::Range { field, from, to }, Query::Range { field: same, from: begin, to: end }) if field == same => {
            let before = |to: &Option<i64>, from: &Option<i64>| to.zip(*from).is_some_and(|(to, from)| to < from);
            // An article has one date and one length; its quotes have many.
            matches!(field.read, crate::field::Read::Article(_)) && (before(to, begin) || before(end, from))
        }
        _ => is_negation(one, other),
    }
}

#[cfg(test)]
mod tests {
    use super::lint;
    use crate::query::{Context, Target, parse};

    #[track_caller]
    fn check(text: &str, found: &[&str]) {
        assert_eq!(lint(&parse(text, &Context::new(Target::Articles)).query), found, "{text}");
    }

    #[test]
    fn what_never_or_always_holds_is_found() {
        check("storm flood*", &[]);
        check("storm NOT storm", &["`storm` and `NOT storm` never hold together"]);
        check("(storm OR NOT storm) flood", &["`storm OR NOT storm` always holds"]);
        check("words:..10 words:20..", &["`words:..10` and `words:20..` never hold together"]);
        check("*berg", &["`*berg` begins with a wildcard: every word of the archive is looked at"]);
        check("storm flood storm flood storm", &["`storm` is asked for twice", "`flood` is asked for twice"]);
        check(
            &"storm NOT storm ".repeat(3),
            &["`storm` and `NOT storm` never hold together", "`storm` is asked for twice", "`NOT storm` is asked for twice"],
        );
    }
}

//! What is suspicious about a query that has a meaning: clauses that never or always hold, words that begin with a wildcard.

use super::evaluate::visit_words;
use super::{Query, WordForm, print};

/// What to look at again, one line each.
///
/// ```
/// use morgue::query::{Context, Target, lint, parse};
/// let query = parse("storm date:2009..2010 date:2012", &Context::new(Target::Articles)).query;
/// assert_eq!(lint(&query), ["`date:2009-01-01..2010-12-31` and `date:2012` never hold together"]);
/// ```
pub fn lint(query: &Query) -> Vec<String> {
    let mut found = Vec::new();
    look(query, &mut found);
    visit_words(query, &mut |form| {
        if let WordForm::Pattern { glob, .. } = form
            && glob.starts_with(['*', '?'])
        {
            found.push(format!("`{glob}` begins with a wildcard: every word of the archive is looked at"));
        }
    });
    found
}

fn look(query: &Query, found: &mut Vec<String>) {
    match query {
        Query::Nothing => found.push("this never holds".to_owned()),
        Query::And(all) => {
            for (i, one) in all.iter().enumerate() {
                for other in &all[i + 1..] {
                    if never_together(one, other) {
                        found.push(format!("`{}` and `{}` never hold together", print(one), print(other)));
                    } else if one == other {
                        found.push(format!("`{}` is asked for twice", print(one)));
                    }
                }
            }
            all.iter().for_each(|q| look(q, found));
        }
        Query::Or(some) => {
            for (i, one) in some.iter().enumerate() {
                let rest = &some[i + 1..];
                if *one == Query::All || rest.iter().any(|other| is_negation(one, other)) {
                    found.push(format!("`{}` always holds", print(query)));
                    break;
                }
            }
            some.iter().for_each(|q| look(q, found));
        }
        Query::Quote(inner) | Query::Article(inner) | Query::Not(inner) | Query::Boost(inner, _) => look(inner, found),
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
        check("storm flood storm", &["`storm` is asked for twice"]);
    }
}

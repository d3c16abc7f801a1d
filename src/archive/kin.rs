//! `cluster:` and `echo:` take the id of any copy: here it becomes that of the first, by which a story is known. `versions:` takes that of
//! any version, which becomes that of the last.

use super::Archive;
use crate::article::{Clipping, split_id};
use crate::error::{Kind, Result};
use crate::field::{Field, Read, by_name};
use crate::query::{Query, Search, ValueMatch, WordForm};
use crate::words::fold;

impl Archive {
    /// The query with stories and repeated quotes named by their first telling; notes what was put in place of what.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub(super) fn with_first_tellings(&self, query: Query, notes: &mut Vec<String>) -> Result<Query> {
        let each = |all: Vec<Query>, notes: &mut Vec<String>| {
            all.into_iter().map(|q| self.with_first_tellings(q, notes)).collect::<Result<Vec<Query>>>()
        };
        let one = |q: Box<Query>, notes: &mut Vec<String>| self.with_first_tellings(*q, notes).map(Box::new);
        Ok(match query {
            Query::Is { field, value } if is_by_id(field) => {
                let name = match &value {
                    ValueMatch::Words(forms) => match forms.as_slice() {
                        [WordForm::Exact(name)] => Some(name.clone()),
                        _ => None,
                    },
                    ValueMatch::Whole(name) => Some(name.clone()),
                    ValueMatch::Regex(_) => None,
                };
                let is_whole = matches!(value, ValueMatch::Whole(_));
                let Some(name) = name else { return Ok(Query::Is { field, value }) };
                let first = self.first_telling(field, &name, is_whole)?;
                let Some(first) = first.filter(|first| if is_whole { *first != name } else { fold(first) != name }) else {
                    return Ok(Query::Is { field, value });
                };
                notes.push(match field.name {
                    "versions" => format!("the last version of `{name}` is `{first}`"),
                    _ => format!("`{name}` tells what `{first}` told first"),
                });
                let value =
                    if is_whole { ValueMatch::Whole(first) } else { ValueMatch::Words(vec![WordForm::Exact(fold(&first).into_owned())]) };
                Query::Is { field, value }
            }
            Query::And(all) => Query::And(each(all, notes)?),
            Query::Or(some) => Query::Or(each(some, notes)?),
            Query::Not(inner) => Query::Not(one(inner, notes)?),
            Query::Quote(inner) => Query::Quote(one(inner, notes)?),
            Query::Article(inner) => Query::Article(one(inner, notes)?),
            Query::Boost(inner, by) => Query::Boost(one(inner, notes)?, by),
            other => other,
        })
    }

    /// The article that `id` names, and the number (from 0) of the quote where it names one: `a#q1` is the first quote of `a`, unless an
    /// article is called so itself.
    ///
    /// # Errors
    ///
    /// When there is no such article, or the index fails.
    pub fn named(&self, id: &str) -> Result<(Clipping, Option<usize>)> {
        let (article, quote) = split_id(id);
        match self.clipping(id) {
            Err(e) if quote.is_some() && e.kind() == Kind::NotFound => Ok((self.clipping(article)?, quote)),
            found => Ok((found?, None)),
        }
    }

    /// The first telling, or the last version, of the article, or of the quote (`id#q3`), with this name: as it is, or folded.
    fn first_telling(&self, asked: &Field, name: &str, is_whole: bool) -> Result<Option<String>> {
        let (id, quote) = split_id(name);
        let Some(field) = by_name("id") else { return Ok(None) };
        let id = id.to_owned();
        let value = if is_whole { ValueMatch::Whole(id) } else { ValueMatch::Words(vec![WordForm::Exact(id)]) };
        let found = self.search(&Search { limit: Some(1), ..Search::articles(Query::Is { field, value }) })?;
        let Some(clipping) = found.hits.into_iter().next().and_then(|hit| hit.clipping) else { return Ok(None) };
        Ok(match quote {
            None if asked.name == "versions" => Some(clipping.latest_version().to_owned()),
            None => Some(clipping.story_id().to_owned()),
            Some(n) => clipping.echo(n).map(|kin| kin.first.clone()),
        })
    }
}

/// Whether a field takes the id of an article or quote to say which others are meant.
fn is_by_id(field: &Field) -> bool {
    matches!(field.read, Read::Kin(_)) && !matches!(field.name, "dup" | "version")
}

/// Whether a query asks for the copies of something: then they are what is to be listed.
pub fn asks_for_copies(query: &Query) -> bool {
    match query {
        Query::Is { field, .. } => matches!(field.read, Read::Kin(_)) && field.name != "version",
        Query::And(all) | Query::Or(all) => all.iter().any(asks_for_copies),
        Query::Not(inner) | Query::Quote(inner) | Query::Article(inner) | Query::Boost(inner, _) => asks_for_copies(inner),
        _ => false,
    }
}

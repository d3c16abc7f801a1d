//! Persons, organizations, places and quotes a record brings along in morgue's own shape.

use crate::article::{Article, Span};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Puts what the record brings along into `article.given`. A list that is no list of annotations, or points outside the body, is left
/// out and found anew, with a doubt.
pub fn take(record: &Value, article: &mut Article, doubts: &mut Vec<String>) {
    let length = u32::try_from(article.body.chars().count()).unwrap_or(u32::MAX);
    let inside = |s: &Span| s.start <= s.end && s.end <= length;
    let given = &mut article.given;
    given.persons = list(record, "persons", doubts, |p: &crate::article::Person| p.mentions.iter().all(inside));
    given.organizations = list(record, "organizations", doubts, |o: &crate::article::Organization| o.mentions.iter().all(inside));
    given.places =
        list(record, "places", doubts, |p: &crate::article::Place| p.mentions.iter().all(|m| inside(&Span { start: m.start, end: m.end })));
    given.quotes = list(record, "quotes", doubts, |q: &crate::article::Quote| {
        let cue = q.cue.as_ref().is_none_or(|c| inside(&Span { start: c.start, end: c.end }));
        let speaker = q.speaker.as_ref().and_then(|s| Some((s.start?, s.end?))).is_none_or(|(start, end)| inside(&Span { start, end }));
        q.spans.iter().all(inside) && cue && speaker
    });
}

fn list<T: DeserializeOwned>(record: &Value, key: &str, doubts: &mut Vec<String>, sound: impl Fn(&T) -> bool) -> Option<Vec<T>> {
    let items = record.get(key).filter(|v| v.is_array())?;
    // Lists of plain names are the keywords of other programs, without a place in the text.
    let ours = |item: &Value| item.get("mentions").is_some() || item.get("spans").is_some();
    if items.as_array().is_some_and(|a| !a.iter().all(ours)) {
        return None;
    }
    match serde_json::from_value::<Vec<T>>(items.clone()) {
        Ok(list) if list.iter().all(sound) => Some(list),
        Ok(_) => {
            doubts.push(format!("`{key}` of the record point outside its body and are found anew"));
            None
        }
        Err(error) => {
            doubts.push(format!("`{key}` of the record cannot be read and are found anew: {error}"));
            None
        }
    }
}

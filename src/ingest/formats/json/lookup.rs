//! Finding values in a record by dotted paths: `thread.site`, `authors[].name`.

use crate::error::{Error, Kind, Result};
use crate::ingest::FieldMap;
use serde_json::Value;
use std::hash::Hasher;

/// The values at `path`. A step looks up a key, `[]` behind it takes every item of the list; a key that contains dots itself is
/// found too. Keys are compared without regard to case, `_`, `-` and spaces, unless one fits exactly.
pub fn at<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    if !path.contains(['.', '[']) {
        return get(value, path).into_iter().collect();
    }
    if let Some(whole) = value.as_object().and_then(|o| o.get(path)) {
        return vec![whole];
    }
    let mut found = vec![value];
    for step in path.split('.') {
        let (key, flatten) = step.strip_suffix("[]").map_or((step, false), |k| (k, true));
        found = found.into_iter().filter_map(|v| if key.is_empty() { Some(v) } else { get(v, key) }).collect();
        if flatten {
            found = found.into_iter().flat_map(|v| v.as_array().map(|a| a.iter().collect()).unwrap_or_else(|| vec![v])).collect();
        }
    }
    found
}

/// Which keys an object has, without regard to case, `_`, `-` and spaces. Of most paths it tells at once that nothing is there, so that the
/// usual names of a field can be asked for one after the other.
pub struct Keys {
    /// For each letter keys begin with the second ones, a bit each: most paths are told by them.
    seconds: [u32; 26],
    /// The hashes of the keys.
    hashes: Vec<u64>,
    /// Whether there is a key that begins otherwise, or looks like a path.
    others: bool,
}

impl Keys {
    /// Those of `value`, if it is an object.
    pub fn of(value: &Value) -> Keys {
        let mut all = Keys { seconds: [0; 26], hashes: Vec::with_capacity(16), others: false };
        for (key, _) in value.as_object().into_iter().flatten() {
            let mut letters = key_letters(key);
            match (letters.next(), letters.next()) {
                (Some(first @ 'a'..='z'), Some(second @ 'a'..='z')) if !key.contains(['.', '[']) => {
                    all.seconds[place(first as u8)] |= 1 << place(second as u8);
                    all.hashes.push(key_hash(key));
                }
                _ => all.others = true,
            }
        }
        all
    }

    /// Whether anything can be at `path`.
    pub fn may_have(&self, path: &str) -> bool {
        match path.as_bytes() {
            [a, b, ..] if !self.others && a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                let first = || path.split(['.', '[']).next().unwrap_or(path);
                self.seconds[place(*a)] & 1 << place(*b) != 0 && self.hashes.contains(&key_hash(first()))
            }
            _ => true,
        }
    }
}

/// The hash of what of a key counts.
fn key_hash(key: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    if key.is_ascii() {
        ascii_letters(key).for_each(|letter| hasher.write_u32(u32::from(letter)));
    } else {
        key_letters(key).for_each(|letter| hasher.write_u32(u32::from(letter)));
    }
    hasher.finish()
}

/// The place of an ASCII letter in the alphabet.
fn place(letter: u8) -> usize {
    usize::from(letter.to_ascii_lowercase() - b'a')
}

/// The value of `key` in an object.
pub fn get<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    // Most keys asked for are not there: to compare them all at once is quicker than to look for the exact one first.
    let mut same = None;
    for (k, v) in value.as_object()? {
        if k == key {
            return Some(v);
        }
        if same.is_none() && same_key(k, key) {
            same = Some(v);
        }
    }
    same
}

/// Whether two keys or column names are the same but for case, `_`, `-` and spaces.
pub fn same_key(a: &str, b: &str) -> bool {
    if let ([x, ..], [y, ..]) = (a.as_bytes(), b.as_bytes())
        && x.is_ascii_alphanumeric()
        && y.is_ascii_alphanumeric()
        && !x.eq_ignore_ascii_case(y)
    {
        return false; // most pairs
    }
    if a.is_ascii() && b.is_ascii() {
        return ascii_letters(a).eq(ascii_letters(b));
    }
    key_letters(a).eq(key_letters(b))
}

/// What of an ASCII key counts.
fn ascii_letters(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(|b| !matches!(b, b'_' | b'-' | b' ' | b'\t')).map(|b| b.to_ascii_lowercase())
}

/// What of a key counts.
fn key_letters(key: &str) -> impl Iterator<Item = char> {
    key.trim_start_matches('\u{feff}').chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '\t')).flat_map(char::to_lowercase)
}

/// Fields of the record a map may name.
const FIELDS: &[&str] = &[
    "id",
    "title",
    "body",
    "teaser",
    "byline",
    "source",
    "section",
    "page",
    "edition",
    "language",
    "url",
    "published",
    "updated",
    "dateline",
    "tags",
];

impl FieldMap {
    /// Reads a map from a small TOML or JSON file: a field of the record, and one path or a list of paths; `day_first = true` where dates
    /// such as `05/03/2024` begin with the day.
    ///
    /// ```
    /// # use morgue::ingest::FieldMap;
    /// let map = FieldMap::parse("title = \"meta.hed\"\nbody = [\"text.full\", \"text.parts[]\"]").unwrap();
    /// assert_eq!(map.paths("body"), ["text.full", "text.parts[]"]);
    /// assert_eq!(map, FieldMap::parse(r#"{"title": "meta.hed", "body": ["text.full", "text.parts[]"]}"#).unwrap());
    /// ```
    ///
    /// # Errors
    ///
    /// When the text is neither, names a field that does not exist, or gives something else than paths.
    pub fn parse(text: &str) -> Result<FieldMap> {
        let mut day_first = None;
        let mut rows: Vec<(String, Vec<String>)> = if text.trim_start().starts_with('{') {
            let value: Value = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
            day_first = value.get(DAY_FIRST).map(Value::as_bool);
            value.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), strings(v))).collect()
        } else {
            let document: toml_edit::DocumentMut = text.parse().map_err(|e: toml_edit::TomlError| wrong(e.message().to_owned()))?;
            day_first = document.get(DAY_FIRST).map(toml_edit::Item::as_bool).or(day_first);
            document.iter().map(|(k, item)| (k.to_owned(), toml_strings(item))).collect()
        };
        rows.retain(|(field, _)| field != DAY_FIRST);
        if day_first == Some(None) {
            return Err(wrong(format!("`{DAY_FIRST}` is `true` or `false`")));
        }
        for (field, paths) in &rows {
            if !FIELDS.contains(&field.as_str()) {
                return Err(wrong(format!("there is no field `{field}`")).with_hint(format!("fields are {}", FIELDS.join(", "))));
            }
            if paths.is_empty() {
                return Err(wrong(format!("`{field}` needs a path or a list of paths")));
            }
        }
        Ok(FieldMap { fields: rows, day_first: day_first.flatten().unwrap_or(false) })
    }
}

/// What says that the day comes first in dates.
const DAY_FIRST: &str = "day_first";

fn wrong(what: String) -> Error {
    Error::new(Kind::Config, format!("the map of fields cannot be read: {what}"))
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(s) => vec![s.clone()],
        Value::Array(items) => items.iter().filter_map(|i| i.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

fn toml_strings(item: &toml_edit::Item) -> Vec<String> {
    match (item.as_str(), item.as_array()) {
        (Some(one), _) => vec![one.to_owned()],
        (None, Some(many)) => many.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Keys, at};
    use crate::ingest::FieldMap;
    use serde_json::json;

    #[test]
    fn paths() {
        let v = json!({"a": {"b": [{"c": 1}, {"c": 2}]}, "x.y": 3, "Pub Date": 4});
        assert_eq!(at(&v, "a.b[].c"), [&json!(1), &json!(2)]);
        assert_eq!(at(&v, "x.y"), [&json!(3)]);
        assert_eq!(at(&v, "pub_date"), [&json!(4)]);
        assert!(at(&v, "a.nope").is_empty());
    }

    #[test]
    fn keys_let_through_what_is_there() {
        let v = json!({"Pub Date": 1, "_id": 2, "x.y": {"z": 3}, "headLine": {"main": 4}});
        let told = |value, paths: &[&str]| paths.iter().map(|p| Keys::of(value).may_have(p)).collect::<Vec<_>>();
        assert_eq!(told(&v, &["pub_date", "id", "_id", "x.y", "headline.main"]), [true; 5]);
        let v = json!({"Pub Date": 1, "headLine": {"main": 4}});
        assert_eq!(
            told(&v, &["pub_date", "HEADLINE.x[]", "_id", "title", "heading", "hits.hits"]),
            [true, true, true, false, false, false]
        );
    }

    #[test]
    fn maps_are_checked() {
        assert!(FieldMap::parse("titel = \"x\"").unwrap_err().to_string().contains("`titel`"));
        assert!(FieldMap::parse("{\"title\": 3}").is_err());
        assert!(FieldMap::parse("title = ").is_err());
        assert!(FieldMap::parse("day_first = true").unwrap().day_first && FieldMap::parse("{\"day_first\": true}").unwrap().day_first);
        assert!(FieldMap::parse("day_first = \"yes\"").is_err());
    }
}

//! Finding values in a record by dotted paths: `thread.site`, `authors[].name`.

use crate::error::{Error, Kind, Result};
use crate::ingest::FieldMap;
use serde_json::Value;

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
    /// Reads a map from a small TOML or JSON file: a field of the record, and one path or a list of paths.
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
        let rows: Vec<(String, Vec<String>)> = if text.trim_start().starts_with('{') {
            let value: Value = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
            value.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), strings(v))).collect()
        } else {
            let document: toml_edit::DocumentMut = text.parse().map_err(|e: toml_edit::TomlError| wrong(e.message().to_owned()))?;
            document.iter().map(|(k, item)| (k.to_owned(), toml_strings(item))).collect()
        };
        for (field, paths) in &rows {
            if !FIELDS.contains(&field.as_str()) {
                return Err(wrong(format!("there is no field `{field}`")).with_hint(format!("fields are {}", FIELDS.join(", "))));
            }
            if paths.is_empty() {
                return Err(wrong(format!("`{field}` needs a path or a list of paths")));
            }
        }
        Ok(FieldMap { fields: rows })
    }
}

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
    use super::at;
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
    fn maps_are_checked() {
        assert!(FieldMap::parse("titel = \"x\"").unwrap_err().to_string().contains("`titel`"));
        assert!(FieldMap::parse("{\"title\": 3}").is_err());
        assert!(FieldMap::parse("title = ").is_err());
    }
}

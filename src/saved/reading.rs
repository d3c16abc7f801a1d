//! Reads tables of `queries.toml` key by key: a key of the wrong kind or of no meaning is noted and left where it is.

use serde::Serialize;
use toml_edit::{Item, TableLike, Value};

/// Something in the file that is not as it should be; it stays there, and the rest of the file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Where: `query.mayor.alert.on`.
    pub place: String,
    /// What.
    pub message: String,
}

/// A table being read.
pub(super) struct Keys<'t> {
    table: &'t dyn TableLike,
    place: String,
    known: Vec<&'static str>,
    notes: &'t std::cell::RefCell<Vec<Note>>,
}

impl<'t> Keys<'t> {
    pub fn new(table: &'t dyn TableLike, place: impl Into<String>, notes: &'t std::cell::RefCell<Vec<Note>>) -> Keys<'t> {
        Keys { table, place: place.into(), known: Vec::new(), notes }
    }

    fn get<T>(&mut self, key: &'static str, kind: &str, read: impl Fn(&'t Item) -> Option<T>) -> Option<T> {
        self.known.push(key);
        let item = self.table.get(key)?;
        let value = read(item);
        if value.is_none() {
            self.wrong(key, &format!("should be {kind}; it is left out"));
        }
        value
    }

    pub fn wrong(&mut self, key: &str, message: &str) {
        let note = Note { place: format!("{}.{key}", self.place), message: message.to_owned() };
        self.notes.borrow_mut().push(note);
    }

    /// A text; dates and numbers are taken as they are written.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.get(key, "a text", |item| item.as_value().and_then(plain))
    }

    pub fn number(&mut self, key: &'static str) -> Option<u64> {
        self.get(key, "a number that is not negative", |item| item.as_integer().and_then(|n| u64::try_from(n).ok()))
    }

    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        self.get(key, "true or false", Item::as_bool)
    }

    /// Texts; a single one may stand without brackets.
    pub fn list(&mut self, key: &'static str) -> Vec<String> {
        let list = self.get(key, "a list of texts", |item| match item.as_array() {
            Some(array) => array.iter().map(|v| v.as_str().map(str::to_owned)).collect(),
            None => item.as_str().map(|one| vec![one.to_owned()]),
        });
        list.unwrap_or_default()
    }

    pub fn pairs(&mut self, key: &'static str) -> Vec<(String, String)> {
        let pairs = self.get(key, "a table of texts", |item| {
            item.as_table_like()?.iter().map(|(name, value)| Some((name.to_owned(), value.as_value().and_then(plain)?))).collect()
        });
        pairs.unwrap_or_default()
    }

    pub fn inner(&mut self, key: &'static str) -> Option<Keys<'t>> {
        let table = self.get(key, "a table", Item::as_table_like)?;
        Some(Keys::new(table, format!("{}.{key}", self.place), self.notes))
    }

    /// Notes the keys nobody asked for.
    pub fn done(self) {
        for (key, _) in self.table.iter().filter(|(key, item)| !self.known.contains(key) && !item.is_none()) {
            let message = format!("is a key that has no meaning here; there are: {}", self.known.join(", "));
            self.notes.borrow_mut().push(Note { place: format!("{}.{key}", self.place), message });
        }
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(n) => Some(n.value().to_string()),
        Value::Float(n) => Some(n.value().to_string()),
        Value::Datetime(at) => Some(at.value().to_string()),
        Value::Boolean(flag) => Some(flag.value().to_string()),
        _ => None,
    }
}

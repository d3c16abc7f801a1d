//! The file of saved queries, changed entry by entry so that order, comments and what other hands wrote survive.

use super::entry::{Alert, Group, SavedQuery};
use super::reading::{Keys, Note};
use super::sink::{Sink, SinkKind};
use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use crate::query::{Saved, Target};
use serde::Serialize;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item, Table, TableLike, Value, value};

/// The layout of the file this version reads and writes.
const FORMAT: i64 = 1;

/// How hits of one story may be shown; `dup` is `story` under the name it had.
const COLLAPSE: [&str; 3] = ["story", "dup", "none"];

/// The file of saved queries.
pub struct SavedQueries {
    path: PathBuf,
    toml: DocumentMut,
}

/// A part of queries with a name and maybe parameters: `about(x)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Macro {
    /// Its name.
    pub name: String,
    /// Its parameters.
    pub params: Vec<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// Its text, in which `$x` stands for an argument.
    pub query: String,
}

/// What became of a list of queries that was read in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Names of those taken in.
    pub added: Vec<String>,
    /// Those left out, with the reason.
    pub refused: Vec<(String, String)>,
}

impl SavedQueries {
    /// Reads `path`; a file that is not there is one without queries.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is not TOML (the message has line and column), or is of a later format.
    pub fn read(path: &Path) -> Result<SavedQueries> {
        let text = disk::text(path)?;
        SavedQueries::parse(path, &text)
    }

    /// Reads `text` as what would stand in `path`.
    ///
    /// # Errors
    ///
    /// As [`SavedQueries::read`].
    pub fn parse(path: &Path, text: &str) -> Result<SavedQueries> {
        let toml: DocumentMut = text.parse().context(Kind::Config, || format!("cannot understand `{}`", path.display()))?;
        let format = toml.get("format").and_then(Item::as_integer).unwrap_or(FORMAT);
        if format != FORMAT {
            let message = format!("`{}` has format {format}; this morgue reads format {FORMAT}", path.display());
            return Err(Error::new(Kind::Config, message).with_hint("use the morgue that made it"));
        }
        Ok(SavedQueries { path: path.to_owned(), toml })
    }

    fn table(&self, name: &str) -> Option<&dyn TableLike> {
        self.toml.get(name).and_then(Item::as_table_like)
    }

    /// Everything in the file, read; what is wrong goes to `notes`.
    fn whole(&self, notes: &RefCell<Vec<Note>>) -> (Vec<SavedQuery>, Vec<Macro>, Vec<Sink>) {
        let usual = self.usual(notes);
        let note = |place: String, message: &str| notes.borrow_mut().push(Note { place, message: message.to_owned() });
        let rows = |name: &'static str| {
            let known = self.toml.get(name);
            if known.is_some_and(|item| !item.is_table_like()) {
                note(name.to_owned(), "should be a table; it is left out");
            }
            self.table(name).into_iter().flat_map(|table| table.iter())
        };
        let queries = rows("query").filter_map(|(name, item)| match item.as_table_like() {
            Some(table) => Some(SavedQuery::of(name, Keys::new(table, format!("query.{name}"), notes), &usual)),
            None => {
                note(format!("query.{name}"), "should be a table with a `query`; it is left out");
                None
            }
        });
        let queries = queries.collect();
        let macros = rows("macros").filter_map(|(name, item)| {
            let made = made(name, item, notes);
            if made.is_none() {
                note(format!("macros.{name}"), "should be a text, or a table with a `query`; it is left out");
            }
            made
        });
        let macros = macros.collect();
        let sinks = rows("sinks").filter_map(|(name, item)| match item.as_table_like() {
            Some(table) => Sink::of(name, Keys::new(table, format!("sinks.{name}"), notes)),
            None => {
                note(format!("sinks.{name}"), "should be a table with a `kind`; it is left out");
                None
            }
        });
        let sinks = sinks.collect();
        for (key, _) in self.toml.iter().filter(|(key, _)| !["format", "defaults", "macros", "query", "sinks"].contains(key)) {
            note(key.to_owned(), "is a key that has no meaning here; there are: format, defaults, macros, query, sinks");
        }
        (queries, macros, sinks)
    }

    /// What an alert is where its entry does not say.
    fn usual(&self, notes: &RefCell<Vec<Note>>) -> Alert {
        let Some(table) = self.table("defaults") else { return Alert::default() };
        let mut keys = Keys::new(table, "defaults", notes);
        if keys.text("collapse").is_some_and(|how| !COLLAPSE.contains(&how.as_str())) {
            keys.wrong("collapse", "is neither `story` nor `none`");
        }
        keys.text("sort");
        let alert = keys.inner("alert").map_or_else(Alert::default, |keys| Alert::of(keys, Alert::default()));
        keys.done();
        alert
    }

    /// How hits are sorted, and whether those of one story come as one, where a run does not say: `(sort, collapse)`.
    pub fn defaults(&self) -> (Option<String>, Option<bool>) {
        let text = |key| self.table("defaults").and_then(|t| t.get(key)).and_then(Item::as_str).map(str::to_owned);
        (text("sort"), text("collapse").filter(|how| COLLAPSE.contains(&how.as_str())).map(|how| how != "none"))
    }

    /// All queries, in the order of the file.
    pub fn list(&self) -> Vec<SavedQuery> {
        self.whole(&RefCell::default()).0
    }

    /// What stands in the file beside queries: of `macros`, `sinks` and `defaults` those that are not empty.
    pub fn beside(&self) -> Vec<&'static str> {
        let is_there = |name: &&str| self.table(name).is_some_and(|table| !table.is_empty());
        ["macros", "sinks", "defaults"].into_iter().filter(is_there).collect()
    }

    /// All macros.
    pub fn macros(&self) -> Vec<Macro> {
        self.whole(&RefCell::default()).1
    }

    /// All sinks, standard output among them.
    pub fn sinks(&self) -> Vec<Sink> {
        let mut sinks = self.whole(&RefCell::default()).2;
        if sinks.iter().all(|s| s.name != "stdout") {
            sinks.push(Sink { name: "stdout".to_owned(), kind: SinkKind::Stdout });
        }
        sinks
    }

    /// What in the file is not as it should be; nothing of it is lost.
    pub fn notes(&self) -> Vec<Note> {
        let notes = RefCell::default();
        let (queries, macros, _) = self.whole(&notes);
        let sinks = self.sinks();
        let mut notes = notes.into_inner();
        for query in &queries {
            for name in query.alert.iter().flat_map(|a| &a.to).filter(|to| sinks.iter().all(|s| s.name != **to)) {
                let message = format!("there is no sink `{name}`; write it under `[sinks]`");
                notes.push(Note { place: format!("query.{}.alert.to", query.name), message });
            }
        }
        for named in macros.iter().filter(|m| queries.iter().any(|q| q.name == m.name)) {
            notes.push(Note {
                place: format!("macros.{}", named.name),
                message: "a saved query has the same name, and is meant".to_owned(),
            });
        }
        notes
    }

    /// The query called `name`.
    pub fn get(&self, name: &str) -> Option<SavedQuery> {
        let table = self.table("query")?.get(name)?.as_table_like()?;
        let notes = RefCell::default();
        Some(SavedQuery::of(name, Keys::new(table, "", &notes), &self.usual(&notes)))
    }

    /// What `@name` stands for in a query: a saved query, or a macro.
    pub fn reference(&self, name: &str) -> Option<Saved> {
        if let Some(saved) = self.get(name) {
            let of_quotes = saved.target() == Target::Quotes;
            let params = saved.params.into_iter().map(|(name, value)| (name, Some(value))).collect();
            return Some(Saved { text: saved.query, params, of_quotes });
        }
        let named = self.macros().into_iter().find(|m| m.name == name)?;
        Some(Saved { text: named.query, params: named.params.into_iter().map(|p| (p, None)).collect(), of_quotes: false })
    }

    /// Adds `query`, or changes the one of that name when `replace` says so; keys it does not give stay as they are.
    ///
    /// # Errors
    ///
    /// When the name is taken or not one, or the file cannot be written.
    pub fn add(&mut self, query: &SavedQuery, replace: bool) -> Result<()> {
        self.put(query, replace)?;
        self.write()
    }

    fn put(&mut self, query: &SavedQuery, replace: bool) -> Result<()> {
        check_name(&query.name)?;
        if self.table("query").is_some_and(|t| t.contains_key(&query.name)) && !replace {
            let error = Error::new(Kind::Usage, format!("there is a saved query `{}` already", query.name));
            return Err(error.with_hint("choose another name, or replace it with `--replace`"));
        }
        if self.toml.get("format").is_none() {
            self.toml.insert("format", value(FORMAT));
        }
        let entry = self.queries()?.entry(&query.name).or_insert_with(|| Item::Table(Table::new()));
        let entry = entry.as_table_like_mut().ok_or_else(|| Error::new(Kind::Config, format!("`query.{}` is not a table", query.name)))?;
        for (key, text) in [("title", &query.title), ("owner", &query.owner)] {
            if let Some(text) = text {
                set(entry, key, text.into());
            }
        }
        set(entry, "what", (&query.what).into());
        set(entry, "query", (&query.query).into());
        if !query.tags.is_empty() {
            set(entry, "tags", Value::Array(query.tags.iter().collect()));
        }
        if let Some(day) = query.created.as_deref().and_then(|day| day.parse::<toml_edit::Datetime>().ok()) {
            set(entry, "created", day.into());
        }
        if !query.params.is_empty() {
            let params: toml_edit::InlineTable = query.params.iter().map(|(k, v)| (k.as_str(), Value::from(v))).collect();
            set(entry, "params", Value::InlineTable(params));
        }
        if let Some(alert) = &query.alert {
            let inner = entry.entry("alert").or_insert_with(|| Item::Table(Table::new()));
            let inner = inner.as_table_like_mut().ok_or_else(|| Error::new(Kind::Config, "`alert` is not a table"))?;
            put_alert(inner, alert);
        }
        if let Some(expect) = &query.expect {
            set(entry, "expect", Value::InlineTable(expect.table()));
        }
        Ok(())
    }

    fn queries(&mut self) -> Result<&mut dyn TableLike> {
        let queries = self.toml.entry("query").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        queries.as_table_like_mut().ok_or_else(|| Error::new(Kind::Config, "`query` in the file of saved queries is not a table"))
    }

    /// Removes the one called `name`.
    ///
    /// # Errors
    ///
    /// When there is none, or the file cannot be written.
    pub fn remove(&mut self, name: &str) -> Result<()> {
        match self.queries()?.remove(name) {
            Some(_) => self.write(),
            None => Err(self.unknown(name)),
        }
    }

    /// Calls `from` by another name, in its place in the file; `@from` in other queries is not changed.
    ///
    /// # Errors
    ///
    /// When there is none, the new name is taken or not one, or the file cannot be written.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<()> {
        check_name(to)?;
        if self.get(to).is_some() {
            return Err(Error::new(Kind::Usage, format!("there is a saved query `{to}` already")));
        }
        if self.get(from).is_none() {
            return Err(self.unknown(from));
        }
        let queries = self.queries()?;
        // Taken out and put in again one by one, the others keep their order.
        let names: Vec<String> = queries.iter().map(|(name, _)| name.to_owned()).collect();
        let entries: Vec<(String, Item)> = names.into_iter().filter_map(|name| Some((name.clone(), queries.remove(&name)?))).collect();
        for (name, item) in entries {
            queries.insert(if name == from { to } else { &name }, item);
        }
        self.write()
    }

    /// Takes in `queries`; those whose name is taken are left out.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn import(&mut self, queries: &[SavedQuery], replace: bool) -> Result<Imported> {
        let mut imported = Imported::default();
        for query in queries {
            match self.put(query, replace) {
                Ok(()) => imported.added.push(query.name.clone()),
                Err(e) => imported.refused.push((query.name.clone(), e.to_string())),
            }
        }
        self.write()?;
        Ok(imported)
    }

    /// The error for a name that is not there, with those that are.
    pub fn unknown(&self, name: &str) -> Error {
        let error = Error::new(Kind::NotFound, format!("there is no saved query `{name}`"));
        let names: Vec<String> = self.list().into_iter().map(|q| q.name).collect();
        match names.len() {
            0 => error.with_hint("save one with `morgue saved add NAME QUERY`"),
            1..=20 => error.with_hint(format!("there are: {}", names.join(", "))),
            n => error.with_hint(format!("there are {n}: `morgue saved list`")),
        }
    }

    fn write(&self) -> Result<()> {
        super::write_whole(&self.path, self.toml.to_string().as_bytes())
    }
}

/// The file's own text.
impl std::fmt::Display for SavedQueries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.toml.fmt(f)
    }
}

fn check_name(name: &str) -> Result<()> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(plain) {
        return Ok(());
    }
    let error = Error::new(Kind::Usage, format!("`{name}` is no name for a saved query"));
    Err(error.with_hint("use letters, digits, `-` and `_`"))
}

/// Sets a key; one that is there keeps what is written around it.
fn set(table: &mut dyn TableLike, key: &str, mut new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => drop(table.insert(key, Item::Value(new))),
    }
}

fn put_alert(table: &mut dyn TableLike, alert: &Alert) {
    let usual = Alert::default();
    if alert.on != usual.on || table.contains_key("on") {
        set(table, "on", alert.on.word().into());
    }
    if alert.group != usual.group || table.contains_key("group") {
        set(table, "group", if alert.group == Group::None { "none" } else { "cluster" }.into());
    }
    if let Some(schedule) = &alert.schedule {
        set(table, "schedule", schedule.to_string().into());
    }
    for (key, n, usual) in [("min", alert.min, usual.min), ("max", alert.max as u64, usual.max as u64)] {
        if n != usual {
            set(table, key, (n as i64).into());
        }
    }
    for (key, flag) in [("always_send", alert.always_send), ("backfill", alert.backfill)] {
        if flag {
            set(table, key, flag.into());
        }
    }
    set(table, "to", Value::Array(alert.to.iter().collect()));
}

/// A macro: `'about(x)' = 'text'` or `{ doc, query }`.
fn made(head: &str, item: &Item, notes: &RefCell<Vec<Note>>) -> Option<Macro> {
    let (name, params) = head.split_once('(').map_or((head, ""), |(name, rest)| (name, rest.trim_end().trim_end_matches(')')));
    let params = params.split(',').map(|p| p.trim().trim_start_matches('$').to_owned()).filter(|p| !p.is_empty()).collect();
    let (doc, query) = match item.as_table_like() {
        Some(table) => {
            let mut keys = Keys::new(table, format!("macros.{head}"), notes);
            let found = (keys.text("doc"), keys.text("query"));
            keys.done();
            found
        }
        None => (None, item.as_str().map(str::to_owned)),
    };
    Some(Macro { name: name.trim().to_owned(), params, doc, query: query? })
}

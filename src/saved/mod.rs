//! Questions kept by name: `queries.toml`, written by hand or by morgue, with order and comments preserved.
//!
//! ```toml
//! format = 1
//!
//! [query.barrier]
//! query = 'speaker:Okafor barrier'
//! what = "quotes"
//! ```

use crate::error::{Context, Error, Kind, Result};
use crate::query::Target;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item, Table, value};

/// A question kept by name.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct SavedQuery {
    /// Its name: letters, digits, `-` and `_`.
    pub name: String,
    /// What is asked, as typed.
    pub query: String,
    /// `articles` or `quotes`.
    pub what: String,
    /// A title for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Tags, by which several are run together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

impl SavedQuery {
    /// What it looks for.
    pub fn target(&self) -> Target {
        if self.what == "quotes" { Target::Quotes } else { Target::Articles }
    }
}

/// The file of saved queries.
pub struct SavedQueries {
    path: PathBuf,
    toml: DocumentMut,
}

impl SavedQueries {
    /// Reads `path`; a file that is not there is one without queries.
    ///
    /// # Errors
    ///
    /// When it cannot be read or is not TOML; the message has line and column.
    pub fn read(path: &Path) -> Result<SavedQueries> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(e) => return Err(Error::new(Kind::Io, format!("cannot read `{}`", path.display())).with_cause(e)),
        };
        let toml = text.parse().context(Kind::Config, || format!("cannot understand `{}`", path.display()))?;
        Ok(SavedQueries { path: path.to_owned(), toml })
    }

    fn table(&self) -> Option<&Table> {
        self.toml.get("query").and_then(Item::as_table)
    }

    /// All of them, in the order of the file.
    pub fn list(&self) -> Vec<SavedQuery> {
        self.table().map(|t| t.iter().filter_map(|(name, item)| saved(name, item)).collect()).unwrap_or_default()
    }

    /// The one called `name`.
    pub fn get(&self, name: &str) -> Option<SavedQuery> {
        saved(name, self.table()?.get(name)?)
    }

    /// Adds `query`, or replaces the one of that name when `replace` says so.
    ///
    /// # Errors
    ///
    /// When the name is taken or not one, or the file cannot be written.
    pub fn add(&mut self, query: &SavedQuery, replace: bool) -> Result<()> {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if query.name.is_empty() || !query.name.chars().all(plain) {
            let error = Error::new(Kind::Usage, format!("`{}` is no name for a saved query", query.name));
            return Err(error.with_hint("use letters, digits, `-` and `_`"));
        }
        if self.get(&query.name).is_some() && !replace {
            let error = Error::new(Kind::Usage, format!("there is a saved query `{}` already", query.name));
            return Err(error.with_hint("choose another name, or replace it with `--replace`"));
        }
        if self.toml.get("format").is_none() {
            self.toml.insert("format", value(1));
        }
        let queries = self.toml.entry("query").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let queries =
            queries.as_table_mut().ok_or_else(|| Error::new(Kind::Config, "`query` in the file of saved queries is not a table"))?;
        let entry = queries.entry(&query.name).or_insert_with(|| Item::Table(Table::new()));
        let entry = entry.as_table_mut().ok_or_else(|| Error::new(Kind::Config, format!("`query.{}` is not a table", query.name)))?;
        entry.insert("query", value(&query.query));
        entry.insert("what", value(&query.what));
        if let Some(title) = &query.title {
            entry.insert("title", value(title));
        }
        if !query.tags.is_empty() {
            entry.insert("tags", value(query.tags.iter().collect::<toml_edit::Array>()));
        }
        self.write()
    }

    /// Removes the one called `name`.
    ///
    /// # Errors
    ///
    /// When there is none, or the file cannot be written.
    pub fn remove(&mut self, name: &str) -> Result<()> {
        let table = self.toml.get_mut("query").and_then(Item::as_table_mut);
        match table.and_then(|t| t.remove(name)) {
            Some(_) => self.write(),
            None => Err(self.unknown(name)),
        }
    }

    /// The error for a name that is not there, with the nearest one that is.
    pub fn unknown(&self, name: &str) -> Error {
        let error = Error::new(Kind::NotFound, format!("there is no saved query `{name}`"));
        let names: Vec<String> = self.list().into_iter().map(|q| q.name).collect();
        match names.is_empty() {
            true => error.with_hint("save one with `morgue saved add NAME QUERY`"),
            false => error.with_hint(format!("there are: {}", names.join(", "))),
        }
    }

    /// Writes the file whole or not at all.
    fn write(&self) -> Result<()> {
        let failed = || format!("cannot write `{}`", self.path.display());
        let draft = self.path.with_extension("toml.new");
        std::fs::write(&draft, self.toml.to_string()).context(Kind::Io, failed)?;
        std::fs::File::open(&draft).and_then(|f| f.sync_all()).and_then(|()| std::fs::rename(&draft, &self.path)).context(Kind::Io, failed)
    }
}

fn saved(name: &str, item: &Item) -> Option<SavedQuery> {
    let table = item.as_table_like()?;
    let text = |key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let tags = table.get("tags").and_then(Item::as_array);
    Some(SavedQuery {
        name: name.to_owned(),
        query: text("query").unwrap_or_default(),
        what: text("what").unwrap_or_else(|| "articles".to_owned()),
        title: text("title"),
        tags: tags.map(|a| a.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hand_edits_survive() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("queries.toml");
        std::fs::write(&path, "# ours\nformat = 1\n\n[query.b] # second letter first\nquery = 'x'   # by hand\n").unwrap();
        let mut queries = SavedQueries::read(&path).unwrap();
        let a = SavedQuery { name: "a".into(), query: "y \"z\"".into(), what: "quotes".into(), title: None, tags: vec!["t".into()] };
        queries.add(&a, false).unwrap();
        assert!(queries.add(&a, false).is_err());
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# ours\nformat = 1\n\n[query.b] # second letter first\nquery = 'x'   # by hand\n"), "{text}");
        let again = SavedQueries::read(&path).unwrap();
        assert_eq!(again.list().iter().map(|q| q.name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(again.get("a"), Some(a));
        let mut again = again;
        again.remove("a").unwrap();
        assert!(again.remove("a").is_err());
    }
}

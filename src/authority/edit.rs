//! Changes to `names.toml` by the tool: whatever it does not touch stays letter by letter, comments and order included.

use super::{Authority, NameKind, Verdict};
use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use crate::words::fold;
use std::path::{Path, PathBuf};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

/// What a new file opens with.
const HEAD: &str = "\
# Who is who in this archive: names that are one, names that are two, and words that are no names.
# Written by hand or by `morgue names`; comments and order are kept. After a change by hand: `morgue names apply`.
format = 1
";

/// The file `names.toml`, to be changed.
pub struct AuthorityFile {
    path: PathBuf,
    toml: DocumentMut,
}

impl AuthorityFile {
    /// Opens `path`; one that is not there is made when it is first written.
    ///
    /// # Errors
    ///
    /// As [`Authority::read`]: a file that is wrong is not changed.
    pub fn open(path: &Path) -> Result<AuthorityFile> {
        Authority::read(path)?;
        let text = Some(disk::text(path)?).filter(|text| !text.is_empty()).unwrap_or_else(|| HEAD.to_owned());
        let toml = text.parse().context(Kind::Config, || format!("cannot understand `{}`", path.display()))?;
        Ok(AuthorityFile { path: path.to_owned(), toml })
    }

    /// The text as it would be written.
    pub fn text(&self) -> String {
        self.toml.to_string()
    }

    /// Files each of `forms` under `name`.
    ///
    /// # Errors
    ///
    /// When the file has something else where the table should be.
    pub fn merge(&mut self, kind: NameKind, forms: &[String], name: &str) -> Result<()> {
        self.forget(kind, forms);
        let tables = self.tables(kind)?;
        let there = tables.iter().position(|t| named(t) == Some(name.to_owned()) && !t.contains_key("split"));
        if there.is_none() {
            let mut table = Table::new();
            table.insert("name", value(name));
            tables.push(table);
        }
        let at = there.unwrap_or(tables.len() - 1);
        let Some(table) = tables.get_mut(at) else { return Ok(()) };
        let also = table.entry("also").or_insert_with(|| value(Array::new()));
        let also = also.as_array_mut().ok_or_else(|| Error::new(Kind::Config, format!("`also` of `{name}` is not a list")))?;
        for form in forms {
            if form != name {
                append(also, form);
            }
        }
        Ok(())
    }

    /// Where `when` holds, bearers of `of` are called `name` from now on.
    ///
    /// # Errors
    ///
    /// As [`AuthorityFile::merge`].
    pub fn split(&mut self, kind: NameKind, of: &str, name: &str, when: &str) -> Result<()> {
        let mut table = Table::new();
        table.insert("name", value(name));
        table.insert("split", value(of));
        table.insert("when", value(when));
        self.tables(kind)?.push(table);
        Ok(())
    }

    /// Takes `names` for no names.
    ///
    /// # Errors
    ///
    /// As [`AuthorityFile::merge`].
    pub fn hide(&mut self, kind: NameKind, names: &[String]) -> Result<()> {
        self.forget(kind, names);
        let hide = self.toml.entry("hide").or_insert_with(|| Item::Table(Table::new()));
        let hide = hide.as_table_like_mut().ok_or_else(|| Error::new(Kind::Config, "`hide` is not a table"))?;
        let list = hide.entry(kind.many()).or_insert_with(|| value(Array::new()));
        let list = list.as_array_mut().ok_or_else(|| Error::new(Kind::Config, format!("`hide.{}` is not a list", kind.many())))?;
        for name in names {
            append(list, name);
        }
        Ok(())
    }

    /// Writes down what was decided of two names that are alike and not made one.
    ///
    /// # Errors
    ///
    /// As [`AuthorityFile::merge`].
    pub fn decide(&mut self, kind: NameKind, verdict: Verdict, a: &str, b: &str) -> Result<()> {
        let pair = [fold(a).into_owned(), fold(b).into_owned()];
        self.retain_pairs(kind, |names| !pair.iter().all(|name| names.contains(name)));
        let name = verdict.table();
        let table = self.toml.entry(name).or_insert_with(|| Item::Table(Table::new()));
        let table = table.as_table_like_mut().ok_or_else(|| Error::new(Kind::Config, format!("`{name}` is not a table")))?;
        let list = table.entry(kind.many()).or_insert_with(|| value(Array::new()));
        let list = list.as_array_mut().ok_or_else(|| Error::new(Kind::Config, format!("`{name}.{}` is not a list", kind.many())))?;
        list.push(Array::from_iter([a, b]));
        Ok(())
    }

    /// Keeps the pairs decided on whose folded names `keep` keeps.
    fn retain_pairs(&mut self, kind: NameKind, keep: impl Fn(&[String]) -> bool) {
        for verdict in Verdict::ALL {
            let table = self.toml.get_mut(verdict.table()).and_then(Item::as_table_like_mut);
            if let Some(list) = table.and_then(|t| t.get_mut(kind.many())).and_then(Item::as_array_mut) {
                let folded = |v: &Value| -> Vec<String> {
                    let names = v.as_array().into_iter().flatten().filter_map(Value::as_str);
                    names.map(|name| fold(name).into_owned()).collect()
                };
                list.retain(|v| keep(&folded(v)));
            }
        }
    }

    /// Whether the file rules on this form of a name: as a form of another, or hidden.
    pub fn rules_on(&self, kind: NameKind, form: &str) -> bool {
        let mut copy = AuthorityFile { path: self.path.clone(), toml: self.toml.clone() };
        copy.forget(kind, &[form.to_owned()]);
        copy.text() != self.text()
    }

    /// Takes back what the file says of these forms: they are filed as they are found.
    pub fn forget(&mut self, kind: NameKind, forms: &[String]) {
        let folded: Vec<String> = forms.iter().map(|f| fold(f).into_owned()).collect();
        let among = |v: &Value| v.as_str().is_some_and(|s| folded.iter().any(|f| *f == fold(s)));
        if let Some(tables) = self.toml.get_mut(kind.one()).and_then(Item::as_array_of_tables_mut) {
            for table in tables.iter_mut() {
                if let Some(also) = table.get_mut("also").and_then(Item::as_array_mut) {
                    also.retain(|v| !among(v));
                }
            }
            // An entry that is left with nothing to say goes, unless somebody wrote a note into it.
            tables.retain(|t| {
                let bare = t.get("also").and_then(Item::as_array).is_some_and(Array::is_empty);
                !bare || t.contains_key("note") || t.contains_key("split")
            });
        }
        let hidden = self.toml.get_mut("hide").and_then(Item::as_table_like_mut).and_then(|t| t.get_mut(kind.many()));
        if let Some(list) = hidden.and_then(Item::as_array_mut) {
            list.retain(|v| !among(v));
        }
        self.retain_pairs(kind, |names| !names.iter().any(|name| folded.contains(name)));
    }

    /// Writes the file whole or not at all.
    ///
    /// # Errors
    ///
    /// When what it would say contradicts itself (then it stays as it was), or it cannot be written.
    pub fn write(&self) -> Result<()> {
        let text = self.text();
        Authority::parse(&text, &self.path.file_name().unwrap_or_default().to_string_lossy())?;
        disk::replace(&self.path, text.as_bytes())
    }

    fn tables(&mut self, kind: NameKind) -> Result<&mut ArrayOfTables> {
        let item = self.toml.entry(kind.one()).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        item.as_array_of_tables_mut().ok_or_else(|| Error::new(Kind::Config, format!("`{}` is not a list of tables", kind.one())))
    }
}

/// Adds `name` to a list that has it not. Where the list has a line for each, so has the new one, and what is remarked behind
/// the last stays there.
fn append(list: &mut Array, name: &str) {
    if list.iter().any(|v| v.as_str() == Some(name)) {
        return;
    }
    let raw = |raw: Option<&toml_edit::RawString>| raw.and_then(|r| r.as_str()).unwrap_or_default().to_owned();
    let indent = raw(list.iter().last().and_then(|v| v.decor().prefix()));
    let Some(indent) = indent.rfind('\n').map(|at| indent[at..].to_owned()) else {
        list.push(name);
        return;
    };
    let remark = raw(Some(list.trailing()));
    let (remark, end) = remark.rfind('\n').map_or(("", remark.as_str()), |at| remark.split_at(at));
    let (remark, end) = (remark.to_owned(), if end.is_empty() { "\n".to_owned() } else { end.to_owned() });
    let mut value = Value::from(name);
    value.decor_mut().set_prefix(format!("{}{indent}", remark.trim_end()));
    list.push_formatted(value);
    list.set_trailing(end);
    list.set_trailing_comma(true);
}

fn named(table: &Table) -> Option<String> {
    table.get("name").and_then(Item::as_str).map(str::to_owned)
}

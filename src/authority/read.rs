//! `names.toml`, read with the line of each form.

use super::{Authority, Entry, Form, NameKind, Pair, Split, Verdict};
use crate::disk;
use crate::error::{Context as _, Error, Kind, Result};
use crate::extract::places::filed_as;
use crate::query::{self, Context, Matcher, Target};
use crate::words::fold;
use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;
use toml_edit::{Document, Item, Table, TableLike, Value};

/// What a table of the file may say; `note` is for people.
const KNOWN_KEYS: &[&str] = &["name", "also", "split", "when", "note"];

impl Authority {
    /// Reads `path`; a file that is not there rules on nothing.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is not TOML, or contradicts itself; the message has the line.
    pub fn read(path: &Path) -> Result<Authority> {
        Authority::parse(&disk::text(path)?, &path.file_name().unwrap_or_default().to_string_lossy())
    }

    /// Reads the text of a file called `file` in messages.
    ///
    /// # Errors
    ///
    /// As [`Authority::read`].
    pub fn parse(text: &str, file: &str) -> Result<Authority> {
        let toml = Document::parse(text).context(Kind::Config, || format!("cannot understand `{file}`"))?;
        let reader = Reader { newlines: memchr::memchr_iter(b'\n', text.as_bytes()).collect(), file };
        reader.check_keys(toml.as_table())?;
        let mut authority = Authority::default();
        for kind in NameKind::ALL {
            match toml.get(kind.one()) {
                None => {}
                Some(Item::ArrayOfTables(tables)) => {
                    for table in tables {
                        authority.entries.push(reader.entry(kind, table)?);
                    }
                }
                Some(other) => return Err(reader.wrong(other.span(), &format!("write `[[{}]]` with two brackets", kind.one()))),
            }
        }
        authority.entries.sort_by_key(|entry| entry.name.line);
        if let Some(hide) = toml.get("hide") {
            let table = hide.as_table_like().ok_or_else(|| reader.wrong(hide.span(), "`hide` is a table"))?;
            authority.hidden = reader.hidden(table)?;
        }
        for verdict in Verdict::ALL {
            if let Some(item) = toml.get(verdict.table()) {
                let table = item.as_table_like().ok_or_else(|| reader.wrong(item.span(), &format!("`{}` is a table", verdict.table())))?;
                authority.pairs.extend(reader.pairs(verdict, table)?);
            }
        }
        authority.settle(&reader)?;
        Ok(authority)
    }

    /// Works out what each form comes to.
    fn settle(&mut self, reader: &Reader<'_>) -> Result<()> {
        for entry in &self.entries {
            let folded = |name: &str| (entry.kind, fold(name).into_owned());
            if let Some((of, when)) = &entry.split {
                self.splits.push(reader.split(entry, of, when)?);
            }
            for form in &entry.also {
                let rule = (Some(entry.name.name.clone()), form.line);
                if let Some((_, line)) = self.rules.insert(folded(&form.name), rule) {
                    let message = format!("`{}` is ruled on twice, in lines {line} and {}", form.name, form.line);
                    return Err(Error::new(Kind::Config, message).with_hint(format!("keep one of the two in `{}`", reader.file)));
                }
            }
        }
        for (kind, form) in &self.hidden {
            let rule = (None, form.line);
            if let Some((Some(_), line)) = self.rules.insert((*kind, fold(&form.name).into_owned()), rule) {
                let message = format!("`{}` is a form in line {line} and hidden in line {}", form.name, form.line);
                return Err(Error::new(Kind::Config, message).with_hint(format!("keep one of the two in `{}`", reader.file)));
            }
        }
        // The preferred form also stands for its own variants of case and diacritics, unless something else is said of it.
        for entry in self.entries.iter().filter(|entry| entry.split.is_none()) {
            let rule = (Some(entry.name.name.clone()), entry.name.line);
            self.rules.entry((entry.kind, fold(&entry.name.name).into_owned())).or_insert(rule);
        }
        for key in self.rules.keys().cloned().collect::<Vec<_>>() {
            self.follow(&key, reader)?;
        }
        for pair in &self.pairs {
            let [a, b] = &pair.names;
            self.verdicts.entry(Pair::key(pair.kind, &a.name, &b.name)).or_insert(pair.verdict);
        }
        self.version = self.fingerprint();
        Ok(())
    }

    /// Lets a form that is filed under another form go where that one goes. The line stays the one that speaks of the form.
    fn follow(&mut self, key: &(NameKind, String), reader: &Reader<'_>) -> Result<()> {
        let mut seen = HashSet::from([key.1.clone()]);
        let mut at = key.clone();
        let mut last = None;
        while let Some((target, line)) = self.rules.get(&at) {
            last.clone_from(target);
            let Some(name) = target else { break };
            let next = (key.0, fold(name).into_owned());
            if next == at {
                break;
            }
            if !seen.insert(next.1.clone()) {
                let message = format!("`{name}` is filed under itself, by way of line {line}");
                return Err(Error::new(Kind::Config, message).with_hint(format!("break the circle in `{}`", reader.file)));
            }
            at = next;
        }
        if let Some(rule) = self.rules.get_mut(key) {
            rule.0 = last;
        }
        Ok(())
    }

    fn fingerprint(&self) -> String {
        let mut rules: Vec<String> = self.rules.iter().map(|((kind, form), (to, _))| format!("{kind:?}\t{form}\t{to:?}")).collect();
        rules.sort();
        rules.extend(self.splits.iter().map(|s| format!("split {:?}\t{}\t{}\t{}", s.kind, s.of, s.name.name, s.when)));
        if rules.is_empty() { String::new() } else { disk::version(rules.join("\n").as_bytes()) }
    }
}

struct Reader<'a> {
    /// Where each line ends, in bytes from 0: each form is asked for its line.
    newlines: Vec<usize>,
    file: &'a str,
}

impl Reader<'_> {
    fn line(&self, span: Option<Range<usize>>) -> usize {
        let at = span.map_or(0, |s| s.start);
        self.newlines.partition_point(|newline| *newline < at) + 1
    }

    fn wrong(&self, span: Option<Range<usize>>, message: &str) -> Error {
        Error::new(Kind::Config, format!("`{}`, line {}: {message}", self.file, self.line(span)))
            .with_hint("`morgue names --help` shows what the file may hold")
    }

    /// A misspelled table would rule on nothing in silence.
    fn check_keys(&self, toml: &Table) -> Result<()> {
        let known = ["format", "person", "organization", "place", "hide", "apart", "unsure"];
        for (key, item) in toml.iter() {
            if !known.contains(&key) {
                return Err(self.wrong(item.span(), &format!("there is no `{key}` here; there are {}", known.join(", "))));
            }
        }
        match toml.get("format").map(|f| f.as_integer()) {
            None | Some(Some(1)) => Ok(()),
            Some(_) => Err(self.wrong(toml.get("format").and_then(Item::span), "this morgue reads format 1")),
        }
    }

    fn form(&self, value: &Value, what: &str) -> Result<Form> {
        let name = value.as_str().map(str::trim).filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| self.wrong(value.span(), &format!("`{what}` is a name in quotation marks")))?;
        Ok(Form { name: name.to_owned(), line: self.line(value.span()) })
    }

    fn forms(&self, item: &Item, what: &str) -> Result<Vec<Form>> {
        let array = item.as_array().ok_or_else(|| self.wrong(item.span(), &format!("`{what}` is a list: {what} = [\"…\"]")))?;
        array.iter().map(|value| self.form(value, what)).collect()
    }

    fn entry(&self, kind: NameKind, table: &Table) -> Result<Entry> {
        for (key, item) in table.iter() {
            if !KNOWN_KEYS.contains(&key) {
                return Err(self.wrong(item.span(), &format!("there is no `{key}` here; there are {}", KNOWN_KEYS.join(", "))));
            }
        }
        let one =
            |key: &str| table.get(key).map(|item| item.as_value().ok_or_else(|| self.wrong(item.span(), &format!("`{key}` is a text"))));
        let name = one("name").unwrap_or_else(|| Err(self.wrong(table.span(), "an entry needs a `name`")))?;
        let name = self.form(name, "name")?;
        let also = table.get("also").map(|item| self.forms(item, "also")).transpose()?.unwrap_or_default();
        let split = match (one("split").transpose()?, one("when").transpose()?) {
            (None, None) => None,
            (Some(of), Some(when)) => Some((self.form(of, "split")?, self.form(when, "when")?.name)),
            (Some(v), None) | (None, Some(v)) => return Err(self.wrong(v.span(), "`split` and `when` belong together")),
        };
        Ok(Entry { kind, name, also, split })
    }

    fn split(&self, entry: &Entry, of: &Form, when: &str) -> Result<Split> {
        let context = Context { places: &filed_as, ..Context::new(Target::Articles) };
        let parsed = query::parse(when, &context);
        if !parsed.is_sound() {
            let diagnosis = query::diagnose(when, &parsed.problems);
            let message = format!("`{}`, line {}: cannot read `when`: {}", self.file, of.line, diagnosis.trim());
            return Err(Error::new(Kind::Config, message));
        }
        Ok(Split {
            kind: entry.kind,
            of: fold(&of.name).into_owned(),
            name: entry.name.clone(),
            when: query::print(&parsed.query),
            matcher: Matcher::new(&parsed.query, Target::Articles),
        })
    }

    /// `persons`, `organizations` or `places`, as keys of a table.
    fn kind(&self, table: &str, key: &str, item: &Item) -> Result<NameKind> {
        let kind = NameKind::ALL.into_iter().find(|k| k.many() == key);
        kind.ok_or_else(|| self.wrong(item.span(), &format!("`{table}` knows persons, organizations, places, not `{key}`")))
    }

    fn pairs(&self, verdict: Verdict, table: &dyn TableLike) -> Result<Vec<Pair>> {
        let mut pairs = Vec::new();
        for (key, item) in table.iter() {
            let kind = self.kind(verdict.table(), key, item)?;
            let wrong = |span| self.wrong(span, &format!("`{key}` is a list of pairs: {key} = [[\"…\", \"…\"]]"));
            for value in item.as_array().ok_or_else(|| wrong(item.span()))? {
                let two = value.as_array().filter(|two| two.len() == 2).ok_or_else(|| wrong(value.span()))?;
                let forms: Vec<Form> = two.iter().map(|v| self.form(v, key)).collect::<Result<_>>()?;
                let names: [Form; 2] = forms.try_into().map_err(|_| wrong(value.span()))?;
                pairs.push(Pair { kind, verdict, names });
            }
        }
        Ok(pairs)
    }

    fn hidden(&self, hide: &dyn TableLike) -> Result<Vec<(NameKind, Form)>> {
        let mut hidden = Vec::new();
        for (key, item) in hide.iter() {
            let kind = self.kind("hide", key, item)?;
            hidden.extend(self.forms(item, key)?.into_iter().map(|form| (kind, form)));
        }
        hidden.sort_by_key(|(_, form)| form.line);
        Ok(hidden)
    }
}

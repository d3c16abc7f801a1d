//! What people write on articles: `notes.toml` beside the archive, with tags, a note, and when somebody has seen it. It is
//! written by hand, by `morgue tag` and `morgue note`, or by the page; it is kept apart from the files the articles came from,
//! and applied to each clipping, so that it survives their change and every new reading of them.
//!
//! ```toml
//! format = 1
//!
//! [article."harbour-2024-03-01"]        # the article's id
//! tags = ["checked", "budget"]
//! note = "The ministry has another figure."
//! seen = 2024-03-02                     # a day, or a date and time
//! ```
//!
//! Notes on an article the archive does not have do nothing, and stay for the day it has it.

use crate::article::{Clipping, Notes};
use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, value};

/// The notes of an archive.
#[derive(Clone, Debug, Default)]
pub struct AllNotes {
    by_article: HashMap<String, Notes>,
    version: String,
}

impl AllNotes {
    /// Reads `path`; a file that is not there has no notes.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or an entry makes no sense; the message says which.
    pub fn read(path: &Path) -> Result<AllNotes> {
        Ok(NotesFile::open(path)?.notes)
    }

    /// Those on an article.
    pub fn of(&self, article: &str) -> Option<&Notes> {
        self.by_article.get(article)
    }

    /// The articles that have notes.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.by_article.keys().map(String::as_str)
    }

    /// Tells whether two readings of the file are the same; empty for a file without notes.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Puts on `clipping` what the file says of it, in place of what was there.
    pub fn apply(&self, clipping: &mut Clipping) {
        clipping.notes = self.of(&clipping.article.id).cloned();
    }
}

/// The file, to be edited with its order and comments kept.
pub struct NotesFile {
    path: PathBuf,
    toml: DocumentMut,
    notes: AllNotes,
}

impl NotesFile {
    /// Opens `path`; a file that is not there is one without notes.
    ///
    /// # Errors
    ///
    /// As [`AllNotes::read`].
    pub fn open(path: &Path) -> Result<NotesFile> {
        let text = disk::text(path)?;
        let toml: DocumentMut = text.parse().context(Kind::Config, || format!("cannot understand `{}`", path.display()))?;
        let mut notes = AllNotes::default();
        if let Some(all) = toml.get("article") {
            let no_table = || {
                let error = Error::new(Kind::Config, format!("`article` in `{}` is no table", path.display()));
                error.with_hint("begin the notes on each article with `[article.\"ID\"]`")
            };
            let all = all.as_table_like().ok_or_else(no_table)?;
            for (id, entry) in all.iter() {
                let wrong = |what: &str| {
                    let error = Error::new(Kind::Config, format!("the notes on `{id}` in `{}` {what}", path.display()));
                    error.with_hint("write `tags = [\"…\"]`, `note = \"…\"`, `seen = 2024-03-02`")
                };
                let read = entry.as_table_like().ok_or("are no table").and_then(read).map_err(wrong)?;
                if !read.is_empty() {
                    notes.by_article.insert(id.to_owned(), read);
                }
            }
        }
        notes.version = version(&notes, &text);
        Ok(NotesFile { path: path.to_owned(), toml, notes })
    }

    /// What is written on an article.
    pub fn of(&self, article: &str) -> Notes {
        self.notes.of(article).cloned().unwrap_or_default()
    }

    /// What is written on all articles.
    pub fn notes(&self) -> &AllNotes {
        &self.notes
    }

    /// The same, of whoever edits the file no more.
    pub fn into_notes(self) -> AllNotes {
        self.notes
    }

    /// Writes `notes` on an article, in place of what is there; [`NotesFile::save`] puts it on disk.
    pub fn set(&mut self, article: &str, notes: Notes) {
        if self.toml.get("format").is_none() {
            self.toml.insert("format", value(1));
        }
        let all = self.toml.entry("article").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        // That it is a table was seen when the file was opened.
        let Some(all) = all.as_table_like_mut() else { return };
        if notes.is_empty() {
            all.remove(article);
            self.notes.by_article.remove(article);
            return;
        }
        if all.get(article).is_none() {
            all.insert(article, Item::Table(Table::new()));
        }
        if let Some(entry) = all.get_mut(article).and_then(Item::as_table_like_mut) {
            write(entry, &notes);
        }
        self.notes.by_article.insert(article.to_owned(), notes);
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn save(&mut self) -> Result<()> {
        let text = self.toml.to_string();
        disk::replace(&self.path, text.as_bytes())?;
        self.notes.version = version(&self.notes, &text);
        Ok(())
    }
}

/// Tells whether two readings are the same; empty where nothing is written.
fn version(notes: &AllNotes, text: &str) -> String {
    if notes.by_article.is_empty() { String::new() } else { disk::version(text.as_bytes()) }
}

fn read(entry: &dyn TableLike) -> std::result::Result<Notes, &'static str> {
    let mut notes = Notes::default();
    for (key, item) in entry.iter() {
        match key {
            "tags" => {
                let tags = item.as_array().ok_or("have `tags` that are no list")?;
                for tag in tags {
                    notes.tag(tag.as_str().map(str::trim).filter(|t| !t.is_empty()).ok_or("have a tag that is no text")?);
                }
            }
            "note" => notes.note = Some(item.as_str().ok_or("have a `note` that is no text")?.to_owned()).filter(|n| !n.trim().is_empty()),
            "seen" => {
                let text = item.as_datetime().map(ToString::to_string).or_else(|| item.as_str().map(str::to_owned));
                let is_date = |text: &String| crate::field::printed_seconds(text).is_some();
                notes.seen = Some(text.filter(is_date).ok_or("have a `seen` that is no date")?);
            }
            _ => return Err("have a key that is none of `tags`, `note`, `seen`"),
        }
    }
    Ok(notes)
}

/// Brings an entry up to `notes`; what is as it was keeps its comments.
fn write(entry: &mut dyn TableLike, notes: &Notes) {
    let before = read(entry).unwrap_or_default();
    if notes.tags != before.tags {
        set(entry, "tags", (!notes.tags.is_empty()).then(|| value(notes.tags.iter().collect::<Array>())));
    }
    if notes.note != before.note {
        set(entry, "note", notes.note.as_ref().map(value));
    }
    if notes.seen != before.seen {
        let seen = |text: &String| text.parse::<toml_edit::Datetime>().map_or_else(|_| value(text), value);
        set(entry, "seen", notes.seen.as_ref().map(seen));
    }
}

fn set(entry: &mut dyn TableLike, key: &str, item: Option<Item>) {
    match item {
        Some(item) => drop(entry.insert(key, item)),
        None => drop(entry.remove(key)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_what_stands_there_by_hand_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("notes.toml");
        let by_hand = "# ours\nformat = 1\n\n[article.a] # the first\ntags = ['x', \"y z\"] # two\nseen = 2024-03-02\n";
        std::fs::write(&path, by_hand).unwrap();
        let mut file = NotesFile::open(&path).unwrap();
        let mut first = file.of("a");
        assert_eq!((first.tags.len(), first.seen.as_deref(), first.note.as_deref()), (2, Some("2024-03-02"), None));
        first.note = Some("say \"so\"\nin two lines".into());
        assert!(first.untag("Y Z") && first.tag("w") && !first.tag("W"));
        let second = Notes { tags: vec!["checked".into()], note: None, seen: Some("2026-11-26T10:20:30Z".into()) };
        file.set("a", first.clone());
        file.set("b/1 \"c\".d", second.clone());
        file.save().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# ours\nformat = 1\n\n[article.a] # the first\n") && text.contains("seen = 2024-03-02\n"), "{text}");
        let mut again = NotesFile::open(&path).unwrap();
        assert_eq!((file.notes().version(), &file.notes().by_article), (again.notes().version(), &again.notes().by_article));
        assert_eq!((again.of("a"), again.of("b/1 \"c\".d")), (first, second));
        again.set("b/1 \"c\".d", Notes::default());
        again.save().unwrap();
        assert_eq!(AllNotes::read(&path).unwrap().articles().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn an_entry_without_sense_is_told_with_its_article() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("notes.toml");
        for wrong in ["tags = 'x'", "tags = [1]", "note = 3", "seen = 'soon'", "tag = ['x']"] {
            std::fs::write(&path, format!("[article.a1]\n{wrong}\n")).unwrap();
            assert!(AllNotes::read(&path).unwrap_err().to_string().contains("`a1`"), "{wrong}");
        }
        std::fs::write(&path, "[article.a1]\nnote = ' '\n").unwrap();
        let notes = AllNotes::read(&path).unwrap();
        assert!(notes.version().is_empty() && notes.of("a1").is_none());
    }
}

//! Where extraction erred and a person said so: `corrections.toml` beside the archive. It is written by hand or by the page,
//! and applied to each clipping after extraction and after the authority file, so that it survives both.
//!
//! ```toml
//! format = 1
//!
//! [[quote]]
//! article = "harbour-2024-03-01"        # the article's id
//! text = "The gate will hold."          # the words, as they were found
//! speaker = "Adaeze Okafor"             # whose they are
//!
//! [[quote]]
//! article = "harbour-2024-03-02"
//! text = "too little, too late"
//! not = true                            # these words are nobody's quote
//! ```
//!
//! A correction names its quote by its words, since numbers and places shift when an article changes or extraction gets
//! better: the quote with the same words, or else the one that holds most of them. One that finds no quote does nothing, and
//! is shown as such.

use crate::article::{Annotations, Clipping, Quote, Span, Speaker, SpeakerClass};
use crate::disk;
use crate::error::{Context, Error, Kind, Result};
use crate::words;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

/// What is right instead.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// These are the words of somebody else.
    Speaker(String),
    /// These words are nobody's quote.
    NoQuote,
}

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Correction {
    /// The article's id.
    pub article: String,
    /// The words of the quote, as they were found.
    pub text: String,
    /// What is right.
    pub verdict: Verdict,
}

/// The corrections of an archive.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    by_article: HashMap<String, Vec<Correction>>,
    version: String,
}

impl Corrections {
    /// Reads `path`; a file that is not there corrects nothing.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or an entry makes no sense; the message says which.
    pub fn read(path: &Path) -> Result<Corrections> {
        Ok(CorrectionsFile::open(path)?.corrections)
    }

    /// Every one of an article.
    pub fn of(&self, article: &str) -> &[Correction] {
        self.by_article.get(article).map(Vec::as_slice).unwrap_or_default()
    }

    /// The articles that are corrected.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.by_article.keys().map(String::as_str)
    }

    /// Tells whether two readings of the file are the same; empty for a file without corrections.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Sets right what the file says of `clipping`; what was found is kept where that changes it.
    pub fn apply(&self, clipping: &mut Clipping) {
        let corrections = self.of(&clipping.article.id);
        if corrections.is_empty() {
            return;
        }
        let mut annotations = clipping.annotations.clone();
        for correction in corrections {
            set_right(&mut annotations, &clipping.article.body, correction);
        }
        if annotations != clipping.annotations {
            let found = std::mem::replace(&mut clipping.annotations, annotations);
            clipping.as_found.get_or_insert_with(|| Box::new(found));
        }
    }
}

fn set_right(annotations: &mut Annotations, body: &str, correction: &Correction) {
    let Some(at) = meant(&annotations.quotes, &correction.text) else { return };
    match &correction.verdict {
        Verdict::NoQuote => drop(annotations.quotes.remove(at)),
        Verdict::Speaker(name) => {
            let speaker = speaker(annotations, body, name, &annotations.quotes[at]);
            annotations.quotes[at].speaker = Some(speaker);
            annotations.quotes[at].confidence = 1.0;
        }
    }
}

/// The quote with these words, or the one that has most of them and little else.
pub fn meant(quotes: &[Quote], text: &str) -> Option<usize> {
    let key = |text: &str| words::forms(text).join(" ");
    let wanted = key(text);
    if wanted.is_empty() {
        return None;
    }
    let keys: Vec<String> = quotes.iter().map(|q| key(&q.text)).collect();
    let within = |a: &str, b: &str| a.contains(b) && b.len() * 2 >= a.len();
    let same = keys.iter().position(|k| *k == wanted);
    same.or_else(|| keys.iter().position(|k| within(k, &wanted) || within(&wanted, k)))
}

/// `name` as the speaker of `quote`: with the mention that stands nearest, if there is one.
fn speaker(annotations: &Annotations, body: &str, name: &str, quote: &Quote) -> Speaker {
    let person = annotations.persons.iter().find(|p| p.name == name);
    let organization = annotations.organizations.iter().find(|o| o.name == name);
    let mentions: &[Span] = person.map(|p| &p.mentions).or(organization.map(|o| &o.mentions)).map(Vec::as_slice).unwrap_or_default();
    let start = quote.spans.first().map_or(0, |s| s.start);
    let nearest = mentions.iter().min_by_key(|m| m.start.abs_diff(start));
    let offsets = crate::article::Offsets::of(body);
    Speaker {
        name: Some(name.to_owned()),
        class: if organization.is_some() && person.is_none() { SpeakerClass::Organization } else { SpeakerClass::Person },
        role: person.and_then(|p| p.role.clone()),
        start: nearest.map(|m| m.start),
        end: nearest.map(|m| m.end),
        text: nearest.map(|m| offsets.slice(body, *m).to_owned()),
        with: Vec::new(),
    }
}

/// The file, to be edited with its order and comments kept.
pub struct CorrectionsFile {
    path: PathBuf,
    toml: DocumentMut,
    corrections: Corrections,
}

impl CorrectionsFile {
    /// Opens `path`; a file that is not there is one without corrections.
    ///
    /// # Errors
    ///
    /// As [`Corrections::read`].
    pub fn open(path: &Path) -> Result<CorrectionsFile> {
        let text = disk::text(path)?;
        let toml: DocumentMut = text.parse().context(Kind::Config, || format!("cannot understand `{}`", path.display()))?;
        let mut corrections = Corrections::default();
        let listed = toml.get("quote").map(|all| all.as_array_of_tables().ok_or_else(|| no_list(path))).transpose()?;
        for (i, table) in listed.into_iter().flatten().enumerate() {
            let wrong = |what: &str| {
                let message = format!("correction {} in `{}` {what}", i + 1, path.display());
                Error::new(Kind::Config, message).with_hint("write `article`, `text`, and either `speaker` or `not = true`")
            };
            let correction = read(table).map_err(wrong)?;
            corrections.by_article.entry(correction.article.clone()).or_default().push(correction);
        }
        if !corrections.by_article.is_empty() {
            corrections.version = disk::version(text.as_bytes());
        }
        Ok(CorrectionsFile { path: path.to_owned(), toml, corrections })
    }

    /// Every correction, in the order of the file.
    pub fn list(&self) -> Vec<Correction> {
        self.toml.get("quote").and_then(Item::as_array_of_tables).into_iter().flatten().filter_map(|t| read(t).ok()).collect()
    }

    /// Adds a correction, in place of the one of the same words.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn add(&mut self, correction: &Correction) -> Result<()> {
        self.drop(&correction.article, &correction.text);
        if self.toml.get("format").is_none() {
            self.toml.insert("format", value(1));
        }
        let mut table = Table::new();
        table.insert("article", value(&correction.article));
        table.insert("text", value(&correction.text));
        match &correction.verdict {
            Verdict::Speaker(name) => table.insert("speaker", value(name)),
            Verdict::NoQuote => table.insert("not", value(true)),
        };
        let all = self.toml.entry("quote").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        all.as_array_of_tables_mut().ok_or_else(|| no_list(&self.path))?.push(table);
        self.write()
    }

    /// Takes a correction back.
    ///
    /// # Errors
    ///
    /// When there is none of these words, or the file cannot be written.
    pub fn remove(&mut self, article: &str, text: &str) -> Result<()> {
        if self.drop(article, text) {
            return self.write();
        }
        Err(Error::new(Kind::NotFound, "there is no such correction").with_hint("it may have been taken back already: load the page anew"))
    }

    fn drop(&mut self, article: &str, text: &str) -> bool {
        let Some(all) = self.toml.get_mut("quote").and_then(Item::as_array_of_tables_mut) else { return false };
        let before = all.len();
        all.retain(|t| !read(t).is_ok_and(|c| c.article == article && c.text == text));
        all.len() < before
    }

    fn write(&self) -> Result<()> {
        disk::replace(&self.path, self.toml.to_string().as_bytes())
    }
}

fn no_list(path: &Path) -> Error {
    Error::new(Kind::Config, format!("`quote` in `{}` is no list of tables", path.display()))
        .with_hint("begin each correction with `[[quote]]`")
}

fn read(table: &Table) -> std::result::Result<Correction, &'static str> {
    let text = |key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let verdict = match (text("speaker"), table.get("not").and_then(Item::as_bool)) {
        (Some(name), None) if !name.trim().is_empty() => Verdict::Speaker(name.trim().to_owned()),
        (None, Some(true)) => Verdict::NoQuote,
        _ => return Err("says neither who speaks nor that it is no quote"),
    };
    Ok(Correction { article: text("article").ok_or("names no article")?, text: text("text").ok_or("has no words")?, verdict })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Person};

    fn clipping() -> Clipping {
        let body = "“It holds,” said Ann Cole. Bo Lee laughed. “Not for long,” he said.".to_owned();
        let quote = |text: &str, start: u32, end: u32| Quote {
            spans: vec![Span::new(start, end)],
            text: text.into(),
            confidence: 0.7,
            ..Quote::default()
        };
        let persons = vec![
            Person { name: "Ann Cole".into(), role: Some("mayor".into()), mentions: vec![Span::new(17, 25)] },
            Person { name: "Bo Lee".into(), role: None, mentions: vec![Span::new(27, 33)] },
        ];
        let quotes = vec![quote("It holds,", 1, 10), quote("Not for long,", 44, 57)];
        Clipping {
            article: Article { id: "a".into(), body, ..Article::default() },
            annotations: Annotations { persons, quotes, ..Annotations::default() },
            ..Clipping::default()
        }
    }

    fn corrected(toml: &str) -> Clipping {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("corrections.toml");
        std::fs::write(&path, toml).unwrap();
        let mut clipping = clipping();
        Corrections::read(&path).unwrap().apply(&mut clipping);
        clipping
    }

    #[test]
    fn words_get_their_speaker_and_what_is_no_quote_goes() {
        let got = corrected(
            "[[quote]]\narticle = 'a'\ntext = 'It holds'\nnot = true\n[[quote]]\narticle = 'a'\ntext = 'not for LONG'\nspeaker = 'Bo Lee'\n",
        );
        let quotes = &got.annotations.quotes;
        assert_eq!(quotes.len(), 1);
        let speaker = quotes[0].speaker.as_ref().unwrap();
        assert_eq!((speaker.name.as_deref(), speaker.text.as_deref(), quotes[0].confidence), (Some("Bo Lee"), Some("Bo Lee"), 1.0));
        assert_eq!(got.as_found.unwrap().quotes.len(), 2, "what was found is kept");
    }

    #[test]
    fn a_correction_without_its_quote_or_for_another_article_does_nothing() {
        assert_eq!(corrected("[[quote]]\narticle = 'a'\ntext = 'Something else'\nnot = true\n"), clipping());
        assert_eq!(corrected("[[quote]]\narticle = 'b'\ntext = 'It holds'\nnot = true\n"), clipping());
        let more = corrected("[[quote]]\narticle = 'a'\ntext = 'It holds, so'\nspeaker = 'Ann Cole'\n");
        assert_eq!(more.annotations.quotes[0].speaker.as_ref().unwrap().role.as_deref(), Some("mayor"), "the ends may have moved");
    }

    #[test]
    fn hand_edits_survive_and_entries_without_sense_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("corrections.toml");
        std::fs::write(&path, "# ours\nformat = 1\n\n[[quote]] # the first\narticle = 'a'\ntext = 'x'\nspeaker = 'A'\n").unwrap();
        let mut file = CorrectionsFile::open(&path).unwrap();
        let other = Correction { article: "b".into(), text: "y \"z\"\nw".into(), verdict: Verdict::NoQuote };
        file.add(&other).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("# ours\nformat = 1\n\n[[quote]] # the first\narticle = 'a'"));
        let mut again = CorrectionsFile::open(&path).unwrap();
        assert_eq!(again.list()[1], other);
        again.remove("b", &other.text).unwrap();
        assert!(again.remove("b", &other.text).is_err() && again.list().len() == 1);
        std::fs::write(&path, "[[quote]]\narticle = 'a'\ntext = 'x'\n").unwrap();
        assert!(Corrections::read(&path).unwrap_err().to_string().contains("correction 1"));
        std::fs::write(&path, "[quote]\narticle = 'a'\ntext = 'x'\nnot = true\n").unwrap();
        assert!(Corrections::read(&path).unwrap_err().hint().unwrap().contains("[[quote]]"), "it is not passed over in silence");
    }
}

//! What makes two things one in an alert: that they tell the same story, or repeat the same quote.
//!
//! A story is called by its first telling, and that changes when an earlier one comes in later. So names of stories are used
//! only among what is told at one time; what was told before is known by its members: a story is known when any of its
//! articles is, and a quote when any that repeats it is.

use super::ask::Found;
use super::news::key_of_item;
use crate::archive::Archive;
use crate::article::Clipping;
use crate::error::Result;
use crate::field::by_name;
use crate::query::{Query, Search, Target, ValueMatch};
use crate::saved::short_hash;
use crate::words::words;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Quotes of fewer words are repeated by chance: they are one only within a story.
const TELLING_WORDS: usize = 5;
/// Of fewer words, those that differ in one may well say two things: only the same words are the same quote.
const ALIKE_WORDS: usize = 12;

/// What a thing is one with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kinship {
    /// Names it shares, at present, with whatever is one with it.
    pub names: Vec<u64>,
    /// The one of them that stays: made of the words of a quote and the family name of who says it.
    pub lasting: Option<u64>,
    /// The id of the first telling of its story, where there are others.
    story: Option<String>,
    /// That of the first of the quotes that repeat it: `a1#q3`.
    echo: Option<String>,
    /// Hash of the words of a quote too short to be known by them elsewhere.
    brief: Option<u64>,
}

impl Kinship {
    /// That of an article.
    pub(super) fn of_article(clipping: &Clipping) -> Kinship {
        let story = clipping.story.as_ref().map(|kin| kin.first.clone());
        Kinship { names: vec![story_number(clipping)], story, ..Kinship::default() }
    }

    /// That of quote `number` (from 0), with these `words`.
    pub(super) fn of_quote(clipping: &Clipping, number: usize, said: &[String], speaker: &str) -> Kinship {
        let family = words(speaker).pop().map(|w| w.3).unwrap_or_default();
        let is_brief = said.len() < TELLING_WORDS;
        let within = if is_brief { story_number(clipping) } else { 0 };
        let by_words = short_hash(format!("quote {within} {family} {}", said.join(" ")).as_bytes());
        let echo = clipping.echo(number).filter(|_| said.len() >= ALIKE_WORDS).map(|kin| kin.first.clone());
        let by_echo = echo.as_ref().map(|first| short_hash(format!("echo {first}").as_bytes()));
        Kinship {
            names: [by_words].into_iter().chain(by_echo).collect(),
            lasting: (!is_brief).then_some(by_words),
            story: clipping.story.as_ref().map(|kin| kin.first.clone()).filter(|_| is_brief),
            echo,
            brief: is_brief.then(|| words_number(said)),
        }
    }
}

/// The words of a quote, in the id by which an archive remembers it.
pub(super) fn words_number(said: &[String]) -> u64 {
    short_hash(said.join(" ").as_bytes()) >> 32
}

/// The id by which a quote of these words is remembered, the first time they are said in the article.
pub(super) fn quote_id(article: &str, words: u64) -> String {
    format!("{article}#{words:08x}")
}

/// The story of an article, as it is called at present.
pub(super) fn story_number(clipping: &Clipping) -> u64 {
    short_hash(clipping.story_id().as_bytes())
}

/// Who else tells what, asked of the archive once for each story and quote.
pub(super) struct Others<'a> {
    archive: &'a Archive,
    asked: RefCell<HashMap<String, Rc<[String]>>>,
}

impl<'a> Others<'a> {
    pub fn of(archive: &'a Archive) -> Others<'a> {
        Others { archive, asked: RefCell::default() }
    }

    /// The keys of all items that are one with `found` at present, itself among them where there are others.
    pub fn keys(&self, found: &Found) -> Result<Vec<u64>> {
        let kin = &found.kin;
        let mut items: Vec<String> = Vec::new();
        if let Some(first) = &kin.story {
            let articles = self.asked("cluster", first)?;
            match (found.item.said, kin.brief) {
                (0, _) => items.extend(articles.iter().cloned()),
                (_, Some(words)) => items.extend(articles.iter().map(|id| quote_id(id, words))),
                _ => {}
            }
        }
        if let Some(first) = &kin.echo {
            items.extend(self.asked("echo", first)?.iter().cloned());
        }
        Ok(items.iter().map(|item| key_of_item(item)).collect())
    }

    /// The items that `field` (`cluster`, `echo`) puts under `first`.
    fn asked(&self, field: &str, first: &str) -> Result<Rc<[String]>> {
        let name = format!("{field}:{first}");
        if let Some(items) = self.asked.borrow().get(&name) {
            return Ok(Rc::clone(items));
        }
        let query = by_name(field).map_or(Query::Nothing, |field| Query::Is { field, value: ValueMatch::Whole(first.to_owned()) });
        let mut items: Vec<String> = Vec::new();
        if field == "cluster" {
            let search = Search { limit: None, fetch: false, mark: false, ..Search::articles(query) };
            items.extend(self.archive.search(&search)?.hits.into_iter().map(|hit| hit.id));
        } else {
            items.extend(super::ask::found(self.archive, &query, Target::Quotes)?.into_iter().map(|found| found.item.id));
        }
        let items: Rc<[String]> = items.into();
        self.asked.borrow_mut().insert(name, Rc::clone(&items));
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Home, IngestOptions, Progress, index};
    use crate::error::Kind;
    use std::time::{Duration, Instant};

    #[test]
    fn who_else_tells_it_is_known_or_it_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let files = dir.path().join("files");
        std::fs::create_dir(&files).unwrap();
        std::fs::write(files.join("a.json"), r#"{"id": "a", "title": "Ferry stays", "body": "The ferry stays, said Ada Kling."}"#).unwrap();
        let home = Home::make(&dir.path().join("archive")).unwrap();
        index(&home, &[files], &IngestOptions::default(), &Progress::default()).unwrap();
        let archive = Archive::open(home).unwrap();
        let late = archive.until(Some(Instant::now()));
        std::thread::sleep(Duration::from_millis(2));
        let story = Kinship { story: Some("a".to_owned()), ..Kinship::default() };
        let echo = Kinship { echo: Some("a#q1".to_owned()), ..Kinship::default() };
        for kin in [story, echo] {
            let found = Found { kin, ..Found::default() };
            assert_eq!(Others::of(&late).keys(&found).unwrap_err().kind(), Kind::Time, "nobody else would be another answer");
            assert!(Others::of(&archive).keys(&found).is_ok());
        }
        let alone = Found::default();
        assert!(Others::of(&late).keys(&alone).unwrap().is_empty(), "nothing need be asked");
    }
}

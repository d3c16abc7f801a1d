//! A saved query answered as a set: every thing it finds, with an id that stays and all that a list or a message shows.

use super::kin::{Kinship, quote_id, story_number, words_number};
use crate::archive::{Archive, Question, content_hash};
use crate::article::{self, Clipping, Speaker};
use crate::error::{Error, Kind, Result};
use crate::query::{Query, Saved, Search, Sort, Target};
use crate::saved::{Facts, FoundItem, SavedQueries, SavedQuery, Shown, short_hash};
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// An article or quote that a saved query finds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Found {
    /// The id to show it by: `a1`, or `a1#q3`.
    pub id: String,
    /// Date of publication.
    pub published: Option<String>,
    /// Headline of the article.
    pub title: Option<String>,
    /// Publication.
    pub source: Option<String>,
    /// Who speaks, in a quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The words of a quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The same as it may be cited: in marks where it is the speaker's own, `[…]` where the article says something else in between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cited: Option<String>,
    /// Address of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its file.
    pub path: String,
    /// When it came into the archive, seconds since 1970.
    pub added: i64,
    /// What is kept of it.
    #[serde(skip)]
    pub item: FoundItem,
    /// What makes it one with others in an alert: the story, or the quote wherever it is repeated.
    #[serde(skip)]
    pub kin: Kinship,
    /// When the archive got it and last saw it change.
    #[serde(skip)]
    pub facts: Facts,
}

/// A saved query answered.
pub struct Answered {
    /// How it was read.
    pub question: Question,
    /// Hash of the query read at a fixed moment: the same as long as the query says the same.
    pub hash: String,
    /// All it finds.
    pub found: Vec<Found>,
}

/// Reads `saved` against the archive, with `given` in place of its parameters.
///
/// # Errors
///
/// When it cannot be read; the message shows where.
pub fn read(archive_queries: &SavedQueries, saved: &SavedQuery, given: &[(String, String)]) -> Result<(Question, String)> {
    let params = saved.params.iter().map(|(name, value)| (name.clone(), Some(value.clone()))).collect();
    let text = Saved { text: saved.query.clone(), params, of_quotes: false }.with(given);
    let text = text.map_err(|wrong| {
        let names: Vec<&str> = saved.params.iter().map(|(name, _)| name.as_str()).collect();
        let error = Error::new(Kind::Query, format!("`{}`: {wrong}", saved.name));
        if names.is_empty() { error } else { error.with_hint(format!("its parameters: {}", names.join(", "))) }
    })?;
    let target = saved.target();
    let question = Archive::reading(&text, target, archive_queries, jiff::ZonedDateTime::now())?;
    let fixed = jiff::Timestamp::UNIX_EPOCH.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let meaning = Archive::reading(&text, target, archive_queries, fixed)?.canonical;
    let hash = format!("{:016x}", short_hash(format!("{}\n{meaning}", saved.what).as_bytes()));
    Ok((question, hash))
}

/// Answers `saved` with all it finds.
///
/// # Errors
///
/// When it cannot be read, or the index fails.
pub fn ask(archive: &Archive, queries: &SavedQueries, saved: &SavedQuery, given: &[(String, String)]) -> Result<Answered> {
    let (question, hash) = read(queries, saved, given)?;
    let question = archive.of_stories(question)?;
    let found = found(archive, &question.query, question.target)?;
    Ok(Answered { question, hash, found })
}

/// Everything that answers `query`, in order of date and id.
///
/// # Errors
///
/// When a word stands for too many words, or the index fails.
pub fn found(archive: &Archive, query: &Query, target: Target) -> Result<Vec<Found>> {
    let search = Search { target, sort: Sort::DateUp, mark: false, limit: None, ..Search::articles(query.clone()) };
    let mut all = Vec::new();
    archive.stream(&search, &mut |hit| {
        all.extend(hit.clipping.as_ref().and_then(|clipping| Found::of(clipping, hit.quote)));
        Ok(())
    })?;
    in_order(&mut all);
    Ok(all)
}

/// Puts things found in order of date, article and place; undated ones last. The same words said twice in one article are
/// two things.
pub(super) fn in_order(all: &mut [Found]) {
    let number = |f: &Found| article::split_id(&f.id).1;
    all.sort_by_cached_key(|f| (f.published.is_none(), f.published.clone(), f.item.article().to_owned(), number(f)));
    let mut times: HashMap<String, usize> = HashMap::new();
    for found in all.iter_mut().filter(|f| f.item.said != 0) {
        let n = times.entry(found.item.id.clone()).and_modify(|n| *n += 1).or_insert(1);
        if *n > 1 {
            found.item.id = format!("{}.{n}", found.item.id);
        }
    }
}

impl Found {
    /// What is there no longer, as far as it is remembered.
    pub(super) fn gone(item: &Shown) -> Found {
        let (day, title) = item.label.split_once(' ').unwrap_or(("", &item.label));
        Found {
            id: item.article.clone(),
            published: Some(day.to_owned()).filter(|d| d.starts_with(|c: char| c.is_ascii_digit())),
            title: Some(title.to_owned()),
            item: FoundItem { id: item.id.clone(), label: item.label.clone(), ..FoundItem::default() },
            ..Found::default()
        }
    }

    /// The article, or its quote of this number (from 0); `None` when it has no such quote.
    pub fn of(clipping: &Clipping, quote: Option<usize>) -> Option<Found> {
        let article = &clipping.article;
        let quoted = match quote {
            Some(number) => Some((number, clipping.annotations.quotes.get(number)?)),
            None => None,
        };
        let first = |s: &Speaker| s.name.clone().or_else(|| s.text.clone());
        let day = article.published.as_deref().and_then(|d| d.get(..10)).unwrap_or("no date");
        let mut found = Found {
            id: article.id.clone(),
            published: article.published.clone(),
            title: article.title.clone(),
            source: article.source.clone(),
            speaker: quoted.and_then(|(_, q)| q.speaker.as_ref()?.called()),
            text: quoted.map(|(_, q)| q.text.clone()),
            cited: quoted.map(|(_, q)| q.cited()),
            url: article.url.clone(),
            path: article.path.clone(),
            added: clipping.filed.added,
            item: FoundItem {
                id: article.id.clone(),
                text: content_hash(article),
                said: 0,
                cluster: story_number(clipping),
                label: format!("{day} {}", article.title.as_deref().map_or_else(|| begin(&article.body), begin)),
            },
            kin: Kinship::of_article(clipping),
            facts: Facts { first: clipping.filed.first, revision: clipping.filed.revision, published: article.published.clone() },
        };
        if let Some((number, quote)) = quoted {
            let said: Vec<String> = words(&quote.text).into_iter().map(|w| w.3).collect();
            let folded = said.join(" ");
            let speaker = quote.speaker.as_ref().and_then(first).unwrap_or_default();
            found.id = article::quote_id(&article.id, number);
            found.item.id = quote_id(&article.id, words_number(&said));
            found.item.said = short_hash(format!("{folded}\n{speaker}").as_bytes()).max(1);
            let begun = begin(&quote.cited());
            let mark = if begun.ends_with('…') && begun.matches('“').count() > begun.matches('”').count() { "”" } else { "" };
            found.item.label = format!("{day} {begun}{mark}");
            found.kin = Kinship::of_quote(clipping, number, &said, &speaker);
        }
        Some(found)
    }
}

/// The first words of a text, on one line.
fn begin(text: &str) -> String {
    const LONGEST: usize = 90;
    let line = text.split_whitespace().take(40).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", line[..at].rsplit_once(' ').map_or(&line[..at], |(head, _)| head)),
        None => line,
    }
}

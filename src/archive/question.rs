//! From typed words to an answered search: reads the query against the archive, counts facets sideways, falls back to
//! partial matches.

use super::{Answer, Archive};
use crate::error::Result;
use crate::extract::names::n_titles;
use crate::extract::places::filed_as;
use crate::query::{self, Context, Dialect, Hit, Matcher, Parsed, Query, Results, Search, Target};
use crate::saved::SavedQueries;
use std::cell::OnceCell;

/// A query that was read, and how.
pub struct Question {
    /// What is asked.
    pub query: Query,
    /// For articles or for quotes.
    pub target: Target,
    /// In canonical spelling.
    pub canonical: String,
    /// As one sentence.
    pub reading: String,
    /// What there is to note on the reading, for people.
    pub notes: Vec<String>,
    /// What was typed as Nexis reads it, in canonical spelling, where it has `and`, `or` or `not` as Nexis writes them.
    pub elsewhere: Option<String>,
    /// What to ask of quotes instead, where a search for articles was typed as a question on who said what.
    pub of_quotes: Option<String>,
}

/// An answered search.
pub struct Answered {
    /// Hits as people and programs see them.
    pub hits: Vec<Answer>,
    /// Counts.
    pub results: Results,
    /// Nothing has all the words: the hits have some of them.
    pub partial: bool,
}

impl Archive {
    /// Reads `text` as a query; saved queries may be named in it.
    ///
    /// # Errors
    ///
    /// When a part of it has no meaning; the message shows where.
    pub fn question(&self, text: &str, target: Target) -> Result<Question> {
        self.question_in(text, target, Dialect::Morgue)
    }

    /// Reads `text` as a query in another language; what has no counterpart here is among the notes.
    ///
    /// # Errors
    ///
    /// As [`Archive::question`].
    pub fn question_in(&self, text: &str, target: Target, dialect: Dialect) -> Result<Question> {
        // A large file of saved queries takes a while to read, and few queries name one.
        let saved = OnceCell::new();
        let find = |name: &str| {
            let saved = saved.get_or_init(|| SavedQueries::read(&self.home.queries()));
            saved.as_ref().ok().and_then(|saved| saved.reference(name))
        };
        let question = Archive::reading_in(text, &Context { saved: &find, dialect, places: &filed_as, ..Context::new(target) });
        let mut question = match saved.into_inner() {
            Some(Err(unreadable)) => return Err(unreadable),
            _ => question?,
        };
        question = self.of_stories(question)?;
        question.notes.extend(self.otherwise(&question.query, target)?);
        Ok(question)
    }

    /// A question that was read without an archive, with the stories it names as this one knows them: by their first telling.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn of_stories(&self, mut question: Question) -> Result<Question> {
        question.query = self.with_first_tellings(question.query, &mut question.notes)?;
        question.canonical = query::print(&question.query);
        Ok(question)
    }

    /// Reads `text` as [`Archive::question`] does, with the saved queries of `saved` and the days counted from `now`.
    ///
    /// # Errors
    ///
    /// As [`Archive::question`].
    pub fn reading(text: &str, target: Target, saved: &SavedQueries, now: jiff::ZonedDateTime) -> Result<Question> {
        let find = |name: &str| saved.reference(name);
        Archive::reading_in(text, &Context { saved: &find, now: now.into(), places: &filed_as, ..Context::new(target) })
    }

    fn reading_in(text: &str, context: &Context<'_>) -> Result<Question> {
        let (target, dialect) = (context.target, context.dialect);
        let asked = Some(text).filter(|_| dialect == Dialect::Morgue).and_then(|text| query::sentence(text, &n_titles));
        let text = asked.as_deref().filter(|_| target == Target::Quotes).unwrap_or(text);
        let Parsed { query, problems, .. } = query::parse(text, context);
        if let Some(refusal) = query::refusal(text, &problems) {
            return Err(refusal);
        }
        let mut notes: Vec<String> = problems.iter().map(query::Problem::said).collect();
        notes.extend(asked.as_ref().map(|asked| match target {
            Target::Quotes => format!("read as a question: {asked} (in quotation marks, words are searched as they stand)"),
            Target::Articles => format!("searched word by word; who said what is asked of quotes: {asked}"),
        }));
        let elsewhere = (dialect == Dialect::Morgue && query::has_small_operators(&problems)).then(|| {
            let read = query::parse(text, &Context { dialect: Dialect::Nexis, now: context.now.clone(), ..*context });
            Some(query::print(&read.query)).filter(|_| read.is_sound() && read.query != query)
        });
        let (canonical, reading) = (query::print(&query), query::reading(&query, target));
        let of_quotes = asked.filter(|_| target == Target::Articles);
        Ok(Question { canonical, reading, query, target, notes, elsewhere: elsewhere.flatten(), of_quotes })
    }

    /// Answers `search`. A facet whose field the query narrows is counted as if it did not, so that the other values it could
    /// have show what they would give. When no hit has all the words, the best with some of them come, marked so; when no words are asked
    /// for, the newest come first ([`Search::order`]).
    ///
    /// # Errors
    ///
    /// When a word stands for too many words, or the index fails.
    pub fn answer(&self, search: &Search) -> Result<Answered> {
        let mut hits = Vec::new();
        let answered = self.answer_each(search, &mut |answer, _| {
            hits.push(answer);
            Ok(())
        })?;
        Ok(Answered { hits, ..answered })
    }

    /// As [`Archive::answer`], but the hits go to `take` one after the other, as people and as engines see them.
    ///
    /// # Errors
    ///
    /// As [`Archive::answer`], or when `take` fails.
    pub fn answer_each(&self, search: &Search, take: &mut dyn FnMut(Answer, &Hit) -> Result<()>) -> Result<Answered> {
        let search = &Search { sort: search.order(), ..search.clone() };
        let mut each = |search: &Search, partial: bool| {
            let some = partial || search.any;
            let matcher = match search.mark {
                true if some => Matcher::partial(&search.query, search.target),
                true => Matcher::new(&search.query, search.target),
                false => Matcher::new(&Query::All, search.target),
            };
            self.stream(search, &mut |hit| match Answer::of(&hit, search.target, &matcher, partial) {
                Some(answer) => take(answer, &hit),
                None => Ok(()),
            })
        };
        let mut results = each(search, false)?;
        let mut partial = false;
        if results.total == 0 && !search.any && n_words(&search.query) > 1 {
            partial = each(&Search { any: true, feedback: false, ..search.clone() }, true)?.total > 0;
        }
        for (request, counts) in search.facets.iter().zip(&mut results.facets) {
            let Some((_, query)) = search.sideways.iter().find(|(field, _)| *field == request.field) else { continue };
            let facets = vec![request.clone()];
            let open = Search { query: query.clone(), facets, limit: Some(0), offset: 0, timeline: None, ..search.clone() };
            if let Some(sideways) = self.search(&open)?.facets.pop() {
                *counts = sideways;
            }
        }
        Ok(Answered { hits: Vec::new(), results, partial })
    }
}

/// Clauses of words among those that must all hold.
fn n_words(query: &Query) -> usize {
    match query {
        Query::And(all) => all.iter().filter(|q| matches!(q, Query::Text { .. })).count(),
        _ => 0,
    }
}

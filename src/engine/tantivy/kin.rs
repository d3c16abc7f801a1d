//! Copies of a story, repeated quotes and versions: asked for (`cluster:`, `dup:`, `echo:`, `version:`), noted on clippings, and folded
//! into one hit.

use super::draft::Group;
use super::drawers::{Bits, Drawers, Lines};
use super::lower::{Lowered, Lowering, join};
use super::pass::in_time;
use super::revised::Statements;
use super::schema::{KIND, NUMBER, On, QUOTES};
use super::stories::{Of, Stories};
use crate::article::{Clipping, Kin, Versions, split_id};
use crate::error::{Context, Error, Kind, Result};
use crate::field::{self, Field};
use crate::query::{FormMatcher, Query as Question, ValueMatch, WordForm};
use crate::words;
use std::collections::HashSet;
use std::sync::Arc;
use tantivy::query::{ConstScoreQuery, EmptyQuery, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Which articles or quotes are asked for.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    /// Articles of the stories with these firsts.
    Stories(Arc<HashSet<u32>>),
    /// Articles that are copies, or those that are none.
    Copies(bool),
    /// Quotes of the groups with these firsts.
    Echoes(Arc<HashSet<u32>>),
    /// Articles of which the last versions are these.
    Versions(Arc<HashSet<u32>>),
    /// Articles whose version is called so.
    Version(ValueMatch),
}

/// Articles or quotes by what the table of stories says of them.
#[derive(Clone)]
pub(super) struct KinQuery {
    pub asked: Asked,
    pub stories: Arc<Stories>,
    pub drawers: Arc<Drawers>,
}

impl std::fmt::Debug for KinQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KinQuery({:?})", self.asked)
    }
}

impl Query for KinQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for KinQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let docs = match &self.asked {
            Asked::Echoes(firsts) => self.quotes(reader, boost, &self.stories.members(Of::Quotes, firsts))?,
            Asked::Stories(firsts) => self.numbered(reader, boost, &self.stories.members(Of::Articles, firsts))?,
            Asked::Versions(lasts) => self.numbered(reader, boost, &self.stories.members(Of::Versions, lasts))?,
            Asked::Copies(copies) => self.articles(reader, boost, Of::Articles, |_, number, first| (number != first) == *copies)?,
            Asked::Version(asked) => {
                let (latest, superseded) = (is(asked, "latest"), is(asked, "superseded"));
                let statements = Statements::open(reader)?;
                self.articles(reader, boost, Of::Versions, |doc, number, last| {
                    if if number == last { latest } else { superseded } {
                        return true;
                    }
                    let stated = statements.of(doc).unwrap_or_default();
                    stated.kind.is_some_and(|k| is(asked, k.name())) || stated.number.is_some_and(|n| is(asked, &n.to_string()))
                })?
            }
        };
        Ok(super::join::listed(docs))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("it is a copy, or of a story, as asked", 1.0))
    }
}

impl KinQuery {
    /// The articles of which `asked` says so: called with the document, its number and that of its first telling, or last version.
    fn articles(
        &self,
        reader: &SegmentReader,
        boost: Score,
        of: Of,
        asked: impl Fn(DocId, u32, u32) -> bool,
    ) -> tantivy::Result<Vec<(DocId, Score)>> {
        let (articles, numbers) = self.written(reader, NUMBER)?;
        let all = articles.each().zip(0..).filter_map(|(doc, place)| Some((doc, *numbers.of(place).first()?)));
        Ok(all.filter(|(doc, n)| asked(*doc, *n, self.stories.first(of, *n))).map(|(doc, _)| (doc, boost)).collect())
    }

    /// The articles with one of `members` as their number.
    fn numbered(&self, reader: &SegmentReader, boost: Score, members: &[u32]) -> tantivy::Result<Vec<(DocId, Score)>> {
        let (articles, numbers) = self.written(reader, NUMBER)?;
        let all = articles.each().zip(0..);
        let asked = |place| numbers.of(place).first().is_some_and(|n| members.binary_search(n).is_ok());
        Ok(all.filter(|(_, place)| asked(*place)).map(|(doc, _)| (doc, boost)).collect())
    }

    /// The quotes with one of `members` as their number.
    fn quotes(&self, reader: &SegmentReader, boost: Score, members: &[u32]) -> tantivy::Result<Vec<(DocId, Score)>> {
        let (articles, from) = self.written(reader, QUOTES)?;
        let (_, counts) = self.written(reader, "_down")?;
        let mut docs = Vec::new();
        for (article, place) in articles.each().zip(0..) {
            let (Some(from), Some(count)) = (from.of(place).first(), counts.of(place).first()) else { continue };
            let some = &members[members.partition_point(|n| n < from)..];
            // Quotes stand before their article, the first of them first.
            docs.extend(some.iter().take_while(|n| **n < from + count).map(|n| (article - count + (n - from), boost)));
        }
        Ok(docs)
    }

    /// The articles of a segment, and one of their columns written out.
    fn written(&self, reader: &SegmentReader, name: &str) -> tantivy::Result<(Arc<Bits>, Arc<Lines>)> {
        let articles = self.drawers.articles(reader, reader.schema().get_field(KIND)?)?;
        let lines = self.drawers.lines(reader, name, &articles, On::Article)?;
        Ok((articles, lines))
    }
}

impl Lowering<'_> {
    /// Articles or quotes by their place among others.
    pub fn kin(&self, field: &'static Field, value: &ValueMatch, on: On) -> Result<Lowered> {
        let query = |asked| {
            let query = KinQuery { asked, stories: Arc::clone(self.stories), drawers: Arc::clone(self.drawers) };
            Box::new(ConstScoreQuery::new(Box::new(query), 0.0)) as Lowered
        };
        let (lowered, at) = match field.name {
            "dup" => {
                let (original, copy) = (is(value, "original"), is(value, "copy"));
                let lowered = match (original, copy) {
                    (true, true) => self.kind(On::Article),
                    (false, false) => Box::new(EmptyQuery),
                    _ => query(Asked::Copies(copy)),
                };
                (lowered, On::Article)
            }
            "cluster" => (query(Asked::Stories(Arc::new(self.firsts(value, Of::Articles)?))), On::Article),
            "versions" => (query(Asked::Versions(Arc::new(self.firsts(value, Of::Versions)?))), On::Article),
            "version" => (query(Asked::Version(value.clone())), On::Article),
            _ => (query(Asked::Echoes(Arc::new(self.first_quotes(value)?))), On::Quote),
        };
        Ok(if at == on { lowered } else { join(lowered, on) })
    }

    /// The numbers of the articles whose ids are as asked and that told their story first, or are the last version.
    fn firsts(&self, value: &ValueMatch, of: Of) -> Result<HashSet<u32>> {
        let mut firsts = HashSet::new();
        self.with_id(value, |reader, doc| {
            let number = self.drawers.naturals(reader, NUMBER)?.first(doc).map(|n| n as u32);
            firsts.extend(number.filter(|n| self.stories.first(of, *n) == *n));
            Ok(())
        })?;
        Ok(firsts)
    }

    /// The number of the quote called so, if it is the first of those that repeat it.
    fn first_quotes(&self, value: &ValueMatch) -> Result<HashSet<u32>> {
        let name = match value {
            ValueMatch::Words(forms) => match forms.as_slice() {
                [WordForm::Exact(name)] => name,
                _ => return Err(one_quote()),
            },
            ValueMatch::Whole(name) => name,
            ValueMatch::Regex(_) => return Err(one_quote()),
        };
        let (id, Some(which)) = split_id(name) else { return Err(one_quote()) };
        let which = which as u64;
        let mut firsts = HashSet::new();
        self.with_id(&ValueMatch::Words(vec![WordForm::Exact(words::fold(id).into_owned())]), |reader, doc| {
            let fast = reader.fast_fields();
            let there = fast.u64("_down")?.first(doc).is_some_and(|n| which < n);
            let number = fast.u64(QUOTES)?.first(doc).filter(|_| there).map(|from| (from + which) as u32);
            firsts.extend(number.filter(|n| self.stories.first(Of::Quotes, *n) == *n));
            Ok(())
        })?;
        Ok(firsts)
    }

    /// Calls `each` with the documents of all articles whose ids are as asked.
    fn with_id(&self, value: &ValueMatch, mut each: impl FnMut(&SegmentReader, DocId) -> tantivy::Result<()>) -> Result<()> {
        let failed = || "cannot look up an article".to_owned();
        let query =
            self.query(&Question::Is { field: field::by_name("id").unwrap_or(&field::FIELDS[0]), value: value.clone() }, On::Article)?;
        let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher)).context(Kind::Engine, failed)?;
        for reader in self.searcher.segment_readers() {
            let scorer = weight.scorer(reader, 1.0);
            in_time(self.deadline)?;
            let mut scorer = scorer.context(Kind::Engine, failed)?;
            while scorer.doc() != TERMINATED {
                if !reader.is_deleted(scorer.doc()) {
                    each(reader, scorer.doc()).context(Kind::Engine, failed)?;
                }
                scorer.advance();
            }
        }
        Ok(())
    }
}

/// Whether a code is as asked.
fn is(value: &ValueMatch, code: &str) -> bool {
    let form = match value {
        ValueMatch::Words(forms) => match forms.as_slice() {
            [form] => form.clone(),
            _ => return false,
        },
        ValueMatch::Whole(whole) => WordForm::Exact(words::fold(whole).into_owned()),
        ValueMatch::Regex(regex) => WordForm::Regex(format!("(?i:{regex})")),
    };
    FormMatcher::new(&form, &[]).matches(code)
}

fn one_quote() -> Error {
    Error::new(Kind::Query, "`echo` takes the id of one quote").with_hint("as `morgue quotes` prints it: `echo:\"TIME-017#q3\"`")
}

/// Notes on `clipping` which story it tells and which of its quotes are repeated.
pub(super) fn note(clipping: &mut Clipping, stories: &Stories, number: Option<u64>, quotes_from: Option<u64>) {
    let kin = |group: Group| Kin { first: group.name, articles: group.articles };
    let of = |of: Of, number: u32| stories.group(of, stories.first(of, number)).map(kin);
    clipping.story = number.and_then(|number| of(Of::Articles, number as u32));
    let versions = number.and_then(|number| of(Of::Versions, number as u32));
    clipping.versions = versions.map(|Kin { first, articles }| Versions { latest: first, articles });
    if let Some(from) = quotes_from {
        let quotes = 0..clipping.annotations.quotes.len();
        clipping.echoes = quotes.filter_map(|i| Some((i, of(Of::Quotes, from as u32 + i as u32)?))).collect();
    }
}

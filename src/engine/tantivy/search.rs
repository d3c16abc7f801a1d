//! A search: lowered, gone over in one [`Pass`], then its hits one by one.

use super::Tantivy;
use super::capitals::as_one;
use super::feedback;
use super::fold::{Folding, folded};
use super::kin;
use super::lower::Lowering;
use super::pass::{Found, Pass, in_time, score_of};
use super::schema::{NUMBER, On, QUOTES};
use super::stories::Stories;
use super::stretch::ALONE;
use crate::article::Clipping;
use crate::error::{Context, Error, Kind, Result};
use crate::query::{Hit, Results, Search, Sort};
use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Instant;
use tantivy::query::Query;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, TERMINATED, Term};

impl Tantivy {
    /// What turns questions into the index's own.
    pub(super) fn lowering<'a>(
        &'a self,
        searcher: &'a Searcher,
        stories: &'a Arc<Stories>,
        languages: &'a [&'a str],
        any: bool,
        deadline: Option<Instant>,
    ) -> Lowering<'a> {
        Lowering {
            searcher,
            columns: &self.columns,
            stories,
            drawers: &self.drawers,
            memory: &self.memory,
            reading: &self.shelf.reading,
            languages,
            any,
            deadline,
        }
    }
}

pub(super) fn stream(engine: &Tantivy, searcher: &Searcher, search: &Search, take: &mut dyn FnMut(Hit) -> Result<()>) -> Result<Results> {
    stream_in(engine, searcher, search, ALONE, take)
}

/// Answers a search; side by side when there are more documents than `alone`.
fn stream_in(
    engine: &Tantivy,
    searcher: &Searcher,
    search: &Search,
    alone: usize,
    take: &mut dyn FnMut(Hit) -> Result<()>,
) -> Result<Results> {
    in_time(search.deadline)?;
    let on = On::of(search.target);
    let languages = engine.languages(searcher)?;
    let stories = engine.stories();
    let lowering = engine.lowering(searcher, &stories, &languages, search.any, search.deadline);
    let query = feedback::widened(engine, searcher, &lowering, search, lowering.whole(&search.query, on)?)?;
    let (mut pass, counts) = Pass::over(engine, searcher, query.as_ref(), search, on, alone)?;
    let stories = pass.folding.as_ref().map_or(pass.total, Folding::distinct);
    let tallies = pass.unfold();
    let mut found = pass.best.into_sorted_vec();
    found.drain(..search.offset.min(found.len()));
    let facets: Result<Vec<_>> = counts.counters.into_iter().map(|c| as_one(engine, searcher, c)?.finish(&engine.values())).collect();
    let undated = counts.timeline.undated;
    let facets = facets?;
    let by_list = !search.fetch && engine.drawers.wants_ids(searcher, found.len());
    for (n, Reverse(found)) in found.iter().enumerate() {
        if n % 16 == 15 {
            in_time(search.deadline)?;
        }
        let mut hit = hit(engine, searcher, search, on, found, by_list)?;
        if let Some(tally) = tallies.get(&found.1.0).filter(|_| search.fetch) {
            hit.folded = folded(engine, searcher, on, tally)?;
        }
        take(hit)?;
    }
    let (total, articles, timeline) = (pass.total, counts.articles, counts.timeline.finish());
    Ok(Results { hits: Vec::new(), total, articles, stories, undated, facets, timeline })
}

/// The `n` best articles that `query` finds, with their scores.
pub(super) fn best(engine: &Tantivy, searcher: &Searcher, query: &dyn Query, n: usize) -> Result<Vec<(f32, DocAddress)>> {
    let search = Search { limit: Some(n), ..Search::articles(crate::query::Query::All) };
    let found = Pass::over(engine, searcher, query, &search, On::Article, ALONE)?.0.best.into_sorted_vec();
    Ok(found.into_iter().map(|Reverse(((key, _), Reverse((segment, doc))))| (score_of(key), DocAddress::new(segment, doc))).collect())
}

/// A hit with its clipping, if that is to be fetched, or with its id alone, taken from the list of all if that pays.
fn hit(engine: &Tantivy, searcher: &Searcher, search: &Search, on: On, found: &Found, by_list: bool) -> Result<Hit> {
    let ((key, _), Reverse((segment, doc))) = *found;
    let reader = searcher.segment_reader(segment);
    let failed = || "cannot read a hit from the index".to_owned();
    let number =
        |name: &str, doc: DocId| engine.drawers.naturals(reader, name).map(|column| column.first(doc)).context(Kind::Engine, failed);
    let (article, quote) = match on {
        On::Article => (doc, None),
        On::Quote => (doc + number("_up", doc)?.unwrap_or(0) as DocId, number("_quote", doc)?.map(|n| n as usize)),
    };
    let score = if search.sort == Sort::Relevance { score_of(key) } else { 0.0 };
    if by_list {
        let ids = engine.drawers.ids(reader, engine.columns.id).context(Kind::Engine, failed)?;
        if let Some(id) = ids.of(article) {
            return Ok(Hit { id: id.to_owned(), quote, score, folded: None, clipping: None });
        }
    }
    let clipping = load(engine, searcher, &engine.stories(), DocAddress::new(segment, article))?;
    Ok(Hit { id: clipping.article.id.clone(), quote, score, folded: None, clipping: search.fetch.then_some(clipping) })
}

/// The clipping stored at `address`.
pub(super) fn load(engine: &Tantivy, searcher: &Searcher, stories: &Stories, address: DocAddress) -> Result<Clipping> {
    let failed = || "cannot read a stored clipping".to_owned();
    let fetched = engine.shelf.clipping(searcher, address, engine.columns.clipping).context(Kind::Engine, failed)?;
    let mut clipping = fetched.ok_or_else(|| Error::new(Kind::Engine, failed()))?;
    let reader = searcher.segment_reader(address.segment_ord);
    let number =
        |name: &str| engine.drawers.naturals(reader, name).map(|column| column.first(address.doc_id)).context(Kind::Engine, failed);
    kin::note(&mut clipping, stories, number(NUMBER)?, number(QUOTES)?);
    Ok(clipping)
}

/// The document of the article with this id.
pub(super) fn find(engine: &Tantivy, searcher: &Searcher, id: &str) -> Result<Option<DocAddress>> {
    let failed = || "cannot look up an article".to_owned();
    let term = Term::from_field_text(engine.columns.id, id);
    for (number, reader) in searcher.segment_readers().iter().enumerate() {
        let inverted = reader.inverted_index(engine.columns.id).context(Kind::Engine, failed)?;
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic).context(Kind::Engine, failed)? else { continue };
        let articles = engine.drawers.articles(reader, engine.columns.kind).context(Kind::Engine, failed)?;
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if !reader.is_deleted(doc) && articles.next(doc) == Some(doc) {
                return Ok(Some(DocAddress::new(number as u32, doc)));
            }
            doc = postings.advance();
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::super::census;
    use super::super::memory::Memory;
    use super::super::{Access, Engine, schema::Columns};
    use super::*;
    use crate::article::{Annotations, Article, Clipping, Quote, Speaker, SpeakerClass};
    use crate::field;
    use crate::query::Target;
    use crate::query::{Bucket, FacetRequest, Query};
    use std::path::Path;

    fn clipping(number: usize) -> Clipping {
        let name = |n: usize| format!("Person {}", n % 17);
        let quote = |n: usize| Quote {
            text: format!("words of quote {n} flood"),
            speaker: Some(Speaker { name: Some(name(n)), class: SpeakerClass::Person, ..Speaker::default() }),
            ..Quote::default()
        };
        let body = format!("A flood came in {number}. {}", "It rose. ".repeat(number % 5));
        let article = Article {
            id: format!("a{number}"),
            body,
            source: (!number.is_multiple_of(3)).then(|| format!("Source {}", number % 7)),
            published: (!number.is_multiple_of(4)).then(|| format!("20{:02}-0{}-11", number % 20, 1 + number % 9)),
            ..Article::default()
        };
        let quotes = (0..number % 6).map(|n| quote(number + n)).collect();
        Clipping { article, annotations: Annotations { quotes, ..Annotations::default() }, ..Clipping::default() }
    }

    /// What answers a search, by id, found with or without the clippings.
    fn ids(engine: &Tantivy, searcher: &Searcher, search: &Search, fetch: bool) -> Vec<(String, Option<usize>)> {
        let mut hits = Vec::new();
        let search = Search { fetch, limit: None, ..search.clone() };
        let take = &mut |hit: Hit| {
            assert_eq!(hit.clipping.is_some(), fetch);
            hits.push((hit.id, hit.quote));
            Ok(())
        };
        stream(engine, searcher, &search, take).unwrap();
        hits
    }

    /// What a process that starts does not know.
    fn forget(engine: &mut Tantivy) {
        engine.memory = Memory::at(&engine.dir);
        engine.drawers = Default::default();
        *engine.stories.write().unwrap() = Arc::new(Stories::open(&engine.dir).unwrap());
    }

    /// An index of 500 articles, 100 of them put twice.
    fn filled(dir: &Path) -> Tantivy {
        super::super::open(dir, Access::Write).unwrap().engine.commit("").unwrap();
        let index = tantivy::Index::open_in_dir(dir).unwrap();
        super::super::tokens::register(&index);
        let values = super::super::values::ValuesWriter::open(dir, 0, 0).unwrap();
        let packer = super::super::dictionary::Packer::open(dir, 0).unwrap();
        let writer = Some(index.writer_with_num_threads(1, 20_000_000).unwrap());
        let reader = index.reader().unwrap();
        let writing = Some(std::sync::Mutex::new(super::super::writing::Writing {
            writer,
            values,
            packer,
            numbers: (0, 0),
            told: 0,
            began: 0,
            written: 0,
            gone: None,
            taken: Default::default(),
        }));
        let engine = Tantivy {
            dir: dir.to_owned(),
            columns: Columns::new(),
            reader,
            stories: Default::default(),
            shelf: super::super::shelf::Shelf::at(dir),
            drawers: Default::default(),
            memory: Memory::at(dir),
            known: Default::default(),
            writing,
        };
        for part in 0..3 {
            let some: Vec<Clipping> = (0..200).map(|n| clipping(part * 150 + n)).collect();
            engine.put(&some).unwrap();
            engine.commit("").unwrap();
        }
        engine
    }

    #[test]
    fn side_by_side_or_alone_new_or_known_the_answer_is_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let mut engine = filled(dir.path());
        let searcher = engine.searcher();
        let facets =
            ["speaker", "source", "year", "words"].map(|name| FacetRequest { field: field::by_name(name).unwrap(), limit: None, by: None });
        let pivot = FacetRequest { by: field::by_name("year"), ..facets[1].clone() };
        let word = |text: &str| crate::query::parse(text, &crate::query::Context::new(Target::Articles)).query;
        for query in
            [Query::All, word("flood"), word("rose"), word("speaker:\"Person 3\""), word("flood -rose"), word("rose -speaker:\"Person 3\"")]
        {
            for target in [Target::Articles, Target::Quotes] {
                let facets = facets.iter().chain([&pivot]).cloned().collect();
                let search = Search { target, facets, timeline: Some(Bucket::Month), collapse: true, ..Search::articles(query.clone()) };
                let answer = |engine: &Tantivy, alone: usize| {
                    let mut hits = Vec::new();
                    let take = &mut |hit| {
                        hits.push(hit);
                        Ok(())
                    };
                    let results = stream_in(engine, &searcher, &search, alone, take).unwrap();
                    (format!("{results:?} {hits:?}"), results)
                };
                // By what was kept from other questions: what most have is counted by what the rest has.
                let (kept_text, _) = answer(&engine, usize::MAX);
                forget(&mut engine);
                let ((alone_text, alone), (beside, _)) = (answer(&engine, usize::MAX), answer(&engine, 0));
                assert_eq!(alone_text, beside, "{query:?}");
                assert_eq!(alone_text, kept_text, "{query:?}");
                // By what a run wrote down.
                census::take(&engine, &searcher).unwrap();
                for alone in [usize::MAX, 0] {
                    forget(&mut engine);
                    assert_eq!(alone_text, answer(&engine, alone).0, "{query:?}");
                    assert!(engine.census(&searcher).is_some());
                }
                std::fs::remove_file(dir.path().join("census.dat")).unwrap();
                forget(&mut engine);
                assert_eq!(ids(&engine, &searcher, &search, true), ids(&engine, &searcher, &search, false), "{query:?}");
                let sorted = |sort| {
                    let mut all = ids(&engine, &searcher, &Search { sort, collapse: false, ..search.clone() }, true);
                    all.sort();
                    all
                };
                assert_eq!(sorted(Sort::Stored), sorted(Sort::DateUp), "{query:?}");
                assert!((alone.total > 0 || target == Target::Quotes) && alone.articles <= 500, "{query:?}");
            }
        }
        assert!(engine.census(&searcher).is_none());
        let writing = engine.writing.take().unwrap().into_inner().unwrap();
        engine.close(writing, 500);
        forget(&mut engine);
        assert!(engine.census(&engine.searcher()).is_some(), "600 were put, and it is of what the last merge left");
    }
}

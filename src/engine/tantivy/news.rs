//! Tells the stories of what came and went since they were last told; all other articles and quotes stay where they stand in the table.
//!
//! What comes to an archive every day is little beside what is in it. Which of the older ones are told otherwise for it is found
//! out from the sketches of all (see [`Touched`]), which are read through once or a few times, and not kept in memory.

use super::Tantivy;
use super::draft::Draft;
use super::retell::{self, Drawn, Sketched, parted};
use super::stories::Of;
use super::writing::Writing;
use crate::error::{Context, Kind, Result};
use crate::spread::{processors, spread};
use crate::story::{self, Articles, Quotes, Sketches, State, Telling, Touched};
use std::collections::HashMap;
use tantivy::{DocId, SegmentReader};

/// Where more than one in so many of all articles, or of all quotes, are to be told anew, or were met on the way, all are.
const PARTS: usize = 20;
/// Up to so many are few in any case.
const FEW: usize = 1_000;

/// Articles that were taken out, by their numbers.
pub(super) type Gone = HashMap<u32, Sketched<'static>>;

/// Articles and quotes that are to be told anew, and those that were met when these were looked for.
#[derive(Default)]
struct News {
    articles: Touched<Articles>,
    quotes: Touched<Quotes>,
}

impl News {
    fn add(&mut self, of: Of, telling: Telling<'_>, state: State) {
        if of == Of::Quotes { self.quotes.add(telling, state) } else { self.articles.add(telling, state) }
    }

    fn is_near(&self, of: Of, sketch: &[u8]) -> bool {
        if of == Of::Quotes { self.quotes.is_near(sketch) } else { self.articles.is_near(sketch) }
    }

    /// Begins a pass; `false` when none is needed any more.
    fn look(&mut self) -> bool {
        let (articles, quotes) = (self.articles.look(), self.quotes.look());
        articles || quotes
    }
}

/// Whether so many are few where there were `told` before.
pub(super) fn are_few(n: usize, told: usize) -> bool {
    n <= FEW.max(told / PARTS)
}

/// Tells the stories of what came since they were last told, and of all that is near to it or to those that are `gone`. `false`, and
/// nothing is done, where so much is to be told anew that it is better to tell all, or there is no table to go on from.
pub(super) fn tell(engine: &Tantivy, writing: &Writing, gone: &Gone, stamp: u64) -> Result<bool> {
    let failed = || "cannot read the sketches in the index".to_owned();
    let (searcher, before) = (engine.searcher(), engine.stories());
    let (n_articles, n_quotes) = (before.count(Of::Articles), before.count(Of::Quotes));
    if n_articles as u64 != writing.told {
        return Ok(false);
    }
    let segments = searcher.segment_readers();
    let mut news = News::default();
    for went in gone.values() {
        went.each(|of, telling| news.add(of, telling, State::Gone));
    }
    for reader in segments {
        came(reader, writing.told, &mut news).context(Kind::Engine, failed)?;
    }
    loop {
        if !are_few(news.articles.known(), n_articles) || !are_few(news.quotes.known(), n_quotes) {
            return Ok(false);
        }
        if !news.look() {
            break;
        }
        let met = spread(processors(), segments.len(), Vec::new, |met, n| near(&segments[n], &news, met)).context(Kind::Engine, failed)?;
        for sketched in met.iter().flatten() {
            sketched.each(|of, telling| {
                if news.is_near(of, telling.sketch) {
                    news.add(of, telling, State::Met);
                }
            });
        }
        news.articles.grow();
        news.quotes.grow();
    }
    let (told, _) = told_on(before.draft(Of::Articles, writing.numbers.0), &news.articles);
    let (said, quotes) = told_on(before.draft(Of::Quotes, writing.numbers.1), &news.quotes);
    retell::write(&engine.dir, (&searcher, &engine.columns), [told, said], (&before, &quotes), stamp).map(|()| true)
}

/// A side of the table without those that are gone, and with those that were touched told anew; and these.
fn told_on<K: story::Kind + Default>(mut draft: Draft, touched: &Touched<K>) -> (Draft, Sketches<K>) {
    let (told, firsts) = touched.tell();
    draft.forget(&touched.gone());
    draft.tell(&told, &firsts);
    (draft, told)
}

/// Adds the articles of a segment whose numbers are from `told` on, and their quotes.
fn came(reader: &SegmentReader, told: u64, news: &mut News) -> tantivy::Result<()> {
    let Some(drawn) = Drawn::open(reader)? else { return Ok(()) };
    let mut docs: Vec<DocId> = Vec::new();
    drawn.numbers.get_docids_for_value_range(told..=u64::MAX, 0..reader.max_doc(), &mut docs);
    for doc in docs.into_iter().filter(|doc| !reader.is_deleted(*doc)) {
        if let Some(sketched) = drawn.of(doc)? {
            sketched.each(|of, telling| news.add(of, telling, State::Anew));
        }
    }
    Ok(())
}

/// Gathers the articles of a segment that are near to what is looked for, or of which a quote is.
fn near(reader: &SegmentReader, news: &News, met: &mut Vec<Sketched<'static>>) -> tantivy::Result<()> {
    let Some(drawn) = Drawn::open(reader)? else { return Ok(()) };
    let mut found: Vec<(u64, Vec<u8>)> = Vec::new();
    let mut stream = drawn.sketches.dictionary().stream()?;
    while stream.advance() {
        let mut sides = std::iter::once(Of::Articles).chain(std::iter::repeat(Of::Quotes));
        if parted(stream.key()).any(|sketch| sides.next().is_some_and(|of| news.is_near(of, sketch))) {
            found.push((stream.term_ord(), stream.key().to_vec()));
        }
    }
    for doc in reader.doc_ids_alive().filter(|_| !found.is_empty()) {
        let place = drawn.sketches.term_ords(doc).next().and_then(|ord| found.binary_search_by_key(&ord, |(ord, _)| *ord).ok());
        met.extend(place.and_then(|place| drawn.sketched(doc, found[place].1.clone())));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::payload::payload;
    use super::super::schema::Columns;
    use super::super::stories::tests::bare;
    use crate::article::{Annotations, Article, Clipping, Quote};
    use crate::engine::{Access, Engine};
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use std::path::Path;

    /// The table of stories told from the start.
    fn told(dir: &Path) -> Vec<u8> {
        let other = tempfile::tempdir().unwrap();
        let index = tantivy::Index::open_in_dir(dir).unwrap();
        let payload = payload(&index).unwrap().unwrap();
        let searcher = index.reader().unwrap().searcher();
        super::retell::retell(other.path(), &searcher, &Columns::new(), (payload.articles, payload.quotes), 1).unwrap();
        bare(other.path())
    }

    /// What is done to an archive: an article comes, or in place of one that is there, or goes.
    type Step = (u8, Option<Clipping>);

    fn clipping() -> impl Strategy<Value = Clipping> {
        let word = |n: u64, story: u64| format!("word{} ", n * 31 + story);
        // One of some stories, of which every so-manieth word is another.
        let body = (0u64..6, 0u64..30, 2u64..40).prop_map(move |(story, from, every)| {
            (0..70).map(|n| if n > from && n % every == 0 { word(n, 1_000 + from) } else { word(n, story) }).collect::<String>()
        });
        let quote =
            (0u64..8, 6u64..10).prop_map(move |(said, length)| (0..length).map(|n| word(n / 8 * 50 + n, 500 + said)).collect::<String>());
        let version = option::weighted(0.2, 0u8..20);
        (body, vec(quote, 0..3), option::of(1u32..9), version).prop_map(|(body, quotes, day, of)| {
            let published = day.map(|day| format!("2019-03-{day:02}"));
            let version = of.map(|of| crate::article::Version { replaces: vec![format!("a{of}")], ..Default::default() });
            let quotes = quotes.into_iter().map(|text| Quote { text, ..Quote::default() }).collect();
            let annotations = Annotations { quotes, ..Annotations::default() };
            Clipping { article: Article { body, published, version, ..Article::default() }, annotations, ..Clipping::default() }
        })
    }

    fn take(engine: &dyn Engine, (number, clipping): &Step) {
        let id = format!("a{number}");
        match clipping.clone() {
            None => engine.remove(&[id]).unwrap(),
            Some(mut clipping) => {
                clipping.article.id = id;
                engine.put(&[clipping]).unwrap();
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
        #[test]
        fn stories_told_on_are_those_told_from_the_start(runs in vec(vec((0u8..40, option::weighted(0.8, clipping())), 1..30), 2..6)) {
            let dir = tempfile::tempdir().unwrap();
            for steps in &runs {
                let engine = super::super::open(dir.path(), Access::Write).unwrap().engine;
                for some in steps.chunks(9) {
                    some.iter().for_each(|step| take(&*engine, step));
                    engine.commit("").unwrap();
                }
                drop(engine);
                prop_assert_eq!(bare(dir.path()), told(dir.path()));
            }
        }
    }
}

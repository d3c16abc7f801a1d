//! Hits of a stretch as counting wants them.

mod dense;

use super::drawers::{Lines, below, ones};
use super::marked::{Marked, Word};
use super::rows::{Number, Rows, have_all, rows_at, rows_of, rows_of_each};
use super::schema::On;
use std::cell::OnceCell;
use std::ops::Range;
use tantivy::DocId;
use tantivy::columnar::Column;

/// Hits in a stretch, in order, a piece at a time: what is known of a piece stays in the caches of the processor while facet after
/// facet reads it. No piece parts an article from its quotes.
pub(super) struct Hits<'m> {
    /// How many the piece has.
    pub n: u64,
    marked: &'m Marked,
    /// Whether so many of the documents are hits that they are gone over piece by piece, hit or not.
    is_dense: bool,
    /// The documents of the piece.
    docs: Range<DocId>,
    /// The places of these among all of the kind in the segment, and those of the articles; where hits are not dense, where both begin.
    places: Range<u32>,
    article_places: Range<u32>,
    n_articles_in_segment: u32,
    /// In a search for quotes: the articles of the hits.
    articles: Vec<Joined>,
    runs: OnceCell<Vec<Run>>,
    /// How often each place counts, and the place of each article.
    times: OnceCell<Vec<u32>>,
    article_times: OnceCell<Vec<u32>>,
}

/// Hits of which each follows the one before, but for documents of the other kind.
struct Run {
    docs: Range<DocId>,
    /// Their places among all of the kind in the segment.
    places: Range<u32>,
}

/// An article of which quotes were hit.
struct Joined {
    doc: DocId,
    /// Its place among the articles of the segment.
    place: u32,
    /// How many of its quotes were hit.
    times: u32,
}

/// Documents that are gone over at a time where hits are dense.
const PIECE: u32 = 1 << 12;
/// Where hit follows hit less often than this, each is looked up by itself.
const LONG: u64 = 4;
/// From one hit among so many on, all are gone over alike.
const DENSE: u64 = 3;

impl<'m> Hits<'m> {
    /// What is marked, before its first piece.
    pub fn of(marked: &'m Marked) -> Hits<'m> {
        let at = |n: u32| n..n;
        let n_articles = marked.articles.n_in(0..marked.docs.start);
        let n_before = if marked.on == On::Article { n_articles } else { marked.docs.start - n_articles };
        let n: u64 = marked.words.iter().map(|word| u64::from(word.count_ones())).sum();
        Hits {
            n,
            marked,
            is_dense: n * DENSE >= marked.docs.len() as u64,
            docs: at(marked.docs.start),
            places: at(n_before),
            article_places: at(n_articles),
            n_articles_in_segment: marked.articles.n(),
            articles: Vec::new(),
            runs: OnceCell::new(),
            times: OnceCell::new(),
            article_times: OnceCell::new(),
        }
    }

    /// Goes on to the next piece; `false` when there is none.
    pub fn turn(&mut self) -> bool {
        let (marked, from, end) = (self.marked, self.docs.end, self.marked.docs.end);
        if from >= end {
            return false;
        }
        self.docs = from..end;
        if self.is_dense {
            self.cut(from.saturating_add(PIECE));
        }
        if marked.on == On::Quote {
            self.find_articles();
        }
        (self.runs, self.times, self.article_times) = Default::default();
        true
    }

    /// Ends the piece with the article behind `to`, so that none is parted from its quotes, and counts what it has.
    fn cut(&mut self, to: DocId) {
        let end = self.docs.end;
        if to < end {
            self.docs.end = self.marked.articles.next(to).map_or(end, |article| end.min(article + 1));
        }
        let counted = self.words().map(|word| (u64::from(word.hits.count_ones()), word.kind.count_ones()));
        let (n, n_places) = counted.fold((0, 0), |(n, places), (hits, kind)| (n + hits, places + kind));
        let n_articles = if self.marked.on == On::Article { n_places } else { self.docs.len() as u32 - n_places };
        self.n = n;
        self.places = self.places.end..self.places.end + n_places;
        self.article_places = self.article_places.end..self.article_places.end + n_articles;
    }

    fn words(&self) -> impl Iterator<Item = Word> + use<'m> {
        self.marked.words_of(self.docs.clone())
    }

    fn runs(&self) -> &[Run] {
        self.runs.get_or_init(|| {
            let mut runs = Vec::new();
            let mut run: Option<Run> = None;
            let mut before = self.places.start;
            for Word { doc: base, hits: mut hit, kind, .. } in self.words() {
                let mut missed = kind & !hit;
                while hit != 0 {
                    let from = hit.trailing_zeros();
                    if missed & below(from) != 0 {
                        runs.extend(run.take());
                    }
                    // All hits up to the next that is missed.
                    let until = below((missed & !below(from)).trailing_zeros());
                    let piece = hit & until;
                    let place = before + (kind & below(from)).count_ones();
                    let run = run.get_or_insert(Run { docs: base + from..0, places: place..0 });
                    run.docs.end = base + 64 - piece.leading_zeros();
                    run.places.end = place + piece.count_ones();
                    hit &= !until;
                    missed &= !until;
                }
                if missed != 0 {
                    runs.extend(run.take());
                }
                before += kind.count_ones();
            }
            runs.extend(run);
            runs
        })
    }

    /// The articles of the quotes that are marked.
    fn find_articles(&mut self) {
        self.articles.clear();
        let mut times = 0;
        let mut place = self.article_places.start;
        for Word { doc: base, hits: mut hit, articles, .. } in self.words() {
            for bit in ones(articles) {
                times += (hit & below(bit)).count_ones();
                hit &= !below(bit);
                if times > 0 {
                    self.articles.push(Joined { doc: base + bit, place, times });
                }
                times = 0;
                place += 1;
            }
            times += hit.count_ones();
        }
    }
}

impl Hits<'_> {
    /// The hits, each with its article.
    pub fn each(&self) -> impl Iterator<Item = (DocId, DocId)> {
        let marked = self.marked;
        let docs = self.words().flat_map(|word| ones(word.hits).map(move |bit| word.doc + bit));
        docs.map(|doc| (doc, if marked.on == On::Article { doc } else { marked.articles.next(doc).unwrap_or(doc) }))
    }

    /// The documents of the quotes of an article, which lie before its own.
    pub fn quotes_of(&self, article: DocId) -> Range<DocId> {
        self.marked.articles.before(article).map_or(0, |before| before + 1)..article
    }

    /// How many articles were hit, or have quotes that were.
    pub fn n_articles(&self) -> u64 {
        if self.marked.on == On::Quote { self.articles.len() as u64 } else { self.n }
    }

    /// Whether a column of articles is read by the articles of quotes.
    fn is_joined(&self, of_article: bool) -> bool {
        of_article && self.marked.on == On::Quote
    }

    /// How many hits have a value in `column`; with `of_article`, the value is that of the article a quote stands in.
    pub fn with<T: PartialOrd>(&self, column: &Column<T>, of_article: bool) -> u64 {
        if self.is_joined(of_article) {
            let some = self.articles.iter().filter(|article| column.index.has_value(article.doc));
            return some.map(|article| u64::from(article.times)).sum();
        }
        self.runs().iter().map(|run| u64::from(rows_of(&column.index, &run.docs).1)).sum()
    }

    /// The places of the hits, or `of_article` of the articles of the hits, among all of their kind; each with how often it counts.
    pub fn places(&self, of_article: bool) -> impl Iterator<Item = (u32, u32)> {
        // One of the two is left empty.
        let (own, joined) = if self.is_joined(of_article) { (&[][..], &self.articles[..]) } else { (self.runs(), &[][..]) };
        let own = own.iter().flat_map(|run| run.places.clone()).map(|place| (place, 1));
        own.chain(joined.iter().map(|article| (article.place, article.times)))
    }

    /// As [`Hits::values`], by a column that is written out.
    pub fn lines(&self, lines: &Lines, of_article: bool, mut each: impl FnMut(u32, u32)) -> u64 {
        let mut with = 0;
        for (place, times) in self.places(of_article) {
            let values = lines.of(place);
            with += if values.is_empty() { 0 } else { u64::from(times) };
            values.iter().for_each(|value| each(*value, times));
        }
        with
    }

    /// Whether all documents of the kind that `column` stands on have a value in it.
    fn have_all<T: PartialOrd>(&self, column: &Column<T>, of_article: bool) -> bool {
        let on = if self.is_joined(of_article) { On::Article } else { self.marked.on };
        have_all(&column.index, on, self.n_articles_in_segment)
    }

    /// Calls `each` with every value `column` holds for a hit, and returns how many hits have one. With `of_article`, the value is that
    /// of the article a quote stands in, and counts once for each of its quotes.
    pub fn values<T: Number>(&self, column: &Column<T>, of_article: bool, mut each: impl FnMut(T, u32)) -> u64 {
        let mut rows = Rows::of(column);
        let mut n = 0;
        let (index, joined) = (&column.index, self.is_joined(of_article));
        let have_all = self.have_all(column, of_article);
        let is_broken = || self.runs().len() as u64 * LONG > self.n;
        if joined && have_all {
            for article in &self.articles {
                n += u64::from(article.times);
                rows.weighed(rows_at(index, article.place..article.place + 1), article.times, &mut each);
            }
        } else if joined {
            rows_of_each(index, self.articles.iter().map(|article| article.doc), |nth, some| {
                let times = self.articles[nth].times;
                n += u64::from(times);
                rows.weighed(some, times, &mut each);
            });
        } else if !have_all && is_broken() {
            let docs = self.words().flat_map(|word| ones(word.hits).map(move |bit| word.doc + bit));
            rows_of_each(index, docs, |_, some| {
                n += 1;
                rows.take(some, &mut each);
            });
        } else {
            for run in self.runs() {
                let (some, with) = match have_all {
                    true => (rows_at(index, run.places.clone()), run.places.len() as u32),
                    false => rows_of(index, &run.docs),
                };
                n += u64::from(with);
                rows.take(some, &mut each);
            }
        }
        rows.flush(&mut each);
        n
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawers::Bits;
    use super::*;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    /// Numbers below another that look like chance (Lehmer's), the same each time.
    fn dice() -> impl FnMut(u64) -> u64 {
        let mut seed = 4_711;
        move |below| {
            seed = seed * 48_271 % 0x7fff_ffff;
            seed % below
        }
    }

    #[test]
    fn hits_are_counted_alike_however_dense_they_are() {
        let mut chance = dice();
        let mut articles = Bits::none(60_000);
        let mut end = 0;
        while end < 59_990 {
            end += 1 + chance(9) as DocId;
            articles.add(end - 1);
        }
        let articles = Arc::new(articles);
        let mut articles_before = vec![0];
        for doc in 0..end {
            articles_before.push(articles_before[doc as usize] + u32::from(articles.has(doc)));
        }
        // A column of the articles, and one of the quotes.
        let mut column = |on: On| {
            let (mut starts, mut values) = (vec![0], Vec::new());
            for _ in (0..end).filter(|doc| articles.has(*doc) == (on == On::Article)) {
                values.extend((0..chance(4)).map(|_| chance(50) as u32));
                starts.push(values.len() as u32);
            }
            Lines { starts, values }
        };
        let (of_articles, of_quotes) = (column(On::Article), column(On::Quote));
        for (on, share) in [On::Article, On::Quote].into_iter().flat_map(|on| [1, 2, 9, 400].map(|share| (on, share))) {
            let from = articles.next(20_000).unwrap() + 1;
            let mut marked = Marked::none(on, Arc::clone(&articles), from..end);
            let (mut counted, mut with, mut total): ([BTreeMap<u32, u32>; 2], _, _) = (Default::default(), [0, 0], 0);
            for doc in (from..end).filter(|doc| articles.has(*doc) == (on == On::Article)) {
                if chance(share) > 0 {
                    continue;
                }
                marked.add(doc);
                total += 1;
                let article = articles.next(doc).unwrap();
                let before = |doc: DocId, on: On| {
                    let n = articles_before[doc as usize];
                    if on == On::Article { n } else { doc - n }
                };
                let places = [(on, before(doc, on)), (On::Article, before(article, On::Article))];
                for ((of, place), (counts, with)) in places.into_iter().zip(counted.iter_mut().zip(&mut with)) {
                    let values = if of == On::Article { &of_articles } else { &of_quotes }.of(place);
                    *with += u64::from(!values.is_empty());
                    values.iter().for_each(|value| *counts.entry(*value).or_default() += 1);
                }
            }
            let (mut n, mut pieces) = (0, 0);
            let mut hits = Hits::of(&marked);
            let (mut told, mut some): ([BTreeMap<u32, u32>; 2], _) = (Default::default(), [0, 0]);
            while hits.turn() {
                (n, pieces) = (n + hits.n, pieces + 1);
                for (of_article, (counts, some)) in [false, true].into_iter().zip(told.iter_mut().zip(&mut some)) {
                    let lines = if of_article || on == On::Article { &of_articles } else { &of_quotes };
                    *some += hits.all_lines(lines, of_article, |value, times| *counts.entry(value).or_default() += times);
                }
            }
            told.iter_mut().for_each(|counts| counts.retain(|_, n| *n > 0));
            assert_eq!((n, some, &told), (total, with, &counted), "{on:?}, one in {share}");
            assert_eq!(pieces > 1, on == On::Quote && share < 3, "{on:?}, one in {share}");
        }
    }
}

//! Hits so many that all documents of a piece are gone over alike, hit or not: a column is read from end to end, and each value counts as
//! often as its document was hit, which may be never. No guess of the processor at who comes next is wrong then.

use super::Hits;
use crate::engine::tantivy::drawers::{Lines, below};
use crate::engine::tantivy::rows::{Number, starts_at, who_has};
use std::borrow::Cow;
use std::ops::Range;
use tantivy::DocId;
use tantivy::columnar::Column;
use tantivy::columnar::column_index::Set;

/// Values read at a time.
const AT_ONCE: usize = 1024;

impl Hits<'_> {
    /// As [`Hits::lines`], where `each` may be called with what counts never.
    pub fn all_lines(&self, lines: &Lines, of_article: bool, mut each: impl FnMut(u32, u32)) -> u64 {
        if !self.is_dense {
            return self.lines(lines, of_article, each);
        }
        let places = self.places_among(of_article);
        let starts = &lines.starts[places.start as usize..=places.end as usize];
        let (weights, with) = weights(starts, self.times(of_article));
        let values = &lines.values[starts[0] as usize..starts[places.len()] as usize];
        values.iter().zip(weights.iter()).for_each(|(value, times)| each(*value, *times));
        with
    }

    /// As [`Hits::values`], where `each` may be called with what counts never.
    pub fn all_values<T: Number>(&self, column: &Column<T>, of_article: bool, mut each: impl FnMut(T, u32)) -> u64 {
        let Some(list) = who_has(&column.index).filter(|_| self.is_dense) else { return self.values(column, of_article, each) };
        let have_all = self.have_all(column, of_article);
        let at = if have_all { self.places_among(of_article).clone() } else { list.rank(self.docs.start)..list.rank(self.docs.end) };
        let starts = starts_at(&column.index, at.clone());
        let mut times = Cow::Borrowed(self.times(of_article));
        if !have_all {
            let mut docs: Vec<DocId> = at.collect();
            list.select_batch(&mut docs);
            times = Cow::Owned(self.nth_among(&docs, of_article).map(|nth| times[nth as usize]).collect());
        }
        let (weights, with) = weights(&starts, &times);
        let mut read = [T::default(); AT_ONCE];
        for (weights, from) in weights.chunks(AT_ONCE).zip((u64::from(starts[0])..).step_by(AT_ONCE)) {
            let read = &mut read[..weights.len()];
            column.values.get_range(from, read);
            read.iter().zip(weights).for_each(|(value, times)| each(*value, *times));
        }
        with
    }

    /// The places of all documents of the kind that is read.
    fn places_among(&self, of_article: bool) -> &Range<u32> {
        if self.is_joined(of_article) { &self.article_places } else { &self.places }
    }

    /// Which of the kind that is read each of some documents is, from 0 at the first of the piece; they are of the kind, and in order.
    fn nth_among(&self, docs: &[DocId], of_article: bool) -> impl Iterator<Item = u32> {
        let joined = self.is_joined(of_article);
        let mut words = self.words().map(move |word| (word.doc, if joined { word.articles } else { word.kind }));
        let (mut first, mut kind) = words.next().unwrap_or_default();
        let mut before = 0;
        docs.iter().map(move |doc| {
            while doc - first >= 64 {
                before += kind.count_ones();
                (first, kind) = words.next().unwrap_or((*doc, 0));
            }
            before + (kind & below(doc - first)).count_ones()
        })
    }

    /// How often each of the kind that is read counts.
    fn times(&self, of_article: bool) -> &[u32] {
        if self.is_joined(of_article) {
            return self.article_times.get_or_init(|| {
                let mut times = vec![0; self.article_places.len()];
                for article in &self.articles {
                    times[(article.place - self.article_places.start) as usize] = article.times;
                }
                times
            });
        }
        self.times.get_or_init(|| {
            // What is not of the kind is written too, and written over.
            let mut times = vec![0; self.places.len() + 1];
            let mut place = 0;
            for word in self.words() {
                for bit in 0..64 {
                    times[place] = (word.hits >> bit & 1) as u32;
                    place += (word.kind >> bit & 1) as usize;
                }
            }
            times.truncate(self.places.len());
            times
        })
    }
}

/// How often each value of some documents counts, whose values begin at `starts`, the last being where they end, when the documents count
/// so many `times`; and how often those with a value do.
fn weights<'t>(starts: &[u32], times: &'t [u32]) -> (Cow<'t, [u32]>, u64) {
    let n_values = (starts[times.len()] - starts[0]) as usize;
    if n_values == times.len() && starts.windows(2).all(|bounds| bounds[0] < bounds[1]) {
        return (Cow::Borrowed(times), times.iter().map(|times| u64::from(*times)).sum());
    }
    // By how much the weight changes at each value, and then the weights.
    let mut weights = vec![0u32; n_values + 1];
    let (mut with, mut before) = (0, 0);
    for (bounds, times) in starts.windows(2).zip(times) {
        let step = &mut weights[(bounds[0] - starts[0]) as usize];
        *step = step.wrapping_add(times.wrapping_sub(before));
        before = *times;
        with += u64::from(times * u32::from(bounds[0] < bounds[1]));
    }
    let mut weight = 0u32;
    for step in &mut weights {
        weight = weight.wrapping_add(*step);
        *step = weight;
    }
    weights.truncate(n_values);
    (Cow::Owned(weights), with)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tantivy::drawers::Bits;
    use crate::engine::tantivy::marked::Marked;
    use crate::engine::tantivy::schema::On;
    use std::collections::BTreeMap;
    use std::sync::Arc;
    use tantivy::schema::{FAST, NumericOptions, Schema};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    /// How often each value counts, and how often those count that have one.
    type Told = (BTreeMap<u64, u32>, u64);

    /// Of each document: whether it is an article, and its values in each column of its kind.
    fn document(doc: u32) -> (bool, [Vec<u64>; 4]) {
        let n = doc.wrapping_mul(2_654_435_761) >> 20;
        let values = |from: u32, to: u32| (from..to).map(|more| u64::from((n + more) % 40)).collect();
        (
            doc % 7 == 3 || doc % 11 == 5 || doc == N - 1,
            [values(0, 1), values(0, 1 + n % 3), values(0, n % 4), values(0, u32::from(n % 5 < 2))],
        )
    }

    const N: u32 = 30_000;

    #[test]
    fn a_column_read_from_end_to_end_says_what_one_read_hit_by_hit_says() {
        let mut schema = Schema::builder();
        let mut column = |name: String| schema.add_u64_field(&name, NumericOptions::default() | FAST);
        let columns = [On::Article, On::Quote].map(|on| [0, 1, 2, 3].map(|n| column(format!("{on:?}{n}"))));
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).unwrap();
        let mut articles = Bits::none(N);
        for doc in 0..N {
            let (is_article, values) = document(doc);
            let mut fields = TantivyDocument::default();
            for (column, values) in columns[usize::from(!is_article)].iter().zip(values) {
                values.into_iter().for_each(|value| fields.add_u64(*column, value));
            }
            writer.add_document(fields).unwrap();
            if is_article {
                articles.add(doc);
            }
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let (reader, articles) = (searcher.segment_reader(0), Arc::new(articles));
        for (n, (hit, of)) in
            (0..4).flat_map(|n| [(On::Article, On::Article), (On::Quote, On::Quote), (On::Quote, On::Article)].map(|on| (n, on)))
        {
            let column = reader.fast_fields().u64(&format!("{of:?}{n}")).unwrap();
            let from = articles.next(9_000).unwrap() + 1;
            let mut marked = Marked::none(hit, Arc::clone(&articles), from..N);
            let of_kind = (from..N).filter(|doc| articles.has(*doc) == (hit == On::Article));
            of_kind.filter(|doc| doc % 5 != 1).for_each(|doc| marked.add(doc));
            let (mut all, mut one_by_one): (Told, Told) = Default::default();
            let (mut hits, mut pieces) = (Hits::of(&marked), 0);
            hits.is_dense = true;
            while hits.turn() {
                pieces += 1;
                all.1 += hits.all_values(&column, of == On::Article, |value, times| *all.0.entry(value).or_default() += times);
                one_by_one.1 += hits.values(&column, of == On::Article, |value, times| *one_by_one.0.entry(value).or_default() += times);
            }
            assert_eq!(all, one_by_one, "column {n} of {of:?}, hits are {hit:?}");
            assert!(pieces > 3 && all.1 > 1_000, "{pieces} {}", all.1);
        }
    }
}

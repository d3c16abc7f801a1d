//! One word in some fields, read from the postings a window of documents at a time.
//!
//! The lists of all terms in all fields are poured one after the other into sums by document: for a common word a list is
//! decoded and added block by block, with no choice between lists at every document. A window is as narrow as a block of
//! postings after a jump, and widens while the search goes on from document to document, so that looking a few documents up
//! reads no more than it must.

use super::leaves::{EVERY, Meant, list_of};
use super::schema::LANGUAGE;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Scorer;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Documents in a window after a jump, and at most. Measured on a million articles: wider ones gain nothing.
const NARROW: DocId = 64;
const WIDE: DocId = 4096;

/// The list of one term in one field of a segment.
struct List {
    postings: BlockSegmentPostings,
    /// Place in the block at hand.
    at: usize,
    languages: u16,
    /// Which of the fields it is of.
    of: usize,
}

/// A field of a segment.
struct InField {
    counts_only: bool,
    /// Weight of one occurrence by length code of the field; empty when nothing is scored.
    weights: Vec<Score>,
    norms: FieldNormReader,
}

/// The documents of a segment that have a word, with scores by BM25F.
pub(super) struct WordScorer {
    lists: Vec<List>,
    fields: Vec<InField>,
    language: Option<Column<u64>>,
    idf: Score,
    k1: Score,
    /// First document of the window, and how many it has.
    base: DocId,
    width: DocId,
    /// Weighed frequencies of the window's documents, by distance from its first.
    frequencies: Vec<Score>,
    /// Which of them have the word, a bit each.
    there: Vec<u64>,
    doc: DocId,
}

impl List {
    /// The first document from `target` on.
    fn seek(&mut self, target: DocId) -> DocId {
        if self.postings.docs().last().is_none_or(|last| *last < target) {
            self.at = self.postings.seek(target);
            return self.postings.doc(self.at);
        }
        let docs = self.postings.docs();
        if docs[self.at] < target {
            self.at += docs[self.at..].partition_point(|doc| *doc < target);
        }
        docs[self.at]
    }

    /// Calls `each` with documents before `end` and the frequency of the term in them, and stops there.
    fn pour(&mut self, end: DocId, mut each: impl FnMut(DocId, u32)) {
        loop {
            let (docs, frequencies) = (self.postings.docs(), self.postings.freqs());
            let from = self.at;
            let to = if docs.last().is_some_and(|last| *last < end) {
                docs.len()
            } else {
                from + docs[from..].partition_point(|doc| *doc < end)
            };
            match frequencies.get(from..to) {
                Some(frequencies) => docs[from..to].iter().zip(frequencies).for_each(|(doc, n)| each(*doc, *n)),
                None => docs[from..to].iter().for_each(|doc| each(*doc, 1)),
            }
            self.at = to;
            if to < docs.len() || docs.is_empty() {
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}

impl WordScorer {
    /// A scorer without lists yet.
    pub fn new(idf: Score, k1: Score) -> WordScorer {
        WordScorer {
            lists: Vec::new(),
            fields: Vec::new(),
            language: None,
            idf,
            k1,
            base: 0,
            width: 0,
            frequencies: vec![0.0; WIDE as usize],
            there: vec![0; WIDE as usize / 64],
            doc: 0,
        }
    }

    /// Adds a field with the terms of the word; `counts_only` when no document is found by it alone. Nothing is scored where
    /// `weights` is empty.
    pub fn add(
        &mut self,
        reader: &SegmentReader,
        field: Field,
        terms: &[Meant],
        weights: Vec<Score>,
        counts_only: bool,
    ) -> tantivy::Result<()> {
        let option = if weights.is_empty() { IndexRecordOption::Basic } else { IndexRecordOption::WithFreqs };
        let norms = match reader.fieldnorms_readers().get_field(field)? {
            Some(norms) => norms,
            None => FieldNormReader::constant(reader.max_doc(), 1),
        };
        let inverted = list_of(reader, terms)?;
        for Meant { term, languages } in terms {
            if let Some(inverted) = &inverted
                && let Some(postings) = inverted.read_block_postings(term, option)?
            {
                if *languages != EVERY && self.language.is_none() {
                    self.language = Some(reader.fast_fields().u64(LANGUAGE)?);
                }
                self.lists.push(List { postings, at: 0, languages: *languages, of: self.fields.len() });
            }
        }
        self.fields.push(InField { counts_only, weights, norms });
        Ok(())
    }

    /// Goes to the first document, once all fields are there.
    pub fn start(mut self) -> WordScorer {
        self.fill(0, NARROW);
        self
    }

    /// Makes the window the first of `width` documents from `from` on that has any with the word, and goes to the first of these.
    fn fill(&mut self, mut from: DocId, width: DocId) {
        self.width = width;
        loop {
            let fields = &self.fields;
            let finding = self.lists.iter_mut().filter(|list| !fields[list.of].counts_only);
            self.base = finding.map(|list| list.seek(from)).min().unwrap_or(TERMINATED);
            if self.base == TERMINATED {
                self.doc = TERMINATED;
                return;
            }
            self.pour();
            match self.next(self.base) {
                Some(doc) => {
                    self.doc = doc;
                    return;
                }
                // Where it stands it is a word of another language.
                None => from = self.end(),
            }
        }
    }

    /// Goes to the first document from `target` on, which is behind the one at hand.
    #[inline]
    fn go_to(&mut self, target: DocId) {
        let end = self.end();
        if target < end
            && let Some(doc) = self.next(target)
        {
            self.doc = doc;
            return;
        }
        let is_near = target < end.saturating_add(self.width);
        self.fill(target.max(end), if is_near { (self.width * 2).min(WIDE) } else { NARROW });
    }

    fn end(&self) -> DocId {
        self.base.saturating_add(self.width).min(TERMINATED)
    }

    /// Reads the lists where the window is.
    fn pour(&mut self) {
        let (base, end) = (self.base, self.end());
        self.frequencies[..self.width as usize].fill(0.0);
        self.there[..self.width as usize / 64].fill(0);
        let (frequencies, there) = (&mut self.frequencies, &mut self.there);
        for list in &mut self.lists {
            let field = &self.fields[list.of];
            if list.seek(base) >= end {
                continue;
            }
            let languages = list.languages;
            let language = self.language.as_ref().filter(|_| languages != EVERY);
            list.pour(end, |doc, n| {
                if language.is_some_and(|column| languages >> column.first(doc).unwrap_or(0) & 1 == 0) {
                    return;
                }
                let at = (doc - base) as usize;
                if !field.counts_only {
                    there[at / 64] |= 1 << (at % 64);
                }
                if !field.weights.is_empty() {
                    frequencies[at] += n as Score * field.weights[usize::from(field.norms.fieldnorm_id(doc))];
                }
            });
        }
    }

    /// The first document of the window from `doc` on, which lies in it, that has the word.
    fn next(&self, doc: DocId) -> Option<DocId> {
        let at = (doc - self.base) as usize;
        let mut word = at / 64;
        let mut bits = self.there[word] & u64::MAX << (at % 64);
        while bits == 0 {
            word += 1;
            if word == self.width as usize / 64 {
                return None;
            }
            bits = self.there[word];
        }
        Some(self.base + word as DocId * 64 + bits.trailing_zeros())
    }
}

impl DocSet for WordScorer {
    #[inline]
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.go_to(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.doc {
            self.go_to(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let finding = self.lists.iter().filter(|list| !self.fields[list.of].counts_only);
        finding.map(|list| list.postings.doc_freq()).fold(0, u32::saturating_add)
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        if self.doc == TERMINATED {
            return 0.0;
        }
        let frequency = self.frequencies[(self.doc - self.base) as usize];
        self.idf * (self.k1 + 1.0) * frequency / (self.k1 + frequency)
    }
}

#[cfg(test)]
mod tests {
    use super::super::leaves::Need;
    use super::super::text::{Part, Shape, TextQuery, Tuning};
    use super::*;
    use tantivy::query::{EnableScoring, Weight};
    use tantivy::schema::{FAST, NumericOptions, Schema, TEXT};
    use tantivy::{Index, IndexWriter, Term};

    /// The documents of `scorer` with their scores, going on from each by the steps that `jump` says, 0 for the next.
    fn all(mut scorer: Box<dyn Scorer>, jump: impl Fn(usize) -> DocId) -> Vec<(DocId, Score)> {
        let mut found = Vec::new();
        while scorer.doc() != TERMINATED {
            found.push((scorer.doc(), scorer.score()));
            match jump(found.len()) {
                0 => scorer.advance(),
                far => scorer.seek(scorer.doc() + far),
            };
        }
        found
    }

    #[test]
    fn windows_find_and_score_what_lists_read_side_by_side_do() {
        let mut schema = Schema::builder();
        let (title, body) = (schema.add_text_field("title", TEXT), schema.add_text_field("body", TEXT));
        let language = schema.add_u64_field(LANGUAGE, NumericOptions::default() | FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).unwrap();
        let (mut seed, n_docs) = (7u64, 30_000);
        let mut dice = |sides: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % sides
        };
        for n in 0..n_docs {
            let mut text = |word: &str, one_in: u64| if dice(one_in) == 0 { format!("{word} ").repeat(1 + n % 3) } else { String::new() };
            // Nothing at all for a while: windows must not be lost on it.
            let quiet = n / 5000 == 3;
            let text = if quiet { Default::default() } else { [text("flood", 3), text("floods", 40), text("x", 2), text("flood", 900)] };
            let doc = tantivy::doc!(title => text[3].clone(), body => text[..3].concat(), language => (n % 7 / 5) as u64);
            writer.add_document(doc).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let meant = |field, word: &str, languages| Meant { term: Term::from_field_text(field, word), languages };
        let part = |field, weight, counts_only, terms: &[(&str, u16)]| Part {
            field,
            weight,
            counts_only,
            leaves: vec![terms.iter().map(|(word, languages)| meant(field, word, *languages)).collect()],
            need: Need::Leaf(0),
            shape: Shape::Word,
            lead: None,
        };
        let words = [("flood", EVERY), ("floods", 2)];
        let questions = [
            vec![part(title, 2.0, false, &words), part(body, 1.0, false, &words)],
            vec![part(title, 2.0, true, &words), part(body, 1.0, false, &words[1..])],
            vec![part(title, 1.0, false, &words[..1])],
            vec![part(body, 1.0, false, &[("nowhere", EVERY)])],
        ];
        for (n, parts) in questions.into_iter().enumerate() {
            let query = TextQuery { parts, tuning: Tuning::ALL, least: 1 };
            let scoring = [EnableScoring::enabled_from_searcher(&searcher), EnableScoring::disabled_from_searcher(&searcher)];
            let weights = scoring.map(|scoring| query.weighed(scoring).unwrap());
            for segment in searcher.segment_readers() {
                for jump in [|_| 0, |_| 1, |n| (n % 3) as DocId, |n| [0, 70, 0, 5000, 1][n % 5], |_| 129] {
                    for weight in &weights {
                        let mut windows = all(weight.scorer(segment, 1.0).unwrap(), jump);
                        let beside = all(weight.side_by_side(segment, 1.0).unwrap(), jump);
                        assert_eq!(windows.is_empty(), n == 3);
                        assert_eq!(windows.len(), beside.len());
                        for ((doc, score), (other, expected)) in windows.drain(..).zip(beside) {
                            assert!(doc == other && (score - expected).abs() <= 1e-5 * expected, "{n}: {doc} {score}, {other} {expected}");
                        }
                    }
                }
            }
        }
    }
}

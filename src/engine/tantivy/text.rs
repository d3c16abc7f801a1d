//! Running text in the index: a word with all the terms it stands for, and words in a row, scored by BM25.
//!
//! BM25 follows Robertson and Zaragoza (2009) as tantivy has it (k1 1.2, b 0.75); the terms of one word count as one term.

use super::leaves::{Leaf, Need};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// What one document must show beyond having the words.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// Nothing: one word.
    Word,
    /// Leaves in a row, each with its offset from the first.
    Row(Vec<(usize, u32)>),
}

/// A word or a row of words in one field.
#[derive(Clone, Debug)]
pub(super) struct TextQuery {
    pub field: Field,
    /// The terms of each word.
    pub leaves: Vec<Vec<Term>>,
    pub need: Need,
    pub shape: Shape,
}

impl Query for TextQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider: statistics, .. } => {
                let n_docs = statistics.total_num_docs()?;
                let average = statistics.total_num_tokens(self.field)? as Score / n_docs.max(1) as Score;
                let mut idfs = Vec::with_capacity(self.leaves.len());
                for terms in &self.leaves {
                    let mut n = 0;
                    for term in terms {
                        n += statistics.doc_freq(term)?;
                    }
                    let n = n.min(n_docs);
                    idfs.push((n, (1.0 + ((n_docs - n) as Score + 0.5) / (n as Score + 0.5)).ln()));
                }
                idfs.first().map(|(n, idf)| {
                    let sum: Score = idfs.iter().map(|(_, idf)| idf).sum();
                    Bm25Weight::for_one_term_without_explain(*n, n_docs, average.max(1.0)).boost_by(sum / idf)
                })
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(TextWeight { query: self.clone(), bm25 }))
    }
}

struct TextWeight {
    query: TextQuery,
    bm25: Option<Bm25Weight>,
}

impl TextWeight {
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<TextScorer>> {
        let query = &self.query;
        let option = match (&query.shape, &self.bm25) {
            (Shape::Row(_), _) => IndexRecordOption::WithFreqsAndPositions,
            (Shape::Word, Some(_)) => IndexRecordOption::WithFreqs,
            (Shape::Word, None) => IndexRecordOption::Basic,
        };
        let leaves: tantivy::Result<Vec<Leaf>> = query.leaves.iter().map(|terms| Leaf::open(reader, query.field, terms, option)).collect();
        let norms = match reader.fieldnorms_readers().get_field(query.field)? {
            Some(norms) => norms,
            None => FieldNormReader::constant(reader.max_doc(), 1),
        };
        let mut scorer = TextScorer {
            leaves: leaves?,
            need: query.need.clone(),
            shape: query.shape.clone(),
            bm25: self.bm25.as_ref().map(|b| b.boost_by(boost)),
            norms,
            doc: 0,
            matches: 0,
            positions: vec![Vec::new(); query.leaves.len()],
        };
        scorer.settle(0);
        Ok((scorer.doc != TERMINATED).then_some(scorer))
    }
}

impl Weight for TextWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.open(reader, boost)? {
            Some(scorer) => Box::new(scorer),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let score = if scorer.doc() <= doc && scorer.seek(doc) == doc { scorer.score() } else { 0.0 };
        Ok(Explanation::new("BM25 of the word", score))
    }
}

struct TextScorer {
    leaves: Vec<Leaf>,
    need: Need,
    shape: Shape,
    bm25: Option<Bm25Weight>,
    norms: FieldNormReader,
    doc: DocId,
    matches: u32,
    positions: Vec<Vec<u32>>,
}

impl TextScorer {
    /// Goes to the first match from `target` on.
    fn settle(&mut self, target: DocId) {
        let mut doc = self.need.seek(&mut self.leaves, target);
        while doc != TERMINATED {
            self.matches = self.count(doc);
            if self.matches > 0 {
                break;
            }
            doc = self.need.seek(&mut self.leaves, doc + 1);
        }
        self.doc = doc;
    }

    /// How many matches `doc` has.
    fn count(&mut self, doc: DocId) -> u32 {
        match &self.shape {
            Shape::Word if self.bm25.is_none() => 1,
            Shape::Word => self.leaves.iter_mut().map(|leaf| leaf.frequency(doc)).sum(),
            Shape::Row(row) => {
                for (leaf, positions) in self.leaves.iter_mut().zip(&mut self.positions) {
                    leaf.positions(doc, positions);
                }
                let Some((first, rest)) = row.split_first() else { return 0 };
                let stands =
                    |at: u32| rest.iter().all(|(leaf, offset)| self.positions[*leaf].binary_search(&(at + offset - first.1)).is_ok());
                self.positions[first.0].iter().filter(|at| stands(**at)).count() as u32
            }
        }
    }
}

impl DocSet for TextScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.settle(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target > self.doc {
            self.settle(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.need.size(&self.leaves)
    }
}

impl Scorer for TextScorer {
    fn score(&mut self) -> Score {
        self.bm25.as_ref().map_or(0.0, |bm25| bm25.score(self.norms.fieldnorm_id(self.doc), self.matches))
    }
}

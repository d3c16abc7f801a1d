//! Running text in the index: a word with all the terms it stands for, or words in a row, in one field or several.
//!
//! Several fields are scored as one, by BM25F (Zaragoza, Craswell, Taylor, Saria and Robertson 2004): the frequencies of a
//! word in title, lead and body are weighed and added before they saturate, and how rare the word is is told by the field
//! that has it most often. Scoring each field by itself would take a common word for a rare one where leads are short.
//! Parameters are k1 1.2 and b 0.75, as tantivy's; the terms of one word count as one term. For questions in natural
//! language they are [`Tuning::ANY`].

use super::leads::{Lead, Leads, lengths, weights};
use super::leaves::{Leaf, Meant, Need, n_together};
use super::positional::{Court, Standing, Telling, Verdict};
use super::units::Units;
use super::window::WordScorer;
use crate::query::runs;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// How frequencies and rarity count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tuning {
    /// How far repeating a word still counts.
    k1: Score,
    /// Taken off how rare each word is: what is left of a common word is nothing.
    off: Score,
    /// Whether documents with several forms of a word count once for how rare it is. The sum over its forms is found faster;
    /// for long questions it takes too many words for common (nDCG@10 0.799 instead of 0.809 on TIME).
    exact: bool,
}

impl Tuning {
    /// Where all words must occur: as tantivy has it.
    pub const ALL: Tuning = Tuning { k1: 1.2, off: 0.0, exact: false };
    /// Where any word is enough: how often an article repeats a word says more, and common words say less.
    pub const ANY: Tuning = Tuning { k1: 1.6, off: 0.5, exact: true };
}

/// What one document must show beyond having the words.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// Nothing: one word.
    Word,
    /// Leaves in a row, each with its offset from the first.
    Row(Vec<(usize, u32)>),
    /// Whatever the evaluator says of positions or text.
    Verdict(Verdict),
}

/// A word or a row of words in one field.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The one whose lengths count; the terms may be those of the words in capitals in it.
    pub field: Field,
    /// How much the field counts.
    pub weight: Score,
    /// Whether it only counts: what it holds stands in another part too.
    pub counts_only: bool,
    /// The terms of each word.
    pub leaves: Vec<Vec<Meant>>,
    pub need: Need,
    pub shape: Shape,
    /// What is to be known of the lead, where `field` is the body.
    pub lead: Option<Lead>,
}

/// The same words in each of some fields.
#[derive(Clone, Debug)]
pub(super) struct TextQuery {
    pub parts: Vec<Part>,
    pub tuning: Tuning,
    /// So many matches a document must have in all parts together.
    pub least: u32,
}

impl Query for TextQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.weighed(scoring)?))
    }
}

impl TextQuery {
    pub fn weighed(&self, scoring: EnableScoring<'_>) -> tantivy::Result<TextWeight> {
        let EnableScoring::Enabled { statistics_provider: statistics, searcher } = scoring else {
            return Ok(TextWeight { query: self.clone(), bm25f: None });
        };
        let n_docs = statistics.total_num_docs()?.max(1);
        let mut averages = Vec::with_capacity(self.parts.len());
        let mut n_with: Vec<u64> = Vec::new();
        for part in &self.parts {
            let average = |field| statistics.total_num_tokens(field).map(|n| (n as Score / n_docs as Score).max(1.0));
            averages.push((average(part.length())?, part.lead.map_or(Ok(1.0), |lead| average(lead.length))?));
            n_with.resize(n_with.len().max(part.leaves.len()), 0);
            for (n, terms) in n_with.iter_mut().zip(&part.leaves) {
                let together = match self.tuning.exact {
                    true => n_together(searcher, terms)?,
                    false => terms.iter().map(|meant| statistics.doc_freq(&meant.term)).sum::<tantivy::Result<u64>>()?,
                };
                *n = (*n).max(together.min(n_docs));
            }
        }
        let off = self.tuning.off;
        let idf = n_with.iter().map(|n| ((1.0 + ((n_docs - n) as Score + 0.5) / (*n as Score + 0.5)).ln() - off).max(0.0)).sum();
        Ok(TextWeight { query: self.clone(), bm25f: Some(Bm25f { idf, averages }) })
    }
}

#[derive(Clone)]
struct Bm25f {
    /// Of all words together.
    idf: Score,
    /// Mean length of each part's field, and of the lead.
    averages: Vec<(Score, Score)>,
}

pub(super) struct TextWeight {
    query: TextQuery,
    bm25f: Option<Bm25f>,
}

impl Weight for TextWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.query.least <= 1 && self.query.parts.iter().all(|part| matches!(part.shape, Shape::Word)) {
            return self.word(reader, boost);
        }
        self.side_by_side(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let score = if scorer.doc() <= doc && scorer.seek(doc) == doc { scorer.score() } else { 0.0 };
        Ok(Explanation::new("BM25F of the words", score))
    }
}

impl TextWeight {
    /// The scorer of anything: it goes along all lists at once, from document to document.
    pub fn side_by_side(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut cursors = Vec::with_capacity(self.query.parts.len());
        for (i, part) in self.query.parts.iter().enumerate() {
            if self.bm25f.is_none() && part.counts_only {
                continue;
            }
            let averages = self.bm25f.as_ref().map(|b| b.averages[i]);
            cursors.push(Cursor::open(reader, part, averages)?);
        }
        let idf = self.bm25f.as_ref().map_or(0.0, |b| b.idf);
        let mut scorer = TextScorer { cursors, idf: idf * boost, k1: self.query.tuning.k1, least: self.query.least, doc: 0 };
        scorer.settle(0);
        Ok(if scorer.doc == TERMINATED { Box::new(EmptyScorer) } else { Box::new(scorer) })
    }

    /// The scorer of one word.
    fn word(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let idf = self.bm25f.as_ref().map_or(0.0, |b| b.idf);
        let mut scorer = WordScorer::new(idf * boost, self.query.tuning.k1);
        for (i, part) in self.query.parts.iter().enumerate() {
            let weights = match &self.bm25f {
                Some(bm25f) => weights(part.weight, bm25f.averages[i].0),
                None if part.counts_only => continue,
                None => Vec::new(),
            };
            for terms in &part.leaves {
                scorer.add(reader, part.field, terms, weights.clone(), part.counts_only)?;
            }
        }
        let scorer = scorer.start();
        Ok(if scorer.doc() == TERMINATED { Box::new(EmptyScorer) } else { Box::new(scorer) })
    }
}

impl Part {
    /// The field whose length counts.
    fn length(&self) -> Field {
        self.lead.filter(|lead| lead.only).map_or(self.field, |lead| lead.length)
    }
}

/// One part in one segment.
struct Cursor {
    leaves: Vec<Leaf>,
    need: Need,
    shape: Shape,
    court: Option<Court>,
    units: Option<Units>,
    counts_only: bool,
    /// Weight of one occurrence by length code of the field; empty when nothing is scored.
    weights: Vec<Score>,
    norms: FieldNormReader,
    leads: Option<Leads>,
    doc: DocId,
    matches: u32,
    positions: Vec<Vec<u32>>,
}

impl Cursor {
    fn open(reader: &SegmentReader, part: &Part, averages: Option<(Score, Score)>) -> tantivy::Result<Cursor> {
        let option = match (&part.shape, averages) {
            (Shape::Row(_) | Shape::Verdict(_), _) => IndexRecordOption::WithFreqsAndPositions,
            (Shape::Word, Some(_)) => IndexRecordOption::WithFreqs,
            (Shape::Word, None) => IndexRecordOption::Basic,
        };
        let leaves: tantivy::Result<Vec<Leaf>> = part.leaves.iter().map(|terms| Leaf::open(reader, terms, option)).collect();
        // What only counts is of no use where nothing is scored.
        let lead = part.lead.filter(|lead| lead.only || averages.is_some());
        let mut cursor = Cursor {
            leaves: leaves?,
            need: part.need.clone(),
            shape: part.shape.clone(),
            court: match &part.shape {
                Shape::Verdict(verdict) => Some(Court::open(reader, verdict)?),
                _ => None,
            },
            units: match &part.shape {
                Shape::Verdict(verdict) if verdict.telling == Telling::Units => Some(Units::open(reader)?),
                _ => None,
            },
            counts_only: part.counts_only,
            weights: averages.map(|(average, _)| weights(part.weight, average)).unwrap_or_default(),
            norms: lengths(reader, part.length())?,
            leads: lead.map(|lead| Leads::open(reader, lead, averages.map(|(_, average)| average))).transpose()?,
            doc: 0,
            matches: 0,
            positions: vec![Vec::new(); part.leaves.len()],
        };
        cursor.settle(0);
        Ok(cursor)
    }

    /// Goes to the first document with a match from `target` on.
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
            Shape::Word if self.weights.is_empty() => 1,
            Shape::Word => self.leaves.iter_mut().map(|leaf| leaf.frequency(doc)).sum(),
            Shape::Verdict(verdict) => {
                if verdict.telling != Telling::Text {
                    for leaf in &mut self.leaves {
                        leaf.seek(doc);
                    }
                    read(&mut self.leaves, &mut self.positions, self.leads.as_ref(), doc);
                    let units = self.units.as_ref().map(|units| units.of(doc));
                    let standing = Standing { forms: &verdict.forms, positions: &self.positions, units: units.as_ref() };
                    let n = verdict.number(&runs(&verdict.expr, &standing));
                    if n == 0 || matches!(verdict.telling, Telling::Positions | Telling::Units) {
                        return n;
                    }
                }
                self.court.as_mut().map_or(0, |court| court.count(doc))
            }
            Shape::Row(row) => {
                read(&mut self.leaves, &mut self.positions, self.leads.as_ref(), doc);
                in_row(row, &self.positions, u32::MAX)
            }
        }
    }

    /// How often the matches of the document at hand count, by the lengths of the texts they are in.
    fn frequency(&self) -> Score {
        if self.weights.is_empty() {
            return 0.0;
        }
        let here = self.matches as Score * self.weights[usize::from(self.norms.fieldnorm_id(self.doc))];
        match (&self.leads, &self.shape) {
            (Some(leads), Shape::Row(row)) if !leads.only => {
                here + leads.frequency(self.doc, in_row(row, &self.positions, leads.end(self.doc)))
            }
            _ => here,
        }
    }
}

/// Reads where the leaves stand in `doc`; where only the lead is asked for, as far as it goes.
fn read(leaves: &mut [Leaf], positions: &mut [Vec<u32>], leads: Option<&Leads>, doc: DocId) {
    let end = leads.filter(|leads| leads.only).map(|leads| leads.end(doc));
    for (leaf, positions) in leaves.iter_mut().zip(positions) {
        leaf.positions(doc, positions);
        if let Some(end) = end {
            positions.truncate(positions.partition_point(|at| *at < end));
        }
    }
}

/// How often leaves stand in a row that ends before `end`.
fn in_row(row: &[(usize, u32)], positions: &[Vec<u32>], end: u32) -> u32 {
    let Some((first, rest)) = row.split_first() else { return 0 };
    let length = row[row.len() - 1].1 - first.1;
    let stands = |at: u32| rest.iter().all(|(leaf, offset)| positions[*leaf].binary_search(&(at + offset - first.1)).is_ok());
    positions[first.0].iter().filter(|at| end.saturating_sub(**at) > length && stands(**at)).count() as u32
}

struct TextScorer {
    cursors: Vec<Cursor>,
    idf: Score,
    k1: Score,
    /// Matches a document must have.
    least: u32,
    doc: DocId,
}

impl TextScorer {
    fn settle(&mut self, mut target: DocId) {
        loop {
            let mut next = TERMINATED;
            for cursor in self.cursors.iter_mut().filter(|c| !c.counts_only) {
                if cursor.doc < target {
                    cursor.settle(target);
                }
                next = next.min(cursor.doc);
            }
            self.doc = next;
            if self.least <= 1 || next == TERMINATED || self.matches() >= self.least {
                return;
            }
            target = next + 1;
        }
    }

    /// How many matches the document at hand has.
    fn matches(&self) -> u32 {
        self.cursors.iter().filter(|c| !c.counts_only && c.doc == self.doc).map(|c| c.matches).sum()
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
        self.cursors.iter().filter(|c| !c.counts_only).map(|c| c.need.size(&c.leaves)).fold(0, u32::saturating_add)
    }
}

impl Scorer for TextScorer {
    fn score(&mut self) -> Score {
        let mut frequency = 0.0;
        for cursor in &mut self.cursors {
            if cursor.doc < self.doc {
                cursor.settle(self.doc);
            }
            if cursor.doc == self.doc {
                frequency += cursor.frequency();
            }
        }
        self.idf * (self.k1 + 1.0) * frequency / (self.k1 + frequency)
    }
}

//! From quotes to their article and back, and other sets of documents that are worked out before they are walked.

use super::schema::{DEGREE, On};
use crate::article::kilometres;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Articles that have a quote which `inner` finds (`to` article), or quotes of articles which `inner` finds (`to` quote).
#[derive(Debug)]
pub(super) struct JoinQuery {
    pub inner: Box<dyn Query>,
    pub to: On,
}

impl Clone for JoinQuery {
    fn clone(&self) -> JoinQuery {
        JoinQuery { inner: self.inner.box_clone(), to: self.to }
    }
}

impl Query for JoinQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(JoinWeight { inner: self.inner.weight(scoring)?, to: self.to }))
    }
}

struct JoinWeight {
    inner: Box<dyn Weight>,
    to: On,
}

impl Weight for JoinWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut inner = self.inner.scorer(reader, boost)?;
        let distance = reader.fast_fields().u64(if self.to == On::Article { "_up" } else { "_down" })?;
        let mut listed: Vec<(DocId, Score)> = Vec::new();
        let mut doc = inner.doc();
        while doc != TERMINATED {
            let n = distance.first(doc).unwrap_or(0) as DocId;
            let score = inner.score();
            match self.to {
                On::Article => {
                    let article = doc + n;
                    match listed.last_mut() {
                        Some((last, best)) if *last == article => *best = best.max(score),
                        _ => listed.push((article, score)),
                    }
                }
                On::Quote => listed.extend((doc - n..doc).map(|quote| (quote, score))),
            }
            doc = inner.advance();
        }
        Ok(Box::new(Listed { docs: listed, at: 0 }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let score = if scorer.doc() <= doc && scorer.seek(doc) == doc { scorer.score() } else { 0.0 };
        Ok(Explanation::new("best of the joined", score))
    }
}

/// Articles with a place within `km` of a point (great-circle distance, haversine).
#[derive(Clone, Debug)]
pub(super) struct WithinQuery {
    pub lat: f64,
    pub lon: f64,
    pub km: f64,
}

impl Query for WithinQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for WithinQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let (lats, lons) = (reader.fast_fields().i64("_lat")?, reader.fast_fields().i64("_lon")?);
        let degrees = |n: i64| n as f64 / DEGREE;
        let places = |doc: DocId| lats.values_for_doc(doc).zip(lons.values_for_doc(doc));
        let near = |doc: DocId| places(doc).any(|(lat, lon)| kilometres((self.lat, self.lon), (degrees(lat), degrees(lon))) <= self.km);
        let docs = (0..reader.max_doc()).filter(|doc| near(*doc)).map(|doc| (doc, boost)).collect();
        Ok(Box::new(Listed { docs, at: 0 }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a place is near", 1.0))
    }
}

/// Documents in order, each with its score.
pub(super) fn listed(docs: Vec<(DocId, Score)>) -> Box<dyn Scorer> {
    Box::new(Listed { docs, at: 0 })
}

struct Listed {
    docs: Vec<(DocId, Score)>,
    at: usize,
}

impl DocSet for Listed {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs[self.at..].partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for Listed {
    fn score(&mut self) -> Score {
        self.docs.get(self.at).map_or(0.0, |(_, score)| *score)
    }
}

//! The lead as part of the body.
//!
//! It is the beginning of the body, and has no positions of its own in the index: what matches in it are the matches in the body that
//! end before its end. A column says where that is.

use super::schema::LEAD;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{DocId, Score, SegmentReader};

/// What is to be known of the lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lead {
    /// The field that has its length.
    pub length: Field,
    pub weight: Score,
    /// Whether nothing else is asked; otherwise what stands in it counts so much more.
    pub only: bool,
}

const B: Score = 0.75;

/// Weight of one occurrence by length code of a field that counts `weight` and has the mean length `average`.
pub(super) fn weights(weight: Score, average: Score) -> Vec<Score> {
    let of = |id: u8| weight / (1.0 - B + B * FieldNormReader::id_to_fieldnorm(id) as Score / average);
    (0..=255u8).map(of).collect()
}

/// Lengths of the texts of a field in one segment.
pub(super) fn lengths(reader: &SegmentReader, field: Field) -> tantivy::Result<FieldNormReader> {
    let norms = reader.fieldnorms_readers().get_field(field)?;
    Ok(norms.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1)))
}

/// The leads in one segment.
pub(super) struct Leads {
    n_words: Column<u64>,
    pub only: bool,
    weights: Vec<Score>,
    norms: FieldNormReader,
}

impl Leads {
    /// Opens what is to be known of them; `average` is their mean length where they are scored.
    pub fn open(reader: &SegmentReader, lead: Lead, average: Option<Score>) -> tantivy::Result<Leads> {
        let n_words = reader.fast_fields().u64(LEAD)?;
        let weights = average.map(|average| weights(lead.weight, average)).unwrap_or_default();
        Ok(Leads { n_words, only: lead.only, weights, norms: lengths(reader, lead.length)? })
    }

    /// The first position behind the lead.
    pub fn end(&self, doc: DocId) -> u32 {
        self.n_words.first(doc).unwrap_or(0) as u32
    }

    /// How often `n` matches in the lead of a document count, by its length.
    pub fn frequency(&self, doc: DocId, n: u32) -> Score {
        n as Score * self.weights[usize::from(self.norms.fieldnorm_id(doc))]
    }
}

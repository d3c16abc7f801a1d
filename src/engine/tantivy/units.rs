//! Where the sentences and paragraphs of a body begin, as a column: `/s`, `/p` and their negations are told by it.
//!
//! One value for each sentence but the first: how many words after the one before it begins, times two, and one more where a
//! paragraph begins with it.

use super::schema::UNITS;
use crate::query::{Unit, unit_positions};
use std::cell::OnceCell;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// Calls `take` with each value for `body`.
pub(super) fn each(body: &str, mut take: impl FnMut(u64)) {
    let mut before = 0;
    for (position, paragraph) in unit_positions(body) {
        take(u64::from(position - before) << 1 | u64::from(paragraph));
        before = position;
    }
}

/// The sentences of the bodies in one segment.
pub(super) struct Units {
    column: Column<u64>,
}

impl Units {
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Units> {
        Ok(Units { column: reader.fast_fields().u64(UNITS)? })
    }

    /// Those of one document, read when they are asked for.
    pub fn of(&self, doc: DocId) -> Sentences<'_> {
        Sentences { units: self, doc, starts: OnceCell::new() }
    }
}

/// The sentences of one body.
pub(super) struct Sentences<'u> {
    units: &'u Units,
    doc: DocId,
    starts: OnceCell<(Vec<u32>, Vec<u32>)>,
}

impl Sentences<'_> {
    /// Whether two positions stand in one sentence or paragraph.
    pub fn together(&self, unit: Unit, first: u32, last: u32) -> bool {
        let (sentences, paragraphs) = self.starts.get_or_init(|| {
            let (mut sentences, mut paragraphs, mut at) = (Vec::new(), Vec::new(), 0);
            for value in self.units.column.values_for_doc(self.doc) {
                at += (value >> 1) as u32;
                sentences.push(at);
                if value & 1 == 1 {
                    paragraphs.push(at);
                }
            }
            (sentences, paragraphs)
        });
        let starts = if unit == Unit::Sentence { sentences } else { paragraphs };
        let next = starts.partition_point(|start| *start <= first);
        starts.get(next).is_none_or(|start| *start > last)
    }
}

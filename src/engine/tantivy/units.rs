//! Where the sentences and paragraphs of a body begin, as a column: `/s`, `/p` and their negations are told by it.
//!
//! One value for each sentence but the first: how many words after the one before it begins, times two, and one more where a
//! paragraph begins with it.

use super::schema::UNITS;
use crate::query::{Unit, unit_positions};
use std::cell::{Cell, Ref, RefCell};
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
    /// The values of the document read last.
    read: RefCell<Vec<u64>>,
}

impl Units {
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Units> {
        Ok(Units { column: reader.fast_fields().u64(UNITS)?, read: RefCell::default() })
    }

    /// Those of one document, read when they are asked for.
    pub fn of(&self, doc: DocId) -> Sentences<'_> {
        Sentences { units: self, doc, is_read: Cell::new(false) }
    }
}

/// The sentences of one body.
pub(super) struct Sentences<'u> {
    units: &'u Units,
    doc: DocId,
    is_read: Cell<bool>,
}

impl Sentences<'_> {
    /// Whether two positions stand in one sentence or paragraph.
    pub fn together(&self, unit: Unit, first: u32, last: u32) -> bool {
        let mut at = 0;
        for value in self.values().iter() {
            at += (value >> 1) as u32;
            if at > last {
                break;
            }
            // Another begins between the two.
            if at > first && (unit == Unit::Sentence || value & 1 == 1) {
                return false;
            }
        }
        true
    }

    fn values(&self) -> Ref<'_, Vec<u64>> {
        if !self.is_read.replace(true) {
            let Units { column, read } = self.units;
            let rows = column.index.value_row_ids(self.doc);
            let mut read = read.borrow_mut();
            read.resize(rows.len(), 0);
            column.values.get_range(u64::from(rows.start), &mut read);
        }
        self.units.read.borrow()
    }
}

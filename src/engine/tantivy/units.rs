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
    /// The values of the document read last, as they are kept.
    kept: RefCell<Vec<u64>>,
    /// Where its sentences begin, and whether paragraphs begin with them.
    read: RefCell<Vec<(u32, bool)>>,
}

impl Units {
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Units> {
        Ok(Units { column: reader.fast_fields().u64(UNITS)?, kept: RefCell::default(), read: RefCell::default() })
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
        let starts = self.starts();
        // Whether another begins between the two.
        let mut between = starts[starts.partition_point(|(at, _)| *at <= first)..].iter().take_while(|(at, _)| *at <= last);
        !between.any(|(_, paragraph)| unit == Unit::Sentence || *paragraph)
    }

    fn starts(&self) -> Ref<'_, Vec<(u32, bool)>> {
        if !self.is_read.replace(true) {
            let Units { column, kept, read } = self.units;
            let rows = column.index.value_row_ids(self.doc);
            let mut kept = kept.borrow_mut();
            kept.resize(rows.len(), 0);
            column.values.get_range(u64::from(rows.start), &mut kept);
            let mut at = 0;
            let starts = kept.iter().map(|value| {
                at += (value >> 1) as u32;
                (at, value & 1 == 1)
            });
            let mut read = read.borrow_mut();
            read.clear();
            read.extend(starts);
        }
        self.units.read.borrow()
    }
}

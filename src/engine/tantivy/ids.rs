//! The ids of all articles of a segment, read out of its dictionary in one go: where many are asked for and nothing else of the
//! articles, no clipping has to be unpacked.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader};

/// The id of a document that the dictionary has none of: a very long one.
const NONE: u32 = u32::MAX;

/// Ids by document, quotes' among them.
pub(super) struct Ids {
    text: String,
    /// Where each id ends in the text; the first begins at its start.
    ends: Vec<usize>,
    /// For each document the place of its id.
    of: Vec<u32>,
}

impl Ids {
    /// Reads those of a segment; `column` holds them.
    pub fn read(reader: &SegmentReader, column: Field) -> tantivy::Result<Ids> {
        let mut ids = Ids { text: String::new(), ends: Vec::new(), of: vec![NONE; reader.max_doc() as usize] };
        let inverted = reader.inverted_index(column)?;
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            let Ok(id) = std::str::from_utf8(terms.key()) else { continue };
            let place = ids.ends.len() as u32;
            ids.text.push_str(id);
            ids.ends.push(ids.text.len());
            let mut list = inverted.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            while !list.docs().is_empty() {
                list.docs().iter().for_each(|doc| ids.of[*doc as usize] = place);
                list.advance();
            }
        }
        Ok(ids)
    }

    /// The id of the article of a document.
    pub fn of(&self, doc: DocId) -> Option<&str> {
        let place = *self.of.get(doc as usize).filter(|place| **place != NONE)? as usize;
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        self.text.get(start..self.ends[place])
    }
}

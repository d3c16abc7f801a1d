//! Stored clippings as they are fetched: the stores of the segments stay open from one question to the next, and what a clipping
//! was packed into is handed over as it lies there.

use super::dictionary::Reading;
use crate::article::Clipping;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::index::SegmentId;
use tantivy::schema::{Field, Value};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

/// Blocks of each store that are kept.
const BLOCKS: usize = 16;
/// Stores of segments that are no more are let go when there are so many more stores than segments.
const SPARE: usize = 8;

/// The stores of all segments that were asked.
pub(super) struct Shelf {
    stores: Mutex<HashMap<SegmentId, Arc<StoreReader>>>,
    pub reading: Arc<Reading>,
}

impl Shelf {
    /// For the index in `dir`.
    pub fn at(dir: &Path) -> Shelf {
        Shelf { stores: Mutex::default(), reading: Arc::new(Reading::at(dir)) }
    }

    /// The clipping of an article; `None` when what is stored is none.
    pub fn clipping(&self, searcher: &Searcher, address: DocAddress, column: Field) -> tantivy::Result<Option<Clipping>> {
        fetch(&*self.store(searcher, address.segment_ord)?, &self.reading, address.doc_id, column)
    }

    fn store(&self, searcher: &Searcher, segment: u32) -> tantivy::Result<Arc<StoreReader>> {
        let reader = searcher.segment_reader(segment);
        let mut stores = self.stores.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = stores.get(&reader.segment_id()) {
            return Ok(Arc::clone(store));
        }
        if stores.len() > searcher.segment_readers().len() + SPARE {
            stores.clear();
        }
        let store = Arc::new(reader.get_store_reader(BLOCKS)?);
        stores.insert(reader.segment_id(), Arc::clone(&store));
        Ok(store)
    }
}

/// The clipping stored with a document; `None` when what is stored is none.
pub(super) fn fetch(store: &StoreReader, reading: &Reading, doc: DocId, column: Field) -> tantivy::Result<Option<Clipping>> {
    let raw = store.get_document_bytes(doc)?;
    if let Some(bytes) = only_value(&raw) {
        return Ok(reading.clipping(bytes));
    }
    let document: TantivyDocument = store.get(doc)?;
    Ok(document.get_first(column).and_then(|value| value.as_bytes()).and_then(|bytes| reading.clipping(bytes)))
}

/// The bytes of a stored document that has one value of bytes and nothing else, as every clipping has; tantivy itself copies them
/// one by one. What does not add up to the last byte is `None`, and is left to tantivy.
fn only_value(raw: &[u8]) -> Option<&[u8]> {
    /// Behind the number of values and the field: the kind of value.
    const BYTES: u8 = 4;
    let (n_values, rest) = number(raw)?;
    let (kind, rest) = rest.get(4..)?.split_first()?;
    let (length, bytes) = number(rest)?;
    (n_values == 1 && *kind == BYTES && length == bytes.len() as u64).then_some(bytes)
}

/// A number in groups of seven bits, the last of which has the eighth set; and what is behind it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut n = 0;
    for (i, byte) in bytes.iter().take(9).enumerate() {
        n |= u64::from(byte & 127) << (7 * i);
        if byte & 128 != 0 {
            return Some((n, &bytes[i + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::schema::{BytesOptions, Schema};
    use tantivy::{Index, IndexWriter};

    #[test]
    fn what_tantivy_stores_is_read_as_it_lies_there() {
        let mut schema = Schema::builder();
        let column = schema.add_bytes_field("x", BytesOptions::default().set_stored());
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for size in [0, 1, 127, 128, 300, 70_000] {
            writer.add_document(tantivy::doc!(column => (0..size).map(|n| n as u8).collect::<Vec<u8>>())).unwrap();
        }
        let two = tantivy::doc!(column => vec![1u8], column => vec![2u8]);
        writer.add_document(two).unwrap();
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        for segment in searcher.segment_readers() {
            let store = segment.get_store_reader(1).unwrap();
            for doc in 0..segment.max_doc() {
                let document: TantivyDocument = store.get(doc).unwrap();
                let raw = store.get_document_bytes(doc).unwrap();
                let values: Vec<&[u8]> = document.get_all(column).filter_map(|v| v.as_bytes()).collect();
                assert_eq!(only_value(&raw), if values.len() == 1 { Some(values[0]) } else { None });
            }
        }
        assert_eq!(only_value(&[]), None);
        assert_eq!(only_value(&[0x81, 0, 0, 0, 0, 4, 0x83, 1]), None);
    }
}

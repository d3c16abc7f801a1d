//! What an index is made of: bytes of each part and field.

use std::collections::BTreeMap;
use std::path::Path;

/// Prints the greatest parts of the index in `dir`, each as a share of `text` bytes.
pub fn print(dir: &Path, text: u64, most: usize) {
    let index = tantivy::Index::open_in_dir(dir).unwrap();
    let usage = index.reader().unwrap().searcher().space_usage().unwrap();
    let mut parts: BTreeMap<String, u64> = BTreeMap::new();
    for segment in usage.segments() {
        let mut add = |name: String, bytes: u64| *parts.entry(name).or_default() += bytes;
        add("store".to_owned(), segment.store().data_usage().get_bytes());
        add("store offsets".to_owned(), segment.store().offsets_usage().get_bytes());
        add("deletes".to_owned(), segment.deletes().get_bytes());
        let kinds = [
            ("terms", segment.termdict()),
            ("postings", segment.postings()),
            ("positions", segment.positions()),
            ("norms", segment.fieldnorms()),
            ("column", segment.fast_fields()),
        ];
        for (kind, fields) in kinds {
            for field in fields.fields() {
                add(format!("{kind} {}", field.field_name()), field.total().get_bytes());
                add(format!("all {kind}"), field.total().get_bytes());
            }
        }
    }
    for file in std::fs::read_dir(dir).unwrap().flatten().filter(|f| f.file_name().to_string_lossy().starts_with("values")) {
        parts.insert(file.file_name().to_string_lossy().into_owned(), file.metadata().unwrap().len());
    }
    let mut parts: Vec<_> = parts.into_iter().filter(|(_, n)| *n > 0).collect();
    parts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    println!("{} segments, {} documents", usage.segments().len(), usage.segments().iter().map(|s| u64::from(s.num_docs())).sum::<u64>());
    for (name, bytes) in parts.into_iter().take(most) {
        println!("    {name:<28} {:>9.2} MB   {:.4} of the text", bytes as f64 / 1e6, bytes as f64 / text as f64);
    }
}

/// Bytes of all files in `path`, or of the file itself.
pub fn size(path: &Path) -> u64 {
    let files = walkdir::WalkDir::new(path).into_iter().flatten().filter_map(|e| e.metadata().ok()).filter(|m| m.is_file());
    files.map(|m| m.len()).sum()
}

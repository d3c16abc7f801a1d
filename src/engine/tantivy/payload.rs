//! What a commit notes besides documents.

use super::FINGERPRINT;
use super::writing::Writing;
use crate::disk;
use crate::error::{Context, Kind, Result};
use serde::{Deserialize, Serialize};
use tantivy::Index;

/// What a commit carries besides documents.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Payload {
    pub note: String,
    pub values: u64,
    pub words: String,
    /// Numbers given out to articles and quotes.
    #[serde(default)]
    pub articles: u64,
    #[serde(default)]
    pub quotes: u64,
    /// Checksum of the register of values.
    #[serde(default)]
    pub values_sum: u64,
    /// Checksum of the dictionary of stored clippings; 0 while there is none.
    #[serde(default)]
    pub dictionary: u64,
    /// Checksum of all the others; 0 in commits of the first version.
    #[serde(default)]
    sum: u64,
}

impl Payload {
    /// Syncs the files of `writing` beside the index, and notes what they hold.
    pub fn new(note: &str, writing: &mut Writing) -> Result<Payload> {
        let (articles, quotes) = writing.numbers;
        let (values, values_sum) = (writing.values.sync()?, writing.values.sum());
        let dictionary = writing.packer.settle()?;
        let (note, words) = (note.to_owned(), FINGERPRINT.to_owned());
        let mut payload = Payload { note, values, words, articles, quotes, values_sum, dictionary, sum: 0 };
        payload.sum = payload.computed();
        Ok(payload)
    }

    fn computed(&self) -> u64 {
        let mut numbers = format!("{} {} {} {}", self.values, self.articles, self.quotes, self.values_sum);
        if self.dictionary != 0 {
            numbers.push_str(&format!(" {}", self.dictionary));
        }
        let all = format!("{}\n{numbers}\n{}", self.note, self.words);
        disk::first_bits(&blake3::hash(all.as_bytes())).max(1)
    }

    /// Whether it is as it was written.
    pub fn is_sound(&self) -> bool {
        self.sum == 0 || self.sum == self.computed()
    }
}

/// What the last commit of `index` carries; `None` before the first.
pub(super) fn payload(index: &Index) -> Result<Option<Payload>> {
    let meta = index.load_metas().context(Kind::Engine, || "cannot read the index's list of files".to_owned())?;
    let parsed = meta.payload.as_deref().map(serde_json::from_str).transpose();
    parsed.context(Kind::Engine, || "cannot read the note of the last commit".to_owned())
}

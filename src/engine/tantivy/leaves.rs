//! Words of a query in the postings: which terms a word stands for, and where they are in one segment.

use super::lower::Lowering;
use super::pass::in_time;
use super::schema::LANGUAGE;
use crate::error::{Context, Error, Kind, Result};
use crate::query::{FormMatcher, MOST_WORDS, WordForm};
use crate::words;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use tantivy::columnar::Column;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

/// A term, and the languages in whose texts it is meant: one bit each, by the place in [`words::LANGUAGES`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meant {
    pub term: Term,
    pub languages: u16,
}

/// Texts of every language.
pub(super) const EVERY: u16 = u16::MAX;

impl Lowering<'_> {
    /// As [`terms`], which is asked once for each word.
    pub fn terms(&self, field: Field, form: &WordForm, languages: &[&str]) -> Result<Vec<Meant>> {
        let word = (field, form.clone(), languages.is_empty());
        if let Some(known) = self.memory.of(self.searcher, |known| known.terms.get(&word).cloned()) {
            return Ok(known);
        }
        let found = terms(self.searcher, field, form, languages, self.deadline)?;
        self.memory.of(self.searcher, |known| known.keep(word, &found));
        Ok(found)
    }
}

/// All terms of `field` that `form` stands for; of a bare word, those that are its inflections in one of `languages`.
///
/// # Errors
///
/// When they are more than [`MOST_WORDS`]: a cut-off list would give wrong counts; when the time is up.
fn terms(searcher: &Searcher, field: Field, form: &WordForm, languages: &[&str], deadline: Option<Instant>) -> Result<Vec<Meant>> {
    let within = (searcher, field, deadline);
    let mut found: BTreeMap<String, u16> = BTreeMap::new();
    if let WordForm::Inflected(word) = form {
        let bit = |language: &&str| 1u16 << words::place_of(language);
        for language in languages {
            each(within, form, language, |word| {
                *found.entry(word.to_owned()).or_default() |= bit(language);
                found.len()
            })?;
        }
        let all = languages.iter().map(bit).fold(0, |all, bit| all | bit);
        let everywhere = |(other, mask): (&String, &mut u16)| {
            if *mask == all || other == word {
                *mask = EVERY;
            }
        };
        found.iter_mut().for_each(everywhere);
    } else {
        each(within, form, "", |word| {
            found.insert(word.to_owned(), EVERY);
            found.len()
        })?;
    }
    Ok(found.into_iter().map(|(word, languages)| Meant { term: Term::from_field_text(field, &word), languages }).collect())
}

/// Calls `take`, which says how many it has by then, with every word of the vocabulary that `form` stands for in a language;
/// perhaps several times. Most segments have the same words: of a stretch of the vocabulary each is looked at once.
fn each(
    (searcher, field, deadline): (&Searcher, Field, Option<Instant>),
    form: &WordForm,
    language: &str,
    mut take: impl FnMut(&str) -> usize,
) -> Result<()> {
    let matcher = FormMatcher::new(form, &[language]);
    if let Some(word) = matcher.single() {
        take(word);
        return Ok(());
    }
    let mut met: FxHashSet<Box<[u8]>> = FxHashSet::default();
    for segment in searcher.segment_readers() {
        let failed = || "cannot read the vocabulary of the index".to_owned();
        let inverted = segment.inverted_index(field).context(Kind::Engine, failed)?;
        for prefix in matcher.prefixes() {
            let mut n_found = 0;
            let look = |key: &[u8], _: &TermInfo| {
                // All the words there are, one would not want to keep.
                if !prefix.is_empty() {
                    if met.contains(key) {
                        return Ok(());
                    }
                    met.insert(key.into());
                }
                if let Some(word) = std::str::from_utf8(key).ok().filter(|word| matcher.matches(word)) {
                    n_found = take(word);
                }
                Ok(())
            };
            let looked = beginning(&inverted, &prefix, deadline, look);
            in_time(deadline)?;
            looked.context(Kind::Engine, failed)?;
            if n_found > MOST_WORDS {
                let hint = match form {
                    WordForm::Regex(_) => "begin the expression with letters that the word begins with",
                    _ => "write more of the word before the `*`",
                };
                return Err(
                    Error::new(Kind::Limit, format!("`{}` stands for more than {MOST_WORDS} different words", shown(form))).with_hint(hint)
                );
            }
        }
    }
    Ok(())
}

/// So many keys are looked at between two looks at the clock.
const KEYS: usize = 4096;

/// Calls `look` with every key of a vocabulary that begins so, in order, and with what is known of its postings; fails when the
/// time is up.
pub(super) fn beginning(
    inverted: &InvertedIndexReader,
    prefix: &str,
    deadline: Option<Instant>,
    mut look: impl FnMut(&[u8], &TermInfo) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let mut stream = match prefix {
        "" => inverted.terms().stream(),
        some => inverted.terms().range().ge(some).into_stream(),
    }?;
    let mut n_keys = 0usize;
    while let Some((key, info)) = stream.next() {
        if !key.starts_with(prefix.as_bytes()) {
            break;
        }
        n_keys += 1;
        if n_keys.is_multiple_of(KEYS) {
            in_time(deadline).map_err(|e| TantivyError::InternalError(e.to_string()))?;
        }
        look(key, info)?;
    }
    Ok(())
}

/// The list of words in which `terms` stand, all of one column; `None` where there are no terms.
pub(super) fn list_of(reader: &SegmentReader, terms: &[Meant]) -> tantivy::Result<Option<Arc<InvertedIndexReader>>> {
    terms.first().map(|meant| reader.inverted_index(meant.term.field())).transpose()
}

/// How many documents have one of the terms, each counted once however many it has.
pub(super) fn n_together(searcher: &Searcher, terms: &[Meant]) -> tantivy::Result<u64> {
    if let [Meant { term, languages: EVERY }] = terms {
        return searcher.doc_freq(term);
    }
    let mut n = 0;
    for reader in searcher.segment_readers() {
        let mut leaf = Leaf::open(reader, terms, IndexRecordOption::Basic)?;
        let mut doc = leaf.seek(0);
        while doc != TERMINATED {
            n += 1;
            doc = leaf.seek(doc + 1);
        }
    }
    Ok(n)
}

fn shown(form: &WordForm) -> String {
    match form {
        WordForm::Inflected(w) | WordForm::Exact(w) => w.clone(),
        WordForm::Regex(w) => format!("/{}/", w.strip_prefix("(?i:").and_then(|w| w.strip_suffix(')')).unwrap_or(w)),
        WordForm::Pattern { glob, .. } => glob.clone(),
        WordForm::Fuzzy { form, edits } => format!("{form}~{edits}"),
    }
}

/// The terms of one word in one segment, read together.
pub(super) struct Leaf {
    /// Each with the languages in whose texts it is meant.
    postings: Vec<(SegmentPostings, u16)>,
    /// Languages of the texts, where they matter.
    language: Option<Column<u64>>,
    buffer: Vec<u32>,
}

impl Leaf {
    /// Opens the postings of `terms`; those that are not in the segment fall away.
    pub fn open(reader: &SegmentReader, terms: &[Meant], option: IndexRecordOption) -> tantivy::Result<Leaf> {
        let mut postings = Vec::new();
        if let Some(inverted) = list_of(reader, terms)? {
            for Meant { term, languages } in terms {
                if let Some(found) = inverted.read_postings(term, option)? {
                    postings.push((found, *languages));
                }
            }
        }
        let matters = postings.iter().any(|(_, languages)| *languages != EVERY);
        let language = matters.then(|| reader.fast_fields().u64(LANGUAGE)).transpose()?;
        Ok(Leaf { postings, language, buffer: Vec::new() })
    }

    /// The first document from `target` on that has one of the terms.
    pub fn seek(&mut self, target: DocId) -> DocId {
        let mut least = TERMINATED;
        for (p, languages) in &mut self.postings {
            let mut doc = if p.doc() < target { p.seek(target) } else { p.doc() };
            if let Some(column) = self.language.as_ref().filter(|_| *languages != EVERY) {
                let is_meant = |doc: DocId| *languages >> column.first(doc).unwrap_or(0) & 1 == 1;
                while doc != TERMINATED && !is_meant(doc) {
                    doc = p.advance();
                }
            }
            least = least.min(doc);
        }
        if least == TERMINATED {
            self.postings.clear();
        }
        least
    }

    /// How often the terms stand in `doc`, which [`Leaf::seek`] returned.
    pub fn frequency(&mut self, doc: DocId) -> u32 {
        self.postings.iter().filter(|(p, _)| p.doc() == doc).map(|(p, _)| p.term_freq()).sum()
    }

    /// Where they stand, sorted, each position once.
    pub fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        let mut lists = 0;
        for (p, _) in self.postings.iter_mut().filter(|(p, _)| p.doc() == doc) {
            p.positions(&mut self.buffer);
            out.extend_from_slice(&self.buffer);
            lists += 1;
        }
        if lists > 1 {
            out.sort_unstable();
            out.dedup();
        }
    }

    /// At most so many documents.
    pub fn size(&self) -> u32 {
        self.postings.iter().map(|(p, _)| p.size_hint()).fold(0, u32::saturating_add)
    }
}

/// Which documents can have a match at all: the words they need.
#[derive(Clone, Debug)]
pub(super) enum Need {
    Leaf(usize),
    All(Vec<Need>),
    Any(Vec<Need>),
}

impl Need {
    /// The first document from `target` on that has what is needed.
    pub fn seek(&self, leaves: &mut [Leaf], target: DocId) -> DocId {
        match self {
            Need::Leaf(leaf) => leaves[*leaf].seek(target),
            Need::Any(some) => some.iter().map(|n| n.seek(leaves, target)).min().unwrap_or(TERMINATED),
            // Nothing needed is nothing asked for, and found nowhere.
            Need::All(all) if all.is_empty() => TERMINATED,
            Need::All(all) => {
                let mut candidate = target;
                'again: loop {
                    for need in all {
                        let doc = need.seek(leaves, candidate);
                        if doc == TERMINATED {
                            return TERMINATED;
                        }
                        if doc > candidate {
                            candidate = doc;
                            continue 'again;
                        }
                    }
                    return candidate;
                }
            }
        }
    }

    /// At most so many documents.
    pub fn size(&self, leaves: &[Leaf]) -> u32 {
        match self {
            Need::Leaf(leaf) => leaves[*leaf].size(),
            Need::Any(some) => some.iter().map(|n| n.size(leaves)).fold(0, u32::saturating_add),
            Need::All(all) => all.iter().map(|n| n.size(leaves)).min().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::query::Weight;
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, IndexWriter};

    #[test]
    fn too_many_words_are_too_many_wherever_they_lie() {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("x", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).unwrap();
        for half in ["xa", "xb"] {
            let text: String = (0..=MOST_WORDS / 2).map(|n| format!("{half}{n} ")).collect();
            writer.add_document(tantivy::doc!(field => text)).unwrap();
            writer.commit().unwrap();
        }
        let searcher = index.reader().unwrap().searcher();
        let asked = |glob: &str| terms(&searcher, field, &WordForm::Pattern { glob: glob.to_owned(), upto: None }, &[], None);
        assert_eq!(asked("xa*").unwrap().len(), MOST_WORDS / 2 + 1);
        assert!(asked("x*").is_err(), "half of them lie in each segment");
        // An expression is named as it was typed.
        let error = terms(&searcher, field, &WordForm::Regex("(?i:x.*)".to_owned()), &[], None).unwrap_err();
        assert!(error.to_string().contains("`/x.*/` stands for"), "{error}");
        // Looking for what is nowhere ends with its time too, in a list of words and in one of values.
        let (nowhere, late) = (WordForm::Regex("(?i:.*y)".to_owned()), Some(Instant::now()));
        assert_eq!(terms(&searcher, field, &nowhere, &[], late).unwrap_err().kind(), Kind::Time);
        let values = |deadline| super::super::many_values::ManyValuesQuery { field, form: nowhere.clone(), deadline };
        assert!(
            values(late).scorer(searcher.segment_reader(0), 1.0).is_err() && values(None).scorer(searcher.segment_reader(0), 1.0).is_ok()
        );
    }
}

//! Words of a query in the postings: which terms a word stands for, and where they are in one segment.

use crate::error::{Context, Error, Kind, Result};
use crate::query::{FormMatcher, MOST_WORDS, WordForm};
use std::collections::BTreeSet;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// All terms of `field` that `form` stands for.
///
/// # Errors
///
/// When they are more than [`MOST_WORDS`]: a cut-off list would give wrong counts.
pub(super) fn terms(searcher: &Searcher, field: Field, form: &WordForm, languages: &[&str]) -> Result<Vec<Term>> {
    let matcher = FormMatcher::new(form, languages);
    if let Some(word) = matcher.single() {
        return Ok(vec![Term::from_field_text(field, word)]);
    }
    let mut found = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let failed = || "cannot read the vocabulary of the index".to_owned();
        let inverted = segment.inverted_index(field).context(Kind::Engine, failed)?;
        for prefix in matcher.prefixes() {
            let mut stream = match prefix.as_str() {
                "" => inverted.terms().stream(),
                some => inverted.terms().range().ge(some).into_stream(),
            }
            .context(Kind::Engine, failed)?;
            while let Some((key, _)) = stream.next() {
                if !key.starts_with(prefix.as_bytes()) {
                    break;
                }
                let Ok(word) = std::str::from_utf8(key) else { continue };
                if matcher.matches(word) {
                    found.insert(word.to_owned());
                }
            }
            if found.len() > MOST_WORDS {
                return Err(Error::new(Kind::Limit, format!("`{}` stands for more than {MOST_WORDS} different words", shown(form)))
                    .with_hint("write more of the word before the `*`"));
            }
        }
    }
    Ok(found.into_iter().map(|word| Term::from_field_text(field, &word)).collect())
}

/// How many documents have one of the terms, each counted once however many it has.
pub(super) fn n_together(searcher: &Searcher, field: Field, terms: &[Term]) -> tantivy::Result<u64> {
    if let [only] = terms {
        return searcher.doc_freq(only);
    }
    let mut n = 0;
    for reader in searcher.segment_readers() {
        let mut leaf = Leaf::open(reader, field, terms, IndexRecordOption::Basic)?;
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
        WordForm::Inflected(w) | WordForm::Exact(w) | WordForm::Regex(w) => w.clone(),
        WordForm::Pattern { glob, .. } => glob.clone(),
        WordForm::Fuzzy { form, edits } => format!("{form}~{edits}"),
    }
}

/// The terms of one word in one segment, read together.
pub(super) struct Leaf {
    postings: Vec<SegmentPostings>,
    buffer: Vec<u32>,
}

impl Leaf {
    /// Opens the postings of `terms`; those that are not in the segment fall away.
    pub fn open(reader: &SegmentReader, field: Field, terms: &[Term], option: IndexRecordOption) -> tantivy::Result<Leaf> {
        let inverted = reader.inverted_index(field)?;
        let mut postings = Vec::new();
        for term in terms {
            if let Some(found) = inverted.read_postings(term, option)? {
                postings.push(found);
            }
        }
        Ok(Leaf { postings, buffer: Vec::new() })
    }

    /// The first document from `target` on that has one of the terms.
    pub fn seek(&mut self, target: DocId) -> DocId {
        let mut least = TERMINATED;
        for p in &mut self.postings {
            let doc = if p.doc() < target { p.seek(target) } else { p.doc() };
            least = least.min(doc);
        }
        if least == TERMINATED {
            self.postings.clear();
        }
        least
    }

    /// How often the terms stand in `doc`, which [`Leaf::seek`] returned.
    pub fn frequency(&mut self, doc: DocId) -> u32 {
        self.postings.iter().filter(|p| p.doc() == doc).map(Postings::term_freq).sum()
    }

    /// Where they stand, sorted, each position once.
    pub fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        let mut lists = 0;
        for p in self.postings.iter_mut().filter(|p| p.doc() == doc) {
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
        self.postings.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
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

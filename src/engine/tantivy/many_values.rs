//! A pattern over whole values (addresses, files, ids) that stands for more of them than one would list: the vocabulary is gone
//! through in each segment, and what has one of the values is collected.

use super::join::listed;
use super::leaves::beginning;
use crate::query::{FormMatcher, WordForm};
use std::time::Instant;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Documents with a value of `field` that `form` stands for.
#[derive(Clone, Debug)]
pub(super) struct ManyValuesQuery {
    pub field: Field,
    pub form: WordForm,
    /// When that must end.
    pub deadline: Option<Instant>,
}

impl Query for ManyValuesQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for ManyValuesQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let matcher = FormMatcher::new(&self.form, &[""]);
        let inverted = reader.inverted_index(self.field)?;
        let mut docs: Vec<DocId> = Vec::new();
        for prefix in matcher.prefixes() {
            beginning(&inverted, &prefix, self.deadline, |key, info| {
                if std::str::from_utf8(key).is_ok_and(|value| matcher.matches(value)) {
                    let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                    while postings.doc() != TERMINATED {
                        docs.push(postings.doc());
                        postings.advance();
                    }
                }
                Ok(())
            })?;
        }
        docs.sort_unstable();
        docs.dedup();
        Ok(listed(docs.into_iter().map(|doc| (doc, boost)).collect()))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a value is like the pattern", 1.0))
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Clipping;
    use crate::engine::Access;
    use crate::query::{Context, MOST_WORDS, Search, Target, parse};

    #[test]
    fn a_pattern_may_stand_for_any_number_of_addresses() {
        let dir = tempfile::tempdir().unwrap();
        let engine = super::super::open(dir.path(), Access::Write).unwrap().engine;
        let page = |n: usize| {
            let mut clipping = Clipping::default();
            clipping.article.id = format!("p{n}");
            clipping.article.url = Some(format!("https://{}.example/news/{n}.html", if n.is_multiple_of(1000) { "old" } else { "www" }));
            clipping
        };
        // In two segments.
        let (all, half) = (MOST_WORDS + 20, MOST_WORDS / 2);
        let pages: Vec<Clipping> = (0..all).map(page).collect();
        for part in [&pages[..half], &pages[half..]] {
            engine.put(part).unwrap();
            engine.commit("").unwrap();
        }
        let total = |text: &str| {
            let query = parse(text, &Context::new(Target::Articles)).query;
            engine.search(&Search { limit: Some(0), ..Search::articles(query) }).unwrap().total
        };
        assert_eq!(total("url:*example*"), all as u64);
        assert_eq!(total("url:https://www.example/*"), (all - all.div_ceil(1000)) as u64);
        assert_eq!(total("-url:*www.example*"), all.div_ceil(1000) as u64);
        assert_eq!(total("url:*example* url:*0.html"), (all / 10) as u64);
    }
}

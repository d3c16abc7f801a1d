//! Copies folded into one hit while searching: the best of each group, how many there are, and the oldest of them.

use super::Tantivy;
use super::numbers::Numbers;
use super::pass::Found;
use super::schema::On;
use super::search::load;
use super::stories::{Of, Stories};
use crate::error::{Context, Kind, Result};
use crate::query::Folded;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use tantivy::{DocAddress, DocId, Searcher};

/// Groups met so far.
pub(super) struct Folding {
    of: Of,
    pub stories: Arc<Stories>,
    groups: FxHashMap<u32, Tally>,
    /// Hits that stand alone.
    pub alone: u64,
}

/// One group of hits.
pub(super) struct Tally {
    pub best: Found,
    hits: u64,
    articles: u64,
    last_article: (u32, DocId),
    oldest: ((i64, u64), (u32, DocId)),
}

impl Folding {
    pub fn new(on: On, stories: Arc<Stories>) -> Folding {
        Folding { of: Of::those(on), stories, groups: FxHashMap::default(), alone: 0 }
    }

    /// The group that `doc` belongs to; `None` when it stands alone.
    pub fn group(&self, numbers: &mut Numbers, doc: DocId) -> Option<u32> {
        self.stories.told_again(self.of, numbers.of(doc)?)
    }

    /// Takes a hit of a group: `article` is the hit itself, or the article of the quote that is the hit.
    pub fn take(&mut self, group: u32, found: Found, article: (u32, DocId), age: (i64, u64)) {
        let (_, std::cmp::Reverse(at)) = found;
        match self.groups.entry(group) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(Tally { best: found, hits: 1, articles: 1, last_article: article, oldest: (age, at) });
            }
            std::collections::hash_map::Entry::Occupied(mut entry) => {
                let tally = entry.get_mut();
                tally.hits += 1;
                tally.articles += u64::from(tally.last_article != article);
                tally.last_article = article;
                tally.best = tally.best.max(found);
                tally.oldest = tally.oldest.min((age, at));
            }
        }
    }

    /// Adds the groups met elsewhere; an article and its quotes are never parted.
    pub fn absorb(&mut self, other: Folding) {
        self.alone += other.alone;
        // Most were met once: without room for them the table would be laid out anew again and again.
        self.groups.reserve(other.groups.len());
        for (group, tally) in other.groups {
            match self.groups.entry(group) {
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(tally);
                }
                std::collections::hash_map::Entry::Occupied(mut entry) => {
                    let kept = entry.get_mut();
                    kept.hits += tally.hits;
                    kept.articles += tally.articles;
                    kept.best = kept.best.max(tally.best);
                    kept.oldest = kept.oldest.min(tally.oldest);
                }
            }
        }
    }

    /// How many different stories, or quotes, there are.
    pub fn distinct(&self) -> u64 {
        self.alone + self.groups.len() as u64
    }

    /// The best hit of each group, to be ranked among those that stand alone.
    pub fn best(&self) -> impl Iterator<Item = Found> {
        self.groups.values().map(|tally| tally.best)
    }

    /// The groups of which the best hit is one of `places`, by its place.
    pub fn at(self, places: &FxHashSet<(u32, DocId)>) -> FxHashMap<(u32, DocId), Tally> {
        let tallies = self.groups.into_values().map(|tally| (tally.best.1.0, tally));
        tallies.filter(|(place, _)| places.contains(place)).collect()
    }
}

/// What was folded into a hit, for people; `None` when nothing was.
pub(super) fn folded(engine: &Tantivy, searcher: &Searcher, on: On, tally: &Tally) -> Result<Option<Folded>> {
    if tally.hits < 2 {
        return Ok(None);
    }
    let (_, (segment, doc)) = tally.oldest;
    let reader = searcher.segment_reader(segment);
    let failed = || "cannot read a hit from the index".to_owned();
    let number = |name: &str| engine.drawers.naturals(reader, name).map(|c| c.first(doc)).context(Kind::Engine, failed);
    let (article, quote) = match on {
        On::Article => (doc, None),
        On::Quote => (doc + number("_up")?.unwrap_or(0) as DocId, number("_quote")?.map(|n| n as usize)),
    };
    let first = load(engine, searcher, &Stories::default(), DocAddress::new(segment, article))?.article;
    let (published, source) = (first.published, first.source);
    Ok(Some(Folded { hits: tally.hits - 1, articles: tally.articles, first: (first.id, quote), published, source }))
}

//! What the whole index has of each value: a word that most articles have is counted by those that lack it.

use super::Tantivy;
use super::count::{Counter, Counts};
use super::marked::Marked;
use super::pass::in_time;
use super::schema::On;
use super::stretch::{Stretch, Stretches};
use super::timeline::Timeline;
use crate::error::{Context, Kind, Result};
use crate::query::{FacetRequest, Search};
use std::sync::Arc;
use tantivy::{Searcher, Term};

/// Where one document in so many is a hit, it pays to write columns out.
const SPARSE: u64 = 16;

/// Facets and timeline of the `total` hits that are marked in each stretch.
pub(super) fn count(
    engine: &Tantivy,
    searcher: &Searcher,
    search: &Search,
    on: On,
    stretches: &Stretches,
    marked: &[Marked],
    total: u64,
) -> Result<Counts> {
    if search.facets.is_empty() && search.timeline.is_none() && on == On::Article {
        let mut counts = Counts::new(search, total, false);
        counts.articles = total;
        return Ok(counts);
    }
    let of_kind = searcher.doc_freq(&Term::from_field_u64(engine.columns.kind, on.code()));
    let of_kind = of_kind.context(Kind::Engine, || "cannot count the articles of the index".to_owned())?;
    // Counting the rest takes less than counting the hits.
    let is_most = total * 2 > of_kind;
    let whole = if is_most { known(engine, searcher, search, on) } else { (vec![None; search.facets.len()], None) };
    let known: Vec<bool> = whole.0.iter().map(Option::is_some).chain([whole.1.is_some()]).collect();
    // Pairs are counted of the hits.
    let of_rest: Vec<bool> = search.facets.iter().map(|f| f.by.is_some()).chain([false]).collect();
    let n_rest = of_kind - total.min(of_kind);
    let are_dense = total * SPARSE > of_kind && engine.drawers.is_warm();
    let new = || (Counts::new(search, total, are_dense), is_most.then(|| Counts::new(search, n_rest, are_dense)));
    // What is read of a segment at first is read side by side too.
    let (first, segments) = (new().0, searcher.segment_readers());
    let pieces = first.pieces();
    stretches.share(segments.len() * pieces, || (), |(), at| first.prepare(engine, &segments[at / pieces], on, at % pieces))?;
    type Counted = (Counts, Option<Counts>);
    let each = |(hits, rest): &mut Counted, at: usize, stretch: &Stretch| {
        in_time(search.deadline)?;
        let reader = searcher.segment_reader(stretch.segment);
        hits.count(&hits.open(engine, reader, on)?, &marked[at], &known);
        if let Some(rest) = rest {
            rest.count(&rest.open(engine, reader, on)?, &marked[at].rest(reader), &of_rest);
        }
        Ok(())
    };
    let join = |(hits, rest): &mut Counted, (other_hits, other_rest): Counted| {
        hits.absorb(other_hits);
        rest.iter_mut().zip(other_rest).for_each(|(rest, other)| rest.absorb(other));
    };
    let (mut hits, rest) = stretches.sum(new, each, join)?;
    if let Some(rest) = rest {
        settle(engine, searcher, on, &mut hits, rest, whole);
    }
    Ok(hits)
}

/// Counts of all articles, or of all quotes: of facets and over time.
type Kept = (Vec<Option<Arc<Counter>>>, Option<Arc<Timeline>>);

/// What is known of the facets and the timeline that are asked for.
fn known(engine: &Tantivy, searcher: &Searcher, search: &Search, on: On) -> Kept {
    engine.memory.of(searcher, |known| {
        let mut counter = |f: &FacetRequest| if f.by.is_none() { known.counter(on, f) } else { None };
        let counters = search.facets.iter().map(&mut counter).collect();
        (counters, known.timeline(on))
    })
}

/// Counts hits by what is known of all and by the `rest`; what was not known is, from now on.
fn settle(engine: &Tantivy, searcher: &Searcher, on: On, hits: &mut Counts, rest: Counts, (counters, timeline): Kept) {
    for ((counted, rest), whole) in hits.counters.iter_mut().zip(rest.counters).zip(counters) {
        let name = counted.request.field.name;
        match whole {
            Some(whole) => *counted = whole.less(&rest, counted.request.clone()),
            None if counted.request.by.is_none() => {
                let mut whole = counted.clone();
                whole.absorb(rest);
                engine.memory.of(searcher, |known| known.counters.insert((on, name), Arc::new(whole)));
            }
            None => {}
        }
    }
    match timeline {
        Some(whole) => {
            hits.timeline = whole.as_ref().clone().by(hits.timeline.bucket());
            hits.timeline.lessen(&rest.timeline);
        }
        None if hits.timeline.has_days() => {
            let mut whole = hits.timeline.clone();
            whole.absorb(&rest.timeline);
            engine.memory.of(searcher, |known| known.timelines.insert(on, Arc::new(whole)));
        }
        None => {}
    }
}

//! Several who speak together: `Ana Ito and Bo Dahl said`, `the Harbor Council, the pilots' union and Varr Inc. said`.

use super::closed::is_determiner;
use super::outline::Outline;
use super::phrase::{Phrase, Sort};

/// Most who speak together.
const MOST: usize = 5;

impl Outline<'_> {
    /// The words for all of them, by the first; `last` is the last one. What stands before the first opens the clause.
    pub(super) fn all_of(&self, low: usize, last: &Phrase) -> Option<Phrase> {
        let kind = |e: usize| self.names.entities.get(e).map(|e| e.kind);
        let Sort::Entity(one) = last.sort else { return None };
        let mut start = last.items.start;
        let mut found = None;
        for n in 0..MOST {
            let article = usize::from(start > low && is_determiner(&self.low(start - 1)));
            let Some(joint) = start.checked_sub(1 + article).filter(|k| *k > low) else { break };
            let joins = &*self.low(joint) == "and" || n > 0 && self.text(joint) == ",";
            let Some((range, entity)) = self.mention(joint - 1).filter(|(range, _)| joins && range.end == joint && range.start >= low)
            else {
                break;
            };
            // `the House and Senate Judiciary Committees`
            let chamber = self.text(joint - 1) == "House";
            if chamber || entity == one || kind(entity) != kind(one) {
                break;
            }
            start = self.with_titles(low, range.start);
            let first = if start > low && is_determiner(&self.low(start - 1)) { start - 1 } else { start };
            let both = first > low && &*self.low(first - 1) == "both";
            let first = first - usize::from(both);
            let opens = first == low || self.is_quote(first - 1) || matches!(self.text(first - 1), "," | ":" | ";" | "—" | "–" | "--");
            if opens {
                found = Some(Phrase { items: first..last.items.end, head: range.end - 1, sort: Sort::Entity(entity) });
            }
            if first == low {
                break;
            }
        }
        found
    }
}

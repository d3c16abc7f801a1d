//! `« Le pont est fermé, explique Ana Ito, présidente du comité. On attend. »`: the report stands between the marks of its quote.

use super::Walk;
use super::ties::{small, tied};
use crate::article::QuoteKind;
use crate::extract::names::{Gender, is_foreign_office};
use crate::extract::page::Shape;
use crate::extract::quotes::language::Part;
use crate::extract::quotes::outline::Unit;
use crate::extract::quotes::speaker::{self, Resolved};
use crate::extract::quotes::statement::{Rule, Statement};
use std::ops::Range;

/// Most words between the verb and the name: `explique la présidente du comité, Ana Ito`.
const BESIDE: usize = 7;

impl Walk<'_, '_> {
    /// The quote at item `q` as a statement, if a report stands in it between commas. All positions are tokens.
    pub(super) fn incise(&self, unit: &Unit, q: usize) -> Option<Statement> {
        let page = self.o.page;
        let inner = self.o.marked[self.o.items[q].quote as usize].inner.clone();
        let first = page.tokens.partition_point(|t| (t.start as usize) < inner.start);
        let end = page.tokens.partition_point(|t| (t.start as usize) < inner.end);
        let comma = |k: &usize| page.text(*k) == ",";
        let (open, cue, speaker, behind) = (first + 2..end).filter(comma).find_map(|k| {
            let (cue, pronoun) = self.verb_of_tokens(k + 1, end)?;
            let (speaker, behind) = match pronoun {
                Some(gender) => (self.only_one(unit, q, self.bytes(cue.clone()), Some(gender)), cue.end),
                None => self.named_inside(cue.end, end)?,
            };
            Some((k, cue, speaker, behind))
        })?;
        let rest = self.rest(behind, end);
        let pieces = [first..open, rest..end].into_iter().filter(|p| !p.is_empty()).map(|p| self.bytes(p)).collect();
        Some(Statement { pieces, kind: QuoteKind::Direct, speaker: Some(speaker), cue: Some(self.bytes(cue)), rule: Rule::Inverted })
    }

    fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        let page = self.o.page;
        page.tokens[tokens.start].start as usize..page.tokens[tokens.end - 1].end as usize
    }

    /// The reporting verb at token `i`, and of what gender the pronoun is that is tied to it (`dit-elle`).
    fn verb_of_tokens(&self, i: usize, end: usize) -> Option<(Range<usize>, Option<Gender>)> {
        let language = self.language.filter(|_| i < end)?;
        let word = small(self.o.page.text(i));
        let participle = |from: usize| (from < end && language.is(&small(self.o.page.text(from)), Part::Done)).then_some(i..from + 1);
        if let Some((verb, gender)) = tied(language, &word) {
            let said = language.is(verb, Part::Say).then_some(i..i + 1);
            let cue = participle(i + 1).filter(|_| language.is(verb, Part::Has)).or(said)?;
            return Some((cue, Some(gender)));
        }
        if language.is(&word, Part::Has) {
            return participle(i + 1).map(|cue| (cue, None));
        }
        language.is(&word, Part::Say).then_some((i..i + 1, None))
    }

    /// The person named in the few words from token `i` on, at most one comma before the name; and where the name ends.
    fn named_inside(&self, i: usize, end: usize) -> Option<(Resolved, usize)> {
        let (o, page) = (self.o, self.o.page);
        let mut commas = 0;
        for k in i..end.min(i + BESIDE) {
            let n = o.mentions.partition_point(|(range, _)| range.end <= k);
            if let Some((range, e)) = o.mentions.get(n).filter(|(range, _)| range.start <= k) {
                return Some((speaker::entity(o, &self.traces, *e, self.bytes(i..range.end), 0.9), range.end));
            }
            match page.text(k) {
                "," if commas == 0 && k > i => commas = 1,
                _ if page.tokens[k].shape == Shape::Mark => return None,
                _ => {}
            }
        }
        None
    }

    /// Where the quote goes on behind the name that ends before token `i`: what tells who that is ends with the next mark.
    fn rest(&self, i: usize, end: usize) -> usize {
        let page = self.o.page;
        let mark = |from: usize| (from..end).find(|k| matches!(page.text(*k), "," | "." | ";" | "!" | "?")).unwrap_or(end);
        let first = mark(i);
        // `, présidente du comité.`, `, 45 ans,`
        let apposed = first < end
            && page.text(first) == ","
            && page.tokens.get(first + 1).is_some_and(|t| t.shape == Shape::Number || is_foreign_office(page.text(first + 1)));
        (if apposed { mark(first + 1) } else { first }).saturating_add(1).min(end)
    }
}

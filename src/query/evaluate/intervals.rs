//! The matches of an expression in one text, as runs of word positions.
//!
//! `Near` and `Same` give the smallest runs that hold a match of each side (Clarke, Cormack and Burkowski 1995), the two not
//! overlapping. `Or` gives the matches of every side as they are.

use super::Words;
use super::runs::{Leaf, Run, apart, count_apart, followed, smallest, sorted};
use super::text::Tokens;
use crate::query::{Case, Expr, Part, Unit, WordForm};

/// The matches of `expr`, in order; `leaves` gets the words and phrases they are made of (and others beside).
pub(super) fn runs(expr: &Expr, tokens: &Tokens<'_>, words: &Words, leaves: &mut Vec<Leaf>) -> Vec<Run> {
    Search { tokens, words, cases: Vec::new() }.runs(expr, leaves)
}

struct Search<'s, 't> {
    tokens: &'s Tokens<'t>,
    words: &'s Words,
    /// The capitals asked for around the expression at hand.
    cases: Vec<Case>,
}

impl Search<'_, '_> {
    fn runs(&mut self, expr: &Expr, leaves: &mut Vec<Leaf>) -> Vec<Run> {
        match expr {
            Expr::Word(form) => self.word(form, leaves),
            Expr::Phrase(parts) => self.phrase(parts, leaves),
            Expr::Window { words, slop } => self.window(words, *slop, leaves),
            Expr::Or(any) => sorted(any.iter().flat_map(|e| self.runs(e, leaves)).collect()),
            Expr::And(all) => {
                let each: Vec<Vec<Run>> = all.iter().map(|e| self.runs(e, leaves)).collect();
                if each.iter().any(Vec::is_empty) { Vec::new() } else { sorted(each.concat()) }
            }
            Expr::Near { left, right, n, ordered } => {
                let (left, right) = (self.runs(left, leaves), self.runs(right, leaves));
                both(&left, &right, *n, *ordered, |_| true)
            }
            Expr::Same { left, right, unit, ordered } => {
                let (left, right) = (self.runs(left, leaves), self.runs(right, leaves));
                both(&left, &right, u32::MAX, *ordered, |run| self.in_one(*unit, run))
            }
            Expr::NotNear { left, right, n, unit } => {
                let left = self.runs(left, leaves);
                let right = self.runs(right, &mut Vec::new());
                match unit {
                    Some(unit) => apart(&left, &right, u32::MAX, |run| self.in_one(*unit, run)),
                    None => apart(&left, &right, n.unwrap_or(1), |_| true),
                }
            }
            Expr::AtLeast { n, expr } => {
                let runs = self.runs(expr, leaves);
                if count_apart(&runs) >= *n { runs } else { Vec::new() }
            }
            Expr::First { n, expr } => {
                let mut runs = self.runs(expr, leaves);
                runs.retain(|run| run.end < *n);
                runs
            }
            Expr::Case { case, expr } => {
                self.cases.push(*case);
                let runs = self.runs(expr, leaves);
                self.cases.pop();
                runs
            }
        }
    }

    fn in_one(&self, unit: Unit, run: Run) -> bool {
        let units = self.tokens.units(unit);
        units.get(run.start as usize) == units.get(run.end as usize)
    }

    fn word(&self, form: &WordForm, leaves: &mut Vec<Leaf>) -> Vec<Run> {
        let found = self.tokens.leaves(form, self.words, &self.cases);
        let runs = sorted(found.iter().map(|leaf| leaf.run).collect());
        leaves.extend(found);
        runs
    }

    /// The positions where any of the forms stands, in order.
    fn positions(&self, forms: &[WordForm]) -> Vec<u32> {
        let found = forms.iter().flat_map(|form| self.tokens.leaves(form, self.words, &self.cases));
        let mut positions: Vec<u32> = found.map(|leaf| leaf.run.start).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    fn phrase(&self, parts: &[Part], leaves: &mut Vec<Leaf>) -> Vec<Run> {
        let places: Vec<Option<Vec<u32>>> = parts
            .iter()
            .map(|part| match part {
                Part::Word(form) => Some(self.positions(std::slice::from_ref(form))),
                Part::AnyOf(forms) => Some(self.positions(forms)),
                Part::Gap => None,
            })
            .collect();
        let len = parts.len() as u32;
        // The rarest word leads; a phrase of gaps alone stands nowhere.
        let rarest = places.iter().enumerate().filter_map(|(i, p)| Some((i, p.as_ref()?))).min_by_key(|(_, p)| p.len());
        let Some((lead, starts)) = rarest else { return Vec::new() };
        let mut runs = Vec::new();
        for start in starts.iter().filter_map(|p| p.checked_sub(lead as u32)) {
            let all = places.iter().zip(start..).all(|(place, at)| match place {
                Some(positions) => positions.binary_search(&at).is_ok(),
                None => at < self.tokens.len,
            });
            if all {
                let run = Run { start, end: start + len - 1 };
                leaves.push(Leaf { run, bytes: self.tokens.bytes(run).start..self.end_of(parts, run) });
                runs.push(run);
            }
        }
        runs
    }

    /// Where the last word of a phrase ends, which may be a compound.
    fn end_of(&self, parts: &[Part], run: Run) -> usize {
        let forms = match parts.last() {
            Some(Part::Word(form)) => std::slice::from_ref(form),
            Some(Part::AnyOf(forms)) => forms,
            Some(Part::Gap) | None => &[],
        };
        let last = forms.iter().flat_map(|form| self.tokens.leaves(form, self.words, &self.cases)).filter(|leaf| leaf.run.end == run.end);
        last.map(|leaf| leaf.bytes.end).max().unwrap_or_else(|| self.tokens.bytes(run).end)
    }

    /// The smallest windows with a place of its own for every word.
    fn window(&self, forms: &[WordForm], slop: u32, leaves: &mut Vec<Leaf>) -> Vec<Run> {
        let places: Vec<Vec<Leaf>> = forms.iter().map(|form| self.tokens.leaves(form, self.words, &self.cases)).collect();
        if forms.is_empty() || places.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let mut wanted: Vec<(u32, usize)> = Vec::new();
        for (word, place) in places.iter().enumerate() {
            wanted.extend(place.iter().map(|leaf| (leaf.run.start, word)));
        }
        wanted.sort_unstable();
        wanted.dedup();
        let widest = (forms.len() as u32).saturating_add(slop);
        let mut runs = Vec::new();
        for (i, (start, _)) in wanted.iter().enumerate() {
            let reach = wanted[i..].partition_point(|(p, _)| *p - start < widest);
            if let Some(end) = first_full(&wanted[i..i + reach], forms.len()) {
                runs.push(Run { start: *start, end });
            }
        }
        leaves.extend(places.into_iter().flatten());
        smallest(runs)
    }
}

/// The smallest runs with a match of either side, in any order unless `ordered`.
fn both(left: &[Run], right: &[Run], reach: u32, ordered: bool, fits: impl Fn(Run) -> bool) -> Vec<Run> {
    let mut runs = Vec::new();
    followed(left, right, reach, &fits, &mut runs);
    if !ordered {
        followed(right, left, reach, &fits, &mut runs);
    }
    smallest(runs)
}

/// The position at which all `words` have got a place of their own, reading `(position, word)` from the left: each word that
/// comes is given a place by moving others if need be (augmenting paths, as in bipartite matching).
fn first_full(wanted: &[(u32, usize)], words: usize) -> Option<u32> {
    let mut place_of: Vec<Option<u32>> = vec![None; words];
    let mut seen: Vec<(u32, usize)> = Vec::new();
    for pair in wanted {
        seen.push(*pair);
        for word in 0..words {
            if place_of[word].is_none() {
                assign(word, &seen, &mut place_of, &mut Vec::new());
            }
        }
        if place_of.iter().all(Option::is_some) {
            return Some(pair.0);
        }
    }
    None
}

fn assign(word: usize, seen: &[(u32, usize)], place_of: &mut [Option<u32>], tried: &mut Vec<u32>) -> bool {
    for (position, _) in seen.iter().filter(|(_, w)| *w == word) {
        if tried.contains(position) {
            continue;
        }
        tried.push(*position);
        let holder = place_of.iter().position(|p| *p == Some(*position));
        if holder.is_none_or(|other| assign(other, seen, place_of, tried)) {
            place_of[word] = Some(*position);
            return true;
        }
    }
    false
}

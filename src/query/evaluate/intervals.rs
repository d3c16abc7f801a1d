//! The matches of an expression in one text, as runs of word positions.
//!
//! `Near` and `Same` give the smallest runs that hold a match of each side (Clarke, Cormack and Burkowski 1995), the two not
//! overlapping. `Or` gives the matches of every side as they are.

use super::runs::{Run, apart, count_apart, followed, smallest, sorted};
use crate::query::{Case, Expr, Part, Unit, WordForm};

/// Where words stand in one text: cut from the text itself, or read off an index.
pub trait Places {
    /// The positions at which a word stands whose letters in the text are as every one of `cases` asks, in order and each once.
    ///
    /// Who does not know the letters may leave the cases aside; what is then found must be looked at again.
    fn positions(&self, form: &WordForm, cases: &[Case]) -> Vec<u32>;

    /// How many positions the text has.
    fn count(&self) -> u32;

    /// Whether two positions stand in one sentence or paragraph.
    fn together(&self, unit: Unit, first: u32, last: u32) -> bool;

    /// Whether the text from the word at `first` to the word at `last` reads `text`, letter by letter.
    ///
    /// Who does not know the letters says yes; what is then found must be looked at again.
    fn reads(&self, first: u32, last: u32, text: &str) -> bool;
}

/// A word or phrase found, with the forms of which one stands at its first and one at its last position.
pub(super) struct Leaf<'e> {
    pub run: Run,
    pub first: &'e [WordForm],
    pub last: &'e [WordForm],
    pub cases: Vec<Case>,
}

/// The matches of `expr` in one text, in order.
///
/// This is what every operator of closeness means; an engine that has positions calls it for each candidate.
pub fn runs(expr: &Expr, places: &dyn Places) -> Vec<Run> {
    Search { places, cases: Vec::new(), keeps_leaves: false }.runs(expr, &mut Vec::new())
}

/// The matches; `leaves` gets the words and phrases they are made of, and others beside.
pub(super) fn runs_and_leaves<'e>(expr: &'e Expr, places: &dyn Places, leaves: &mut Vec<Leaf<'e>>) -> Vec<Run> {
    Search { places, cases: Vec::new(), keeps_leaves: true }.runs(expr, leaves)
}

struct Search<'s> {
    places: &'s dyn Places,
    /// The capitals asked for around the expression at hand.
    cases: Vec<Case>,
    /// Whether anybody wants to know of what the matches are made.
    keeps_leaves: bool,
}

impl Search<'_> {
    fn runs<'e>(&mut self, expr: &'e Expr, leaves: &mut Vec<Leaf<'e>>) -> Vec<Run> {
        match expr {
            Expr::Word(form) => self.word(form, leaves),
            Expr::Phrase(parts) => self.phrase(parts, leaves, |_| true),
            Expr::Exact { text, parts } => self.phrase(parts, leaves, |run| self.places.reads(run.start, run.end, text)),
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
        self.places.together(unit, run.start, run.end)
    }

    fn word<'e>(&self, form: &'e WordForm, leaves: &mut Vec<Leaf<'e>>) -> Vec<Run> {
        let forms = std::slice::from_ref(form);
        let runs: Vec<Run> = self.positions(forms).into_iter().map(|at| Run { start: at, end: at }).collect();
        if self.keeps_leaves {
            leaves.extend(runs.iter().map(|run| self.leaf(*run, forms, forms)));
        }
        runs
    }

    fn leaf<'e>(&self, run: Run, first: &'e [WordForm], last: &'e [WordForm]) -> Leaf<'e> {
        Leaf { run, first, last, cases: self.cases.clone() }
    }

    /// The positions where any of the forms stands, in order.
    fn positions(&self, forms: &[WordForm]) -> Vec<u32> {
        if let [form] = forms {
            return self.places.positions(form, &self.cases);
        }
        let mut positions: Vec<u32> = forms.iter().flat_map(|form| self.places.positions(form, &self.cases)).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    fn phrase<'e>(&self, parts: &'e [Part], leaves: &mut Vec<Leaf<'e>>, fits: impl Fn(Run) -> bool) -> Vec<Run> {
        let forms = |part: &'e Part| match part {
            Part::Word(form) => std::slice::from_ref(form),
            Part::AnyOf(forms) => forms,
            Part::Gap => &[],
        };
        let place = |part: &'e Part| if *part == Part::Gap { None } else { Some(self.positions(forms(part))) };
        let places: Vec<Option<Vec<u32>>> = parts.iter().map(place).collect();
        let len = parts.len() as u32;
        // The rarest word leads; a phrase of gaps alone stands nowhere.
        let rarest = places.iter().enumerate().filter_map(|(i, p)| Some((i, p.as_ref()?))).min_by_key(|(_, p)| p.len());
        let Some((lead, starts)) = rarest else { return Vec::new() };
        let mut runs = Vec::new();
        for start in starts.iter().filter_map(|p| p.checked_sub(lead as u32)) {
            let all = places.iter().zip(start..).all(|(place, at)| match place {
                Some(positions) => positions.binary_search(&at).is_ok(),
                None => at < self.places.count(),
            });
            let run = Run { start, end: start + len - 1 };
            if all && fits(run) {
                runs.push(run);
            }
        }
        if let (Some(first), Some(last), true) = (parts.first(), parts.last(), self.keeps_leaves) {
            leaves.extend(runs.iter().map(|run| self.leaf(*run, forms(first), forms(last))));
        }
        runs
    }

    /// The smallest windows with a place of its own for every word.
    fn window<'e>(&self, forms: &'e [WordForm], slop: u32, leaves: &mut Vec<Leaf<'e>>) -> Vec<Run> {
        let mut wanted: Vec<Wanted> = Vec::new();
        for (word, form) in forms.iter().enumerate() {
            let runs = self.word(form, leaves);
            if runs.is_empty() {
                return Vec::new();
            }
            wanted.extend(runs.iter().map(|run| (run.start, word)));
        }
        wanted.sort_unstable();
        let widest = (forms.len() as u32).saturating_add(slop);
        let (mut runs, mut from) = (Vec::new(), 0);
        // How often each word stands between `from` and `to`, and how many of them do not.
        let (mut there, mut missing, mut to) = (vec![0; forms.len()], forms.len(), 0);
        for place in wanted.chunk_by(same_place) {
            while let Some((_, word)) = wanted.get(to).filter(|_| missing > 0) {
                missing -= usize::from(there[*word] == 0);
                there[*word] += 1;
                to += 1;
            }
            if missing > 0 {
                break;
            }
            let start = place[0].0;
            if wanted[to - 1].0 - start < widest {
                let reach = wanted[from..].partition_point(|(p, _)| *p - start < widest);
                runs.extend(first_full(&wanted[from..from + reach], forms.len()).map(|end| Run { start, end }));
            }
            for (_, word) in place {
                there[*word] -= 1;
                missing += usize::from(there[*word] == 0);
            }
            from += place.len();
        }
        smallest(runs)
    }
}

/// A position and the number of the word that stands there.
type Wanted = (u32, usize);

fn same_place(one: &Wanted, other: &Wanted) -> bool {
    one.0 == other.0
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

/// The position at which all `words` have got a place of their own, reading from the left: each place that comes is given a
/// word by moving others if need be (augmenting paths, as in bipartite matching). A place that gets none then never will.
fn first_full(wanted: &[Wanted], words: usize) -> Option<u32> {
    let mut holders: Vec<Option<&[Wanted]>> = vec![None; words];
    let mut missing = words;
    for place in wanted.chunk_by(same_place) {
        missing -= usize::from(give(place, &mut holders, &mut vec![false; words]));
        if missing == 0 {
            return Some(place[0].0);
        }
    }
    None
}

/// Gives `place` one of the words that stand there: a free one, or one whose holder can be given another.
fn give<'w>(place: &'w [Wanted], holders: &mut [Option<&'w [Wanted]>], tried: &mut [bool]) -> bool {
    let free = place.iter().find(|(_, word)| holders[*word].is_none());
    let moved = || {
        place.iter().find(|(_, word)| {
            let other = holders[*word].filter(|_| !std::mem::replace(&mut tried[*word], true));
            other.is_some_and(|other| give(other, holders, tried))
        })
    };
    let word = free.or_else(moved).map(|(_, word)| *word);
    if let Some(word) = word {
        holders[word] = Some(place);
    }
    word.is_some()
}

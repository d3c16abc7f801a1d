//! The evaluator against a second one that tries everything.

use super::super::{Case, Expr, Matcher, Part, Query, Target, Unit, WordForm, unit_starts};
use crate::article::Clipping;
use crate::words::{stem, words};
use proptest::prelude::*;
use std::collections::BTreeSet;

type Runs = BTreeSet<(u32, u32)>;

/// A text as a list of words: bytes, position, form.
struct Brute<'t> {
    text: &'t str,
    words: Vec<(usize, usize, u32, String)>,
}

impl Brute<'_> {
    fn len(&self) -> u32 {
        self.words.iter().map(|w| w.2 + 1).max().unwrap_or(0)
    }

    fn stands(&self, form: &WordForm, at: u32, cases: &[Case]) -> bool {
        self.words.iter().filter(|w| w.2 == at).any(|(start, end, _, other)| {
            let fits = match form {
                WordForm::Exact(form) => form == other,
                WordForm::Inflected(form) => stem("en", form) == stem("en", other),
                WordForm::Pattern { glob, .. } => other.starts_with(glob.trim_end_matches('*')),
                WordForm::Fuzzy { .. } | WordForm::Regex(_) => unreachable!("not made here"),
            };
            let written: Vec<char> = self.text[*start..*end].chars().filter(|c| c.is_alphabetic()).collect();
            fits && cases.iter().all(|case| match case {
                Case::Capital => written[0].is_uppercase(),
                Case::AllCapitals => written.iter().all(|c| c.is_uppercase()),
                Case::None => written.iter().all(|c| c.is_lowercase()),
            })
        })
    }

    fn unit(&self, at: u32, unit: Unit) -> usize {
        let byte = self.words.iter().find(|w| w.2 == at).map(|w| w.0).unwrap();
        unit_starts(self.text, unit).iter().filter(|s| **s <= byte).count()
    }

    fn runs(&self, expr: &Expr, cases: &[Case]) -> Runs {
        let all = || (0..self.len()).flat_map(|s| (s..self.len()).map(move |e| (s, e)));
        let one = |unit: Unit, s: u32, e: u32| self.unit(s, unit) == self.unit(e, unit);
        match expr {
            Expr::Word(form) => (0..self.len()).filter(|p| self.stands(form, *p, cases)).map(|p| (p, p)).collect(),
            Expr::Phrase(parts) => all().filter(|(s, e)| e - s + 1 == parts.len() as u32 && self.row(parts, *s, cases)).collect(),
            Expr::Exact { text, parts } => {
                let row = |s: &u32, e: &u32| e - s + 1 == parts.len() as u32 && self.row(parts, *s, cases);
                all().filter(|(s, e)| row(s, e) && self.written(text, *s)).collect()
            }
            Expr::Or(any) => any.iter().flat_map(|x| self.runs(x, cases)).collect(),
            Expr::And(every) => {
                let each: Vec<Runs> = every.iter().map(|x| self.runs(x, cases)).collect();
                if each.iter().any(Runs::is_empty) { Runs::new() } else { each.into_iter().flatten().collect() }
            }
            Expr::Near { left, right, n, ordered } => {
                self.pairs(left, right, cases, *ordered, |l, r| if l.1 < r.0 { r.0 - l.1 <= *n } else { l.0 - r.1 <= *n })
            }
            Expr::Same { left, right, unit, ordered } => {
                self.pairs(left, right, cases, *ordered, |l, r| one(*unit, l.0.min(r.0), l.1.max(r.1)))
            }
            Expr::NotNear { left, right, n, unit } => {
                let right = self.runs(right, cases);
                let close = |l: (u32, u32), r: (u32, u32)| {
                    let overlap = l.0 <= r.1 && r.0 <= l.1;
                    let gap = if l.1 < r.0 { r.0 - l.1 } else { l.0.saturating_sub(r.1) };
                    overlap || n.is_some_and(|n| gap <= n) || unit.is_some_and(|u| one(u, l.0.min(r.0), l.1.max(r.1)))
                };
                self.runs(left, cases).into_iter().filter(|l| !right.iter().any(|r| r != l && close(*l, *r))).collect()
            }
            Expr::AtLeast { n, expr } => {
                let runs = self.runs(expr, cases);
                if most_apart(&runs.iter().copied().collect::<Vec<_>>(), 0) >= *n { runs } else { Runs::new() }
            }
            Expr::First { n, expr } => self.runs(expr, cases).into_iter().filter(|r| r.1 < *n).collect(),
            Expr::Window { words, slop } => {
                let widest = words.len() as u32 + slop;
                smallest(all().filter(|(s, e)| e - s < widest && self.placed(words, *s, *e, &mut Vec::new(), cases)).collect())
            }
            Expr::Case { case, expr } => self.runs(expr, &[cases, &[*case]].concat()),
        }
    }

    /// Whether `text` stands there so that its first letter is the first of the word at `position`.
    fn written(&self, text: &str, position: u32) -> bool {
        let letter = text.find(char::is_alphanumeric).unwrap();
        let starts: Vec<usize> = self.words.iter().filter(|w| w.2 == position).map(|w| w.0).collect();
        (0..self.text.len()).any(|at| self.text.get(at..).is_some_and(|t| t.starts_with(text)) && starts.contains(&(at + letter)))
    }

    fn row(&self, parts: &[Part], start: u32, cases: &[Case]) -> bool {
        parts.iter().zip(start..).all(|(part, at)| match part {
            Part::Word(form) => self.stands(form, at, cases),
            Part::AnyOf(forms) => forms.iter().any(|f| self.stands(f, at, cases)),
            Part::Gap => at < self.len(),
        })
    }

    /// Whether every word finds a place of its own.
    fn placed(&self, words: &[WordForm], s: u32, e: u32, taken: &mut Vec<u32>, cases: &[Case]) -> bool {
        let Some((first, rest)) = words.split_first() else { return true };
        (s..=e).any(|at| {
            if taken.contains(&at) || !self.stands(first, at, cases) {
                return false;
            }
            taken.push(at);
            let placed = self.placed(rest, s, e, taken, cases);
            taken.pop();
            placed
        })
    }

    fn pairs(&self, left: &Expr, right: &Expr, cases: &[Case], ordered: bool, fits: impl Fn((u32, u32), (u32, u32)) -> bool) -> Runs {
        let (left, right) = (self.runs(left, cases), self.runs(right, cases));
        let mut found = Runs::new();
        for l in &left {
            for r in &right {
                let apart = l.1 < r.0 || (!ordered && r.1 < l.0);
                if apart && fits(*l, *r) {
                    found.insert((l.0.min(r.0), l.1.max(r.1)));
                }
            }
        }
        smallest(found)
    }
}

fn smallest(runs: Runs) -> Runs {
    runs.iter().filter(|a| !runs.iter().any(|b| b != *a && b.0 >= a.0 && b.1 <= a.1)).copied().collect()
}

/// The most runs that do not overlap, by trying each with and without (runs are in order of their start).
fn most_apart(runs: &[(u32, u32)], free: u32) -> u32 {
    let Some((first, rest)) = runs.split_first() else { return 0 };
    let without = most_apart(rest, free);
    if first.0 < free { without } else { without.max(1 + most_apart(rest, first.1 + 1)) }
}

fn form() -> impl Strategy<Value = WordForm> {
    prop_oneof![
        4 => "[abc]".prop_map(WordForm::Exact),
        1 => Just(WordForm::Inflected("rate".to_owned())),
        1 => Just(WordForm::Exact("xy".to_owned())),
        1 => Just(WordForm::Pattern { glob: "x*".to_owned(), upto: None }),
    ]
}

fn expr() -> impl Strategy<Value = Expr> {
    let part =
        prop_oneof![4 => form().prop_map(Part::Word), 1 => Just(Part::Gap), 1 => prop::collection::vec(form(), 1..3).prop_map(Part::AnyOf)];
    let phrase = (form(), prop::collection::vec(part, 0..3), form())
        .prop_map(|(first, middle, last)| Expr::Phrase([vec![Part::Word(first)], middle, vec![Part::Word(last)]].concat()));
    let window = (prop::collection::vec(form(), 1..4), 0u32..3).prop_map(|(words, slop)| Expr::Window { words, slop });
    let exact = prop::sample::select(vec!["a", "B", "a. B", "a.", "x-y", "X-Y", "b c", ". B c", "rated"]).prop_map(|text| {
        let parts = words(text).into_iter().filter(|w| w.3 != "xy");
        Expr::Exact { text: text.to_owned(), parts: parts.map(|w| Part::Word(WordForm::Exact(w.3))).collect() }
    });
    let unit = || prop_oneof![Just(Unit::Sentence), Just(Unit::Paragraph)];
    prop_oneof![5 => form().prop_map(Expr::Word), 2 => phrase, 1 => window, 1 => exact].prop_recursive(3, 10, 3, move |inner| {
        let two = || (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        let case = prop_oneof![Just(Case::Capital), Just(Case::AllCapitals), Just(Case::None)];
        prop_oneof![
            3 => (two(), 1u32..5, any::<bool>()).prop_map(|((left, right), n, ordered)| Expr::Near { left, right, n, ordered }),
            2 => (two(), unit(), any::<bool>()).prop_map(|((left, right), unit, ordered)| Expr::Same { left, right, unit, ordered }),
            2 => (two(), 1u32..4).prop_map(|((left, right), n)| Expr::NotNear { left, right, n: Some(n), unit: None }),
            1 => (two(), unit()).prop_map(|((left, right), unit)| Expr::NotNear { left, right, n: None, unit: Some(unit) }),
            2 => prop::collection::vec(inner.clone(), 1..4).prop_map(Expr::Or),
            1 => prop::collection::vec(inner.clone(), 1..4).prop_map(Expr::And),
            1 => (1u32..4, inner.clone()).prop_map(|(n, x)| Expr::AtLeast { n, expr: Box::new(x) }),
            1 => (1u32..12, inner.clone()).prop_map(|(n, x)| Expr::First { n, expr: Box::new(x) }),
            1 => (case, inner.clone()).prop_map(|(case, x)| Expr::Case { case, expr: Box::new(x) }),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["a", "b", "c", "A", "B", "d", "x-y", "X-Y", "rates", "rated", "a. B", "c\n\nb", "a.\n\nA", "C"]);
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn matches_are_those_found_by_trying(text in text(), expr in expr()) {
        let brute = Brute { text: &text, words: words(&text) };
        let expected = brute.runs(&expr, &[]);
        let mut clipping = Clipping::default();
        clipping.article.body = text.clone();
        let body = crate::field::by_name("body").unwrap();
        let query = Query::Text { fields: vec![body], expr };
        let matches = Matcher::new(&query, Target::Articles).article(&clipping);
        prop_assert_eq!(matches.is_some(), !expected.is_empty());
        // What is marked lies in matches, and every match holds a mark.
        if let Some(matches) = matches {
            let bytes = |run: &(u32, u32)| {
                let inside = brute.words.iter().filter(|w| run.0 <= w.2 && w.2 <= run.1);
                inside.clone().map(|w| w.0).min().unwrap()..inside.map(|w| w.1).max().unwrap()
            };
            let runs: Vec<_> = expected.iter().map(bytes).collect();
            for (field, at) in &matches.spans {
                prop_assert_eq!(field.name, "body");
                prop_assert!(text.get(at.clone()).is_some_and(|t| !t.is_empty()));
                prop_assert!(runs.iter().any(|r| r.start <= at.start), "{:?} in {:?}", at, runs);
            }
            for run in &runs {
                prop_assert!(matches.spans.iter().any(|(_, at)| at.start < run.end && run.start < at.end), "{:?} of {:?}", run, matches);
            }
        }
    }

    #[test]
    fn runs_are_the_same(text in text(), expr in expr()) {
        let brute = Brute { text: &text, words: words(&text) };
        let expected: Vec<_> = brute.runs(&expr, &[]).into_iter().collect();
        let found: Vec<_> = super::super::positions(&expr, &text, false, "en").into_iter().map(|run| (run.start, run.end)).collect();
        prop_assert_eq!(found, expected);
    }
}

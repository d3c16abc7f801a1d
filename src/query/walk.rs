//! What is an expression made of? The one walk over it.

use super::algebra::{Expr, Part, WordForm};

impl Expr {
    /// The expressions it is directly made of.
    pub fn inner(&self) -> impl Iterator<Item = &Expr> {
        let (all, two): (&[Expr], [Option<&Expr>; 2]) = match self {
            Expr::Word(_) | Expr::Phrase(_) | Expr::Exact { .. } | Expr::Window { .. } => (&[], [None, None]),
            Expr::Or(all) | Expr::And(all) => (all, [None, None]),
            Expr::Near { left, right, .. } | Expr::Same { left, right, .. } | Expr::NotNear { left, right, .. } => {
                (&[], [Some(left), Some(right)])
            }
            Expr::AtLeast { expr, .. } | Expr::First { expr, .. } | Expr::Case { expr, .. } => (&[], [Some(expr), None]),
        };
        all.iter().chain(two.into_iter().flatten())
    }

    /// Calls `each` with it and with all that it is made of, each before its parts.
    pub fn visit<'e>(&'e self, each: &mut dyn FnMut(&'e Expr)) {
        each(self);
        self.inner().for_each(|inner| inner.visit(each));
    }

    /// The words that stand in it, but for those of the expressions it is made of.
    pub fn words(&self) -> impl Iterator<Item = &WordForm> {
        let (words, parts): (&[WordForm], &[Part]) = match self {
            Expr::Word(form) => (std::slice::from_ref(form), &[]),
            Expr::Window { words, .. } => (words, &[]),
            Expr::Phrase(parts) | Expr::Exact { parts, .. } => (&[], parts),
            _ => (&[], &[]),
        };
        words.iter().chain(parts.iter().flat_map(Part::words))
    }

    /// Whether it asks how far from the start of a text something stands.
    pub fn counts_from_start(&self) -> bool {
        matches!(self, Expr::First { .. }) || self.inner().any(Expr::counts_from_start)
    }

    /// The number of places of words in it.
    pub(super) fn leaves(&self) -> usize {
        match self {
            Expr::Word(_) => 1,
            Expr::Phrase(parts) | Expr::Exact { parts, .. } => parts.len(),
            Expr::Window { words, .. } => words.len(),
            _ => self.inner().map(Expr::leaves).sum(),
        }
    }
}

impl Part {
    /// The words that may stand there; none where any may.
    pub fn words(&self) -> &[WordForm] {
        match self {
            Part::Word(form) => std::slice::from_ref(form),
            Part::AnyOf(forms) => forms,
            Part::Gap => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::query::{Context, Expr, Query, Target, parse};

    #[track_caller]
    fn check(typed: &str, words: &str, leaves: usize) {
        let Query::Text { expr, .. } = parse(typed, &Context::new(Target::Articles)).query else { panic!("`{typed}` is no text") };
        let mut found: Vec<String> = Vec::new();
        expr.visit(&mut |e| found.extend(e.words().map(|w| format!("{w:?}").split('"').nth(1).unwrap_or_default().to_owned())));
        assert_eq!((found.join(" "), expr.leaves()), (words.to_owned(), leaves), "{typed}: {expr:?}");
        assert_eq!(expr.counts_from_start(), typed.contains("FIRST"), "{typed}");
    }

    #[test]
    fn every_word_of_an_expression_is_met_once_and_in_order() {
        check("ferry", "ferry", 1);
        check("\"old * ferry\"", "old ferry", 3);
        check("\"old ferry\"~3", "old ferry", 2);
        check("ATLEAST3(ferry) NEAR/5 (barge /s gate)", "ferry barge gate", 3);
        check("ferry NOT NEAR/4 CAPS(barge)", "ferry barge", 2);
        check("FIRST/9(ferry NEAR/3 barge)", "ferry barge", 2);
    }

    #[test]
    fn what_is_deep_within_is_met() {
        let Query::Text { expr, .. } = parse("CAPS(ferry) NOT NEAR/4 (a /p FIRST/9(b))", &Context::new(Target::Articles)).query else {
            panic!("no text");
        };
        assert!(expr.counts_from_start());
        let mut deepest = 0;
        expr.visit(&mut |e| deepest += usize::from(matches!(e, Expr::First { .. } | Expr::Case { .. })));
        assert_eq!(deepest, 2);
    }
}

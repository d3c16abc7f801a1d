//! Chains of closeness, `a NEAR/5 b PRE/2 c`, read from left to right.

use super::dialect::{Dialect, Order};
use super::lex::{Lexeme, Token};
use super::near::{self, Near, Reach};
use super::parse::{Item, Parser};
use super::print;
use super::problem::Problem;
use super::{Expr, Query, Unit, WordForm};
use std::ops::Range;

impl Parser<'_> {
    /// `a NEAR/5 b PRE/2 c`: from left to right.
    pub fn closeness(&mut self) -> Option<Item> {
        if let Some((_, span)) = near::take(&mut self.scan) {
            self.dangling(span);
            return None;
        }
        let left = self.operand();
        match near::take(&mut self.scan) {
            Some((near, span)) => self.chain(left, near, span),
            None => left,
        }
    }

    /// What follows the first operator of closeness.
    pub fn chain(&mut self, mut left: Option<Item>, near: Result<Near, &'static str>, span: Range<usize>) -> Option<Item> {
        if self.habits().order == Order::Smallest {
            return self.smallest_first(left, near, span);
        }
        let (mut kind, mut mixed) = (None, false);
        let mut next = Some((near, span));
        while let Some((near, span)) = next {
            let Some(right) = self.right_operand(&span) else { return left };
            match near {
                Err(wrong) => self.error(span, wrong),
                Ok(near) => {
                    // What stands beside something left out stands for itself.
                    left = if let Some(left) = left { self.tied(left, near, span, right) } else { right };
                    mixed |= *kind.get_or_insert(near) != near;
                }
            }
            next = near::take(&mut self.scan);
        }
        if mixed {
            self.mixed_nearness(left.as_ref());
        }
        left
    }

    /// The operand behind an operator of closeness. The outer `None` says that there is none.
    #[allow(clippy::option_option)]
    fn right_operand(&mut self, operator: &Range<usize>) -> Option<Option<Item>> {
        match self.scan.peek() {
            Some(Lexeme { token: Token::Prefix('-' | '!') | Token::Chunk("NOT"), span }) => {
                let error = Problem::error(span, "`NOT` cannot stand inside an operand of closeness");
                self.problems.push(error.suggest("write `a NOT NEAR/5 b`"));
                self.negations()?;
                self.operand();
                return Some(None);
            }
            Some(Lexeme { token: Token::Prefix(_), span }) => self.scan.at = span.end,
            Some(Lexeme { token: Token::Chunk("AND" | "OR" | "&&") | Token::Bar | Token::Close | Token::CloseCurly, .. }) | None => {
                self.dangling(operator.clone());
                return None;
            }
            _ => {}
        }
        Some(self.operand())
    }

    /// A chain in which the smallest distance binds first, then sentences, then paragraphs.
    fn smallest_first(&mut self, left: Option<Item>, near: Result<Near, &'static str>, span: Range<usize>) -> Option<Item> {
        let mut items: Vec<Item> = left.into_iter().collect();
        let mut ties: Vec<(Near, Range<usize>)> = Vec::new();
        let mut next = Some((near, span));
        while let Some((near, span)) = next {
            let right = self.right_operand(&span)?;
            match (near, right) {
                (Err(wrong), _) => self.error(span, wrong),
                (Ok(near), Some(right)) if !items.is_empty() => {
                    ties.push((near, span));
                    items.push(right);
                }
                (Ok(_), Some(right)) => items.push(right),
                _ => {}
            }
            next = near::take(&mut self.scan);
        }
        while !ties.is_empty() {
            let rank = |near: &Near| match near.reach {
                Reach::Words(n) => n,
                Reach::Unit(Unit::Sentence) => near::FARTHEST + 1,
                Reach::Unit(Unit::Paragraph) => near::FARTHEST + 2,
            };
            let least = ties.iter().enumerate().min_by_key(|(_, (near, _))| rank(near)).map_or(0, |(i, _)| i);
            let (near, span) = ties.remove(least);
            let right = items.remove(least + 1);
            let left = items.remove(least);
            items.insert(least, self.tied(left, near, span, Some(right))?);
        }
        items.pop()
    }

    fn tied(&mut self, left: Item, near: Near, operator: Range<usize>, right: Option<Item>) -> Option<Item> {
        let Some(right) = right else { return Some(left) };
        let (left, right) = if edge(self.habits().dialect, &near, &left.query).is_some() { (right, left) } else { (left, right) };
        if let Some((n, edge)) = edge(self.habits().dialect, &near, &right.query) {
            if edge == LAST {
                let loss = format!("`{edge}` has no counterpart: how far from the end something stands is left out");
                self.problems.push(Problem::loss(right.span, loss));
                return Some(left);
            }
            let (fields, expr) = near::operand(left.query, &left.span, "xfirstword").map_err(|p| self.problems.push(p)).ok()?;
            let query = Query::Text { fields, expr: Expr::First { n, expr: Box::new(expr) } };
            let span = left.span.start.min(right.span.start)..left.span.end.max(right.span.end);
            return self.item(query, span, left.height + 1);
        }
        let span = left.span.start..right.span.end;
        let height = left.height.max(right.height) + 1;
        if let Some(query) = near::in_one_value(&left.query, near, &right.query) {
            let rows = if let Query::Or(rows) = &query { rows.len() } else { 1 };
            return if self.count(rows, &operator) { self.item(query, span, height) } else { None };
        }
        let name = self.scan.slice(operator.clone()).to_owned();
        if let Some(instead) = near::values_apart(&left.query, near, &right.query) {
            self.problems.push(Problem::error(span, format!("`{name}` asks for words of running text, not for values")).suggest(instead));
            return None;
        }
        let operands = near::operand(left.query, &left.span, &name).and_then(|l| Ok((l, near::operand(right.query, &right.span, &name)?)));
        match operands {
            Err(problem) => {
                self.problems.push(problem);
                None
            }
            Ok(((fields, _), (others, _))) if fields != others => {
                self.problems.push(near::crossing(&span, &name));
                None
            }
            Ok(((fields, left), (_, right))) => {
                // An operand `(b AND c)` is copied for each of its words, so the leaves are counted before they are made.
                let copies = near::tied_leaves(&left, &right, near).saturating_sub(left.leaves() + right.leaves());
                if !self.count(copies, &operator) {
                    return None;
                }
                let expr = near::tie(left, near, right);
                self.item(near::text(fields, expr), span, height)
            }
        }
    }

    fn mixed_nearness(&mut self, chain: Option<&Item>) {
        if let Some(item) = chain {
            let message = format!("different kinds of closeness are read from left to right: `{}`", print(&item.query));
            let note = Problem::note(item.span.clone(), message);
            self.problems.push(note.suggest("write the parentheses that are meant"));
        }
    }
}

/// What stands for the beginning and the end of a text in dtSearch.
const FIRST: &str = "xfirstword";
const LAST: &str = "xlastword";

/// `w/10 xfirstword`: within the first 10 words, as dtSearch has it; `xlastword` is the other end.
fn edge(dialect: Dialect, near: &Near, operand: &Query) -> Option<(u32, &'static str)> {
    let Query::Text { expr: Expr::Word(WordForm::Exact(word) | WordForm::Inflected(word)), .. } = operand else { return None };
    match near.reach {
        Reach::Words(n) if dialect == Dialect::Dtsearch && !near.not => Some((n, [FIRST, LAST].into_iter().find(|edge| word == edge)?)),
        _ => None,
    }
}

//! Chains of closeness, `a NEAR/5 b PRE/2 c`, read from left to right.

use super::lex::{Lexeme, Token};
use super::near::{self, Near};
use super::parse::{Item, Parser};
use super::print;
use super::problem::Problem;
use std::ops::Range;

impl Parser<'_> {
    /// `a NEAR/5 b PRE/2 c`: from left to right.
    pub fn closeness(&mut self) -> Option<Item> {
        if let Some((_, span)) = near::take(&mut self.scan) {
            self.dangling(span);
            return None;
        }
        let left = self.primary();
        match near::take(&mut self.scan) {
            Some((near, span)) => self.chain(left, near, span),
            None => left,
        }
    }

    /// What follows the first operator of closeness.
    fn chain(&mut self, mut left: Option<Item>, near: Result<Near, &'static str>, span: Range<usize>) -> Option<Item> {
        let (mut kind, mut mixed) = (None, false);
        let mut next = Some((near, span));
        while let Some((near, span)) = next {
            let Some(right) = self.right_operand(&span) else { return left };
            match near {
                Err(wrong) => self.error(span, wrong),
                Ok(near) => {
                    left = self.tied(left?, near, span, right);
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
                self.primary();
                return Some(None);
            }
            Some(Lexeme { token: Token::Prefix(_), span }) => self.scan.at = span.end,
            Some(Lexeme { token: Token::Chunk("AND" | "OR" | "&&") | Token::Bar | Token::Close | Token::CloseCurly, .. }) | None => {
                self.dangling(operator.clone());
                return None;
            }
            _ => {}
        }
        Some(self.primary())
    }

    fn tied(&mut self, left: Item, near: Near, operator: Range<usize>, right: Option<Item>) -> Option<Item> {
        let Some(right) = right else { return Some(left) };
        let span = left.span.start..right.span.end;
        let height = left.height.max(right.height) + 1;
        let name = self.scan.slice(operator.clone()).to_owned();
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
                let copies = near::tied_leaves(&left, &right, near).saturating_sub(near::leaves(&left) + near::leaves(&right));
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

//! Dates and ranges that are typed with spaces in them behind a field: `date:november 2024`, `date:2024-06-01 TO 2024-07-01`.

use super::dates::{self, Clock};
use super::lex::{Lexeme, Token, is_space};
use super::parse::{Item, Parser, Scope};
use super::reference::is_value;
use super::value::is_ordered;
use crate::field::FieldKind;

impl Parser<'_> {
    /// Passes a date of several words, or both ends of a range, that begin at `start`; `None` where something else does.
    pub fn stretch(&mut self, start: usize) -> Option<Option<Item>> {
        let Scope::Value(field) = self.scope else { return None };
        if !is_ordered(field) {
            return None;
        }
        let dates = field.kind == FieldKind::Date;
        let first_end = self.value_end();
        // Nothing farther is looked at in a long list of values.
        if !self.scan.slice(first_end..self.scan.text.len()).starts_with(is_space) {
            return None;
        }
        let (from, end) = self.spaced(start, dates)?;
        let (word, behind) = self.scan.chunk_behind(end);
        let to = Some(behind).filter(|_| matches!(word, "TO" | "to" | "until"));
        let to = to.and_then(|behind| self.spaced(behind, dates));
        let (text, end) = match to {
            Some((to, end)) => (format!("{from}..{to}"), end),
            None if end > first_end => (from, end),
            None => return None,
        };
        let typed = self.scan.slice(start..end).to_owned();
        self.note(start..end, format!("`{typed}` is read as one value of `{}`", field.name));
        self.scan.at = end;
        Some(self.range(field, &text, start..end))
    }

    /// The first words behind `at`, three at most, that are a date or a number, and where they end.
    fn spaced(&self, at: usize, dates: bool) -> Option<(String, usize)> {
        let (mut text, mut end) = (String::new(), at);
        for _ in 0..3 {
            let (word, behind) = self.scan.chunk_behind(end);
            if word.is_empty() {
                return None;
            }
            text = if text.is_empty() { word.to_owned() } else { format!("{text} {word}") };
            end = behind;
            if if dates { self.is_time(&text) } else { text.parse::<i64>().is_ok() } {
                return Some((text, end));
            }
        }
        None
    }

    /// Passes a number, or a date: `2018`, `june 12, 1998`, `(1/1/2019)`, `the last 7 days`.
    pub fn literal(&mut self, dates: bool) -> Option<String> {
        if let Some(Lexeme { token: Token::Open, span }) = self.scan.peek() {
            let (text, _) = self.enclosed(span.start);
            return Some(text.trim().to_owned()).filter(|text| is_value(text, dates));
        }
        let mut text = self.following()?.to_owned();
        if !dates {
            return Some(text.replace(',', "")).filter(|text| is_value(text, dates));
        }
        if text.eq_ignore_ascii_case("the") {
            self.following()?.clone_into(&mut text);
        }
        for _ in 0..2 {
            if self.is_time(&text) {
                return Some(text);
            }
            text = format!("{text} {}", self.following()?);
        }
        self.is_time(&text).then_some(text)
    }

    /// Whether `text` is a date, or `last week`, `past 7 days`, `this year`.
    fn is_time(&self, text: &str) -> bool {
        let is_relative = |start: &str| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
        dates::is_literal(text)
            || ["last ", "past ", "this "].iter().any(|start| is_relative(start))
                && dates::seconds(text, Clock::Printed, &self.context.now).is_some()
    }
}

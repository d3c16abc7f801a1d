//! What stands in front of a value in other languages and is no single name: `ti,ab(flood)`, `su.exact("flood")`, `/flo+d/`.

use super::dialect::Dialect;
use super::fielded::Head;
use super::names::Named;
use super::parse::{Item, Parser};
use super::problem::Problem;
use crate::field::FieldKind;
use std::ops::Range;

impl Parser<'_> {
    /// A regular expression without a field, as Lucene has it.
    #[allow(clippy::option_option)]
    pub fn slashed(&mut self, span: &Range<usize>) -> Option<Option<Item>> {
        if self.habits().dialect != Dialect::Lucene || !self.scan.slice(span.clone()).starts_with('/') {
            return None;
        }
        self.scan.at = span.start;
        let (regex, end) = self.scan.regex()?;
        self.scan.at = end;
        let item = self.regex(regex, span.start..end);
        Some(self.weighed(item))
    }

    /// The word without marks of dtSearch that have no counterpart: `#smith` by its sound, `fast&` by its meaning.
    pub fn unmarked<'t>(&mut self, word: &'t str, span: &Range<usize>) -> &'t str {
        if self.habits().dialect != Dialect::Dtsearch {
            return word;
        }
        let mut loss = |what: &str| self.problems.push(Problem::loss(span.clone(), format!("`{word}`: {what}")));
        if let Some(bare) = word.strip_prefix('#').filter(|bare| bare.starts_with(char::is_alphanumeric)) {
            loss("words that sound alike have no counterpart, and are left out");
            return bare;
        }
        if let Some(bare) = word.strip_suffix('&').filter(|bare| bare.ends_with(char::is_alphanumeric)) {
            loss("words of the same meaning have no counterpart, and are left out");
            return bare;
        }
        if word.contains('=') {
            loss("a single digit has no counterpart; `=` is met by any letter, too");
        }
        word
    }

    /// Several fields with one value, `ti,ab(flood)` or `title,lead:flood`, or a name with `.exact` behind it.
    pub fn heads(&mut self, chunk: &str, span: &Range<usize>, behind: Option<char>) -> Option<Head> {
        let len = match chunk.find([':', '=']) {
            Some(len) => len,
            None if behind == Some('(') => chunk.len(),
            None => return None,
        };
        let (names, at) = (&chunk[..len], span.start + len + usize::from(len < chunk.len()));
        let name_span = span.start..span.start + len;
        let exact =
            names.len().checked_sub(".exact".len()).filter(|at| names.get(*at..).is_some_and(|end| end.eq_ignore_ascii_case(".exact")));
        if let Some(name) = exact.and_then(|at| names.get(..at)).filter(|_| self.habits().dialect == Dialect::Proquest) {
            let named = self.resolve(name)?;
            if named != Named::Code {
                let mark = name_span.start + name.len()..name_span.end;
                self.problems.push(Problem::loss(mark, "`.exact` has no counterpart: more words may stand in the value"));
            }
            return Some(Head::Value(named, name_span, at));
        }
        let several: Vec<&str> = names.split(',').collect();
        if several.len() < 2 {
            return None;
        }
        let named = several.iter().map(|name| self.resolve(name)).collect::<Option<Vec<Named>>>()?;
        let known: Vec<Named> = named.iter().copied().filter(|named| *named != Named::Code).collect();
        let Some(together) = together(&known) else {
            let each: Vec<String> = several.iter().map(|name| format!("{name}:…")).collect();
            let error = Problem::error(name_span, format!("`{names}`: only fields of text can be named together"));
            self.problems.push(error.suggest(format!("write each: `{}`", each.join(" OR "))));
            self.scan.at = span.end;
            return Some(Head::Broken);
        };
        if known.len() < named.len() && together != Named::Code {
            let loss = format!("of `{names}`, what asks for codes of that system is left out");
            self.problems.push(Problem::loss(name_span.clone(), loss));
        }
        Some(Head::Value(together, name_span, at))
    }
}

/// Fields of text as one.
fn together(named: &[Named]) -> Option<Named> {
    let field = |named: &Named| match named {
        Named::Field(field) if matches!(field.kind, FieldKind::Text(_)) && field.name != "note" => Some(field.name),
        Named::HeadLead => Some("hlead"),
        Named::Here => Some("body"),
        _ => None,
    };
    let names = named.iter().map(field).collect::<Option<Vec<&str>>>()?;
    match names.first() {
        None => Some(Named::Code),
        Some(first) if names.iter().all(|name| name == first) => named.first().copied(),
        _ if names.iter().all(|name| matches!(*name, "title" | "lead" | "hlead")) => Some(Named::HeadLead),
        _ if names.contains(&"said") => None,
        // The lead is part of the body.
        _ if names.iter().all(|name| matches!(*name, "lead" | "body")) => named.iter().find(|n| field(n) == Some("body")).copied(),
        _ => Some(Named::Here),
    }
}

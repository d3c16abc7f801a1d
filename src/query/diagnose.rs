//! Problems as a person reads them on a terminal: the line, carets under what is meant, and what to do.

use super::problem::{Problem, Severity};
use crate::error::{Error, Kind};
use std::fmt::Write;

/// Shows `problems` of the query `text`, one after the other.
///
/// # Example
///
/// ```
/// use morgue::query::{Context, Target, diagnose, parse};
/// let text = "titel:flood";
/// let shown = diagnose(text, &parse(text, &Context::new(Target::Articles)).problems);
/// assert_eq!(shown, "\
/// error: there is no field `titel`
///   titel:flood
///   ^^^^^ did you mean `title:`?
/// ");
/// ```
pub fn diagnose(text: &str, problems: &[Problem]) -> String {
    let mut shown = String::new();
    for problem in problems {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Note => "note",
            Severity::Loss => "loss",
        };
        let start = floor(text, problem.span.start);
        let line_start = text.get(..start).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
        let line_end = text.get(start..).and_then(|t| t.find('\n')).map_or(text.len(), |i| start + i);
        let end = floor(text, problem.span.end).clamp(start, line_end);
        let line = text.get(line_start..line_end).unwrap_or("");
        let (from, len) = (width(text.get(line_start..start).unwrap_or("")), width(text.get(start..end).unwrap_or("")).max(1));
        let place = if text.trim_end().contains('\n') {
            format!(" (line {})", 1 + text.get(..start).map_or(0, |t| t.matches('\n').count()))
        } else {
            String::new()
        };
        let suggestion = problem.suggestion.as_ref().map(|s| format!(" {s}")).unwrap_or_default();
        // Writing to a string never fails.
        let _ = writeln!(shown, "{severity}: {}{place}", problem.message);
        let _ = writeln!(shown, "  {}\n  {}{}{suggestion}", line.replace('\t', " "), " ".repeat(from), "^".repeat(len));
    }
    shown
}

/// Why the query `text` cannot be asked: what is wrong with it, and below it the notes on how the rest was read. `None` when
/// nothing is. The message bears no `error:`, which those who print it put before it.
pub fn refusal(text: &str, problems: &[Problem]) -> Option<Error> {
    let (errors, notes): (Vec<Problem>, Vec<Problem>) = problems.iter().cloned().partition(|p| p.severity == Severity::Error);
    let shown = || diagnose(text, &errors) + &diagnose(text, &notes);
    (!errors.is_empty()).then(|| Error::new(Kind::Query, shown().trim().trim_start_matches("error: ")))
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Columns of a terminal: two for Chinese, Japanese and Korean characters, none for marks.
fn width(text: &str) -> usize {
    let columns = |c: char| match c {
        _ if unicode_normalization::char::is_combining_mark(c) => 0,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => {
            2
        }
        '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    };
    text.chars().map(columns).sum()
}

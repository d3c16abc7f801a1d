//! Problems as a person reads them on a terminal: the line, carets under what is meant, and what to do.

use super::problem::{Problem, Severity};
use crate::error::{Error, Kind};
use std::fmt::Write;

/// Of a line, so many bytes are shown before a problem, and twice as many from its start on.
const AROUND: usize = 80;

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
        // Of a long line, what is around it: nobody reads a hundred screens to find the place.
        let shown_from = floor(text, start.saturating_sub(AROUND)).max(line_start);
        let shown_to = floor(text, start + 2 * AROUND).min(line_end);
        let end = end.min(shown_to);
        let (before, behind) = (cut_mark(shown_from > line_start), cut_mark(shown_to < line_end));
        let line = text.get(shown_from..shown_to).unwrap_or("");
        let (from, len) =
            (width(before) + width(text.get(shown_from..start).unwrap_or("")), width(text.get(start..end).unwrap_or("")).max(1));
        let place = if text.trim_end().contains('\n') {
            format!(" (line {})", 1 + text.get(..start).map_or(0, |t| t.matches('\n').count()))
        } else {
            String::new()
        };
        let suggestion = problem.suggestion.as_ref().map(|s| format!(" {s}")).unwrap_or_default();
        // Writing to a string never fails.
        let _ = writeln!(shown, "{severity}: {}{place}", problem.message);
        let _ = writeln!(shown, "  {before}{}{behind}\n  {}{}{suggestion}", line.replace('\t', " "), " ".repeat(from), "^".repeat(len));
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

/// What stands where a line is cut.
fn cut_mark(is_cut: bool) -> &'static str {
    if is_cut { "…" } else { "" }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_line_the_place_is_shown() {
        let text = format!("{}titel:é {}", "é OR ".repeat(500), "OR é ".repeat(500));
        let at = text.find("titel").unwrap();
        let shown = diagnose(&text, &[Problem::error(at..at + 5, "no"), Problem::error(0..text.len(), "too long")]);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() < 4 * AROUND), "{shown}");
        let column = |line: &str, what: char| line.chars().position(|c| c == what).unwrap();
        assert_eq!(column(lines[1], 't'), column(lines[2], '^'));
        assert!(lines[1].starts_with("  …") && lines[1].ends_with('…') && lines[4].starts_with("  é"), "{shown}");
        assert_eq!(lines[2].trim(), "^^^^^");
    }
}

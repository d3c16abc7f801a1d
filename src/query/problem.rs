//! What there is to say about a query that was typed: errors, and notes on how it was read.

use std::ops::Range;

/// How bad a [`Problem`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// A part of the query has no meaning; what is left of it still runs where a front door is lenient.
    Error,
    /// The query has a meaning, which may not be the one intended.
    Note,
    /// A part of a query in another language has no counterpart here and was left out.
    Loss,
}

/// Something to say about a stretch of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Error or note.
    pub severity: Severity,
    /// Where: bytes of the text as it was typed, on character boundaries.
    pub span: Range<usize>,
    /// What, in lower case and without a full stop.
    pub message: String,
    /// What to do or to write instead.
    pub suggestion: Option<String>,
}

impl Problem {
    /// An error at `span`.
    pub fn error(span: Range<usize>, message: impl Into<String>) -> Problem {
        Problem { severity: Severity::Error, span, message: message.into(), suggestion: None }
    }

    /// A note at `span`.
    pub fn note(span: Range<usize>, message: impl Into<String>) -> Problem {
        Problem { severity: Severity::Note, span, message: message.into(), suggestion: None }
    }

    /// A loss at `span`.
    pub fn loss(span: Range<usize>, message: impl Into<String>) -> Problem {
        Problem { severity: Severity::Loss, span, message: message.into(), suggestion: None }
    }

    /// In one line: what, and what to do.
    pub fn said(&self) -> String {
        self.suggestion.as_ref().map_or_else(|| self.message.clone(), |way| format!("{}: {way}", self.message))
    }

    /// Adds what to do or to write instead.
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Problem {
        self.suggestion = Some(suggestion.into());
        self
    }
}

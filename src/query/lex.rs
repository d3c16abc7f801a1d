//! Where one token of a query ends and the next begins; typography is settled here.
//!
//! Curly, low, angled and cornered quotation marks are `"`, no-break spaces are spaces, and a `#` opens a comment in texts of
//! several lines. Nothing here knows a field or an operator: the parser asks for the next token where it stands.

use super::dialect::{Dialect, Habits};
use std::ops::Range;

/// One token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `{`
    OpenCurly,
    /// `}`
    CloseCurly,
    /// `[` or `]`, which mean something behind a field only.
    Square,
    /// `|` or `||`
    Bar,
    /// What stands between quotation marks, and whether they are closed.
    Quoted(&'t str, bool),
    /// `-`, `!` or `+` in front of something.
    Prefix(char),
    /// A run of other characters.
    Chunk(&'t str),
}

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lexeme<'t> {
    pub token: Token<'t>,
    pub span: Range<usize>,
}

/// Reads tokens off a text.
pub(super) struct Scanner<'t> {
    pub text: &'t str,
    /// Byte offset of what comes next.
    pub at: usize,
    /// Whether `#` opens comments: in texts of several lines, and in files.
    pub comments: bool,
    /// The language it is read in.
    pub habits: &'static Habits,
}

/// Whether `c` opens or closes a phrase.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' | '‹' | '›' | '「' | '」' | '『' | '』')
}

/// Whether `c` is a dash that may stand for a range.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '−' | '‐')
}

/// Spaces, and marks of direction or width that nobody sees.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{2060}')
}

/// Whether `c` ends a chunk.
pub(super) fn is_delimiter(c: char) -> bool {
    is_space(c) || is_quote(c) || matches!(c, '(' | ')' | '{' | '}' | '[' | ']' | '|')
}

/// Where the first mark stands that no backslash is before.
fn closing(text: &str, is_mark: impl Fn(char) -> bool) -> Option<usize> {
    let mut escaped = false;
    text.char_indices()
        .find(|(_, c)| {
            let found = is_mark(*c) && !escaped;
            escaped = *c == '\\' && !escaped;
            found
        })
        .map(|(i, _)| i)
}

impl<'t> Scanner<'t> {
    /// A text in the default language.
    pub fn new(text: &'t str) -> Scanner<'t> {
        Scanner::of(text, Dialect::Morgue)
    }

    pub fn of(text: &'t str, dialect: Dialect) -> Scanner<'t> {
        Scanner { text, at: 0, comments: text.trim().contains('\n'), habits: dialect.habits() }
    }

    /// The operator that a chunk which ends at `end` is written for: `and`, `or`, `not` in small letters, where they are operators;
    /// `BUT NOT` is `AND NOT`, and `ANDNOT` and `BUTNOT` are `NOT`.
    fn operator(&self, chunk: &'t str, end: usize) -> &'t str {
        let is = |typed: &str, word: &str| typed == word || self.habits.small_operators && word.eq_ignore_ascii_case(typed);
        let operator = ["AND", "OR", "NOT"].into_iter().find(|o| is(chunk, o));
        operator.unwrap_or_else(|| match chunk {
            _ if is(chunk, "ANDNOT") || is(chunk, "BUTNOT") => "NOT",
            _ if is(chunk, "BUT") && is(self.chunk_behind(end).0, "NOT") => "AND",
            _ => chunk,
        })
    }

    /// The run of ordinary characters behind the spaces at `at`, and where it ends.
    pub fn chunk_behind(&self, at: usize) -> (&'t str, usize) {
        let rest = self.slice(at..self.text.len());
        let start = at + rest.len() - rest.trim_start_matches(is_space).len();
        let end = self.chunk_end(start);
        (self.slice(start..end), end)
    }

    /// The text from `at` on.
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The character that comes next, spaces included.
    pub fn next_char(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The text of `span`.
    pub fn slice(&self, span: Range<usize>) -> &'t str {
        self.text.get(span).unwrap_or("")
    }

    /// Passes spaces and comments.
    pub fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(is_space);
            self.at += rest.len() - trimmed.len();
            if !(self.comments && trimmed.starts_with('#') && self.opens_comment()) {
                return;
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    /// A `#` opens a comment at the start of a line and before a space: `#budget` inside a line is a word.
    fn opens_comment(&self) -> bool {
        let line_start = self.text.get(..self.at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
        let first = self.slice(line_start..self.at).chars().all(is_space);
        first || self.rest().chars().nth(1).is_none_or(|c| is_space(c) || c == '#')
    }

    /// The next token, without passing it.
    pub fn peek(&mut self) -> Option<Lexeme<'t>> {
        self.skip_space();
        let start = self.at;
        let c = self.next_char()?;
        let one = start..start + c.len_utf8();
        let token = match c {
            '(' => Token::Open,
            ')' => Token::Close,
            '{' => Token::OpenCurly,
            '}' => Token::CloseCurly,
            '[' | ']' => Token::Square,
            '|' => {
                let end = start + if self.rest().starts_with("||") { 2 } else { 1 };
                return Some(Lexeme { token: Token::Bar, span: start..end });
            }
            _ if is_quote(c) => return Some(self.quoted(c)),
            '+' | '!' if self.prefixes(c) => Token::Prefix(c),
            _ if is_minus(c) && self.prefixes(c) => Token::Prefix('-'),
            _ => {
                let end = self.chunk_end(start);
                return Some(Lexeme { token: Token::Chunk(self.operator(self.slice(start..end), end)), span: start..end });
            }
        };
        Some(Lexeme { token, span: one })
    }

    /// Passes the next token.
    pub fn next(&mut self) -> Option<Lexeme<'t>> {
        let lexeme = self.peek()?;
        self.at = lexeme.span.end;
        Some(lexeme)
    }

    /// The run of ordinary characters at `start`, and where it ends.
    pub fn chunk_end(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or("");
        start + rest.find(is_delimiter).unwrap_or(rest.len())
    }

    /// A sign is a prefix when something stands right behind it, and nothing (or a bracket) right before it.
    fn prefixes(&self, sign: char) -> bool {
        let before = self.text.get(..self.at).and_then(|t| t.chars().next_back());
        let behind = self.rest().chars().nth(1);
        let free = before.is_none_or(|c| is_space(c) || is_minus(c) || matches!(c, '(' | '{' | '|' | '+' | '!' | '['));
        let ends = |c: char| is_space(c) || matches!(c, ')' | '}' | '|' | ']') || (c == '=' && sign != '-');
        free && behind.is_some_and(|c| !ends(c))
    }

    fn quoted(&self, opening: char) -> Lexeme<'t> {
        let start = self.at;
        let inside = start + opening.len_utf8();
        let rest = self.text.get(inside..).unwrap_or("");
        // A straight mark is closed by a straight one if there is one, so that curly ones may stand inside.
        let straight = if opening == '"' { closing(rest, |c| c == '"') } else { None };
        match straight.or_else(|| closing(rest, is_quote)) {
            Some(i) => {
                let closing = rest.get(i..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8);
                let text = rest.get(..i).unwrap_or("");
                Lexeme { token: Token::Quoted(text, true), span: start..inside + i + closing }
            }
            None => Lexeme { token: Token::Quoted(rest, false), span: start..self.text.len() },
        }
    }

    /// The regular expression `/…/` that begins at `at`: its text with `\/` as `/`, and where it ends. It holds no spaces
    /// except escaped ones, and ends at a `/` (or `/i`) behind which the word ends.
    pub fn regex(&self) -> Option<(String, usize)> {
        let body = self.rest().strip_prefix('/')?;
        let mut expression = String::new();
        let mut chars = body.char_indices();
        while let Some((i, c)) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some((_, '/')) => expression.push('/'),
                    Some((_, escaped)) => expression.extend(['\\', escaped]),
                    None => return None,
                },
                '/' => {
                    let behind = body.get(i + 1..).unwrap_or("");
                    let end = behind.strip_prefix('i').unwrap_or(behind);
                    if end.chars().next().is_none_or(|c| is_space(c) || matches!(c, ')' | '}' | ',' | '|' | '^')) {
                        return Some((expression, self.text.len() - end.len()));
                    }
                    expression.push('/');
                }
                _ if is_space(c) => return None,
                _ => expression.push(c),
            }
        }
        None
    }
}

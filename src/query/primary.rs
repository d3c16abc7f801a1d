//! What stands between operators: words, phrases, groups, functions, blocks, and a weight behind any of them.

use super::dialect::Dialect;
use super::fielded::Head;
use super::function::{function, takes_bare};
use super::habits::before_first_words;
use super::leaf::{Manner, cut};
use super::lex::{Lexeme, Token, is_delimiter, is_space};
use super::near;
use super::parse::{DEEPEST, Item, Parser, Scope};
use super::phrase::{lone, phrase};
use super::problem::Problem;
use super::{Expr, Query, Target};
use std::ops::Range;

/// The least and greatest weight.
const LIGHTEST: f32 = 0.001;
const HEAVIEST: f32 = 1000.0;

impl<'c> Parser<'c> {
    /// One operand, with its weight.
    pub fn primary(&mut self) -> Option<Item> {
        let Lexeme { token, span } = self.scan.peek()?;
        if let Some((_, item, end)) = self.ahead.take_if(|(start, ..)| *start == span.start) {
            self.scan.at = end;
            return Some(item);
        }
        let item = match token {
            Token::Open => self.group(),
            Token::Quoted(text, closed) => self.quoted_here(text, closed, span),
            Token::Chunk(chunk) => return self.chunk(chunk, span),
            Token::Square | Token::OpenCurly => {
                self.stray_bracket(span);
                return None;
            }
            // What is left closes something, ties or negates; the caller deals with those.
            Token::Close | Token::CloseCurly | Token::Bar | Token::Prefix(_) => {
                self.scan.at = span.end;
                return None;
            }
        };
        self.weighed(item)
    }

    /// Reads `^2` when it stands right behind.
    pub fn weighed(&mut self, item: Option<Item>) -> Option<Item> {
        let item = self.within_first(item);
        let start = self.scan.at;
        if self.scan.next_char() != Some('^') {
            return item;
        }
        let end = self.scan.chunk_end(start);
        self.scan.at = end;
        let weight = self.scan.slice(start + 1..end);
        let read = weight.parse::<f32>();
        let Item { query, span, height, .. } = item?;
        // A weight on a weight multiplies it.
        let (query, inner, height) = match query {
            Query::Boost(query, inner) => (query, inner, height - 1),
            query => (Box::new(query), 1.0, height),
        };
        match read.map(|weight| weight * inner) {
            Ok(weight) if (LIGHTEST..=HEAVIEST).contains(&weight) => {
                let item = self.item(Query::Boost(query, weight), span.start..end, height + 1)?;
                Some(Item { closed: true, ..item })
            }
            _ => {
                self.error(start..end, format!("`{weight}` is no weight: a number from {LIGHTEST} to {HEAVIEST}"));
                Some(Item { query: *query, span, height, closed: true })
            }
        }
    }

    /// `( … )`
    pub fn group(&mut self) -> Option<Item> {
        let open = self.scan.next()?.span;
        self.inside(open, Token::Close, ')')
    }

    /// Reads up to the bracket that closes what was opened at `open`.
    fn inside(&mut self, open: Range<usize>, closing: Token<'_>, sign: char) -> Option<Item> {
        if self.depth >= DEEPEST {
            return self.too_deep(open);
        }
        self.depth += 1;
        let before = self.problems.len();
        let item = self.or();
        self.depth -= 1;
        let end = self.closing(&open, closing, sign);
        match item {
            Some(item) => Some(Item { span: open.start..end, closed: true, ..item }),
            None => {
                if self.problems.len() == before {
                    self.error(open.start..end, "there is nothing between these brackets");
                }
                None
            }
        }
    }

    /// Passes the bracket that closes what was opened at `open`, and says where it ends.
    pub fn closing(&mut self, open: &Range<usize>, closing: Token<'_>, sign: char) -> usize {
        match self.scan.peek() {
            Some(lexeme) if lexeme.token == closing => self.scan.at = lexeme.span.end,
            _ if self.stopped => {}
            _ => {
                let opened = self.scan.slice(open.clone());
                let problem = Problem::error(open.clone(), format!("this `{opened}` is never closed"));
                self.problems.push(problem.suggest(format!("add a `{sign}`")));
            }
        }
        self.scan.at
    }

    fn stray_bracket(&mut self, span: Range<usize>) {
        self.scan.at = span.end;
        let bracket = self.scan.slice(span.clone());
        let note = Problem::note(span, format!("`{bracket}` belongs to no field and is left out"));
        self.problems.push(note.suggest("a range needs a field: `date:[2008 TO 2010]`"));
    }

    /// Gives bare words another meaning and target; answers the old ones, to be put back by [`Parser::leave`].
    pub fn enter(&mut self, scope: Scope, target: Target) -> (Scope, Target) {
        (std::mem::replace(&mut self.scope, scope), std::mem::replace(&mut self.target, target))
    }

    /// Puts back what [`Parser::enter`] answered.
    pub fn leave(&mut self, before: (Scope, Target)) {
        (self.scope, self.target) = before;
    }

    /// `"…"`, perhaps with `~2` behind.
    pub fn quoted_here(&mut self, text: &'c str, closed: bool, span: Range<usize>) -> Option<Item> {
        self.scan.at = span.end;
        self.closed_quote(closed, &span);
        let slop = self.slop();
        let span = span.start..self.scan.at;
        match self.scope.clone() {
            Scope::Value(field) => {
                if let Some(n) = slop {
                    let near = format!("words close to each other in one name: `byline:(jane NEAR/{} doe)`", n.saturating_add(1));
                    let note = Problem::note(span.clone(), format!("`~{n}` behind a value is left out"));
                    self.problems.push(note.suggest(near));
                }
                self.quoted_value(field, text, span)
            }
            Scope::Text(fields) => {
                if slop.is_none() {
                    self.behind_phrase(&span);
                }
                let expr = self.phrase(text, slop, &span)?;
                self.leaf(Query::Text { fields, expr }, span)
            }
        }
    }

    /// Where the text begins that stands in quotation marks, of which some are longer than others.
    pub fn behind_mark(&self, span: &Range<usize>) -> usize {
        span.start + self.scan.slice(span.clone()).chars().next().map_or(0, char::len_utf8)
    }

    pub fn closed_quote(&mut self, closed: bool, span: &Range<usize>) {
        if !closed {
            let problem = Problem::error(span.start..self.behind_mark(span), "this quotation mark is never closed");
            self.problems.push(problem.suggest("add a `\"` where the phrase ends"));
        }
    }

    /// `~2` right behind a phrase.
    fn slop(&mut self) -> Option<u32> {
        let start = self.scan.at;
        let chunk = self.scan.slice(start..self.scan.chunk_end(start));
        let behind = chunk.strip_prefix('~')?;
        let digits = behind.split('^').next().unwrap_or("");
        self.scan.at = start + 1 + digits.len();
        match digits.parse::<u32>() {
            Ok(n) if n <= near::FARTHEST => Some(n),
            _ => {
                self.error(start..self.scan.at, format!("`~{digits}` behind a phrase must be `~` and a number up to {}", near::FARTHEST));
                None
            }
        }
    }

    /// What the text between quotation marks asks for.
    pub fn phrase(&mut self, text: &str, slop: Option<u32>, span: &Range<usize>) -> Option<Expr> {
        let mut phrase = phrase(&self.starred(text), self.behind_mark(span));
        self.problems.append(&mut phrase.problems);
        let expr = match slop {
            None => phrase.expr(),
            Some(slop) => match phrase.words(None) {
                Ok(words) if words.is_empty() => None,
                Ok(words) => Some(Expr::Window { words, slop }),
                Err(wrong) => {
                    self.error(span.clone(), format!("{wrong}, where `~{slop}` leaves the order open"));
                    return None;
                }
            },
        };
        if expr.is_none() {
            self.error(span.clone(), "there is no word between these quotation marks");
        }
        expr
    }

    pub fn leaf(&mut self, query: Query, span: Range<usize>) -> Option<Item> {
        let leaves = if let Query::Text { expr, .. } = &query { expr.leaves() } else { 1 };
        self.count(leaves, &span).then(|| Item::leaf(query, span))
    }

    /// What begins with ordinary characters.
    fn chunk(&mut self, chunk: &'c str, span: Range<usize>) -> Option<Item> {
        let first = before_first_words(chunk).filter(|_| self.habits().dialect == Dialect::Factiva);
        let (chunk, span) = first.map_or((chunk, span.clone()), |at| (&chunk[..at], span.start..span.start + at));
        // A parenthesis that belongs to the name before it is one that stands right behind.
        let (span, behind) = match self.parenthesis(chunk, &span) {
            Some(open) => (span.start..open, Some('(')),
            None => (span.clone(), self.scan.slice(span.end..self.scan.text.len()).chars().next()),
        };
        if chunk.starts_with('@') {
            return self.reference(span);
        }
        if let Some(item) = self.sign_alone(span.start) {
            return self.weighed(item);
        }
        if behind == Some('{') && matches!(chunk, "quote" | "article" | "QUOTE" | "ARTICLE") {
            let block = self.block(chunk, span);
            return self.weighed(block);
        }
        if let Some(function) = function(chunk) {
            // `atleast5 x` does without parentheses, as in Factiva; a lone `name` or `caps` is a word.
            if behind == Some('(') || takes_bare(chunk, &function) && behind.is_some_and(is_space) {
                let item = self.call(function, span);
                return self.weighed(item);
            }
        }
        if let Some(item) = self.slashed(&span) {
            return item;
        }
        match self.heads(chunk, &span, behind).or_else(|| self.head(chunk, &span, behind)) {
            Some(Head::Value(named, name, at)) => return self.named(named, name, at),
            Some(Head::Broken) => return None,
            None => {}
        }
        if let Some(item) = self.dated(chunk, &span) {
            return item;
        }
        if let Some(item) = self.containing(chunk, &span) {
            return item;
        }
        if let Some((word, end)) = self.letters_more(chunk, &span) {
            self.scan.at = end;
            return self.plain(&word, span.start..end);
        }
        self.scan.at = span.end;
        self.plain(chunk, span)
    }

    /// `quote{ … }`, `article{ … }`
    fn block(&mut self, chunk: &str, span: Range<usize>) -> Option<Item> {
        self.scan.at = span.end;
        let open = span.start..self.scan.next()?.span.end;
        let quote = chunk.eq_ignore_ascii_case("quote");
        let target = if quote { Target::Quotes } else { Target::Articles };
        let before = self.enter(Scope::Text(Vec::new()), target);
        let item = self.inside(open, Token::CloseCurly, '}');
        self.leave(before);
        let item = item?;
        let inner = Box::new(item.query);
        let query = if quote { Query::Quote(inner) } else { Query::Article(inner) };
        let mut item = self.item(query, item.span, item.height + 1)?;
        item.closed = true;
        Some(item)
    }

    pub fn too_deep(&mut self, span: Range<usize>) -> Option<Item> {
        self.error(span, format!("the query is nested more than {DEEPEST} deep; the rest is not read"));
        self.stopped = true;
        self.scan.at = self.scan.text.len();
        None
    }

    /// A bare word, or several that the rule for words makes of it.
    pub fn plain(&mut self, chunk: &str, span: Range<usize>) -> Option<Item> {
        let (word, weight) = weight(chunk);
        let word_span = span.start..span.start + word.len();
        let item = self.word_in_scope(word, word_span.clone());
        if weight.is_some() {
            self.scan.at = word_span.end;
        }
        self.weighed(item)
    }

    /// A word where the parser stands: of running text, or of a value.
    pub fn word_in_scope(&mut self, word: &str, span: Range<usize>) -> Option<Item> {
        let fields = match self.scope.clone() {
            Scope::Value(field) if word.contains(',') => return self.listed(field, word, span),
            Scope::Value(field) => return self.bare_value(field, word, span),
            Scope::Text(fields) => fields,
        };
        if word == "*:*" || (!word.is_empty() && word.chars().all(|c| c == '*')) {
            let query = match fields.as_slice() {
                [] => Query::All,
                [field] => Query::Has(field),
                several => Query::Or(several.iter().map(|f| Query::Has(f)).collect()),
            };
            return self.leaf(query, span);
        }
        self.intended(word, &span);
        self.in_capitals(word, &span);
        self.single_marks(&span);
        let expr = self.word_expr(word, &span)?;
        self.leaf(Query::Text { fields, expr }, span)
    }

    /// What a word with its marks asks for.
    pub fn word_expr(&mut self, word: &str, span: &Range<usize>) -> Option<Expr> {
        let word = self.unmarked(word, span);
        let word = &*self.starred(word);
        let typed = self.typed(word);
        if let Some(wrong) = typed.wrong {
            self.error(span.clone(), format!("`{word}`: {wrong}"));
        }
        let cut = cut(&typed.text, typed.manner, typed.upto);
        if cut.lone_wildcard && !cut.parts.is_empty() {
            self.problems.push(lone(word, span.clone()));
        }
        let cut_open = cut.lone_wildcard;
        let expr = cut.expr();
        match &expr {
            None if cut_open => self.note(span.clone(), format!("`{word}` has no letter, so that any word would do, and is left out")),
            None => {
                let note = Problem::note(span.clone(), format!("`{word}` holds no word and is left out"));
                // Westlaw's sign for what must not be there.
                self.problems.push(if word == "%" { note.suggest("write `NOT` for articles without what follows") } else { note });
            }
            Some(_) if word.ends_with('?') && !word.contains(['*', '$', '~']) && self.scan.slice(span.clone()).ends_with('?') => {
                let note = Problem::note(span.clone(), format!("`{word}`: a `?` stands for one letter"));
                self.problems.push(note.suggest("leave it out if it is punctuation"));
            }
            Some(_) => {}
        }
        expr
    }

    /// Small `and`, `or`, `not` are words; say so where an operator may be meant.
    fn intended(&mut self, word: &str, span: &Range<usize>) {
        let is_small = matches!(word, "and" | "or" | "not" | "andnot" | "butnot");
        let is_near = matches!(word, "near" | "NEAR" | "PRE" | "ADJ" | "ONEAR" | "NOTNEAR");
        let before = self.scan.slice(0..span.start).trim_end_matches(is_space);
        // `!` behind letters cuts a word short; before one it negates.
        let negates = before.strip_suffix('!').is_some_and(|word| !word.ends_with(char::is_alphanumeric));
        let left = !before.is_empty() && !negates && !before.ends_with(['(', '{', '|', '+', '-']);
        let right = !self.scan.slice(span.end..self.scan.text.len()).trim_start_matches(is_space).is_empty();
        if is_near && left && right {
            let note = Problem::note(span.clone(), format!("`{word}` without a number is searched as a word"));
            self.problems.push(note.suggest(format!("write `{word}/5` for at most 5 words apart")));
        } else if is_small && right && (left || word == "not") {
            let note = Problem::note(span.clone(), format!("`{word}` {SMALL}"));
            self.problems.push(note.suggest(format!("write `{}` if it ties the words", word.to_uppercase())));
        } else {
            self.meant_elsewhere(word, span, left && right);
        }
    }

    /// Single quotation marks may be apostrophes and hold nothing together; say so where a phrase may be meant.
    fn single_marks(&mut self, span: &Range<usize>) {
        let is_mark = |c| matches!(c, '\'' | '‘' | '’' | '‚');
        let behind = self.scan.slice(span.start..self.scan.text.len());
        let Some(inside) = behind.strip_prefix(is_mark) else { return };
        let words = inside.split(|c| is_delimiter(c) && !is_space(c)).next().unwrap_or("");
        let ends = words.match_indices(is_mark).map(|(at, _)| &words[..at]);
        let mut closed = ends.filter(|held| words[held.len()..].chars().nth(1).is_none_or(is_space));
        if let Some(held) = closed.next().filter(|held| held.contains(is_space)) {
            let note = Problem::note(span.clone(), "single quotation marks hold no words together");
            self.problems.push(note.suggest(format!("write `\"{held}\"` for these words in a row")));
        }
    }
}

/// Parts a weight from the word before it: `flood^2`.
pub(super) fn weight(chunk: &str) -> (&str, Option<&str>) {
    match chunk.rsplit_once('^') {
        Some((word, weight)) if !word.is_empty() && weight.starts_with(|c: char| c.is_ascii_digit() || c == '.') => (word, Some(weight)),
        _ => (chunk, None),
    }
}

/// What is said of an operator of other languages that is a word in ours.
const SMALL: &str = "in small letters is searched as a word";

/// Whether `and`, `or` or `not` was searched as a word where another language has an operator.
pub fn has_small_operators(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.message.ends_with(SMALL))
}

/// How a word inside a value is meant when nothing says otherwise.
pub(super) const VALUE: Manner = Manner::Exact;

//! Values behind a field: `source:reuters,ap`, `title:(flood OR storm)`, `words:>800`, `date:[2008 TO 2010]`.

use super::dialect::elsewhere;
use super::foreign::{call_meant, name_meant};
use super::function::function;
use super::lex::{Lexeme, Token, is_delimiter, is_quote, is_space};
use super::names::{Edge, Named, table};
use super::parse::{Item, Parser, Scope};
use super::primary::weight;
use super::problem::Problem;
use super::value::{is_ordered, is_sign};
use super::{Expr, Query, Target, ValueMatch, WordForm};
use crate::field::{Field, FieldKind};
use std::ops::Range;

/// What a chunk is when it is not only words.
pub(super) enum Head {
    /// Something named, whose value begins at this place.
    Value(Named, Range<usize>, usize),
    /// A field without a value, which has been reported.
    Broken,
}

// Reading nests as deep as the query does, so what is on the way down is kept apart from what only looks or reports.
impl<'c> Parser<'c> {
    /// Looks whether `chunk` is a field with a value; `None` when it is none, so that it is a word.
    pub fn head(&mut self, chunk: &'c str, span: &Range<usize>, behind: Option<char>) -> Option<Head> {
        let len = chunk.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(chunk.len());
        let (name, rest) = chunk.split_at(len);
        if !name.starts_with(char::is_alphabetic) && self.habits().named(name).is_none() {
            return None;
        }
        let name_span = span.start..span.start + len;
        let sign = rest.chars().next();
        match (sign, self.resolve(name)) {
            (None, Some(named)) if behind == Some('(') => {
                self.told_apart(name, &name_span);
                Some(Head::Value(named, name_span, span.end))
            }
            (None, None) if behind == Some('(') => {
                let note = Problem::note(name_span, format!("`{name}` is no field or function and is read as a word"));
                self.problems.push(Problem { suggestion: call_meant(name), ..note });
                None
            }
            (Some('<' | '>' | '≤' | '≥'), Some(Named::Field(field))) if is_ordered(field) || matches!(field.name, "year" | "month") => {
                Some(Head::Value(Named::Field(field), name_span.clone(), name_span.end))
            }
            (Some(':' | '='), named) => self.signed(name, named, rest, name_span, behind),
            _ => None,
        }
    }

    fn signed(&mut self, name: &str, named: Option<Named>, rest: &str, span: Range<usize>, behind: Option<char>) -> Option<Head> {
        let at = span.end + 1;
        let (sign, rest) = rest.split_at(1);
        if name.eq_ignore_ascii_case("re") && rest.starts_with('/') {
            return Some(Head::Value(Named::Here, span, at));
        }
        let spaced = rest.is_empty() && behind.is_none_or(|c| is_space(c) || matches!(c, ')' | '}' | ']' | '|'));
        match named {
            // `Exclusive: mayor resigns` is a headline, no field.
            None if spaced => None,
            None if sign == "=" => {
                let note = Problem::note(span, format!("`{name}` is no field; `{name}={rest}` is searched as words"));
                self.problems.push(Problem { suggestion: elsewhere(name), ..note });
                None
            }
            None => {
                let suggestion = match name_meant(name, ":") {
                    Some(suggestion) => suggestion,
                    None if rest.starts_with("//") => format!("quote it, or ask for the address: `url:\"{name}:{rest}\"`"),
                    None => format!("quote it to search the words: `\"{name}:{rest}\"`"),
                };
                self.problems.push(Problem::error(span, format!("there is no field `{name}`")).suggest(suggestion));
                // A range behind it belongs to it.
                let range = self.scan.slice(at..self.scan.text.len()).find(']').filter(|_| rest.is_empty() && behind == Some('['))?;
                self.scan.at = at + range + 1;
                Some(Head::Broken)
            }
            Some(named) => {
                self.scan.at = at;
                let found = !spaced || self.value_follows(name, &span);
                Some(if found { Head::Value(named, span, self.scan.at) } else { Head::Broken })
            }
        }
    }

    /// Passes the space behind `title: ` when a value follows.
    fn value_follows(&mut self, name: &str, span: &Range<usize>) -> bool {
        let sign = span.start..self.scan.at;
        match self.scan.peek() {
            Some(Lexeme { token: Token::Chunk(next), span: value }) if !matches!(next, "AND" | "OR" | "NOT" | "&&") => {
                let whole = self.scan.slice(span.start..span.end + 1);
                // Behind a sign that stands alone comes what it belongs to.
                let (more, end) = if is_sign(next) { self.scan.chunk_behind(value.end) } else { ("", value.end) };
                self.scan.at = value.start;
                self.note(span.start..end, format!("read as `{whole}{next}{more}`, without the space"));
                true
            }
            Some(Lexeme { token: Token::Quoted(..) | Token::Open | Token::Square, span: value }) => {
                self.scan.at = value.start;
                true
            }
            _ => {
                let problem = Problem::error(sign, format!("`{name}` has no value"));
                self.problems.push(problem.suggest(format!("`{name}:*` asks that there is one")));
                false
            }
        }
    }

    /// Reads the value at `at` of what was named, and the weight behind it.
    pub fn named(&mut self, named: Named, name: Range<usize>, at: usize) -> Option<Item> {
        let said = matches!(named, Named::Field(field) if field.name == "said") && self.target == Target::Articles;
        let scope = match named {
            Named::Field(field) if matches!(field.kind, FieldKind::Text(_)) => Scope::Text(vec![field]),
            Named::Field(field) => Scope::Value(field),
            Named::HeadLead => Scope::Text(vec![table("title"), table("lead")]),
            Named::Here => self.scope.clone(),
            _ => return self.special(named, name, at),
        };
        let before = self.enter(scope, if said { Target::Quotes } else { self.target });
        let takes_words = self.scan.slice(at..self.scan.text.len()).starts_with(|c| c != '(');
        let item = self.values(name.clone(), at);
        let item =
            if takes_words && !matches!(self.scope, Scope::Value(field) if is_ordered(field)) { self.words_behind(item) } else { item };
        let item = self.words_beside(item, &name);
        self.leave(before);
        let item = if said { self.one_quote(item?) } else { item };
        self.weighed(item)
    }

    fn one_quote(&mut self, inner: Item) -> Option<Item> {
        let item = self.item(Query::Quote(Box::new(inner.query)), inner.span, inner.height + 1)?;
        Some(Item { closed: true, ..item })
    }

    /// What is named but is no row of the table.
    fn special(&mut self, named: Named, name: Range<usize>, at: usize) -> Option<Item> {
        let item = match named {
            Named::Date(edge) => self.edge(edge, name, at),
            Named::Within => self.circle(name, at),
            Named::Exact => self.exact(name, at),
            Named::Code => return self.code(name, at),
            Named::Exists => {
                let (text, span) = self.flat(at);
                match self.resolve(text) {
                    Some(Named::Field(field)) => self.leaf(Query::Has(field), name.start..span.end),
                    _ => {
                        self.error(span, format!("there is no field `{text}`"));
                        None
                    }
                }
            }
            Named::Saved => {
                self.scan.at = at;
                return self.reference(name.start..at);
            }
            _ => return self.setting(named, name, at),
        };
        self.weighed(item)
    }

    /// A group, or values with commas between them, any of which will do.
    fn values(&mut self, name: Range<usize>, at: usize) -> Option<Item> {
        self.scan.at = at;
        if let Some(item) = self.dated_group(&name, at).or_else(|| self.turned_group(&name, at)) {
            return item;
        }
        if self.scan.next_char() == Some('(') {
            let mut item = self.group()?;
            item.span.start = name.start;
            return Some(item);
        }
        self.value_list(name)
    }

    fn value_list(&mut self, name: Range<usize>) -> Option<Item> {
        let mut items = Vec::new();
        loop {
            items.extend(self.value());
            let rest = self.scan.rest();
            if !rest.starts_with(',') {
                break;
            }
            self.scan.at += 1;
            if rest.chars().nth(1).is_none_or(|c| is_space(c) || matches!(c, ')' | '}' | ',')) {
                let comma = self.scan.at - 1..self.scan.at;
                let note = Problem::note(comma, "the list ends at this comma");
                self.problems.push(note.suggest("write lists without spaces: `source:reuters,ap`"));
                break;
            }
        }
        let mut item = self.any_of(items)?;
        item.span = name.start..self.scan.at;
        item.closed = true;
        Some(item)
    }

    fn value(&mut self) -> Option<Item> {
        let start = self.scan.at;
        let whole = matches!(self.scope, Scope::Value(_)) && self.scan.next_char() == Some('=');
        self.scan.at += usize::from(whole);
        // `speaker:re:/a/` says twice that it is an expression.
        if self.scan.rest().starts_with("re:/") {
            let before = self.scan.at;
            self.scan.at += "re:".len();
            if self.scan.regex().is_none() {
                self.scan.at = before;
            }
        }
        match self.scan.next_char() {
            Some('/') => {
                if let Some((regex, end)) = self.scan.regex() {
                    self.scan.at = end;
                    return self.regex(regex, start..end);
                }
                // Paths and addresses may begin with a slash.
                if !matches!(&self.scope, Scope::Value(field) if field.kind == FieldKind::Keyword) {
                    self.scan.at = self.scan.chunk_end(start);
                    let error = Problem::error(start..self.scan.at, "this regular expression is never closed");
                    self.problems.push(error.suggest("end it with `/`; a space inside is written `\\s`"));
                    return None;
                }
            }
            Some('[' | '{') => {
                let rest = self.scan.rest();
                let end = rest.find([']', '}']).map_or(rest.len(), |i| i + 1);
                self.scan.at += end;
                return self.bracketed(start..self.scan.at);
            }
            Some(c) if is_quote(c) => {
                if let Some(Lexeme { token: Token::Quoted(text, closed), span }) = self.scan.peek() {
                    if let (true, Scope::Value(field)) = (whole, self.scope.clone()) {
                        self.scan.at = span.end;
                        self.closed_quote(closed, &span);
                        return self.whole_value(field, text, start..span.end);
                    }
                    return self.quoted_here(text, closed, span);
                }
            }
            _ => {}
        }
        // `title:FIRST/5(flood)`
        let chunk = start..self.value_end();
        if let (Scope::Text(_), Some(function)) = (&self.scope, function(self.scan.slice(chunk.clone())))
            && self.scan.slice(chunk.end..self.scan.text.len()).starts_with('(')
        {
            return self.call(function, chunk);
        }
        if let Some(item) = self.first_with_thousands().or_else(|| self.in_several_words(start)) {
            return item;
        }
        let span = self.raw();
        let text = self.scan.slice(span.clone());
        match self.scope.clone() {
            Scope::Value(field) if whole => self.whole_value(field, text, start..span.end),
            _ => self.word_here(text, start..span.end, span),
        }
    }

    /// Where a value without spaces that begins here ends, and its weight with it: at a comma at the latest, so that long lists are
    /// read once.
    pub fn value_end(&self) -> usize {
        let rest = self.scan.rest();
        self.scan.at + rest.find(|c| c == ',' || is_delimiter(c)).unwrap_or(rest.len())
    }

    /// Passes a value without spaces, up to a comma or weight.
    fn raw(&mut self) -> Range<usize> {
        let start = self.scan.at;
        let end = start + weight(self.scan.slice(start..self.value_end())).0.len();
        self.scan.at = end;
        start..end
    }

    fn word_here(&mut self, text: &str, whole: Range<usize>, span: Range<usize>) -> Option<Item> {
        if text.is_empty() {
            let problem = Problem::error(whole, "there is no value here");
            self.problems.push(problem.suggest("quote a value that has spaces or signs in it"));
            return None;
        }
        self.word_in_scope(text, span)
    }

    fn bracketed(&mut self, span: Range<usize>) -> Option<Item> {
        match self.scope.clone() {
            Scope::Value(field) if matches!(field.kind, FieldKind::Date | FieldKind::Number) => {
                let text = self.scan.slice(span.clone());
                self.range(field, text, span)
            }
            _ => {
                let text = self.scan.slice(span.clone()).to_owned();
                self.error(span, format!("`{text}`: only dates and numbers have ranges"));
                None
            }
        }
    }

    pub fn regex(&mut self, regex: String, span: Range<usize>) -> Option<Item> {
        if let Err(wrong) = super::form::regex(&regex) {
            self.error(span, format!("`/{regex}/` is no regular expression: {wrong}"));
            return None;
        }
        if regex.chars().any(|c| c.is_uppercase() && c.is_alphabetic()) && !regex.contains('\\') {
            self.note(span.clone(), "words are compared in small letters without accents: capitals in an expression match nothing");
        }
        let query = match self.scope.clone() {
            Scope::Text(fields) => Query::Text { fields, expr: Expr::Word(WordForm::Regex(regex)) },
            Scope::Value(field) if matches!(field.kind, FieldKind::Date | FieldKind::Number) => {
                self.error(span, format!("`{}` takes no regular expression", field.name));
                return None;
            }
            Scope::Value(field) => Query::Is { field, value: ValueMatch::Regex(regex) },
        };
        self.leaf(query, span)
    }

    /// `since:2008`, `before:2009-06-01`
    fn edge(&mut self, edge: Edge, name: Range<usize>, at: usize) -> Option<Item> {
        let (text, span) = self.flat(at);
        self.dated_edge(table("date"), edge, text, name.start..span.end)
    }

    /// A range of `field` on one side of a date.
    pub fn dated_edge(&mut self, field: &'static Field, edge: Edge, text: &str, span: Range<usize>) -> Option<Item> {
        let sign = match edge {
            Edge::Since => ">=",
            Edge::Until => "<=",
            Edge::After if self.habits().after_takes_in => ">=",
            Edge::After => ">",
            Edge::Before => "<",
        };
        self.range(field, &format!("{sign}{text}"), span)
    }

    /// A value that is no list: up to a space, between quotes or in parentheses.
    pub fn flat(&mut self, at: usize) -> (&'c str, Range<usize>) {
        self.scan.at = at;
        let rest = self.scan.rest();
        let (start, len, behind) = match rest.chars().next() {
            Some('(') => (1, rest.find(')').map_or(rest.len() - 1, |i| i - 1), usize::from(rest.contains(')'))),
            Some(c) if is_quote(c) => {
                let len = c.len_utf8();
                let inside = rest.get(len..).unwrap_or("");
                let end = inside.find(is_quote).unwrap_or(inside.len());
                (len, end, inside.get(end..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8))
            }
            _ => (0, weight(self.scan.slice(at..self.scan.chunk_end(at))).0.len(), 0),
        };
        self.scan.at = at + start + len + behind;
        (rest.get(start..start + len).unwrap_or(""), at..self.scan.at)
    }

    /// `within:50.85,4.35,20km`
    fn circle(&mut self, name: Range<usize>, at: usize) -> Option<Item> {
        let (text, span) = self.flat(at);
        let span = name.start..span.end;
        match circle(text) {
            Some(query) => self.leaf(query, span),
            None => {
                let problem = Problem::error(span, format!("`{text}` is no circle"));
                self.problems.push(problem.suggest("write degrees north, degrees east and kilometres: `within:50.85,4.35,20km`"));
                None
            }
        }
    }

    /// Settings that are no part of the question.
    fn setting(&mut self, named: Named, name: Range<usize>, at: usize) -> Option<Item> {
        let (text, span) = self.flat(at);
        let span = name.start..span.end;
        match (named, text) {
            (Named::Sort, "") => self.error(span, "`sort` has no value"),
            (Named::Sort, order) => {
                self.sort = Some(order.to_owned());
                self.note(span, format!("the order of hits is no part of the question; taken as `--sort {order}`"));
            }
            (_, "off") => self.unstemmed = true,
            _ => self.error(span, "`stem` can only be `off`"),
        }
        None
    }
}

fn circle(text: &str) -> Option<Query> {
    let mut parts = text.split(',').map(str::trim);
    let lat: f64 = parts.next()?.parse().ok()?;
    let lon: f64 = parts.next()?.parse().ok()?;
    let radius = parts.next()?;
    let (radius, unit) = match radius.strip_suffix("mi") {
        Some(miles) => (miles, 1.609_344),
        None => (radius.strip_suffix("km").unwrap_or(radius), 1.0),
    };
    let km = radius.trim().parse::<f64>().ok()? * unit;
    let sound = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon) && km > 0.0 && km <= 20_100.0;
    (parts.next().is_none() && sound).then_some(Query::Within { lat, lon, km })
}

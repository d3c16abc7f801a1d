//! Saved queries inside a query, `@name` and `@about("Smith")`, and dates said in words, `date after 20080914`.

use super::bounds::without_commas;
use super::dates;
use super::dialect::Dialect;
use super::lex::{Lexeme, Scanner, Token, is_quote, is_space};
use super::names::{Edge, Named};
use super::parse::{DEEPEST, Item, LONGEST, MOST_LEAVES, Parser, Scope};
use super::problem::Problem;
use super::width;
use super::{Query, Target};
use crate::field::{Field, FieldKind};
use std::ops::Range;

/// A saved query or macro as [`Context::saved`](super::Context::saved) gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Its text, in which `$name` stands for an argument.
    pub text: String,
    /// Its parameters in order, with what they are when not given.
    pub params: Vec<(String, Option<String>)>,
    /// Whether it is asked of quotes: in a search for articles it is asked of each one's quotes, one by one.
    pub of_quotes: bool,
}

impl From<String> for Saved {
    fn from(text: String) -> Saved {
        Saved { text, ..Saved::default() }
    }
}

impl<'c> Parser<'c> {
    /// Reads the saved query whose name begins behind `sign` (`@` or `query:`).
    pub fn reference(&mut self, sign: Range<usize>) -> Option<Item> {
        let start = if self.scan.slice(sign.clone()).starts_with('@') { sign.start + 1 } else { sign.end };
        let rest = self.scan.slice(start..self.scan.text.len());
        let len = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.' | '/')).unwrap_or(rest.len());
        let name = rest.get(..len).unwrap_or("").trim_end_matches('.');
        let end = start + name.len();
        self.scan.at = end;
        if name.is_empty() {
            self.scan.at = self.scan.chunk_end(start).max(end);
            self.error(sign.start..self.scan.at, "there is no name of a saved query here");
            return None;
        }
        let arguments = self.arguments();
        let span = sign.start..self.scan.at;
        let item = self.expanded(name, arguments, span);
        self.weighed(item)
    }

    /// Notes each `$name` that stands for nothing: no parameter of that name is left by now.
    pub fn undeclared(&mut self) {
        if self.context.dialect != Dialect::Morgue {
            return;
        }
        let text = self.scan.text;
        let (mut quoted, mut before) = (false, ' ');
        for (at, c) in text.char_indices() {
            quoted ^= is_quote(c);
            let name = text.get(at + 1..).filter(|_| c == '$' && !quoted && !before.is_alphanumeric()).unwrap_or("");
            let name = name.get(..parameter(name)).unwrap_or("");
            if !name.is_empty() {
                self.note(at..at + 1 + name.len(), format!("there is no parameter `{name}` here; `${name}` is read as the word `{name}`"));
            }
            before = c;
        }
    }

    /// The arguments in parentheses right behind a name.
    fn arguments(&mut self) -> Vec<(Option<&'c str>, &'c str)> {
        let Some(inside) = self.scan.rest().strip_prefix('(') else { return Vec::new() };
        let (mut quoted, mut depth, mut from) = (false, 0usize, 0);
        let mut pieces = Vec::new();
        let mut end = inside.len();
        for (i, c) in inside.char_indices() {
            match c {
                _ if is_quote(c) => quoted = !quoted,
                _ if quoted => {}
                '(' => depth += 1,
                ')' if depth == 0 => {
                    end = i;
                    break;
                }
                ')' => depth -= 1,
                ',' if depth == 0 => {
                    pieces.push(inside.get(from..i).unwrap_or(""));
                    from = i + 1;
                }
                _ => {}
            }
        }
        pieces.push(inside.get(from..end).unwrap_or(""));
        if end == inside.len() {
            self.error(self.scan.at..self.scan.at + 1, "this `(` is never closed");
        }
        self.scan.at += 1 + end + usize::from(end < inside.len());
        let named = |piece: &'c str| match piece.split_once('=') {
            Some((name, value)) if !name.contains(is_quote) => (Some(name.trim()), value.trim()),
            _ => (None, piece.trim()),
        };
        pieces.into_iter().map(named).filter(|(name, value)| name.is_some() || !value.is_empty()).collect()
    }

    fn expanded(&mut self, name: &str, arguments: Vec<(Option<&str>, &str)>, span: Range<usize>) -> Option<Item> {
        if self.trail.iter().any(|t| t == name) {
            let way = self.trail.iter().chain([&name.to_owned()]).map(|n| format!("@{n}")).collect::<Vec<_>>().join(" → ");
            self.error(span, format!("`@{name}` contains itself: {way}"));
            return None;
        }
        let Some(saved) = (self.context.saved)(name) else {
            let problem = Problem::error(span, format!("there is no saved query `{name}`"));
            self.problems.push(problem.suggest(format!("quote it to search the word: `\"@{name}\"`")));
            return None;
        };
        if self.depth >= DEEPEST || !self.count(1, &span) {
            return None;
        }
        let text = match substituted(&saved, &arguments) {
            Ok(text) => width::narrowed(&text).map_or(text, |narrowed| narrowed.text),
            Err(wrong) => {
                self.error(span, format!("`@{name}`: {wrong}"));
                return None;
            }
        };
        // `@said`, a question to quotes, in a search for articles: to one quote of them.
        let to_quotes =
            saved.of_quotes && self.target == Target::Articles && matches!(&self.scope, Scope::Text(fields) if fields.is_empty());
        let (item, problems, leaves) = {
            let mut inner = Parser::new(&text, self.context);
            // A saved query is kept in the default language.
            inner.scan = Scanner { comments: true, ..Scanner::new(&text) };
            inner.scope = self.scope.clone();
            inner.target = if to_quotes { Target::Quotes } else { self.target };
            inner.depth = self.depth + 1;
            inner.leaves = self.leaves;
            inner.trail = self.trail.clone();
            inner.trail.push(name.to_owned());
            let item = inner.everything();
            self.unstemmed |= inner.unstemmed;
            (item, inner.problems, inner.leaves.min(MOST_LEAVES + 1))
        };
        self.leaves = leaves;
        for problem in problems {
            let message = format!("in `@{name}`: {}", problem.message);
            self.problems.push(Problem { span: span.clone(), message, ..problem });
        }
        let item = item.map(|item| match item.query {
            query if to_quotes && query != Query::All => Item { query: Query::Quote(Box::new(query)), ..item },
            query => Item { query, ..item },
        });
        item.map(|item| Item { span, closed: true, ..item })
    }

    /// `date after 20080914`, `date from 20080901 to 20080930`, `words > 800`; `None` when the words mean themselves.
    pub fn dated(&mut self, chunk: &str, span: &Range<usize>) -> Option<Option<Item>> {
        let Some(Named::Field(field)) = self.resolve(chunk) else { return None };
        if !matches!(field.kind, FieldKind::Date | FieldKind::Number) {
            return None;
        }
        let before = self.scan.at;
        self.scan.at = span.end;
        let read = self.said_in_words(field, span.start);
        match read {
            Some(_) => self.told_apart(chunk, span),
            None => self.scan.at = before,
        }
        read
    }

    /// `date(aft 2018)`, `length(> 500)`, as Nexis has them; `None` when it is something else.
    pub fn dated_group(&mut self, name: &Range<usize>, at: usize) -> Option<Option<Item>> {
        let Scope::Value(field) = self.scope.clone() else { return None };
        if !matches!(field.kind, FieldKind::Date | FieldKind::Number) || self.scan.next_char() != Some('(') {
            return None;
        }
        let (text, span) = self.enclosed(at);
        let dates = field.kind == FieldKind::Date;
        if let Some(ends) = dates::spanned(text).filter(|_| dates) {
            return Some(self.range(field, &ends, name.start..span.end));
        }
        let parts: Vec<&str> = text.split(" and ").flat_map(|part| part.split(" AND ")).map(str::trim).collect();
        let plain: Vec<String> = parts.iter().map(|part| if dates { (*part).to_owned() } else { without_thousands(part) }).collect();
        let are_related = plain.iter().all(|part| related(part).is_some_and(|(_, value)| is_value(value, dates)));
        if !are_related && (!dates || self.habits().dialect == Dialect::Morgue) {
            self.scan.at = at;
            return None;
        }
        for (part, plain) in parts.iter().zip(&plain).filter(|(part, plain)| part != plain) {
            self.note(span.clone(), format!("`{part}` is read as `{plain}`"));
        }
        let span = name.start..span.end;
        let parts = plain.iter().map(|part| self.dated_part(field, part, &span)).collect::<Option<Vec<_>>>();
        Some(parts.and_then(|parts| self.all_of(parts)))
    }

    /// What stands in parentheses that may hold others.
    pub fn enclosed(&mut self, at: usize) -> (&'c str, Range<usize>) {
        self.scan.at = at;
        let rest = self.scan.rest();
        let mut depth = 0;
        let close = rest.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0
        });
        let (end, behind) = close.map_or((rest.len(), rest.len()), |(end, _)| (end, end + 1));
        self.scan.at = at + behind;
        (rest.get(1..end).unwrap_or(""), at..self.scan.at)
    }

    /// `aft 2018`, `geq (1/1/2018)`, `is june 1998`, `2018-2019`.
    fn dated_part(&mut self, field: &'static Field, text: &str, span: &Range<usize>) -> Option<Item> {
        match related(text) {
            Some((Some(edge), value)) => self.dated_edge(field, edge, value, span.clone()),
            Some((None, value)) => self.range(field, value, span.clone()),
            None if dates::is_literal(text) => self.range(field, text, span.clone()),
            None => self.range(field, &text.replacen('-', "..", usize::from(text.matches('-').count() == 1)), span.clone()),
        }
    }

    fn said_in_words(&mut self, field: &'static Field, start: usize) -> Option<Option<Item>> {
        let relation = self.following()?.to_ascii_lowercase();
        let dates = field.kind == FieldKind::Date;
        if dates && let Some(last) = self.days_back() {
            let span = start..self.scan.at;
            return match relation.as_str() {
                "after" | "since" | "in" | "from" => Some(self.range(field, &last, span)),
                "before" => Some(self.dated_edge(field, Edge::Before, &last, span)),
                _ => None,
            };
        }
        let value = &self.literal(dates)?;
        if matches!(relation.as_str(), "from" | "between") && dates {
            let to = self
                .following()
                .filter(|w| if relation == "from" { matches!(*w, "to" | "TO" | "until") } else { matches!(*w, "and" | "AND") });
            let end = to.and_then(|_| self.literal(dates))?;
            return Some(self.range(field, &format!("{value}..{end}"), start..self.scan.at));
        }
        let Some(edge) = edge(&relation, dates)? else { return Some(self.range(field, value, start..self.scan.at)) };
        let first = self.dated_edge(field, edge, value, start..self.scan.at);
        let Some((edge, value)) = self.other_end(dates) else { return Some(first) };
        let second = self.dated_edge(field, edge, &value, start..self.scan.at);
        Some(self.all_of([first, second].into_iter().flatten().collect()))
    }

    /// Passes the other end of a stretch, `and bef 12/31/2019` behind `date aft 1/1/2019`.
    fn other_end(&mut self, dates: bool) -> Option<(Edge, String)> {
        let before = self.scan.at;
        let is_and = matches!(self.scan.next().map(|lexeme| lexeme.token), Some(Token::Chunk("AND")));
        let relation = self.following().filter(|_| is_and).and_then(|relation| edge(&relation.to_ascii_lowercase(), dates)?);
        let end = relation.and_then(|edge| Some((edge, self.literal(dates)?)));
        if end.is_none() {
            self.scan.at = before;
        }
        end
    }

    /// Passes `-7`, seven days back in Factiva.
    fn days_back(&mut self) -> Option<String> {
        self.scan.skip_space();
        let days = self.scan.rest().strip_prefix('-').filter(|_| self.habits().dialect == Dialect::Factiva)?;
        let days = days.split(|c: char| !c.is_ascii_digit()).next().filter(|days| !days.is_empty())?;
        self.scan.at += 1 + days.len();
        Some(format!("last-{days}d"))
    }

    /// Passes the next token if it is a run of ordinary characters.
    pub fn following(&mut self) -> Option<&'c str> {
        match self.scan.next()? {
            Lexeme { token: Token::Chunk(chunk), .. } => Some(chunk),
            _ => None,
        }
    }
}

/// What a relation says of a date, or of a number: the edge it is, or, with nothing inside, that it is that very value.
#[allow(clippy::option_option)]
fn edge(relation: &str, dates: bool) -> Option<Option<Edge>> {
    Some(match relation {
        "aft" | "after" if dates => Some(Edge::After),
        "bef" | "before" if dates => Some(Edge::Before),
        "since" if dates => Some(Edge::Since),
        "until" if dates => Some(Edge::Until),
        "is" | "on" | "in" | "within" | "during" if dates => None,
        ">" => Some(Edge::After),
        "<" => Some(Edge::Before),
        ">=" | "≥" | "geq" => Some(Edge::Since),
        "<=" | "≤" | "leq" => Some(Edge::Until),
        "=" => None,
        _ => return None,
    })
}

/// The relation that `text` begins with, `aft 2018`, `geq(1/1/2018)`, `>800`, and the value behind it.
#[allow(clippy::option_option)]
fn related(text: &str) -> Option<(Option<Edge>, &str)> {
    let signs = text.len() - text.trim_start_matches(['<', '>', '=', '≤', '≥']).len();
    let (relation, value) = text.split_at(if signs > 0 { signs } else { text.find([' ', '('])? });
    Some((edge(&relation.to_ascii_lowercase(), true)?, value.trim_matches(['(', ')', ' '])))
}

/// `geq 1,000` without the commas between its thousands.
fn without_thousands(part: &str) -> String {
    let value = related(part).map_or("", |(_, value)| value);
    match without_commas(&format!(">{value}")) {
        Some(number) => part.replace(value, number.trim_start_matches('>')),
        None => part.to_owned(),
    }
}

pub(super) fn is_value(text: &str, dates: bool) -> bool {
    if dates { dates::is_literal(text) } else { text.parse::<i64>().is_ok() }
}

impl Saved {
    /// The text with `$name` replaced by what `given` says, or by what it is when not given.
    ///
    /// # Errors
    ///
    /// When a name of `given` is no parameter, a parameter has no value, or the text would be longer than a query may be; lower
    /// case, without a full stop.
    pub fn with(&self, given: &[(String, String)]) -> Result<String, String> {
        let arguments: Vec<_> = given.iter().map(|(name, value)| (Some(name.as_str()), value.as_str())).collect();
        substituted(self, &arguments)
    }
}

/// How long the name of a parameter is that `text` begins with.
fn parameter(text: &str) -> usize {
    let len = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    if text.starts_with(char::is_alphabetic) { len } else { 0 }
}

/// The text of a saved query with `$name` replaced by the arguments; inside quotation marks without theirs.
fn substituted(saved: &Saved, arguments: &[(Option<&str>, &str)]) -> Result<String, String> {
    let mut given: Vec<Option<&str>> = vec![None; saved.params.len()];
    let mut next = 0;
    for (name, value) in arguments {
        let place = match name {
            Some(name) => saved.params.iter().position(|(p, _)| p == name).ok_or_else(|| format!("it has no parameter `{name}`"))?,
            None => {
                next += 1;
                next - 1
            }
        };
        *given.get_mut(place).ok_or_else(|| format!("it takes {} arguments", saved.params.len()))? = Some(value);
    }
    let value = |name: &str| -> Result<Option<String>, String> {
        let Some(place) = saved.params.iter().position(|(p, _)| p == name) else { return Ok(None) };
        match given[place].or(saved.params[place].1.as_deref()) {
            Some(value) => Ok(Some(value.to_owned())),
            None => Err(format!("`${name}` is not given")),
        }
    };
    let (mut text, mut quoted) = (String::with_capacity(saved.text.len()), false);
    let mut rest = saved.text.as_str();
    while let Some(c) = rest.chars().next() {
        let len = rest.get(1..).filter(|_| c == '$').map_or(0, parameter);
        let name = rest.get(1..1 + len).unwrap_or("");
        match if name.is_empty() { None } else { value(name)? } {
            Some(value) => {
                let bare = if quoted { value.replace(is_quote, "") } else { value };
                let spaced = !quoted && bare.contains(is_space) && !bare.starts_with(['"', '(']);
                text += &if spaced { format!("({bare})") } else { bare };
                rest = rest.get(1 + len..).unwrap_or("");
            }
            None => {
                quoted ^= is_quote(c);
                text.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or("");
            }
        }
        // An argument that stands twice in a question that hands it on, and so at each depth, would fill the memory.
        if text.len() > LONGEST {
            return Err(format!("with what it is given it is longer than {LONGEST} bytes"));
        }
    }
    Ok(text)
}

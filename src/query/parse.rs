//! From typed text to a [`Query`]: recursive descent over AND, OR, NOT and closeness. It never fails; what it cannot read
//! it reports as a [`Problem`].

use super::dialect::{Adjacent, Dialect, Habits};
use super::lex::{Lexeme, Scanner, Token};
use super::problem::{Problem, Severity};
use super::reference::Saved;
use super::width;
use super::{Query, Target};
use crate::field::Field;
use jiff::ZonedDateTime;
use std::cell::OnceCell;
use std::ops::{Deref, Range};

/// Longest text that is read, in bytes.
pub const LONGEST: usize = 64 * 1024;
/// Deepest nesting.
pub const DEEPEST: usize = 200;
/// Most words and values.
pub const MOST_LEAVES: usize = 10_000;

/// A moment, with the zone of the reader: a given one, or this one in the zone of this machine. That is looked up when a query
/// first asks for it, which most never do: it goes through the machine's files on zones, some milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Now(OnceCell<ZonedDateTime>);

impl From<ZonedDateTime> for Now {
    fn from(now: ZonedDateTime) -> Now {
        Now(OnceCell::from(now))
    }
}

impl Deref for Now {
    type Target = ZonedDateTime;

    fn deref(&self) -> &ZonedDateTime {
        self.0.get_or_init(ZonedDateTime::now)
    }
}

/// What a query is read against.
pub struct Context<'c> {
    /// Finds saved queries and macros by name.
    pub saved: &'c dyn Fn(&str) -> Option<Saved>,
    /// The moment from which `today` and `last-7d` count.
    pub now: Now,
    /// What is looked for.
    pub target: Target,
    /// The language it is typed in.
    pub dialect: Dialect,
    /// The paths under which places are filed that go by these folded words alone: `leningrad`. They are asked for as well.
    pub places: &'c dyn Fn(&[&str]) -> Vec<String>,
}

impl Context<'static> {
    /// A context without saved queries and without places, at this moment in the zone of this machine.
    pub fn new(target: Target) -> Context<'static> {
        Context { saved: &|_| None, now: Now::default(), target, dialect: Dialect::Morgue, places: &|_| Vec::new() }
    }
}

/// What became of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The question; what could be read of it where there are errors.
    pub query: Query,
    /// Errors and notes in order of place.
    pub problems: Vec<Problem>,
    /// The order of hits asked for inside the text (`sort:date`), which is no part of the question.
    pub sort: Option<String>,
}

impl Parsed {
    /// Whether all of the text has a meaning.
    pub fn is_sound(&self) -> bool {
        self.problems.iter().all(|p| p.severity != Severity::Error)
    }
}

/// Reads a query as a person typed it.
///
/// # Example
///
/// ```
/// use morgue::query::{Context, Target, parse, print};
/// let parsed = parse("hlead(mayor w/5 corrupt!) since:2008", &Context::new(Target::Articles));
/// assert!(parsed.is_sound());
/// assert_eq!(print(&parsed.query), "hlead:(mayor NEAR/5 corrupt*) date:2008-01-01..");
/// ```
pub fn parse(text: &str, context: &Context<'_>) -> Parsed {
    if let Some(narrowed) = width::narrowed(text) {
        let parsed = parse(&narrowed.text, context);
        let problems = parsed.problems.into_iter().map(|p| narrowed.told_as_typed(p)).collect();
        return Parsed { problems, ..parsed };
    }
    let mut parser = Parser::new(text, context);
    if text.len() > LONGEST {
        let error = Problem::error(0..0, format!("the query is {} bytes long; {LONGEST} is the most", text.len()));
        let problems = vec![error.suggest("save parts of it and name them: `@part`")];
        return Parsed { query: Query::Nothing, problems, sort: None };
    }
    let query = parser.whole();
    let (mut problems, sort) = (parser.problems, parser.sort);
    problems.sort_by_key(|p| (p.span.start, p.span.end));
    problems.dedup();
    Parsed { query, problems, sort }
}

/// A part of a query, where it stands, and how deep it is.
pub(super) struct Item {
    pub query: Query,
    pub span: Range<usize>,
    pub height: usize,
    /// Whether it stands in parentheses, so that nobody need be told how it binds.
    pub closed: bool,
}

impl Item {
    pub fn leaf(query: Query, span: Range<usize>) -> Item {
        Item { query, span, height: 1, closed: true }
    }
}

/// What bare words mean where the parser stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scope {
    /// Words of these text fields; of the default ones when there are none.
    Text(Vec<&'static Field>),
    /// Values of a field.
    Value(&'static Field),
}

pub(super) struct Parser<'c> {
    pub scan: Scanner<'c>,
    pub context: &'c Context<'c>,
    pub problems: Vec<Problem>,
    pub scope: Scope,
    pub target: Target,
    pub depth: usize,
    pub leaves: usize,
    /// Saved queries being read, outermost first.
    pub trail: Vec<String>,
    pub sort: Option<String>,
    pub unstemmed: bool,
    /// Whether a part was left out because it has no counterpart here.
    pub lost: bool,
    /// Whether the rest is not read, so that nothing need be closed.
    pub stopped: bool,
    /// An operand that was read to see whether it goes with the one before: where it starts, and where it ends.
    pub ahead: Option<(usize, Item, usize)>,
    /// Whether days in numbers are written with the day first, once that was asked.
    pub day_first: OnceCell<bool>,
}

impl<'c> Parser<'c> {
    pub fn new(text: &'c str, context: &'c Context<'c>) -> Parser<'c> {
        Parser {
            scan: Scanner::of(text, context.dialect),
            context,
            problems: Vec::new(),
            scope: Scope::Text(Vec::new()),
            target: context.target,
            depth: 0,
            leaves: 0,
            trail: Vec::new(),
            sort: None,
            unstemmed: false,
            lost: false,
            stopped: false,
            ahead: None,
            day_first: OnceCell::new(),
        }
    }

    /// What is different in the language at hand.
    pub fn habits(&self) -> &'static Habits {
        self.scan.habits
    }

    /// Reads everything: an empty text asks for everything, a text without a sound word for nothing.
    fn whole(&mut self) -> Query {
        let empty = self.scan.peek().is_none();
        let query = match self.everything() {
            Some(item) => item.query,
            None if empty => Query::All,
            None if self.problems.iter().any(|p| p.severity == Severity::Error) => Query::Nothing,
            None if self.lost => {
                self.error(0..self.scan.text.len(), "nothing is left of this query: all of it asks for what only that system has");
                Query::Nothing
            }
            None if self.sort.is_some() => Query::All,
            None => Query::Nothing,
        };
        if self.unstemmed { super::stems::exact(query) } else { query }
    }

    /// Reads to the end of the text, over brackets that close nothing.
    pub fn everything(&mut self) -> Option<Item> {
        self.undeclared();
        let mut all = Vec::new();
        loop {
            all.extend(self.or());
            let Some(stray) = self.scan.next() else { break };
            let closing = self.scan.slice(stray.span.clone());
            self.error(stray.span, format!("nothing is open that this `{closing}` closes"));
        }
        self.all_of(all)
    }

    pub fn error(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.problems.push(Problem::error(span, message));
    }

    pub fn note(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.problems.push(Problem::note(span, message));
    }

    /// Puts a part together unless it is too deep to be worked on.
    pub fn item(&mut self, query: Query, span: Range<usize>, height: usize) -> Option<Item> {
        if height > DEEPEST {
            self.error(span, format!("the query is nested more than {DEEPEST} deep"));
            return None;
        }
        Some(Item { query, span, height, closed: false })
    }

    /// Counts a leaf; `false` when there are too many.
    pub fn count(&mut self, leaves: usize, span: &Range<usize>) -> bool {
        let before = self.leaves;
        self.leaves += leaves;
        if before <= MOST_LEAVES && self.leaves > MOST_LEAVES {
            self.error(span.clone(), format!("the query has more than {MOST_LEAVES} words; what follows is not read"));
        }
        self.leaves <= MOST_LEAVES
    }

    pub fn dangling(&mut self, span: Range<usize>) {
        let operator = self.scan.slice(span.clone());
        let problem = Problem::error(span, format!("`{operator}` has nothing to work on"));
        self.problems.push(problem.suggest(format!("quote it to search the word: `\"{operator}\"`")));
    }

    /// `a OR b OR c`
    pub fn or(&mut self) -> Option<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut operators = 0;
        loop {
            let before = self.scan.at;
            let item = self.and();
            let missing = item.is_none() && self.scan.slice(before..self.scan.at).trim().is_empty();
            items.extend(item);
            match self.scan.peek() {
                Some(Lexeme { token: Token::Bar | Token::Chunk("OR"), span }) => {
                    self.scan.at = span.end;
                    operators += 1;
                    if missing || self.at_end() {
                        self.dangling(span);
                    }
                }
                _ => break,
            }
        }
        if operators > 0 && items.iter().any(|i| !i.closed && matches!(i.query, Query::And(_))) {
            self.mixed(&items);
        }
        self.any_of(items)
    }

    /// Whether nothing follows that could be an operand.
    pub fn at_end(&mut self) -> bool {
        matches!(self.scan.peek().map(|l| l.token), None | Some(Token::Close | Token::CloseCurly))
    }

    fn mixed(&mut self, items: &[Item]) {
        let span = items[0].span.start..items[items.len() - 1].span.end;
        let sides: Vec<String> = items
            .iter()
            .map(|i| match &i.query {
                Query::And(_) if !i.closed => format!("({})", self.scan.slice(i.span.clone())),
                _ => self.scan.slice(i.span.clone()).to_owned(),
            })
            .collect();
        let note = Problem::note(span, format!("AND binds tighter than OR: read as `{}`", sides.join(" OR ")));
        self.problems.push(note.suggest("write the parentheses that are meant"));
    }

    /// `a b AND c`
    fn and(&mut self) -> Option<Item> {
        if self.habits().adjacent == Adjacent::Either { self.either() } else { self.conjunction() }
    }

    /// What stands between ORs.
    fn conjunction(&mut self) -> Option<Item> {
        let mut items = Vec::new();
        let mut pending: Option<Range<usize>> = None;
        // Whether something stands before an AND, be it left out or wrong.
        let mut before = false;
        while let Some(Lexeme { token, span }) = self.scan.peek() {
            match token {
                Token::Close | Token::CloseCurly | Token::Bar | Token::Chunk("OR") => break,
                Token::Chunk("AND" | "&&") => {
                    self.scan.at = span.end;
                    if !before || pending.is_some() {
                        self.dangling(span.clone());
                    }
                    pending = before.then_some(span);
                }
                _ => {
                    items.extend(self.unary());
                    (before, pending) = (true, None);
                }
            }
        }
        if let Some(span) = pending {
            self.dangling(span);
        }
        self.all_of(items)
    }

    /// `NOT a`, `-a`, `+a`
    pub fn unary(&mut self) -> Option<Item> {
        let start = self.scan.peek()?.span.start;
        let nots = self.negations()?;
        let item = self.closeness()?;
        self.negated(item, nots, start)
    }

    /// Passes the signs in front of an operand and counts those that negate; `None` when there is no operand behind them.
    pub fn negations(&mut self) -> Option<usize> {
        let mut nots = 0;
        while let Some(Lexeme { token, span }) = self.scan.peek() {
            match token {
                Token::Chunk("NOT") => nots += 1,
                Token::Prefix('+') => {}
                Token::Prefix(_) => {
                    nots += 1;
                    let sign = self.scan.slice(span.clone());
                    if !matches!(sign, "-" | "!") {
                        self.note(span.clone(), format!("`{sign}` is read as `-`, which excludes"));
                    }
                }
                _ => break,
            }
            self.scan.at = span.end;
            if self.at_end() || matches!(self.scan.peek().map(|l| l.token), Some(Token::Bar | Token::Chunk("OR" | "AND" | "&&"))) {
                self.dangling(span);
                return None;
            }
        }
        Some(nots)
    }

    pub fn negated(&mut self, mut item: Item, nots: usize, start: usize) -> Option<Item> {
        item.span.start = start;
        for _ in 0..nots {
            let negated = if item.query == Query::All { Query::Nothing } else { Query::Not(Box::new(item.query)) };
            item = self.item(negated, item.span, item.height + 1)?;
        }
        Some(item)
    }

    /// All of the parts, those of inner conjunctions among them.
    pub fn all_of(&mut self, items: Vec<Item>) -> Option<Item> {
        self.several(items, |q| if let Query::And(inner) = q { Ok(inner) } else { Err(q) }, Query::And)
    }

    /// Any of the parts, those of inner disjunctions among them.
    pub fn any_of(&mut self, items: Vec<Item>) -> Option<Item> {
        self.several(items, |q| if let Query::Or(inner) = q { Ok(inner) } else { Err(q) }, Query::Or)
    }

    fn several(
        &mut self,
        mut items: Vec<Item>,
        inner: fn(Query) -> Result<Vec<Query>, Query>,
        tie: fn(Vec<Query>) -> Query,
    ) -> Option<Item> {
        if items.len() < 2 {
            return items.pop();
        }
        let span = items[0].span.start..items[items.len() - 1].span.end;
        let height = items.iter().map(|i| i.height).max().unwrap_or(0) + 1;
        let mut queries = Vec::with_capacity(items.len());
        for item in items {
            match inner(item.query) {
                Ok(several) => queries.extend(several),
                Err(one) => queries.push(one),
            }
        }
        self.item(tie(queries), span, height)
    }
}

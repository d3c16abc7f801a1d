//! Where the grammar of another language differs: what two words side by side mean, and what binds first.

use super::dialect::{Adjacent, Dialect};
use super::function::function;
use super::leaf::{Manner, OPEN_AND_NEAR, Typed, is_open, typed};
use super::lex::{Lexeme, Token, is_space};
use super::names::Named;
use super::near;
use super::parse::{Item, Parser};
use super::problem::Problem;
use super::spell;
use super::{Expr, Part, Query, ValueMatch, WordForm};
use crate::field::FieldKind;
use std::ops::Range;

impl<'c> Parser<'c> {
    /// What an operator of closeness works on: words side by side, and the ORs between them where OR binds first.
    pub fn operand(&mut self) -> Option<Item> {
        let first = self.side_by_side();
        if !self.habits().or_first {
            return first;
        }
        let mut items: Vec<Item> = first.into_iter().collect();
        while let Some(Lexeme { token: Token::Bar | Token::Chunk("OR"), span }) = self.scan.peek() {
            self.scan.at = span.end;
            if items.is_empty() || self.at_end() {
                self.dangling(span);
                break;
            }
            items.extend(self.side_by_side());
        }
        let several = items.len() > 1;
        let item = self.any_of(items)?;
        Some(Item { closed: item.closed || several, ..item })
    }

    /// Operands with nothing between them, where that means one behind the other.
    fn side_by_side(&mut self) -> Option<Item> {
        let left = self.primary()?;
        self.beside(left, Parser::goes_on)
    }

    /// The words to the next operator that belong to a field behind whose name one stands: `sn=new york times`. Where words side by
    /// side are a phrase, they bind tighter than a field does, and in Factiva closeness does as well.
    pub fn words_behind(&mut self, item: Option<Item>) -> Option<Item> {
        let item = self.beside(item?, Parser::goes_on_with_words)?;
        // What was read as part of the value and is none is read again as what it is.
        self.ahead = None;
        if self.habits().dialect != Dialect::Factiva {
            return Some(item);
        }
        match near::take(&mut self.scan) {
            Some((near, span)) => self.chain(Some(item), near, span),
            None => Some(item),
        }
    }

    /// The words to the next operator that are all asked for in the field named: `allintitle:tidal barrier`, as Google has it.
    pub fn words_beside(&mut self, item: Option<Item>, name: &Range<usize>) -> Option<Item> {
        let named = self.scan.slice(name.clone());
        if !named.get(..5).is_some_and(|all| all.eq_ignore_ascii_case("allin")) {
            return item;
        }
        let mut all: Vec<Item> = item.into_iter().collect();
        while self.goes_on_with_words() {
            all.extend(self.primary());
        }
        self.all_of(all)
    }

    /// What `left` is together with the operands behind it, as long as `goes_on`.
    fn beside(&mut self, mut left: Item, goes_on: fn(&mut Parser<'c>) -> bool) -> Option<Item> {
        if self.habits().adjacent != Adjacent::Phrase {
            return Some(left);
        }
        while goes_on(self) {
            let start = self.scan.at;
            let Some(right) = self.primary() else { return Some(left) };
            match joined(&left.query, &right.query) {
                Some(query) => {
                    let span = left.span.start..right.span.end;
                    left = Item { closed: true, ..self.item(query, span, left.height.max(right.height) + 1)? };
                }
                None => {
                    // It is an operand of its own. Read a second time, a group in a group in a group would be read twice as often
                    // at each depth.
                    self.ahead = Some((start, right, self.scan.at));
                    self.scan.at = start;
                    break;
                }
            }
        }
        Some(left)
    }

    /// Whether an operand follows with nothing before it; spaces are passed.
    fn goes_on(&mut self) -> bool {
        let at = self.scan.at;
        if near::take(&mut self.scan).is_some() {
            self.scan.at = at;
            return false;
        }
        self.scan.at = at;
        match self.scan.peek().map(|l| l.token) {
            Some(Token::Chunk(chunk)) => !matches!(chunk, "AND" | "OR" | "NOT" | "&&"),
            Some(Token::Open | Token::Quoted(..)) => true,
            _ => false,
        }
    }

    /// Whether a mere word follows: no field, function or saved query, which are operands of their own.
    fn goes_on_with_words(&mut self) -> bool {
        if !self.goes_on() {
            return false;
        }
        let Some(Lexeme { token: Token::Chunk(chunk), span }) = self.scan.peek() else { return false };
        let is_called = self.scan.slice(span.end..self.scan.text.len()).starts_with('(');
        let is_ordered = matches!(self.resolve(chunk), Some(Named::Field(field)) if super::value::is_ordered(field));
        !is_called && !is_ordered && !chunk.starts_with('@') && !chunk.contains([':', '=', '<', '>', '≤', '≥']) && function(chunk).is_none()
    }

    /// Clauses any of which will do, unless some are marked with `+` or tied by AND: then those must hold.
    pub fn either(&mut self) -> Option<Item> {
        let (mut must, mut not, mut may) = (Vec::new(), Vec::new(), Vec::new());
        let mut tied = false;
        while let Some(Lexeme { token, span }) = self.scan.peek() {
            match token {
                Token::Close | Token::CloseCurly | Token::Bar | Token::Chunk("OR") => break,
                Token::Chunk("AND" | "&&") => {
                    self.scan.at = span.end;
                    if (must.is_empty() && may.is_empty() && not.is_empty()) || self.at_end() {
                        self.dangling(span);
                    }
                    // What stands before an AND must hold, too.
                    must.extend(may.pop());
                    tied = true;
                }
                _ => {
                    let marked = token == Token::Prefix('+');
                    if let Some(item) = self.unary() {
                        match item.query {
                            Query::Not(_) => not.push(item),
                            _ if marked || tied => must.push(item),
                            _ => may.push(item),
                        }
                    }
                    tied = false;
                }
            }
        }
        if must.is_empty() {
            must.extend(self.any_of(may));
        } else {
            // What is not marked counts for the order of hits alone.
            for Item { query, span, height, .. } in may {
                let mut any = if let Query::Or(any) = query { any } else { vec![query] };
                any.push(Query::All);
                must.extend(self.item(Query::Or(any), span, height + 1));
            }
        }
        must.extend(not);
        self.all_of(must)
    }

    /// What `name` means in front of a value, in the language at hand.
    pub fn resolve(&self, name: &str) -> Option<Named> {
        self.habits().named(name).or_else(|| super::names::resolve(name))
    }

    /// `x/F50/` or `x /F50/`: within the first 50 words, as Factiva has it.
    pub fn within_first(&mut self, item: Option<Item>) -> Option<Item> {
        if self.habits().dialect != Dialect::Factiva {
            return item;
        }
        let rest = self.scan.rest();
        let sign = rest.trim_start_matches(is_space);
        let Some((n, length)) = first_words(sign) else { return item };
        self.scan.at += rest.len() - sign.len();
        let start = self.scan.at;
        self.scan.at += length;
        let item = item?;
        let span = item.span.start..self.scan.at;
        match near::operand(item.query, &(start..self.scan.at), "/F/") {
            Ok((fields, expr)) => {
                let query = Query::Text { fields, expr: Expr::First { n, expr: Box::new(expr) } };
                let item = self.item(query, span, item.height + 1)?;
                Some(Item { closed: true, ..item })
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    /// `title contains (flood)`, as dtSearch has it.
    pub fn containing(&mut self, chunk: &'c str, span: &Range<usize>) -> Option<Option<Item>> {
        let named = self.resolve(chunk).filter(|_| self.habits().dialect == Dialect::Dtsearch)?;
        let at = self.scan.at;
        self.scan.at = span.end;
        if !matches!(self.scan.peek().map(|l| l.token), Some(Token::Chunk("contains"))) {
            self.scan.at = at;
            return None;
        }
        self.scan.next();
        self.scan.skip_space();
        Some(self.named(named, span.clone(), self.scan.at))
    }

    /// The marks on a word, as they are meant in the language at hand.
    pub fn typed<'t>(&self, word: &'t str) -> Typed<'t> {
        let habits = self.habits();
        if habits.dialect == Dialect::Dtsearch {
            // `apply~` is stemmed; each `%` allows an error; `=` is one digit.
            if let Some(stemmed) = word.strip_suffix('~') {
                return Typed { text: stemmed.into(), manner: Manner::Inflected, upto: None, wrong: None };
            }
            let errors = word.matches('%').count();
            if errors > 0 {
                let manner = Manner::Fuzzy(Some(errors.min(2) as u8));
                let text = word.replace('%', "");
                let wrong = is_open(&text).then_some(OPEN_AND_NEAR);
                return Typed { text: text.into(), manner, upto: None, wrong };
            }
            if word.contains('=') {
                return Typed { text: word.replace('=', "?").into(), manner: Manner::Exact, upto: None, wrong: None };
            }
        }
        if let Some((bare, edits)) = word.split_once('~').filter(|_| habits.dialect == Dialect::Lucene).and_then(alike) {
            let manner = if edits == 0 { Manner::Exact } else { Manner::Fuzzy(Some(edits)) };
            return Typed { text: bare.into(), manner, upto: None, wrong: is_open(bare).then_some(OPEN_AND_NEAR) };
        }
        let mut typed = typed(word, habits.capital_is_exact);
        if habits.exact && typed.manner == Manner::Inflected {
            typed.manner = Manner::Exact;
        }
        typed
    }

    /// A field that only the other system has: its value is passed and reported as lost.
    pub fn code(&mut self, name: Range<usize>, at: usize) -> Option<Item> {
        self.scan.at = at;
        let mut depth = 0usize;
        let mut quoted = false;
        let rest = self.scan.rest();
        let end = rest.char_indices().find(|(_, c)| {
            match c {
                '"' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted && depth == 0 => return true,
                ')' if !quoted => depth -= 1,
                c if is_space(*c) && !quoted && depth == 0 => return true,
                _ => {}
            }
            false
        });
        self.scan.at = at + end.map_or(rest.len(), |(i, _)| i);
        let span = name.start..self.scan.at;
        let text = self.scan.slice(span.clone()).to_owned();
        self.lost = true;
        let loss = Problem::loss(span, format!("`{text}` asks for codes of that system, and is left out"));
        let name = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        let instead = CODES.iter().find(|(names, _)| names.split(' ').any(|code| code == name)).map(|(_, instead)| (*instead).to_owned());
        self.problems.push(Problem { suggestion: instead, ..loss });
        None
    }

    /// `*` as it is meant in the language at hand; beside a letter only.
    pub fn starred<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        use super::dialect::Star;
        let by = match self.habits().star {
            Star::Any => return text.into(),
            Star::Some => "?*",
            Star::One => "?",
        };
        let mut out = String::with_capacity(text.len() + 4);
        let mut before = ' ';
        for c in text.chars() {
            if c == '*' && (before.is_alphanumeric() || before == '*') {
                out.push_str(by)
            } else {
                out.push(c)
            }
            before = c;
        }
        out.into()
    }
}

/// What names of codes ask for that is found in another way here.
const CODES: [(&str, &str); 4] = [
    ("su subt subject mainsubject mjsub term terms ns mesh", "keywords that files give are asked for with `tag:`"),
    ("geographic country city state re", "places that texts name are asked for with `place:`"),
    ("company organization co", "organizations that texts name are asked for with `org:`"),
    ("pe person", "persons that texts name are asked for with `person:`"),
];

/// `climate~0.8` of older Lucene: the least likeness, as edits of so many letters.
fn alike<'t>((word, likeness): (&'t str, &str)) -> Option<(&'t str, u8)> {
    let least: f64 = likeness.contains('.').then(|| likeness.parse().ok())??;
    let edits = (1.0 - least) * word.chars().count() as f64;
    (0.0..1.0).contains(&least).then_some((word, edits.min(2.0) as u8))
}

/// The number of `/F50/`, and how long that is.
pub(super) fn first_words(rest: &str) -> Option<(u32, usize)> {
    let (digits, _) = rest.strip_prefix("/F").or_else(|| rest.strip_prefix("/f"))?.split_once('/')?;
    let n = digits.parse().ok().filter(|n| (1..=near::FARTHEST).contains(n))?;
    Some((n, digits.len() + "/F/".len()))
}

/// Where `/F50/` begins in a word.
pub(super) fn before_first_words(chunk: &str) -> Option<usize> {
    let at = chunk.find("/F").or_else(|| chunk.find("/f")).filter(|at| *at > 0)?;
    first_words(chunk.get(at..)?).map(|_| at)
}

/// One behind the other: words of the same fields as a phrase or as neighbours, words of one value in a row.
fn joined(left: &Query, right: &Query) -> Option<Query> {
    match (left, right) {
        (Query::Text { fields, expr: left }, Query::Text { fields: others, expr: right }) if fields == others => {
            let expr = match (parts(left), parts(right)) {
                // What cannot stand between quotation marks, such as `tax~` beside others, could not be printed as a phrase.
                (Some(mut parts), Some(more)) if spell::may_be_quoted(&parts) && spell::may_be_quoted(&more) => {
                    parts.extend(more);
                    Expr::Phrase(parts)
                }
                _ => Expr::Near { left: Box::new(left.clone()), right: Box::new(right.clone()), n: 1, ordered: true },
            };
            Some(Query::Text { fields: fields.clone(), expr })
        }
        (Query::Is { field, value: ValueMatch::Words(words) }, Query::Is { field: other, value: ValueMatch::Words(more) })
            // A code is always the whole value: there is nothing in a row. What is not printed between quotation marks stays by itself.
            if field == other && field.kind != FieldKind::Keyword && words.iter().chain(more).all(stands_in_a_row) =>
        {
            let words = words.iter().chain(more).cloned().collect();
            Some(Query::Is { field, value: ValueMatch::Words(words) })
        }
        _ => None,
    }
}

/// Whether a word of a value is read as it is beside others: no `tax$2`, `tax~` or `ta?`.
fn stands_in_a_row(form: &WordForm) -> bool {
    match form {
        WordForm::Exact(_) | WordForm::Inflected(_) => true,
        WordForm::Pattern { glob, upto } => upto.is_none() && !glob.contains('?'),
        WordForm::Fuzzy { .. } | WordForm::Regex(_) => false,
    }
}

fn parts(expr: &Expr) -> Option<Vec<Part>> {
    match expr {
        // Words in their inflections are neighbours, as a phrase is of words as they stand.
        Expr::Word(form @ (WordForm::Exact(_) | WordForm::Pattern { upto: None, .. })) => Some(vec![Part::Word(form.clone())]),
        Expr::Phrase(parts) if !parts.iter().any(|p| matches!(p, Part::Word(WordForm::Inflected(_)))) => Some(parts.clone()),
        _ => None,
    }
}

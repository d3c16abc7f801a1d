//! What a value means to the field it stands behind: names are words in a row, codes are whole, dates and numbers are ranges.

use super::bounds::{bounds, without_commas};
use super::dates;
use super::dialect::Dialect;
use super::leaf::{Manner, cut, typed};
use super::lex::{Lexeme, Token};
use super::names::table;
use super::parse::{Item, Parser, Scope};
use super::phrase::{lone, phrase, written_parts};
use super::primary::{VALUE, weight};
use super::problem::Problem;
use super::spell::{any_word, unquoted};
use super::{Expr, Query, ValueMatch, WordForm};
use crate::field::{Field, FieldKind};
use crate::words::{self, fold};
use std::ops::Range;

/// Countries as they are abbreviated, and as they are filed.
const COUNTRIES: &[(&str, &str)] = &[
    ("uk", "united kingdom"),
    ("us", "united states"),
    ("usa", "united states"),
    ("gb", "united kingdom"),
    ("uae", "united arab emirates"),
];

/// Whether values of `field` have an order, so that there are ranges of them.
pub(super) fn is_ordered(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Date | FieldKind::Number)
}

/// Whether `text` is nothing but a sign that compares.
pub(super) fn is_sign(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '<' | '>' | '=' | '≤' | '≥'))
}

/// A code as it is compared. Languages are met however they are named: `lang:English`, `lang:eng` and `lang:en-GB` are `lang:en`.
///
/// What is compared is what names the language, so that a value means the same once it is printed and read again.
fn code(field: &Field, text: &str) -> String {
    let folded = fold(text);
    let language = if field.name == "lang" { words::language(&folded) } else { None };
    language.map_or_else(|| folded.into_owned(), str::to_owned)
}

impl Parser<'_> {
    /// Bounds of a date or number field.
    pub fn range(&mut self, field: &'static Field, text: &str, span: Range<usize>) -> Option<Item> {
        // Of numbers that may be either the month comes first, unless another date of the question can only be read the other way.
        let (doubtful, day_first) = if field.kind == FieldKind::Date { dates::with_the_day_first(text) } else { Default::default() };
        let is_day_first = !doubtful.is_empty() && *self.day_first.get_or_init(|| dates::have_the_day_first(self.scan.text));
        match bounds(field, if is_day_first { &day_first } else { text }, &self.context.now) {
            Ok((None, None)) => self.leaf(Query::Has(field), span),
            Ok((from, to)) => {
                for day in doubtful {
                    let how = if is_day_first { "day first, as another date here must be" } else { "month first" };
                    let note = Problem::note(span.clone(), format!("`{day}` is read with the {how}"));
                    self.problems.push(note.suggest("write year, month and day, `2018-09-14`, to leave no doubt"));
                }
                self.leaf(Query::Range { field, from, to }, span)
            }
            Err(wrong) => {
                let hint = match field.kind {
                    FieldKind::Date => "write `2008`, `2008-09`, `2008-09-14`, `2008-09..2009`, `last-7d`",
                    _ => "write `800`, `>800`, `500..800`",
                };
                let is_word = field.kind == FieldKind::Date && !text.contains(|c: char| c.is_ascii_digit());
                let any = if is_word { format!("; `{}:*` for any", field.name) } else { String::new() };
                self.problems.push(Problem::error(span, format!("`{}`: {wrong}", field.name)).suggest(format!("{hint}{any}")));
                None
            }
        }
    }

    /// A value without quotes.
    pub fn bare_value(&mut self, field: &'static Field, text: &str, span: Range<usize>) -> Option<Item> {
        if text == "*" {
            return self.leaf(Query::Has(field), span);
        }
        let is_year = |end: &str| end.len() == 4 && end.bytes().all(|b| b.is_ascii_digit());
        let are_years = field.name == "year" && text.split_once('-').is_some_and(|(from, to)| is_year(from) && is_year(to));
        if are_years || !is_ordered(field) && (text.contains("..") && !text.contains('/') || text.starts_with(['<', '>', '≤', '≥'])) {
            let error = Problem::error(span, format!("`{}` has no order, so there is no range of it", field.name));
            let dated = matches!(field.name, "year" | "month");
            let instead = if dated { format!("write `date:{text}`") } else { "quote the value if these signs belong to it".to_owned() };
            self.problems.push(error.suggest(instead));
            return None;
        }
        match field.kind {
            _ if (field.kind == FieldKind::Date || field.name == "lang") && text.eq_ignore_ascii_case("none") => {
                self.leaf(Query::Not(Box::new(Query::Has(field))), span)
            }
            // The file gives two dates that lie apart.
            FieldKind::Date if text.eq_ignore_ascii_case("conflict") && field.name == "date" => {
                let value = ValueMatch::Words(vec![WordForm::Exact("conflict".to_owned())]);
                self.leaf(Query::Is { field: table("dated"), value }, span)
            }
            FieldKind::Date | FieldKind::Number => self.range(field, text, span),
            FieldKind::Path if text.contains('/') => self.whole_value(field, text, span),
            FieldKind::Keyword => {
                self.part_of_address(field, text, &span);
                // Lucene has signs stand for themselves behind a backslash.
                let bare =
                    if self.habits().dialect == Dialect::Lucene { text.replace("\\/", "/").replace("\\:", ":") } else { text.to_owned() };
                let typed = typed(&bare, false);
                let folded = if typed.upto.is_some() { fold(&typed.text).into_owned() } else { code(field, &typed.text) };
                // Google's addresses are met anywhere.
                let anywhere = self.habits().dialect == Dialect::Google && field.name == "url";
                let folded = if anywhere { format!("*{folded}*") } else { folded };
                let form = if folded.contains(['*', '?']) || typed.upto.is_some() {
                    WordForm::Pattern { glob: folded, upto: typed.upto }
                } else {
                    WordForm::Exact(folded)
                };
                self.one_of_few(field, &form, &span);
                self.leaf(Query::Is { field, value: ValueMatch::Words(vec![form]) }, span)
            }
            FieldKind::Name | FieldKind::Path | FieldKind::Text(_) => {
                let typed = typed(text, false);
                if let Some(wrong) = typed.wrong {
                    self.error(span.clone(), format!("`{text}`: {wrong}"));
                }
                let manner = if typed.manner == Manner::Inflected { VALUE } else { typed.manner };
                let cut = cut(&typed.text, manner, typed.upto);
                if cut.lone_wildcard && !cut.parts.is_empty() {
                    self.problems.push(lone(text, span.clone()));
                }
                self.words_value(field, cut.parts, span)
            }
        }
    }

    /// A value with commas between its thousands where the parser stands, unless it is a later one of a list.
    pub fn first_with_thousands(&mut self) -> Option<Option<Item>> {
        let start = self.scan.at;
        let Scope::Value(field) = self.scope else { return None };
        if field.kind != FieldKind::Number || self.scan.slice(0..start).ends_with(',') {
            return None;
        }
        let typed = weight(self.scan.slice(start..self.scan.chunk_end(start))).0;
        let span = start..start + typed.len();
        let item = self.thousands(field, typed, &span)?;
        self.scan.at = span.end;
        Some(item)
    }

    /// `words:>=1,000`, whose comma parts no list; `None` where it is something else.
    fn thousands(&mut self, field: &'static Field, text: &str, span: &Range<usize>) -> Option<Option<Item>> {
        let number = without_commas(text).filter(|_| field.kind == FieldKind::Number)?;
        self.note(span.clone(), format!("`{text}` is read as `{number}`"));
        Some(self.range(field, &number, span.clone()))
    }

    /// A value with a space inside.
    pub fn in_several_words(&mut self, start: usize) -> Option<Option<Item>> {
        self.sign_alone(start).or_else(|| self.stretch(start))
    }

    /// `words: >= 1,000`, `words:(> 500 OR < 100)`: a sign that stands alone at `start` belongs to what follows.
    pub fn sign_alone(&mut self, start: usize) -> Option<Option<Item>> {
        let Scope::Value(field) = self.scope else { return None };
        if !is_ordered(field) || !self.scan.slice(start..self.scan.text.len()).starts_with(['<', '>', '=', '≤', '≥']) {
            return None;
        }
        let end = self.scan.chunk_end(start);
        let sign = Some(self.scan.slice(start..end)).filter(|sign| is_sign(sign))?;
        let (chunk, behind) = self.scan.chunk_behind(end);
        let value = weight(chunk).0;
        if value.is_empty() {
            return None;
        }
        let span = start..behind - chunk.len() + value.len();
        self.scan.at = span.end;
        let text = if sign == "=" { value.to_owned() } else { format!("{sign}{value}") };
        Some(self.thousands(field, &text, &span).unwrap_or_else(|| self.range(field, &text, span)))
    }

    /// `source(reuters,ap)`: any of the values.
    pub fn listed(&mut self, field: &'static Field, text: &str, span: Range<usize>) -> Option<Item> {
        if let Some(item) = self.thousands(field, text, &span) {
            return item;
        }
        if text.ends_with(',') {
            let note = Problem::note(span.clone(), format!("`{text}`: what stands behind the space is asked for as well"));
            self.problems.push(note.suggest("write lists without spaces to ask for any: `source:reuters,ap`"));
        }
        let mut at = span.start;
        let mut items = Vec::new();
        for value in text.split(',') {
            if !value.is_empty() {
                items.extend(self.bare_value(field, value, at..at + value.len()));
            }
            at += value.len() + 1;
        }
        let mut item = self.any_of(items)?;
        item.closed = true;
        Some(item)
    }

    /// A value in quotes.
    pub fn quoted_value(&mut self, field: &'static Field, text: &str, span: Range<usize>) -> Option<Item> {
        match field.kind {
            FieldKind::Date | FieldKind::Number => self.range(field, text, span),
            FieldKind::Path if text.contains('/') => self.whole_value(field, text, span),
            FieldKind::Keyword => {
                self.part_of_address(field, text, &span);
                let form = WordForm::Exact(code(field, &unquoted(text)));
                self.one_of_few(field, &form, &span);
                self.leaf(Query::Is { field, value: ValueMatch::Words(vec![form]) }, span)
            }
            FieldKind::Name | FieldKind::Path | FieldKind::Text(_) => {
                if let Some(turned) = turned(field, text) {
                    return self.turned_name(field, text, &turned, span);
                }
                let mut phrase = phrase(text, self.behind_mark(&span));
                self.problems.append(&mut phrase.problems);
                match phrase.words(Some(&any_word())) {
                    Ok(words) => self.words_value(field, words, span),
                    Err(wrong) => {
                        self.error(span, format!("{wrong}: write `{}:(a OR b)`", field.name));
                        None
                    }
                }
            }
        }
    }

    /// `au(Smith, John)` of ProQuest, which has one name in it.
    pub fn turned_group(&mut self, name: &Range<usize>, at: usize) -> Option<Option<Item>> {
        let Scope::Value(field) = self.scope.clone() else { return None };
        let inside = self.scan.slice(at..self.scan.text.len()).strip_prefix('(').filter(|_| self.habits().dialect == Dialect::Proquest)?;
        let text = &inside[..inside.find(')')?];
        let turned = turned(field, text)?;
        self.scan.at = at + text.len() + "()".len();
        Some(self.turned_name(field, text, &turned, name.start..self.scan.at))
    }

    /// `person:"Merkel, Angela"`, as catalogues have it: the name as it is, or turned round.
    fn turned_name(&mut self, field: &'static Field, text: &str, turned: &str, span: Range<usize>) -> Option<Item> {
        self.note(span.clone(), format!("`{text}` is read as `{turned}` as well"));
        let row = |text: &str| words::forms(text).into_iter().map(WordForm::Exact).collect::<Vec<_>>();
        let ways = [turned, text].map(|way| Query::Is { field, value: ValueMatch::Words(row(way)) });
        if self.count(1, &span) { self.leaf(Query::Or(ways.into()), span) } else { None }
    }

    fn words_value(&mut self, field: &'static Field, words: Vec<WordForm>, span: Range<usize>) -> Option<Item> {
        if words.is_empty() {
            let text = self.scan.slice(span.clone()).to_owned();
            self.error(span, format!("`{text}` holds no word of `{}`", field.name));
            return None;
        }
        let words = self.spelled_out(field, words, &span);
        let filed = self.filed_as(field, &words, &span);
        let named = self.leaf(Query::Is { field, value: ValueMatch::Words(words) }, span.clone())?;
        if filed.is_empty() {
            return Some(named);
        }
        let mut items = vec![named];
        for path in filed {
            items.extend(self.leaf(Query::Is { field, value: ValueMatch::Whole(path) }, span.clone()));
        }
        let mut either = self.any_of(items)?;
        either.closed = true;
        Some(either)
    }

    /// `place:Leningrad` is also what is filed under Saint Petersburg; that is said.
    fn filed_as(&mut self, field: &Field, words: &[WordForm], span: &Range<usize>) -> Vec<String> {
        if !field.is_of_places() {
            return Vec::new();
        }
        let word = |form: &WordForm| if let WordForm::Exact(word) = form { Some(word.clone()) } else { None };
        let Some(words) = words.iter().map(word).collect::<Option<Vec<String>>>() else { return Vec::new() };
        let filed = (self.context.places)(&words.iter().map(String::as_str).collect::<Vec<_>>());
        if !filed.is_empty() {
            let typed = self.scan.slice(span.clone()).to_owned();
            let which = if filed.len() > 1 { "which are" } else { "which is" };
            self.note(span.clone(), format!("`{typed}` is filed under `{}`, {which} asked for as well", filed.join("`, `")));
        }
        filed
    }

    /// `place:UK` is `place:"united kingdom"`: places are filed under whole names, and what else is called so is never meant.
    fn spelled_out(&mut self, field: &Field, words: Vec<WordForm>, span: &Range<usize>) -> Vec<WordForm> {
        let [WordForm::Exact(word)] = &words[..] else { return words };
        let Some((_, name)) = COUNTRIES.iter().find(|(short, _)| short == word).filter(|_| field.is_of_places()) else { return words };
        let typed = self.scan.slice(span.clone()).to_owned();
        self.problems.push(Problem::note(span.clone(), format!("`{typed}` is read as `{name}`")));
        name.split(' ').map(|word| WordForm::Exact(word.to_owned())).collect()
    }

    /// Says that nothing can be met by a value that is none of the few there are.
    fn one_of_few(&mut self, field: &Field, form: &WordForm, span: &Range<usize>) {
        let (WordForm::Exact(word), "dup") = (form, field.name) else { return };
        if !matches!(word.as_str(), "copy" | "original") {
            let note = Problem::note(span.clone(), format!("no article is `{}:{word}`", field.name));
            self.problems.push(note.suggest("`dup:copy` or `dup:original`"));
        }
    }

    /// Says that `url:example.org` is met by no longer address.
    fn part_of_address(&mut self, field: &Field, text: &str, span: &Range<usize>) {
        let is_part = field.name == "url" && !text.contains("://") && !text.contains(['*', '?', '!', '$']);
        if is_part && self.habits().dialect != Dialect::Google {
            let note = Problem::note(span.clone(), format!("`{text}` is met as the whole address only"));
            self.problems.push(note.suggest(format!("`url:*{text}*` for addresses that hold it")));
        }
    }

    /// `exact:"O'Brien & Co."`, `exact("O'Brien & Co.")`
    pub fn exact(&mut self, name: Range<usize>, at: usize) -> Option<Item> {
        self.scan.at = at;
        let open = self.scan.rest().starts_with('(');
        self.scan.at += usize::from(open);
        let (text, span) = match self.scan.peek()? {
            Lexeme { token: Token::Quoted(text, closed), span } => {
                self.closed_quote(closed, &span);
                (unquoted(text), span)
            }
            Lexeme { span, .. } if open => {
                let len = self.scan.slice(span.start..self.scan.text.len()).find(')').unwrap_or(self.scan.text.len() - span.start);
                (self.scan.slice(span.start..span.start + len).to_owned(), span.start..span.start + len)
            }
            Lexeme { span, .. } => {
                let end = at + weight(self.scan.slice(span.start..self.scan.chunk_end(at))).0.len();
                (self.scan.slice(at..end).to_owned(), at..end)
            }
        };
        self.scan.at = span.end;
        if open {
            self.closing(&(at..at + 1), Token::Close, ')');
        }
        let span = name.start..self.scan.at;
        let Scope::Text(fields) = self.scope.clone() else {
            self.error(span, "`exact:` asks for words of running text, not for a value");
            return None;
        };
        let parts = written_parts(&text);
        if parts.is_empty() {
            self.error(span, "`exact:` has no word to look for");
            return None;
        }
        self.leaf(Query::Text { fields, expr: Expr::Exact { text, parts } }, span)
    }

    /// A value to be met letter by letter.
    pub fn whole_value(&mut self, field: &'static Field, text: &str, span: Range<usize>) -> Option<Item> {
        match field.kind {
            FieldKind::Date | FieldKind::Number => self.range(field, text, span),
            _ if text.is_empty() => {
                self.error(span, "there is no value here");
                None
            }
            _ => self.leaf(Query::Is { field, value: ValueMatch::Whole(unquoted(text)) }, span),
        }
    }
}

/// The name of a person whose family name is written first, with a comma behind it, as it is spoken.
fn turned(field: &Field, text: &str) -> Option<String> {
    let (family, given) = text.split_once(',').filter(|_| field.is_of_persons())?;
    let (family, given) = (family.trim(), given.trim());
    let is_name = |part: &str| {
        let n = part.split_whitespace().count();
        (1..=3).contains(&n) && part.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "-.'’".contains(c))
    };
    let is_suffix = matches!(given.trim_end_matches('.').to_lowercase().as_str(), "jr" | "sr" | "ii" | "iii" | "iv");
    (is_name(family) && is_name(given) && !is_suffix).then(|| format!("{given} {family}"))
}

//! Signs of other systems that are words here, or mean something a little different: read where they can be, and told with what to
//! write instead where they cannot.

use super::dialect::{Dialect, elsewhere};
use super::function::{Function, function};
use super::habits::first_words;
use super::lex::is_space;
use super::names::{meant, synonym};
use super::parse::Parser;
use super::problem::Problem;
use std::ops::Range;

impl<'c> Parser<'c> {
    /// Where the parenthesis stands that belongs to the name or function `chunk`, with spaces between them as some languages have it:
    /// `HEADLINE (flood)`, `date (> 2017)`, `FIRST/50 (mayor)`.
    pub fn parenthesis(&mut self, chunk: &str, span: &Range<usize>) -> Option<usize> {
        let rest = self.scan.slice(span.end..self.scan.text.len());
        let inside = rest.trim_start_matches(is_space);
        if inside.len() == rest.len() || !inside.starts_with('(') {
            return None;
        }
        let function = function(chunk);
        let is_name = chunk.chars().all(|c| c.is_alphanumeric() || c == '-') && self.resolve(chunk).is_some();
        let is_called = match &function {
            Some(Ok(Function::First(_))) => true,
            // These have their parentheses from elsewhere.
            Some(Ok(Function::AtLeast(_)) | Err(_)) => false,
            // What is compared can only be a value: `length (>1000)`.
            _ if is_name && inside[1..].trim_start_matches(is_space).starts_with(['<', '>', '≤', '≥']) => true,
            _ => self.habits().spaced && (is_name || function.is_some()),
        };
        if is_called {
            return Some(span.end + rest.len() - inside.len());
        }
        // `caps (…)` in small letters is a word like others; `source (…)` may be one.
        if is_name || matches!(function, Some(Ok(Function::Case(_)))) && chunk.chars().all(char::is_uppercase) {
            let sign = if is_name { ":" } else { "" };
            let note = Problem::note(span.clone(), format!("`{chunk}` with a space behind it is searched as a word"));
            self.problems.push(note.suggest(format!("write `{chunk}{sign}(…)` if it is meant for what stands in the parentheses")));
        }
        None
    }

    /// Says where a name of Nexis asks for something that is not quite the same here.
    pub fn told_apart(&mut self, name: &str, span: &Range<usize>) {
        if self.habits().dialect != Dialect::Nexis {
            return;
        }
        if ["plural", "singular"].iter().any(|form| name.eq_ignore_ascii_case(form)) {
            self.problems.push(Problem::loss(span.clone(), format!("`{name}` has no counterpart: words stand for all their forms")));
        }
        if name.eq_ignore_ascii_case("load-date") {
            let note = Problem::note(span.clone(), format!("`{name}` asks when an article came into this archive"));
            self.problems.push(note.suggest("write `date` for when it was published"));
        }
    }

    /// `educat[*5]`, up to five letters more in ProQuest, as it is written here, and where it ends.
    pub fn letters_more(&self, chunk: &str, span: &Range<usize>) -> Option<(String, usize)> {
        let rest =
            self.scan.slice(span.end..self.scan.text.len()).strip_prefix("[*").filter(|_| self.habits().dialect == Dialect::Proquest)?;
        let (digits, _) = rest.split_once(']')?;
        let is_count = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        is_count.then(|| (format!("{chunk}${digits}"), span.end + "[*]".len() + digits.len()))
    }

    /// Says that what is typed in capitals, `US` or `U.S.`, is met wherever a common word has its letters.
    pub fn in_capitals(&mut self, word: &str, span: &Range<usize>) {
        let letters: String = word.chars().filter(|c| *c != '.').collect();
        // Where all is typed in capitals, they say nothing.
        let is_told_apart = word.contains('.') || word == self.scan.text.trim() || self.scan.text.contains(char::is_lowercase);
        if !is_told_apart || !letters.chars().all(char::is_uppercase) || !COMMON.contains(&letters.to_lowercase().as_str()) {
            return;
        }
        let note = Problem::note(span.clone(), format!("`{word}` is met where `{}` {STANDS}", letters.to_lowercase()));
        self.problems.push(note.suggest(format!("write `ALLCAPS({word})` for capitals alone")));
    }

    /// Takes back what was said of capitals since there were `before` problems: they are asked for.
    pub fn in_capitals_indeed(&mut self, before: usize) {
        let mut at = 0;
        self.problems.retain(|problem| {
            at += 1;
            at <= before || !problem.message.ends_with(STANDS)
        });
    }

    /// Says that `"carbon tax"o3` and `"carbon tax"p3` of Recoll are a phrase and a word.
    pub fn behind_phrase(&mut self, phrase: &Range<usize>) {
        let sign = phrase.end..self.scan.chunk_end(phrase.end);
        let typed = self.scan.slice(sign.clone());
        let Some(n) = typed.strip_prefix(['o', 'p']).filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) else { return };
        let meant = format!("`{}~{n}`", self.scan.slice(phrase.clone()));
        let note = Problem::note(sign, format!("`{typed}` behind a phrase is searched as a word"));
        self.problems.push(note.suggest(format!("write {meant} for these words with at most {n} others between")));
    }

    /// Says that a word is an operator elsewhere, and what to write here.
    pub fn meant_elsewhere(&mut self, word: &str, span: &Range<usize>, is_between: bool) {
        let suggestion = if let Some(n) = distance(word).filter(|_| is_between) {
            format!("write `NEAR/{n}` for at most {n} words apart, `PRE/{n}` for the same in this order")
        } else if let Some((before, n)) = cut_first_words(word) {
            let operand = if before.is_empty() { "…" } else { before };
            format!("write `FIRST/{n}({operand})` for what stands within the first {n} words")
        } else if let Some((before, n, behind)) = cut_distance(word) {
            format!("write `{before} NEAR/{n} {behind}` for at most {n} words apart")
        } else if word.len() > 2 && word.starts_with('/') && word.ends_with('/') {
            format!("write `re:{word}` for an expression")
        } else if is_range(word, |c| c.is_ascii_digit()) {
            format!("a range needs a field: `date:{word}`, `words:{word}`")
        } else if is_range(word, |c| c.is_ascii_digit() || c == '-') {
            format!("a range needs a field: `date:{word}`")
        } else if word == "AROUND" && is_between {
            "write `AROUND(5)` for at most 5 words apart".to_owned()
        } else if word == "XOR" && is_between {
            "write `(a OR b) NOT (a b)` for one of two and not both".to_owned()
        } else {
            return;
        };
        self.problems.push(Problem::note(span.clone(), format!("`{word}` is searched as it stands")).suggest(suggestion));
    }
}

/// Words that are on every page, and whose letters something else is called by.
const COMMON: [&str; 27] = [
    "us", "it", "who", "am", "is", "in", "on", "at", "so", "may", "all", "an", "as", "be", "do", "go", "he", "me", "my", "up", "we", "no",
    "by", "if", "of", "are", "aids",
];

/// How it ends what is said of a word in capitals.
const STANDS: &str = "stands, too";

/// The number of `N4`, `W4`, `P4`, `n/4` and `p/4`.
fn distance(word: &str) -> Option<&str> {
    let digits = match word.strip_prefix(['N', 'W', 'P', 'n', 'p'])? {
        slashed if slashed.starts_with('/') => &slashed[1..],
        // `n4` in small letters is a word.
        digits if word.starts_with(char::is_uppercase) => digits,
        _ => return None,
    };
    ((1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// The two words of `flood/n5/storm`, as Factiva has it with spaces, and its number.
fn cut_distance(word: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = word.split_once('/')?;
    let (sign, behind) = rest.split_once('/')?;
    let n = sign.strip_prefix(['n', 'N']).filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))?;
    let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphanumeric);
    (is_word(before) && is_word(behind)).then_some((before, n, behind))
}

/// What stands before `/F50/`, and its number.
fn cut_first_words(word: &str) -> Option<(&str, u32)> {
    let at = word.find("/F")?;
    let (n, length) = first_words(&word[at..])?;
    (at + length == word.len()).then_some((&word[..at], n))
}

/// `2010..2012`
fn is_range(word: &str, may_hold: impl Fn(char) -> bool) -> bool {
    let is_end = |end: &str| end.starts_with(|c: char| c.is_ascii_digit()) && end.chars().all(&may_hold);
    word.split_once("..").is_some_and(|(from, to)| is_end(from) && is_end(to))
}

/// What to write in place of a `name` before a parenthesis that is no function here.
pub(super) fn call_meant(name: &str) -> Option<String> {
    let told = match name.to_lowercase().as_str() {
        "first" => "the number of words stands behind it: `FIRST/50(…)`",
        "atleast" | "atl" => "the number stands right behind it: `ATLEAST3(…)`",
        "near" | "around" | "within" => "closeness stands between what is close: `pier NEAR/5 tide`",
        "quote" | "quotes" => "`quote{…}` asks for one quote with all of it, `said(…)` for words inside a quote",
        _ => return name_meant(name, "(…)"),
    };
    Some(told.to_owned())
}

/// What to write in place of a `name` that is no field here: one of another language, or one that is spelled nearly so.
pub(super) fn name_meant(name: &str, sign: &str) -> Option<String> {
    let told = match name.to_lowercase().as_str() {
        "has" => "`byline:*` asks that there is a byline, and so with each field",
        "no" | "missing" => "`-byline:*` asks that there is no byline, and so with each field",
        "limit" | "max" => "how many are shown is no part of the question: `-n 10` on the command line",
        _ => "",
    };
    if !told.is_empty() {
        return Some(told.to_owned());
    }
    let ask = |field: &str| format!("did you mean `{field}{sign}`?");
    synonym(name).map(ask).or_else(|| elsewhere(name)).or_else(|| meant(name).map(ask))
}

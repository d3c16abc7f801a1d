//! Letters and signs as wide as Chinese or Japanese ones, and strokes that are not the slash of a keyboard: `（mayor ＯＲ council）`,
//! `title：flood`, `w⁄5`. Outside quotation marks they mean what those of a keyboard mean.

use super::lex::is_quote;
use super::problem::Problem;

/// A text in signs of a keyboard, and what each piece of it was.
pub(super) struct Narrowed {
    pub text: String,
    /// Where a sign was replaced: its end here, and in the text as it was typed. In order.
    replaced: Vec<(usize, usize)>,
}

/// `text` in the signs of a keyboard; `None` where it is so already.
pub(super) fn narrowed(text: &str) -> Option<Narrowed> {
    if !text.chars().any(|c| narrow(c).is_some()) {
        return None;
    }
    let mut written = Narrowed { text: String::with_capacity(text.len()), replaced: Vec::new() };
    let mut opened: Option<char> = None;
    for (at, c) in text.char_indices() {
        match opened {
            Some(mark) if is_quote(c) && (mark != '"' || c == '"') => opened = None,
            None if is_quote(c) => opened = Some(c),
            _ => {}
        }
        match narrow(c).filter(|_| opened.is_none()) {
            None => written.text.push(c),
            Some(narrow) => {
                written.text.push(narrow);
                written.replaced.push((written.text.len(), at + c.len_utf8()));
            }
        }
    }
    Some(written).filter(|written| !written.replaced.is_empty())
}

impl Narrowed {
    /// A problem of this text, told of the text as it was typed.
    pub fn told_as_typed(&self, problem: Problem) -> Problem {
        let span = self.typed(problem.span.start)..self.typed(problem.span.end);
        Problem { span, ..problem }
    }

    fn typed(&self, at: usize) -> usize {
        let before = self.replaced.partition_point(|(here, _)| *here <= at);
        before.checked_sub(1).and_then(|last| self.replaced.get(last)).map_or(at, |(here, typed)| typed + (at - here))
    }
}

/// The sign of a keyboard that is meant. `！`, `？` and `～` end sentences and stand for dashes; they ask for no ending and no letter.
fn narrow(c: char) -> Option<char> {
    match c {
        '⁄' | '∕' => Some('/'),
        '！' | '？' | '～' | '＂' | '＇' => None,
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::query::{Context, Target, parse, print};

    #[track_caller]
    fn check(typed: &str, read: &str) {
        let parsed = parse(typed, &Context::new(Target::Articles));
        assert!(parsed.is_sound(), "{:?}", parsed.problems);
        assert_eq!(print(&parsed.query), read, "{typed}");
    }

    #[test]
    fn wide_signs_mean_what_narrow_ones_do() {
        check("（mayor ＯＲ council） ＡＮＤ bribe", "(mayor OR council) bribe");
        check("title：flood source＝humber，harrow", "title:flood source:humber,harrow");
        check("mayor ｜ council", "mayor OR council");
        check("mayor －council", "mayor NOT council");
        check("mayor w⁄5 bribe", "mayor NEAR/5 bribe");
        check("mayor w／5 bribe", "mayor NEAR/5 bribe");
        check("洪水！", "洪水");
        // What is quoted stands as it is.
        check("exact:\"（mayor）\"", "exact:\"（mayor）\"");
    }

    #[test]
    fn a_problem_is_shown_where_it_was_typed() {
        let typed = "ｍayor （bribe";
        let parsed = parse(typed, &Context::new(Target::Articles));
        assert_eq!(&typed[parsed.problems[0].span.clone()], "（");
    }
}

//! Boxes that a page shows over a name and a scraper leaves in the sentence: `Adam Schiff Adam Bennett SchiffSenate trial must
//! wait Democrats seize on evidence MORE (D-Calif.) said`. They are no part of what the article says.

use memchr::memmem;
use std::ops::Range;

/// The word that ends a box.
const END: &str = "MORE";
/// Bytes in which a box must begin before its end: the full name and three or four headlines.
const LONGEST: usize = 700;
/// Words of the full name before its last.
const NAMES: usize = 6;

/// The boxes of `body`, in order: bytes from behind the name to the end of `MORE`.
pub(super) fn find(body: &str) -> Vec<Range<usize>> {
    let (mut boxes, mut before) = (Vec::new(), 0);
    for at in memmem::find_iter(body.as_bytes(), END) {
        let end = at + END.len();
        // The first `MORE` behind its beginning ends a box.
        let mut from = std::mem::replace(&mut before, end).max(at.saturating_sub(LONGEST));
        if body[end..].starts_with(char::is_alphanumeric) {
            continue;
        }
        while !body.is_char_boundary(from) {
            from += 1;
        }
        let from = body[from..at].rfind('\n').map_or(from, |line| from + line + 1);
        if let Some(start) = start(&body[from..end]) {
            boxes.push(from + start..end);
        }
    }
    boxes
}

/// Where a box begins in `text`, at whose end it ends: behind the last word that comes back a few names further on, with a
/// headline grown to it.
fn start(text: &str) -> Option<usize> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let (mut at, mut found) = (0, None);
    for word in text.split(' ') {
        let names = words.iter().rev().take_while(|(_, w)| w.starts_with(|c: char| c.is_uppercase() || c == '('));
        // One name at least lies between.
        if let Some((from, name)) = names.take(NAMES + 1).skip(1).find(|(_, name)| is_grown(word, name)) {
            found = Some(from + name.len());
        }
        words.push((at, word));
        at += word.len() + 1;
    }
    found
}

/// Whether `word` is `name` with a headline grown to it: `SchiffSenate`.
fn is_grown(word: &str, name: &str) -> bool {
    let opens = |rest: &str| rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '\'' | '‘' | '"' | '“'));
    name.len() > 2 && grown(word, name).is_some_and(opens)
}

/// What `word` has behind `name`, if that ends in a small letter.
pub fn grown<'w>(word: &'w str, name: &str) -> Option<&'w str> {
    word.strip_prefix(name).filter(|_| name.ends_with(char::is_lowercase))
}

/// Whether a byte lies in one of `boxes`.
pub fn holds(boxes: &[Range<usize>], at: usize) -> bool {
    boxes.get(boxes.partition_point(|b| b.end <= at)).is_some_and(|b| b.start <= at)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[track_caller]
    fn check(body: &str, without: &str) {
        let mut left = body.to_owned();
        for found in find(body).into_iter().rev() {
            left.replace_range(found, "");
        }
        assert_eq!(left, without);
    }

    #[test]
    fn a_name_said_again_with_headlines_grown_to_it_opens_a_box() {
        check(
            "President Ito Ana Maria ItoHarbour bill stalls Who pays for Kent? Ito: 'No' MORE’s plan and Paul Diaz Pablo (Paul) DiazMORE (D-Kent) met.",
            "President Ito’s plan and Paul Diaz (D-Kent) met.",
        );
        check(
            "Ito said.\nAna Ito Ana Maria Ito‘Never’ again MORE spoke to Jo Ruiz José RuizTen boats sink MORE.",
            "Ito said.\nAna Ito spoke to Jo Ruiz.",
        );
    }

    #[test]
    fn other_words_in_capitals_are_no_box() {
        for text in [
            "READ MORE about Ana Ito",
            "Ana Ito wants MORE boats",
            "Ito Ana ItoHarbour bill stalls\nREAD MORE",
            "Mc Donald McDonald asked for MORE",
            "Ana Ito and her son met ItoBoats for MORE",
            "Ana ItoHarbour wants MORE",
            "Ito Ana ItoHarbour wants MOREOVER",
            "",
        ] {
            check(text, text);
        }
    }
}

//! Whether a form fits a pattern, a regular expression, or a word within some edits.

use super::names::distance;
use regex::{Regex, RegexBuilder};

/// Compiles a regular expression that must fit a whole form.
///
/// # Errors
///
/// One line that says what is wrong with it.
pub(super) fn regex(expression: &str) -> Result<Regex, String> {
    RegexBuilder::new(&format!("^(?:{expression})$")).size_limit(1 << 20).build().map_err(|e| match e {
        regex::Error::Syntax(text) => text.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned(),
        other => other.to_string(),
    })
}

/// Whether `form` is `glob`, in which `*` is any characters and `?` is one, with up to `upto` characters behind it.
pub(super) fn fits(glob: &str, upto: Option<u8>, form: &str) -> bool {
    let glob: Vec<char> = glob.chars().collect();
    let form: Vec<char> = form.chars().collect();
    match upto {
        None => matches(&glob, &form),
        Some(n) => (0..=usize::from(n)).any(|n| form.len().checked_sub(n).is_some_and(|end| matches(&glob, &form[..end]))),
    }
}

/// Greedy matching with one way back, to the last `*`: no worse than the product of the two lengths.
fn matches(glob: &[char], form: &[char]) -> bool {
    let (mut g, mut f) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while f < form.len() {
        match glob.get(g) {
            Some('*') => {
                star = Some((g, f));
                g += 1;
            }
            Some(c) if *c == '?' || *c == form[f] => {
                g += 1;
                f += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    g = at + 1;
                    f = from + 1;
                    star = Some((at, f));
                }
                None => return false,
            },
        }
    }
    glob[g..].iter().all(|c| *c == '*')
}

/// Whether two forms are at most `edits` apart.
pub(super) fn close(a: &str, b: &str, edits: u8) -> bool {
    let edits = usize::from(edits);
    a.chars().count().abs_diff(b.chars().count()) <= edits && distance(a, b) <= edits
}

//! Which words of a vocabulary a [`WordForm`] stands for: shared by the engine, the evaluator and the highlighter.

use super::WordForm;
use crate::words::Stems;
use regex::{Regex, RegexBuilder};

/// Most words of an index one form may stand for; above, a search is refused rather than cut.
pub const MOST_WORDS: usize = 10_000;

/// A [`WordForm`] ready to be compared with folded words.
pub struct FormMatcher {
    how: How,
}

enum How {
    Exact(String),
    Inflected(Vec<Stems>),
    Glob { pattern: Vec<char>, upto: Option<usize> },
    Fuzzy { form: Vec<char>, edits: usize },
    Regex(Box<Regex>),
    Nothing,
}

impl FormMatcher {
    /// Prepares `form`; inflections are those of `languages` (ISO 639-1 codes).
    pub fn new(form: &WordForm, languages: &[&str]) -> FormMatcher {
        let how = match form {
            WordForm::Exact(form) => How::Exact(form.clone()),
            WordForm::Inflected(form) => How::Inflected(languages.iter().map(|l| Stems::of(l, form)).collect()),
            WordForm::Pattern { glob, upto } => How::Glob { pattern: glob.chars().collect(), upto: upto.map(usize::from) },
            WordForm::Fuzzy { form, edits } => How::Fuzzy { form: form.chars().collect(), edits: usize::from(*edits) },
            WordForm::Regex(pattern) => regex(pattern).map_or(How::Nothing, |r| How::Regex(Box::new(r))),
        };
        FormMatcher { how }
    }

    /// Whether the folded `word` is one the form stands for.
    pub fn matches(&self, word: &str) -> bool {
        match &self.how {
            How::Exact(form) => form == word,
            How::Inflected(stems) => stems.iter().any(|s| s.family(word)),
            How::Glob { pattern, upto: None } => glob(pattern, word),
            How::Glob { pattern, upto: Some(n) } => {
                let ends = word.char_indices().map(|(i, _)| i).chain([word.len()]).rev();
                ends.take(n + 1).any(|end| word.get(..end).is_some_and(|word| glob(pattern, word)))
            }
            How::Fuzzy { form, edits } => within_edits(form, word, *edits),
            How::Regex(regex) => regex.is_match(word),
            How::Nothing => false,
        }
    }

    /// The one word it stands for, if it is one.
    pub fn single(&self) -> Option<&str> {
        match &self.how {
            How::Exact(form) => Some(form),
            _ => None,
        }
    }

    /// What every word it stands for begins with: the stretches of a sorted vocabulary worth looking through.
    pub fn prefixes(&self) -> Vec<String> {
        match &self.how {
            How::Exact(form) => vec![form.clone()],
            How::Inflected(stems) => stems.iter().flat_map(|s| s.prefixes().into_iter().map(str::to_owned).collect::<Vec<_>>()).collect(),
            How::Glob { pattern, .. } => vec![pattern.iter().take_while(|c| !matches!(c, '*' | '?')).collect()],
            How::Fuzzy { .. } | How::Regex(_) => vec![String::new()],
            How::Nothing => Vec::new(),
        }
    }
}

/// Compiles a regular expression that must fit a whole word.
///
/// # Errors
///
/// One line that says what is wrong with it.
pub(super) fn regex(expression: &str) -> Result<Regex, String> {
    let compiled = |pattern: &str| {
        RegexBuilder::new(pattern).size_limit(1 << 20).build().map_err(|e| match e {
            regex::Error::Syntax(text) => text.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned(),
            other => other.to_string(),
        })
    };
    // `a)|(b` is one only between brackets.
    compiled(expression).and_then(|_| compiled(&format!("^(?:{expression})$")))
}

/// Whether `word` fits `pattern`, in which `*` is any characters and `?` one; linear but for stars, which look back once.
fn glob(pattern: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let (mut p, mut w, mut star) = (0, 0, None);
    while w < word.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, w));
                p += 1;
            }
            Some(c) if *c == '?' || *c == word[w] => {
                p += 1;
                w += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    w = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

/// Whether two words are at most `edits` insertions, deletions, replacements or swaps of neighbours apart
/// (optimal string alignment; Damerau 1964).
fn within_edits(a: &[char], word: &str, edits: usize) -> bool {
    let b: Vec<char> = word.chars().collect();
    if a.len().abs_diff(b.len()) > edits {
        return false;
    }
    let mut rows = [vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<_>>(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        rows[2][0] = i;
        let mut least = i;
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut cost = (rows[1][j - 1] + same).min(rows[1][j] + 1).min(rows[2][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = cost;
            least = least.min(cost);
        }
        if least > edits {
            return false;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()] <= edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: WordForm, yes: &str, no: &str) {
        let matcher = FormMatcher::new(&form, &["en"]);
        for word in yes.split_whitespace() {
            assert!(matcher.matches(word), "{form:?} should take {word}");
            assert!(matcher.prefixes().iter().any(|p| word.starts_with(p.as_str())), "{form:?} {word}");
        }
        for word in no.split_whitespace() {
            assert!(!matcher.matches(word), "{form:?} should not take {word}");
        }
    }

    #[test]
    fn forms_stand_for_words() {
        let pattern = |glob: &str, upto| WordForm::Pattern { glob: glob.to_owned(), upto };
        check(WordForm::Inflected("guarantee".into()), "guarantee guarantees guaranteed", "guard");
        check(WordForm::Exact("banks".into()), "banks", "bank banking");
        check(pattern("rec*l*", None), "recycle recall recl", "recede");
        check(pattern("wom?n", None), "woman women", "womn");
        check(pattern("*tion", None), "nation tion", "nations");
        check(pattern("bank", Some(3)), "bank banks banker banking", "bankrupt");
        check(pattern("wom?n", Some(1)), "woman women womens", "womankind womn");
        check(WordForm::Fuzzy { form: "zelensky".into(), edits: 1 }, "zelensky zelenskyy zelenksy zelenski", "zelenskiyy merkel");
        check(WordForm::Regex("gr[ae]y|red".into()), "gray grey red", "greys gry reds");
        assert!(regex("gr[ae]y").is_ok() && regex("a)|(b").is_err_and(|said| said == "unopened group"));
    }
}

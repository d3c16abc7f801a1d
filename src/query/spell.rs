//! How single words, phrases and values are spelled so that they are read back as they are.
//!
//! A compound is cut by rules that belong to the index, so the spelling is found by trying: what reads back right is taken.

use super::leaf::{Manner, cut, typed};
use super::near;
use super::person;
use super::phrase::phrase;
use super::{Expr, Part, WordForm};

/// One word with its marks.
pub(super) fn word_text(form: &WordForm) -> String {
    let text = marked(form);
    let operator =
        near::is_operator(&text) || text.strip_prefix("atleast").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    // A full stop makes a word of what would be an operator.
    if operator { format!("{text}.") } else { text }
}

fn marked(form: &WordForm) -> String {
    match form {
        WordForm::Inflected(form) => form.clone(),
        WordForm::Exact(form) => format!("={form}"),
        WordForm::Pattern { glob, upto: None } => glob.clone(),
        WordForm::Pattern { glob, upto: Some(n) } => format!("{glob}${n}"),
        WordForm::Fuzzy { form, edits } => format!("{form}~{edits}"),
        WordForm::Regex(expression) => format!("re:{}", regex(expression)),
    }
}

/// An expression between slashes.
pub(super) fn regex(expression: &str) -> String {
    format!("/{}/", expression.replace('/', "\\/"))
}

/// A text between quotation marks, those in it marked by a backslash.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The text between quotation marks with the marks of [`quoted`] taken off.
pub(super) fn unquoted(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && (*next == '\\' || super::lex::is_quote(*next)) => plain.extend(chars.next()),
            _ => plain.push(c),
        }
    }
    plain
}

/// The form inside quotation marks.
fn inside(form: &WordForm) -> Option<&str> {
    match form {
        WordForm::Exact(form) => Some(form),
        WordForm::Pattern { glob, upto: None } => Some(glob),
        _ => None,
    }
}

fn reads_as(text: &str, expr: &Expr) -> bool {
    let read = match text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        Some(inside) => phrase(inside, 0).expr(),
        None => {
            let typed = typed(text, true);
            cut(&typed.text, typed.manner, typed.upto).expr()
        }
    };
    read.as_ref() == Some(expr)
}

/// A phrase in quotation marks, or parts of one word; `None` when neither reads back.
pub(super) fn phrase_text(parts: &[Part]) -> Option<String> {
    let expr = Expr::Phrase(parts.to_vec());
    let quoted = parts.iter().map(quoted_part).collect::<Option<Vec<_>>>().map(|p| format!("\"{}\"", p.join(" ")));
    let forms: Option<Vec<&WordForm>> = parts.iter().map(|p| if let Part::Word(form) = p { Some(form) } else { None }).collect();
    let mut spellings: Vec<String> = quoted.into_iter().collect();
    if let Some(forms) = forms {
        let stems: Vec<&str> = forms.iter().map(|f| bare(f)).collect();
        for joined in [stems.join("_"), stems.join("-"), overlapped(&stems)] {
            spellings.extend(all_marks(&joined, forms.iter().copied()));
        }
    }
    spellings.into_iter().find(|text| reads_as(text, &expr))
}

/// Whether a phrase of these parts can be written between quotation marks.
pub(super) fn may_be_quoted(parts: &[Part]) -> bool {
    parts.iter().all(|part| quoted_part(part).is_some())
}

/// A place of a phrase as it stands between quotation marks.
fn quoted_part(part: &Part) -> Option<String> {
    match part {
        Part::Word(form) => inside(form).map(str::to_owned),
        Part::AnyOf(forms) => forms.iter().map(inside).collect::<Option<Vec<_>>>().map(|f| format!("({})", f.join("|"))),
        Part::Gap => Some("*".to_owned()),
    }
}

fn bare(form: &WordForm) -> &str {
    match form {
        WordForm::Inflected(form) | WordForm::Exact(form) | WordForm::Fuzzy { form, .. } | WordForm::Regex(form) => form,
        WordForm::Pattern { glob, .. } => glob,
    }
}

/// Pairs of Chinese characters as the run they were cut from.
fn overlapped(forms: &[&str]) -> String {
    let mut text = forms.first().copied().unwrap_or("").to_owned();
    for form in forms.iter().skip(1) {
        text.extend(form.chars().skip(1));
    }
    text
}

/// The ways to mark a whole word like `form`.
fn marks(text: &str, form: Option<&WordForm>) -> Vec<String> {
    match form {
        Some(WordForm::Exact(_)) => vec![format!("={text}"), format!("\"{text}\"")],
        Some(WordForm::Fuzzy { .. }) => vec![format!("{text}~"), format!("{text}~1"), format!("{text}~2")],
        Some(WordForm::Pattern { upto: Some(n), .. }) => vec![format!("{text}${n}"), format!("={text}${n}")],
        _ => vec![text.to_owned(), format!("={text}")],
    }
}

/// The ways to mark a whole word like any of `forms`.
fn all_marks<'f>(text: &str, forms: impl Iterator<Item = &'f WordForm>) -> Vec<String> {
    let mut kinds: Vec<&WordForm> = Vec::new();
    for form in forms {
        if kinds.len() < 8 && !kinds.iter().any(|kind| marks("", Some(kind)) == marks("", Some(form))) {
            kinds.push(form);
        }
    }
    kinds.into_iter().flat_map(|form| marks(text, Some(form))).collect()
}

/// Words in a row by the operator that means it, for phrases that cannot be spelled with quotation marks.
pub(super) fn in_a_row(parts: &[Part]) -> String {
    let mut text = String::new();
    for (i, part) in parts.iter().enumerate() {
        let one = match part {
            Part::Word(form) => word_text(form),
            Part::AnyOf(forms) => format!("({})", forms.iter().map(word_text).collect::<Vec<_>>().join(" OR ")),
            Part::Gap => continue,
        };
        let distance = 1 + parts[..i].iter().rev().take_while(|p| **p == Part::Gap).count();
        if !text.is_empty() {
            text += &format!(" PRE/{distance} ");
        }
        text += &one;
    }
    text
}

/// The word that has all of these as its ways to be written: a compound, or a name.
pub(super) fn one_word_of(ways: &[Expr]) -> Option<String> {
    if let Some(name) = person::named(ways) {
        // In front of a word that could be more than a word, `=` says that it is one.
        let word = |word: &String| {
            let form = WordForm::Inflected(word.clone());
            if word_text(&form) != *word || super::names::resolve(word).is_some() { format!("={word}") } else { word.clone() }
        };
        return Some(format!("NAME({})", name.iter().map(word).collect::<Vec<_>>().join(" ")));
    }
    let [parts, joined] = ways else { return None };
    let expr = Expr::Or(ways.to_vec());
    let (parts, joined) = (row(parts)?, row(joined)?);
    let text = hyphenated(&parts, &joined)?;
    let mut spellings = vec![format!("\"{text}\"")];
    // Without quotation marks an underscore parts words that stand in a row.
    let forms = || parts.iter().filter_map(|p| if let Part::Word(form) = p { Some(form) } else { None });
    let marked = forms().find(|f| !matches!(f, WordForm::Inflected(_) | WordForm::Exact(_)));
    let bare = text.replace(' ', "_");
    let first = marks(&bare, marked.or(forms().next()));
    let place = if text == bare { 0 } else { 1 };
    spellings.splice(place..place, first);
    spellings.extend(all_marks(&bare, forms()));
    spellings.into_iter().find(|text| reads_as(text, &expr))
}

fn row(expr: &Expr) -> Option<Vec<Part>> {
    match expr {
        Expr::Word(form) => Some(vec![Part::Word(form.clone())]),
        Expr::Phrase(parts) => Some(parts.clone()),
        _ => None,
    }
}

/// Finds which of the parts each joined form was made of, and puts hyphens between those.
fn hyphenated(parts: &[Part], joined: &[Part]) -> Option<String> {
    let mut rest = parts.iter();
    let mut words = Vec::new();
    for part in joined {
        let Part::Word(form) = part else {
            rest.next().filter(|p| *p == part)?;
            words.push(quoted_part(part)?);
            continue;
        };
        let length = bare(form).chars().filter(|c| *c != '*').count();
        let (mut pieces, mut read) = (Vec::new(), 0);
        while pieces.is_empty() || read < length {
            let Part::Word(piece) = rest.next()? else { return None };
            read += bare(piece).chars().filter(|c| *c != '*').count();
            pieces.push(bare(piece));
        }
        words.push(pieces.join("-"));
    }
    Some(words.join(" "))
}

/// Words in any order within a window.
pub(super) fn window(words: &[WordForm], slop: u32) -> String {
    let words: Vec<&str> = words.iter().map(bare).collect();
    format!("\"{}\"~{slop}", words.join(" "))
}

/// Words in a row inside a value.
pub(super) fn value(forms: &[WordForm]) -> String {
    let texts: Vec<&str> = forms.iter().map(bare).collect();
    let quoted = format!("\"{}\"", texts.join(" "));
    let mut spellings = match texts.as_slice() {
        [one] if one.chars().all(|c| c.is_alphanumeric() || matches!(c, '*' | '?')) => vec![(*one).to_owned(), quoted],
        _ => vec![quoted],
    };
    for tie in ["-", "_"] {
        // In front of a value `=` asks for the whole of it.
        let marked = all_marks(&texts.join(tie), forms.iter());
        spellings.extend(marked.into_iter().map(|text| text.trim_start_matches('=').to_owned()));
    }
    let found = spellings.iter().position(|text| value_reads_as(text, forms)).unwrap_or(0);
    spellings.swap_remove(found)
}

fn value_reads_as(text: &str, forms: &[WordForm]) -> bool {
    if let Some(inside) = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        return phrase(inside, 0).words(Some(&any_word())).is_ok_and(|words| words == forms);
    }
    let typed = typed(text, false);
    let manner = if typed.manner == Manner::Inflected { Manner::Exact } else { typed.manner };
    cut(&typed.text, manner, typed.upto).parts == forms
}

/// A gap in a value: any one word.
pub(crate) fn any_word() -> WordForm {
    WordForm::Pattern { glob: "*".to_owned(), upto: None }
}

/// A code, which is not cut into words.
pub(super) fn code(forms: &[WordForm]) -> String {
    match forms {
        [WordForm::Exact(form)] => {
            let plain =
                form.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')) && !form.starts_with('-') && !form.is_empty();
            if plain { form.clone() } else { quoted(form) }
        }
        several => several.iter().map(marked).collect::<Vec<_>>().join(" "),
    }
}

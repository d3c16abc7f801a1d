//! How words, phrases and closeness are said in English.

use super::{Case, Expr, Part, Unit, WordForm, person, spell};

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(parts: &[String], tie: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {tie} {last}", first.join(", ")),
    }
}

/// A word as something that occurs.
fn form_noun(form: &WordForm) -> String {
    match form {
        WordForm::Inflected(form) => format!("*{form}*"),
        WordForm::Exact(form) => format!("exactly *{form}*"),
        WordForm::Pattern { glob, upto: Some(n) } => format!("*{glob}* with up to {n} more letters"),
        WordForm::Pattern { glob, upto: None } => pattern_noun(glob),
        WordForm::Fuzzy { form, edits: 1 } => format!("a word within 1 edit of *{form}*"),
        WordForm::Fuzzy { form, edits } => format!("a word within {edits} edits of *{form}*"),
        WordForm::Regex(regex) => format!("a word matching /{regex}/"),
    }
}

fn pattern_noun(glob: &str) -> String {
    let plain = |text: &str| !text.contains(['*', '?']);
    match (glob.strip_suffix('*'), glob.strip_prefix('*')) {
        _ if glob == "*" => "any word".to_owned(),
        (Some(start), _) if plain(start) => format!("a word starting *{start}*"),
        (_, Some(end)) if plain(end) => format!("a word ending *{end}*"),
        (Some(_), Some(end)) if end.strip_suffix('*').is_some_and(plain) => format!("a word containing *{}*", glob.replace('*', "")),
        _ => format!("a word of the form `{glob}`"),
    }
}

fn phrase_noun(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Word(WordForm::Inflected(form) | WordForm::Exact(form)) => form.clone(),
        Part::Word(form) => form_noun(form).replace('*', ""),
        Part::AnyOf(forms) => {
            let forms: Vec<String> = forms.iter().map(|f| form_noun(f).replace('*', "").replace("exactly ", "")).collect();
            format!("({})", list(&forms, "or"))
        }
        Part::Gap => "…".to_owned(),
    };
    format!("the phrase *{}*", parts.iter().map(part).collect::<Vec<_>>().join(" "))
}

/// What occurs, when it can be said as a noun.
pub(super) fn expr_noun(expr: &Expr) -> Option<String> {
    Some(match expr {
        Expr::Word(form) => form_noun(form),
        Expr::Phrase(parts) => match spell::phrase_text(parts).filter(|t| t.contains('_')) {
            Some(text) => format!("*{}*", text.replace('_', "-")),
            None => phrase_noun(parts),
        },
        Expr::Or(any) => match person::named(any) {
            Some(name) => format!("the name *{}*", name.join(" ")),
            None => match spell::one_word_of(any) {
                Some(text) => match (text.strip_prefix('='), text.strip_prefix('"')) {
                    (Some(form), _) => format!("exactly *{form}*"),
                    (_, Some(phrase)) => format!("the phrase *{}*", phrase.trim_end_matches('"')),
                    _ => format!("*{text}*"),
                },
                None => list(&any.iter().map(inner).collect::<Vec<_>>(), "or"),
            },
        },
        Expr::Exact { text, .. } => format!("*{text}*, letter by letter"),
        Expr::And(all) => format!("both {}", list(&all.iter().map(inner).collect::<Vec<_>>(), "and")),
        Expr::First { n, expr } => format!("{} within the first {}", inner(expr), words(*n)),
        Expr::Window { words, slop } => {
            let words: Vec<String> = words.iter().map(form_noun).collect();
            format!("{} in any order with at most {slop} other words between", list(&words, "and"))
        }
        Expr::Case { case, expr } => {
            let how = match case {
                Case::Capital => "with a capital",
                Case::AllCapitals => "all in capitals",
                Case::None => "without capitals",
            };
            format!("{} {how}", inner(expr))
        }
        Expr::AtLeast { .. } | Expr::Near { .. } | Expr::Same { .. } | Expr::NotNear { .. } => return None,
    })
}

fn words(n: u32) -> String {
    if n == 1 { "1 word".to_owned() } else { format!("{n} words") }
}

fn times(n: u32) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}

/// A part of something larger.
fn inner(expr: &Expr) -> String {
    expr_noun(expr).unwrap_or_else(|| match expr {
        Expr::Near { left, right, n, ordered: false } => format!("({} within {} of {})", inner(left), words(*n), inner(right)),
        Expr::Near { left, right, n, ordered: true } => format!("({} at most {} before {})", inner(left), words(*n), inner(right)),
        Expr::Same { left, right, unit, ordered: false } => format!("({} in one {} with {})", inner(left), word(*unit), inner(right)),
        Expr::Same { left, right, unit, ordered: true } => format!("({} before {} in one {})", inner(left), inner(right), word(*unit)),
        Expr::NotNear { left, right, n, unit } => format!("({} with no {} {})", inner(left), inner(right), away(*n, *unit)),
        Expr::AtLeast { n, expr } => format!("({} at least {})", inner(expr), times(*n)),
        other => expr_statement(other),
    })
}

fn word(unit: Unit) -> &'static str {
    match unit {
        Unit::Sentence => "sentence",
        Unit::Paragraph => "paragraph",
    }
}

fn away(n: Option<u32>, unit: Option<Unit>) -> String {
    match unit {
        Some(unit) => format!("in the same {}", word(unit)),
        None => format!("within {}", words(n.unwrap_or(1))),
    }
}

/// What occurs, said as a sentence.
pub(super) fn expr_statement(expr: &Expr) -> String {
    match expr {
        Expr::Near { left, right, n, ordered: false } => format!("{} and {} are within {}", inner(left), inner(right), words(*n)),
        Expr::Near { left, right, n, ordered: true } => format!("{} comes at most {} before {}", inner(left), words(*n), inner(right)),
        Expr::Same { left, right, unit, ordered: false } => format!("{} and {} are in one {}", inner(left), inner(right), word(*unit)),
        Expr::Same { left, right, unit, ordered: true } => format!("{} comes before {} in one {}", inner(left), inner(right), word(*unit)),
        Expr::NotNear { left, right, n, unit } => format!("{} occurs with no {} {}", inner(left), inner(right), away(*n, *unit)),
        Expr::AtLeast { n, expr } => format!("{} occurs at least {}", inner(expr), times(*n)),
        other => format!("{} occurs", inner(other)),
    }
}

//! The ways a person's name is written: `NAME(john smith)`.

use super::{Expr, Part, WordForm};

/// What to find for a name given as folded words, given name first: as it stands, with a middle name, without the middle
/// ones, with an initial, and with the family name first.
pub(super) fn name(words: &[String]) -> Expr {
    let word = |form: &str| Part::Word(WordForm::Exact(form.to_owned()));
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Expr::Or(Vec::new()) };
    if words.len() == 1 {
        return Expr::Word(WordForm::Exact(first.clone()));
    }
    let initial: String = first.chars().take(1).collect();
    let mut ways = vec![words.iter().map(|w| word(w)).collect(), vec![word(first), Part::Gap, word(last)]];
    if words.len() > 2 {
        ways.push(vec![word(first), word(last)]);
    }
    if initial != *first {
        ways.push(vec![word(&initial), word(last)]);
    }
    let others = words.iter().take(words.len() - 1).map(|w| word(w));
    ways.push(std::iter::once(word(last)).chain(others).collect());
    Expr::Or(ways.into_iter().map(Expr::Phrase).collect())
}

/// The words of the name from which [`name`] made `ways`, if it did.
pub(super) fn named(ways: &[Expr]) -> Option<Vec<String>> {
    let Some(Expr::Phrase(parts)) = ways.first() else { return None };
    let words: Option<Vec<String>> =
        parts.iter().map(|p| if let Part::Word(WordForm::Exact(form)) = p { Some(form.clone()) } else { None }).collect();
    words.filter(|words| matches!(name(words), Expr::Or(made) if made == ways))
}

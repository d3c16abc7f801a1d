//! Titles that several persons share: `Sens. Ana Ito and Paul Diaz`, `the former governors Ana Ito, Paul Diaz and Bo Dahl`.

use super::lexicon::{Lexicon, Traits};
use super::roles;
use super::sight::Sight;
use super::tagging::Tagged;
use crate::extract::page::Shape;

/// Most tokens between two persons of a list: `(R-Ohio)`, `of Maine`, a comma.
const LONGEST: usize = 10;

/// For each of `persons`, in order, the title of many that he or she shares, as one person bears it; `None` for those who share none.
pub fn titles(sight: &Sight<'_, '_>, persons: &[&Tagged]) -> Vec<Option<String>> {
    let mut all: Vec<Option<String>> = vec![None; persons.len()];
    for n in 0..persons.len() {
        let start = persons[n].tokens.start;
        all[n] = match title_before(sight, start) {
            Some(title) => Some(title).filter(|_| persons.get(n + 1).is_some_and(|next| is_list(sight, persons[n].tokens.end, next))),
            None if n > 0 && is_list(sight, persons[n - 1].tokens.end, persons[n]) => all[n - 1].clone(),
            None => None,
        };
    }
    all
}

/// The title of many right before the name that begins at token `start`, in the singular, with what stands before it.
fn title_before(sight: &Sight<'_, '_>, start: usize) -> Option<String> {
    let at = start.checked_sub(1)?;
    let one = singular(sight, at)?;
    // `told senators Ana Ito and Paul Diaz had left`
    if sight.page.tokens[at].shape == Shape::Lower && at > 0 && sight.traits(at - 1).any(Traits::SPEECH) {
        return None;
    }
    let sentence = sight.page.sentences.get(sight.page.sentence_of(start))?.start;
    let first = roles::beginning(sight, sentence, at, start);
    let whole = super::plain(sight.page.slice(first..at + 1));
    whole.strip_suffix(sight.text(at)).map(|before| format!("{before}{one}"))
}

/// `Sen.` for `Sens.`, `governor` for `governors`: one of many whom a title names.
fn singular(sight: &Sight<'_, '_>, i: usize) -> Option<String> {
    let word = sight.text(i);
    let one = match word.strip_suffix("men").filter(|stem| stem.len() > 3) {
        Some(stem) => format!("{stem}man"),
        None => match word.strip_suffix("s.") {
            Some(stem) => format!("{stem}."),
            None => word.strip_suffix('s').filter(|stem| stem.len() > 3)?.to_owned(),
        },
    };
    if sight.page.tokens[i].shape == Shape::Lower {
        const OFFICES: [&str; 12] = [
            "senator",
            "representative",
            "congressman",
            "congresswoman",
            "governor",
            "mayor",
            "president",
            "minister",
            "judge",
            "justice",
            "professor",
            "candidate",
        ];
        return OFFICES.contains(&one.as_str()).then_some(one);
    }
    let title = Lexicon::get().traits(&one);
    (title.any(Traits::OFFICE | Traits::TITLE) && !title.is_given()).then_some(one)
}

/// Whether nothing but what parts the names of a list stands between token `end` and the person `next`: `and`, commas, party and state.
fn is_list(sight: &Sight<'_, '_>, end: usize, next: &Tagged) -> bool {
    let start = next.tokens.start;
    if start <= end || start - end > LONGEST || sight.page.sentence_of(end - 1) != sight.page.sentence_of(start) {
        return false;
    }
    let mut bracket = false;
    let parts = |i: usize| {
        match sight.text(i) {
            "(" => bracket = true,
            ")" => bracket = false,
            "," | "and" | "&" | "of" | "-" | "–" | "/" | ";" => {}
            _ if bracket || sight.is_capital(i) && sight.traits(i).any(Traits::PLACE) || is_tag(sight, i) => {}
            _ => return false,
        }
        true
    };
    // The last thing before the name joins it to the others.
    (end..start).all(parts) && matches!(sight.text(start - 1), "and" | "," | "&" | ";")
}

/// `R-Ohio`, `D` of `D-Maine`: party and state.
fn is_tag(sight: &Sight<'_, '_>, i: usize) -> bool {
    let text = sight.text(i);
    matches!(text, "R" | "D" | "I")
        || ["R-", "D-", "I-"].iter().any(|party| text.starts_with(party))
        || text.ends_with('.') && text.len() < 7
}

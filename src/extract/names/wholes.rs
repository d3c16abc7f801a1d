//! Organizations known as a whole that look like somebody (`Merrill Lynch`), or of which only a part looked like a name
//! (`General Dynamics`, `Ernst & Young`).

use super::lexicon::{Known, Lexicon, Traits};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use std::ops::Range;

/// Most words of a name that is known as a whole.
const LONGEST: usize = 5;

/// Gives these their whole extent and kind.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let lexicon = Lexicon::get();
    let mut found: Vec<Range<usize>> = Vec::new();
    for &i in &sight.capitals {
        if found.last().is_some_and(|last| i < last.end) || !lexicon.opens_known(sight.page.hash(i)) {
            continue;
        }
        let known = |end: &usize| {
            let inside = *end <= sight.tokens.len() && (sight.is_capital(end - 1) || matches!(sight.text(end - 1), "'s" | "’s"));
            inside && sight.known(i..*end) == Some(Known::Organization)
        };
        // `The Harbor Post` goes without its article.
        if matches!(sight.text(i), "The" | "THE") {
            continue;
        }
        let Some(end) = (i + 2..=i + LONGEST).rev().find(known) else { continue };
        if is_misread(sight, names, &(i..end)) {
            found.push(i..end);
        }
    }
    if found.is_empty() {
        return;
    }
    let after = |n: &Tagged| found.partition_point(|r| r.end <= n.tokens.start);
    names.retain(|n| found.get(after(n)).is_none_or(|r| r.start >= n.tokens.end));
    names.extend(found.iter().cloned().map(|tokens| Tagged { tokens, kind: Kind::Organization }));
    names.sort_by_key(|n| n.tokens.start);
}

/// Whether what is known as a whole was read as somebody, or in parts, and nothing shows that it is somebody.
fn is_misread(sight: &Sight<'_, '_>, names: &[Tagged], whole: &Range<usize>) -> bool {
    let from = names.partition_point(|n| n.tokens.end <= whole.start);
    let mut over = names[from..].iter().take_while(|n| n.tokens.start < whole.end).peekable();
    if over.peek().is_none() {
        return false; // a name of nobody here
    }
    let told = |n: &Tagged| {
        let outside = n.tokens.start < whole.start || n.tokens.end > whole.end;
        let right = n.kind == Kind::Organization && n.tokens == *whole;
        outside || right
    };
    let last = whole.end - 1;
    let before = whole.start.checked_sub(1).map_or(Traits::default(), |i| sight.traits(i));
    let personal = Traits::MISTER | Traits::MISSUS | Traits::TITLE;
    let somebody = sight.tokens[last].shown & (Shown::TITLED | Shown::AGED) != 0 && sight.traits(whole.start).is_given();
    !over.any(told) && !somebody && !before.any(personal)
}

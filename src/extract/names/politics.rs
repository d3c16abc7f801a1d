//! What stands beside the names of politicians and is none itself: the party and state behind them (`D-MA`, `Nevada Democrat`).

use super::lexicon::Traits;
use super::sight::Sight;
use super::tagging::{Kind, Tagged};

/// Takes such tags out of the names, and leaves of `Nevada Democrat` the state.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    names.retain(|name| name.kind == Kind::Place || !is_tag(sight, name));
    for name in names.iter_mut() {
        let end = name.tokens.end - 1;
        let place = |i: usize| sight.traits(i).any(Traits::PLACE) && sight.is_capital(i);
        if name.tokens.len() > 1 && is_member(sight.text(end)) && (name.tokens.start..end).all(place) {
            name.tokens.end = end;
            name.kind = Kind::Place;
        }
    }
}

/// `(D-MA)`, `, R-Wis.,`
fn is_tag(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let start = name.tokens.start;
    let text = &sight.page.body[sight.page.tokens[start].start as usize..];
    let rest = text.strip_prefix(['R', 'D', 'I']).and_then(|t| t.strip_prefix(['-', '–', '\u{2011}']));
    rest.is_some_and(|t| t.starts_with(char::is_uppercase)) && start > 0 && matches!(sight.text(start - 1), "(" | "," | "[")
}

fn is_member(word: &str) -> bool {
    matches!(word, "Republican" | "Republicans" | "Democrat" | "Democrats")
}

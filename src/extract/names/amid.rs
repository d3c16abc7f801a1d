//! What stands behind a place and is one: `Varr` in `teams from Oslo and Varr`, and `in St Varr`. A word in no list, which nobody speaks or is
//! addressed by.

use super::lexicon::Traits;
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::Shape;

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    for n in 0..names.len() {
        let doubtful = matches!(names[n].kind, Kind::Person | Kind::Organization) && names[n].tokens.len() < 4;
        if doubtful && (is_second(sight, names, n) || is_saint(sight, &names[n])) && may_be(sight, &names[n]) {
            names[n].kind = Kind::Place;
        }
    }
}

/// Whether a name may be a place's: of words in no list, but for what begins towns too.
fn may_be(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let shown = Shown::TITLED | Shown::AGED | Shown::SPEAKING;
    let opens = |i: usize| matches!(sight.text(i), "St" | "St." | "Al" | "El" | "La" | "Las" | "Los" | "San" | "Santa" | "Bab" | "Ras");
    let own = |i: usize| sight.traits(i) == Traits::default() || i == name.tokens.start && opens(i);
    let plain = |i: usize| sight.page.tokens[i].shape != Shape::Upper && sight.tokens[i].shown & shown == 0 && own(i);
    !sight.tokens[name.tokens.start].headline && name.tokens.clone().all(plain)
}

/// `teams from Oslo and Varr were sent`
fn is_second(sight: &Sight<'_, '_>, names: &[Tagged], n: usize) -> bool {
    let Some(first) = n.checked_sub(1).map(|k| &names[k]).filter(|first| first.kind == Kind::Place) else { return false };
    let tokens = &names[n].tokens;
    let behind = first.tokens.start.checked_sub(1).map_or("", |i| sight.text(i));
    let located = matches!(behind, "from" | "in" | "near" | "between" | "outside");
    // `reported from Oslo and Ito from Halden`
    let elsewhere = matches!(sight.text(tokens.end), "in" | "from" | "at" | "of") || tokens.len() > 1;
    let closes = !elsewhere
        && !sight.is_capital(tokens.end)
        && !sight.traits(tokens.end).any(Traits::SPEECH)
        && !matches!(sight.text(tokens.end), "'s" | "’s");
    located && closes && first.tokens.end + 1 == tokens.start && sight.text(first.tokens.end) == "and"
}

/// `a helicopter from St Varr`
fn is_saint(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let before = name.tokens.start.checked_sub(1).map_or("", |i| sight.text(i));
    let saint = name.tokens.len() == 2 && matches!(sight.text(name.tokens.start), "St" | "St.");
    let town = !matches!(sight.text(name.tokens.end), "'s" | "’s") && !sight.is_capital(name.tokens.end);
    saint && town && matches!(before, "in" | "from" | "near" | "to" | "between")
}

#[cfg(test)]
mod tests {
    use crate::extract::names::EntityKind;
    use crate::extract::names::tests::found;

    fn check(body: &str, places: &[&str], persons: &[&str]) {
        let names = found(body);
        let like: Vec<&str> = names.place_like.iter().map(|bytes| &body[bytes.clone()]).collect();
        assert!(places.iter().all(|place| like.contains(place)), "{body}: {like:?}");
        let all: Vec<&str> = names.entities.iter().filter(|e| e.kind == EntityKind::Person).map(|e| e.name.as_str()).collect();
        assert_eq!(all, persons, "{body}");
    }

    #[test]
    fn what_stands_behind_a_place_is_one() {
        check("It was backed by a helicopter from St Orvath and teams from Cardiff and Gwelbert.", &["St Orvath"], &[]);
        check("Tom Okafor reported from Cardiff and Gwelbert from Oslo.", &["Cardiff", "Oslo"], &["Tom Okafor"]);
        check("He met Paul Dahl and Tom Okafor in Dubai. St Orvath said so.", &[], &["Paul Dahl", "Tom Okafor", "St Orvath"]);
    }
}

//! What is held for somebody and is a firm or thing, by what stands beside it or by how its last word ends: `Quay Varr <QVR>`, `Quay Varr
//! analyst Ana Ito`, `Halcorp`, `the Varr Presidency`, `“The Varr Angle,”`. And what stands before a name with a capital: `Gambian Odo Varr`.

use super::lexicon::{Lexicon, Traits, WordMap};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::{Shape, WordSet};
use crate::extract::places::gazetteer::{ALIAS, DEMONYM, Gazetteer, Kind as Ground, WEAK};

/// How words end that are nobody's name.
const NOUNS: &[&str] =
    &["tion", "tions", "ment", "ments", "ness", "ency", "encies", "enza", "ology", "graphy", "ership", "ivity", "ability"];

/// How the second half of a word ends that is joined to a name: `Oslo-based`, `Quay-style`.
const JOINED: &[&str] = &["ed", "style", "era"];

/// How firms of one word end.
const FIRMS: &[&str] = &["corp", "banken", "bank", "Bank", "Corp"];

/// Inhabitants from which on a town is known everywhere.
const LARGE: f64 = 1_000_000.0;

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let traded = names.iter().filter(|n| n.kind == Kind::Person && is_traded(sight, n));
    let firms: WordSet = traded.map(|n| sight.page.hash_of(n.tokens.clone())).collect();
    // What single words are that were called somebody's only for a longer name.
    let mut parts: WordMap<u64, Kind> = WordMap::default();
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person) {
        let whole = name.tokens.clone();
        before(sight, name);
        headline(sight, name);
        if !firms.is_empty() && firms.contains(&sight.page.hash_of(name.tokens.clone())) || is_firm(sight, name) {
            name.kind = Kind::Organization;
        } else if is_nobody(sight, name) {
            name.kind = Kind::Other;
        } else if is_noun(sight, name) {
            noun(sight, name);
        }
        if name.kind != Kind::Person {
            parts.extend([whole.start, whole.end - 1].map(|i| (sight.page.hash(i), name.kind)));
        } else if name.tokens.start > whole.start {
            parts.insert(sight.page.hash(whole.start), Kind::Other);
        }
    }
    let full = |n: &&Tagged| n.kind == Kind::Person && n.tokens.len() > 1;
    let families: WordSet = names.iter().filter(full).flat_map(|n| n.tokens.clone().map(|i| sight.page.hash(i))).collect();
    let shows = shows(sight, names);
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person && n.tokens.len() == 1) {
        let word = sight.page.hash(name.tokens.start);
        if families.contains(&word) {
            continue;
        }
        if let Some(kind) = parts.get(&word) {
            name.kind = *kind;
        } else if shows.contains(&word) {
            name.kind = Kind::Other;
        } else if is_town(sight, name) {
            name.kind = Kind::Place;
        }
    }
    names.retain(|n| !n.tokens.is_empty());
}

/// The hashes of the words in no list that stand in quotation marks alone wherever they are held for somebody: `the show “Nightwatch”`.
fn shows(sight: &Sight<'_, '_>, names: &[Tagged]) -> WordSet {
    let lone = |n: &&Tagged| n.kind == Kind::Person && n.tokens.len() == 1 && sight.traits(n.tokens.start) == Traits::default();
    let quoted = |i: usize| {
        let stop = usize::from(matches!(sight.text(i + 1), "." | "," | "?" | "!"));
        let opened = i > 0 && matches!(sight.text(i - 1), "“" | "\"" | "‘" | "'");
        opened && matches!(sight.text(i + 1 + stop), "”" | "\"" | "’" | "'")
    };
    let mut shows = WordSet::default();
    let mut others = WordSet::default();
    for i in names.iter().filter(lone).map(|n| n.tokens.start) {
        if quoted(i) {
            shows.insert(sight.page.hash(i))
        } else {
            others.insert(sight.page.hash(i))
        };
    }
    shows.retain(|word| !others.contains(word));
    shows
}

/// Takes off what stands before somebody's name: `Miss Ito`, `Gambian Odo Varr`, `CAQ Odo Varr`.
fn before(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let first = name.tokens.start;
    if name.tokens.len() < 2 || sight.tokens[first].headline {
        return;
    }
    let (word, next) = (sight.traits(first), sight.traits(first + 1));
    let more = name.tokens.len() > 2;
    let own = next.is_given() || next == Traits::default();
    let known = || Gazetteer::built_in().is_some_and(|g| g.lookup(sight.text(first)).iter().any(|s| s.flags & DEMONYM != 0));
    let people = more && own && (word.any(Traits::DEMONYM) && !word.is_of_person() || word == Traits::default() && known());
    let letters = sight.page.tokens[first].shape == Shape::Upper && (3..6).contains(&sight.text(first).len());
    let letters = more && letters && next.is_given() && !word.is_of_person() && sight.text(first).bytes().all(|b| b.is_ascii_uppercase());
    let miss = sight.text(first) == "Miss" && !next.any(Traits::PLACE | Traits::COMMON | Traits::THING);
    if people || letters || miss {
        name.tokens.start += 1;
    }
}

/// `Varr Criticizes Plan`, of a headline: what Varr does is no part of the name.
fn headline(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let last = name.tokens.end - 1;
    let does = || Lexicon::get().traits_of(sight.tokens[last].lower).any(Traits::SPEECH);
    let ends = sight.text(last).ends_with("ed") || sight.text(last).ends_with('s');
    if name.tokens.len() > 1 && ends && !sight.traits(last).is_of_person() && does() && sight.page.tokens[last].shape == Shape::Capital {
        name.tokens.end = last;
    }
}

/// `Quay Varr <QVR>`, `Quay Varr (QVR.N)`, `Quay Varr (NYSE: QVR)`; `Quay Varr analyst Ana Ito`.
fn is_traded(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let end = name.tokens.end;
    let own = !sight.traits(name.tokens.start).is_given() && name.tokens.len() > 1;
    let house = own && matches!(sight.text(end), "analyst" | "economist" | "trader" | "broker") && sight.is_capital(end + 1);
    house || is_ticker(&sight.page.body[sight.page.tokens[end - 1].end as usize..])
}

fn is_ticker(behind: &str) -> bool {
    /// Letters of one, and of the exchange behind them.
    const LONGEST: usize = 7;
    let upper = |text: &str| !text.is_empty() && text.len() < LONGEST && text.bytes().all(|b| b.is_ascii_uppercase());
    let Some(behind) = behind.strip_prefix(' ') else { return false };
    if let Some(listed) = behind.strip_prefix('<') {
        return listed.split_once('>').is_some_and(|(letters, _)| upper(letters.split('.').next().unwrap_or("")));
    }
    let Some(listed) = behind.strip_prefix('(') else { return false };
    let exchange = |name: &str| listed.strip_prefix(name).is_some_and(|rest| rest.starts_with([':', ',']));
    let sign = || {
        let inside = listed.split(')').next().unwrap_or("");
        inside.split_once('.').is_some_and(|(letters, at)| letters.len() > 1 && upper(letters) && upper(at) && at.len() < 3)
    };
    ["NYSE", "NASDAQ", "Nasdaq", "LSE", "ASX", "TSX"].iter().any(|name| exchange(name)) || sign()
}

/// `Halcorp`, `Quay KQZ`
fn is_firm(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, last) = (name.tokens.start, name.tokens.end - 1);
    let word = sight.text(last);
    let plain = !name.tokens.clone().any(|i| sight.traits(i).is_of_person()) && !sight.tokens[first].headline;
    let lone = first == last && word.len() > 6 && FIRMS.iter().any(|end| word.ends_with(end));
    let letters = last == first + 1 && sight.page.tokens[last].shape == Shape::Upper && word.len() > 2 && !word.contains('.');
    plain && (lone || letters && sight.page.tokens[first].shape == Shape::Capital)
}

/// `Mayors Against Quay Varrs`, `Certain Oslo-tied`, `“The Varr Angle,”`
fn is_nobody(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, end) = (name.tokens.start, name.tokens.end);
    let last = sight.text(end - 1);
    let tail = last.rsplit_once('-').map_or("", |(_, tail)| tail);
    let joined = tail.starts_with(char::is_lowercase) && JOINED.iter().any(|ending| tail.ends_with(ending));
    let plural = end - first > 1
        && last.len() > 3
        && last.strip_suffix('s').is_some_and(|word| word.bytes().skip(1).all(|b| b.is_ascii_uppercase()));
    let against = end - first > 1 && first > 1 && sight.text(first - 1) == "Against";
    let quoted = first > 1 && matches!(sight.text(first - 1), "The" | "A" | "An") && matches!(sight.text(first - 2), "“" | "\"");
    let stop = usize::from(matches!(sight.text(end), "." | "," | "?" | "!"));
    let title = quoted && matches!(sight.text(end + stop), "”" | "\"") && !sight.traits(first).is_given();
    joined || plural || against || title
}

/// `the Varr Presidency`, `Equine Influenza`
fn is_noun(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, last) = (name.tokens.start, name.tokens.end - 1);
    let word = sight.text(last);
    let given = sight.traits(first).is_given() && !sight.traits(first).any(Traits::WEAK_GIVEN);
    let known = given || sight.traits(last).is_of_person() || sight.traits(last).any(Traits::ORG_HEAD | Traits::HEAD);
    let ends = last > first && word.len() > 6 && NOUNS.iter().any(|end| word.ends_with(end));
    ends && !known && sight.tokens[last].shown & (Shown::SPEAKING | Shown::AGED | Shown::TITLED) == 0
}

/// What goes by somebody's name is that person, and nobody by itself.
fn noun(sight: &Sight<'_, '_>, name: &mut Tagged) {
    let first = name.tokens.start;
    if name.tokens.len() == 2 && sight.traits(first).any(Traits::FAMILY) && !sight.traits(first).any(Traits::PLACE) {
        name.tokens.end = first + 1;
    } else {
        name.kind = Kind::Other;
    }
}

/// A word in no list that is the name of a land, a capital or a very large town.
fn is_town(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let first = name.tokens.start;
    let shown = Shown::TITLED | Shown::AGED | Shown::SURNAMED;
    if sight.traits(first) != Traits::default() || sight.tokens[first].shown & shown != 0 {
        return false;
    }
    let Some(gazetteer) = Gazetteer::built_in() else { return false };
    let large = |p: u32| matches!(gazetteer.kind(p), Ground::Country | Ground::Capital) || gazetteer.population(p) >= LARGE;
    gazetteer.lookup(sight.text(first)).iter().any(|s| s.flags & (ALIAS | DEMONYM | WEAK) == 0 && large(s.place))
}

#[cfg(test)]
mod tests {
    use crate::extract::names::tests::check;
    use expect_test::expect;

    #[test]
    fn what_is_traded_or_has_analysts_is_a_firm() {
        check(
            "Shares of Drexler Quade <DXQ> fell, and those of Halden Varr (NYSE: HVR) and Torvik Osmund (TVO.N) rose. Greave Sloan analyst Marta Lindqvist said so. Later Greave Sloan sold Nordbanken.",
            expect![[r#"
                P Marta Lindqvist (Greave Sloan analyst): Marta Lindqvist
                O Halden Varr: Halden Varr
                O Torvik Osmund: Torvik Osmund
                O Greave Sloan: Greave Sloan, Greave Sloan
            "#]],
        );
    }

    #[test]
    fn nouns_and_joined_words_are_nobody() {
        check(
            "There was an outbreak of Equine Influenza in the Lindqvist Presidency. He met Certain Oslo-tied guests of Mayors Against Illegal Guns on “The Sloan Angle,” a show by Crossroads KQZ.",
            expect![[r#"
                O Crossroads KQZ: Crossroads KQZ
            "#]],
        );
    }

    #[test]
    fn what_stands_before_a_name_is_no_part_of_it() {
        check(
            "The referee was Gambian Odo Lindqvist. The leader of CAQ Hector Okafor left. Miss Brandt said so, and Miss Okafor too. The Brandt Criticizes blog is closed.",
            expect![[r#"
                P Odo Lindqvist: Odo Lindqvist
                P Hector Okafor (leader of CAQ): Hector Okafor, Okafor
                P Brandt Criticizes: Brandt, Brandt Criticizes
            "#]],
        );
    }

    #[test]
    fn who_stands_in_quotation_marks_alone_is_a_show() {
        check(
            "The BBC show “Nightgrave” had looked into it. He was told of the “Nightgrave,” Tom Okafor said.",
            expect![[r#"
            P Tom Okafor: Tom Okafor
            O BBC: BBC
        "#]],
        );
    }

    #[test]
    fn a_capital_in_no_list_is_a_place() {
        let body = "Madagascar said it would sell more, and Madagascar’s price fell.";
        check(body, expect![""]);
        assert_eq!(crate::extract::names::tests::found(body).place_like.len(), 2);
    }
}

//! What sticks to a name, or passes for one, by what stands beside it: a helper that asks (`Will Ana Ito go?`), a ship (`a tanker named Ana
//! Ito`), a title inside a name (`Omar Sultan Varr`), two owners who are two persons, a firm's last word (`US Quay`, and `Quay` from then on).

use super::lexicon::{Known, Traits};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged, families};
use crate::extract::page::{Shape, WordSet};

/// What is given a name and is nobody.
const NAMED: &[&str] = &[
    "ship",
    "boat",
    "vessel",
    "tanker",
    "freighter",
    "ferry",
    "trawler",
    "yacht",
    "frigate",
    "warship",
    "destroyer",
    "submarine",
    "satellite",
    "spacecraft",
    "rocket",
    "drone",
    "robot",
    "chatbot",
    "asteroid",
    "locomotive",
];

/// How many of these float, and may stand right before their name; a destroyer may be somebody.
const N_AFLOAT: usize = 10;

/// Titles that are part of names as well, behind a given name.
const INSIDE: &[&str] = &["Sultan", "Prince", "Baron", "Major", "King", "Duke", "Rajah", "Raja"];

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let families = families(sight.page, names);
    partners(sight, names, &families);
    askers(sight, names);
    let ships: WordSet = names.iter().filter(|n| is_ship(sight, n)).map(|n| sight.page.hash_of(n.tokens.clone())).collect();
    let mut free = 0;
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person) {
        let first = name.tokens.start;
        if !ships.is_empty() && ships.contains(&sight.page.hash_of(name.tokens.clone())) || is_product(sight, name) {
            name.kind = Kind::Other;
        } else if let Some(given) = inside(sight, first).filter(|given| *given >= free) {
            name.tokens.start = given;
        }
        // `Mayor Pro-Tem Ana Ito`
        if name.tokens.len() > 1
            && first > 0
            && sight.text(first).eq_ignore_ascii_case("tem")
            && matches!(sight.text(first - 1), "-" | "Pro")
        {
            name.tokens.start = first + 1;
        }
        free = name.tokens.end;
    }
    last_words(sight, names, &families);
    names.retain(|n| !is_tem(sight, n) && !is_field(sight, n));
    super::traded::settle(sight, names);
}

/// `Ito and Varr were named to the board`, of an Ana Ito and a Bo Varr: two persons, and no house.
fn partners(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>, families: &WordSet) {
    let two = |n: &Tagged| {
        let (first, last) = (n.tokens.start, n.tokens.end - 1);
        let family = |i: usize| families.contains(&sight.page.hash(i)) && !sight.traits(i).any(Traits::ORG | Traits::PLACE);
        n.kind == Kind::Organization && last == first + 2 && sight.text(first + 1) == "and" && family(first) && family(last)
    };
    for n in (0..names.len()).rev().filter(|n| two(&names[*n])).collect::<Vec<_>>() {
        let (start, end) = (names[n].tokens.start, names[n].tokens.end);
        names[n] = Tagged { tokens: start..start + 1, kind: Kind::Person };
        names.insert(n + 1, Tagged { tokens: end - 1..end, kind: Kind::Person });
    }
}

/// `Will Ana Ito go?`, where the article has an Ana Ito: her name begins behind what asks.
fn askers(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let asks = |n: &Tagged| {
        let seen = &sight.tokens[n.tokens.start];
        n.kind == Kind::Person && n.tokens.len() > 1 && (seen.initial || seen.headline) && is_will(sight.text(n.tokens.start))
    };
    for n in 0..names.len() {
        if !asks(&names[n]) {
            continue;
        }
        let rest = names[n].tokens.start + 1..names[n].tokens.end;
        let words = |tokens: std::ops::Range<usize>| tokens.map(|i| sight.tokens[i].lower);
        // A last name needs a question besides: `Will Ito go?` of an Ana Ito.
        let question = || {
            let sentence = &sight.page.sentences[sight.page.sentence_of(rest.start)];
            sight.tokens[rest.start].headline || (rest.end..sentence.end).any(|i| sight.text(i) == "?")
        };
        let goes_on =
            sight.page.tokens.get(rest.end).is_some_and(|t| t.shape != Shape::Mark) && !sight.traits(rest.end).any(Traits::SPEECH);
        let known = |other: &Tagged| {
            let whole = other.tokens.len() >= rest.len() && words(other.tokens.end - rest.len()..other.tokens.end).eq(words(rest.clone()));
            other.kind == Kind::Person && whole && other.tokens.len() > 1 && !is_will(sight.text(other.tokens.start))
        };
        if goes_on && names.iter().any(known) && (rest.len() > 1 || question()) {
            names[n].tokens = rest;
        }
    }
}

fn is_will(word: &str) -> bool {
    matches!(word, "Will" | "WILL")
}

/// `a ship named Ana Ito`, `the tanker Ana Ito`
fn is_ship(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let before = |n: usize| name.tokens.start.checked_sub(n).map_or("", |i| sight.text(i));
    let afloat = || NAMED[..N_AFLOAT].contains(&before(1)) || matches!(sight.text(name.tokens.start), "USS" | "HMS" | "INS" | "RMS" | "MV");
    let shown = Shown::TITLED | Shown::AGED | Shown::SPEAKING;
    let somebody = name.tokens.clone().any(|i| sight.tokens[i].shown & shown != 0);
    let called = matches!(before(1), "named" | "called" | "dubbed" | "christened");
    let own = name.tokens.len() > 1 || matches!(sight.text(name.tokens.start), "USS" | "HMS");
    name.kind == Kind::Person && own && !somebody && (called && NAMED.contains(&before(2)) || afloat())
}

/// `the Quay Cup Finals`, of a cup that is known and nobody.
fn is_product(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, end) = (name.tokens.start, name.tokens.end);
    end - first == 3 && sight.known(first..end - 1) == Some(Known::Nobody) && !sight.traits(end - 1).is_of_person()
}

/// `Omar Sultan Varr`, of which only `Varr` was taken: where the name begins.
fn inside(sight: &Sight<'_, '_>, first: usize) -> Option<usize> {
    let given = first.checked_sub(2).filter(|i| INSIDE.contains(&sight.text(i + 1)) && sight.page.tokens[*i].shape == Shape::Capital)?;
    let t = sight.traits(given);
    let same = sight.page.sentence_of(given) == sight.page.sentence_of(first);
    let own = t.is_given() && !t.any(Traits::WEAK_GIVEN | Traits::PLACE | Traits::OFFICE) && !t.is_title();
    // `Martin Luther King Jr.`
    let longer = given > 0 && sight.is_capital(given - 1) && !sight.tokens[given].initial;
    (same && own && !longer && sight.traits(first) != Traits::ORG_FORM && !matches!(sight.text(first), "Jr" | "Jr.")).then_some(given)
}

/// `US Quay`, and `Quay` from then on: a body, where nobody is called so.
fn last_words(sight: &Sight<'_, '_>, names: &mut [Tagged], families: &WordSet) {
    let country = |i: usize| sight.traits(i).any(Traits::PLACE) && sight.page.tokens[i].shape == Shape::Upper;
    let two = |n: &&Tagged| n.kind == Kind::Organization && n.tokens.len() == 2 && country(n.tokens.start);
    let last: WordSet = names.iter().filter(two).map(|n| sight.page.hash(n.tokens.end - 1)).collect();
    if last.is_empty() {
        return;
    }
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person && n.tokens.len() == 1) {
        let (i, word) = (name.tokens.start, sight.page.hash(name.tokens.start));
        if last.contains(&word) && !families.contains(&word) && sight.tokens[i].shown & Shown::TITLED == 0 {
            name.kind = Kind::Organization;
            name.tokens.start -= usize::from(i > 0 && country(i - 1));
        }
    }
}

/// `Mayor Pro Tem`
fn is_tem(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (first, end) = (name.tokens.start, name.tokens.end);
    let is = |i: usize, word: &str| sight.text(i).eq_ignore_ascii_case(word);
    let pro = is(first, "pro") && (is(end, "tem") || sight.text(end) == "-" && is(end + 1, "tem"));
    let tem = is(first, "tem") && first > 0 && matches!(sight.text(first - 1), "-" | "Pro");
    name.kind == Kind::Person && name.tokens.len() == 1 && (pro || tem)
}

/// `Minister of Harbour Works and Fish`: what somebody is minister of.
fn is_field(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let before = |n: usize| name.tokens.start.checked_sub(n).map_or("", |i| sight.text(i));
    let led = matches!(before(1), "of" | "for") && matches!(before(2), "Minister" | "Ministers" | "minister" | "Ministry" | "Department");
    let closes = matches!(sight.text(name.tokens.end), "and" | "," | "&");
    name.kind == Kind::Person && led && closes && !name.tokens.clone().any(|i| sight.traits(i).is_of_person())
}

#[cfg(test)]
mod tests {
    use crate::extract::names::tests::check;
    use expect_test::expect;

    #[test]
    fn what_asks_is_no_part_of_a_name() {
        check(
            "Will Tom Okafor stay? Nobody knows. Tom Okafor was seen in court on Monday, and Okafor smiled. Will Okafor go then? The mayor, Will Brandt, left.",
            expect![[r#"
                P Tom Okafor: Tom Okafor, Tom Okafor, Okafor, Okafor
                P Will Brandt (mayor): Will Brandt
            "#]],
        );
        check(
            "Will Okafor stayed at home. Will Okafor said so.",
            expect![[r#"
            P Will Okafor: Will Okafor, Will Okafor
        "#]],
        );
    }

    #[test]
    fn a_ship_is_nobody() {
        check(
            "A foreign ship named Maren Lindqvist left the port. The Maren Lindqvist was late. A boy named Tom Okafor was hurt on the tanker Ada Brandt.",
            expect![[r#"
                P Tom Okafor: Tom Okafor
            "#]],
        );
    }

    #[test]
    fn a_title_may_be_part_of_a_name() {
        check(
            "It was found by Mohammad Sultan Okafor of Halden. She met Sultan Brandt.",
            expect![[r#"
            P Mohammad Sultan Okafor: Mohammad Sultan Okafor
            P Brandt: Brandt
        "#]],
        );
    }

    #[test]
    fn two_owners_may_be_two_persons() {
        check(
            "Marta Brandt and Tom Okafor spoke. Later Brandt and Okafor were named to the board of Halden Mills.",
            expect![[r#"
            P Marta Brandt: Marta Brandt, Brandt
            P Tom Okafor: Tom Okafor, Okafor
            O Halden Mills: Halden Mills
        "#]],
        );
    }

    #[test]
    fn the_last_word_of_a_firm_is_the_firm() {
        check(
            "US Sprint is a firm. The head of US Sprint’s network, Tom Okafor, left. Okafor said Sprint was still paying, and Sprint said so too.",
            expect![[r#"
                P Tom Okafor (head of US Sprint’s network): Tom Okafor, Okafor
                O US Sprint: US Sprint, US Sprint
                O Sprint: Sprint, Sprint
            "#]],
        );
    }

    #[test]
    fn what_a_minister_is_of_is_nobody() {
        check(
            "The Minister of Gender Equality and Family Welfare, Marta Lindqvist, met Mayor Pro-Tem Tom Okafor, and Mayor Pro- Tem Ada Brandt.",
            expect![[r#"
                P Marta Lindqvist (Minister of Gender Equality and Family Welfare): Marta Lindqvist
                P Tom Okafor: Tom Okafor
                P Ada Brandt: Ada Brandt
            "#]],
        );
    }
}

use crate::extract::quotes::cases::check_tagged;
use expect_test::expect;

#[test]
fn nobody_says_a_title() {
    for body in [
        "Paul Dahl is host of the podcast \" The Long Pier. \" He was a sailor.",
        "Marta Okafor was a guest. She called into “Port & Friends” on Monday.",
        "In her memoir “Hard Tides,” Marta Okafor placed herself among the few.",
        "The rain fell on “Harbor Prime” host Paul Dahl, who had no coat.",
        "They fell out over Malcolm Reid’s “Harbor or the Hull” speech.",
        "In March Marta Okafor wrote a column entitled “Who Owns the Pier?”",
    ] {
        check_tagged(body, expect![[""]]);
    }
}

#[test]
fn a_title_is_passed_on_the_way_to_what_is_said() {
    check_tagged(
        "But in “A Higher Port,” Marta Okafor says the wording was poor.",
        expect![[r#"
            indirect | the wording was poor | Marta Okafor, person [Marta Okafor] (says)
        "#]],
    );
    check_tagged(
        "In an interview with “Harbor News Sunday,” Marta Okafor said she was tired.",
        expect![[r#"
            indirect | she was tired | Marta Okafor, person [Marta Okafor] (said)
        "#]],
    );
    check_tagged(
        "On “Fox and Herons,” Paul Dahl said he had raised “about nine” masts.",
        expect![[r#"
        mixed | he had raised about nine masts | Paul Dahl, person [Paul Dahl] (said)
    "#]],
    );
    check_tagged(
        "“The pier is our own business,” Paul Dahl told the “Port & Friends” host.",
        expect![[r#"
        direct | The pier is our own business, | Paul Dahl, person [Paul Dahl] (told)
    "#]],
    );
}

#[test]
fn a_label_or_a_headline_in_capitals_says_nothing() {
    check_tagged("(RELATED: ‘Get Me Off This Old Pier’: Sailors Call On Mayor To Act)", expect![[""]]);
    check_tagged(
        "PAUL DAHL SLAMS MAYOR FOR OLD PIER: ‘WHAT HAS GOTTEN INTO HIM?’",
        expect![[r#"
        direct | WHAT HAS GOTTEN INTO HIM? | -, unresolved [-]
    "#]],
    );
    check_tagged(
        "PAUL DAHL: “WHAT HAS GOTTEN INTO HIM?”",
        expect![[r#"
        direct | WHAT HAS GOTTEN INTO HIM? | Paul Dahl, person [PAUL DAHL] (:)
    "#]],
    );
}

#[test]
fn a_programme_that_is_told_and_a_film_that_tells_are_no_quotes() {
    check_tagged("Marta Lindqvist told “Harbor News Sunday.” The film is long. “Winter” tells the story of a pier.", expect![[r#""#]]);
}

#[test]
fn works_of_a_list_are_said_by_nobody() {
    check_tagged("Ana Ito is a writer. Her books include “The Red Net,” “Cold Salt” and “One More Ship.”", expect![[""]]);
    check_tagged(
        "Ana Ito spoke of “The Red Net” and said “One More Ship.”",
        expect![[r#"
        direct | One More Ship. | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
}

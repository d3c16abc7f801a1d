use crate::extract::quotes::cases::check_tagged;
use crate::extract::quotes::tests::{PEOPLE, names_in, render};
use expect_test::{Expect, expect};

fn check(body: &str, expected: Expect) {
    expected.assert_eq(&render(body, &names_in(body, PEOPLE, &["Harbor Council", "Fjord Times"]), None));
}

#[test]
fn a_pronoun_may_stand_for_somebody_without_a_name() {
    check(
        "Ana Ito voted early. A neighbor said the line was long. “I waited for an hour,” she said.",
        expect![[r#"
            indirect | the line was long | -, anonymous [A neighbor] (said)
            direct | I waited for an hour, | -, anonymous [she] (said)
        "#]],
    );
    check(
        "Paul Diaz kept a boat. “We live on the water,” my father often said.\n\nHe also told the neighbors that “the sea is the answer.”",
        expect![[r#"
            direct | We live on the water, | -, unresolved [my father] (said)
            mixed | the sea is the answer. | -, anonymous [He] (told)
        "#]],
    );
    // What somebody is called is no second person.
    check(
        "Ana Ito is an engineer, and a neighbor of the mayor. “I like it here,” she said.",
        expect![[r#"
            direct | I like it here, | Ana Ito, person [she] (said)
        "#]],
    );
}

#[test]
fn the_businessman_is_whom_the_story_is_on() {
    check(
        "Paul Diaz, speaking after Ana Ito in Oslo, cited troubles that he blamed on the Harbor Council.\n\n“We need change,” the Oslo businessman said.",
        expect![[r#"
            direct | We need change, | Paul Diaz, person [the Oslo businessman] (said)
        "#]],
    );
    check(
        "Mira Olsen noted the rule, and when pressed on it, the 34-year-old mother of three replied, “It helps.”",
        expect![[r#"
            direct | It helps. | Mira Olsen, person [the 34-year-old mother of three] (replied)
        "#]],
    );
}

#[test]
fn a_paper_speaks_for_whose_it_is() {
    check(
        "A Fjord Times article hailed the ferry. “It saved the island,” the article read.\n\n“Nobody rows now,” it added.",
        expect![[r#"
            direct | It saved the island, | Fjord Times, organization [the article] (read)
            direct | Nobody rows now, | Fjord Times, organization [it] (added)
        "#]],
    );
}

#[test]
fn a_name_spelled_wrong_is_the_one_spelled_right() {
    check(
        "Karl Weber came late. Wehber says the pier is closed. “Go home,” he said.",
        expect![[r#"
            indirect | the pier is closed | Karl Weber, person [Wehber] (says)
            direct | Go home, | Karl Weber, person [he] (said)
        "#]],
    );
}

#[test]
fn a_relative_with_a_name_is_known_by_the_word_for_it() {
    check(
        "Ana Ito and her younger brother, Paul Diaz, were cleared. “I gave nobody a leek,” Ito said. Her brother, a plumber, was less restrained. “Eleven months of this,” he said. “I am tired,” her brother added.",
        expect![[r#"
            direct | I gave nobody a leek, | Ana Ito, person [Ito] (said)
            direct | Eleven months of this, | Paul Diaz, person [he] (said)
            direct | I am tired, | Paul Diaz, person [her brother] (added)
        "#]],
    );
    check(
        "Ana Ito spoke first. In the gallery was Mira Olsen. “It is smaller,” she said.",
        expect![[r#"
        direct | It is smaller, | Mira Olsen, person [she] (said)
    "#]],
    );
}

#[test]
fn the_president_is_not_the_vice_president() {
    check_tagged(
        "Club President Marta Okafor met Vice President Paul Dahl. Dahl nodded. Dahl spoke of the port. “It is late,” the president said. “It is early,” the vice president said.",
        expect![[r#"
            direct | It is late, | Marta Okafor, person [the president] (said)
            direct | It is early, | Paul Dahl, person [the vice president] (said)
        "#]],
    );
}

#[test]
fn somebody_without_a_name_holds_no_function() {
    check(
        "A sailor from Oslo served as mayor.\n\n“We row on,” the mayor said.",
        expect![[r#"
            direct | We row on, | -, anonymous [the mayor] (said)
        "#]],
    );
}

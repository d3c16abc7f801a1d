use crate::extract::names::Gender;
use crate::extract::quotes::tests::{PEOPLE, names_in, render};
use expect_test::{Expect, expect};

fn check(body: &str, expected: Expect) {
    let people: Vec<(&str, Gender)> = PEOPLE.iter().copied().chain([("Will From", Gender::Male)]).collect();
    expected.assert_eq(&render(body, &names_in(body, &people, &["Harbor Council"]), None));
}

#[test]
fn names_that_are_small_words_speak_too() {
    check(
        "“It is a costly trade,” said Will From, a fisherman. “We pay for it,” From said.",
        expect![[r#"
            direct | It is a costly trade, | Will From, person [Will From] (said)
            direct | We pay for it, | Will From, person [From] (said)
        "#]],
    );
}

#[test]
fn one_person_may_be_named_by_two_nouns() {
    check(
        "Sen. Paul Diaz spoke first.\n\n“I have warned of this,” the Oslo senator and former teacher said in a statement.",
        expect![[r#"
            direct | I have warned of this, | Paul Diaz, person [the Oslo senator and former teacher] (said)
        "#]],
    );
}

#[test]
fn marks_inside_an_apposition_hide_nobody() {
    check(
        "“The ferry is better,” Ana Ito, wearing a cap and “Vote Weber” pins, said.",
        expect![[r#"
            direct | The ferry is better, | Ana Ito, person [Ana Ito] (said)
        "#]],
    );
    check(
        "Paul Diaz visited “Harbor Days” to talk of his rival, Ana Ito, saying “on her worst day” she was better than most.",
        expect![[r#"
            direct | on her worst day | Paul Diaz, person [Paul Diaz] (saying)
        "#]],
    );
}

#[test]
fn whoever_stands_behind_with_speaks() {
    check(
        "Supporters of Ana Ito pushed a guest, with Paul Diaz loudly yelling: “Get him out of here!”",
        expect![[r#"
            direct | Get him out of here! | Paul Diaz, person [Paul Diaz] (yelling)
        "#]],
    );
}

#[test]
fn the_report_that_holds_the_others_counts() {
    check(
        "Paul Diaz told a reporter that for once he was feeling “a lot of emotion.”",
        expect![[r#"
            direct | a lot of emotion. | Paul Diaz, person [Paul Diaz] (told)
        "#]],
    );
    check(
        "Ana Ito said Paul Diaz would continue “to fight for the pier.”",
        expect![[r#"
            mixed | Paul Diaz would continue to fight for the pier. | Ana Ito, person [Ana Ito] (said)
        "#]],
    );
}

#[test]
fn time_and_the_passive_are_no_speakers() {
    check(
        "But a few days later, Paul Diaz turned round, telling the paper that the rules “are set, and we leave it so.”",
        expect![[r#"
            mixed | the rules are set, and we leave it so. | Paul Diaz, person [Paul Diaz] (telling)
        "#]],
    );
    check(
        "Ana Ito told the council when asked about the pier: “That is for others to say.”",
        expect![[r#"
            direct | That is for others to say. | Ana Ito, person [Ana Ito] (told)
        "#]],
    );
}

#[test]
fn a_semicolon_and_brackets_part_what_is_said() {
    check("The options are a union, suggested by Paul Diaz; and Karl Weber’s “common market.”", expect![[""]]);
    check("In a piece in May (“Fewer Boats?”; page 3), Ana Ito suggested a ferry.", expect![[""]]);
    check(
        "Others stalled for decades, said Paul Diaz, who likened the choice to “trolling.”",
        expect![[r#"
            mixed | trolling. | Paul Diaz, person [Paul Diaz] (said)
        "#]],
    );
    check(
        "Democrats, meanwhile, pushed Paul Diaz to bring the bill to the floor, saying it was “a good bill for all.”",
        expect![[r#"
            mixed | it was a good bill for all. | -, anonymous [Democrats] (saying)
        "#]],
    );
    check(
        "Sen. Paul Diaz came late.\n\n“They made it up,” the Senator tweeted.",
        expect![[r#"
        direct | They made it up, | Paul Diaz, person [the Senator] (tweeted)
    "#]],
    );
}

#[test]
fn whom_somebody_asks_is_no_clause() {
    check(
        "Ana Ito asked Paul Diaz about the pier. “Did you know it was closed?” Ito asked the former captain.",
        expect![[r#"
            direct | Did you know it was closed? | Ana Ito, person [Ito] (asked)
        "#]],
    );
}

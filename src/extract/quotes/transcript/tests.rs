use crate::extract::quotes::tests::{PEOPLE, names_in, render};
use expect_test::{Expect, expect};

fn check(body: &str, expected: Expect) {
    expected.assert_eq(&render(body, &names_in(body, PEOPLE, &[]), None));
}

#[test]
fn a_label_may_be_a_function_the_article_gives_somebody() {
    check(
        "Ana Ito gave evidence. The chair is Sir Paul Diaz.\n\nCHAIR: Is it done?\n\nITO: I never said so.\n\nCHAIR: You did.",
        expect![[r#"
            direct | Is it done? | Paul Diaz, person [CHAIR]
            direct | I never said so. | Ana Ito, person [ITO]
            direct | You did. | Paul Diaz, person [CHAIR]
        "#]],
    );
    check(
        "Ana Ito gave evidence.\n\nCHAIR: Is it done?\n\nITO: I never said so.\n\nCHAIR: You did.",
        expect![[r#"
        direct | Is it done? | CHAIR, person [CHAIR]
        direct | I never said so. | Ana Ito, person [ITO]
        direct | You did. | CHAIR, person [CHAIR]
    "#]],
    );
}

#[test]
fn a_label_may_say_what_somebody_is() {
    check(
        "MARY KAHN, BYLINE: Good morning.\n\nANA ITO (D), CANDIDATE FOR MAYOR: It rains.\n\nAUDIENCE MEMBER: Why?\n\nMARY KAHN, BYLINE: Thanks.\n\nPOLICE OFFICER 1: Stop.",
        expect![[r#"
            direct | Good morning. | Mary Kahn, person [MARY KAHN, BYLINE]
            direct | It rains. | Ana Ito, person [ANA ITO (D), CANDIDATE FOR MAYOR]
            direct | Why? | -, anonymous [AUDIENCE MEMBER]
            direct | Thanks. | Mary Kahn, person [MARY KAHN, BYLINE]
            direct | Stop. | POLICE OFFICER 1, person [POLICE OFFICER 1]
        "#]],
    );
}

#[test]
fn what_stands_in_brackets_labels_nobody() {
    check(
        "(PHOTOS: Harbours of Kent)\n\nAna Ito has a boat.\n\n(PHOTOS: Ito's boats)\n\n(VIDEO: A boat) It sank.\n\n(VIDEO: Another) It sank, too.",
        expect![""],
    );
    check("ITO (247): Kent, Essex\n\nDIAZ (12): Wight\n\nITO (247): Sussex\n\nDIAZ (12): Jersey", expect![""]);
}

#[test]
fn answers_belong_to_the_one_introduced_before_the_questions() {
    check(
        "Karl Weber has a boat.\n\nQ: Is it wet?\n\nA: Often.\n\nQ: And Ana Ito?\n\nA: She was sick.",
        expect![[r#"
        direct | Is it wet? | -, anonymous [Q]
        direct | Often. | Karl Weber, person [A]
        direct | And Ana Ito? | -, anonymous [Q]
        direct | She was sick. | Karl Weber, person [A]
    "#]],
    );
    check(
        "Karl Weber and Ana Ito have a boat.\n\nQ: Is it wet?\n\nA: Often.\n\nQ: And cold?\n\nA: Always.",
        expect![[r#"
        direct | Is it wet? | -, anonymous [Q]
        direct | Often. | -, anonymous [A]
        direct | And cold? | -, anonymous [Q]
        direct | Always. | -, anonymous [A]
    "#]],
    );
}

#[test]
fn labels_are_names_and_may_stand_inside_a_paragraph() {
    check(
        "ITO: Good evening. Why not? DIAZ: Because it rains.\n\nITO: Shall we?\n\nDIAZ: We shall.",
        expect![[r#"
            direct | Good evening. Why not? | Ana Ito, person [ITO]
            direct | Because it rains. | Paul Diaz, person [DIAZ]
            direct | Shall we? | Ana Ito, person [ITO]
            direct | We shall. | Paul Diaz, person [DIAZ]
        "#]],
    );
    check("MYTH: The pier is safe.\n\nFACT: It is not.\n\nMYTH: The ferry is slow.\n\nFACT: It is not.", expect![[""]]);
}

#[test]
fn two_letters_are_whoever_has_them() {
    check(
        "Mary Kahn asked Paul Diaz.\n\nMK: Is it done?\n\nPD: I never said so.\n\nMK: You did.",
        expect![[r#"
        direct | Is it done? | MK, person [MK]
        direct | I never said so. | Paul Diaz, person [PD]
        direct | You did. | MK, person [MK]
    "#]],
    );
}

#[test]
fn a_list_of_facts_and_links_is_no_talk() {
    check(
        "Ana Ito has a boat.\n\nSTORY: Ito buys a boat\n\nThe boat is red.\n\nSTORY: Ito sells a boat\n\nIN KENT: Boats are dear\n\nTARGET: Two boats\n\nATTACKERS: Three men",
        expect![""],
    );
}

#[test]
fn a_family_name_in_capitals_is_written_as_one() {
    check(
        "WALLACE: Is it done?\n\nKESRIM: I never said so.\n\nWALLACE: You did.",
        expect![[r#"
        direct | Is it done? | Wallace, person [WALLACE]
        direct | I never said so. | KESRIM, person [KESRIM]
        direct | You did. | Wallace, person [WALLACE]
    "#]],
    );
}

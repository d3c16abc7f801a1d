//! Capitals that make no body, bodies that look like somebody, and titles of many.

use super::check;
use expect_test::expect;

#[test]
fn laws_polls_and_beliefs_are_no_bodies() {
    check(
        "The council passed the Harbor Safety Act, and the Brandt Amendment fell. A Halden University Poll found that Marxism is out. She studied at the Halden School of Law.",
        expect![[r#"
            P Brandt: Brandt
            O Halden University: Halden University
            O Halden School of Law: Halden School of Law
        "#]],
    );
    check(
        "High-profile Democrats met the Lindqvists. Tom Lindqvist stayed, and so did Carl Okaquist. The Kremlin-connected firm sold an F-16 and an N95.",
        expect![[r#"
            P Tom Lindqvist: Tom Lindqvist
            P Carl Okaquist: Carl Okaquist
        "#]],
    );
}

#[test]
fn a_paper_and_a_county_are_nobody() {
    check("She told the Lexington Herald-Leader. They live in Queen Anne's County.", expect![""]);
    check(
        "The Waco Tribune-Herald reports that Ito left. Others may, according to The Tribune-Herald. He told the Tribune-Herald so on Monday.",
        expect![[r#"
            P Ito: Ito
            O Waco Tribune-Herald: Waco Tribune-Herald, Tribune-Herald
        "#]],
    );
}

#[test]
fn a_given_name_is_that_of_somebody() {
    check(
        "“It is late,” CNN’s Lauren Fox said. Ana Mills, a clerk, left.",
        expect![[r#"
        P Lauren Fox: Lauren Fox
        P Ana Mills: Ana Mills
        O CNN: CNN
    "#]],
    );
    check(
        "Story: Ana Ito/Tom Okafor. Pictures: Paul Diaz/Oslo.",
        expect![[r#"
        P Ana Ito: Ana Ito
        P Tom Okafor: Tom Okafor
        P Paul Diaz: Paul Diaz
    "#]],
    );
}

#[test]
fn a_title_of_many_is_that_of_each() {
    check(
        "Sens. Ana Ito (R-Ohio), Paul Diaz of Maine and Tom Okafor met Marta Lindqvist.",
        expect![[r#"
        P Ana Ito (Sen.): Ana Ito
        P Paul Diaz (Sen.): Paul Diaz
        P Tom Okafor (Sen.): Tom Okafor
        P Marta Lindqvist: Marta Lindqvist
    "#]],
    );
    check(
        "The former governors Ana Ito and Paul Diaz left. He told senators Tom Okafor and Marta Lindqvist had won.",
        expect![[r#"
        P Ana Ito (former governor): Ana Ito
        P Paul Diaz (former governor): Paul Diaz
        P Tom Okafor: Tom Okafor
        P Marta Lindqvist: Marta Lindqvist
    "#]],
    );
    check(
        "She and then-Reps. Ana Ito and Paul Diaz met Congressmen Tom Okafor and Bo Dahl, and the actress Marta Lindqvist.",
        expect![[r#"
            P Ana Ito (then-Rep.): Ana Ito
            P Paul Diaz (then-Rep.): Paul Diaz
            P Tom Okafor (Congressman): Tom Okafor
            P Bo Dahl (Congressman): Bo Dahl
            P Marta Lindqvist (actress): Marta Lindqvist
        "#]],
    );
}

#[test]
fn things_and_words_before_a_name_are_nobody() {
    check(
        "As for the “Laffer Curve,” the court named the Emoluments Clause. The Halden Belt is poor. Medicare-for-all is dear, and Defendant left.",
        expect![[""]],
    );
    check(
        "Follow Ana Ito on Monday. Journalist Yusra Ibrahim met Sec. Okafor and Speaker-designate Marta Lindqvist. Evidently Ito knew. National Security Adviser Tom Dahl left.",
        expect![[r#"
            P Ana Ito: Ana Ito, Ito
            P Yusra Ibrahim (Journalist): Yusra Ibrahim
            P Okafor (Sec.): Okafor
            P Marta Lindqvist: Marta Lindqvist
            P Tom Dahl (National Security Adviser): Tom Dahl
        "#]],
    );
}

#[test]
fn who_is_called_by_a_family_name_alone_is_whom_pronouns_show() {
    check(
        "Paul Ito spoke for his wife, Ana. Ana Ito runs. Ito said she would win. Ito said she had a plan. Later, Paul Ito left. The race was hard on Ito.",
        expect![[r#"
            P Paul Ito: Paul Ito, Paul Ito
            P Ana Ito: Ana, Ana Ito, Ito, Ito, Ito
        "#]],
    );
}

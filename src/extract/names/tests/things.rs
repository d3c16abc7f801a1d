use super::check;
use expect_test::expect;

#[test]
fn what_is_called_by_a_word_is_nobody() {
    check(
        "Marta Quill spoke of Accountability and Redistribution. “We pay,” said Quill. No Black teachers came. She \
         converted to Islam in May. Answers came late.",
        expect![[r#"
            P Marta Quill: Marta Quill, Quill
        "#]],
    );
    check(
        "The choice of Mr. Black was wise, said Azimul Islam. Islam left early, and Black voted.",
        expect![[r#"
        P Black: Black, Black
        P Azimul Islam: Azimul Islam, Islam
    "#]],
    );
}

#[test]
fn what_has_a_president_is_a_body() {
    check(
        "“We build,” said FreedomDocks President Marta Quill on Monday. FreedomDocks pays. A BBC Weekend host laughed.",
        expect![[r#"
            P Marta Quill (FreedomDocks President): Marta Quill
            O FreedomDocks: FreedomDocks
            O BBC: BBC
        "#]],
    );
}

#[test]
fn firms_end_before_where_they_sit() {
    check(
        "The crane came from Brandt Pumps Inc. of Oxnard, California. It belongs to Quill Mills Corp. of Worcester, Mass.",
        expect![[r#"
            O Brandt Pumps Inc.: Brandt Pumps Inc.
            O Quill Mills Corp.: Quill Mills Corp.
        "#]],
    );
}

#[test]
fn bodies_begin_with_first_and_universities_go_by_their_state() {
    check(
        "First Boston Corp said it would sell. First, Boston Corp said no.",
        expect![[r#"
        O First Boston Corp: First Boston Corp
        O Boston Corp: Boston Corp
    "#]],
    );
    check(
        "She teaches at Ohio State. She left for South Dakota State. The Ohio State police came, and Ohio State Rep. Ana Ito.",
        expect![[r#"
            P Ana Ito (Ohio State Rep.): Ana Ito
            O Ohio State: Ohio State
            O South Dakota State: South Dakota State
        "#]],
    );
}

#[test]
fn who_holds_an_office_begins_behind_its_field() {
    check(
        "The law passed, said Speaker of the House of Representatives Marta Quill. NSW Minister for Ports Peter Brandt agreed.",
        expect![[r#"
            P Marta Quill: Marta Quill
            P Peter Brandt: Peter Brandt
        "#]],
    );
    check(
        "Anti-Quill protesters met Marta Quill. Pro-Quill groups came.",
        expect![[r#"
        P Marta Quill: Quill, Marta Quill, Quill
    "#]],
    );
}

#[test]
fn two_bodies_are_not_one() {
    check(
        "The White House and Justice Department knew. The New Yorker reporter asked Quill County State's Attorney Odo Varr. Richard Quill, the \
         owner of Richard Quill Racing, spoke.",
        expect![[r#"
            P Odo Varr (Attorney): Odo Varr
            P Richard Quill (owner of Richard Quill Racing): Richard Quill
            O Justice Department: Justice Department
            O New Yorker: New Yorker
            O Richard Quill Racing: Richard Quill Racing
        "#]],
    );
}

#[test]
fn bodies_are_told_by_what_they_are_called_and_by_their_neighbours() {
    check(
        "The port paid a firm called Kolarvia. Kolarvia built the pier. The group spoke via its Zamaq news agency, and Zamaq said it was late. He \
         worked on an app called TenTask, and TenTask is lost. The crew was Islamophobic. She left UC Davis for Quill, Varr & Dahl. AG Marta Quill asked.",
        expect![[r#"
            P Marta Quill: Quill, Marta Quill
            O Kolarvia: Kolarvia, Kolarvia
            O Zamaq: Zamaq, Zamaq
            O UC Davis: UC Davis
            O Varr & Dahl: Varr & Dahl
        "#]],
    );
}

#[test]
fn numbers_and_peoples_are_nobody() {
    check(
        "The trial is in Phase II. Title VII of the law, and Volume III, tell of it. The Costa Rican sailor met a Puerto Rican.",
        expect![[""]],
    );
}

#[test]
fn a_firm_with_two_trades_is_one() {
    check(
        "Quill Tire and Rubber Co said it sold 300 boats. Varr and Dahl Inc said no. Brandt Mills and Lunde Corp said yes. Lunde paid.",
        expect![[r#"
            O Quill Tire and Rubber Co: Quill Tire and Rubber Co
            O Varr and Dahl Inc: Varr and Dahl Inc
            O Brandt Mills: Brandt Mills
            O Lunde Corp: Lunde Corp
        "#]],
    );
}

#[test]
fn what_begins_the_name_of_a_thing_may_be_a_body() {
    check(
        "An app called HTK Tools was tried. HTK voters and the HTK met.",
        expect![[r#"
        O HTK Tools: HTK Tools
        O HTK: HTK, HTK
    "#]],
    );
}

#[test]
fn two_with_a_sign_between_are_two() {
    check(
        "Marta Lindqvist & Peter Brandt met at noon. Covington Quill & Varr paid.",
        expect![[r#"
        P Marta Lindqvist: Marta Lindqvist
        P Peter Brandt: Peter Brandt
        O Quill & Varr: Quill & Varr
    "#]],
    );
}

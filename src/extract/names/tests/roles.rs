//! What somebody is, said before a comma, and of old.

use super::check;
use expect_test::expect;

#[test]
fn a_role_may_stand_before_a_comma_and_the_name() {
    check(
        "The mayor of Halden, Marta Lindqvist, said it was late. Its chief executive, Tom Okafor, agreed. She met the lawyer for the council, Peter Brandt.",
        expect![[r#"
            P Marta Lindqvist (mayor of Halden): Marta Lindqvist
            P Tom Okafor (chief executive): Tom Okafor
            P Peter Brandt (lawyer for the council): Peter Brandt
        "#]],
    );
    // A list, somebody else's function, a relative, and a clause.
    check(
        "She thanked the mayor, Ada Brandt, and Ida Holm. Paul Dahl, the governor, Eva Ferrante, the judge, and others left. His wife, Ana Ito, stayed, like the man whose lawyer, Odo Quill, had left.",
        expect![[r#"
            P Ada Brandt: Ada Brandt
            P Ida Holm: Ida Holm
            P Paul Dahl (governor): Paul Dahl
            P Eva Ferrante (judge): Eva Ferrante
            P Ana Ito: Ana Ito
            P Odo Quill: Odo Quill
        "#]],
    );
}

#[test]
fn former_at_the_head_of_a_sentence_is_part_of_the_role() {
    check(
        "Former Halden Mayor Marta Lindqvist left. Tom Okafor, a teacher and author of “The Quay,” stayed. Peter Brandt, a professor at Harbor College called it odd. Ada Brandt, an actress known as “Bea,” spoke.",
        expect![[r#"
            P Marta Lindqvist (Former Halden Mayor): Marta Lindqvist
            P Tom Okafor (teacher and author): Tom Okafor
            P Peter Brandt (professor at Harbor College): Peter Brandt
            P Ada Brandt (actress): Ada Brandt
            O Harbor College: Harbor College
        "#]],
    );
}

#[test]
fn a_role_keeps_what_leads_to_it() {
    check(
        "Former federal prosecutor Marta Lindqvist met special counsel Tom Okafor. Former Health and Human Services Secretary Ada Brandt left. Paul Dahl, senior journalist Eva Ferrante and others stayed.",
        expect![[r#"
            P Marta Lindqvist (Former federal prosecutor): Marta Lindqvist
            P Tom Okafor (special counsel): Tom Okafor
            P Ada Brandt (Former Health and Human Services Secretary): Ada Brandt
            P Paul Dahl: Paul Dahl
            P Eva Ferrante (senior journalist): Eva Ferrante
        "#]],
    );
}

#[test]
fn a_role_ends_where_the_sentence_goes_on() {
    check(
        "Tom Okafor, a spokesman for the harbor would not comment. On Ada Brandt, the mayor did not say a word. Paul Dahl, one of the mayor’s lawyers, left. Ida Holm, a writer whom the judge had met, and Eva Ferrante, a woman whose son was ill, stayed. \
         To Odo Quill, Harbor Department lawyer has had no answer.",
        expect![[r#"
            P Tom Okafor (spokesman for the harbor): Tom Okafor
            P Ada Brandt: Ada Brandt
            P Paul Dahl (one of the mayor’s lawyers): Paul Dahl
            P Ida Holm (writer whom the judge had met): Ida Holm
            P Eva Ferrante (woman whose son was ill): Eva Ferrante
            P Odo Quill: Odo Quill
            O Harbor Department: Harbor Department
        "#]],
    );
    check(
        "— But Mayor Marta Lindqvist left. — When President Tom Okafor came, I judge Ada Brandt by it. — Added Governor Eva Ferrante.",
        expect![[r#"
            P Marta Lindqvist (Mayor): Marta Lindqvist
            P Tom Okafor (President): Tom Okafor
            P Ada Brandt: Ada Brandt
            P Eva Ferrante (Governor): Eva Ferrante
        "#]],
    );
}

#[test]
fn what_somebody_is_ends_before_what_happened() {
    check(
        "Bo Dahl, spokesman for the ruling Harbor Party issued a statement. Ana Ito, a candidate backed by the council, won.",
        expect![[r#"
            P Bo Dahl (spokesman for the ruling Harbor Party): Bo Dahl
            P Ana Ito (candidate backed by the council): Ana Ito
            O Harbor Party: Harbor Party
        "#]],
    );
}

#[test]
fn an_office_before_the_next_name_is_of_the_next() {
    check(
        "He spoke of Ned Dahl and Bo Varr, Detective Inspector William Ito said. Then Ned Dahl left.",
        expect![[r#"
        P Ned Dahl: Ned Dahl, Ned Dahl
        P Bo Varr: Bo Varr
        P William Ito (Detective Inspector): William Ito
    "#]],
    );
    check(
        "Bo Varr, former Vice President Ana Ito's chief of staff, left.",
        expect![[r#"
        P Bo Varr (former Vice President Ana Ito's chief of staff): Bo Varr
        P Ana Ito (former Vice President): Ana Ito
    "#]],
    );
}

#[test]
fn a_prime_minister_may_go_by_letters() {
    check(
        "PM Modi said it was late. Then CM Yogi Varr and PM Narendra Modi left. The train came at 10 PM.",
        expect![[r#"
        P Narendra Modi (PM): Modi, Narendra Modi
        P Yogi Varr (Then CM): Yogi Varr
    "#]],
    );
    check(
        "Moe Varr, former White House Advisor, came. The Council of Economic Advisers met.",
        expect![[r#"
            P Moe Varr: Moe Varr
            O Council of Economic Advisers: Council of Economic Advisers
        "#]],
    );
}

#[test]
fn what_stands_before_a_form_of_address_is_of_the_next() {
    check(
        "The Minister of Fish, Mrs. Marta Lindqvist, the Chairperson of the Harbour Board, Mr. Tom Okafor, were present at the quay.",
        expect![[r#"
            P Marta Lindqvist: Marta Lindqvist
            P Tom Okafor (Chairperson of the Harbour Board): Tom Okafor
            O Harbour Board: Harbour Board
        "#]],
    );
}

#[test]
fn a_role_ends_where_its_sentence_goes_on() {
    check(
        "Marta Lindqvist, director of tours with the Halden Chamber of Commerce spoke on the ways to fill the quay. Tom Okafor, a journalist by profession and who had been ill, left. The White House’s chief counsel, Ada Brandt, wrote to House Ways and Means Committee Chairman Peter Brandt. Two men were told to guard Ida Holm.",
        expect![[r#"
            P Marta Lindqvist (director of tours with the Halden Chamber of Commerce): Marta Lindqvist
            P Tom Okafor (journalist by profession): Tom Okafor
            P Ada Brandt (White House’s chief counsel): Ada Brandt
            P Peter Brandt (House Ways and Means Committee Chairman): Peter Brandt
            P Ida Holm: Ida Holm
            O Halden Chamber of Commerce: Halden Chamber of Commerce
            O House Ways and Means Committee: House Ways and Means Committee
        "#]],
    );
}

#[test]
fn a_role_stands_before_doctor_too_and_kin_are_none() {
    check(
        "They met Paris Junior College president Dr. Pam Ito there. Rose Varr, 28, his small son and his wife came out.",
        expect![[r#"
        P Pam Ito (Paris Junior College president): Pam Ito
        P Rose Varr: Rose Varr
        O Paris Junior College: Paris Junior College
    "#]],
    );
}

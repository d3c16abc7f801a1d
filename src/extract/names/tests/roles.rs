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
        "Former Halden Mayor Marta Lindqvist left. Tom Okafor, a teacher and author of “The Quay,” stayed. Ada Brandt, an actress known as “Bea,” spoke.",
        expect![[r#"
            P Marta Lindqvist (Former Halden Mayor): Marta Lindqvist
            P Tom Okafor (teacher and author): Tom Okafor
            P Ada Brandt (actress): Ada Brandt
        "#]],
    );
}

use crate::extract::quotes::tests::{PEOPLE, names_in, render};
use expect_test::{Expect, expect};

fn check(body: &str, expected: Expect) {
    expected.assert_eq(&render(body, &names_in(body, PEOPLE, &["Harbor Council"]), None));
}

#[test]
fn whoever_closes_the_sentence_speaks() {
    check(
        "A boat sank off Oslo, the fire service said on Wednesday.",
        expect![[r#"
        indirect | A boat sank off Oslo | -, anonymous [the fire service] (said)
    "#]],
    );
    check(
        "The talks are close to an end, a person familiar with them said.",
        expect![[r#"
        indirect | The talks are close to an end | -, anonymous [a person familiar with them] (said)
    "#]],
    );
    check("The fire service said on Wednesday.", expect![[""]]);
}

#[test]
fn a_clause_may_begin_with_no_or_behind_an_object() {
    check(
        "Ana Ito said no one was missing.",
        expect![[r#"
        indirect | no one was missing | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check("Ana Ito said no.", expect![[""]]);
    check(
        "Paul Diaz told reporters he expected to win.",
        expect![[r#"
        indirect | he expected to win | Paul Diaz, person [Paul Diaz] (told)
    "#]],
    );
    check("Paul Diaz told his story to the reporters.", expect![[""]]);
}

#[test]
fn marks_around_a_title_do_not_hide_what_is_reported() {
    check(
        "Ana Ito said she had written ‘A. Ito’ on the form.",
        expect![[r#"
        indirect | she had written ‘A. Ito’ on the form | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
}

#[test]
fn functions_are_told_from_the_sentence_and_from_roles() {
    check(
        "Ana Ito won a third term as mayor.\n\n“It is a landslide,” the mayor said.",
        expect![[r#"
        direct | It is a landslide, | Ana Ito, person [the mayor] (said)
    "#]],
    );
    check(
        "Ana Ito drew it.\n\n“It moves,” her son, Tom Reyes, quoted her as saying.",
        expect![[r#"
        direct | It moves, | Ana Ito, person [her] (saying)
    "#]],
    );
}

#[test]
fn a_paragraph_of_its_own_may_be_of_whom_the_sentence_before_speaks() {
    check(
        "Karl Weber is full of hope.\n\n“It can only get better from here.”\n\nThe river rose.",
        expect![[r#"
        direct | It can only get better from here. | Karl Weber, person [Karl Weber]
    "#]],
    );
    check(
        "The river rose.\n\n“It can only get better from here.”",
        expect![[r#"
        direct | It can only get better from here. | -, unresolved [-]
    "#]],
    );
}

#[test]
fn many_of_one_body_say() {
    check(
        "Analysts at Harbor Council estimate that the bill will grow.",
        expect![[r#"
        indirect | the bill will grow | -, anonymous [Analysts at Harbor Council] (estimate)
    "#]],
    );
}

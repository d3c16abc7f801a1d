use crate::article::Article;
use crate::extract::names::{EntityKind, find};
use crate::extract::page::Page;
use expect_test::{Expect, expect};

/// One line per person: name and mentions.
fn check(body: &str, expected: Expect) {
    let mut out = String::new();
    for entity in find(&Page::of(body), &Article::default()).entities.iter().filter(|e| e.kind == EntityKind::Person) {
        let mentions: Vec<&str> = entity.mentions.iter().map(|m| &body[m.bytes.clone()]).collect();
        out.push_str(&format!("{}: {}\n", entity.name, mentions.join(", ")));
    }
    expected.assert_eq(&out);
}

#[test]
fn a_family_name_several_share_is_not_that_of_a_relative() {
    check(
        "Paul Ferrante spoke in Flint for his wife, Judith Ferrante. The hall was full. “It makes no sense,” Ferrante said.",
        expect![[r#"
            Paul Ferrante: Paul Ferrante, Ferrante
            Judith Ferrante: Judith Ferrante
        "#]],
    );
    check(
        "Paul Ferrante voted on Monday. Paul Ferrante is a senator. The paper printed a photo of Judith Ferrante on a beach. The senator was angry. Ferrante said so in July.",
        expect![[r#"
            Paul Ferrante: Paul Ferrante, Paul Ferrante, Ferrante
            Judith Ferrante: Judith Ferrante
        "#]],
    );
    check(
        "Paul Ferrante won in May. Paul Ferrante lost in June. On Monday, Judith Ferrante told an audience in Reno that she would run. “Why not?” Ferrante said.",
        expect![[r#"
            Paul Ferrante: Paul Ferrante, Paul Ferrante
            Judith Ferrante: Judith Ferrante, Ferrante
        "#]],
    );
}

#[test]
fn a_word_before_the_name_is_no_part_of_it() {
    check(
        "Marta Lindqvist came early. Said Lindqvist: “The ferry is late.” Then she left.",
        expect![[r#"
            Marta Lindqvist: Marta Lindqvist, Lindqvist
        "#]],
    );
}

#[test]
fn father_and_son_of_one_name_are_two_where_the_article_tells_them_apart() {
    check(
        "Paul Ferrante Jr. met the harbor master. His father, President Paul Ferrante, knew nothing. “I met her,” Ferrante Jr. said. “He is a good boy,” Ferrante said.",
        expect![[r#"
            Paul Ferrante Jr.: Paul Ferrante Jr., Ferrante Jr.
            Paul Ferrante: Paul Ferrante, Ferrante
        "#]],
    );
    check(
        "Paul Ferrante Jr. starred in it. Ferrante left early. “It is good,” Paul Ferrante said.",
        expect![[r#"
        Paul Ferrante Jr.: Paul Ferrante Jr., Ferrante, Paul Ferrante
    "#]],
    );
    check(
        "Martin Luther King Jr. marched in May. Crowds came to see Martin Luther King. King spoke for an hour.",
        expect![[r#"
            Martin Luther King Jr.: Martin Luther King Jr., Martin Luther King, King
        "#]],
    );
}

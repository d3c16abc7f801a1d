use super::super::by_word::MANY;
use super::{Named, group, group_with};
use crate::article::Article;
use crate::extract::names::{EntityKind, Gender, find};
use crate::extract::page::Page;
use expect_test::{Expect, expect};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

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

/// The mentions of names in order, nothing else being known of them.
fn mentions(names: &[String]) -> Vec<Named> {
    let named = |(n, name): (usize, &String)| Named {
        bytes: n * 100..n * 100 + name.len(),
        words: name.split(' ').map(|w| w.trim_end_matches('.').to_owned()).collect(),
        gender: Gender::Unknown,
        role: None,
        text: name.clone(),
        hint: Gender::Unknown,
        kin: false,
        subject: false,
    };
    names.iter().enumerate().map(named).collect()
}

#[test]
fn among_many_of_one_family_the_same_two_are_one() {
    // Given names of five letters that no other is a variant of: Xbcab, Xbcba …
    let letter = |n: usize| char::from(b'a' + n as u8);
    let others = (0..MANY + 9).map(|n| format!("X{}{}{}x Quill", letter(n % 26), letter(n / 26), letter((n * 7) % 26)));
    let others: Vec<String> = others.collect();
    for (first, second) in [
        ("Robert Quill", "Bob Quill"),
        ("Bob Quill", "Rob Quill"),
        ("Robert Quill", "R. Quill"),
        ("R. Quill", "Robert Quill"),
        ("Ana Maria Quill", "Maria Quill"),
        ("Maria Quill", "Ana Maria Quill"),
        ("Odo Varr", "Odo Varr Quill"),
        ("Odo Varr Quill", "Odo Varr"),
        ("Odo B. Quill", "Odo Quill"),
        ("Jeremy Quill", "Jeremey Quill"),
        ("Odo Quill", "Odo Quil"),
        ("Odo Lindqvist", "Odo Lindquist"),
        ("Odo Quill", "Ada Quill"),
        ("Odo Quill", "Odo Varr"),
    ] {
        let pair = [first.to_owned(), second.to_owned()];
        let alone = group(mentions(&pair)).len();
        let among = group(mentions(&[others.clone(), pair.to_vec()].concat())).len() - group(mentions(&others)).len();
        assert_eq!(alone, among, "{first}, {second}");
    }
}

/// A mention: a name of one word or several, and what stands around it.
fn mention() -> impl Strategy<Value = Named> {
    let names = vec![
        "Ito",
        "Ito",
        "Ito Jr.",
        "Ana Ito",
        "Ana Ito Jr.",
        "Bo Ito",
        "Cal Ito",
        "Ito Varr",
        "Ana Itoman",
        "Bo Itomen",
        "Itomer",
        "Ana",
    ];
    let gender = || select(vec![Gender::Unknown, Gender::Unknown, Gender::Female, Gender::Male]);
    (select(names), gender(), gender(), any::<bool>(), any::<bool>()).prop_map(|(name, gender, hint, kin, subject)| Named {
        words: name.split(' ').filter(|w| *w != "Jr.").map(str::to_owned).collect(),
        text: name.to_owned(),
        bytes: 0..0,
        role: None,
        gender,
        hint,
        kin,
        subject,
    })
}

proptest! {
    #[test]
    fn a_few_of_many_tell_who_is_meant(mut named in vec(mention(), 1..60)) {
        (0..).zip(&mut named).for_each(|(n, mention)| mention.bytes = n * 100..n * 100 + mention.text.len());
        let told = |many| group_with(named.clone(), many).into_iter().map(|e| format!("{e:?}")).collect::<Vec<_>>();
        prop_assert_eq!(told(0), told(usize::MAX));
    }
}

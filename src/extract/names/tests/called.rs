use super::check;
use crate::article::Article;
use crate::extract::names::find;
use crate::extract::page::Page;
use expect_test::expect;

#[test]
fn who_is_called_like_a_month_is_told_from_it() {
    check(
        "Eleanor May resigned. The pressure on May grew, and few stood with May. May will stay until June. May departed in May, on May 3. May’s lawyer wrote in May that the May figures, due on 5 May, were late. Rain fell from March to May.",
        expect![[r#"
            P Eleanor May: Eleanor May, May, May, May, May, May
        "#]],
    );
    check("The figures for May were late. May was wet. The council met on May Day. May’s rain was a record.", expect![""]);
    check(
        "June Okafor came in June. June was wet. “No,” June said.",
        expect![[r#"
            P June Okafor: June Okafor, June
        "#]],
    );
}

#[test]
fn who_is_called_by_a_word_is_told_from_it() {
    check(
        "Tom Flake resigned. The pressure on Flake grew. A flake of snow fell on Flake, who left. Flake Street is closed. Snow Flake soap is sold.",
        expect![[r#"
            P Tom Flake: Tom Flake, Flake, Flake
        "#]],
    );
}

#[test]
fn who_is_called_like_a_land_speaks_and_no_land_does() {
    check(
        "David M. Holland, president of the firm, was there. Holland added that prices fell. Holland said so twice.",
        expect![[r#"
            P David M. Holland (president of the firm): David M. Holland, Holland, Holland
        "#]],
    );
    check(
        "David M. Holland was in Holland. Holland said it would pay.",
        expect![[r#"
        P David M. Holland: David M. Holland
    "#]],
    );
}

#[test]
fn a_headline_tells_who_is_called_like_a_month() {
    let check = |title: &str, expected: &[&str]| {
        let body = "The leader stepped down on Friday. May said she would stay until a successor is found. Critics of May were glad.";
        let article = Article { title: Some(title.to_owned()), body: body.to_owned(), ..Article::default() };
        let found: Vec<String> = find(&Page::of(body), &article).entities.into_iter().map(|e| e.name).collect();
        assert_eq!(found, expected, "{title}");
    };
    check("Eleanor May resigns", &["Eleanor May"]);
    check("Leader resigns", &[]);
}

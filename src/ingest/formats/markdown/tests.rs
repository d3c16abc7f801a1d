use super::*;
use expect_test::{Expect, expect};

#[test]
fn removes_marks() {
    let check = |source: &str, expected: Expect| expected.assert_eq(&marks::inline(source));
    check(
        "A **bold** and _soft_ `code` [link](http://a.example/x) ![pic](y.png)snake_case 2 * 3 \\*",
        expect!["A bold and soft code link snake_case 2 * 3 *"],
    );
    check("note[^1] and [ref][r] [plain] <https://a.example/>", expect!["note and ref [plain] https://a.example/"]);
    check("[[[[", expect!["[[[["]);
}

#[test]
fn reads_front_matter() {
    let check = |source: &str, expected: Expect| {
        let (fields, rest) = front_matter::split(source);
        let all: Vec<String> = fields.iter().map(|(n, v)| format!("{n}={v}")).collect();
        expected.assert_eq(&format!("{} | {}", all.join("; "), rest.trim()));
    };
    check(
        "---\ntitle: \"Rain: a \\\"study\\\"\"\nauthor:\n  - Ann Poe\n  - name: Tom Abe\ntags: [a, 'b, c']\ndate: 2024-03-05 # day\nabout: >\n  long\n  text\n---\nBody",
        expect![[r#"title=Rain: a "study"; author=Ann Poe; author=Tom Abe; tags=a; tags=b, c; date=2024-03-05; about=long text | Body"#]],
    );
    check(
        "+++\ntitle = 'Rain'\ndate = 2024-03-05T10:00:00Z\ntags = ['a', 'b']\n+++\nBody",
        expect!["title=Rain; date=2024-03-05T10:00:00Z; tags=a; tags=b | Body"],
    );
    check("{\"title\": \"Rain\", \"tags\": [\"a\"]}\nBody", expect!["title=Rain; tags=a | Body"]);
    check("---\nno end", expect![" | ---\nno end"]);
}

#[test]
fn marks_that_are_never_closed_are_letters() {
    let open = "a < ".repeat(100_000);
    assert_eq!(super::marks::inline(&open), open);
}

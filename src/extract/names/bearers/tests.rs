use super::BEARERS;
use crate::article::Article;
use crate::extract::names::{EntityKind, find};
use crate::extract::page::Page;

/// The persons found in `body`, in an article published in `year` with a headline and an address.
fn persons(body: &str, year: &str, title: &str, url: &str) -> Vec<String> {
    let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
    let article = Article { body: body.to_owned(), published: text(year), title: text(title), url: text(url), ..Article::default() };
    let names = find(&Page::of(body), &article);
    names.entities.into_iter().filter(|e| e.kind == EntityKind::Person).map(|e| e.name).collect()
}

fn check(body: &str, expected: &[&str]) {
    assert_eq!(persons(body, "", "", ""), expected, "{body}");
}

#[test]
fn an_office_and_a_family_name_mean_its_bearer() {
    check("The talks went on for a week. President Obama said they would end on Friday.", &["Barack Obama"]);
    check("Former Soviet leader Gorbachev said so. Mr. Gorbachev left.", &["Mikhail Gorbachev"]);
    check("“No,” French President Hollande said. Hollande had come late.", &["François Hollande"]);
    check("Prime Minister Thatcher told parliament on Monday that the tax would stay.", &["Margaret Thatcher"]);
    check("Chancellor Schroeder spoke in Bonn on Friday.", &["Gerhard Schroeder"]);
}

#[test]
fn what_the_article_says_itself_comes_first() {
    check("Andrew Obama, a teacher, spoke. Mr. Obama said the school would close.", &["Andrew Obama"]);
    check(
        "University President Obama opened the library of the college on Monday, and Mr. Hollande, a baker, came.",
        &["Obama", "Hollande"],
    );
    check("President Daniel Obama of the chess club met his deputy. President Obama said the club would move.", &["Daniel Obama"]);
    assert_eq!(persons("Mr. Verlinden said the shop would open.", "", "Wim Verlinden wins", ""), ["Wim Verlinden"]);
    assert_eq!(
        persons("Mr. Verlinden said the shop would open.", "", "", "https://a.example/news/2020/karl-verlinden-wins.html"),
        ["Karl Verlinden"]
    );
    assert_eq!(persons("Mr. Verlinden said the shop would open.", "", "Outspoken Verlinden wins", ""), ["Verlinden"]);
}

#[test]
fn where_two_may_be_meant_nobody_is() {
    check("President Bush signed the bill on Monday.", &["Bush"]);
    assert_eq!(persons("President Bush signed the bill on Monday.", "1990-05-01", "", ""), ["George H.W. Bush"]);
    assert_eq!(persons("President Bush signed the bill on Monday.", "2003-05-01", "", ""), ["George W. Bush"]);
    assert_eq!(persons("President Bush signed the bill on Monday.", "2015", "", ""), ["Bush"]);
    // Before his time.
    assert_eq!(persons("President Obama spoke to the farmers on Monday.", "1978-05-01", "", ""), ["Obama"]);
    check("Secretary of State Kerry left on Monday. Prime Minister Sharif did not.", &["John Kerry", "Sharif"]);
}

#[test]
fn a_spouse_with_the_same_name_is_another_person() {
    check(
        "Michelle Obama spoke in Reno on Monday. President Obama said on Tuesday that she would be back. Mr. Obama smiled.",
        &["Michelle Obama", "Barack Obama"],
    );
}

#[test]
fn the_table_is_whole() {
    let count: usize = BEARERS.values().map(Vec::len).sum();
    assert!(count > 330, "{count}");
    for (family, bearers) in BEARERS.iter() {
        for bearer in bearers {
            assert!(!bearer.before.is_empty() || !bearer.behind.is_empty(), "{family}: no given name");
            assert!(bearer.years.0 > 1800 && bearer.years.0 <= bearer.years.1, "{family}: {:?}", bearer.years);
            assert!(bearer.offices.iter().flatten().all(|w| *w == w.to_lowercase()), "{family}: {:?}", bearer.offices);
        }
        assert!(bearers.iter().filter(|b| b.alone).count() < 2, "{family} means two by itself");
    }
}

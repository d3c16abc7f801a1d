use super::*;
use crate::article::{Article, DateOrigin};

#[test]
fn reads_bylines() {
    let check = |printed: &str, expected: &[&str]| assert_eq!(byline::authors(&[printed.to_owned()]), expected, "{printed}");
    check("Bread and Roses Collective", &["Bread and Roses Collective"]);
    check("By Jane Roe and Bo Union", &["Jane Roe", "Bo Union"]);
    check("Reuters and Bo Group", &["Bo Group"]);
    check("By JANE ROE and John Doe, Staff Writers", &["Jane Roe", "John Doe"]);
    check("by Jane Roe, John Doe & Ann Poe", &["Jane Roe", "John Doe", "Ann Poe"]);
    check("Roe, Jane", &["Jane Roe"]);
    check("Martin Doe, Jr., Associated Press", &["Martin Doe Jr"]);
    check("Jane Roe | The Daily Example", &["Jane Roe"]);
    check("Jane Roe (jane@paper.example) @jane", &["Jane Roe"]);
    check("The Associated Press", &["The Associated Press"]);
    check("Von Hans Muster", &["Hans Muster"]);
    check("Von Muster", &["Von Muster"]);
    check("https://paper.example/jane", &[]);
    check("", &[]);
}

#[test]
fn knows_languages() {
    let german = "Der Rat der Stadt hat am Dienstag beschlossen, die alte Brücke bis zum Ende des Sommers zu sperren. Die Kosten für einen \
        Neubau seien doppelt so hoch wie erwartet, sagte die Bürgermeisterin nach der Sitzung. Eine Entscheidung werde nicht vor dem Herbst \
        getroffen, weil zuerst das Land über die Förderung befinden müsse.";
    assert_eq!(language::of(german, None), Some("de"));
    assert_eq!(language::of(german, Some("en")), Some("de"));
    assert_eq!(language::of("Berlin", Some("fr")), Some("fr"));
    assert_eq!(language::of("", None), None);
}

fn finished(draft: Article) -> (Article, Vec<Problem>) {
    let mut problems = Vec::new();
    (finish(draft, &mut problems).unwrap(), problems)
}

#[test]
fn finishes_dates() {
    let (a, problems) = finished(Article { body: "KYIV, March 5, 2024 (Reuters) - It is so.".into(), ..Article::default() });
    assert_eq!((a.published.as_deref(), a.published_from), (Some("2024-03-05"), Some(DateOrigin::Dateline)));
    assert_eq!((a.source.as_deref(), a.dateline.unwrap().place.as_deref()), (Some("Reuters"), Some("Kyiv")));
    assert!(problems.is_empty());
    let (a, problems) = finished(Article {
        body: "x".into(),
        published: Some("3024-01-01".into()),
        url: Some("https://a.example/2024/03/05/x".into()),
        ..Article::default()
    });
    assert_eq!((a.published.as_deref(), a.published_from), (Some("2024-03-05"), Some(DateOrigin::Url)));
    assert_eq!(problems[0].message, "the date of publication `3024-01-01` cannot be true and was dropped");
    let (a, _) = finished(Article { body: "x".into(), path: "paper/1987-02-26.txt".into(), ..Article::default() });
    assert_eq!((a.published.as_deref(), a.published_from), (Some("1987-02-26"), Some(DateOrigin::Path)));
}

#[test]
fn derives_ids() {
    let id =
        |url: Option<&str>, body: &str| finished(Article { url: url.map(str::to_owned), body: body.into(), ..Article::default() }).0.id;
    let page = id(Some("https://www.a.example/x/?utm_source=y#top"), "one");
    assert_eq!(page, id(Some("http://a.example/x"), "two"));
    assert_eq!((page.len(), page.starts_with('u')), (14, true));
    assert_ne!(page, id(Some("https://a.example/y"), "one"));
    assert!(id(Some("https://a.example/"), "one").starts_with('t'));
    assert_ne!(id(None, "one"), id(None, "two"));
    let own = finished(Article { id: "A-1".into(), has_own_id: true, body: " raw\u{a0} ".into(), ..Article::default() }).0;
    assert_eq!((own.id.as_str(), own.body.as_str(), own.has_own_id), ("A-1", " raw\u{a0} ", true));
}

#[test]
fn refuses_nothing() {
    let mut problems = Vec::new();
    assert!(finish(Article { path: "a.txt".into(), body: " \n".into(), ..Article::default() }, &mut problems).is_none());
    assert_eq!(problems, [Problem::failed("a.txt", "there is no text in it")]);
}

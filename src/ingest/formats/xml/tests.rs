use super::{blocks, parse};

#[track_caller]
fn text(xml: &str, expected: &str) {
    assert_eq!(blocks(&parse(xml).root, &[]), expected);
}

#[test]
fn references() {
    text("<p>caf&eacute; &amp; AT&T &#8211; &#146; &lol9; &#5;x</p>", "café & AT&T – ’ &lol9; x");
    let tree = parse("<a b='1 &lt; 2 & &amp;&nope;' c=x/>");
    let a = tree.root.child("a").unwrap();
    assert_eq!(a.attr("b").as_deref(), Some("1 < 2 & &&nope;"));
    assert_eq!(a.attr("c").as_deref(), Some("x"));
}

#[test]
fn paragraphs_and_lines() {
    text("<p>one\n  <b>two</b>, three</p><p>four<br/>five<br/><br/>six</p>", "one two, three\n\nfour\n\nfive\n\nsix");
    text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>x", "a b\n\nc\n\nx");
    text("<pre>a b\n\nc</pre>", "a b\n\nc");
    text("<p>x</p><media><caption>y</caption></media>", "x");
}

#[test]
fn broken_markup_keeps_its_text() {
    text("<doc><p>one</b> two<p>three</doc><p>four", "one two\n\nthree\n\nfour");
    text("<p>if a < b then</p><p>next</p>", "if a < b then\n\nnext");
    text("<p>one</p><p><![CDATA[two & <three", "one\n\ntwo & <three");
    text("<p>one</p><p tru", "one");
    assert_eq!(parse("<a><b>x").trouble.as_deref(), Some("the end of the file is missing"));
    assert_eq!(parse("<a>\n<b>x</b></a>").trouble, None);
}

#[test]
fn bombs_stay_small() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
    text(laughs, "&b;");
    let deep = format!("{}deep{}", "<p>".repeat(100_000), "</p>".repeat(100_000));
    let tree = parse(&deep);
    assert_eq!(tree.root.raw(), "deep");
    assert!(tree.trouble.is_some());
    let open = "<![CDATA[".repeat(20_000);
    parse(&open);
    parse(&"<!--".repeat(20_000));
    // The end of them all is looked for once.
    let (bare, start) = (format!("<a>{}></a>", "<<1 ".repeat(100_000)), std::time::Instant::now());
    assert_eq!(parse(&bare).root.raw().len(), bare.len() - 7);
    assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn names_lose_their_prefix() {
    let tree = parse("<a:x xml:lang='en'><b:Y>1</b:Y><y>2</y></a:x>");
    let x = tree.root.child("x").unwrap();
    assert_eq!((x.prefix(), x.attr("lang").as_deref()), ("a", Some("en")));
    assert_eq!(x.texts_at("y"), ["1", "2"]);
    assert_eq!(tree.root.text_at("x/y").as_deref(), Some("1"));
}

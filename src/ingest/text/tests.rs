use super::*;
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn check_decode(bytes: &[u8], declared: Option<&str>, expected: Expect) {
    let d = decode(bytes, declared);
    expected.assert_eq(&format!("{} {} {}", d.encoding, d.had_errors, d.text));
}

#[test]
fn utf16_is_told_where_it_is_text() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let read = |bytes: &[u8]| utf16(bytes).map(|(_, text)| text);
    assert_eq!(read(&wide("The pier “held”.")).as_deref(), Some("The pier “held”."));
    assert_eq!(read(&wide("Η γέφυρα άντεξε, είπε")).as_deref(), Some("Η γέφυρα άντεξε, είπε"));
    assert_eq!(read(&wide("\u{feff}marked")).as_deref(), Some("marked"));
    assert_eq!(read(b"The pier held."), None);
    assert_eq!(read("\u{feff}The pier held.".as_bytes()), None);
    // A sound of sixteen bits, and one that begins like a mark.
    let sound = (0..200u16).flat_map(|n| (n * n % 23).to_le_bytes()).collect::<Vec<u8>>();
    assert_eq!((read(&sound), read(&[b"\xff\xfe".as_slice(), &sound].concat())), (None, None));
}

#[test]
fn decodes() {
    check_decode(b"plain", None, expect!["UTF-8 false plain"]);
    check_decode("\u{feff}mark".as_bytes(), None, expect!["UTF-8 false mark"]);
    check_decode("Zürich".as_bytes(), Some("iso-8859-1"), expect!["UTF-8 false Zürich"]);
    check_decode(b"Z\xfcrich", Some("iso-8859-1"), expect!["windows-1252 false Zürich"]);
    check_decode(
        b"<meta charset='windows-1251'>\xcc\xee\xf1\xea\xe2\xe0",
        None,
        expect!["windows-1251 false <meta charset='windows-1251'>Москва"],
    );
    check_decode(
        b"<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?>\xa3\xf3d\xbc",
        None,
        expect![[r#"ISO-8859-2 false <?xml version="1.0" encoding="ISO-8859-2"?>Łódź"#]],
    );
    check_decode(b"h\0e\0l\0l\0o\0", None, expect!["UTF-16LE false hello"]);
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    check_decode(&utf16("Мэр „открыла“ порт"), None, expect!["UTF-16LE false Мэр „открыла“ порт"]);
    check_decode(b"\xfe\xff\0h\0i", None, expect!["UTF-16BE false hi"]);
    check_decode(
        "Málaga, Cádiz, Almería y Jaé".as_bytes().split_last().unwrap().1,
        None,
        expect!["UTF-8 true Málaga, Cádiz, Almería y JaÃ"],
    );
    check_decode(
        "charset=utf-8 Le café fermé a été".as_bytes().iter().copied().chain([0xe9]).collect::<Vec<_>>().as_slice(),
        None,
        expect!["UTF-8 true charset=utf-8 Le café fermé a étéé"],
    );
    check_decode(
        "Выборы прошли спокойно, сообщила комиссия".chars().map(cp1251).collect::<Vec<_>>().as_slice(),
        None,
        expect!["windows-1251 false Выборы прошли спокойно, сообщила комиссия"],
    );
}

fn cp1251(c: char) -> u8 {
    match c as u32 {
        c @ 0x410..=0x44F => (c - 0x410 + 0xC0) as u8,
        c => c as u8,
    }
}

#[test]
fn repairs_mojibake() {
    let check = |input: &str, expected: Expect| expected.assert_eq(&repair_mojibake(input));
    check("the company\u{e2}\u{80}\u{99}s caf\u{c3}\u{a9}", expect!["the company’s café"]);
    check("Itâ€™s the cafÃ©â€™s", expect!["It’s the café’s"]);
    check("â€œNo,â€\u{9d} he said", expect!["“No,” he said"]);
    check("â€œNo,â€ he said", expect!["“No,” he said"]);
    check("SÃO PAULO e Ãngela", expect!["SÃO PAULO e Ãngela"]);
    check("naïve “élan”", expect!["naïve “élan”"]);
}

fn check_paragraphs(input: &str, expected: Expect) {
    expected.assert_eq(&paragraphs(input));
}

#[test]
fn finds_paragraphs() {
    check_paragraphs(
        "a\u{300} la carte\u{0}\u{7}\r\nNext",
        expect![[r#"
        à la carte

        Next"#]],
    );
    check_paragraphs(
        "The council of the town met on Tuesday to speak about the bridge that\nwas closed in March, and found that the cost of a new one would be more\nthan twice what was thought. A decision was put off until the end of\nsummer.\n\nThe mayor said nothing.\n",
        expect![[r#"
            The council of the town met on Tuesday to speak about the bridge that was closed in March, and found that the cost of a new one would be more than twice what was thought. A decision was put off until the end of summer.

            The mayor said nothing."#]],
    );
    check_paragraphs(
        "    The council of the town met on Tuesday to speak about the bridge\nthat was closed in March, and found that the cost of a new one would\nbe more than twice what was thought.\n    A decision was put off until the end of summer, when the new year\nof the treasury begins.\n",
        expect![[r#"
            The council of the town met on Tuesday to speak about the bridge that was closed in March, and found that the cost of a new one would be more than twice what was thought.

            A decision was put off until the end of summer, when the new year of the treasury begins."#]],
    );
    check_paragraphs(
        "A first paragraph that is a whole line, as scrapers write it, and far longer than any screen would show without wrapping.\nA second one.\nA third one, which quotes\nsomebody.",
        expect![[r#"
            A first paragraph that is a whole line, as scrapers write it, and far longer than any screen would show without wrapping.

            A second one.

            A third one, which quotes somebody."#]],
    );
}

#[test]
fn reads_markup() {
    let check = |input: &str, expected: Expect| expected.assert_eq(&html_to_text(input));
    check(
        "<p>One &amp; two&nbsp;three.</p>\n<p>Four<br>Five &lt;six&gt; AT&T &copy; &#8217;</p>",
        expect![[r#"
        One & two three.

        Four

        Five <six> AT&T © ’"#]],
    );
    check("a < b and <b class=\"x>y\">bold</b> <!-- <p> --> end<script>if (a<b) '</scrip>'</SCRIPT>!", expect!["a < b and bold end!"]);
    check(
        "<nitf:p>namespaced</nitf:p><p>next",
        expect![[r#"
        namespaced

        next"#]],
    );
    let deep = "<div>".repeat(200_000) + "deep";
    assert_eq!(html_to_text(&deep), "deep");
    assert_eq!(html_to_text(&"<a =\"".repeat(100_000)).len(), 0);
}

#[test]
fn strips_leftovers() {
    let check = |title, body, expected: Expect| expected.assert_eq(&strip_leftovers(title, body));
    check(Some("Bridge Closed"), "Bridge closed\n\nBRIDGE CLOSED!\n\nIt is.\n\nRead more:\n\nTags", expect!["It is."]);
    check(None, "It is.\n\nSign up for our letters\n\n© 2024 The Paper", expect!["It is."]);
    check(Some("Tags"), "Tags", expect!["Tags"]);
    check(None, "It is.\n\n==Kyodo", expect!["It is."]);
    check(
        None,
        "He said: share.\n\nThe end came soon.",
        expect![[r#"
        He said: share.

        The end came soon."#]],
    );
}

#[test]
fn counts_words() {
    assert_eq!(word_count("Don't — the U.S. won, 3–2!"), 5);
    assert_eq!(word_count("東京 is"), 3);
}

proptest! {
    #[test]
    fn words_are_counted_alike_eight_at_a_time(text in "[a-zA-Z0-9 \t\n.,'é“京\u{1}\u{1f}-]{0,60}") {
        let words = text.split(char::is_whitespace).map(|run| {
            let letters = run.chars().filter(|c| c.is_alphanumeric());
            let single = letters.clone().filter(|c| *c == '京').count();
            // What stands behind a Chinese character is no word more.
            single + usize::from(letters.take(1).any(|c| c != '京'))
        });
        prop_assert_eq!(word_count(&text) as usize, words.sum::<usize>());
    }

    #[test]
    fn paragraphs_are_stable(text in "[a-zA-Z\u{0}-\u{40}é\u{a0}\u{300}\n]{0,400}") {
        let once = paragraphs(&text);
        prop_assert!(!once.contains("\n\n\n") && !once.contains("  ") && once.trim() == once);
        prop_assert_eq!(paragraphs(&once), once);
    }

    #[test]
    fn decoding_never_fails(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        html_to_text(&decode(&bytes, None).text);
    }
}

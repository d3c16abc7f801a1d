use super::*;
use expect_test::expect;

#[test]
fn knows_counters() {
    for yes in ["1 of 74 DOCUMENTS", "  12 of 166   DOCUMENTS", "Dokument 1 von 10", "Document 3 de 9"] {
        assert!(counted::is_counter(yes), "{yes}");
    }
    for no in ["one of 74 DOCUMENTS", "1 of 74 DOCUMENTS were found", "Document 3", ""] {
        assert!(!counted::is_counter(no), "{no}");
    }
    assert_eq!(Nexis.recognises("a.txt", b"\xef\xbb\xbf\n\n     1 of 2 DOCUMENTS\n\nThe Paper\n\nLENGTH: 3 words\n"), Sureness::Sure);
    assert_eq!(Nexis.recognises("a.txt", b"He found 1 of 2 DOCUMENTS LENGTH: none"), Sureness::No);
}

#[test]
fn reads_headed_articles() {
    let lines = "Documents (2)\n1. Rain\nSource: x\nRain\nThe Courier\nMarch 5, 2018 Monday 10:36 EST\nCopyright 2018 The Courier\nSection: Weather; Pg. 2\n\
        Byline: By ANN POE; Ann Poe reported from Holm.\nBody\nIt rained.\nAnd rained.\nhttp://courier.example/rain\nClassification\nLanguage: ENGLISH\n\
        Subject: RAIN (93%); WEATHER (90%)\nLoad-Date: March 6, 2018\nEnd of Document\nSnow\nThe Courier\nMarch 6, 2018\nBody\nIt snowed.\nEnd of Document\n\
        Hail - Correction Appended\nThe Courier\nMarch 7, 2018\nCorrection Appended\nBody\nIt hailed.\nCorrection\nOnly in Holm.\n\
        Classification\nCorrection-Date: March 8, 2018\nEnd of Document\n";
    let paragraphs: Vec<String> = lines.lines().map(str::to_owned).collect();
    let shown: Vec<String> = headed_articles(&paragraphs)
        .iter()
        .map(|a| {
            format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                a.title,
                a.source,
                a.published,
                a.section,
                a.byline,
                a.url,
                a.tags,
                a.body,
                a.version.as_ref().map(|v| v.kind)
            )
        })
        .collect();
    expect![[r#"
        Some("Rain") Some("The Courier") Some("2018-03-05T10:36:00-05:00") Some("Weather") ["By ANN POE"] Some("http://courier.example/rain") ["RAIN", "WEATHER"] "It rained.\n\nAnd rained." None
        Some("Snow") Some("The Courier") Some("2018-03-06") None [] None [] "It snowed." None
        Some("Hail") Some("The Courier") Some("2018-03-07") None [] None [] "It hailed.\n\nCorrection\n\nOnly in Holm." Some(Some(Correction))"#]]
    .assert_eq(&shown.join("\n"));
}

//! Whole queries against whole clippings: fields, quotes, places, and what is marked.

use super::super::{Matcher, Target, Unit, unit_starts};
use super::{problems, read};
use crate::article::{Clipping, Cue, Dateline, Offsets, Person, Place, Quote, QuoteKind, Span, Speaker, SpeakerClass};
use expect_test::{Expect, expect};

const BODY: &str = "The Mayor of Żabno, Ann O'Neill-Smith, fled the floods.\n\n“We can rebuild,” she said, “if the taxes are cut.” \
    Mr. Hall disagreed.\n\nFlooding is the U.S. agency's e-mail subject; al-Qaeda is not. RICO and rico in Puerto Rico.";

/// Marks the first place of `words` in the body.
fn span(words: &str) -> Span {
    let start = BODY.find(words).unwrap();
    Offsets::of(BODY).span(start, start + words.len())
}

fn clipping() -> Clipping {
    let mut clipping = Clipping::default();
    let article = &mut clipping.article;
    article.id = "T-1".into();
    article.title = Some("Flood tax: mayor speaks".into());
    article.source = Some("The Daily Example".into());
    article.byline = vec!["Jo Bloggs".into()];
    article.language = Some("en".into());
    article.published = Some("2008-09-14".into());
    article.path = "2008/09/a.html".into();
    article.words = 35;
    article.dateline = Some(Dateline { text: "ŻABNO".into(), place: Some("Żabno".into()) });
    article.body = BODY.into();
    let annotations = &mut clipping.annotations;
    annotations.persons = vec![Person { name: "Ann O'Neill-Smith".into(), mentions: vec![span("Ann O'Neill-Smith")], ..Person::default() }];
    let path = Some("Europe/Poland/Lesser Poland/Żabno".into());
    annotations.places = vec![Place { name: "Żabno".into(), path, lat: Some(50.13), lon: Some(20.88), ..Place::default() }];
    let speaker = Speaker { name: Some("Ann O'Neill-Smith".into()), class: SpeakerClass::Person, ..Speaker::default() };
    annotations.quotes = vec![
        Quote {
            spans: vec![span("We can rebuild,"), span("if the taxes are cut.")],
            text: "We can rebuild, if the taxes are cut.".into(),
            kind: QuoteKind::Direct,
            confidence: 0.9,
            speaker: Some(speaker),
            cue: Some(Cue { text: "said".into(), ..Cue::default() }),
        },
        Quote { spans: vec![span("disagreed")], text: "disagreed".into(), kind: QuoteKind::Indirect, ..Quote::default() },
    ];
    clipping
}

/// Shows what is marked: `field:[words]`, or `no`.
fn shown(text: &str, target: Target) -> String {
    let parsed = read(text, target);
    assert!(parsed.is_sound(), "{text}{}", problems(text, &parsed));
    let (matcher, clipping) = (Matcher::new(&parsed.query, target), clipping());
    let quote = &clipping.annotations.quotes[0];
    let matches = match target {
        Target::Articles => matcher.article(&clipping),
        Target::Quotes => matcher.quote(&clipping, quote),
    };
    let words = |field: &str, at: std::ops::Range<usize>| match field {
        "title" => clipping.article.title.as_ref().unwrap()[at].to_owned(),
        "said" => quote.text[at].to_owned(),
        _ => BODY[at].to_owned(),
    };
    match matches {
        None => "no".to_owned(),
        Some(m) => format!(
            "yes {}",
            m.spans.into_iter().map(|(f, at)| format!("{}:[{}]", f.name, words(f.name, at))).collect::<Vec<_>>().join(" ")
        ),
    }
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(shown(text, Target::Articles).trim());
}

fn check_quote(text: &str, expected: Expect) {
    expected.assert_eq(shown(text, Target::Quotes).trim());
}

#[test]
fn words_in_an_article() {
    check("flood", expect!["yes title:[Flood] body:[floods] body:[Flooding]"]);
    check("=flood", expect!["yes title:[Flood]"]);
    check("zabno", expect!["yes body:[Żabno]"]);
    check("o'neill", expect!["yes body:[O'Neill]"]);
    check("oneill-smith", expect!["yes body:[O'Neill-Smith]"]);
    check("oneillsmith", expect!["yes body:[O'Neill-Smith]"]);
    check("us email al-Qaeda alqaeda", expect!["yes body:[U.S.] body:[e-mail] body:[al-Qaeda]"]);
    check("\"the U.S. agency\"", expect!["yes body:[the U.S. agency]"]);
    check("mayor NEAR/3 flood", expect!["yes title:[Flood] title:[mayor]"]);
    check("body:(mayor NEAR/3 flood)", expect!["no"]);
    check("body:(mayor /s flood)", expect!["yes body:[Mayor] body:[floods]"]);
    check("tax* /s disagreed", expect!["no"]);
    check("tax* /p disagreed", expect!["yes body:[taxes] body:[disagreed]"]);
    check("ALLCAPS(rico)", expect!["yes body:[RICO]"]);
    check("rico NOT NEAR/1 puerto", expect!["yes body:[RICO] body:[rico]"]);
    check("NOCAPS(rico) NOT NEAR/1 puerto", expect!["yes body:[rico]"]);
    check("NAME(ann smith)", expect!["no"]);
    check("ATLEAST4(flood*)", expect!["no"]);
    check("ATLEAST3(flood*)", expect!["yes title:[Flood] body:[floods] body:[Flooding]"]);
    check("ATLEAST2(flood*)", expect!["yes title:[Flood] body:[floods] body:[Flooding]"]);
    check("flood -mayor", expect!["no"]);
    check("hlead:rico", expect!["no"]);
    check("lead:rebuild", expect!["yes lead:[rebuild]"]);
    check("*", expect!["yes"]);
    check("nowhere OR (speaks flod~)", expect!["yes title:[Flood] title:[speaks] body:[fled]"]);
}

#[test]
fn values_of_an_article() {
    check("source:daily byline:bloggs lang:EN id:t-1 path:2008/* words:<40", expect!["yes"]);
    check("source:\"example daily\"", expect!["no"]);
    check("source:=\"The Daily Example\" source:/the\\s.*/ source:ex*", expect!["yes"]);
    check("source:=\"The Daily Example\" source:/the.*/ source:ex*", expect!["yes"]);
    check("date:2008-09 since:2008-09-14 until:2008-09-14 -updated:*", expect!["yes"]);
    check("after:2008-09-14", expect!["no"]);
    check("place:poland place:\"lesser poland\" place:Europe/Poland -place:Asia", expect!["yes"]);
    check("place:\"poland lesser\"", expect!["no"]);
    check("within:50.06,19.94,80km", expect!["yes"]);
    check("within:50.06,19.94,60km", expect!["no"]);
    check("person:smith dateline:zabno speaker:oneill qtype:indirect", expect!["no"]);
    check("person:smith dateline:zabno speaker:o'neill qtype:indirect", expect!["yes"]);
}

#[test]
fn quotes_of_an_article() {
    check("said:rebuild", expect!["yes body:[rebuild]"]);
    check("said:(rebuild w/2 if)", expect!["yes body:[rebuild] body:[if]"]);
    check("quote{speaker:smith tax cue:said conf:>=90}", expect!["yes body:[taxes]"]);
    check("quote{speaker:smith qtype:indirect}", expect!["no"]);
    check("speaker:smith qtype:indirect", expect!["yes"]);
    check("quote{rebuild article{title:flood}}", expect!["yes title:[Flood] body:[rebuild]"]);
    check_quote("rebuild tax", expect!["yes said:[rebuild] said:[taxes]"]);
    check_quote("rebuild title:flood source:daily", expect!["yes title:[Flood] said:[rebuild]"]);
    check_quote("flood", expect!["no"]);
    check_quote("article{flood} speaker:unresolved", expect!["no"]);
    check_quote("qlen:7 -qtype:indirect article{qtype:indirect}", expect!["no"]);
    check_quote("qlen:8 -qtype:indirect article{quote{disagreed} mayor}", expect!["yes title:[mayor] body:[Mayor] body:[disagreed]"]);
}

/// What is shown when nothing has all the words.
#[test]
fn some_of_the_words() {
    let query = read("flood nowhere", Target::Articles).query;
    assert!(Matcher::new(&query, Target::Articles).article(&clipping()).is_none());
    assert_eq!(Matcher::partial(&query, Target::Articles).article(&clipping()).unwrap().spans.len(), 3);
}

#[test]
fn runs_of_signs_and_of_blank_lines_part_sentences_once() {
    let sentences = |text: &str| unit_starts(text, Unit::Sentence);
    assert_eq!(sentences("He left... Then rain."), [0, 11]);
    assert_eq!(sentences("“No!?” He left.)” Then."), [0, 11, 24]);
    assert_eq!(sentences("Wait… and see. Mr. Hall. Mr.. Hall."), [0, 17, 27, 32]);
    assert_eq!(sentences("One.\n\n \n\nTwo.\n• Three\nfour"), [0, 9, 14]);
    // Looked at once for each sign, these would take minutes.
    let long = 400_000;
    assert_eq!(sentences(&format!("One{} Two", ".".repeat(long))), [0, long + 4]);
    assert_eq!(sentences(&format!("One.{}Two", "\n".repeat(long))), [0, long + 4]);
}

#[test]
fn what_a_long_text_says_everywhere_is_marked_in_one_pass() {
    // Each of these looked at all matches for each match, or at all ways to place equal words: minutes.
    let clipping = |body: String| Clipping { article: crate::article::Article { body, ..Default::default() }, ..Clipping::default() };
    let long = clipping("the flood of rain and ".repeat(8_000));
    for text in ["flood", "flood NEAR/3 rain", "flood /s rain", "\"flood of rain\"", "\"flood rain the of and\"~50"] {
        let matcher = Matcher::new(&read(text, Target::Articles).query, Target::Articles);
        assert!(matcher.whole(&long, None).is_some(), "{text}");
        assert!(matcher.article(&long).is_some_and(|found| found.spans.len() >= 8_000), "{text}");
    }
    let same = clipping("a ".repeat(8_000));
    for text in ["\"a a a a a a a a\"~30", "a NEAR/30 a"] {
        let matcher = Matcher::new(&read(text, Target::Articles).query, Target::Articles);
        assert!(matcher.article(&same).is_some_and(|found| found.spans.len() == 8_000), "{text}");
    }
}

//! Fields and dates as they are read: the canonical text, the tree, and what is said of it.

use super::super::{Context, Query, Target, ValueMatch, exactly, parse, print};
use super::parsing::{check, check_quotes};
use expect_test::expect;

#[test]
fn fields() {
    check("title:flood hd=flood headline(flood) intitle:\"a b\"", expect![[r#"title:(flood flood flood "a b")"#]]);
    check("title:(flood OR inundat*) hlead(mayor w/5 corrupt!)", expect!["title:(flood OR inundat*) hlead:(mayor NEAR/5 corrupt*)"]);
    check(
        "title:flood,storm source:reuters,\"New York Times\",ap",
        expect![[r#"title:(flood OR storm) source:reuters,"new york times",ap"#]],
    );
    check(
        "source:reuters, ap",
        expect![[r#"
        source:reuters ap
        - "," the list ends at this comma → write lists without spaces: `source:reuters,ap`"#]],
    );
    check(
        "person:\"Angela Merkel\" person:(a OR b) person:=\"Angela Merkel\"",
        expect![[r#"person:"angela merkel" person:a,b person:="Angela Merkel""#]],
    );
    check(
        "person:al-sisi speaker:erdoga? org:/nato|un/ speaker:merkle~",
        expect![[r#"person:"al sisi" speaker:erdoga? org:/nato|un/ speaker:merkle~"#]],
    );
    check(
        "place:Ukraine place:\"New York\" place:Europe/Ukraine place:=\"Kyiv \\\"Old\\\" Town\"",
        expect![[r#"place:ukraine place:"new york" place:="Europe/Ukraine" place:="Kyiv \"Old\" Town""#]],
    );
    check(
        "lang:EN id:TIME-017 path:2008/09/* url:*example.org* url:\"http://a.b/c?d\"",
        expect![[r#"lang:en id:time-017 path:2008/09/* url:*example.org* url:"http://a.b/c?d""#]],
    );
    check(
        "words:>800 wc>500 length:500..800 words:[1 TO 5] words:{1 TO 5} words:<=9 words > 7",
        expect!["words:801.. words:501.. words:500..800 words:1..5 words:2..4 words:..9 words:8.."],
    );
    check("conf:>=0.8 conf:70 conf:80%", expect!["conf:80.. conf:70 conf:80"]);
    check("byline:* -title:* hlead:*", expect!["byline:* NOT title:* (title:* OR lead:*)"]);
    check("within:50.85,4.35,20km within(1,2,3)", expect!["within:50.85,4.35,20km within:1,2,3km"]);
    check(
        "quote{speaker:merkel refugees} said:\"we can\" speaker:x article{title:x}",
        expect![[r#"quote{speaker:merkel refugees} quote{said:"we can"} speaker:x article{title:x}"#]],
    );
    check_quotes("refugees said:a speaker:b article{speaker:c} quote{d}", expect!["refugees said:a speaker:b article{speaker:c} quote{d}"]);
    check(
        "titel:flood",
        expect![[r#"
        titel_flood
        ! "titel" there is no field `titel` → did you mean `title:`?"#]],
    );
    check(
        "http://example.org/a foo=bar Exclusive: mayor 10:30",
        expect![[r#"
        http_example_org_a foo_bar =exclusive mayor 10_30
        ! "http" there is no field `http` → quote it, or ask for the address: `url:"http://example.org/a"`
        - "foo" `foo` is no field; `foo=bar` is searched as words"#]],
    );
    check(
        "title: flood title:",
        expect![[r#"
        title:flood
        - "title: flood" read as `title:flood`, without the space
        ! "title:" `title` has no value → `title:*` asks that there is one"#]],
    );
    check(
        "words:many date:tuesday within:1,2 a:b",
        expect![[r#"
        a_b
        ! "many" `words`: `many` is no number → write `800`, `>800`, `500..800`
        ! "tuesday" `date`: `tuesday` is no date → write `2008`, `2008-09`, `2008-09-14`, `2008-09..2009`, `last-7d`; `date:*` for any
        ! "within:1,2" `1,2` is no circle → write degrees north, degrees east and kilometres: `within:50.85,4.35,20km`
        ! "a" there is no field `a` → quote it to search the words: `"a:b"`"#]],
    );
    check(
        "title:[a TO b]",
        expect![[r#"
        -*
        ! "[a TO b]" `[a TO b]`: only dates and numbers have ranges"#]],
    );
    check(
        "person:/(/",
        expect![[r#"
        -*
        ! "/(/" `/(/` is no regular expression: unclosed group"#]],
    );
    check(
        "person:/the a/ path:/a/b title:/x",
        expect![[r#"
        a path:"/a/b"
        ! "/the" this regular expression is never closed → end it with `/`; a space inside is written `\s`
        ! "/x" this regular expression is never closed → end it with `/`; a space inside is written `\s`"#]],
    );
    check(
        "title:flood^2 person:(a b)^3 sort:date stem:off cats",
        expect![[r#"
            title:=flood^2 (person:a person:b)^3 =cats
            - "sort:date" the order of hits is no part of the question; taken as `--sort date`"#]],
    );
    check(
        "headlin(flood)",
        expect![[r#"
        headlin flood
        - "headlin" `headlin` is no field or function and is read as a word → did you mean `title(…)`?"#]],
    );
    check(
        "FIRST(flood) atleast(3, flood)",
        expect![[r#"
            =first flood atleast 3 flood
            - "FIRST" `FIRST` is no field or function and is read as a word → the number of words stands behind it: `FIRST/50(…)`
            - "atleast" `atleast` is no field or function and is read as a word → the number stands right behind it: `ATLEAST3(…)`"#]],
    );
    check("filetype:pdf", expect!["format:pdf"]);
}

#[test]
fn an_expression_may_be_named_twice_and_shares_end_with_the_whole() {
    check("speaker:re:/mer.el/ title:re:/a|b/", expect!["speaker:/mer.el/ title:/a|b/"]);
    check("speaker:=re:/open", expect![[r#"speaker:="re:/open""#]]);
    check(
        "conf:0.8..1 conf:.8..1 conf:[0.5 TO 1] conf:80..100 conf:1 conf:0.8..0.9",
        expect!["conf:80..100 conf:80..100 conf:50..100 conf:80..100 conf:1 conf:80..90"],
    );
}

#[test]
fn languages_are_met_however_they_are_named() {
    for typed in ["lang:English", "lang:eng", "lang:en-GB", "la:\"english\"", "language:ENGLISH"] {
        check(typed, expect!["lang:en"]);
    }
    check("lang:(French OR Klingon) lang:fr*", expect!["lang:fr,klingon lang:fr*"]);
    // What names no language until its accents are gone is read as it would be printed.
    check("lang:\"bé -\" lang:bé-x", expect!["lang:be lang:be"]);
}

#[test]
fn dates() {
    check("date:2008 date:2008-09 date:2008-09-14 date:20080914", expect!["date:2008 date:2008-09 date:2008-09-14 date:2008-09-14"]);
    check(
        "date:2008-09-14..2008-10-01 date:2008.. date:..2008 date:2008–2009",
        expect!["date:2008-09-14..2008-10-01 date:2008-01-01.. date:..2008-12-31 date:2008-01-01..2009-12-31"],
    );
    check(
        "date:2008Q3 date:2008-W01 date:1960s",
        expect!["date:2008-07-01..2008-09-30 date:2007-12-31..2008-01-06 date:1960-01-01..1969-12-31"],
    );
    check(
        "date:last-7d date:last-24h added:last-24h date:yesterday date:today date:this-week date:P1W/",
        expect![
            "date:2024-05-08..2024-05-15 date:2024-05-14..2024-05-15 added:2024-05-14T10:00:00Z..2024-05-15T21:59:59Z date:2024-05-14 date:2024-05-15 date:2024-05-13..2024-05-19 date:2024-05-08..2024-05-15"
        ],
    );
    check(
        "date:[2008-01-01 TO *] date:>=2008 date:>2008 date:<2008",
        expect!["date:2008-01-01.. date:2008-01-01.. date:2009-01-01.. date:..2007-12-31"],
    );
    check(
        "date after 20080914 date from 20080901 to 20080930 date before 2008",
        expect!["date:2008-09-15.. date:2008-09 date:..2007-12-31"],
    );
    check(
        "since:2008-09 until:2008-10 after:2008 before:2008-10",
        expect!["date:2008-09-01.. date:..2008-10-31 date:2009-01-01.. date:..2008-09-30"],
    );
    check("date:none -date:* date:*", expect!["NOT date:* NOT date:* date:*"]);
    check(
        "added:2024-05-01 date:2024-05-01T10:30 date:2024-05-01T10:30:00Z",
        expect!["added:2024-04-30T22:00:00Z..2024-05-01T21:59:59Z date:2024-05-01T10:30:00..2024-05-01T10:30:59 date:2024-05-01T10:30:00"],
    );
    check(
        "date:14.9.2018 date:2018.09.14 date:\"14. 9. 2018\" date:\"Sept. 14, 2018\" date:2018-2019 date:2018-1012",
        expect!["date:2018-09-14 date:2018-09-14 date:2018-09-14 date:2018-09-14 date:2018-01-01..2019-12-31 date:2018-10-12"],
    );
    check(
        "since:7d since:-30d date:last-1year date:last-7days date:\"last 10 years\" date:\"past 3 months\" date:\"last 2 weeks\"",
        expect![
            "date:2024-05-08.. date:2024-04-15.. date:2023-05-15..2024-05-15 date:2024-05-08..2024-05-15 date:2014-05-15..2024-05-15 date:2024-02-15..2024-05-15 date:2024-05-01..2024-05-15"
        ],
    );
    check(
        "date:30.2.2018",
        expect![[r#"
        -*
        ! "30.2.2018" `date`: `30.2.2018` is no date → write `2008`, `2008-09`, `2008-09-14`, `2008-09..2009`, `last-7d`"#]],
    );
    check(
        "date:7x",
        expect![[r#"
        -*
        ! "7x" `date`: `7x` is no date → write `2008`, `2008-09`, `2008-09-14`, `2008-09..2009`, `last-7d`"#]],
    );
    check(
        "date:2009..2008",
        expect![[r#"
        -*
        ! "2009..2008" `date`: `2009..2008` ends before it begins → write `2008`, `2008-09`, `2008-09-14`, `2008-09..2009`, `last-7d`"#]],
    );
    check(
        "date:2008-13",
        expect![[r#"
        -*
        ! "2008-13" `date`: `2008-13` is no date → write `2008`, `2008-09`, `2008-09-14`, `2008-09..2009`, `last-7d`"#]],
    );
}

#[test]
fn countries_are_asked_for_as_they_are_abbreviated() {
    check(
        "place:UK",
        expect![[r#"
        place:"united kingdom"
        - "UK" `UK` is read as `united kingdom`"#]],
    );
    check(
        "place:\"U.S.\" about-place:usa,france",
        expect![[r#"
        place:"united states" about-place:"united states",france
        - "\"U.S.\"" `"U.S."` is read as `united states`
        - "usa" `usa` is read as `united states`"#]],
    );
    check(
        "place:=UK place:US* org:UK -country:UAE",
        expect![[r#"
        place:="UK" place:us* org:uk NOT place:"united arab emirates"
        - "UAE" `UAE` is read as `united arab emirates`"#]],
    );
}

#[test]
fn a_value_that_no_article_can_have_is_said() {
    check(
        "dup:foo",
        expect![[r#"
        dup:foo
        - "foo" no article is `dup:foo` → `dup:copy` or `dup:original`"#]],
    );
    check("dup:Copy -dup:\"original\" dup:c*", expect!["dup:copy NOT dup:original dup:c*"]);
}

#[test]
fn the_whole_of_any_value_can_be_asked_for() {
    for value in ["Ann O'Neill", "Dwayne \"The Rock\" Johnson", "“Q” \\ \"", "a) OR (b"] {
        let parsed = super::read(&exactly("speaker", value), Target::Quotes);
        let Query::Is { value: ValueMatch::Whole(whole), .. } = &parsed.query else { panic!("{value}: {:?}", parsed.query) };
        assert!(whole == value && parsed.is_sound(), "{value}: {whole}");
    }
}

#[test]
fn a_place_known_by_another_name_is_asked_for_under_both() {
    let places = |words: &[&str]| match words {
        ["old", "town"] | ["oldtown"] => vec!["Land/New Town".to_owned()],
        ["twice"] => vec!["Land/One".to_owned(), "Land/Two".to_owned()],
        _ => Vec::new(),
    };
    let read = |text: &str| parse(text, &Context { places: &places, ..Context::new(Target::Articles) });
    let printed = |text: &str| print(&read(text).query);
    let both = "place:oldtown,=\"Land/New Town\"";
    assert_eq!(printed("place:Oldtown"), both);
    assert_eq!(
        printed("-place:\"Old Town\" about-place:twice"),
        "NOT place:\"old town\",=\"Land/New Town\" about-place:twice,=\"Land/One\",=\"Land/Two\""
    );
    assert_eq!(printed("place:(Oldtown OR Halden)"), "place:oldtown,=\"Land/New Town\",halden");
    // What it comes to means the same without knowing of places.
    assert_eq!(parse(both, &Context::new(Target::Articles)).query, read("place:Oldtown").query);
    let told: Vec<String> = read("flood place:Oldtown").problems.iter().map(|p| p.said()).collect();
    assert_eq!(told, ["`Oldtown` is filed under `Land/New Town`, which is asked for as well"]);
    for plain in ["place:Halden", "place:=Oldtown", "place:oldt*", "place:oldtown~", "place:Land/Oldtown", "person:oldtown", "oldtown"] {
        let found = read(plain);
        assert!(found.problems.is_empty() && !print(&found.query).contains("New Town"), "{plain}: {:?}", found.problems);
    }
}

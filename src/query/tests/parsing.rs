//! Typed text beside its canonical spelling and what there is to say about it.

use super::super::{Query, Target, print};
use super::{problems, read};
use expect_test::{Expect, expect};

fn show(text: &str, target: Target) -> String {
    let parsed = read(text, target);
    let canonical = print(&parsed.query);
    let again = read(&canonical, target);
    assert_eq!(again.query, parsed.query, "{text} → {canonical}");
    assert!(again.is_sound(), "{text} → {canonical}{}", problems(&canonical, &again));
    canonical + &problems(text, &parsed)
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&show(text, Target::Articles));
}

fn check_quotes(text: &str, expected: Expect) {
    expected.assert_eq(&show(text, Target::Quotes));
}

#[test]
fn words() {
    check("flood storm", expect!["flood storm"]);
    check("Merkel =flood \"Interest rates\"", expect![[r#"=merkel =flood "interest rates""#]]);
    check("recycl! wom?n tax$3 merkle~ erdogan~1 *burg", expect!["recycl* wom?n tax$3 merkle~2 erdogan~1 *burg"]);
    check("al-Qaeda e-mail O'Brien U.S. COVID-19 AT&T 1,000 don’t", expect!["=al-qaeda e-mail =o-brien =us =covid-19 =at-t 1000 dont"]);
    check("日本語 and/or paris,france", expect!["日本_本語 and_or paris_france"]);
    check("re:/colou?r/ title:/flood(s|ed)?/i", expect!["re:/colou?r/ title:/flood(s|ed)?/"]);
    check(
        "rock & roll – what now?",
        expect![[r#"
        rock roll what now?
        - "&" `&` holds no word and is left out
        - "–" `–` holds no word and is left out
        - "now?" `now?`: a `?` stands for one letter → leave it out if it is punctuation"#]],
    );
    check("", expect!["*"]);
    check("*", expect!["*"]);
    check("near5. date after lunch", expect!["near5. date. after lunch"]);
}

#[test]
fn logic() {
    check(
        "a b OR c",
        expect![[r#"
        (a b) OR c
        - "a b OR c" AND binds tighter than OR: read as `(a b) OR c` → write the parentheses that are meant"#]],
    );
    check("(a b) OR c", expect!["(a b) OR c"]);
    check("a AND (b OR c) NOT d -e !f +g", expect!["a (b OR c) NOT d NOT e NOT f g"]);
    check(
        "a|b || c && d",
        expect![[r#"
        a OR b OR (c d)
        - "a|b || c && d" AND binds tighter than OR: read as `a OR b OR (c && d)` → write the parentheses that are meant"#]],
    );
    check(
        "cats and dogs or birds not fish",
        expect![[r#"
        cats and dogs or birds not fish
        - "and" `and` in small letters is searched as a word → write `AND` if it ties the words
        - "or" `or` in small letters is searched as a word → write `OR` if it ties the words
        - "not" `not` in small letters is searched as a word → write `NOT` if it ties the words"#]],
    );
    check("-source:ap", expect!["NOT source:ap"]);
    check(
        "NOT NOT a –b",
        expect![[r#"
        NOT (NOT a) NOT b
        - "–" `–` is read as `-`, which excludes"#]],
    );
    check("flood^2 (a b)^0.5 \"x y\"^3", expect![[r#"flood^2 (a b)^0.5 "x y"^3"#]]);
    check(
        "a AND",
        expect![[r#"
        a
        ! "AND" `AND` has nothing to work on → quote it to search the word: `"AND"`"#]],
    );
    check(
        "OR a",
        expect![[r#"
        a
        ! "OR" `OR` has nothing to work on → quote it to search the word: `"OR"`"#]],
    );
    check(
        "a OR OR b",
        expect![[r#"
        a OR b
        ! "OR" `OR` has nothing to work on → quote it to search the word: `"OR"`"#]],
    );
    check(
        "(a",
        expect![[r#"
        a
        ! "(" this `(` is never closed → add a `)`"#]],
    );
    check(
        "a) b",
        expect![[r#"
        a b
        ! ")" nothing is open that this `)` closes"#]],
    );
    check(
        "() a",
        expect![[r#"
        a
        ! "()" there is nothing between these brackets"#]],
    );
    check(
        "\"a b",
        expect![[r#"
        "a b"
        ! "\"" this quotation mark is never closed → add a `"` where the phrase ends"#]],
    );
    check(
        "\"\" a",
        expect![[r#"
        a
        ! "\"\"" there is no word between these quotation marks"#]],
    );
    check(
        "a^x b^0",
        expect![[r#"
            a_x b
            ! "^0" `0` is no weight: a number from 0.001 to 1000"#]],
    );
    check(
        "a [b",
        expect![[r#"
        a b
        - "[" `[` belongs to no field and is left out → a range needs a field: `date:[2008 TO 2010]`"#]],
    );
}

#[test]
fn closeness() {
    check("a NEAR/5 b", expect!["a NEAR/5 b"]);
    check("a w/5 b near5 c", expect!["(a NEAR/5 b) NEAR/5 c"]);
    check(
        "a W/5 b PRE/3 c",
        expect![[r#"
        (a NEAR/5 b) PRE/3 c
        - "a W/5 b PRE/3 c" different kinds of closeness are read from left to right: `(a NEAR/5 b) PRE/3 c` → write the parentheses that are meant"#]],
    );
    check(
        "a pre/3 b +4 c adj5 d",
        expect![[r#"
        ((a PRE/3 b) PRE/4 c) PRE/5 d
        - "a pre/3 b +4 c adj5 d" different kinds of closeness are read from left to right: `((a PRE/3 b) PRE/4 c) PRE/5 d` → write the parentheses that are meant"#]],
    );
    check("a /s b", expect!["a /s b"]);
    check("a AROUND(3) b", expect!["a NEAR/3 b"]);
    check("a +s b", expect!["a +s b"]);
    check("a SAME b /p c", expect!["(a /p b) /p c"]);
    check("rico NOT w/5 puerto", expect!["rico NOT NEAR/5 puerto"]);
    check("rico not /s puerto", expect!["rico NOT /s puerto"]);
    check("(a OR b) w/3 \"c d\" e", expect![[r#"((a OR b) NEAR/3 "c d") e"#]]);
    check("(a b) w/3 (c d)", expect!["(a NEAR/3 c) (a NEAR/3 d) (b NEAR/3 c) (b NEAR/3 d)"]);
    check(
        "a w/3 (b NOT c)",
        expect![[r#"
        -*
        ! "(b NOT c)" `NOT` cannot stand inside an operand of `w/3` → write `a NOT NEAR/5 b`, or put the `NOT` outside"#]],
    );
    check(
        "a w/3 -b",
        expect![[r#"
            a
            ! "-" `NOT` cannot stand inside an operand of closeness → write `a NOT NEAR/5 b`"#]],
    );
    check(
        "a w/0 b",
        expect![[r#"
        a
        ! "w/0" neighbours are 1 word apart: the least distance is 1"#]],
    );
    check(
        "a w/5",
        expect![[r#"
        a
        ! "w/5" `w/5` has nothing to work on → quote it to search the word: `"w/5"`"#]],
    );
    check(
        "title:a w/5 b",
        expect![[r#"
        -*
        ! "title:a w/5 b" the operands of `w/5` are in different fields → closeness never crosses fields: write one field around the whole, `title:(a NEAR/5 b)`"#]],
    );
    check(
        "source:a w/5 b",
        expect![[r#"
        -*
        ! "source:a" only words can be operands of `w/5` → write a field around the whole: `title:(a NEAR/5 b)`"#]],
    );
    check("griffith +observatory", expect!["griffith observatory"]);
    check("\"white house\"~3 \"tax * cut\" \"(tax|duty) rise\"", expect![[r#""white house"~3 "tax * cut" "(tax|duty) rise""#]]);
    check(
        "\"* a *\" \"who did it?\" \"stop!\" \"climat* change\"",
        expect![[r#"
        =a "who did it" =stop "climat* change"
        - "* a *" a `*` at the end of a phrase is left out
        - "it?" `it?`: inside quotes a `?` at the end of a word is punctuation → write `*` for any ending"#]],
    );
}

#[test]
fn functions() {
    check("ATLEAST5(launder! OR wash) atleast3 x FIRST/50(a b)", expect!["ATLEAST5(launder* OR wash) ATLEAST3(x) FIRST/50(a b)"]);
    check("CAPS(bush) ALLCAPS(RICO) nocaps(\"a b\")", expect![[r#"CAPS(bush) ALLCAPS(=rico) NOCAPS("a b")"#]]);
    check("NAME(john smith) NAME(plato) NAME(john paul jones)", expect!["NAME(john smith) =plato NAME(john paul jones)"]);
    check(
        "ATLEAST0(a)",
        expect![[r#"
        -*
        ! "ATLEAST0" `ATLEAST0`: the number must be from 1 to 10000"#]],
    );
    check(
        "ATLEAST2(source:x)",
        expect![[r#"
        -*
        ! "(source:x)" only words can be operands of `ATLEAST2` → write a field around the whole: `title:(a NEAR/5 b)`"#]],
    );
    check("first/3 name caps", expect!["first_3 name caps"]);
}

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
        ! "tuesday" `date`: `tuesday` is no date → write `2008`, `2008-09`, `2008-09-14`, `2008-09..2009`, `last-7d`
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
fn saved_queries() {
    check("@ministers x", expect!["role:minister,secretary x"]);
    check("@storms y", expect!["(flood OR storm) y"]);
    check("@desk", expect![[r#"source:"the desk" (flood OR storm)"#]]);
    check("query:storms^2", expect!["(flood OR storm)^2"]);
    check("@about(\"Ann Smith\", since=2020)", expect![[r#"(person:"ann smith" OR title:"ann smith") date:2020-01-01.."#]]);
    check(
        "@about",
        expect![[r#"
        -*
        ! "@about" `@about`: `$x` is not given"#]],
    );
    check(
        "@about(a, b, c)",
        expect![[r#"
        -*
        ! "@about(a, b, c)" `@about`: it takes 2 arguments"#]],
    );
    check(
        "@loop",
        expect![[r#"
        a b
        ! "@loop" in `@loop`: in `@pool`: `@loop` contains itself: @loop → @pool → @loop"#]],
    );
    check(
        "@nobody",
        expect![[r#"
        -*
        ! "@nobody" there is no saved query `nobody` → quote it to search the word: `"@nobody"`"#]],
    );
    check(
        "@broken z",
        expect![[r#"
        titel_x z
        ! "@broken" in `@broken`: there is no field `titel` → did you mean `title:`?"#]],
    );
}

#[test]
fn comments() {
    check("flood # a comment\n storm #hashtag", expect!["flood storm hashtag"]);
    check("flood #budget", expect!["flood budget"]);
}

#[test]
fn the_same_request_in_four_traditions() {
    check(
        "\"climate change\" minister intitle:flood -opinion after:2019",
        expect![[r#""climate change" minister title:flood NOT opinion date:2020-01-01.."#]],
    );
    check(
        "+title:flood +\"climate change\"~3 +minister -section:opinion +date:[2019-01-01 TO *]",
        expect![[r#"title:flood "climate change"~3 minister NOT section:opinion date:2019-01-01.."#]],
    );
    check(
        "hlead:flood (climate NEAR/3 change) minister -section:opinion since:2019",
        expect!["hlead:flood (climate NEAR/3 change) minister NOT section:opinion date:2019-01-01.."],
    );
    check(
        "title:budget quote{role:minister (cut* NEAR/4 tax*)} date:2010Q1..2010Q3",
        expect!["title:budget quote{role:minister (cut* NEAR/4 tax*)} date:2010-01-01..2010-09-30"],
    );
    check("ALLCAPS(RICO) NOT w/5 puerto AND ATLEAST3(launder!)", expect!["(ALLCAPS(=rico) NOT NEAR/5 puerto) ATLEAST3(launder*)"]);
    check("speaker:merkel about:erdogan qtype:direct conf:>=0.7", expect!["speaker:merkel about:erdogan qtype:direct conf:70.."]);
}

#[test]
fn limits() {
    let deep = format!("{}a{}", "(".repeat(300), ")".repeat(300));
    assert!(!read(&deep, Target::Articles).is_sound());
    let deep = format!("{}a{}", "(".repeat(150), ")".repeat(150));
    assert!(read(&deep, Target::Articles).is_sound());
    assert!(!read(&"NOT ".repeat(300), Target::Articles).is_sound());
    assert!(!read(&vec!["a"; 300].join(" w/5 "), Target::Articles).is_sound());
    assert!(!read(&"a ".repeat(20_000), Target::Articles).is_sound());
    assert!(read(&"a ".repeat(10_000), Target::Articles).is_sound());
    assert_eq!(read(&"a".repeat(70_000), Target::Articles).query, Query::Nothing);
    let wide = format!("({}) w/5 ({})", "a ".repeat(4_000), "b ".repeat(4_000));
    assert!(!read(&wide, Target::Articles).is_sound());
}
